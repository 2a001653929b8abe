/** pyperf JSON 1.0, as `pyperf show` and `pyperf compare_to` read it: one file for one system, alike names of benchmarks in all. */
import { cpus } from 'node:os';

/** One benchmark of a file; `values` and `warmups` are seconds. */
export interface PyperfBenchmark {
  readonly name: string;
  readonly values: readonly number[];
  /** Before the values; each was one loop. Values are of one loop too, averages where `metadata.loops` is more than 1. */
  readonly warmups?: readonly number[];
  readonly metadata?: Readonly<Record<string, string | number>>;
  readonly runMetadata?: Readonly<Record<string, string | number>>;
}

/** What pyperf is told of any file; its own version decides how it reads the rest. */
const COMMON_METADATA = { hostname: 'localhost', unit: 'second', loops: 1, perf_version: '2.9.0' };

/** The text of a file; `metadata` says what was measured and how: pyperf refuses empty strings there. */
export function pyperfFile(benchmarks: readonly PyperfBenchmark[], metadata: Readonly<Record<string, string | number>>): string {
  const date = new Date().toISOString().slice(0, 19).replace('T', ' ');
  const machine = { cpu_count: cpus().length, cpu_model_name: cpus()[0]?.model.trim() || 'unknown', platform: `${process.platform}-${process.arch}` };
  const written = benchmarks.map((one) => ({
    metadata: { name: one.name, ...one.metadata },
    runs: [{
      metadata: { date, ...one.runMetadata },
      ...(one.warmups === undefined ? {} : { warmups: one.warmups.map((value) => [1, value]) }),
      values: one.values,
    }],
  }));
  return `${JSON.stringify({ benchmarks: written, metadata: { ...COMMON_METADATA, ...machine, ...metadata }, version: '1.0' }, null, 1)}\n`;
}
