/**
 * Resuming generators and coroutines that are compiled: from compiled code, and from native code.
 *
 * One that waits for another (`yield from`, `await`) is not resumed for each value that passes through it: the innermost one is, and the others stay as they are,
 * suspended, with one record for all of them:
 *
 *   records: [ ... | frame of the outermost, DELEGATION | frame of the innermost, site, values | ... ]
 *
 * They go on when the innermost one returns, and become frames of tier 0 when it raises, or is evicted.
 * INV-1: `PyGenerator.delegate` counts only while `frame.resume` is set.
 */
import { CACHES, OP } from '../bytecode/opcodes.ts';
import { DELEGATION, DOOR, DOOR_SIZE, HANDLING, RETURNED, UNWIND } from '../core/compiled.ts';
import { FRAME_ENTRY, FRAME_GENERATOR, PyGenerator, type Frame, type PyFunction } from '../core/function.ts';
import type { PyBaseException } from '../core/exception.ts';
import type { Sink } from '../core/sink.ts';
import type { Thread } from '../core/thread.ts';
import type { PyType } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import { beginResumption, checkIdle, endedWith, linkGenerator, resumeGenerator, unlinkGenerator } from '../objects/generator.ts';
import { IndexError, StopIteration } from '../objects/exception-types.ts';
import { iterNext, parksForNext, PySequenceIterator } from '../objects/iterate.ts';
import { isRaised } from '../objects/raise.ts';
import { resumesCompiled, setResumeCompiled, setThrowCompiled } from '../objects/run-frame.ts';
import { typeOf } from '../objects/type-of.ts';
import { Departure, PARKED_FOR_NEXT } from './departure.ts';
import { enterFourQuietly, runEvictable, runEvicted, runLoop } from './evaluate.ts';
import { finishGenerator } from './frames.ts';
import { sendTo } from './generators.ts';
import { specialMethod } from './operator-calls.ts';
import { remind } from './seen-frames.ts';
import { evictTop, goOnAtHandlers } from './tier-switch.ts';
import { prepareThrown, raiseInFrame, rewind, unwind } from './unwind.ts';

/**
 * Goes on with a generator in compiled code (`resumesCompiled`), above its caller's record. Returns what it yields, undefined when it has returned
 * `Thread.sent`, or UNWIND. What `sink` takes is not yielded, also by a generator for which it waits. @hot bench/programs/generators.py bench/programs/coroutines.py
 */
function resumeEvictable(t: Thread, generator: PyGenerator, value: Value, sink?: Sink): Maybe | typeof UNWIND {
  if (generator.delegate !== null) return resumeInnermost(t, generator, value, sink);
  const { frame, exceptions } = generator;
  const resume = frame.resume!;
  const base = t.top;
  frame.resume = null;
  frame.kind = FRAME_GENERATOR;
  if (exceptions !== null && exceptions.value !== null) linkGenerator(t, generator);
  generator.state = 'running';
  t.depth++;
  const result = resume(t, frame, value, sink) as Resumed;
  if (typeof result === 'symbol' || result === undefined) return endResumption(t, generator, value, result, base);
  return suspended(t, generator, result);
}

/** What compiled code of a generator gives: a value that it yields, or how else it has ended. */
type Resumed = Value | typeof UNWIND | typeof RETURNED | typeof HANDLING | undefined;

function suspended(t: Thread, generator: PyGenerator, value: Value): Value {
  const { exceptions } = generator;
  if (exceptions !== null) unlinkGenerator(t, generator);
  generator.state = 'suspended';
  generator.frame.back = null;
  t.depth--;
  return value;
}

function endResumption(t: Thread, generator: PyGenerator, value: Value, result: symbol | undefined, base: number): Maybe | typeof UNWIND {
  const { frame } = generator;
  const ended = result === HANDLING ? (goOnAtHandlers(t, frame, base) as Resumed) : result;
  if (ended === UNWIND) return UNWIND;
  if (ended === undefined) {
    // Not taken: the loop resumes it.
    frame.stack[frame.sp++] = value;
    return evictTop(t, base, frame);
  }
  if (ended !== RETURNED) return suspended(t, generator, ended as Value);
  t.sent = frame.stack[frame.sp - 1] as Value;
  finishGenerator(t, frame);
  t.depth--;
  return undefined;
}

/** The innermost generator that `outer` waits for; null where it, or what is between, has to be resumed in the usual way. */
function innermostOf(t: Thread, outer: PyGenerator, value: Value): PyGenerator | null {
  let inner = outer;
  // Each would be a call of its own: where that is too deep, RecursionError comes up through all of them.
  let depth = t.depth;
  while (inner.delegate !== null) {
    if (inner.frame.resume === null || (inner.exceptions !== null && inner.exceptions.value !== null) || ++depth >= t.interpreter.recursionLimit) return null;
    inner = inner.delegate;
  }
  return resumesCompiled(t, inner, value) && inner.kind !== 'async_generator' ? inner : null;
}

