/** Arithmetic that compiled code calls by name: what JavaScript's operators do not give as Python wants it. */
import type { PyCode, PyFunction } from '../core/function.ts';
import type { PyType } from '../core/type.ts';
import { accuratePower } from '../base/float-power.ts';
import { listItem, listLength } from '../core/list-storage.ts';
import { PyListIterator, PyRangeIterator, PyTupleIterator } from '../core/iterators.ts';
import type { PyTuple } from '../core/containers.ts';
import type { Value } from '../core/value.ts';

export { hypot } from '../base/hypot.ts';

/** 2 ** i for i below 53. */
export const powersOfTwo: readonly number[] = Array.from({ length: 53 }, (_, i) => 2 ** i);

/** Operands below this, of either sign: products of quotient and divisor are exact. */
const EXACT = 2 ** 52;

/** `a % b` of ints; `b` is not 0. */
export function intModulo(a: number, b: number): number {
  if (a < EXACT && a > -EXACT && b < EXACT && b > -EXACT) {
    // The quotient is rounded up to the next integer at most; its product with b, and so the rest, are exact. JavaScript's `%` of more than 32 bits is a loop.
    const rest = a - Math.floor(a / b) * b;
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
  }
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
}

/** `a // b` of ints, `a` below 2 ** 52; `b` is not 0. */
export function intFloorDivide(a: number, b: number): number {
  if (b >= EXACT || b <= -EXACT) return (a - intModulo(a, b)) / b + 0;
  const quotient = Math.floor(a / b);
  const rest = a - quotient * b;
  return rest !== 0 && rest < 0 !== b < 0 ? quotient - 1 : quotient + 0;
}

/** `a % b` of floats; `b` is not 0 (float_rem in Objects/floatobject.c). */
export function doubleModulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

/** `a // b` of floats with a finite quotient; `b` is not 0 (_float_div_mod). */
export function doubleFloorDivide(a: number, b: number): number {
  let rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0) {
    if (rest < 0 !== b < 0) {
      rest += b;
      quotient -= 1;
    }
  }
  if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** Number of values of a range of safe integers; `step` is not 0. Beyond the safe integers where that cannot be said exactly. */
export function rangeLength(start: number, stop: number, step: number): number {
  if (step === 1) return stop > start ? stop - start : 0;
  const span = step > 0 ? stop - start : start - stop;
  if (span > Number.MAX_SAFE_INTEGER) return Infinity;
  return span <= 0 ? 0 : Math.floor((span - 1) / Math.abs(step)) + 1;
}

/** `a ** b` for a positive base. */
export const floatPower = accuratePower;

/** The next value of a range iterator object, undefined when it is exhausted. */
export function rangeIteratorNext(iterator: PyRangeIterator): number | undefined {
  if (iterator.remaining <= 0) return undefined;
  const value = iterator.next;
  iterator.remaining--;
  iterator.next = value + iterator.step;
  return value;
}

/** The next item of a list iterator object, undefined when it is exhausted. */
export function listIteratorNext(iterator: PyListIterator): Value | undefined {
  const { list } = iterator;
  if (list !== null && iterator.index < listLength(list)) return listItem(list, iterator.index++);
  iterator.list = null;
  return undefined;
}

/** The next item of a tuple iterator object, undefined when it is exhausted. */
export function tupleIteratorNext(iterator: PyTupleIterator): Value | undefined {
  const { tuple } = iterator;
  if (tuple !== null && iterator.index < tuple.items.length) return tuple.items[iterator.index++];
  iterator.tuple = null;
  return undefined;
}

export { isSameFloat } from '../core/scalars.ts';
export { appendDouble, appendFloat, compact, fillWithDoubles, hasDoubleAt, listItem, listLength, setDouble, setListItem } from '../core/list-storage.ts';

/** What `**kwargs` of a builtin function are where there are none: nobody adds to them. */
export const noKeywords: ReadonlyMap<string, Value> = new Map();

/** The classes that `guard_iterator` names. */
export const rangeIteratorClass = PyRangeIterator;
/** See `rangeIteratorClass`. */
export const listIteratorClass = PyListIterator;
/** See `rangeIteratorClass`. */
export const tupleIteratorClass = PyTupleIterator;

/** `[...items, *tuple]`. An array that grows gets room for seventeen more. */
export function spread(items: readonly Value[], { items: more }: PyTuple): Value[] {
  const all = new Array<Value>(items.length + more.length);
  for (let i = 0; i < items.length; i++) all[i] = items[i]!;
  for (let i = 0; i < more.length; i++) all[items.length + i] = more[i]!;
  return all;
}

/** Whether a class that compiled code relies on is what it was, which it must be. Throws an Error when the code should have been left before (`-X jitverify`). */
export function isStill(type: PyType, version: number): true {
  if (type.version !== version) throw new Error(`${type.name} has changed, and compiled code that relies on it was not left`);
  return true;
}

/** The same for the code of a function, which has no entry point of its own. */
export function isStillCode(func: PyFunction, code: PyCode): true {
  if (func.code !== code || code.ownEntries !== 0) throw new Error(`${func.qualname} has changed, and compiled code that relies on it was not left`);
  return true;
}
