/** Subscription: `a[i]`, `a[i] = v`, `del a[i]`, `x in a`, and index arithmetic for sequences. */
import { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { lookupAttr, typeLookup } from './attributes.ts';
import { call } from './call.ts';
import { compareBool } from './compare.ts';
import { EQ } from '../core/type.ts';
import { getIterator, isSequenceLike, iterNext } from './iterate.ts';
import { newGenericAlias } from './generic-alias-record.ts';
import { toSize } from './operators.ts';
import { raiseTypeError, typeName } from './raise.ts';
import { TYPE_TYPE } from './static-types.ts';
import { typeOf } from './type-of.ts';

/** `container[key]`. */
export function getItem(t: Thread, container: Value, key: Value): Value {
  const slots = typeOf(container).slots;
  if (slots.mp_subscript !== null) return slots.mp_subscript(t, container, key);
  if (slots.sq_item !== null) {
    if (typeOf(key).slots.nb_index === null) raiseTypeError(`sequence index must be integer, not '${typeName(key)}'`);
    return slots.sq_item(t, container, sequenceIndex(t, container, toSize(t, key)));
  }
  if (container instanceof PyType) return subscriptType(t, container, key);
  return raiseTypeError(`'${typeName(container)}' object is not subscriptable`);
}

function subscriptType(t: Thread, type: PyType, key: Value): Value {
  if (type === TYPE_TYPE) return newGenericAlias(type, key);
  const classGetItem = typeLookup(type, '__class_getitem__') === undefined ? undefined : lookupAttr(t, type, '__class_getitem__');
  if (classGetItem !== undefined && classGetItem !== null) return call(t, classGetItem, [key]);
  return raiseTypeError(`type '${type.name}' is not subscriptable`);
}

/** A negative index of a sequence counted from its end, for `sq_item`. */
function sequenceIndex(t: Thread, sequence: Value, index: number): number {
  if (index >= 0) return index;
  const length = typeOf(sequence).slots.sq_length;
  return length === null ? index : index + length(t, sequence);
}

/** `container[key] = value`, or `del container[key]` when value is undefined. */
export function setItem(t: Thread, container: Value, key: Value, value: Maybe): void {
  const slots = typeOf(container).slots;
  if (slots.mp_ass_subscript !== null) return slots.mp_ass_subscript(t, container, key, value);
  if (slots.sq_ass_item !== null) {
    if (typeOf(key).slots.nb_index === null) raiseTypeError(`sequence index must be integer, not '${typeName(key)}'`);
    return slots.sq_ass_item(t, container, sequenceIndex(t, container, toSize(t, key)), value);
  }
  raiseTypeError(`'${typeName(container)}' object does${value === undefined ? "n't support item deletion" : ' not support item assignment'}`);
}

/** `item in container`. */
export function contains(t: Thread, container: Value, item: Value): boolean {
  const slots = typeOf(container).slots;
  if (slots.sq_contains !== null) return slots.sq_contains(t, container, item);
  if (slots.tp_iter === null && !isSequenceLike(container)) {
    raiseTypeError(`argument of type '${typeName(container)}' is not a container or iterable`);
  }
  const iterator = getIterator(t, container);
  for (let next = iterNext(t, iterator); next !== undefined; next = iterNext(t, iterator)) {
    if (compareBool(t, next, item, EQ)) return true;
  }
  return false;
}

/** The index of the first item equal to `item`, or -1; for `operator.indexOf` over any iterable. */
export function indexOf(t: Thread, iterable: Value, item: Value): number {
  const iterator = getIterator(t, iterable);
  let position = 0;
  for (let next = iterNext(t, iterator); next !== undefined; next = iterNext(t, iterator), position++) {
    if (compareBool(t, next, item, EQ)) return position;
  }
  return -1;
}
