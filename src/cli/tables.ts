/** Tables and number formats of the command line. */
import type { Supervisor } from '../host/supervisor.ts';

/** Pads cells to columns; the first column is left-aligned, the others right-aligned. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ').trimEnd()).join('\n');
}

/** `1.23 s`, `12.3 ms`, `4.5 µs`. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  if (milliseconds >= 1) return `${milliseconds.toFixed(1)} ms`;
  return `${(milliseconds * 1000).toFixed(1)} µs`;
}

/** `12.3 %` */
export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}

/** The table of `-X gilstats`. */
export function gilTable(supervisor: Supervisor, wallMs: number): string {
  if (supervisor.mode !== 'gil') return 'gil statistics: each interpreter has a GIL of its own; nothing waits for another interpreter\n';
  const figures = supervisor.gilFigures();
  const rows: [string, string][] = [
    ['gil statistics', ''],
    ['acquisitions', String(figures.acquisitions)],
    ['contended', String(figures.contended)],
    ['switches', String(figures.switches)],
    ['drop requests', String(figures.dropRequests)],
    ['wait time', `${duration(figures.waitTime)} (max ${duration(figures.maxWait)})`],
    ['hold time', `${duration(figures.holdTime)} (${percent(figures.holdTime / wallMs)} of ${duration(wallMs)})`],
  ];
  return `${table(rows)}\n`;
}
