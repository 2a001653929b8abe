/** Standard input: only the supervisor reads it, so that a waiting interpreter can be interrupted. */
import type { Supervisor } from './supervisor.ts';

/** Lets a program end the process at once (`os._exit`). */
export function offerExit(supervisor: Supervisor): void {
  supervisor.offer('exit', (_interpreter, status) => process.exit(Number(status)));
}

/** Answers `stdin` requests (at most `max` bytes, empty at the end of input), `stdin.wait` (there is input, or its end) and `stdin.pending` (bytes that wait to be read). */
export function offerStdin(supervisor: Supervisor): void {
  let rest: Buffer = Buffer.alloc(0);
  let ended = false;
  let wakes: (() => void)[] = [];
  const wakeAll = (): void => {
    const waiting = wakes;
    wakes = [];
    for (const wake of waiting) wake();
  };
  let opened = false;
  const open = (): void => {
    if (opened) return;
    opened = true;
    process.stdin.on('data', (chunk: Buffer) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      process.stdin.pause();
      wakeAll();
    });
    const end = (): void => {
      ended = true;
      wakeAll();
    };
    process.stdin.on('end', end);
    process.stdin.on('error', end);
  };
  supervisor.inputWanted = () => wakes.length > 0;
  const waitForInput = async (): Promise<void> => {
    open();
    while (rest.length === 0 && !ended) {
      await new Promise<void>((resolve) => {
        wakes.push(resolve);
        process.stdin.resume();
      });
    }
  };
  supervisor.offer('stdin.wait', async () => {
    await waitForInput();
    return null;
  });
  supervisor.offer('stdin.pending', () => Promise.resolve(rest.length));
  supervisor.offer('stdin', async (_interpreter, argument) => {
    const max = Number(argument);
    await waitForInput();
    const chunk = rest.subarray(0, max);
    rest = rest.subarray(max);
    return new Uint8Array(chunk);
  });
}
