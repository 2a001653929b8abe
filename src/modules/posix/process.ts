/** Processes, environment and system facts of `posix` (Modules/posixmodule.c). */
import { alwaysQuiet } from '../../core/quiet.ts';
import { OverflowError } from '../../objects/exception-types.ts';
import { readFileSync } from 'node:fs';
import * as os from 'node:os';
import { lazyBuiltin } from '../../base/lazy-builtin.ts';
import { PyDict } from '../../core/containers.ts';
import type { NativeResult } from '../../core/native.ts';
import { PyBytes } from '../../core/scalars.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { decodeBytes, encodeText } from '../../objects/codec-registry.ts';
import { tableSet } from '../../objects/hash-table.ts';
import { newBytes, newDict, newFloat, newList, newSet, newTuple } from '../../objects/make.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { toIndex, toSize } from '../../objects/operators.ts';
import { raiseValueError } from '../../objects/raise.ts';
import { newStructSequence, structSequenceType } from '../../objects/struct-sequence.ts';
import { asStr } from '../../objects/type-of.ts';
import type { MethodRow } from '../../objects/type-ready.ts';
import { isAtty } from '../descriptors.ts';
import { requireGrant } from '../grants.ts';
import { currentDirectory, fsPath } from '../host-path.ts';
import { errorText, osCall, raiseErrno, raiseErrnoInCaller } from '../os-errors.ts';
import { posix_wait, posix_wait3, posix_wait4, posix_waitid, posix_waitpid } from './children.ts';
import { SYSCONF_NAMES } from './constants.ts';

/** Asking the engine takes longer than a call. */
const PID = process.pid;

export const UNAME_RESULT = structSequenceType('uname_result', { module: 'posix', fields: ['sysname', 'nodename', 'release', 'version', 'machine'] });
export const TIMES_RESULT = structSequenceType('times_result', { module: 'posix', fields: ['user', 'system', 'children_user', 'children_system', 'elapsed'] });
export const TERMINAL_SIZE = structSequenceType('terminal_size', { module: 'os', fields: ['columns', 'lines'] });
export const SCHED_PARAM = structSequenceType('sched_param', { module: 'posix', fields: ['sched_priority'] });

const crypto = lazyBuiltin('node:crypto');
const childProcess = lazyBuiltin('node:child_process');
const tty = lazyBuiltin('node:tty');

const STATE = 'posix environment';

/** Environment variables as the program sees them now: `putenv` and `unsetenv` change this copy, which child processes get. */
export function environmentOf(t: Thread): Map<string, string> {
  let map = t.interpreter.moduleState.get(STATE) as Map<string, string> | undefined;
  if (map === undefined) t.interpreter.moduleState.set(STATE, (map = new Map(Object.entries(t.interpreter.config.environment).filter(([, value]) => value !== undefined))));
  return map;
}

const encode = (t: Thread, text: string): Value => newBytes(encodeText(t, text, 'utf-8', 'surrogateescape'));

/** `posix.environ`: bytes to bytes. */
export function environDict(t: Thread): PyDict {
  const dict = newDict();
  for (const [name, value] of environmentOf(t)) tableSet(t, dict.table, encode(t, name), encode(t, value));
  return dict;
}

function environmentText(t: Thread, value: Value): string {
  const path = fsPath(t, value);
  const text = path instanceof PyBytes ? decodeBytes(t, path.value, 'utf-8', 'surrogateescape') : path;
  return text.includes('\0') ? raiseValueError('embedded null byte') : text;
}

function posix_putenv(t: Thread, name: Value, value: Value): void {
  const key = environmentText(t, name);
  if (key === '' || key.includes('=')) raiseValueError("illegal environment variable name");
  environmentOf(t).set(key, environmentText(t, value));
}

let hardExit: (t: Thread, status: number) => never = (_t, status) => process.exit(status);

/** Sets what `os._exit` does; the host ends the process, as a worker can only end itself. */
export function setHardExit(exit: (t: Thread, status: number) => never): void {
  hardExit = exit;
}

function posix_kill(t: Thread, pid: Value, signal: Value): void {
  const number = intArgument(t, signal, 0);
  osCall(() => process.kill(Number(toIndex(t, pid)), number));
}

/** A number of `/proc/<pid>/stat`, counted behind the name. */
function processField(t: Thread, pid: Value, index: number): number {
  const number = intArgument(t, pid, 0);
  try {
    const text = readFileSync(`/proc/${number === 0 ? process.pid : number}/stat`, 'utf8');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[index]);
  } catch {
    return raiseErrno('ESRCH');
  }
}

function posix_getpgid(t: Thread, pid: Value): Value {
  return processField(t, pid, 2);
}

function posix_getsid(t: Thread, pid: Value): Value {
  return processField(t, pid, 3);
}

function posix_system(t: Thread, command: Value): Value {
  const text = environmentText(t, command);
  requireGrant(t, 'processes');
  const result = osCall(() => childProcess().spawnSync('/bin/sh', ['-c', text], { stdio: 'inherit', cwd: currentDirectory(t), env: Object.fromEntries(environmentOf(t)) }));
  if (result.error !== undefined && result.status === null && result.signal === null) raiseErrno('EAGAIN');
  return result.signal === null ? (result.status ?? 127) << 8 : os.constants.signals[result.signal];
}

