/** `async_generator` and its awaitables `asend`, `athrow`, `aclose`, and `anext` with a default (Objects/genobject.c). */
import type { PyBaseException } from '../core/exception.ts';
import { PyGenerator } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import type { PyDict } from '../core/containers.ts';
import type { PyType } from '../core/type.ts';
import { linkToPyObject, PyObject, type Maybe, type Value } from '../core/value.ts';
import { call, callMethod } from './call.ts';
import { GeneratorExit, RuntimeError, StopAsyncIteration, StopIteration } from './exception-types.ts';
import { exceptionToThrow, GENERATOR_FINALIZE, generatorFrame, generatorSend, generatorThrow, resumeGenerator, stopIterationWith, yieldFromOf, type SendResult } from './generator.ts';
import { CLASS_GETITEM } from './generic-alias-record.ts';
import { isRaised, newException, raise, raiseTypeError, typeName } from './raise.ts';
import { ANEXT_AWAITABLE_TYPE, ASYNC_GENERATOR_ASEND_TYPE, ASYNC_GENERATOR_ATHROW_TYPE, ASYNC_GENERATOR_TYPE, OBJECT_TYPE } from './static-types.ts';
import { addressOf } from './text.ts';
import { readyType } from './type-ready.ts';
import { asStr, typeOf } from './type-of.ts';

/** What an async generator yields to its consumer, to tell it from what it awaits. @hot one for each item */
class AsyncGeneratorValue {
  type: PyType;
  dict: PyDict | null;
  readonly value: Value;
  constructor(value: Value) {
    this.type = OBJECT_TYPE;
    this.dict = null;
    this.value = value;
  }
}
interface AsyncGeneratorValue extends PyObject {}
linkToPyObject(AsyncGeneratorValue);

/** ASYNC_GEN_WRAP: marks a value yielded by an async generator. */
export function wrapAsyncGeneratorValue(value: Value): PyObject {
  return new AsyncGeneratorValue(value);
}

type AwaitState = 'init' | 'iterating' | 'closed';

/** @hot one for each item */
class PyAsyncGeneratorSend {
  type: PyType;
  dict: PyDict | null;
  state: AwaitState;
  readonly generator: PyGenerator;
  readonly sent: Value;
  constructor(generator: PyGenerator, sent: Value) {
    this.type = ASYNC_GENERATOR_ASEND_TYPE;
    this.dict = null;
    this.state = 'init';
    this.generator = generator;
    this.sent = sent;
  }
}
interface PyAsyncGeneratorSend extends PyObject {}
linkToPyObject(PyAsyncGeneratorSend);

class PyAsyncGeneratorThrow extends PyObject {
  state: AwaitState = 'init';
  readonly generator: PyGenerator;
  /** Null for `aclose()`. */
  readonly args: readonly Value[] | null;
  constructor(generator: PyGenerator, args: readonly Value[] | null) {
    super(ASYNC_GENERATOR_ATHROW_TYPE);
    this.generator = generator;
    this.args = args;
  }
}

/** Calls the hooks of `sys.set_asyncgen_hooks` once per generator. */
function initHooks(t: Thread, generator: PyGenerator): void {
  if (generator.more.hooksInitialised) return;
  generator.change().hooksInitialised = true;
  generator.change().finalizer = t.asyncGenFinalizer;
  if (t.asyncGenFirstIter !== null) call(t, t.asyncGenFirstIter, [generator]);
}

/** The generator has raised what is awaited. */
function noteRaised(generator: PyGenerator, caught: unknown): void {
  generator.change().asyncRunning = false;
  if (isRaised(caught, StopAsyncIteration) || isRaised(caught, GeneratorExit)) generator.change().closed = true;
}

/**
 * What the generator gave, undefined for its end: a wrapped value ends the await with it, as `Thread.sent`, anything else is passed on
 * (async_gen_unwrap_value).
 */
function unwrap(t: Thread, generator: PyGenerator, yielded: Maybe): Maybe {
  if (yielded === undefined) {
    generator.change().closed = true;
    generator.change().asyncRunning = false;
    throw newException(StopAsyncIteration);
  }
  if (!(yielded instanceof AsyncGeneratorValue)) return yielded;
  generator.change().asyncRunning = false;
  t.sent = yielded.value;
  return undefined;
}

