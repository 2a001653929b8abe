/** Where unwinding tells of events: a door that `instrument/` fills, as what it does calls Python and so unwinds itself. */
import type { PyBaseException } from '../core/exception.ts';
import type { Frame } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';

/** What unwinding tells while `Interpreter.instrumented`. All return the exception to go on with: a callback may have raised another. */
export interface UnwindEvents {
  /** `exception` has reached `f`, where it was raised, or left a call; `again`: `f` raises once more what it had caught. */
  raised(t: Thread, f: Frame, exception: PyBaseException, again: boolean): PyBaseException;
  /** `f` goes on at its handler. */
  handled(t: Thread, f: Frame, exception: PyBaseException): PyBaseException;
  /** `f` is left. */
  unwound(t: Thread, f: Frame, exception: PyBaseException): PyBaseException;
  /** A generator's `throw` raises `exception` where `f` is suspended. */
  thrown(t: Thread, f: Frame, exception: PyBaseException): PyBaseException;
}

let events: UnwindEvents | null = null;

/** Sets what is told; done once by the instrumented loop. */
export function setUnwindEvents(implementation: UnwindEvents): void {
  events = implementation;
}

/** Who is to be told, or null when nobody wants to be. */
export function unwindEvents(t: Thread): UnwindEvents | null {
  return t.interpreter.instrumented ? events : null;
}
