/** Per thread: the running event loop and the task that it runs; per interpreter: the classes of the library (Modules/_asynciomodule.c). */
import type { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { getAttr, lookupAttr } from '../../objects/attributes.ts';
import { call, callMethod } from '../../objects/call.ts';
import { RuntimeError } from '../../objects/exception-types.ts';
import { importModule } from '../../objects/import-hook.ts';
import { raise } from '../../objects/raise.ts';
import { repr } from '../../objects/text.ts';

/** What a thread's event loop is doing; null is None. */
interface LoopState {
  loop: Value;
  task: Value;
}

/** Key of `Thread.storage`. */
const KEY = Symbol('_asyncio');

/** Declared cache: the thread that was asked for last. */
let known: { readonly t: Thread; readonly state: LoopState } | null = null;

function stateOf(t: Thread): LoopState {
  if (known !== null && known.t === t) return known.state;
  let state = t.storage.get(KEY) as LoopState | undefined;
  if (state === undefined) t.storage.set(KEY, (state = { loop: null, task: null }));
  known = { t, state };
  return state;
}

/** An object of the library, looked up once per interpreter: `library(t, 'exceptions', 'CancelledError')`. */
export function library(t: Thread, module: string, name: string): Value {
  const key = `asyncio.${module}.${name}`;
  const known = t.interpreter.moduleState.get(key) as Maybe;
  if (known !== undefined) return known;
  const value = getAttr(t, importModule(t, `asyncio.${module}`), name);
  t.interpreter.moduleState.set(key, value);
  return value;
}

/** `asyncio.CancelledError`. */
export function cancelledErrorType(t: Thread): PyType {
  return library(t, 'exceptions', 'CancelledError') as PyType;
}

/** The loop that this thread runs, or None. */
export function runningLoop(t: Thread): Value {
  return stateOf(t).loop;
}

/** `_set_running_loop`. */
export function setRunningLoop(t: Thread, loop: Value): void {
  stateOf(t).loop = loop;
}

/** `get_running_loop`; raises RuntimeError when there is none. */
export function requireRunningLoop(t: Thread): Value {
  const { loop } = stateOf(t);
  return loop === null ? raise(RuntimeError, 'no running event loop') : loop;
}

/** `get_event_loop`: the running loop, or that of the policy. */
export function eventLoop(t: Thread): Value {
  const { loop } = stateOf(t);
  if (loop !== null) return loop;
  return callMethod(t, call(t, library(t, 'events', '_get_event_loop_policy'), []), 'get_event_loop');
}

function stateOfLoop(t: Thread, loop: Value): LoopState {
  const state = stateOf(t);
  if (state.loop !== loop) raise(RuntimeError, `loop ${repr(t, loop)} is not the running loop`);
  return state;
}

/** `_enter_task`. */
export function enterTask(t: Thread, loop: Value, task: Value): void {
  const state = stateOfLoop(t, loop);
  if (state.task !== null) raise(RuntimeError, `Cannot enter into task ${repr(t, task)} while another task ${repr(t, state.task)} is being executed.`);
  state.task = task;
}

/** `_leave_task`. */
export function leaveTask(t: Thread, loop: Value, task: Value): void {
  const state = stateOfLoop(t, loop);
  if (state.task !== task) raise(RuntimeError, `Invalid attempt to leave task ${repr(t, task)} while task ${repr(t, state.task)} is entered.`);
  state.task = null;
}

/** `_swap_current_task`: returns the task that was current, or None. */
export function swapCurrentTask(t: Thread, loop: Value, task: Value): Value {
  const state = stateOfLoop(t, loop);
  const previous = state.task;
  state.task = task;
  return previous;
}

/** `current_task`: a loop that another thread runs is found, too. */
export function currentTask(t: Thread, loop?: Maybe): Value {
  const own = quietCurrentTask(t, loop);
  if (own !== undefined) return own;
  if (loop === undefined || loop === null) return raise(RuntimeError, 'no running event loop');
  for (const thread of t.interpreter.threads.values()) {
    const state = thread.storage.get(KEY) as LoopState | undefined;
    if (state !== undefined && state.loop === loop) return state.task;
  }
  return null;
}

/** As `currentTask`; undefined where that is not the loop of this thread. */
export function quietCurrentTask(t: Thread, loop?: Maybe): Maybe {
  const state = stateOf(t);
  if (loop === undefined || loop === null) return state.loop === null ? undefined : state.task;
  return state.loop === loop ? state.task : undefined;
}

/** The loop of any future-like object: its `get_loop()`, or `_loop`. */
export function loopOf(t: Thread, future: Value): Value {
  const method = lookupAttr(t, future, 'get_loop');
  return method === undefined ? getAttr(t, future, '_loop') : call(t, method, []);
}
