/** `select` (Modules/selectmodule.c): waiting for pipes and sockets of this process; `select/` has `poll` and `epoll`. */
import { PyList } from '../core/containers.ts';
import { PARKED, type Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { OSError } from '../objects/exception-types.ts';
import { toArrayOr } from '../objects/iterate.ts';
import { newList, newTuple } from '../objects/make.ts';
import { raiseValueError } from '../objects/raise.ts';
import type { NativeModule } from './native-module.ts';
import { raiseErrno } from './os-errors.ts';
import { PIPE_BUF } from './pipes.ts';
import { waitUntil } from './virtual-files.ts';
import { EPOLL_CLOEXEC, EPOLL_TYPE, EPOLLET, EPOLLEXCLUSIVE, EPOLLONESHOT } from './select/epoll.ts';
import { newPoll } from './select/poll.ts';
import { descriptorOf, isOpaque, isOpenDescriptor, POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, POLLPRI, POLLRDHUP, POLLRDNORM, POLLWRNORM, readyEvents, waitArgument } from './select/readiness.ts';

/** Descriptors that fit into an `fd_set`. */
const FD_SETSIZE = 1024;

interface Watched {
  readonly value: Value;
  readonly fd: number;
}

function watchedOf(t: Thread, list: Value): Watched[] {
  // A `fileno()` may change the list: what is there when its turn comes counts.
  const values = list instanceof PyList ? list.items : toArrayOr(t, list, 'arguments 1-3 must be sequences');
  const watched: Watched[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const fd = descriptorOf(t, value);
    if (fd >= FD_SETSIZE) raiseValueError('filedescriptor out of range in select()');
    watched.push({ value, fd });
  }
  return watched;
}

const READ_EVENTS = POLLIN | POLLRDNORM | POLLHUP | POLLERR;
const WRITE_EVENTS = POLLOUT | POLLWRNORM | POLLERR;

function select_select(t: Thread, readers: Value, writers: Value, errors: Value, timeout?: Maybe): Value | typeof PARKED {
  const milliseconds = waitArgument(t, timeout, 1000, 'timeout must be a float or None');
  if (milliseconds < 0) raiseValueError('timeout must be non-negative');
  const [reading, writing, watching] = [readers, writers, errors].map((list) => watchedOf(t, list)) as [Watched[], Watched[], Watched[]];
  for (const { fd } of [...reading, ...writing, ...watching]) if (!isOpenDescriptor(fd)) raiseErrno('EBADF');
  // Node cannot say when a pipe or socket from outside has something.
  for (const { fd } of reading) if (isOpaque(fd)) raiseErrno('ENOSYS');
  const pick = (list: readonly Watched[], wanted: number, events: number): Value[] => list.filter(({ fd }) => (readyEvents(fd, wanted) & events) !== 0).map(({ value }) => value);
  let found: [Value[], Value[]] = [[], []];
  const look = (): boolean => {
    found = [pick(reading, POLLIN, READ_EVENTS), pick(writing, POLLOUT, WRITE_EVENTS)];
    return found[0].length + found[1].length > 0;
  };
  const result = (): Value => newTuple([newList(found[0]), newList(found[1]), newList([])]);
  if (look() || milliseconds === 0) return result();
  t.parked = waitUntil('select', milliseconds, look, result);
  return PARKED;
}

/** The table of `select`. */
export const SELECT_MODULE: NativeModule = {
  name: 'select',
  doc: 'This module supports asynchronous I/O on multiple file descriptors.',
  types: { error: OSError, epoll: EPOLL_TYPE },
  attributes: () => ({
    PIPE_BUF, POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL, POLLRDNORM, POLLRDBAND: 128, POLLWRNORM, POLLWRBAND: 512, POLLMSG: 1024, POLLRDHUP,
    EPOLLIN: POLLIN, EPOLLPRI: POLLPRI, EPOLLOUT: POLLOUT, EPOLLERR: POLLERR, EPOLLHUP: POLLHUP, EPOLLRDNORM: POLLRDNORM, EPOLLRDBAND: 128, EPOLLWRNORM: POLLWRNORM,
    EPOLLWRBAND: 512, EPOLLMSG: 1024, EPOLLRDHUP: POLLRDHUP, EPOLLET, EPOLLONESHOT, EPOLLEXCLUSIVE, EPOLLWAKEUP: 536870912, EPOLL_CLOEXEC,
  }),
  functions: {
    select: [select_select, '($module, rlist, wlist, xlist, timeout=None, /)', 'Wait until one or more file descriptors are ready for some kind of I/O.'],
    poll: [newPoll, '($module, /)', 'Returns a polling object.'],
  },
};
