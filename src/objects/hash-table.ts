/**
 * The hash table under dict and set: lookup, insertion, deletion, compaction. The record is `core/containers.ts`.
 *
 * Keys whose equality V8 decides (str, numbers, None, objects with identity equality) are found by one `Map.get`, or in a small table by looking
 * through its keys. Structural keys (tuple, bytes, frozenset, instances with `__eq__`) are found by their hash and compared, where Python code may run and
 * change the table: lookups start over when it did.
 *
 * INV-1: 1, 1.0 and True have one index key; the first key object stays.
 * INV-2: an instance with `__eq__` and a str or number may be equal, so each kind also looks into the other's part (rare, slow path).
 * INV-3: whoever watches the table's dict is told of each change before it is made (`HashTable.watch`); writes to the arrays are here and nowhere else, but that compiled code sets the
 *        value of an attribute that lies in a slot, too (`linked-dict.ts`).
 * INV-4: in a table of at most SMALL entries without an index each key that is not structural is its own index key. A bigger one without an index is
 *        one that nobody has looked into yet.
 * INV-5: `structural.hashes` is as long as `keys`.
 */
import { firstItem } from '../base/first-item.ts';
import { HashTable, NO_ENTRIES, NO_HASH, PyTuple, SharedIndex, StructuralKeys, type IntKeys, type TableIndex } from '../core/containers.ts';
import { PyBaseException } from '../core/exception.ts';
import { EQ } from '../core/type.ts';
import { PyBytes, PyFloat } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { DICT_ADDED, DICT_CLEARED, DICT_DELETED, DICT_MODIFIED, type TableWatch } from '../core/watch.ts';
import { bytesEqual } from './algorithms/bytes-search.ts';
import { compareBool } from './compare.ts';
import { TypeError } from './exception-types.ts';
import { indexKey, neverEqualsSimple, STRUCTURAL } from './index-key.ts';
import { fits, hasRoom, IntIndex } from './int-index.ts';
import { raiseTypeError, typeName } from './raise.ts';
import { BYTES_TYPE, TUPLE_TYPE } from './static-types.ts';
import { tableHash } from './tuple-hash.ts';

/** Up to so many entries `indexOf` finds a key as fast as a Map would, and the Map would be most of the table's memory. */
export const SMALL = 8;
/** Up to so many entries `indexOf` finds a 31-bit hash as fast as a Map would. */
export const FEW_HASHES = 24;
/** Entries of a table from which on the engine may have no room for another: it throws. */
const MANY = 1 << 22;
/** What a search returns when Python code changed the table meanwhile. */
const CHANGED = -2;

// The index of simple keys

/** Whether all keys are ints that an IntIndex takes. */
function areInts(keys: readonly Maybe[]): boolean {
  if (!hasRoom(keys.length)) return false;
  for (let entry = 0; entry < keys.length; entry++) if (keys[entry] !== undefined && !fits(keys[entry])) return false;
  return true;
}

/** Makes the index of a table, which finds its simple keys. */
export function buildIndex(table: HashTable): TableIndex {
  const { keys, structural } = table;
  return (table.index = structural === null && keys.length > SMALL && areInts(keys) ? new IntIndex(keys) : mapOf(keys, structural));
}

function mapOf(keys: readonly Maybe[], structural: StructuralKeys | null): Map<unknown, number> {
  const index = new Map<unknown, number>();
  for (let entry = 0; entry < keys.length; entry++) {
    const key = keys[entry];
    if (key === undefined || (structural !== null && structural.hashes[entry] !== NO_HASH)) continue;
    const simple = indexKey(key);
    // A class may have got an `__eq__` since.
    index.set(simple === STRUCTURAL ? key : simple, entry);
  }
  return index;
}

/** Adds the last entry, whose index key is not there yet, to an index. */
function extendIndex(table: HashTable, index: TableIndex, simple: unknown, entry: number): void {
  if (index instanceof Map) index.set(simple, entry);
  else if (index instanceof SharedIndex) table.index = mapOf(table.keys, table.structural);
  else if (simple === table.keys[entry] && fits(simple) && hasRoom(entry)) index.add(table.keys, simple);
  else table.index = mapOf(table.keys, table.structural);
}

