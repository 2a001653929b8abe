/**
 * The global interpreter lock: CPython's take_gil and drop_gil (Python/ceval_gil.c) on shared memory.
 *
 *   words:   [lock, switch number, last holder]
 *   stats:   Float64 per GIL, see GIL_STAT
 *   breaker: one eval-breaker word per owner, in the table that `breakers` describes
 *
 *   lock word: 0 free; owner; owner | CONTENDED (somebody may sleep)
 *
 * A waiter sleeps one switch interval; if nobody else got the lock meanwhile, it sets DROP_REQUEST in the holder's breaker word. The holder drops
 * the lock at its next safepoint and, as it was asked to, does not return before somebody else had it (the switch number moved).
 * INV-1: the holder's id is in the lock word from the first to the last moment of holding, so a dead holder is always found.
 * INV-2: the statistics are written by the holder only, so plain stores do; readers may see a number that is one event old.
 * INV-3: the forced wait is bounded (FORCED_ROUNDS intervals): the waiter for whom it is done may have died.
 * Memory order: take acquires and drop releases, sequentially consistent; whatever a holder wrote is seen by the next one.
 */
import { Deadline, REAL_ATOMICS, type AtomicOps } from './atomics.ts';
import { CONTENDED, MAX_OWNER, NotOwner } from './owner.ts';

const LOCK = 0;
const SWITCH_NUMBER = 1;
const LAST_HOLDER = 2;
/** Words that a GIL takes. */
export const GIL_WORDS = 3;

/** Intervals that a holder that was asked to drop waits for somebody else to take the lock. */
const FORCED_ROUNDS = 10;

/** Buckets of the wait time histogram: below 10 µs, 100 µs, 1 ms, 10 ms, 100 ms, and the rest. */
export const GIL_WAIT_BUCKETS = [0.01, 0.1, 1, 10, 100] as const;

/** Places in the statistics. Times are milliseconds. */
export const GIL_STAT = {
  acquisitions: 0, contended: 1, sleeps: 2, waitTime: 3, maxWait: 4, holdTime: 5, maxHold: 6, switches: 7, dropRequests: 8, forcedHandovers: 9,
  heldSince: 10, deaths: 11, waitHistogram: 12,
} as const;

/** Float64 elements of the statistics of one GIL. */
export const GIL_STATS_LENGTH = GIL_STAT.waitHistogram + GIL_WAIT_BUCKETS.length + 1;

/** Where the eval-breaker words of the threads are. */
export interface Breakers {
  readonly words: Int32Array;
  /** Index of the breaker word of `owner`, or -1 when it has none. */
  indexOf(owner: number): number;
  /** The bit that asks a holder to drop the lock. */
  readonly dropRequest: number;
}

/** What a GIL works on. */
export interface GilStorage {
  readonly words: Int32Array;
  readonly index: number;
  readonly stats: Float64Array;
  readonly statsIndex: number;
  readonly breakers: Breakers;
}

/** Waits of one `take`, for the statistics. */
interface WaitRecord {
  sleeps: number;
  dropRequests: number;
}

/** One GIL; each thread that uses it has its own `Gil` over the same storage. */
export class Gil {
  readonly #words: Int32Array;
  readonly #index: number;
  readonly #stats: Float64Array;
  readonly #statsIndex: number;
  readonly #breakers: Breakers;
  readonly #ops: AtomicOps;

  constructor(storage: GilStorage, ops: AtomicOps = REAL_ATOMICS) {
    this.#words = storage.words;
    this.#index = storage.index;
    this.#stats = storage.stats;
    this.#statsIndex = storage.statsIndex;
    this.#breakers = storage.breakers;
    this.#ops = ops;
  }

