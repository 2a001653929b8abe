/**
 * Operations that run no Python code and look at no frame, so that compiled code needs no record for them: of strs, of the keys of sets and dicts, and of classes. What they
 * cannot decide, or what is to raise, they leave to the general operation: they give undefined.
 */
import { PyDict, PyList, PySet, PyTuple } from '../core/containers.ts';
import { PyBytes, PyFloat } from '../core/scalars.ts';
import { listLength } from '../core/list-storage.ts';
import type { Thread } from '../core/thread.ts';
import { EQ, GE, GT, LE, LT, NE, PyType, type CompareOp } from '../core/type.ts';
import type { Int, Maybe, Value } from '../core/value.ts';
import { intAdd, intAnd, intFloorDiv, intMod, intMul, intOr, intRshift, intSub, intXor } from '../objects/algorithms/int-arith.ts';
import { hasSurrogates, strCharAt, strCompare, strLength, strSlice } from '../objects/algorithms/str-code-points.ts';
import { strContains } from '../objects/algorithms/str-search.ts';
import { sliceBounds, type SliceBounds } from '../objects/slice.ts';
import { replaceRange } from '../objects/list.ts';
import { concatItems, concatLists, itemsAt, listAtSteps, repeatList, sliceList, turnAround } from '../objects/list-storage.ts';
import { newFloat, newSet, newTuple } from '../objects/make.ts';
import { tableRemoveAt, tableSetSimple } from '../objects/hash-table.ts';
import { tableOfPairs } from '../objects/table-making.ts';
import { tableFindQuiet, tableSetQuiet, tableSetQuietAt } from '../objects/quiet-keys.ts';
import { isWhatItSays } from '../objects/type.ts';
import { DICT_TYPE, FLOAT_TYPE, TUPLE_TYPE, TYPE_TYPE } from '../objects/static-types.ts';
import { isSubtype, typeOf } from '../objects/type-of.ts';

/** Entries of a table, or items of a list, from which on the engine may have no room for more. */
const MANY = 1 << 22;

/** `text[index]`. @hot scanners */
export function quietItem(text: string, index: number): string | undefined {
  if (!hasSurrogates(text)) return index < 0 ? text[index + text.length] : text[index];
  const length = strLength(text);
  const at = index < 0 ? index + length : index;
  return at >= 0 && at < length ? strCharAt(text, at) : undefined;
}

function bound(index: number | null, length: number, missing: number): number {
  if (index === null) return missing;
  return index < 0 ? Math.max(0, index + length) : Math.min(index, length);
}

/** `text[start:stop]`. @hot scanners */
export function quietSlice(text: string, start: number | null, stop: number | null): string {
  const length = strLength(text);
  const from = bound(start, length, 0);
  const to = bound(stop, length, length);
  return length === text.length ? text.slice(from, Math.max(from, to)) : strSlice(text, from, to - from, 1);
}

/** `list[start:stop]` of an exact list. @hot parts of lists, in recursion most of all */
export function quietListSlice(list: PyList, start: number | null, stop: number | null): PyList {
  const length = listLength(list);
  const from = bound(start, length, 0);
  return sliceList(list, from, Math.max(from, bound(stop, length, length)));
}

/** `tuple[start:stop]` of an exact tuple; all of it is itself. @hot */
export function quietTupleSlice(tuple: PyTuple, start: number | null, stop: number | null): PyTuple {
  const { items } = tuple;
  const from = bound(start, items.length, 0);
  const to = bound(stop, items.length, items.length);
  return from === 0 && to === items.length ? tuple : newTuple(items.slice(from, Math.max(from, to)));
}

/** The bounds of a slice with a step; null where one is neither an int that is a number nor None. */
function stepBounds(start: Maybe, stop: Maybe, step: number, length: number): SliceBounds | null {
  if (!isSliceBound(start) || !isSliceBound(stop)) return null;
  return sliceBounds(start, stop, step, length);
}

function isSliceBound(value: Maybe): value is number | null {
  return value === null || typeof value === 'number';
}

