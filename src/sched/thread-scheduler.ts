/**
 * The GIL-mode scheduler: runs all threads of one interpreter on its own worker and switches by swapping the current frame at a safepoint.
 *
 *   running ──safepoint, slice over──▶ ready (queue) ──its turn──▶ running
 *   running ──park()──▶ parked ──ready() or deadline──▶ running
 *   running ──block() in native code──▶ blocked; others run nested until it can go on
 *
 * INV-1: at most one thread runs; all others are in `ready` or `parked`, or blocked below on the JavaScript stack.
 * INV-2: only a thread in the loop that was entered with `canSwap` is swapped out; the others' JavaScript frames hold their state.
 * INV-3: a blocked thread goes on before anything below it can: the loops above it return null as soon as it is ready. Those below it are buried; where the
 * topmost wait could be ended by them alone, it ends with RuntimeError.
 */
import {
  BREAKER_ASYNC_EXCEPTION, BREAKER_DROP_REQUEST, BREAKER_EVICT, BREAKER_INTERRUPT, BREAKER_LEAVE_LOOP, BREAKER_PENDING_CALL, BREAKER_SIGNAL, BREAKER_TRACE, BREAKER_URGENT, type Interpreter, type Parking, type Scheduler, type Thread,
} from '../core/thread.ts';
import type { PyBaseException } from '../core/exception.ts';
import type { Value } from '../core/value.ts';
import { assert } from '../base/assert.ts';

/** The GIL that an interpreter shares with others (`gil` mode); null when it has its own. */
export interface SharedGil {
  acquire(): void;
  release(): void;
  /** Another interpreter waits: give the GIL up and take it back after somebody else had it. */
  yieldTo(): void;
}

/** What the scheduler needs from the rooms above it. */
export interface SchedulerHost {
  /** Runs a thread's frames in a loop that may swap; returns when the scheduler answers null. */
  runLoop(t: Thread): void;
  /** Runs Python signal handlers or raises KeyboardInterrupt, on the main thread. */
  handleSignals(t: Thread): void;
  /** Calls that other threads have queued (`Py_AddPendingCall`). */
  runPendingCalls(t: Thread): void;
  /** The worker's wake word. Read before anything is asked whether it is ready, so that no wake-up falls between the look and the sleep. */
  wakeCount(): number;
  /** Waits until the worker's wake word is not `seen`, or `milliseconds` pass. */
  waitForWake(milliseconds: number, seen: number): void;
  /** Raises RuntimeError: the wait of the running thread, for `Parking.reason`, keeps those from going on who could end it. */
  raiseDeadlock(reason: string): never;
  /** A thread that the scheduler started has ended with an exception. */
  reportThreadDeath(t: Thread, exception: PyBaseException): void;
  /** Milliseconds, monotonic. */
  now(): number;
  readonly gil: SharedGil | null;
}

/** Counters of one interpreter's scheduler, for `ladon.gil_stats()` and reports. */
export interface SchedulerStatistics {
  switches: number;
  parks: number;
  blocks: number;
  /** Switches that had to wait as the thread was inside a native call. */
  deferred: number;
  safepoints: number;
}

/** Safepoints between two looks at the clock while several threads are ready, on average. */
const CLOCK_STRIDE = 32;
/** Milliseconds, per second of the switch interval, until a slice that ended where its thread could not be swapped out ends again: a tenth of it. */
const DEFERRED_SLICE = 100;
/** Waits are cut to this, so that a lost wake-up costs at most a beat. */
const MAX_WAIT_MS = 1000;

interface Blocker {
  readonly thread: Thread;
  readonly parking: Parking;
}

/** See the file's head. */
export class ThreadScheduler implements Scheduler {
  readonly statistics: SchedulerStatistics = { switches: 0, parks: 0, blocks: 0, deferred: 0, safepoints: 0 };
  private readonly interpreter: Interpreter;
  private readonly host: SchedulerHost;
  private readonly ready: Thread[] = [];
  private readonly parked: Thread[] = [];
  private readonly blockers: Blocker[] = [];
  private sliceEnd = 0;
  private stride = 0;
  private seed = 1;

  constructor(interpreter: Interpreter, host: SchedulerHost) {
    this.interpreter = interpreter;
    this.host = host;
  }

  /** Adds a new thread, whose bottom frame is set; it runs when its turn comes. */
  start(t: Thread): void {
    this.ready.push(t);
    this.requestSwitches();
  }

  /** Number of threads other than the running one. */
  get waiting(): number {
    return this.ready.length + this.parked.length;
  }

  get blocked(): number {
    return this.blockers.length;
  }

  isBuried(t: Thread): boolean {
    const { blockers } = this;
    return blockers.length > 1 && t !== blockers[blockers.length - 1]!.thread && blockers.some(({ thread }) => thread === t);
  }

