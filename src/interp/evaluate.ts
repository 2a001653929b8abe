/** Running frames: the door between native code and the interpreter loop, and the entry point of Python functions. */
import { UNWIND } from '../core/compiled.ts';
import { FRAME_ENTRY, Frame, setInterpretCall, type CompiledCall, type PyCode, type PyFunction } from '../core/function.ts';
import type { PyBaseException } from '../core/exception.ts';
import type { KeywordNames } from '../core/type.ts';
import { BREAKER_LEAVE_LOOP, type Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { setDefaultEvaluator, type FrameEvaluator } from '../hooks/frame-evaluator.ts';
import { setInterpreterEntry } from '../objects/entry-point.ts';
import { setEnterBound, setEnterFour, setRunFrame } from '../objects/run-frame.ts';
import { bindFrame, bindStack, boundFrame, unbindArguments } from './call-frame.ts';
import './instrument/jump.ts';
import { instrumentedLoop } from './instrument/loop.ts';
import { generatedLoop } from './loop.generated.ts';
import { referenceLoop } from './reference-loop.ts';
import { enterFrame, popFrame } from './frames.ts';
import { generatorOfCall } from './generators.ts';
import { remind } from './seen-frames.ts';
import { blockLater, callCompiled, evictEntered, leaveDoor, openDoor } from './tier-switch.ts';
import { unwindEvents } from './tracing-hook.ts';
import { leaveUnwound, prepareThrown, unwind } from './unwind.ts';

function runLoopTask(t: Thread): void {
  const { interpreter } = t;
  const task = interpreter.loopTask;
  if (task === null) return;
  interpreter.loopTask = null;
  Atomics.and(interpreter.mainThread.breaker, 0, ~BREAKER_LEAVE_LOOP);
  task(t);
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
      runLoopTask(t);
    }
  } finally {
    interpreter.inInstrumentedLoop = outer;
  }
}

