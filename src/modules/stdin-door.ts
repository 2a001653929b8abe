/** Reading standard input: a door that the host fills, as in a worker only the supervisor can wait for a terminal or pipe. */
import { readSync } from 'node:fs';
import type { Thread } from '../core/thread.ts';

/** Fills `bytes` from standard input; the count, 0 at the end of input. Blocks. */
export type StdinReader = (t: Thread, bytes: Uint8Array) => number;

/** Blocking read of the descriptor itself; a non-blocking one is asked again. */
function readDirectly(_t: Thread, bytes: Uint8Array): number {
  for (;;) {
    try {
      return readSync(0, bytes, 0, bytes.length, null);
    } catch (caught) {
      const { code } = caught as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN' && code !== 'EINTR') throw caught;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

let reader: StdinReader = readDirectly;

/** Sets the implementation; done once per worker by the host. */
export function setStdinReader(implementation: StdinReader): void {
  reader = implementation;
}

/** See `StdinReader`. */
export function readStdin(t: Thread, bytes: Uint8Array): number {
  return reader(t, bytes);
}
