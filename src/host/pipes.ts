/**
 * Pipes between interpreters: descriptors are numbers of the whole process, so an interpreter may use one that another has made (`os.pipe` in one, `open(fd)`
 * in the other). Whoever makes a pipe says so here; whoever meets a number that it does not know asks.
 */
import type { Supervisor } from './supervisor.ts';

/** One end of a pipe. */
export interface PublishedEnd {
  readonly fd: number;
  /** 0: reads, 1: writes. */
  readonly access: 0 | 1;
  /** The bytes (`base/byte-ring.ts`). */
  readonly buffer: SharedArrayBuffer;
}

/** Offers `pipe.*`. */
export function offerPipes(supervisor: Supervisor): void {
  const ends = new Map<number, PublishedEnd>();
  supervisor.offer('pipe.publish', async (_from, end) => void ends.set((end as PublishedEnd).fd, end as PublishedEnd));
  supervisor.offer('pipe.close', async (_from, fd) => void ends.delete(fd as number));
  supervisor.offer('pipe.find', async (_from, fd) => ends.get(fd as number) ?? null);
  // Interpreters that wait for bytes or room look again.
  supervisor.offer('pipe.wake', async () => {
    for (const handle of supervisor.interpreters.values()) handle.wake();
  });
}
