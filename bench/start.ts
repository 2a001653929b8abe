/**
 * What starting costs: the command against `node -e 0`, an interpreter against a bare worker: `node dist/bench/start.js [--samples 21]`.
 *
 * Unit: milliseconds; clock: performance.now (processes from spawn to exit); medians and quartiles of interleaved samples after two warm-up rounds, so that
 * caches are filled. Ratios are of medians.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Ladon } from '../src/index.ts';

const WARM_UP = 2;
const DEFAULT_SAMPLES = 21;
const SPARE_MS = 400;

function quantile(sorted: readonly number[], q: number): number {
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  return sorted[low]! + ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!) * (at - low);
}

interface Figures {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

function figuresOf(samples: readonly number[]): Figures {
  const sorted = [...samples].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

async function timed(action: () => unknown): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

function command(...args: string[]): () => void {
  return () => {
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with status ${String(status)}`);
  };
}

/** Time until the worker's first message, without its end. */
function bareWorkerStart(): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const worker = new Worker('require("node:worker_threads").parentPort.postMessage(0)', { eval: true });
    worker.once('message', () => {
      const taken = performance.now() - start;
      void worker.terminate().then(() => resolve(taken));
    });
    worker.once('error', reject);
  });
}

const CREATE = `
import time
from concurrent import interpreters
def create():
    start = time.perf_counter()
    made = interpreters.create()
    taken = time.perf_counter() - start
    made.exec("pass")
    made.close()
    return taken * 1000
`;

function report(what: string, { median, low, high }: Figures, base: Figures | null): void {
  const ratio = base === null ? '' : `${(median / base.median).toFixed(2)} : 1`;
  console.log(`${what.padEnd(56)} ${median.toFixed(1).padStart(7)} ms  [${low.toFixed(1)}, ${high.toFixed(1)}]  ${ratio}`);
}

async function interleaved(samples: number, actions: readonly (() => Promise<number>)[]): Promise<Figures[]> {
  const figures = actions.map((): number[] => []);
  for (let round = -WARM_UP; round < samples; round++) {
    for (const [i, action] of actions.entries()) {
      const taken = await action();
      if (round >= 0) figures[i]!.push(taken);
    }
  }
  return figures.map(figuresOf);
}

async function main(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--samples');
  const samples = at < 0 ? DEFAULT_SAMPLES : Number(args[at + 1]);
  console.log(`Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${samples} samples`);
  const [node, start] = await interleaved(samples, [() => timed(command('-e', '0')), () => timed(command('dist/main.js', '-c', 'pass'))]);
  report('node -e 0', node!, null);
  report('ladon -c pass', start!, node!);

  const cold = await Ladon.start({ mode: 'own-gil' });
  const warm = await Ladon.start({ mode: 'own-gil', prewarm: 1 });
  for (const vm of [cold, warm]) await vm.run({ source: CREATE });
  const [bare, created, taken] = await interleaved(samples, [
    bareWorkerStart,
    async () => Number(await cold.call('create')),
    async () => {
      await new Promise((resolve) => setTimeout(resolve, SPARE_MS));
      return Number(await warm.call('create'));
    },
  ]);
  report('bare worker, to its first message', bare!, null);
  report('interpreters.create(), cold', created!, bare!);
  report('interpreters.create(), started ahead (prewarm)', taken!, bare!);
  await cold.close();
  await warm.close();
}

await main(process.argv.slice(2));
