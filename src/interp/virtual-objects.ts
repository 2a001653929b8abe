/** Objects that compiled code keeps in parts (`SOURCE_RANGE` and its like of `core/compiled.ts`): made when somebody wants one. */
import { TAG_FLOAT, TAG_INT, type NumberTag } from '../core/compiled.ts';
import { PyList, type PyTuple } from '../core/containers.ts';
import { PyListIterator, PyRangeIterator, PyTupleIterator } from '../core/iterators.ts';
import type { PyFloat } from '../core/scalars.ts';
import type { Int, Value } from '../core/value.ts';
import { newFloat } from '../objects/make.ts';
import { PyEnumerate, PyZip } from '../objects/iterators.ts';
import { ENUMERATE_TYPE, LIST_ITERATOR_TYPE, RANGE_ITERATOR_TYPE, TUPLE_ITERATOR_TYPE, ZIP_TYPE } from '../objects/static-types.ts';

/** The iterator of a range that goes on at `next` for `remaining` values. */
export function rangeIterator(next: number, step: number, remaining: number): Value {
  return new PyRangeIterator(RANGE_ITERATOR_TYPE, next, step, remaining);
}

/** The iterator of a range of step 1 that goes on at `next` and ends before `stop`. */
export function countIterator(next: number, stop: number): Value {
  return rangeIterator(next, 1, stop > next ? stop - next : 0);
}

/** The iterator of a list or tuple that goes on at `index`. */
export function sequenceIterator(sequence: Value, index: number): Value {
  const iterator = sequence instanceof PyList ? new PyListIterator(LIST_ITERATOR_TYPE, sequence) : new PyTupleIterator(TUPLE_ITERATOR_TYPE, sequence as PyTuple);
  iterator.index = index;
  return iterator;
}

/** The number that a raw double and its tag stand for; undefined for none. */
export function numberOf(value: number, tag: NumberTag): PyFloat | Int | undefined {
  if (tag === TAG_FLOAT) return newFloat(value);
  return tag === TAG_INT ? value : undefined;
}

/** `enumerate(sequence)` that goes on at `index`. */
export function enumerateIterator(sequence: Value, index: number): Value {
  return new PyEnumerate(ENUMERATE_TYPE, sequenceIterator(sequence, index), index);
}

/** `zip(a, b)` of two lists or tuples that goes on at `index`. */
export function zipIterator(a: Value, b: Value, index: number): Value {
  return new PyZip(ZIP_TYPE, [sequenceIterator(a, index), sequenceIterator(b, index)], false);
}
