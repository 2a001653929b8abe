/**
 * `_signal` (Modules/signalmodule.c): the table of Python handlers of an interpreter, and running them on its main thread.
 *
 * Signals come from Ctrl-C (the supervisor sets BREAKER_INTERRUPT), from Python itself (`raise_signal`, `pthread_kill`), and from the operating system
 * once Python has a handler: then the supervisor hears them and sets BREAKER_SIGNAL. Masks hold back what comes to Python, not to the process.
 */
import type { PySet } from '../core/containers.ts';
import { BREAKER_SIGNAL, PARKED, type Thread, topFrame } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { call, isCallable } from '../objects/call.ts';
import { KeyboardInterrupt, OSError, OverflowError } from '../objects/exception-types.ts';
import { frameObject } from '../objects/frame.ts';
import { tableGetStr } from '../objects/hash-table.ts';
import { toArray } from '../objects/iterate.ts';
import { newFloat, newSet, newTuple } from '../objects/make.ts';
import { toDouble } from '../objects/numbers.ts';
import { PyBaseException } from '../core/exception.ts';
import { toSize } from '../objects/operators.ts';
import { newException, raiseTypeError, raiseValueError } from '../objects/raise.ts';
import { setAdd } from '../objects/set.ts';
import { staticType } from '../objects/static-types.ts';
import { structSequenceType } from '../objects/struct-sequence.ts';
import { isTrue } from '../objects/truth.ts';
import { readyType } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';
import { askNow } from './ask.ts';
import { checkDescriptor, writeDescriptor } from './descriptors.ts';
import { errnoOf, newOsError, raiseErrno } from './os-errors.ts';
import { reportUnraisable } from './sys.ts';
import { virtualFile } from './virtual-files.ts';
import { defaultAction, isValidSignal, NSIG, SIGINT, SIGKILL, SIGNAL_ROWS, SIGRTMIN, SIGSTOP, signalText } from './_signal/table.ts';

const SIG_DFL = 0;
const SIG_IGN = 1;
const SIG_BLOCK = 0;
const SIG_UNBLOCK = 1;
const SIG_SETMASK = 2;
const ITIMER_PROF = 2;

const ITIMER_ERROR = staticType('ItimerError', { base: OSError, module: 'signal', baseType: true, hasDict: true });
readyType(ITIMER_ERROR, {});

const SIGINFO_TYPE = structSequenceType('struct_siginfo', {
  module: 'signal', doc: 'struct_siginfo: Result from sigwaitinfo or sigtimedwait.',
  fields: ['si_signo', 'si_code', 'si_errno', 'si_pid', 'si_uid', 'si_status', 'si_band'],
});

interface SignalState {
  /** Handlers by number; absent is SIG_DFL. SIGINT starts with `default_int_handler`. */
  readonly handlers: Map<number, Value>;
  /** Signals that have come and whose handler has not run yet. */
  readonly pending: Set<number>;
  readonly blocked: Set<number>;
  wakeupFd: number;
  warnOnFull: boolean;
  /** Signals that were handled so far, for `pause`. */
  handled: number;
}

function signalState(t: Thread): SignalState {
  let state = t.interpreter.moduleState.get('_signal') as SignalState | undefined;
  if (state === undefined) {
    state = { handlers: new Map<number, Value>(), pending: new Set(), blocked: new Set(), wakeupFd: -1, warnOnFull: true, handled: 0 };
    t.interpreter.moduleState.set('_signal', state);
  }
  return state;
}

/**
 * Runs the handlers of all signals that have come, on the main thread: the scheduler calls it when BREAKER_INTERRUPT or BREAKER_SIGNAL was set.
 * A pending signal that Python raised is in the state; a bare breaker bit is Ctrl-C. Raises what a handler raises.
 */
export function handleSignals(t: Thread): void {
  const state = signalState(t);
  const come = Atomics.exchange(t.interpreter.signals, 0, 0);
  for (let number = 1; number < 32; number++) if ((come & (1 << number)) !== 0) state.pending.add(number);
  if (state.pending.size === 0) state.pending.add(SIGINT);
  deliver(t, state);
}

