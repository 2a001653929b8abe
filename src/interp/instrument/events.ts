/** The events of PEP 669 by number, and the groups that rules speak of. Source: PEP 669, CPython 3.14's `sys.monitoring.events`. */

/** Event → number; a set of events is the bits `1 << number`. */
export const EVENT = {
  PY_START: 0,
  PY_RESUME: 1,
  PY_RETURN: 2,
  PY_YIELD: 3,
  CALL: 4,
  LINE: 5,
  INSTRUCTION: 6,
  JUMP: 7,
  BRANCH_LEFT: 8,
  BRANCH_RIGHT: 9,
  STOP_ITERATION: 10,
  RAISE: 11,
  EXCEPTION_HANDLED: 12,
  PY_UNWIND: 13,
  PY_THROW: 14,
  RERAISE: 15,
  C_RETURN: 16,
  C_RAISE: 17,
  /** Stands for BRANCH_LEFT and BRANCH_RIGHT (the one event of 3.12 and 3.13). */
  BRANCH: 18,
} as const;

/** Names by number. */
export const EVENT_NAMES: readonly string[] = Object.keys(EVENT);

/** Events below this number belong to a place in the code: they can be set for one code object, and disabled at one place. */
export const LOCAL_EVENT_COUNT = 11;

/** The set of one event. */
export function bit(event: number): number {
  return 1 << event;
}

/** BRANCH_LEFT and BRANCH_RIGHT. */
export const BRANCH_EVENTS = bit(EVENT.BRANCH_LEFT) | bit(EVENT.BRANCH_RIGHT);
/** Events that follow CALL and cannot be set alone. */
export const C_EVENTS = bit(EVENT.C_RETURN) | bit(EVENT.C_RAISE);
/** What the profile function is told. */
export const PROFILE_EVENTS = bit(EVENT.PY_START) | bit(EVENT.PY_RESUME) | bit(EVENT.PY_RETURN) | bit(EVENT.PY_YIELD) | bit(EVENT.PY_UNWIND) | bit(EVENT.PY_THROW) | bit(EVENT.CALL);
/** What the trace function is told; INSTRUCTION only once a frame has asked for opcodes. */
export const TRACE_EVENTS = bit(EVENT.PY_START) | bit(EVENT.PY_RESUME) | bit(EVENT.PY_RETURN) | bit(EVENT.PY_YIELD) | bit(EVENT.PY_UNWIND) | bit(EVENT.PY_THROW)
  | bit(EVENT.LINE) | bit(EVENT.JUMP) | bit(EVENT.RAISE) | bit(EVENT.STOP_ITERATION);
