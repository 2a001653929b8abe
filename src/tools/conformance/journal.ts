/** Reads the journal of `test/conformance/run_module.py`: what became of every case, also when the process crashed or hung. */

/** What became of a case. `lost`: it did not run or did not end. */
export type Outcome = 'passed' | 'failed' | 'skipped' | 'lost';

/** One case. */
export interface CaseResult {
  readonly outcome: Outcome;
  /** Traceback, reason of the skip, or what happened to the process. */
  readonly detail: string;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly seconds: number;
  /** "exit 0", "killed by SIGSEGV", "no end within 300 s". */
  readonly end: string;
}

/** The results of one module. */
export interface ModuleResult extends ProcessEnd {
  readonly module: string;
  readonly cases: Readonly<Record<string, CaseResult>>;
  /** Why the module has no cases, or null. */
  readonly problem: string | null;
  /** The module asks to be skipped as a whole (on CPython: it does not count). */
  readonly skipped: boolean;
}

interface Entry {
  readonly event: string;
  readonly case?: string;
  readonly cases?: readonly string[];
  readonly scope?: string;
  readonly outcome?: Outcome;
  readonly detail?: string;
}

function parseLines(text: string): Entry[] {
  // The last line of a killed process may be cut off.
  return text.split('\n').filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as Entry);
}

/** What became of a case that never started: the fixture of its class or module tells. */
function unstarted(name: string, fixtures: readonly Entry[], end: string): CaseResult {
  const fixture = fixtures.find((entry) => name.startsWith(`${entry.scope}.`));
  if (fixture === undefined) return { outcome: 'lost', detail: `did not run: the module's process ended before (${end})` };
  return { outcome: fixture.outcome!, detail: fixture.detail ?? '' };
}

/** The results that a journal tells of. */
export function readJournal(module: string, text: string, process: ProcessEnd): ModuleResult {
  const entries = parseLines(text);
  const cases: Record<string, CaseResult> = {};
  const imported = entries.find((entry) => entry.event === 'import');
  if (imported !== undefined) return { module, cases, problem: imported.detail ?? '', skipped: imported.outcome === 'skipped', ...process };
  const fixtures = entries.filter((entry) => entry.event === 'fixture');
  const ended = new Map(entries.filter((entry) => entry.event === 'end').map((entry) => [entry.case!, entry]));
  const started = new Set(entries.filter((entry) => entry.event === 'start').map((entry) => entry.case!));
  const plan = entries.find((entry) => entry.event === 'plan')?.cases;
  for (const name of plan ?? []) {
    const entry = ended.get(name);
    if (entry !== undefined) cases[name] = { outcome: entry.outcome!, detail: entry.detail ?? '' };
    else if (started.has(name)) cases[name] = { outcome: 'lost', detail: `did not end: ${process.end}` };
    else cases[name] = unstarted(name, fixtures, process.end);
  }
  return { module, cases, problem: plan === undefined ? `the process ended before its cases were known: ${process.end}` : null, skipped: false, ...process };
}
