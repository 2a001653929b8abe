/**
 * `bench/programs/` in Ladon and other Pythons, side by side: `npm run bench -- --vs python3,pypy3,pyodide` (`--help` for all options).
 *
 * Unit: milliseconds of one call of `run()`, the median of ten samples after one second of warm-up by default, by `time.perf_counter` inside each Python; samples are
 * interleaved. Ratios are Ladon's time in parts of the other's, round by round: below 1 Ladon is faster. Each result is checked.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { machine } from '../src/cli/compare/machine.ts';
import { differing, isFailed, measureCurves, measureProgram, type Measured, type Row } from './harness/measure.ts';
import { readOptions, USAGE, type Options } from './harness/options.ts';
import { curvesTable, failures, pyperfOf, replaceBetweenMarkers, timesTable } from './harness/report.ts';
import { isInstalled, libraryOf, systemOf, withLibrary, type Curve, type System } from './harness/systems.ts';

const DOCUMENT = 'docs/benchmarks.md';

/** Progress, where a person looks and the table is not. */
function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

function installedSystems({ others, libraryFrom }: Options): System[] {
  const library = libraryFrom === null ? null : libraryOf(libraryFrom);
  const systems = ['ladon', ...others].map(systemOf).map((system) => (library === null ? system : withLibrary(system, library)));
  return systems.filter((system) => {
    const found = isInstalled(system);
    if (!found) note(`${system.name} is not installed: left out`);
    return found;
  });
}

async function measureAll<Figures extends object>(options: Options, measure: (program: string) => Promise<Row<Figures>['figures']>): Promise<Row<Figures>[]> {
  const rows: Row<Figures>[] = [];
  for (const [i, program] of options.programs.entries()) {
    if (!options.markdown) note(`${i + 1} of ${options.programs.length}: ${program}`);
    rows.push({ program, figures: await measure(program) });
  }
  return rows;
}

function describe(systems: readonly System[], rows: readonly Row<Measured>[], options: Options): string {
  const versions = systems.map((system, i) => {
    const known = rows.map((row) => row.figures[i]!).find((figures) => !isFailed(figures)) as Measured | undefined;
    return `${system.name} ${known?.warmUp.version ?? '?'}`;
  });
  const library = options.libraryFrom === null ? '' : `; ladon with the standard library of ${systemOf(options.libraryFrom).name}`;
  return `${rows.length} programs, medians of ${options.samples} interleaved samples after ${options.warmUpSeconds.join(', ')} s of warm-up; ${versions.join(', ')}${library}; ${machine()}.`;
}

function writeJson(file: string, systems: readonly System[], rows: readonly Row<Measured>[]): void {
  systems.forEach((system, i) => {
    const text = pyperfOf(rows, i);
    if (text !== null) writeFileSync(`${file.replace(/\.json$/, '')}-${system.name}.json`, text);
  });
}

function updateDocument(marker: string, content: string): void {
  writeFileSync(DOCUMENT, replaceBetweenMarkers(readFileSync(DOCUMENT, 'utf8'), marker, content));
}

async function compareTimes(options: Options, systems: readonly System[]): Promise<boolean> {
  const { warmUpSeconds, others } = options;
  // By name, as one that is not installed is left out.
  const names = ['ladon', ...others].map((name) => systemOf(name).name);
  const warmUps = new Map(systems.map((system) => [system, warmUpSeconds[names.indexOf(system.name)] ?? warmUpSeconds[0]!]));
  const rows = await measureAll<Measured>(options, (program) => measureProgram(systems, program, options.samples, warmUps));
  const table = timesTable(systems, rows);
  const text = options.markdown ? table : `${describe(systems, rows, options)}\n\n${table}`;
  process.stdout.write(`${text}\n`);
  if (options.json !== null) writeJson(options.json, systems, rows);
  if (options.update) updateDocument('programs', `${describe(systems, rows, options)}\n\n${table}`);
  const problems = [...failures(systems, rows), ...differing(rows).map((program) => `${program}: the results differ between systems`)];
  problems.forEach(note);
  return problems.length === 0;
}

async function compareWarmUp(options: Options, systems: readonly System[], seconds: number): Promise<boolean> {
  const rows = await measureAll<Curve>(options, (program) => measureCurves(systems, program, seconds));
  const table = curvesTable(systems, rows, seconds);
  process.stdout.write(`${table}\n`);
  if (options.update) updateDocument('warm-up', `${machine()}.\n\n${table}`);
  const problems = failures(systems, rows);
  problems.forEach(note);
  return problems.length === 0;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    process.stdout.write(USAGE);
    return;
  }
  const systems = installedSystems(options);
  const well = options.curveSeconds === null ? await compareTimes(options, systems) : await compareWarmUp(options, systems, options.curveSeconds);
  if (!well) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  note(`bench: ${(error as Error).message}`);
  process.exitCode = 2;
}
