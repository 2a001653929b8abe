/** Tables that are made of all their keys and values at once: dict displays, keyword arguments, records of named fields. */
import { HashTable, noEntries, type SharedIndex } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { SMALL, tableSet } from './hash-table.ts';

function blank(count: number): undefined[] {
  const entries = noEntries() as undefined[];
  for (let i = 0; i < count; i++) entries.push(undefined);
  return entries;
}

/** Arrays of up to SMALL entries, to be copied: V8 has no other way to make a packed array of a given size without slack. */
const BLANKS: readonly (readonly undefined[])[] = Array.from({ length: SMALL + 1 }, (_, count) => blank(count));

/** A table of alternating keys and values, from `from` up to `to`; a key that is there twice has its last value. */
export function tableOfPairs(t: Thread, pairs: readonly Value[], from = 0, to = pairs.length): HashTable {
  const table = new HashTable();
  const count = (to - from) >> 1;
  if (count === 0) return table;
  if (count > SMALL) return addPairs(t, table, pairs, from, to);
  const keys: Maybe[] = BLANKS[count]!.slice();
  const values: Maybe[] = BLANKS[count]!.slice();
  for (let i = 0; i < count; i++) {
    const key = pairs[from + 2 * i]!;
    if (typeof key !== 'string' || keys.indexOf(key) >= 0) return addPairs(t, table, pairs, from, to);
    keys[i] = key;
    values[i] = pairs[from + 2 * i + 1]!;
  }
  return fillTable(table, keys, values);
}

function addPairs(t: Thread, table: HashTable, pairs: readonly Value[], from: number, to: number): HashTable {
  for (let i = from; i < to; i += 2) tableSet(t, table, pairs[i]!, pairs[i + 1]!);
  return table;
}

function fillTable(table: HashTable, keys: Maybe[], values: Maybe[]): HashTable {
  table.keys = keys;
  table.values = values;
  table.used = keys.length;
  return table;
}

/** A table of str keys, none twice, and their values; it takes the arrays over. `source` has an index of these names. */
export function tableOfStrings(names: string[], values: Value[], source: { tableIndex(): SharedIndex } | null = null): HashTable {
  const table = new HashTable();
  if (names.length === 0) return table;
  // Few names are found without.
  if (source !== null && names.length > SMALL) table.index = source.tableIndex();
  return fillTable(table, names, values);
}
