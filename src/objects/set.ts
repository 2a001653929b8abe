/**
 * `set`, `frozenset` and their iterator. Source: CPython Objects/setobject.c.
 *
 * Items come in order of insertion; CPython's order depends on hashes. Results of operators and methods are of the exact builtin type of
 * the left operand.
 */
import { HashTable, PyDict, PyList, PySet, PyTuple } from '../core/containers.ts';
import { listItem, listLength } from '../core/list-storage.ts';
import { withQuietForm } from '../core/quiet.ts';
import type { Sink } from '../core/sink.ts';
import type { CompareOp, KeywordNames, PyType } from '../core/type.ts';
import { EQ, GE, GT, LE, NE } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { linkToPyObject, PyObject, type Int, type Maybe, type Value } from '../core/value.ts';
import { hashFrozenset } from './algorithms/hash.ts';
import { strCharacters } from './algorithms/str-code-points.ts';
import { callMethod } from './call.ts';
import { builtinNamed } from './builtins-hook.ts';
import { KeyError, RuntimeError, TypeError as PyTypeError } from './exception-types.ts';
import { CLASS_GETITEM } from './generic-alias-record.ts';
import { tableAddFrom, tableClear, tableCopy, tableDelete, tableFind, tableFindFrom, tableKeys, tableNext, tableRemoveAt, tableSet, tableSetFrom, tableSetSimple } from './hash-table.ts';
import { isSubsetOfSimple, joinSimple, selectSimple, unionSimple } from './simple-keys.ts';
import { FEW, isSubsetOfFew, selectFew } from './few-keys.ts';
import { quietAlgebra, quietDifference, quietIntersection, QUIET_SET_COMPARISON, quietSymmetricDifference, quietUnion } from './quiet-sets.ts';
import { HASH_NOT_IMPLEMENTED, hashOf } from './hash-value.ts';
import { forEach, getIterator, nextInto } from './iterate.ts';
import { newList, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { checkArguments, checkPositional } from './new-arguments.ts';
import { isRaised, newException, raise, raiseInCaller, raiseTypeError, typeName } from './raise.ts';
import type { NativeResult } from '../core/native.ts';
import { FROZENSET_TYPE, LIST_TYPE, SET_ITERATOR_TYPE, SET_TYPE, TUPLE_TYPE } from './static-types.ts';
import { repr, str } from './text.ts';
import { readyType } from './type-ready.ts';
import { isSubtype } from './type-of.ts';

/** A set of the exact builtin type that `like` derives from, owning the table. */
function resultLike(like: PySet, table: HashTable): PySet {
  return new PySet(isSubtype(like.type, FROZENSET_TYPE) ? FROZENSET_TYPE : SET_TYPE, table);
}

function checkWritable(self: PySet): void {
  if (self.frozen) raiseTypeError(`'${self.type.name}' object is frozen and cannot be changed`);
}

/** Throws what was caught when a key was looked up; the TypeError of a key that cannot be hashed is worded as sets do. */
function rethrow(t: Thread, key: Value, caught: unknown): never {
  if (isRaised(caught, PyTypeError)) {
    try {
      hashOf(t, key);
    } catch (again) {
      if (isRaised(again, PyTypeError)) raiseTypeError(`cannot use '${typeName(key)}' as a set element (${str(t, again)})`);
      throw again;
    }
  }
  throw caught;
}

/** Adds an item; raises TypeError when it is not hashable. */
export function setAdd(t: Thread, table: HashTable, item: Value): void {
  try {
    tableSet(t, table, item, undefined);
  } catch (caught) {
    rethrow(t, item, caught);
  }
}

/** Adds the items for which no Python code has to say whether they are there. */
class TableSink implements Sink {
  private readonly table: HashTable;
  constructor(table: HashTable) {
    this.table = table;
  }

  take(item: Value): boolean {
    return tableSetSimple(this.table, item, undefined);
  }
}

function addItems(t: Thread, table: HashTable, iterable: Value): void {
  const sink = new TableSink(table);
  const iterator = getIterator(t, iterable);
  for (let item = nextInto(t, iterator, sink); item !== undefined; item = nextInto(t, iterator, sink)) setAdd(t, table, item);
}

/** A new table of the items of an iterable. @hot */
function tableFrom(t: Thread, iterable: Value): HashTable {
  const table = new HashTable();
  if (iterable instanceof PyTuple && iterable.type === TUPLE_TYPE) {
    for (let i = 0; i < iterable.items.length; i++) setAdd(t, table, iterable.items[i]!);
  } else if (iterable instanceof PyList && iterable.type === LIST_TYPE) {
    for (let i = 0; i < listLength(iterable); i++) setAdd(t, table, listItem(iterable, i));
  } else if (typeof iterable === 'string') {
    for (const character of strCharacters(iterable)) setAdd(t, table, character);
  } else addItems(t, table, iterable);
  return table;
}

/** A set as key stands for the frozenset with its items. */
function lookupKey(t: Thread, key: Value): Value {
  return key instanceof PySet && key.type.slots.tp_hash === HASH_NOT_IMPLEMENTED ? asFrozen(t, key) : key;
}

function asFrozen(_t: Thread, set: PySet): PySet {
  return new PySet(FROZENSET_TYPE, set.table);
}

function contains(t: Thread, table: HashTable, item: Value): boolean {
  try {
    return tableFind(t, table, lookupKey(t, item)) >= 0;
  } catch (caught) {
    return rethrow(t, item, caught);
  }
}

/** Removes an item; false when it was not there. */
function discard(t: Thread, table: HashTable, item: Value): boolean {
  try {
    return tableDelete(t, table, lookupKey(t, item));
  } catch (caught) {
    return rethrow(t, item, caught);
  }
}

/** The items of an iterable as a table: that of a set or dict itself, which must not be changed. */
function itemsTable(t: Thread, iterable: Value): HashTable {
  if (hasTable(iterable)) return iterable.table;
  return tableFrom(t, iterable);
}

/** Whether the items of an iterable are the keys of its table, whose hashes are known. */
function hasTable(iterable: Value): iterable is PySet | PyDict {
  return iterable instanceof PySet || (iterable instanceof PyDict && iterable.type.slots.tp_iter === dictIteration(iterable));
}

/** The iteration slot that dicts have unless a subclass replaces it. */
function dictIteration(dict: PyDict): unknown {
  return dict.type.mro.find((base) => !base.flags.heapType)!.slots.tp_iter;
}

/** Adds all keys of another table, or of the same. */
function addAll(t: Thread, table: HashTable, source: HashTable): void {
  if (table.keys.length === 0) {
    for (let entry = tableNext(source, 0); entry >= 0; entry = tableNext(source, entry + 1)) tableAddFrom(table, source, entry);
  } else for (let entry = tableNext(source, 0); entry >= 0; entry = tableNext(source, entry + 1)) tableSetFrom(t, table, source, entry);
}

/** Adds all items of an iterable. */
export function setUpdate(t: Thread, table: HashTable, iterable: Value): void {
  if (hasTable(iterable)) {
    addAll(t, table, iterable.table);
  } else addItems(t, table, iterable);
}

/** A table with the keys only. */
function keysOnly(t: Thread, source: HashTable): HashTable {
  if (source.values.length === 0) return tableCopy(source);
  const table = new HashTable();
  for (let entry = tableNext(source, 0); entry >= 0; entry = tableNext(source, entry + 1)) tableAddFrom(table, source, entry);
  return table;
}

// Construction

/** A table of the items of an iterable. */
function newTable(t: Thread, iterable: Value): HashTable {
  if (hasTable(iterable)) return keysOnly(t, iterable.table);
  return tableFrom(t, iterable);
}

function set_init(t: Thread, self: PySet, args: Value[], keywords: KeywordNames): void {
  checkArguments('set', args, keywords, 0, 1);
  checkWritable(self);
  self.table = args.length === 1 ? newTable(t, args[0]!) : new HashTable();
}

function frozenset_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  // A subclass with an `__init__` of its own may have other keywords.
  if (type.slots.tp_init === FROZENSET_TYPE.slots.tp_init) checkArguments('frozenset', args, keywords, 0, 1);
  const count = args.length - (keywords?.length ?? 0);
  checkPositional('frozenset', count, 0, 1);
  const source = count === 0 ? undefined : args[0];
  if (source === undefined) return new PySet(type);
  if (type === FROZENSET_TYPE && source instanceof PySet && source.type === FROZENSET_TYPE) return source;
  return new PySet(type, newTable(t, source));
}

