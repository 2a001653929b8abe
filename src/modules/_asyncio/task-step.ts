/**
 * The steps of a task (task_step in Modules/_asynciomodule.c): each resumes the coroutine until it awaits something that is not done.
 *
 *   call_soon ──▶ step ──yields a pending future──▶ waits ──its callback: wakeup──▶ step ... ──returns or raises──▶ done
 */
import { PyBaseException } from '../../core/exception.ts';
import { PyGenerator } from '../../core/function.ts';
import { NativeDefinition, PyBuiltinFunction } from '../../core/native.ts';
import type { Thread } from '../../core/thread.ts';
import type { PyDict } from '../../core/containers.ts';
import { linkToPyObject, PyObject, type Maybe, type Value } from '../../core/value.ts';
import { getAttr, lookupAttr, setAttr } from '../../objects/attributes.ts';
import { call, callMethod } from '../../objects/call.ts';
import { KeyboardInterrupt, RuntimeError, StopIteration, SystemExit } from '../../objects/exception-types.ts';
import { generatorThrow, resumeGenerator, type SendResult } from '../../objects/generator.ts';
import { isRaised, newException, raise, raiseTypeError } from '../../objects/raise.ts';
import { BUILTIN_FUNCTION_TYPE, GENERATOR_TYPE, staticType } from '../../objects/static-types.ts';
import { repr } from '../../objects/text.ts';
import { isTrue } from '../../objects/truth.ts';
import { readyType } from '../../objects/type-ready.ts';
import { typeOf } from '../../objects/type-of.ts';
import { addAwaiter, addDoneCallback, callSoon, cancelFuture, discardAwaiter, failureOf, finishWithException, finishWithResult, isCancelledError, isUsualFuture, makeCancelledError, PyFuture, requireLoop } from './future.ts';
import { enterTask, leaveTask, library, loopOf } from './loops.ts';
import { cancelWaiter, PyTask, retire, setTaskSteps } from './task.ts';
import type { PyType } from '../../core/type.ts';

const STEP_TYPE = staticType('TaskStepMethWrapper', { module: '_asyncio', disallowInstantiation: true });

/** What the loop calls for a task's next step. */
class PyTaskStep {
  type: PyType;
  dict: PyDict | null;
  readonly task: PyTask;
  readonly exception: PyBaseException | null;
  constructor(task: PyTask, exception: PyBaseException | null) {
    this.type = STEP_TYPE;
    this.dict = null;
    this.task = task;
    this.exception = exception;
  }
}
interface PyTaskStep extends PyObject {}
linkToPyObject(PyTaskStep);

readyType(STEP_TYPE, {
  slots: {
    tp_call: (t, self: PyTaskStep, args, keywords) => {
      if (keywords !== null && keywords.length > 0) raiseTypeError('function takes no keyword arguments');
      if (args.length > 0) raiseTypeError('function takes no positional arguments');
      runStep(t, self.task, self.exception);
      return null;
    },
  },
  getset: { __self__: { get: (_t, self) => (self as PyTaskStep).task } },
});

const WAKEUP = new NativeDefinition('task_wakeup', wakeUp as NativeDefinition['implementation'], '($self, future, /)', '', 'method');

/** The future that a task waited for is done. */
function wakeUp(t: Thread, task: PyTask, future: Value): void {
  discardAwaiter(future, task);
  runStep(t, task, outcomeOf(t, future));
}

/** The exception of a future that is done, or null. */
function outcomeOf(t: Thread, future: Value): PyBaseException | null {
  if (isUsualFuture(future)) return failureOf(t, future);
  try {
    callMethod(t, future, 'result');
    return null;
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    return caught;
  }
}

function stepSoon(t: Thread, task: PyTask, exception: PyBaseException | null): void {
  const step = exception === null ? (task.step ??= new PyTaskStep(task, null)) : new PyTaskStep(task, exception);
  callSoon(t, requireLoop(task), step, [], task.context);
}

/** Runs a step as the loop's current task. */
function runStep(t: Thread, task: PyTask, exception: PyBaseException | null): void {
  const loop = requireLoop(task);
  enterTask(t, loop, task);
  try {
    stepOnce(t, task, exception);
  } finally {
    leaveTask(t, loop, task);
  }
}

function stepOnce(t: Thread, task: PyTask, given: PyBaseException | null): void {
  let exception = given;
  if (task.state !== 'PENDING') {
    throw newException(library(t, 'exceptions', 'InvalidStateError') as PyType, `__step(): already done: ${repr(t, task)} ${exception === null ? '' : repr(t, exception)}`);
  }
  if (task.mustCancel) {
    if (!isCancelledError(t, exception)) exception = makeCancelledError(t, task);
    task.mustCancel = false;
  }
  task.waiter = null;
  if (task.coroutine === null) raise(RuntimeError, 'uninitialized Task object');
  let yielded: Maybe;
  try {
    yielded = resume(t, task.coroutine, exception);
  } catch (caught) {
    return finishFailed(t, task, caught);
  }
  if (yielded === undefined) finishReturned(t, task, t.sent);
  else waitFor(t, task, yielded);
}

