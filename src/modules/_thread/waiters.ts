/**
 * Who waits for a lock. A release hands the lock on to the first of those who have waited long, instead of opening it: a thread that takes and gives back a lock
 * in a loop would otherwise have it in its hands whenever its slice ends, and the others would starve (PyMutex of CPython 3.14, Python/lock.c).
 *
 * An heir that cannot go on (`Scheduler.isBuried`) keeps nobody from the lock: who could go on takes it in the heir's place, and the heir waits again, first in the line.
 */
import { PARKED, type Parking, type Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';

/** Milliseconds of waiting after which a lock is handed on (TIME_TO_BE_FAIR_NS). */
const TIME_TO_BE_FAIR = 1;

interface Waiter {
  readonly thread: Thread;
  readonly since: number;
  /** A release has handed the lock on: it is the thread's. */
  isHeir: boolean;
}

/** What is waited for. */
export interface Lockable {
  /** Whether nobody has it. */
  isFree(): boolean;
  /** `thread` takes it. */
  take(thread: Thread): void;
  /** Nobody has it any more, or the thread that has waited longest. */
  giveUp(): void;
}

/** Parks the thread; the caller returns the result. */
export function parkFor(t: Thread, parking: Parking): typeof PARKED {
  t.parked = parking;
  return PARKED;
}

/** The threads that wait for one lock, in the order in which they came. */
export class Waiters {
  private readonly queue: Waiter[] = [];
  /** Has got the lock, and has not gone on yet. */
  private heir: Waiter | null = null;

  /** `t` waits for `lock` until `deadline` (milliseconds of `performance.now()`). The call's result is what `got` gives, or False after the deadline. */
  park(t: Thread, lock: Lockable, wait: { deadline: number; reason: string; got: () => Value }): typeof PARKED {
    const waiter: Waiter = { thread: t, since: performance.now(), isHeir: false };
    this.queue.push(waiter);
    return parkFor(t, {
      reason: wait.reason,
      deadline: wait.deadline,
      isInternal: true,
      ready: () => waiter.isHeir || lock.isFree() || this.isHeirBuriedUnder(t),
      finish: () => {
        this.forget(waiter);
        if (!waiter.isHeir) {
          if (this.isHeirBuriedUnder(t)) this.disinherit();
          else if (!lock.isFree()) return false;
          lock.take(t);
        }
        return wait.got();
      },
      abandon: () => {
        this.forget(waiter);
        if (waiter.isHeir) lock.giveUp();
      },
    });
  }

  /** It waits no more. A lock that somebody else has released meanwhile may have a later heir. */
  private forget(waiter: Waiter): void {
    if (!waiter.isHeir) this.queue.splice(this.queue.indexOf(waiter), 1);
    else if (this.heir === waiter) this.heir = null;
  }

  private isHeirBuriedUnder(t: Thread): boolean {
    const { scheduler } = t.interpreter;
    return this.heir !== null && scheduler.isBuried(this.heir.thread) && !scheduler.isBuried(t);
  }

  private disinherit(): void {
    const heir = this.heir!;
    heir.isHeir = false;
    this.heir = null;
    this.queue.unshift(heir);
  }

  /** The thread that a release hands the lock on to: it stays locked. Null: it is open for whoever comes first. */
  takeHeir(): Thread | null {
    const first = this.queue[0];
    if (first === undefined || performance.now() - first.since < TIME_TO_BE_FAIR) return null;
    this.queue.shift();
    first.isHeir = true;
    this.heir = first;
    return first.thread;
  }
}
