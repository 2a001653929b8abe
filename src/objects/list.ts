/** `list` and its iterators (Objects/listobject.c). */
import { MAX_ITEMS, PyList, PyTuple } from '../core/containers.ts';
import { listItem, listLength, setListItem } from '../core/list-storage.ts';
import { leftOfList, nextOfList, PyListIterator, takeOfList } from '../core/iterators.ts';
import { alwaysQuietNext, withQuietRun } from '../core/quiet.ts';
import { PySlice } from '../core/range.ts';
import { EQ, type CompareOp, type KeywordNames, type PyType } from '../core/type.ts';
import type { Sink } from '../core/sink.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { compareBool, orderResult, richCompare } from './compare.ts';
import { checkItemCount, pushItem } from './array-limits.ts';
import { CLASS_GETITEM } from './generic-alias-record.ts';
import { builtinNamed } from './builtins-hook.ts';
import { askLength, getIterator, nextInto, toArray, toArrayOr } from './iterate.ts';
import { appendItem, concatLists, itemsAt, repeatItems, repeatList, sliceList } from './list-storage.ts';
import { newFloat, newList, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { sizeArgument } from './native-arguments.ts';
import { toClippedSize, toIndex, toSize } from './operators.ts';
import { newException, raiseInCaller, raiseIndexError, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { IndexError, ValueError } from './exception-types.ts';
import type { NativeResult } from '../core/native.ts';
import { adjustSlice, clampSlice, unpackSlice } from './slice.ts';
import { LIST_ITERATOR_TYPE, LIST_REVERSE_ITERATOR_TYPE, LIST_TYPE } from './static-types.ts';
import { repr } from './text.ts';
import { sortItems } from './sort.ts';
import { isTrue } from './truth.ts';
import { readyType } from './type-ready.ts';
import { asInt, typeOf } from './type-of.ts';

/** Refuses a write to a frozen list. */
export function checkListWritable(list: PyList): void {
  if (list.frozen) raiseTypeError(`'${list.type.name}' object is frozen and cannot be changed`);
}

/** `[a, b]` of `items`, with `[...]` for a list inside itself. */
export function reprOfItems(t: Thread, self: Value, items: readonly Value[], open: string, close: string): string {
  if (t.reprGuard.has(self)) return `${open}...${close}`;
  t.reprGuard.add(self);
  try {
    const parts: string[] = [];
    for (let i = 0; i < items.length; i++) parts.push(repr(t, items[i]!));
    return open + parts.join(', ') + close;
  } finally {
    t.reprGuard.delete(self);
  }
}

/** Whether the value equals another of the same JavaScript type only when JavaScript says so. */
function isPlain(value: Value): boolean {
  return typeof value === 'number' || typeof value === 'string';
}

/** Lexicographic comparison of two arrays of values. @hot tuples as keys, and in sorting */
export function compareItems(t: Thread, left: readonly Value[], right: readonly Value[], op: CompareOp): Value {
  if (left.length !== right.length && (op === EQ || op === 3)) return op !== EQ;
  let i = 0;
  for (; i < left.length && i < right.length; i++) {
    const a = left[i]!;
    const b = right[i]!;
    if (a === b) continue;
    if (isPlain(a) && typeof a === typeof b) break;
    if (!compareBool(t, a, b, EQ)) break;
  }
  if (i >= left.length || i >= right.length) return orderResult(left.length - right.length, op);
  if (op === EQ) return false;
  if (op === 3) return true;
  return richCompare(t, left[i]!, right[i]!, op);
}

/** `items * count` in a new array; raises MemoryError when that is too long. */
export function repeatChecked(items: readonly Value[], count: number): Value[] {
  checkItemCount(items.length * count);
  return repeatItems(items, count);
}

function list_init(t: Thread, self: PyList, args: Value[], keywords: KeywordNames): void {
  if (self.type.slots.tp_new === LIST_TYPE.slots.tp_new && keywords !== null && keywords.length > 0) raiseTypeError('list() takes no keyword arguments');
  const count = args.length - (keywords?.length ?? 0);
  if (count > 1) raiseTypeError(`list expected at most 1 argument, got ${args.length}`);
  checkListWritable(self);
  // A subclass with a `__new__` of its own may have keywords.
  const from = count === 0 ? null : args[0]!;
  if (from instanceof PyList && from.type === LIST_TYPE && from.doubles !== null) self.keepDoubles(from.doubles.slice());
  else self.items = count === 0 ? [] : toArray(t, from, /* asks */ true);
}

function indexError(what: string): never {
  raiseIndexError(`list ${what} out of range`);
}

function list_item(_t: Thread, self: PyList, index: number): Value {
  return index >= 0 && index < listLength(self) ? listItem(self, index) : indexError('index');
}

/** The items that a slice selects, in a new array. */
export function sliceItems(t: Thread, items: readonly Value[], slice: PySlice): Value[] {
  return itemsAt(items, adjustSlice(t, slice, items.length));
}

function listSlice(t: Thread, self: PyList, slice: PySlice): PyList {
  if (self.doubles === null || (slice.step !== null && slice.step !== 1)) return newList(sliceItems(t, self.items, slice));
  const { start, stop, count } = adjustSlice(t, slice, self.doubles.length);
  return sliceList(self, start, count === 0 ? start : stop);
}

function list_subscript(t: Thread, self: PyList, key: Value): Value {
  if (key instanceof PySlice) return listSlice(t, self, key);
  if (typeOf(key).slots.nb_index === null) raiseTypeError(`list indices must be integers or slices, not ${typeName(key)}`);
  const index = toSize(t, key);
  return list_item(t, self, index < 0 ? index + listLength(self) : index);
}

function list_ass_item(_t: Thread, self: PyList, index: number, value: Maybe): void {
  checkListWritable(self);
  if (index < 0 || index >= listLength(self)) indexError('assignment index');
  if (value === undefined) self.items.splice(index, 1);
  else setListItem(self, index, value);
}

function deleteSlice(items: Value[], start: number, step: number, count: number): void {
  if (count === 0) return;
  if (step === 1) {
    items.splice(start, count);
    return;
  }
  const lowest = step > 0 ? start : start + (count - 1) * step;
  const stride = Math.abs(step);
  let write = lowest;
  let removed = 0;
  for (let read = lowest; read < items.length; read++) {
    if (removed < count && read === lowest + removed * stride) removed++;
    else items[write++] = items[read]!;
  }
  items.length = write;
}

function assignSlice(t: Thread, self: PyList, slice: PySlice, value: Maybe): void {
  const bounds = unpackSlice(t, slice);
  // The items of another list are only read.
  const replacement = value === undefined ? [] : value instanceof PyList && value.type === LIST_TYPE && value !== self ? value.items : toArrayOr(t, value, 'must assign iterable to extended slice');
  checkListWritable(self);
  const items = self.items;
  const { start, stop, step, count } = clampSlice(bounds, items.length);
  if (value === undefined) return deleteSlice(items, start, step, count);
  if (step === 1) {
    replaceRange(items, start, Math.max(stop, start) - start, replacement);
    return;
  }
  if (replacement.length !== count) raiseValueError(`attempt to assign sequence of size ${replacement.length} to extended slice of size ${count}`);
  for (let i = 0, at = start; i < count; i++, at += step) items[at] = replacement[i]!;
}

/** `items[start:start + removed] = replacement`. Raises MemoryError when there are too many. */
export function replaceRange(items: Value[], start: number, removed: number, replacement: readonly Value[]): void {
  if (removed === replacement.length) {
    for (let i = 0; i < removed; i++) items[start + i] = replacement[i]!;
    return;
  }
  checkItemCount(items.length - removed + replacement.length);
  // Spreading a long array into splice would overflow the engine's stack.
  if (replacement.length < 10_000) {
    items.splice(start, removed, ...replacement);
    return;
  }
  const tail = items.slice(start + removed);
  items.length = start;
  for (const item of replacement) items.push(item);
  for (const item of tail) items.push(item);
}

function list_ass_subscript(t: Thread, self: PyList, key: Value, value: Maybe): void {
  if (key instanceof PySlice) return assignSlice(t, self, key, value);
  if (typeOf(key).slots.nb_index === null) raiseTypeError(`list indices must be integers or slices, not ${typeName(key)}`);
  const index = toSize(t, key);
  list_ass_item(t, self, index < 0 ? index + listLength(self) : index, value);
}

/** Whether an item equals `item`, looking at the list as it changes. */
export function containsItem(t: Thread, self: PyList | PyTuple, item: Value): boolean {
  for (let i = 0; i < self.items.length; i++) if (compareBool(t, self.items[i]!, item, EQ)) return true;
  return false;
}

function list_concat(_t: Thread, self: PyList, other: Value): Value {
  if (!(other instanceof PyList)) raiseTypeError(`can only concatenate list (not "${typeName(other)}") to list`);
  checkItemCount(listLength(self) + listLength(other));
  return concatLists(self, other);
}

function list_repeat(_t: Thread, self: PyList, count: number): Value {
  checkItemCount(listLength(self) * count);
  return repeatList(self, count);
}

/** Appends what a generator yields, which may look at the list, and change it. */
class ListSink implements Sink {
  private readonly list: PyList;
  constructor(list: PyList) {
    this.list = list;
  }

  take(item: Value): boolean {
    const { items } = this.list;
    if (items.length >= MAX_ITEMS) return false;
    items.push(item);
    return true;
  }
}

function list_extend(t: Thread, self: PyList, iterable: Value): void {
  checkListWritable(self);
  if (iterable instanceof PyList || iterable instanceof PyTuple) {
    const added = toArray(t, iterable);
    checkItemCount(self.items.length + added.length);
    for (let i = 0; i < added.length; i++) self.items.push(added[i]!);
    return;
  }
  const sink = new ListSink(self);
  const iterator = getIterator(t, iterable);
  askLength(t, iterable);
  for (let item = nextInto(t, iterator, sink); item !== undefined; item = nextInto(t, iterator, sink)) pushItem(self.items, item);
}

function list_insert(t: Thread, self: PyList, index: Value, item: Value): void {
  checkListWritable(self);
  const at = sizeArgument(t, index, 0);
  const items = self.items;
  checkItemCount(items.length + 1);
  items.splice(at < 0 ? Math.max(at + items.length, 0) : at, 0, item);
}

function list_pop(t: Thread, self: PyList, index?: Value): NativeResult {
  checkListWritable(self);
  const given = index === undefined ? -1 : toSize(t, index);
  if (given === -1 && self.doubles !== null && self.doubles.length > 0) return newFloat(self.doubles.pop()!);
  const items = self.items;
  if (items.length === 0) return raiseInCaller(t, newException(IndexError, 'pop from empty list'));
  const at = given < 0 ? given + items.length : given;
  if (at < 0 || at >= items.length) return raiseInCaller(t, newException(IndexError, 'pop index out of range'));
  if (at === items.length - 1) return items.pop()!;
  return items.splice(at, 1)[0]!;
}

function list_remove(t: Thread, self: PyList, item: Value): NativeResult {
  checkListWritable(self);
  for (let i = 0; i < self.items.length; i++) {
    if (!compareBool(t, self.items[i]!, item, EQ)) continue;
    self.items.splice(i, 1);
    return null;
  }
  return raiseInCaller(t, newException(ValueError, 'list.remove(x): x not in list'));
}

/** The index of `item` between `start` and `stop`, or -1. */
export function findItem(t: Thread, self: PyList | PyTuple, item: Value, start: Maybe, stop: Maybe): number {
  const clip = (bound: Maybe, fallback: number): number => {
    if (bound === undefined) return fallback;
    const at = toClippedSize(t, bound);
    return at < 0 ? Math.max(at + self.items.length, 0) : at;
  };
  const from = clip(start, 0);
  const to = clip(stop, Number.MAX_SAFE_INTEGER);
  for (let i = from; i < to && i < self.items.length; i++) if (compareBool(t, self.items[i]!, item, EQ)) return i;
  return -1;
}

function list_index(t: Thread, self: PyList, item: Value, start?: Value, stop?: Value): NativeResult {
  const at = findItem(t, self, item, start, stop);
  return at >= 0 ? at : raiseInCaller(t, newException(ValueError, 'list.index(x): x not in list'));
}

/** How many items equal `item`. */
export function countItem(t: Thread, self: PyList | PyTuple, item: Value): number {
  let count = 0;
  for (let i = 0; i < self.items.length; i++) if (compareBool(t, self.items[i]!, item, EQ)) count++;
  return count;
}

function list_sort(t: Thread, self: PyList, key?: Value, reverse?: Value): void {
  checkListWritable(self);
  const backwards = reverse !== undefined && isTrue(t, reverse);
  const items = self.items;
  // The list looks empty while it is sorted, so that changes by the key or comparison are noticed.
  const sentinel: Value[] = [];
  self.items = sentinel;
  try {
    sortItems(t, items, key ?? null, backwards);
  } finally {
    const changed = self.items !== sentinel || sentinel.length > 0;
    self.items = items;
    if (changed) raiseValueError('list modified during sort');
  }
}

readyType(LIST_TYPE, {
  doc: 'Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\nThe argument must be an iterable if specified.',
  textSignature: '(iterable=(), /)',
  slots: {
    tp_alloc: (type: PyType) => new PyList(type, []),
    tp_new: (_t, type) => new PyList(type, []),
    tp_init: list_init,
    tp_repr: (t, self: PyList) => reprOfItems(t, self, self.items, '[', ']'),
    tp_richcompare: (t, self: PyList, other, op) => (other instanceof PyList ? compareItems(t, self.items, other.items, op) : NOT_IMPLEMENTED),
    tp_iter: (_t, self: PyList) => new PyListIterator(LIST_ITERATOR_TYPE, self),
    sq_length: (_t, self: PyList) => listLength(self),
    sq_concat: list_concat,
    sq_repeat: list_repeat,
    sq_item: list_item,
    sq_ass_item: list_ass_item,
    sq_contains: containsItem,
    sq_inplace_concat: (t, self, other) => {
      list_extend(t, self as PyList, other);
      return self;
    },
    sq_inplace_repeat: (_t, self, count) => {
      checkListWritable(self as PyList);
      (self as PyList).items = repeatChecked((self as PyList).items, count);
      return self;
    },
    mp_length: (_t, self: PyList) => listLength(self),
    mp_subscript: list_subscript,
    mp_ass_subscript: list_ass_subscript,
  },
  methods: {
    append: [(_t: Thread, self: PyList, item: Value) => { checkListWritable(self); appendItem(self, item); }, '($self, object, /)', 'Append object to the end of the list.'],
    clear: [(_t: Thread, self: PyList) => { checkListWritable(self); self.items = []; }, '($self, /)', 'Remove all items from list.'],
    copy: [(_t: Thread, self: PyList) => sliceList(self, 0, listLength(self)), '($self, /)', 'Return a shallow copy of the list.'],
    count: [countItem, '($self, value, /)', 'Return number of occurrences of value.'],
    extend: [list_extend, '($self, iterable, /)', 'Extend list by appending elements from the iterable.'],
    index: [list_index, '($self, value, start=0, stop=sys.maxsize, /)', 'Return first index of value.'],
    insert: [list_insert, '($self, index, object, /)', 'Insert object before index.'],
    pop: [list_pop, '($self, index=-1, /)', 'Remove and return item at index (default last).'],
    remove: [list_remove, '($self, value, /)', 'Remove first occurrence of value.'],
    reverse: [(_t: Thread, self: PyList) => { checkListWritable(self); self.items.reverse(); }, '($self, /)', 'Reverse *IN PLACE*.'],
    sort: [list_sort, '($self, /, *, key=None, reverse=False)', 'Sort the list in ascending order and return None.'],
    __reversed__: [(_t: Thread, self: PyList) => new PyListReverseIterator(self), '($self, /)', 'Return a reverse iterator over the list.'],
    __sizeof__: [(_t: Thread, self: PyList) => 56 + 8 * listLength(self), '($self, /)', 'Return the size of the list in memory, in bytes.'],
    __class_getitem__: CLASS_GETITEM,
  },
  attributes: { __hash__: null },
});

readyType(LIST_ITERATOR_TYPE, {
  slots: { tp_iter: (_t, self) => self, tp_iternext: withQuietRun(alwaysQuietNext((_t: Thread, self: PyListIterator) => nextOfList(self)), { left: leftOfList, take: (_t, self: PyListIterator, count) => takeOfList(self, count) }) },
  methods: {
    __length_hint__: [(_t: Thread, self: PyListIterator) => leftOfList(self), '!($self, /)', 'Private method returning an estimate of len(list(it)).'],
    __reduce__: [
      (t: Thread, self: PyListIterator) => self.list === null ? newTuple([builtinNamed(t, 'iter'), newTuple([newList([])])]) : newTuple([builtinNamed(t, 'iter'), newTuple([self.list]), self.index]),
      '!($self, /)', 'Return state information for pickling.',
    ],
    __setstate__: [
      (t: Thread, self: PyListIterator, state: Value) => {
        const index = toIndex(t, state);
        if (self.list !== null) self.index = Math.min(Math.max(Number(index), 0), self.list.items.length);
      },
      '!($self, object, /)', 'Set state information for unpickling.',
    ],
  },
});

class PyListReverseIterator extends PyObject {
  list: PyList | null;
  index: number;
  constructor(list: PyList) {
    super(LIST_REVERSE_ITERATOR_TYPE);
    this.list = list;
    this.index = list.items.length - 1;
  }
}

function leftInReverse({ list, index }: PyListReverseIterator): number {
  return list === null || index >= list.items.length ? 0 : index + 1;
}

function takeInReverse(self: PyListReverseIterator, count: number): Value[] {
  const left = leftInReverse(self);
  const taken = Math.min(count, left);
  const items = taken === 0 ? [] : self.list!.items.slice(self.index + 1 - taken, self.index + 1).reverse();
  self.index -= taken;
  if (taken < count) {
    self.index = -1;
    self.list = null;
  }
  return items;
}

readyType(LIST_REVERSE_ITERATOR_TYPE, {
  slots: {
    tp_iter: (_t, self) => self,
    tp_iternext: withQuietRun((_t: Thread, self: PyListReverseIterator): Maybe => {
      if (self.list !== null && self.index >= 0 && self.index < self.list.items.length) return self.list.items[self.index--];
      self.index = -1;
      self.list = null;
      return undefined;
    }, { left: leftInReverse, take: (_t, self: PyListReverseIterator, count) => takeInReverse(self, count) }),
  },
  methods: {
    __length_hint__: [(_t: Thread, self: PyListReverseIterator) => leftInReverse(self), '!($self, /)', 'Private method returning an estimate of len(list(it)).'],
    __reduce__: [
      (t: Thread, self: PyListReverseIterator) =>
        self.list === null ? newTuple([builtinNamed(t, 'iter'), newTuple([newList([])])]) : newTuple([builtinNamed(t, 'reversed'), newTuple([self.list]), self.index]),
      '!($self, /)', 'Return state information for pickling.',
    ],
    __setstate__: [
      (_t: Thread, self: PyListReverseIterator, state: Value) => {
        if (self.list !== null) self.index = Math.min(Math.max(Number(asInt(state)), -1), self.list.items.length - 1);
      },
      '!($self, object, /)', 'Set state information for unpickling.',
    ],
  },
});