/** Takes the key of an entry, which is still there, out of the index. */
function dropFromIndex(table: HashTable, simple: unknown, entry: number): void {
  const index = table.index instanceof SharedIndex ? (table.index = mapOf(table.keys, table.structural)) : table.index!;
  if (index instanceof Map) index.delete(simple);
  else (index as IntKeys).remove(table.keys, simple as number, entry);
}

/** The entry with this index key, or -1. @hot */
export function findSimple(table: HashTable, simple: unknown): number {
  const { index, keys } = table;
  if (index === null && keys.length <= SMALL) return keys.indexOf(simple as Value);
  const found = index === null ? buildIndex(table) : index;
  if (found instanceof Map || found instanceof SharedIndex) {
    const entry = (found instanceof Map ? found : found.entries).get(simple);
    return entry === undefined ? -1 : entry;
  }
  return fits(simple) ? found.find(keys, simple) : -1;
}

/** The entry of a number among few keys, or -1; by hand, as `indexOf` is a call. @hot */
function indexOfNumber(keys: readonly Maybe[], key: number): number {
  for (let i = 0; i < keys.length; i++) {
    const other = keys[i];
    if (typeof other === 'number' && other === key) return i;
  }
  return -1;
}

/** As `findSimple` for a number. @hot sets and dicts of ints */
function findNumber(table: HashTable, key: number): number {
  const { index, keys } = table;
  if (index instanceof IntIndex) return fits(key) ? index.find(keys, key) : -1;
  return index === null && keys.length <= SMALL ? indexOfNumber(keys, key) : findSimple(table, key);
}

/** The entry of a str key, or -1; never runs Python code. @hot */
export function tableFindStr(table: HashTable, name: string): number {
  return findSimple(table, name);
}

// Structural keys

/** The hash of a structural key; for an unhashable one the TypeError says what it was to be used for. */
function structuralHash(t: Thread, key: Value): number {
  try {
    return tableHash(t, key);
  } catch (caught) {
    if (!(caught instanceof PyBaseException) || caught.type !== TypeError) throw caught;
    const [message] = caught.args.items;
    return raiseTypeError(`cannot use '${typeName(key)}' as a dict key (${typeof message === 'string' ? message : ''})`);
  }
}

function addToBucket(buckets: Map<number, number | number[]>, hash: number, entry: number): void {
  const bucket = buckets.get(hash);
  if (bucket === undefined) buckets.set(hash, entry);
  else if (typeof bucket === 'number') buckets.set(hash, [bucket, entry]);
  else bucket.push(entry);
}

function buildBuckets(structural: StructuralKeys): Map<number, number | number[]> {
  const buckets = new Map<number, number | number[]>();
  const { hashes } = structural;
  for (let entry = 0; entry < hashes.length; entry++) if (hashes[entry] !== NO_HASH) addToBucket(buckets, hashes[entry]!, entry);
  structural.buckets = buckets;
  return buckets;
}

/** The entry with this hash, several entries, or none. */
export function entriesOfHash(structural: StructuralKeys, hash: number): number | readonly number[] | undefined {
  return (structural.buckets ?? buildBuckets(structural)).get(hash);
}

/** The entry of a structural key that equals `key`, or -1, or CHANGED. */
function findHashed(t: Thread, table: HashTable, key: Value, hash: number): number {
  const { structural } = table;
  if (structural === null) return -1;
  const { hashes } = structural;
  if (hashes.length > FEW_HASHES) return findInBucket(t, table, entriesOfHash(structural, hash), key);
  for (let entry = hashes.indexOf(hash); entry >= 0; entry = hashes.indexOf(hash, entry + 1)) {
    const found = entryEquals(t, table, entry, key);
    if (found !== -1) return found;
  }
  return -1;
}

function findInBucket(t: Thread, table: HashTable, bucket: number | readonly number[] | undefined, key: Value): number {
  if (bucket === undefined) return -1;
  if (typeof bucket === 'number') return entryEquals(t, table, bucket, key);
  for (const entry of bucket.slice()) {
    const found = entryEquals(t, table, entry, key);
    if (found !== -1) return found;
  }
  return -1;
}

/** Whether two keys are the same, tuples that hold the same items, or equal bytes: nearly all whose hashes are equal. */
export function areAlike(a: Maybe, b: Maybe): boolean {
  return a === b || haveAlikeItems(a, b, isSame) || areEqualBytes(a, b);
}