// Slots

function set_repr(t: Thread, self: PySet): string {
  const { name } = self.type;
  if (t.reprGuard.has(self)) return `${name}(...)`;
  if (self.table.used === 0) return `${name}()`;
  t.reprGuard.add(self);
  try {
    const items = tableKeys(self.table).map((item) => repr(t, item)).join(', ');
    return self.type === SET_TYPE ? `{${items}}` : `${name}({${items}})`;
  } finally {
    t.reprGuard.delete(self);
  }
}

function frozenset_hash(t: Thread, self: PySet): Int {
  if (self.hash !== null) return self.hash;
  // The array of keys becomes that of their hashes.
  const items = tableKeys(self.table);
  for (let i = 0; i < items.length; i++) items[i] = hashOf(t, items[i]!);
  const hash = hashFrozenset(items as Int[]);
  self.hash = hash;
  return hash;
}

/** Whether each item of `a` is in `b`. */
function isSubset(t: Thread, a: HashTable, b: HashTable): boolean {
  if (a.used > b.used) return false;
  const few = isSubsetOfFew(a, b) ?? isSubsetOfSimple(a, b);
  if (few !== null) return few;
  for (let entry = tableNext(a, 0); entry >= 0; entry = tableNext(a, entry + 1)) if (tableFindFrom(t, b, a, entry) < 0) return false;
  return true;
}

