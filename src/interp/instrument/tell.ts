/** Telling tools of an event: callbacks of `sys.monitoring` in order of their tools, then the profile function, then the trace function. */
import type { Frame, PyCode } from '../../core/function.ts';
import { PyBaseException } from '../../core/exception.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { call } from '../../objects/call.ts';
import { raiseValueError } from '../../objects/raise.ts';
import { BRANCH_EVENTS, EVENT, EVENT_NAMES, LOCAL_EVENT_COUNT, PROFILE_EVENTS, bit } from './events.ts';
import { addTraceback } from '../unwind.ts';
import { disableAt, instrumentationOf, TOOL_COUNT, toolWants, type Instrumentation } from './state.ts';
import { tellProfile, tellTrace } from './trace-functions.ts';

/** The callback for an event; one for BRANCH serves both directions. */
function callbackOf(state: Instrumentation, tool: number, event: number): { callback: Value; isBranch: boolean } {
  const { callbacks } = state.tools[tool]!;
  const own = callbacks[event]!;
  if (own !== null || (bit(event) & BRANCH_EVENTS) === 0) return { callback: own, isBranch: false };
  return { callback: callbacks[EVENT.BRANCH]!, isBranch: true };
}

function disable(state: Instrumentation, tool: number, code: PyCode, event: number, place: number, isBranch: boolean): void {
  if (event >= LOCAL_EVENT_COUNT) {
    state.tools[tool]!.callbacks[event] = null;
    raiseValueError(`Cannot disable ${EVENT_NAMES[event]!} events. Callback removed.`);
  }
  disableAt(state, tool, code, event, place);
  if (isBranch) disableAt(state, tool, code, event === EVENT.BRANCH_LEFT ? EVENT.BRANCH_RIGHT : EVENT.BRANCH_LEFT, place);
}

/** Tells the tools of `sys.monitoring`. `head` is the offset, or the line of a LINE event. */
function tellTools(t: Thread, f: Frame, state: Instrumentation, event: number, place: number, head: number, args: readonly Value[]): void {
  for (let tool = 0; tool < TOOL_COUNT; tool++) {
    const { callback, isBranch } = callbackOf(state, tool, event);
    if (callback === null || !toolWants(state, tool, f.code, event, place)) continue;
    t.tracing++;
    let answer: Value;
    try {
      answer = call(t, callback, [f.code, head, ...args]);
    } finally {
      t.tracing--;
    }
    if (answer === state.disable) disable(state, tool, f.code, event, place, isBranch);
  }
}

/**
 * Tells everybody who wants it of `event` at unit `place` of `f`. Raises what a callback raises. `args` follow code and offset (for LINE: code and line,
 * `head`). Nothing is told while a callback of this thread runs.
 */
export function tell(t: Thread, f: Frame, state: Instrumentation, event: number, place: number, args: readonly Value[], head: number = place * 2): void {
  if (t.tracing > 0) return;
  const before = state.current;
  state.current = event;
  try {
    tellTools(t, f, state, event, place, head, args);
    if (t.profileFunction !== null && (PROFILE_EVENTS & bit(event >= EVENT.C_RETURN ? EVENT.CALL : event)) !== 0) tellProfile(t, f, state, event, args);
    if (t.traceFunction !== null) tellTrace(t, f, event, place, args);
  } finally {
    state.current = before;
  }
}

/** As `tell`, of events of exceptions, which happen in any loop: returns the exception to go on with, a callback's in place of `exception` if it raised one. */
export function tellException(t: Thread, f: Frame, event: number, place: number, exception: PyBaseException): PyBaseException {
  try {
    tell(t, f, instrumentationOf(t.interpreter), event, place, [exception]);
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    addTraceback(f, caught);
    return caught;
  }
  return exception;
}