function cpuCount(): number {
  return os.availableParallelism?.() ?? os.cpus().length;
}

function posix_sched_getaffinity(t: Thread): Value {
  const set = newSet();
  for (let i = 0; i < cpuCount(); i++) tableSet(t, set.table, i, undefined);
  return set;
}

function posix_uname(): Value {
  return newStructSequence(UNAME_RESULT, [os.type(), os.hostname(), os.release(), os.version(), os.machine?.() ?? os.arch()]);
}

function posix_times(): Value {
  const { user, system } = process.cpuUsage();
  return newStructSequence(TIMES_RESULT, [newFloat(user / 1e6), newFloat(system / 1e6), newFloat(0), newFloat(0), newFloat(Math.floor(performance.now() / 10) / 100)]);
}

function posix_terminal_size(t: Thread, fd?: Value): NativeResult {
  const number = intArgument(t, fd, 1);
  if (!isAtty(number)) return raiseErrnoInCaller(t, 'ENOTTY');
  const columns = Number(environmentOf(t).get('COLUMNS'));
  if (columns > 0) return newStructSequence(TERMINAL_SIZE, [columns, Number(environmentOf(t).get('LINES')) || 24]);
  try {
    const [width, height] = new (tty().WriteStream)(number).getWindowSize();
    return newStructSequence(TERMINAL_SIZE, [width, height]);
  } catch {
    return raiseErrno('ENOTTY');
  }
}

const SYSCONF: Readonly<Record<string, () => number>> = {
  SC_NPROCESSORS_ONLN: cpuCount, SC_NPROCESSORS_CONF: () => os.cpus().length, SC_PAGE_SIZE: () => 4096, SC_PAGESIZE: () => 4096, SC_CLK_TCK: () => 100,
  SC_PHYS_PAGES: () => Math.floor(os.totalmem() / 4096), SC_AVPHYS_PAGES: () => Math.floor(os.freemem() / 4096), SC_OPEN_MAX: () => 1024, SC_ARG_MAX: () => 2097152,
  SC_IOV_MAX: () => 1024, SC_NGROUPS_MAX: () => 65536, SC_GETPW_R_SIZE_MAX: () => 1024, SC_GETGR_R_SIZE_MAX: () => 1024, SC_VERSION: () => 200809,
  SC_MONOTONIC_CLOCK: () => 200809, SC_THREADS: () => 200809, SC_SEM_NSEMS_MAX: () => -1, SC_HOST_NAME_MAX: () => 64, SC_TTY_NAME_MAX: () => 32,
};

function posix_sysconf(t: Thread, name: Value): Value {
  const text = asStr(name);
  if (text !== undefined && SYSCONF_NAMES[text] === undefined) raiseValueError('unrecognized configuration name');
  const key = text ?? Object.keys(SYSCONF_NAMES).find((candidate) => SYSCONF_NAMES[candidate] === Number(toIndex(t, name)));
  const value = key === undefined ? undefined : SYSCONF[key];
  return value === undefined ? -1 : value();
}

function status(t: Thread, value: Value): number {
  return intArgument(t, value, 0);
}

const signaled = (s: number): boolean => ((s & 0x7f) + 1) << 24 >> 25 > 0;

function posix_waitstatus_to_exitcode(t: Thread, value: Value): Value {
  const s = status(t, value);
  if ((s & 0x7f) === 0) return (s >> 8) & 0xff;
  if (signaled(s)) return -(s & 0x7f);
  return raiseValueError(`process stopped by delivery of signal ${(s >> 8) & 0xff}`);
}

function posix_urandom(t: Thread, size: Value): Value {
  const count = toSize(t, size, OverflowError);
  return count < 0 ? raiseValueError('negative argument not allowed') : newBytes(new Uint8Array(crypto().randomBytes(count)));
}

function posix_fspath(t: Thread, path: Value): Value {
  return fsPath(t, path);
}

function id(get: (() => number) | undefined): MethodRow {
  return [() => (get === undefined ? raiseErrno('ENOSYS') : get.call(process)), '($module, /)', ''];
}

function posix_getgroups(): Value {
  return newList(process.getgroups?.() ?? []);
}

function posix_getlogin(): Value {
  return osCall(() => os.userInfo().username);
}

function statusTest(test: (s: number) => Value): MethodRow {
  return [(t: Thread, value: Value) => test(status(t, value)), '($module, /, status)', ''];
}

function posix_strerror(t: Thread, code: Value): Value {
  return errorText(intArgument(t, code, 0));
}

function posix_getpriority(_t: Thread, which: Value, who: Value): Value {
  return Number(which) === 0 ? osCall(() => os.getPriority(Number(who))) : raiseErrno('EINVAL');
}

function device(make: (t: Thread, ...args: Value[]) => Value, signature: string): MethodRow {
  return [make as MethodRow[0], signature, ''];
}


