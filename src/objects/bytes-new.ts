/** The argument rules that `bytes()` and `bytearray()` share. Source: CPython Objects/bytesobject.c (bytes_new_impl). */
import type { Thread } from '../core/thread.ts';
import type { Maybe } from '../core/value.ts';
import { newStore } from './algorithms/short-bytes.ts';
import { bytesByMethod, bytesFromObject } from './bytes-from-object.ts';
import { encodeText } from './codec-registry.ts';
import { OverflowError } from './exception-types.ts';
import { optionalStr } from './native-arguments.ts';
import { toSize } from './operators.ts';
import { raiseMemoryError, raiseTypeError, raiseValueError } from './raise.ts';
import { asStr, typeOf } from './type-of.ts';

/** Longer arrays are beyond what engines allocate. */
const MAX_BYTES = 2 ** 33;

/** Zero bytes of a length that the program asked for; raises MemoryError when it is too long. */
export function zeroBytes(length: number): Uint8Array {
  if (length < 0) raiseValueError('negative count');
  if (length > MAX_BYTES) raiseMemoryError();
  try {
    return newStore(length);
  } catch {
    return raiseMemoryError();
  }
}

/** The bytes of bytes(source, encoding, errors). `word` is "bytes" or "byte" in the message about items out of range. */
export function sourceBytes(t: Thread, name: string, source: Maybe, encoding: Maybe, errors: Maybe, word: string): Uint8Array {
  const encodingName = optionalStr(encoding, `${name}() argument 'encoding'`);
  const errorsName = optionalStr(errors, `${name}() argument 'errors'`);
  const text = asStr(source);
  if (encodingName !== undefined || errorsName !== undefined) {
    const given = encodingName !== undefined ? 'encoding' : 'errors';
    if (text === undefined) raiseTypeError(`${given} without a string argument`);
    if (encodingName === undefined) raiseTypeError('string argument without an encoding');
    return encodeText(t, text, encodingName, errorsName);
  }
  if (source === undefined) return new Uint8Array(0);
  const own = name === 'bytes' ? bytesByMethod(t, source) : undefined;
  if (own !== undefined) return own.value;
  if (text !== undefined) raiseTypeError('string argument without an encoding');
  if (typeof source === 'number' || typeof source === 'bigint' || typeof source === 'boolean' || typeOf(source).slots.nb_index !== null) {
    return zeroBytes(toSize(t, source, OverflowError));
  }
  return bytesFromObject(t, source, word);
}
