/** Raising inside the interpreter loop: traceback entries, context, search for a handler, leaving frames (exception_unwind in Python/ceval.c). */
import { findHandler } from '../bytecode/exception-table.ts';
import { CACHES, OP } from '../bytecode/opcodes.ts';
import { INTRINSIC } from '../bytecode/operands.ts';
import { NO_LINE_YET, PyBaseException, PyTraceback, type ExceptionState } from '../core/exception.ts';
import { FRAME_BOTTOM, FRAME_ENTRY, FRAME_GENERATOR, type Frame, type PyCode } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import { MemoryError, RecursionError, StopAsyncIteration, StopIteration } from '../objects/exception-types.ts';
import { newException } from '../objects/raise.ts';
import { isSubtype } from '../objects/type-of.ts';
import { TRACEBACK_TYPE } from '../objects/static-types.ts';
import { isAway, popFrame, waitForHome } from './frames.ts';
import { unwindEvents } from './tracing-hook.ts';

/** The instruction that handles what leaves a generator. */
const STOPITERATION_ERROR = OP.CALL_INTRINSIC_1 | (INTRINSIC.STOPITERATION_ERROR << 8);

/** What was thrown as a Python exception; errors of the VM itself are thrown on. */
export function toPythonException(caught: unknown): PyBaseException {
  if (caught instanceof PyBaseException) return caught;
  if (caught instanceof RangeError) {
    if (caught.message === 'Maximum call stack size exceeded') return newException(RecursionError, 'maximum recursion depth exceeded');
    if (/Invalid (string|array|typed array|array buffer) length|allocation failed|too large/i.test(caught.message)) return newException(MemoryError);
  }
  throw caught;
}

/**
 * What an interrupt is put down to that is served where compiled code was left, before the instruction at `pc`: a loop's jump back, which would serve it itself,
 * else the instruction before. Returns the position behind it.
 */
export function whereInterrupted(words: PyCode['words'], pc: number): number {
  let at = pc;
  while ((words[at]! & 255) === OP.EXTENDED_ARG) at++;
  return (words[at]! & 255) === OP.JUMP_BACKWARD ? at + 1 : pc;
}

/** Where an instruction starts, with its EXTENDED_ARGs, that ends before `next`. */
export function startOf(words: PyCode['words'], next: number, op: number): number {
  let at = next - 1 - CACHES[op]!;
  while (at > 0 && (words[at - 1]! & 255) === OP.EXTENDED_ARG) at--;
  return at;
}

/** The exception being handled, seen through generators that handle none. */
export function handledException(t: Thread): PyBaseException | null {
  let state: ExceptionState | null = t.exceptions;
  while (state !== null && state.value === null) state = state.previous;
  return state === null ? null : state.value;
}

/** Sets `exception.__context__` to what is being handled, breaking a cycle that this would close (_PyErr_SetObject). */
export function linkContext(t: Thread, exception: PyBaseException): void {
  const handled = handledException(t);
  if (handled === null || handled === exception) return;
  let link: PyBaseException = handled;
  let slow: PyBaseException = handled;
  let advance = false;
  while (link.context !== null) {
    if (link.context === exception) {
      link.context = null;
      break;
    }
    link = link.context;
    // A cycle among older exceptions that does not contain this one would never end (Floyd's tortoise).
    if (link === slow) break;
    if (advance) slow = slow.context!;
    advance = !advance;
  }
  exception.context = handled;
}

/**
 * Before `exception` is raised in the suspended frame of a generator into which it is thrown: its context is what the generator handles itself
 * (_PyErr_ChainStackItem), not what its caller does.
 */
export function prepareThrown(t: Thread, f: Frame, exception: PyBaseException): void {
  if ((f.generator?.exceptions?.value ?? null) !== null) linkContext(t, exception);
  else if (exception.traceback === null && exception.context === null) {
    addTraceback(f, exception);
    t.skipTraceback = true;
  }
}

/** Adds the running frame to the exception's traceback. */
export function addTraceback(f: Frame, exception: PyBaseException): void {
  exception.traceback = new PyTraceback(TRACEBACK_TYPE, exception.traceback, f, f.pc - 1, NO_LINE_YET);
  if (f.generator !== null) f.generator.change().inTraceback = true;
}

/**
 * Handles what was thrown while `start` ran. Returns the frame to go on in, with `pc` and `sp` at its handler.
 * Throws the exception on when the frame under which this loop was entered is left; returns null when the bottom frame of a thread is left.
 */