  safepoint(t: Thread, canSwap: boolean): Thread | null {
    this.statistics.safepoints++;
    this.handleEvents(t);
    const bits = Atomics.load(t.breaker, 0);
    // No loop that comes here can be left for compiled code below it: this clears the bit until that code runs again.
    if ((bits & BREAKER_EVICT) !== 0) this.interpreter.mustEvict(t);
    const leaves = (bits & BREAKER_LEAVE_LOOP) !== 0 || ((bits & BREAKER_TRACE) !== 0 && !this.interpreter.inInstrumentedLoop);
    if (leaves) {
      this.interpreter.loopSwitch = t;
      return null;
    }
    if ((bits & BREAKER_DROP_REQUEST) === 0 || --this.stride > 0) return t;
    this.stride = this.nextStride();
    return this.endSlice(t, canSwap);
  }

  mustLeave(t: Thread): boolean {
    // A plain load, as that before it: while threads of an interpreter take turns each round of a loop comes here.
    const bits = t.breaker[0]!;
    if ((bits & BREAKER_URGENT) !== 0) return true;
    if ((bits & BREAKER_EVICT) !== 0 && this.interpreter.mustEvict(t)) return true;
    if ((bits & BREAKER_DROP_REQUEST) === 0 || --this.stride > 0) return false;
    const now = this.host.now();
    const leaves = now >= this.sliceEnd || (this.blockers.length > 0 && this.topReady(now));
    // The safepoint that the code is left for looks at the clock at once.
    this.stride = leaves ? 1 : this.nextStride();
    return leaves;
  }

  /**
   * Safepoints until the next look at the clock. Never the same number twice running: a thread that takes and gives back a lock in a loop would be looked at
   * in the same phase of its loop each time, always with the lock in its hands, and whoever waits for the lock would never get it.
   */
  private nextStride(): number {
    this.seed = (Math.imul(this.seed, 1664525) + 1013904223) >>> 0;
    return CLOCK_STRIDE / 2 + (this.seed >>> 27);
  }

  handleEvents(t: Thread): void {
    const bits = Atomics.load(t.breaker, 0);
    if ((bits & BREAKER_URGENT) === 0) return;
    if ((bits & (BREAKER_INTERRUPT | BREAKER_SIGNAL)) !== 0 && t === this.interpreter.mainThread) {
      Atomics.and(t.breaker, 0, ~(BREAKER_INTERRUPT | BREAKER_SIGNAL));
      this.host.handleSignals(t);
    }
    if ((bits & BREAKER_PENDING_CALL) !== 0) {
      Atomics.and(t.breaker, 0, ~BREAKER_PENDING_CALL);
      this.host.runPendingCalls(t);
    }
    if (t.asyncException !== null) {
      const exception = t.asyncException;
      t.asyncException = null;
      if (![...this.interpreter.threads.values()].some((thread) => thread.asyncException !== null)) Atomics.and(t.breaker, 0, ~BREAKER_ASYNC_EXCEPTION);
      throw exception;
    }
  }

  /** The slice may be over: hands the shared GIL on, or the worker to another thread. */
  private endSlice(t: Thread, canSwap: boolean): Thread | null {
    const now = this.host.now();
    if (this.blockers.length > 0 && this.topReady(now)) return this.leaveToBlocker(t, canSwap);
    if (now < this.sliceEnd) return t;
    this.sliceEnd = now + this.interpreter.switchInterval * 1000;
    if (this.host.gil !== null) {
      this.host.gil.yieldTo();
      // Taking the GIL again clears the bit, which also says that other threads of this interpreter want to run.
      this.requestSwitches();
    }
    this.wakeParked(now);
    if (this.ready.length === 0) {
      if (this.parked.length === 0 && this.blockers.length === 0) Atomics.and(t.breaker, 0, ~BREAKER_DROP_REQUEST);
      return t;
    }
    if (!canSwap) {
      // Not a whole slice more: a thread that is nearly always where it cannot be swapped out would never be.
      this.sliceEnd = now + this.interpreter.switchInterval * DEFERRED_SLICE;
      this.statistics.deferred++;
      return t;
    }
    this.ready.push(t);
    return this.switchTo(this.takeReady(now)!);
  }

  private topReady(now: number): boolean {
    const top = this.blockers[this.blockers.length - 1]!;
    return top.parking.ready() || now >= top.parking.deadline || this.hasSignalFor(top.thread);
  }

  private leaveToBlocker(t: Thread, canSwap: boolean): Thread | null {
    if (!canSwap) return t;
    this.ready.push(t);
    return null;
  }

  private switchTo(t: Thread): Thread {
    this.statistics.switches++;
    this.sliceEnd = this.host.now() + this.interpreter.switchInterval * 1000;
    this.interpreter.running = t;
    return t;
  }

  /** Signals are for the main thread: a wait of it ends when one comes. */
  private hasSignalFor(t: Thread): boolean {
    return t === this.interpreter.mainThread && (Atomics.load(t.breaker, 0) & (BREAKER_INTERRUPT | BREAKER_SIGNAL)) !== 0;
  }

