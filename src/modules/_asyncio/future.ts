/**
 * `_asyncio.Future` (Modules/_asynciomodule.c).
 *
 *   pending ──set_result, set_exception──▶ finished
 *   pending ──cancel──▶ cancelled
 *
 * INV-1: callbacks are handed to the loop's `call_soon` exactly once, when the future leaves `pending`; later ones go there at once.
 */
import { PyBaseException, type PyTraceback } from '../../core/exception.ts';
import { alwaysQuiet, withQuietForm } from '../../core/quiet.ts';
import { EQ, PyType, type KeywordNames } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { CO } from '../../bytecode/code.ts';
import type { PyFunction } from '../../core/function.ts';
import { PyInstance } from '../../core/instance.ts';
import type { Shape } from '../../core/shape.ts';
import type { PyDict } from '../../core/containers.ts';
import { linkToPyObject, PyObject, type Maybe, type Value } from '../../core/value.ts';
import { call, callMethod, callCompiled, callMethodWith, plainMethod } from '../../objects/call.ts';
import { setFinalizerKind, watchFinalizer } from '../../objects/finalize.ts';
import { typeLookup } from '../../objects/attributes.ts';
import { compareBool } from '../../objects/compare.ts';
import { BaseException, RuntimeError, StopIteration } from '../../objects/exception-types.ts';
import { CLASS_GETITEM } from '../../objects/generic-alias-record.ts';
import { importModule } from '../../objects/import-hook.ts';
import { setDict } from '../../objects/instance-dict.ts';
import { newDict, newList, newSet, newTuple } from '../../objects/make.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { isRaised, newException, raise, raiseAttributeError, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { setAdd } from '../../objects/set.ts';
import { staticType } from '../../objects/static-types.ts';
import { newFrozenSet } from '../../objects/make.ts';
import { str } from '../../objects/text.ts';
import { isTrue } from '../../objects/truth.ts';
import { readyType, type GetSet } from '../../objects/type-ready.ts';
import { isSubtype, typeOf } from '../../objects/type-of.ts';
import { NativeDefinition } from '../../core/native.ts';
import { tableFindStr, tableSetStr } from '../../objects/hash-table.ts';
import { copyCurrentContext } from '../_contextvars.ts';
import { reportUnraisable } from '../sys.ts';
import { cancelledErrorType, eventLoop, library } from './loops.ts';

/** Where a future stands; the words are those of `_state`. */
export type FutureState = 'PENDING' | 'CANCELLED' | 'FINISHED';

/** A callback with the context that it runs in. */
interface DoneCallback {
  readonly run: Value;
  readonly context: Value;
}

/** Nearly all futures have one. */
type DoneCallbacks = DoneCallback | DoneCallback[] | null;

/** `_asyncio.Future`. @hot one for each task, and for what it waits for */
export class PyFuture {
  type: PyType;
  dict: PyDict | null;
  /** Undefined until `__init__` has run. */
  loop: Maybe;
  state: FutureState;
  result: Value;
  exception: PyBaseException | null;
  exceptionTraceback: PyTraceback | null;
  callbacks: DoneCallbacks;
  cancelMessage: Value;
  cancelledError: PyBaseException | null;
  sourceTraceback: Value;
  logTraceback: boolean;
  /** Set by the iterator: the task that gets the future knows that it came from `await`. */
  blocking: boolean;
  /** Futures (tasks) that await this one: one of them, or several. */
  awaitedBy: PyFuture | Set<PyFuture> | null;

