/** The options of `npm run bench`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const FOLDER = 'bench/programs';

/** What to measure, how, and what to write. */
export interface Options {
  /** Names of systems besides Ladon. */
  readonly others: readonly string[];
  /** Paths. */
  readonly programs: readonly string[];
  readonly samples: number;
  /** Of each system, Ladon first, or one for all. */
  readonly warmUpSeconds: readonly number[];
  /** pyperf's JSON, one file for each system: `NAME-system.json`; null for none. */
  readonly json: string | null;
  /** Whether `docs/benchmarks.md` gets the table. */
  readonly update: boolean;
  /** How many seconds the warm-up curve covers; null when samples are wanted instead. */
  readonly curveSeconds: number | null;
  /** The Python with whose standard library Ladon runs; null for its own. */
  readonly libraryFrom: string | null;
  /** Whether the table alone is printed. */
  readonly markdown: boolean;
}

/** The help. */
export const USAGE = `npm run bench -- [options]

  --vs LIST                  systems beside ladon: ladon-nojit, pyodide, or names or paths of Pythons (python3, pypy3); default pyodide
  --programs LIST            names in bench/programs, * stands for anything; default all
  --samples N                samples of each program in each system, interleaved; default 10
  --seconds-of-warmup S,...  before the samples: one number for all, or one for each system, ladon first; default 1
  --library-of NAME          Ladon runs with the standard library of that Python, of the same version: both run the same Python code
  --json FILE.json           writes pyperf JSON: FILE-ladon.json and one file for each other system
  --update                   writes the table into docs/benchmarks.md
  --warmup-curve [--seconds N]  the first call, the first second and the Nth (default 10) instead of samples
  --markdown                 the table alone, without progress and notes
`;

function matcher(pattern: string): RegExp {
  const escaped = pattern.replace(/\.py$/, '').replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}\\.py$`);
}

/** The programs that a comma-separated list of names or patterns means; throws for a pattern that means none. */
export function selectPrograms(list: string): string[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.py')).sort();
  const chosen = new Set<string>();
  for (const pattern of list.split(',')) {
    const found = files.filter((name) => matcher(pattern).test(name));
    if (found.length === 0) throw new Error(`no program in ${FOLDER} is called ${pattern}`);
    for (const name of found) chosen.add(name);
  }
  return files.filter((name) => chosen.has(name)).map((name) => join(FOLDER, name));
}

function positive(text: string, name: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0, not ${text}`);
  return value;
}

function warmUps(text: string, systems: number): number[] {
  const seconds = text.split(',').map((part) => positive(part, 'seconds-of-warmup'));
  if (seconds.length !== 1 && seconds.length !== systems) throw new Error(`--seconds-of-warmup has ${seconds.length} numbers for ${systems} systems`);
  return seconds;
}

/** Options from the command line; null when help is wanted. Throws for what cannot be meant. */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      vs: { type: 'string', default: 'pyodide' }, programs: { type: 'string', default: '*' }, samples: { type: 'string', default: '10' },
      'seconds-of-warmup': { type: 'string', default: '1' }, json: { type: 'string' }, update: { type: 'boolean', default: false },
      'warmup-curve': { type: 'boolean', default: false }, seconds: { type: 'string', default: '10' }, markdown: { type: 'boolean', default: false },
      'library-of': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const others = values.vs.split(',').filter((name) => name !== '' && name !== 'ladon');
  return {
    others, programs: selectPrograms(values.programs),
    samples: Math.ceil(positive(values.samples, 'samples')), warmUpSeconds: warmUps(values['seconds-of-warmup'], others.length + 1), json: values.json ?? null, libraryFrom: values['library-of'] ?? null,
    update: values.update, curveSeconds: values['warmup-curve'] ? Math.ceil(positive(values.seconds, 'seconds')) : null, markdown: values.markdown,
  };
}
