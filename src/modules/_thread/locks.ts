/** The types `lock` and `RLock` (Modules/_threadmodule.c). All threads of an interpreter run on one worker, so no word of them is shared. */
import type { PyTuple } from '../../core/containers.ts';
import type { PARKED, Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { OverflowError, RuntimeError } from '../../objects/exception-types.ts';
import { newTuple } from '../../objects/make.ts';
import { newException, raise, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { addressOf } from '../../objects/text.ts';
import { isTrue } from '../../objects/truth.ts';
import { readyType } from '../../objects/type-ready.ts';
import { asFloat, asInt } from '../../objects/type-of.ts';
import { Waiters, type Lockable } from './waiters.ts';

/** Seconds; as CPython on a 64-bit Linux. */
export const TIMEOUT_MAX = 9223372036;

/** `_thread.lock` */
export const LOCK_TYPE = staticType('lock', { module: '_thread', hasWeakref: true });
/** `_thread.RLock` */
export const RLOCK_TYPE = staticType('RLock', { module: '_thread', baseType: true, hasWeakref: true });

/** A mutex of one interpreter's threads. */
abstract class Mutex extends PyObject implements Lockable {
  private waiters: Waiters | null = null;

  abstract isFree(): boolean;

  abstract take(thread: Thread): void;

  abstract giveUp(): void;

  /** `t` waits until it has the lock, or the deadline is there; then what `got` gives, or False. */
  wait(t: Thread, wait: { deadline: number; reason: string; got: () => Value }): typeof PARKED {
    this.waiters ??= new Waiters();
    return this.waiters.park(t, this, wait);
  }

  /** The thread that a release hands the lock on to. */
  takeHeir(): Thread | null {
    return this.waiters === null ? null : this.waiters.takeHeir();
  }

  /** In a forked child there are no other threads. */
  forgetWaiters(): void {
    this.waiters = null;
  }
}

class PyLock extends Mutex {
  locked = false;

  isFree(): boolean {
    return !this.locked;
  }

  take(): void {
    this.locked = true;
  }

  giveUp(): void {
    this.locked = this.takeHeir() !== null;
  }
}

class PyRLock extends Mutex {
  owner: Thread | null = null;
  count = 0;

  isFree(): boolean {
    return this.owner === null;
  }

  take(thread: Thread): void {
    this.owner = thread;
    this.count = 1;
  }

  giveUp(): void {
    const heir = this.takeHeir();
    this.owner = heir;
    this.count = heir === null ? 0 : 1;
  }
}

/** A new, unlocked lock. */
export function newLock(): Value {
  return new PyLock(LOCK_TYPE);
}

/** Deadline of a wait in milliseconds on the scheduler's clock, null for no wait at all; checks the arguments of `acquire`. */
export function deadlineOf(blocking: Maybe, timeout: Maybe, t: Thread): number | null {
  const wants = blocking === undefined || isTrue(t, blocking);
  const seconds = timeout === undefined ? -1 : asFloat(timeout) ?? Number(asInt(timeout) ?? raiseTypeError(`'${typeName(timeout)}' object cannot be interpreted as an integer or float`));
  if (!wants && seconds !== -1) raiseValueError("can't specify a timeout for a non-blocking call");
  if (seconds < 0 && seconds !== -1) raiseValueError('timeout value must be a non-negative number');
  if (seconds > TIMEOUT_MAX) throw newException(OverflowError, 'timeout value is too large');
  if (!wants) return null;
  return seconds === -1 ? Infinity : performance.now() + seconds * 1000;
}

const got = (): Value => true;

function lock_acquire(t: Thread, self: PyLock, blocking?: Value, timeout?: Value): Value | typeof PARKED {
  const deadline = deadlineOf(blocking, timeout, t);
  if (!self.locked) {
    self.locked = true;
    return true;
  }
  return deadline === null ? false : self.wait(t, { reason: 'lock.acquire', deadline, got });
}

function lock_release(_t: Thread, self: PyLock): Value {
  if (!self.locked) raise(RuntimeError, 'release unlocked lock');
  self.giveUp();
  return null;
}

const ACQUIRE = '($self, /, blocking=True, timeout=-1)';

readyType(LOCK_TYPE, {
  doc: 'A lock object is a synchronization primitive.',
  slots: {
    tp_new: (_t, type, args) => (args.length > 0 ? raiseTypeError(`lock() takes no arguments (${args.length} given)`) : new PyLock(type)),
    tp_repr: (_t, self: PyLock) => `<${self.locked ? 'locked' : 'unlocked'} _thread.lock object at ${addressOf(self)}>`,
  },
  methods: {
    acquire: [lock_acquire, ACQUIRE, 'Lock the lock.'],
    acquire_lock: [lock_acquire, ACQUIRE, 'An obsolete synonym of acquire().'],
    release: [lock_release, '($self, /)', 'Release the lock.'],
    release_lock: [lock_release, '($self, /)', 'An obsolete synonym of release().'],
    locked: [(_t: Thread, self: PyLock) => self.locked, '($self, /)', 'Return whether the lock is in the locked state.'],
    locked_lock: [(_t: Thread, self: PyLock) => self.locked, '($self, /)', 'An obsolete synonym of locked().'],
    __enter__: [(t: Thread, self: PyLock) => lock_acquire(t, self), '($self, /)', 'Lock the lock.'],
    __exit__: [(t: Thread, self: PyLock) => lock_release(t, self), '!($self, /, *exc_info)', 'Release the lock.'],
    _at_fork_reinit: [(_t: Thread, self: PyLock) => { self.locked = false; self.forgetWaiters(); }, '($self, /)', 'Reset the lock.'],
  },
});

function rlock_acquire(t: Thread, self: PyRLock, blocking?: Value, timeout?: Value): Value | typeof PARKED {
  const deadline = deadlineOf(blocking, timeout, t);
  if (self.owner === t) {
    self.count++;
    return true;
  }
  if (self.owner === null) {
    self.take(t);
    return true;
  }
  return deadline === null ? false : self.wait(t, { reason: 'RLock.acquire', deadline, got });
}

function rlock_release(t: Thread, self: PyRLock): Value {
  if (self.owner !== t) raise(RuntimeError, 'cannot release un-acquired lock');
  if (--self.count === 0) self.giveUp();
  return null;
}

function rlock_release_save(_t: Thread, self: PyRLock): Value {
  if (self.count === 0) raise(RuntimeError, 'cannot release un-acquired lock');
  const state = newTuple([self.count, self.owner!.id]);
  self.giveUp();
  return state;
}

function rlock_acquire_restore(t: Thread, self: PyRLock, state: Value): Value | typeof PARKED {
  const restore = (): Value => {
    self.count = Number((state as PyTuple).items[0]);
    return null;
  };
  if (self.owner !== null) return self.wait(t, { reason: 'RLock.acquire', deadline: Infinity, got: restore });
  self.take(t);
  return restore();
}

readyType(RLOCK_TYPE, {
  doc: 'A reentrant lock.',
  slots: {
    tp_alloc: (type) => new PyRLock(type),
    tp_new: (_t, type) => new PyRLock(type),
    tp_init: () => undefined,
    tp_repr: (_t, self: PyRLock) => `<${self.count > 0 ? 'locked' : 'unlocked'} ${self.type.module === '_thread' ? '_thread.' : ''}${self.type.name} object owner=${self.owner?.id ?? 0} count=${self.count} at ${addressOf(self)}>`,
  },
  methods: {
    acquire: [rlock_acquire, ACQUIRE, 'Lock the lock.'],
    release: [rlock_release, '($self, /)', 'Release the lock.'],
    locked: [(_t: Thread, self: PyRLock) => self.count > 0, '($self, /)', 'Return whether the lock is held.'],
    __enter__: [(t: Thread, self: PyRLock) => rlock_acquire(t, self), '($self, /)', 'Lock the lock.'],
    __exit__: [(t: Thread, self: PyRLock) => rlock_release(t, self), '!($self, /, *exc_info)', 'Release the lock.'],
    _is_owned: [(t: Thread, self: PyRLock) => self.owner === t, '($self, /)', 'For internal use by threading.Condition.'],
    _recursion_count: [(t: Thread, self: PyRLock) => (self.owner === t ? self.count : 0), '($self, /)', 'For internal use by reentrancy checks.'],
    _acquire_restore: [rlock_acquire_restore, '($self, state, /)', 'For internal use by threading.Condition.'],
    _release_save: [rlock_release_save, '($self, /)', 'For internal use by threading.Condition.'],
    _at_fork_reinit: [(_t: Thread, self: PyRLock) => { self.owner = null; self.count = 0; self.forgetWaiters(); }, '($self, /)', 'Reset the lock.'],
  },
});
