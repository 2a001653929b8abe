/**
 * The atomic operations that every lock, queue and allocator of Ladon is written against.
 *
 * Production uses `REAL_ATOMICS`, thin over `Atomics`; tests use the explorer's double (`explorer.ts`), which tries every interleaving.
 * INV-1: code in `sync/` and `heap/` touches a word that another thread may write only through these operations, so that the
 * explorer sees each access. All of them except `readBlock` and `writeBlock` are sequentially consistent.
 */

/** Why `wait` came back. */
export type WaitResult = 'ok' | 'not-equal' | 'timed-out';

/** Operations on one word of an `Int32Array` over shared memory; read-modify-write operations return the old value. */
export interface AtomicOps {
  load(words: Int32Array, index: number): number;
  store(words: Int32Array, index: number, value: number): void;
  add(words: Int32Array, index: number, value: number): number;
  sub(words: Int32Array, index: number, value: number): number;
  and(words: Int32Array, index: number, value: number): number;
  or(words: Int32Array, index: number, value: number): number;
  exchange(words: Int32Array, index: number, value: number): number;
  compareExchange(words: Int32Array, index: number, expected: number, value: number): number;
  /** Sleeps while the word is `expected`, at most `timeout` milliseconds (`Infinity` for ever). */
  wait(words: Int32Array, index: number, expected: number, timeout: number): WaitResult;
  /** Wakes at most `count` sleepers, the longest sleeping first; returns how many. */
  notify(words: Int32Array, index: number, count: number): number;
  /** Says that the caller spins. */
  pause(): void;
  /** Copies words out with plain loads: only for words that a lock or a publication protects. */
  readBlock(words: Int32Array, index: number, length: number): Int32Array;
  /** Copies words in with plain stores, as `readBlock`. */
  writeBlock(words: Int32Array, index: number, values: Int32Array): void;
  /** Milliseconds on a monotonic clock. */
  now(): number;
}

type Pause = (() => void) | undefined;

/** Node 20 has no `Atomics.pause`; then spinning does without the hint. */
const enginePause: Pause = (Atomics as { pause?: () => void }).pause;

/** The operations of the machine. */
export const REAL_ATOMICS: AtomicOps = {
  load: (words, index) => Atomics.load(words, index),
  store: (words, index, value) => void Atomics.store(words, index, value),
  add: (words, index, value) => Atomics.add(words, index, value),
  sub: (words, index, value) => Atomics.sub(words, index, value),
  and: (words, index, value) => Atomics.and(words, index, value),
  or: (words, index, value) => Atomics.or(words, index, value),
  exchange: (words, index, value) => Atomics.exchange(words, index, value),
  compareExchange: (words, index, expected, value) => Atomics.compareExchange(words, index, expected, value),
  wait: (words, index, expected, timeout) => Atomics.wait(words, index, expected, timeout),
  notify: (words, index, count) => Atomics.notify(words, index, count),
  pause: () => enginePause?.(),
  readBlock: (words, index, length) => words.slice(index, index + length),
  writeBlock: (words, index, values) => words.set(values, index),
  now: () => performance.now(),
};

/** The end of a wait of `timeout` milliseconds, and what is left of it. */
export class Deadline {
  readonly #ops: AtomicOps;
  readonly #end: number;

  constructor(ops: AtomicOps, timeout: number) {
    this.#ops = ops;
    this.#end = timeout === Infinity ? Infinity : ops.now() + timeout;
  }

  /** Milliseconds left, never negative; Infinity without a limit. */
  left(): number {
    return this.#end === Infinity ? Infinity : Math.max(0, this.#end - this.#ops.now());
  }
}
