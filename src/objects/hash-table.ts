/**
 * The hash table under dict and set: lookup, insertion, deletion, compaction. The record is `core/containers.ts`.
 *
 * Keys whose equality V8 decides (str, numbers, None, objects with identity equality) are found by one `Map.get`. Structural keys (tuple, bytes,
 * frozenset) and instances with `__eq__` go through `hashed`, where Python code may run and change the table: lookups start over when it did.
 *
 * INV-1: 1, 1.0 and True have one index key; the first key object stays.
 * INV-2: an instance with `__eq__` and a str or number may be equal, so each kind also looks into the other's part (rare, slow path).
 * INV-3: whoever watches the table's dict is told of each change before it is made (`HashTable.watch`); writes to the arrays are here and nowhere else.
 */
import { HashTable } from '../core/containers.ts';
import { PyBaseException } from '../core/exception.ts';
import { PyComplex, PyFloat, PyIntObject, PyStrObject } from '../core/scalars.ts';
import { EQ } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, PyObject, Value } from '../core/value.ts';
import { DICT_ADDED, DICT_CLEARED, DICT_DELETED, DICT_MODIFIED, type DictWatch } from '../core/watch.ts';
import { compareBool, objectRichCompare } from './compare.ts';
import { hashNumber, objectHash } from './hash-value.ts';
import { TypeError } from './exception-types.ts';
import { raiseTypeError, typeName } from './raise.ts';
import { BYTES_TYPE, FLOAT_TYPE, FROZENSET_TYPE, INT_TYPE, STR_TYPE, TUPLE_TYPE } from './static-types.ts';

/** Says that a key has no index key. */
const STRUCTURAL = Symbol('structural');

function floatIndexKey(value: number, self: PyObject): unknown {
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? value + 0 : BigInt(value);
  // A NaN equals nothing but itself as an object.
  return value !== value ? self : value;
}

function objectIndexKey(key: PyObject): unknown {
  const slots = key.type.slots;
  if (slots.tp_hash === objectHash && slots.tp_richcompare === objectRichCompare) return key;
  if (key instanceof PyFloat) return slots.tp_hash === FLOAT_TYPE.slots.tp_hash ? floatIndexKey(key.value, key) : STRUCTURAL;
  if (key instanceof PyIntObject) {
    const base = INT_TYPE.slots;
    return slots.tp_hash === base.tp_hash && slots.tp_richcompare === base.tp_richcompare ? key.value : STRUCTURAL;
  }
  if (key instanceof PyStrObject) {
    const base = STR_TYPE.slots;
    return slots.tp_hash === base.tp_hash && slots.tp_richcompare === base.tp_richcompare ? key.value : STRUCTURAL;
  }
  if (key instanceof PyComplex && key.imag === 0) return floatIndexKey(key.real, key);
  return STRUCTURAL;
}

/** The index key of `key`, or STRUCTURAL. @hot every dict operation */
function indexKey(key: Value): unknown {
  switch (typeof key) {
    case 'string':
    case 'number':
    case 'bigint':
      return key;
    case 'boolean':
      return key ? 1 : 0;
    default:
      return key === null ? null : objectIndexKey(key);
  }
}

/** Whether equality with a str or number is out of question for this structural key. */
function neverEqualsSimple(key: Value): boolean {
  const type = (key as PyObject).type;
  return type === TUPLE_TYPE || type === BYTES_TYPE || type === FROZENSET_TYPE;
}

/** The entry in one bucket that equals `key`, or -1; -2 when Python code changed the table meanwhile. */
function findInBucket(t: Thread, table: HashTable, bucket: number | number[] | undefined, key: Value): number {
  if (bucket === undefined) return -1;
  if (typeof bucket === 'number') return entryEquals(t, table, bucket, key);
  for (const entry of bucket.slice()) {
    const found = entryEquals(t, table, entry, key);
    if (found !== -1) return found;
  }
  return -1;
}

function entryEquals(t: Thread, table: HashTable, entry: number, key: Value): number {
  const candidate = table.keys[entry];
  if (candidate === undefined) return -1;
  if (candidate === key) return entry;
  const version = table.version;
  const equal = compareBool(t, candidate, key, EQ);
  if (table.version !== version) return -2;
  return equal ? entry : -1;
}

/** The entry of a str or number that an instance with `__eq__` equals. */
function findSimpleEqual(t: Thread, table: HashTable, key: Value, hash: number): number {
  if (table.index.size === 0 || neverEqualsSimple(key)) return -1;
  for (let entry = 0; entry < table.keys.length; entry++) {
    const candidate = table.keys[entry];
    if (candidate === undefined || indexKey(candidate) === STRUCTURAL) continue;
    if (hashNumber(t, candidate) !== hash) continue;
    const found = entryEquals(t, table, entry, key);
    if (found !== -1) return found;
  }
  return -1;
}

