/**
 * Writing into the immortal heap: one writer per thread, batches that are committed or rolled back as a whole, and the intern table.
 *
 *   begin batch → allocate, fill → commit (walkers and counters see it) | rollback (as if it had not been)
 *
 * INV-1: only the writer writes between its chunk's `used` and its end.
 * INV-2: an intern slot goes from 0 to the address of a complete, committed string once, and never changes again. A probe that meets 0 has not
 * found the string, so two threads that intern the same text meet at the same slot, and one of them wins it.
 */
import { CHUNK_HEADER_UNITS, type ImmortalHeap } from './heap.ts';
import { addressAt, dictSlots, fitsSmallInt, FLOATS, hashText, HEADER_WORDS, KIND, KIND_COUNT, objectWords, smallIntWord, STR_TEXT, type Word } from './layout.ts';
import { HeapReader } from './reader.ts';

/** Longer strings are not interned. */
const MAX_INTERNED_LENGTH = 64;
/** Up to here a loop over code units is faster than Buffer's copy. */
const SHORT_TEXT = 48;

const DIGIT_BITS = 32n;
const DIGIT_MASK = 0xffffffffn;

/** A chunk that this writer has, and how far it is filled. */
interface Chunk {
  readonly start: number;
  readonly end: number;
  used: number;
  committed: number;
}

/** Writes objects; addresses are good for others once `commit` has returned. */
export class HeapWriter {
  readonly heap: ImmortalHeap;
  readonly #owner: number;
  readonly #reader: HeapReader;
  #chunk: Chunk;
  /** Chunks with uncommitted objects beside the current one. */
  #filled: Chunk[] = [];
  /** Chunks given back by rollbacks. */
  #spare: Chunk[] = [];
  readonly #counts = new Int32Array(KIND_COUNT);

  constructor(heap: ImmortalHeap, owner: number) {
    this.heap = heap;
    this.#owner = owner;
    this.#reader = new HeapReader(heap);
    // Full from the start, so that a writer that never writes takes no chunk.
    this.#chunk = { start: 0, end: 0, used: 0, committed: 0 };
  }

