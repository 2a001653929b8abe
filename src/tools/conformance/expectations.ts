/**
 * Known failures: `test/expectations/<module>.txt`, one line per case that passes on CPython and not on Ladon, `case: reason`.
 * A line `*: reason` speaks for every case of the module without a line of its own.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { CaseResult, ModuleResult } from './journal.ts';

/** Case (without the module's name) → reason. */
export type Expectations = ReadonlyMap<string, string>;

/** What a run says about a module. */
export interface Comparison {
  readonly module: string;
  /** Cases that pass on CPython. */
  readonly expected: number;
  /** Of those: what became of them on Ladon. */
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Cases that do not pass on Ladon → result. */
  readonly failures: ReadonlyMap<string, CaseResult>;
  readonly unexpectedFailures: readonly string[];
  readonly unexpectedPasses: readonly string[];
  readonly seconds: number;
  readonly secondsOfCPython: number;
  readonly problem: string | null;
}

function fileOf(module: string): string {
  return `test/expectations/${module}.txt`;
}

/** The module's known failures. */
export function readExpectations(module: string): Expectations {
  if (!existsSync(fileOf(module))) return new Map();
  const lines = readFileSync(fileOf(module), 'utf8').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => {
    const at = line.indexOf(': ');
    return [line.slice(0, at), line.slice(at + 2)];
  }));
}

/** The name of a case inside its module: `Class.test_x`. */
function shortName(module: string, name: string): string {
  const prefix = `test.${module}.`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

/** Compares Ladon's results with CPython's and with what is known. */
export function compareModule(ladon: ModuleResult, cpython: ModuleResult, known: Expectations): Comparison {
  const names = Object.keys(cpython.cases).filter((name) => cpython.cases[name]!.outcome === 'passed');
  const failures = new Map<string, CaseResult>();
  const passes = new Set<string>();
  for (const name of names) {
    const result = ladon.cases[name] ?? { outcome: 'lost', detail: ladon.problem ?? 'Ladon has no such case' };
    if (result.outcome === 'passed') passes.add(shortName(ladon.module, name));
    else failures.set(shortName(ladon.module, name), result);
  }
  const skipped = [...failures.values()].filter((result) => result.outcome === 'skipped').length;
  return {
    module: ladon.module, expected: names.length, passed: passes.size, failed: failures.size - skipped, skipped, failures,
    unexpectedFailures: known.has('*') ? [] : [...failures.keys()].filter((name) => !known.has(name)),
    unexpectedPasses: [...known.keys()].filter((name) => name !== '*' && !failures.has(name)),
    seconds: ladon.seconds, secondsOfCPython: cpython.seconds, problem: ladon.problem,
  };
}

/** A reason for a line that has none yet: the last line of the traceback. */
function reasonOf(result: CaseResult): string {
  if (result.outcome === 'skipped') return `skipped: ${result.detail.split('\n')[0]}`;
  const lines = result.detail.trim().split('\n').filter((line) => /^\S/.test(line) && !/^(Traceback|[+-?] |During handling|The above)/.test(line));
  // Addresses and folders differ from run to run and from machine to machine.
  return (lines.at(-1) ?? 'failed').replace(/0x[0-9a-f]+/g, '0x…').replace(/(?:\/[\w.-]+)+\/(?=[\w.-])/g, '').slice(0, 160);
}

/** Writes the module's known failures; reasons that are there stay. */
export function writeExpectations(comparison: Comparison, known: Expectations): void {
  const { module, failures } = comparison;
  if (failures.size === 0) {
    rmSync(fileOf(module), { force: true });
    return;
  }
  const star = known.get('*');
  const lines = star !== undefined && comparison.passed === 0
    ? [`*: ${star}`]
    : [...failures].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, result]) => `${name}: ${known.get(name) ?? reasonOf(result)}`);
  writeFileSync(fileOf(module), `# Cases of test.${module} that pass on CPython and not on Ladon: \`case: reason\`.\n${lines.join('\n')}\n`);
}