function areEqualBytes(a: Maybe, b: Maybe): boolean {
  return a instanceof PyBytes && b instanceof PyBytes && a.type === BYTES_TYPE && b.type === BYTES_TYPE && bytesEqual(a.value, b.value);
}

function haveAlikeItems(a: Maybe, b: Maybe, alike: (a: Value, b: Value) => boolean): boolean {
  if (!(a instanceof PyTuple) || !(b instanceof PyTuple)) return false;
  if (a.type !== TUPLE_TYPE || b.type !== TUPLE_TYPE) return false;
  const left = a.items;
  const right = b.items;
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i++) if (left[i] !== right[i] && !alike(left[i]!, right[i]!)) return false;
  return true;
}

/** Of items that are not identical: whether they are equal floats, or tuples of identical items. */
function isSame(a: Value, b: Value): boolean {
  if (a instanceof PyFloat) return b instanceof PyFloat && a.value === b.value && !a.type.flags.heapType && !b.type.flags.heapType;
  return haveAlikeItems(a, b, isOther);
}

function isOther(): boolean {
  return false;
}

function entryEquals(t: Thread, table: HashTable, entry: number, key: Value): number {
  const candidate = table.keys[entry];
  if (candidate === undefined) return -1;
  if (areAlike(candidate, key)) return entry;
  const version = table.version;
  const equal = compareBool(t, candidate, key, EQ);
  if (table.version !== version) return CHANGED;
  return equal ? entry : -1;
}

/** The entry of a str or number that an instance with `__eq__` equals. */
function findSimpleEqual(t: Thread, table: HashTable, key: Value, hash: number): number {
  const structural = table.structural;
  if (table.used === (structural === null ? 0 : structural.count) || neverEqualsSimple(key)) return -1;
  for (let entry = 0; entry < table.keys.length; entry++) {
    const candidate = table.keys[entry];
    if (candidate === undefined || (table.structural !== null && table.structural.hashes[entry] !== NO_HASH)) continue;
    if (tableHash(t, candidate) !== hash) continue;
    const found = entryEquals(t, table, entry, key);
    if (found !== -1) return found;
  }
  return -1;
}

/** The entry of a structural key with this hash, or -1. */
function findStructural(t: Thread, table: HashTable, key: Value, hash: number): number {
  for (;;) {
    const hashed = findHashed(t, table, key, hash);
    if (hashed === CHANGED) continue;
    if (hashed >= 0) return hashed;
    const simple = findSimpleEqual(t, table, key, hash);
    if (simple !== CHANGED) return simple;
  }
}

/** The entry of an instance with `__eq__` that a str, number or the like equals, or -1. */
function findStructuralForSimple(t: Thread, table: HashTable, key: Value): number {
  if (table.structural === null || !table.structural.mayEqualSimple) return -1;
  for (;;) {
    const found = findHashed(t, table, key, tableHash(t, key));
    if (found !== CHANGED) return found;
  }
}

// Reading

/** The entry number of `key`, or -1. May run `__hash__` and `__eq__`; raises TypeError for unhashable keys. @hot */
export function tableFind(t: Thread, table: HashTable, key: Value): number {
  if (key instanceof PyTuple && key.type === TUPLE_TYPE) return findStructural(t, table, key, structuralHash(t, key));
  const simple = indexKey(key);
  if (simple === STRUCTURAL) return findStructural(t, table, key, structuralHash(t, key));
  const entry = findSimple(table, simple);
  return entry >= 0 || table.structural === null ? entry : findStructuralForSimple(t, table, key);
}

/** The entry of a key, or -1; undefined where Python code may have to say. @hot */
export function tableFindSimple(table: HashTable, key: Value): number | undefined {
  const simple = typeof key === 'number' ? key : indexKey(key);
  if (simple === STRUCTURAL) return undefined;
  const entry = typeof simple === 'number' ? findNumber(table, simple) : findSimple(table, simple);
  return entry >= 0 || table.structural === null || !table.structural.mayEqualSimple ? entry : undefined;
}

/** As `tableFind` for the key of an entry of another table; does not run `__hash__`. */
export function tableFindFrom(t: Thread, table: HashTable, source: HashTable, entry: number): number {
  const key = source.keys[entry]!;
  const hash = source.structural === null ? NO_HASH : source.structural.hashes[entry]!;
  return hash === NO_HASH ? tableFind(t, table, key) : findStructural(t, table, key, hash);
}

