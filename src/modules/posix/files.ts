/** Files and directories of `posix`: everything that changes or opens them (Modules/posixmodule.c). */
import * as fs from 'node:fs';
import { PyTuple } from '../../core/containers.ts';
import { PyBytes } from '../../core/scalars.ts';
import { RING_CAPACITY } from '../../base/byte-ring.ts';
import { PARKED, type Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { requireBytesLike } from '../../objects/buffer.ts';
import { OverflowError } from '../../objects/exception-types.ts';
import { toArray } from '../../objects/iterate.ts';
import { newBytes, newTuple } from '../../objects/make.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { toDouble } from '../../objects/numbers.ts';
import { toIndex, toSize } from '../../objects/operators.ts';
import { raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { isTrue } from '../../objects/truth.ts';
import type { MethodRow } from '../../objects/type-ready.ts';
import { withWritable } from '../_io/base.ts';
import { flushFiles } from '../_io/dirty.ts';
import { closeDescriptor, checkDescriptor, isAtty, openDescriptor, readDescriptor, seekDescriptor, shareDescription, truncateDescriptor, writeAll, writeDescriptor } from '../descriptors.ts';
import { currentDirectory, decodeName, nameLike, setCurrentDirectory, type HostPath } from '../host-path.ts';
import { errnoOf, newOsError, osCall, raiseErrno } from '../os-errors.ts';
import { InheritedStream } from '../inherited-stream.ts';
import { newPipe } from '../pipes.ts';
import { isInheritable, openVirtual, replaceByVirtual, setInheritable, virtualFile, waitUntil, type VirtualFile } from '../virtual-files.ts';
import { descriptor, pathArgument, refuseDirFd, type PathArgument } from './arguments.ts';

const UMASK = 'umask';

/** O_ACCMODE: reading, writing or both. */
const ACCESS_MODE = 3;

function ownMask(t: Thread): number {
  return (t.interpreter.moduleState.get(UMASK) as number | undefined) ?? 0;
}

function posix_open(t: Thread, path: Value, flags: Value, mode?: Value, dirFd?: Value): Value {
  const argument = pathArgument(t, path, { who: 'open' });
  refuseDirFd('open', dirFd);
  flushFiles(t);
  return openDescriptor(t, argument.host, intArgument(t, flags, 0), intArgument(t, mode, 0o777) & ~ownMask(t), argument.given);
}

function posix_read(t: Thread, fd: Value, length: Value): Value | typeof PARKED {
  const size = toSize(t, length, OverflowError);
  if (size < 0) raiseErrno('EINVAL');
  const number = descriptor(t, fd);
  const virtual = virtualFile(number);
  if (virtual !== undefined) return readVirtual(t, virtual, size);
  const bytes = new Uint8Array(Math.min(size, 1 << 30));
  checkDescriptor(number);
  const count = readDescriptor(t, number, bytes);
  return count === null ? raiseErrno('EAGAIN') : newBytes(bytes.slice(0, count));
}

/** A read that may wait: the thread parks. */
function readVirtual(t: Thread, file: VirtualFile, size: number): Value | typeof PARKED {
  if (file.access === 1) raiseErrno('EBADF');
  const finish = (): Value => {
    const bytes = new Uint8Array(Math.min(size, RING_CAPACITY));
    return newBytes(bytes.slice(0, file.read(t, bytes)));
  };
  if (file.readable()) return finish();
  if (!file.blocking) raiseErrno('EAGAIN');
  t.parked = waitUntil('read', Infinity, () => file.readable(), finish);
  return PARKED;
}

function posix_readinto(t: Thread, fd: Value, buffer: Value): Value {
  return withWritable(t, buffer, 'readinto', (bytes) => {
    const count = readDescriptor(t, descriptor(t, fd), bytes);
    return count === null ? raiseErrno('EAGAIN') : count;
  });
}

function posix_write(t: Thread, fd: Value, data: Value): Value {
  const bytes = requireBytesLike(t, data);
  const number = descriptor(t, fd);
  checkDescriptor(number);
  return writeDescriptor(t, number, bytes) ?? raiseErrno('EAGAIN');
}

function posix_pread(t: Thread, fd: Value, length: Value, offset: Value): Value {
  const bytes = new Uint8Array(toSize(t, length));
  const count = osCall(() => fs.readSync(descriptor(t, fd), bytes, 0, bytes.length, Number(toIndex(t, offset))));
  return newBytes(bytes.slice(0, count));
}

function posix_pwrite(t: Thread, fd: Value, data: Value, offset: Value): Value {
  const bytes = requireBytesLike(t, data);
  return osCall(() => fs.writeSync(descriptor(t, fd), bytes, 0, bytes.length, Number(toIndex(t, offset))));
}

function posix_close(t: Thread, fd: Value): void {
  closeDescriptor(t, descriptor(t, fd));
}

/** Access mode of an open descriptor, as the kernel tells it. */
function flagsOf(fd: number): number {
  try {
    const match = /^flags:\s*([0-7]+)/m.exec(fs.readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'));
    return match === null ? 0 : parseInt(match[1]!, 8);
  } catch {
    return raiseErrno('EBADF');
  }
}

/** Opens the same file again, without creating or truncating it; the position is shared through the description. */
function reopen(fd: number): number {
  checkDescriptor(fd);
  return osCall(() => fs.openSync(`/proc/self/fd/${fd}`, flagsOf(fd) & (ACCESS_MODE | fs.constants.O_APPEND | fs.constants.O_NONBLOCK)));
}

function posix_dup(t: Thread, fd: Value): Value {
  const number = descriptor(t, fd);
  const virtual = virtualFile(number);
  if (virtual !== undefined) return openVirtual(virtual);
  if (number <= 2 && fs.fstatSync(number).isSocket()) return openVirtual(new InheritedStream(number));
  const copy = reopen(number);
  shareDescription(number, copy);
  return copy;
}

/** Node cannot choose a descriptor, but the kernel gives the lowest free one: places below are filled until the wanted one comes. */
function posix_dup2(t: Thread, fd: Value, fd2: Value): Value {
  const [from, to] = [descriptor(t, fd), descriptor(t, fd2)];
  checkDescriptor(from);
  if (to < 0) raiseErrno('EBADF');
  if (from === to) return to;
  try {
    closeDescriptor(t, to);
  } catch {
    // It need not have been open.
  }
  const fillers: number[] = [];
  let copy = reopen(from);
  while (copy < to) {
    fillers.push(copy);
    copy = reopen(from);
  }
  for (const filler of fillers) fs.closeSync(filler);
  const virtual = virtualFile(from);
  if (virtual !== undefined && copy === to) {
    replaceByVirtual(to, virtual);
    return to;
  }
  if (copy !== to) {
    fs.closeSync(copy);
    raiseErrno('EBUSY');
  }
  shareDescription(from, to);
  return to;
}

function posix_lseek(t: Thread, fd: Value, position: Value, whence: Value): Value {
  return seekDescriptor(descriptor(t, fd), Number(toIndex(t, position)), intArgument(t, whence, 0));
}

function pathOrFd(argument: PathArgument, byPath: (host: HostPath) => void, byFd: (fd: number) => void): void {
  osCall(() => (argument.fd >= 0 ? byFd(argument.fd) : byPath(argument.host)), argument.given);
}

function posix_truncate(t: Thread, path: Value, length: Value): void {
  const size = Number(toIndex(t, length));
  if (size < 0) raiseErrno('EINVAL');
  pathOrFd(pathArgument(t, path, { who: 'truncate', allowFd: true }), (host) => fs.truncateSync(host, size), (fd) => fs.ftruncateSync(fd, size));
}

function posix_mkdir(t: Thread, path: Value, mode?: Value, dirFd?: Value): void {
  const argument = pathArgument(t, path, { who: 'mkdir' });
  refuseDirFd('mkdir', dirFd);
  const bits = intArgument(t, mode, 0o777) & ~ownMask(t);
  osCall(() => fs.mkdirSync(argument.host, { mode: bits }), argument.given);
}

/** A function of one path and perhaps a `dir_fd`. */
function onPath(who: string, run: (host: HostPath) => void) {
  return (t: Thread, path: Value, dirFd?: Value): void => {
    const argument = pathArgument(t, path, { who });
    refuseDirFd(who, dirFd);
    osCall(() => run(argument.host), argument.given);
  };
}

/** A function of two paths. */
function onTwoPaths(who: string, run: (from: HostPath, to: HostPath) => void) {
  return (t: Thread, src: Value, dst: Value, srcDirFd?: Value, dstDirFd?: Value): void => {
    const from = pathArgument(t, src, { who, name: 'src' });
    const to = pathArgument(t, dst, { who, name: 'dst' });
    refuseDirFd(who, srcDirFd, dstDirFd);
    osCall(() => run(from.host, to.host), from.given, to.given);
  };
}

function unlink(host: HostPath): void {
  fs.unlinkSync(host);
}

function posix_symlink(t: Thread, src: Value, dst: Value, targetIsDirectory?: Value, dirFd?: Value): void {
  void targetIsDirectory;
  const from = pathArgument(t, src, { who: 'symlink', name: 'src' });
  const to = pathArgument(t, dst, { who: 'symlink', name: 'dst' });
  refuseDirFd('symlink', dirFd);
  // The target is stored as it was given, not resolved against the current directory.
  const target = from.path instanceof PyBytes ? Buffer.from(from.path.value) : from.path;
  osCall(() => fs.symlinkSync(target, to.host), from.given, to.given);
}

function posix_readlink(t: Thread, path: Value, dirFd?: Value): Value {
  const argument = pathArgument(t, path, { who: 'readlink' });
  refuseDirFd('readlink', dirFd);
  const target = osCall(() => fs.readlinkSync(argument.host, { encoding: 'buffer' }), argument.given);
  return argument.path instanceof PyBytes ? newBytes(Uint8Array.from(target)) : decodeName(t, target);
}

function posix_chmod(t: Thread, path: Value, mode: Value, dirFd?: Value, follow?: Value): void {
  const argument = pathArgument(t, path, { who: 'chmod', allowFd: true });
  refuseDirFd('chmod', dirFd);
  const bits = intArgument(t, mode, 0) & 0o7777;
  if (follow !== undefined && !isTrue(t, follow) && fs.lstatSync(argument.host).isSymbolicLink()) throw newOsError(errnoOf('ENOTSUP'), argument.given);
  pathOrFd(argument, (host) => fs.chmodSync(host, bits), (fd) => fs.fchmodSync(fd, bits));
}

function posix_chown(t: Thread, path: Value, uid: Value, gid: Value, dirFd?: Value, follow?: Value): void {
  const argument = pathArgument(t, path, { who: 'chown', allowFd: true });
  refuseDirFd('chown', dirFd);
  const owner = (value: Value): number => { const n = Number(toIndex(t, value)); return n === -1 ? 0xffffffff : n; };
  const [user, group] = [owner(uid), owner(gid)];
  const link = follow !== undefined && !isTrue(t, follow);
  pathOrFd(argument, (host) => (link ? fs.lchownSync(host, user, group) : fs.chownSync(host, user, group)), (fd) => fs.fchownSync(fd, user, group));
}

function utimeSeconds(t: Thread, times: Maybe, ns: Maybe): [number, number] {
  const hasTimes = times !== undefined && times !== null;
  if (hasTimes && ns !== undefined) raiseValueError("utime: you may specify either 'times' or 'ns' but not both");
  if (ns !== undefined) {
    if (!(ns instanceof PyTuple) || ns.items.length !== 2) raiseTypeError("utime: 'ns' must be a tuple of two ints");
    const [atime, mtime] = ns.items.map((item) => Number(toIndex(t, item)) / 1e9);
    return [atime!, mtime!];
  }
  if (!hasTimes) return [Date.now() / 1000, Date.now() / 1000];
  if (!(times instanceof PyTuple) || times.items.length !== 2) raiseTypeError("utime: 'times' must be either a tuple of two ints or None");
  return [toDouble(t, times.items[0]!), toDouble(t, times.items[1]!)];
}

function posix_utime(t: Thread, path: Value, times?: Value, ns?: Value, dirFd?: Value, follow?: Value): void {
  const argument = pathArgument(t, path, { who: 'utime', allowFd: true });
  refuseDirFd('utime', dirFd);
  const [atime, mtime] = utimeSeconds(t, times, ns);
  const link = follow !== undefined && !isTrue(t, follow);
  pathOrFd(argument, (host) => (link ? fs.lutimesSync(host, atime, mtime) : fs.utimesSync(host, atime, mtime)), (fd) => fs.futimesSync(fd, atime, mtime));
}

function posix_access(t: Thread, path: Value, mode: Value, dirFd?: Value): Value {
  const argument = pathArgument(t, path, { who: 'access' });
  refuseDirFd('access', dirFd);
  try {
    fs.accessSync(argument.host, intArgument(t, mode, 0));
    return true;
  } catch {
    return false;
  }
}

function posix_getcwd(t: Thread): Value {
  return currentDirectory(t);
}

function posix_chdir(t: Thread, path: Value): void {
  const argument = pathArgument(t, path, { who: 'chdir', allowFd: true });
  const host = argument.fd >= 0 ? `/proc/self/fd/${argument.fd}` : argument.host;
  const stat = osCall(() => fs.statSync(host), argument.given);
  if (!stat.isDirectory()) throw newOsError(errnoOf('ENOTDIR'), argument.given);
  osCall(() => fs.accessSync(host, fs.constants.X_OK), argument.given);
  setCurrentDirectory(t, osCall(() => fs.realpathSync(host), argument.given));
}

function posix_umask(t: Thread, mask: Value): Value {
  const bits = intArgument(t, mask, 0) & 0o777;
  try {
    return process.umask(bits);
  } catch {
    // A worker cannot set the mask of the process: files made here apply it themselves.
    const previous = (t.interpreter.moduleState.get(UMASK) as number | undefined) ?? process.umask();
    t.interpreter.moduleState.set(UMASK, bits);
    return previous;
  }
}

function posix_sendfile(t: Thread, outFd: Value, inFd: Value, offset: Value, count: Value): Value {
  const bytes = new Uint8Array(Math.min(toSize(t, count), RING_CAPACITY));
  const position = offset === null ? null : Number(toIndex(t, offset));
  const read = position === null ? readDescriptor(t, descriptor(t, inFd), bytes) ?? 0 : osCall(() => fs.readSync(descriptor(t, inFd), bytes, 0, bytes.length, position));
  const written = writeDescriptor(t, descriptor(t, outFd), bytes.subarray(0, read)) ?? raiseErrno('EAGAIN');
  if (position === null && written < read) seekDescriptor(descriptor(t, inFd), written - read, 1);
  return written;
}

function posix_pipe(t: Thread, flags?: Value): Value {
  return newTuple(newPipe(t, (intArgument(t, flags, 0) & fs.constants.O_NONBLOCK) === 0));
}

function posix_get_blocking(t: Thread, fd: Value): Value {
  const number = descriptor(t, fd);
  return virtualFile(number)?.blocking ?? (flagsOf(number) & fs.constants.O_NONBLOCK) === 0;
}

function posix_setInheritable(t: Thread, fd: Value, value: Value): void {
  const number = descriptor(t, fd);
  checkDescriptor(number);
  setInheritable(number, isTrue(t, value));
}

/** Pipes and sockets of this process only: Node cannot change the flags of a kernel's descriptor. */
function posix_set_blocking(t: Thread, fd: Value, blocking: Value): void {
  const number = descriptor(t, fd);
  const file = virtualFile(number);
  const wanted = isTrue(t, blocking);
  if (file !== undefined) file.blocking = wanted;
  else if (((flagsOf(number) & fs.constants.O_NONBLOCK) === 0) !== wanted) raiseErrno('ENOSYS');
}

function posix_closerange(t: Thread, low: Value, high: Value): void {
  for (let fd = intArgument(t, low, 0); fd < intArgument(t, high, 0); fd++) {
    try {
      closeDescriptor(t, fd);
    } catch {
      // Descriptors that are not open are passed over.
    }
  }
}

function posix_writev(t: Thread, fd: Value, buffers: Value): Value {
  const bytes = Buffer.concat(toArray(t, buffers).map((item) => requireBytesLike(t, item)));
  writeAll(t, descriptor(t, fd), bytes);
  return bytes.length;
}

const TWO = '($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)';
const PATH_DIR_FD = '($module, /, path, *, dir_fd=None)';

/** Rows of the module's table. */
export const FILE_FUNCTIONS: Readonly<Record<string, MethodRow>> = {
  open: [posix_open, '($module, /, path, flags, mode=511, *, dir_fd=None)', 'Open a file for low level IO.  Returns a file descriptor (integer).'],
  close: [posix_close, '($module, /, fd)', 'Close a file descriptor.'],
  closerange: [posix_closerange, '($module, fd_low, fd_high, /)', 'Closes all file descriptors in [fd_low, fd_high), ignoring errors.'],
  read: [posix_read, '($module, fd, length, /)', 'Read from a file descriptor.  Returns a bytes object.'],
  readinto: [posix_readinto, '($module, fd, buffer, /)', 'Read into a buffer object from a file descriptor.'],
  write: [posix_write, '($module, fd, data, /)', 'Write a bytes object to a file descriptor.'],
  writev: [posix_writev, '($module, fd, buffers, /)', 'Iterate over buffers, and write the contents of each to a file descriptor.'],
  pread: [posix_pread, '($module, fd, length, offset, /)', 'Read a number of bytes from a file descriptor starting at a particular offset.'],
  pwrite: [posix_pwrite, '($module, fd, buffer, offset, /)', 'Write bytes to a file descriptor starting at a particular offset.'],
  dup: [posix_dup, '($module, fd, /)', 'Return a duplicate of a file descriptor.'],
  dup2: [posix_dup2, '($module, /, fd, fd2, inheritable=True)', 'Duplicate file descriptor.'],
  lseek: [posix_lseek, '($module, fd, position, whence, /)', 'Set the position of a file descriptor.'],
  isatty: [(t: Thread, fd: Value) => isAtty(descriptor(t, fd)), '($module, fd, /)', 'Return True if the fd is connected to a terminal.'],
  fsync: [(t: Thread, fd: Value) => osCall(() => fs.fsyncSync(descriptor(t, fd))), '($module, /, fd)', 'Force write of fd to disk.'],
  fdatasync: [(t: Thread, fd: Value) => osCall(() => fs.fdatasyncSync(descriptor(t, fd))), '($module, /, fd)', 'Force write of fd to disk without forcing update of metadata.'],
  ftruncate: [(t: Thread, fd: Value, length: Value) => truncateDescriptor(descriptor(t, fd), Number(toIndex(t, length))), '($module, fd, length, /)', 'Truncate a file, specified by file descriptor, to a specific length.'],
  truncate: [posix_truncate, '($module, /, path, length)', 'Truncate a file, specified by path, to a specific length.'],
  pipe: [posix_pipe, '!($module, /)', 'Create a pipe.\n\nReturns a tuple of two file descriptors:\n  (read_fd, write_fd)'],
  pipe2: [posix_pipe, '($module, flags, /)', 'Create a pipe with flags set atomically.'],
  set_blocking: [posix_set_blocking, '($module, fd, blocking, /)', 'Set the blocking mode of the specified file descriptor.'],
  sendfile: [posix_sendfile, '($module, /, out_fd, in_fd, offset, count)', 'Copy count bytes from file descriptor in_fd to file descriptor out_fd.'],
  get_inheritable: [(t: Thread, fd: Value) => { const number = descriptor(t, fd); checkDescriptor(number); return number < 3 || isInheritable(number); }, '($module, fd, /)', 'Get the close-on-exe flag of the specified file descriptor.'],
  set_inheritable: [posix_setInheritable, '($module, fd, inheritable, /)', 'Set the inheritable flag of the specified file descriptor.'],
  get_blocking: [posix_get_blocking, '($module, fd, /)', 'Get the blocking mode of the file descriptor.'],
  mkdir: [posix_mkdir, '($module, /, path, mode=511, *, dir_fd=None)', 'Create a directory.'],
  rmdir: [onPath('rmdir', (host) => fs.rmdirSync(host)), PATH_DIR_FD, 'Remove a directory.'],
  unlink: [onPath('unlink', unlink), PATH_DIR_FD, 'Remove a file (same as remove()).'],
  remove: [onPath('remove', unlink), PATH_DIR_FD, 'Remove a file (same as unlink()).'],
  rename: [onTwoPaths('rename', (from, to) => fs.renameSync(from, to)), TWO, 'Rename a file or directory.'],
  replace: [onTwoPaths('replace', (from, to) => fs.renameSync(from, to)), TWO, 'Rename a file or directory, overwriting the destination.'],
  link: [onTwoPaths('link', (from, to) => fs.linkSync(from, to)), '($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)', 'Create a hard link to a file.'],
  symlink: [posix_symlink, '($module, /, src, dst, target_is_directory=False, *, dir_fd=None)', 'Create a symbolic link pointing to src named dst.'],
  readlink: [posix_readlink, PATH_DIR_FD, 'Return a string representing the path to which the symbolic link points.'],
  chmod: [posix_chmod, '($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)', 'Change the access permissions of a file.'],
  fchmod: [(t: Thread, fd: Value, mode: Value) => osCall(() => fs.fchmodSync(descriptor(t, fd), intArgument(t, mode, 0))), '($module, /, fd, mode)', 'Change the access permissions of the file given by file descriptor fd.'],
  chown: [posix_chown, '($module, /, path, uid, gid, *, dir_fd=None, follow_symlinks=True)', 'Change the owner and group id of path to the numeric uid and gid.'],
  lchown: [(t: Thread, path: Value, uid: Value, gid: Value) => posix_chown(t, path, uid, gid, undefined, false), '($module, /, path, uid, gid)', 'Change the owner and group id of path without following symbolic links.'],
  fchown: [(t: Thread, fd: Value, uid: Value, gid: Value) => posix_chown(t, fd, uid, gid), '($module, /, fd, uid, gid)', 'Change the owner and group id of the file specified by file descriptor.'],
  utime: [posix_utime, '!($module, /, path, times=None, *, ns=<unrepresentable>, dir_fd=None, follow_symlinks=True)', 'Set the access and modified time of path.'],
  access: [posix_access, '($module, /, path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)', "Use the real uid/gid to test for access to a path."],
  getcwd: [posix_getcwd, '($module, /)', 'Return a unicode string representing the current working directory.'],
  getcwdb: [(t: Thread) => nameLike(t, currentDirectory(t), newBytes(Uint8Array.of(47))), '($module, /)', 'Return a bytes string representing the current working directory.'],
  chdir: [posix_chdir, '($module, /, path)', 'Change the current working directory to the specified path.'],
  fchdir: [(t: Thread, fd: Value) => posix_chdir(t, fd), '($module, /, fd)', 'Change to the directory of the given file descriptor.'],
  umask: [posix_umask, '($module, mask, /)', 'Set the current numeric umask and return the previous umask.'],
};