/** Rows of the module's table. */
export const PROCESS_FUNCTIONS: Readonly<Record<string, MethodRow>> = {
  _exit: [(t: Thread, code: Value) => hardExit(t, intArgument(t, code, 0)), '($module, /, status)', 'Exit to the system with specified status, without normal exit processing.'],
  // Nobody can install an input hook: that is done from C.
  _is_inputhook_installed: [() => false, '($module, /)', 'Checks if PyOS_InputHook is set.'],
  _inputhook: [() => null, '($module, /)', 'Call the input hook, of which there is none.'],
  abort: [() => process.abort(), '($module, /)', 'Abort the interpreter immediately.'],
  getpid: [alwaysQuiet(() => PID, 'value', 'int'), '($module, /)', 'Return the current process id.'],
  getppid: [() => process.ppid, '($module, /)', "Return the parent's process id."],
  getuid: id(process.getuid), geteuid: id(process.geteuid), getgid: id(process.getgid), getegid: id(process.getegid),
  getgroups: [posix_getgroups, '($module, /)', 'Return list of supplemental group IDs for the process.'],
  getlogin: [posix_getlogin, '($module, /)', 'Return the actual login name.'],
  kill: [posix_kill, '($module, pid, signal, /)', 'Kill a process with a signal.'],
  waitpid: [posix_waitpid, '($module, pid, options, /)', 'Wait for completion of a given child process.'],
  wait: [posix_wait, '($module, /)', 'Wait for completion of a child process.'],
  wait3: [posix_wait3, '($module, /, options)', 'Wait for completion of a child process.'],
  wait4: [posix_wait4, '($module, /, pid, options)', 'Wait for completion of a specific child process.'],
  waitid: [posix_waitid, '($module, idtype, id, options, /)', 'Returns the result of waiting for a process or processes.'],
  setsid: [() => raiseErrno('EPERM'), '($module, /)', 'Call the system call setsid().'],
  getpgid: [posix_getpgid, '($module, /, pid)', 'Call the system call getpgid(), and return the result.'],
  getpgrp: [(t: Thread) => posix_getpgid(t, 0), '($module, /)', 'Return the current process group id.'],
  getsid: [posix_getsid, '($module, pid, /)', 'Call the system call getsid(pid) and return the result.'],
  system: [posix_system, '($module, /, command)', 'Execute the command in a subshell.'],
  putenv: [posix_putenv, '($module, name, value, /)', 'Change or add an environment variable.'],
  unsetenv: [(t: Thread, name: Value) => void environmentOf(t).delete(environmentText(t, name)), '($module, name, /)', 'Delete an environment variable.'],
  _create_environ: [environDict, '($module, /)', 'Create the environment dictionary.'],
  cpu_count: [() => cpuCount(), '($module, /)', 'Return the number of logical CPUs in the system.'],
  sched_getaffinity: [posix_sched_getaffinity, '($module, pid, /)', 'Return the affinity of the process identified by pid.'],
  sched_yield: [() => null, '($module, /)', 'Voluntarily relinquish the CPU.'],
  getloadavg: [() => newTuple(os.loadavg().map(newFloat)), '($module, /)', 'Return average recent system load information.'],
  urandom: [posix_urandom, '($module, size, /)', 'Return a bytes object containing random bytes suitable for cryptographic use.'],
  getrandom: [posix_urandom, '($module, /, size, flags=0)', 'Obtain a series of random bytes.'],
  times: [posix_times, '($module, /)', 'Return a collection containing process timing information.'],
  uname: [posix_uname, '($module, /)', 'Return an object identifying the current operating system.'],
  sysconf: [posix_sysconf, '($module, name, /)', 'Return an integer-valued system configuration variable.'],
  strerror: [posix_strerror, '($module, code, /)', 'Translate an error code to a message string.'],
  get_terminal_size: [posix_terminal_size, '!($module, fd=<unrepresentable>, /)', 'Return the size of the terminal window as (columns, lines).'],
  getpriority: [posix_getpriority, '($module, /, which, who)', 'Return program scheduling priority.'],
  fspath: [posix_fspath, '($module, /, path)', 'Return the file system path representation of the object.'],
  waitstatus_to_exitcode: [posix_waitstatus_to_exitcode, '($module, /, status)', 'Convert a wait status to an exit code.'],
  WIFEXITED: statusTest((s) => (s & 0x7f) === 0), WEXITSTATUS: statusTest((s) => (s >> 8) & 0xff), WIFSIGNALED: statusTest(signaled),
  WTERMSIG: statusTest((s) => s & 0x7f), WIFSTOPPED: statusTest((s) => (s & 0xff) === 0x7f), WSTOPSIG: statusTest((s) => (s >> 8) & 0xff),
  WCOREDUMP: statusTest((s) => (s & 0x80) !== 0), WIFCONTINUED: statusTest((s) => s === 0xffff),
  major: device((t, d) => { const n = BigInt(toIndex(t, d)); return Number(((n >> 8n) & 0xfffn) | ((n >> 32n) & 0xfffff000n)); }, '($module, device, /)'),
  minor: device((t, d) => { const n = BigInt(toIndex(t, d)); return Number((n & 0xffn) | ((n >> 12n) & 0xffffff00n)); }, '($module, device, /)'),
};
