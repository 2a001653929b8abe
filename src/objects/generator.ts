/** `generator` and `coroutine`: send, throw, close and their attributes (Objects/genobject.c). */
import { findHandler } from '../bytecode/exception-table.ts';
import { OP } from '../bytecode/opcodes.ts';
import { UNWIND } from '../core/compiled.ts';
import type { NativeResult } from '../core/native.ts';
import { PyTuple } from '../core/containers.ts';
import { PyBaseException, PyTraceback, type ExceptionState } from '../core/exception.ts';
import { FRAME_GENERATOR, PyGenerator, type PyCode } from '../core/function.ts';
import { PyType } from '../core/type.ts';
import type { Sink } from '../core/sink.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { lookupAttr } from './attributes.ts';
import { call, throwRaised } from './call.ts';
import { BaseException, DeprecationWarning, GeneratorExit, RuntimeError, RuntimeWarning, StopIteration } from './exception-types.ts';
import { reportFinalizer } from './finalize.ts';
import { frameObject } from './frame.ts';
import { CLASS_GETITEM } from './generic-alias-record.ts';
import { importModule } from './import-hook.ts';
import { newException, isRaised, raise, raiseInCaller, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { resumeCompiled, resumesCompiled, runFrame, throwCompiled } from './run-frame.ts';
import { COROUTINE_TYPE, COROUTINE_WRAPPER_TYPE, GENERATOR_TYPE } from './static-types.ts';
import { addressOf, repr } from './text.ts';
import { readyType, type GetSet, type MethodRow } from './type-ready.ts';
import { asStr, isSubtype } from './type-of.ts';
import { warn } from './warn-hook.ts';

/** The outcome of resuming: what was yielded, or what was returned. */
export interface SendResult {
  readonly value: Value;
  readonly done: boolean;
}

/** The word for messages. */
export function kindWord(generator: PyGenerator): string {
  return generator.kind === 'async_generator' ? 'async generator' : generator.kind;
}

/** Marks the generator as running on `t`: what it handles comes on top of what the thread handles. */
export function linkGenerator(t: Thread, generator: PyGenerator): void {
  generator.state = 'running';
  generator.delegate = null;
  if (generator.exceptions !== null && generator.exceptions.value !== null) linkExceptions(t, generator.exceptions);
}

function linkExceptions(t: Thread, own: ExceptionState): void {
  own.previous = t.exceptions;
  t.exceptions = own;
}

/** The generator no longer runs on `t`. */
export function unlinkGenerator(t: Thread, generator: PyGenerator): void {
  const { exceptions } = generator;
  if (exceptions === null || t.exceptions !== exceptions) return;
  t.exceptions = exceptions.previous!;
  exceptions.previous = null;
}

/** Where the innermost frame, that of `generator` or of none, keeps the exception that it handles. */
export function handlingState(t: Thread, generator: PyGenerator | null): ExceptionState {
  if (generator === null) return t.exceptions;
  generator.exceptions ??= { value: null, previous: null };
  if (t.exceptions !== generator.exceptions) linkExceptions(t, generator.exceptions);
  return generator.exceptions;
}

/** Whether the generator runs: it, or one for which it waits and which was resumed in its place. */
export function isExecuting(generator: PyGenerator): boolean {
  let inner = generator;
  while (inner.delegate !== null && inner.frame.resume !== null) inner = inner.delegate;
  return inner.state === 'running';
}

/** Raises ValueError for a generator that runs. */
export function checkIdle(generator: PyGenerator): void {
  if (isExecuting(generator)) raiseValueError(`${kindWord(generator)} already executing`);
}

function checkResumable(generator: PyGenerator, value: Value): void {
  checkIdle(generator);
  if (generator.state === 'created' && value !== null) raiseTypeError(`can't send non-None value to a just-started ${kindWord(generator)}`);
}

/**
 * Resumes a generator from native code with `value` as the result of its `yield`. Returns what it yields; undefined when it has returned, and `Thread.sent` is
 * what. Raises what it raises. What `sink` takes it need not yield. @hot bench/programs/generators.py
 */
export function resumeGenerator(t: Thread, generator: PyGenerator, value: Value, sink?: Sink): Maybe {
  if (t.nesting !== 0 && resumesCompiled(t, generator, value)) {
    const yielded = resumeCompiled(t, generator, value, sink);
    return yielded === UNWIND ? throwRaised(t) : yielded;
  }
  return resumeByLoop(t, generator, value);
}

/** As `resumeGenerator`, in tier 0. */
function resumeByLoop(t: Thread, generator: PyGenerator, value: Value): Maybe {
  if (!beginResumption(t, generator, value)) return undefined;
  return endedWith(t, generator, runFrame(t, generator.frame));
}

/** Makes the generator's frame ready to run in a loop, with `value` as the result of its `yield`. False when it is done: `Thread.sent` is what it has returned. */
export function beginResumption(t: Thread, generator: PyGenerator, value: Value): boolean {
  checkResumable(generator, value);
  if (generator.state === 'done') {
    if (generator.kind === 'coroutine' && generator.returned === undefined) raise(RuntimeError, 'cannot reuse already awaited coroutine');
    t.sent = generator.returned === undefined ? null : generator.returned;
    generator.returned = undefined;
    return false;
  }
  const { frame } = generator;
  linkGenerator(t, generator);
  frame.resume = null;
  frame.kind = FRAME_GENERATOR;
  frame.stack[frame.sp++] = value;
  return true;
}

/** What a loop has given that ran a generator's frame: what it yields, or undefined when it has returned that. */
export function endedWith(t: Thread, generator: PyGenerator, result: Value): Maybe {
  if (!isDone(generator)) return result;
  t.sent = result;
  return undefined;
}

/** As `resumeGenerator`. */
export function generatorSend(t: Thread, generator: PyGenerator, value: Value): SendResult {
  const yielded = resumeGenerator(t, generator, value);
  return yielded === undefined ? { value: t.sent, done: true } : { value: yielded, done: false };
}

// The state changes while the frame runs, which the type checker cannot see.
function isDone(generator: PyGenerator): boolean {
  return generator.state === 'done';
}

/** A StopIteration that carries the returned value. */
export function stopIterationWith(value: Value): PyBaseException {
  return value === null ? newException(StopIteration) : newException(StopIteration, value);
}

/** The iterator that a suspended generator delegates to by `yield from` or `await`, or null (_PyGen_yf). */
export function yieldFromOf(generator: PyGenerator): Value {
  if (generator.state !== 'suspended' || isExecuting(generator)) return null;
  const { words } = generator.frame.code;
  const pc = generator.frame.pc;
  // Behind the YIELD_VALUE stands RESUME with 2 (yield from) or 3 (await).
  const next = words[pc]!;
  if ((next & 255) !== OP.RESUME || ((next >> 8) & 3) < RESUME_BEHIND_DELEGATE) return null;
  return generator.frame.stack[generator.frame.sp - 1] as Value;
}

/** Whether an exception can be raised in the generator with no loop of its own around it. */
function throwsCompiled(t: Thread, { state }: PyGenerator): boolean {
  const { interpreter } = t;
  return state === 'suspended' && t.nesting !== 0 && interpreter.tier !== null && !interpreter.instrumented && interpreter.frameEvaluator === null && t.depth < interpreter.recursionLimit;
}

/** Raises `exception` inside the generator at its present position. */
function throwInto(t: Thread, generator: PyGenerator, exception: PyBaseException): SendResult {
  if (throwsCompiled(t, generator)) {
    const yielded = throwCompiled(t, generator, exception);
    if (yielded === UNWIND) return throwRaised(t);
    return yielded === undefined ? { value: t.sent, done: true } : { value: yielded, done: false };
  }
  const frame = generator.frame;
  linkGenerator(t, generator);
  frame.resume = null;
  frame.kind = FRAME_GENERATOR;
  const result = runFrame(t, frame, exception);
  return { value: result, done: isDone(generator) };
}

function finishCreated(generator: PyGenerator): void {
  generator.frame.resume = null;
  generator.state = 'done';
}

/** RESUME's flag behind a yield that no `try` or `with` is around. */
const RESUME_DEPTH_1 = 4;

/** Where RESUME stands: from this on, behind the yield of a `yield from` or an `await`. */
const RESUME_BEHIND_DELEGATE = 2;

/** Whether nothing can tell that the generator is closed where it is suspended: no `try` of its own, and nobody who is told of events. */
function closesUnseen(t: Thread, { frame: { code, pc } }: PyGenerator): boolean {
  if (t.interpreter.inInstrumentedLoop) return false;
  const next = code.words[pc]!;
  return (next & 255) === OP.RESUME && (((next >> 8) & RESUME_DEPTH_1) !== 0 || (((next >> 8) & 3) >= RESUME_BEHIND_DELEGATE && isOutsideTry(code, pc)));
}

/** Whether no `try` or `with` is around the RESUME at `pc`, behind the yield of a `yield from` or `await`, which has a handler of its own. */
export function isOutsideTry(code: PyCode, pc: number): boolean {
  const handlers = (code.handlers ??= code.code.handlers);
  const handler = findHandler(handlers, pc);
  // The outermost handler turns StopIteration into RuntimeError.
  return handler < 0 || (code.words[handlers[handler + 2]!]! & 255) === OP.CALL_INTRINSIC_1;
}

/** Ends a generator that has not begun, or that has nothing to do at its end; its frame lets go of what it holds unless the program has the frame. */
function endUnseen(generator: PyGenerator): void {
  finishCreated(generator);
  if (generator.frame.object === null) generator.frame.stack.fill(undefined);
}

/** Closes the iterator that a generator delegates to. */
function closeDelegate(t: Thread, delegate: Value): void {
  if (delegate instanceof PyGenerator && delegate.kind !== 'async_generator') {
    generatorClose(t, delegate);
    return;
  }
  let close: Maybe;
  try {
    close = lookupAttr(t, delegate, 'close');
  } catch (caught) {
    reportFinalizer(t, caught, null, delegate);
  }
  if (close !== undefined) call(t, close, []);
}

/** `generator.close()`; returns what the generator returned. Raises RuntimeError when it yields instead. */
export function generatorClose(t: Thread, generator: PyGenerator): Value {
  checkIdle(generator);
  if (generator.state === 'done') return null;
  const delegate = generator.state === 'created' ? null : yieldFromOf(generator);
  let failure: PyBaseException | null = null;
  if (delegate !== null) {
    generator.frame.resume = null;
    generator.state = 'running';
    try {
      closeDelegate(t, delegate);
    } catch (caught) {
      if (!(caught instanceof PyBaseException)) throw caught;
      failure = caught;
    }
    generator.state = 'suspended';
  }
  if (generator.state === 'created' || (failure === null && closesUnseen(t, generator))) {
    endUnseen(generator);
    return null;
  }
  const exception = failure ?? newException(GeneratorExit);
  try {
    if (throwsCompiled(t, generator)) return closeCompiled(t, generator, exception);
    const result = throwInto(t, generator, exception);
    if (!result.done) raise(RuntimeError, `${kindWord(generator)} ignored GeneratorExit`);
    return result.value;
  } catch (caught) {
    if (endsClosing(caught)) return null;
    throw caught;
  }
}

/** Whether a generator that is closed may end by what it raises. */
function endsClosing(exception: unknown): boolean {
  return isRaised(exception, GeneratorExit) || isRaised(exception, StopIteration);
}

/** Raises the exception in a generator that is closed; what comes back nearly always is not thrown. */
function closeCompiled(t: Thread, generator: PyGenerator, exception: PyBaseException): Value {
  const yielded = throwCompiled(t, generator, exception);
  if (yielded === undefined) return t.sent;
  if (yielded !== UNWIND) raise(RuntimeError, `${kindWord(generator)} ignored GeneratorExit`);
  if (!endsClosing(t.raised)) throwRaised(t);
  t.raised = null;
  return null;
}

/** The exception of a class; what goes wrong as it is made is thrown in its place (PyErr_NormalizeException). */
function madeException(t: Thread, type: PyType, value: Maybe): PyBaseException {
  if (value instanceof PyBaseException && isSubtype(value.type, type)) return value;
  try {
    const made = call(t, type, value === undefined || value === null ? [] : value instanceof PyTuple ? [...value.items] : [value]);
    if (made instanceof PyBaseException) return made;
    return raiseTypeError(`calling ${repr(t, type)} should have returned an instance of BaseException, not ${typeName(made)}`);
  } catch (caught) {
    if (caught instanceof PyBaseException) return caught;
    throw caught;
  }
}

/** The exception for the arguments of `throw`. */
export function exceptionToThrow(t: Thread, type: Value, value: Maybe, traceback: Maybe): PyBaseException {
  if (traceback !== undefined && traceback !== null && !(traceback instanceof PyTraceback)) raiseTypeError('throw() third argument must be a traceback object');
  let exception: PyBaseException;
  if (type instanceof PyType && isSubtype(type, BaseException)) exception = madeException(t, type, value);
  else if (type instanceof PyBaseException) {
    if (value !== undefined && value !== null) raiseTypeError('instance exception may not have a separate value');
    exception = type;
  } else raiseTypeError(`exceptions must be classes or instances deriving from BaseException, not ${typeName(type)}`);
  if (traceback instanceof PyTraceback) exception.traceback = traceback;
  return exception;
}

/** Passes a thrown exception to the delegate; undefined when it has no `throw` and the generator itself takes it. */
function throwIntoDelegate(t: Thread, generator: PyGenerator, delegate: Value, exception: PyBaseException): SendResult | undefined {
  const frame = generator.frame;
  generator.state = 'running';
  const saved = t.frame;
  frame.back = saved;
  try {
    if (delegate instanceof PyGenerator && delegate.kind !== 'async_generator') {
      t.frame = frame;
      return generatorThrow(t, delegate, exception);
    }
    const method = lookupAttr(t, delegate, 'throw');
    if (method === undefined) return undefined;
    t.frame = frame;
    return { value: call(t, method, [exception]), done: false };
  } finally {
    t.frame = saved;
    frame.back = null;
    generator.state = 'suspended';
  }
}

/** `generator.throw(exception)`. */
export function generatorThrow(t: Thread, generator: PyGenerator, exception: PyBaseException): SendResult {
  checkIdle(generator);
  const delegate = yieldFromOf(generator);
  if (delegate !== null) return throwThroughDelegate(t, generator, delegate, exception);
  if (generator.state === 'done') {
    if (generator.kind === 'coroutine') raise(RuntimeError, 'cannot reuse already awaited coroutine');
    throw exception;
  }
  if (generator.state === 'created') {
    finishCreated(generator);
    throw exception;
  }
  return throwInto(t, generator, exception);
}


function throwThroughDelegate(t: Thread, generator: PyGenerator, delegate: Value, exception: PyBaseException): SendResult {
  let toRaise = exception;
  generator.frame.resume = null;
  try {
    if (isSubtype(exception.type, GeneratorExit)) {
      generator.state = 'running';
      try {
        closeDelegate(t, delegate);
      } finally {
        generator.state = 'suspended';
      }
    } else {
      const result = throwIntoDelegate(t, generator, delegate, exception);
      if (result !== undefined && !result.done) return { value: result.value, done: false };
      if (result !== undefined) toRaise = stopIterationWith(result.value);
    }
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    toRaise = caught;
  }
  return throwInto(t, generator, toRaise);
}

/** What a method of a generator returns: the yielded value, or StopIteration with the returned one. */
function resultOrStop(t: Thread, result: SendResult): NativeResult {
  return result.done ? raiseInCaller(t, stopIterationWith(result.value)) : result.value;
}

/** `generator.send(value)` for a native function, which returns what this gives. @hot bench/programs/coroutines.py */
export function sendInCaller(t: Thread, self: PyGenerator, value: Value): Value | typeof UNWIND {
  const yielded = t.nesting !== 0 && resumesCompiled(t, self, value) ? resumeCompiled(t, self, value) : resumeByLoop(t, self, value);
  return yielded === undefined ? raiseInCaller(t, stopIterationWith(t.sent)) : yielded;
}

function gen_throw(t: Thread, self: PyGenerator, type: Value, value?: Value, traceback?: Value): NativeResult {
  if (value !== undefined) warn(t, DeprecationWarning, 'the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.');
  const exception = exceptionToThrow(t, type, value, traceback);
  checkIdle(self);
  if (throwsCompiled(t, self) && yieldFromOf(self) === null) {
    const yielded = throwCompiled(t, self, exception);
    return yielded === undefined ? raiseInCaller(t, stopIterationWith(t.sent)) : yielded;
  }
  return resultOrStop(t, generatorThrow(t, self, exception));
}

function gen_iternext(t: Thread, self: PyGenerator): Maybe {
  const yielded = resumeGenerator(t, self, null);
  if (yielded === undefined && t.sent !== null) throw stopIterationWith(t.sent);
  return yielded;
}

const asGenerator = (self: Value): PyGenerator => self as PyGenerator;

const NAME_GETSET = (attribute: 'name' | 'qualname'): GetSet => ({
  get: (_t, self) => asGenerator(self)[attribute],
  set: (_t, self, value) => {
    const text = asStr(value);
    if (text === undefined) raiseTypeError(`__${attribute}__ must be set to a string object`);
    asGenerator(self)[attribute] = text;
  },
});

/** The frame of a generator as Python sees it: None when it has finished. */
export function generatorFrame(t: Thread, self: Value): Value {
  const generator = asGenerator(self);
  return generator.state === 'done' ? null : frameObject(t, generator.frame);
}

/** Attributes that generators, coroutines and async generators share under different prefixes (`gi_`, `cr_`, `ag_`). */
export function generatorGetset(prefix: string, delegateName: string): Record<string, GetSet> {
  return {
    __name__: NAME_GETSET('name'),
    __qualname__: NAME_GETSET('qualname'),
    [`${prefix}_frame`]: { get: generatorFrame },
    [`${prefix}_running`]: { get: (_t, self) => isExecuting(asGenerator(self)) },
    [`${prefix}_suspended`]: { get: (_t, self) => asGenerator(self).state === 'suspended' && !isExecuting(asGenerator(self)) },
    [`${prefix}_code`]: { get: (_t, self) => asGenerator(self).frame.code },
    [delegateName]: { get: (_t, self) => yieldFromOf(asGenerator(self)) },
  };
}

const THROW: MethodRow = [gen_throw, '!($self, type, value=None, traceback=None, /)', 'Raise an exception at the point where the generator is paused.'];
const CLOSE: MethodRow = [generatorClose, '($self, /)', 'Raise GeneratorExit inside the generator.'];
const SEND: MethodRow = [sendInCaller, '($self, value, /)', 'Resume the generator with a value.'];

function warnUnawaited(t: Thread, coroutine: PyGenerator): void {
  const explain = lookupAttr(t, importModule(t, 'warnings'), '_warn_unawaited_coroutine');
  if (explain !== undefined) call(t, explain, [coroutine]);
  else warn(t, RuntimeWarning, `coroutine '${coroutine.qualname}' was never awaited`);
}

/** What happens to a generator or coroutine that nobody holds any more (_PyGen_Finalize). */
function gen_finalize(t: Thread, self: PyGenerator): void {
  if (self.state === 'done' || self.state === 'running') return;
  const isUnawaited = self.kind === 'coroutine' && self.state === 'created';
  try {
    if (self.kind === 'async_generator' && self.more.finalizer !== null && !self.more.closed) call(t, self.more.finalizer, [self]);
    else if (isUnawaited) warnUnawaited(t, self);
    else generatorClose(t, self);
  } catch (caught) {
    const what = isUnawaited ? 'finalizing' : 'closing';
    reportFinalizer(t, caught, `Exception ignored while ${what} ${kindWord(self)} ${repr(t, self)}`, null);
  }
}

/** The slot that generators, coroutines and async generators share. */
export const GENERATOR_FINALIZE = { tp_finalize: gen_finalize };

readyType(GENERATOR_TYPE, {
  slots: {
    ...GENERATOR_FINALIZE,
    tp_repr: (_t, self: PyGenerator) => `<generator object ${self.qualname} at ${addressOf(self)}>`,
    tp_iter: (_t, self) => self,
    tp_iternext: gen_iternext,
  },
  methods: { send: SEND, throw: THROW, close: CLOSE, __class_getitem__: CLASS_GETITEM },
  getset: generatorGetset('gi', 'gi_yieldfrom'),
});

/** `coroutine_wrapper`: what `coroutine.__await__()` returns. */
export class PyCoroutineWrapper extends PyObject {
  readonly coroutine: PyGenerator;
  constructor(coroutine: PyGenerator) {
    super(COROUTINE_WRAPPER_TYPE);
    this.coroutine = coroutine;
  }
}

readyType(COROUTINE_TYPE, {
  slots: {
    ...GENERATOR_FINALIZE,
    tp_repr: (_t, self: PyGenerator) => `<coroutine object ${self.qualname} at ${addressOf(self)}>`,
    am_await: (_t, self: PyGenerator) => new PyCoroutineWrapper(self),
  },
  methods: { send: SEND, throw: THROW, close: CLOSE, __class_getitem__: CLASS_GETITEM },
  getset: { ...generatorGetset('cr', 'cr_await'), cr_origin: { get: (_t, self) => asGenerator(self).more.origin } },
});

readyType(COROUTINE_WRAPPER_TYPE, {
  slots: {
    tp_iter: (_t, self) => self,
    tp_iternext: (t, self: PyCoroutineWrapper) => gen_iternext(t, self.coroutine),
  },
  methods: {
    send: [(t: Thread, self: PyCoroutineWrapper, value: Value) => sendInCaller(t, self.coroutine, value), '($self, value, /)', 'Resume the coroutine with a value.'],
    throw: [
      (t: Thread, self: PyCoroutineWrapper, type: Value, value?: Value, traceback?: Value) => gen_throw(t, self.coroutine, type, value, traceback),
      '!($self, type, value=None, traceback=None, /)', 'Raise an exception inside the coroutine.',
    ],
    close: [(t: Thread, self: PyCoroutineWrapper) => generatorClose(t, self.coroutine), '($self, /)', 'Raise GeneratorExit inside the coroutine.'],
  },
});

