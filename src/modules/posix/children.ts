/** Child processes of an interpreter: who they are and how they ended (`waitpid` and its relatives). The supervisor fills the words. */
import { CHILD_DONE, CHILD_STATUS } from '../../base/socket-protocol.ts';
import { PARKED, type Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { newFloat, newTuple } from '../../objects/make.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { newStructSequence, structSequenceType } from '../../objects/struct-sequence.ts';
import { raiseErrno } from '../os-errors.ts';
import { waitUntil } from '../virtual-files.ts';

const STATE = 'child processes';
const WNOHANG = 1;
const P_ALL = 0;
const P_PID = 1;
const WNOWAIT = 0x1000000;
const SIGCHLD = 17;
const CLD_EXITED = 1;
const CLD_KILLED = 2;

/** `os.waitid_result`. */
export const WAITID_RESULT = structSequenceType('waitid_result', { module: 'posix', fields: ['si_pid', 'si_uid', 'si_signo', 'si_status', 'si_code'] });

/** `resource.struct_rusage`. */
export const RUSAGE = structSequenceType('struct_rusage', {
  module: 'resource',
  fields: [
    'ru_utime', 'ru_stime', 'ru_maxrss', 'ru_ixrss', 'ru_idrss', 'ru_isrss', 'ru_minflt', 'ru_majflt', 'ru_nswap', 'ru_inblock', 'ru_oublock', 'ru_msgsnd', 'ru_msgrcv', 'ru_nsignals',
    'ru_nvcsw', 'ru_nivcsw',
  ],
});

/** Words of children by process id; those that were waited for are gone. */
function childrenOf(t: Thread): Map<number, Int32Array> {
  let children = t.interpreter.moduleState.get(STATE) as Map<number, Int32Array> | undefined;
  if (children === undefined) t.interpreter.moduleState.set(STATE, (children = new Map()));
  return children;
}

/** Remembers a child until somebody waits for it. */
export function addChild(t: Thread, pid: number, status: Int32Array): void {
  childrenOf(t).set(pid, status);
}

/** A stand-in for a program that could not be started: it has ended with status 255. Returns its process id. */
export function addFailedChild(t: Thread): number {
  let pid = 0x7fffffff;
  while (childrenOf(t).has(pid)) pid--;
  addChild(t, pid, Int32Array.of(1, 255 << 8));
  return pid;
}

function hasEnded(words: Int32Array): boolean {
  return Atomics.load(words, CHILD_DONE) !== 0;
}

/** Waits for a child, or any for -1; `finish` gets it once it has ended, or 0 with WNOHANG. */
function waitFor(t: Thread, pid: number, options: number, finish: (pid: number, status: number) => Value): Value | typeof PARKED {
  const children = childrenOf(t);
  const candidates = (): [number, Int32Array][] => [...children].filter(([own]) => pid === own || pid === -1 || pid === 0);
  if (candidates().length === 0) raiseErrno('ECHILD');
  const done = (): boolean => candidates().length === 0 || candidates().some(([, words]) => hasEnded(words));
  const take = (): Value => {
    const found = candidates().find(([, words]) => hasEnded(words));
    // Another thread has waited for it meanwhile.
    if (found === undefined) return candidates().length === 0 ? raiseErrno('ECHILD') : finish(0, 0);
    if ((options & WNOWAIT) === 0) children.delete(found[0]);
    return finish(found[0], Atomics.load(found[1], CHILD_STATUS));
  };
  if (done() || (options & WNOHANG) !== 0) return take();
  t.parked = waitUntil('waitpid', Infinity, done, take);
  return PARKED;
}

/** `os.waitpid`. */
export function posix_waitpid(t: Thread, pid: Value, options: Value): Value | typeof PARKED {
  const number = intArgument(t, pid, 0);
  if (number < -1) raiseErrno('ECHILD');
  return waitFor(t, number, intArgument(t, options, 0), (child, status) => newTuple([child, status]));
}

/** `os.wait`. */
export function posix_wait(t: Thread): Value | typeof PARKED {
  return waitFor(t, -1, 0, (child, status) => newTuple([child, status]));
}

/** Node does not tell what children used: all is zero. */
function noUsage(): Value {
  return newStructSequence(RUSAGE, [newFloat(0), newFloat(0), ...new Array<Value>(14).fill(0)]);
}

/** `os.wait3`. */
export function posix_wait3(t: Thread, options: Value): Value | typeof PARKED {
  return waitFor(t, -1, intArgument(t, options, 0), (child, status) => newTuple([child, status, noUsage()]));
}

/** `os.wait4`. */
export function posix_wait4(t: Thread, pid: Value, options: Value): Value | typeof PARKED {
  return waitFor(t, intArgument(t, pid, 0), intArgument(t, options, 0), (child, status) => newTuple([child, status, noUsage()]));
}

/** `os.waitid`. */
export function posix_waitid(t: Thread, idType: Value, id: Value, options: Value): Value | typeof PARKED {
  const kind = intArgument(t, idType, 0);
  if (kind !== P_ALL && kind !== P_PID) raiseErrno('EINVAL');
  return waitFor(t, kind === P_ALL ? -1 : intArgument(t, id, 0), intArgument(t, options, 0), (child, status) => {
    if (child === 0) return null;
    const signal = status & 0x7f;
    return newStructSequence(WAITID_RESULT, [child, process.getuid?.() ?? 0, SIGCHLD, signal !== 0 ? signal : status >> 8, signal !== 0 ? CLD_KILLED : CLD_EXITED]);
  });
}
