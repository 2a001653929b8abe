/**
 * Who waits for a lock. A release hands the lock on to the first of those who have waited long, instead of opening it: a thread that takes and gives back a lock
 * in a loop would otherwise have it in its hands whenever its slice ends, and the others would starve (PyMutex of CPython 3.14, Python/lock.c).
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
}

/** Parks the thread; the caller returns the result. */
export function parkFor(t: Thread, parking: Parking): typeof PARKED {
  t.parked = parking;
  return PARKED;
}

/** The threads that wait for one lock, in the order in which they came. */
export class Waiters {
  private readonly queue: Waiter[] = [];

  /** `t` waits for `lock` until `deadline` (milliseconds of `performance.now()`). The call's result is what `got` gives, or False after the deadline. */
  park(t: Thread, lock: Lockable, wait: { deadline: number; reason: string; got: () => Value }): typeof PARKED {
    const waiter: Waiter = { thread: t, since: performance.now(), isHeir: false };
    this.queue.push(waiter);
    return parkFor(t, {
      reason: wait.reason,
      deadline: wait.deadline,
      ready: () => waiter.isHeir || lock.isFree(),
      finish: () => {
        if (!waiter.isHeir) {
          this.queue.splice(this.queue.indexOf(waiter), 1);
          if (!lock.isFree()) return false;
          lock.take(t);
        }
        return wait.got();
      },
    });
  }

  /** The thread that a release hands the lock on to: it stays locked. Null: it is open for whoever comes first. */
  takeHeir(): Thread | null {
    const first = this.queue[0];
    if (first === undefined || performance.now() - first.since < TIME_TO_BE_FAIR) return null;
    this.queue.shift();
    first.isHeir = true;
    return first.thread;
  }
}
