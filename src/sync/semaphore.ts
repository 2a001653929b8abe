/**
 * Semaphore and Event on shared memory.
 *
 *   Semaphore: [count, waiters]      Event: [set]
 *
 * INV-1: `waiters` is never less than the number of sleepers. It may stay too high after a death, which costs notifications only.
 * Memory order: taking a permit acquires, giving one releases (sequentially consistent).
 */
import { Deadline, REAL_ATOMICS, type AtomicOps } from './atomics.ts';

/** Words that a semaphore takes. */
export const SEMAPHORE_WORDS = 2;

/** A counting semaphore on `words[index]` (permits) and `words[index + 1]` (0). */
export class Semaphore {
  readonly #words: Int32Array;
  readonly #count: number;
  readonly #waiters: number;
  readonly #ops: AtomicOps;

  constructor(words: Int32Array, index: number, ops: AtomicOps = REAL_ATOMICS) {
    this.#words = words;
    this.#count = index;
    this.#waiters = index + 1;
    this.#ops = ops;
  }

  /** Takes a permit if there is one. */
  tryAcquire(): boolean {
    for (;;) {
      const count = this.#ops.load(this.#words, this.#count);
      if (count <= 0) return false;
      if (this.#ops.compareExchange(this.#words, this.#count, count, count - 1) === count) return true;
    }
  }

  /** Waits for a permit; false after `timeout` milliseconds. */
  acquire(timeout = Infinity): boolean {
    if (this.tryAcquire()) return true;
    const ops = this.#ops;
    const deadline = new Deadline(ops, timeout);
    // Counted before the last look at the permits: a release after that look sees the waiter.
    ops.add(this.#words, this.#waiters, 1);
    let taken = this.tryAcquire();
    while (!taken) {
      const left = deadline.left();
      if (left === 0) break;
      ops.wait(this.#words, this.#count, 0, left);
      taken = this.tryAcquire();
    }
    ops.sub(this.#words, this.#waiters, 1);
    return taken;
  }

  /** Gives `permits` back. */
  release(permits = 1): void {
    const ops = this.#ops;
    // The permit first, then the look at the waiters: see acquire.
    ops.add(this.#words, this.#count, permits);
    if (ops.load(this.#words, this.#waiters) > 0) ops.notify(this.#words, this.#count, permits);
  }

  /** For the supervisor after a death: wakes everybody, as the dead one may have taken a wake-up with it. */
  wakeAll(): void {
    this.#ops.notify(this.#words, this.#count, Infinity);
  }

  /** Permits left. */
  value(): number {
    return this.#ops.load(this.#words, this.#count);
  }
}

/** A flag that threads can wait for, on `words[index]`. */
export class Event {
  readonly #words: Int32Array;
  readonly #index: number;
  readonly #ops: AtomicOps;

  constructor(words: Int32Array, index: number, ops: AtomicOps = REAL_ATOMICS) {
    this.#words = words;
    this.#index = index;
    this.#ops = ops;
  }

  isSet(): boolean {
    return this.#ops.load(this.#words, this.#index) !== 0;
  }

  /** Sets the flag and wakes everybody. */
  set(): void {
    if (this.#ops.exchange(this.#words, this.#index, 1) === 0) this.#ops.notify(this.#words, this.#index, Infinity);
  }

  clear(): void {
    this.#ops.store(this.#words, this.#index, 0);
  }

  /** Waits until the flag is set; false after `timeout` milliseconds. A sleeper passes even if the flag is cleared again at once. */
  wait(timeout = Infinity): boolean {
    if (this.isSet()) return true;
    return this.#ops.wait(this.#words, this.#index, 0, timeout) !== 'timed-out' || this.isSet();
  }
}