  /** Takes the lock; false after `timeout` milliseconds. `interval` is the switch interval in milliseconds. */
  take(owner: number, interval: number, timeout = Infinity): boolean {
    const ops = this.#ops;
    const started = ops.now();
    if (ops.compareExchange(this.#words, this.#index + LOCK, 0, owner) === 0) {
      this.#taken(owner, started, null);
      return true;
    }
    const waits: WaitRecord = { sleeps: 0, dropRequests: 0 };
    if (!this.#takeSlow(owner, interval, new Deadline(ops, timeout), waits)) return false;
    this.#taken(owner, started, waits);
    return true;
  }

  #takeSlow(owner: number, interval: number, deadline: Deadline, waits: WaitRecord): boolean {
    const ops = this.#ops;
    const lock = this.#index + LOCK;
    for (;;) {
      const seen = ops.load(this.#words, lock);
      if (seen === 0) {
        // As contended, because others may sleep on the word: their wake-up is ours to give (see Mutex).
        if (ops.compareExchange(this.#words, lock, 0, owner | CONTENDED) === 0) return true;
        continue;
      }
      const contended = seen | CONTENDED;
      if (seen !== contended && ops.compareExchange(this.#words, lock, seen, contended) !== seen) continue;
      // Read before the sleep: if it has moved afterwards, somebody else had the lock, and its holder has a whole interval of its own.
      const switches = ops.load(this.#words, this.#index + SWITCH_NUMBER);
      const left = deadline.left();
      if (left === 0) return false;
      waits.sleeps++;
      if (ops.wait(this.#words, lock, contended, Math.min(interval, left)) !== 'timed-out') continue;
      if (ops.load(this.#words, lock) !== contended || ops.load(this.#words, this.#index + SWITCH_NUMBER) !== switches) continue;
      waits.dropRequests++;
      this.#requestDrop(contended & MAX_OWNER);
    }
  }

  /** The lock may have passed on already: then the request reaches a thread without the lock, which drops nothing. */
  #requestDrop(holder: number): void {
    const index = this.#breakers.indexOf(holder);
    if (index >= 0) this.#ops.or(this.#breakers.words, index, this.#breakers.dropRequest);
  }

  #taken(owner: number, started: number, waits: WaitRecord | null): void {
    const ops = this.#ops;
    const last = ops.exchange(this.#words, this.#index + LAST_HOLDER, owner);
    if (last !== owner) {
      ops.add(this.#words, this.#index + SWITCH_NUMBER, 1);
      // The previous holder may wait for this in `drop`.
      ops.notify(this.#words, this.#index + SWITCH_NUMBER, Infinity);
    }
    // A request that was meant for an earlier hold of this thread is void.
    this.#clearRequest(owner);
    this.#count(last !== owner && last !== 0, started, waits);
  }

  #count(switched: boolean, started: number, waits: WaitRecord | null): void {
    const now = this.#ops.now();
    const at = this.#statsIndex;
    const stats = this.#stats;
    stats[at + GIL_STAT.acquisitions]!++;
    stats[at + GIL_STAT.heldSince] = now;
    if (switched) stats[at + GIL_STAT.switches]!++;
    if (waits === null) return;
    const waited = now - started;
    stats[at + GIL_STAT.contended]!++;
    stats[at + GIL_STAT.sleeps]! += waits.sleeps;
    stats[at + GIL_STAT.dropRequests]! += waits.dropRequests;
    stats[at + GIL_STAT.waitTime]! += waited;
    if (waited > stats[at + GIL_STAT.maxWait]!) stats[at + GIL_STAT.maxWait] = waited;
    const bucket = GIL_WAIT_BUCKETS.findIndex((limit) => waited < limit);
    stats[at + GIL_STAT.waitHistogram + (bucket < 0 ? GIL_WAIT_BUCKETS.length : bucket)]!++;
  }

  #clearRequest(owner: number): boolean {
    const index = this.#breakers.indexOf(owner);
    if (index < 0) return false;
    const bit = this.#breakers.dropRequest;
    if ((this.#ops.load(this.#breakers.words, index) & bit) === 0) return false;
    return (this.#ops.and(this.#breakers.words, index, ~bit) & bit) !== 0;
  }

  /** Whether `owner` has been asked to drop the lock. */
  dropRequested(owner: number): boolean {
    const index = this.#breakers.indexOf(owner);
    return index >= 0 && (this.#ops.load(this.#breakers.words, index) & this.#breakers.dropRequest) !== 0;
  }

  /**
   * Drops the lock. If `owner` was asked to, waits until somebody else has had it, so that taking it again at once does not win the race.
   * Throws `NotOwner`.
   */
  drop(owner: number, interval: number): void {
    const ops = this.#ops;
    const lock = this.#index + LOCK;
    const seen = ops.load(this.#words, lock);
    if ((seen & MAX_OWNER) !== owner) throw new NotOwner(`${owner} does not hold the GIL`);
    const forced = this.#clearRequest(owner);
    this.#countDrop(forced);
    // Read before the lock is free: the next holder moves it.
    const switches = ops.load(this.#words, this.#index + SWITCH_NUMBER);
    // An exchange, as a waiter may add CONTENDED at any moment until then.
    const last = ops.exchange(this.#words, lock, 0);
    if ((last & CONTENDED) === 0) return;
    ops.notify(this.#words, lock, 1);
    if (forced) this.#waitForSwitch(switches, interval);
  }

  #countDrop(forced: boolean): void {
    const at = this.#statsIndex;
    const held = this.#ops.now() - this.#stats[at + GIL_STAT.heldSince]!;
    this.#stats[at + GIL_STAT.holdTime]! += held;
    if (held > this.#stats[at + GIL_STAT.maxHold]!) this.#stats[at + GIL_STAT.maxHold] = held;
    if (forced) this.#stats[at + GIL_STAT.forcedHandovers]!++;
  }

  #waitForSwitch(switches: number, interval: number): void {
    for (let round = 0; round < FORCED_ROUNDS; round++) {
      if (this.#ops.wait(this.#words, this.#index + SWITCH_NUMBER, switches, interval) !== 'timed-out') return;
    }
  }

  /** Id of the holder, 0 when free. */
  holder(): number {
    return this.#ops.load(this.#words, this.#index + LOCK) & MAX_OWNER;
  }

  /**
   * For the supervisor after the death of `dead`: frees the lock if `dead` held it and wakes all waiters in any case, as `dead` may have been
   * woken for it. Returns whether it held the lock.
   */
  releaseDead(dead: number): boolean {
    const ops = this.#ops;
    const lock = this.#index + LOCK;
    let held = false;
    for (;;) {
      const seen = ops.load(this.#words, lock);
      if ((seen & MAX_OWNER) !== dead) break;
      held = true;
      if (ops.compareExchange(this.#words, lock, seen, 0) === seen) break;
    }
    if (held) this.#stats[this.#statsIndex + GIL_STAT.deaths]!++;
    ops.notify(this.#words, lock, Infinity);
    ops.add(this.#words, this.#index + SWITCH_NUMBER, 1);
    ops.notify(this.#words, this.#index + SWITCH_NUMBER, Infinity);
    return held;
  }
}

/** Figures of one GIL, by name; `waitHistogram` as in `GIL_WAIT_BUCKETS`. */
export interface GilStats {
  readonly acquisitions: number;
  readonly contended: number;
  readonly sleeps: number;
  readonly waitTime: number;
  readonly maxWait: number;
  readonly holdTime: number;
  readonly maxHold: number;
  readonly switches: number;
  readonly dropRequests: number;
  readonly forcedHandovers: number;
  readonly deaths: number;
  readonly waitHistogram: readonly number[];
}

/** Reads the statistics of a GIL. */
export function readGilStats(stats: Float64Array, index: number): GilStats {
  const at = (name: keyof typeof GIL_STAT): number => stats[index + GIL_STAT[name]]!;
  return {
    acquisitions: at('acquisitions'), contended: at('contended'), sleeps: at('sleeps'), waitTime: at('waitTime'), maxWait: at('maxWait'), holdTime: at('holdTime'),
    maxHold: at('maxHold'), switches: at('switches'), dropRequests: at('dropRequests'), forcedHandovers: at('forcedHandovers'), deaths: at('deaths'),
    waitHistogram: [...stats.slice(index + GIL_STAT.waitHistogram, index + GIL_STATS_LENGTH)],
  };
}
