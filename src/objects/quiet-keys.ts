/**
 * Looking keys up and setting them without running Python code: keys that have an index key, and tuples of builtin values. What cannot be decided so is left: undefined, or false, and
 * nothing is done.
 */
import { NO_HASH, PyTuple, type HashTable } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { areAlike, FEW_HASHES, entriesOfHash, tableFindSimple, tableSetAt, tableSetSimple } from './hash-table.ts';
import { quietTupleHash } from './tuple-hash.ts';

/** The entry of a tuple with this hash, or -1. */
function findTuple({ keys, structural }: HashTable, key: PyTuple, hash: number): number | undefined {
  if (structural === null) return -1;
  const { hashes } = structural;
  if (hashes.length <= FEW_HASHES) return settle(keys, key, hashes.indexOf(hash));
  const entries = entriesOfHash(structural, hash);
  return entries === undefined ? -1 : typeof entries === 'number' ? settle(keys, key, entries) : undefined;
}

/** The only entry with the hash of a tuple, or -1 for none; undefined where it is another tuple, or may equal it: Python code says. */
function settle(keys: readonly Maybe[], key: PyTuple, entry: number): number | undefined {
  return entry < 0 || areAlike(keys[entry], key) ? entry : undefined;
}

/** The entry of a key, or -1. @hot subscriptions, `in` */
export function tableFindQuiet(t: Thread, table: HashTable, key: Value): number | undefined {
  if (!(key instanceof PyTuple)) return tableFindSimple(table, key);
  const hash = quietTupleHash(t, key);
  return hash === -1 ? undefined : findTuple(table, key, hash);
}

/** Sets `key` to `value`; sets pass `undefined` as value. @hot assignments to subscriptions, marks */
export function tableSetQuiet(t: Thread, table: HashTable, key: Value, value: Maybe): boolean {
  if (!(key instanceof PyTuple)) return tableSetSimple(table, key, value);
  const hash = quietTupleHash(t, key);
  const entry = hash === -1 ? undefined : findTuple(table, key, hash);
  return entry !== undefined && tableSetAt(table, entry, key, value, hash);
}

/** As `tableSetQuiet` for a key whose entry `tableFindQuiet` has given, since when nothing was changed. @hot counts, memos, marks */
export function tableSetQuietAt(t: Thread, table: HashTable, entry: number, key: Value, value: Maybe): boolean {
  return tableSetAt(table, entry, key, value, entry < 0 && key instanceof PyTuple ? quietTupleHash(t, key) : NO_HASH);
}