/** The value under `key`, or undefined. @hot */
export function tableGet(t: Thread, table: HashTable, key: Value): Maybe {
  const entry = tableFind(t, table, key);
  return entry < 0 ? undefined : table.values[entry];
}

/** The value under a str key, for namespaces; never runs Python code. @hot */
export function tableGetStr(table: HashTable, name: string): Maybe {
  const entry = findSimple(table, name);
  return entry < 0 ? undefined : table.values[entry];
}

// Writing

/** Whether the entries are to be made dense before there is another one. */
function hasManyHoles({ keys, used }: HashTable): boolean {
  return keys.length > 32 && keys.length > 2 * used;
}

/** The number of a new last entry; `hash` is NO_HASH for a key that is not structural. */
function appendEntry(table: HashTable, key: Value, value: Maybe, hash: number): number {
  if (hasManyHoles(table)) compact(table);
  const entry = table.keys.length;
  if (table.keys === NO_ENTRIES) table.keys = firstItem(key);
  else table.keys.push(key);
  if (value !== undefined) {
    if (table.values === NO_ENTRIES) table.values = firstItem(value);
    else table.values.push(value);
  }
  if (table.structural !== null) table.structural.hashes.push(hash);
  table.used++;
  table.version++;
  return entry;
}

/** Adds a key that is not there yet and has an index key. @hot */
function addSimple(table: HashTable, simple: unknown, key: Value, value: Maybe): void {
  const entry = appendEntry(table, key, value, NO_HASH);
  if (table.index !== null) extendIndex(table, table.index, simple, entry);
  else if (simple !== key && entry < SMALL) buildIndex(table);
}

/** The hashes of a table that gets its first structural key: then not all of its keys are ints any more, as an IntIndex has them. */
function newStructural(table: HashTable): StructuralKeys {
  const structural = new StructuralKeys([], 0, false);
  if (table.index instanceof IntIndex) table.index = mapOf(table.keys, null);
  for (let i = 0; i < table.keys.length; i++) structural.hashes.push(NO_HASH);
  table.structural = structural;
  return structural;
}

/** Adds a structural key that is not there yet. */
function addStructural(table: HashTable, key: Value, value: Maybe, hash: number): void {
  const structural = table.structural ?? newStructural(table);
  const entry = appendEntry(table, key, value, hash);
  structural.count++;
  structural.mayEqualSimple ||= !neverEqualsSimple(key);
  if (structural.buckets !== null) addToBucket(structural.buckets, hash, entry);
}

/** Tells of a value to be set. As in CPython, the value that is there already is no change. */
function tellSet(watch: TableWatch, table: HashTable, entry: number, key: Value, value: Maybe): void {
  if (entry < 0) watch.tell(DICT_ADDED, key, value);
  else if (table.values[entry] !== value) watch.tell(DICT_MODIFIED, key, value);
}

/** Sets `key` to `value`; sets pass `undefined` as value. @hot */
export function tableSet(t: Thread, table: HashTable, key: Value, value: Maybe): void {
  if (typeof key === 'number' && tableSetSimple(table, key, value)) return;
  const simple = indexKey(key);
  if (simple === STRUCTURAL) return setStructural(t, table, key, value, structuralHash(t, key));
  let entry = findSimple(table, simple);
  if (entry < 0 && table.structural !== null) entry = findStructuralForSimple(t, table, key);
  if (table.watch !== null) tellSet(table.watch, table, entry, key, value);
  if (entry < 0) addSimple(table, simple, key, value);
  else if (value !== undefined) table.values[entry] = value;
}

/** As `setInt` for a table of few keys without an index. */
function setIntOfFew(table: HashTable, key: number, value: Maybe): boolean {
  const { keys } = table;
  const entry = indexOfNumber(keys, key);
  if (entry < 0) {
    if (keys.length >= SMALL) return false;
    appendEntry(table, key, value, NO_HASH);
  } else if (value !== undefined) table.values[entry] = value;
  return true;
}

