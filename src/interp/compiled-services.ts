/** The interpreter's implementation of what plugins that compile ask of it (`hooks/services.ts`). */
import { UNWIND } from '../core/compiled.ts';
import { PyDict, PyTuple, type PySet } from '../core/containers.ts';
import type { PyBaseException } from '../core/exception.ts';
import { FRAME_CONSTRUCTOR, Frame, PyFunction, PyGenerator, PyMethod, type PyCode } from '../core/function.ts';
import { PyListIterator, PyRangeIterator, PyTupleIterator } from '../core/iterators.ts';
import { PyBuiltinFunction, PyMethodDescriptor } from '../core/native.ts';
import { PyList } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import { PyType, type CompareOp } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import { setServices, type Doors, type Facts, type Observer, type Operations, type Services } from '../hooks/services.ts';
import { CACHES, OP } from '../bytecode/opcodes.ts';
import { typeLookup } from '../objects/attributes.ts';
import { callBuiltin, callMethodDescriptor } from '../objects/call.ts';
import { newCell, newFunction } from '../objects/function.ts';
import { tableGetStr, tableSet, tableSetStr } from '../objects/hash-table.ts';
import { newInstance } from '../objects/instance-attributes.ts';
import { getIterator, iterNext } from '../objects/iterate.ts';
import { object_new } from '../objects/object.ts';
import { unaryOperator } from '../objects/operators.ts';
import { raiseTypeError, typeName } from '../objects/raise.ts';
import { DICT_TYPE, FLOAT_TYPE, LIST_ITERATOR_TYPE, LIST_TYPE, OBJECT_TYPE, RANGE_ITERATOR_TYPE, STR_TYPE, TUPLE_ITERATOR_TYPE, TUPLE_TYPE, TYPE_TYPE } from '../objects/static-types.ts';
import { contains, setItem } from '../objects/subscript.ts';
import { setAdd } from '../objects/set.ts';
import { newSlice } from '../objects/slice.ts';
import { format } from '../objects/text.ts';
import { isTrue, lengthOf } from '../objects/truth.ts';
import { asStr } from '../objects/type-of.ts';
import { intAnd, intOr, intXor } from '../objects/algorithms/int-arith.ts';
import { binaryOperation, compareOperation } from './arithmetic.ts';
import { loadAttr, loadMethod, storeAttr } from './attribute-cache.ts';
import { bindFrame } from './call-frame.ts';
import { callGeneral, unpackedCall, type CallResult } from './calls.ts';
import { buildMap, buildSet, unpackSequence } from './containers.ts';
import { interpretBound, resumeYield, runEvictable } from './evaluate.ts';
import { sendTo } from './generators.ts';
import { takeTailFrame } from './frames.ts';
import type { Machine } from './machine.ts';
import { loadFromMapping, raiseNameError, storeName } from './names.ts';
import { raisedBy } from './raising.ts';
import { perform } from './reference-loop.ts';
import { afterCall, caughtInCompiled, leaveCompiled, MAX_RECORDS, mustLeave, overflow, raiseAt } from './tier-switch.ts';
import { toPythonException } from './unwind.ts';

/** Calls from compiled code: a frame left to be run is run in a loop that can be evicted with the caller. */
function callAnything(t: Thread, callee: Value, args: Value[], keywords: readonly string[] | null): CallResult | undefined {
  if (callee instanceof PyMethod) return callAnything(t, callee.func, [callee.self, ...args], keywords);
  if (callee instanceof PyFunction && callee.entryPoint === t.interpreter.entryPoint) {
    if (keywords === null && callee.code.simpleArgcount === args.length) return callee.code.direct(t, callee, ...args) as CallResult;
    return callBound(t, bindFrame(t, callee, args, keywords));
  }
  if (callee instanceof PyBuiltinFunction) return callBuiltin(t, callee, args, keywords) as CallResult;
  if (callee instanceof PyMethodDescriptor) return callMethodDescriptor(t, callee, args, keywords) as CallResult;
  if (callee instanceof PyType) {
    const init = pythonInit(t, callee);
    if (init !== null && init !== undefined) {
      const instance = newInstance(callee);
      return initResult(t, callAnything(t, init, [instance, ...args], keywords), instance) as CallResult;
    }
  }
  const result = callGeneral(t, callee, args, keywords);
  return typeof result === 'symbol' && t.tailFrame !== null ? (runEvictable(t, takeTailFrame(t)) as CallResult) : result;
}

