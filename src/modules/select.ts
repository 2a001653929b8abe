/** `select` and `_posixsubprocess`: what can be had of them without `poll(2)` and `fork(2)` (Modules/selectmodule.c, _posixsubprocess.c). */
import { fstatSync } from 'node:fs';
import { PARKED, type Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { callMethod } from '../objects/call.ts';
import { OSError } from '../objects/exception-types.ts';
import { toArray } from '../objects/iterate.ts';
import { newList, newTuple } from '../objects/make.ts';
import { toDouble } from '../objects/numbers.ts';
import { raiseTypeError, raiseValueError } from '../objects/raise.ts';
import { asInt } from '../objects/type-of.ts';
import { osCall, raiseErrno } from './os-errors.ts';
import type { NativeModule } from './native-module.ts';

function descriptorOf(t: Thread, value: Value): number {
  const fd = asInt(value) ?? asInt(callMethod(t, value, 'fileno'));
  if (fd === undefined) raiseTypeError('argument must be an int, or have a fileno() method.');
  return fd < 0 ? raiseValueError(`file descriptor cannot be a negative integer (${fd})`) : Number(fd);
}

/** Files and devices are always ready to be read; whether a stream is, Node does not tell. */
function checkReadable(fd: number): void {
  const stat = osCall(() => fstatSync(fd));
  if (stat.isFIFO() || stat.isSocket()) raiseErrno('ENOSYS');
}

function select_select(t: Thread, readers: Value, writers: Value, errors: Value, timeout?: Maybe): Value | typeof PARKED {
  const [reading, writing, watching] = [readers, writers, errors].map((list) => toArray(t, list)) as [Value[], Value[], Value[]];
  for (const value of reading) checkReadable(descriptorOf(t, value));
  for (const value of [...writing, ...watching]) descriptorOf(t, value);
  const seconds = timeout === undefined || timeout === null ? Infinity : toDouble(t, timeout);
  if (seconds < 0) raiseValueError('timeout must be non-negative');
  const result = (): Value => newTuple([newList(reading), newList(writing), newList([])]);
  if (reading.length + writing.length > 0) return result();
  const deadline = performance.now() + seconds * 1000;
  t.parked = { reason: 'select', deadline, ready: () => performance.now() >= deadline, finish: result };
  return PARKED;
}

/** The table of `select`. */
export const SELECT_MODULE: NativeModule = {
  name: 'select',
  doc: 'This module supports asynchronous I/O on multiple file descriptors: files and devices only, as streams cannot be asked.',
  types: { error: OSError },
  attributes: () => ({ PIPE_BUF: 4096 }),
  functions: {
    select: [select_select, '($module, rlist, wlist, xlist, timeout=None, /)', 'Wait until one or more file descriptors are ready for some kind of I/O.'],
  },
};

/** The table of `_posixsubprocess`. */
export const POSIXSUBPROCESS_MODULE: NativeModule = {
  name: '_posixsubprocess',
  doc: 'A POSIX helper for the subprocess module.',
  functions: {
    fork_exec: [() => raiseErrno('ENOSYS'), '!($module, /, *args)', 'Spawn a fresh new child process: Node has no fork().'],
  },
};