export function unwind(t: Thread, start: Frame, caught: unknown): { frame: Frame | null; exception: PyBaseException } {
  let exception = toPythonException(caught);
  if (exception.traceback === null && exception.context === null) linkContext(t, exception);
  const events = unwindEvents(t);
  let f = start;
  for (;;) {
    const again = t.skipTraceback;
    if (again) t.skipTraceback = false;
    else addTraceback(f, exception);
    if (events !== null) exception = events.raised(t, f, exception, again);
    if ((events !== null || !passesUnchanged(f, exception)) && enterHandler(f, exception)) {
      const next = events === null ? exception : events.handled(t, f, exception);
      if (next === exception) return { frame: f, exception };
      exception = next;
      continue;
    }
    rewind(f, exception);
    if (isAway(t, f)) {
      waitForHome(t, () => {
        // The traceback has this frame already.
        t.skipTraceback = true;
        throw exception;
      });
      return { frame: null, exception };
    }
    if (events !== null) exception = events.unwound(t, f, exception);
    const kind = f.kind;
    const back = popFrame(t, f);
    if ((kind & FRAME_BOTTOM) !== 0) return { frame: null, exception };
    if ((kind & FRAME_ENTRY) !== 0) throw exception;
    f = back!;
  }
}

/**
 * An exception raised in the frame of a compiled activation, which stands at the raising instruction: adds the traceback entry. True when the frame has a
 * handler, at which it stands now.
 */
export function raiseInFrame(t: Thread, f: Frame, exception: PyBaseException): boolean {
  noteRaised(t, f, exception);
  return (t.interpreter.instrumented || !passesUnchanged(f, exception)) && enterHandler(f, exception);
}

/** What an exception that is raised in the frame of a compiled activation gets there: its context, and an entry of its traceback. */
export function noteRaised(t: Thread, f: Frame, exception: PyBaseException): void {
  if (exception.traceback === null && exception.context === null) linkContext(t, exception);
  if (t.skipTraceback) t.skipTraceback = false;
  else {
    const inner = exception.traceback?.frame;
    if (inner !== undefined && inner.back === null && inner !== f && (inner.kind & FRAME_GENERATOR) === 0) inner.back = f;
    addTraceback(f, exception);
  }
}

/** Whether a frame has something to say to an exception that its instruction at `position` has raised. */
export function isHandledIn(f: Frame, position: number, exception: PyBaseException): boolean {
  const handlers = (f.code.handlers ??= f.code.code.handlers);
  return findHandler(handlers, position) >= 0 && !passesUnchanged(f, exception);
}

/** Whether all that handles the exception in its frame is the end of a generator's code, which has something to say to StopIteration and StopAsyncIteration only. */
function passesUnchanged(f: Frame, exception: PyBaseException): boolean {
  if (!f.code.isGenerator) return false;
  const handlers = (f.code.handlers ??= f.code.code.handlers);
  const at = findHandler(handlers, f.pc - 1);
  if (at < 0 || f.code.words[handlers[at + 2]!] !== STOPITERATION_ERROR) return false;
  return !isSubtype(exception.type, StopIteration) && !isSubtype(exception.type, StopAsyncIteration);
}

/** A frame that is left stands where the exception was raised in it, not where a `finally` raised it again: debuggers look there. */
export function rewind(f: Frame, exception: PyBaseException): void {
  const entry = exception.traceback;
  if (entry !== null && entry.frame === f) f.pc = entry.lasti + 1;
}

/** The thread to go on with when `unwind` has found no handler: its own frames are all left, or it waits for its home loop. Null: the loop is left. */
export function leaveUnwound(t: Thread, exception: PyBaseException): Thread | null {
  const { scheduler } = t.interpreter;
  return t.parked === null ? scheduler.finished(t, exception) : scheduler.park(t);
}

/** Moves `f` to the handler of its current position, if it has one. */
function enterHandler(f: Frame, exception: PyBaseException): boolean {
  const handlers = f.code.handlers ?? (f.code.handlers = f.code.code.handlers);
  if (handlers.length === 0) return false;
  const position = f.pc - 1;
  const at = findHandler(handlers, position);
  if (at < 0) return false;
  const depthAndLasti = handlers[at + 3]!;
  f.sp = f.code.nlocalsplus + (depthAndLasti >> 1);
  if ((depthAndLasti & 1) !== 0) f.stack[f.sp++] = position;
  f.stack[f.sp++] = exception;
  f.pc = handlers[at + 2]!;
  return true;
}
