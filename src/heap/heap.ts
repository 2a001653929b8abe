/**
 * The immortal heap's memory: one large fixed shared buffer, its header words, and the chunk allocator.
 *
 *   heap    [header | intern table | registry | chunks]
 *   header  [magic, version, next unit, limit unit, intern base, intern slots, interned, chunk units, first unit, registry slots, objects by kind...]
 *
 * INV-1: units below `next` are handed out, each to one chunk; chunks follow each other without gaps and are multiples of `chunk units`.
 * INV-2: a chunk has one writer. It moves `used` after the objects below are complete, so that a walk never meets half an object; what a
 * dead writer had not committed is never walked.
 * Memory order: `next` moves by compareExchange; `used` is stored atomically after plain stores, which publishes them to walkers. Readers that
 * got an address through an atomic operation (queue, intern table) read with plain loads.
 */
import { REAL_ATOMICS, type AtomicOps } from '../sync/atomics.ts';
import { KIND_COUNT, KIND_NAMES, UNIT } from './layout.ts';

const MAGIC = 0x4c444850; // 'LDHP'
const VERSION = 2;
const CHUNK_MAGIC = 0x4c444348; // 'LDCH'

const AT = { MAGIC: 0, VERSION: 1, NEXT: 2, LIMIT: 3, INTERN_BASE: 4, INTERN_SLOTS: 5, INTERNED: 6, CHUNK_UNITS: 7, FIRST: 8, REGISTRY_SLOTS: 9, KINDS: 10 } as const;
const HEADER_UNITS = 16;
/** Units of a chunk's header: magic, units, used, owner. */
export const CHUNK_HEADER_UNITS = 2;

const GIB = 2 ** 30;
/** Reserved, not used: memory is taken from the machine when it is first written. */
const DEFAULT_RESERVE = 4 * GIB;
/** Below this the reservation is not tried smaller any more. */
const SMALLEST_RESERVE = 2 ** 24;
const DEFAULT_CHUNK_BYTES = 65536;
const DEFAULT_INTERN_SLOTS = 2 ** 18;
/** Slots of the registry (registry.ts): several times the modules of the library. */
const REGISTRY_SLOTS = 2 ** 13;

/** The budget of the immortal heap is used up; everything stays usable. The interpreter turns it into `MemoryError`. */
export class HeapFull extends Error {
  override readonly name = 'HeapFull';
  readonly needed: number;
  constructor(needed: number, limit: number) {
    super(`the immortal heap's budget of ${limit} bytes does not have room for ${needed} more`);
    this.needed = needed;
  }
}

/** Options of `createHeap`, in bytes. */
export interface HeapOptions {
  /** What may be used; also the size of the reservation when smaller than the default. */
  readonly budget?: number;
  readonly chunkBytes?: number;
  /** Slots of the intern table, a power of two. */
  readonly internSlots?: number;
}

/** Figures of the heap. */
export interface HeapStats {
  /** Bytes handed out to chunks, the header and the intern table included. */
  readonly bytes: number;
  readonly budget: number;
  readonly interned: number;
  /** Objects by kind. */
  readonly objects: Readonly<Record<string, number>>;
}

/** Views of one heap in one thread. */
export class ImmortalHeap {
  readonly buffer: SharedArrayBuffer;
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  readonly units16: Uint16Array;
  readonly floats: Float64Array;
  readonly ops: AtomicOps;

  /** Attaches to a heap that `createHeap` or `formatHeap` made. */
  constructor(words: Int32Array, ops: AtomicOps = REAL_ATOMICS) {
    this.buffer = words.buffer as SharedArrayBuffer;
    this.words = words;
    this.bytes = new Uint8Array(this.buffer);
    this.units16 = new Uint16Array(this.buffer);
    this.floats = new Float64Array(this.buffer);
    this.ops = ops;
    if (words[AT.MAGIC] !== MAGIC || words[AT.VERSION] !== VERSION) throw new Error('not an immortal heap of this version');
  }

  get internBase(): number {
    return this.words[AT.INTERN_BASE]!;
  }

  get internSlots(): number {
    return this.words[AT.INTERN_SLOTS]!;
  }

  get registryBase(): number {
    return this.internBase + this.internSlots;
  }

  get registrySlots(): number {
    return this.words[AT.REGISTRY_SLOTS]!;
  }

  get chunkUnits(): number {
    return this.words[AT.CHUNK_UNITS]!;
  }

  get firstUnit(): number {
    return this.words[AT.FIRST]!;
  }

  /** The first unit that no chunk has. */
  nextUnit(): number {
    return this.ops.load(this.words, AT.NEXT);
  }

