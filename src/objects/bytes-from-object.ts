/** Bytes out of any object that can give them, for `bytes()`, `bytearray()`, `int.from_bytes`. Source: CPython PyBytes_FromObject. */
import { PyBytes } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { newStore, sliceOfBytes } from './algorithms/short-bytes.ts';
import { getBuffer, viewBytes } from './buffer.ts';
import { callSpecial } from './call.ts';
import { forEach, isSequenceLike, itemsInPlace } from './iterate.ts';
import { toIndex } from './operators.ts';
import { raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { asStr, typeOf } from './type-of.ts';


/** An item of a bytes-like object: 0 to 255. `word` is "bytes" or "byte" in the message. */
export function toByte(t: Thread, value: Value, word = 'byte'): number {
  if (typeof value === 'number' && value >= 0 && value < 256) return value;
  const index = toIndex(t, value);
  if (typeof index === 'number' && index >= 0 && index < 256) return index;
  return raiseValueError(`${word} must be in range(0, 256)`);
}

/** The bytes of ints from 0 to 255; null where one is something else. */
function bytesOfItems(items: readonly Value[]): Uint8Array | null {
  const bytes = newStore(items.length);
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!;
    if (typeof item !== 'number' || item < 0 || item > 255) return null;
    bytes[i] = item;
  }
  return bytes;
}

/** The bytes of an iterable of ints. */
export function bytesFromIterable(t: Thread, iterable: Value, word = 'byte'): Uint8Array {
  const items = itemsInPlace(iterable);
  const plain = items === undefined ? null : bytesOfItems(items);
  if (plain !== null) return plain;
  const result: number[] = [];
  forEach(t, iterable, (item) => result.push(toByte(t, item, word)));
  return Uint8Array.from(result);
}

/** What `__bytes__` returns, or undefined when the class has none. */
export function bytesByMethod(t: Thread, value: Value): PyBytes | undefined {
  const result = callSpecial(t, value, '__bytes__', []);
  if (result === undefined) return undefined;
  return result instanceof PyBytes ? result : raiseTypeError(`__bytes__ returned non-bytes (type ${typeName(result)})`);
}

/** A copy of the bytes of a buffer or iterable of ints. `word` as in `toByte`. */
export function bytesFromObject(t: Thread, value: Value, word = 'bytes'): Uint8Array {
  const view = getBuffer(t, value);
  if (view !== undefined) {
    const own = viewBytes(view);
    const bytes = sliceOfBytes(own, 0, own.length);
    view.release();
    return bytes;
  }
  const iterable = typeOf(value).slots.tp_iter !== null || isSequenceLike(value);
  if (!iterable || asStr(value) !== undefined) raiseTypeError(`cannot convert '${typeName(value)}' object to bytes`);
  return bytesFromIterable(t, value, word);
}
