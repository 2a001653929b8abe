/** The configuration that interpreters are started with, from the process. */
import { cacheFolder } from './cache-folder.ts';
import { packagedLibraryPath } from './library-path.ts';
import { FLAG_NAMES, type TaskConfig } from '../base/protocol.ts';

/** The configuration of the API and the base of the command line's. */
export function defaultConfig(): TaskConfig {
  const environment = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return {
    executable: process.argv[1] ?? 'ladon', argv: [''], origArgv: process.argv.slice(1), optimize: 0, xoptions: [], warnOptions: [],
    flags: Object.fromEntries(FLAG_NAMES.map((name) => [name, 0])), environment, cacheFolder: cacheFolder(environment),
    captureOutput: false,
    grants: { files: true, network: true, processes: true },
    stdlib: environment.LADON_STDLIB ?? packagedLibraryPath(), referenceLoop: environment.LADON_REFERENCE_LOOP === '1', perf: null, pack: null, plugins: [],
  };
}