/** `list[start:stop:step]` of an exact list. @hot copies backwards */
export function quietListSteps(list: PyList, start: Maybe, stop: Maybe, step: number): PyList | undefined {
  const bounds = stepBounds(start, stop, step, listLength(list));
  return bounds === null ? undefined : listAtSteps(list, bounds);
}

/** `tuple[start:stop:step]` of an exact tuple. */
export function quietTupleSteps(tuple: PyTuple, start: Maybe, stop: Maybe, step: number): PyTuple | undefined {
  const bounds = stepBounds(start, stop, step, tuple.items.length);
  if (bounds === null) return undefined;
  return step === 1 && bounds.count === tuple.items.length ? tuple : newTuple(itemsAt(tuple.items, bounds));
}

/** `text[start:stop:step]`. */
export function quietTextSteps(text: string, start: Maybe, stop: Maybe, step: number): string | undefined {
  const bounds = stepBounds(start, stop, step, strLength(text));
  return bounds === null ? undefined : strSlice(text, bounds.start, bounds.count, step);
}

/** `list[start:stop] = value` for exact lists, of which the first is not the other: null. */
export function quietSetSlice(list: PyList, start: Maybe, stop: Maybe, value: PyList): null | undefined {
  const bounds = list.frozen || list === value || listLength(list) + listLength(value) > MANY ? null : stepBounds(start, stop, 1, listLength(list));
  if (bounds === null) return undefined;
  replaceRange(list.items, bounds.start, bounds.count, value.items);
  return null;
}

/** `list[start:stop] = source[from:to:step]` for exact lists and bounds that are numbers or null: null. @hot parts that are turned around */
export function quietSetPart(list: PyList, start: Maybe, stop: Maybe, source: PyList, from: number | null, to: number | null, step: number): null | undefined {
  if (list === source && step === -1 && list.doubles === null && !list.frozen && isSliceBound(start) && isSliceBound(stop)) {
    const { items } = list;
    const taken = sliceBounds(from, to, -1, items.length);
    const target = sliceBounds(start, stop, 1, items.length);
    if (taken.count === target.count && taken.start === target.start + target.count - 1) {
      turnAround(items, target.start, taken.start);
      return null;
    }
  }
  const part = quietListSteps(source, from, to, step);
  return part === undefined ? undefined : quietSetSlice(list, start, stop, part);
}

/** From so many items behind it on an item is moved by the engine: by hand that takes longer. */
const FAR = 64;

/** `list.insert(index, item)` of an exact list: null. @hot sorted lists */
export function quietInsert(list: PyList, index: Value, item: Value): null | undefined {
  if (typeof index !== 'number' || list.frozen || listLength(list) > MANY) return undefined;
  const { items } = list;
  const { length } = items;
  const at = bound(index, length, 0);
  if (length - at > FAR) items.splice(at, 0, item);
  else {
    items.push(item);
    for (let i = length; i > at; i--) items[i] = items[i - 1]!;
    items[at] = item;
  }
  return null;
}

/** Removes so many items; raw floats stay raw. */
function removeItems<T>(items: T[], start: number, count: number): void {
  const { length } = items;
  if (length - start > FAR) items.splice(start, count);
  else {
    for (let i = start; i + count < length; i++) items[i] = items[i + count]!;
    for (let i = 0; i < count; i++) items.pop();
  }
}

/** `del list[start:stop]` of an exact list: null. @hot nodes that are split */
export function quietDeletePart(list: PyList, start: Maybe, stop: Maybe): null | undefined {
  const bounds = list.frozen ? null : stepBounds(start, stop, 1, listLength(list));
  if (bounds === null) return undefined;
  if (bounds.count === 0) return null;
  if (list.doubles !== null) removeItems(list.doubles, bounds.start, bounds.count);
  else removeItems(list.items, bounds.start, bounds.count);
  return null;
}

/** `del list[index]` of an exact list that has the index: null. */
export function quietDeleteItem(list: PyList, index: Value): null | undefined {
  const length = listLength(list);
  if (typeof index !== 'number' || list.frozen || index >= length || index < -length) return undefined;
  return quietDeletePart(list, index, index === -1 ? null : index + 1);
}

