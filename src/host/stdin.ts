/** Standard input: only the supervisor reads it, so that a waiting interpreter can be interrupted. */
import type { Supervisor } from './supervisor.ts';

/** Lets a program end the process at once (`os._exit`). */
export function offerExit(supervisor: Supervisor): void {
  supervisor.offer('exit', (_interpreter, status) => process.exit(Number(status)));
}

/** Answers `stdin` requests: at most `max` bytes, empty at the end of input. */
export function offerStdin(supervisor: Supervisor): void {
  let rest: Buffer = Buffer.alloc(0);
  let ended = false;
  let wake: (() => void) | null = null;
  let opened = false;
  const open = (): void => {
    if (opened) return;
    opened = true;
    process.stdin.on('data', (chunk: Buffer) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      process.stdin.pause();
      wake?.();
    });
    const end = (): void => {
      ended = true;
      wake?.();
    };
    process.stdin.on('end', end);
    process.stdin.on('error', end);
  };
  supervisor.offer('stdin', async (_interpreter, argument) => {
    const max = Number(argument);
    open();
    while (rest.length === 0 && !ended) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        process.stdin.resume();
      });
    }
    const chunk = rest.subarray(0, max);
    rest = rest.subarray(max);
    return new Uint8Array(chunk);
  });
}
