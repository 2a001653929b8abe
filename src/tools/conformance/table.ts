/** The published table, `docs/conformance.md`: rows of modules, kept from run to run. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Comparison } from './expectations.ts';
import type { Features } from './features.ts';

const TABLE_FILE = 'docs/conformance.md';

/** One row: numbers of cases, and the ratio of the times (undefined where CPython's time is unknown). */
export interface Row {
  readonly feature: string;
  readonly module: string;
  readonly expected: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly ratio: number;
}

/** The row of a comparison. */
export function rowOf(comparison: Comparison, feature: string): Row {
  const { module, expected, passed, failed, skipped, seconds, secondsOfCPython } = comparison;
  return { feature, module, expected, passed, failed, skipped, seconds, ratio: seconds / Math.max(secondsOfCPython, 0.05) };
}

const HEAD = ['feature', 'module', 'CPython', 'Ladon', 'failed', 'skipped', '%', 'seconds', '× CPython'];

function percent(passed: number, expected: number): string {
  return expected === 0 ? '–' : ((100 * passed) / expected).toFixed(1);
}

function cells(row: Row): string[] {
  const { feature, module, expected, passed, failed, skipped, seconds, ratio } = row;
  return [feature, module, String(expected), String(passed), String(failed), String(skipped), percent(passed, expected), seconds.toFixed(1), ratio.toFixed(1)];
}

function total(rows: readonly Row[]): string[] {
  const sum = (pick: (row: Row) => number): number => rows.reduce((all, row) => all + pick(row), 0);
  const [expected, passed] = [sum((row) => row.expected), sum((row) => row.passed)];
  return ['all', `${rows.length} modules`, String(expected), String(passed), String(sum((row) => row.failed)), String(sum((row) => row.skipped)), percent(passed, expected), sum((row) => row.seconds).toFixed(1), ''];
}

/** The rows as text with aligned columns. */
export function formatTable(rows: readonly Row[]): string {
  const all = [HEAD, ...rows.map(cells), total(rows)];
  const widths = HEAD.map((_, i) => Math.max(...all.map((line) => line[i]!.length)));
  return all.map((line) => line.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ').trimEnd()).join('\n');
}

function parseRow(line: string): Row | null {
  const parts = line.split('|').map((part) => part.trim());
  if (parts.length < 11 || !/^\d+$/.test(parts[3]!) || parts[1] === 'all') return null;
  const [, feature, module, expected, passed, failed, skipped, , seconds, ratio] = parts;
  return {
    feature: feature!, module: module!, expected: Number(expected), passed: Number(passed), failed: Number(failed), skipped: Number(skipped),
    seconds: Number(seconds), ratio: Number(ratio),
  };
}

/** The rows that the published table has. */
export function readPublished(): Row[] {
  if (!existsSync(TABLE_FILE)) return [];
  return readFileSync(TABLE_FILE, 'utf8').split('\n').map(parseRow).filter((row): row is Row => row !== null);
}

function document(rows: readonly Row[], features: Features): string {
  const lines = [HEAD, HEAD.map((_, i) => (i < 2 ? '---' : '---:')), ...rows.map(cells), total(rows)].map((line) => `| ${line.join(' | ')} |`);
  const without = [...features.without].map(([feature, reason]) => `- \`${feature}\`: ${reason}.`);
  return `# Conformance

Written by \`npm run conformance -- --update\`; the figures are those of the last run of each module.

Each module of CPython's own test suite runs in a process of its own, with library and tests from the same place, on Ladon and on CPython 3.14. **CPython** counts the cases
that pass there, **Ladon** those of them that pass here; skipped cases are skipped here only (most are marked as details of CPython's implementation).
Known failures stand in \`test/expectations/<module>.txt\`, each with its reason; an unexpected pass or failure fails the run. Times are those of the whole process, start included.

\`npm run conformance -- [modules or features] [--jobs N] [--mode own-gil|gil] [--timeout S] [--update]\` needs a CPython 3.14 with its tests in \`LADON_ORACLE\`
(default \`~/.cache/ladon-oracle\`) or a library with tests in \`LADON_STDLIB\`, and says so when there is none; nothing else in the project does. What runs everywhere
(\`npm test\`) are Ladon's own programs: \`test/lang\` (small ones with expected output), \`test/programs\`, \`test/expressions\`, \`test/syntax-errors\`, \`test/differential\`.

Left out:
${without.join('\n')}

${lines.join('\n')}
`;
}

/** Writes the table; rows of modules that did not run now stay. */
export function publish(rows: readonly Row[], features: Features): void {
  const order = [...features.modules].flatMap(([feature, modules]) => modules.map((module) => `${feature} ${module}`));
  const byModule = new Map([...readPublished(), ...rows].map((row) => [row.module, row]));
  const position = (row: Row): number => (order.indexOf(`${row.feature} ${row.module}`) + order.length + 1) % (order.length + 1);
  writeFileSync(TABLE_FILE, document([...byModule.values()].sort((a, b) => position(a) - position(b)), features));
}