/** The hash of a key that is not simple; for an unhashable one the TypeError says what it was to be used for. */
function structuralHash(t: Thread, key: Value): number {
  try {
    return hashNumber(t, key);
  } catch (caught) {
    if (!(caught instanceof PyBaseException) || caught.type !== TypeError) throw caught;
    const [message] = caught.args.items;
    return raiseTypeError(`cannot use '${typeName(key)}' as a dict key (${typeof message === 'string' ? message : ''})`);
  }
}

function findStructural(t: Thread, table: HashTable, key: Value, hash: number): number {
  for (;;) {
    const inBucket = table.hashed === null ? -1 : findInBucket(t, table, table.hashed.get(hash), key);
    if (inBucket === -2) continue;
    if (inBucket >= 0) return inBucket;
    const simple = findSimpleEqual(t, table, key, hash);
    if (simple !== -2) return simple;
  }
}

/** The entry number of `key`, or -1. May run `__hash__` and `__eq__`; raises TypeError for unhashable keys. @hot */
export function tableFind(t: Thread, table: HashTable, key: Value): number {
  const simple = indexKey(key);
  if (simple === STRUCTURAL) return findStructural(t, table, key, structuralHash(t, key));
  const entry = table.index.get(simple);
  if (entry !== undefined) return entry;
  if (table.hashed === null || table.hashed.size === 0) return -1;
  return findStructuralForSimple(t, table, key);
}

function findStructuralForSimple(t: Thread, table: HashTable, key: Value): number {
  for (;;) {
    const found = findInBucket(t, table, table.hashed?.get(hashNumber(t, key)), key);
    if (found !== -2) return found;
  }
}

/** The value under `key`, or undefined. @hot */
export function tableGet(t: Thread, table: HashTable, key: Value): Maybe {
  const entry = tableFind(t, table, key);
  return entry < 0 ? undefined : table.values[entry];
}

/** The value under a str key, for namespaces; never runs Python code. @hot */
export function tableGetStr(table: HashTable, name: string): Maybe {
  const entry = table.index.get(name);
  return entry === undefined ? undefined : table.values[entry];
}

function appendEntry(table: HashTable, key: Value, value: Maybe): number {
  if (table.keys.length > 32 && table.keys.length > 2 * table.used) compact(table);
  const entry = table.keys.length;
  table.keys.push(key);
  if (value !== undefined) table.values.push(value);
  table.used++;
  table.version++;
  return entry;
}

function addToBucket(table: HashTable, hash: number, entry: number): void {
  table.hashed ??= new Map();
  const bucket = table.hashed.get(hash);
  if (bucket === undefined) table.hashed.set(hash, entry);
  else if (typeof bucket === 'number') table.hashed.set(hash, [bucket, entry]);
  else bucket.push(entry);
}

/** Tells of a value to be set. As in CPython, the value that is there already is no change. */
function tellSet(watch: DictWatch, table: HashTable, entry: number | undefined, key: Value, value: Maybe): void {
  if (entry === undefined || entry < 0) watch.tell(DICT_ADDED, key, value);
  else if (table.values[entry] !== value) watch.tell(DICT_MODIFIED, key, value);
}

/** Sets `key` to `value`; sets pass `undefined` as value. @hot */
export function tableSet(t: Thread, table: HashTable, key: Value, value: Maybe): void {
  const simple = indexKey(key);
  if (simple === STRUCTURAL) return setStructural(t, table, key, value);
  let entry = table.index.get(simple);
  if (entry === undefined && table.hashed !== null && table.hashed.size > 0) {
    const found = findStructuralForSimple(t, table, key);
    if (found >= 0) entry = found;
  }
  if (table.watch !== null) tellSet(table.watch, table, entry, key, value);
  if (entry === undefined) table.index.set(simple, appendEntry(table, key, value));
  else if (value !== undefined) table.values[entry] = value;
}

function setStructural(t: Thread, table: HashTable, key: Value, value: Maybe): void {
  const hash = structuralHash(t, key);
  const entry = findStructural(t, table, key, hash);
  if (table.watch !== null) tellSet(table.watch, table, entry, key, value);
  if (entry < 0) addToBucket(table, hash, appendEntry(table, key, value));
  else if (value !== undefined) table.values[entry] = value;
}

