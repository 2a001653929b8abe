/**
 * `fcntl` (Modules/fcntlmodule.c): what can be had without the system calls. Flags of pipes and sockets of this process are its own; those of
 * kernel descriptors can be read on Linux; locks and nearly all device controls are refused with ENOSYS, as a lock that is not held would be worse than none.
 */
import { constants, readFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { bytesLike } from '../objects/buffer.ts';
import { intArgument } from '../objects/native-arguments.ts';
import { toIndex } from '../objects/operators.ts';
import { newBytes } from '../objects/make.ts';
import { raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { asInt } from '../objects/type-of.ts';
import { RING_CAPACITY } from '../base/byte-ring.ts';
import { checkDescriptor, isStandardInput } from './descriptors.ts';
import { callMethodIfAny } from '../objects/call.ts';
import type { NativeModule } from './native-module.ts';
import { raiseErrno } from './os-errors.ts';
import { PipeReader } from './pipes.ts';
import { stdinDoor } from './stdin-door.ts';
import { TERMIOS_CONSTANTS as C } from './termios/constants.ts';
import { terminalSize } from './termios/stty.ts';
import { isInheritable, openVirtual, setInheritable, virtualFile } from './virtual-files.ts';

const F_DUPFD = 0;
const F_GETFD = 1;
const F_SETFD = 2;
const F_GETFL = 3;
const F_SETFL = 4;
const F_DUPFD_CLOEXEC = 1030;
const F_SETPIPE_SZ = 1031;
const F_GETPIPE_SZ = 1032;
const FD_CLOEXEC = 1;
const O_NONBLOCK = constants.O_NONBLOCK ?? 0o4000;
const LOCK_NB = 4;
const LOCK_UN = 8;

const CONSTANTS: Readonly<Record<string, number>> = {
  LOCK_SH: 1, LOCK_EX: 2, LOCK_NB, LOCK_UN, LOCK_MAND: 32, LOCK_READ: 64, LOCK_WRITE: 128, LOCK_RW: 192, F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL,
  F_GETLK: 5, F_SETLK: 6, F_SETLKW: 7, F_OFD_GETLK: 36, F_OFD_SETLK: 37, F_OFD_SETLKW: 38, F_GETOWN: 9, F_SETOWN: 8, F_GETSIG: 11, F_SETSIG: 10, F_RDLCK: 0, F_WRLCK: 1, F_UNLCK: 2,
  F_GETLK64: 5, F_SETLK64: 6, F_SETLKW64: 7, FASYNC: 8192, F_SETLEASE: 1024, F_GETLEASE: 1025, F_NOTIFY: 1026, F_SETPIPE_SZ, F_GETPIPE_SZ, FD_CLOEXEC, F_EXLCK: 4, F_SHLCK: 8,
};

/** A descriptor argument: an int, or an object with `fileno()`. */
function descriptorOf(t: Thread, value: Value): number {
  const number = asInt(value) ?? asInt(callMethodIfAny(t, value, 'fileno'));
  if (number === undefined) raiseTypeError('argument must be an int, or have a fileno() method.');
  if (number < 0) raiseValueError(`file descriptor cannot be a negative integer (${number})`);
  checkDescriptor(Number(number));
  return Number(number);
}

function kernelFlags(fd: number): number {
  try {
    return parseInt(/^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '0', 8);
  } catch {
    return raiseErrno('ENOSYS');
  }
}

/** F_GETFL without O_CLOEXEC, which is no status flag. */
function statusFlags(fd: number): number {
  const file = virtualFile(fd);
  return file === undefined ? kernelFlags(fd) & ~0o2000000 : file.access | (file.blocking ? 0 : O_NONBLOCK);
}

function setStatusFlags(fd: number, flags: number): void {
  const file = virtualFile(fd);
  if (file !== undefined) file.blocking = (flags & O_NONBLOCK) === 0;
  else if ((flags & O_NONBLOCK) !== (kernelFlags(fd) & O_NONBLOCK)) raiseErrno('ENOSYS');
}

function control(fd: number, command: number, argument: number): number {
  switch (command) {
    case F_GETFL: return statusFlags(fd);
    case F_SETFL:
      setStatusFlags(fd, argument);
      return 0;
    case F_GETFD: return isInheritable(fd) ? 0 : FD_CLOEXEC;
    case F_SETFD:
      setInheritable(fd, (argument & FD_CLOEXEC) === 0);
      return 0;
    case F_DUPFD: case F_DUPFD_CLOEXEC: {
      const file = virtualFile(fd);
      return file === undefined ? raiseErrno('ENOSYS') : openVirtual(file);
    }
    case F_GETPIPE_SZ: return virtualFile(fd)?.kind === 'fifo' ? RING_CAPACITY : raiseErrno('EBADF');
    case F_SETPIPE_SZ: return virtualFile(fd)?.kind !== 'fifo' ? raiseErrno('EBADF') : argument <= RING_CAPACITY ? RING_CAPACITY : raiseErrno('EPERM');
    default: return raiseErrno('ENOSYS');
  }
}

function fcntl_fcntl(t: Thread, fd: Value, command: Value, argument?: Value): Value {
  const number = descriptorOf(t, fd);
  const code = intArgument(t, command, 0);
  if (argument === undefined || asInt(argument) !== undefined) return control(number, code, argument === undefined ? 0 : Number(toIndex(t, argument)) | 0);
  const bytes = bytesLike(t, argument) ?? raiseTypeError(`fcntl() argument 3 must be int or bytes-like, not ${typeName(argument)}`);
  if (bytes.length > 1024) raiseValueError('fcntl string arg too long');
  control(number, code, 0);
  return newBytes(bytes.slice());
}

/** What Node tells of a terminal: its size and how much was typed ahead. Other requests are refused. */
function fcntl_ioctl(t: Thread, fd: Value, request: Value, argument?: Value): Value {
  const number = descriptorOf(t, fd);
  const code = Number(toIndex(t, request));
  const bytes = argument === undefined ? undefined : bytesLike(t, argument);
  const answer = bytes === undefined ? raiseErrno('ENOSYS') : new Uint8Array(Math.max(bytes.length, 8));
  const view = new DataView(answer.buffer);
  if (code === C.TIOCGWINSZ) {
    if (!isatty(number)) raiseErrno('ENOTTY');
    const { rows, columns } = terminalSize(number) ?? raiseErrno('EIO');
    view.setUint16(0, rows, true);
    view.setUint16(2, columns, true);
  } else if (code === C.FIONREAD) {
    view.setInt32(0, waitingBytes(number), true);
  } else raiseErrno('ENOSYS');
  return newBytes(answer.slice(0, bytes!.length));
}

function waitingBytes(fd: number): number {
  const file = virtualFile(fd);
  if (file === undefined && isStandardInput(fd)) return stdinDoor().pending();
  return file instanceof PipeReader ? file.pipe.ring.available : raiseErrno('ENOSYS');
}

function refuse(t: Thread, fd: Value): never {
  descriptorOf(t, fd);
  return raiseErrno('ENOSYS');
}

/** The table. */
export const FCNTL_MODULE: NativeModule = {
  name: 'fcntl',
  doc: 'This module performs file control and I/O control on file\ndescriptors.',
  attributes: () => CONSTANTS,
  functions: {
    fcntl: [fcntl_fcntl, '($module, fd, cmd, arg=0, /)', 'Perform the operation cmd on file descriptor fd.'],
    ioctl: [fcntl_ioctl, '($module, fd, request, arg=0, mutate_flag=True, /)', 'Perform the operation request on file descriptor fd: TIOCGWINSZ and FIONREAD, as Node has no ioctl().'],
    flock: [refuse, '($module, fd, operation, /)', 'Perform the lock operation on file descriptor fd: Node has no flock().'],
    lockf: [refuse, '($module, fd, cmd, len=0, start=0, whence=0, /)', 'A wrapper around the fcntl() locking calls: Node has none.'],
  },
};
