/** `FutureIter`: what `await future` iterates over: it yields the future once, then returns its result. */
import { PyBaseException } from '../../core/exception.ts';
import type { Thread } from '../../core/thread.ts';
import type { PyDict } from '../../core/containers.ts';
import { linkToPyObject, PyObject, type Maybe, type Value } from '../../core/value.ts';
import { PyType } from '../../core/type.ts';
import { BaseException, DeprecationWarning, RuntimeError } from '../../objects/exception-types.ts';
import { exceptionToThrow, stopIterationWith } from '../../objects/generator.ts';
import { raise, raiseTypeError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { isSubtype } from '../../objects/type-of.ts';
import { readyType } from '../../objects/type-ready.ts';
import { warn } from '../../objects/warn-hook.ts';
import { futureResult, PyFuture, readyFutureType } from './future.ts';

const ITERATOR_TYPE = staticType('FutureIter', { module: '_asyncio', disallowInstantiation: true });

class PyFutureIterator {
  type: PyType;
  dict: PyDict | null;
  /** Null once the future's result was handed out. */
  future: PyFuture | null;
  constructor(future: PyFuture) {
    this.type = ITERATOR_TYPE;
    this.dict = null;
    this.future = future;
  }
}
interface PyFutureIterator extends PyObject {}
linkToPyObject(PyFutureIterator);

/** The future to yield; undefined once it is done: then its result, None the second time, is `Thread.sent`. @hot every `await` of a future */
function step(t: Thread, self: PyFutureIterator): PyFuture | undefined {
  const { future } = self;
  if (future === null) {
    t.sent = null;
    return undefined;
  }
  if (future.state === 'PENDING') {
    if (future.blocking) raise(RuntimeError, "await wasn't used with future");
    future.blocking = true;
    return future;
  }
  self.future = null;
  t.sent = futureResult(t, future);
  return undefined;
}

function iterator_next(t: Thread, self: PyFutureIterator): Maybe {
  const future = step(t, self);
  if (future === undefined && t.sent !== null) throw stopIterationWith(t.sent);
  return future;
}

/** The value that is sent does not matter. */
function iterator_send(t: Thread, self: PyFutureIterator, _value: Value): Value {
  const future = step(t, self);
  if (future === undefined) throw stopIterationWith(t.sent);
  return future;
}

function iterator_throw(t: Thread, self: PyFutureIterator, args: Value[]): never {
  if (args.length < 1) raiseTypeError('throw expected at least 1 argument, got 0');
  if (args.length > 3) raiseTypeError(`throw expected at most 3 arguments, got ${args.length}`);
  if (args.length > 1) warn(t, DeprecationWarning, 'the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.');
  const [type, value, traceback] = args as [Value, Maybe, Maybe];
  const isException = type instanceof PyBaseException || (type instanceof PyType && isSubtype(type, BaseException));
  if (!isException) raiseTypeError('exceptions must be classes deriving BaseException or instances of such a class');
  const exception = exceptionToThrow(t, type, value, traceback);
  self.future = null;
  throw exception;
}

readyType(ITERATOR_TYPE, {
  slots: { tp_iter: (_t, self) => self, tp_iternext: iterator_next, am_send: step },
  methods: {
    send: [iterator_send, '($self, object, /)', ''],
    throw: [iterator_throw, '!($self, /, *args)', ''],
    close: [(_t: Thread, self: PyFutureIterator) => void (self.future = null), '($self, /)', ''],
  },
});

readyFutureType((self) => new PyFutureIterator(self));