function deliver(t: Thread, state: SignalState): void {
  for (const number of [...state.pending].sort((a, b) => a - b)) {
    if (state.blocked.has(number) || !state.pending.delete(number)) continue;
    wakeUp(t, state, number);
    state.handled++;
    runHandler(t, state, number);
  }
}

/** Writes the number to the wake-up descriptor; a full one loses it with a warning on standard error, as in CPython. */
function wakeUp(t: Thread, state: SignalState, number: number): void {
  if (state.wakeupFd < 0) return;
  try {
    if (writeDescriptor(t, state.wakeupFd, Uint8Array.of(number)) === null) throw newOsError(errnoOf('EAGAIN'));
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    const full = caught.fields?.get('errno') === errnoOf('EAGAIN');
    if (!full || state.warnOnFull) reportUnraisable(t, caught, 'Exception ignored while trying to write to the signal wakeup fd', null);
  }
}

function runHandler(t: Thread, state: SignalState, number: number): void {
  const handler = state.handlers.get(number);
  // Before `_signal` is imported there is no handler object: Ctrl-C raises all the same.
  if (handler === undefined && number === SIGINT) throw newException(KeyboardInterrupt);
  if (handler === SIG_IGN) return;
  if (handler === undefined || handler === SIG_DFL) {
    if (defaultAction(number) !== 'ignore') process.kill(process.pid, number);
    return;
  }
  call(t, handler, [number, topFrame(t) === null ? null : frameObject(t, topFrame(t)!)]);
}

/** Sends a signal to Python's handlers: at once on the main thread, at its next safepoint from another one. */
export function raiseSignal(t: Thread, number: number): void {
  const state = signalState(t);
  state.pending.add(number);
  if (t === t.interpreter.mainThread) deliver(t, state);
  else Atomics.or(t.interpreter.mainThread.breaker, 0, BREAKER_SIGNAL);
}

/** `_thread.interrupt_main`: nothing happens for a signal that has no handler of Python's. Raises ValueError for a number that is no signal. */
export function simulateSignal(t: Thread, number: number): void {
  if (number < 1 || number >= NSIG) raiseValueError('signal number out of range');
  const handler = signalState(t).handlers.get(number);
  if (handler === SIG_DFL || handler === SIG_IGN || (handler === undefined && number !== SIGINT)) return;
  signalState(t).pending.add(number);
  Atomics.or(t.interpreter.mainThread.breaker, 0, BREAKER_SIGNAL);
}

function toSignal(t: Thread, value: Value): number {
  const number = toSize(t, value, OverflowError);
  return number < 1 || number >= NSIG ? raiseValueError('signal number out of range') : number;
}

function requireMainThread(t: Thread, what: string): void {
  if (t !== t.interpreter.mainThread || t.interpreter.id !== 0) raiseValueError(`${what} only works in main thread of the main interpreter`);
}

function signal_signal(t: Thread, signalnum: Value, handler: Value): Value {
  requireMainThread(t, 'signal');
  const number = toSignal(t, signalnum);
  if (handler !== SIG_DFL && handler !== SIG_IGN && !isCallable(handler)) {
    raiseTypeError('signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object');
  }
  if (number === SIGKILL || number === SIGSTOP || !isValidSignal(number)) raiseErrno('EINVAL');
  const previous = handlerOf(t, number);
  signalState(t).handlers.set(number, handler);
  // Waited for: a signal sent right afterwards must find the handler.
  if (t.interpreter.ask !== null && number !== SIGINT) askNow(t, 'signal.watch', { number, disposition: handler === SIG_DFL ? 'default' : handler === SIG_IGN ? 'ignore' : 'handle' });
  return previous;
}

function handlerOf(t: Thread, number: number): Value {
  const handler = signalState(t).handlers.get(number);
  return handler === undefined ? SIG_DFL : handler;
}

function signal_getsignal(t: Thread, signalnum: Value): Value {
  const number = toSignal(t, signalnum);
  return isValidSignal(number) ? handlerOf(t, number) : null;
}