/** As `tableSetSimple` for a table that has ints only, or few keys and no index. @hot sets and dicts of ints */
function setInt(table: HashTable, key: number, value: Maybe): boolean {
  const { index, keys } = table;
  if (table.structural !== null || !fits(key)) return false;
  if (index === null) return keys.length <= SMALL && setIntOfFew(table, key, value);
  if (!(index instanceof IntIndex) || hasManyHoles(table)) return false;
  const entry = index.findOrAdd(keys, key);
  if (entry < 0) {
    keys.push(key);
    if (value !== undefined) table.values.push(value);
    table.used++;
    table.version++;
  } else if (value !== undefined) table.values[entry] = value;
  return true;
}

/** As `tableSet` where no Python code may have to say, nobody watches, and there is room; false, with nothing done, where that is otherwise. @hot assignments in compiled code */
export function tableSetSimple(table: HashTable, key: Value, value: Maybe): boolean {
  if (table.watch !== null || table.keys.length >= MANY) return false;
  if (typeof key === 'number' && setInt(table, key, value)) return true;
  const simple = indexKey(key);
  if (simple === STRUCTURAL) return false;
  const entry = findSimple(table, simple);
  if (entry < 0) {
    if (table.structural !== null && table.structural.mayEqualSimple) return false;
    addSimple(table, simple, key, value);
  } else if (value !== undefined) table.values[entry] = value;
  return true;
}

/** As `tableSetSimple` for a key whose entry is known, -1 where there is none; `hash` is NO_HASH for a key with an index key. @hot counts, memos, marks */
export function tableSetAt(table: HashTable, entry: number, key: Value, value: Maybe, hash: number): boolean {
  if (table.watch !== null || table.keys.length >= MANY) return false;
  if (entry < 0) {
    if (hash === NO_HASH) addSimple(table, indexKey(key), key, value);
    else addStructural(table, key, value, hash);
  } else if (value !== undefined) table.values[entry] = value;
  return true;
}

/** Adds 1 to the number under a key, or sets it to 1; false, with nothing done, where Python code may have to say, somebody watches, or it is no number that can be counted on. @hot Counter */
export function tableCount(table: HashTable, key: Value): boolean {
  if (table.watch !== null || table.structural !== null) return false;
  const simple = indexKey(key);
  if (simple === STRUCTURAL) return false;
  const entry = findSimple(table, simple);
  if (entry < 0) addSimple(table, simple, key, 1);
  else {
    const count = table.values[entry]!;
    if (typeof count !== 'number' || count >= Number.MAX_SAFE_INTEGER) return false;
    table.values[entry] = count + 1;
  }
  return true;
}

function setStructural(t: Thread, table: HashTable, key: Value, value: Maybe, hash: number): void {
  const entry = findStructural(t, table, key, hash);
  if (table.watch !== null) tellSet(table.watch, table, entry, key, value);
  if (entry < 0) addStructural(table, key, value, hash);
  else if (value !== undefined) table.values[entry] = value;
}

/** Sets the key of an entry of another table to a value (undefined in sets); does not run `__hash__`. */
export function tableSetFrom(t: Thread, table: HashTable, source: HashTable, entry: number, value?: Maybe): void {
  const hash = source.structural === null ? NO_HASH : source.structural.hashes[entry]!;
  if (hash === NO_HASH) tableSet(t, table, source.keys[entry]!, value);
  else setStructural(t, table, source.keys[entry]!, value, hash);
}

/** As `tableSetFrom` for a key that is known not to be in the table, which nobody watches; looks nothing up. */
export function tableAddFrom(table: HashTable, source: HashTable, entry: number): void {
  const key = source.keys[entry]!;
  const hash = source.structural === null ? NO_HASH : source.structural.hashes[entry]!;
  if (hash !== NO_HASH) return addStructural(table, key, undefined, hash);
  const simple = indexKey(key);
  addSimple(table, simple === STRUCTURAL ? key : simple, key, undefined);
}

/** Sets a str key, for namespaces; never runs Python code. @hot */
export function tableSetStr(table: HashTable, name: string, value: Value): void {
  const entry = findSimple(table, name);
  if (table.watch !== null) tellSet(table.watch, table, entry, name, value);
  if (entry < 0) addSimple(table, name, name, value);
  else table.values[entry] = value;
}

/** Sets the value of an entry that is there; nobody is told. */
export function tableSetValue(table: HashTable, entry: number, value: Value): void {
  table.values[entry] = value;
}

// Removing

