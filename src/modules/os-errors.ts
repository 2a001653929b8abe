/** Errors of the operating system as Python exceptions: from an errno, and from what `node:fs` throws. */
import type { UNWIND } from '../core/compiled.ts';
import { PyBaseException } from '../core/exception.ts';
import type { Thread } from '../core/thread.ts';
import type { PyType } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import { errnoSubclass } from '../objects/errno-classes.ts';
import { OSError } from '../objects/exception-types.ts';
import { newTuple } from '../objects/make.ts';
import { raiseInCaller } from '../objects/raise.ts';
import { ERRNO_ROWS } from './errno-table.ts';

const TEXTS = new Map(ERRNO_ROWS.map(([number, text]) => [number, text]));
const NUMBERS = new Map(ERRNO_ROWS.flatMap(([number, , ...names]) => names.map((name) => [name, number] as const)));

/** `os.strerror(number)`. */
export function errorText(number: number): string {
  return TEXTS.get(number) ?? (number === 0 ? 'Success' : `Unknown error ${number}`);
}

/** The number of `ENOENT` and its like; raises nothing for unknown names: EIO. */
export function errnoOf(name: string): number {
  return NUMBERS.get(name) ?? 5;
}

/** An OSError (of the subclass for `errno`), not thrown; file names are as the caller passed them. */
export function newOsError(errno: number, filename?: Maybe, filename2?: Maybe, type?: PyType): PyBaseException {
  const text = errorText(errno);
  const exception = new PyBaseException(type ?? errnoSubclass(errno) ?? OSError, newTuple([errno, text]));
  // Filled afterwards: a Map made of a list takes three times as long.
  exception.fields = new Map<string, Value>();
  exception.fields.set('errno', errno);
  exception.fields.set('strerror', text);
  exception.fields.set('filename', filename === undefined ? null : filename);
  exception.fields.set('filename2', filename2 === undefined ? null : filename2);
  return exception;
}

/** Raises OSError for an errno name. */
export function raiseErrno(name: string, filename?: Maybe, filename2?: Maybe): never {
  throw newOsError(errnoOf(name), filename, filename2);
}

/** As `raiseErrno`, by the caller of a native function, which returns what this gives: for what programs ask in order to find out (`raiseInCaller`). */
export function raiseErrnoInCaller(t: Thread, name: string, filename?: Maybe): typeof UNWIND {
  return raiseInCaller(t, newOsError(errnoOf(name), filename));
}

/** The errno of an error that `node:fs` or `process` threw; undefined for anything else. */
export function nodeErrno(caught: unknown): number | undefined {
  if (!(caught instanceof Error)) return undefined;
  const { errno, code } = caught as NodeJS.ErrnoException;
  if (typeof code === 'string') {
    const known = NUMBERS.get(code);
    if (known !== undefined) return known;
    // Node checks some arguments itself before it asks the system.
    if (code === 'ERR_FS_EISDIR') return NUMBERS.get('EISDIR');
    if (code.startsWith('ERR_FS_') || code === 'ERR_OUT_OF_RANGE') return NUMBERS.get('EINVAL');
  }
  return typeof errno === 'number' && errno < 0 ? -errno : undefined;
}

/** Runs a call of `node:fs` and turns its error into OSError with these file names. */
export function osCall<T>(run: () => T, filename?: Maybe, filename2?: Maybe): T {
  try {
    return run();
  } catch (caught) {
    const errno = nodeErrno(caught);
    if (errno === undefined) throw caught;
    throw newOsError(errno, filename, filename2);
  }
}