function signal_raise(t: Thread, signalnum: Value): void {
  const number = toSize(t, signalnum, OverflowError);
  if (number < 0 || number >= NSIG) raiseErrno('EINVAL');
  if (number > 0) raiseSignal(t, number);
}

function signal_pthreadKill(t: Thread, threadId: Value, signalnum: Value): void {
  const number = toSize(t, signalnum, OverflowError);
  if (number < 0 || number >= NSIG) raiseErrno('EINVAL');
  if (!t.interpreter.threads.has(toSize(t, threadId, OverflowError))) raiseErrno('ESRCH');
  if (number > 0) raiseSignal(t, number);
}

function setOf(t: Thread, numbers: Iterable<number>): PySet {
  const set = newSet();
  for (const number of numbers) setAdd(t, set.table, number);
  return set;
}

function validSignals(): number[] {
  return Array.from({ length: NSIG }, (_, number) => number).filter((number) => isValidSignal(number));
}

function maskOf(t: Thread, mask: Value): number[] {
  return toArray(t, mask).map((item) => {
    const number = toSize(t, item, OverflowError);
    return number < 1 || number >= NSIG ? raiseValueError(`signal number ${number} out of range [1; ${NSIG - 1}]`) : number;
  });
}

function signal_sigmask(t: Thread, how: Value, mask: Value): Value {
  const state = signalState(t);
  const numbers = maskOf(t, mask);
  const previous = setOf(t, state.blocked);
  if (how === SIG_SETMASK) state.blocked.clear();
  else if (how !== SIG_BLOCK && how !== SIG_UNBLOCK) raiseErrno('EINVAL');
  for (const number of numbers) {
    if (how === SIG_UNBLOCK) state.blocked.delete(number);
    else if (number !== SIGKILL && number !== SIGSTOP) state.blocked.add(number);
  }
  if (t === t.interpreter.mainThread) deliver(t, state);
  return previous;
}

function signal_sigwait(t: Thread, sigset: Value): Value | typeof PARKED {
  const state = signalState(t);
  const numbers = maskOf(t, sigset);
  const come = (): number | undefined => numbers.find((number) => state.pending.has(number));
  t.parked = {
    ready: () => come() !== undefined,
    finish: () => {
      const number = come()!;
      state.pending.delete(number);
      return number;
    },
    deadline: Infinity, reason: 'sigwait',
  };
  return PARKED;
}

function signal_setWakeupFd(t: Thread, fd: Value, warnOnFull?: Value): Value {
  requireMainThread(t, 'set_wakeup_fd');
  const state = signalState(t);
  const number = toSize(t, fd, OverflowError);
  if (number !== -1) {
    checkDescriptor(number);
    if (virtualFile(number)?.blocking ?? true) raiseValueError(`the fd ${number} must be in non-blocking mode`);
  }
  const previous = state.wakeupFd;
  state.wakeupFd = number;
  state.warnOnFull = warnOnFull === undefined || isTrue(t, warnOnFull);
  return previous;
}

/** Seconds left and interval of the real-time timer, which the supervisor keeps; sets it when `request` is given. */
function realTimer(t: Thread, request: { seconds: number; interval: number } | null): [number, number] {
  return askNow(t, 'signal.timer', request) as [number, number];
}

function itimerPair([seconds, interval]: [number, number]): Value {
  return newTuple([newFloat(seconds), newFloat(interval)]);
}

/** Only the real-time timer can be had: Node does not count processor time for signals. */
function requireRealTimer(t: Thread, which: Value): void {
  const number = toSize(t, which, OverflowError);
  if (number !== 0) throw newOsError(errnoOf(number < 0 || number > ITIMER_PROF ? 'EINVAL' : 'ENOSYS'), undefined, undefined, ITIMER_ERROR);
}

function signal_setitimer(t: Thread, which: Value, seconds: Value, interval?: Value): Value {
  requireRealTimer(t, which);
  const [first, next] = [toDouble(t, seconds), interval === undefined ? 0 : toDouble(t, interval)];
  if (first < 0 || next < 0) throw newOsError(errnoOf('EINVAL'), undefined, undefined, ITIMER_ERROR);
  return itimerPair(realTimer(t, { seconds: first, interval: next }));
}