  /** Moves parked threads that can go on to the ready queue, oldest first. */
  private wakeParked(now: number): void {
    for (let i = 0; i < this.parked.length; ) {
      const t = this.parked[i]!;
      const parking = t.parked!;
      if (parking.ready() || now >= parking.deadline || t.asyncException !== null) {
        this.parked.splice(i, 1);
        this.ready.push(t);
      } else if (this.hasSignalFor(t)) {
        this.parked.splice(i, 1);
        this.interruptWait(t, parking);
        this.ready.unshift(t);
      } else i++;
    }
  }

  /**
   * The next thread that can run. Several may have waited for one lock: those that come too late wait on.
   * INV-4: between this check and `finish` no other thread runs, so a lock that was free still is.
   */
  private takeReady(now: number): Thread | undefined {
    for (let t = this.ready.shift(); t !== undefined; t = this.ready.shift()) {
      const { parked } = t;
      if (parked === null || parked.ready() || now >= parked.deadline || t.asyncException !== null) return t;
      this.parked.push(t);
    }
    return undefined;
  }

  /** The main thread's wait is over for a signal: its handlers run when it goes on, then it waits for the rest (PEP 475). */
  private interruptWait(t: Thread, parking: Parking): void {
    t.parked = {
      ready: () => true,
      deadline: Infinity,
      reason: parking.reason,
      finish: () => {
        this.handleSignalsIn(t, parking);
        return parking.ready() || this.host.now() >= parking.deadline ? parking.finish() : this.block(t, parking);
      },
    };
  }

  private handleSignalsIn(t: Thread, parking: Parking): void {
    Atomics.and(t.breaker, 0, ~(BREAKER_INTERRUPT | BREAKER_SIGNAL));
    try {
      this.host.handleSignals(t);
    } catch (error) {
      parking.abandon?.();
      throw error;
    }
  }

  park(t: Thread): Thread | null {
    this.statistics.parks++;
    assert(t.parked !== null, 'a thread that parks says for what');
    this.parked.push(t);
    return this.next();
  }

  /** The thread to run now; waits when all are parked. Null: the topmost blocked thread goes on. */
  private next(): Thread | null {
    for (;;) {
      const seen = this.host.wakeCount();
      const now = this.host.now();
      this.wakeParked(now);
      if (this.blockers.length > 0 && this.topReady(now)) return null;
      const t = this.takeReady(now);
      if (t !== undefined) {
        this.requestSwitches();
        return this.switchTo(t);
      }
      if (this.isStuck()) return null;
      this.waitForWork(now, seen);
    }
  }

  /** No thread can run. Whether the topmost wait is for ever, only because it buries a thread that could go on. */
  private isStuck(): boolean {
    const top = this.blockers.length - 1;
    if (top < 1) return false;
    const isForThreads = ({ isInternal, deadline }: Parking): boolean => isInternal === true && deadline === Infinity;
    return isForThreads(this.blockers[top]!.parking) && this.parked.every((t) => isForThreads(t.parked!))
      && this.blockers.some(({ parking }, i) => i < top && !(isForThreads(parking) && !parking.ready()));
  }

  private waitForWork(now: number, seen: number): void {
    let deadline = now + MAX_WAIT_MS;
    for (const t of this.parked) deadline = Math.min(deadline, t.parked!.deadline);
    const top = this.blockers[this.blockers.length - 1];
    if (top !== undefined) deadline = Math.min(deadline, top.parking.deadline);
    this.host.gil?.release();
    try {
      if (deadline > now) this.host.waitForWake(deadline - now, seen);
    } finally {
      this.host.gil?.acquire();
    }
  }

  block(t: Thread, parking: Parking): Value {
    this.statistics.blocks++;
    const blocker: Blocker = { thread: t, parking };
    this.blockers.push(blocker);
    try {
      this.waitNested(t, blocker);
    } finally {
      this.blockers.splice(this.blockers.indexOf(blocker), 1);
      this.interpreter.running = t;
    }
    return parking.finish();
  }

  private waitNested(t: Thread, blocker: Blocker): void {
    for (;;) {
      const seen = this.host.wakeCount();
      const now = this.host.now();
      if (this.hasSignalFor(t)) this.handleSignalsIn(t, blocker.parking);
      if (blocker.parking.ready() || now >= blocker.parking.deadline) return;
      this.wakeParked(now);
      const other = this.takeReady(now);
      if (other === undefined) {
        if (this.isStuck()) {
          blocker.parking.abandon?.();
          this.host.raiseDeadlock(blocker.parking.reason);
        }
        this.waitForWork(now, seen);
        continue;
      }
      this.requestSwitches();
      this.switchTo(other);
      this.host.runLoop(other);
    }
  }

  finished(t: Thread, exception: PyBaseException | null): Thread | null {
    this.interpreter.threads.delete(t.id);
    if (exception !== null) this.host.reportThreadDeath(t, exception);
    t.onExit?.();
    return this.next();
  }

  /** Makes the running thread look at the clock at its safepoints. */
  private requestSwitches(): void {
    if (this.ready.length + this.parked.length + this.blockers.length > 0) Atomics.or(this.interpreter.mainThread.breaker, 0, BREAKER_DROP_REQUEST);
  }
}
