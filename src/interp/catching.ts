/**
 * Exceptions that compiled code catches itself: its handler is a part of the same JavaScript function, which goes on there with RAISED. The activation gets a frame for the traceback, but stays
 * as it is: its variables are where they were, in the code and in its record.
 *
 * Where somebody wants events, or the activation is to be left, the exception takes the other way (`raiseAt`): the frame goes on at the handler in tier 0, or in an entry of its own.
 */
import { RAISED, type Site, UNWIND } from '../core/compiled.ts';
import type { PyBaseException } from '../core/exception.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { Departure } from './departure.ts';
import { afterCall, caughtInCompiled, finishWith, placeFromRecord, raiseAt, unwound } from './tier-switch.ts';
import { noteRaised, toPythonException } from './unwind.ts';

/** An exception in the activation at `base`, whose code has a handler for it. Returns RAISED, or what the code is left with. */
export function catchAt(t: Thread, base: number, exception: PyBaseException): Value | symbol {
  const { interpreter } = t;
  if (interpreter.instrumented || (t.breaker[0] !== 0 && interpreter.scheduler.mustLeave(t))) return raiseAt(t, base, exception);
  noteRaised(t, placeFromRecord(t, base), exception);
  t.evicted = null;
  t.top = base + (t.records[base + 1] as Site).size;
  t.raised = exception;
  return RAISED;
}

/** See `Doors.caughtHere`. */
export function caughtHere(t: Thread, base: number, thrown: unknown): Value | symbol {
  return thrown instanceof Departure ? caughtInCompiled(t, base, thrown) : catchAt(t, base, toPythonException(thrown));
}

/** See `Doors.unwoundHere`. */
export function unwoundHere(t: Thread, base: number): Value | symbol {
  const exception = t.raised;
  if (exception === null) return unwound(t, base);
  t.raised = null;
  return catchAt(t, base, exception);
}

/** See `Doors.afterCallHere`. */
export function afterCallHere(t: Thread, base: number, result: Value | symbol | undefined): Value | symbol {
  if (result !== UNWIND) return afterCall(t, base, result);
  const left = unwoundHere(t, base);
  return left === RAISED ? RAISED : finishWith(t, left);
}

/** See `Doors.takeRaised`. */
export function takeRaised(t: Thread): Value {
  const exception = t.raised!;
  t.raised = null;
  return exception;
}
