/** Instructions of calls and returns. */
import type { Value } from '../../core/value.ts';
import { FRAME_CONSTRUCTOR, PyFunction, PyMethod, type Frame } from '../../core/function.ts';
import { PyBuiltinFunction, PyMethodDescriptor } from '../../core/native.ts';
import { PyType } from '../../core/type.ts';
import { UNWIND } from '../../core/compiled.ts';
import { BREAKER_URGENT, PARKED } from '../../core/thread.ts';
import { callBuiltinFromStack, callGeneral, callKeywords, callMethodFromStack, callUnpacked, constructorFrame, type CallResult, keywordFrame, unpackedFrame } from '../calls.ts';
import { simpleFrame, bindFrame } from '../call-frame.ts';
import { callCompiled } from '../tier-switch.ts';
import { takeTailFrame } from '../frames.ts';
import { ADOPT, ENTER, HOT, LEAVE, NEXT, PARK, SAFEPOINT, type Machine, type Outcome } from '../machine.ts';

/**
 * Calls: [callable, self or NULL, arguments...] → result. Python functions get a frame of this loop, so calls do not recurse in JavaScript.
 * @manual @source bytecodes.c CALL
 * @hot bench/programs/calls.py
 */
export function CALL(m: Machine, oparg: number): Outcome {
  const base = m.sp - oparg - 2;
  let callee = m.stack[base] as Value;
  let start = m.stack[base + 1] === undefined ? base + 2 : base + 1;
  if (callee instanceof PyMethod && start === base + 2) {
    m.stack[base + 1] = callee.self;
    callee = callee.func;
    start = base + 1;
  }
  const count = m.sp - start;
  let result: CallResult;
  if (callee instanceof PyFunction && callee.entryPoint === m.t.interpreter.entryPoint) {
    if (callee.code.isCompiled && callee.code.simpleArgcount === count) {
      result = callCompiled(m.t, callee, m.stack, start, count);
      m.sp = base;
      if (result === UNWIND) return ADOPT(m);
      m.stack[m.sp++] = result as Value;
      if (m.t.breaker[0] !== 0) return SAFEPOINT(m);
      return NEXT;
    }
    const frame: Frame = callee.code.simpleArgcount === count ? simpleFrame(callee, m.stack, start, count) : bindFrame(m.t, callee, m.stack.slice(start, m.sp) as Value[], null);
    m.sp = base;
    return ENTER(m, frame);
  }
  if (callee instanceof PyMethodDescriptor) result = callMethodFromStack(m.t, callee, m.stack, start, count);
  else if (callee instanceof PyBuiltinFunction) result = callBuiltinFromStack(m.t, callee, m.stack, start, count);
  else {
    if (callee instanceof PyType) {
      const frame = constructorFrame(m.t, callee, m.stack, start, count);
      if (frame !== null) {
        m.sp = base;
        frame.kind |= FRAME_CONSTRUCTOR;
        return ENTER(m, frame);
      }
    }
    result = callGeneral(m.t, callee, m.stack.slice(start, m.sp) as Value[], null);
  }
  m.sp = base;
  if (typeof result === 'symbol') {
    if (result === PARKED) return PARK(m);
    if (result === UNWIND) return ADOPT(m);
    return ENTER(m, takeTailFrame(m.t));
  }
  m.stack[m.sp++] = result as Value;
  if (m.t.breaker[0] !== 0) return SAFEPOINT(m);
  return NEXT;
}

/** Calls with keyword arguments: [callable, self or NULL, arguments..., names]. @manual @source bytecodes.c CALL_KW */
export function CALL_KW(m: Machine, oparg: number): Outcome {
  const names = m.stack[--m.sp] as Value;
  const base = m.sp - oparg - 2;
  const frame = keywordFrame(m.t, m.stack, base, m.sp, names);
  if (frame !== null) {
    m.sp = base;
    return ENTER(m, frame);
  }
  const result = callKeywords(m.t, m.stack, base, m.sp, names);
  m.sp = base;
  if (typeof result === 'symbol') {
    if (result === PARKED) return PARK(m);
    if (result === UNWIND) return ADOPT(m);
    return ENTER(m, takeTailFrame(m.t));
  }
  m.stack[m.sp++] = result as Value;
  if (m.t.breaker[0] !== 0) return SAFEPOINT(m);
  return NEXT;
}

/** Calls with `*args` and `**kwargs`: [callable, NULL, args, kwargs or NULL]. @manual @source bytecodes.c CALL_FUNCTION_EX */
export function CALL_FUNCTION_EX(m: Machine): Outcome {
  const base = m.sp - 4;
  const frame = unpackedFrame(m.t, m.stack, base);
  if (frame !== null) {
    m.sp = base;
    return ENTER(m, frame);
  }
  const result = callUnpacked(m.t, m.stack, base);
  m.sp = base;
  if (typeof result === 'symbol') {
    if (result === PARKED) return PARK(m);
    if (result === UNWIND) return ADOPT(m);
    return ENTER(m, takeTailFrame(m.t));
  }
  m.stack[m.sp++] = result as Value;
  if (m.t.breaker[0] !== 0) return SAFEPOINT(m);
  return NEXT;
}

/** Returns the top to the caller. @manual @source bytecodes.c RETURN_VALUE */
export function RETURN_VALUE(m: Machine): Outcome {
  const value = m.stack[--m.sp] as Value;
  return LEAVE(m, value);
}

/** Marks the start of a function, or where it goes on after a suspension: a safepoint. @pure @source bytecodes.c RESUME */
export function RESUME(m: Machine, oparg: number): Outcome {
  // HOT ends in a safepoint, but what is urgent is raised here, not where compiled code comes to one.
  if (--m.code.countdown < 0 && ((m.t.breaker[0]! & BREAKER_URGENT) === 0 || (oparg & 3) >= 2)) return HOT(m);
  if (m.t.breaker[0] !== 0 && (oparg & 3) < 2) return SAFEPOINT(m);
  return NEXT;
}
