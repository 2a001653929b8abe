/** `select.epoll`: level-triggered; EPOLLONESHOT is honoured, EPOLLET reports once per change from not ready to ready. */
import type { KeywordNames } from '../../core/type.ts';
import { NativeDefinition } from '../../core/native.ts';
import { PARKED, type Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { newList, newTuple } from '../../objects/make.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { toIndex } from '../../objects/operators.ts';
import { raiseOverflowError, raiseValueError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { readyType } from '../../objects/type-ready.ts';
import { raiseErrno } from '../os-errors.ts';
import { closeVirtual, openVirtual, virtualFile, waitUntil, type VirtualFile } from '../virtual-files.ts';
import { descriptorOf, isOpaque, isOpenDescriptor, isPlainFile, POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, POLLPRI, readyEvents, waitArgument } from './readiness.ts';

export const EPOLLET = 2147483648;
export const EPOLLONESHOT = 1073741824;
export const EPOLLEXCLUSIVE = 268435456;
export const EPOLL_CLOEXEC = 524288;

const INT_MAX = 0x7fffffff;
const EVENT_BITS = 0xffff;

/** One registration. */
interface Interest {
  mask: number;
  readonly file: VirtualFile | undefined;
  /** EPOLLONESHOT has fired. */
  disabled: boolean;
  /** EPOLLET: what was reported and still holds. */
  reported: number;
}

/** The description of an epoll descriptor. */
class EpollFile implements VirtualFile {
  readonly kind = 'other';
  readonly access = 0;
  blocking = true;
  references = 0;
  readonly interests = new Map<number, Interest>();

  /** Descriptors with their events, at most `max`; with `report`, EPOLLET and EPOLLONESHOT take note. */
  collect(max: number, report: boolean): [number, number][] {
    const rows: [number, number][] = [];
    for (const [fd, interest] of this.interests) {
      if (rows.length >= max) break;
      // A number that was closed and used again is another file: the kernel forgets closed ones.
      if (virtualFile(fd) !== interest.file || (interest.file === undefined && !isOpenDescriptor(fd))) {
        this.interests.delete(fd);
        continue;
      }
      const events = interest.disabled ? 0 : readyEvents(fd, (interest.mask & EVENT_BITS) | POLLERR | POLLHUP) & ~POLLNVAL;
      const isEdge = interest.mask >= EPOLLET;
      const fresh = isEdge ? events & ~interest.reported : events;
      if (report && isEdge) interest.reported = events;
      if (fresh === 0) continue;
      if (report && (interest.mask & EPOLLONESHOT) !== 0) interest.disabled = true;
      rows.push([fd, events & (interest.mask | POLLERR | POLLHUP)]);
    }
    return rows;
  }

  readable(): boolean {
    return this.collect(1, /* report */ false).length > 0;
  }

  writable(): boolean {
    return false;
  }

  hungUp(): boolean {
    return false;
  }

  failed(): boolean {
    return false;
  }

  read(): number {
    return raiseErrno('EINVAL');
  }

  write(): number {
    return raiseErrno('EINVAL');
  }

  dispose(): void {
    this.interests.clear();
  }
}

/** The type. */
export const EPOLL_TYPE = staticType('epoll', { module: 'select' });

class PyEpoll extends PyObject {
  fd = -1;
}

const NEW = new NativeDefinition('epoll', () => null, '(sizehint=-1, flags=0)', '', 'method');

function epoll_new(t: Thread, args: Value[], keywords: KeywordNames): Value {
  const [sizehint, flags] = bindArguments(NEW, 'epoll', null, false, args, keywords) as Maybe[];
  const size = intArgument(t, sizehint, -1);
  if (size !== -1 && size <= 0) raiseValueError('sizehint must be positive or -1');
  const bits = intArgument(t, flags, 0);
  if (bits !== 0 && bits !== EPOLL_CLOEXEC) raiseErrno('EINVAL');
  const self = new PyEpoll(EPOLL_TYPE);
  self.fd = openVirtual(new EpollFile());
  return self;
}

function fileOf(self: PyEpoll): EpollFile {
  if (self.fd < 0) raiseValueError('I/O operation on closed epoll object');
  const file = virtualFile(self.fd);
  return file instanceof EpollFile ? file : raiseErrno('EBADF');
}

function maskOf(t: Thread, value: Maybe): number {
  if (value === undefined) return POLLIN | POLLPRI | POLLOUT;
  const mask = toIndex(t, value);
  if (mask < 0) raiseOverflowError("can't convert negative value to unsigned int");
  return mask > 0xffffffff ? raiseOverflowError('Python int too large to convert to C unsigned int') : Number(mask);
}

function epoll_register(t: Thread, self: PyEpoll, fd: Value, mask?: Value): void {
  const file = fileOf(self);
  const number = descriptorOf(t, fd);
  const wanted = maskOf(t, mask);
  if (!isOpenDescriptor(number)) raiseErrno('EBADF');
  if (number === self.fd) raiseErrno('EINVAL');
  if (isPlainFile(number) || isOpaque(number)) raiseErrno('EPERM');
  const known = file.interests.get(number);
  if (known !== undefined && known.file === virtualFile(number)) raiseErrno('EEXIST');
  file.interests.set(number, { mask: wanted, file: virtualFile(number), disabled: false, reported: 0 });
}

function interestOf(t: Thread, self: PyEpoll, fd: Value): { file: EpollFile; number: number; interest: Interest } {
  const file = fileOf(self);
  const number = descriptorOf(t, fd);
  if (!isOpenDescriptor(number)) raiseErrno('EBADF');
  const interest = file.interests.get(number);
  return interest === undefined || interest.file !== virtualFile(number) ? raiseErrno('ENOENT') : { file, number, interest };
}

function epoll_modify(t: Thread, self: PyEpoll, fd: Value, mask: Value): void {
  const { interest } = interestOf(t, self, fd);
  Object.assign(interest, { mask: maskOf(t, mask), disabled: false, reported: 0 });
}

function epoll_unregister(t: Thread, self: PyEpoll, fd: Value): void {
  const { file, number } = interestOf(t, self, fd);
  file.interests.delete(number);
}

function epoll_poll(t: Thread, self: PyEpoll, timeout?: Value, maxEvents?: Value): Value | typeof PARKED {
  const file = fileOf(self);
  const wait = waitArgument(t, timeout, 1000, 'timeout must be a real number or None');
  const milliseconds = wait < 0 ? Infinity : wait;
  if (milliseconds !== Infinity && milliseconds > INT_MAX) raiseOverflowError('timeout is too large');
  const given = intArgument(t, maxEvents, -1);
  if (given < -1 || given === 0) raiseValueError(`maxevents must be greater than 0, got ${given}`);
  const max = given === -1 ? Infinity : given;
  const finish = (): Value => newList(file.collect(max, /* report */ true).map((row) => newTuple(row)));
  if (milliseconds === 0 || file.readable()) return finish();
  t.parked = waitUntil('epoll', milliseconds, () => file.readable(), finish);
  return PARKED;
}

function epoll_close(t: Thread, self: PyEpoll): void {
  const { fd } = self;
  self.fd = -1;
  if (fd >= 0) closeVirtual(t, fd);
}

function epoll_fromfd(t: Thread, _type: Value, fd: Value): Value {
  const self = new PyEpoll(EPOLL_TYPE);
  self.fd = intArgument(t, fd, 0);
  return self;
}

readyType(EPOLL_TYPE, {
  doc: 'Returns an epolling object.',
  textSignature: '(sizehint=-1, flags=0)',
  slots: { tp_new: (t, _type, args, keywords) => epoll_new(t, args, keywords) },
  methods: {
    fromfd: [epoll_fromfd, '($type, fd, /)', 'Create an epoll object from a given control fd.', 'class'],
    close: [epoll_close, '($self, /)', 'Close the epoll control file descriptor.'],
    fileno: [(_t: Thread, self: PyEpoll) => (fileOf(self), self.fd), '($self, /)', 'Return the epoll control file descriptor.'],
    register: [epoll_register, '($self, /, fd, eventmask=7)', 'Registers a new fd or raises an OSError if the fd is already registered.'],
    modify: [epoll_modify, '($self, /, fd, eventmask)', 'Modify event mask for a registered file descriptor.'],
    unregister: [epoll_unregister, '($self, /, fd)', 'Remove a registered file descriptor from the epoll object.'],
    poll: [epoll_poll, '($self, /, timeout=None, maxevents=-1)', 'Wait for events on the epoll file descriptor.'],
    __enter__: [(_t: Thread, self: PyEpoll) => (fileOf(self), self), '($self, /)', ''],
    __exit__: [(t: Thread, self: PyEpoll) => epoll_close(t, self), '!($self, exc_type=None, exc_value=None, exc_tb=None, /)', ''],
  },
  getset: { closed: { get: (_t, self) => (self as PyEpoll).fd < 0, doc: 'True if the epoll handler is closed' } },
});

