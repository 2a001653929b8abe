/** `os.stat` and its like (Modules/posixmodule.c). */
import { fstatSync, lstatSync, statfsSync, statSync, type BigIntStats } from 'node:fs';
import type { NativeResult } from '../../core/native.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { normalizeInt } from '../../objects/algorithms/int-arith.ts';
import { newFloat } from '../../objects/make.ts';
import { newStructSequence, structSequenceType } from '../../objects/struct-sequence.ts';
import { isTrue } from '../../objects/truth.ts';
import { flushFiles } from '../_io/dirty.ts';
import type { HostPath } from '../host-path.ts';
import { osCall, raiseErrno, raiseErrnoInCaller } from '../os-errors.ts';
import { virtualFile } from '../virtual-files.ts';
import { descriptor, pathArgument, refuseDirFd } from './arguments.ts';

/** `os.stat_result`: items 7 to 9 are whole seconds, the attributes of the same names are floats. */
export const STAT_RESULT = structSequenceType('stat_result', {
  module: 'os',
  doc: 'stat_result: Result from stat, fstat, or lstat.',
  fields: ['st_mode', 'st_ino', 'st_dev', 'st_nlink', 'st_uid', 'st_gid', 'st_size', 'st_atime', 'st_mtime', 'st_ctime'],
  hidden: ['st_atime', 'st_mtime', 'st_ctime', 'st_atime_ns', 'st_mtime_ns', 'st_ctime_ns', 'st_blksize', 'st_blocks', 'st_rdev'],
});

/** `os.statvfs_result`. */
export const STATVFS_RESULT = structSequenceType('statvfs_result', {
  module: 'os',
  fields: ['f_bsize', 'f_frsize', 'f_blocks', 'f_bfree', 'f_bavail', 'f_files', 'f_ffree', 'f_favail', 'f_flag', 'f_namemax'],
  hidden: ['f_fsid'],
});

const BILLION = 1000000000n;

function seconds(nanos: bigint): Value {
  const whole = nanos / BILLION - (nanos % BILLION < 0n ? 1n : 0n);
  return newFloat(Number(whole) + 1e-9 * Number(nanos - whole * BILLION));
}

function wholeSeconds(nanos: bigint): Value {
  return normalizeInt(nanos / BILLION - (nanos % BILLION < 0n ? 1n : 0n));
}

/** A `stat_result` of what Node says. */
export function statResult(s: BigIntStats): Value {
  const times = [s.atimeNs, s.mtimeNs, s.ctimeNs];
  return newStructSequence(
    STAT_RESULT,
    [...[s.mode, s.ino, s.dev, s.nlink, s.uid, s.gid, s.size].map(normalizeInt), ...times.map(wholeSeconds)],
    [...times.map(seconds), ...times.map(normalizeInt), ...[s.blksize, s.blocks, s.rdev].map(normalizeInt)],
  );
}

/** Whether there is such a file is often asked this way: an Error of Node's with its stack takes longer than the call. */
const STAT_OPTIONS = { bigint: true, throwIfNoEntry: false } as const;

function statOrMissing(host: HostPath, given: Value, follow: boolean): BigIntStats | undefined {
  return osCall(() => (follow ? statSync(host, STAT_OPTIONS) : lstatSync(host, STAT_OPTIONS)), given);
}

/** Stats a path; raises OSError with `given`. */
export function statPath(host: HostPath, given: Value, follow: boolean): BigIntStats {
  return statOrMissing(host, given, follow) ?? raiseErrno('ENOENT', given);
}

/** As `statPath`, as the result of a native function: that there is no such file is raised by its caller. */
function statResultOf(t: Thread, host: HostPath, given: Value, follow: boolean): NativeResult {
  const stat = statOrMissing(host, given, follow);
  return stat === undefined ? raiseErrnoInCaller(t, 'ENOENT', given) : statResult(stat);
}

/** `os.stat(path, *, dir_fd=None, follow_symlinks=True)`. */
export function posix_stat(t: Thread, path: Value, dirFd?: Value, followSymlinks?: Value): NativeResult {
  const argument = pathArgument(t, path, { who: 'stat', allowFd: true });
  refuseDirFd('stat', dirFd);
  if (argument.isFd) return statDescriptor(argument.fd);
  flushFiles(t);
  return statResultOf(t, argument.host, argument.given, follows(t, followSymlinks));
}

function follows(t: Thread, value: Maybe): boolean {
  return value === undefined || isTrue(t, value);
}

/** `os.lstat(path, *, dir_fd=None)`. */
export function posix_lstat(t: Thread, path: Value, dirFd?: Value): NativeResult {
  const argument = pathArgument(t, path, { who: 'lstat' });
  refuseDirFd('lstat', dirFd);
  return statResultOf(t, argument.host, argument.given, /* follow */ false);
}

const S_IFIFO = 0o010600n;
const S_IFSOCK = 0o140777n;

/** `fstat` of a pipe or socket of this process: the numbers of its place holder with the kind that it has. */
function statVirtual(stat: BigIntStats, kind: 'fifo' | 'socket' | 'other', fd: number): BigIntStats {
  const mode = kind === 'fifo' ? S_IFIFO : kind === 'socket' ? S_IFSOCK : 0o600n;
  return Object.assign(Object.create(Object.getPrototypeOf(stat) as object) as BigIntStats, stat, { mode, rdev: 0n, ino: BigInt(fd) + (1n << 32n), size: 0n });
}

/** `os.fstat(fd)`. */
export function posix_fstat(t: Thread, fd: Value): Value {
  return statDescriptor(descriptor(t, fd));
}

/** `fstat(2)` of any descriptor. */
function statDescriptor(number: number): Value {
  const stat = osCall(() => fstatSync(number, { bigint: true }));
  const virtual = virtualFile(number);
  return statResult(virtual === undefined ? stat : statVirtual(stat, virtual.kind, number));
}

/** `os.statvfs(path)`. */
export function posix_statvfs(t: Thread, path: Value): Value {
  const argument = pathArgument(t, path, { who: 'statvfs', allowFd: true });
  const host = argument.fd >= 0 ? `/proc/self/fd/${argument.fd}` : argument.host;
  const s = osCall(() => statfsSync(host), argument.given);
  return newStructSequence(STATVFS_RESULT, [s.bsize, s.bsize, s.blocks, s.bfree, s.bavail, s.files, s.ffree, s.ffree, 0, 255], [0]);
}
