/**
 * `npm run conformance -- [modules|features] [--jobs N] [--mode own-gil|gil] [--timeout S] [--update]`: modules of CPython's test suite on Ladon, case by case,
 * against CPython and against the known failures. Exits 1 for an unexpected pass or failure, 2 without library and tests.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareModule, readExpectations, writeExpectations, type Comparison } from './conformance/expectations.ts';
import { featureOf, readFeatures, selectModules } from './conformance/features.ts';
import { locateOracle } from './conformance/locate.ts';
import { resultFolder, resultsOfCPython, runOnLadon, type RunOptions } from './conformance/run-module.ts';
import { formatTable, publish, rowOf } from './conformance/table.ts';

/** More times CPython's time than this is a failure of its own. */
const MAX_RATIO = 30;
/** Below this many seconds starting the process decides, not the module. */
const MIN_SECONDS_FOR_RATIO = 5;

const USAGE = `npm run conformance -- [modules or features ...] [options]

  --jobs N              modules at a time; default 1
  --mode own-gil|gil    how Ladon runs; default own-gil
  --timeout S           seconds for a module; default 300
  --update              writes test/expectations/ and docs/conformance.md
`;

/** What the command line asks for; null for the help. */
function readCommand(): { names: string[]; jobs: number; mode: 'own-gil' | 'gil'; timeoutSeconds: number; update: boolean } | null {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      jobs: { type: 'string', default: '1' }, mode: { type: 'string', default: 'own-gil' }, timeout: { type: 'string', default: '300' }, update: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  if (values.mode !== 'own-gil' && values.mode !== 'gil') throw new Error(`unknown mode '${values.mode}': choose own-gil or gil`);
  const [jobs, timeoutSeconds] = [Number(values.jobs), Number(values.timeout)];
  if (!(jobs >= 1) || !(timeoutSeconds > 0)) throw new Error('--jobs and --timeout need positive numbers');
  return { names: positionals, jobs, mode: values.mode, timeoutSeconds, update: values.update };
}

async function runOne(module: string, options: RunOptions, update: boolean): Promise<Comparison | null> {
  const cpython = await resultsOfCPython(module, options);
  if (cpython === null) {
    console.error(`${module}: left out, as there is neither a CPython nor a kept result of it`);
    return null;
  }
  const known = readExpectations(module);
  const comparison = compareModule(await runOnLadon(module, options), cpython, known);
  if (update) writeExpectations(comparison, known);
  return comparison;
}

function report(comparison: Comparison, update: boolean): boolean {
  const { module, expected, passed, seconds, secondsOfCPython, unexpectedFailures, unexpectedPasses, problem } = comparison;
  console.log(`${module}: ${passed} of ${expected} in ${seconds.toFixed(1)} s${problem === null ? '' : ` (${problem.trim().split('\n').at(-1)})`}`);
  const slow = seconds > MIN_SECONDS_FOR_RATIO && seconds > MAX_RATIO * secondsOfCPython;
  if (slow) console.log(`  too slow: ${(seconds / secondsOfCPython).toFixed(0)} times CPython's time`);
  if (update) return !slow;
  for (const name of unexpectedFailures) console.log(`  unexpected failure: ${name}`);
  for (const name of unexpectedPasses) console.log(`  unexpected pass: ${name}`);
  // Nothing to compare with: a module that is not there, or that CPython cannot import either.
  if (problem !== null && expected === 0) return false;
  return !slow && unexpectedFailures.length + unexpectedPasses.length === 0;
}

/** Runs the modules, `jobs` at a time; results come in the order of the modules. */
async function runAll(modules: readonly string[], jobs: number, run: (module: string) => Promise<Comparison | null>): Promise<Comparison[]> {
  const results = new Array<Comparison | null>(modules.length).fill(null);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < modules.length; i = next++) results[i] = await run(modules[i]!);
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return results.filter((result) => result !== null);
}

async function main(): Promise<number> {
  const command = readCommand();
  if (command === null) {
    console.log(USAGE);
    return 0;
  }
  const { names, jobs, mode, timeoutSeconds, update } = command;
  const oracle = locateOracle(process.env);
  if (typeof oracle === 'string') {
    console.error(`conformance: ${oracle}`);
    return 2;
  }
  const features = readFeatures();
  if (names.length === 0) for (const [feature, reason] of features.without) console.log(`without ${feature}: ${reason}`);
  let good = true;
  const comparisons = await runAll(selectModules(features, names), jobs, async (module) => {
    const comparison = await runOne(module, { oracle, mode, timeoutSeconds }, update);
    if (comparison !== null) good = report(comparison, update) && good;
    return comparison;
  });
  const rows = comparisons.map((comparison) => rowOf(comparison, featureOf(features, comparison.module)));
  const table = formatTable(rows);
  console.log(table);
  writeFileSync(join(resultFolder('ladon'), 'table.txt'), `${table}\n`);
  if (update) publish(rows, features);
  console.log(`tracebacks: ${resultFolder('ladon')}`);
  return good ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`conformance: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
