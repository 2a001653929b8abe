/** Running frames: the door between native code and the interpreter loop, and the entry point of Python functions. */
import { FRAME_ENTRY, type Frame, type PyFunction } from '../core/function.ts';
import type { PyBaseException } from '../core/exception.ts';
import type { KeywordNames } from '../core/type.ts';
import { BREAKER_LEAVE_LOOP, type Interpreter, type Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { setInterpreterEntry } from '../objects/entry-point.ts';
import { RecursionError } from '../objects/exception-types.ts';
import { raise } from '../objects/raise.ts';
import { setRunFrame } from '../objects/run-frame.ts';
import { bindFrame } from './call-frame.ts';
import './instrument/jump.ts';
import { instrumentedLoop } from './instrument/loop.ts';
import { generatedLoop } from './loop.generated.ts';
import { referenceLoop } from './reference-loop.ts';
import { unwindEvents } from './tracing-hook.ts';
import { leaveUnwound, linkContext, unwind } from './unwind.ts';

function runLoopTask(interpreter: Interpreter): void {
  const task = interpreter.loopTask;
  if (task === null) return;
  interpreter.loopTask = null;
  Atomics.and(interpreter.mainThread.breaker, 0, ~BREAKER_LEAVE_LOOP);
  task();
}

/**
 * Runs the loop that is right: the instrumented one while somebody wants events. A loop that finds itself the wrong one returns null with `loopSwitch` set
 * to the thread that it ran, and the other one goes on.
 */
function runLoops(thread: Thread, start: Frame, canSwap: boolean): Value {
  const { interpreter } = thread;
  const outer = interpreter.inInstrumentedLoop;
  let t = thread;
  let f = start;
  try {
    for (;;) {
      interpreter.inInstrumentedLoop = interpreter.instrumented;
      const loop = interpreter.instrumented ? instrumentedLoop : interpreter.config.referenceLoop ? referenceLoop : generatedLoop;
      const result = loop(t, f, canSwap);
      const next = interpreter.loopSwitch;
      if (next === null) return result;
      interpreter.loopSwitch = null;
      t = next;
      f = next.frame!;
      runLoopTask(interpreter);
    }
  } finally {
    interpreter.inInstrumentedLoop = outer;
  }
}

/** Runs the loop from `f` until the frame entered from native code is left. `f` and those above it belong to `t`. */
export function runLoop(t: Thread, f: Frame, canSwap: boolean): Value {
  t.nesting++;
  t.interpreter.loopDepth++;
  const nativeDepth = t.nativeDepth;
  t.nativeDepth = 0;
  try {
    return runLoops(t, f, canSwap);
  } finally {
    t.nativeDepth = nativeDepth;
    t.interpreter.loopDepth--;
    t.nesting--;
  }
}

/** Goes on with a thread that was swapped out, in a loop of its own; what it parked for gives the result of its call. */
export function resumeThread(t: Thread): void {
  let f = t.frame!;
  const { parked } = t;
  if (parked !== null) {
    t.parked = null;
    try {
      f.stack[f.sp++] = parked.finish();
    } catch (caught) {
      const { frame, exception } = unwind(t, f, caught);
      if (frame === null) {
        const next = leaveUnwound(t, exception);
        if (next !== null) resumeThread(next);
        return;
      }
      f = frame;
      t.frame = f;
    }
  }
  runLoop(t, f, /* canSwap */ true);
}

/** Runs a frame in the loop in which its thread can be swapped out; the frame returns from that loop and from no other. */
function runAtHome(t: Thread, frame: Frame): Value {
  const { homeFrame, homeDepth } = t;
  t.homeFrame = frame;
  t.homeDepth = t.interpreter.loopDepth + 1;
  try {
    return runLoop(t, frame, /* canSwap */ true);
  } finally {
    t.homeFrame = homeFrame;
    t.homeDepth = homeDepth;
  }
}

/**
 * Runs `frame` as called from native code; returns its result (for a generator: what it yields or returns). Raises what it raises.
 * With `exception`, that is raised at the frame's present position first.
 */
export function evaluate(t: Thread, frame: Frame, exception: PyBaseException | null = null): Value {
  if (++t.depth > t.interpreter.recursionLimit) {
    t.depth--;
    raise(RecursionError, 'maximum recursion depth exceeded');
  }
  frame.kind |= FRAME_ENTRY;
  frame.back = t.frame;
  t.frame = frame;
  if (exception !== null) {
    // What a generator handles already is the context of what is thrown into it (_PyErr_ChainStackItem).
    if (t.exceptions.value !== null) linkContext(t, exception);
    unwind(t, frame, unwindEvents(t)?.thrown(t, frame, exception) ?? exception);
  }
  const evaluator = t.interpreter.frameEvaluator;
  if (evaluator !== null) return evaluator(t, frame);
  return t.nesting === 0 ? runAtHome(t, frame) : runLoop(t, frame, /* canSwap */ false);
}

/** The interpreter's entry point of every Python function (vectorcall). */
export function enterFunction(t: Thread, callee: Value, args: Value[], keywords: KeywordNames): Value {
  return evaluate(t, bindFrame(t, callee as PyFunction, args, keywords));
}

setInterpreterEntry(enterFunction);
setRunFrame(evaluate);