function signal_getitimer(t: Thread, which: Value): Value {
  requireRealTimer(t, which);
  return itimerPair(realTimer(t, null));
}

function signal_alarm(t: Thread, seconds: Value): Value {
  return Math.ceil(realTimer(t, { seconds: toSize(t, seconds, OverflowError), interval: 0 })[0]);
}

function signal_pause(t: Thread): typeof PARKED {
  const state = signalState(t);
  const { handled } = state;
  t.parked = { ready: () => state.handled !== handled, finish: () => null, deadline: Infinity, reason: 'pause' };
  return PARKED;
}

function constants(): Record<string, Value> {
  const values: Record<string, Value> = { SIG_DFL, SIG_IGN, SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK, NSIG, ITIMER_REAL: 0, ITIMER_VIRTUAL: 1, ITIMER_PROF };
  for (const [number, , , ...names] of SIGNAL_ROWS) for (const name of names) values[name] = number;
  return { ...values, SIGRTMIN, SIGRTMAX: NSIG - 1 };
}

function signal_default(_t: Thread, _number: Value, _frame: Value): never {
  throw newException(KeyboardInterrupt);
}

/** The table. */
export const SIGNAL_MODULE: NativeModule = {
  name: '_signal',
  doc: 'This module provides mechanisms to use signal handlers in Python.',
  types: { ItimerError: ITIMER_ERROR, struct_siginfo: SIGINFO_TYPE },
  attributes: constants,
  exec: (t, module) => {
    const handler: Maybe = tableGetStr(module.dict.table, 'default_int_handler');
    const { handlers } = signalState(t);
    if (handler !== undefined && !handlers.has(SIGINT)) handlers.set(SIGINT, handler);
  },
  functions: {
    default_int_handler: [signal_default, '($module, signalnum, frame, /)', 'The default handler for SIGINT installed by Python.'],
    alarm: [signal_alarm, '($module, seconds, /)', 'Arrange for SIGALRM to arrive after the given number of seconds.'],
    setitimer: [signal_setitimer, '($module, which, seconds, interval=0.0, /)', 'Sets given itimer (one of ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF).'],
    getitimer: [signal_getitimer, '($module, which, /)', 'Returns current value of given itimer.'],
    signal: [signal_signal, '($module, signalnum, handler, /)', 'Set the action for the given signal.'],
    raise_signal: [signal_raise, '($module, signalnum, /)', 'Send a signal to the executing process.'],
    strsignal: [(t: Thread, number: Value) => signalText(toSignal(t, number)), '($module, signalnum, /)', 'Return the system description of the given signal.'],
    getsignal: [signal_getsignal, '($module, signalnum, /)', 'Return the current action for the given signal.'],
    set_wakeup_fd: [signal_setWakeupFd, '($module, fd, /, *, warn_on_full_buffer=True)', 'Sets the fd to be written to (with the signal number) when a signal comes in.'],
    siginterrupt: [
      (t: Thread, number: Value, flag: Value) => {
        toSignal(t, number);
        isTrue(t, flag);
      },
      '($module, signalnum, flag, /)', 'Change system call restart behaviour.',
    ],
    pthread_kill: [signal_pthreadKill, '($module, thread_id, signalnum, /)', 'Send a signal to a thread.'],
    pthread_sigmask: [signal_sigmask, '($module, how, mask, /)', 'Fetch and/or change the signal mask of the calling thread.'],
    sigpending: [(t: Thread) => setOf(t, signalState(t).pending), '($module, /)', 'Examine pending signals.'],
    pause: [signal_pause, '($module, /)', 'Wait until a signal arrives.'],
    sigwait: [signal_sigwait, '($module, sigset, /)', 'Wait for a signal.'],
    valid_signals: [(t: Thread) => setOf(t, validSignals()), '($module, /)', 'Return a set of valid signal numbers on this platform.'],
  },
};