function removeFromBucket(buckets: Map<number, number | number[]>, hash: number, entry: number): void {
  const bucket = buckets.get(hash);
  if (typeof bucket === 'number') buckets.delete(hash);
  else if (bucket !== undefined) {
    bucket.splice(bucket.indexOf(entry), 1);
    if (bucket.length === 0) buckets.delete(hash);
  }
}

function removeStructural(structural: StructuralKeys, entry: number): void {
  if (structural.buckets !== null) removeFromBucket(structural.buckets, structural.hashes[entry]!, entry);
  structural.hashes[entry] = NO_HASH;
  structural.count--;
}

function removeEntry(table: HashTable, entry: number): void {
  const { keys, values, structural } = table;
  keys[entry] = undefined;
  if (entry < values.length) values[entry] = undefined;
  table.used--;
  table.version++;
  while (keys.length > 0 && keys[keys.length - 1] === undefined) {
    keys.pop();
    if (values.length > keys.length) values.pop();
    if (structural !== null) structural.hashes.pop();
  }
}

/** Removes entry number `entry`, which holds a live key. */
export function tableRemoveAt(table: HashTable, entry: number): void {
  const key = table.keys[entry]!;
  const { structural } = table;
  table.watch?.tell(DICT_DELETED, key, undefined);
  if (structural !== null && structural.hashes[entry] !== NO_HASH) removeStructural(structural, entry);
  else {
    // Few keys may be left, and among them one that is not its own index key (INV-4).
    if (table.index === null && table.keys.length > SMALL) buildIndex(table);
    const simple = indexKey(key);
    if (table.index !== null) dropFromIndex(table, simple === STRUCTURAL ? key : simple, entry);
  }
  removeEntry(table, entry);
}

/** Removes `key`; false when it was not there. */
export function tableDelete(t: Thread, table: HashTable, key: Value): boolean {
  const entry = tableFind(t, table, key);
  if (entry < 0) return false;
  tableRemoveAt(table, entry);
  return true;
}

/** Removes a str key; false when it was not there. Never runs Python code. */
export function tableDeleteStr(table: HashTable, name: string): boolean {
  const entry = findSimple(table, name);
  if (entry < 0) return false;
  table.watch?.tell(DICT_DELETED, name, undefined);
  if (table.index !== null) dropFromIndex(table, name, entry);
  removeEntry(table, entry);
  return true;
}

/** Empties the table. */
export function tableClear(table: HashTable): void {
  if (table.keys.length > 0) table.watch?.tell(DICT_CLEARED, undefined, undefined);
  table.keys = NO_ENTRIES;
  table.values = NO_ENTRIES;
  table.used = 0;
  table.index = null;
  table.structural = null;
  table.version++;
}

/** Those of the entries that still have a key. */
function live<T>(entries: readonly T[], keys: readonly Maybe[]): T[] {
  const kept: T[] = [];
  for (let i = 0; i < keys.length; i++) if (keys[i] !== undefined) kept.push(entries[i]!);
  return kept;
}

/** Drops deleted entries, so that entry numbers are dense again. */
function compact(table: HashTable): void {
  const { keys, values, structural } = table;
  table.keys = live(keys, keys);
  if (values.length > 0) table.values = live(values, keys);
  if (structural !== null) {
    structural.hashes = live(structural.hashes, keys);
    structural.buckets = null;
  }
  buildIndex(table);
  table.version++;
}

/** A copy with the same keys and values; runs no Python code. */
export function tableCopy(table: HashTable): HashTable {
  const copy = new HashTable();
  const { structural } = table;
  if (table.keys.length === 0) return copy;
  copy.keys = table.keys.slice();
  if (table.values.length > 0) copy.values = table.values.slice();
  copy.used = table.used;
  if (structural !== null) copy.structural = new StructuralKeys(structural.hashes.slice(), structural.count, structural.mayEqualSimple);
  if (table.index instanceof SharedIndex) copy.index = table.index;
  else if (table.index instanceof IntIndex) copy.index = table.index.copy();
  else if (table.index !== null && table.keys.length <= SMALL) buildIndex(copy);
  return copy;
}

// Walking

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
  const { keys } = table;
  if (table.used === keys.length) return keys.slice() as Value[];
  const live: Value[] = [];
  for (let i = 0; i < keys.length; i++) if (keys[i] !== undefined) live.push(keys[i]!);
  return live;
}
