/** Hashes of tuples, kept in the tuple in halves: hash tables need no bigint (Objects/tupleobject.c, tuple_hash). */
import { PyTuple } from '../core/containers.ts';
import { PyFloat } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Value } from '../core/value.ts';
import { foldHalves, foldHash, fromHalves, TupleHash } from './algorithms/hash.ts';
import { hashOf, objectHash } from './hash-value.ts';
import { TUPLE_TYPE } from './static-types.ts';

/** Computes the halves; raises TypeError for an item that is not hashable. @hot every look-up of a new tuple in a dict or set */
function settleHash(t: Thread, self: PyTuple): void {
  const hash = new TupleHash();
  const { items } = self;
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!;
    if (typeof item === 'number') hash.add(item === -1 ? -2 : item);
    else if (item instanceof PyTuple && item.type === TUPLE_TYPE) {
      if (item.hashHigh === -1 && item.hashLow === -1) settleHash(t, item);
      hash.addHalves(item.hashHigh, item.hashLow);
    } else hash.add(hashOf(t, item));
  }
  hash.finish(items.length);
  self.hashHigh = hash.high;
  self.hashLow = hash.low;
}

/** Whether hashing an item runs no Python code and raises nothing. */
function isPlain(item: Value): boolean {
  if (typeof item !== 'object' || item === null) return true;
  if (item instanceof PyTuple) return item.type === TUPLE_TYPE && (item.hashHigh !== -1 || item.hashLow !== -1 || item.items.every(isScalar));
  return isScalar(item);
}

/** Builtin values without parts, and objects that equal themselves alone. */
function isScalar(item: Value): boolean {
  return typeof item !== 'object' || item === null || (item instanceof PyFloat && !item.type.flags.heapType) || item.type.slots.tp_hash === objectHash;
}

/** As `tableHash` for a tuple; -1, and nothing done, where Python code may have to say. @hot tuples as keys in compiled code */
export function quietTupleHash(t: Thread, self: PyTuple): number {
  if (self.type !== TUPLE_TYPE) return -1;
  if (self.hashHigh === -1 && self.hashLow === -1) {
    const { items } = self;
    for (let i = 0; i < items.length; i++) if (!isPlain(items[i]!)) return -1;
    settleHash(t, self);
  }
  return foldHalves(self.hashHigh, self.hashLow);
}

/** `hash(tuple)` */
export function tuple_hash(t: Thread, self: PyTuple): Int {
  if (self.hashHigh === -1 && self.hashLow === -1) settleHash(t, self);
  return fromHalves(self.hashHigh, self.hashLow);
}

/** The part of `hash(value)` that hash tables use: equal hashes give equal numbers, never negative. Raises TypeError when it is not hashable. @hot */
export function tableHash(t: Thread, value: Value): number {
  if (!(value instanceof PyTuple) || value.type !== TUPLE_TYPE) return foldHash(hashOf(t, value));
  if (value.hashHigh === -1 && value.hashLow === -1) settleHash(t, value);
  return foldHalves(value.hashHigh, value.hashLow);
}
