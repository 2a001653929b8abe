/** `_collections`: deque, defaultdict; OrderedDict is in the folder beside (Modules/_collectionsmodule.c). */
import { HashTable, PyDict, PyTuple } from '../core/containers.ts';
import { alwaysQuiet, withQuietForm, withQuietNext } from '../core/quiet.ts';
import { EQ, type CompareOp, type KeywordNames, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Int, type Maybe, type Value } from '../core/value.ts';
import { getAttr } from '../objects/attributes.ts';
import { call, callMethod, isCallable } from '../objects/call.ts';
import { compareBool } from '../objects/compare.ts';
import { dict_repr, dictMergeFrom } from '../objects/dict.ts';
import { IndexError, OverflowError, RuntimeError } from '../objects/exception-types.ts';
import { CLASS_GETITEM } from '../objects/generic-alias-record.ts';
import { tableCount, tableFind, tableGet, tableSet } from '../objects/hash-table.ts';
import { forEach, itemsInPlace, getIterator, toArray } from '../objects/iterate.ts';
import { compareItems, reprOfItems } from '../objects/list.ts';
import { newDict, newList, newSet, newTuple, NOT_IMPLEMENTED } from '../objects/make.ts';
import { sizeArgument } from '../objects/native-arguments.ts';
import { add, toClippedSize, toIndex } from '../objects/operators.ts';
import { newException, raise, raiseInCaller, raiseIndexError, raiseKeyError, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { DICT_TYPE, INT_TYPE, LIST_TYPE, SET_TYPE, staticType } from '../objects/static-types.ts';
import { repr } from '../objects/text.ts';
import { readyType } from '../objects/type-ready.ts';
import { typeOf } from '../objects/type-of.ts';
import { bindArguments } from '../objects/native-call.ts';
import { NativeDefinition, type NativeResult } from '../core/native.ts';
import { MutableSequenceIterator } from './_collections/iterator.ts';
import './_collections/ordered-dict.ts';
import { ORDERED_DICT_TYPE } from './_collections/ordered-dict-record.ts';
import type { NativeModule } from './native-module.ts';

const DEQUE_TYPE = staticType('deque', { module: 'collections', baseType: true, hasWeakref: true, sequence: true });
const DEFAULTDICT_TYPE = staticType('defaultdict', { module: 'collections', base: DICT_TYPE, baseType: true });
const TUPLEGETTER_TYPE = staticType('_tuplegetter', { module: 'collections' });
const DEQUE_ITERATOR_TYPE = staticType('_deque_iterator', { module: 'collections' });
const DEQUE_REVERSE_ITERATOR_TYPE = staticType('_deque_reverse_iterator', { module: 'collections' });

/**
 * `deque`: a ring buffer of power-of-two size.
 *
 *   buffer: [ .. items from head, wrapping .. ]    item i is at (head + i) & (buffer.length - 1)
 */
/** Items for which there is room at first. */
const SMALLEST_DEQUE = 8;

class PyDeque extends PyObject {
  buffer: Maybe[] = new Array<Maybe>(SMALLEST_DEQUE);
  head = 0;
  length = 0;
  maxlen: Int = -1;
  /** Changes with every change of size; iterators compare it. */
  state = 0;

  at(i: number): Value {
    return this.buffer[(this.head + i) & (this.buffer.length - 1)]!;
  }

  set(i: number, value: Value): void {
    this.buffer[(this.head + i) & (this.buffer.length - 1)] = value;
  }

  toArray(): Value[] {
    const items: Value[] = [];
    for (let i = 0; i < this.length; i++) items.push(this.at(i));
    return items;
  }

  private grow(): void {
    const items = this.toArray();
    this.buffer = new Array<Maybe>(this.buffer.length * 2);
    items.forEach((item, i) => (this.buffer[i] = item));
    this.head = 0;
  }

  append(value: Value): void {
    if (this.maxlen === 0) return;
    if (this.length === this.maxlen) this.popleft();
    if (this.length === this.buffer.length) this.grow();
    this.buffer[(this.head + this.length++) & (this.buffer.length - 1)] = value;
    this.state++;
  }

  appendleft(value: Value): void {
    if (this.maxlen === 0) return;
    if (this.length === this.maxlen) this.pop();
    if (this.length === this.buffer.length) this.grow();
    this.head = (this.head - 1) & (this.buffer.length - 1);
    this.buffer[this.head] = value;
    this.length++;
    this.state++;
  }

  pop(): Maybe {
    if (this.length === 0) return undefined;
    const at = (this.head + --this.length) & (this.buffer.length - 1);
    const value = this.buffer[at];
    this.buffer[at] = undefined;
    this.state++;
    return value;
  }

  popleft(): Maybe {
    if (this.length === 0) return undefined;
    const value = this.buffer[this.head];
    this.buffer[this.head] = undefined;
    this.head = (this.head + 1) & (this.buffer.length - 1);
    this.length--;
    this.state++;
    return value;
  }

  /** Moves items from the end to the start, one by one. */
  turnRight(count: number): void {
    const { buffer, length } = this;
    const mask = buffer.length - 1;
    for (let i = 0; i < count; i++) {
      const last = (this.head + length - 1) & mask;
      const item = buffer[last];
      buffer[last] = undefined;
      this.head = (this.head - 1) & mask;
      buffer[this.head] = item;
    }
    this.state++;
  }

  /** Moves items from the start to the end. */
  turnLeft(count: number): void {
    const { buffer, length } = this;
    const mask = buffer.length - 1;
    for (let i = 0; i < count; i++) {
      const item = buffer[this.head];
      buffer[this.head] = undefined;
      buffer[(this.head + length) & mask] = item;
      this.head = (this.head + 1) & mask;
    }
    this.state++;
  }

  replace(items: readonly Value[]): void {
    const kept = this.maxlen >= 0 && items.length > this.maxlen ? items.slice(items.length - Number(this.maxlen)) : items;
    const { length } = kept;
    // Its size is a power of two.
    const buffer = new Array<Maybe>(length <= SMALLEST_DEQUE ? SMALLEST_DEQUE : 2 ** Math.ceil(Math.log2(length)));
    for (let i = 0; i < length; i++) buffer[i] = kept[i];
    this.buffer = buffer;
    this.head = 0;
    this.length = length;
    this.state += length + 1;
  }
}

const NO_ITEMS: readonly Value[] = [];
const DEQUE_INIT = new NativeDefinition('deque', () => null, '(iterable=<unrepresentable>, maxlen=None)', '', 'method');

function deque_init(t: Thread, self: PyDeque, args: Value[], keywords: KeywordNames): void {
  const [iterable, maxlen] = bindArguments(DEQUE_INIT, 'deque', null, false, args, keywords) as Maybe[];
  let limit: Int = -1;
  if (maxlen !== undefined && maxlen !== null) {
    const size = typeOf(maxlen).slots.nb_index === null ? raiseTypeError('an integer is required') : toIndex(t, maxlen);
    if (size < 0) raiseValueError('maxlen must be non-negative');
    if (size >= 2n ** 63n) raise(OverflowError, 'Python int too large to convert to C ssize_t');
    // Limits beyond the safe integers are never reached.
    limit = size;
  }
  self.maxlen = limit;
  const items = iterable === undefined ? NO_ITEMS : itemsInPlace(iterable);
  self.replace(items ?? NO_ITEMS);
  if (items === undefined) forEach(t, iterable!, (item) => self.append(item));
}

function copyOf(t: Thread, self: PyDeque): Value {
  if (self.type !== DEQUE_TYPE) return call(t, self.type, self.maxlen < 0 ? [self] : [self, self.maxlen]);
  const copy = new PyDeque(DEQUE_TYPE);
  copy.maxlen = self.maxlen;
  copy.replace(self.toArray());
  return copy;
}

function deque_repr(t: Thread, self: PyDeque): string {
  if (t.reprGuard.has(self)) return '[...]';
  const items = reprOfItems(t, self, self.toArray(), '[', ']');
  return `${self.type.name}(${items}${self.maxlen < 0 ? '' : `, maxlen=${self.maxlen}`})`;
}


function deque_extend(t: Thread, self: PyDeque, iterable: Value): void {
  const items = iterable === self ? self.toArray() : null;
  if (items !== null) for (const item of items) self.append(item);
  else forEach(t, iterable, (item) => self.append(item));
}

function deque_rotate(t: Thread, self: PyDeque, n?: Value): void {
  const steps = sizeArgument(t, n, 1);
  if (self.length < 2) return;
  const shift = ((steps % self.length) + self.length) % self.length;
  if (shift <= self.length - shift) self.turnRight(shift);
  else self.turnLeft(self.length - shift);
}

function search(t: Thread, self: PyDeque, value: Value, visit: (i: number) => boolean): void {
  const state = self.state;
  for (let i = 0; i < self.length; i++) {
    const equal = compareBool(t, self.at(i), value, EQ);
    if (self.state !== state) raise(RuntimeError, 'deque mutated during iteration');
    if (equal && visit(i)) return;
  }
}

function deque_remove(t: Thread, self: PyDeque, value: Value): void {
  const { state } = self;
  for (let i = 0; i < self.length; i++) {
    const equal = compareBool(t, self.at(i), value, EQ);
    if (self.state !== state) raise(IndexError, 'deque mutated during remove().');
    if (equal) return deleteAt(self, i);
  }
  return raiseValueError('deque.remove(x): x not in deque');
}

/** Closes the gap from the end that is nearer: who takes the first one out, as the waiters of a lock do, moves nothing. */
function deleteAt(self: PyDeque, index: number): void {
  if (index < self.length >> 1) {
    for (let i = index; i > 0; i--) self.set(i, self.at(i - 1));
    self.popleft();
  } else {
    for (let i = index + 1; i < self.length; i++) self.set(i - 1, self.at(i));
    self.pop();
  }
}

function deque_index(t: Thread, self: PyDeque, value: Value, start?: Value, stop?: Value): Value {
  const clip = (bound: Maybe, fallback: number): number => {
    if (bound === undefined) return fallback;
    const at = toClippedSize(t, bound);
    return Math.min(at < 0 ? Math.max(at + self.length, 0) : at, self.length);
  };
  const from = clip(start, 0);
  const to = clip(stop, self.length);
  let found = -1;
  search(t, self, value, (i) => i >= from && i < to && ((found = i), true));
  return found >= 0 ? found : raiseValueError('deque.index(x): x not in deque');
}

function deque_insert(t: Thread, self: PyDeque, index: Value, value: Value): void {
  if (self.length === self.maxlen) raise(IndexError, 'deque already at its maximum size');
  const items = self.toArray();
  const at = sizeArgument(t, index, 0);
  items.splice(at < 0 ? Math.max(at + items.length, 0) : at, 0, value);
  self.replace(items);
}

function deque_repeat(self: PyDeque, count: number): PyDeque {
  const result = new PyDeque(self.type);
  result.maxlen = self.maxlen;
  const items = self.toArray();
  for (let i = 0; i < count; i++) for (const item of items) result.append(item);
  return result;
}

function popped(t: Thread, value: Maybe): NativeResult {
  return value === undefined ? raiseInCaller(t, newException(IndexError, 'pop from an empty deque')) : value;
}

const deque_append = alwaysQuiet((_t: Thread, self: PyDeque, item: Value): null => { self.append(item); return null; }, 'change', 'none');
const deque_appendleft = alwaysQuiet((_t: Thread, self: PyDeque, item: Value): null => { self.appendleft(item); return null; }, 'change', 'none');
const deque_pop = withQuietForm((t: Thread, self: PyDeque) => popped(t, self.pop()), { call: (_t: Thread, self: PyDeque) => self.pop(), effect: 'change', result: 'any' });
const deque_popleft = withQuietForm((t: Thread, self: PyDeque) => popped(t, self.popleft()), { call: (_t: Thread, self: PyDeque) => self.popleft(), effect: 'change', result: 'any' });
const deque_length = alwaysQuiet((_t: Thread, self: PyDeque) => self.length, 'look', 'int');

readyType(DEQUE_TYPE, {
  doc: 'A list-like sequence optimized for data accesses near its endpoints.',
  textSignature: '([iterable[, maxlen]])',
  slots: {
    tp_alloc: (type) => new PyDeque(type),
    tp_new: (_t, type) => new PyDeque(type),
    tp_init: deque_init,
    tp_repr: deque_repr,
    tp_richcompare: (t, self: PyDeque, other, op: CompareOp) => (other instanceof PyDeque ? compareItems(t, self.toArray(), other.toArray(), op) : NOT_IMPLEMENTED),
    tp_iter: (_t, self: PyDeque) => new MutableSequenceIterator(DEQUE_ITERATOR_TYPE, self, /* reverse */ false),
    sq_length: deque_length,
    sq_item: (_t, self: PyDeque, index) => self.at(index >= 0 && index < self.length ? index : raiseIndexError('deque index out of range')),
    sq_ass_item: (_t, self: PyDeque, index, value) => {
      if (index < 0 || index >= self.length) raiseIndexError('deque index out of range');
      if (value === undefined) deleteAt(self, index);
      else self.set(index, value);
    },
    sq_contains: (t, self: PyDeque, value) => {
      let found = false;
      search(t, self, value, () => (found = true));
      return found;
    },
    sq_concat: (t, self: PyDeque, other) => {
      if (!(other instanceof PyDeque)) raiseTypeError(`can only concatenate deque (not "${typeName(other)}") to deque`);
      const result = copyOf(t, self) as PyDeque;
      for (const item of other.toArray()) result.append(item);
      return result;
    },
    sq_repeat: (_t, self: PyDeque, count) => deque_repeat(self, count),
    sq_inplace_concat: (t, self, other) => {
      deque_extend(t, self as PyDeque, other);
      return self;
    },
    sq_inplace_repeat: (_t, self, count) => {
      const deque = self as PyDeque;
      deque.replace(deque_repeat(deque, count).toArray());
      return deque;
    },
  },
  methods: {
    append: [deque_append, '($self, item, /)', 'Add an element to the right side of the deque.'],
    appendleft: [deque_appendleft, '($self, item, /)', 'Add an element to the left side of the deque.'],
    pop: [deque_pop, '($self, /)', 'Remove and return the rightmost element.'],
    popleft: [deque_popleft, '($self, /)', 'Remove and return the leftmost element.'],
    clear: [(_t: Thread, self: PyDeque) => self.replace([]), '($self, /)', 'Remove all elements from the deque.'],
    copy: [copyOf, '($self, /)', 'Return a shallow copy of a deque.'],
    __copy__: [copyOf, '($self, /)', 'Return a shallow copy of a deque.'],
    count: [
      (t: Thread, self: PyDeque, value: Value) => {
        let count = 0;
        search(t, self, value, () => (count++, false));
        return count;
      },
      '($self, value, /)', 'Return number of occurrences of value.',
    ],
    extend: [deque_extend, '($self, iterable, /)', 'Extend the right side of the deque with elements from the iterable.'],
    extendleft: [
      (t: Thread, self: PyDeque, iterable: Value) => {
        for (const item of toArray(t, iterable)) self.appendleft(item);
      },
      '($self, iterable, /)', 'Extend the left side of the deque with elements from the iterable.',
    ],
    index: [deque_index, '!($self, value, start=0, stop=sys.maxsize, /)', 'Return first index of value.'],
    insert: [deque_insert, '($self, index, value, /)', 'Insert value before index.'],
    remove: [deque_remove, '($self, value, /)', 'Remove first occurrence of value.'],
    reverse: [(_t: Thread, self: PyDeque) => self.replace(self.toArray().reverse()), '($self, /)', 'Reverse *IN PLACE*.'],
    rotate: [deque_rotate, '($self, n=1, /)', 'Rotate the deque n steps to the right.  If n is negative, rotates left.'],
    __reversed__: [(_t: Thread, self: PyDeque) => new MutableSequenceIterator(DEQUE_REVERSE_ITERATOR_TYPE, self, /* reverse */ true), '($self, /)', 'Return a reverse iterator over the deque.'],
    __reduce__: [
      (t: Thread, self: PyDeque) => {
        const state = callMethod(t, self, '__getstate__');
        return newTuple([self.type, self.maxlen < 0 ? newTuple([]) : newTuple([newTuple([]), self.maxlen]), state, getIterator(t, self)]);
      },
      '($self, /)', 'Return state information for pickling.',
    ],
    __sizeof__: [(_t: Thread, self: PyDeque) => 64 + 8 * self.buffer.length, '($self, /)', 'Return the size of the deque in memory, in bytes.'],
    __class_getitem__: CLASS_GETITEM,
  },
  getset: { maxlen: { get: (_t, self) => ((self as PyDeque).maxlen < 0 ? null : (self as PyDeque).maxlen) } },
  attributes: { __hash__: null },
});

for (const [type, reverse] of [[DEQUE_ITERATOR_TYPE, false], [DEQUE_REVERSE_ITERATOR_TYPE, true]] as const) {
  readyType(type, {
    slots: {
      tp_new: (t, cls, args) => {
        const made = new MutableSequenceIterator(cls, args[0] instanceof PyDeque ? args[0] : raiseTypeError('deque expected'), reverse);
        made.skip(args[1] === undefined ? 0 : toClippedSize(t, args[1]));
        return made;
      },
      tp_iter: (_t, self) => self,
      tp_iternext: withQuietNext((_t, self: MutableSequenceIterator) => self.next(), (_t, self: MutableSequenceIterator) => self.nextQuietly()),
    },
    methods: {
      __length_hint__: [(_t: Thread, self: MutableSequenceIterator) => self.remaining(), '($self, /)', 'Private method returning an estimate of len(list(it)).'],
      __reduce__: [(_t: Thread, self: MutableSequenceIterator) => newTuple([self.type, newTuple([self.source as PyDeque, self.position])]), '($self, /)', 'Return state information for pickling.'],
    },
  });
}

class PyDefaultDict extends PyDict {
  factory: Value = null;
}

/** What the builtin classes that are the factories of most programs make, without their calls; undefined for other factories. */
function quickDefault(factory: Value): Maybe {
  switch (factory) {
    case LIST_TYPE: return newList([]);
    case INT_TYPE: return 0;
    case SET_TYPE: return newSet();
    case DICT_TYPE: return newDict();
    default: return undefined;
  }
}

function defaultdict_missing(t: Thread, self: PyDefaultDict, key: Value): Value {
  if (self.factory === null) raiseKeyError(key);
  const quick = quickDefault(self.factory);
  if (quick !== undefined) {
    tableSet(t, self.table, key, quick);
    return quick;
  }
  const value = call(t, self.factory, []);
  // The factory may have set the key itself: its value stays.
  const set = tableGet(t, self.table, key);
  if (set !== undefined) return set;
  tableSet(t, self.table, key, value);
  return value;
}

function defaultdict_repr(t: Thread, self: PyDefaultDict): string {
  const content = dict_repr(t, self);
  // The factory may be a method whose text leads back here.
  const { factory } = self;
  if (factory !== null && t.reprGuard.has(factory)) return `${self.type.name}(..., ${content})`;
  t.reprGuard.add(factory);
  try {
    return `${self.type.name}(${repr(t, factory)}, ${content})`;
  } finally {
    t.reprGuard.delete(factory);
  }
}

function defaultdict_copy(t: Thread, self: PyDefaultDict): Value {
  return call(t, self.type, [self.factory, self]);
}

readyType(DEFAULTDICT_TYPE, {
  doc: 'defaultdict(default_factory=None, /, [...]) --> dict with default factory',
  slots: {
    tp_alloc: (type) => new PyDefaultDict(type, new HashTable()),
    tp_new: (_t, type) => new PyDefaultDict(type, new HashTable()),
    tp_init: (t, self: PyDefaultDict, args, keywords) => {
      const positional = args.length - (keywords?.length ?? 0);
      const factory = positional > 0 ? args[0]! : null;
      if (factory !== null && !isCallable(factory)) raiseTypeError('first argument must be callable or None');
      self.factory = factory;
      DICT_TYPE.slots.tp_init!(t, self, args.slice(positional > 0 ? 1 : 0), keywords);
    },
    tp_repr: defaultdict_repr,
    nb_or: (t, left, right) => {
      if (!(left instanceof PyDict) || !(right instanceof PyDict)) return NOT_IMPLEMENTED;
      const own = left instanceof PyDefaultDict ? left : (right as PyDefaultDict);
      const result = call(t, own.type, [own.factory, left]) as PyDict;
      dictMergeFrom(t, result, right);
      return result;
    },
  },
  methods: {
    __missing__: [defaultdict_missing, '!($self, key, /)', 'Called by __getitem__ for a missing key.'],
    copy: [defaultdict_copy, '!($self, /)', 'A shallow copy of D.'],
    __copy__: [defaultdict_copy, '!($self, /)', 'A shallow copy of D.'],
    __reduce__: [
      (t: Thread, self: PyDefaultDict) =>
        newTuple([self.type, self.factory === null ? newTuple([]) : newTuple([self.factory]), null, null, getIterator(t, callMethod(t, self, 'items'))]),
      '!($self, /)', 'Return state information for pickling.',
    ],
    __class_getitem__: CLASS_GETITEM,
  },
  getset: { default_factory: { get: (_t, self) => (self as PyDefaultDict).factory, set: (_t, self, value) => void ((self as PyDefaultDict).factory = value ?? null), member: true } },
});

class PyTupleGetter extends PyObject {
  readonly index: number;
  doc: Value;
  constructor(index: number, doc: Value) {
    super(TUPLEGETTER_TYPE);
    this.index = index;
    this.doc = doc;
  }
}

readyType(TUPLEGETTER_TYPE, {
  slots: {
    tp_new: (t, _type, args) => new PyTupleGetter(Number(toIndex(t, args[0]!)), args[1]!),
    tp_descr_get: (_t, self: PyTupleGetter, instance) => {
      if (instance === undefined) return self;
      if (!(instance instanceof PyTuple)) raiseTypeError(`descriptor for index '${self.index}' for tuple subclasses doesn't apply to '${typeName(instance)}' object`);
      return self.index < instance.items.length ? instance.items[self.index]! : raiseIndexError('tuple index out of range');
    },
    tp_descr_set: (t, _self, instance, value) => raiseNoSet(t, instance, value),
    tp_repr: (t, self: PyTupleGetter) => `_tuplegetter(${self.index}, ${repr(t, self.doc)})`,
  },
  methods: { __reduce__: [(_t: Thread, self: PyTupleGetter) => newTuple([TUPLEGETTER_TYPE, newTuple([self.index, self.doc])]), '!($self, /)', 'Helper for pickle.'] },
  getset: { __doc__: { get: (_t, self) => (self as PyTupleGetter).doc, set: (_t, self, value) => void ((self as PyTupleGetter).doc = value ?? null), member: true } },
});

function raiseNoSet(t: Thread, _instance: Value, value: Maybe): never {
  const error = getAttr(t, t.interpreter.moduleState.get('module:builtins') as Value, 'AttributeError') as PyType;
  throw newException(error, value === undefined ? "can't delete attribute" : "can't set attribute");
}

/** `_count_elements(mapping, iterable)`: Counter's inner loop. */
function count_elements(t: Thread, mapping: Value, iterable: Value): void {
  if (mapping instanceof PyDict && typeOf(mapping).slots.mp_ass_subscript !== null && getAttr(t, typeOf(mapping), '__setitem__') === getAttr(t, DICT_TYPE, '__setitem__')) {
    forEach(t, iterable, (item) => {
      const { table } = mapping;
      if (tableCount(table, item)) return;
      const entry = tableFind(t, table, item);
      const count = entry < 0 ? 0 : table.values[entry]!;
      if (entry >= 0 && typeof count === 'number' && table.watch === null) table.values[entry] = count + 1;
      else tableSet(t, table, item, typeof count === 'number' ? count + 1 : add(t, count, 1));
    });
    return;
  }
  const get = getAttr(t, mapping, 'get');
  forEach(t, iterable, (item) => void callMethod(t, mapping, '__setitem__', item, add(t, call(t, get, [item, 0]), 1)));
}

/** The table. */
export const COLLECTIONS_MODULE: NativeModule = {
  name: '_collections',
  doc: 'High performance data structures.',
  types: {
    deque: DEQUE_TYPE, defaultdict: DEFAULTDICT_TYPE, OrderedDict: ORDERED_DICT_TYPE, _tuplegetter: TUPLEGETTER_TYPE, _deque_iterator: DEQUE_ITERATOR_TYPE, _deque_reverse_iterator: DEQUE_REVERSE_ITERATOR_TYPE,
  },
  functions: { _count_elements: [count_elements, '($module, mapping, iterable, /)', "Count elements in the iterable, updating the mapping"] },
};

