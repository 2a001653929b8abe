/**
 * `_posixsubprocess` (Modules/_posixsubprocess.c): `fork_exec` over Node's `spawn`, which the supervisor calls.
 *
 * There is no moment between fork and exec in which Python could run: `preexec_fn`, a umask, extra groups and a process group of one's choice are
 * refused. Whether the program can be started is looked up here, so that the errors are those of `execve`.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { PARKED, type Thread } from '../core/thread.ts';
import type { Answer, ChildStream, SpawnRequest } from '../base/socket-protocol.ts';
import type { Value } from '../core/value.ts';
import { RuntimeError } from '../objects/exception-types.ts';
import { requireBytesLike } from '../objects/buffer.ts';
import { toArray, toArrayOr } from '../objects/iterate.ts';
import { intArgument } from '../objects/native-arguments.ts';
import { toIndex } from '../objects/operators.ts';
import { raise, raiseTypeError, raiseValueError } from '../objects/raise.ts';
import { isTrue } from '../objects/truth.ts';
import { flushFiles } from './_io/dirty.ts';
import { askSupervisor } from './ask.ts';
import { currentDirectory, decodeName, fsPath, hostPath } from './host-path.ts';
import { PyBytes } from '../core/scalars.ts';
import type { NativeModule } from './native-module.ts';
import { errnoOf, nodeErrno, osCall, raiseErrno } from './os-errors.ts';
import { PipeReader, PipeWriter } from './pipes.ts';
import { addChild, addFailedChild } from './posix/children.ts';
import { environmentOf } from './posix/process.ts';
import { virtualFile } from './virtual-files.ts';
import { SocketFile } from './_socket/socket-file.ts';

/** Highest descriptor that a child can be given. */
const MAX_CHILD_FD = 255;

function textOf(t: Thread, value: Value): string {
  const path = fsPath(t, value);
  const text = path instanceof PyBytes ? decodeName(t, path.value) : path;
  return text.includes('\0') ? raiseValueError('embedded null byte') : text;
}

/** Why a file cannot be executed; 0 when it can. */
function executionError(path: string): number {
  try {
    if (statSync(path).isDirectory()) return errnoOf('EACCES');
    accessSync(path, constants.X_OK);
    return 0;
  } catch (caught) {
    return nodeErrno(caught) ?? errnoOf('ENOENT');
  }
}

/** The first candidate that can be executed, or the errno that `execve` would leave. */
function findExecutable(t: Thread, candidates: readonly string[], cwd: string): { file: string } | { errno: number } {
  let errno = errnoOf('ENOENT');
  for (const candidate of candidates) {
    const path = candidate.startsWith('/') ? candidate : String(hostPath(t, `${cwd}/${candidate}`));
    const error = executionError(path);
    if (error === 0) return { file: path };
    if (error !== errnoOf('ENOENT') && error !== errnoOf('ENOTDIR')) errno = error;
  }
  return { errno };
}

/** What a child gets for one of this process's descriptors. */
function streamOf(t: Thread, fd: number): ChildStream {
  const file = virtualFile(fd);
  if (file === undefined) return { kind: 'inherit', fd };
  if (file instanceof PipeReader) return { kind: 'input', id: file.pipe.id, ring: file.pipe.ring.buffer };
  if (file instanceof PipeWriter) return { kind: 'output', id: file.pipe.id, ring: file.pipe.ring.buffer };
  // A connection to the outside cannot be handed on by Node.
  if (!(file instanceof SocketFile) || file.service !== 'child' || file.receive === null || file.send === null) return raiseErrno('EOPNOTSUPP');
  void t;
  return { kind: 'duplex', id: file.id, input: file.receive.buffer, output: file.send.buffer };
}

function sameRing(a: ChildStream, b: ChildStream): boolean {
  return a.kind === 'output' && b.kind === 'output' && a.ring === b.ring;
}

function environment(t: Thread, list: Value): Record<string, string> {
  if (list === null) return Object.fromEntries(environmentOf(t));
  const entries = toArray(t, list).map((item) => decodeName(t, requireBytesLike(t, item)));
  return Object.fromEntries(entries.map((entry) => [entry.slice(0, entry.indexOf('=', 1)), entry.slice(entry.indexOf('=', 1) + 1)]));
}

