/** What a benchmark run says: the tables in Markdown, their place in a document, pyperf's JSON. */
import { basename } from 'node:path';
import { median } from '../../src/cli/compare/statistics.ts';
import { pyperfFile } from '../../src/cli/compare/pyperf.ts';
import { isFailed, type Failed, type Measured, type Row } from './measure.ts';
import { pairedRatio, signedRank } from './paired.ts';
import type { Curve, System } from './systems.ts';

/** Above this p the samples of two systems are called alike. */
const SIGNIFICANT = 0.05;

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), `|---|${head.slice(1).map(() => '---:|').join('')}`, ...rows.map(line)].join('\n');
}

/** Milliseconds with three digits that count. */
function milliseconds(seconds: number): string {
  const value = seconds * 1000;
  return value < 10 ? value.toFixed(2) : value.toFixed(1);
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** The first system's time in parts of another's; null when one of them failed. */
function ratioOf(first: Measured | Failed, other: Measured | Failed): number | null {
  return isFailed(first) || isFailed(other) ? null : pairedRatio(first.samples, other.samples);
}

function ratioCell(first: Measured | Failed, other: Measured | Failed): string {
  const ratio = ratioOf(first, other);
  if (ratio === null || isFailed(first) || isFailed(other)) return '–';
  const differences = first.samples.map((value, i) => Math.log(value / other.samples[i]!));
  return signedRank(differences) < SIGNIFICANT ? ratio.toFixed(2) : `≈ ${ratio.toFixed(2)}`;
}

function cellsOf(row: Row<Measured>): string[] {
  const [first, ...others] = row.figures;
  const time = (one: Measured | Failed): string => (isFailed(one) ? 'failed' : milliseconds(median(one.samples)));
  return [basename(row.program, '.py'), time(first!), ...others.flatMap((other) => [time(other), ratioCell(first!, other)])];
}

/**
 * Medians in milliseconds, and the ratio of the first system to each other by rounds, with geometric means over the programs that ran in both.
 * `≈` stands before a ratio that may be chance.
 */
export function timesTable(systems: readonly System[], rows: readonly Row<Measured>[]): string {
  const [first, ...others] = systems;
  const means = others.flatMap((_, i) => {
    const ratios = rows.map((row) => ratioOf(row.figures[0]!, row.figures[i + 1]!)).filter((ratio) => ratio !== null);
    return ['', ratios.length === 0 ? '–' : `**${geometricMean(ratios).toFixed(2)}**`];
  });
  const head = ['program', `${first!.name} ms`, ...others.flatMap((other) => [`${other.name} ms`, 'ratio'])];
  return table(head, [...rows.map(cellsOf), ['geometric mean', '', ...means]]);
}

/** For each system the first call, the average call of the first and of the last second, and how many times faster the last was. */
export function curvesTable(systems: readonly System[], rows: readonly Row<Curve>[], seconds: number): string {
  const head = ['program', ...systems.flatMap(({ name }) => [`${name}: first call, ms`, '1st second, ms', `${ordinal(seconds)} second, ms`, 'ratio'])];
  const cells = (one: Curve | Failed): string[] => (isFailed(one) ? ['failed', '–', '–', '–'] : [
    milliseconds(one.first), milliseconds(one.seconds[0]!), milliseconds(one.seconds.at(-1)!), (one.seconds[0]! / one.seconds.at(-1)!).toFixed(2),
  ]);
  const means = systems.flatMap((_, i) => {
    const ratios = rows.flatMap(({ figures }) => (isFailed(figures[i]!) ? [] : [figures[i].seconds[0]! / figures[i].seconds.at(-1)!]));
    return ['', '', '', ratios.length === 0 ? '–' : `**${geometricMean(ratios).toFixed(2)}**`];
  });
  return table(head, [...rows.map((row) => [basename(row.program, '.py'), ...row.figures.flatMap(cells)]), ['geometric mean', ...means]]);
}

function ordinal(n: number): string {
  return `${n}${['st', 'nd', 'rd'][n - 1] ?? 'th'}`;
}

/** What failed, one line each. */
export function failures(systems: readonly System[], rows: readonly Row<object>[]): string[] {
  return rows.flatMap((row) => row.figures.flatMap((figures, i) => (isFailed(figures) ? [`${row.program} failed in ${systems[i]!.name}: ${figures.error}`] : [])));
}

/** `text` with what stands between the markers of `name` replaced; throws when the markers are not there. */
export function replaceBetweenMarkers(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`no '${begin}' before '${end}'`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}

/** The pyperf file of one system: the programs that ran in it; the first call is the warm-up value. Null when none ran. */
export function pyperfOf(rows: readonly Row<Measured>[], index: number): string | null {
  const ran = rows.flatMap(({ program, figures }) => (isFailed(figures[index]!) ? [] : [{ name: basename(program, '.py'), figures: figures[index] }]));
  if (ran.length === 0) return null;
  const benchmarks = ran.map(({ name, figures: { samples, warmUp } }) => ({
    name, values: samples, warmups: [warmUp.first], metadata: { loops: warmUp.calls, first_second_average: warmUp.first_second },
  }));
  const { implementation, version } = ran[0]!.figures.warmUp;
  return pyperfFile(benchmarks, { python_implementation: implementation, python_version: version, timer: 'time.perf_counter()' });
}
