/** What can be done with a descriptor now: files and devices always everything, pipes and sockets of this process what they say, other streams cannot be asked. */
import { fstatSync } from 'node:fs';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { call } from '../../objects/call.ts';
import { raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { toDouble } from '../../objects/numbers.ts';
import { asInt } from '../../objects/type-of.ts';
import { lookupAttr } from '../../objects/attributes.ts';
import { SocketFile } from '../_socket/socket-file.ts';
import { isStandardInput } from '../descriptors.ts';
import { PipeReader } from '../pipes.ts';
import { stdinDoor } from '../stdin-door.ts';
import { virtualFile } from '../virtual-files.ts';

export const POLLIN = 1;
export const POLLPRI = 2;
export const POLLOUT = 4;
export const POLLERR = 8;
export const POLLHUP = 16;
export const POLLNVAL = 32;
export const POLLRDNORM = 64;
export const POLLWRNORM = 256;
export const POLLRDHUP = 8192;

/** A descriptor argument: an int, or an object with `fileno()`. */
export function descriptorOf(t: Thread, value: Value): number {
  let fd = asInt(value);
  if (fd === undefined) {
    const method = lookupAttr(t, value, 'fileno');
    if (method === undefined) raiseTypeError('argument must be an int, or have a fileno() method.');
    fd = asInt(call(t, method, [])) ?? raiseTypeError('fileno() returned a non-integer');
  }
  if (fd < 0) raiseValueError(`file descriptor cannot be a negative integer (${fd})`);
  return Number(fd);
}

/** What kind of thing the kernel has behind a number. */
function kernelKind(fd: number): 'ready' | 'stream' | 'closed' {
  try {
    const stat = fstatSync(fd);
    return stat.isFIFO() || stat.isSocket() ? 'stream' : 'ready';
  } catch {
    return 'closed';
  }
}

/** Whether nobody can tell when the descriptor is ready: a pipe or socket that came from outside. */
export function isOpaque(fd: number): boolean {
  return virtualFile(fd) === undefined && fd > 2 && kernelKind(fd) === 'stream';
}

/** Whether the number is open. */
export function isOpenDescriptor(fd: number): boolean {
  return virtualFile(fd) !== undefined || kernelKind(fd) !== 'closed';
}

/** Whether it is a regular file, which epoll refuses. */
export function isPlainFile(fd: number): boolean {
  if (virtualFile(fd) !== undefined) return false;
  const stat = fstatSync(fd);
  return stat.isFile() || stat.isDirectory();
}

function kernelEvents(fd: number, wanted: number): number {
  if (kernelKind(fd) === 'closed') return POLLNVAL;
  const events = wanted & (POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM);
  const asleep = (events & (POLLIN | POLLRDNORM)) !== 0 && isStandardInput(fd) && !stdinDoor().ready();
  return asleep ? events & ~(POLLIN | POLLRDNORM) : events;
}

/** The events of poll(2) that hold now, of those asked for; errors come unasked. */
export function readyEvents(fd: number, wanted: number): number {
  const file = virtualFile(fd);
  if (file === undefined) return kernelEvents(fd, wanted);
  let events = 0;
  if ((wanted & (POLLIN | POLLRDNORM)) !== 0 && file.readable()) events |= POLLIN | POLLRDNORM;
  if ((wanted & (POLLOUT | POLLWRNORM)) !== 0 && file.writable()) events |= POLLOUT | POLLWRNORM;
  if (file.hungUp()) events |= POLLHUP;
  if (file.failed()) events |= POLLERR;
  if ((wanted & POLLRDHUP) !== 0 && file instanceof SocketFile && file.endOfInput) events |= POLLRDHUP;
  // A pipe whose writers have gone hangs up; bytes that are left can be read first.
  if (file instanceof PipeReader && file.hungUp() && file.pipe.ring.available === 0) events &= ~(POLLIN | POLLRDNORM);
  return events & (wanted | POLLERR | POLLHUP | POLLNVAL);
}

/** Milliseconds of a timeout argument, Infinity for none; `scale` is the unit in milliseconds. */
export function waitArgument(t: Thread, value: Value | undefined, scale: number, message: string): number {
  if (value === undefined || value === null) return Infinity;
  if (asInt(value) === undefined && lookupAttr(t, value, '__float__') === undefined && lookupAttr(t, value, '__index__') === undefined) raiseTypeError(message);
  return toDouble(t, value) * scale;
}