  /** Room for `words` words; returns the int32 index. Throws `HeapFull`. @hot */
  #room(words: number): number {
    const units = (words + 1) >> 1;
    const chunk = this.#chunk;
    if (chunk.start + chunk.used + units > chunk.end) return this.#newChunk(units);
    const index = (chunk.start + chunk.used) * 2;
    chunk.used += units;
    return index;
  }

  #newChunk(units: number): number {
    const spare = this.#spare.findIndex((chunk) => chunk.end - chunk.start - chunk.used >= units);
    const next = spare >= 0 ? this.#spare.splice(spare, 1)[0]! : this.#takeChunk(units);
    const old = this.#chunk;
    const leftOld = old.end - old.start - old.used;
    const leftNew = next.end - next.start - next.used - units;
    const index = (next.start + next.used) * 2;
    next.used += units;
    // The chunk with more room left stays the current one: a large object does not waste the rest of a chunk.
    if (leftOld > leftNew) {
      this.#filled.push(next);
    } else {
      if (old.end > 0) this.#filled.push(old);
      this.#chunk = next;
    }
    return index;
  }

  #takeChunk(units: number): Chunk {
    const start = this.heap.takeChunk(units, this.#owner);
    return { start, end: start + this.heap.chunkSize(start), used: CHUNK_HEADER_UNITS, committed: CHUNK_HEADER_UNITS };
  }

  /** Publishes everything written since the last commit or rollback to walkers and counters. */
  commit(): void {
    for (const chunk of this.#filled) this.#commitChunk(chunk);
    this.#filled.length = 0;
    this.#commitChunk(this.#chunk);
    for (let kind = 1; kind < KIND_COUNT; kind++) {
      if (this.#counts[kind] !== 0) this.heap.countObjects(kind, this.#counts[kind]!);
      this.#counts[kind] = 0;
    }
  }

  #commitChunk(chunk: Chunk): void {
    if (chunk.used === chunk.committed) return;
    chunk.committed = chunk.used;
    this.heap.commitChunk(chunk.start, chunk.used);
  }

  /** Takes back everything written since the last commit; its addresses must have been given to nobody. */
  rollback(): void {
    for (const chunk of this.#filled) {
      chunk.used = chunk.committed;
      this.#spare.push(chunk);
    }
    this.#filled.length = 0;
    this.#chunk.used = this.#chunk.committed;
    this.#counts.fill(0);
  }

  #start(kind: number, flags: number, length: number, slots: number): number {
    const index = this.#room(objectWords(kind, flags, length, slots));
    this.heap.words[index] = kind | (flags << 8);
    this.heap.words[index + 1] = length;
    this.#counts[kind]!++;
    return index;
  }

  /** A string, always written anew. @hot freezing large graphs */
  str(text: string): Word {
    return this.#writeText(text, hashText(text));
  }

  #writeText(text: string, hash: number): Word {
    const wide = isWide(text);
    const index = this.#start(wide ? KIND.STR2 : KIND.STR1, 0, text.length, 0);
    this.heap.words[index + 2] = hash;
    const at = index + STR_TEXT;
    if (text.length > SHORT_TEXT) Buffer.from(this.heap.buffer, at * 4, text.length * (wide ? 2 : 1)).write(text, wide ? 'utf16le' : 'latin1');
    else if (wide) for (let i = 0; i < text.length; i++) this.heap.units16[at * 2 + i] = text.charCodeAt(i);
    else for (let i = 0; i < text.length; i++) this.heap.bytes[at * 4 + i] = text.charCodeAt(i);
    return addressAt(index);
  }

  /**
   * The one string of this text, from the intern table if it has it. Commits, so that it may only be called with no batch open.
   * Long strings, and strings after the table is three quarters full, are written anew.
   */
  intern(text: string): Word {
    const hash = hashText(text);
    if (text.length > MAX_INTERNED_LENGTH) return this.#committed(this.#writeText(text, hash));
    const { heap } = this;
    const { ops, words, internBase, internSlots } = heap;
    let own: Word = 0;
    for (let slot = hash & (internSlots - 1), probes = 0; probes < internSlots; slot = (slot + 1) & (internSlots - 1), probes++) {
      let seen = ops.load(words, internBase + slot);
      if (seen === 0) {
        if (own === 0) {
          // Written and committed before the slot is taken: who finds the address finds the whole string.
          own = this.#committed(this.#writeText(text, hash));
          if (!heap.countInterned()) return own;
        }
        seen = ops.compareExchange(words, internBase + slot, 0, own);
        if (seen === 0) return own;
      }
      // After losing the slot, its winner may be the same text: then our own copy is waste, and theirs is the one.
      if (this.#reader.strEquals(seen, text, hash)) return seen;
    }
    return own === 0 ? this.#committed(this.#writeText(text, hash)) : own;
  }

  /** The interned string if the table has it, else 0. Writes nothing. */
  findInterned(text: string): Word {
    if (text.length > MAX_INTERNED_LENGTH) return 0;
    const hash = hashText(text);
    const { words, internBase, internSlots } = this.heap;
    for (let slot = hash & (internSlots - 1), probes = 0; probes < internSlots; slot = (slot + 1) & (internSlots - 1), probes++) {
      // A plain load: a miss costs a second copy at worst, and a found string was complete before it was published.
      const seen = words[internBase + slot]!;
      if (seen === 0) return 0;
      if (this.#reader.strEquals(seen, text, hash)) return seen;
    }
    return 0;
  }

  #committed(address: Word): Word {
    this.commit();
    return address;
  }

  /** An int of any size. */
  int(value: number | bigint): Word {
    if (typeof value === 'bigint') return this.#bigint(value);
    if (fitsSmallInt(value)) return smallIntWord(value);
    const index = this.#start(KIND.INT, 0, 0, 0);
    this.heap.floats[(index + HEADER_WORDS) / 2] = value;
    return addressAt(index);
  }

  #bigint(value: bigint): Word {
    const digits: number[] = [];
    for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= DIGIT_BITS) digits.push(Number(rest & DIGIT_MASK));
    const index = this.#start(KIND.BIGINT, value < 0n ? 1 : 0, digits.length, 0);
    for (let i = 0; i < digits.length; i++) this.heap.words[index + HEADER_WORDS + i] = digits[i]! | 0;
    return addressAt(index);
  }

  float(value: number): Word {
    const index = this.#start(KIND.FLOAT, 0, 0, 0);
    this.heap.floats[(index + HEADER_WORDS) / 2] = value;
    return addressAt(index);
  }

  complex(real: number, imag: number): Word {
    const index = this.#start(KIND.COMPLEX, 0, 0, 0);
    this.heap.floats[(index + HEADER_WORDS) / 2] = real;
    this.heap.floats[(index + HEADER_WORDS) / 2 + 1] = imag;
    return addressAt(index);
  }

  byteString(value: Uint8Array): Word {
    const index = this.#start(KIND.BYTES, 0, value.length, 0);
    this.heap.bytes.set(value, (index + HEADER_WORDS) * 4);
    return addressAt(index);
  }

  /** A TUPLE or LIST of floats. */
  floats(kind: number, values: ArrayLike<number>): Word {
    const index = this.#start(kind, FLOATS, values.length, 0);
    this.heap.floats.set(values, (index + HEADER_WORDS) / 2);
    return addressAt(index);
  }

  /** Room for an object of `length` words (TUPLE, LIST, SET, FROZENSET, and with 3 or 2 words RANGE, SLICE, CODE, TYPE), to be filled by `setItem`. */
  sequence(kind: number, length: number): Word {
    return addressAt(this.#start(kind, 0, length, 0));
  }

  /** Fills item `i` of a `sequence`. */
  setItem(address: Word, i: number, item: Word): void {
    this.heap.words[(address >>> 2) * 2 + HEADER_WORDS + i] = item;
  }

  /** A whole sequence at once. */
  words(kind: number, items: readonly Word[]): Word {
    const address = this.sequence(kind, items.length);
    for (let i = 0; i < items.length; i++) this.setItem(address, i, items[i]!);
    return address;
  }

  /** Room for a DICT or FROZENDICT; `indexed` when all keys will be str. Filled by `setEntry`. */
  dict(kind: number, length: number, indexed: boolean): Word {
    const slots = indexed ? dictSlots(length) : 0;
    const index = this.#start(kind, 0, length, slots);
    this.heap.words[index + HEADER_WORDS] = slots;
    // Rolled back chunks are not clean, and an index starts empty.
    const from = index + HEADER_WORDS + 1 + 2 * length;
    this.heap.words.fill(0, from, from + slots);
    return addressAt(index);
  }

  /** Fills entry `i` of a `dict`; the key's string must be written already when the dict is indexed. */
  setEntry(address: Word, i: number, key: Word, value: Word): void {
    const { words } = this.heap;
    const index = (address >>> 2) * 2;
    const length = words[index + 1]!;
    const slots = words[index + HEADER_WORDS]!;
    const keys = index + HEADER_WORDS + 1;
    words[keys + i] = key;
    words[keys + length + i] = value;
    if (slots === 0) return;
    const table = keys + 2 * length;
    let slot = words[(key >>> 2) * 2 + 2]! & (slots - 1);
    while (words[table + slot] !== 0) slot = (slot + 1) & (slots - 1);
    words[table + slot] = i + 1;
  }

  /** Room for an instance with `length` attributes and `members` slots; unset members stay 0. */
  instance(type: Word, length: number, members: number): Word {
    const index = this.#start(KIND.INSTANCE, members, length, 0);
    const { words } = this.heap;
    words[index + HEADER_WORDS] = type;
    words.fill(0, index + HEADER_WORDS + 1 + 2 * length, index + HEADER_WORDS + 1 + 2 * length + members);
    return addressAt(index);
  }

  setAttribute(address: Word, i: number, name: Word, value: Word): void {
    const { words } = this.heap;
    const index = (address >>> 2) * 2;
    words[index + HEADER_WORDS + 1 + i] = name;
    words[index + HEADER_WORDS + 1 + words[index + 1]! + i] = value;
  }

  setMember(address: Word, i: number, value: Word): void {
    const { words } = this.heap;
    const index = (address >>> 2) * 2;
    words[index + HEADER_WORDS + 1 + 2 * words[index + 1]! + i] = value;
  }
}

function isWide(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return true;
  return false;
}