/** Throws into the generator. */
function step(t: Thread, generator: PyGenerator, resume: () => SendResult): Value {
  let result: SendResult;
  try {
    result = resume();
  } catch (caught) {
    noteRaised(generator, caught);
    throw caught;
  }
  return orStop(t, unwrap(t, generator, result.done ? undefined : result.value));
}

/** What a method returns for what an `am_send` gave. */
function orStop(t: Thread, yielded: Maybe): Value {
  if (yielded === undefined) throw stopIterationWith(t.sent);
  return yielded;
}

function asend_send(t: Thread, self: PyAsyncGeneratorSend, value: Value): Value {
  return orStop(t, sendOn(t, self, value));
}

/** @hot every item of `async for` over an asynchronous generator */
function sendOn(t: Thread, self: PyAsyncGeneratorSend, value: Value): Maybe {
  if (self.state === 'closed') raise(RuntimeError, 'cannot reuse already awaited __anext__()/asend()');
  let sent = value;
  if (self.state === 'init') {
    if (self.generator.more.asyncRunning) {
      self.state = 'closed';
      raise(RuntimeError, 'anext(): asynchronous generator is already running');
    }
    if (sent === null) sent = self.sent;
    self.state = 'iterating';
  }
  const { generator } = self;
  generator.change().asyncRunning = true;
  let yielded: Maybe;
  try {
    yielded = resumeGenerator(t, generator, sent);
  } catch (caught) {
    self.state = 'closed';
    noteRaised(generator, caught);
    throw caught;
  }
  if (yielded === undefined || yielded instanceof AsyncGeneratorValue) self.state = 'closed';
  return unwrap(t, generator, yielded);
}

function asend_throw(t: Thread, self: PyAsyncGeneratorSend, type: Value, value?: Value, traceback?: Value): Value {
  if (self.state === 'closed') raise(RuntimeError, 'cannot reuse already awaited __anext__()/asend()');
  if (self.state === 'init') {
    if (self.generator.more.asyncRunning) {
      self.state = 'closed';
      raise(RuntimeError, 'anext(): asynchronous generator is already running');
    }
    self.state = 'iterating';
    self.generator.change().asyncRunning = true;
  }
  const exception = exceptionToThrow(t, type, value, traceback);
  try {
    return step(t, self.generator, () => generatorThrow(t, self.generator, exception));
  } catch (caught) {
    self.state = 'closed';
    throw caught;
  }
}

function asend_close(t: Thread, self: PyAsyncGeneratorSend): Value {
  if (self.state === 'closed') return null;
  try {
    asend_throw(t, self, GeneratorExit);
  } catch (caught) {
    if (isRaised(caught, GeneratorExit) || isRaised(caught, StopAsyncIteration) || isRaised(caught, StopIteration)) return null;
    throw caught;
  }
  return raise(RuntimeError, 'coroutine ignored GeneratorExit');
}

const IGNORED = 'async generator ignored GeneratorExit';

/** What an `athrow`/`aclose` step gives: closing must not yield. */
function throwStep(t: Thread, self: PyAsyncGeneratorThrow, resume: () => SendResult): Value {
  if (self.args !== null) return step(t, self.generator, resume);
  let result: SendResult;
  try {
    result = resume();
  } catch (caught) {
    self.generator.change().asyncRunning = false;
    self.state = 'closed';
    if (isRaised(caught, StopAsyncIteration) || isRaised(caught, GeneratorExit)) throw newException(StopIteration);
    throw caught;
  }
  if (result.done) {
    self.generator.change().asyncRunning = false;
    throw newException(StopIteration);
  }
  if (result.value instanceof AsyncGeneratorValue) {
    self.generator.change().asyncRunning = false;
    self.state = 'closed';
    raise(RuntimeError, IGNORED);
  }
  return result.value;
}

