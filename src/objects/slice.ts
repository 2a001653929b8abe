/** `slice`, and how sequences apply one. Source: CPython Objects/sliceobject.c. */
import { PySlice } from '../core/range.ts';
import { EQ, LT, NE, type CompareOp, type KeywordNames, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Value } from '../core/value.ts';
import { hashTuple } from './algorithms/hash.ts';
import { intAdd, intFloorDiv, intNeg, intSub } from './algorithms/int-arith.ts';
import { compareBool, richCompare } from './compare.ts';
import { hashOf } from './hash-value.ts';
import { newTuple, NOT_IMPLEMENTED } from './make.ts';
import { checkArguments } from './new-arguments.ts';
import { toIndex } from './operators.ts';
import { raiseTypeError, raiseValueError } from './raise.ts';
import { SLICE_TYPE } from './static-types.ts';
import { repr } from './text.ts';
import { readyType } from './type-ready.ts';
import { typeOf } from './type-of.ts';

/** A slice applied to a sequence: `count` items from `start` in steps of `step`; `stop` is clamped as `slice.indices` gives it. */
export interface SliceBounds {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly count: number;
}

/** A slice object. */
export function newSlice(start: Value, stop: Value, step: Value): PySlice {
  return new PySlice(SLICE_TYPE, start, stop, step);
}

/** A bound as a number, clipped into the safe range; raises TypeError when it is neither None nor an index. */
function boundOf(t: Thread, value: Value): number {
  if (typeof value === 'number') return value;
  const index = boundIndex(t, value);
  if (typeof index === 'number') return index;
  return index < 0n ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}

function boundIndex(t: Thread, value: Value): Int {
  if (typeOf(value).slots.nb_index === null) raiseTypeError('slice indices must be integers or None or have an __index__ method');
  return toIndex(t, value);
}

function clamp(bound: number, length: number, step: number): number {
  if (bound < 0) {
    const shifted = bound + length;
    if (shifted >= 0) return shifted;
    return step < 0 ? -1 : 0;
  }
  if (bound >= length) return step < 0 ? length - 1 : length;
  return bound;
}

/** Number of items in start:stop:step with clamped bounds. */
function countItems(start: number, stop: number, step: number): number {
  if (step === 1) return start < stop ? stop - start : 0;
  if (step === -1) return stop < start ? start - stop : 0;
  if (step < 0) return stop < start ? Math.floor((start - stop - 1) / -step) + 1 : 0;
  return start < stop ? Math.floor((stop - start - 1) / step) + 1 : 0;
}

/** As `adjustSlice` for bounds that are numbers, or null. @hot parts of sequences in compiled code */
export function sliceBounds(start: number | null, stop: number | null, step: number, length: number): SliceBounds {
  const from = start === null ? (step < 0 ? length - 1 : 0) : clamp(start, length, step);
  const to = stop === null ? (step < 0 ? -1 : length) : clamp(stop, length, step);
  return { start: from, stop: to, step, count: countItems(from, to, step) };
}

/** Applies a slice to a sequence of `length` items. Raises ValueError for step 0, TypeError for bounds that are no indices. */
export function adjustSlice(t: Thread, slice: PySlice, length: number): SliceBounds {
  const step = slice.step === null ? 1 : boundOf(t, slice.step);
  if (step === 0) raiseValueError('slice step cannot be zero');
  const start = slice.start === null ? (step < 0 ? length - 1 : 0) : clamp(boundOf(t, slice.start), length, step);
  const stop = slice.stop === null ? (step < 0 ? -1 : length) : clamp(boundOf(t, slice.stop), length, step);
  return { start, stop, step, count: countItems(start, stop, step) };
}

/** As `adjustSlice`, in two steps for sequences whose length may change while the bounds are computed: bounds before clamping. */
export function unpackSlice(t: Thread, slice: PySlice): { start: number; stop: number; step: number } {
  const step = slice.step === null ? 1 : boundOf(t, slice.step);
  if (step === 0) raiseValueError('slice step cannot be zero');
  const start = slice.start === null ? (step < 0 ? Number.MAX_SAFE_INTEGER : 0) : boundOf(t, slice.start);
  const stop = slice.stop === null ? (step < 0 ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER) : boundOf(t, slice.stop);
  return { start, stop, step };
}

