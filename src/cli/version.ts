/** `-V` and `-VV`. */
import { LADON_VERSION } from '../base/version.ts';
import type { PythonCommand } from './arguments.ts';

/** Version of the Python language and of Ladon, as `package.json` has it. */
const PYTHON = '3.14.2';

/** The text of `-V`; `-VV` adds the engine and the mode. */
export function versionText(command: PythonCommand): string {
  const short = `Python ${PYTHON} (Ladon ${LADON_VERSION})`;
  return command.verbose ? `${short} [Node ${process.versions.node}, V8 ${process.versions.v8}, mode ${command.mode}]` : short;
}
