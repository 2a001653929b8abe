/** The functions of `sys.settrace` and `sys.setprofile`: which events they are told of, and how (Python/legacy_tracing.c). */
import type { Frame, PyFrame } from '../../core/function.ts';
import { PyBuiltinFunction, PyMethodDescriptor } from '../../core/native.ts';
import type { PyBaseException } from '../../core/exception.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { call } from '../../objects/call.ts';
import { frameObject } from '../../objects/frame.ts';
import { newTuple } from '../../objects/make.ts';
import { typeOf } from '../../objects/type-of.ts';
import { codeLines } from './code-lines.ts';
import { EVENT } from './events.ts';
import { setThreadFunction, type Instrumentation } from './state.ts';

/** What the functions call an event, by number. */
const CALL_NAMES: Readonly<Record<number, string>> = {
  [EVENT.PY_START]: 'call', [EVENT.PY_RESUME]: 'call', [EVENT.PY_THROW]: 'call',
  [EVENT.PY_RETURN]: 'return', [EVENT.PY_YIELD]: 'return', [EVENT.PY_UNWIND]: 'return',
  [EVENT.CALL]: 'c_call', [EVENT.C_RETURN]: 'c_return', [EVENT.C_RAISE]: 'c_exception',
};

/** Calls a trace or profile function; no events happen meanwhile. */
function callFunction(t: Thread, callee: Value, frame: PyFrame, name: string, argument: Value): Value {
  t.tracing++;
  try {
    return call(t, callee, [frame, name, argument]);
  } finally {
    t.tracing--;
  }
}

/** The builtin function or bound method that a call is told with, or undefined for what is neither. */
function builtinCallee(state: Instrumentation, callee: Value, first: Value): Value | undefined {
  if (callee instanceof PyBuiltinFunction) return callee;
  if (!(callee instanceof PyMethodDescriptor) || first === state.missing) return undefined;
  const get = typeOf(callee).slots.tp_descr_get;
  return get === null ? undefined : get(null as never, callee, first, typeOf(first));
}

/** Tells the thread's profile function. */
export function tellProfile(t: Thread, f: Frame, state: Instrumentation, event: number, args: readonly Value[]): void {
  const name = CALL_NAMES[event];
  if (name === undefined) return;
  let argument: Value = null;
  if (name.startsWith('c_')) {
    const callee = builtinCallee(state, args[0]!, args[1]!);
    if (callee === undefined) return;
    argument = callee;
  } else if (name === 'return' && event !== EVENT.PY_UNWIND) argument = args[0]!;
  try {
    callFunction(t, t.profileFunction, frameObject(t, f), name, argument);
  } catch (caught) {
    setThreadFunction(t, 'profileFunction', null);
    throw caught;
  }
}

/** Calls the trace function of the frame (of the thread, for `call`); what it returns is the frame's from now on. */
function trace(t: Thread, f: Frame, name: string, argument: Value): void {
  const frame = frameObject(t, f);
  const callee = name === 'call' ? t.traceFunction : frame.trace;
  if (callee === null) return;
  let result: Value;
  try {
    result = callFunction(t, callee, frame, name, argument);
  } catch (caught) {
    setThreadFunction(t, 'traceFunction', null);
    frame.trace = null;
    throw caught;
  }
  if (result !== null) frame.trace = result;
}

function traceLine(t: Thread, f: Frame): void {
  if (f.object === null || f.object.trace === null || !f.object.traceLines) return;
  trace(t, f, 'line', null);
}

/** A jump back to the line that it comes from is a line event for the trace function, though not for `sys.monitoring`. */
function traceJump(t: Thread, f: Frame, from: number, to: number): void {
  if (to >= from) return;
  const { lines } = codeLines(f.code.code);
  if (lines[to] === lines[from]) traceLine(t, f);
}

/** Tells the thread's trace function. `place` is the unit of the event. */
export function tellTrace(t: Thread, f: Frame, event: number, place: number, args: readonly Value[]): void {
  switch (event) {
    case EVENT.PY_START: case EVENT.PY_RESUME: case EVENT.PY_THROW: return trace(t, f, 'call', null);
    case EVENT.PY_RETURN: case EVENT.PY_YIELD: return trace(t, f, 'return', args[0]!);
    case EVENT.PY_UNWIND: return trace(t, f, 'return', null);
    case EVENT.LINE: return traceLine(t, f);
    case EVENT.JUMP: return traceJump(t, f, place, (args[0] as number) / 2);
    case EVENT.INSTRUCTION:
      if (f.object !== null && f.object.traceOpcodes) trace(t, f, 'opcode', null);
      return;
    case EVENT.RAISE: case EVENT.STOP_ITERATION: {
      const exception = args[0] as PyBaseException;
      return trace(t, f, 'exception', newTuple([exception.type, exception, exception.traceback]));
    }
  }
}
