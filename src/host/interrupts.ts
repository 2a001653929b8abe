/** Ctrl-C: the first raises KeyboardInterrupt in the main interpreter, a second within two seconds in all, a third ends the process. While Python waits for input each is a first one. */
import type { InterpreterHandle } from './interpreter-handle.ts';
import type { Supervisor } from './supervisor.ts';

/** Presses further apart than this count as a first one again. */
const WINDOW_MS = 2000;
const EXIT_STATUS = 130;

/** Routes SIGINT to Python; returns a function that takes the handler away again. */
export function routeInterrupts(supervisor: Supervisor, main: InterpreterHandle): () => void {
  let presses = 0;
  let last = 0;
  const onInterrupt = (): void => {
    const now = Date.now();
    // At a prompt, each press only leaves the line that was begun.
    presses = now - last > WINDOW_MS || supervisor.inputWanted() ? 1 : presses + 1;
    last = now;
    if (presses === 1) main.interrupt();
    else if (presses === 2) supervisor.interruptAll();
    else process.exit(EXIT_STATUS);
  };
  process.on('SIGINT', onInterrupt);
  return () => void process.off('SIGINT', onInterrupt);
}
