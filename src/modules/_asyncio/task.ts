/** `_asyncio.Task`: a coroutine driven by an event loop; its steps are in `task-step.ts` (Modules/_asynciomodule.c). */
import type { PyBaseException } from '../../core/exception.ts';
import { PyGenerator } from '../../core/function.ts';
import type { PySet } from '../../core/containers.ts';
import { NativeDefinition } from '../../core/native.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import type { Interpreter, Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { getAttr } from '../../objects/attributes.ts';
import { call, callMethod } from '../../objects/call.ts';
import { RuntimeError } from '../../objects/exception-types.ts';
import { addFinalizer } from '../../objects/finalizers.ts';
import { CLASS_GETITEM } from '../../objects/generic-alias-record.ts';
import { newSet } from '../../objects/make.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { raise, raiseTypeError } from '../../objects/raise.ts';
import { setAdd } from '../../objects/set.ts';
import { staticType } from '../../objects/static-types.ts';
import { repr, str } from '../../objects/text.ts';
import { isTrue } from '../../objects/truth.ts';
import { readyType, type GetSet } from '../../objects/type-ready.ts';
import { asStr } from '../../objects/type-of.ts';
import { copyCurrentContext, enterContext, leaveContext, PyContext } from '../_contextvars.ts';
import { askLoop, callExceptionHandler, cancelFuture, future_del, FUTURE_TYPE, initFuture, IS_RUNNING, PyFuture, refuseDeletion, requireLoop } from './future.ts';
import './future-iterator.ts';
import { library, loopOf, requireRunningLoop, swapCurrentTask } from './loops.ts';

/** `_asyncio.Task`. */
export class PyTask extends PyFuture {
  /** Null once the task is done when it was started eagerly. */
  coroutine: Value;
  /** A number until somebody asks for the name. */
  name: string | number;
  context: Value;
  /** What the coroutine awaits, or None. */
  waiter: Value;
  mustCancel: boolean;
  logDestroyPending: boolean;
  cancelRequests: number;
  /** What the loop calls for a step, and when the waiter is done; null until they were needed. */
  step: Value;
  wakeup: Value;
  /** Neighbours in the registry's list. */
  before: PyTask | null;
  behind: PyTask | null;

  constructor(type: PyType) {
    super(type);
    this.coroutine = null;
    this.name = '';
    this.context = null;
    this.waiter = null;
    this.mustCancel = false;
    this.logDestroyPending = true;
    this.cancelRequests = 0;
    this.step = null;
    this.wakeup = null;
    this.before = null;
    this.behind = null;
  }
}

/** The type. */
export const TASK_TYPE = staticType('Task', { base: FUTURE_TYPE, module: '_asyncio', baseType: true });

const INIT = new NativeDefinition('Task', () => null, '(coro, *, loop=None, name=None, context=None, eager_start=False)', '', 'method');

/** Tasks of an interpreter, and the counter of their names. */
interface TaskRegistry {
  /** Tasks that are not done, a linked list from the youngest on; eager ones are in it once they have waited. */
  youngest: PyTask | null;
  /** Tasks of other classes that were registered. */
  readonly scheduled: Set<Value>;
  readonly eager: Set<Value>;
  /** Eager tasks whose first step runs, each above the one that has made it. No Set: V8 would have to make up a hash for each. */
  readonly starting: PyTask[];
  counter: number;
}

const STATE = '_asyncio tasks';

/** Declared cache: the registry of the interpreter that was asked for last. */
let known: { readonly interpreter: Interpreter; readonly registry: TaskRegistry } | null = null;

/** The registry of the thread's interpreter. */
export function tasksOf(t: Thread): TaskRegistry {
  if (known !== null && known.interpreter === t.interpreter) return known.registry;
  let registry = t.interpreter.moduleState.get(STATE) as TaskRegistry | undefined;
  if (registry === undefined) {
    t.interpreter.moduleState.set(STATE, (registry = { youngest: null, scheduled: new Set(), eager: new Set(), starting: [], counter: 0 }));
    addFinalizer(t, reportPending);
  }
  known = { interpreter: t.interpreter, registry };
  return registry;
}

/** Notes a task that is not done. */
function enlist(registry: TaskRegistry, task: PyTask): void {
  const { youngest } = registry;
  if (youngest !== null) youngest.before = task;
  task.behind = youngest;
  registry.youngest = task;
}

/** Forgets a task that is done, and what would hold it from within: it could not be found dead then (`objects/finalize.ts`). */
export function retire(t: Thread, task: PyTask): void {
  delist(t, task);
  task.step = null;
  task.wakeup = null;
}

/** Takes a task out of the list, if it is there. */
function delist(t: Thread, task: PyTask): void {
  const { before, behind } = task;
  if (before !== null) before.behind = behind;
  else {
    const registry = tasksOf(t);
    if (registry.youngest !== task) return;
    registry.youngest = behind;
  }
  if (behind !== null) behind.before = before;
  task.before = null;
  task.behind = null;
}

