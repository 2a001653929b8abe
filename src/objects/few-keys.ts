/**
 * Algebra on small sets all of whose items are structural keys, nearly always tuples of ints and strs (as boards and graphs have them): by their hashes, without
 * looking up one after the other. Whatever takes more than that to decide is left to the general way: null.
 */
import { HashTable, StructuralKeys } from '../core/containers.ts';
import type { Maybe } from '../core/value.ts';
import { areAlike } from './hash-table.ts';

/** Up to so many hashes `indexOf` finds one as fast as a table would. */
export const FEW = 32;

/** What a table that this file is for knows of its keys, with its bits up to date; null for others. */
function fewOf(table: HashTable): StructuralKeys | null {
  const { structural } = table;
  if (structural === null || structural.count !== table.used || table.keys.length !== table.used || table.used > FEW || structural.mayEqualSimple) return null;
  if (structural.markedAt !== table.version) mark(structural, table.version);
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

/** Whether `key` is among `keys`; null where that takes more than comparing items by identity. */
function has(keys: readonly Maybe[], structural: StructuralKeys, key: Maybe, hash: number): boolean | null {
  if (((isHigh(hash) ? structural.high : structural.low) & (1 << (hash & 31))) === 0) return false;
  const at = structural.hashes.indexOf(hash);
  return at < 0 ? false : areAlike(keys[at], key) ? true : null;
}

/** `a <= b` @hot boards and graphs */
export function isSubsetOfFew(a: HashTable, b: HashTable): boolean | null {
  const left = fewOf(a);
  const right = fewOf(b);
  if (left === null || right === null) return null;
  if ((left.low & ~right.low) !== 0 || (left.high & ~right.high) !== 0) return false;
  for (let i = 0; i < left.hashes.length; i++) {
    const found = has(b.keys, right, a.keys[i], left.hashes[i]!);
    if (found !== true) return found;
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

/** The keys of `a` that are in `b`, or those that are not. @hot boards and graphs */
export function selectFew(a: HashTable, b: HashTable, present: boolean): HashTable | null {
  const left = fewOf(a);
  const right = fewOf(b);
  if (left === null || right === null) return null;
  const keys: Maybe[] = [];
  const hashes: number[] = [];
  for (let i = 0; i < left.hashes.length; i++) {
    const hash = left.hashes[i]!;
    const found = has(b.keys, right, a.keys[i], hash);
    if (found === null) return null;
    if (found !== present) continue;
    keys.push(a.keys[i]);
    hashes.push(hash);
  }
  return tableOf(keys, hashes);
}
