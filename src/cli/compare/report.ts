/** The files of a comparison: self-contained HTML, pyperf JSON, CSV, Markdown. */
import { loadavg } from 'node:os';
import { efficiencyChart, gilWaitChart, speedUpChart, timelineChart } from './charts.ts';
import { comparisons, fitsOf, tableRows, type Row } from './summary.ts';
import { machine } from './machine.ts';
import { pyperfFile } from './pyperf.ts';
import { labelOf, type Participation, type Series } from './sampler.ts';
import { percent } from '../tables.ts';

/** What was measured, for headings and metadata. */
export interface ReportInput {
  readonly program: string;
  readonly participation: Participation;
  readonly rows: readonly Row[];
  readonly series: readonly Series[];
  readonly warnings: readonly string[];
  readonly repeat: number;
  readonly warmup: number;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f23; --soft: #57606a; --line: #d0d7de; --ground: #ffffff; --panel: #f6f8fa; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --line: #30363d; --ground: #0d1117; --panel: #161b22; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: 0; } .soft { color: var(--soft); }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .6rem; text-align: right; border-bottom: 1px solid var(--line); } th:first-child, td:first-child { text-align: left; }
figure { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; margin: 0; }
figcaption { color: var(--soft); margin-bottom: .5rem; } figure svg { max-width: 100%; height: auto; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; margin: 1.5rem 0; }
.warning { border-left: 4px solid #d29922; padding: .3rem .8rem; background: var(--panel); margin: .5rem 0; }
`;

function htmlTable(rows: readonly (readonly string[])[]): string {
  const [head, ...body] = rows;
  const cells = (tag: string, row: readonly string[]): string => `<tr>${row.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${cells('th', head!)}</thead><tbody>${body.map((row) => cells('td', row)).join('')}</tbody></table>`;
}

function fitSentences(rows: readonly Row[]): string {
  const sentences = [...new Set(rows.map((row) => row.mode))].map((mode) => {
    const { amdahl, usl } = fitsOf(rows, mode);
    if (amdahl === null) return '';
    const law = `${mode}: Amdahl's serial share ${percent(amdahl.contention)}`;
    return usl === null ? law : `${law}; USL contention ${percent(usl.contention)}, coherence ${percent(usl.coherence)}`;
  });
  return sentences.filter((sentence) => sentence !== '').map((sentence) => `<li>${escape(sentence)}</li>`).join('');
}

function chart(caption: string, svg: string): string {
  return `<figure><figcaption>${escape(caption)}</figcaption>${svg}</figure>`;
}

/** One HTML file: tables, charts as inline SVG, no network. */
export async function htmlReport(input: ReportInput): Promise<string> {
  const { rows, series } = input;
  const charts = [
    chart('Speed-up by number of workers; dashed: ideal; line: fitted scaling law', await speedUpChart(rows)),
    chart('Efficiency: speed-up over the baseline per worker', await efficiencyChart(rows)),
    ...(rows.some((row) => row.mode === 'gil') ? [chart("Share of the workers' time spent waiting for the GIL", await gilWaitChart(rows))] : []),
  ];
  for (const one of series) {
    if (one.timeline.length > 0 && one.configuration.workers > 1) charts.push(chart(`${labelOf(one.configuration)}: who ran Python when, in the last sample`, await timelineChart(one)));
  }
  const verdicts = comparisons(series).map(({ faster, slower, times, error }) => `<li><b>${escape(faster)}</b> ran ${times.toFixed(2)} ± ${error.toFixed(2)} times faster than ${escape(slower)}</li>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Ladon: ${escape(input.program)}</title><style>${STYLE}</style></head><body>
<h1>${escape(input.program)}</h1><p class="soft">ladon compare · ${escape(new Date().toISOString())} · ${escape(machine())} · ${input.repeat} samples each after ${input.warmup} warm-up, interleaved · takes part as ${input.participation}</p>
${input.warnings.map((warning) => `<p class="warning">${escape(warning)}</p>`).join('')}
<ul>${verdicts.join('')}</ul>${htmlTable(tableRows(rows))}<div class="charts">${charts.join('')}</div><ul class="soft">${fitSentences(rows)}</ul>
<p class="soft">Times are wall time of the work alone; starting workers is reported apart. Speed-up is the ratio of medians to the first row; ± is its standard error. Significant: Mann–Whitney U and Welch's t, both below 0.05.</p>
</body></html>
`;
}

/** pyperf JSON 1.0 of one mode; benchmark names are alike in the files of all modes. */
export function pyperfJson(input: ReportInput, mode: string): string {
  const benchmarks = input.series.filter((one) => one.configuration.mode === mode).map((one) => ({
    name: `${input.program} x${one.configuration.workers}`, metadata: { ladon_workers: one.configuration.workers },
    runMetadata: { load_avg_1min: loadavg()[0]! }, values: one.samples.map((sample) => sample / 1000),
  }));
  return pyperfFile(benchmarks, { python_implementation: 'ladon', python_version: '3.14.2', ladon_mode: mode, ladon_participation: input.participation, timer: 'performance.now()' });
}

/** One line per sample. */
export function csvReport(input: ReportInput): string {
  const lines = ['program,mode,workers,sample,milliseconds,gil_wait_share,gil_switches'];
  for (const one of input.series) {
    const { mode, workers } = one.configuration;
    one.samples.forEach((sample, i) => lines.push([input.program, mode, workers, i, sample.toFixed(3), one.gilWait[i]!.toFixed(4), one.switches[i]].join(',')));
  }
  return `${lines.join('\n')}\n`;
}

/** The table as Markdown. */
export function markdownReport(input: ReportInput): string {
  const [head, ...body] = tableRows(input.rows);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return `${[line(head!), line(head!.map((_, i) => (i === 0 ? '---' : '---:'))), ...body.map(line)].join('\n')}\n`;
}
