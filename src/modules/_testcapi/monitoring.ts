/** Events that native code fires for objects of its own that behave like code (Modules/_testcapi/monitoring.c, PyMonitoring_* of PEP 669). */
import { PyBaseException } from '../../core/exception.ts';
import type { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Value } from '../../core/value.ts';
import { EVENT, EVENT_NAMES, LOCAL_EVENT_COUNT, BRANCH_EVENTS, bit } from '../../interp/instrument/events.ts';
import { instrumentationOf, TOOL_COUNT } from '../../interp/instrument/state.ts';
import { call } from '../../objects/call.ts';
import { RuntimeError, StopIteration } from '../../objects/exception-types.ts';
import { stopIterationWith } from '../../objects/generator.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { checkArguments } from '../../objects/new-arguments.ts';
import { raise, raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { readyType, type MethodRow } from '../../objects/type-ready.ts';
import { isSubtype } from '../../objects/type-of.ts';

/** Something that events are fired for: per event of its scope, the tools that still want it. */
class PyCodeLike extends PyObject {
  readonly active: number[];
  constructor(type: PyType, count: number) {
    super(type);
    this.active = new Array<number>(count).fill(0);
  }
}

/** The type; a program says how many events an object has. */
export const CODE_LIKE_TYPE = readyType(staticType('CodeLike', { module: '_testcapi' }), {
  slots: {
    tp_new: (t, type, args, keywords) => {
      checkArguments('CodeLike', args, keywords, 1, 1);
      return new PyCodeLike(type, intArgument(t, args[0], 0));
    },
    tp_repr: (_t, self: PyCodeLike) => `CodeLike: num_events = ${self.active.length}`,
  },
});

function codeLike(value: Value): PyCodeLike {
  return value instanceof PyCodeLike ? value : raiseTypeError('expected a code-like');
}

function monitoring_enter_scope(t: Thread, self: Value, events: Value[]): void {
  const { tools } = instrumentationOf(t.interpreter);
  const { active } = codeLike(self);
  events.slice(0, active.length).forEach((event, i) => {
    const number = intArgument(t, event, 0);
    const wanted = number >= EVENT.C_RETURN && number < EVENT.BRANCH ? bit(EVENT.CALL) : number === EVENT.BRANCH ? BRANCH_EVENTS : bit(number);
    active[i] = tools.reduce((bits, tool, id) => bits | ((tool.events & wanted) === 0 ? 0 : 1 << id), 0);
  });
}

function callTool(t: Thread, tool: number, event: number, args: Value[]): boolean {
  const { tools, disable } = instrumentationOf(t.interpreter);
  const { callbacks } = tools[tool]!;
  const callback = callbacks[event]! ?? ((bit(event) & BRANCH_EVENTS) === 0 ? null : callbacks[EVENT.BRANCH]!);
  if (callback === null || t.tracing > 0) return false;
  t.tracing++;
  try {
    if (call(t, callback, args) !== disable) return false;
  } finally {
    t.tracing--;
  }
  if (event < LOCAL_EVENT_COUNT) return true;
  callbacks[event] = null;
  return raiseValueError(`Cannot disable ${EVENT_NAMES[event]!} events. Callback removed.`);
}

/** Tells the tools; returns the bits of those that want more. `head` stands behind the code: an offset or a line. */
function fire(t: Thread, self: Value, event: number, offset: Value, args: readonly Value[], head: Value = offset): Value {
  if (intArgument(t, offset, 0) < 0) raiseValueError('offset must be non-negative');
  const { active } = codeLike(self);
  if (active.length === 0) raise(RuntimeError, 'no events in scope');
  for (let tool = TOOL_COUNT - 1; tool >= 0; tool--) {
    if ((active[0]! & (1 << tool)) !== 0 && callTool(t, tool, event, [self, head, ...args])) active[0]! &= ~(1 << tool);
  }
  return active[0]!;
}

function plain(event: number): (t: Thread, self: Value, offset: Value, ...args: Value[]) => Value {
  return (t, self, offset, ...args) => fire(t, self, event, offset, args);
}

function withException(event: number): (t: Thread, self: Value, offset: Value, exception: Value) => Value {
  return (t, self, offset, exception) => {
    if (!(exception instanceof PyBaseException)) raiseValueError(`Firing event ${event} with no exception set`);
    return fire(t, self, event, offset, [exception]);
  };
}

function fire_event_stop_iteration(t: Thread, self: Value, offset: Value, value: Value): Value {
  const isStop = value instanceof PyBaseException && isSubtype(value.type, StopIteration);
  return fire(t, self, EVENT.STOP_ITERATION, offset, [isStop ? value : stopIterationWith(value)]);
}

function row(name: string, implementation: MethodRow[0], parameters: string): [string, MethodRow] {
  return [`fire_event_${name}`, [implementation, `!($module, codelike, offset${parameters}, /)`, `Fire an event.`]];
}

/** Rows of `_testcapi`. */
export const MONITORING_FUNCTIONS: Readonly<Record<string, MethodRow>> = {
  monitoring_enter_scope: [monitoring_enter_scope, '!($module, codelike, /, *events)', 'Begin a scope of events.'],
  monitoring_exit_scope: [() => null, '!($module, /)', 'End the scope of events: nothing is kept for it.'],
  ...Object.fromEntries([
    row('py_start', plain(EVENT.PY_START), ''),
    row('py_resume', plain(EVENT.PY_RESUME), ''),
    row('py_return', plain(EVENT.PY_RETURN), ', value'),
    row('c_return', plain(EVENT.C_RETURN), ', value'),
    row('py_yield', plain(EVENT.PY_YIELD), ', value'),
    row('call', plain(EVENT.CALL), ', callable, argument'),
    row('line', (t: Thread, self: Value, offset: Value, line: Value) => fire(t, self, EVENT.LINE, offset, [], line), ', line'),
    row('jump', plain(EVENT.JUMP), ', target'),
    row('branch_right', plain(EVENT.BRANCH_RIGHT), ', target'),
    row('branch_left', plain(EVENT.BRANCH_LEFT), ', target'),
    row('py_throw', withException(EVENT.PY_THROW), ', exception'),
    row('raise', withException(EVENT.RAISE), ', exception'),
    row('c_raise', withException(EVENT.C_RAISE), ', exception'),
    row('reraise', withException(EVENT.RERAISE), ', exception'),
    row('exception_handled', withException(EVENT.EXCEPTION_HANDLED), ', exception'),
    row('py_unwind', withException(EVENT.PY_UNWIND), ', exception'),
    row('stop_iteration', fire_event_stop_iteration, ', value'),
  ]),
};