/** As `resumeEvictable`, for a generator that waits for another one. */
function resumeInnermost(t: Thread, outer: PyGenerator, value: Value, sink: Sink | undefined): Maybe | typeof UNWIND {
  let inner = innermostOf(t, outer, value);
  if (inner === null) {
    checkIdle(outer);
    outer.delegate = null;
    return resumeEvictable(t, outer, value, sink);
  }
  const { records, top } = t;
  let sent = value;
  for (;;) {
    // V8 would note the store of a young frame in the old array each time.
    if (records[top] !== outer.frame) records[top] = outer.frame;
    records[top + 1] = DELEGATION;
    t.top = top + DOOR_SIZE;
    const result = resumeEvictable(t, inner, sent, sink);
    t.top = top;
    if (outer.frame.back !== null) unlinkWaiting(outer, inner);
    if (result === UNWIND) return leaveWaiting(t, outer, inner);
    if (result !== undefined) return result;
    // The one that waits for it sends to it once more, and gets what it has returned.
    inner.returned = t.sent;
    inner = waitingFor(outer, inner);
    inner.delegate = null;
    sent = null;
    if (inner === outer) return resumeEvictable(t, outer, null, sink);
  }
}

function waitingFor(outer: PyGenerator, inner: PyGenerator): PyGenerator {
  let generator = outer;
  while (generator.delegate !== inner) generator = generator.delegate!;
  return generator;
}

/** Frames of generators that wait had been looked at. */
function unlinkWaiting(outer: PyGenerator, inner: PyGenerator): void {
  for (let generator = outer; generator !== inner; generator = generator.delegate!) generator.frame.back = null;
}

/** The innermost generator has raised, or was evicted: those that wait for it run in tier 0 from here on. */
function leaveWaiting(t: Thread, outer: PyGenerator, inner: PyGenerator): Maybe | typeof UNWIND {
  const waiting = runWaiting(t, outer, inner);
  const { raised } = t;
  if (raised !== null) return raiseInWaiting(t, outer, waiting, raised);
  t.evicted!.back = waiting;
  t.evicted = outer.frame;
  return UNWIND;
}

/** Makes the generators from `outer` to the one that waits for `inner` running frames, as SEND leaves them. Returns the last of the frames. */
function runWaiting(t: Thread, outer: PyGenerator, inner: PyGenerator): Frame {
  let below: Frame | null = null;
  for (let generator = outer; generator !== inner;) {
    const { frame } = generator;
    const next: PyGenerator = generator.delegate!;
    generator.delegate = null;
    generator.state = 'running';
    t.depth++;
    frame.resume = null;
    frame.kind = FRAME_GENERATOR;
    frame.back = below;
    // It stands at the RESUME behind the YIELD_VALUE, before which is the SEND.
    frame.pc--;
    next.frame.returnOffset = frame.code.words[frame.pc - 1 - CACHES[OP.SEND]!]! >> 8;
    below = frame;
    generator = next;
  }
  return below!;
}

function raiseInWaiting(t: Thread, outer: PyGenerator, waiting: Frame, raised: PyBaseException): Maybe {
  const under = t.frame;
  outer.frame.kind |= FRAME_ENTRY;
  outer.frame.back = under;
  t.raised = null;
  t.frame = waiting;
  let last: Value;
  try {
    unwind(t, waiting, raised);
    last = runLoop(t, t.frame, /* canSwap */ false);
  } finally {
    if (t.top !== 0) t.frame = under;
  }
  if ((outer as { state: string }).state !== 'done') return last;
  t.sent = last;
  return undefined;
}

/** Raises an exception in a suspended generator, above the record at `base`, and goes on at its handlers. As `resumeEvictable`. */
function throwEvictable(t: Thread, generator: PyGenerator, exception: PyBaseException): Maybe | typeof UNWIND {
  const { frame, exceptions } = generator;
  const base = t.top;
  if (exceptions !== null && exceptions.value !== null) linkGenerator(t, generator);
  prepareThrown(t, frame, exception);
  generator.state = 'running';
  generator.delegate = null;
  frame.resume = null;
  frame.kind = FRAME_GENERATOR;
  t.depth++;
  if (raiseInFrame(t, frame, exception)) return endResumption(t, generator, null, HANDLING, base);
  rewind(frame, exception);
  finishGenerator(t, frame);
  t.depth--;
  t.evicted = null;
  t.raised = exception;
  return UNWIND;
}

/** As `resumeEvictable`, for native code: UNWIND comes with `Thread.raised`. */
function resumeFromNative(t: Thread, generator: PyGenerator, value: Value, sink?: Sink): Maybe | typeof UNWIND {
  return fromNative(t, generator, value, null, sink);
}

