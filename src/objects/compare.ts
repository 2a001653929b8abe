/** Rich comparison and identity (CPython's PyObject_RichCompare). */
import { isSameFloat } from '../core/scalars.ts';
import { EQ, GE, GT, LE, LT, NE, type CompareOp } from '../core/type.ts';
import type { Tried } from '../core/inline-cache.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { PyFloat } from '../core/scalars.ts';
import { NOT_IMPLEMENTED } from './make.ts';
import { raiseTypeError, typeName } from './raise.ts';
import { isSubtype, typeOf } from './type-of.ts';
import { isTrue } from './truth.ts';
import { enterNative, leaveNative } from './recursion.ts';

/** The operator as written in Python, by CompareOp. */
export const COMPARE_TEXT = ['<', '<=', '==', '!=', '>', '>='] as const;

/** The operator with its operands exchanged, by CompareOp. */
export const SWAPPED: readonly CompareOp[] = [GT, GE, EQ, NE, LT, LE];

/** `object.__eq__` and friends: identity for EQ, the inverse of `__eq__` for NE, else NotImplemented. */
export function objectRichCompare(t: Thread, left: Value, right: Value, op: CompareOp): Value {
  if (op === EQ) return left === right ? true : NOT_IMPLEMENTED;
  if (op !== NE) return NOT_IMPLEMENTED;
  const compare = typeOf(left).slots.tp_richcompare;
  if (compare === null) return NOT_IMPLEMENTED;
  const equal = compare(t, left, right, EQ);
  return equal === NOT_IMPLEMENTED ? NOT_IMPLEMENTED : !isTrue(t, equal);
}

function compareSlots(t: Thread, left: Value, right: Value, op: CompareOp): Value {
  const leftType = typeOf(left);
  const rightType = typeOf(right);
  const reflectedFirst = leftType !== rightType && isSubtype(rightType, leftType) && rightType.slots.tp_richcompare !== null;
  if (reflectedFirst) {
    const result = rightType.slots.tp_richcompare!(t, right, left, SWAPPED[op]!);
    if (result !== NOT_IMPLEMENTED) return result;
  }
  if (leftType.slots.tp_richcompare !== null) {
    const result = leftType.slots.tp_richcompare(t, left, right, op);
    if (result !== NOT_IMPLEMENTED) return result;
  }
  return reflectedFirst ? compareIdentity(left, right, op) : compareReflected(t, left, right, op);
}

function compareReflected(t: Thread, left: Value, right: Value, op: CompareOp): Value {
  const { slots } = typeOf(right);
  const result = slots.tp_richcompare === null ? NOT_IMPLEMENTED : slots.tp_richcompare(t, right, left, SWAPPED[op]!);
  return result === NOT_IMPLEMENTED ? compareIdentity(left, right, op) : result;
}

/** The rest of `left op right` when the Python method that comes first has given NotImplemented. */
export function compareAfter(t: Thread, left: Value, right: Value, op: CompareOp, tried: Tried): Value {
  if (tried === 'right') return compareIdentity(left, right, op);
  enterNative(t, ' in comparison');
  try {
    return compareReflected(t, left, right, op);
  } finally {
    leaveNative(t);
  }
}

function compareIdentity(left: Value, right: Value, op: CompareOp): boolean {
  if (op === EQ) return left === right;
  if (op === NE) return left !== right;
  return raiseTypeError(`'${COMPARE_TEXT[op]}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`);
}

function comparePrimitives(left: number | bigint | string, right: number | bigint | string, op: CompareOp): boolean {
  switch (op) {
    case LT: return left < right;
    case LE: return left <= right;
    // Values are normalised (INV-1 of core/value.ts), so equal ints are identical and strict equality compares bigints by value.
    case EQ: return left === right;
    case NE: return left !== right;
    case GT: return left > right;
    default: return left >= right;
  }
}

const SURROGATE = /[\ud800-\udfff]/;

/** Whether JavaScript's order of two strings (by code unit) is Python's (by code point). */
function ordersAlike(left: string, right: string): boolean {
  return !SURROGATE.test(left) && !SURROGATE.test(right);
}

/** `left op right`; the result can be any value. Raises TypeError when unordered. @hot COMPARE_OP */
export function richCompare(t: Thread, left: Value, right: Value, op: CompareOp): Value {
  const kind = typeof left;
  if (kind === typeof right) {
    if (kind === 'number' || kind === 'bigint') return comparePrimitives(left as number, right as number, op);
    if (kind === 'string' && (op === EQ || op === NE || ordersAlike(left as string, right as string))) {
      return comparePrimitives(left as string, right as string, op);
    }
  }
  if (left instanceof PyFloat && right instanceof PyFloat && left.type === right.type && left.type.flags.heapType === false) {
    return compareFloats(left.value, right.value, op);
  }
  enterNative(t, ' in comparison');
  try {
    return compareSlots(t, left, right, op);
  } finally {
    leaveNative(t);
  }
}

function compareFloats(left: number, right: number, op: CompareOp): boolean {
  return comparePrimitives(left, right, op);
}

/** Whether `left op right` is true; identical objects are equal without a call (containers' comparison). */
export function compareBool(t: Thread, left: Value, right: Value, op: CompareOp): boolean {
  if (left === right) {
    if (op === EQ) return true;
    if (op === NE) return false;
  }
  const result = richCompare(t, left, right, op);
  return typeof result === 'boolean' ? result : isTrue(t, result);
}

/** Identity (`is`): ints and strings are compared by value, as their JavaScript forms have no identity; floats by their value, too, as lists keep them raw, but for NaN. */
export function isIdentical(left: Value, right: Value): boolean {
  return left === right || isSameFloat(left, right);
}

/** For `tp_richcompare` of types that only know equality. */
export function equalityResult(equal: boolean, op: CompareOp): Value {
  if (op === EQ) return equal;
  if (op === NE) return !equal;
  return NOT_IMPLEMENTED;
}

/** For `tp_richcompare` of ordered types: `order` is negative, zero or positive. */
export function orderResult(order: number, op: CompareOp): boolean {
  return comparePrimitives(order, 0, op);
}
