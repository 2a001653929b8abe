/**
 * Algebra on small sets all of whose items are structural keys, nearly always tuples of ints and strs (as boards and graphs have them): by their hashes, without
 * looking up one after the other. Whatever takes more than that to decide is left to the general way: null.
 */
import { HashTable, StructuralKeys } from '../core/containers.ts';
import type { Maybe } from '../core/value.ts';
import { areAlike } from './hash-table.ts';

/** Up to so many hashes `indexOf` finds one as fast as a table would. */
export const FEW = 32;

/** The hashes of a table that this file is for; null for others. */
function hashesOf(table: HashTable): readonly number[] | null {
  const { structural } = table;
  return structural !== null && structural.count === table.used && table.keys.length === table.used && table.used <= FEW && !structural.mayEqualSimple ? structural.hashes : null;
}

/** Whether `key` is among `keys`; null where that takes more than comparing items by identity. */
function has(keys: readonly Maybe[], hashes: readonly number[], key: Maybe, hash: number): boolean | null {
  const at = hashes.indexOf(hash);
  return at < 0 ? false : areAlike(keys[at], key) ? true : null;
}

/** `a <= b` */
export function isSubsetOfFew(a: HashTable, b: HashTable): boolean | null {
  const left = hashesOf(a);
  const right = hashesOf(b);
  if (left === null || right === null) return null;
  for (let i = 0; i < left.length; i++) {
    const found = has(b.keys, right, a.keys[i], left[i]!);
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

/** The keys of `a` that are in `b`, or those that are not. */
export function selectFew(a: HashTable, b: HashTable, present: boolean): HashTable | null {
  const left = hashesOf(a);
  const right = hashesOf(b);
  if (left === null || right === null) return null;
  const keys: Maybe[] = [];
  const hashes: number[] = [];
  for (let i = 0; i < left.length; i++) {
    const found = has(b.keys, right, a.keys[i], left[i]!);
    if (found === null) return null;
    if (found !== present) continue;
    keys.push(a.keys[i]);
    hashes.push(left[i]!);
  }
  return tableOf(keys, hashes);
}