/** Resumes a generator, or raises `exception` in it. */
function fromNative(t: Thread, generator: PyGenerator, value: Value, exception: PyBaseException | null, sink?: Sink): Maybe | typeof UNWIND {
  const { frame: under, floor, top, records } = t;
  if (records[top] !== under) records[top] = under;
  records[top + 1] = DOOR;
  t.top = top + DOOR_SIZE;
  t.floor = top;
  const result = exception === null ? resumeEvictable(t, generator, value, sink) : throwEvictable(t, generator, exception);
  t.top = top;
  t.floor = floor;
  if (t.leaving !== null) remind(t);
  if (result !== UNWIND) return result;
  if (t.raised !== null) {
    t.frame = under;
    return UNWIND;
  }
  const last = runEvicted(t, under);
  if ((generator as { state: string }).state !== 'done') return last;
  t.sent = last;
  return undefined;
}

/**
 * The next value of an iterator, which gets `value` as result of its `yield`; undefined when it has returned `Thread.sent`, or UNWIND. What `sink` takes of a generator's values it does not give.
 * @hot bench/programs/generators.py bench/programs/coroutines.py
 */
export function resumeWith(t: Thread, iterator: Value, value: Value, sink?: Sink): Maybe | typeof UNWIND {
  if (iterator instanceof PyGenerator) {
    const { returned } = iterator;
    if (returned !== undefined) {
      // It has returned while it was resumed in the place of those that wait for it.
      iterator.returned = undefined;
      t.sent = returned;
      return undefined;
    }
    if (iterator.kind !== 'async_generator') return resumeInAnyTier(t, iterator, value, sink);
  }
  return sendTo(t, iterator, value);
}

function resumeInAnyTier(t: Thread, generator: PyGenerator, value: Value, sink?: Sink): Maybe | typeof UNWIND {
  return resumesCompiled(t, generator, value) ? resumeEvictable(t, generator, value, sink) : resumeInterpreted(t, generator, value);
}

/**
 * As `resumeEvictable`, for a generator that is not compiled, or not from where it stands: its loop is left when frames are to be evicted. In one of native code
 * a thread that waits for a lock could not be swapped out.
 */
function resumeInterpreted(t: Thread, generator: PyGenerator, value: Value): Maybe | typeof UNWIND {
  if (t.interpreter.frameEvaluator !== null) return resumeGenerator(t, generator, value);
  if (!beginResumption(t, generator, value)) return undefined;
  const result = runEvictable(t, generator.frame);
  return result === UNWIND ? UNWIND : endedWith(t, generator, result);
}

/** What a compiled method gives of a sequence or iterator, undefined where it raises what ends the iteration: that is not thrown; or UNWIND. */
function itemBy(t: Thread, func: PyFunction, self: Value, index: Maybe, isEnd: (exception: unknown) => boolean): Maybe | typeof UNWIND {
  let item: Value | typeof UNWIND;
  try {
    item = enterFourQuietly(t, func, self, index, undefined, undefined);
  } catch (caught) {
    // It has left compiled code.
    if (!isEnd(caught)) throw caught;
    return undefined;
  }
  if (item !== UNWIND || !isEnd(t.raised)) return item;
  t.raised = null;
  return undefined;
}

function isEndOfIterator(exception: unknown): boolean {
  return isRaised(exception, StopIteration);
}

function isEndOfSequence(exception: unknown): boolean {
  return isRaised(exception, IndexError) || isEndOfIterator(exception);
}

/** As its slot does, of a class with a compiled `__getitem__`. */
function nextBySubscript(t: Thread, iterator: PySequenceIterator): Maybe | typeof UNWIND {
  const { sequence } = iterator;
  const func = sequence === undefined ? null : specialMethod(t, typeOf(sequence), '__getitem__', 2);
  if (sequence === undefined || func === null || !func.code.isCompiled) return iterNext(t, iterator);
  const item = itemBy(t, func, sequence, iterator.index, isEndOfSequence);
  if (item === undefined) iterator.sequence = undefined;
  else if (item !== UNWIND) iterator.index++;
  return item;
}

/** As its slot does, of a class of the program. */
function nextByMethod(t: Thread, iterator: Value, type: PyType): Maybe | typeof UNWIND {
  const func = specialMethod(t, type, '__next__', 1);
  return func === null || !func.code.isCompiled ? iterNext(t, iterator) : itemBy(t, func, iterator, undefined, isEndOfIterator);
}

/** The next item of an iterator, undefined when it is exhausted; or UNWIND. What `sink` takes of a generator's values it does not give. @hot bench/programs/generators.py */
export function nextItem(t: Thread, iterator: Value, sink?: Sink): Maybe | typeof UNWIND {
  // Generators first: to find that an object is not of a class takes V8 the whole chain of its prototypes.
  if (iterator instanceof PyGenerator) {
    if (iterator.kind !== 'generator') return iterNext(t, iterator);
    return resumeInAnyTier(t, iterator, null, sink);
  }
  if (iterator instanceof PySequenceIterator) return nextBySubscript(t, iterator);
  const type = typeOf(iterator);
  if (type.parkNext !== null && parksForNext(t, iterator)) throw new Departure(PARKED_FOR_NEXT);
  return type.flags.heapType ? nextByMethod(t, iterator, type) : iterNext(t, iterator);
}

setResumeCompiled(resumeFromNative);
setThrowCompiled((t, generator, exception) => fromNative(t, generator, null, exception));
