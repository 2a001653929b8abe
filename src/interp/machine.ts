/**
 * The registers of the interpreter, and the macros with which instructions change frames.
 *
 * An instruction is a function over a `Machine`. The reference loop calls it; the generator copies its body into the generated loop, where the fields
 * of the machine are local variables, `return value` pushes, and the macros below (names in capitals) are expanded in place.
 *
 * INV-1: `pc` is the index of the next unit, behind the instruction's cache units; it also identifies the instruction's inline cache.
 * INV-2: while an instruction of a frame calls out, `f.pc` equals `pc`.
 */
import type { PyBaseException } from '../core/exception.ts';
import { FRAME_BOTTOM, type Frame, type PyCode } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { blockParked, holdReturn, isAway, leaveSpecialFrame, pushFrame, suspendFrame } from './frames.ts';
import { adoptFrames, blockLater, enterTier, takeRaised } from './tier-switch.ts';
import { UNWIND } from '../core/compiled.ts';
import { whereInterrupted } from './unwind.ts';

/** The registers. */
export interface Machine {
  t: Thread;
  f: Frame;
  code: PyCode;
  stack: Maybe[];
  sp: number;
  pc: number;
  /** Whether this loop may swap the thread at a safepoint. */
  readonly canSwap: boolean;
  /** Set by the reference loop's LEAVE when the loop is to return. */
  result: Maybe;
  finished: boolean;
}

/** What an instruction returns when it has pushed its results itself or has changed the frame. */
export const NEXT = Symbol('next');
/** Result type of instructions. */
export type Outcome = Value | typeof NEXT | void;

function reload(m: Machine, f: Frame): typeof NEXT {
  m.f = f;
  m.code = f.code;
  m.stack = f.stack;
  m.sp = f.sp;
  m.pc = f.pc;
  m.t.frame = f;
  return NEXT;
}

/** Macro: goes on in `frame`, which returns to the present one. */
export function ENTER(m: Machine, frame: Frame): typeof NEXT {
  m.f.pc = m.pc;
  m.f.sp = m.sp;
  pushFrame(m.t, m.f, frame);
  return reload(m, frame);
}

/** Macro: returns `value` from the running frame. */
export function LEAVE(m: Machine, value: Value): typeof NEXT {
  const f = m.f;
  if (f.kind === 0) {
    const back = f.back!;
    m.t.depth--;
    back.stack[back.sp++] = value;
    return reload(m, back);
  }
  if (isAway(m.t, f)) {
    holdReturn(m.t, f, m.pc, m.sp, value);
    return switchTo(m, m.t.interpreter.scheduler.park(m.t));
  }
  const next = leaveSpecialFrame(m.t, f, value);
  if (next !== null) return reload(m, next);
  if ((f.kind & FRAME_BOTTOM) !== 0) return switchTo(m, m.t.interpreter.scheduler.finished(m.t, null));
  m.result = value;
  m.finished = true;
  return NEXT;
}

/**
 * Macro: raises an exception. The generated loop goes to the unwinding without a JavaScript throw, which costs microseconds in a function as large as
 * that: V8 works out where it is for a message that nobody reads.
 */
export function RAISE(_m: Machine, exception: PyBaseException): never {
  throw exception;
}

/** Macro: yields `value` from the running generator. */
export function YIELD(m: Machine, value: Value): typeof NEXT {
  const f = m.f;
  f.pc = m.pc;
  f.sp = m.sp;
  const back = suspendFrame(m.t, f);
  if (back === null) {
    m.result = value;
    m.finished = true;
    return NEXT;
  }
  back.stack[back.sp++] = value;
  return reload(m, back);
}

/** Leaves the loop for the compiled code that entered it. */
function leaveLoop(m: Machine): typeof NEXT {
  m.finished = true;
  m.result = UNWIND as unknown as Value;
  return NEXT;
}

/** Macro: compiled code has returned UNWIND: goes on with the frames that it left, or raises. */
export function ADOPT(m: Machine): typeof NEXT {
  m.f.pc = m.pc;
  m.f.sp = m.sp;
  if (m.t.raised === null) adoptFrames(m.t, m.f);
  return goOn(m);
}

/** Macro: a countdown ran out: asks the tier above. */
export function HOT(m: Machine): typeof NEXT {
  m.f.pc = m.pc;
  m.f.sp = m.sp;
  enterTier(m.t, m.f);
  return goOn(m);
}

function goOn(m: Machine): typeof NEXT {
  const { t } = m;
  reload(m, t.frame!);
  if (t.raised !== null) throw takeRaised(t, m.f);
  if (t.parked !== null) {
    if (m.canSwap) return switchTo(m, t.interpreter.scheduler.park(t));
    if (t.evictable) return leaveLoop(m);
    blockLater(t);
    return switchTo(m, t);
  }
  if (t.breaker[0] === 0) return NEXT;
  try {
    return SAFEPOINT(m);
  } catch (error) {
    m.pc = whereInterrupted(m.code.words, m.pc);
    throw error;
  }
}

/** Macro: at a safepoint with a bit set in the eval breaker: signals, GIL hand-over, thread switch. */
export function SAFEPOINT(m: Machine): typeof NEXT {
  m.f.pc = m.pc;
  m.f.sp = m.sp;
  if (!m.canSwap && m.t.evictable) return m.t.interpreter.scheduler.mustLeave(m.t) ? leaveLoop(m) : NEXT;
  return switchTo(m, m.t.interpreter.scheduler.safepoint(m.t, m.canSwap));
}

/** Macro: the thread has parked in a native call; goes on with another one. */
export function PARK(m: Machine): typeof NEXT {
  m.f.pc = m.pc;
  m.f.sp = m.sp;
  if (!m.canSwap) {
    if (m.t.evictable) return leaveLoop(m);
    m.stack[m.sp++] = blockParked(m.t);
    return NEXT;
  }
  return switchTo(m, m.t.interpreter.scheduler.park(m.t));
}

function switchTo(m: Machine, next: Thread | null): typeof NEXT {
  if (next === null) {
    m.finished = true;
    m.result = null;
    return NEXT;
  }
  m.t = next;
  reload(m, next.frame!);
  const parked = next.parked;
  if (parked !== null) {
    next.parked = null;
    m.stack[m.sp++] = parked.finish();
  }
  return NEXT;
}