function set_richcompare(t: Thread, self: PySet, other: Value, op: CompareOp): Value {
  if (!(other instanceof PySet)) return NOT_IMPLEMENTED;
  const a = self.table;
  const b = other.table;
  switch (op) {
    case EQ:
      return a.used === b.used && isSubset(t, a, b);
    case NE:
      return a.used !== b.used || !isSubset(t, a, b);
    case LE:
      return isSubset(t, a, b);
    case GE:
      return isSubset(t, b, a);
    case GT:
      return a.used > b.used && isSubset(t, b, a);
    default:
      return a.used < b.used && isSubset(t, a, b);
  }
}

withQuietForm(set_richcompare, QUIET_SET_COMPARISON);

// Algebra on tables

function union(t: Thread, a: HashTable, iterable: Value): HashTable {
  const joined = hasTable(iterable) ? unionSimple(a, iterable.table) : null;
  if (joined !== null) return joined;
  const result = keysOnly(t, a);
  setUpdate(t, result, iterable);
  return result;
}

/** The keys of `a` that are in `b`, or those that are not; null where that takes Python code to say. */
function select(a: HashTable, b: HashTable, present: boolean): HashTable | null {
  return selectFew(a, b, present) ?? selectSimple(a, b, present);
}

function intersection(t: Thread, a: HashTable, iterable: Value): HashTable {
  const result = new HashTable();
  if (iterable instanceof PySet) {
    // The smaller one is walked, as in CPython, which decides whose equal items stay.
    const isSmaller = iterable.table.used > a.used;
    const few = isSmaller ? select(a, iterable.table, true) : select(iterable.table, a, true);
    if (few !== null) return few;
    selectKeys(t, result, isSmaller ? a : iterable.table, { probed: isSmaller ? iterable.table : a, present: true });
  } else forEach(t, iterable, (item) => { if (contains(t, a, item)) setAdd(t, result, item); });
  return result;
}

/** Adds the keys of `walked` that are in `probed`, or are not, to an empty table. */
function selectKeys(t: Thread, result: HashTable, walked: HashTable, { probed, present }: { probed: HashTable; present: boolean }): void {
  for (let entry = tableNext(walked, 0); entry >= 0; entry = tableNext(walked, entry + 1)) {
    const { version } = walked;
    const found = tableFindFrom(t, probed, walked, entry) >= 0;
    // Where an `__eq__` has changed the table, the key may be gone, or there twice.
    if (walked.version !== version) return selectFrom(t, result, tableKeys(walked), { probed, present });
    if (found === present) tableAddFrom(result, walked, entry);
  }
}

