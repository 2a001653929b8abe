/** `hash()`: the protocol, and the hashes of identity. */
import type { HashFunction } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Value } from '../core/value.ts';
import { raiseTypeError, typeName } from './raise.ts';
import { identityOf } from './identity.ts';
import { typeOf } from './type-of.ts';

/** `object.__hash__`: from the object's identity. */
export function objectHash(_t: Thread, self: Value): Int {
  return identityOf(self);
}

/** The slot of types that are not hashable (`__hash__ = None`). */
export const HASH_NOT_IMPLEMENTED: HashFunction = (_t, self) => raiseTypeError(`unhashable type: '${typeName(self)}'`);

/** `hash(value)`; raises TypeError when it is not hashable. */
export function hashOf(t: Thread, value: Value): Int {
  const hash = typeOf(value).slots.tp_hash;
  return hash === null ? raiseTypeError(`unhashable type: '${typeName(value)}'`) : hash(t, value);
}

/** `hash(value)` as a JavaScript number, for hash tables: equal hashes give equal numbers. */
export function hashNumber(t: Thread, value: Value): number {
  const hash = hashOf(t, value);
  return typeof hash === 'number' ? hash : Number(hash);
}
