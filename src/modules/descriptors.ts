/**
 * File descriptors: reading, writing and positions, shared by `_io` and `posix`.
 *
 * Node has no `lseek`, so the position of a seekable file lies here and every transfer names its place; descriptors made by `dup` share one
 * record. Inherited descriptors use the kernel's position until the program seeks (`position` null).
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, readSync, writeSync, type Stats } from 'node:fs';
import { lazyBuiltin } from '../base/lazy-builtin.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe } from '../core/value.ts';
import { collectGarbage } from '../interp/collector.ts';
import { OSError } from '../objects/exception-types.ts';
import { isRaised } from '../objects/raise.ts';
import type { HostPath } from './host-path.ts';
import { newOsError, errnoOf, nodeErrno, osCall, raiseErrno } from './os-errors.ts';
import { stdinDoor } from './stdin-door.ts';
import { blockUntil, closeVirtual, forgetVirtual, lookElsewhere, setInheritable, virtualFile } from './virtual-files.ts';

/** What an open file description holds beside the kernel's part. */
interface Description {
  position: number | null;
  readonly append: boolean;
  readonly kind: 'file' | 'device' | 'stream';
}

/** Declared registry of this process part: descriptions by descriptor. */
const descriptions = new Map<number, Description>();

const O_APPEND = 0o2000;

function describe(stat: Stats, append: boolean, own: boolean): Description {
  const kind = stat.isFile() || stat.isBlockDevice() ? 'file' : stat.isCharacterDevice() || stat.isDirectory() ? 'device' : 'stream';
  return { kind, append, position: own && kind === 'file' && !append ? 0 : null };
}

function descriptionOf(fd: number): Description {
  return descriptions.get(fd) ?? describeInherited(fd, fstatSync(fd));
}

function describeInherited(fd: number, stat: Stats): Description {
  const description = describe(stat, /* append */ false, /* own */ false);
  descriptions.set(fd, description);
  return description;
}

/** `open(2)`; raises OSError with `filename`. */
export function openDescriptor(t: Thread, path: HostPath, flags: number, mode: number, filename: Maybe): number {
  const open = (): number => osCall(() => openSync(path, flags, mode), filename);
  let fd: number;
  try {
    fd = open();
  } catch (caught) {
    if (!isRaised(caught, OSError) || caught.fields?.get('errno') !== errnoOf('EMFILE')) throw caught;
    // Too many files are open: some of them may have been dropped, and are closed by a collection.
    collectGarbage(t, /* rounds */ 2);
    fd = open();
  }
  forgetVirtual(fd);
  descriptions.set(fd, describe(fstatSync(fd), (flags & O_APPEND) !== 0, /* own */ true));
  return fd;
}

/** Lets `copy` share the position of `fd`, as after `dup`. */
export function shareDescription(fd: number, copy: number): void {
  descriptions.set(copy, descriptionOf(fd));
}

/** Whether the number is standard input or a duplicate of it, and not a plain file: then the supervisor reads it. */
export function isStandardInput(fd: number): boolean {
  if (fd !== 0 && descriptions.get(fd) !== descriptions.get(0)) return false;
  return virtualFile(fd) === undefined && descriptionOf(fd).kind !== 'file';
}

/** `close(2)`. */
export function closeDescriptor(t: Thread, fd: number): void {
  meetDescriptor(t, fd);
  if (closeVirtual(t, fd)) return;
  descriptions.delete(fd);
  setInheritable(fd, /* value */ false);
  osCall(() => closeSync(fd));
}

/** The program uses a number that it may have from another interpreter. */
export function meetDescriptor(t: Thread, fd: number): void {
  if (fd > 2 && !descriptions.has(fd)) lookElsewhere(t, fd);
}

/** Raises EBADF for a descriptor that is not open. */
export function checkDescriptor(fd: number, filename?: Maybe): void {
  if (fd < 0) throw newOsError(errnoOf('EBADF'), filename);
  osCall(() => fstatSync(fd), filename);
}

/** Reads into `bytes`; returns the count, 0 at the end, or null when the descriptor would block. */
export function readDescriptor(t: Thread, fd: number, bytes: Uint8Array): number | null {
  if (bytes.length === 0) return 0;
  meetDescriptor(t, fd);
  const virtual = virtualFile(fd);
  if (virtual !== undefined) {
    if (virtual.access === 1) raiseErrno('EBADF');
    if (!virtual.blocking && !virtual.readable()) return null;
    blockUntil(t, 'read', () => virtual.readable());
    return virtual.read(t, bytes);
  }
  const description = osCall(() => descriptionOf(fd));
  try {
    if (isStandardInput(fd)) return stdinDoor().read(t, bytes);
    const count = readSync(fd, bytes, 0, bytes.length, description.position);
    if (description.position !== null) description.position += count;
    return count;
  } catch (caught) {
    const errno = nodeErrno(caught);
    if (errno === undefined) throw caught;
    if (errno === errnoOf('EAGAIN')) return null;
    // Windows pipes and some ttys report their end so.
    if ((caught as NodeJS.ErrnoException).code === 'EOF') return 0;
    throw newOsError(errno);
  }
}

