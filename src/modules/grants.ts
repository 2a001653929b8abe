/** What a program may reach outside of its interpreter: the command line grants everything, the TypeScript API what it is told to (docs/api.md). */
import type { PyBytes } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import { newTuple } from '../objects/make.ts';
import { errorText, newOsError } from './os-errors.ts';

const EACCES = 13;

/** Raises PermissionError, with the path where there is one, for what has not been granted. */
export function requireGrant(t: Thread, what: 'files' | 'network' | 'processes', path?: string | PyBytes): void {
  if (t.interpreter.config.grants[what]) return;
  const denied = newOsError(EACCES, path);
  const text = `${errorText(EACCES)} (${what} not granted)`;
  denied.args = newTuple([EACCES, text]);
  denied.fields!.set('strerror', text);
  throw denied;
}
