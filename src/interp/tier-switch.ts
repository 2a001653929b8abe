/**
 * Between the tiers: calls into compiled code and out of it, frames made from records of compiled activations (`core/compiled.ts`), exceptions on their way
 * through them. Everything here is the slow path of compiled code, or a door.
 *
 * Compiled code that cannot go on (a guard failed, its callee parked, a safepoint wants another thread) is *evicted*: each activation on the JavaScript stack
 * becomes a frame, from the innermost one to the door, and the loop behind the door goes on with the top frame.
 */
import { DELEGATION, DOOR, DOOR_SIZE, ENTRY_PC, FINISHED, HANDLING, RECORD_HEAD, RETURNED, SOURCE_COMPLEX, SOURCE_CONSTANT, SOURCE_COUNT, SOURCE_DOUBLE, SOURCE_ENUMERATE, SOURCE_GENERATOR, SOURCE_KEPT, SOURCE_NUMBER, SOURCE_RANGE, SOURCE_SEQUENCE, SOURCE_TUPLE, SOURCE_VALUE, SOURCE_ZIP, type NumberTag, type Site, SUSPENDED, type SuspendedSource, UNWIND } from '../core/compiled.ts';
import type { PyBaseException } from '../core/exception.ts';
import { FRAME_ACTIVATION, FRAME_ENTRY, FRAME_GENERATOR, Frame, NEVER, NOT_LINKED, PyFunction, type PyGenerator } from '../core/function.ts';
import { PARKED, type Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { assert } from '../base/assert.ts';
import { RecursionError } from '../objects/exception-types.ts';
import { unlinkGenerator } from '../objects/generator.ts';
import { newComplex, newFloat, newTuple } from '../objects/make.ts';
import { newException } from '../objects/raise.ts';
import { blockParked, finishGenerator } from './frames.ts';
import { begunGenerator, suspendedGenerator } from './generators.ts';
import { completeInstruction, Departure, waitForGenerator } from './departure.ts';
import { applyWritten, hasLeft } from './seen-frames.ts';
import { countIterator, enumerateIterator, numberOf, rangeIterator, sequenceIterator, zipIterator } from './virtual-objects.ts';
import { raiseInFrame, rewind, toPythonException } from './unwind.ts';

/** Calls and back edges until a tier that stands back is asked again. */
const ASK_AGAIN = 1_000;

/** Entries of `Thread.records` above which calls from compiled code are left to the loop, so that the JavaScript stack stays small. */
export const MAX_RECORDS = 100_000;

function sourceValue(t: Thread, site: Site, base: number, kind: number, n: number): Maybe {
  const at = base + RECORD_HEAD + n;
  const { records } = t;
  switch (kind) {
    case SOURCE_VALUE: return records[at] as Maybe;
    case SOURCE_DOUBLE: return newFloat(records[at] as number);
    case SOURCE_COMPLEX: return newComplex(records[at] as number, records[at + 1] as number);
    case SOURCE_CONSTANT: return site.constants[n];
    case SOURCE_RANGE: return rangeIterator(records[at] as number, records[at + 1] as number, records[at + 2] as number);
    case SOURCE_COUNT: return countIterator(records[at] as number, records[at + 1] as number);
    case SOURCE_SEQUENCE: return sequenceIterator(records[at] as Value, records[at + 1] as number);
    case SOURCE_TUPLE: return newTuple([records[at] as Value, records[at + 1] as Value]);
    case SOURCE_ENUMERATE: return enumerateIterator(records[at] as Value, records[at + 1] as number);
    case SOURCE_ZIP: return zipIterator(records[at] as Value, records[at + 1] as Value, records[at + 2] as number);
    case SOURCE_GENERATOR: return suspendedFromRecord(t, site, base, site.generators[n]!);
    case SOURCE_NUMBER: return numberOf(records[at] as number, records[at + 1] as NumberTag);
    default: return undefined;
  }
}

function suspendedFromRecord(t: Thread, site: Site, base: number, { func, code, pc, point, sources }: SuspendedSource): Value {
  const count = sources.length >> 1;
  const stack = Array.from({ length: count }, (_, i) => sourceValue(t, site, base, sources[2 * i]!, sources[2 * i + 1]!));
  return suspendedGenerator(func, code, stack, pc, point.run);
}

/** The frame of the activation whose record is at `base`, at the right instruction; its variables may be out of date. */
export function placeFromRecord(t: Thread, base: number): Frame {
  const owner = t.records[base] as Frame | PyFunction;
  const site = t.records[base + 1] as Site;
  const frame = owner instanceof PyFunction ? activationFrame(site, owner) : owner;
  t.records[base] = frame;
  if (site.pc !== ENTRY_PC) frame.pc = site.pc;
  return frame;
}

/** The frame of the activation whose record is at `base`: made, or brought up to date. */
export function frameFromRecord(t: Thread, base: number): Frame {
  const frame = placeFromRecord(t, base);
  const site = t.records[base + 1] as Site;
  if (site.pc === ENTRY_PC) return frame;
  const { stack } = frame;
  const { sources } = site;
  const { records } = t;
  const count = sources.length >> 1;
  for (let i = 0; i < count; i++) {
    const kind = sources[2 * i]!;
    if (kind === SOURCE_VALUE) stack[i] = records[base + RECORD_HEAD + sources[2 * i + 1]!] as Maybe;
    else if (kind !== SOURCE_KEPT) stack[i] = sourceValue(t, site, base, kind, sources[2 * i + 1]!);
  }
  // What stood above when compiled code took the frame over would be held for nothing. (`fill` would leave V8's machine code.)
  for (let i = count; i < stack.length; i++) if (stack[i] !== undefined) stack[i] = undefined;
  frame.sp = count;
  if (frame.object !== null) applyWritten(frame);
  return frame;
}

function activationFrame(site: Site, owner: PyFunction): Frame {
  const frame = new Frame(site.code, owner, null, new Array<Maybe>(site.code.frameSize));
  if (site.code.isGenerator) return begunGenerator(frame).frame;
  frame.kind = FRAME_ACTIVATION;
  return frame;
}

/** As `frameFromRecord`, for an activation that ends here: tier 0 goes on with the frame. */
export function takeFrame(t: Thread, base: number): Frame {
  const frame = frameFromRecord(t, base);
  hasLeft(t, frame);
  return frame;
}

/** See `Doors.finishSeen`. The record's site is before its RETURN_VALUE. */
export function finishSeen(t: Thread, base: number): Value {
  const frame = takeFrame(t, base);
  const result = frame.stack[--frame.sp] as Value;
  frame.stack[frame.sp] = undefined;
  frame.pc++;
  t.top = base;
  t.depth--;
  return result;
}

/** Makes `frame` the top and the bottom of what is evicted from `base` on. */
export function evictTop(t: Thread, base: number, frame: Frame): typeof UNWIND {
  t.frame = frame;
  t.evicted = frame;
  t.top = base;
  return UNWIND;
}

/** A guard failed, or the code cannot be compiled from here: tier 0 goes on at the site. */
export function leaveCompiled(t: Thread, base: number): typeof UNWIND {
  return evictTop(t, base, takeFrame(t, base));
}

/**
 * An exception in the activation at `base`: goes to its handler, or on to the caller. Returns what compiled code is left with: UNWIND, HANDLING when it was
 * entered with a frame, or the result of a function that has handled it.
 */
export function raiseAt(t: Thread, base: number, exception: PyBaseException): Value | symbol {
  const { isFrame } = t.records[base + 1] as Site;
  const isOwnFrame = isFrame && isEnteredFrame(t, base);
  const frame = takeFrame(t, base);
  t.top = base;
  t.evicted = null;
  if (isOwnFrame && t.interpreter.instrumented) {
    // The frame is tier 0's: its unwinding tells of the exception.
    t.frame = frame;
    t.raised = exception;
    return UNWIND;
  }
  if (raiseInFrame(t, frame, exception)) return isFrame ? HANDLING : handleInActivation(t, base, frame);
  if (isOwnFrame) {
    t.frame = frame;
    // The traceback has this frame already.
    t.skipTraceback = true;
  } else {
    rewind(frame, exception);
    if ((frame.kind & FRAME_GENERATOR) !== 0) finishGenerator(t, frame);
    t.depth--;
  }
  t.raised = exception;
  return UNWIND;
}

/** A compiled function that was called goes on at a handler; its result. */
function handleInActivation(t: Thread, base: number, frame: Frame): Value | symbol {
  const { generator } = frame;
  if (generator === null) frame.kind |= FRAME_ACTIVATION;
  const result = goOnAtHandlers(t, frame, base);
  if (result !== RETURNED) return typeof result === 'symbol' ? result : suspendHandled(t, base, generator!, result);
  const returned = frame.stack[frame.sp - 1] as Value;
  if (generator !== null) finishGenerator(t, frame);
  frame.linkedAt = NOT_LINKED;
  t.depth--;
  t.top = base;
  return returned;
}

/** A coroutine that was begun yields behind a handler. */
function suspendHandled(t: Thread, base: number, generator: PyGenerator, value: Value): typeof SUSPENDED {
  unlinkGenerator(t, generator);
  generator.state = 'suspended';
  generator.frame.back = null;
  t.depth--;
  t.top = base;
  t.begun = generator;
  t.sent = value;
  return SUSPENDED;
}

/**
 * Compiled code that was entered with `frame`, at `base`, has come to a handler: runs what the tier has for it, and for the next ones. Returns what the last
 * run did; UNWIND when tier 0 is to go on.
 */
export function goOnAtHandlers(t: Thread, frame: Frame, base: number): Value | symbol {
  for (;;) {
    t.top = base;
    const run = t.interpreter.tier === null || frame.object !== null ? null : t.interpreter.tier.handler(t, frame);
    const result = (run === null ? undefined : run(t, frame, null)) as Value | symbol | undefined;
    if (result === undefined) {
      hasLeft(t, frame);
      return evictTop(t, base, frame);
    }
    if (result !== HANDLING) return result;
  }
}

/** Whether the record's frame was tier 0's own when it was entered (on-stack replacement): the door below names it. */
function isEnteredFrame(t: Thread, base: number): boolean {
  return base >= DOOR_SIZE && t.records[base - 1] === DOOR && t.records[base - 2] === t.records[base];
}

/** What compiled code caught. */
export function caughtInCompiled(t: Thread, base: number, caught: unknown): Value | symbol {
  if (caught instanceof Departure) return departAt(t, base, caught);
  return raiseAt(t, base, toPythonException(caught));
}

function departAt(t: Thread, base: number, departure: Departure): typeof UNWIND {
  const frame = takeFrame(t, base);
  completeInstruction(frame, t.records[base + 1] as Site, departure.results);
  return evictTop(t, base, frame);
}

/** A call from the activation at `base` gave no plain value, or the eval breaker is set: returns the value to go on with, UNWIND or FINISHED. */
export function afterCall(t: Thread, base: number, result: Value | symbol | undefined): Value | symbol {
  if (result === UNWIND) return finishWith(t, unwound(t, base));
  if (result === PARKED) return evictTop(t, base, takeFrame(t, base));
  const value = (result === undefined ? null : result) as Value;
  if (t.breaker[0] === 0 || !t.interpreter.scheduler.mustLeave(t)) return value;
  const frame = takeFrame(t, base);
  if ((t.records[base + 1] as Site).pushes) frame.stack[frame.sp++] = value;
  return evictTop(t, base, frame);
}

/** Whether a compiled loop has to be left at its safepoint. */
export function mustLeave(t: Thread): boolean {
  return t.interpreter.scheduler.mustLeave(t);
}

/** The activation is left with `result`: what its JavaScript function goes on with. */
export function finishWith(t: Thread, result: Value | symbol): symbol {
  if (result === UNWIND) return UNWIND;
  t.finished = result;
  return FINISHED;
}

/** What the activation at `base` has called came to UNWIND: raises the exception in it, or has its frame stand under those of its callee. Returns what `raiseAt` does. */
export function unwound(t: Thread, base: number): Value | symbol {
  const exception = t.raised;
  if (exception !== null) {
    t.raised = null;
    return raiseAt(t, base, exception);
  }
  const callee = t.evicted;
  assert(callee !== null, 'UNWIND comes with an exception or with frames');
  const frame = takeFrame(t, base);
  callee.back = frame;
  if ((callee.kind & FRAME_GENERATOR) !== 0) waitForGenerator(frame, t.records[base + 1] as Site, callee);
  t.evicted = frame;
  t.top = base;
  return UNWIND;
}

/** Whether an activation that `t.depth` counts already is beyond the recursion limit: then RecursionError is to be raised in its caller. */
export function isTooDeep(t: Thread): boolean {
  if (t.depth <= t.interpreter.recursionLimit) return false;
  t.depth--;
  t.raised = newException(RecursionError, 'maximum recursion depth exceeded');
  t.evicted = null;
  return true;
}

/** A compiled function was entered too deep; `t.depth` counts it already. Its frame is made for tier 0, or RecursionError raised in the caller. */
export function overflow(t: Thread, func: PyFunction, args: readonly Maybe[]): typeof UNWIND {
  if (isTooDeep(t)) return UNWIND;
  const stack = new Array<Maybe>(func.code.frameSize);
  for (let i = 0; i < args.length; i++) stack[i] = args[i];
  return evictTop(t, t.top, new Frame(func.code, func, null, stack));
}

/** Calls a compiled function with `count` arguments from `stack[start]`, as the loop does. @hot every call from tier 0 to compiled code */
export function callCompiled(t: Thread, callee: PyFunction, stack: readonly Maybe[], start: number, count: number): Value | typeof UNWIND {
  const { top } = t;
  openDoor(t, top);
  const { direct } = callee.code;
  let result: Value | symbol;
  switch (count) {
    case 0: result = direct(t, callee); break;
    case 1: result = direct(t, callee, stack[start]); break;
    case 2: result = direct(t, callee, stack[start], stack[start + 1]); break;
    case 3: result = direct(t, callee, stack[start], stack[start + 1], stack[start + 2]); break;
    case 4: result = direct(t, callee, stack[start], stack[start + 1], stack[start + 2], stack[start + 3]); break;
    default: result = direct(t, callee, ...stack.slice(start, start + count));
  }
  return leaveDoor(t, top, result);
}

/** Marks the place in the records, at the top, above which compiled code runs that tier 0 or native code calls. */
export function openDoor(t: Thread, top: number): void {
  if (t.records[top] !== t.frame) t.records[top] = t.frame;
  t.records[top + 1] = DOOR;
  t.top = top + DOOR_SIZE;
}

/** The compiled code above the door at `top` has given `result`. */
export function leaveDoor(t: Thread, top: number, result: Value | symbol): Value | typeof UNWIND {
  if (result === UNWIND && t.raised !== null) t.frame = t.records[top] as Frame | null;
  t.top = top;
  return result as Value | typeof UNWIND;
}

/** Links the evicted frames above `f`, from which compiled code was called. */
export function adoptFrames(t: Thread, f: Frame): void {
  const bottom = t.evicted;
  if (bottom === null) return;
  t.evicted = null;
  if (bottom !== f) bottom.back = f;
  if (t.parked === null) t.interpreter.tier?.left(t);
}

/** The exception that came out of compiled code. */
export function takeRaised(t: Thread, f: Frame): PyBaseException {
  const exception = t.raised!;
  t.raised = null;
  const inner = exception.traceback?.frame;
  if (inner !== undefined && inner.back === null && inner !== f) inner.back = f;
  return exception;
}

/** A parked thread that cannot be swapped out: what it waits for is waited for here as soon as it goes on. */
export function blockLater(t: Thread): void {
  const parking = t.parked!;
  t.parked = { ...parking, ready: () => true, deadline: 0, reason: parking.reason, finish: () => blockOn(t, parking) };
}

function blockOn(t: Thread, parking: NonNullable<Thread['parked']>): Value {
  t.parked = parking;
  return blockParked(t);
}

/** Calls and back edges until code asks again that asked while somebody wanted events. */
const AFTER_INSTRUMENTED = 100;

/** A countdown ran out in `f`, which stands behind a RESUME or a backward jump: asks the tier above, and runs what it has for this place. */
export function enterTier(t: Thread, f: Frame): void {
  const { tier } = t.interpreter;
  if (tier === null || t.interpreter.frameEvaluator !== null) {
    f.code.countdown = tier === null ? NEVER : ASK_AGAIN;
    return;
  }
  if (t.interpreter.instrumented) {
    f.code.countdown = AFTER_INSTRUMENTED;
    return;
  }
  const run = tier.hot(t, f);
  if (run === null) return;
  const { top } = t;
  t.records[top] = f;
  t.records[top + 1] = DOOR;
  t.top = top + DOOR_SIZE;
  let result = run(t, f, f.generator === null ? null : (f.stack[f.sp - 1] as Value)) as Value | symbol | undefined;
  if (result === HANDLING) result = goOnAtHandlers(t, f, top + DOOR_SIZE);
  t.top = top;
  if (result === RETURNED) return;
  t.evicted = null;
  if (result === UNWIND) {
    if (t.raised === null && t.parked === null) tier.left(t);
    return;
  }
  if (result === undefined) return;
  // It has suspended its generator: tier 0 does so again, at the YIELD_VALUE.
  f.pc--;
  f.stack[f.sp++] = result as Value;
}

/** Makes the frames of all compiled activations of `t` and links them with those of tier 0. Returns the innermost frame. */
export function settleFrames(t: Thread): Frame | null {
  return framesOf(t, frameFromRecord);
}

/** As `settleFrames`, for those who want to know which frames there are, and where they stand: the variables may be out of date. */
export function linkFrames(t: Thread): Frame | null {
  return framesOf(t, placeFromRecord);
}

/**
 * Brings the place of one frame up to date, and with it what it stands on. Where all frames were linked since its activation began, that has not changed:
 * `linkedAt` says so until the activation ends. (Other callers may have resumed a generator since: it is never taken to be linked.)
 */
export function placeFrame(t: Thread, f: Frame): void {
  const base = f.linkedAt;
  if (base >= t.top || t.records[base] !== f || t.records[base + 1] === DOOR || t.records[base + 1] === DELEGATION) linkFrames(t);
  else placeFromRecord(t, base);
}

function framesOf(t: Thread, fromRecord: (t: Thread, base: number) => Frame): Frame | null {
  let current: Frame | null = null;
  let under: Frame | null = null;
  const { records } = t;
  for (let base = 0; base < t.top;) {
    if (records[base + 1] === DOOR) {
      const door = records[base] as Frame | null;
      current = linkAbove(door, under, current);
      under = door;
      base += DOOR_SIZE;
      continue;
    }
    if (records[base + 1] === DELEGATION) {
      current = linkWaiting((records[base] as Frame).generator!, current);
      base += DOOR_SIZE;
      continue;
    }
    const frame = fromRecord(t, base);
    if (frame !== current) frame.back = current;
    if (frame.generator === null && (frame.kind & FRAME_ACTIVATION) !== 0) frame.linkedAt = base;
    current = frame;
    base += (records[base + 1] as Site).size;
  }
  return linkAbove(t.frame, under, current);
}

/** Links the frames of generators that wait for each other, from `outer` to the one that waits for the running one. Returns that. */
function linkWaiting(outer: PyGenerator, below: Frame | null): Frame | null {
  let back = below;
  for (let generator = outer; generator.frame.resume !== null; generator = generator.delegate!) {
    generator.frame.back = back;
    back = generator.frame;
  }
  return back;
}

/** The frames of tier 0 from `top` down to `under` stand on `current`. Returns the new innermost frame. */
function linkAbove(top: Frame | null, under: Frame | null, current: Frame | null): Frame | null {
  if (top === under || top === null) return current ?? top;
  for (let f: Frame | null = top; f !== null; f = f.back) {
    if (f === current) return top;
    if (f.back === under || f.back === current) {
      f.back = current;
      return top;
    }
  }
  return top;
}

/** Marks a frame that a loop ran for compiled code as evictable with it. */
export function evictEntered(t: Thread, frame: Frame): typeof UNWIND {
  frame.kind &= ~FRAME_ENTRY;
  t.evicted = frame;
  return UNWIND;
}