function listed(registry: TaskRegistry): PyTask[] {
  const tasks: PyTask[] = [];
  for (let task = registry.youngest; task !== null; task = task.behind) tasks.push(task);
  return tasks.reverse();
}

/** Tasks that are still pending at the end of the interpreter: CPython reports them when it takes them down. */
function reportPending(t: Thread): void {
  for (const pending of listed(tasksOf(t))) task_del(t, pending);
}

/** Running a task's steps; `task-step.ts` sets it. */
export interface TaskSteps {
  /** Has the loop call the next step, which raises `exception` in the coroutine. */
  soon(t: Thread, task: PyTask, exception: PyBaseException | null): void;
  /** Runs the next step now; the caller has made the task the current one. */
  now(t: Thread, task: PyTask): void;
}

let steps: TaskSteps | null = null;

/** Sets the implementation of steps; done once. */
export function setTaskSteps(implementation: TaskSteps): void {
  steps = implementation;
}

function isCoroutine(t: Thread, value: Value): boolean {
  return (value instanceof PyGenerator && value.kind === 'coroutine') || isTrue(t, call(t, library(t, 'coroutines', 'iscoroutine'), [value]));
}

/** Where in the arguments of a call stands what the keywords name; 0 for what is not given. */
interface Layout {
  readonly keywords: KeywordNames;
  readonly loop: number;
  readonly name: number;
  readonly context: number;
  readonly eagerStart: number;
}

const KEYWORDS: ReadonlySet<string> = new Set(['loop', 'name', 'context', 'eager_start']);

/** Declared cache: the keywords of the last call; those of a place in the code are always the same array. */
let last: Layout = { keywords: null, loop: 0, name: 0, context: 0, eagerStart: 0 };

/** The layout of a call with the first argument by position and the others by keyword, as the loop makes tasks; null for others. */
function layoutOf(count: number, keywords: KeywordNames): Layout | null {
  if (keywords === null || count !== keywords.length + 1) return null;
  if (last.keywords === keywords) return last;
  if (!keywords.every((name) => KEYWORDS.has(name))) return null;
  const at = (name: string): number => keywords.indexOf(name) + 1;
  return (last = { keywords, loop: at('loop'), name: at('name'), context: at('context'), eagerStart: at('eager_start') });
}

/** @hot each task: nothing is made to bind the arguments of a usual call. */
function task_init(t: Thread, self: PyTask, args: Value[], keywords: KeywordNames): void {
  const layout = layoutOf(args.length, keywords);
  if (layout !== null) {
    const given = (i: number): Maybe => (i === 0 ? undefined : args[i]);
    initTask(t, self, args[0]!, given(layout.loop), given(layout.name), given(layout.context), given(layout.eagerStart));
    return;
  }
  const [coro, loop, name, context, eagerStart] = bindArguments(INIT, 'Task', null, false, args, keywords) as [Value, Maybe, Maybe, Maybe, Maybe];
  initTask(t, self, coro, loop, name, context, eagerStart);
}

function initTask(t: Thread, self: PyTask, coro: Value, loop: Maybe, name: Maybe, context: Maybe, eagerStart: Maybe): void {
  initFuture(t, self, loop);
  if (!isCoroutine(t, coro)) {
    self.logDestroyPending = false;
    raiseTypeError(`a coroutine was expected, got ${repr(t, coro)}`);
  }
  self.context = context === undefined || context === null ? copyCurrentContext(t) : context;
  self.waiter = null;
  self.mustCancel = false;
  self.logDestroyPending = true;
  self.cancelRequests = 0;
  self.coroutine = coro;
  self.name = name === undefined || name === null ? ++tasksOf(t).counter : str(t, name);
  if (eagerStart !== undefined && isTrue(t, eagerStart) && isTrue(t, askLoop(t, IS_RUNNING, self.loop!))) return startEagerly(t, self);
  steps!.soon(t, self, null);
  delist(t, self);
  enlist(tasksOf(t), self);
}

/** The first step runs now, in the task's context; only when it waits does the task go to the loop (`asyncio.eager_task_factory`). */
function startEagerly(t: Thread, self: PyTask): void {
  const registry = tasksOf(t);
  const { starting } = registry;
  const loop = requireLoop(self);
  const previous = swapCurrentTask(t, loop, self);
  starting.push(self);
  try {
    if (!(self.context instanceof PyContext)) raiseTypeError('an instance of Context was expected');
    enterContext(t, self.context);
    try {
      steps!.now(t, self);
    } finally {
      leaveContext(t, self.context);
    }
  } finally {
    swapCurrentTask(t, loop, previous);
    if (starting[starting.length - 1] === self) starting.pop();
    else starting.splice(starting.indexOf(self), 1);
    if (self.state === 'PENDING') enlist(registry, self);
    else self.coroutine = null;
  }
}

function task_cancel(t: Thread, self: PyTask, message?: Value): Value {
  self.logTraceback = false;
  if (self.state !== 'PENDING') return false;
  self.cancelRequests++;
  if (self.waiter !== null && cancelWaiter(t, self.waiter, message)) return true;
  self.mustCancel = true;
  self.cancelMessage = message === undefined ? null : message;
  return true;
}

