/**
 * Records of the builtin containers. Behaviour lives in `objects/`; nothing here runs Python code.
 *
 * Every container reaches its storage through an accessor (`items`, `table`) that decodes a shared immortal object on first use:
 * `pending` holds the decoder until then, so an unread object received from another interpreter costs one small record.
 */
import { exactFloat } from './scalars.ts';
import { linkToPyObject, PyObject, type Int, type Maybe, type Value } from './value.ts';
import type { PyType } from './type.ts';
import type { TableWatch } from './watch.ts';

/** Where a container's content comes from while it has not been read here: a view of the immortal heap. */
export interface Pending {
  /** The immortal heap address, sent on by reference without decoding. */
  readonly address: number;
  /** Decodes one level: elements that are containers become records with a `Pending` of their own. */
  decodeItems(): Value[];
  decodeTable(): HashTable;
  /** Number of elements, read without decoding. */
  readonly length: number;
  /** A dict all of whose keys are str: `find` works. */
  readonly indexed: boolean;
  /** The value under a str key of an indexed dict, read in place. */
  find(key: string): Maybe;
}

const NO_ITEMS: Value[] = [];

function boxed(doubles: readonly number[]): Value[] {
  const items: Value[] = [];
  for (let i = 0; i < doubles.length; i++) items.push(exactFloat(doubles[i]!));
  return items;
}

/** `tuple` and its subclasses. */
export class PyTuple {
  type: PyType;
  dict: PyDict | null;
  pending: Pending | null;
  identity: number;
  private own: Value[];
  /** The halves of the hash, as tuples never change; both -1, which no hash is, until computed (`objects/tuple-hash.ts`). */
  hashHigh: number;
  hashLow: number;

  constructor(type: PyType, items: Value[]) {
    this.type = type;
    this.dict = null;
    this.pending = null;
    this.identity = 0;
    this.hashHigh = -1;
    this.hashLow = -1;
    this.own = items;
  }

  get items(): Value[] {
    if (this.pending !== null) this.decode();
    return this.own;
  }

  set items(items: Value[]) {
    this.own = items;
  }

