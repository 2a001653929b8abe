/**
 * `sum()` (Python/bltinmodule.c): ints, floats and complex numbers are added in loops of their own, one after the other, of which each is left for good by the first
 * item that is not for it. That item is added by `+`, and the loop of what comes of it goes on: so a float that follows ints is added without compensation, and
 * nothing is compensated any more behind an int of more than 64 bits.
 */
import { PyList, PyTuple } from '../../core/containers.ts';
import { PyGenerator } from '../../core/function.ts';
import { PyComplex, PyFloat } from '../../core/scalars.ts';
import type { Sink } from '../../core/sink.ts';
import type { Thread } from '../../core/thread.ts';
import type { Int, Maybe, Value } from '../../core/value.ts';
import { intAdd } from '../../objects/algorithms/int-arith.ts';
import { StopIteration } from '../../objects/exception-types.ts';
import { getIterator, iterNext, nextInto } from '../../objects/iterate.ts';
import { newComplex, newFloat } from '../../objects/make.ts';
import { doubleOfInt } from '../../objects/numbers.ts';
import { add } from '../../objects/operators.ts';
import { isRaised, raiseTypeError, typeName } from '../../objects/raise.ts';
import { COMPLEX_TYPE, FLOAT_TYPE, LIST_TYPE, TUPLE_TYPE } from '../../objects/static-types.ts';
import { asInt, asStr, typeOf } from '../../objects/type-of.ts';

/** Adds ints and bools, as long as the sum is a number. */
class IntSum implements Sink {
  total: number;
  constructor(total: number) {
    this.total = total;
  }

  take(item: Value): boolean {
    const term = typeof item === 'boolean' ? Number(item) : item;
    if (typeof term !== 'number') return false;
    const next = this.total + term;
    if (!Number.isSafeInteger(next)) return false;
    this.total = next;
    return true;
  }
}

/** A compensated sum (Neumaier) of floats. */
class CompensatedSum implements Sink {
  private sum: number;
  private compensation = 0;
  constructor(start: number) {
    this.sum = start;
  }

  add(x: number): void {
    const next = this.sum + x;
    this.compensation += Math.abs(this.sum) >= Math.abs(x) ? this.sum - next + x : x - next + this.sum;
    this.sum = next;
  }

  take(item: Value): boolean {
    if (!(item instanceof PyFloat) || item.type !== FLOAT_TYPE) return false;
    this.add(item.value);
    return true;
  }

  get value(): number {
    return this.compensation !== 0 && Number.isFinite(this.compensation) ? this.sum + this.compensation : this.sum;
  }
}

/** A sum so far, and whether that was all. */
type Partial = readonly [total: Value, isAll: boolean];

function isPlainInt(value: Value): value is Int | boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
}

function isPlainFloat(value: Value): value is PyFloat {
  return value instanceof PyFloat && value.type === FLOAT_TYPE;
}

function isPlainComplex(value: Value): value is PyComplex {
  return value instanceof PyComplex && value.type === COMPLEX_TYPE;
}

/** Whether an int fits into 64 bits. */
function isWord(value: Value): value is Int {
  return typeof value === 'number' || (typeof value === 'bigint' && BigInt.asIntN(64, value) === value);
}

/** What comes of an item that a loop does not take. */
function addOther(t: Thread, total: Value, item: Maybe): Partial {
  return item === undefined ? [total, true] : [add(t, total, item), false];
}

/** Ints and bools while the sum has 64 bits. */
function sumWords(t: Thread, iterator: Value, start: Int): Partial {
  const { tp_iternext } = typeOf(iterator).slots;
  let total = start;
  let item: Maybe;
  try {
    if (iterator instanceof PyGenerator && typeof total === 'number') {
      const sum = new IntSum(total);
      do item = nextInto(t, iterator, sum);
      while (item !== undefined && sum.take(item));
      total = sum.total;
    } else item = tp_iternext!(t, iterator);
    for (; item !== undefined && isPlainInt(item); item = tp_iternext!(t, iterator)) {
      const term = asInt(item)!;
      total = intAdd(total, term);
      if (!isWord(total) || !isWord(term)) return [total, false];
    }
  } catch (caught) {
    if (!isRaised(caught, StopIteration)) throw caught;
    return [total, true];
  }
  return addOther(t, total, item);
}

