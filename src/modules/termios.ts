/** `termios` (Modules/termios.c) by way of `stty`, which prints and takes all attributes of a terminal as figures. */
import { PyList, PyTuple } from '../core/containers.ts';
import { PyBytes } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { PyBaseException } from '../core/exception.ts';
import { callMethodIfAny } from '../objects/call.ts';
import { newBytes, newList, newTuple } from '../objects/make.ts';
import { toIndex } from '../objects/operators.ts';
import { raiseTypeError, raiseValueError } from '../objects/raise.ts';
import { asInt } from '../objects/type-of.ts';
import { isAtty } from './descriptors.ts';
import { exceptionType } from './exception-type.ts';
import type { NativeModule } from './native-module.ts';
import { errnoOf, errorText } from './os-errors.ts';
import { runStty, terminalSize } from './termios/stty.ts';
import { TERMIOS_CONSTANTS as C } from './termios/constants.ts';

const ERROR = exceptionType('error', 'termios');

/** Bits of cflag that are the speed (CBAUD). */
const SPEED_BITS = 0o10017;
/** Words before the control characters in stty's output. */
const FLAG_WORDS = 4;

function fail(name: string): never {
  const errno = errnoOf(name);
  throw new PyBaseException(ERROR, newTuple([errno, errorText(errno)]));
}

function terminalOf(t: Thread, value: Value): number {
  const number = asInt(value) ?? asInt(callMethodIfAny(t, value, 'fileno'));
  if (number === undefined) raiseTypeError('argument must be an int, or have a fileno() method.');
  const fd = Number(number);
  if (fd < 0) raiseValueError(`file descriptor cannot be a negative integer (${fd})`);
  return isAtty(fd) ? fd : fail('ENOTTY');
}

function stty(fd: number, args: readonly string[]): string {
  return runStty(fd, args) ?? fail('EIO');
}

/** Setting what is set waits until all output is written, as stty sets with TCSADRAIN. */
function termios_tcdrain(t: Thread, fd: Value): void {
  const terminal = terminalOf(t, fd);
  stty(terminal, [stty(terminal, ['-g'])]);
}

function termios_tcgetattr(t: Thread, fd: Value): Value {
  const words = stty(terminalOf(t, fd), ['-g']).split(':').map((word) => parseInt(word, 16));
  const [iflag, oflag, cflag, lflag] = words as [number, number, number, number];
  const canonical = (lflag & C.ICANON!) !== 0;
  const characters = Array.from({ length: C.NCCS! }, (_, i): Value => {
    const value = words[FLAG_WORDS + i] ?? 0;
    // Outside of canonical mode these two are a count and a time.
    return !canonical && (i === C.VMIN || i === C.VTIME) ? value : newBytes(Uint8Array.of(value));
  });
  const speed = cflag & SPEED_BITS;
  return newList([iflag, oflag, cflag, lflag, speed, speed, newList(characters)]);
}

function characterOf(t: Thread, value: Value): number {
  if (value instanceof PyBytes && value.value.length === 1) return value.value[0]!;
  return asInt(value) !== undefined ? Number(toIndex(t, value)) : raiseTypeError('tcsetattr: elements of attributes must be characters or integers');
}

function termios_tcsetattr(t: Thread, fd: Value, when: Value, attributes: Value): void {
  const terminal = terminalOf(t, fd);
  const moment = Number(toIndex(t, when));
  if (!(attributes instanceof PyList) || attributes.items.length !== 7) raiseTypeError('tcsetattr, arg 3: must be 7 element list');
  const [iflag, oflag, cflag, lflag, ispeed] = attributes.items.slice(0, 5).map((item) => Number(toIndex(t, item))) as [number, number, number, number, number];
  const characters = attributes.items[6];
  if (!(characters instanceof PyList) || characters.items.length !== C.NCCS) raiseTypeError(`tcsetattr: attributes[6] must be ${C.NCCS} element list`);
  if (moment < C.TCSANOW! || moment > C.TCSAFLUSH!) fail('EINVAL');
  // stty knows fewer control characters than the structure has places for.
  const known = stty(terminal, ['-g']).split(':').length - FLAG_WORDS;
  const words = [iflag, oflag, (cflag & ~SPEED_BITS) | (ispeed & SPEED_BITS), lflag, ...characters.items.slice(0, known).map((item) => characterOf(t, item))];
  stty(terminal, [words.map((word) => word.toString(16)).join(':')]);
}

function termios_tcgetwinsize(t: Thread, fd: Value): Value {
  const { rows, columns } = terminalSize(terminalOf(t, fd)) ?? fail('EIO');
  return newTuple([rows, columns]);
}

function termios_tcsetwinsize(t: Thread, fd: Value, size: Value): void {
  const items = size instanceof PyTuple || size instanceof PyList ? size.items : [];
  if (items.length !== 2) raiseTypeError('tcsetwinsize, arg 2: must be a two-item sequence');
  const [rows, columns] = items.map((item) => Number(toIndex(t, item)));
  stty(terminalOf(t, fd), ['rows', String(rows), 'cols', String(columns)]);
}

/** What stty cannot do. */
function refuse(t: Thread, fd: Value): never {
  terminalOf(t, fd);
  return fail('ENOSYS');
}

/** The table. */
export const TERMIOS_MODULE: NativeModule = {
  name: 'termios',
  doc: 'This module provides an interface to the Posix calls for tty I/O control.',
  types: { error: ERROR },
  attributes: () => C,
  functions: {
    tcgetattr: [termios_tcgetattr, '($module, fd, /)', 'Get the tty attributes for file descriptor fd.'],
    tcsetattr: [termios_tcsetattr, '($module, fd, when, attributes, /)', 'Set the tty attributes for file descriptor fd.'],
    tcgetwinsize: [termios_tcgetwinsize, '($module, fd, /)', 'Get the tty winsize for file descriptor fd.'],
    tcsetwinsize: [termios_tcsetwinsize, '($module, fd, winsize, /)', 'Set the tty winsize for file descriptor fd.'],
    tcsendbreak: [refuse, '($module, fd, duration, /)', 'Send a break on file descriptor fd.'],
    tcdrain: [termios_tcdrain, '($module, fd, /)', 'Wait until all output written to file descriptor fd has been transmitted.'],
    tcflush: [refuse, '($module, fd, queue, /)', 'Discard queued data on file descriptor fd.'],
    tcflow: [refuse, '($module, fd, action, /)', 'Suspend or resume input or output on file descriptor fd.'],
  },
};