function selectFrom(t: Thread, result: HashTable, walked: readonly Value[], { probed, present }: { probed: HashTable; present: boolean }): void {
  for (const key of walked) if ((tableFind(t, probed, key) >= 0) === present) tableSet(t, result, key, undefined);
}

function difference(t: Thread, a: HashTable, iterable: Value): HashTable {
  if (iterable instanceof PySet && (iterable.table.used > a.used >> 2 || a.used <= FEW)) {
    const few = select(a, iterable.table, false);
    if (few !== null) return few;
    const result = new HashTable();
    selectKeys(t, result, a, { probed: iterable.table, present: false });
    return result;
  }
  const result = keysOnly(t, a);
  removeAll(t, result, iterable);
  return result;
}

function removeKeys(t: Thread, table: HashTable, other: HashTable): void {
  for (let entry = tableNext(other, 0); entry >= 0; entry = tableNext(other, entry + 1)) {
    const found = tableFindFrom(t, table, other, entry);
    if (found >= 0) tableRemoveAt(table, found);
  }
}

/** Removes the items of an iterable from a table. */
function removeAll(t: Thread, table: HashTable, iterable: Value): void {
  if (hasTable(iterable)) {
    if (iterable.table === table) tableClear(table);
    else removeKeys(t, table, iterable.table);
  } else forEach(t, iterable, (item) => discard(t, table, item));
}

function symmetricDifference(t: Thread, a: HashTable, iterable: Value): HashTable {
  const items = itemsTable(t, iterable);
  const [rest, added] = [selectSimple(a, items, false), selectSimple(items, a, false)];
  if (rest !== null && added !== null) return joinSimple(rest, added);
  const other = keysOnly(t, items);
  const result = keysOnly(t, a);
  for (let entry = tableNext(other, 0); entry >= 0; entry = tableNext(other, entry + 1)) {
    const found = tableFindFrom(t, result, other, entry);
    if (found >= 0) tableRemoveAt(result, found);
    else tableSetFrom(t, result, other, entry);
  }
  return result;
}

type Algebra = (t: Thread, a: HashTable, iterable: Value) => HashTable;

/** An operator of two sets; anything else is NotImplemented. */
function operator(algebra: Algebra, quiet: (a: HashTable, b: HashTable) => HashTable | null): (t: Thread, left: Value, right: Value) => Value {
  return withQuietForm((t: Thread, left: Value, right: Value) => {
    if (!(left instanceof PySet) || !(right instanceof PySet)) return NOT_IMPLEMENTED;
    return resultLike(left, algebra(t, left.table, right));
  }, quietAlgebra(quiet));
}

function inplaceOperator(change: (t: Thread, self: PySet, other: Value) => void): (t: Thread, left: Value, right: Value) => Value {
  return (t, left, right) => {
    if (!(right instanceof PySet)) return NOT_IMPLEMENTED;
    change(t, left as PySet, right);
    return left;
  };
}

function updateWith(t: Thread, self: PySet, other: Value): void {
  checkWritable(self);
  setUpdate(t, self.table, other);
}

function replaceWith(algebra: Algebra): (t: Thread, self: PySet, other: Value) => void {
  return (t, self, other) => {
    checkWritable(self);
    const result = algebra(t, self.table, other);
    result.version = self.table.version + 1;
    self.table = result;
  };
}

function removeFrom(t: Thread, self: PySet, other: Value): void {
  checkWritable(self);
  removeAll(t, self.table, other);
}

/** A method that applies the algebra to each argument in turn. */
function foldMethod(algebra: Algebra) {
  return (t: Thread, self: PySet, others: Value[]): Value => {
    let table = keysOnly(t, self.table);
    for (const other of others) table = algebra(t, table, other);
    return resultLike(self, table);
  };
}

// Methods

function set_copy(t: Thread, self: PySet): Value {
  return self.type === FROZENSET_TYPE ? self : resultLike(self, keysOnly(t, self.table));
}

function set_add(t: Thread, self: PySet, item: Value): void {
  checkWritable(self);
  setAdd(t, self.table, item);
}

function set_clear(_t: Thread, self: PySet): void {
  checkWritable(self);
  tableClear(self.table);
}

function remove(t: Thread, self: PySet, item: Value): boolean {
  checkWritable(self);
  return discard(t, self.table, item);
}