function startThrow(t: Thread, self: PyAsyncGeneratorThrow, value: Value): Value {
  const generator = self.generator;
  if (generator.more.asyncRunning) {
    self.state = 'closed';
    raise(RuntimeError, `${self.args === null ? 'aclose' : 'athrow'}(): asynchronous generator is already running`);
  }
  if (generator.more.closed) {
    self.state = 'closed';
    throw newException(self.args === null ? StopIteration : StopAsyncIteration);
  }
  if (value !== null) raise(RuntimeError, "can't send non-None value to a just-started coroutine");
  self.state = 'iterating';
  generator.change().asyncRunning = true;
  let exception: PyBaseException;
  if (self.args === null) {
    generator.change().closed = true;
    exception = newException(GeneratorExit);
  } else exception = exceptionToThrow(t, self.args[0]!, self.args[1], self.args[2]);
  return throwStep(t, self, () => generatorThrow(t, generator, exception));
}

function athrow_send(t: Thread, self: PyAsyncGeneratorThrow, value: Value): Value {
  if (self.state === 'closed') raise(RuntimeError, 'cannot reuse already awaited aclose()/athrow()');
  if (self.generator.state === 'done' && self.state === 'init') {
    self.state = 'closed';
    if (self.args === null) throw newException(StopIteration);
    raiseDone(t, self);
  }
  try {
    if (self.state === 'init') return startThrow(t, self, value);
    return throwStep(t, self, () => generatorSend(t, self.generator, value));
  } catch (caught) {
    self.state = 'closed';
    throw caught;
  }
}

function raiseDone(t: Thread, self: PyAsyncGeneratorThrow): never {
  throw exceptionToThrow(t, self.args![0]!, self.args![1], self.args![2]);
}

function athrow_throw(t: Thread, self: PyAsyncGeneratorThrow, type: Value, value?: Value, traceback?: Value): Value {
  if (self.state === 'closed') raise(RuntimeError, 'cannot reuse already awaited aclose()/athrow()');
  if (self.state === 'init') {
    if (self.generator.more.asyncRunning) {
      self.state = 'closed';
      raise(RuntimeError, `${self.args === null ? 'aclose' : 'athrow'}(): asynchronous generator is already running`);
    }
    self.state = 'iterating';
    self.generator.change().asyncRunning = true;
  }
  const exception = exceptionToThrow(t, type, value, traceback);
  return throwStep(t, self, () => generatorThrow(t, self.generator, exception));
}

function athrow_close(t: Thread, self: PyAsyncGeneratorThrow): Value {
  if (self.state === 'closed') return null;
  try {
    athrow_throw(t, self, GeneratorExit);
  } catch (caught) {
    if (isRaised(caught, GeneratorExit) || isRaised(caught, StopAsyncIteration) || isRaised(caught, StopIteration)) return null;
    throw caught;
  }
  return raise(RuntimeError, 'coroutine ignored GeneratorExit');
}

const self_ = (self: Value): PyGenerator => self as PyGenerator;

function asend(t: Thread, self: PyGenerator, value: Value): Value {
  initHooks(t, self);
  return new PyAsyncGeneratorSend(self, value);
}

function setName(attribute: 'name' | 'qualname'): (t: Thread, self: Value, value: Maybe) => void {
  return (_t, self, value) => {
    const text = asStr(value);
    if (text === undefined) raiseTypeError(`__${attribute}__ must be set to a string object`);
    self_(self)[attribute] = text;
  };
}

readyType(ASYNC_GENERATOR_TYPE, {
  slots: {
    ...GENERATOR_FINALIZE,
    tp_repr: (_t, self: PyGenerator) => `<async_generator object ${self.qualname} at ${addressOf(self)}>`,
    am_aiter: (_t, self) => self,
    am_anext: (t, self: PyGenerator) => asend(t, self, null),
  },
  methods: {
    asend: [asend, '($self, value, /)', "asend(v) -> send 'v' in generator."],
    athrow: [
      (t: Thread, self: PyGenerator, type: Value, value?: Value, traceback?: Value) => {
        initHooks(t, self);
        return new PyAsyncGeneratorThrow(self, [type, value ?? null, traceback ?? null]);
      },
      '!($self, type, value=None, traceback=None, /)', 'Raise an exception in the generator.',
    ],
    aclose: [
      (t: Thread, self: PyGenerator) => {
        initHooks(t, self);
        return new PyAsyncGeneratorThrow(self, null);
      },
      '!($self, /)', 'Raise GeneratorExit inside the generator.',
    ],
    __class_getitem__: CLASS_GETITEM,
  },
  getset: {
    __name__: { get: (_t, self) => self_(self).name, set: setName('name') },
    __qualname__: { get: (_t, self) => self_(self).qualname, set: setName('qualname') },
    ag_frame: { get: generatorFrame },
    ag_running: { get: (_t, self) => self_(self).more.asyncRunning, member: true },
    ag_suspended: { get: (_t, self) => self_(self).state === 'suspended' },
    ag_code: { get: (_t, self) => self_(self).frame.code },
    ag_await: { get: (_t, self) => yieldFromOf(self_(self)) },
  },
});

