/** `_thread`: threads, locks, thread-local data (Modules/_threadmodule.c). Scheduling is `sched/thread-scheduler.ts`. */
import { PyDict, PyTuple } from '../core/containers.ts';
import { PyBaseException } from '../core/exception.ts';
import { FRAME_BOTTOM, PyFunction, PyMethod, type Frame } from '../core/function.ts';
import { alwaysQuiet } from '../core/quiet.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import { Thread, type PARKED } from '../core/thread.ts';
import { PyObject, type Value } from '../core/value.ts';
import { genericGetAttr, genericSetAttr, getAttr, lookupAttr } from '../objects/attributes.ts';
import { threadEnded } from '../interp/instrument/state.ts';
import { callMethod, isCallable } from '../objects/call.ts';
import { RuntimeError, SystemExit } from '../objects/exception-types.ts';
import { interpreterEntry } from '../objects/entry-point.ts';
import { importModule } from '../objects/import-hook.ts';
import { newDict, newFloat, newTuple } from '../objects/make.ts';
import { tableGetStr } from '../objects/hash-table.ts';
import { toSize } from '../objects/operators.ts';
import { isRaised, newException, raise, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { repr } from '../objects/text.ts';
import { isTrue } from '../objects/truth.ts';
import { readyType } from '../objects/type-ready.ts';
import { asFloat, asInt, asStr } from '../objects/type-of.ts';
import { structSequenceType } from '../objects/struct-sequence.ts';
import { bindFrame } from '../interp/call-frame.ts';
import { threadMain } from '../interp/thread-main.ts';
import { printException } from '../interp/show-exception.ts';
import { reportUnraisable } from './sys.ts';
import { LOCK_TYPE, newLock, RLOCK_TYPE, TIMEOUT_MAX } from './_thread/locks.ts';
import { parkFor } from './_thread/waiters.ts';
import type { NativeModule } from './native-module.ts';
import { simulateSignal } from './_signal.ts';
import { SIGINT } from './_signal/table.ts';

const LOCAL_TYPE = staticType('_local', { module: '_thread', baseType: true, hasDict: true, hasWeakref: true });
const HANDLE_TYPE = staticType('_ThreadHandle', { module: '_thread', hasWeakref: true });
const EXCEPT_HOOK_ARGS = structSequenceType('_ExceptHookArgs', { module: '_thread', fields: ['exc_type', 'exc_value', 'exc_traceback', 'thread'] });

/** `_local`: one dict per thread; `__init__` runs again in every thread that looks. */
class PyLocal extends PyObject {
  readonly args: Value[];
  readonly keywords: KeywordNames;
  constructor(type: PyType, args: Value[], keywords: KeywordNames) {
    super(type);
    this.args = args;
    this.keywords = keywords;
  }
}

/** Makes the running thread's dict the instance dict. */
function selectDict(t: Thread, self: PyLocal): void {
  let dict = t.storage.get(self) as PyDict | undefined;
  if (dict !== undefined) {
    self.dict = dict;
    return;
  }
  dict = newDict();
  t.storage.set(self, dict);
  self.dict = dict;
  const init = self.type.slots.tp_init;
  if (init !== null && self.args.length > 0) init(t, self, self.args, self.keywords);
  else if (self.type.flags.heapType && init !== null) init(t, self, [], null);
}

readyType(LOCAL_TYPE, {
  doc: 'Thread-local data.',
  slots: {
    tp_alloc: (type) => new PyLocal(type, [], null),
    tp_new: (t, type, args, keywords) => {
      if (args.length > 0 && !type.flags.heapType) raiseTypeError('Initialization arguments are not supported');
      const self = new PyLocal(type, args, keywords);
      const dict = newDict();
      t.storage.set(self, dict);
      self.dict = dict;
      return self;
    },
    tp_getattro: (t, self: PyLocal, name) => {
      selectDict(t, self);
      return name === '__dict__' ? self.dict! : genericGetAttr(t, self, name);
    },
    tp_setattro: (t, self: PyLocal, name, value) => {
      if (name === '__dict__') throw newException(getAttr(t, importModule(t, 'builtins'), 'AttributeError') as PyType, `'${self.type.name}' object attribute '__dict__' is read-only`);
      selectDict(t, self);
      genericSetAttr(t, self, name, value);
    },
  },
});

/** A joinable thread. */
class PyThreadHandle extends PyObject {
  thread: Thread | null = null;
  done = false;
}

function handle_join(t: Thread, self: PyThreadHandle, timeout?: Value): Value | typeof PARKED {
  if (self.thread === t) raise(RuntimeError, 'Cannot join current thread');
  if (self.thread === null && !self.done) raise(RuntimeError, 'thread not started');
  if (self.done) return null;
  const seconds = timeout === undefined || timeout === null ? -1 : asFloat(timeout) ?? Number(asInt(timeout));
  const deadline = seconds < 0 ? Infinity : performance.now() + seconds * 1000;
  return parkFor(t, { reason: 'thread.join', deadline, isInternal: true, ready: () => self.done, finish: () => null });
}

function handle_setDone(_t: Thread, self: PyThreadHandle): void {
  if (self.thread === null && !self.done) raise(RuntimeError, 'thread not started');
  self.done = true;
}

readyType(HANDLE_TYPE, {
  slots: {
    tp_new: (_t, type) => new PyThreadHandle(type),
    tp_repr: (_t, self: PyThreadHandle) => `<_ThreadHandle object: ident=${self.thread?.id ?? 0}>`,
  },
  methods: {
    join: [handle_join, '!($self, timeout=-1, /)', 'Wait for the thread to finish.'],
    is_done: [(_t: Thread, self: PyThreadHandle) => self.done, '!($self, /)', 'Whether the thread has finished.'],
    _set_done: [handle_setDone, '!($self, /)', 'Mark as finished.'],
  },
  getset: { ident: { get: (_t, self) => (self as PyThreadHandle).thread?.id ?? 0 } },
});

interface ThreadState {
  nextId: number;
  started: number;
  /** Threads that the end of the interpreter waits for: no daemons. */
  readonly awaited: Set<Thread>;
}

function threadState(t: Thread): ThreadState {
  const { moduleState } = t.interpreter;
  let state = moduleState.get('_thread') as ThreadState | undefined;
  if (state === undefined) {
    state = { nextId: 2, started: 0, awaited: new Set() };
    moduleState.set('_thread', state);
  }
  return state;
}

/** The bottom frame of a new thread: the function's own where it is a Python function that is entered in the usual way, else one that calls it. */
function bottomFrame(t: Thread, func: Value, args: Value[], keywords: KeywordNames): Frame {
  if (func instanceof PyMethod && func.func instanceof PyFunction) return bottomFrame(t, func.func, [func.self, ...args], keywords);
  if (func instanceof PyFunction && func.entryPoint === interpreterEntry()) return bindFrame(t, func, args, keywords);
  const positional = args.slice(0, args.length - (keywords?.length ?? 0));
  const named = newDict();
  keywords?.forEach((name, i) => callMethod(t, named, '__setitem__', name, args[positional.length + i]!));
  return bindFrame(t, threadMain(t), [func, newTuple(positional), named], null);
}

/** A scheduler that can start threads. */
interface StartingScheduler {
  start(t: Thread): void;
}

function startThread(t: Thread, func: Value, args: Value[], keywords: KeywordNames, onExit: (() => void) | null): Thread {
  if (t.interpreter.finalizing) raise(RuntimeError, "can't create new thread at interpreter shutdown");
  const state = threadState(t);
  const thread = new Thread(t.interpreter, state.nextId++, t.breaker);
  const frame = bottomFrame(t, func, args, keywords);
  frame.kind |= FRAME_BOTTOM;
  thread.frame = frame;
  thread.depth = 1;
  thread.nesting = 1;
  state.started++;
  thread.startFunction = func;
  thread.onExit = () => {
    threadEnded(thread);
    state.started--;
    state.awaited.delete(thread);
    onExit?.();
  };
  t.interpreter.threads.set(thread.id, thread);
  (t.interpreter.scheduler as unknown as StartingScheduler).start(thread);
  return thread;
}

function thread_start_new_thread(t: Thread, func: Value, args: Value, kwargs?: Value): Value {
  if (!isCallable(func)) raiseTypeError('first arg must be callable');
  if (!(args instanceof PyTuple)) raiseTypeError('2nd arg must be a tuple');
  if (kwargs !== undefined && !(kwargs instanceof PyDict)) raiseTypeError('optional 3rd arg must be a dictionary');
  const names: string[] = [];
  const values = args.items.slice();
  if (kwargs instanceof PyDict) {
    kwargs.table.keys.forEach((key, i) => {
      if (key === undefined) return;
      names.push(asStr(key) ?? raiseTypeError('keywords must be strings'));
      values.push(kwargs.table.values[i]!);
    });
  }
  return startThread(t, func, values, names.length === 0 ? null : names, null).id;
}

function thread_start_joinable_thread(t: Thread, func: Value, handle?: Value, daemon?: Value): Value {
  if (!isCallable(func)) raiseTypeError('thread function must be callable');
  if (handle !== undefined && handle !== null && !(handle instanceof PyThreadHandle)) raiseTypeError("'handle' must be a _ThreadHandle");
  const target = handle instanceof PyThreadHandle ? handle : new PyThreadHandle(HANDLE_TYPE);
  if (target.thread !== null) raise(RuntimeError, 'thread already started');
  target.thread = startThread(t, func, [], null, () => (target.done = true));
  if (daemon !== undefined && !isTrue(t, daemon)) threadState(t).awaited.add(target.thread);
  return target;
}

function thread_make_handle(t: Thread, ident: Value): Value {
  const handle = new PyThreadHandle(HANDLE_TYPE);
  handle.thread = t.interpreter.threads.get(Number(asInt(ident))) ?? null;
  handle.done = handle.thread === null;
  return handle;
}

/** `threading.excepthook`'s native form: prints an exception that ended a thread. */
function thread_excepthook(t: Thread, args: Value): Value {
  const items = args instanceof PyTuple ? args.items : raiseTypeError('_thread._excepthook argument type must be ExceptHookArgs');
  const [type, value, , thread] = items as [Value, Value, Value, Value];
  if (type === SystemExit) return null;
  const stderr = tableGetStr(t.interpreter.sys.table, 'stderr');
  if (stderr === undefined || stderr === null) return null;
  const name = thread === null ? t.id : lookupAttr(t, thread, 'name');
  callMethod(t, stderr, 'write', `Exception in thread ${typeof name === 'string' ? name : String(t.id)}:\n`);
  printException(t, value);
  return null;
}

/** What the scheduler calls when a thread dies of an exception. */
export function reportThreadDeath(t: Thread, exception: PyBaseException): void {
  if (isRaised(exception, SystemExit)) return;
  reportUnraisable(t, exception, `Exception ignored in thread started by ${repr(t, t.startFunction)}`, null);
}

/** What the scheduler calls when a wait inside a native call would be for ever, as it buries the threads that could end it (`docs/scheduling.md`). */
export function raiseDeadlock(reason: string): never {
  raise(RuntimeError, `deadlock: ${reason} inside a native call that called Python keeps the threads from going on that were in one before it`);
}

function thread_shutdown(t: Thread): Value | typeof PARKED {
  const { awaited } = threadState(t);
  const alive = (): boolean => [...awaited].some((thread) => t.interpreter.threads.has(thread.id));
  return alive() ? parkFor(t, { reason: 'shutdown', deadline: Infinity, isInternal: true, ready: () => !alive(), finish: () => null }) : null;
}

/** The handler runs at the main thread's next safepoint, as for a signal that came from outside. */
function thread_interrupt_main(t: Thread, signum?: Value): void {
  simulateSignal(t, signum === undefined ? SIGINT : Number(asInt(signum) ?? raiseTypeError(`'${typeName(signum)}' object cannot be interpreted as an integer`)));
}

/** What Linux asks of a thread's stack at least, as CPython says it. */
const MINIMAL_STACK = 53_248;
const STACK_STATE = '_thread stack size';

/** `stack_size([size])`: the number is checked and kept for the next call. */
function thread_stack_size(t: Thread, size?: Value): Value {
  const { moduleState } = t.interpreter;
  const old = (moduleState.get(STACK_STATE) as number | undefined) ?? 0;
  if (size === undefined) return old;
  const wanted = toSize(t, size);
  if (wanted !== 0 && wanted < MINIMAL_STACK) raiseValueError(`size must be at least ${MINIMAL_STACK} bytes`);
  moduleState.set(STACK_STATE, wanted);
  return old;
}

/** The table. */
export const THREAD_MODULE: NativeModule = {
  name: '_thread',
  doc: 'This module provides primitive operations to write multi-threaded programs.',
  types: { LockType: LOCK_TYPE, lock: LOCK_TYPE, RLock: RLOCK_TYPE, _local: LOCAL_TYPE, _ThreadHandle: HANDLE_TYPE, _ExceptHookArgs: EXCEPT_HOOK_ARGS },
  attributes: (t) => ({ TIMEOUT_MAX: newFloat(TIMEOUT_MAX), error: getAttr(t, t.interpreter.moduleState.get('module:builtins') as Value, 'RuntimeError') }),
  functions: {
    start_new_thread: [thread_start_new_thread, '!($module, function, args, kwargs=<unrepresentable>, /)', 'Start a new thread and return its identifier.'],
    start_new: [thread_start_new_thread, '!($module, function, args, kwargs=<unrepresentable>, /)', 'An obsolete synonym of start_new_thread().'],
    start_joinable_thread: [thread_start_joinable_thread, '!($module, function, handle=None, daemon=True)', 'Start a new thread that can be joined.'],
    daemon_threads_allowed: [() => true, '($module, /)', 'Return True if daemon threads are allowed.'],
    allocate_lock: [newLock, '($module, /)', 'Create a new lock object.'],
    allocate: [newLock, '($module, /)', 'An obsolete synonym of allocate_lock().'],
    get_ident: [alwaysQuiet((t: Thread) => t.id, 'look', 'int'), '($module, /)', 'Return a non-zero integer that uniquely identifies the current thread.'],
    get_native_id: [(t: Thread) => process.pid + t.id - 1, '($module, /)', 'Return a non-negative integer identifying the thread.'],
    _get_main_thread_ident: [(t: Thread) => t.interpreter.mainThread.id, '($module, /)', 'Internal only. Return a non-zero integer that uniquely identifies the main thread.'],
    _is_main_interpreter: [(t: Thread) => t.interpreter.id === 0, '($module, /)', 'Return True if the current interpreter is the main Python interpreter.'],
    _count: [(t: Thread) => threadState(t).started, '($module, /)', 'Return the number of currently running Python threads, excluding the main thread.'],
    _make_thread_handle: [thread_make_handle, '($module, ident, /)', 'Internal only. Make a thread handle for threads not spawned by the _thread or threading module.'],
    _shutdown: [thread_shutdown, '($module, /)', 'Wait for all non-daemon threads to stop.'],
    _excepthook: [thread_excepthook, '($module, args, /)', 'Handle uncaught Thread.run() exception.'],
    exit: [() => { throw newException(SystemExit); }, '($module, /)', 'Raise SystemExit.'],
    exit_thread: [() => { throw newException(SystemExit); }, '($module, /)', 'An obsolete synonym of exit().'],
    interrupt_main: [thread_interrupt_main, '!($module, signum=signal.SIGINT, /)', 'Simulate the arrival of the given signal in the main thread.'],
    stack_size: [thread_stack_size, '!($module, size=0, /)', 'Return the stack size for new threads, and set it: noted only, as threads are frames and have no stack.'],
    set_name: [() => null, '($module, /, name)', 'Set the name of the current thread.'],
  },
};