function set_remove(t: Thread, self: PySet, item: Value): NativeResult {
  return remove(t, self, item) ? null : raiseInCaller(t, newException(KeyError, item));
}

function set_pop(t: Thread, self: PySet): NativeResult {
  checkWritable(self);
  const { table } = self;
  if (table.used === 0) return raiseInCaller(t, newException(KeyError, 'pop from an empty set'));
  let entry = tableNext(table, self.finger);
  if (entry < 0) entry = tableNext(table, 0);
  const item = table.keys[entry]!;
  tableRemoveAt(table, entry);
  self.finger = entry + 1;
  return item;
}

function set_isdisjoint(t: Thread, self: PySet, other: Value): Value {
  if (other instanceof PySet) {
    const [walked, probed] = other.table.used > self.table.used ? [self.table, other.table] : [other.table, self.table];
    for (let entry = tableNext(walked, 0); entry >= 0; entry = tableNext(walked, entry + 1)) if (tableFindFrom(t, probed, walked, entry) >= 0) return false;
    return true;
  }
  let disjoint = true;
  forEach(t, other, (item) => { if (disjoint && contains(t, self.table, item)) disjoint = false; });
  return disjoint;
}

function set_issubset(t: Thread, self: PySet, other: Value): Value {
  return isSubset(t, self.table, itemsTable(t, other));
}

function set_issuperset(t: Thread, self: PySet, other: Value): Value {
  if (other instanceof PySet) return isSubset(t, other.table, self.table);
  let superset = true;
  forEach(t, other, (item) => { if (superset && !contains(t, self.table, item)) superset = false; });
  return superset;
}

function set_reduce(t: Thread, self: PySet): Value {
  return newTuple([self.type, newTuple([newList(tableKeys(self.table))]), callMethod(t, self, '__getstate__')]);
}

const SHARED_METHODS = {
  copy: [set_copy, '($self, /)', 'Return a shallow copy of a set.'],
  difference: [foldMethod(difference), '($self, /, *others)', 'Return a new set with elements in the set that are not in the others.'],
  intersection: [foldMethod(intersection), '($self, /, *others)', 'Return a new set with elements common to the set and all others.'],
  isdisjoint: [set_isdisjoint, '($self, other, /)', 'Return True if two sets have a null intersection.'],
  issubset: [set_issubset, '($self, other, /)', 'Report whether another set contains this set.'],
  issuperset: [set_issuperset, '($self, other, /)', 'Report whether this set contains another set.'],
  symmetric_difference: [
    (t: Thread, self: PySet, other: Value) => resultLike(self, symmetricDifference(t, self.table, other)),
    '($self, other, /)', 'Return a new set with elements in either the set or other but not both.',
  ],
  union: [foldMethod(union), '($self, /, *others)', 'Return a new set with elements from the set and all others.'],
  __contains__: [(t: Thread, self: PySet, item: Value) => contains(t, self.table, item), '($self, object, /)', 'x.__contains__(y) <==> y in x.'],
  __reduce__: [set_reduce, '($self, /)', 'Return state information for pickling.'],
  __sizeof__: [(_t: Thread, self: PySet) => 200 + 16 * Math.max(0, self.table.used - 5), '($self, /)', 'S.__sizeof__() -> size of S in memory, in bytes.'],
  __class_getitem__: CLASS_GETITEM,
} as const;

const SHARED_SLOTS = {
  tp_repr: set_repr,
  tp_richcompare: set_richcompare,
  tp_iter: (_t: Thread, self: PySet) => new PySetIterator(self),
  nb_subtract: operator(difference, quietDifference),
  nb_and: operator(intersection, quietIntersection),
  nb_xor: operator(symmetricDifference, quietSymmetricDifference),
  nb_or: operator(union, quietUnion),
  sq_length: (_t: Thread, self: PySet) => self.table.used,
  sq_contains: (t: Thread, self: PySet, item: Value) => contains(t, self.table, item),
};

/** A method that applies a change for each argument. */
function eachMethod(change: (t: Thread, self: PySet, other: Value) => void) {
  return (t: Thread, self: PySet, others: Value[]): void => {
    for (const other of others) change(t, self, other);
  };
}

