/**
 * Blocks of shared memory for messages that are copied: allocate, fill, pass the handle through a queue, read, free.
 *
 *   [lock, next, end, free list per size class..., arena]     block: [size class, length in bytes, payload...]
 *
 * A handle is the word index of a block, never 0. Size classes double from 16 words; a freed block waits in its class's list, linked through its second word.
 * INV-1: the free lists and `next` are good at every moment: each change is one store, so after a death under the lock it is simply freed. A block that
 * the dead one held is lost, nothing else.
 * Memory order: the lock orders the lists; the queue that passes the handle publishes the payload.
 */
import { REAL_ATOMICS, type AtomicOps } from './atomics.ts';
import { Mutex } from './mutex.ts';

const LOCK = 0;
const NEXT = 1;
const END = 2;
const LISTS = 3;
const CLASSES = 24;
const ARENA = LISTS + CLASSES;
const BLOCK_HEADER = 2;
const SMALLEST_WORDS = 16;

/** Words that the blocks take beside their arena. */
export const BLOCKS_HEADER_WORDS = ARENA;

/** Shared blocks on `words` from `index`; `initialise` once, before any use. */
export class SharedBlocks {
  readonly #words: Int32Array;
  readonly #base: number;
  readonly #ops: AtomicOps;
  readonly #lock: Mutex;

  constructor(words: Int32Array, index: number, ops: AtomicOps = REAL_ATOMICS) {
    this.#words = words;
    this.#base = index;
    this.#ops = ops;
    this.#lock = new Mutex(words, index + LOCK, ops);
  }

  /** Gives the blocks an arena of `arenaWords` words, which follow the header. */
  initialise(arenaWords: number): void {
    this.#ops.store(this.#words, this.#base + NEXT, this.#base + ARENA);
    this.#ops.store(this.#words, this.#base + END, this.#base + ARENA + arenaWords);
  }

  /** A block with a copy of `payload`; 0 when there is no room. */
  put(owner: number, payload: Uint8Array): number {
    const words = BLOCK_HEADER + ((payload.length + 3) >> 2);
    const sizeClass = classOf(words);
    if (sizeClass >= CLASSES) return 0;
    const block = this.#take(owner, sizeClass);
    if (block === 0) return 0;
    const content = new Int32Array(words);
    content[0] = sizeClass;
    content[1] = payload.length;
    new Uint8Array(content.buffer).set(payload, BLOCK_HEADER * 4);
    this.#ops.writeBlock(this.#words, block, content);
    return block;
  }

  #take(owner: number, sizeClass: number): number {
    const ops = this.#ops;
    const list = this.#base + LISTS + sizeClass;
    this.#lock.lock(owner);
    let block = ops.load(this.#words, list);
    if (block !== 0) ops.store(this.#words, list, ops.load(this.#words, block + 1));
    else {
      const next = ops.load(this.#words, this.#base + NEXT);
      const size = SMALLEST_WORDS << sizeClass;
      if (next + size <= ops.load(this.#words, this.#base + END)) {
        ops.store(this.#words, this.#base + NEXT, next + size);
        block = next;
      }
    }
    this.#lock.unlock(owner);
    return block;
  }

  /** A copy of a block's payload. */
  get(block: number): Uint8Array {
    const length = this.#ops.load(this.#words, block + 1);
    const words = this.#ops.readBlock(this.#words, block + BLOCK_HEADER, (length + 3) >> 2);
    return new Uint8Array(words.buffer, 0, length);
  }

  /** Gives a block back; its holder only, and once. */
  free(owner: number, block: number): void {
    const ops = this.#ops;
    const list = this.#base + LISTS + ops.load(this.#words, block);
    this.#lock.lock(owner);
    // The link first, then the list's head: the list is good in between.
    ops.store(this.#words, block + 1, ops.load(this.#words, list));
    ops.store(this.#words, list, block);
    this.#lock.unlock(owner);
  }

  /** For the supervisor after the death of `dead`. */
  releaseDead(dead: number): void {
    this.#lock.recoverDead(dead);
  }
}

function classOf(words: number): number {
  let sizeClass = 0;
  while (SMALLEST_WORDS << sizeClass < words && sizeClass < CLASSES) sizeClass++;
  return sizeClass;
}
