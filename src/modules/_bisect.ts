/** `_bisect` (Modules/_bisectmodule.c). */
import { LT } from '../core/type.ts';
import { PyList } from '../core/containers.ts';
import { withQuietForm } from '../core/quiet.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { call, callMethod } from '../objects/call.ts';
import { compareBool } from '../objects/compare.ts';
import { toSize } from '../objects/operators.ts';
import { raiseIndexError, raiseValueError } from '../objects/raise.ts';
import { LIST_TYPE } from '../objects/static-types.ts';
import { getItem } from '../objects/subscript.ts';
import { lengthOf } from '../objects/truth.ts';
import type { NativeModule } from './native-module.ts';

interface Range {
  readonly lo: Maybe;
  readonly hi: Maybe;
  readonly key: Maybe;
}

/** The place of a number among others; -1 where there is something else. @hot bench/programs/b_tree.py */
function positionOfNumber(items: readonly Value[], x: number, left: boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (typeof item !== 'number') return -1;
    if (left ? item < x : item <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of `x` in the items of a list, which comparing may change. */
function positionInList(t: Thread, list: PyList, x: Value, left: boolean): number {
  const place = typeof x !== 'number' ? -1 : positionOfNumber(list.doubles ?? list.items, x, left);
  if (place >= 0) return place;
  let low = 0;
  let high = list.items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { items } = list;
    if (middle >= items.length) raiseIndexError('list index out of range');
    const item = items[middle]!;
    if (left ? compareBool(t, item, x, LT) : !compareBool(t, x, item, LT)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of `x` in a sorted sequence, before (`left`) or behind equal items. */
function position(t: Thread, a: Value, x: Value, range: Range, left: boolean): number {
  if (a instanceof PyList && a.type === LIST_TYPE && range.lo === undefined && (range.hi ?? null) === null && (range.key ?? null) === null) return positionInList(t, a, x, left);
  let low = range.lo === undefined ? 0 : toSize(t, range.lo);
  if (low < 0) raiseValueError('lo must be non-negative');
  let high = range.hi === undefined || range.hi === null ? lengthOf(t, a) : toSize(t, range.hi);
  const { key } = range;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = getItem(t, a, middle);
    const item = key === undefined || key === null ? found : call(t, key, [found]);
    const goRight = left ? compareBool(t, item, x, LT) : !compareBool(t, x, item, LT);
    if (goRight) low = middle + 1;
    else high = middle;
  }
  return low;
}

function bisect(left: boolean) {
  const implementation = (t: Thread, a: Value, x: Value, lo?: Value, hi?: Value, key?: Value): Value => position(t, a, x, { lo, hi, key }, left);
  return withQuietForm(implementation, { call: (_t: Thread, a: Value, x: Value, lo?: Value, hi?: Value, key?: Value): Maybe => quietPosition(a, x, { lo, hi, key }, left), effect: 'look', result: 'int' });
}

/** As `position`, where `x` is a number and so is what it is compared with; undefined elsewhere. */
function quietPosition(a: Value, x: Value, { lo, hi, key }: Range, left: boolean): number | undefined {
  if (!(a instanceof PyList) || a.type !== LIST_TYPE || typeof x !== 'number' || lo !== undefined || hi !== undefined || key !== undefined) return undefined;
  const place = positionOfNumber(a.doubles ?? a.items, x, left);
  return place < 0 ? undefined : place;
}

function insort(left: boolean) {
  return (t: Thread, a: Value, x: Value, lo?: Value, hi?: Value, key?: Value): void => {
    const wanted = key === undefined || key === null ? x : call(t, key, [x]);
    const at = position(t, a, wanted, { lo, hi, key }, left);
    if (a instanceof PyList && a.type === LIST_TYPE && !a.frozen) a.items.splice(at, 0, x);
    else callMethod(t, a, 'insert', at, x);
  };
}

const SIGNATURE = '($module, /, a, x, lo=0, hi=None, *, key=None)';

/** The table. */
export const BISECT_MODULE: NativeModule = {
  name: '_bisect',
  doc: 'Bisection algorithms.',
  functions: {
    bisect_right: [bisect(/* left */ false), SIGNATURE, 'Return the index where to insert item x in list a, assuming a is sorted.'],
    bisect: [bisect(/* left */ false), SIGNATURE, 'Return the index where to insert item x in list a, assuming a is sorted.'],
    bisect_left: [bisect(/* left */ true), SIGNATURE, 'Return the index where to insert item x in list a, assuming a is sorted.'],
    insort_right: [insort(/* left */ false), SIGNATURE, 'Insert item x in list a, and keep it sorted assuming a is sorted.'],
    insort: [insort(/* left */ false), SIGNATURE, 'Insert item x in list a, and keep it sorted assuming a is sorted.'],
    insort_left: [insort(/* left */ true), SIGNATURE, 'Insert item x in list a, and keep it sorted assuming a is sorted.'],
  },
};
