/** Measuring a program under several modes and worker counts: warmed, interleaved (A B C A B C ...), equal sample counts. */
import { resolve } from 'node:path';
import { offerServices } from '../../host/services.ts';
import { offerSignals } from '../../host/signals.ts';
import type { InterpreterHandle } from '../../host/interpreter-handle.ts';
import { Supervisor, type Mode } from '../../host/supervisor.ts';
import { defaultConfig } from '../../host/config.ts';
import type { HostValue } from '../../base/protocol.ts';

/** One thing to measure. */
export interface Configuration {
  readonly mode: Mode;
  readonly workers: number;
}

/** How the program takes part. */
export type Participation = 'items' | 'copies' | 'as-is';

/** Samples of one configuration. */
export interface Series {
  readonly configuration: Configuration;
  readonly samples: number[];
  /** Share of the workers' time spent waiting for the GIL, per sample. */
  readonly gilWait: number[];
  readonly switches: number[];
  /** Milliseconds until the workers were ready: reported apart from work. */
  startMs: number;
  /** Who ran Python when, in the last sample; milliseconds since the epoch. */
  timeline: Span[];
}

/** A stretch of time in which an interpreter ran Python (in `gil` mode: held the GIL). */
export interface Span {
  readonly interpreter: number;
  readonly start: number;
  readonly end: number;
}

/** What is measured. */
export interface Plan {
  readonly program: string;
  readonly configurations: readonly Configuration[];
  readonly repeat: number;
  readonly warmup: number;
  /** `copies` when asked for; otherwise found out from the program. */
  readonly copies: boolean;
  readonly argv: readonly string[];
  progress(done: number, total: number, label: string): void;
}

/** `own-gil ×2` */
export function labelOf(configuration: Configuration): string {
  return `${configuration.mode} ×${configuration.workers}`;
}

/** Pieces of work per worker: enough to balance uneven items, few enough to keep messages out of the figure. */
const CHUNKS_PER_WORKER = 8;

abstract class Bench {
  readonly series: Series;
  protected readonly plan: Plan;
  constructor(plan: Plan, configuration: Configuration) {
    this.plan = plan;
    this.series = { configuration, samples: [], gilWait: [], switches: [], startMs: 0, timeline: [] };
  }

  abstract prepare(): Promise<void>;
  /** One run; returns its wall time in milliseconds. */
  abstract run(): Promise<number>;
  abstract close(): Promise<void>;
  protected abstract get supervisor(): Supervisor | null;

  async sample(): Promise<void> {
    const before = this.supervisor?.gilFigures();
    const wall = await this.run();
    const after = this.supervisor?.gilFigures();
    this.series.samples.push(wall);
    const waited = before === undefined || after === undefined ? 0 : after.waitTime - before.waitTime;
    this.series.gilWait.push(Math.min(waited / (wall * this.series.configuration.workers), 1));
    this.series.switches.push(before === undefined || after === undefined ? 0 : after.switches - before.switches);
  }
}

function newSupervisor(plan: Plan, { mode, workers }: Configuration): Supervisor {
  const config = defaultConfig();
  const environment = { ...config.environment, LADON_WORKERS: String(workers), PYTHON_CPU_COUNT: String(workers) };
  const supervisor = new Supervisor({ mode, config: { ...config, environment, argv: [plan.program, ...plan.argv] } });
  offerServices(supervisor);
  offerSignals(supervisor);
  return supervisor;
}

/** The spans of all interpreters since they were asked last. */
async function timelineOf(handles: readonly InterpreterHandle[]): Promise<Span[]> {
  const all = await Promise.all(handles.map((handle) => handle.spans()));
  return all.flatMap((spans, i) => Array.from({ length: spans.length / 2 }, (_, n): Span => ({ interpreter: handles[i]!.id, start: spans[2 * n]!, end: spans[2 * n + 1]! })));
}

/** `setup()`, `items()`, `work(item)`, `check(results)`: interpreters stay, the work is spread over them. */
class ItemsBench extends Bench {
  protected supervisor: Supervisor | null = null;
  private handles: InterpreterHandle[] = [];
  private items: HostValue[] = [];
  private checks = false;

