/** Failures of the compiler that are no syntax errors, as plain data that `interp` turns into Python exceptions. */

/** Thrown when a tree cannot be compiled although its syntax is right (too deep, or malformed by hand). */
export class CompilationFailure extends Error {
  readonly kind: 'RecursionError' | 'SystemError' | 'ValueError' | 'RuntimeError';
  readonly msg: string;

  constructor(kind: CompilationFailure['kind'], msg: string) {
    super(`${kind}: ${msg}`);
    this.kind = kind;
    this.msg = msg;
  }
}

/** Runs a recursive pass over a tree; a JavaScript stack overflow becomes Python's RecursionError. */
export function guardRecursion<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError) || !error.message.includes('call stack')) throw error;
    throw new CompilationFailure('RecursionError', 'maximum recursion depth exceeded during compilation');
  }
}