/** Waits a little where a descriptor that Node made non-blocking is full. */
function backOff(attempt: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.min(50, 1 + attempt));
}

/** Writes to a pipe or socket of this process; a full one that does not block gives the count so far, or null for none. */
function writeVirtual(t: Thread, fd: number, bytes: Uint8Array): number | null | undefined {
  const virtual = virtualFile(fd);
  if (virtual === undefined) return undefined;
  if (virtual.access === 0) raiseErrno('EBADF');
  let done = 0;
  do {
    if (virtual.blocking) blockUntil(t, 'write', () => virtual.writable());
    const count = virtual.write(t, bytes.subarray(done));
    if (count === 0 && !virtual.blocking) return done === 0 && bytes.length > 0 ? null : done;
    done += count;
  } while (done < bytes.length);
  return done;
}

/** Writes `bytes` and returns the count; null when nothing fits into a descriptor that does not block. Only pipes and sockets of this process write less than all. */
export function writeDescriptor(t: Thread, fd: number, bytes: Uint8Array): number | null {
  meetDescriptor(t, fd);
  const count = writeVirtual(t, fd, bytes);
  if (count !== undefined) return count;
  writeAll(t, fd, bytes);
  return bytes.length;
}

const STDOUT = 1;
const STDERR = 2;

/** Gives what is written to a standard stream to the supervisor, where output is captured. */
function capture(t: Thread, fd: number, bytes: Uint8Array): boolean {
  if (!t.interpreter.config.captureOutput || (fd !== STDOUT && fd !== STDERR) || t.interpreter.tell === null) return false;
  t.interpreter.tell('output', { descriptor: fd, bytes: bytes.slice() });
  return true;
}

/** Writes all of `bytes`: short writes go on, a full pipe is waited for. EPIPE raises BrokenPipeError. */
export function writeAll(t: Thread, fd: number, bytes: Uint8Array): void {
  if (capture(t, fd, bytes)) return;
  const virtual = writeVirtual(t, fd, bytes);
  if (virtual === null || (virtual !== undefined && virtual < bytes.length)) raiseErrno('EAGAIN');
  if (virtual !== undefined) return;
  const description = osCall(() => descriptionOf(fd));
  let done = 0;
  for (let attempt = 0; done < bytes.length; ) {
    try {
      const count = writeSync(fd, bytes, done, bytes.length - done, description.position);
      done += count;
      attempt = 0;
      if (description.position !== null) description.position += count;
    } catch (caught) {
      const errno = nodeErrno(caught);
      if (errno === undefined) throw caught;
      if (errno !== errnoOf('EAGAIN') && errno !== errnoOf('EINTR')) throw newOsError(errno);
      backOff(attempt++);
    }
  }
}

/** The kernel's position of an inherited or appending descriptor. */
function kernelPosition(fd: number, description: Description): number {
  if (description.append) return fstatSync(fd).size;
  try {
    const match = /^pos:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'));
    return match === null ? 0 : Number(match[1]);
  } catch {
    return 0;
  }
}

/** `lseek(2)`; raises ESPIPE for streams, EINVAL for a negative result. Returns the new position. */
export function seekDescriptor(fd: number, offset: number, whence: number): number {
  if (virtualFile(fd) !== undefined) raiseErrno('ESPIPE');
  const description = osCall(() => descriptionOf(fd));
  if (description.kind === 'stream') raiseErrno('ESPIPE');
  if (description.kind === 'device') return isTerminal(fd) ? raiseErrno('ESPIPE') : 0;
  const current = description.position ?? kernelPosition(fd, description);
  const base = whence === 0 ? 0 : whence === 1 ? current : whence === 2 ? osCall(() => fstatSync(fd).size) : raiseErrno('EINVAL');
  const target = base + offset;
  if (target < 0) raiseErrno('EINVAL');
  // Asking where an inherited descriptor stands does not take it over.
  if (target !== current || description.position !== null) description.position = target;
  return target;
}

function isTerminal(fd: number): boolean {
  return isAtty(fd);
}

const tty = lazyBuiltin('node:tty');

/** How often `isAtty` looks at the descriptor's numbers itself, which takes eight times as long as `node:tty` does once that is loaded: a start asks three times. */
const MAX_LOOKS = 8;
let looks = 0;

/** `isatty(3)`. What is known to be a file, a pipe or a socket is not asked for again. */
export function isAtty(fd: number): boolean {
  if (virtualFile(fd) !== undefined) return false;
  const known = descriptions.get(fd);
  if (known !== undefined && known.kind !== 'device') return false;
  if (looks === MAX_LOOKS) return tty().isatty(fd);
  looks++;
  try {
    const stat = fstatSync(fd);
    if (known === undefined) describeInherited(fd, stat);
    // Majors of ttys: 4 and 5 are consoles, 136 to 143 pseudo-terminals.
    const major = (stat.rdev >> 8) & 0xfff;
    return stat.isCharacterDevice() && (major === 4 || major === 5 || (major >= 136 && major <= 143));
  } catch {
    return false;
  }
}

/** `ftruncate(2)`. */
export function truncateDescriptor(fd: number, size: number): void {
  if (virtualFile(fd) !== undefined) raiseErrno('EINVAL');
  osCall(() => ftruncateSync(fd, size));
}
