/** From samples to the figures of the report. */
import { deviation, fitScaling, mannWhitney, mean, median, outliers, ratio, welch, type ScalingFit } from './statistics.ts';
import { labelOf, type Series } from './sampler.ts';
import type { Mode } from '../../host/supervisor.ts';
import { duration, percent, table } from '../tables.ts';

/** Below this p a difference is called significant. */
const SIGNIFICANT = 0.05;

/** Figures of one configuration. */
export interface Row {
  readonly label: string;
  readonly mode: Mode;
  readonly workers: number;
  readonly mean: number;
  readonly deviation: number;
  readonly median: number;
  /** Against the first configuration. */
  readonly speedUp: { value: number; error: number };
  readonly efficiency: number;
  readonly gilWait: number;
  readonly startMs: number;
  readonly outliers: number;
  readonly pMannWhitney: number;
  readonly pWelch: number;
}

/** Rows in order of the configurations; the first is the baseline. */
export function summarize(series: readonly Series[]): Row[] {
  const baseline = series[0]!;
  return series.map((one) => {
    const speedUp = ratio(baseline.samples, one.samples);
    const { mode, workers } = one.configuration;
    return {
      label: labelOf(one.configuration), mode, workers, mean: mean(one.samples), deviation: deviation(one.samples), median: median(one.samples), speedUp,
      efficiency: speedUp.value / workers, gilWait: mean(one.gilWait), startMs: one.startMs, outliers: outliers(one.samples).length,
      pMannWhitney: mannWhitney(baseline.samples, one.samples), pWelch: welch(baseline.samples, one.samples),
    };
  });
}

/** Whether a row differs from the baseline beyond chance. */
export function isSignificant(row: Row): boolean {
  return row.pMannWhitney < SIGNIFICANT && row.pWelch < SIGNIFICANT;
}

/** The table for the terminal and for Markdown. */
export function tableRows(rows: readonly Row[]): string[][] {
  const head = ['mode × workers', 'mean ± sd', 'median', 'speed-up', 'efficiency', 'GIL wait', 'start', 'significant'];
  return [head, ...rows.map((row, i) => [
    row.label, `${duration(row.mean)} ± ${duration(row.deviation)}`, duration(row.median), `${row.speedUp.value.toFixed(2)} ± ${row.speedUp.error.toFixed(2)}`,
    percent(row.efficiency), row.mode === 'gil' ? percent(row.gilWait) : '–', duration(row.startMs), i === 0 ? 'baseline' : isSignificant(row) ? 'yes' : 'no',
  ])];
}

/** The table and a sentence per pair of modes, in the manner of hyperfine. */
export function textReport(rows: readonly Row[], series: readonly Series[]): string {
  const lines = [table(tableRows(rows))];
  for (const { faster, slower, times, error } of comparisons(series)) lines.push(`${faster} ran ${times.toFixed(2)} ± ${error.toFixed(2)} times faster than ${slower}`);
  for (const row of rows) if (row.outliers > 0) lines.push(`note: ${row.outliers} outlier${row.outliers === 1 ? '' : 's'} in ${row.label}`);
  return `${lines.join('\n')}\n`;
}

/** For each worker count the modes against each other. */
export function comparisons(series: readonly Series[]): { faster: string; slower: string; times: number; error: number }[] {
  const result: { faster: string; slower: string; times: number; error: number }[] = [];
  const counts = [...new Set(series.map((one) => one.configuration.workers))];
  for (const workers of counts) {
    const group = series.filter((one) => one.configuration.workers === workers).sort((a, b) => median(a.samples) - median(b.samples));
    for (const slower of group.slice(1)) {
      const { value, error } = ratio(slower.samples, group[0]!.samples);
      result.push({ faster: labelOf(group[0]!.configuration), slower: labelOf(slower.configuration), times: value, error });
    }
  }
  return result;
}

/** Scaling fits of one mode. */
export function fitsOf(rows: readonly Row[], mode: Mode): { amdahl: ScalingFit | null; usl: ScalingFit | null } {
  const own = rows.filter((row) => row.mode === mode);
  const base = own.find((row) => row.workers === 1);
  if (base === undefined) return { amdahl: null, usl: null };
  const points = own.map((row): [number, number] => [row.workers, base.median / row.median]);
  return { amdahl: fitScaling(points, 'amdahl'), usl: fitScaling(points, 'usl') };
}
