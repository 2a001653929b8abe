/** `dict` (Objects/dictobject.c); views and iterators are in `dict-views.ts`. */
import { HashTable, PyDict, PySet, PyTuple } from '../core/containers.ts';
import { DICT_CLONED } from '../core/watch.ts';
import { EQ, NE, type CompareOp, type KeywordNames, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { lookupAttr, setAttr } from './attributes.ts';
import { call, callMethod, callSpecial } from './call.ts';
import { compareBool } from './compare.ts';
import { PyDictIterator, PyDictView } from './dict-views.ts';
import { KeyError, RuntimeError, TypeError } from './exception-types.ts';
import { CLASS_GETITEM } from './generic-alias-record.ts';
import { tableClear, tableCopy, tableDelete, tableFind, tableGet, tableNext, tablePrevious, tableRemoveAt, tableSet, tableSetFrom, tableSetStr } from './hash-table.ts';
import { forEach, toArray, toArrayOr } from './iterate.ts';
import { takeKeysAndValues } from './iterators.ts';
import { newDict, newList, newTuple, NOT_IMPLEMENTED } from './make.ts';
import type { NativeResult } from '../core/native.ts';
import { newException, raise, raiseInCaller, raiseKeyError, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import {
  DICT_ITEMS_TYPE, DICT_KEYS_TYPE, DICT_KEY_ITERATOR_TYPE, DICT_REVERSE_KEY_ITERATOR_TYPE, DICT_TYPE, DICT_VALUES_TYPE, TUPLE_TYPE,
} from './static-types.ts';
import { getItem } from './subscript.ts';
import { repr } from './text.ts';
import { readyType, type MethodRow } from './type-ready.ts';
import { typeOf } from './type-of.ts';

/** Refuses a write to a frozen dict. */
export function checkDictWritable(dict: PyDict): void {
  if (dict.frozen) raiseTypeError(`'${dict.type.name}' object is frozen and cannot be changed`);
}

/** `{a: b}` with `{...}` for a dict inside itself. */
export function dict_repr(t: Thread, self: PyDict): string {
  if (t.reprGuard.has(self)) return '{...}';
  t.reprGuard.add(self);
  try {
    const { table } = self;
    const parts: string[] = [];
    for (let i = 0; i < table.keys.length; i++) {
      const key = table.keys[i];
      if (key !== undefined) parts.push(`${repr(t, key)}: ${repr(t, table.values[i] ?? null)}`);
    }
    return `{${parts.join(', ')}}`;
  } finally {
    t.reprGuard.delete(self);
  }
}

/** Whether two dicts have equal keys with equal values. */
export function dictsEqual(t: Thread, left: PyDict, right: PyDict): boolean {
  if (left.table.used !== right.table.used) return false;
  const { keys, values } = left.table;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (key === undefined) continue;
    // Read first: a key's `__eq__` may delete the entry.
    const value = values[i]!;
    const other = tableGet(t, right.table, key);
    if (other === undefined || !compareBool(t, value, other, EQ)) return false;
  }
  return true;
}

function dict_richcompare(t: Thread, self: PyDict, other: Value, op: CompareOp): Value {
  if (!(other instanceof PyDict) || (op !== EQ && op !== NE)) return NOT_IMPLEMENTED;
  return dictsEqual(t, self, other) === (op === EQ);
}

function mergePair(t: Thread, dict: PyDict, pair: Value, position: number): void {
  if (pair instanceof PyTuple && pair.type === TUPLE_TYPE && pair.items.length === 2) {
    tableSet(t, dict.table, pair.items[0]!, pair.items[1]!);
    return;
  }
  const slots = typeOf(pair).slots;
  if (slots.tp_iter === null && slots.sq_item === null) {
    const error = newException(TypeError, 'object is not iterable');
    setAttr(t, error, '__notes__', newList([`Cannot convert dictionary update sequence element #${position} to a sequence`]));
    throw error;
  }
  const items = toArray(t, pair);
  if (items.length !== 2) raiseValueError(`dictionary update sequence element #${position} has length ${items.length}; 2 is required`);
  tableSet(t, dict.table, items[0]!, items[1]!);
}

/** `dict.update(source)` for a dict, a mapping with `keys`, or an iterable of pairs. */
export function dictMergeFrom(t: Thread, dict: PyDict, source: Value): void {
  checkDictWritable(dict);
  if (source instanceof PyDict && typeOf(source).slots.tp_iter === DICT_TYPE.slots.tp_iter) {
    copyEntries(t, dict, source);
    return;
  }
  const columns = dict.table.used === 0 ? takeKeysAndValues(t, source) : undefined;
  if (columns !== undefined) {
    const { keys, values } = columns;
    for (let i = 0; i < values.length; i++) tableSet(t, dict.table, keys[i]!, values[i]!);
    return;
  }
  if (lookupAttr(t, source, 'keys') !== undefined) {
    for (const key of toArrayOr(t, callMethod(t, source, 'keys'), `${typeName(source)}.keys() returned a non-iterable`)) {
      tableSet(t, dict.table, key, getItem(t, source, key));
    }
    return;
  }
  let position = 0;
  forEach(t, source, (pair) => mergePair(t, dict, pair, position++));
}

function copyEntries(t: Thread, dict: PyDict, source: PyDict): void {
  const from = source.table;
  if (dict.table.used === 0 && dict.table.keys.length === 0) {
    const { version, watch } = dict.table;
    if (from.used > 0) watch?.tell(DICT_CLONED, source, undefined);
    dict.table = tableCopy(from);
    dict.table.version = version + 1;
    return;
  }
  const size = from.used;
  for (let i = 0; i < from.keys.length; i++) {
    const key = from.keys[i];
    if (key === undefined) continue;
    tableSet(t, dict.table, key, from.values[i]!);
    if (from.used !== size) raise(RuntimeError, 'dict mutated during update');
  }
}

function updateFrom(t: Thread, self: PyDict, name: string, args: readonly Value[], keywords: ReadonlyMap<string, Value>): void {
  if (args.length > 1) raiseTypeError(`${name} expected at most 1 argument, got ${args.length}`);
  if (args.length === 1) dictMergeFrom(t, self, args[0]!);
  if (keywords.size > 0) checkDictWritable(self);
  for (const [key, value] of keywords) tableSetStr(self.table, key, value);
}

function dict_init(t: Thread, self: PyDict, args: Value[], keywords: KeywordNames): void {
  if (keywords === null && args.length <= 1) {
    if (args.length === 1) dictMergeFrom(t, self, args[0]!);
    return;
  }
  const names = keywords ?? [];
  const positional = args.slice(0, args.length - names.length);
  updateFrom(t, self, 'dict', positional, new Map(names.map((name, i) => [name, args[positional.length + i]!])));
}

/** The value under a key; a str key of a dict that is still in the immortal heap is looked up there, without decoding the dict. */
export function dictLookup(t: Thread, self: PyDict, key: Value): Maybe {
  const { pending } = self;
  return pending !== null && typeof key === 'string' && pending.indexed ? pending.find(key) : tableGet(t, self.table, key);
}

function dict_subscript(t: Thread, self: PyDict, key: Value): Value {
  const value = dictLookup(t, self, key);
  if (value !== undefined) return value;
  if (self.type !== DICT_TYPE) {
    const missing = callSpecial(t, self, '__missing__', [key]);
    if (missing !== undefined) return missing;
  }
  return raiseKeyError(key);
}

function dict_ass_subscript(t: Thread, self: PyDict, key: Value, value: Maybe): void {
  checkDictWritable(self);
  if (value !== undefined) tableSet(t, self.table, key, value);
  else if (!tableDelete(t, self.table, key)) raiseKeyError(key);
}

function dict_get(t: Thread, self: PyDict, key: Value, fallback?: Value): Value {
  const value = dictLookup(t, self, key);
  if (value !== undefined) return value;
  return fallback === undefined ? null : fallback;
}

function dict_setdefault(t: Thread, self: PyDict, key: Value, fallback?: Value): Value {
  const value = tableGet(t, self.table, key);
  if (value !== undefined) return value;
  checkDictWritable(self);
  const added = fallback === undefined ? null : fallback;
  tableSet(t, self.table, key, added);
  return added;
}

function dict_pop(t: Thread, self: PyDict, key: Value, fallback?: Value): NativeResult {
  checkDictWritable(self);
  const entry = tableFind(t, self.table, key);
  if (entry < 0) return fallback === undefined ? raiseInCaller(t, newException(KeyError, key)) : fallback;
  const value = self.table.values[entry]!;
  tableRemoveAt(self.table, entry);
  return value;
}

function dict_popitem(t: Thread, self: PyDict): Value {
  checkDictWritable(self);
  const entry = tablePrevious(self.table, self.table.keys.length - 1);
  if (entry < 0) raiseKeyError('popitem(): dictionary is empty');
  const pair = newTuple([self.table.keys[entry]!, self.table.values[entry]!]);
  tableRemoveAt(self.table, entry);
  return pair;
}

/** A shallow copy as an exact dict. */
export function copyDict(dict: PyDict): PyDict {
  const copy = newDict();
  copy.table = tableCopy(dict.table);
  return copy;
}

function dict_fromkeys(t: Thread, type: PyType, iterable: Value, value?: Value): Value {
  const filling = value === undefined ? null : value;
  const dict = call(t, type, []);
  if (dict instanceof PyDict && dict.type === DICT_TYPE && (iterable instanceof PySet || (iterable instanceof PyDict && iterable.type === DICT_TYPE))) {
    for (let entry = tableNext(iterable.table, 0); entry >= 0; entry = tableNext(iterable.table, entry + 1)) tableSetFrom(t, dict.table, iterable.table, entry, filling);
  } else if (dict instanceof PyDict && dict.type === DICT_TYPE) forEach(t, iterable, (key) => tableSet(t, dict.table, key, filling));
  else forEach(t, iterable, (key) => void callMethod(t, dict, '__setitem__', key, filling));
  return dict;
}

function dict_or(t: Thread, left: Value, right: Value): Value {
  if (!(left instanceof PyDict) || !(right instanceof PyDict)) return NOT_IMPLEMENTED;
  const result = copyDict(left);
  dictMergeFrom(t, result, right);
  return result;
}

const view = (type: PyType) => (_t: Thread, self: PyDict): Value => new PyDictView(type, self);

/** Methods that `dict` and `frozendict` share. */
export const DICT_READ_METHODS: Readonly<Record<string, MethodRow>> = {
  get: [dict_get, '($self, key, default=None, /)', 'Return the value for key if key is in the dictionary, else default.'],
  keys: [view(DICT_KEYS_TYPE), '($self, /)', "Return a set-like object providing a view on the dict's keys."],
  values: [view(DICT_VALUES_TYPE), '($self, /)', "Return an object providing a view on the dict's values."],
  items: [view(DICT_ITEMS_TYPE), '($self, /)', "Return a set-like object providing a view on the dict's items."],
  __reversed__: [(_t: Thread, self: PyDict) => new PyDictIterator(DICT_REVERSE_KEY_ITERATOR_TYPE, self), '($self, /)', 'Return a reverse iterator over the dict keys.'],
  __sizeof__: [(_t: Thread, self: PyDict) => 64 + 24 * self.table.used, '($self, /)', 'Return the size of the dict in memory.'],
  __class_getitem__: CLASS_GETITEM,
};

readyType(DICT_TYPE, {
  doc: "dict() -> new empty dictionary\ndict(mapping) -> new dictionary initialized from a mapping object's\n    (key, value) pairs\ndict(iterable) -> new dictionary initialized from pairs\ndict(**kwargs) -> new dictionary initialized with the name=value pairs",
  slots: {
    tp_alloc: (type: PyType) => new PyDict(type, new HashTable()),
    tp_new: (_t, type) => new PyDict(type, new HashTable()),
    tp_init: dict_init,
    tp_repr: dict_repr,
    tp_richcompare: dict_richcompare,
    tp_iter: (_t, self: PyDict) => new PyDictIterator(DICT_KEY_ITERATOR_TYPE, self),
    nb_or: dict_or,
    nb_inplace_or: (t, self, other) => {
      dictMergeFrom(t, self as PyDict, other);
      return self;
    },
    mp_length: (_t, self: PyDict) => (self.pending === null ? self.table.used : self.pending.length),
    mp_subscript: dict_subscript,
    mp_ass_subscript: dict_ass_subscript,
    sq_contains: (t, self: PyDict, key) => dictLookup(t, self, key) !== undefined,
  },
  methods: {
    ...DICT_READ_METHODS,
    clear: [(_t: Thread, self: PyDict) => { checkDictWritable(self); tableClear(self.table); }, '($self, /)', 'Remove all items from the dict.'],
    copy: [(_t: Thread, self: PyDict) => copyDict(self), '($self, /)', 'Return a shallow copy of the dict.'],
    fromkeys: [dict_fromkeys, '($type, iterable, value=None, /)', 'Create a new dictionary with keys from iterable and values set to value.', 'class'],
    pop: [dict_pop, '!($self, key, default=<unrepresentable>, /)', 'Remove specified key and return the corresponding value.'],
    popitem: [dict_popitem, '($self, /)', 'Remove and return a (key, value) pair as a 2-tuple.'],
    setdefault: [dict_setdefault, '($self, key, default=None, /)', 'Insert key with a value of default if key is not in the dictionary.'],
    update: [
      (t: Thread, self: PyDict, args: Value[], keywords: Map<string, Value>) => updateFrom(t, self, 'update', args, keywords),
      '!($self, /, *args, **kwargs)', 'Update the dict from a mapping or iterable and keyword arguments.',
    ],
  },
  attributes: { __hash__: null },
});
