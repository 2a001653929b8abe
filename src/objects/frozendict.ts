/** `frozendict` (PEP 814): an immutable mapping, hashable when its values are. */
import { HashTable, PyDict } from '../core/containers.ts';
import { EQ, NE, type CompareOp, type KeywordNames, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Value } from '../core/value.ts';
import { hashFrozenset } from './algorithms/hash.ts';
import { call } from './call.ts';
import { dict_repr, dictLookup, dictMergeFrom, dictsEqual, DICT_READ_METHODS } from './dict.ts';
import { PyDictIterator } from './dict-views.ts';
import { tableCopy, tableSet, tableSetStr } from './hash-table.ts';
import { hashOf } from './hash-value.ts';
import { forEach } from './iterate.ts';
import { newDict, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { raiseKeyError, raiseTypeError } from './raise.ts';
import { DICT_KEY_ITERATOR_TYPE, DICT_TYPE, FROZENDICT_TYPE } from './static-types.ts';
import { readyType } from './type-ready.ts';
import { isSubtype } from './type-of.ts';

/** Declared cache: hashes of frozendicts, which never change. */
const hashes = new WeakMap<PyDict, Int>();

/** A frozendict of `type` that owns the table. */
export function newFrozenDict(table: HashTable, type: PyType = FROZENDICT_TYPE): PyDict {
  const dict = new PyDict(type, table);
  dict.frozen = true;
  return dict;
}

function isFrozenDict(value: Value): value is PyDict {
  return value instanceof PyDict && isSubtype(value.type, FROZENDICT_TYPE);
}

function frozendict_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const names = keywords ?? [];
  const positional = args.length - names.length;
  if (positional > 1) raiseTypeError(`${type.name} expected at most 1 argument, got ${positional}`);
  const [source] = args;
  if (positional === 1 && names.length === 0 && type === FROZENDICT_TYPE && source instanceof PyDict && source.type === FROZENDICT_TYPE) return source;
  const filled = newDict();
  if (positional === 1) dictMergeFrom(t, filled, isFrozenDict(source!) ? asDict(source) : source!);
  names.forEach((name, i) => tableSetStr(filled.table, name, args[positional + i]!));
  return newFrozenDict(filled.table, type);
}

/** The same content as an exact dict, for merging; shares the table, so it must not be written. */
function asDict(frozen: PyDict): PyDict {
  return new PyDict(DICT_TYPE, frozen.table);
}

function frozendict_hash(t: Thread, self: PyDict): Int {
  const known = hashes.get(self);
  if (known !== undefined) return known;
  const { keys, values } = self.table;
  // As a frozenset of its items: order does not matter, and equal frozendicts have equal hashes.
  const hash = hashFrozenset(keys.flatMap((key, i) => (key === undefined ? [] : [hashOf(t, newTuple([key, values[i]!]))])));
  hashes.set(self, hash);
  return hash;
}

function frozendict_richcompare(t: Thread, self: PyDict, other: Value, op: CompareOp): Value {
  if (!(other instanceof PyDict) || (op !== EQ && op !== NE)) return NOT_IMPLEMENTED;
  return dictsEqual(t, self, other) === (op === EQ);
}

/** A new mapping of the left operand's builtin type. */
function frozendict_or(t: Thread, left: Value, right: Value): Value {
  if (!(left instanceof PyDict) || !(right instanceof PyDict)) return NOT_IMPLEMENTED;
  const merged = newDict();
  merged.table = tableCopy(left.table);
  dictMergeFrom(t, merged, isFrozenDict(right) ? asDict(right) : right);
  return isFrozenDict(left) ? newFrozenDict(merged.table) : merged;
}

function frozendict_fromkeys(t: Thread, type: PyType, iterable: Value, value?: Value): Value {
  const filled = newDict();
  const filling = value === undefined ? null : value;
  forEach(t, iterable, (key) => tableSet(t, filled.table, key, filling));
  return type === FROZENDICT_TYPE ? newFrozenDict(filled.table) : call(t, type, [filled]);
}

function frozendict_subscript(t: Thread, self: PyDict, key: Value): Value {
  const value = dictLookup(t, self, key);
  return value === undefined ? raiseKeyError(key) : value;
}

readyType(FROZENDICT_TYPE, {
  doc: 'frozendict() -> new empty frozendict\nfrozendict(mapping) -> new frozendict with the items of a mapping\nfrozendict(iterable) -> new frozendict with key-value pairs\nfrozendict(**kwargs) -> new frozendict with the name=value pairs',
  slots: {
    tp_alloc: (type: PyType) => newFrozenDict(new HashTable(), type),
    tp_new: frozendict_new,
    // Everything is done by tp_new: the object is immutable once made.
    tp_init: () => undefined,
    tp_repr: (t, self: PyDict) => `${self.type.name}(${self.table.used === 0 ? '' : dict_repr(t, self)})`,
    tp_hash: frozendict_hash,
    tp_richcompare: frozendict_richcompare,
    tp_iter: (_t, self: PyDict) => new PyDictIterator(DICT_KEY_ITERATOR_TYPE, self),
    nb_or: frozendict_or,
    mp_length: (_t, self: PyDict) => (self.pending === null ? self.table.used : self.pending.length),
    mp_subscript: frozendict_subscript,
    sq_contains: (t, self: PyDict, key) => dictLookup(t, self, key) !== undefined,
  },
  methods: {
    ...DICT_READ_METHODS,
    copy: [(_t: Thread, self: PyDict) => (self.type === FROZENDICT_TYPE ? self : newFrozenDict(self.table)), '($self, /)', 'Return a shallow copy of the frozendict.'],
    fromkeys: [frozendict_fromkeys, '($type, iterable, value=None, /)', 'Create a new frozendict with keys from iterable and values set to value.', 'class'],
    __reduce__: [(_t: Thread, self: PyDict) => newTuple([self.type, newTuple([asDict(self)])]), '($self, /)', 'Return state information for pickling.'],
  },
});
