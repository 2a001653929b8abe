/** `FutureIter`: what `await future` iterates over: it yields the future once, then returns its result. */
import { PyBaseException } from '../../core/exception.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { PyType } from '../../core/type.ts';
import { BaseException, DeprecationWarning, RuntimeError, StopIteration } from '../../objects/exception-types.ts';
import { exceptionToThrow, stopIterationWith } from '../../objects/generator.ts';
import { newException, raise, raiseTypeError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { isSubtype } from '../../objects/type-of.ts';
import { readyType } from '../../objects/type-ready.ts';
import { warn } from '../../objects/warn-hook.ts';
import { futureResult, PyFuture, readyFutureType } from './future.ts';

const ITERATOR_TYPE = staticType('FutureIter', { module: '_asyncio', disallowInstantiation: true });

class PyFutureIterator extends PyObject {
  /** Null once the future's result was handed out. */
  future: PyFuture | null;
  constructor(future: PyFuture) {
    super(ITERATOR_TYPE);
    this.future = future;
  }
}

/** The future to yield, or the result in a box once it is done; undefined when exhausted. */
function step(t: Thread, self: PyFutureIterator): PyFuture | [Value] | undefined {
  const { future } = self;
  if (future === null) return undefined;
  if (future.state === 'PENDING') {
    if (future.blocking) raise(RuntimeError, "await wasn't used with future");
    future.blocking = true;
    return future;
  }
  self.future = null;
  return [futureResult(t, future)];
}

function iterator_next(t: Thread, self: PyFutureIterator): Maybe {
  const outcome = step(t, self);
  if (outcome === undefined || outcome instanceof PyFuture) return outcome;
  if (outcome[0] === null) return undefined;
  throw stopIterationWith(outcome[0]);
}

/** The value that is sent does not matter. */
function iterator_send(t: Thread, self: PyFutureIterator, _value: Value): Value {
  const outcome = step(t, self);
  if (outcome === undefined) throw newException(StopIteration);
  if (outcome instanceof PyFuture) return outcome;
  throw stopIterationWith(outcome[0]);
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
  slots: { tp_iter: (_t, self) => self, tp_iternext: iterator_next },
  methods: {
    send: [iterator_send, '($self, object, /)', ''],
    throw: [iterator_throw, '!($self, /, *args)', ''],
    close: [(_t: Thread, self: PyFutureIterator) => void (self.future = null), '($self, /)', ''],
  },
});

readyFutureType((self) => new PyFutureIterator(self));
