/** What misuse of a hook throws: an error of the plugin's author, not of the Python program; faces for Python translate it. */

/** `kind` says which exception CPython sets for the same mistake: ValueError or RuntimeError. */
export class HookError extends Error {
  override readonly name = 'HookError';
  readonly kind: 'value' | 'runtime';

  constructor(kind: 'value' | 'runtime', message: string) {
    super(message);
    this.kind = kind;
  }
}