readyType(ASYNC_GENERATOR_ASEND_TYPE, {
  slots: { tp_iter: (_t, self) => self, am_await: (_t, self) => self, am_send: sendOn, tp_iternext: (t, self: PyAsyncGeneratorSend) => asend_send(t, self, null) },
  methods: {
    send: [asend_send, '!($self, value, /)', 'Resume.'],
    throw: [asend_throw, '!($self, type, value=None, traceback=None, /)', 'Raise an exception.'],
    close: [asend_close, '!($self, /)', 'Close.'],
  },
});

readyType(ASYNC_GENERATOR_ATHROW_TYPE, {
  slots: { tp_iter: (_t, self) => self, am_await: (_t, self) => self, tp_iternext: (t, self: PyAsyncGeneratorThrow) => athrow_send(t, self, null) },
  methods: {
    send: [athrow_send, '!($self, value, /)', 'Resume.'],
    throw: [athrow_throw, '!($self, type, value=None, traceback=None, /)', 'Raise an exception.'],
    close: [athrow_close, '!($self, /)', 'Close.'],
  },
});

/** `anext(iterator, default)`: awaits the item, StopAsyncIteration gives the default. */
class PyAnextAwaitable extends PyObject {
  readonly wrapped: Value;
  readonly fallback: Value;
  iterator: Value = null;
  constructor(wrapped: Value, fallback: Value) {
    super(ANEXT_AWAITABLE_TYPE);
    this.wrapped = wrapped;
    this.fallback = fallback;
  }
}

/** The awaitable of `anext(iterator, default)`. */
export function newAnextAwaitable(wrapped: Value, fallback: Value): PyObject {
  return new PyAnextAwaitable(wrapped, fallback);
}

function anextIterator(t: Thread, self: PyAnextAwaitable): Value {
  const { wrapped } = self;
  if (wrapped instanceof PyGenerator && wrapped.kind === 'coroutine') return wrapped;
  const slot = typeOf(wrapped).slots.am_await;
  if (slot === null) raiseTypeError(`object ${typeName(wrapped)} can't be used in 'await' expression`);
  const iterator = slot(t, wrapped);
  if (typeOf(iterator).slots.tp_iternext === null) raiseTypeError(`${typeName(wrapped)}.__await__() must return an iterable, not ${typeName(iterator)}`);
  return iterator;
}

function proxy(self: PyAnextAwaitable, run: () => Maybe): Value {
  try {
    const value = run();
    if (value === undefined) throw newException(StopIteration);
    return value;
  } catch (caught) {
    if (isRaised(caught, StopAsyncIteration)) throw stopIterationWith(self.fallback);
    throw caught;
  }
}

readyType(ANEXT_AWAITABLE_TYPE, {
  slots: {
    tp_iter: (_t, self) => self,
    am_await: (_t, self) => self,
    tp_iternext: (t, self: PyAnextAwaitable) => proxy(self, () => {
      const iterator = anextIterator(t, self);
      if (iterator instanceof PyGenerator) return callMethod(t, iterator, 'send', null);
      return typeOf(iterator).slots.tp_iternext!(t, iterator);
    }),
  },
  methods: {
    send: [(t: Thread, self: PyAnextAwaitable, value: Value) => proxy(self, () => callMethod(t, anextIterator(t, self), 'send', value)), '!($self, value, /)', 'Resume.'],
    throw: [(t: Thread, self: PyAnextAwaitable, args: Value[]) => proxy(self, () => callMethod(t, anextIterator(t, self), 'throw', ...args)), '!($self, /, *args)', 'Raise an exception.'],
    close: [(t: Thread, self: PyAnextAwaitable) => proxy(self, () => callMethod(t, anextIterator(t, self), 'close')), '!($self, /)', 'Close.'],
  },
});

