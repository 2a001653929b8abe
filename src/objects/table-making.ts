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

/** Lists of str keys met lately, by their length: records of one kind have the same keys in the same order, which need not be told apart anew. */
export class KeyLists {
  private readonly lists: (readonly string[])[] = Array.from({ length: SMALL + 1 }, () => []);

  /** A table of the keys from `from` up to `to` and their values; a key that is there twice has its last value. It takes the values over. */
  table(t: Thread, keys: readonly string[], from: number, to: number, values: Value[]): HashTable {
    const table = new HashTable();
    if (from === to) return table;
    const own = to - from <= SMALL ? this.distinct(keys, from, to) : null;
    if (own !== null) return fillTable(table, own, values);
    for (let i = from; i < to; i++) tableSet(t, table, keys[i]!, values[i - from]!);
    return table;
  }

  /** The keys as an array of their own; null where one is there twice. */
  private distinct(keys: readonly string[], from: number, to: number): string[] | null {
    const count = to - from;
    const known = this.lists[count]!;
    if (known.length === count && isPart(known, keys, from)) return known.slice();
    const own = keys.slice(from, to);
    for (let i = 1; i < count; i++) if (own.indexOf(own[i]!) < i) return null;
    this.lists[count] = own;
    return own.slice();
  }
}

/** Whether the items of a list stand in another from a place on. */
function isPart(list: readonly string[], other: readonly string[], from: number): boolean {
  for (let i = 0; i < list.length; i++) if (list[i] !== other[from + i]) return false;
  return true;
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