/** A frame whose arguments are bound: compiled code takes it over when there is some. */
function callBound(t: Thread, frame: Frame): CallResult {
  const { func, code } = frame;
  if (!code.isCompiled) return runEvictable(t, frame) as CallResult;
  return code.direct(t, func, ...frame.stack.slice(0, code.parameterCount)) as CallResult;
}

function namesOf(names: Value): string[] {
  return (names as PyTuple).items.map((name) => asStr(name)!);
}

function initResult(t: Thread, result: Value | symbol | undefined, instance: Value): Value | symbol | undefined {
  if (result === null) return instance;
  if (result === UNWIND) {
    const callee = t.raised === null ? t.evicted : null;
    if (callee !== null) {
      callee.kind |= FRAME_CONSTRUCTOR;
      callee.constructed = instance;
    }
    return result;
  }
  if (typeof result === 'symbol') return result;
  return raiseTypeError(`__init__() should return None, not '${typeName(result as Value)}'`);
}

/** Runs the body of an instruction on a stack of its own. */
function instruction(t: Thread, owner: Frame | PyFunction, code: PyCode, op: number, oparg: number, pc: number, inputs: Maybe[]): readonly Maybe[] {
  const isFrame = owner instanceof Frame;
  const func = isFrame ? owner.func : owner;
  const f = new Frame(code, func, isFrame ? owner.locals : null, inputs);
  f.pc = pc;
  const m: Machine = { t, f, code, stack: inputs, sp: inputs.length, pc, canSwap: false, result: null, finished: false };
  perform(m, op, oparg);
  inputs.length = m.sp;
  return inputs;
}

function globalOf(t: Thread, func: PyFunction, name: string): Value {
  const own = loadFromMapping(t, func.globals, name);
  if (own !== undefined) return own;
  const builtin = loadFromMapping(t, func.builtins, name);
  return builtin === undefined ? raiseNameError(name) : builtin;
}

function nameOf(t: Thread, owner: Frame | PyFunction, name: string): Value {
  if (!(owner instanceof Frame)) return globalOf(t, owner, name);
  const own = owner.locals === null ? undefined : owner.locals instanceof PyDict && owner.locals.type === DICT_TYPE ? tableGetStr(owner.locals.table, name) : loadFromMapping(t, owner.locals, name);
  return own === undefined ? globalOf(t, owner.func, name) : own;
}

const operations: Operations = {
  binary: binaryOperation,
  compare: (t, left, right, op) => compareOperation(t, left, right, op as CompareOp),
  compareBool: (t, left, right, op) => {
    if (typeof left === 'number' && typeof right === 'number') return op === 0 ? left < right : op === 1 ? left <= right : op === 2 ? left === right : op === 3 ? left !== right : op === 4 ? left > right : left >= right;
    const result = compareOperation(t, left, right, op as CompareOp);
    return typeof result === 'boolean' ? result : isTrue(t, result);
  },
  contains,
  truth: (t, value) => (typeof value === 'boolean' ? value : isTrue(t, value)),
  negative: (t, value) => unaryOperator(t, value, 'nb_negative', 'unary -'),
  invert: (t, value) => unaryOperator(t, value, 'nb_invert', 'unary ~'),
  length: lengthOf,
  getItem: (t, container, key) => binaryOperation(t, container, key, 26),
  setItem: (t, container, key, value) => setItem(t, container, key, value),
  loadGlobal: globalOf,
  storeGlobal: (_t, func, name, value) => tableSetStr(func.globals.table, name, value),
  loadName: nameOf,
  storeName: (t, owner, name, value) => storeName(t, owner as Frame, name, value),
  loadAttr,
  loadMethod,
  storeAttr,
  getIterator,
  iterNext: (t, iterator) => (iterator instanceof PyGenerator && iterator.frame.resume !== null && iterator.state === 'suspended' ? resumeYield(t, iterator) : iterNext(t, iterator)),
  send: sendTo,
  setAdd: (t, set, value) => setAdd(t, (set as PySet).table, value),
  mapAdd: (t, dict, key, value) => void tableSet(t, (dict as PyDict).table, key, value),
  buildMap,
  buildSet,
  newSlice,
  format: (t, value) => (typeof value === 'string' ? value : format(t, value, '')),
  unpack: unpackSequence,
  instruction,
  makeFunction: (t, code, from) => newFunction(t, code as unknown as PyCode, from.globals, from.builtins),
  newCell,
  newInstance,
  rangeIterator: (next, step, remaining) => new PyRangeIterator(RANGE_ITERATOR_TYPE, next, step, remaining),
  sequenceIterator: (sequence, index) => {
    const iterator = sequence instanceof PyList ? new PyListIterator(LIST_ITERATOR_TYPE, sequence) : new PyTupleIterator(TUPLE_ITERATOR_TYPE, sequence as PyTuple);
    iterator.index = index;
    return iterator;
  },
  strLength: (text) => lengthOf(undefined as unknown as Thread, text),
  intAnd: (left, right) => intAnd(left, right),
  intOr: (left, right) => intOr(left, right),
  intXor: (left, right) => intXor(left, right),
  call: (t, callee, args) => callAnything(t, callee, args, null),
  callMethod: (t, callee, self, args) => callAnything(t, callee, self === undefined ? args : [self, ...args], null),
  callKeywords: (t, callee, self, args, names) => callAnything(t, callee, self === undefined ? args : [self, ...args], namesOf(names)),
  callUnpacked: (t, callee, self, args, keywords) => {
    const call = unpackedCall(t, [callee, self, args, keywords], 0);
    return callAnything(t, call.callee, call.args, call.keywords);
  },
};

