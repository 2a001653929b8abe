/** Lists that grow, and new lists from parts of others, without making objects of floats that are kept raw (`core/list-storage.ts`). */
import { repeated, repeatedDoubles } from '../base/repeat-items.ts';
import { MAX_ITEMS, type PyList } from '../core/containers.ts';
import { appendDouble, listLength, noDoubles } from '../core/list-storage.ts';
import { isPlainFloat, PyFloat } from '../core/scalars.ts';
import type { Value } from '../core/value.ts';
import { growable, pushItem } from './array-limits.ts';
import { newList } from './make.ts';

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

/** A new list of what `pick` takes of a list's items, or of its raw floats. */
export function listAtSteps(list: PyList, pick: <T>(items: readonly T[]) => T[]): PyList {
  return list.doubles === null ? newList(pick(list.items)) : listOf(pick(list.doubles));
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
