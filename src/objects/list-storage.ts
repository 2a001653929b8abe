/** Lists that grow, and new lists from parts of others, without making objects of floats that are kept raw (`core/list-storage.ts`). */
import { repeated, repeatedDoubles } from '../base/repeat-items.ts';
import { MAX_ITEMS, type PyList } from '../core/containers.ts';
import { appendDouble, listLength, noDoubles } from '../core/list-storage.ts';
import { isPlainFloat, PyFloat } from '../core/scalars.ts';
import type { Value } from '../core/value.ts';
import { growable, pushItem } from './array-limits.ts';
import { newList } from './make.ts';
import type { SliceBounds } from './slice.ts';

/** Appends an item. Raises MemoryError when there are too many. @hot list.append, comprehensions */
export function appendItem(list: PyList, value: Value): void {
  if (value instanceof PyFloat && isPlainFloat(value) && listLength(list) < MAX_ITEMS) appendDouble(list, value.value);
  else pushItem(list.items, value);
}

function listOf(doubles: number[]): PyList {
  const list = newList([]);
  list.keepDoubles(doubles);
  return list;
}

/** `list[start:stop]` in a new list; both lie within the list. */
export function sliceList(list: PyList, start: number, stop: number): PyList {
  return list.doubles === null ? newList(growable(list.items.slice(start, stop))) : listOf(growable(list.doubles.slice(start, stop)));
}

/** Turns around the items from `first` to `last` in their array. */
export function turnAround<T>(items: T[], first: number, last: number): void {
  for (let low = first, high = last; low < high; low++, high--) {
    const item = items[low]!;
    items[low] = items[high]!;
    items[high] = item;
  }
}

/** Up to so many items an array is turned around faster by hand. */
const FEW = 32;

function turned<T>(items: T[]): T[] {
  if (items.length > FEW) return items.reverse();
  turnAround(items, 0, items.length - 1);
  return items;
}

/** The elements of an array at the places of a slice, in a new one. */
export function itemsAt<T>(items: readonly T[], { start, stop, step, count }: SliceBounds): T[] {
  if (step === 1) return count === 0 ? [] : growable(items.slice(start, stop));
  if (step === -1 && count > 0) return growable(turned(items.slice(start - count + 1, start + 1)));
  const result: T[] = [];
  for (let i = 0, at = start; i < count; i++, at += step) result.push(items[at]!);
  return result;
}

/** A new list of a list's items at the places of a slice. */
export function listAtSteps(list: PyList, bounds: SliceBounds): PyList {
  return list.doubles === null ? newList(itemsAt(list.items, bounds)) : listOf(itemsAt(list.doubles, bounds));
}

/** From so many items on `concat` is faster than adding one by one, for all that it costs to begin. */
const MANY = 64;

/** The items of two arrays in a new one. */
export function concatItems<T>(a: readonly T[], b: readonly T[]): T[] {
  if (b.length >= MANY) return growable(a.concat(b));
  const items = a.slice();
  for (let i = 0; i < b.length; i++) items.push(b[i]!);
  return items;
}

/** `a + b`, for at most MAX_ITEMS items. @hot */
export function concatLists(a: PyList, b: PyList): PyList {
  return a.doubles !== null && b.doubles !== null ? listOf(concatItems(a.doubles, b.doubles)) : newList(concatItems(a.items, b.items));
}

/** `items * count` in a new array, for at most MAX_ITEMS items. */
export function repeatItems(items: readonly Value[], count: number): Value[] {
  return count <= 0 || items.length === 0 ? [] : growable(repeated(items, count));
}

/** `list * count`, for at most MAX_ITEMS items. @hot */
export function repeatList(list: PyList, count: number): PyList {
  return list.doubles === null ? newList(repeatItems(list.items, count)) : repeatDoubles(list.doubles, count);
}

function repeatDoubles(doubles: readonly number[], count: number): PyList {
  return listOf(count <= 0 || doubles.length === 0 ? noDoubles() : growable(repeatedDoubles(doubles, count)));
}
