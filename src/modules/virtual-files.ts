/**
 * Descriptors whose bytes do not come from a system call of this worker: pipes, sockets, epoll objects.
 *
 * Each takes a number of the kernel's (`/dev/null`, opened for it), so that numbers are unique in the process, low ones are used again and the
 * limit of open files holds. INV-1: while a number is in the table it belongs to that file; `closeVirtual` frees it.
 */
import { closeSync, openSync } from 'node:fs';
import type { Parking, Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { osCall, raiseErrno } from './os-errors.ts';

/** An open file description: what descriptors made by `dup` share. */
export interface VirtualFile {
  /** What `fstat` says it is. */
  readonly kind: 'fifo' | 'socket' | 'other';
  /** O_NONBLOCK is not set. */
  blocking: boolean;
  /** Numbers that lead here. */
  references: number;
  /** Access mode: 0 reading, 1 writing, 2 both. */
  readonly access: 0 | 1 | 2;
  /** A read would not block: bytes, the end or an error are there. */
  readable(): boolean;
  /** A write would not block. */
  writable(): boolean;
  /** The other side has closed (POLLHUP). */
  hungUp(): boolean;
  /** An error waits (POLLERR). */
  failed(): boolean;
  /** Reads what is there; 0 at the end. Called only when `readable`. Raises OSError. */
  read(t: Thread, bytes: Uint8Array): number;
  /** Writes what fits. Called only when `writable`. Raises OSError. */
  write(t: Thread, bytes: Uint8Array): number;
  /** The last number was closed. */
  dispose(t: Thread): void;
  /** Another interpreter has closed this end. */
  closedElsewhere?(): boolean;
}

/** What the place holder of a number is. */
const DEV_NULL = process.platform === 'win32' ? '\\\\.\\nul' : '/dev/null';

/** Declared registry of this worker: files by number. */
const files = new Map<number, VirtualFile>();

/**
 * Declared registry of this worker: numbers that another interpreter has opened. Only that one's worker may close them in the kernel: Node keeps book of each
 * worker's descriptors, and would close a number again, whatever it is then, when the worker that opened it ends.
 */
const adopted = new Set<number>();

/** Declared registry of this worker: numbers that a child may inherit (`os.set_inheritable`). Node passes on only what it is told to; the flag is kept. */
const inheritable = new Set<number>();

/** `os.get_inheritable`. */
export function isInheritable(fd: number): boolean {
  return inheritable.has(fd);
}

/** `os.set_inheritable`. */
export function setInheritable(fd: number, value: boolean): void {
  if (value) inheritable.add(fd);
  else inheritable.delete(fd);
}

/** The file behind a number, if it is one of these. */
export function virtualFile(fd: number): VirtualFile | undefined {
  return files.get(fd);
}

/** Whether there are any. */
export function areVirtualFiles(): boolean {
  return files.size > 0;
}

/** Gives a file a number; raises OSError when there are too many. */
export function openVirtual(file: VirtualFile): number {
  const fd = osCall(() => openSync(DEV_NULL, 'r+'));
  files.set(fd, file);
  file.references++;
  return fd;
}

/** A number that another interpreter has opened leads to `file` here. */
export function adoptVirtual(fd: number, file: VirtualFile): void {
  files.set(fd, file);
  adopted.add(fd);
  file.references++;
}

/** The kernel has given a number anew: what this interpreter knew by it was closed by another one. */
export function forgetVirtual(fd: number): void {
  files.delete(fd);
  adopted.delete(fd);
}

type Adopter = (t: Thread, fd: number) => boolean;
let adopter: Adopter = () => false;

/** Sets how numbers of other interpreters are looked for; done once, by `pipes.ts`. */
export function setAdopter(implementation: Adopter): void {
  adopter = implementation;
}

/** Looks for the number with the other interpreters, if this one does not know it. */
export function lookElsewhere(t: Thread, fd: number): void {
  if (!files.has(fd)) adopter(t, fd);
}

/** Lets a number that is open lead to `file` (dup2). */
export function replaceByVirtual(fd: number, file: VirtualFile): void {
  files.set(fd, file);
  file.references++;
}

/** Closes a number; false when it is none of these. */
export function closeVirtual(t: Thread, fd: number): boolean {
  const file = files.get(fd);
  if (file === undefined) return false;
  files.delete(fd);
  inheritable.delete(fd);
  // Another interpreter may have closed the end: then it is gone, and this is an error.
  const wasClosed = file.closedElsewhere?.() === true;
  if (!adopted.delete(fd)) osCall(() => closeSync(fd));
  if (wasClosed) raiseErrno('EBADF');
  if (file.kind === 'fifo') t.interpreter.tell?.('pipe.close', fd);
  if (--file.references === 0) file.dispose(t);
  return true;
}

/** Closes whatever is open: the interpreter ends. */
export function closeAllVirtual(t: Thread): void {
  for (const fd of [...files.keys()]) closeVirtual(t, fd);
}

/** A wait for `ready`, then `finish`; `milliseconds` from now at most, Infinity for no limit. */
export function waitUntil(reason: string, milliseconds: number, ready: () => boolean, finish: () => Value): Parking {
  return { reason, deadline: milliseconds === Infinity ? Infinity : performance.now() + milliseconds, ready, finish };
}

/** Waits in native code until `ready`. */
export function blockUntil(t: Thread, reason: string, ready: () => boolean): void {
  if (!ready()) t.interpreter.scheduler.block(t, waitUntil(reason, Infinity, ready, () => null));
}
