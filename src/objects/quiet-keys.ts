/**
 * Looking keys up and setting them without running Python code: keys that have an index key, tuples of builtin values, and bytes. What cannot be decided so is left: undefined, or false, and
 * nothing is done.
 */
import { NO_HASH, PyTuple, type HashTable } from '../core/containers.ts';
import type { PyBytes } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { areAlike, FEW_HASHES, entriesOfHash, tableFindSimple, tableSetAt, tableSetSimple } from './hash-table.ts';
import { BYTES_TYPE } from './static-types.ts';
import { quietTupleHash, tableHash } from './tuple-hash.ts';

/** Whether a key is found by its contents. */
function hasContents(key: Value): key is PyTuple | PyBytes {
  return typeof key === 'object' && key !== null && (key instanceof PyTuple || key.type === BYTES_TYPE);
}

/** As `tableHash`; -1, and nothing done, where Python code may have to say. */
function contentsHash(t: Thread, key: PyTuple | PyBytes): number {
  return key instanceof PyTuple ? quietTupleHash(t, key) : tableHash(t, key);
}

/** The entry of a tuple or bytes with this hash, or -1. */
function findContents({ keys, structural }: HashTable, key: PyTuple | PyBytes, hash: number): number | undefined {
  if (structural === null) return -1;
  const { hashes } = structural;
  if (hashes.length <= FEW_HASHES) return settle(keys, key, hashes.indexOf(hash));
  const entries = entriesOfHash(structural, hash);
  return entries === undefined ? -1 : typeof entries === 'number' ? settle(keys, key, entries) : undefined;
}

/** The only entry with the hash of a key, or -1 for none; undefined where it is another key, or may equal it: Python code says. */
function settle(keys: readonly Maybe[], key: PyTuple | PyBytes, entry: number): number | undefined {
  return entry < 0 || areAlike(keys[entry], key) ? entry : undefined;
}

/** The entry of a key, or -1. @hot subscriptions, `in` */
export function tableFindQuiet(t: Thread, table: HashTable, key: Value): number | undefined {
  if (!hasContents(key)) return tableFindSimple(table, key);
  const hash = contentsHash(t, key);
  return hash === -1 ? undefined : findContents(table, key, hash);
}

/** Sets `key` to `value`; sets pass `undefined` as value. @hot assignments to subscriptions, marks */
export function tableSetQuiet(t: Thread, table: HashTable, key: Value, value: Maybe): boolean {
  if (!hasContents(key)) return tableSetSimple(table, key, value);
  const hash = contentsHash(t, key);
  const entry = hash === -1 ? undefined : findContents(table, key, hash);
  return entry !== undefined && tableSetAt(table, entry, key, value, hash);
}

/** As `tableSetQuiet` for a key whose entry `tableFindQuiet` has given, since when nothing was changed. @hot counts, memos, marks */
export function tableSetQuietAt(t: Thread, table: HashTable, entry: number, key: Value, value: Maybe): boolean {
  return tableSetAt(table, entry, key, value, entry < 0 && hasContents(key) ? contentsHash(t, key) : NO_HASH);
}
