/** `__text_signature__` of native functions and types. */
import type { Value } from '../core/value.ts';

/** The text for Python: null where CPython has none (marked by a leading `!`). */
export function unwrapTextSignature(signature: string | null): Value {
  return signature === null || signature.startsWith('!') ? null : signature;
}
