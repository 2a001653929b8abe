/** `select.poll()` objects. */
import { PARKED, type Thread } from '../../core/thread.ts';
import { PyObject, type Value } from '../../core/value.ts';
import { OverflowError, RuntimeError } from '../../objects/exception-types.ts';
import { newList, newTuple } from '../../objects/make.ts';
import { toIndex } from '../../objects/operators.ts';
import { raise, raiseKeyError, raiseOverflowError, raiseValueError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { readyType } from '../../objects/type-ready.ts';
import { raiseErrno } from '../os-errors.ts';
import { waitUntil } from '../virtual-files.ts';
import { descriptorOf, POLLIN, POLLOUT, POLLPRI, readyEvents, waitArgument } from './readiness.ts';

/** Longest wait of poll(2), in milliseconds. */
const INT_MAX = 0x7fffffff;

const POLL_TYPE = staticType('poll', { module: 'select', disallowInstantiation: true });

class PyPoll extends PyObject {
  readonly wanted = new Map<number, number>();
  /** Who waits in `poll()`; a thread that asks again was taken out of its wait by an exception. */
  waiter: Thread | null = null;
}

function maskArgument(t: Thread, value: Value | undefined): number {
  if (value === undefined) return POLLIN | POLLPRI | POLLOUT;
  const mask = toIndex(t, value);
  if (mask < 0) raiseValueError('value must be positive');
  if (mask > 0xffff) raise(OverflowError, 'Python int too large for C unsigned short');
  return Number(mask);
}

function poll_modify(t: Thread, self: PyPoll, fd: Value, mask: Value): void {
  const number = descriptorOf(t, fd);
  const events = maskArgument(t, mask);
  if (!self.wanted.has(number)) raiseErrno('ENOENT');
  self.wanted.set(number, events);
}

function poll_unregister(t: Thread, self: PyPoll, fd: Value): void {
  const number = descriptorOf(t, fd);
  if (!self.wanted.delete(number)) raiseKeyError(number);
}

/** The descriptors that are ready with their events. */
function collect(self: PyPoll): Value[] {
  const rows: Value[] = [];
  for (const [fd, wanted] of self.wanted) {
    const events = readyEvents(fd, wanted);
    if (events !== 0) rows.push(newTuple([fd, events]));
  }
  return rows;
}

function poll_poll(t: Thread, self: PyPoll, timeout?: Value): Value | typeof PARKED {
  const wait = waitArgument(t, timeout, 1, 'timeout must be a real number or None');
  const milliseconds = wait < 0 ? Infinity : Math.ceil(wait);
  if (milliseconds !== Infinity && milliseconds > INT_MAX) raiseOverflowError('timeout is too large');
  if (self.waiter !== null && self.waiter !== t) raise(RuntimeError, 'concurrent poll() invocation');
  const ready = collect(self);
  if (ready.length > 0 || milliseconds === 0) return newList(ready);
  self.waiter = t;
  let found: Value[] = [];
  const look = (): boolean => (found = collect(self)).length > 0;
  t.parked = waitUntil('poll', milliseconds, look, () => {
    self.waiter = null;
    return newList(found);
  });
  return PARKED;
}



readyType(POLL_TYPE, {
  methods: {
    register: [
      (t: Thread, self: PyPoll, fd: Value, mask?: Value) => {
        const number = descriptorOf(t, fd);
        self.wanted.set(number, maskArgument(t, mask));
      },
      '!($self, fd, eventmask=7, /)', 'Register a file descriptor with the polling object.',
    ],
    modify: [poll_modify, '($self, fd, eventmask, /)', 'Modify an already registered file descriptor.'],
    unregister: [poll_unregister, '($self, fd, /)', 'Remove a file descriptor being tracked by the polling object.'],
    poll: [poll_poll, '($self, timeout=None, /)', 'Polls the set of registered file descriptors.'],
  },
});

/** `select.poll()`. */
export function newPoll(): Value {
  return new PyPoll(POLL_TYPE);
}