/** Streams of a child: 0 to 2 and those to be kept. */
function streamsOf(t: Thread, standard: readonly number[], kept: readonly number[]): ChildStream[] {
  const streams = standard.map((fd, i) => streamOf(t, fd === -1 ? i : fd));
  for (const fd of kept) {
    if (fd < 3) continue;
    if (fd > MAX_CHILD_FD) raiseErrno('EMFILE');
    while (streams.length < fd) streams.push({ kind: 'null' });
    streams[fd] = streamOf(t, fd);
  }
  return streams;
}

/** Tells the parent through its pipe why the program was not started, in the words that `subprocess` reads. */
function reportFailure(t: Thread, pipe: number, errno: number, detail: string): Value {
  virtualFile(pipe)?.write(t, new Uint8Array(Buffer.from(`OSError:${errno.toString(16).toUpperCase()}:${detail}`)));
  return addFailedChild(t);
}

function checkDirectory(cwd: string): number {
  try {
    return osCall(() => statSync(cwd)).isDirectory() ? 0 : errnoOf('ENOTDIR');
  } catch {
    return errnoOf('ENOENT');
  }
}

/** Arguments of `fork_exec` by position. */
const ARGUMENT_COUNT = 22;

function idArgument(t: Thread, value: Value): number | undefined {
  return value === null || Number(toIndex(t, value)) === -1 ? undefined : Number(toIndex(t, value));
}

function fork_exec(t: Thread, args: Value[]): Value | typeof PARKED {
  if (args.length !== ARGUMENT_COUNT) raiseTypeError(`fork_exec expected ${ARGUMENT_COUNT} arguments, got ${args.length}`);
  const number = (i: number): number => intArgument(t, args[i]!, -1);
  flushFiles(t);
  if (args[21] !== null) raise(RuntimeError, 'preexec_fn not supported within subinterpreters');
  if (args[18] !== null || number(20) >= 0 || number(16) > 0) raiseErrno('ENOSYS');
  const argv = toArrayOr(t, args[0]!, 'argv must be a tuple').map((item) => textOf(t, item));
  const kept = toArray(t, args[3]!).map((fd) => Number(toIndex(t, fd)));
  if (kept.some((fd, i) => fd < 0 || (i > 0 && fd <= kept[i - 1]!))) raiseValueError('bad value(s) in fds_to_keep');
  if (isTrue(t, args[2]!) && number(13) < 3) raiseValueError('errpipe_write must be >= 3');
  const cwd = args[4] === null ? currentDirectory(t) : String(hostPath(t, textOf(t, args[4]!)));
  const badDirectory = args[4] === null ? 0 : checkDirectory(cwd);
  if (badDirectory !== 0) return reportFailure(t, number(13), badDirectory, 'noexec:chdir');
  const found = findExecutable(t, toArray(t, args[1]!).map((item) => textOf(t, item)), cwd);
  if ('errno' in found) return reportFailure(t, number(13), found.errno, '');
  const streams = streamsOf(t, [number(6), number(9), number(11)], kept.filter((fd) => fd !== number(13)));
  return start(t, number(13), {
    file: found.file, argv0: argv[0] ?? found.file, args: argv.slice(1), cwd, env: environment(t, args[5]!), streams,
    detached: isTrue(t, args[15]!) || number(16) === 0, ids: [idArgument(t, args[19]!), idArgument(t, args[17]!)],
  });
}

type Plan = Omit<SpawnRequest, 'errorToOutput' | 'status'> & { readonly ids: readonly [number | undefined, number | undefined] };

function start(t: Thread, errorPipe: number, plan: Plan): typeof PARKED {
  const { ids: [uid, gid], streams, ...rest } = plan;
  const errorToOutput = sameRing(streams[1]!, streams[2]!);
  const status = new SharedArrayBuffer(8);
  const request: SpawnRequest = {
    ...rest, streams: errorToOutput ? [streams[0]!, streams[1]!, { kind: 'null' }, ...streams.slice(3)] : streams, errorToOutput, status,
    ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }),
  };
  return askSupervisor(t, 'child.spawn', request, (answer) => {
    const outcome = answer as Answer<number>;
    if ('errno' in outcome) return reportFailure(t, errorPipe, outcome.errno, '');
    addChild(t, outcome.value, new Int32Array(status));
    return outcome.value;
  });
}

/** The table. */
export const POSIXSUBPROCESS_MODULE: NativeModule = {
  name: '_posixsubprocess',
  doc: 'A POSIX helper for the subprocess module.',
  functions: { fork_exec: [fork_exec, '!($module, /, *args)', 'Spawn a fresh new child process.'] },
};
