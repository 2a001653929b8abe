/** Arguments of `posix` functions: paths, descriptors, and what cannot be had through Node. */
import type { PyBytes } from '../../core/scalars.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { NotImplementedError, OverflowError } from '../../objects/exception-types.ts';
import { toIndex } from '../../objects/operators.ts';
import { raise, raiseTypeError, typeName } from '../../objects/raise.ts';
import { lookupSpecial } from '../../objects/attributes.ts';
import { asInt, asStr } from '../../objects/type-of.ts';
import { PyBytes as Bytes } from '../../core/scalars.ts';
import { fsPath, hostPath, type HostPath } from '../host-path.ts';

/** A path argument: as the program said it (for OSError), and for Node; or a descriptor. */
export interface PathArgument {
  readonly given: Value;
  readonly path: string | PyBytes;
  readonly host: HostPath;
  /** -1 for a path. */
  readonly fd: number;
  readonly isFd: boolean;
}

/** Which arguments a function takes beside str, bytes and PathLike. */
export interface PathOptions {
  readonly who: string;
  readonly name?: string;
  readonly allowFd?: boolean;
}

function isPathLike(t: Thread, value: Value): boolean {
  return asStr(value) !== undefined || value instanceof Bytes || lookupSpecial(t, value, '__fspath__') !== undefined;
}

/** Converts a path argument; raises TypeError as CPython words it. */
export function pathArgument(t: Thread, value: Value, options: PathOptions): PathArgument {
  if (options.allowFd === true && asInt(value) !== undefined) return { given: value, path: '', host: '', fd: descriptor(t, value), isFd: true };
  if (!isPathLike(t, value)) {
    const kinds = options.allowFd === true ? 'string, bytes, os.PathLike or integer' : 'string, bytes or os.PathLike';
    raiseTypeError(`${options.who}: ${options.name ?? 'path'} should be ${kinds}, not ${typeName(value)}`);
  }
  const path = fsPath(t, value);
  return { given: path, path, host: hostPath(t, path, `${options.who}: embedded null character in ${options.name ?? 'path'}`), fd: -1, isFd: false };
}

/** A descriptor argument. */
export function descriptor(t: Thread, value: Value): number {
  const number = toIndex(t, value);
  if (typeof number !== 'number' || number > 0x7fffffff || number < -0x80000000) raise(OverflowError, `fd is ${number < 0 ? 'less than minimum' : 'greater than maximum'}`);
  return number;
}

/** Refuses a directory descriptor: Node has no `openat`. */
export function refuseDirFd(who: string, ...values: Maybe[]): void {
  void who;
  for (const value of values) if (value !== undefined && value !== null) raise(NotImplementedError, 'dir_fd unavailable on this platform');
}
