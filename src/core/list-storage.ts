/**
 * Items of lists, one by one, without making objects of floats that are kept raw (`PyList.doubles`).
 *
 * INV-1: no raw float is NaN. INV-2: a list becomes raw only when it is made, or while it is empty: whoever holds its `items` over a call sees what others write.
 */
import { type PyList } from './containers.ts';
import { exactFloat, isPlainFloat, PyFloat } from './scalars.ts';
import type { Value } from './value.ts';

/** `len(list)`. */
export function listLength(list: PyList): number {
  return list.doubles === null ? list.items.length : list.doubles.length;
}

/** The item at an index that the list has. @hot subscriptions, iteration */
export function listItem(list: PyList, index: number): Value {
  return list.doubles === null ? list.items[index]! : exactFloat(list.doubles[index]!);
}

/** Writes the item at an index that the list has. @hot assignments to subscriptions */
export function setListItem(list: PyList, index: number, value: Value): void {
  if (list.doubles !== null && isPlainFloat(value)) list.doubles[index] = value.value;
  else list.items[index] = value;
}

/** Writes a float at an index that the list has. @hot assignments of floats in compiled code */
export function setDouble(list: PyList, index: number, value: number): void {
  if (list.doubles !== null && !Number.isNaN(value)) list.doubles[index] = value;
  else list.items[index] = exactFloat(value);
}

/** A new empty array of which V8 knows that it has floats, so that it need not change when the first comes that is no integer. */
export function noDoubles(): number[] {
  const doubles = [0.5];
  // A third of the time that `length = 0` takes.
  doubles.pop();
  return doubles;
}

/** Appends a float to a list with room for it: what makes an empty list raw. @hot comprehensions of floats */
export function appendDouble(list: PyList, value: number): void {
  if (list.doubles !== null && !Number.isNaN(value)) list.doubles.push(value);
  else appendFirst(list, value);
}

function appendFirst(list: PyList, value: number): void {
  if (list.doubles === null && list.items.length === 0 && !Number.isNaN(value)) list.keepDoubles(noDoubles());
  if (list.doubles !== null && !Number.isNaN(value)) list.doubles.push(value);
  else list.items.push(exactFloat(value));
}

/** Appends an object of class float to a list with room for it. */
export function appendFloat(list: PyList, value: PyFloat): void {
  if (Number.isNaN(value.value)) list.items.push(value);
  else appendDouble(list, value.value);
}

/** Whether a list that keeps objects has a float at an index that it has, and no NaN, whose identity matters. @hot subscriptions of lists of floats */
export function hasDoubleAt(list: PyList, index: number): boolean {
  return isPlainFloat(list.items[index]!);
}

/** Makes raw a list that has just been made, where all its items are floats. @hot list displays */
export function compact(list: PyList): PyList {
  const { items } = list;
  if (items.length > 0 && items[0] instanceof PyFloat && items.every(isPlainFloat)) list.keepDoubles(rawOf(items));
  return list;
}

function rawOf(items: readonly PyFloat[]): number[] {
  const doubles = noDoubles();
  for (let i = 0; i < items.length; i++) doubles.push(items[i]!.value);
  return doubles;
}

/** `[a, b, ...]` of floats in a list that has nothing yet; raw where none is NaN. */
export function fillWithDoubles(list: PyList, values: readonly number[]): PyList {
  const doubles = noDoubles();
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) {
      list.items = values.map(exactFloat);
      return list;
    }
    doubles.push(values[i]!);
  }
  list.keepDoubles(doubles);
  return list;
}
