/**
 * What an interpreter's tools want to be told: events for all code, events of single code objects, places that a callback has disabled.
 *
 * INV-1: `Interpreter.instrumented` is true exactly while some tool wants an event or some thread has a trace or profile function; only then do frames run
 * in the instrumented loop.
 * INV-2: whoever changes what is wanted calls `changed`, which counts `version` on; the loop keeps what it has worked out for a code object until then.
 */
import { BREAKER_TRACE, type Interpreter, type Thread } from '../../core/thread.ts';
import type { PyCode } from '../../core/function.ts';
import type { Value } from '../../core/value.ts';
import { OBJECT_TYPE } from '../../objects/static-types.ts';
import { newInstance } from '../../objects/instance-attributes.ts';
import { BRANCH_EVENTS, EVENT, EVENT_NAMES, LOCAL_EVENT_COUNT, PROFILE_EVENTS, TRACE_EVENTS, bit } from './events.ts';

/** Tools that programs can use; `sys.settrace` and `sys.setprofile` come after them. */
export const TOOL_COUNT = 6;

/** One user of `sys.monitoring`. */
export class Tool {
  /** Null: not in use. */
  name: Value = null;
  /** Events wanted of all code. */
  events = 0;
  /** By event; null for none. */
  readonly callbacks: Value[] = EVENT_NAMES.map(() => null);
}

/** What tools want of one code object. */
export class CodeEvents {
  /** By tool: local events. */
  readonly events = new Int32Array(TOOL_COUNT);
  /** `place * LOCAL_EVENT_COUNT + event` → bits of tools that want no more of it. */
  readonly disabled = new Map<number, number>();
  /** Disabled places count only while this is the interpreter's restart number. */
  restarts = 0;
}

/** Per interpreter. */
export class Instrumentation {
  readonly tools: readonly Tool[] = Array.from({ length: TOOL_COUNT }, () => new Tool());
  readonly codes = new WeakMap<PyCode, CodeEvents>();
  /** By tool: the code objects with local events, so that freeing the tool finds them. */
  readonly localCodes: readonly Set<PyCode>[] = Array.from({ length: TOOL_COUNT }, () => new Set<PyCode>());
  version = 1;
  restarts = 0;
  /** Some frame has asked for opcode events (`f_trace_opcodes`). */
  opcodes = false;
  /** Returned by a callback that wants no more events at this place. */
  readonly disable: Value = newInstance(OBJECT_TYPE);
  /** Stands for a first argument that is not there. */
  readonly missing: Value = newInstance(OBJECT_TYPE);
  /** Events of the trace and profile functions of all threads. */
  functionEvents = 0;
  /** The event being told of, for assignments to `f_lineno`; -1 outside. */
  current = -1;
}

const STATE = 'sys.monitoring';

/** The interpreter's. */
export function instrumentationOf(interpreter: Interpreter): Instrumentation {
  const known = interpreter.moduleState.get(STATE) as Instrumentation | undefined;
  if (known !== undefined) return known;
  const made = new Instrumentation();
  interpreter.moduleState.set(STATE, made);
  return made;
}

/** What is wanted has changed: works out anew whether anything is, and sends running loops to their next safepoint. */
export function changed(interpreter: Interpreter): void {
  const state = instrumentationOf(interpreter);
  state.version++;
  state.functionEvents = 0;
  for (const thread of interpreter.threads.values()) {
    if (thread.profileFunction !== null) state.functionEvents |= PROFILE_EVENTS;
    if (thread.traceFunction !== null) state.functionEvents |= TRACE_EVENTS | (state.opcodes ? bit(EVENT.INSTRUCTION) : 0);
  }
  const before = interpreter.instrumented;
  interpreter.instrumented = state.functionEvents !== 0 || state.tools.some((tool) => tool.events !== 0) || state.localCodes.some((codes) => codes.size > 0);
  if (interpreter.instrumented !== before) interpreter.tier?.instrumentedChanged(interpreter.instrumented);
  const { breaker } = interpreter.mainThread;
  if (interpreter.instrumented) Atomics.or(breaker, 0, BREAKER_TRACE);
  else Atomics.and(breaker, 0, ~BREAKER_TRACE);
}

/** Sets a thread's trace or profile function. */
export function setThreadFunction(t: Thread, which: 'traceFunction' | 'profileFunction', value: Value): void {
  t[which] = value;
  changed(t.interpreter);
}

/** A thread has ended: its functions want nothing any more. */
export function threadEnded(t: Thread): void {
  if (t.traceFunction === null && t.profileFunction === null) return;
  t.traceFunction = null;
  t.profileFunction = null;
  changed(t.interpreter);
}

/** Everything that anybody wants of `code`. */
export function wantedEvents(state: Instrumentation, code: PyCode): number {
  let wanted = state.functionEvents;
  for (const tool of state.tools) wanted |= tool.events;
  const local = state.codes.get(code);
  if (local !== undefined) for (const events of local.events) wanted |= events;
  return wanted;
}

/** Whether `tool` wants `event` of `code`, at `place` (a unit of the code). */
export function toolWants(state: Instrumentation, tool: number, code: PyCode, event: number, place: number): boolean {
  // C_RETURN and C_RAISE follow CALL.
  const set = bit(event >= EVENT.C_RETURN ? EVENT.CALL : event);
  const local = state.codes.get(code);
  if (local === undefined) return (state.tools[tool]!.events & set) !== 0;
  if (((state.tools[tool]!.events | local.events[tool]!) & set) === 0) return false;
  if (event >= LOCAL_EVENT_COUNT || local.restarts !== state.restarts) return true;
  return ((local.disabled.get(place * LOCAL_EVENT_COUNT + event) ?? 0) & (1 << tool)) === 0;
}

/** The record of a code object, made when there is none. */
export function codeEvents(state: Instrumentation, code: PyCode): CodeEvents {
  let local = state.codes.get(code);
  if (local === undefined) {
    local = new CodeEvents();
    local.restarts = state.restarts;
    state.codes.set(code, local);
  }
  return local;
}

/** A tool wants no more of `event` at `place`. */
export function disableAt(state: Instrumentation, tool: number, code: PyCode, event: number, place: number): void {
  const local = codeEvents(state, code);
  if (local.restarts !== state.restarts) {
    local.disabled.clear();
    local.restarts = state.restarts;
  }
  const key = place * LOCAL_EVENT_COUNT + event;
  local.disabled.set(key, (local.disabled.get(key) ?? 0) | (1 << tool));
}

/** Sets the local events of a tool for one code object. */
export function setLocalEvents(interpreter: Interpreter, tool: number, code: PyCode, events: number): void {
  const state = instrumentationOf(interpreter);
  codeEvents(state, code).events[tool] = events;
  if (events === 0) state.localCodes[tool]!.delete(code);
  else state.localCodes[tool]!.add(code);
  changed(interpreter);
}

/** BRANCH in a set stands for both directions. */
export function expandBranch(events: number): number {
  return (events & bit(EVENT.BRANCH)) === 0 ? events : (events & ~bit(EVENT.BRANCH)) | BRANCH_EVENTS;
}

/** Frees a tool's callbacks and events. */
export function clearTool(interpreter: Interpreter, id: number): void {
  const state = instrumentationOf(interpreter);
  const tool = state.tools[id]!;
  tool.events = 0;
  tool.callbacks.fill(null);
  for (const code of state.localCodes[id]!) codeEvents(state, code).events[id] = 0;
  state.localCodes[id]!.clear();
  changed(interpreter);
}
