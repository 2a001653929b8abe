/**
 * Algebra on small sets all of whose items are structural keys, nearly always tuples of ints and strs (as boards and graphs have them): by their hashes, without
 * looking up one after the other. Whatever takes more than that to decide is left to the general way: null.
 */
import { HashTable, StructuralKeys } from '../core/containers.ts';
import type { Maybe } from '../core/value.ts';
import { areAlike } from './hash-table.ts';

/** Up to so many hashes `indexOf` finds one as fast as a table would. */
export const FEW = 32;

/** What a table that this file is for knows of its keys, with its bits up to date; null for others. Only tables that it is for are ever marked. */
function fewOf(table: HashTable): StructuralKeys | null {
  const { structural } = table;
  return structural === null || structural.markedAt === table.version ? structural : marked(table, structural);
}

function marked(table: HashTable, structural: StructuralKeys): StructuralKeys | null {
  if (structural.count !== table.used || table.keys.length !== table.used || table.used > FEW || structural.mayEqualSimple) return null;
  mark(structural, table.version);
  return structural;
}

/** Which of the 64 bits a hash sets. */
function isHigh(hash: number): boolean {
  return (hash & 32) !== 0;
}

function mark(structural: StructuralKeys, version: number): void {
  const { hashes } = structural;
  let low = 0;
  let high = 0;
  for (let i = 0; i < hashes.length; i++) {
    const hash = hashes[i]!;
    if (isHigh(hash)) high |= 1 << (hash & 31);
    else low |= 1 << (hash & 31);
  }
  structural.low = low;
  structural.high = high;
  structural.markedAt = version;
}

/** The place of a hash; by hand, as `indexOf` is a call. */
function placeOf(hashes: readonly number[], hash: number): number {
  for (let i = 0; i < hashes.length; i++) if (hashes[i] === hash) return i;
  return -1;
}

/** Where `key` is among `keys`, or -1; null where that takes more than comparing items by identity. */
function find(keys: readonly Maybe[], structural: StructuralKeys, key: Maybe, hash: number): number | null {
  if (((isHigh(hash) ? structural.high : structural.low) & (1 << (hash & 31))) === 0) return -1;
  const at = placeOf(structural.hashes, hash);
  return at < 0 || areAlike(keys[at], key) ? at : null;
}

/** `a <= b` @hot boards and graphs */
export function isSubsetOfFew(a: HashTable, b: HashTable): boolean | null {
  const left = fewOf(a);
  const right = fewOf(b);
  if (left === null || right === null) return null;
  if ((left.low & ~right.low) !== 0 || (left.high & ~right.high) !== 0) return false;
  for (let i = 0; i < left.hashes.length; i++) {
    const found = find(b.keys, right, a.keys[i], left.hashes[i]!);
    if (found === null || found < 0) return found === null ? null : false;
  }
  return true;
}

function tableOf(keys: Maybe[], hashes: number[]): HashTable {
  const table = new HashTable();
  if (keys.length === 0) return table;
  table.keys = keys;
  table.used = keys.length;
  table.structural = new StructuralKeys(hashes, keys.length, false);
  return table;
}

/** Which of the entries of `a` have keys that are in `b`, one bit each; null where that takes more to say. The smaller table is walked. */
function commonEntries(a: HashTable, left: StructuralKeys, b: HashTable, right: StructuralKeys): number | null {
  let common = 0;
  const isSmaller = b.used < a.used;
  const { hashes } = isSmaller ? right : left;
  for (let i = 0; i < hashes.length; i++) {
    const found: number | null = isSmaller ? find(a.keys, left, b.keys[i], hashes[i]!) : find(b.keys, right, a.keys[i], hashes[i]!);
    if (found === null) return null;
    if (found >= 0) common |= 1 << (isSmaller ? found : i);
  }
  return common;
}

/** The entries of `table` whose bits are set in `entries`. */
function keep({ keys, used }: HashTable, { hashes }: StructuralKeys, entries: number): HashTable {
  const keptKeys = keys.slice();
  const keptHashes = hashes.slice();
  let count = 0;
  for (let i = 0; i < used; i++) {
    if ((entries & (1 << i)) === 0) continue;
    keptKeys[count] = keys[i];
    keptHashes[count] = hashes[i]!;
    count++;
  }
  for (let i = count; i < used; i++) {
    keptKeys.pop();
    keptHashes.pop();
  }
  return tableOf(keptKeys, keptHashes);
}

/** The keys of `a` that are in `b`, or those that are not. @hot boards and graphs */
export function selectFew(a: HashTable, b: HashTable, present: boolean): HashTable | null {
  const left = fewOf(a);
  const right = fewOf(b);
  if (left === null || right === null) return null;
  const common = commonEntries(a, left, b, right);
  return common === null ? null : keep(a, left, present ? common : ~common);
}