/** Floats, and ints of all kinds. */
function sumFloats(t: Thread, iterator: Value, start: number): Partial {
  const sum = new CompensatedSum(start);
  let item: Maybe;
  for (;;) {
    item = nextInto(t, iterator, sum);
    if (item === undefined || sum.take(item)) {
      if (item === undefined) break;
      continue;
    }
    const int = asInt(item);
    if (int === undefined) break;
    sum.add(doubleOfInt(int));
  }
  return addOther(t, newFloat(sum.value), item);
}

/** Complex numbers, and ints and floats of all kinds, which leave the imaginary part as it is. */
function sumComplex(t: Thread, iterator: Value, start: PyComplex): Partial {
  const real = new CompensatedSum(start.real);
  const imag = new CompensatedSum(start.imag);
  let item = iterNext(t, iterator);
  for (; item !== undefined; item = iterNext(t, iterator)) {
    const int = asInt(item);
    if (isPlainComplex(item)) {
      real.add(item.real);
      imag.add(item.imag);
    } else if (int !== undefined) real.add(doubleOfInt(int));
    else if (item instanceof PyFloat) real.add(item.value);
    else break;
  }
  return addOther(t, newComplex(real.value, imag.value), item);
}

/** As `sumFloats`, of a list that keeps its floats raw. */
function sumDoubles(start: Int | PyFloat, doubles: readonly number[]): Value {
  const sum = new CompensatedSum(start instanceof PyFloat ? start.value : doubleOfInt(start) + doubles[0]!);
  for (let i = start instanceof PyFloat ? 0 : 1; i < doubles.length; i++) sum.add(doubles[i]!);
  return newFloat(sum.value);
}

/** The items of an exact list that keeps objects, or of an exact tuple; null for others. */
function plainItems(iterable: Value): readonly Value[] | null {
  if (iterable instanceof PyList) return iterable.type === LIST_TYPE && iterable.doubles === null ? iterable.items : null;
  return iterable instanceof PyTuple && iterable.type === TUPLE_TYPE ? iterable.items : null;
}

/** As `sumWords` and `sumFloats`, of ints, bools and floats that lie at hand: undefined where one is something else, or the sum of ints is large. @hot */
function sumAtHand(start: number | PyFloat, items: readonly Value[]): Value | undefined {
  let i = 0;
  let floats: CompensatedSum;
  if (typeof start === 'number') {
    const ints = new IntSum(start);
    while (i < items.length && ints.take(items[i]!)) i++;
    if (i === items.length) return ints.total;
    const first = items[i++]!;
    if (!isPlainFloat(first)) return undefined;
    floats = new CompensatedSum(ints.total + first.value);
  } else floats = new CompensatedSum(start.value);
  for (; i < items.length; i++) {
    const item = items[i]!;
    if (typeof item === 'number') floats.add(item);
    else if (!floats.take(item)) return undefined;
  }
  return newFloat(floats.value);
}

function checkStart(start: Value): void {
  if (asStr(start) !== undefined) raiseTypeError("sum() can't sum strings [use ''.join(seq) instead]");
  if (typeName(start) === 'bytes') raiseTypeError("sum() can't sum bytes [use b''.join(seq) instead]");
  if (typeName(start) === 'bytearray') raiseTypeError("sum() can't sum bytearray [use b''.join(seq) instead]");
}

/** `sum(iterable, start=0)`. @hot */
export function builtins_sum(t: Thread, iterable: Value, start: Value = 0): Value {
  checkStart(start);
  if (iterable instanceof PyList && iterable.type === LIST_TYPE && iterable.doubles !== null && iterable.doubles.length > 0 && (isWord(start) || isPlainFloat(start))) return sumDoubles(start, iterable.doubles);
  const items = typeof start === 'number' || isPlainFloat(start) ? plainItems(iterable) : null;
  const sum = items === null ? undefined : sumAtHand(start as number | PyFloat, items);
  if (sum !== undefined) return sum;
  const iterator = getIterator(t, iterable);
  let [total, isAll]: Partial = [start, false];
  if (isWord(total)) [total, isAll] = sumWords(t, iterator, total);
  if (!isAll && isPlainFloat(total)) [total, isAll] = sumFloats(t, iterator, total.value);
  if (!isAll && isPlainComplex(total)) [total, isAll] = sumComplex(t, iterator, total);
  if (isAll) return total;
  for (let item = iterNext(t, iterator); item !== undefined; item = iterNext(t, iterator)) total = add(t, total, item);
  return total;
}
