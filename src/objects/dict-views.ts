/** `dict_keys`, `dict_values`, `dict_items` and their iterators (Objects/dictobject.c). */
import { PyDict, PySet, PyTuple } from '../core/containers.ts';
import { EQ, GE, GT, LE, LT, NE, type CompareOp, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { linkToPyObject, PyObject, type Maybe, type Value } from '../core/value.ts';
import { callMethod } from './call.ts';
import { compareBool } from './compare.ts';
import { RuntimeError } from './exception-types.ts';
import { tableFind, tableGet, tableNext, tablePrevious, tableSet } from './hash-table.ts';
import { builtinNamed } from './builtins-hook.ts';
import { forEach, getIterator, iterNext, toArray } from './iterate.ts';
import { newList, newSet, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { PyMappingProxy } from './mapping-proxy.ts';
import { raise } from './raise.ts';
import {
  DICT_ITEMS_TYPE, DICT_ITEM_ITERATOR_TYPE, DICT_KEYS_TYPE, DICT_KEY_ITERATOR_TYPE, DICT_REVERSE_ITEM_ITERATOR_TYPE,
  DICT_REVERSE_KEY_ITERATOR_TYPE, DICT_REVERSE_VALUE_ITERATOR_TYPE, DICT_VALUES_TYPE, DICT_VALUE_ITERATOR_TYPE,
} from './static-types.ts';
import { contains } from './subscript.ts';
import { repr } from './text.ts';
import { lengthOf } from './truth.ts';
import { readyType, type TypeParts } from './type-ready.ts';

/** A view on a dict; the type says of what. */
export class PyDictView {
  type: PyType;
  dict: PyDict | null;
  readonly source: PyDict;
  constructor(type: PyType, source: PyDict) {
    this.type = type;
    this.dict = null;
    this.source = source;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyDictView extends PyObject {}
linkToPyObject(PyDictView);

/** An iterator over a dict; the type says of what and in which direction. */
export class PyDictIterator {
  type: PyType;
  dict: PyDict | null;
  source: PyDict | null;
  position: number;
  /** Items still expected: an item beyond them means that keys went and others came. */
  left: number;
  private readonly size: number;
  private readonly keysAtStart: Maybe[];
  constructor(type: PyType, source: PyDict) {
    this.type = type;
    this.dict = null;
    this.source = source;
    this.position = isReverse(type) ? source.table.keys.length - 1 : 0;
    this.size = source.table.used;
    this.left = this.size;
    this.keysAtStart = source.table.keys;
  }

  /** The next live entry in order, -1 at the end, or -2 and nothing done where the dict has changed. @hot loops over dicts in compiled code */
  next(): number {
    const { source } = this;
    if (source === null) return -1;
    const { used, keys } = source.table;
    if (used !== this.size || (used > 0 && keys !== this.keysAtStart)) return -2;
    let entry = this.position;
    while (entry < keys.length && keys[entry] === undefined) entry++;
    if (entry >= keys.length) {
      this.source = null;
      return -1;
    }
    if (this.left <= 0) return -2;
    this.left--;
    this.position = entry + 1;
    return entry;
  }

  /** The next live entry, or -1 at the end. Raises RuntimeError when the dict changed its size or its keys meanwhile. */
  advance(): number {
    const source = this.source;
    if (source === null) return -1;
    const table = source.table;
    if (table.used !== this.size) {
      this.source = null;
      raise(RuntimeError, 'dictionary changed size during iteration');
    }
    if (this.size > 0 && table.keys !== this.keysAtStart) {
      this.source = null;
      raise(RuntimeError, 'dictionary keys changed during iteration');
    }
    const reverse = isReverse(this.type);
    const entry = reverse ? tablePrevious(table, this.position) : tableNext(table, this.position);
    if (entry >= 0 && --this.left < 0) raise(RuntimeError, 'dictionary keys changed during iteration');
    if (entry < 0) this.source = null;
    else this.position = reverse ? entry - 1 : entry + 1;
    return entry;
  }

  /** How many items are left. */
  remaining(): number {
    const source = this.source;
    if (source === null || source.table.used !== this.size) return 0;
    let count = 0;
    const { keys } = source.table;
    if (isReverse(this.type)) for (let i = Math.min(this.position, keys.length - 1); i >= 0; i--) count += keys[i] === undefined ? 0 : 1;
    else for (let i = this.position; i < keys.length; i++) count += keys[i] === undefined ? 0 : 1;
    return count;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyDictIterator extends PyObject {}
linkToPyObject(PyDictIterator);

function isReverse(type: PyType): boolean {
  return type === DICT_REVERSE_KEY_ITERATOR_TYPE || type === DICT_REVERSE_VALUE_ITERATOR_TYPE || type === DICT_REVERSE_ITEM_ITERATOR_TYPE;
}

type EntryReader = (dict: PyDict, entry: number) => Value;
const keyAt: EntryReader = (dict, entry) => dict.table.keys[entry]!;
const valueAt: EntryReader = (dict, entry) => dict.table.values[entry]!;
const itemAt: EntryReader = (dict, entry) => newTuple([dict.table.keys[entry]!, dict.table.values[entry]!]);

function readyIterator(type: PyType, read: EntryReader): void {
  readyType(type, {
    slots: {
      tp_iter: (_t, self) => self,
      tp_iternext: (_t, self: PyDictIterator) => {
        const source = self.source;
        const entry = self.advance();
        return entry < 0 ? undefined : read(source!, entry);
      },
    },
    methods: {
      __length_hint__: [(_t: Thread, self: PyDictIterator) => self.remaining(), '!($self, /)', 'Private method returning an estimate of len(list(it)).'],
      __reduce__: [
        (t: Thread, self: PyDictIterator) => {
          const position = self.position;
          const source = self.source;
          const rest = toArray(t, self);
          self.position = position;
          self.source = source;
          self.left += rest.length;
          return newTuple([builtinNamed(t, 'iter'), newTuple([newList(rest)])]);
        },
        '!($self, /)', 'Return state information for pickling.',
      ],
    },
  });
}

readyIterator(DICT_KEY_ITERATOR_TYPE, keyAt);
readyIterator(DICT_VALUE_ITERATOR_TYPE, valueAt);
readyIterator(DICT_ITEM_ITERATOR_TYPE, itemAt);
readyIterator(DICT_REVERSE_KEY_ITERATOR_TYPE, keyAt);
readyIterator(DICT_REVERSE_VALUE_ITERATOR_TYPE, valueAt);
readyIterator(DICT_REVERSE_ITEM_ITERATOR_TYPE, itemAt);

function view_repr(t: Thread, self: PyDictView): string {
  if (t.reprGuard.has(self)) return '...';
  t.reprGuard.add(self);
  try {
    return `${self.type.name}(${repr(t, newList(toArray(t, self)))})`;
  } finally {
    t.reprGuard.delete(self);
  }
}

function isSetLike(value: Value): boolean {
  return value instanceof PySet || (value instanceof PyDictView && value.type !== DICT_VALUES_TYPE);
}

function containsAll(t: Thread, container: Value, items: Value): boolean {
  return toArray(t, items).every((item) => contains(t, container, item));
}

function view_richcompare(t: Thread, self: PyDictView, other: Value, op: CompareOp): Value {
  if (!isSetLike(other)) return NOT_IMPLEMENTED;
  const left = lengthOf(t, self);
  const right = lengthOf(t, other);
  switch (op) {
    case EQ: return left === right && containsAll(t, other, self);
    case NE: return !(left === right && containsAll(t, other, self));
    case LT: return left < right && containsAll(t, other, self);
    case LE: return left <= right && containsAll(t, other, self);
    case GT: return left > right && containsAll(t, self, other);
    case GE: return left >= right && containsAll(t, self, other);
  }
}

function toSet(t: Thread, iterable: Value): PySet {
  const set = newSet();
  forEach(t, iterable, (item) => tableSet(t, set.table, item, undefined));
  return set;
}

function view_and(t: Thread, left: Value, right: Value): Value {
  const [view, other] = isView(left) ? [left, right] : [right, left];
  const result = newSet();
  forEach(t, other, (item) => {
    if (contains(t, view, item)) tableSet(t, result.table, item, undefined);
  });
  return result;
}

function isView(value: Value): boolean {
  return value instanceof PyDictView && value.type !== DICT_VALUES_TYPE;
}

const setOperation = (method: string) => (t: Thread, left: Value, right: Value): Value => {
  const result = toSet(t, left);
  callMethod(t, result, method, right);
  return result;
};

function view_isdisjoint(t: Thread, self: PyDictView, other: Value): Value {
  const iterator = getIterator(t, other);
  for (let item = iterNext(t, iterator); item !== undefined; item = iterNext(t, iterator)) if (contains(t, self, item)) return false;
  return true;
}

const MAPPING = { mapping: { get: (_t: Thread, self: Value): Maybe => new PyMappingProxy((self as PyDictView).source) } };

const SET_SLOTS: TypeParts['slots'] = {
  tp_richcompare: view_richcompare,
  nb_and: view_and,
  nb_or: setOperation('update'),
  nb_xor: setOperation('symmetric_difference_update'),
  nb_subtract: setOperation('difference_update'),
};

function commonSlots(iterator: PyType): TypeParts['slots'] {
  return {
    tp_repr: view_repr,
    tp_iter: (_t, self: PyDictView) => new PyDictIterator(iterator, self.source),
    sq_length: (_t, self: PyDictView) => self.source.table.used,
  };
}

const reversed = (type: PyType): NonNullable<TypeParts['methods']> => ({
  __reversed__: [(_t: Thread, self: PyDictView) => new PyDictIterator(type, self.source), '!($self, /)', 'Return a reverse iterator.'],
});

const ISDISJOINT: NonNullable<TypeParts['methods']> = {
  isdisjoint: [view_isdisjoint, '!($self, other, /)', 'Return True if the view and the given iterable have a null intersection.'],
};

readyType(DICT_KEYS_TYPE, {
  slots: { ...commonSlots(DICT_KEY_ITERATOR_TYPE), ...SET_SLOTS, sq_contains: (t, self: PyDictView, key) => tableFind(t, self.source.table, key) >= 0 },
  methods: { ...ISDISJOINT, ...reversed(DICT_REVERSE_KEY_ITERATOR_TYPE) },
  getset: MAPPING,
});

readyType(DICT_ITEMS_TYPE, {
  slots: {
    ...commonSlots(DICT_ITEM_ITERATOR_TYPE),
    ...SET_SLOTS,
    sq_contains: (t, self: PyDictView, item) => {
      if (!(item instanceof PyTuple) || item.items.length !== 2) return false;
      const value = tableGet(t, self.source.table, item.items[0]!);
      return value !== undefined && compareBool(t, value, item.items[1]!, EQ);
    },
  },
  methods: { ...ISDISJOINT, ...reversed(DICT_REVERSE_ITEM_ITERATOR_TYPE) },
  getset: MAPPING,
});

readyType(DICT_VALUES_TYPE, {
  slots: commonSlots(DICT_VALUE_ITERATOR_TYPE),
  methods: reversed(DICT_REVERSE_VALUE_ITERATOR_TYPE),
  getset: MAPPING,
});