const intersectWith = replaceWith(intersection);
const toggleWith = replaceWith(symmetricDifference);

readyType(SET_TYPE, {
  doc: 'Build an unordered collection of unique elements.',
  textSignature: '(iterable=(), /)',
  slots: {
    ...SHARED_SLOTS,
    tp_new: (_t, type) => new PySet(type),
    tp_init: set_init,
    tp_alloc: (type) => new PySet(type),
    tp_hash: HASH_NOT_IMPLEMENTED,
    nb_inplace_subtract: inplaceOperator(removeFrom),
    nb_inplace_and: inplaceOperator(intersectWith),
    nb_inplace_xor: inplaceOperator(toggleWith),
    nb_inplace_or: inplaceOperator(updateWith),
  },
  methods: {
    ...SHARED_METHODS,
    add: [set_add, '($self, object, /)', 'Add an element to a set.'],
    clear: [set_clear, '($self, /)', 'Remove all elements from this set.'],
    discard: [(t, self: PySet, item: Value) => { remove(t, self, item); }, '($self, object, /)', 'Remove an element from a set if it is a member.'],
    remove: [set_remove, '($self, object, /)', 'Remove an element from a set; it must be a member.'],
    pop: [set_pop, '($self, /)', 'Remove and return an arbitrary set element.'],
    update: [eachMethod(updateWith), '($self, /, *others)', 'Update the set, adding elements from all others.'],
    difference_update: [eachMethod(removeFrom), '($self, /, *others)', 'Update the set, removing elements found in others.'],
    intersection_update: [eachMethod(intersectWith), '($self, /, *others)', 'Update the set, keeping only elements found in it and all others.'],
    symmetric_difference_update: [toggleWith, '($self, other, /)', 'Update the set, keeping only elements found in either set, but not in both.'],
  },
  attributes: { __hash__: null },
});

readyType(FROZENSET_TYPE, {
  doc: 'Build an immutable unordered collection of unique elements.',
  textSignature: '(iterable=(), /)',
  slots: { ...SHARED_SLOTS, tp_new: frozenset_new, tp_alloc: (type) => new PySet(type), tp_hash: frozenset_hash },
  methods: SHARED_METHODS,
});

// Iterator

/** `set_iterator`; `set` is null once exhausted. */
export class PySetIterator {
  type: PyType;
  dict: PyDict | null;
  set: PySet | null;
  entry: number;
  /** Number of items when the iteration began: it must not change. */
  readonly used: number;
  left: number;
  constructor(set: PySet) {
    this.type = SET_ITERATOR_TYPE;
    this.dict = null;
    this.entry = 0;
    this.set = set;
    this.used = set.table.used;
    this.left = set.table.used;
  }

  /** The entry of the next item; -1 behind the last one, -2 where the set has changed. @hot for loops over sets */
  next(): number {
    const { set } = this;
    if (set === null) return -1;
    const { table } = set;
    if (table.used !== this.used) return -2;
    const entry = tableNext(table, this.entry);
    if (entry < 0) {
      this.set = null;
      this.left = 0;
      return -1;
    }
    this.entry = entry + 1;
    this.left--;
    return entry;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PySetIterator extends PyObject {}
linkToPyObject(PySetIterator);

function setIterator_next(_t: Thread, self: PySetIterator): Maybe {
  const entry = self.next();
  if (entry === -2) raise(RuntimeError, 'Set changed size during iteration');
  return entry < 0 ? undefined : self.set!.table.keys[entry];
}

function setIterator_reduce(t: Thread, self: PySetIterator): Value {
  const rest = self.set === null ? [] : self.set.table.keys.slice(self.entry).filter((key): key is Value => key !== undefined);
  return newTuple([builtinNamed(t, 'iter'), newTuple([newList(rest)])]);
}

readyType(SET_ITERATOR_TYPE, {
  slots: { tp_iter: (_t, self) => self, tp_iternext: setIterator_next },
  methods: {
    __length_hint__: [(_t, self: PySetIterator) => (self.set !== null && self.set.table.used === self.used ? self.left : 0), '($self, /)', 'Private method returning an estimate of len(list(it)).'],
    __reduce__: [setIterator_reduce, '($self, /)', 'Return state information for pickling.'],
  },
});
