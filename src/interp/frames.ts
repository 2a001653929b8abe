/** Entering and leaving frames: what the loops, the unwinding and the doors between the tiers share. */
import { unwatchFinalizer } from '../objects/finalize.ts';
import { FRAME_BOTTOM, FRAME_CONSTRUCTOR, FRAME_DISCARD, FRAME_ENTRY, FRAME_GENERATOR, FRAME_HOOKED, FRAME_OPERATOR, type Frame } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { assert } from '../base/assert.ts';
import { RecursionError } from '../objects/exception-types.ts';
import { unlinkGenerator } from '../objects/generator.ts';
import { raise, raiseTypeError, typeName } from '../objects/raise.ts';

/** Counts `frame`, which is about to run. Raises RecursionError beyond the limit: a generator that was to go on is done then. */
export function enterFrame(t: Thread, frame: Frame): void {
  if (++t.depth <= t.interpreter.recursionLimit) return;
  t.depth--;
  finishGenerator(t, frame);
  raise(RecursionError, 'maximum recursion depth exceeded');
}

/** Makes `frame` the running frame, above the present one. Checks the recursion limit. */
export function pushFrame(t: Thread, f: Frame, frame: Frame): void {
  enterFrame(t, frame);
  frame.back = f;
  t.frame = frame;
}

/** The frame that a native function has left to be run (TAIL_CALL). */
export function takeTailFrame(t: Thread): Frame {
  const frame = t.tailFrame;
  assert(frame !== null, 'a native function that returns TAIL_CALL has set Thread.tailFrame');
  t.tailFrame = null;
  return frame;
}

/** What an operation makes of the result of its method; undefined where it pushes none. */
type Completion = (result: Value) => Maybe;

/** Declared cache: the completions of frames of FRAME_OPERATOR. */
const completions = new WeakMap<Frame, Completion>();

/** The frame of an operation's method goes on in tier 0: `complete` gives the operation's result when it is left, behind what was to be done before. */
export function completeWhenLeft(f: Frame, complete: Completion): void {
  const first = completions.get(f);
  f.kind |= FRAME_OPERATOR;
  completions.set(f, first === undefined ? complete : (result) => complete(first(result)!));
}

/** Runs while the method's frame is still on the stack, as `checkInitResult` does. */
function completed(t: Thread, f: Frame, result: Value): Maybe {
  try {
    return completions.get(f)!(result);
  } catch (error) {
    t.skipTraceback = true;
    throw error;
  }
}

/**
 * Leaves a frame that is not an ordinary call. Returns the frame to go on in, with its results pushed, or null when the loop returns `value`.
 * Ordinary calls (`kind` 0) are left by the macro itself.
 */
export function leaveSpecialFrame(t: Thread, f: Frame, returned: Value): Frame | null {
  const kind = f.kind;
  const value = (kind & FRAME_OPERATOR) === 0 ? returned : completed(t, f, returned);
  if ((kind & FRAME_CONSTRUCTOR) !== 0) checkInitResult(t, returned);
  const back = popFrame(t, f);
  if ((kind & (FRAME_BOTTOM | FRAME_ENTRY)) !== 0) return null;
  assert(back !== null, 'a frame that is no entry has a caller');
  if (value !== undefined) back.stack[back.sp++] = (kind & FRAME_CONSTRUCTOR) !== 0 ? (f.ending as Value) : (kind & FRAME_DISCARD) !== 0 ? null : value;
  if ((kind & FRAME_GENERATOR) !== 0) back.pc += f.returnOffset;
  return back;
}

/** Takes a frame off the thread's stack, by return or by exception. Returns its caller. */
export function popFrame(t: Thread, f: Frame): Frame | null {
  const kind = f.kind;
  const back = f.back;
  if ((kind & FRAME_GENERATOR) !== 0) finishGenerator(t, f);
  if ((kind & FRAME_HOOKED) !== 0) (f.ending as () => void)();
  t.depth--;
  t.frame = back;
  return back;
}

/** Raises while `__init__` is still on the stack, so that it is unwound like any frame; but the error is its caller's, and the traceback says so. */
function checkInitResult(t: Thread, value: Value): void {
  if (value === null) return;
  t.skipTraceback = true;
  raiseTypeError(`__init__() should return None, not '${typeName(value)}'`);
}

/** A generator's frame is done. Its result must have been taken from its stack. */
export function finishGenerator(t: Thread, f: Frame): void {
  f.back = null;
  const generator = f.generator;
  if (generator === null) return;
  generator.state = 'done';
  unlinkGenerator(t, generator);
  unwatchFinalizer(generator);
  if (f.object === null && !generator.more.inTraceback && (f.kind & FRAME_HOOKED) === 0) dropVariables(f);
}

/** Whoever holds a generator that is done does not hold what it held. */
function dropVariables(f: Frame): void {
  const { stack } = f;
  // Its closure, too. Only frame objects and tracebacks lead to the function of a frame that is done, and this one has none.
  f.func = null as never;
  for (let i = stack.length - 1; i >= 0; i--) stack[i] = undefined;
}

/**
 * Whether the frame is its thread's home frame in a loop that is not its home: the thread was resumed on top of another one that blocks in native code. The
 * native code that waits for the frame's result is below that thread on the JavaScript stack, so the result has to wait, too.
 */
export function isAway(t: Thread, f: Frame): boolean {
  return f === t.homeFrame && t.interpreter.loopDepth !== t.homeDepth;
}

/** Parks a thread that is away until its home loop runs again: `finish` then gives what is to be returned, or raises. */
export function waitForHome(t: Thread, finish: () => Value): void {
  const { interpreter } = t;
  t.parked = { reason: 'return to native code', deadline: Infinity, isInternal: true, ready: () => interpreter.loopDepth === t.homeDepth && interpreter.scheduler.blocked === 0, finish };
}

/** A home frame returns while it is away: it will, with the same instruction, when it is home. */
export function holdReturn(t: Thread, f: Frame, pc: number, sp: number, value: Value): void {
  f.pc = pc - 1;
  f.sp = sp;
  waitForHome(t, () => value);
}

/** Suspends a generator's frame. Returns the frame that resumed it, or null when native code did. */
export function suspendFrame(t: Thread, f: Frame): Frame | null {
  const generator = f.generator;
  assert(generator !== null, 'only generators yield');
  generator.state = 'suspended';
  unlinkGenerator(t, generator);
  const back = f.back;
  f.back = null;
  t.depth--;
  t.frame = back;
  return (f.kind & FRAME_ENTRY) !== 0 ? null : back;
}

/** The value of a native call that has parked where its thread cannot be swapped out: waits here, other threads run nested. */
export function blockParked(t: Thread): Value {
  const parking = t.parked;
  assert(parking !== null, 'a native function that returns PARKED has set Thread.parked');
  t.parked = null;
  return t.interpreter.scheduler.block(t, parking);
}
