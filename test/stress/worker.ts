/** One worker of the stress test: does the job named in its data over the shared buffer and posts what it found. Test only. */
import { parentPort, workerData } from 'node:worker_threads';
import { ImmortalHeap } from '../../src/heap/heap.ts';
import { HeapWriter } from '../../src/heap/writer.ts';
import { REAL_ATOMICS as ops } from '../../src/sync/atomics.ts';
import { Gil } from '../../src/sync/gil.ts';
import { Mailbox } from '../../src/sync/mailbox.ts';
import { Mutex } from '../../src/sync/mutex.ts';
import { LockPoisoned } from '../../src/sync/owner.ts';
import { RecordPool, SharedQueue } from '../../src/sync/queue.ts';

/** What a worker is told. */
export interface StressJob {
  readonly job: string;
  readonly owner: number;
  readonly rounds: number;
  readonly buffer: SharedArrayBuffer;
  readonly stats: SharedArrayBuffer;
}

/** Places in the shared words. */
export const PLACE = { mutex: 0, counter: 1, flag: 2, gil: 4, breakers: 8, mailbox: 64, queue: 512, pool: 576 } as const;
export const MAILBOX_RING = 256;
export const POOL_NODES = 64;

const { job, owner, rounds, buffer, stats } = workerData as StressJob;
const words = new Int32Array(buffer);

function gilOf(): Gil {
  const breakers = { words, indexOf: (id: number) => PLACE.breakers + id, dropRequest: 1 };
  return new Gil({ words, index: PLACE.gil, stats: new Float64Array(stats), statsIndex: 0, breakers });
}

const JOBS: Readonly<Record<string, () => unknown>> = {
  mutex() {
    const mutex = new Mutex(words, PLACE.mutex);
    for (let i = 0; i < rounds; i++) {
      mutex.lock(owner);
      words[PLACE.counter]!++;
      mutex.unlock(owner);
    }
    return rounds;
  },
  gil() {
    const gil = gilOf();
    let safepoints = 0;
    gil.take(owner, 1);
    for (let i = 0; i < rounds; i++) {
      words[PLACE.counter]!++;
      safepoints++;
      if (gil.dropRequested(owner)) {
        gil.drop(owner, 1);
        gil.take(owner, 1);
      }
    }
    gil.drop(owner, 1);
    return safepoints;
  },
  send() {
    const mailbox = new Mailbox(words, PLACE.mailbox, MAILBOX_RING);
    for (let i = 0; i < rounds; i++) mailbox.send(owner, i, new Uint8Array(i % 40).fill(owner));
    return rounds;
  },
  put() {
    const queue = new SharedQueue(words, PLACE.queue, new RecordPool(words, PLACE.pool, POOL_NODES));
    for (let i = 0; i < rounds; i++) queue.put(owner, Int32Array.of(i, owner, i));
    return rounds;
  },
  get() {
    const queue = new SharedQueue(words, PLACE.queue, new RecordPool(words, PLACE.pool, POOL_NODES));
    let sum = 0;
    for (let i = 0; i < rounds; i++) {
      const record = queue.get(owner);
      if (typeof record === 'string' || record[0] !== record[2]) throw new Error(`torn record ${String(record)}`);
      sum += record[0]!;
    }
    return sum;
  },
  intern() {
    const writer = new HeapWriter(new ImmortalHeap(words), owner);
    return Array.from({ length: rounds }, (_, i) => writer.intern(`name_${i}`));
  },
  hold() {
    new Mutex(words, PLACE.mutex).lock(owner);
    ops.store(words, PLACE.flag, 1);
    ops.notify(words, PLACE.flag, 1);
    for (;;) ops.wait(words, PLACE.flag, 1, Infinity);
  },
  wait() {
    try {
      new Mutex(words, PLACE.mutex).lock(owner);
      return 'locked';
    } catch (caught) {
      return caught instanceof LockPoisoned ? `poisoned by ${caught.owner}` : String(caught);
    }
  },
};

parentPort!.postMessage(JOBS[job]!());