/** Sets a str key, for namespaces; never runs Python code. @hot */
export function tableSetStr(table: HashTable, name: string, value: Value): void {
  const entry = table.index.get(name);
  if (table.watch !== null) tellSet(table.watch, table, entry, name, value);
  if (entry === undefined) table.index.set(name, appendEntry(table, name, value));
  else table.values[entry] = value;
}

function removeEntry(table: HashTable, entry: number): Maybe {
  const value = table.values[entry];
  table.keys[entry] = undefined;
  if (entry < table.values.length) table.values[entry] = undefined;
  table.used--;
  table.version++;
  while (table.keys.length > 0 && table.keys[table.keys.length - 1] === undefined) {
    table.keys.pop();
    if (table.values.length > table.keys.length) table.values.pop();
  }
  return value;
}

function removeFromBucket(table: HashTable, hash: number, entry: number): void {
  const bucket = table.hashed?.get(hash);
  if (typeof bucket === 'number') table.hashed!.delete(hash);
  else if (bucket !== undefined) {
    bucket.splice(bucket.indexOf(entry), 1);
    if (bucket.length === 0) table.hashed!.delete(hash);
  }
}

/** Removes entry number `entry`, which holds a live key. */
export function tableRemoveAt(t: Thread, table: HashTable, entry: number): void {
  const key = table.keys[entry]!;
  table.watch?.tell(DICT_DELETED, key, undefined);
  const simple = indexKey(key);
  if (simple !== STRUCTURAL) table.index.delete(simple);
  else removeFromBucket(table, hashNumber(t, key), entry);
  removeEntry(table, entry);
}

/** Removes `key`; false when it was not there. */
export function tableDelete(t: Thread, table: HashTable, key: Value): boolean {
  const entry = tableFind(t, table, key);
  if (entry < 0) return false;
  tableRemoveAt(t, table, entry);
  return true;
}

/** Removes a str key; false when it was not there. Never runs Python code. */
export function tableDeleteStr(table: HashTable, name: string): boolean {
  const entry = table.index.get(name);
  if (entry === undefined) return false;
  table.watch?.tell(DICT_DELETED, name, undefined);
  table.index.delete(name);
  removeEntry(table, entry);
  return true;
}

/** Empties the table. */
export function tableClear(table: HashTable): void {
  if (table.keys.length > 0) table.watch?.tell(DICT_CLEARED, undefined, undefined);
  table.keys = [];
  table.values = [];
  table.used = 0;
  table.index = new Map();
  table.hashed = null;
  table.version++;
}

/** Drops deleted entries, so that entry numbers are dense again. */
function compact(table: HashTable): void {
  const moved = new Map<number, number>();
  const keys: Maybe[] = [];
  const values: Maybe[] = [];
  const hasValues = table.values.length > 0;
  for (let i = 0; i < table.keys.length; i++) {
    if (table.keys[i] === undefined) continue;
    moved.set(i, keys.length);
    keys.push(table.keys[i]);
    if (hasValues) values.push(table.values[i]);
  }
  table.keys = keys;
  table.values = values;
  for (const [key, entry] of table.index) table.index.set(key, moved.get(entry)!);
  for (const [hash, bucket] of table.hashed ?? []) {
    table.hashed!.set(hash, typeof bucket === 'number' ? moved.get(bucket)! : bucket.map((entry) => moved.get(entry)!));
  }
  table.version++;
}

/** A copy with the same keys and values; runs no Python code. */
export function tableCopy(table: HashTable): HashTable {
  const copy = new HashTable();
  copy.keys = table.keys.slice();
  copy.values = table.values.slice();
  copy.used = table.used;
  copy.index = new Map(table.index);
  if (table.hashed !== null) {
    copy.hashed = new Map();
    for (const [hash, bucket] of table.hashed) copy.hashed.set(hash, typeof bucket === 'number' ? bucket : bucket.slice());
  }
  return copy;
}

/** The first live entry at or after `entry`, or -1. */
export function tableNext(table: HashTable, entry: number): number {
  const keys = table.keys;
  for (let i = entry; i < keys.length; i++) if (keys[i] !== undefined) return i;
  return -1;
}

/** The last live entry at or before `entry`, or -1. */
export function tablePrevious(table: HashTable, entry: number): number {
  for (let i = Math.min(entry, table.keys.length - 1); i >= 0; i--) if (table.keys[i] !== undefined) return i;
  return -1;
}

/** The live keys in order, as a new array. */
export function tableKeys(table: HashTable): Value[] {
  return table.keys.filter((key): key is Value => key !== undefined);
}
