/**
 * `list.sort` and `sorted`: which way of sorting the keys allow.
 *
 *   ints, strs, no key   by their values: equal ones cannot be told apart, so that stability does not show
 *   ints, floats, strs, and tuples that begin with them
 *                        by numbers that stand for them (`algorithms/number-sort.ts`): those that are equal by the next characters, or the next items, as far as there are numbers
 *   anything else        timsort, with CPython's comparisons
 */
import { PyTuple } from '../core/containers.ts';
import { PyFunction } from '../core/function.ts';
import { PyInstance } from '../core/instance.ts';
import { PyFloat } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import { EQ, LT, type GT } from '../core/type.ts';
import type { Value } from '../core/value.ts';
import { endsWithin, sortByNumber, unitsFrom, UNITS } from './algorithms/number-sort.ts';
import { sortInts } from './algorithms/sort-ints.ts';
import { hasSurrogates } from './algorithms/str-code-points.ts';
import { timsort } from './algorithms/timsort.ts';
import { typeLookup } from './attributes.ts';
import { callTwo } from './call.ts';
import { callOne } from './call-one.ts';
import { compareAfter, compareBool } from './compare.ts';
import { NOT_IMPLEMENTED } from './make.ts';
import { OBJECT_TYPE, TUPLE_TYPE } from './static-types.ts';
import { isTrue } from './truth.ts';

/** Fewer keys than this are sorted by insertion, without arrays for their numbers. */
const MANY = 16;
/** Numbers that stand for one key, at most: what is equal by all of them is compared. */
const MAX_NUMBERS = 8;

type Less = (a: Value, b: Value) => boolean;

/** Whether a value equals another of the same JavaScript type only when JavaScript says so. */
function isPlain(value: Value): boolean {
  return typeof value === 'number' || typeof value === 'string';
}

/** `left < right` or `left > right` of tuples by their items, as `compareItems` (unsafe_tuple_compare in Objects/listobject.c). @hot sorting of records */
export function tupleOrder(t: Thread, left: readonly Value[], right: readonly Value[], op: typeof LT | typeof GT): boolean {
  for (let i = 0; i < left.length && i < right.length; i++) {
    const a = left[i]!;
    const b = right[i]!;
    if (a === b) continue;
    if (typeof a === 'number' && typeof b === 'number') return op === LT ? a < b : a > b;
    if ((isPlain(a) && typeof a === typeof b) || !compareBool(t, a, b, EQ)) return compareBool(t, a, b, op);
  }
  return op === LT ? left.length < right.length : left.length > right.length;
}

/** Whether JavaScript orders a str as Python does: by code units that are code points. */
function isPlainText(value: Value): value is string {
  return typeof value === 'string' && !hasSurrogates(value);
}

/** Whether a value is an exact tuple. */
function isPlainTuple(value: Value): value is PyTuple {
  return value instanceof PyTuple && value.type === TUPLE_TYPE;
}

/**
 * The comparison of instances of one class with a Python `__lt__`: looked up once, and asked for as any comparison is where the class has changed since, or one of
 * the two is of another by now. Null for other keys. @hot bench/programs/pretty_print.py
 */
function lessByMethod(t: Thread, keys: readonly Value[]): Less | null {
  const [first] = keys;
  if (!(first instanceof PyInstance)) return null;
  const { type } = first;
  const { version } = type;
  const method = typeLookup(type, '__lt__');
  if (!(method instanceof PyFunction) || !keys.every((key) => key instanceof PyInstance && key.type === type)) return null;
  return (a, b) => {
    if (type.version !== version || (a as PyInstance).type !== type || (b as PyInstance).type !== type) return compareBool(t, a, b, LT);
    const result = callTwo(t, method, a, b);
    if (typeof result === 'boolean') return result;
    return isTrue(t, result === NOT_IMPLEMENTED ? compareAfter(t, a, b, LT, 'left') : result);
  };
}

/**
 * The comparison of tuples that begin with instances of one class which has a Python `__lt__` and the `__eq__` of `object`: two that are not the same are unequal, so that the first items
 * decide. Null for others. @hot bench/programs/pretty_print.py
 */
function lessByFirstItems(t: Thread, keys: readonly PyTuple[]): Less | null {
  const first = keys[0]!.items[0];
  if (!(first instanceof PyInstance) || keys.some(({ items }) => items.length === 0)) return null;
  const { type } = first;
  const { version } = type;
  const less = typeLookup(type, '__eq__') === typeLookup(OBJECT_TYPE, '__eq__') ? lessByMethod(t, keys.map(({ items }) => items[0]!)) : null;
  if (less === null) return null;
  return (a, b) => {
    const x = (a as PyTuple).items[0]!;
    const y = (b as PyTuple).items[0]!;
    const decides = x !== y && type.version === version && (x as PyInstance).type === type && (y as PyInstance).type === type;
    return decides ? less(x, y) : tupleOrder(t, (a as PyTuple).items, (b as PyTuple).items, LT);
  };
}

/** The comparison for timsort. */
function lessThanFor(t: Thread, keys: readonly Value[]): Less {
  if (keys.every((key) => typeof key === 'number')) return (a, b) => (a as number) < (b as number);
  if (keys.every(isPlainText)) return (a, b) => (a as string) < (b as string);
  if (keys.every((key) => key instanceof PyFloat && !key.type.flags.heapType)) return (a, b) => (a as PyFloat).value < (b as PyFloat).value;
  if (keys.every(isPlainTuple)) return lessByFirstItems(t, keys) ?? ((a, b) => tupleOrder(t, (a as PyTuple).items, (b as PyTuple).items, LT));
  return lessByMethod(t, keys) ?? ((a, b) => compareBool(t, a, b, LT));
}

