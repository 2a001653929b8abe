/**
 * Mutual exclusion on one word of shared memory.
 *
 *   0                       free
 *   owner                   held, nobody sleeps
 *   owner | CONTENDED       held, somebody may sleep
 *   POISONED | owner        the owner died
 *
 * The owner is part of the word, not a second word beside it: there is no moment at which a lock is held and its owner unknown,
 * so a dead owner is always found.
 * INV-1: only the owner, or the supervisor after the owner's death, takes its id out of the word.
 * INV-2: who sleeps has seen `CONTENDED` in the word that it passes to `wait`; the release of such a word notifies.
 * Memory order: taking the lock (compareExchange) acquires, `unlock` (compareExchange, exchange) releases; both are sequentially consistent.
 */
import { Deadline, REAL_ATOMICS, type AtomicOps } from './atomics.ts';
import { CONTENDED, LockPoisoned, MAX_OWNER, NotOwner, POISONED } from './owner.ts';

/** A lock on `words[index]`, which starts as 0. Not reentrant. */
export class Mutex {
  readonly #words: Int32Array;
  readonly #index: number;
  readonly #ops: AtomicOps;

  constructor(words: Int32Array, index: number, ops: AtomicOps = REAL_ATOMICS) {
    this.#words = words;
    this.#index = index;
    this.#ops = ops;
  }

  /** Takes the lock if it is free. Throws `LockPoisoned`. */
  tryLock(owner: number): boolean {
    const seen = this.#ops.compareExchange(this.#words, this.#index, 0, owner);
    if (seen < 0) throw new LockPoisoned(seen & MAX_OWNER);
    return seen === 0;
  }

  /** Waits for the lock; false after `timeout` milliseconds. Throws `LockPoisoned` when the holder died. @hot bench/sync.ts */
  lock(owner: number, timeout = Infinity): boolean {
    return this.tryLock(owner) || this.#lockSlow(owner, new Deadline(this.#ops, timeout));
  }

  #lockSlow(owner: number, deadline: Deadline): boolean {
    const ops = this.#ops;
    const words = this.#words;
    const index = this.#index;
    for (;;) {
      const seen = ops.load(words, index);
      if (seen < 0) throw new LockPoisoned(seen & MAX_OWNER);
      if (seen === 0) {
        // Taken as contended: others may have gone to sleep on the word before it became free, and their wake-up is now ours to give.
        if (ops.compareExchange(words, index, 0, owner | CONTENDED) === 0) return true;
        continue;
      }
      const contended = seen | CONTENDED;
      if (seen !== contended && ops.compareExchange(words, index, seen, contended) !== seen) continue;
      const left = deadline.left();
      if (left === 0) return false;
      // The value passed must be the contended one: a release in between changes the word, and the wait returns at once.
      ops.wait(words, index, contended, left);
    }
  }

  /** Gives the lock back; throws `NotOwner` when `owner` does not hold it. */
  unlock(owner: number): void {
    const ops = this.#ops;
    const seen = ops.compareExchange(this.#words, this.#index, owner, 0);
    if (seen === owner) return;
    if (seen !== (owner | CONTENDED)) throw new NotOwner(`${owner} does not hold the lock`);
    // The word must be free before the notification, or the woken one finds it held and sleeps again, for ever.
    ops.exchange(this.#words, this.#index, 0);
    ops.notify(this.#words, this.#index, 1);
  }

  /** The holder's id, 0 when free; a poisoned lock has its dead owner. */
  holder(): number {
    return this.#ops.load(this.#words, this.#index) & MAX_OWNER;
  }

  /**
   * For the supervisor, after owner `dead` has ended: poisons the lock if `dead` held it, and wakes everybody. Returns whether it did.
   * Wakes in any case: `dead` may have been woken for a lock that it did not live to take.
   */
  releaseDead(dead: number): boolean {
    return this.#bury(dead, POISONED | dead);
  }

  /** As `releaseDead`, but makes the lock free again: for data whose every intermediate state is good, or that the caller has repaired. */
  recoverDead(dead: number): boolean {
    return this.#bury(dead, 0);
  }

  #bury(dead: number, value: number): boolean {
    const ops = this.#ops;
    let held = false;
    for (;;) {
      const seen = ops.load(this.#words, this.#index);
      if (seen < 0 || (seen & MAX_OWNER) !== dead) break;
      held = true;
      if (ops.compareExchange(this.#words, this.#index, seen, value) === seen) break;
    }
    ops.notify(this.#words, this.#index, Infinity);
    return held;
  }
}

/** Spins before a spin lock sleeps: about 2 µs, less than the price of a sleep. */
const SPINS = 100;
/** Milliseconds between two looks of a spin lock that found no luck spinning. */
const NAP = 1;

/** A lock for a few instructions: spins, then naps. Same word as `Mutex`, but never contended, so unlocking never notifies. */
export class SpinLock {
  readonly #words: Int32Array;
  readonly #index: number;
  readonly #ops: AtomicOps;

  constructor(words: Int32Array, index: number, ops: AtomicOps = REAL_ATOMICS) {
    this.#words = words;
    this.#index = index;
    this.#ops = ops;
  }

  /** Waits for the lock. Throws `LockPoisoned`. */
  lock(owner: number): void {
    const ops = this.#ops;
    for (let spins = 0; ; spins++) {
      const seen = ops.compareExchange(this.#words, this.#index, 0, owner);
      if (seen === 0) return;
      if (seen < 0) throw new LockPoisoned(seen & MAX_OWNER);
      if (spins < SPINS) ops.pause();
      else ops.wait(this.#words, this.#index, seen, NAP);
    }
  }

  /** Gives the lock back. */
  unlock(owner: number): void {
    if (this.#ops.compareExchange(this.#words, this.#index, owner, 0) !== owner) throw new NotOwner(`${owner} does not hold the lock`);
  }

  /** As `Mutex.releaseDead`. */
  releaseDead(dead: number): boolean {
    return this.#ops.compareExchange(this.#words, this.#index, dead, POISONED | dead) === dead;
  }
}
