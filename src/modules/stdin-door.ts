/** Standard input: a door that the host fills, as in a worker only the supervisor can wait for a terminal or pipe. */
import { readSync } from 'node:fs';
import type { Thread } from '../core/thread.ts';

/** What the host does for standard input. */
export interface StdinDoor {
  /** Fills `bytes`; the count, 0 at the end of input. Blocks. */
  read(t: Thread, bytes: Uint8Array): number;
  /** Whether a read would not block. Once asked, the interpreter is woken when that changes. */
  ready(): boolean;
  /** How many bytes have come and were not read yet (FIONREAD). */
  pending(): number;
}

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

let door: StdinDoor = { read: readDirectly, ready: () => true, pending: () => 0 };

/** Sets the implementation; done once per worker by the host. */
export function setStdinDoor(implementation: StdinDoor): void {
  door = implementation;
}

/** Standard input of this worker. */
export function stdinDoor(): StdinDoor {
  return door;
}