  constructor(type: PyType) {
    this.type = type;
    this.dict = null;
    this.loop = undefined;
    this.state = 'PENDING';
    this.result = null;
    this.exception = null;
    this.exceptionTraceback = null;
    this.callbacks = null;
    this.cancelMessage = null;
    this.cancelledError = null;
    this.sourceTraceback = null;
    this.logTraceback = false;
    this.blocking = false;
    this.awaitedBy = null;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyFuture extends PyObject {}
linkToPyObject(PyFuture);

/** The type. */
export const FUTURE_TYPE = staticType('Future', { module: '_asyncio', baseType: true, hasDict: true, hasWeakref: true });

const INIT = new NativeDefinition('Future', () => null, '(*, loop=None)', '', 'method');

/** The part of `__init__` that tasks share. */
export function initFuture(t: Thread, self: PyFuture, loop: Maybe): void {
  const owner = loop === undefined || loop === null ? eventLoop(t) : loop;
  if (self.loop !== undefined) reset(self);
  self.loop = owner;
  if (isTrue(t, askLoop(t, GET_DEBUG, owner))) self.sourceTraceback = callMethod(t, importModule(t, 'traceback'), 'extract_stack');
}

/** `__init__` is called once more. */
function reset(self: PyFuture): void {
  self.state = 'PENDING';
  self.result = null;
  self.exception = null;
  self.exceptionTraceback = null;
  self.callbacks = null;
  self.cancelMessage = null;
  self.cancelledError = null;
  self.sourceTraceback = null;
  self.logTraceback = false;
  self.blocking = false;
  self.awaitedBy = null;
}

function future_init(t: Thread, self: PyFuture, args: Value[], keywords: KeywordNames): void {
  const [loop] = bindArguments(INIT, 'Future', null, false, args, keywords) as [Maybe];
  initFuture(t, self, loop);
}

/** The loop of an initialised future; raises RuntimeError for one whose `__init__` has not run. */
export function requireLoop(self: PyFuture): Value {
  return self.loop === undefined ? raise(RuntimeError, 'Future object is not initialized.') : self.loop;
}

const CONTEXT: KeywordNames = ['context'];

/** A method of the loop that was asked last: the Python function of its class, null where it has to be looked up. */
export interface LoopMethod {
  readonly name: string;
  type: PyType | null;
  version: number;
  shape: Shape | null;
  func: PyFunction | null;
}

/** Declared cache: `(self, callback, *args, context=None)`, as `BaseEventLoop` has it. */
const CALL_SOON: LoopMethod = { name: 'call_soon', type: null, version: 0, shape: null, func: null };
/** Declared cache. */
const GET_DEBUG: LoopMethod = { name: 'get_debug', type: null, version: 0, shape: null, func: null };
/** Declared cache. */
export const IS_RUNNING: LoopMethod = { name: 'is_running', type: null, version: 0, shape: null, func: null };

function loopMethod(known: LoopMethod, loop: Value): PyFunction | null {
  if (!(loop instanceof PyInstance)) return null;
  const { type, shape } = loop;
  if (known.type === type && known.version === type.version && known.shape === shape) return known.func;
  const method = plainMethod(loop, known.name);
  known.type = type;
  known.version = type.version;
  known.shape = shape;
  known.func = shape === null ? null : (method ?? null);
  return known.func;
}

/** A method of the loop, called without arguments. @hot each future */
export function askLoop(t: Thread, method: LoopMethod, loop: Value): Value {
  const func = loopMethod(method, loop);
  const answer = func !== null && func.code.simpleArgcount === 1 ? callCompiled(t, func, loop, null, null, null) : undefined;
  return answer === undefined ? callMethod(t, loop, method.name) : answer;
}

/** Whether the parameters are `(self, callback, *args, context)`. */
function hasUsualParameters({ code: { code } }: PyFunction): boolean {
  return code.argcount === 2 && code.kwonlyargcount === 1 && code.localsplusnames[2] === 'context' && (code.flags & (CO.VARARGS | CO.VARKEYWORDS)) === CO.VARARGS;
}

/** `loop.call_soon(callback, *args, context=context)`. @hot each step of a task */
export function callSoon(t: Thread, loop: Value, callback: Value, args: readonly Value[], context: Value): void {
  const func = loopMethod(CALL_SOON, loop);
  if (func !== null && hasUsualParameters(func) && callCompiled(t, func, loop, callback, context, newTuple(args as Value[])) !== undefined) return;
  callMethodWith(t, loop, 'call_soon', [callback, ...args, context], CONTEXT);
}

function scheduleCallbacks(t: Thread, self: PyFuture): void {
  const { callbacks } = self;
  if (callbacks === null) return;
  self.callbacks = null;
  if (callbacks instanceof Array) for (const { run, context } of callbacks) callSoon(t, self.loop!, run, [self], context);
  else callSoon(t, self.loop!, callbacks.run, [self], callbacks.context);
}

function raiseInvalidState(t: Thread, message: string): never {
  throw newException(library(t, 'exceptions', 'InvalidStateError') as PyType, message);
}

/** `set_result`, for tasks too. */
export function finishWithResult(t: Thread, self: PyFuture, result: Value): void {
  requireLoop(self);
  if (self.state !== 'PENDING') raiseInvalidState(t, 'invalid state');
  self.result = result;
  self.state = 'FINISHED';
  scheduleCallbacks(t, self);
}

function exceptionInstance(t: Thread, value: Value): PyBaseException {
  const exception = value instanceof PyType && isSubtype(value, BaseException) ? call(t, value, []) : value;
  if (!(exception instanceof PyBaseException)) raiseTypeError('invalid exception object');
  if (!isSubtype(exception.type, StopIteration)) return exception;
  const replaced = newException(RuntimeError, 'StopIteration interacts badly with generators and cannot be raised into a Future');
  replaced.cause = exception;
  replaced.context = exception;
  replaced.suppressContext = true;
  return replaced;
}

/** `set_exception`, for tasks too. */
export function finishWithException(t: Thread, self: PyFuture, value: Value): void {
  requireLoop(self);
  if (self.state !== 'PENDING') raiseInvalidState(t, 'invalid state');
  const exception = exceptionInstance(t, value);
  self.exception = exception;
  self.exceptionTraceback = exception.traceback;
  self.state = 'FINISHED';
  scheduleCallbacks(t, self);
  self.logTraceback = true;
  watchFinalizer(self);
}

/** `Future.cancel`; false when the future is done. */
export function cancelFuture(t: Thread, self: PyFuture, message: Maybe): boolean {
  requireLoop(self);
  self.logTraceback = false;
  if (self.state !== 'PENDING') return false;
  self.state = 'CANCELLED';
  self.cancelMessage = message === undefined ? null : message;
  scheduleCallbacks(t, self);
  return true;
}

/** The error that a cancelled future raises; a saved one is handed out once. */
export function makeCancelledError(t: Thread, self: PyFuture): PyBaseException {
  const saved = self.cancelledError;
  if (saved !== null) {
    self.cancelledError = null;
    return saved;
  }
  const message = self.cancelMessage;
  return call(t, cancelledErrorType(t), message === null ? [] : [message]) as PyBaseException;
}

/** What `result()` would raise, or null; raises InvalidStateError for a pending future. */
export function failureOf(t: Thread, self: PyFuture): PyBaseException | null {
  if (self.state === 'CANCELLED') return makeCancelledError(t, self);
  if (self.state !== 'FINISHED') raiseInvalidState(t, 'Result is not set.');
  self.logTraceback = false;
  if (self.exception !== null) self.exception.traceback = self.exceptionTraceback;
  return self.exception;
}

/** `result` and `exception` have another error than the rest for a future whose `__init__` has not run. */
function requireInitialized(t: Thread, self: PyFuture): void {
  if (self.loop === undefined) raiseInvalidState(t, 'Future object is not initialized.');
}

/** `result()`. */
export function futureResult(t: Thread, self: PyFuture): Value {
  requireInitialized(t, self);
  const failure = failureOf(t, self);
  if (failure !== null) throw failure;
  return self.result;
}

withQuietForm(futureResult, { call: (_t: Thread, self: PyFuture): Maybe => (hasResult(self) ? self.result : undefined), effect: 'look', result: 'any' });

/** Whether `result()` and `exception()` have nothing to raise and nothing to note. */
function hasResult(self: PyFuture): boolean {
  return self.state === 'FINISHED' && self.exception === null && self.loop !== undefined && !self.logTraceback;
}

function future_exception(t: Thread, self: PyFuture): Value {
  requireInitialized(t, self);
  if (self.state === 'CANCELLED') throw makeCancelledError(t, self);
  if (self.state !== 'FINISHED') raiseInvalidState(t, 'Exception is not set.');
  self.logTraceback = false;
  return self.exception;
}

withQuietForm(future_exception, { call: (_t: Thread, self: PyFuture): Maybe => (hasResult(self) ? null : undefined), effect: 'look', result: 'none' });

const future_cancelled = alwaysQuiet((_t: Thread, self: PyFuture) => self.state === 'CANCELLED', 'look', 'bool');

const future_done = alwaysQuiet((_t: Thread, self: PyFuture) => self.loop !== undefined && self.state !== 'PENDING', 'look', 'bool');

/** `add_done_callback`; without a context the current one is copied. */
export function addDoneCallback(t: Thread, self: PyFuture, run: Value, context: Maybe): void {
  const loop = requireLoop(self);
  const own = context === undefined ? copyCurrentContext(t) : context;
  if (self.state !== 'PENDING') callSoon(t, loop, run, [self], own);
  else keepCallback(self, { run, context: own });
}

function keepCallback(self: PyFuture, callback: DoneCallback): void {
  if (self.callbacks === null) self.callbacks = callback;
  else if (self.callbacks instanceof Array) self.callbacks.push(callback);
  else self.callbacks = [self.callbacks, callback];
}

withQuietForm(addDoneCallback, {
  call: (t: Thread, self: PyFuture, run: Value, context: Maybe): Maybe => {
    if (self.state !== 'PENDING' || self.loop === undefined) return undefined;
    keepCallback(self, { run, context: context === undefined ? copyCurrentContext(t) : context });
    return null;
  },
  effect: 'change',
  result: 'none',
});

/** What a task asks of a future that it waits for. */
const AWAITED_NAMES = ['get_loop', 'add_done_callback', 'result', '_asyncio_future_blocking'] as const;

/** Declared cache: the subclass that was asked for last, and whether it has nothing of its own under `AWAITED_NAMES`. */
let subclass: { readonly type: PyType; readonly version: number; readonly isUsual: boolean } | null = null;

function inherits(type: PyType): boolean {
  const { tp_getattro: get, tp_setattro: set } = FUTURE_TYPE.slots;
  return type.slots.tp_getattro === get && type.slots.tp_setattro === set && AWAITED_NAMES.every((name) => typeLookup(type, name) === typeLookup(FUTURE_TYPE, name));
}

/** Whether a task may wait for a future without asking its class: nobody could tell. @hot each `await asyncio.gather(...)` */
export function isUsualFuture(value: Value): value is PyFuture {
  if (!(value instanceof PyFuture)) return false;
  const { type, dict, loop } = value;
  if (!type.flags.heapType) return true;
  if (subclass === null || subclass.type !== type || subclass.version !== type.version) subclass = { type, version: type.version, isUsual: inherits(type) };
  return subclass.isUsual && loop !== undefined && (dict === null || AWAITED_NAMES.every((name) => tableFindStr(dict.table, name) < 0));
}

function callbacksOf({ callbacks }: PyFuture): readonly DoneCallback[] {
  if (callbacks === null) return [];
  return callbacks instanceof Array ? callbacks : [callbacks];
}

function future_removeDoneCallback(t: Thread, self: PyFuture, fn: Value): Value {
  requireLoop(self);
  const before = callbacksOf(self);
  const kept: DoneCallback[] = [];
  // The comparison may run Python code that changes the list: what is there then counts.
  for (let i = 0; i < callbacksOf(self).length; i++) {
    const callback = callbacksOf(self)[i]!;
    if (!compareBool(t, callback.run, fn, EQ)) kept.push(callback);
  }
  const removed = Math.max(0, before.length - kept.length);
  self.callbacks = self.callbacks === null || kept.length === 0 ? null : kept;
  return removed;
}

/** Refuses to delete an attribute. */
export function refuseDeletion(self: Value, name: string): never {
  return raiseAttributeError(self, `attribute '${name}' of '${typeName(self)}' objects cannot be deleted`, name);
}

function set_logTraceback(t: Thread, self: Value, value: Maybe): void {
  if (value === undefined) refuseDeletion(self, '_log_traceback');
  if (isTrue(t, value)) raiseValueError('_log_traceback can only be set to False');
  (self as PyFuture).logTraceback = false;
}

function future_callbacks(_t: Thread, self: Value): Value {
  const callbacks = callbacksOf(self as PyFuture);
  return callbacks.length === 0 ? null : newList(callbacks.map(({ run, context }) => newTuple([run, context])));
}

/** `future_add_to_awaited_by`. */
export function addAwaiter(future: Value, waiter: Value): void {
  if (!(future instanceof PyFuture) || !(waiter instanceof PyFuture)) return;
  const others = future.awaitedBy;
  if (others === null || others === waiter) future.awaitedBy = waiter;
  else if (others instanceof Set) others.add(waiter);
  else future.awaitedBy = new Set([others, waiter]);
}

/** `future_discard_from_awaited_by`. */
export function discardAwaiter(future: Value, waiter: Value): void {
  if (!(future instanceof PyFuture) || !(waiter instanceof PyFuture)) return;
  const others = future.awaitedBy;
  if (others === waiter) future.awaitedBy = null;
  else if (others instanceof Set) others.delete(waiter);
}

function future_awaitedBy(t: Thread, self: Value): Value {
  const { awaitedBy } = self as PyFuture;
  const waiters = awaitedBy === null ? [] : awaitedBy instanceof Set ? [...awaitedBy] : [awaitedBy];
  if (waiters.length === 0) return null;
  const set = newSet();
  for (const waiter of waiters) setAdd(t, set.table, waiter);
  return newFrozenSet(set.table);
}

/** Hands `{name: value}` to the loop's exception handler; what that raises cannot be raised. */
export function callExceptionHandler(t: Thread, self: PyFuture, entries: Readonly<Record<string, Value>>): void {
  const context = newDict();
  for (const [name, value] of Object.entries(entries)) tableSetStr(context.table, name, value);
  if (self.sourceTraceback !== null) tableSetStr(context.table, 'source_traceback', self.sourceTraceback);
  try {
    callMethod(t, self.loop!, 'call_exception_handler', context);
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    reportUnraisable(t, caught, null, self);
  }
}

/** `__del__`: an exception that nobody has asked for is reported. */
export function future_del(t: Thread, self: PyFuture): void {
  if (!self.logTraceback) return;
  self.logTraceback = false;
  callExceptionHandler(t, self, { message: `${typeOf(self).name} exception was never retrieved`, exception: self.exception, future: self });
}

setFinalizerKind(FUTURE_TYPE, { isSpent: (self) => !(self as PyFuture).logTraceback, isResource: false, finalize: (t, self) => future_del(t, self as PyFuture) });

const future = (self: Value): PyFuture => self as PyFuture;

/** Attributes of futures and tasks. */
const FUTURE_GETSET: Readonly<Record<string, GetSet>> = {
  _state: { get: (_t, self) => (requireLoop(future(self)), future(self).state) },
  _asyncio_future_blocking: {
    get: (_t, self) => future(self).blocking,
    set: (t, self, value) => {
      requireLoop(future(self));
      if (value === undefined) refuseDeletion(self, '_asyncio_future_blocking');
      future(self).blocking = isTrue(t, value);
    },
  },
  _loop: { get: (_t, self) => future(self).loop ?? null },
  _callbacks: { get: (t, self) => (requireLoop(future(self)), future_callbacks(t, self)) },
  _result: { get: (_t, self) => future(self).result },
  _exception: { get: (_t, self) => future(self).exception },
  _log_traceback: { get: (_t, self) => (requireLoop(future(self)), future(self).logTraceback), set: set_logTraceback },
  _source_traceback: { get: (_t, self) => future(self).sourceTraceback },
  _cancel_message: {
    get: (_t, self) => future(self).cancelMessage,
    set: (_t, self, value) => {
      if (value === undefined) refuseDeletion(self, '_cancel_message');
      future(self).cancelMessage = value;
    },
  },
  _asyncio_awaited_by: { get: future_awaitedBy },
  __dict__: { get: (_t, self) => (future(self).dict ??= newDict()), set: setDict },
};

const FUTURE_DOC = `This class is *almost* compatible with concurrent.futures.Future.

Callbacks registered with add_done_callback() are called through the event loop's call_soon(); result() and exception() take no timeout and raise
when the future is not done yet; the class is not thread-safe.`;

/** Fills the type; `iterator` makes what `await` iterates over. */
export function readyFutureType(iterator: (self: PyFuture) => Value): void {
  const iterate = (_t: Thread, self: PyFuture): Value => (requireLoop(self), iterator(self));
  readyType(FUTURE_TYPE, {
    doc: FUTURE_DOC,
    textSignature: '(*, loop=None)',
    slots: {
      tp_alloc: (type) => new PyFuture(type),
      tp_new: (_t, type) => new PyFuture(type),
      tp_init: future_init,
      tp_repr: (t, self) => str(t, call(t, library(t, 'base_futures', '_future_repr'), [self])),
      tp_iter: iterate,
      am_await: iterate,
    },
    methods: {
      result: [futureResult, '($self, /)', 'Return the result this future represents.'],
      exception: [future_exception, '($self, /)', 'Return the exception that was set on this future.'],
      set_result: [finishWithResult, '($self, result, /)', 'Mark the future done and set its result.'],
      set_exception: [finishWithException, '($self, exception, /)', 'Mark the future done and set an exception.'],
      add_done_callback: [addDoneCallback, '($self, fn, /, *, context=<unrepresentable>)', 'Add a callback to be run when the future becomes done.'],
      remove_done_callback: [future_removeDoneCallback, '($self, fn, /)', 'Remove all instances of a callback from the "call when done" list.'],
      cancel: [cancelFuture, '($self, /, msg=None)', 'Cancel the future and schedule callbacks.'],
      cancelled: [future_cancelled, '($self, /)', 'Return True if the future was cancelled.'],
      done: [future_done, '($self, /)', 'Return True if the future is done.'],
      get_loop: [(_t: Thread, self: PyFuture) => requireLoop(self), '($self, /)', 'Return the event loop the Future is bound to.'],
      _make_cancelled_error: [makeCancelledError, '($self, /)', 'Create the CancelledError to raise if the Future is cancelled.'],
      __del__: [future_del, '($self, /)', 'Called when the instance is about to be destroyed.'],
      __class_getitem__: CLASS_GETITEM,
    },
    getset: FUTURE_GETSET,
  });
}

/** Whether something caught is `asyncio.CancelledError`. */
export function isCancelledError(t: Thread, caught: unknown): caught is PyBaseException {
  return isRaised(caught, cancelledErrorType(t));
}
