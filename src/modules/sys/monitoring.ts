/** `sys.monitoring` (PEP 669): tools, their callbacks and events; events are told of in `interp/instrument/`. */
import { PyCode } from '../../core/function.ts';
import type { Interpreter, Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { C_EVENTS, EVENT, EVENT_NAMES, LOCAL_EVENT_COUNT, bit } from '../../interp/instrument/events.ts';
import { changed, clearTool, codeEvents, expandBranch, instrumentationOf, setLocalEvents, TOOL_COUNT } from '../../interp/instrument/state.ts';
import { call } from '../../objects/call.ts';
import { newDict } from '../../objects/make.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { SIMPLE_NAMESPACE_TYPE } from '../../objects/static-types.ts';
import { tableSetStr } from '../../objects/hash-table.ts';
import { asStr } from '../../objects/type-of.ts';
import type { NativeModule } from '../native-module.ts';

const C_CALL_EVENTS = C_EVENTS | bit(EVENT.CALL);
const ALL_EVENTS = (1 << EVENT_NAMES.length) - 1;

function toolId(t: Thread, value: Value): number {
  const id = intArgument(t, value, 0);
  return id < 0 || id >= TOOL_COUNT ? raiseValueError(`invalid tool ${id} (must be between 0 and ${TOOL_COUNT - 1})`) : id;
}

function monitoring_use_tool_id(t: Thread, id: Value, name: Value): void {
  const tool = instrumentationOf(t.interpreter).tools[toolId(t, id)]!;
  if (asStr(name) === undefined) raiseValueError('tool name must be a str');
  if (tool.name !== null) raiseValueError(`tool ${String(id)} is already in use`);
  tool.name = name;
}

function monitoring_clear_tool_id(t: Thread, id: Value): void {
  const number = toolId(t, id);
  if (instrumentationOf(t.interpreter).tools[number]!.name !== null) clearTool(t.interpreter, number);
}

function monitoring_free_tool_id(t: Thread, id: Value): void {
  monitoring_clear_tool_id(t, id);
  instrumentationOf(t.interpreter).tools[toolId(t, id)]!.name = null;
}

function monitoring_register_callback(t: Thread, id: Value, event: Value, func: Value): Value {
  const { callbacks } = instrumentationOf(t.interpreter).tools[toolId(t, id)]!;
  const set = intArgument(t, event, 0);
  const number = 31 - Math.clz32(set);
  if (set <= 0 || set !== 1 << number) raiseValueError('The callback can only be set for one event at a time');
  if (number >= EVENT_NAMES.length) raiseValueError(`invalid event ${set}`);
  const before = callbacks[number]!;
  callbacks[number] = func;
  return before;
}

/** A set of events that may be set; C_RETURN and C_RAISE come with CALL and need not be kept. */
function checkedEvents(t: Thread, value: Value, limit: number, what: string): number {
  const events = intArgument(t, value, 0);
  if (events < 0 || events > ALL_EVENTS) raiseValueError(`invalid ${what} 0x${(events >>> 0).toString(16)}`);
  if ((events & C_EVENTS) !== 0 && (events & C_CALL_EVENTS) !== C_CALL_EVENTS) raiseValueError('cannot set C_RETURN or C_RAISE events independently');
  const kept = expandBranch(events & ~C_EVENTS);
  return kept >= limit ? raiseValueError(`invalid ${what} 0x${kept.toString(16)}`) : kept;
}

function checkInUse(interpreter: Interpreter, id: number): void {
  if (instrumentationOf(interpreter).tools[id]!.name === null) raiseValueError(`tool ${id} is not in use`);
}

function monitoring_set_events(t: Thread, id: Value, eventSet: Value): void {
  const number = toolId(t, id);
  const events = checkedEvents(t, eventSet, 1 << EVENT.BRANCH, 'event set');
  checkInUse(t.interpreter, number);
  instrumentationOf(t.interpreter).tools[number]!.events = events;
  changed(t.interpreter);
}

function codeArgument(code: Value): PyCode {
  return code instanceof PyCode ? code : raiseTypeError('code must be a code object');
}

function monitoring_set_local_events(t: Thread, id: Value, code: Value, eventSet: Value): void {
  const number = toolId(t, id);
  const target = codeArgument(code);
  const events = checkedEvents(t, eventSet, 1 << LOCAL_EVENT_COUNT, 'local event set');
  checkInUse(t.interpreter, number);
  setLocalEvents(t.interpreter, number, target, events);
}

function monitoring_get_local_events(t: Thread, id: Value, code: Value): Value {
  const number = toolId(t, id);
  return codeEvents(instrumentationOf(t.interpreter), codeArgument(code)).events[number]!;
}

function monitoring_restart_events(t: Thread): void {
  instrumentationOf(t.interpreter).restarts++;
  changed(t.interpreter);
}

/** Event → bits of the tools that want it. */
function monitoring_all_events(t: Thread): Value {
  const { tools, functionEvents } = instrumentationOf(t.interpreter);
  const dict = newDict();
  EVENT_NAMES.slice(0, EVENT.C_RETURN).forEach((name, event) => {
    let bits = (functionEvents & bit(event)) === 0 ? 0 : 1 << (TOOL_COUNT + 1);
    tools.forEach((tool, id) => (bits |= (tool.events & bit(event)) === 0 ? 0 : 1 << id));
    if (bits !== 0) tableSetStr(dict.table, name, bits);
  });
  return dict;
}

function eventNamespace(t: Thread): Value {
  const fields: Record<string, Value> = { NO_EVENTS: 0 };
  for (const [name, number] of Object.entries(EVENT)) fields[name] = bit(number);
  return call(t, SIMPLE_NAMESPACE_TYPE, Object.values(fields), Object.keys(fields));
}

/** The table. */
export const MONITORING_MODULE: NativeModule = {
  name: 'sys.monitoring',
  doc: 'Events of running code for tools: debuggers, profilers, coverage.',
  attributes: (t) => ({
    DEBUGGER_ID: 0, COVERAGE_ID: 1, PROFILER_ID: 2, OPTIMIZER_ID: 5, events: eventNamespace(t),
    DISABLE: instrumentationOf(t.interpreter).disable, MISSING: instrumentationOf(t.interpreter).missing,
  }),
  functions: {
    use_tool_id: [monitoring_use_tool_id, '($module, tool_id, name, /)', 'Take a tool id, which must be free.'],
    clear_tool_id: [monitoring_clear_tool_id, '($module, tool_id, /)', "Remove a tool's callbacks and events."],
    free_tool_id: [monitoring_free_tool_id, '($module, tool_id, /)', 'Clear a tool id and give it back.'],
    get_tool: [(t: Thread, id: Value) => instrumentationOf(t.interpreter).tools[toolId(t, id)]!.name, '($module, tool_id, /)', 'Return the name of the tool, or None.'],
    register_callback: [monitoring_register_callback, '($module, tool_id, event, func, /)', 'Set the callback of one event and return the one before.'],
    get_events: [(t: Thread, id: Value) => instrumentationOf(t.interpreter).tools[toolId(t, id)]!.events, '($module, tool_id, /)', 'Return the events that the tool wants of all code.'],
    set_events: [monitoring_set_events, '($module, tool_id, event_set, /)', 'Set the events that the tool wants of all code.'],
    get_local_events: [monitoring_get_local_events, '($module, tool_id, code, /)', 'Return the events that the tool wants of one code object.'],
    set_local_events: [monitoring_set_local_events, '($module, tool_id, code, event_set, /)', 'Set the events that the tool wants of one code object.'],
    restart_events: [monitoring_restart_events, '($module, /)', 'Enable again what callbacks have disabled.'],
    _all_events: [monitoring_all_events, '($module, /)', 'Return the tools that want an event, by event.'],
  },
};