/** `del dict[key]` of an exact dict that has the key: null. @hot caches */
export function quietDelete(t: Thread, dict: PyDict, key: Value): null | undefined {
  const entry = dict.frozen || dict.table.watch !== null ? undefined : tableFindQuiet(t, dict.table, key);
  if (entry === undefined || entry < 0) return undefined;
  tableRemoveAt(dict.table, entry);
  return null;
}

/** `list.pop()` of an exact list. @hot stacks */
export function quietPop(list: PyList): Maybe {
  if (list.frozen || listLength(list) === 0) return undefined;
  return list.doubles !== null ? newFloat(list.doubles.pop()!) : list.items.pop();
}

/** Whether a value is true, where no Python code says so. @hot what may be an object, or None */
export function quietTruth(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === null) return false;
  if (typeof value !== 'object') return value !== 0 && value !== '';
  const { slots, flags } = value.type;
  if (slots.nb_bool === null && slots.mp_length === null && slots.sq_length === null) return true;
  if (flags.heapType) return undefined;
  if (value instanceof PyList) return listLength(value) !== 0;
  if (value instanceof PyTuple) return value.items.length !== 0;
  if (value instanceof PyDict || value instanceof PySet) return value.table.used !== 0;
  return value instanceof PyBytes ? value.value.length !== 0 : undefined;
}

/** A real number as the engine compares it, exactly; undefined for other values. */
function comparable(value: Value): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return Number(value);
  return value instanceof PyFloat && value.type === FLOAT_TYPE ? value.value : undefined;
}

/** What `a op b` is where `a` and `b` are in an order. */
function ordered<T extends number | bigint>(a: T, b: T, op: CompareOp): boolean {
  switch (op) {
    case LT: return a < b;
    case LE: return a <= b;
    case GT: return a > b;
    case GE: return a >= b;
    // An int and a float may be equal, and of two kinds.
    case EQ: return a == b;
    default: return a != b;
  }
}

/** `a op b` of numbers, strs and None. @hot keys in order, what may be of several kinds */
export function quietCompare(a: Value, b: Value, op: CompareOp): boolean | undefined {
  if (typeof a === 'string' && typeof b === 'string') return op === EQ ? a === b : op === NE ? a !== b : ordered(strCompare(a, b), 0, op);
  const left = comparable(a);
  const right = comparable(b);
  if (left !== undefined && right !== undefined) return ordered(left, right, op);
  const arePlain = (a === null || typeof a !== 'object') && (b === null || typeof b !== 'object');
  return arePlain && (op === EQ || op === NE) ? (a === b) === (op === EQ) : undefined;
}

/** `ord(text)` @hot scanners */
export function quietOrd(text: string): number | undefined {
  const code = text.codePointAt(0);
  if (code === undefined || text.length !== (code > 0xFFFF ? 2 : 1)) return undefined;
  return code;
}

