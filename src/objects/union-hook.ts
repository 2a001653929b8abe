/** `X | Y` for classes: a door that `union.ts` fills, as `type.ts` comes before it in the import order. */
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { NOT_IMPLEMENTED } from './make.ts';

type UnionFunction = (t: Thread, left: Value, right: Value) => Value;

let union: UnionFunction = () => NOT_IMPLEMENTED;

/** Sets the implementation; done once by `union.ts`. */
export function setUnion(implementation: UnionFunction): void {
  union = implementation;
}

/** `left | right` where one is a class: a `typing.Union`, or NotImplemented. */
export function makeUnion(t: Thread, left: Value, right: Value): Value {
  return union(t, left, right);
}