/** The second step of `unpackSlice`. */
export function clampSlice(bounds: { start: number; stop: number; step: number }, length: number): SliceBounds {
  const start = clamp(bounds.start, length, bounds.step);
  const stop = clamp(bounds.stop, length, bounds.step);
  return { start, stop, step: bounds.step, count: countItems(start, stop, bounds.step) };
}

function clampInt(bound: Int, length: Int, step: Int): Int {
  const negativeStep = step < 0;
  const lowest: Int = negativeStep ? -1 : 0;
  const highest = negativeStep ? intSub(length, 1) : length;
  if (bound < 0) {
    const shifted = intAdd(bound, length);
    return shifted < lowest ? lowest : shifted;
  }
  return bound > highest ? highest : bound;
}

/** `slice.indices` for a length of any size. */
export function sliceIndices(t: Thread, slice: PySlice, length: Int): [start: Int, stop: Int, step: Int] {
  const step = slice.step === null ? 1 : boundIndex(t, slice.step);
  if (step === 0) raiseValueError('slice step cannot be zero');
  const start = slice.start === null ? (step < 0 ? intSub(length, 1) : 0) : clampInt(boundIndex(t, slice.start), length, step);
  const stop = slice.stop === null ? (step < 0 ? -1 : length) : clampInt(boundIndex(t, slice.stop), length, step);
  return [start, stop, step];
}

/** Number of items of a range of ints of any size. */
export function rangeLength(start: Int, stop: Int, step: Int): Int {
  if (step > 0) return start < stop ? intAdd(intFloorDiv(intSub(intSub(stop, start), 1), step), 1) : 0;
  return start > stop ? intAdd(intFloorDiv(intSub(intSub(start, stop), 1), intNeg(step)), 1) : 0;
}

function slice_new(_t: Thread, _type: PyType, args: Value[], keywords: KeywordNames): Value {
  checkArguments('slice', args, keywords, 1, 3);
  return args.length === 1 ? newSlice(null, args[0]!, null) : newSlice(args[0]!, args[1]!, args[2] ?? null);
}

function slice_repr(t: Thread, self: PySlice): string {
  return `slice(${repr(t, self.start)}, ${repr(t, self.stop)}, ${repr(t, self.step)})`;
}

function slice_richcompare(t: Thread, self: PySlice, other: Value, op: CompareOp): Value {
  if (!(other instanceof PySlice)) return NOT_IMPLEMENTED;
  if (self === other) return op !== LT && op !== NE && op !== 4;
  const mine = [self.start, self.stop, self.step];
  const theirs = [other.start, other.stop, other.step];
  for (let i = 0; i < 3; i++) {
    if (compareBool(t, mine[i]!, theirs[i]!, EQ)) continue;
    if (op === EQ || op === NE) return op === NE;
    return richCompare(t, mine[i]!, theirs[i]!, op);
  }
  return op === EQ || op === 1 || op === 5;
}

function slice_hash(t: Thread, self: PySlice): Int {
  return hashTuple([hashOf(t, self.start), hashOf(t, self.stop), hashOf(t, self.step)]);
}

function slice_indices(t: Thread, self: PySlice, length: Value): Value {
  const size = toIndex(t, length);
  if (size < 0) raiseValueError('length should not be negative');
  return newTuple(sliceIndices(t, self, size));
}

function slice_reduce(_t: Thread, self: PySlice): Value {
  return newTuple([SLICE_TYPE, newTuple([self.start, self.stop, self.step])]);
}

readyType(SLICE_TYPE, {
  doc: 'slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.\n\nThis is used for extended slicing (e.g. a[0:10:2]).',
  slots: { tp_new: slice_new, tp_repr: slice_repr, tp_richcompare: slice_richcompare, tp_hash: slice_hash },
  methods: {
    indices: [slice_indices, '($self, object, /)', 'Start, stop and step that the slice has on a sequence of the given length.'],
    __reduce__: [slice_reduce, '($self, /)', 'Return state information for pickling.'],
  },
  getset: {
    start: { get: (_t, self) => (self as PySlice).start, member: true },
    stop: { get: (_t, self) => (self as PySlice).stop, member: true },
    step: { get: (_t, self) => (self as PySlice).step, member: true },
  },
});
