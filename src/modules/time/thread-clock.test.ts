import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { threadNanos } from './thread-clock.ts';

const MILLISECOND = 1_000_000n;

function processNanos(): bigint {
  const { user, system } = process.cpuUsage();
  return BigInt(user + system) * 1000n;
}

describe.runIf(threadNanos() !== null)('the time of a thread', () => {
  it('goes on while the thread runs, in steps much smaller than a tick, and never back', () => {
    const start = threadNanos()!;
    let last = start;
    let steps = 0;
    while (last - start < 20n * MILLISECOND) {
      const now = threadNanos()!;
      expect(now).toBeGreaterThanOrEqual(last);
      if (now > last) steps++;
      last = now;
    }
    expect(steps).toBeGreaterThan(20);
  });

  it('leaves out what other threads of the process run', async () => {
    const start = threadNanos()!;
    const startOfAll = processNanos();
    const other = new Worker('const start = process.cpuUsage().user; while (process.cpuUsage().user - start < 200_000);', { eval: true });
    await new Promise((resolve) => void other.on('exit', resolve));
    expect(processNanos() - startOfAll).toBeGreaterThan(150n * MILLISECOND);
    expect(threadNanos()! - start).toBeLessThan(100n * MILLISECOND);
  });
});