/** Of what one number each of the keys is made: themselves (`item` -1) or an item of them, and of strs the units from `offset` on. */
interface Part {
  readonly item: number;
  readonly offset: number;
}

/** The number of an int, a float, or some of a str; NaN where there is none. */
function numberOf(value: Value | undefined, offset: number): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return hasSurrogates(value) ? NaN : unitsFrom(value, offset);
  return value instanceof PyFloat && !value.type.flags.heapType ? value.value : NaN;
}

/** The part of a key. */
function partOf(key: Value, item: number): Value | undefined {
  return item < 0 ? key : isPlainTuple(key) ? key.items[item] : undefined;
}

/** The numbers of the keys at `places`, in their order; null where one has none, or they are of several classes. */
function numbersOf(keys: readonly Value[], places: Int32Array, { item, offset }: Part): Float64Array | null {
  const numbers = new Float64Array(places.length);
  const kind = typeof partOf(keys[places[0]!]!, item);
  for (let i = 0; i < places.length; i++) {
    const part = partOf(keys[places[i]!]!, item);
    const number = typeof part === kind ? numberOf(part, offset) : NaN;
    if (number !== number) return null;
    numbers[i] = number;
  }
  return numbers;
}

/** What orders keys further that are alike up to a part of which they have the number; null where they are equal. */
function nextPart(key: Value, number: number, { item, offset }: Part): Part | null {
  if (typeof partOf(key, item) === 'string' && !endsWithin(number)) return { item, offset: offset + UNITS };
  return item < 0 ? null : { item: item + 1, offset: 0 };
}

/** Orders the places of keys, which stand in theirs, by comparing. */
function orderByComparing(keys: readonly Value[], places: Int32Array, less: Less): void {
  if (places.length >= MANY) {
    const order = Array.from(places);
    timsort(order, undefined, (a, b) => less(keys[a]!, keys[b]!));
    places.set(order);
    return;
  }
  for (let i = 1; i < places.length; i++) {
    const place = places[i]!;
    const key = keys[place]!;
    let k = i;
    for (; k > 0 && less(key, keys[places[k - 1]!]!); k--) places[k] = places[k - 1]!;
    places[k] = place;
  }
}

/** Orders the places of keys that are alike before `part`, of which they have these numbers. */
function orderByNumbers(keys: readonly Value[], places: Int32Array, numbers: Float64Array, part: Part, depth: number, less: Less): void {
  sortByNumber(numbers, places);
  for (let start = 0, end = 1; start < numbers.length; start = end++) {
    while (end < numbers.length && numbers[end] === numbers[start]) end++;
    const next = end - start < 2 ? null : nextPart(keys[places[start]!]!, numbers[start]!, part);
    if (next !== null) orderAlike(keys, places.subarray(start, end), next, depth + 1, less);
  }
}

/** Orders the places of keys that are alike before `part`. */
function orderAlike(keys: readonly Value[], places: Int32Array, part: Part, depth: number, less: Less): void {
  const numbers = depth === MAX_NUMBERS || places.length < MANY ? null : numbersOf(keys, places, part);
  if (numbers === null) orderByComparing(keys, places, less);
  else orderByNumbers(keys, places, numbers, part, depth, less);
}

/** Brings `items`, which may be the keys, into the order of keys that numbers order; false, with nothing done, where there are few or others. */
function sortByNumbers(keys: readonly Value[], items: Value[], less: Less): boolean {
  if (keys.length < MANY) return false;
  const first: Part = { item: keys[0] instanceof PyTuple ? 0 : -1, offset: 0 };
  const places = new Int32Array(keys.length);
  for (let i = 0; i < places.length; i++) places[i] = i;
  const numbers = numbersOf(keys, places, first);
  if (numbers === null) return false;
  orderByNumbers(keys, places, numbers, first, 0, less);
  const unsorted = items.slice();
  for (let i = 0; i < places.length; i++) items[i] = unsorted[places[i]!]!;
  return true;
}

/** Whether texts are in order already. */
function isInOrder(texts: readonly string[]): boolean {
  for (let i = 1; i < texts.length; i++) if (texts[i]! < texts[i - 1]!) return false;
  return true;
}

/** Sorts without timsort where equal items cannot be told apart: safe ints, and strs without surrogates by code unit. Returns false for anything else. */
function sortPlain(items: Value[]): boolean {
  if (items.every((item) => typeof item === 'number')) {
    sortInts(items as number[]);
    return true;
  }
  if (!items.every(isPlainText)) return false;
  if (isInOrder(items)) return true;
  if (!sortByNumbers(items, items, (a, b) => (a as string) < (b as string))) items.sort();
  return true;
}

/** Sorts `items` in place as `list.sort` does. */
export function sortItems(t: Thread, items: Value[], key: Value, reverse: boolean): void {
  if (key === null && items.length > 1 && sortPlain(items)) {
    if (reverse) items.reverse();
    return;
  }
  const keys = key === null ? items : items.map((item) => callOne(t, key, item));
  const values = key === null ? undefined : items;
  // Reversing before and after keeps equal items in order.
  if (reverse) {
    keys.reverse();
    values?.reverse();
  }
  const less = lessThanFor(t, keys);
  if (!sortByNumbers(keys, items, less)) timsort(keys, values, less);
  if (reverse) {
    keys.reverse();
    values?.reverse();
  }
}