  async prepare(): Promise<void> {
    const { workers } = this.series.configuration;
    this.supervisor = newSupervisor(this.plan, this.series.configuration);
    const started = performance.now();
    this.handles = await Promise.all(Array.from({ length: workers }, () => this.supervisor!.start()));
    this.series.startMs = performance.now() - started;
    const names = await Promise.all(this.handles.map((handle) => handle.loadProgram(this.plan.program)));
    if (names[0]!.includes('setup')) await Promise.all(this.handles.map((handle) => handle.call('setup', [])));
    this.items = (await this.handles[0]!.call('items', [])).value as HostValue[];
    this.checks = names[0]!.includes('check');
  }

  async run(): Promise<number> {
    const size = Math.max(1, Math.ceil(this.items.length / (this.handles.length * CHUNKS_PER_WORKER)));
    const results = new Array<HostValue>(this.items.length);
    let next = 0;
    const worker = async (handle: InterpreterHandle): Promise<void> => {
      while (next < this.items.length) {
        const from = next;
        next += size;
        const answer = await handle.call('work*', this.items.slice(from, from + size));
        (answer.value as HostValue[]).forEach((value, i) => (results[from + i] = value));
      }
    };
    await Promise.all(this.handles.map((handle) => handle.spans()));
    const started = performance.now();
    await Promise.all(this.handles.map(worker));
    const wall = performance.now() - started;
    this.series.timeline = await timelineOf(this.handles);
    if (this.checks) await this.handles[0]!.call('check', [results]);
    return wall;
  }

  async close(): Promise<void> {
    await this.supervisor?.destroy();
  }
}

/** Fresh interpreters per sample: each runs the program as `__main__`; starting is not measured. */
class MainBench extends Bench {
  protected supervisor: Supervisor | null = null;
  private readonly count: number;
  constructor(plan: Plan, configuration: Configuration, count: number) {
    super(plan, configuration);
    this.count = count;
  }

  prepare(): Promise<void> {
    this.supervisor = newSupervisor(this.plan, this.series.configuration);
    return Promise.resolve();
  }

  async run(): Promise<number> {
    const supervisor = this.supervisor!;
    const before = performance.now();
    const handles = await Promise.all(Array.from({ length: this.count }, () => supervisor.start()));
    this.series.startMs = performance.now() - before;
    const started = performance.now();
    const statuses = await Promise.all(handles.map((handle) => handle.runMain({ kind: 'file', path: this.plan.program }, [this.plan.program, ...this.plan.argv])));
    const wall = performance.now() - started;
    await Promise.all(handles.map((handle) => supervisor.kill(handle)));
    const failed = statuses.find((status) => status !== 0);
    if (failed !== undefined) throw new Error(`${this.plan.program} ended with status ${failed} under ${labelOf(this.series.configuration)}`);
    return wall;
  }

  async close(): Promise<void> {
    await this.supervisor?.destroy();
  }
}

/** Finds out how a program takes part, by loading it once. */
async function participationOf(plan: Plan): Promise<Participation> {
  if (plan.copies) return 'copies';
  const { readFileSync } = await import('node:fs');
  // Loading a program that measures itself would run it: the text decides.
  const source = readFileSync(plan.program, 'utf8');
  return /^def work\(/m.test(source) && /^def items\(/m.test(source) ? 'items' : 'as-is';
}

function benchFor(plan: Plan, participation: Participation, configuration: Configuration): Bench {
  if (participation === 'items') return new ItemsBench(plan, configuration);
  return new MainBench(plan, configuration, participation === 'copies' ? configuration.workers : 1);
}

/** Measures the plan. */
export async function measure(given: Plan): Promise<{ participation: Participation; series: Series[] }> {
  const plan = { ...given, program: resolve(given.program) };
  const participation = await participationOf(plan);
  const benches = plan.configurations.map((configuration) => benchFor(plan, participation, configuration));
  const total = benches.length * (plan.repeat + plan.warmup);
  let done = 0;
  try {
    for (const bench of benches) await bench.prepare();
    for (let round = 0; round < plan.warmup + plan.repeat; round++) {
      for (const bench of benches) {
        plan.progress(done++, total, labelOf(bench.series.configuration));
        if (round < plan.warmup) await bench.run();
        else await bench.sample();
      }
    }
  } finally {
    await Promise.all(benches.map((bench) => bench.close()));
  }
  return { participation, series: benches.map((bench) => bench.series) };
}
