/**
 * An index for hash tables whose keys are small ints: open addressing over entry numbers.
 *
 *   slots:  0 (free)   n + 1 (entry n)   -1 (an entry that was removed)
 *
 * A Map hashes a number twice for each key that is added, and walks a chain of its own entries; here the low bits of a key say where it lies, so that neighbours
 * are neighbours in memory, too. Where another one is there already the way goes on in strides of the key's own (double hashing): rows of neighbours would make
 * any way from slot to slot a long one.
 * As long as the keys follow one another, as those of a range do, there are no slots: the entry is how far a key is from the first one.
 * INV-1: all numbers among the keys are of 32 bits (`fits`); at most half of the slots are not free.
 * INV-2: while `isRow`, the keys are `first`, `first` + 1, ..., and none of them was removed.
 */
import type { Maybe } from '../core/value.ts';

/** 2**32 divided by the golden ratio: neighbours have strides that are far apart. */
const SPREAD = 0x9e3779b1;
const REMOVED = -1;
/** More slots than this V8 keeps in a dictionary of its own. */
const MOST_SLOTS = 1 << 24;

/** Whether a key can be in an IntIndex. */
export function fits(key: unknown): key is number {
  return typeof key === 'number' && (key | 0) === key;
}

/** Whether a table with so many entries can have an IntIndex. */
export function hasRoom(entries: number): boolean {
  return 4 * entries <= MOST_SLOTS;
}

/** From so many slots on, as powers of two, a typed array costs less: half the memory, none of it copied or given back to the system at each collection. */
const TYPED_BITS = 13;

/** Arrays of free slots by the power of two, to be copied: `fill` is five times slower. */
const FREE: number[][] = [];

/** 2**bits free slots. Memory outside of the heap is dear for small tables. */
function newSlots(bits: number): number[] | Int32Array {
  if (bits >= TYPED_BITS) return new Int32Array(1 << bits);
  let free = FREE[bits];
  if (free === undefined) {
    free = [];
    for (let i = 0; i < 1 << bits; i++) free.push(0);
    FREE[bits] = free;
  }
  return free.slice();
}

const NO_SLOTS: number[] = [];

/** How far apart the slots lie in which a key may be: an odd number, so that all slots are on the way. */
function strideOf(key: number): number {
  const spread = Math.imul(key, SPREAD);
  return (spread ^ (spread >>> 15)) | 1;
}

/** Where the keys of a table lie among its entries. @hot sets and dicts of ints */
export class IntIndex {
  private isRow: boolean;
  private first: number;
  private slots: number[] | Int32Array;
  /** Slots that are not free. */
  private taken = 0;

  /** For a table with `keys`, all of which fit; undefined marks a removed one. */
  constructor(keys: readonly Maybe[]) {
    this.first = typeof keys[0] === 'number' ? keys[0] : 0;
    this.isRow = true;
    this.slots = NO_SLOTS;
    for (let entry = 0; entry < keys.length; entry++) if (keys[entry] !== this.first + entry) this.isRow = false;
    if (!this.isRow) this.rebuild(keys);
  }

  /** The same for the keys of a copy. */
  copy(): IntIndex {
    const copy = new IntIndex(NO_SLOTS);
    copy.isRow = this.isRow;
    copy.first = this.first;
    copy.slots = this.slots.slice();
    copy.taken = this.taken;
    return copy;
  }

  private rebuild(keys: readonly Maybe[]): void {
    this.isRow = false;
    let bits = 5;
    while (1 << bits < 4 * keys.length) bits++;
    this.slots = newSlots(bits);
    this.taken = 0;
    for (let entry = 0; entry < keys.length; entry++) if (typeof keys[entry] === 'number') this.place(keys[entry] as number, entry);
  }

  private place(key: number, entry: number): void {
    const { slots } = this;
    const mask = slots.length - 1;
    let at = key & mask;
    while (slots[at] !== 0) at = (at + strideOf(key)) & mask;
    slots[at] = entry + 1;
    this.taken++;
  }

  /** The entry of `key` in the table's `keys`, or -1. */
  find(keys: readonly Maybe[], key: number): number {
    if (this.isRow) {
      const entry = key - this.first;
      return entry >= 0 && entry < keys.length ? entry : -1;
    }
    const { slots } = this;
    const mask = slots.length - 1;
    for (let at = key & mask; ; at = (at + strideOf(key)) & mask) {
      const slot = slots[at]!;
      if (slot === 0) return -1;
      if (slot > 0 && keys[slot - 1] === key) return slot - 1;
    }
  }

  /** Adds the last of the table's `keys`, which is not in the index yet. */
  add(keys: readonly Maybe[], key: number): void {
    if (this.isRow) {
      if (key - this.first !== keys.length - 1) this.rebuild(keys);
    } else if (2 * (this.taken + 1) > this.slots.length) this.rebuild(keys);
    else this.place(key, keys.length - 1);
  }

  /** The entry of `key` in the table's `keys`, or -1 when it was not there: then it is in the index from now on, as the next of the keys, which the caller adds. */
  findOrAdd(keys: readonly Maybe[], key: number): number {
    if (this.isRow) {
      const entry = key - this.first;
      if (entry >= 0 && entry < keys.length) return entry;
      if (entry === keys.length) return -1;
      this.rebuild(keys);
    }
    if (2 * (this.taken + 1) > this.slots.length) this.rebuild(keys);
    const { slots } = this;
    const mask = slots.length - 1;
    let at = key & mask;
    for (let slot = slots[at]!; slot !== 0; slot = slots[at]!) {
      if (slot > 0 && keys[slot - 1] === key) return slot - 1;
      at = (at + strideOf(key)) & mask;
    }
    slots[at] = keys.length + 1;
    this.taken++;
    return -1;
  }

  /** Removes the key of an entry, which is still in its place. */
  remove(keys: readonly Maybe[], key: number, entry: number): void {
    if (this.isRow) this.rebuild(keys);
    const { slots } = this;
    const mask = slots.length - 1;
    let at = key & mask;
    while (slots[at] !== entry + 1) at = (at + strideOf(key)) & mask;
    slots[at] = REMOVED;
  }
}
