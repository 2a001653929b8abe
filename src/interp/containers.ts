/** Building, merging and unpacking containers. */
import { compact, listLength, setListItem } from '../core/list-storage.ts';
import { PyDict, PyList, PySet, PyTuple } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { lookupAttr } from '../objects/attributes.ts';
import { callMethod } from '../objects/call.ts';
import { tableCopy, tableGet, tableSet } from '../objects/hash-table.ts';
import { tableOfPairs } from '../objects/table-making.ts';
import { getIterator, iterNext, toArray } from '../objects/iterate.ts';
import { newList, newSet } from '../objects/make.ts';
import { raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { DICT_TYPE, LIST_TYPE, TUPLE_TYPE } from '../objects/static-types.ts';
import { setAdd } from '../objects/set.ts';
import { getItem } from '../objects/subscript.ts';
import { str } from '../objects/text.ts';
import { typeOf } from '../objects/type-of.ts';
import { callableText } from './calls.ts';

/** A set of `items`. */
export function buildSet(t: Thread, items: readonly Value[]): PySet {
  const set = newSet();
  for (const item of items) setAdd(t, set.table, item);
  return set;
}

/** A dict of alternating keys and values. */
export function buildMap(t: Thread, pairs: readonly Value[]): PyDict {
  return new PyDict(DICT_TYPE, tableOfPairs(t, pairs));
}

/** `[*iterable]` */
export function listExtend(t: Thread, list: PyList, iterable: Value): void {
  const slots = typeOf(iterable).slots;
  if (slots.tp_iter === null && slots.sq_item === null) raiseTypeError(`Value after * must be an iterable, not ${typeName(iterable)}`);
  const added = toArray(t, iterable, /* asks */ true);
  const isNew = listLength(list) === 0;
  const items = list.items;
  for (const item of added) items.push(item);
  if (isNew) compact(list);
}

/** Stores into an exact list at a small index; false when the general path must decide. */
export function storeListItem(list: PyList, key: number, value: Value): boolean {
  const length = listLength(list);
  const index = key < 0 ? key + length : key;
  if (index < 0 || index >= length) return false;
  setListItem(list, index, value);
  return true;
}

/** Calls `visit` with each key and value of a mapping (a dict, or anything with `keys`). */
export function forEachEntry(t: Thread, mapping: Value, visit: (key: Value, value: Value) => void): void {
  if (mapping instanceof PyDict && (mapping.type === DICT_TYPE || typeOf(mapping).slots.tp_iter === DICT_TYPE.slots.tp_iter)) {
    const { keys, values } = mapping.table;
    for (let i = 0; i < keys.length; i++) if (keys[i] !== undefined) visit(keys[i]!, values[i]!);
    return;
  }
  for (const key of toArray(t, callMethod(t, mapping, 'keys'))) visit(key, getItem(t, mapping, key));
}

/** `{**mapping}` */
export function dictUpdate(t: Thread, dict: PyDict, mapping: Value): void {
  if (!(mapping instanceof PyDict) && lookupAttr(t, mapping, 'keys') === undefined) raiseTypeError(`'${typeName(mapping)}' object is not a mapping`);
  if (dict.table.keys.length === 0 && mapping instanceof PyDict && mapping.type === DICT_TYPE) dict.table = tableCopy(mapping.table);
  else forEachEntry(t, mapping, (key, value) => tableSet(t, dict.table, key, value));
}

/** `f(**mapping)`: adds to the keyword arguments; raises TypeError for a key that is there already. */
export function dictMerge(t: Thread, dict: PyDict, mapping: Value, callee: Value): void {
  if (!(mapping instanceof PyDict) && lookupAttr(t, mapping, 'keys') === undefined) {
    raiseTypeError(`${callableText(t, callee)} argument after ** must be a mapping, not ${typeName(mapping)}`);
  }
  if (mapping instanceof PyDict && mapping.type === DICT_TYPE && mapping.table.used === 0) return;
  if (dict.table.keys.length === 0 && mapping instanceof PyDict && mapping.type === DICT_TYPE) {
    dict.table = tableCopy(mapping.table);
    return;
  }
  forEachEntry(t, mapping, (key, value) => {
    if (tableGet(t, dict.table, key) !== undefined) {
      raiseTypeError(`${callableText(t, callee)} got multiple values for keyword argument '${str(t, key)}'`);
    }
    tableSet(t, dict.table, key, value);
  });
}

function raiseNotIterable(value: Value): never {
  raiseTypeError(`cannot unpack non-iterable ${typeName(value)} object`);
}

function exactItems(value: Value): readonly Value[] | null {
  if (value instanceof PyTuple && value.type === TUPLE_TYPE) return value.items;
  if (value instanceof PyList && value.type === LIST_TYPE) return value.items;
  return null;
}

function isIterable(value: Value): boolean {
  const slots = typeOf(value).slots;
  return slots.tp_iter !== null || slots.sq_item !== null;
}

/** Exactly `count` items; raises ValueError for more or fewer. */
export function unpackSequence(t: Thread, value: Value, count: number): readonly Value[] {
  const exact = exactItems(value);
  if (exact !== null) {
    if (exact.length === count) return exact;
    if (exact.length > count) raiseValueError(`too many values to unpack (expected ${count}, got ${exact.length})`);
    raiseValueError(`not enough values to unpack (expected ${count}, got ${exact.length})`);
  }
  if (!isIterable(value)) raiseNotIterable(value);
  const iterator = getIterator(t, value);
  const items: Value[] = [];
  while (items.length < count) {
    const item = iterNext(t, iterator);
    if (item === undefined) raiseValueError(`not enough values to unpack (expected ${count}, got ${items.length})`);
    items.push(item);
  }
  if (iterNext(t, iterator) !== undefined) {
    const known = value instanceof PyDict ? `, got ${value.table.used}` : '';
    raiseValueError(`too many values to unpack (expected ${count}${known})`);
  }
  return items;
}

/** `a, *b, c`: `before` items, a list of the rest, `after` items. */
export function unpackEx(t: Thread, value: Value, before: number, after: number): Maybe[] {
  if (!isIterable(value)) raiseNotIterable(value);
  const items = exactItems(value) ?? toArray(t, value);
  if (items.length < before + after) {
    const least = after === 0 ? before : before + after;
    raiseValueError(`not enough values to unpack (expected at least ${least}, got ${items.length})`);
  }
  const rest = items.length - after;
  const parts: Maybe[] = [];
  for (let i = 0; i < before; i++) parts.push(items[i]);
  parts.push(newList(items.slice(before, rest)));
  for (let i = rest; i < items.length; i++) parts.push(items[i]);
  return parts;
}

