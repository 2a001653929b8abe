/** `range` and its iterators. Source: CPython Objects/rangeobject.c. */
import { PyLongRangeIterator, PyRangeIterator } from '../core/iterators.ts';
import { alwaysQuietNext, withQuietRun } from '../core/quiet.ts';
import { PyRange, PySlice } from '../core/range.ts';
import { EQ, NE, type CompareOp, type KeywordNames, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Maybe, Value } from '../core/value.ts';
import { hashTuple } from './algorithms/hash.ts';
import { intAdd, intFloorDiv, intMod, intMul, intNeg, intSub } from './algorithms/int-arith.ts';
import { builtinNamed } from './builtins-hook.ts';
import { compareBool } from './compare.ts';
import { OverflowError } from './exception-types.ts';
import { hashOf } from './hash-value.ts';
import { newTuple, NOT_IMPLEMENTED } from './make.ts';
import { checkArguments } from './new-arguments.ts';
import { toIndex } from './operators.ts';
import { raise, raiseIndexError, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { rangeLength, sliceIndices } from './slice.ts';
import { LONGRANGE_ITERATOR_TYPE, RANGE_ITERATOR_TYPE, RANGE_TYPE } from './static-types.ts';
import { intText } from './int.ts';
import { asInt, typeOf } from './type-of.ts';
import { readyType } from './type-ready.ts';

/** range(start, stop, step); step is not 0. */
export function newRange(start: Int, stop: Int, step: Int): PyRange {
  return new PyRange(RANGE_TYPE, start, stop, step, rangeLength(start, stop, step));
}

function range_new(t: Thread, _type: PyType, args: Value[], keywords: KeywordNames): Value {
  checkArguments('range', args, keywords, 1, 3);
  if (args.length === 1) return newRange(0, toIndex(t, args[0]!), 1);
  const start = toIndex(t, args[0]!);
  const stop = toIndex(t, args[1]!);
  const step = args.length === 3 ? toIndex(t, args[2]!) : 1;
  if (step === 0) raiseValueError('range() arg 3 must not be zero');
  return newRange(start, stop, step);
}

function range_repr(t: Thread, self: PyRange): string {
  const bounds = `${intText(t, self.start)}, ${intText(t, self.stop)}`;
  return self.step === 1 ? `range(${bounds})` : `range(${bounds}, ${intText(t, self.step)})`;
}

function range_hash(t: Thread, self: PyRange): Int {
  const none = hashOf(t, null);
  const { length } = self;
  return hashTuple([hashOf(t, length), length === 0 ? none : hashOf(t, self.start), length === 0 || length === 1 ? none : hashOf(t, self.step)]);
}

function range_richcompare(_t: Thread, self: PyRange, other: Value, op: CompareOp): Value {
  if (!(other instanceof PyRange) || (op !== EQ && op !== NE)) return NOT_IMPLEMENTED;
  const { length } = self;
  const equal =
    length === other.length && (length === 0 || (self.start === other.start && (length === 1 || self.step === other.step)));
  return equal === (op === EQ);
}

/** The item at an index from 0 to length - 1. */
function itemAt(self: PyRange, index: Int): Int {
  return intAdd(self.start, intMul(index, self.step));
}

function itemOrRaise(self: PyRange, given: Int): Int {
  const index = given < 0 ? intAdd(given, self.length) : given;
  return index >= 0 && index < self.length ? itemAt(self, index) : raiseIndexError('range object index out of range');
}

function range_subscript(t: Thread, self: PyRange, key: Value): Value {
  if (typeof key === 'number') return itemOrRaise(self, key);
  if (key instanceof PySlice) {
    const [start, stop, step] = sliceIndices(t, key, self.length);
    return newRange(itemAt(self, start), itemAt(self, stop), intMul(self.step, step));
  }
  if (typeOf(key).slots.nb_index === null) raiseTypeError(`range indices must be integers or slices, not ${typeName(key)}`);
  return itemOrRaise(self, toIndex(t, key));
}

function range_length(_t: Thread, self: PyRange): number {
  return typeof self.length === 'number' ? self.length : raise(OverflowError, 'Python int too large to convert to C ssize_t');
}

/** The index of an exact int, or -1. */
function indexOfInt(self: PyRange, value: Int): Int {
  const inside = self.step > 0 ? value >= self.start && value < self.stop : value <= self.start && value > self.stop;
  if (!inside) return -1;
  const distance = intSub(value, self.start);
  return intMod(distance, self.step) === 0 ? intFloorDiv(distance, self.step) : -1;
}

/** Whether the fast search by arithmetic applies: exact ints and bools. */
function exactInt(value: Value): Int | undefined {
  return typeof value === 'object' ? undefined : asInt(value);
}

function findByCompare(t: Thread, self: PyRange, item: Value, visit: (index: Int) => boolean): void {
  for (let index: Int = 0; index < self.length; index = intAdd(index, 1)) {
    if (compareBool(t, itemAt(self, index), item, EQ) && visit(index)) return;
  }
}

function range_contains(t: Thread, self: PyRange, item: Value): boolean {
  const int = exactInt(item);
  if (int !== undefined) return indexOfInt(self, int) !== -1;
  let found = false;
  findByCompare(t, self, item, () => (found = true));
  return found;
}

function range_count(t: Thread, self: PyRange, item: Value): Value {
  const int = exactInt(item);
  if (int !== undefined) return indexOfInt(self, int) === -1 ? 0 : 1;
  let count = 0;
  findByCompare(t, self, item, () => (count++, false));
  return count;
}

function range_index(t: Thread, self: PyRange, item: Value): Value {
  const int = exactInt(item);
  if (int !== undefined) {
    const index = indexOfInt(self, int);
    return index === -1 ? raiseValueError('range.index(x): x not in range') : index;
  }
  let found: Maybe;
  findByCompare(t, self, item, (index) => {
    found = index;
    return true;
  });
  return found ?? raiseValueError('sequence.index(x): x not in sequence');
}

function newIterator(start: Int, step: Int, length: Int): Value {
  if (typeof start === 'number' && typeof step === 'number' && typeof length === 'number') {
    // Every item, and the one after the last, is then a safe integer.
    const end = start + step * length;
    if (Number.isSafeInteger(end)) return new PyRangeIterator(RANGE_ITERATOR_TYPE, start, step, length);
  }
  return new PyLongRangeIterator(LONGRANGE_ITERATOR_TYPE, start, step, length);
}

function range_iter(_t: Thread, self: PyRange): Value {
  return newIterator(self.start, self.step, self.length);
}

function range_reversed(_t: Thread, self: PyRange): Value {
  const last = intAdd(self.start, intMul(intSub(self.length, 1), self.step));
  return newIterator(last, intNeg(self.step), self.length);
}

function range_reduce(_t: Thread, self: PyRange): Value {
  return newTuple([RANGE_TYPE, newTuple([self.start, self.stop, self.step])]);
}

readyType(RANGE_TYPE, {
  doc: 'range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nReturn an object that produces a sequence of integers from start (inclusive)\nto stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\nstart defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\nThese are exactly the valid indices for a list of 4 elements.\nWhen step is given, it specifies the increment (or decrement).',
  slots: {
    tp_new: range_new,
    tp_repr: range_repr,
    tp_hash: range_hash,
    tp_richcompare: range_richcompare,
    tp_iter: range_iter,
    nb_bool: (_t, self: PyRange) => self.length !== 0,
    sq_length: range_length,
    sq_item: (_t, self: PyRange, index) => itemOrRaise(self, index),
    sq_contains: range_contains,
    mp_length: range_length,
    mp_subscript: range_subscript,
  },
  methods: {
    __reversed__: [range_reversed, '($self, /)', 'Return a reverse iterator.'],
    __reduce__: [range_reduce, '!($self, /)', ''],
    count: [range_count, '!($self, object, /)', 'rangeobject.count(value) -> integer -- return number of occurrences of value'],
    index: [range_index, '!($self, object, /)', 'rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present.'],
  },
  getset: {
    start: { get: (_t, self) => (self as PyRange).start, member: true },
    stop: { get: (_t, self) => (self as PyRange).stop, member: true },
    step: { get: (_t, self) => (self as PyRange).step, member: true },
  },
});

// Iterators

/** The next item. @hot for loops over range */
export function rangeIterator_next(_t: Thread, self: PyRangeIterator): Maybe {
  if (self.remaining <= 0) return undefined;
  const item = self.next;
  self.next = item + self.step;
  self.remaining--;
  return item;
}

function takeOfRange(_t: Thread, self: PyRangeIterator, count: number): Value[] {
  const { next, step, remaining } = self;
  const taken = Math.max(0, Math.min(count, remaining));
  const items: Value[] = [];
  for (let i = 0; i < taken; i++) items.push(next + i * step);
  self.next += taken * step;
  self.remaining -= taken;
  return items;
}

function longRangeIterator_next(_t: Thread, self: PyLongRangeIterator): Maybe {
  if (self.index >= self.length) return undefined;
  const item = intAdd(self.start, intMul(self.index, self.step));
  self.index = intAdd(self.index, 1);
  return item;
}

type AnyRangeIterator = PyRangeIterator | PyLongRangeIterator;

/** The items not yet given. */
function itemsLeft(self: AnyRangeIterator): { next: Int; left: Int } {
  if (self instanceof PyRangeIterator) return { next: self.next, left: self.remaining };
  return { next: intAdd(self.start, intMul(self.index, self.step)), left: intSub(self.length, self.index) };
}

function rangeIterator_reduce(t: Thread, self: AnyRangeIterator): Value {
  const { next, left } = itemsLeft(self);
  const stop = intAdd(next, intMul(left, self.step));
  return newTuple([builtinNamed(t, 'iter'), newTuple([newRange(next, stop, self.step)]), null]);
}

function rangeIterator_setState(t: Thread, self: AnyRangeIterator, state: Value): void {
  const index = toIndex(t, state);
  const { left } = itemsLeft(self);
  const skipped = index < 0 ? 0 : index > left ? left : index;
  if (self instanceof PyLongRangeIterator) self.index = intAdd(self.index, skipped);
  else {
    self.next += Number(skipped) * self.step;
    self.remaining -= Number(skipped);
  }
}

for (const [type, next] of [[RANGE_ITERATOR_TYPE, withQuietRun(alwaysQuietNext(rangeIterator_next), { left: (self: PyRangeIterator) => self.remaining, take: takeOfRange })], [LONGRANGE_ITERATOR_TYPE, longRangeIterator_next]] as const) {
  readyType(type, {
    slots: { tp_iter: (_t, self) => self, tp_iternext: next as (t: Thread, self: Value) => Maybe },
    methods: {
      __length_hint__: [(_t, self: AnyRangeIterator) => itemsLeft(self).left, '($self, /)', 'Private method returning an estimate of len(list(it)).'],
      __reduce__: [rangeIterator_reduce, '($self, /)', 'Return state information for pickling.'],
      __setstate__: [rangeIterator_setState, '($self, object, /)', 'Set state information for unpickling.'],
    },
  });
}