/** `chr(code)`, but for surrogates. @hot */
export function quietChr(code: number): string | undefined {
  if (code < 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return undefined;
  return code > 0xFFFF ? String.fromCodePoint(code) : String.fromCharCode(code);
}

/** `a + b` of exact lists, for less than MAX_ITEMS items. @hot */
export function quietListConcat(a: PyList, b: PyList): PyList {
  return concatLists(a, b);
}

/** `list * count` of an exact list, for less than MAX_ITEMS items. @hot */
export function quietListRepeat(list: PyList, count: number): PyList {
  return repeatList(list, count);
}

/** `a + b` of exact tuples. @hot */
export function quietTupleConcat(a: PyTuple, b: PyTuple): PyTuple {
  if (a.items.length === 0) return b;
  if (b.items.length === 0) return a;
  return newTuple(concatItems(a.items, b.items));
}

/** `dict[key] = value` of an exact dict: null. @hot subscriptions that are assigned to, memos */
export function quietSet(t: Thread, dict: PyDict, key: Value, value: Value): null | undefined {
  if (dict.frozen) return undefined;
  const { table } = dict;
  return tableSetQuiet(t, table, key, value) ? null : undefined;
}

/** `set.add(item)` of an exact set: null. @hot */
export function quietAdd(t: Thread, set: PySet, item: Value): null | undefined {
  if (set.frozen) return undefined;
  const { table } = set;
  return tableSetQuiet(t, table, item, undefined) ? null : undefined;
}

/** `set.discard(item)` of an exact set: null. @hot marks that are taken back */
export function quietDiscard(t: Thread, set: PySet, item: Value): null | undefined {
  const entry = set.frozen ? undefined : tableFindQuiet(t, set.table, item);
  if (entry === undefined) return undefined;
  if (entry >= 0) tableRemoveAt(set.table, entry);
  return null;
}

/** `set.remove(item)` of an exact set, of an item that is there: null. @hot */
export function quietRemove(t: Thread, set: PySet, item: Value): null | undefined {
  const entry = set.frozen ? undefined : tableFindQuiet(t, set.table, item);
  if (entry === undefined || entry < 0) return undefined;
  tableRemoveAt(set.table, entry);
  return null;
}

/** `dict.setdefault(key, value)` of an exact dict. @hot groups, unions */
export function quietSetDefault(t: Thread, dict: PyDict, key: Value, value: Value): Maybe {
  const { table } = dict;
  const entry = tableFindQuiet(t, table, key);
  if (entry === undefined || entry >= 0) return entry === undefined ? undefined : table.values[entry];
  return dict.frozen || !tableSetQuietAt(t, table, entry, key, value) ? undefined : value;
}

/** The entry of a key of an exact set, frozenset or dict; -1 for none. @hot what looks one key up more than once */
export function quietEntry(t: Thread, container: PySet | PyDict, key: Value): number | undefined {
  return tableFindQuiet(t, container.table, key);
}

/** As `quietSet`, for a key whose entry is known. @hot counts */
export function quietSetAt(t: Thread, dict: PyDict, entry: number, key: Value, value: Value): null | undefined {
  if (dict.frozen) return undefined;
  const { table } = dict;
  return tableSetQuietAt(t, table, entry, key, value) ? null : undefined;
}

/** As `quietAdd`, for an item whose entry is known. @hot marks */
export function quietAddAt(t: Thread, set: PySet, entry: number, item: Value): null | undefined {
  if (set.frozen) return undefined;
  const { table } = set;
  return tableSetQuietAt(t, table, entry, item, undefined) ? null : undefined;
}

/** A set of items that are found without Python code. @hot displays */
export function plainSet(items: readonly Value[]): PySet {
  const set = newSet();
  const { table } = set;
  for (let i = 0; i < items.length; i++) tableSetSimple(table, items[i]!, undefined);
  return set;
}

/** A dict of alternating keys, likewise, and values. @hot displays */
export function plainMap(t: Thread, pairs: readonly Value[]): PyDict {
  return new PyDict(DICT_TYPE, tableOfPairs(t, pairs));
}

/** `item in container` of an exact set, frozenset or dict. @hot tests of characters, names and classes */
export function quietHas(t: Thread, container: PySet | PyDict, item: Value): boolean | undefined {
  const entry = tableFindQuiet(t, container.table, item);
  return entry === undefined ? undefined : entry >= 0;
}

/** Whether it is `expected` that an exact set or frozenset has this item and no other. @hot `options == {None}` */
export function quietHasOnly(t: Thread, set: PySet, item: Value, expected: boolean): boolean | undefined {
  const isOnly = set.table.used === 1 ? quietHas(t, set, item) : false;
  return isOnly === undefined ? undefined : isOnly === expected;
}

/** `item in items` of the items of an exact list or tuple; undefined where one of them may have an `__eq__` to ask. @hot */
export function quietAmong(items: readonly Value[], item: Value): boolean | undefined {
  const kind = typeof item;
  if (kind !== 'number' && kind !== 'string') return undefined;
  for (let i = 0; i < items.length; i++) {
    const other = items[i]!;
    if (other === item) return true;
    // A bool is a number, and so may be any object.
    if (typeof other === 'boolean' || (typeof other === 'object' && other !== null)) return undefined;
  }
  return false;
}

/** `dict[key]` of an exact dict. @hot subscriptions */
export function quietGet(t: Thread, dict: PyDict, key: Value): Maybe {
  const { table } = dict;
  const entry = tableFindQuiet(t, table, key);
  return entry === undefined || entry < 0 ? undefined : table.values[entry];
}

/** `dict.get(key, fallback)` of an exact dict. @hot */
export function quietGetOr(t: Thread, dict: PyDict, key: Value, fallback: Value): Maybe {
  const { table } = dict;
  const entry = tableFindQuiet(t, table, key);
  return entry === undefined ? undefined : entry < 0 ? fallback : table.values[entry];
}

/** `isinstance(object, cls)` of a class, or a tuple of classes, without `__instancecheck__`. @hot */
export function quietIsInstance(object: Value, cls: Value): boolean | undefined {
  const type = typeOf(object);
  if (type === cls) return true;
  const answer = quietIsSubclass(type, cls);
  return answer === true || isWhatItSays(type) ? answer : undefined;
}

/** `issubclass(type, cls)`, likewise. @hot */
export function quietIsSubclass(type: Value, cls: Value): boolean | undefined {
  if (!(type instanceof PyType)) return undefined;
  if (cls instanceof PyType) return cls.type === TYPE_TYPE ? type === cls || isSubtype(type, cls) : undefined;
  return cls instanceof PyTuple && cls.type === TUPLE_TYPE ? isSubclassOfAny(type, cls.items) : undefined;
}

function isSubclassOfAny(type: PyType, classes: readonly Value[]): boolean | undefined {
  for (let i = 0; i < classes.length; i++) {
    const cls = classes[i]!;
    if (!(cls instanceof PyType) || cls.type !== TYPE_TYPE) return undefined;
    if (type === cls || isSubtype(type, cls)) return true;
  }
  return false;
}

/** `part in text`. */
export const quietContains: (text: string, part: string) => boolean = strContains;

/** Whether a value is an exact int. */
function isInt(value: Value): value is Int {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** An operation of exact ints whose result may be larger than what the engine holds: tier 0 raises MemoryError there. */
function growing(operation: (a: Int, b: Int) => Int): (a: Value, b: Value) => Maybe {
  return (a, b) => {
    if (!isInt(a) || !isInt(b)) return undefined;
    try {
      return operation(a, b);
    } catch (caught) {
      if (!(caught instanceof RangeError)) throw caught;
      return undefined;
    }
  };
}

/** An operation of exact ints that always has a result. */
function total(operation: (a: Int, b: Int) => Int): (a: Value, b: Value) => Maybe {
  return (a, b) => (isInt(a) && isInt(b) ? operation(a, b) : undefined);
}

/** A division of exact ints. */
function dividing(operation: (a: Int, b: Int) => Int): (a: Value, b: Value) => Maybe {
  return (a, b) => (isInt(a) && isInt(b) && b !== 0 ? operation(a, b) : undefined);
}

/** `a + b` of exact ints of any size; undefined for other operands, and where the engine cannot hold the result. @hot ints beyond 2**53 */
export const quietIntAdd: (a: Value, b: Value) => Maybe = growing(intAdd);

/** `a - b`, likewise. */
export const quietIntSub: (a: Value, b: Value) => Maybe = growing(intSub);

/** `a * b`, likewise. */
export const quietIntMul: (a: Value, b: Value) => Maybe = growing(intMul);

/** `a & b` of exact ints of any size; undefined for other operands. @hot hashes and random numbers of 64 bits */
export const quietIntAnd: (a: Value, b: Value) => Maybe = total(intAnd);

/** `a | b`, likewise. */
export const quietIntOr: (a: Value, b: Value) => Maybe = total(intOr);

/** `a ^ b`, likewise. */
export const quietIntXor: (a: Value, b: Value) => Maybe = total(intXor);

/** `a >> b`, likewise; undefined for counts that are negative, or beyond 2**53. */
export function quietIntShift(a: Value, b: Value): Maybe {
  return isInt(a) && typeof b === 'number' && b >= 0 ? intRshift(a, b) : undefined;
}

/** `a // b` of exact ints of any size; undefined for other operands, and for division by zero. */
export const quietIntQuotient: (a: Value, b: Value) => Maybe = dividing(intFloorDiv);

/** `a % b`, likewise. */
export const quietIntRest: (a: Value, b: Value) => Maybe = dividing(intMod);
