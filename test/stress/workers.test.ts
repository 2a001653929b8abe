/** The locks, queues and the heap on real workers, for a moment each. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { checkHeap } from '../../src/heap/check.ts';
import { createHeap } from '../../src/heap/heap.ts';
import { GIL_STATS_LENGTH, readGilStats } from '../../src/sync/gil.ts';
import { Mailbox } from '../../src/sync/mailbox.ts';
import { Mutex } from '../../src/sync/mutex.ts';
import { RecordPool, SharedQueue } from '../../src/sync/queue.ts';

/** As in `worker.ts`, which only a worker can import. */
const PLACE = { mutex: 0, counter: 1, flag: 2, gil: 4, breakers: 8, mailbox: 64, queue: 512, pool: 576 } as const;
const MAILBOX_RING = 256;
const POOL_NODES = 64;
const WORDS = 2048;

const source = buildSync({
  entryPoints: [fileURLToPath(new URL('./worker.ts', import.meta.url))], bundle: true, platform: 'node', format: 'cjs', write: false,
}).outputFiles[0]!.text;

const stats = new SharedArrayBuffer(GIL_STATS_LENGTH * 8);

function start(buffer: SharedArrayBuffer, job: string, owner: number, rounds: number): { worker: Worker; result: Promise<unknown> } {
  const worker = new Worker(source, { eval: true, workerData: { job, owner, rounds, buffer, stats } });
  return { worker, result: once(worker, 'message').then(([message]) => message as unknown) };
}

const run = (buffer: SharedArrayBuffer, job: string, owner: number, rounds: number): Promise<unknown> => start(buffer, job, owner, rounds).result;
const memory = (): SharedArrayBuffer => new SharedArrayBuffer(WORDS * 4);

describe('on real workers', () => {
  it('a mutex loses no update', async () => {
    const buffer = memory();
    await Promise.all([run(buffer, 'mutex', 1, 30_000), run(buffer, 'mutex', 2, 30_000)]);
    expect(new Int32Array(buffer)[PLACE.counter]).toBe(60_000);
  });

  it('a GIL loses no update between safepoints, and both threads get on', async () => {
    const buffer = memory();
    await Promise.all([run(buffer, 'gil', 1, 2_000_000), run(buffer, 'gil', 2, 2_000_000)]);
    expect(new Int32Array(buffer)[PLACE.counter]).toBe(4_000_000);
    const figures = readGilStats(new Float64Array(stats), 0);
    expect(figures.acquisitions).toBeGreaterThanOrEqual(2);
    expect(figures.waitHistogram.reduce((sum, count) => sum + count, 0)).toBe(figures.contended);
  });

  it('a mailbox brings every message of two senders, in each sender\'s order', async () => {
    const buffer = memory();
    const senders = [run(buffer, 'send', 1, 3000), run(buffer, 'send', 2, 3000)];
    const mailbox = new Mailbox(new Int32Array(buffer), PLACE.mailbox, MAILBOX_RING);
    const next = [0, 0, 0];
    for (let left = 6000; left > 0; ) {
      // Not blocking: the workers need this thread's event loop to start.
      const message = mailbox.poll();
      if (message === undefined) {
        await new Promise((resolve) => setImmediate(resolve));
        continue;
      }
      left--;
      expect(message.kind).toBe(next[message.sender]!++);
      expect(message.payload.length === message.kind % 40 && message.payload.every((byte) => byte === message.sender)).toBe(true);
    }
    await Promise.all(senders);
  });

  it('a bounded queue brings every record once', async () => {
    const buffer = memory();
    const words = new Int32Array(buffer);
    const pool = new RecordPool(words, PLACE.pool, POOL_NODES);
    pool.initialise();
    new SharedQueue(words, PLACE.queue, pool).open(8);
    const [, , a, b] = await Promise.all([run(buffer, 'put', 1, 3000), run(buffer, 'put', 2, 3000), run(buffer, 'get', 3, 3000), run(buffer, 'get', 4, 3000)]);
    expect((a as number) + (b as number)).toBe(2999 * 3000);
  });

  it('two interning workers agree on every address', async () => {
    const heap = createHeap({ budget: 2 ** 24, internSlots: 2 ** 14 });
    const [a, b] = await Promise.all([run(heap.buffer, 'intern', 1, 5000), run(heap.buffer, 'intern', 2, 5000)]);
    expect(a).toEqual(b);
    expect(checkHeap(heap).interned).toBe(5000);
  });

  it('a lock whose holder is terminated is poisoned for its waiter', async () => {
    const buffer = memory();
    const words = new Int32Array(buffer);
    const holder = start(buffer, 'hold', 7, 0);
    while (Atomics.load(words, PLACE.flag) === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    const waiter = run(buffer, 'wait', 8, 0);
    await holder.worker.terminate();
    expect(new Mutex(words, PLACE.mutex).releaseDead(7)).toBe(true);
    expect(await waiter).toBe('poisoned by 7');
  });
});
