/** Signals of the operating system and timers for Python's handlers: the worker says which it wants. SIGINT has a route of its own (`interrupts.ts`). */
import { constants } from 'node:os';
import type { InterpreterHandle } from './interpreter-handle.ts';
import type { Supervisor } from './supervisor.ts';

const SIGINT = 2;
const SIGALRM = 14;

const NAMES = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name as NodeJS.Signals]));

/** What the process does with a signal: Python's handler, nothing, or the system's default. */
type Disposition = 'handle' | 'ignore' | 'default';

/** Offers `signal.watch` and `signal.timer`. */
export function offerSignals(supervisor: Supervisor): void {
  const listeners = new Map<number, () => void>();
  supervisor.offer('signal.watch', (from, argument) => {
    const { number, disposition } = argument as { number: number; disposition: Disposition };
    const name = NAMES.get(number);
    if (name === undefined || number === SIGINT) return Promise.resolve(null);
    const known = listeners.get(number);
    if (known !== undefined) process.off(name, known);
    listeners.delete(number);
    if (disposition !== 'default') {
      const listener = (): void => {
        if (disposition === 'handle') from.signal(number);
      };
      listeners.set(number, listener);
      process.on(name, listener);
    }
    return Promise.resolve(null);
  });
  offerTimers(supervisor);
}

/** `ITIMER_REAL`: one timer for the process, as the system has it. */
function offerTimers(supervisor: Supervisor): void {
  let timer: NodeJS.Timeout | undefined;
  let due = 0;
  let interval = 0;
  const start = (from: InterpreterHandle, seconds: number): void => {
    due = performance.now() + seconds * 1000;
    timer = setTimeout(() => {
      timer = undefined;
      if (interval > 0) start(from, interval);
      from.signal(SIGALRM);
    }, seconds * 1000);
    timer.unref();
  };
  supervisor.offer('signal.timer', (from, argument) => {
    const request = argument as { seconds: number; interval: number } | null;
    const before = [timer === undefined ? 0 : Math.max(1e-6, (due - performance.now()) / 1000), timer === undefined ? 0 : interval];
    if (request !== null) {
      clearTimeout(timer);
      timer = undefined;
      interval = request.interval;
      if (request.seconds > 0) start(from, request.seconds);
    }
    return Promise.resolve(before);
  });
}
