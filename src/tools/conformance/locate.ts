/** Finds CPython's library with its tests, and the CPython that runs them for comparison. Neither is part of the project. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where everything lies. */
export interface Oracle {
  /** The library's folder, which has `test`. */
  readonly library: string;
  /** The interpreter, or null: then only cached results of it can be compared with. */
  readonly python: string | null;
}

/** The folder of the oracle: `LADON_ORACLE`, or the user's cache. */
export function oracleFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return environment.LADON_ORACLE ?? join(homedir(), '.cache', 'ladon-oracle');
}

function libraryBelow(folder: string): string | null {
  for (const below of ['root/usr/lib', 'usr/lib', 'lib']) {
    const parent = join(folder, below);
    if (!existsSync(parent)) continue;
    const name = readdirSync(parent).find((entry) => entry === 'python3.14');
    if (name !== undefined) return join(parent, name);
  }
  return null;
}

/** The oracle, or a message that says what is missing. */
export function locateOracle(environment: Readonly<Record<string, string | undefined>>): Oracle | string {
  const folder = oracleFolder(environment);
  const library = environment.LADON_STDLIB ?? libraryBelow(folder);
  if (library === null) return `no library with tests: set LADON_STDLIB to a Lib folder of CPython 3.14 that has "test", or LADON_ORACLE to an installation (looked in ${folder})`;
  if (!existsSync(join(library, 'test', 'support', '__init__.py'))) return `${library} has no tests (test/support): the conformance run takes library and tests from one place`;
  const python = [join(folder, 'bin', 'python3.14'), join(folder, 'bin', 'python3')].find((path) => existsSync(path)) ?? null;
  return { library, python };
}