  private decode(): void {
    if (this.pending === null) return;
    this.own = this.pending.decodeItems();
    this.pending = null;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyTuple extends PyObject {}
linkToPyObject(PyTuple);

/**
 * Items beyond this in one array raise MemoryError: V8 ends the process, without an exception, when an array that grows would need more than 2**27 - 3
 * slots. It grows to one and a half times its size, plus 16, when it is full: one that was filled by pushing has 112,813,858 slots when it comes here.
 */
export const MAX_ITEMS = 112_000_000;

/**
 * `list`; `frozen` lists refuse writes (`ladon.freeze`).
 *
 * Floats that compiled code puts into a list may be kept raw, in `doubles`: without an object each, in an array that V8 keeps as 64-bit floats. Whoever wants
 * `items` turns them into objects for good, so that nobody need know; whoever asks for one item, or the length, asks `doubles` first (`list-storage.ts`).
 * NaN is never raw, as `in` and `==` of containers ask for identity first.
 */
export class PyList {
  type: PyType;
  dict: PyDict | null;
  pending: Pending | null;
  identity: number;
  /** Null while the content is in `doubles` or `pending`. */
  private own: Value[] | null;
  /** The floats of a list that keeps them raw, else null. Set by `keepDoubles` and `items` alone. */
  doubles: number[] | null;
  frozen: boolean;

  constructor(type: PyType, items: Value[]) {
    this.type = type;
    this.dict = null;
    this.pending = null;
    this.identity = 0;
    this.frozen = false;
    this.own = items;
    this.doubles = null;
  }

  get items(): Value[] {
    const { own } = this;
    return own === null ? this.decode() : own;
  }

  set items(items: Value[]) {
    this.own = items;
    this.doubles = null;
    this.pending = null;
  }

  /** Replaces the whole content by floats, none of them NaN; the array is the list's from now on. */
  keepDoubles(doubles: number[]): void {
    this.doubles = doubles;
    this.own = null;
    this.pending = null;
  }

  /** Makes the list one that is read when first used. */
  keepPending(pending: Pending): void {
    this.pending = pending;
    this.own = null;
  }

  private decode(): Value[] {
    const items = this.doubles === null ? this.pending!.decodeItems() : boxed(this.doubles);
    this.items = items;
    return items;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyList extends PyObject {}
linkToPyObject(PyList);

/** In `StructuralKeys.hashes`: the entry's key is not structural, or deleted. */
export const NO_HASH = -1;

/** What a table knows of its structural keys: those whose equality needs Python code or structure (tuples, bytes, instances with `__eq__`). */
export class StructuralKeys {
  /** For each entry the 31-bit hash of its key, or NO_HASH: asked of a key once, when it is put in. */
  hashes: number[];
  /** How many of the entries are structural. */
  count: number;
  /** Whether one of the keys may equal a str or a number: tuples, bytes and frozensets do not. */
  mayEqualSimple: boolean;
  /** From a hash to the entries with it; null until so many entries are there that looking through `hashes` would take longer. */
  buckets: Map<number, number | number[]> | null;
  /** Bits of which each hash sets one, in two halves, for quick answers of "not there" (`objects/few-keys.ts`), and the version of the table for which they were last made. */
  low = 0;
  high = 0;
  markedAt = -1;

  constructor(hashes: number[], count: number, mayEqualSimple: boolean) {
    this.hashes = hashes;
    this.count = count;
    this.mayEqualSimple = mayEqualSimple;
    this.buckets = null;
  }
}

/** An index for int keys (`objects/int-index.ts`). */
export interface IntKeys {
  find(keys: readonly Maybe[], key: number): number;
  add(keys: readonly Maybe[], key: number): void;
  remove(keys: readonly Maybe[], key: number, entry: number): void;
}

/** An index that tables with the same str keys in the same order have together; one that gets other keys makes its own. */
export class SharedIndex {
  readonly entries: ReadonlyMap<unknown, number>;
  constructor(entries: ReadonlyMap<unknown, number>) {
    this.entries = entries;
  }
}

/** How the entry of an index key is found: a Map for keys of any kind. */
export type TableIndex = Map<unknown, number> | IntKeys | SharedIndex;

/** A new empty array, made so that V8 keeps it general: what is read from the arrays of tables then has one layout. */
export function noEntries(): Maybe[] {
  const entries: Maybe[] = [undefined];
  entries.pop();
  return entries;
}

/** The arrays of all tables without entries; nothing is ever added to it (`objects/hash-table.ts` makes new ones). */
export const NO_ENTRIES: Maybe[] = noEntries();

/**
 * The insertion-ordered hash table under `dict` and `set`: entry arrays plus an index.
 *
 *   keys:       k0  k1  --  k3       (`undefined` marks a deleted entry)
 *   values:     v0  v1  --  v3       (empty for sets)
 *   index:      from an index key to the entry number, or null while the table is small or nobody has looked
 *   structural: hashes of the keys that have no index key
 *
 * The index key of a str is itself, of a number the equal JavaScript number (or bigint), of `None` null, of an object with identity
 * equality the object. Everything else (tuples, bytes, instances with `__eq__`) is structural. `objects/hash-table.ts` has the algorithm.
 * @hot allocated with every dict: an index costs more memory than all the rest of a small table
 */
export class HashTable {
  keys: Maybe[];
  values: Maybe[];
  /** Live entries. */
  used: number;
  index: TableIndex | null;
  structural: StructuralKeys | null;
  /** Changes when a key is added or removed or entries move: what iterators and inline caches compare. */
  version: number;
  /** Who is told of changes, for the table of a watched dict (hooks) and of the `__dict__` of an instance that has its attributes in slots, too; null costs writes one comparison. */
  watch: TableWatch | null;

  constructor() {
    this.keys = NO_ENTRIES;
    this.values = NO_ENTRIES;
    this.used = 0;
    this.index = null;
    this.structural = null;
    this.version = 0;
    this.watch = null;
  }
}

const EMPTY_TABLE = new HashTable();

/** `dict` and its subclasses. */
export class PyDict {
  type: PyType;
  dict: PyDict | null;
  pending: Pending | null;
  identity: number;
  private own: HashTable;
  frozen: boolean;

  constructor(type: PyType, table: HashTable = new HashTable()) {
    this.type = type;
    this.dict = null;
    this.pending = null;
    this.identity = 0;
    this.frozen = false;
    this.own = table;
  }

  get table(): HashTable {
    if (this.pending !== null) this.decode();
    return this.own;
  }

  set table(table: HashTable) {
    table.watch = this.own.watch;
    this.own = table;
  }

  private decode(): void {
    if (this.pending === null) return;
    this.own = this.pending.decodeTable();
    this.pending = null;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyDict extends PyObject {}
linkToPyObject(PyDict);

/** `set` and `frozenset`. */
export class PySet {
  type: PyType;
  dict: PyDict | null;
  pending: Pending | null;
  identity: number;
  private own: HashTable;
  frozen: boolean;
  /** Cached hash of a frozenset; null until computed. */
  hash: Int | null;
  /** Where `pop` looks first: entries before it have mostly been taken (`finger` of Objects/setobject.c). */
  finger: number;

  constructor(type: PyType, table: HashTable = new HashTable()) {
    this.type = type;
    this.dict = null;
    this.pending = null;
    this.identity = 0;
    this.frozen = false;
    this.hash = null;
    this.finger = 0;
    this.own = table;
  }

  get table(): HashTable {
    if (this.pending !== null) this.decode();
    return this.own;
  }

  set table(table: HashTable) {
    this.own = table;
  }

  private decode(): void {
    if (this.pending === null) return;
    this.own = this.pending.decodeTable();
    this.pending = null;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PySet extends PyObject {}
linkToPyObject(PySet);

/** A tuple that is to be decoded when it is first read. */
export function pendingTuple(type: PyType, pending: Pending): PyTuple {
  const tuple = new PyTuple(type, NO_ITEMS);
  tuple.pending = pending;
  return tuple;
}

/** A frozen list that is to be decoded when it is first read. */
export function pendingList(type: PyType, pending: Pending): PyList {
  const list = new PyList(type, NO_ITEMS);
  list.keepPending(pending);
  list.frozen = true;
  return list;
}

/** A frozen dict that is to be decoded when it is first read. */
export function pendingDict(type: PyType, pending: Pending): PyDict {
  const dict = new PyDict(type, EMPTY_TABLE);
  dict.pending = pending;
  dict.frozen = true;
  return dict;
}

/** A frozen set that is to be decoded when it is first read. */
export function pendingSet(type: PyType, pending: Pending): PySet {
  const set = new PySet(type, EMPTY_TABLE);
  set.pending = pending;
  set.frozen = true;
  return set;
}