/** `waiter.cancel(msg=message)`. */
export function cancelWaiter(t: Thread, waiter: Value, message: Maybe): boolean {
  if (waiter instanceof PyFuture && waiter.type === FUTURE_TYPE) return cancelFuture(t, waiter, message);
  return isTrue(t, call(t, getAttr(t, waiter, 'cancel'), [message === undefined ? null : message], ['msg']));
}

function task_uncancel(_t: Thread, self: PyTask): Value {
  if (self.cancelRequests > 0 && --self.cancelRequests === 0) self.mustCancel = false;
  return self.cancelRequests;
}

function task_getName(_t: Thread, self: PyTask): Value {
  if (typeof self.name === 'number') self.name = `Task-${self.name}`;
  return self.name;
}

function task_getStack(t: Thread, self: PyTask, limit?: Value): Value {
  return call(t, library(t, 'base_tasks', '_task_get_stack'), [self, limit === undefined ? null : limit]);
}

function task_printStack(t: Thread, self: PyTask, limit?: Value, file?: Value): Value {
  return call(t, library(t, 'base_tasks', '_task_print_stack'), [self, limit === undefined ? null : limit, file === undefined ? null : file]);
}

function task_del(t: Thread, self: PyTask): void {
  if (self.state === 'PENDING' && self.logDestroyPending) callExceptionHandler(t, self, { task: self, message: 'Task was destroyed but it is pending!' });
  future_del(t, self);
}

const task = (self: Value): PyTask => self as PyTask;

const TASK_GETSET: Readonly<Record<string, GetSet>> = {
  _log_destroy_pending: {
    get: (_t, self) => task(self).logDestroyPending,
    set: (t, self, value) => {
      if (value === undefined) refuseDeletion(self, '_log_destroy_pending');
      task(self).logDestroyPending = isTrue(t, value);
    },
  },
  _must_cancel: { get: (_t, self) => task(self).mustCancel },
  _coro: { get: (_t, self) => task(self).coroutine },
  _fut_waiter: { get: (_t, self) => task(self).waiter },
};

readyType(TASK_TYPE, {
  doc: 'A coroutine wrapped in a Future.',
  textSignature: '(coro, *, loop=None, name=None, context=None, eager_start=False)',
  slots: {
    tp_alloc: (type) => new PyTask(type),
    tp_new: (_t, type) => new PyTask(type),
    tp_init: task_init,
    tp_repr: (t, self) => str(t, call(t, library(t, 'base_tasks', '_task_repr'), [self])),
  },
  methods: {
    set_result: [() => raise(RuntimeError, 'Task does not support set_result operation'), '($self, result, /)', ''],
    set_exception: [() => raise(RuntimeError, 'Task does not support set_exception operation'), '($self, exception, /)', ''],
    cancel: [task_cancel, '($self, /, msg=None)', 'Request that this task cancel itself.'],
    cancelling: [(_t: Thread, self: PyTask) => self.cancelRequests, '($self, /)', "Return the count of the task's cancellation requests."],
    uncancel: [task_uncancel, '($self, /)', "Decrement the task's count of cancellation requests."],
    get_stack: [task_getStack, '($self, /, *, limit=None)', "Return the list of stack frames for this task's coroutine."],
    print_stack: [task_printStack, '($self, /, *, limit=None, file=None)', "Print the stack or traceback for this task's coroutine."],
    get_name: [task_getName, '($self, /)', ''],
    set_name: [(t: Thread, self: PyTask, value: Value) => void (self.name = asStr(value) ?? str(t, value)), '($self, value, /)', ''],
    get_coro: [(_t: Thread, self: PyTask) => self.coroutine, '($self, /)', ''],
    get_context: [(_t: Thread, self: PyTask) => self.context, '($self, /)', ''],
    __del__: [task_del, '($self, /)', 'Called when the instance is about to be destroyed.'],
    __class_getitem__: CLASS_GETITEM,
  },
  getset: TASK_GETSET,
});

function addIfLive(t: Thread, set: PySet, candidate: Value, loop: Value): void {
  if (candidate instanceof PyTask && candidate.type === TASK_TYPE) {
    if (candidate.state === 'PENDING' && candidate.loop === loop) setAdd(t, set.table, candidate);
    return;
  }
  if (!isTrue(t, callMethod(t, candidate, 'done')) && loopOf(t, candidate) === loop) setAdd(t, set.table, candidate);
}

/** `all_tasks`: the tasks of a loop that are not done, also those of other classes that were registered. */
export function allTasks(t: Thread, loop?: Value): Value {
  const owner = loop === undefined || loop === null ? requireRunningLoop(t) : loop;
  const registry = tasksOf(t);
  const set = newSet();
  for (const candidate of [...registry.starting, ...registry.eager, ...listed(registry), ...registry.scheduled]) addIfLive(t, set, candidate, owner);
  return set;
}
