/**
 * Condition variable, barrier and once on shared memory.
 *
 *   Condition: [sequence, waiters]      Barrier: [generation, arrived]      Once: [state]
 *
 * Memory order: sequentially consistent; what happened before notify, the last arrival, or the end of the initialiser is seen by the woken.
 */
import { REAL_ATOMICS, type AtomicOps } from './atomics.ts';
import type { Mutex } from './mutex.ts';

export const CONDITION_WORDS = 2;
export const BARRIER_WORDS = 2;

/** A condition variable; `wait` may come back without reason, so callers loop on what they wait for. */
export class Condition {
  readonly #words: Int32Array;
  readonly #sequence: number;
  readonly #waiters: number;
  readonly #ops: AtomicOps;

  constructor(words: Int32Array, index: number, ops: AtomicOps = REAL_ATOMICS) {
    this.#words = words;
    this.#sequence = index;
    this.#waiters = index + 1;
    this.#ops = ops;
  }

  /** Releases `mutex`, waits for a notification, takes `mutex` again; false when `timeout` milliseconds passed first. */
  wait(mutex: Mutex, owner: number, timeout = Infinity): boolean {
    const ops = this.#ops;
    ops.add(this.#words, this.#waiters, 1);
    // The sequence must be read before the mutex is released: a notification after that changes it, and the wait returns at once.
    const seen = ops.load(this.#words, this.#sequence);
    mutex.unlock(owner);
    const result = ops.wait(this.#words, this.#sequence, seen, timeout);
    ops.sub(this.#words, this.#waiters, 1);
    mutex.lock(owner);
    return result !== 'timed-out';
  }

  /** Wakes at least `count` waiters, if there are so many. */
  notify(count = 1): void {
    if (this.#ops.load(this.#words, this.#waiters) === 0) return;
    this.#ops.add(this.#words, this.#sequence, 1);
    this.#ops.notify(this.#words, this.#sequence, count);
  }

  notifyAll(): void {
    this.notify(Infinity);
  }
}

/** A party of the barrier died or gave up. */
export class BarrierBroken extends Error {
  override readonly name = 'BarrierBroken';
}

/** The generation of a broken barrier; others grow from 0. */
const BROKEN = -1;

/** Lets `parties` threads meet, again and again. */
export class Barrier {
  readonly #words: Int32Array;
  readonly #generation: number;
  readonly #arrived: number;
  readonly #parties: number;
  readonly #ops: AtomicOps;

  constructor(words: Int32Array, index: number, parties: number, ops: AtomicOps = REAL_ATOMICS) {
    this.#words = words;
    this.#generation = index;
    this.#arrived = index + 1;
    this.#parties = parties;
    this.#ops = ops;
  }

  /** Waits for the others; true for the last one. Throws `BarrierBroken`. */
  wait(): boolean {
    const ops = this.#ops;
    // The generation must be read before arriving: afterwards the last party may already have begun the next one.
    const generation = ops.load(this.#words, this.#generation);
    if (generation === BROKEN) throw new BarrierBroken('broken');
    if (ops.add(this.#words, this.#arrived, 1) + 1 === this.#parties) {
      // The count must be reset before the generation moves: a released party may arrive again at once.
      ops.store(this.#words, this.#arrived, 0);
      if (ops.compareExchange(this.#words, this.#generation, generation, (generation + 1) & 0x7fff_ffff) !== generation) throw new BarrierBroken('broken');
      ops.notify(this.#words, this.#generation, Infinity);
      return true;
    }
    for (;;) {
      ops.wait(this.#words, this.#generation, generation, Infinity);
      const now = ops.load(this.#words, this.#generation);
      if (now === BROKEN) throw new BarrierBroken('broken');
      if (now !== generation) return false;
    }
  }

  /** Breaks the barrier for good: everybody at it, and who comes later, gets `BarrierBroken`. */
  abort(): void {
    this.#ops.store(this.#words, this.#generation, BROKEN);
    this.#ops.notify(this.#words, this.#generation, Infinity);
  }
}

const ONCE_NEW = 0;
const ONCE_DONE = -1;

/** Runs an initialiser exactly once among all threads. The word is 0, the id of who runs it, or -1 for done. */
export class Once {
  readonly #words: Int32Array;
  readonly #index: number;
  readonly #ops: AtomicOps;

  constructor(words: Int32Array, index: number, ops: AtomicOps = REAL_ATOMICS) {
    this.#words = words;
    this.#index = index;
    this.#ops = ops;
  }

  isDone(): boolean {
    return this.#ops.load(this.#words, this.#index) === ONCE_DONE;
  }

  /** Returns when some thread has run `initialise` to its end. If it throws here, the next caller runs its own. */
  call(owner: number, initialise: () => void): void {
    const ops = this.#ops;
    for (;;) {
      const state = ops.compareExchange(this.#words, this.#index, ONCE_NEW, owner);
      if (state === ONCE_DONE) return;
      if (state === ONCE_NEW) return this.#run(initialise);
      ops.wait(this.#words, this.#index, state, Infinity);
    }
  }

  #run(initialise: () => void): void {
    let state = ONCE_NEW;
    try {
      initialise();
      state = ONCE_DONE;
    } finally {
      this.#ops.store(this.#words, this.#index, state);
      this.#ops.notify(this.#words, this.#index, Infinity);
    }
  }

  /** For the supervisor after the death of `dead`: lets somebody else run the initialiser. */
  releaseDead(dead: number): boolean {
    const was = this.#ops.compareExchange(this.#words, this.#index, dead, ONCE_NEW) === dead;
    this.#ops.notify(this.#words, this.#index, Infinity);
    return was;
  }
}
