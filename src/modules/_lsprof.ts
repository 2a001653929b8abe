/** `_lsprof`: the profiler behind cProfile, a tool of `sys.monitoring` in TypeScript (Modules/_lsprof.c). */
import { PyCode } from '../core/function.ts';
import { PyBuiltinFunction, PyMethodDescriptor } from '../core/native.ts';
import { PyBaseException } from '../core/exception.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { NativeDefinition } from '../core/native.ts';
import { EVENT, bit } from '../interp/instrument/events.ts';
import { changed, clearTool, instrumentationOf } from '../interp/instrument/state.ts';
import { getAttr } from '../objects/attributes.ts';
import { call } from '../objects/call.ts';
import { newFloat, newList } from '../objects/make.ts';
import { bindArguments } from '../objects/native-call.ts';
import { raiseRuntimeError, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { newStructSequence, structSequenceType } from '../objects/struct-sequence.ts';
import { isTrue } from '../objects/truth.ts';
import { repr } from '../objects/text.ts';
import { readyType } from '../objects/type-ready.ts';
import { asFloat, asInt, shownTypeName } from '../objects/type-of.ts';
import type { NativeModule } from './native-module.ts';
import { reportUnraisable } from './sys.ts';

const ENTRY_FIELDS = ['code', 'callcount', 'reccallcount', 'totaltime', 'inlinetime'];
const PROFILER_ENTRY = structSequenceType('profiler_entry', { module: '_lsprof', fields: [...ENTRY_FIELDS, 'calls'] });
const PROFILER_SUBENTRY = structSequenceType('profiler_subentry', { module: '_lsprof', fields: ENTRY_FIELDS });

/** Figures of one function, or of one function as called by another. Times in units of the timer. */
class Figures {
  readonly code: Value;
  calls = 0;
  recursiveCalls = 0;
  total = 0;
  inline = 0;
  depth = 0;
  constructor(code: Value) {
    this.code = code;
  }

  leave(total: number, inline: number): void {
    if (--this.depth === 0) this.total += total;
    else this.recursiveCalls++;
    this.inline += inline;
    this.calls++;
  }
}

/** One function, with those that it called. */
class Entry extends Figures {
  readonly callees = new Map<Entry, Figures>();
}

/** A call that runs. */
interface Running {
  readonly entry: Entry;
  readonly since: number;
  inCallees: number;
  readonly caller: Running | null;
}

class PyProfiler extends PyObject {
  timer: Value = null;
  /** Seconds per unit of the timer's integers; 0: it counts seconds. */
  unit = 0;
  subcalls = true;
  builtins = true;
  active = false;
  /** Whether the program's timer runs: it may not take away what is being measured. */
  inTimer = false;
  readonly entries = new Map<unknown, Entry>();
  current: Running | null = null;
}

function now(t: Thread, self: PyProfiler): number {
  if (self.timer === null) return performance.now() / 1000;
  self.inTimer = true;
  try {
    const value = call(t, self.timer, []);
    return asFloat(value) ?? Number(asInt(value) ?? raiseTypeError(`must be real number, not ${typeName(value)}`));
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    reportUnraisable(t, caught, null, self.timer);
    return 0;
  } finally {
    self.inTimer = false;
  }
}

function enter(t: Thread, self: PyProfiler, key: unknown, code: () => Value): void {
  let entry = self.entries.get(key);
  if (entry === undefined) self.entries.set(key, (entry = new Entry(code())));
  const caller = self.current;
  entry.depth++;
  if (self.subcalls && caller !== null) {
    let figures = caller.entry.callees.get(entry);
    if (figures === undefined) caller.entry.callees.set(entry, (figures = new Figures(entry.code)));
    figures.depth++;
  }
  self.current = { entry, caller, inCallees: 0, since: now(t, self) };
}

/** The call on top ends; one that began before the profiler has none. */
function leave(t: Thread, self: PyProfiler): void {
  const running = self.current;
  if (running === null) return;
  const total = now(t, self) - running.since;
  const inline = total - running.inCallees;
  self.current = running.caller;
  if (running.caller !== null) running.caller.inCallees += total;
  running.entry.leave(total, inline);
  if (self.subcalls) running.caller?.entry.callees.get(running.entry)?.leave(total, inline);
}

/** The native function that a call is of, and how the statistics name it; undefined for what is not native. */
function nativeCallee(t: Thread, callee: Value): { key: unknown; name: () => Value } | undefined {
  if (callee instanceof PyMethodDescriptor) return { key: callee.definition, name: () => repr(t, callee) };
  if (!(callee instanceof PyBuiltinFunction)) return undefined;
  const { definition, moduleName } = callee;
  if (callee.bound && callee.owner !== null) return { key: definition, name: () => `<method '${definition.name}' of '${shownTypeName(callee.owner!)}' objects>` };
  return { key: definition, name: () => `<built-in method ${typeof moduleName === 'string' ? `${moduleName}.` : ''}${definition.name}>` };
}

const PROFILER_TOOL = 2;

/** The methods that events are told to; a class may have others of these names. */
const CALLBACKS: readonly (readonly [event: number, method: string])[] = [
  [EVENT.PY_START, '_pystart_callback'], [EVENT.PY_RESUME, '_pystart_callback'], [EVENT.PY_THROW, '_pythrow_callback'],
  [EVENT.PY_RETURN, '_pyreturn_callback'], [EVENT.PY_YIELD, '_pyreturn_callback'], [EVENT.PY_UNWIND, '_pyreturn_callback'],
  [EVENT.CALL, '_ccall_callback'], [EVENT.C_RETURN, '_creturn_callback'], [EVENT.C_RAISE, '_creturn_callback'],
];

function profiler_start(t: Thread, self: PyProfiler, code: Value): void {
  enter(t, self, code instanceof PyCode ? code.code : code, () => code);
}

function profiler_nativeStart(t: Thread, self: PyProfiler, _code: Value, _offset: Value, callable: Value): void {
  const found = self.builtins ? nativeCallee(t, callable) : undefined;
  if (found !== undefined) enter(t, self, found.key, found.name);
}

function profiler_nativeEnd(t: Thread, self: PyProfiler, _code: Value, _offset: Value, callable: Value): void {
  if (self.builtins && nativeCallee(t, callable) !== undefined) leave(t, self);
}

function profiler_enable(t: Thread, self: PyProfiler, subcalls?: Value, builtins?: Value): void {
  if (subcalls !== undefined) self.subcalls = isTrue(t, subcalls);
  if (builtins !== undefined) self.builtins = isTrue(t, builtins);
  const tool = instrumentationOf(t.interpreter).tools[PROFILER_TOOL]!;
  if (tool.name !== null) raiseValueError(`tool ${PROFILER_TOOL} is already in use`);
  tool.name = 'cProfile';
  for (const [event, method] of CALLBACKS) {
    tool.callbacks[event] = getAttr(t, self, method);
    if (event < EVENT.C_RETURN) tool.events |= bit(event);
  }
  self.active = true;
  changed(t.interpreter);
}

function profiler_disable(t: Thread, self: PyProfiler): void {
  if (self.inTimer) raiseRuntimeError('cannot disable profiler in external timer');
  if (self.active) {
    clearTool(t.interpreter, PROFILER_TOOL);
    instrumentationOf(t.interpreter).tools[PROFILER_TOOL]!.name = null;
    self.active = false;
  }
  while (self.current !== null) leave(t, self);
}

function row(self: PyProfiler, figures: Figures): Value[] {
  const scale = self.timer !== null && self.unit > 0 ? self.unit : 1;
  return [figures.code, figures.calls, figures.recursiveCalls, newFloat(figures.total * scale), newFloat(figures.inline * scale)];
}

function profiler_getstats(_t: Thread, self: PyProfiler): Value {
  const finished = [...self.entries.values()].filter((entry) => entry.calls > 0);
  return newList(finished.map((entry) => {
    const callees = [...entry.callees.values()].filter((figures) => figures.calls > 0);
    const calls = callees.length === 0 ? null : newList(callees.map((figures) => newStructSequence(PROFILER_SUBENTRY, row(self, figures))));
    return newStructSequence(PROFILER_ENTRY, [...row(self, entry), calls]);
  }));
}

function profiler_clear(_t: Thread, self: PyProfiler): void {
  if (self.inTimer) raiseRuntimeError('cannot clear profiler in external timer');
  self.entries.clear();
  self.current = null;
}

const NEW = new NativeDefinition('Profiler', () => null, '(timer=None, timeunit=0.0, subcalls=True, builtins=True)', '', 'method');

function profiler_init(t: Thread, self: PyProfiler, args: Value[], keywords: KeywordNames): void {
  const [timer, unit, subcalls, builtins] = bindArguments(NEW, 'Profiler', null, false, args, keywords) as Maybe[];
  self.timer = timer ?? null;
  self.unit = unit === undefined ? 0 : asFloat(unit) ?? Number(asInt(unit) ?? raiseTypeError(`must be real number, not ${typeName(unit)}`));
  self.subcalls = subcalls === undefined || isTrue(t, subcalls);
  self.builtins = builtins === undefined || isTrue(t, builtins);
}

const PROFILER_TYPE = readyType(staticType('Profiler', { module: '_lsprof', baseType: true }), {
  doc: 'Build a profiler object using the specified timer function.\n\nThe default timer is a fast built-in one based on real time.',
  textSignature: '(timer=None, timeunit=0.0, subcalls=True, builtins=True)',
  slots: { tp_alloc: (type: PyType) => new PyProfiler(type), tp_new: (_t, type) => new PyProfiler(type), tp_init: profiler_init },
  methods: {
    enable: [profiler_enable, '($self, /, subcalls=True, builtins=True)', 'Start collecting profiling information.'],
    disable: [profiler_disable, '($self, /)', 'Stop collecting profiling information.'],
    getstats: [profiler_getstats, '($self, /)', 'list of profiler_entry objects.'],
    _pystart_callback: [profiler_start, '($self, code, instruction_offset, /)', 'A function of Python begins or goes on.'],
    _pythrow_callback: [profiler_start, '($self, code, instruction_offset, exception, /)', 'A generator goes on with an exception.'],
    _pyreturn_callback: [(t: Thread, self: PyProfiler) => leave(t, self), '($self, code, instruction_offset, retval, /)', 'A function of Python ends or rests.'],
    _ccall_callback: [profiler_nativeStart, '($self, code, instruction_offset, callable, self_arg, /)', 'A native function is called.'],
    _creturn_callback: [profiler_nativeEnd, '($self, code, instruction_offset, callable, self_arg, /)', 'A native function has ended.'],
    clear: [profiler_clear, '($self, /)', 'Clear all profiling information collected so far.'],
  },
});

/** The table. */
export const LSPROF_MODULE: NativeModule = {
  name: '_lsprof',
  doc: 'Fast profiler',
  types: { Profiler: PROFILER_TYPE, profiler_entry: PROFILER_ENTRY, profiler_subentry: PROFILER_SUBENTRY },
  functions: {},
};