/** Runs the loop from `f` until the frame entered from native code is left. `f` and those above it belong to `t`. */
export function runLoop(t: Thread, f: Frame, canSwap: boolean, evictable = false): Value {
  t.nesting++;
  t.interpreter.loopDepth++;
  const { nativeDepth, evictable: outer, top, floor } = t;
  t.nativeDepth = 0;
  t.evictable = evictable;
  if (!evictable) t.floor = top;
  try {
    return runLoops(t, f, canSwap);
  } finally {
    t.top = top;
    t.floor = floor;
    if (t.leaving !== null) remind(t);
    t.evictable = outer;
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
  enterFrame(t, frame);
  frame.back = t.frame;
  t.frame = frame;
  frame.kind |= FRAME_ENTRY;
  if (exception !== null) {
    const events = unwindEvents(t);
    if (events === null || (frame.generator?.exceptions?.value ?? null) !== null) prepareThrown(t, frame, exception);
    unwind(t, frame, events?.thrown(t, frame, exception) ?? exception);
  }
  const evaluator = t.interpreter.frameEvaluator;
  return evaluator === null ? evaluateByLoop(t, frame) : evaluateByPlugin(t, frame, evaluator);
}

/** A plugin's evaluator may give a result of its own: then the frame is left for it. */
function evaluateByPlugin(t: Thread, frame: Frame, evaluator: FrameEvaluator): Value {
  let isEvicted = false;
  try {
    const result = evaluator(t, frame);
    isEvicted = (result as unknown) === UNWIND;
    return result;
  } finally {
    t.adoptable = null;
    if (t.frame === frame && !isEvicted) popFrame(t, frame);
  }
}

/** The default evaluator of frames. */
function evaluateByLoop(t: Thread, frame: Frame): Value {
  if (t.nesting === 0) return runAtHome(t, frame);
  if (t.adoptable === frame) {
    t.adoptable = null;
    // The loop below takes the frame over when it has to be swapped out: the evaluator passes the symbol on.
    return runEntered(t, frame) as Value;
  }
  // A look at frames may have put those of compiled activations in between: compiled code expects to find the thread as it was.
  const under = frame.back;
  try {
    return runLoop(t, frame, /* canSwap */ false);
  } finally {
    if (t.top !== 0) t.frame = under;
  }
}

/** Runs on from `t.frame`, in which observation may have left an exception, or a wait. */
function runObserved(t: Thread): Value {
  const { raised } = t;
  if (raised !== null) {
    t.raised = null;
    unwind(t, t.frame!, raised);
  }
  if (t.parked !== null) {
    blockLater(t);
    return resumeBlocked(t, t.frame!);
  }
  return runLoop(t, t.frame!, /* canSwap */ false);
}

/** Runs what compiled code left as frames above `under`, for native code that has called it. */
export function runEvicted(t: Thread, under: Frame | null): Value {
  const bottom = t.evicted!;
  t.evicted = null;
  bottom.kind |= FRAME_ENTRY;
  bottom.back = under;
  const { parked } = t;
  if (parked !== null) blockLater(t);
  try {
    if (t.parked !== null) return resumeBlocked(t, t.frame!);
    t.interpreter.tier?.left(t);
    return runObserved(t);
  } finally {
    if (t.top !== 0) t.frame = under;
  }
}

/** As `runLoop`, for a top frame whose call has parked: waits for the result first. */
function resumeBlocked(t: Thread, top: Frame): Value {
  const { parked } = t;
  t.parked = null;
  let value: Value;
  try {
    value = parked!.finish();
  } catch (caught) {
    const { frame } = unwind(t, top, caught);
    return runLoop(t, frame!, /* canSwap */ false);
  }
  top.stack[top.sp++] = value;
  return runLoop(t, top, /* canSwap */ false);
}

/** A compiled function called from native code. */
function enterCompiled(t: Thread, func: PyFunction, args: readonly Maybe[], count: number): Value {
  const result = enterCompiledQuietly(t, func, args, count);
  if (result !== UNWIND) return result;
  const { raised } = t;
  t.raised = null;
  throw raised!;
}

/** As `enterCompiled`; UNWIND when it has raised `Thread.raised`. */
export function enterCompiledQuietly(t: Thread, func: PyFunction, args: readonly Maybe[], count: number): Value | typeof UNWIND {
  const under = t.frame;
  const { floor } = t;
  t.floor = t.top;
  const result = callCompiled(t, func, args, 0, count);
  t.floor = floor;
  if (t.leaving !== null) remind(t);
  return result !== UNWIND || t.raised !== null ? result : runEvicted(t, under);
}

/** As `enterCompiledQuietly`, for up to four parameters. @hot callbacks of event loops, iterators of the program's own */
export function enterFourQuietly(t: Thread, func: PyFunction, a: Maybe, b: Maybe, c: Maybe, d: Maybe): Value | typeof UNWIND {
  const under = t.frame;
  const { floor, top } = t;
  t.floor = top;
  openDoor(t, top);
  const result = leaveDoor(t, top, func.code.direct(t, func, a, b, c, d));
  t.floor = floor;
  if (t.leaving !== null) remind(t);
  return result !== UNWIND || t.raised !== null ? result : runEvicted(t, under);
}

/**
 * How compiled code calls a function that is not compiled: in a loop of its own, which it leaves when frames are to be evicted. The arguments are bound:
 * one for each parameter, `*args` a tuple.
 */
export function interpretCall(t: Thread, func: PyFunction, ...parameters: Maybe[]): Value | typeof UNWIND {
  if (isEnteredOtherwise(t, func)) {
    const { args, keywords } = unbindArguments(func.code, parameters);
    return func.entryPoint(t, func, args, keywords);
  }
  return runEvictable(t, boundFrame(func, parameters));
}

/**
 * How compiled code calls a function whose code makes generators. `stack` is that of the generator's frame, with the bound arguments in it.
 * @hot bench/programs/coroutines.py
 */
export function generatorCall(t: Thread, code: PyCode, func: PyFunction, stack: Maybe[]): Value | typeof UNWIND {
  if (func.code === code && isMadeAtOnce(t, func) && !isEnteredOtherwise(t, func)) {
    const generator = generatorOfCall(new Frame(code, func, null, stack));
    if (generator !== null) return generator;
  }
  return interpretBound(code, t, func, ...stack.slice(0, code.parameterCount));
}

/** `PyCode.direct` of code whose calls make generators. */
function generatorDoor(code: PyCode): CompiledCall {
  const stackWith = (...parameters: Maybe[]): Maybe[] => {
    const stack = new Array<Maybe>(code.frameSize);
    for (let i = 0; i < parameters.length; i++) stack[i] = parameters[i];
    return stack;
  };
  switch (code.parameterCount) {
    case 0: return (t, func) => generatorCall(t, code, func, stackWith());
    case 1: return (t, func, a) => generatorCall(t, code, func, stackWith(a));
    case 2: return (t, func, a, b) => generatorCall(t, code, func, stackWith(a, b));
    default: return (t, func, ...parameters) => generatorCall(t, code, func, stackWith(...parameters));
  }
}

/** Whether nobody could tell that the generator which a call makes is made without running the code up to there. */
function isMadeAtOnce(t: Thread, func: PyFunction): boolean {
  return func.code.isGenerator && !t.interpreter.instrumented && t.coroutineOriginDepth === 0;
}

function isEnteredOtherwise(t: Thread, func: PyFunction): boolean {
  return func.entryPoint !== t.interpreter.entryPoint || t.interpreter.frameEvaluator !== null;
}

/** As `interpretCall`, with arguments that are bound to the parameters of `code`: the function may have got other code since the call was compiled. */
export function interpretBound(code: PyCode, t: Thread, func: PyFunction, ...parameters: Maybe[]): Value | typeof UNWIND {
  if (func.code === code) return interpretCall(t, func, ...parameters);
  const { args, keywords } = unbindArguments(code, parameters);
  return isEnteredOtherwise(t, func) ? func.entryPoint(t, func, args, keywords) : runEvictable(t, bindFrame(t, func, args, keywords));
}

/** Runs a frame above compiled code, in a loop that is left with UNWIND when frames are to be evicted. */
export function runEvictable(t: Thread, frame: Frame): Value | typeof UNWIND {
  enterFrame(t, frame);
  const under = t.frame;
  frame.kind |= FRAME_ENTRY;
  frame.back = under;
  t.frame = frame;
  return runEntered(t, frame);
}

/** Runs a frame that is linked already, in a loop that is left with UNWIND when frames are to be evicted. */
function runEntered(t: Thread, frame: Frame): Value | typeof UNWIND {
  const under = frame.back;
  let isEvicted = false;
  try {
    const result = runLoop(t, frame, /* canSwap */ false, /* evictable */ true) as Value | typeof UNWIND;
    isEvicted = result === UNWIND;
    return isEvicted ? evictEntered(t, frame) : result;
  } finally {
    if (!isEvicted) t.frame = under;
  }
}

/** The interpreter's entry point of every Python function (vectorcall). */
export function enterFunction(t: Thread, callee: Value, args: Value[], keywords: KeywordNames): Value {
  const func = callee as PyFunction;
  const { code } = func;
  if (code.isCompiled && t.interpreter.frameEvaluator === null && t.nesting !== 0) {
    if (keywords === null && code.simpleArgcount === args.length) return enterCompiled(t, func, args, args.length);
    return enterCompiled(t, func, bindStack(func, args, keywords), code.parameterCount);
  }
  const { callerAdopts } = t;
  t.callerAdopts = false;
  const frame = bindFrame(t, func, args, keywords);
  const generator = isMadeAtOnce(t, func) && t.interpreter.frameEvaluator === null ? generatorOfCall(frame) : null;
  if (generator !== null) return generator;
  if (callerAdopts) t.adoptable = frame;
  return evaluate(t, frame);
}

setInterpreterEntry(enterFunction);
setInterpretCall(interpretCall, (code) => (t, func, ...parameters) => interpretBound(code, t, func, ...parameters), generatorDoor);
setRunFrame(evaluate);
setEnterBound((t, func, parameters) => enterCompiledQuietly(t, func, parameters, parameters.length));
setEnterFour(enterFourQuietly);
setDefaultEvaluator(evaluateByLoop);