  /** Hands out a new chunk with room for `units`; returns its first unit. Throws `HeapFull` and changes nothing. */
  takeChunk(units: number, owner: number): number {
    const { ops, words } = this;
    const grain = this.chunkUnits;
    const size = Math.ceil((units + CHUNK_HEADER_UNITS) / grain) * grain;
    const limit = words[AT.LIMIT]!;
    for (;;) {
      const next = ops.load(words, AT.NEXT);
      if (next + size > limit) throw new HeapFull(units * UNIT, limit * UNIT);
      // A compareExchange and no add: a chunk that does not fit must leave the word as it is.
      if (ops.compareExchange(words, AT.NEXT, next, next + size) !== next) continue;
      const index = next * 2;
      words[index + 1] = size;
      words[index + 3] = owner;
      ops.store(words, index + 2, CHUNK_HEADER_UNITS);
      // The magic last: a chunk without it is skipped by walkers (its writer died before this line).
      ops.store(words, index, CHUNK_MAGIC);
      return next;
    }
  }

  /** Says that the objects of a chunk below `used` (units from the chunk's start) are complete. Its writer only. */
  commitChunk(chunk: number, used: number): void {
    this.ops.store(this.words, chunk * 2 + 2, used);
  }

  /** Units of a chunk, its header included. */
  chunkSize(chunk: number): number {
    return this.words[chunk * 2 + 1]!;
  }

  /** Calls `visit` with first and last unit (exclusive) of the committed objects of each chunk. */
  forEachChunk(visit: (from: number, to: number) => void): void {
    const end = this.nextUnit();
    for (let unit = this.firstUnit; unit < end; ) {
      if (this.ops.load(this.words, unit * 2) !== CHUNK_MAGIC) {
        unit += this.chunkUnits;
        continue;
      }
      visit(unit + CHUNK_HEADER_UNITS, unit + this.ops.load(this.words, unit * 2 + 2));
      unit += this.chunkSize(unit);
    }
  }

  countObjects(kind: number, count: number): void {
    this.ops.add(this.words, AT.KINDS + kind, count);
  }

  /** Counts one more interned string unless the table is too full; false then. */
  countInterned(): boolean {
    const { ops, words } = this;
    if (ops.load(words, AT.INTERNED) * 4 >= this.internSlots * 3) return false;
    ops.add(words, AT.INTERNED, 1);
    return true;
  }

  stats(): HeapStats {
    const objects: Record<string, number> = {};
    for (let kind = 1; kind < KIND_COUNT; kind++) {
      const name = KIND_NAMES[kind]!;
      objects[name] = (objects[name] ?? 0) + this.ops.load(this.words, AT.KINDS + kind);
    }
    return { bytes: this.nextUnit() * UNIT, budget: this.words[AT.LIMIT]! * UNIT, interned: this.ops.load(this.words, AT.INTERNED), objects };
  }
}

/** Sizes of a heap, in units and slots; slots are powers of two. */
export interface HeapFormat {
  readonly limitUnits: number;
  readonly chunkUnits: number;
  readonly internSlots: number;
  readonly registrySlots: number;
}

/** Makes an empty heap of zeroed words. */
export function formatHeap(words: Int32Array, { limitUnits, chunkUnits, internSlots, registrySlots }: HeapFormat): void {
  words[AT.NEXT] = HEADER_UNITS + Math.ceil((internSlots + registrySlots) / 2);
  words[AT.FIRST] = words[AT.NEXT]!;
  words[AT.LIMIT] = limitUnits;
  words[AT.INTERN_BASE] = HEADER_UNITS * 2;
  words[AT.INTERN_SLOTS] = internSlots;
  words[AT.REGISTRY_SLOTS] = registrySlots;
  words[AT.CHUNK_UNITS] = chunkUnits;
  words[AT.VERSION] = VERSION;
  words[AT.MAGIC] = MAGIC;
}

/** Reserves as much as the machine gives, at most `bytes`. */
function reserve(bytes: number): SharedArrayBuffer {
  for (let size = bytes; ; size = Math.floor(size / 2 / UNIT) * UNIT) {
    try {
      const buffer = new SharedArrayBuffer(size);
      // The byte view is the largest that is needed: some engines allow larger buffers than views.
      new Uint8Array(buffer);
      return buffer;
    } catch (error) {
      if (!(error instanceof RangeError) || size < SMALLEST_RESERVE) throw error;
    }
  }
}

/** A new heap. Smaller than asked for when the machine does not give so much: `stats().budget` tells. */
export function createHeap(options: HeapOptions = {}): ImmortalHeap {
  const budget = Math.max(SMALLEST_RESERVE, Math.ceil((options.budget ?? DEFAULT_RESERVE) / UNIT) * UNIT);
  const buffer = reserve(Math.min(budget, 2 * DEFAULT_RESERVE));
  const words = new Int32Array(buffer);
  formatHeap(words, {
    limitUnits: buffer.byteLength / UNIT, chunkUnits: (options.chunkBytes ?? DEFAULT_CHUNK_BYTES) / UNIT,
    internSlots: options.internSlots ?? DEFAULT_INTERN_SLOTS, registrySlots: REGISTRY_SLOTS,
  });
  return new ImmortalHeap(words);
}

/** Attaches another thread to a heap by its buffer. */
export function attachHeap(buffer: SharedArrayBuffer): ImmortalHeap {
  return new ImmortalHeap(new Int32Array(buffer));
}