/** Resumes any coroutine-like object, by raising `exception` in it if given. Returns what it yields; undefined when it has returned `Thread.sent`. */
function resume(t: Thread, coroutine: Value, exception: PyBaseException | null): Maybe {
  if (coroutine instanceof PyGenerator && coroutine.kind !== 'async_generator') {
    return exception === null ? resumeGenerator(t, coroutine, null) : yieldedOf(t, generatorThrow(t, coroutine, exception));
  }
  try {
    return exception === null ? callMethod(t, coroutine, 'send', null) : callMethod(t, coroutine, 'throw', exception);
  } catch (caught) {
    if (!isRaised(caught, StopIteration)) throw caught;
    t.sent = caught.fields?.get('value') ?? null;
    return undefined;
  }
}

function yieldedOf(t: Thread, { value, done }: SendResult): Maybe {
  if (!done) return value;
  t.sent = value;
  return undefined;
}

function finishReturned(t: Thread, task: PyTask, value: Value): void {
  retire(t, task);
  if (task.mustCancel) {
    // The request came while the coroutine was returning.
    task.mustCancel = false;
    cancelFuture(t, task, task.cancelMessage);
  } else finishWithResult(t, task, value);
}

function finishFailed(t: Thread, task: PyTask, caught: unknown): void {
  if (!(caught instanceof PyBaseException)) throw caught;
  retire(t, task);
  if (isRaised(caught, StopIteration)) return finishReturned(t, task, caught.fields?.get('value') ?? null);
  if (isCancelledError(t, caught)) {
    // Kept, so that whoever awaits the task sees where it was cancelled.
    task.cancelledError = caught;
    cancelFuture(t, task, null);
    return;
  }
  finishWithException(t, task, caught);
  if (isRaised(caught, KeyboardInterrupt) || isRaised(caught, SystemExit)) throw caught;
}

function failSoon(t: Thread, task: PyTask, message: string): void {
  stepSoon(t, task, newException(RuntimeError, message));
}

/** The coroutine has yielded `result`: a future to wait for, or None for the loop's next turn. */
function waitFor(t: Thread, task: PyTask, result: Value): void {
  if (result === task) return failSoon(t, task, `Task cannot await on itself: ${repr(t, task)}`);
  if (result === null) return stepSoon(t, task, null);
  if (isUsualFuture(result)) return waitForFuture(t, task, result, { blocking: result.blocking, loop: result.loop! });
  const blocking = lookupAttr(t, result, '_asyncio_future_blocking');
  if (blocking !== undefined && blocking !== null) return waitForFuture(t, task, result, { blocking: isTrue(t, blocking), loop: null });
  if (typeOf(result) === GENERATOR_TYPE) return failSoon(t, task, `yield was used instead of yield from for generator in task ${repr(t, task)} with ${repr(t, result)}`);
  failSoon(t, task, `Task got bad yield: ${repr(t, result)}`);
}

/** `loop` null: the future is asked for its loop. */
function waitForFuture(t: Thread, task: PyTask, result: Value, known: { blocking: boolean; loop: Value }): void {
  if (!known.blocking) return failSoon(t, task, `yield was used instead of yield from in task ${repr(t, task)} with ${repr(t, result)}`);
  const loop = known.loop === null ? loopOf(t, result) : known.loop;
  if (loop !== task.loop) return failSoon(t, task, `Task ${repr(t, task)} got Future ${repr(t, result)} attached to a different loop`);
  addAwaiter(result, task);
  const wakeup = (task.wakeup ??= new PyBuiltinFunction(BUILTIN_FUNCTION_TYPE, WAKEUP, task, { bound: true, moduleName: null, owner: typeOf(task) }));
  if (known.loop !== null && result instanceof PyFuture) {
    result.blocking = false;
    addDoneCallback(t, result, wakeup, task.context);
  } else {
    setAttr(t, result, '_asyncio_future_blocking', false);
    call(t, getAttr(t, result, 'add_done_callback'), [wakeup, task.context], ['context']);
  }
  task.waiter = result;
  if (task.mustCancel && cancelWaiter(t, result, task.cancelMessage)) task.mustCancel = false;
}

setTaskSteps({ soon: stepSoon, now: (t, task) => stepOnce(t, task, null) });