function raiseFromCompiled(t: Thread, base: number, exception: Value, cause?: Value): typeof UNWIND {
  let raised: PyBaseException;
  try {
    raised = raisedBy(t, exception, cause);
  } catch (caught) {
    raised = toPythonException(caught);
  }
  return raiseAt(t, base, raised);
}

/** Instructions that leave the frame, or wait: observation ends before them. */
const ENDS = new Set<number>([OP.RETURN_VALUE, OP.YIELD_VALUE, OP.RETURN_GENERATOR, OP.SEND, OP.RAISE_VARARGS, OP.RERAISE]);

/** See `Doors.observe`. Calls of frames run in it, too; an exception ends it, and is left in `Thread.raised` for the loop. */
function observe(t: Thread, f: Frame, budget: number, observer: Observer): void {
  const m: Machine = { t, f, code: f.code, stack: f.stack, sp: f.sp, pc: f.pc, canSwap: false, result: null, finished: false };
  try {
    for (let left = budget; left > 0 && t.breaker[0] === 0; left--) if (!observeOne(m, f, observer)) break;
  } catch (caught) {
    m.f.pc = m.pc;
    m.f.sp = m.sp;
    t.frame = m.f;
    t.raised = toPythonException(caught);
    return;
  }
  m.f.pc = m.pc;
  m.f.sp = m.sp;
  t.frame = m.f;
}

function observeOne(m: Machine, base: Frame, observer: Observer): boolean {
  const { f } = m;
  const { words } = m.code;
  let at = m.pc;
  let oparg = words[at]! >> 8;
  while ((words[at]! & 255) === OP.EXTENDED_ARG) {
    at++;
    oparg = (oparg << 8) | (words[at]! >> 8);
  }
  const op = words[at]! & 255;
  observer.before(f, at, op, oparg, m.sp);
  if (ENDS.has(op) && (f === base || f.kind !== 0)) return false;
  m.pc = at + 1 + CACHES[op]!;
  f.pc = m.pc;
  f.sp = m.sp;
  perform(m, op, oparg);
  if (m.f === f) observer.after(f, at, m.sp);
  return true;
}

function pythonInit(_t: Thread, type: PyType): PyFunction | null | undefined {
  if (type.type !== TYPE_TYPE || type.slots.tp_new !== object_new || type.flags.isAbstract || type.solidBase !== OBJECT_TYPE || !type.flags.heapType) return undefined;
  const init = typeLookup(type, '__init__');
  if (init === typeLookup(OBJECT_TYPE, '__init__')) return null;
  return init instanceof PyFunction && init.entryPoint === _t.interpreter.entryPoint ? init : undefined;
}

function makeServices(t: Thread): Services {
  const doors: Doors = { maxRecords: MAX_RECORDS, leave: leaveCompiled, afterCall, caught: caughtInCompiled, raise: raiseFromCompiled, overflow, mustLeave, interpretBound, initResult, observe };
  const facts: Facts = { interpreter: t.interpreter, float: FLOAT_TYPE, list: LIST_TYPE, dict: DICT_TYPE, tuple: TUPLE_TYPE, str: STR_TYPE, lookup: typeLookup, pythonInit };
  return { operations, doors, facts };
}

setServices(makeServices);
