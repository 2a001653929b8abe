/**
 * Algebra on tables whose keys need no Python code to be told apart: strs, numbers, None, objects that equal themselves alone, and tuples of such. The tables are walked as they
 * lie, and what comes out is put together without looking anything up. Whatever takes more than that is left to the general way: null.
 */
import { HashTable, NO_HASH, StructuralKeys, type IntKeys, type TableIndex } from '../core/containers.ts';
import type { Maybe, Value } from '../core/value.ts';
import { areAlike, buildIndex, entriesOfHash, findSimple, SMALL } from './hash-table.ts';
import { indexKey, STRUCTURAL } from './index-key.ts';
import { fits, IntIndex } from './int-index.ts';

/** Whether two tables are left to the general way: they may have instances with an `__eq__`, or have so few keys that it is as fast. */
function areOthers(a: HashTable, b: HashTable): boolean {
  return (a.used <= SMALL && b.used <= SMALL) || mayAskInstances(a, b);
}

/** Whether instances with an `__eq__` may have to be asked. */
function mayAskInstances(a: HashTable, b: HashTable): boolean {
  return (a.structural !== null && a.structural.mayEqualSimple) || (b.structural !== null && b.structural.mayEqualSimple);
}

function intsOf(table: HashTable): IntKeys | null {
  const index: TableIndex | null = table.index ?? (table.keys.length > SMALL ? buildIndex(table) : null);
  return index instanceof IntIndex ? index : null;
}

/** Whether a key is in the table; null where Python code has to say. */
function has(table: HashTable, key: Value, hash: number): boolean | null {
  if (hash !== NO_HASH) {
    if (table.structural === null) return false;
    const entries = entriesOfHash(table.structural, hash);
    if (typeof entries !== 'number') return entries === undefined ? false : null;
    return areAlike(table.keys[entries], key) ? true : null;
  }
  const simple = indexKey(key);
  // A class may have got an `__eq__` since.
  return simple === STRUCTURAL ? null : findSimple(table, simple) >= 0;
}

/** A table of these keys, which are all different, with their hashes where some are structural. */
function tableOf(keys: Maybe[], hashes: number[] | null): HashTable {
  const table = new HashTable();
  if (keys.length === 0) return table;
  table.keys = keys;
  table.used = keys.length;
  if (hashes !== null) {
    let count = 0;
    for (let i = 0; i < hashes.length; i++) if (hashes[i] !== NO_HASH) count++;
    if (count > 0) table.structural = new StructuralKeys(hashes, count, false);
  }
  // A few keys are looked for among themselves, unless one of them has another index key.
  if (keys.length <= SMALL && hasForeign(keys, hashes)) buildIndex(table);
  return table;
}

function hasForeign(keys: readonly Maybe[], hashes: readonly number[] | null): boolean {
  for (let i = 0; i < keys.length; i++) if (isForeign(keys[i]!, hashes === null ? NO_HASH : hashes[i]!)) return true;
  return false;
}

function isForeign(key: Value, hash: number): boolean {
  return hash === NO_HASH && indexKey(key) !== key;
}

/** The keys of `walked` that are in `probed`, or those that are not. @hot sets of ints and strs */
export function selectSimple(walked: HashTable, probed: HashTable, present: boolean): HashTable | null {
  return areOthers(walked, probed) ? null : selectQuietly(walked, probed, present);
}

/** As `selectSimple`, however few keys there are: null only where Python code has to say. */
export function selectQuietly(walked: HashTable, probed: HashTable, present: boolean): HashTable | null {
  if (mayAskInstances(walked, probed)) return null;
  const ints = intsOf(probed);
  const { keys } = walked;
  const hashes = walked.structural === null ? null : walked.structural.hashes;
  const kept: Maybe[] = [];
  const keptHashes: number[] | null = hashes === null ? null : [];
  for (let entry = 0; entry < keys.length; entry++) {
    const key = keys[entry];
    if (key === undefined) continue;
    const hash = hashes === null ? NO_HASH : hashes[entry]!;
    const found = ints !== null && fits(key) ? ints.find(probed.keys, key) >= 0 : has(probed, key, hash);
    if (found === null) return null;
    if (found !== present) continue;
    kept.push(key);
    if (keptHashes !== null) keptHashes.push(hash);
  }
  return tableOf(kept, keptHashes);
}

/** Whether each key of `a` is in `b`. @hot */
export function isSubsetOfSimple(a: HashTable, b: HashTable): boolean | null {
  return areOthers(a, b) ? null : isSubsetQuietly(a, b);
}

/** As `isSubsetOfSimple`, however few keys there are: null only where Python code has to say. */
export function isSubsetQuietly(a: HashTable, b: HashTable): boolean | null {
  if (mayAskInstances(a, b)) return null;
  const ints = intsOf(b);
  const { keys } = a;
  const hashes = a.structural === null ? null : a.structural.hashes;
  for (let entry = 0; entry < keys.length; entry++) {
    const key = keys[entry];
    if (key === undefined) continue;
    const found = ints !== null && fits(key) ? ints.find(b.keys, key) >= 0 : has(b, key, hashes === null ? NO_HASH : hashes[entry]!);
    if (found !== true) return found;
  }
  return true;
}

function hashesOf({ keys, structural }: HashTable): number[] {
  return structural === null ? keys.map(() => NO_HASH) : structural.hashes;
}

/** The keys of `a` and those of `b`, none of which is in `a`; both have no holes, and passed `selectSimple`. */
export function joinSimple(a: HashTable, b: HashTable): HashTable {
  const hashes = a.structural === null && b.structural === null ? null : hashesOf(a).concat(hashesOf(b));
  return tableOf(a.keys.concat(b.keys), hashes);
}

/** The keys of either; as in `a` where they are in both. @hot sets of ints and strs */
export function unionSimple(a: HashTable, b: HashTable): HashTable | null {
  if (a.used !== a.keys.length) return null;
  const added = selectSimple(b, a, /* present */ false);
  return added === null ? null : joinSimple(a, added);
}
