/** Paths of the Python program for `node:fs`: `os.fspath`, file system encoding, and the interpreter's own current directory. */
import { PyBytes } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { isWellFormed } from '../objects/algorithms/str-code-points.ts';
import { lookupSpecial } from '../objects/attributes.ts';
import { call } from '../objects/call.ts';
import { decodeBytes, encodeText } from '../objects/codec-registry.ts';
import { newBytes } from '../objects/make.ts';
import { raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { asStr } from '../objects/type-of.ts';
import { requireGrant } from './grants.ts';

const CWD = 'current directory';

/** What Node takes as a path. */
export type HostPath = string | Buffer;

/** The interpreter's current directory; a worker cannot change that of the process. */
export function currentDirectory(t: Thread): string {
  return (t.interpreter.moduleState.get(CWD) as string | undefined) ?? process.cwd();
}

/** Changes it; the caller has checked that it is a directory. */
export function setCurrentDirectory(t: Thread, path: string): void {
  t.interpreter.moduleState.set(CWD, path);
}

/** `os.fspath(value)`: str or bytes; `what` is put in front of the TypeError, as "stat: path". */
export function fsPath(t: Thread, value: Value, expected = 'expected str, bytes or os.PathLike object, not '): string | PyBytes {
  const text = asStr(value);
  if (text !== undefined) return text;
  if (value instanceof PyBytes) return value;
  const method = lookupSpecial(t, value, '__fspath__');
  if (method === undefined) raiseTypeError(`${expected}${typeName(value)}`);
  const path = call(t, method, []);
  if (path instanceof PyBytes) return path;
  return asStr(path) ?? raiseTypeError(`expected ${typeName(value)}.__fspath__() to return str or bytes, not ${typeName(path)}`);
}

function joined(t: Thread, path: string): string {
  const changed = t.interpreter.moduleState.get(CWD) as string | undefined;
  if (changed === undefined || path.startsWith('/')) return path;
  return path === '' ? '' : `${changed}/${path}`;
}

/** A path for `node:fs`, relative ones resolved against the interpreter's current directory. Raises ValueError for null characters, PermissionError where files are not granted. */
export function hostPath(t: Thread, path: string | PyBytes, nullMessage = 'embedded null byte'): HostPath {
  if (path instanceof PyBytes) {
    if (path.value.includes(0)) raiseValueError(nullMessage.replace('character', 'byte'));
    const text = decodeBytes(t, path.value, 'utf-8', 'surrogateescape');
    return hostPath(t, text);
  }
  if (path.includes('\0')) raiseValueError(nullMessage);
  requireGrant(t, 'files', path);
  const full = joined(t, path);
  return isWellFormed(full) ? full : Buffer.from(encodeText(t, full, 'utf-8', 'surrogateescape'));
}

/** A name that Node gave as bytes, as str. */
export function decodeName(t: Thread, name: Uint8Array): string {
  return decodeBytes(t, name, 'utf-8', 'surrogateescape');
}

/** A name in the form of the argument it came from: bytes when that was bytes. */
export function nameLike(t: Thread, name: string, like: string | PyBytes): Value {
  return like instanceof PyBytes ? newBytes(encodeText(t, name, 'utf-8', 'surrogateescape')) : name;
}

