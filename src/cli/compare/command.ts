/** `ladon compare`: measures a program under GIL modes and worker counts and writes the reports. */
import { existsSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { loadavg } from 'node:os';
import { processorCount } from '../../host/supervisor.ts';
import { parseMode, UsageError } from '../arguments.ts';
import { Progress } from '../progress.ts';
import { csvReport, htmlReport, markdownReport, pyperfJson, type ReportInput } from './report.ts';
import { machine } from './machine.ts';
import { measure, type Configuration } from './sampler.ts';
import { summarize, textReport } from './summary.ts';
import { chromeTrace } from './trace.ts';

/** Options as the command line gives them. */
export interface CompareOptions {
  readonly modes: string;
  readonly workers: string;
  readonly repeat: string;
  readonly warmup: string;
  readonly copies?: boolean;
  readonly html?: string;
  readonly json?: boolean;
  readonly pyperf?: string;
  readonly csv?: string;
  readonly markdown?: string;
  readonly trace?: string;
}

/** Loads above this share of the cores disturb a measurement. */
const BUSY_SHARE = 0.5;

function positiveInteger(text: string, option: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new UsageError(`${option} needs a positive integer, not '${text}'`);
  return number;
}

function configurationsOf(options: CompareOptions): Configuration[] {
  const modes = options.modes.split(',').map((mode) => parseMode(mode.trim()));
  const workers = options.workers.split(',').map((count) => positiveInteger(count.trim(), '--workers'));
  return modes.flatMap((mode) => workers.map((count) => ({ mode, workers: count })));
}

function warningsFor(configurations: readonly Configuration[]): string[] {
  const cores = processorCount();
  const most = Math.max(...configurations.map((configuration) => configuration.workers));
  const load = loadavg()[0]!;
  const warnings: string[] = [];
  if (most > cores) warnings.push(`${most} workers on ${cores} cores: speed-ups beyond ${cores} cannot show here`);
  if (load > cores * BUSY_SHARE) warnings.push(`the machine is loaded (${load.toFixed(1)} on ${cores} cores): look at ratios, not at times`);
  return warnings;
}

function writeReports(options: CompareOptions, input: ReportInput, html: string | null): void {
  if (options.html !== undefined && html !== null) writeFileSync(options.html, html);
  if (options.csv !== undefined) writeFileSync(options.csv, csvReport(input));
  if (options.trace !== undefined) writeFileSync(options.trace, chromeTrace(input.series));
  if (options.markdown !== undefined) writeFileSync(options.markdown, markdownReport(input));
  if (options.pyperf === undefined) return;
  for (const mode of new Set(input.rows.map((row) => row.mode))) {
    writeFileSync(options.pyperf.replace(/(\.json)?$/, `.${mode}.json`), pyperfJson(input, mode));
  }
}

/** Runs the comparison; resolves with the exit status. */
export async function compare(program: string, argv: readonly string[], options: CompareOptions): Promise<number> {
  if (!existsSync(program)) throw new UsageError(`can't open file '${program}': no such file`);
  const configurations = configurationsOf(options);
  const repeat = positiveInteger(options.repeat, '--repeat');
  const warmup = Number(options.warmup);
  const progress = new Progress();
  const warnings = warningsFor(configurations);
  const { participation, series } = await measure({
    program, configurations, repeat, warmup, copies: options.copies === true, argv,
    progress: (done, total, label) => progress.show(done, total, label),
  });
  progress.clear();
  const rows = summarize(series);
  const input: ReportInput = { program: basename(program), participation, rows, series, warnings, repeat, warmup };
  for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
  writeReports(options, input, options.html === undefined ? null : await htmlReport(input));
  if (options.json === true) process.stdout.write(`${JSON.stringify({ program: input.program, machine: machine(), participation, warnings, rows }, null, 1)}\n`);
  else {
    process.stdout.write(textReport(rows, series));
    if (options.html !== undefined) process.stdout.write(`report: ${options.html}\n`);
  }
  return 0;
}
