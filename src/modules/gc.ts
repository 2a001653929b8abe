/** `gc`: V8 collects; this module says so honestly, and offers what programs use (Modules/gcmodule.c). */
import { PyDict, PyList, PySet, PyTuple } from '../core/containers.ts';
import { OP } from '../bytecode/opcodes.ts';
import { PyCell, PyFrame, PyFunction, PyGenerator, PyMethod, type Frame } from '../core/function.ts';
import { PyInstance, slotsOf } from '../core/instance.ts';
import { PyBaseException, PyTraceback } from '../core/exception.ts';
import { PyType } from '../core/type.ts';
import { type Thread, topFrame } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { call, callMethod } from '../objects/call.ts';
import { tableGetStr, tableKeys, tableSetStr } from '../objects/hash-table.ts';
import { newDict, newList, newTuple } from '../objects/make.ts';
import { intArgument } from '../objects/native-arguments.ts';
import { raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { asInt } from '../objects/type-of.ts';
import { visitObjects } from '../hooks/visit.ts';
import { listInstructions } from '../bytecode/instruction-list.ts';
import { collectGarbage, runBelowLoop } from '../interp/collector.ts';
import { isFinalized } from '../objects/finalize.ts';
import type { NativeModule } from './native-module.ts';
import { reportUnraisable } from './sys.ts';

/** Rounds of one `gc.collect()`. */
const MAX_ROUNDS = 8;

interface State {
  /** Objects that `freeze` has put aside, and how many they were. */
  frozen: WeakSet<Value & object> | null;
  frozenCount: number;
  enabled: boolean;
  debug: number;
  threshold: number[];
  collections: number[];
  readonly callbacks: PyList;
  readonly garbage: PyList;
}

function stateOf(t: Thread): State {
  let state = t.interpreter.moduleState.get('gc') as State | undefined;
  if (state === undefined) {
    state = { frozen: null, frozenCount: 0, enabled: true, debug: 0, threshold: [2000, 10, 10], collections: [0, 0, 0], callbacks: newList([]), garbage: newList([]) };
    t.interpreter.moduleState.set('gc', state);
  }
  return state;
}

function notify(t: Thread, phase: string, generation: number): void {
  for (const callback of stateOf(t).callbacks.items.slice()) {
    const info = newDict();
    for (const [name, value] of Object.entries({ generation, collected: 0, uncollectable: 0 })) tableSetStr(info.table, name, value);
    try {
      call(t, callback, [phase, info]);
    } catch (caught) {
      if (!(caught instanceof PyBaseException)) throw caught;
      reportUnraisable(t, caught, null, callback);
    }
  }
}

/** A full collection by V8; then the callbacks of weak references that are dead now. */
function gc_collect(t: Thread, generation?: Value): Value {
  const level = intArgument(t, generation, 2);
  if (level < 0 || level > 2) raiseValueError('invalid generation');
  if (t.nativeDepth > 0 || t.interpreter.inInstrumentedLoop) collect(t, level);
  else {
    // The loop's own registers may hold what the program has dropped: it is left first, right behind this call.
    runBelowLoop(t, () => collect(t, level));
  }
  return 0;
}

/** Where the last collection ended that found nothing to call. */
let done: { readonly frame: WeakRef<Frame>; readonly pc: number } | null = null;

/** Between one call of `gc.collect()` and the next: nothing that drops an object. */
const DROPS_NOTHING: ReadonlySet<number> = new Set([OP.POP_TOP, OP.LOAD_FAST, OP.LOAD_FAST_BORROW, OP.LOAD_GLOBAL, OP.LOAD_NAME, OP.LOAD_ATTR, OP.PUSH_NULL, OP.CALL]);

/** Whether this call stands right behind another one, as in test.support's `gc_collect`: then it would find nothing new, and need not take its time. */
function isDone(t: Thread): boolean {
  const f = topFrame(t);
  if (done === null || f === null || done.frame.deref() !== f || f.pc <= done.pc) return false;
  const { pc } = done;
  const between = listInstructions(f.code.code).filter(({ at }) => at >= pc && at < f.pc);
  return between.filter(({ op }) => op === OP.CALL).length === 1 && between.every(({ op }) => DROPS_NOTHING.has(op));
}

/** Writes what DEBUG_STATS asks for. */
function tellStatistics(t: Thread, text: string): void {
  const stderr = tableGetStr(t.interpreter.sys.table, 'stderr') ?? null;
  if (stderr !== null) callMethod(t, stderr, 'write', text);
}

const DEBUG_STATS = 1;

function collect(t: Thread, level: number): void {
  if ((stateOf(t).debug & DEBUG_STATS) === 0) return collectQuietly(t, level);
  const tracked = trackedObjects(t).length;
  tellStatistics(t, `gc: collecting generation ${level}...\ngc: objects in each generation: 0 0 ${tracked}\ngc: objects in permanent generation: ${stateOf(t).frozenCount}\n`);
  const started = performance.now();
  collectQuietly(t, level);
  // As `gc.collect()` returns 0: the engine does not count what it frees.
  tellStatistics(t, `gc: done, 0 unreachable, 0 uncollectable, ${((performance.now() - started) / 1000).toFixed(4)}s elapsed\n`);
}

function collectQuietly(t: Thread, level: number): void {
  notify(t, 'start', level);
  if (!isDone(t)) {
    const ranPython = collectGarbage(t, MAX_ROUNDS);
    const top = topFrame(t);
    done = ranPython || top === null ? null : { frame: new WeakRef(top), pc: top.pc };
  }
  stateOf(t).collections[level]!++;
  notify(t, 'stop', level);
}

function gc_set_threshold(t: Thread, args: Value[]): void {
  if (args.length < 1 || args.length > 3) raiseTypeError(`gc.set_threshold expected 1 to 3 arguments, got ${args.length}`);
  args.forEach((value, i) => (stateOf(t).threshold[i] = intArgument(t, value, 0)));
}

function gc_get_stats(t: Thread): Value {
  return newList(stateOf(t).collections.map((collections) => {
    const dict = newDict();
    for (const [name, value] of Object.entries({ collections, collected: 0, uncollectable: 0 })) tableSetStr(dict.table, name, value);
    return dict;
  }));
}

/** The objects that one object refers to directly. */
function referents(value: Value): Value[] {
  if (!(value instanceof PyObject)) return [];
  const found: Maybe[] = [];
  if (value instanceof PyTuple || value instanceof PyList) found.push(...value.items);
  else if (value instanceof PyDict) found.push(...value.table.keys, ...value.table.values);
  else if (value instanceof PySet) found.push(...tableKeys(value.table));
  else if (value instanceof PyInstance) found.push(...slotsOf(value, 0, value.dict === null ? undefined : value.type.memberCount));
  else if (value instanceof PyFunction) found.push(value.code, value.globals, value.builtins, value.defaults, value.kwdefaults, value.closure, value.annotations);
  else if (value instanceof PyCell) found.push(value.value);
  else if (value instanceof PyGenerator && value.state !== 'done') found.push(...value.frame.stack.slice(0, value.frame.sp));
  else if (value instanceof PyMethod) found.push(value.func, value.self);
  else if (value instanceof PyType) found.push(value.attributes, ...value.mro, ...value.bases);
  if (value.dict !== null && !(value instanceof PyType)) found.push(value.dict);
  if (value.type.flags.heapType) found.push(value.type);
  return found.filter((item): item is Value => item !== undefined && item !== null);
}

const TRACKED_RECORDS = [PyList, PyDict, PySet, PyInstance, PyFunction, PyCell, PyMethod, PyGenerator, PyFrame, PyTraceback] as const;

/** Whether CPython's collector would look at the object: containers, instances of classes made by Python code, and those classes. */
function isTracked(value: Value): boolean {
  if (!(value instanceof PyObject)) return false;
  if (value instanceof PyType) return value.flags.heapType;
  if (value.dict !== null || value.type.flags.heapType) return true;
  return value instanceof PyTuple ? value.items.some(isTracked) : TRACKED_RECORDS.some((record) => value instanceof record);
}

/** All objects that can take part in a cycle and are not frozen. */
function trackedObjects(t: Thread): Value[] {
  const { frozen } = stateOf(t);
  const found: Value[] = [];
  visitObjects(t.interpreter, (object) => void (isTracked(object) && frozen?.has(object as Value & object) !== true && found.push(object)));
  return found;
}

function gc_freeze(t: Thread): void {
  const state = stateOf(t);
  const found = trackedObjects(t);
  state.frozen ??= new WeakSet();
  for (const object of found) state.frozen.add(object as Value & object);
  state.frozenCount += found.length;
}

function gc_unfreeze(t: Thread): void {
  const state = stateOf(t);
  state.frozen = null;
  state.frozenCount = 0;
}

/** All objects that can take part in a cycle. The engine does not say how old they are: all are of the last generation. */
function gc_get_objects(t: Thread, generation?: Value): Value {
  if (generation !== undefined && generation !== null && asInt(generation) === undefined) raiseTypeError(`argument should be integer or None, not '${typeName(generation)}'`);
  const given = generation === null ? -1 : intArgument(t, generation, -1);
  const level = given === -1 ? 2 : given;
  if (level > 2) raiseValueError('generation parameter must be less than the number of available generations (3)');
  if (level < 0) raiseValueError('generation parameter cannot be negative');
  return newList(level === 2 ? trackedObjects(t) : []);
}

/** The tracked objects that refer directly to one of `objects`. */
function gc_get_referrers(t: Thread, objects: Value[]): Value {
  const wanted = new Set(objects.filter((object) => object instanceof PyObject));
  const found: Value[] = [];
  visitObjects(t.interpreter, (object) => {
    if (isTracked(object) && referents(object).some((value) => wanted.has(value as PyObject))) found.push(object);
  });
  return newList(found);
}

/** The table. */
export const GC_MODULE: NativeModule = {
  name: 'gc',
  doc: 'This module provides access to the garbage collector for reference cycles.\nThe collector here is that of the JavaScript engine: it needs no thresholds and does not count what it frees.',
  attributes: (t) => ({
    DEBUG_STATS, DEBUG_COLLECTABLE: 2, DEBUG_UNCOLLECTABLE: 4, DEBUG_SAVEALL: 32, DEBUG_LEAK: 38, callbacks: stateOf(t).callbacks, garbage: stateOf(t).garbage,
  }),
  functions: {
    enable: [(t: Thread) => void (stateOf(t).enabled = true), '($module, /)', 'Enable automatic garbage collection.'],
    disable: [(t: Thread) => void (stateOf(t).enabled = false), '($module, /)', 'Disable automatic garbage collection: noted, the engine collects all the same.'],
    isenabled: [(t: Thread) => stateOf(t).enabled, '($module, /)', 'Returns true if automatic garbage collection is enabled.'],
    collect: [gc_collect, '($module, /, generation=2)', 'Run the garbage collector.'],
    get_debug: [(t: Thread) => stateOf(t).debug, '($module, /)', 'Get the garbage collection debugging flags.'],
    set_debug: [(t: Thread, flags: Value) => void (stateOf(t).debug = intArgument(t, flags, 0)), '($module, flags, /)', 'Set the garbage collection debugging flags.'],
    get_threshold: [(t: Thread) => newTuple(stateOf(t).threshold.slice()), '($module, /)', 'Return the current collection thresholds.'],
    set_threshold: [gc_set_threshold, '!($module, /, *args)', 'set_threshold(threshold0, [threshold1, [threshold2]])'],
    get_count: [() => newTuple([0, 0, 0]), '($module, /)', 'Return a three-tuple of the current collection counts.'],
    get_stats: [gc_get_stats, '($module, /)', 'Return a list of dictionaries containing per-generation statistics.'],
    get_objects: [gc_get_objects, '($module, /, generation=None)', 'Return a list of objects tracked by the collector, all of which are in generation 2.'],
    get_referrers: [gc_get_referrers, '($module, /, *objs)', 'Return the list of objects that directly refer to any of objs.'],
    get_referents: [(_t: Thread, objects: Value[]) => newList(objects.flatMap(referents)), '($module, /, *objs)', 'Return the list of objects that are directly referred to by objs.'],
    is_tracked: [(_t: Thread, value: Value) => isTracked(value), '($module, obj, /)', 'Returns true if the object is tracked by the garbage collector.'],
    is_finalized: [(_t: Thread, object: Value) => isFinalized(object), '($module, obj, /)', 'Returns true if the object has been already finalized by the GC.'],
    freeze: [gc_freeze, '($module, /)', 'Freeze all current tracked objects and ignore them for future collections.'],
    unfreeze: [gc_unfreeze, '($module, /)', 'Unfreeze all objects in the permanent generation.'],
    get_freeze_count: [(t: Thread) => stateOf(t).frozenCount, '($module, /)', 'Return the number of objects in the permanent generation.'],
  },
};
