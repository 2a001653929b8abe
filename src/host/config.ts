/** The configuration that interpreters are started with, from the process. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { FLAG_NAMES, type TaskConfig } from '../base/protocol.ts';

/** Where compiled library code is kept: `LADON_CACHE` (empty for nowhere), else the user's cache folder. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string | null {
  const given = environment.LADON_CACHE;
  if (given !== undefined) return given === '' ? null : given;
  return join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ladon');
}

/** The configuration of the API and the base of the command line's. */
export function defaultConfig(): TaskConfig {
  const environment = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return {
    executable: process.argv[1] ?? 'ladon', argv: [''], origArgv: process.argv.slice(1), optimize: 0, xoptions: [], warnOptions: [],
    flags: Object.fromEntries(FLAG_NAMES.map((name) => [name, 0])), environment, cacheFolder: cacheFolder(environment),
    stdlib: environment.LADON_STDLIB ?? null, referenceLoop: environment.LADON_REFERENCE_LOOP === '1',
  };
}
