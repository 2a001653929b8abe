/** Truth testing and length. */
import type { Thread } from '../core/thread.ts';
import type { PyObject, Value } from '../core/value.ts';
import { raiseTypeError, typeName } from './raise.ts';
import { typeOf } from './type-of.ts';

/** `bool(value)` as a JavaScript boolean. @hot POP_JUMP_IF_* */
export function isTrue(t: Thread, value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null) return false;
  if (typeof value === 'object') return isObjectTrue(t, value);
  if (typeof value === 'number') return value !== 0;
  return typeof value === 'string' ? value !== '' : true;
}

function isObjectTrue(t: Thread, value: PyObject): boolean {
  const { slots } = value.type;
  if (slots.nb_bool !== null) return slots.nb_bool(t, value);
  if (slots.mp_length !== null) return slots.mp_length(t, value) > 0;
  return slots.sq_length === null || slots.sq_length(t, value) > 0;
}

/** `len(value)`, or -1 when it has none (no exception is made). */
export function lengthOrMinusOne(t: Thread, value: Value): number {
  const slots = typeOf(value).slots;
  const length = slots.sq_length ?? slots.mp_length;
  return length === null ? -1 : length(t, value);
}

/** `len(value)`; raises TypeError when it has no length. */
export function lengthOf(t: Thread, value: Value): number {
  const length = lengthOrMinusOne(t, value);
  return length < 0 ? raiseTypeError(`object of type '${typeName(value)}' has no len()`) : length;
}
