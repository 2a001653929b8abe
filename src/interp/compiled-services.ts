/** The interpreter's implementation of what plugins that compile ask of it (`hooks/services.ts`). */
import { UNWIND } from '../core/compiled.ts';
import { PyDict, PyTuple, PySet } from '../core/containers.ts';
import type { PyBaseException } from '../core/exception.ts';
import { Frame, PyFunction, PyGenerator, type PyCode } from '../core/function.ts';
import { compact, listLength } from '../core/list-storage.ts';
import { PyList } from '../core/containers.ts';
import { identityOf } from '../objects/identity.ts';
import type { PolymorphicSite } from '../core/inline-cache.ts';
import { BREAKER_DROP_REQUEST, TAIL_CALL, type Thread } from '../core/thread.ts';
import type { CompareOp } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import { setServices, type Doors, type Facts, type Observer, type Operations, type Services } from '../hooks/services.ts';
import { CACHES, OP } from '../bytecode/opcodes.ts';
import { wrapAsyncGeneratorValue } from '../objects/async-generator.ts';
import { bindMethod, missingAttribute, setAttr, typeLookup, withAttributeContext } from '../objects/attributes.ts';
import { bindBuiltin } from '../objects/descriptors.ts';
import { newCell, newFunction } from '../objects/function.ts';
import { tableFindStr, tableGetStr, tableSet, tableSetStr } from '../objects/hash-table.ts';
import { tableOfStrings } from '../objects/table-making.ts';
import { newInstance } from '../objects/instance-attributes.ts';
import { handlingState } from '../objects/generator.ts';
import { getIterator } from '../objects/iterate.ts';
import { unaryOperator } from '../objects/operators.ts';
import { COMPLEX_TYPE, DICT_TYPE, FLOAT_TYPE, LIST_TYPE, METHOD_TYPE, STR_TYPE, TUPLE_TYPE } from '../objects/static-types.ts';
import { contains, setItem } from '../objects/subscript.ts';
import { setAdd } from '../objects/set.ts';
import { newSlice } from '../objects/slice.ts';
import { format } from '../objects/text.ts';
import { strLength } from '../objects/algorithms/str-code-points.ts';
import { isTrue, lengthOf } from '../objects/truth.ts';
import { type_call } from '../objects/type.ts';
import { IndexError, KeyError, StopAsyncIteration, ValueError } from '../objects/exception-types.ts';
import { asStr, isSubtype, typeOf } from '../objects/type-of.ts';
import { newDict, newSet, newTuple } from '../objects/make.ts';
import { raiseTypeError, typeName } from '../objects/raise.ts';
import { intAnd, intOr, intXor } from '../objects/algorithms/int-arith.ts';
import { binaryOperation, compareOperation } from './arithmetic.ts';
import { quietNumber, call0, call1, call2, call3, callAnything, convert, callForwarded, callMerged, callUnpacked, callMethod0, callMethod1, callMethod2, callMethod3, exceptionInit, exceptionOf, initResult, pythonInit, runTail } from './compiled-calls.ts';
import { buildMap, buildSet, dictMerge, dictUpdate, listExtend, unpackEx, unpackSequence } from './containers.ts';
import { classValue } from './class-attributes.ts';
import { commonConstant } from './common-constants.ts';
import { convertValue } from './formatting.ts';
import { importFrom, importName } from './import.ts';
import { importedModule } from './imported-modules.ts';
import { setFunctionAttribute } from './functions.ts';
import { beginsPlainly, generatorOfIter, getAsyncIterator, getAsyncNext, getAwaitable, getYieldFromIterator, suspendedGenerator } from './generators.ts';
import { plainMap, plainSet, quietAdd, quietAddAt, quietDiscard, quietEntry, quietRemove, quietSetAt, quietSetDefault, quietAmong, quietContains, quietIntAdd, quietIntSub, quietIntMul, quietIntAnd, quietIntOr, quietIntXor, quietIntShift, quietIntQuotient, quietIntRest, quietDelete, quietDeleteItem, quietDeletePart, quietInsert, quietGet, quietGetOr, quietHas, quietHasOnly, quietIsInstance, quietIsSubclass, quietChr, quietItem, quietListConcat, quietListRepeat, quietListSlice, quietListSteps, quietCompare, quietOrd, quietTruth, quietPop, quietSet, quietSetPart, quietSetSlice, quietSlice, quietTupleConcat, quietTextSteps, quietTupleSlice, quietTupleSteps } from './quiet-operations.ts';
import { countIterator, enumerateIterator, numberOf, rangeIterator, sequenceIterator, zipIterator } from './virtual-objects.ts';
import { construct, quietConstruct } from './quick-types.ts';
import { getDictItem, getItemOf, getSlice } from './subscripts.ts';
import { matchClass, matchKeys } from './matching.ts';
import { loadSpecialAt } from './super-attr.ts';
import { afterBegin, beginCall, beginCall0, beginCall1, beginCall2, beginCall3, beginInterpreted, canBegin, isBeginnable, nextFunction, overflowBegun, suspendBegun, takeBegun } from './begin.ts';
import { generatorCall, interpretBound } from './evaluate.ts';
import { nextItem, resumeWith } from './resume.ts';
import { behind, behindAll, depart } from './departure.ts';
import type { Machine } from './machine.ts';
import { loadFromMapping, raiseNameError, storeName } from './names.ts';
import { matchesException, raisedBy } from './raising.ts';
import { learnOperator, operatorAt, operatorResult, slotResult, specialMethod } from './operator-calls.ts';
import { loadAttrAt, loadMethodAt, lookupAttrAt, quietAttrOr, quietHasAttr, storeAttrAt, learnLoad, learnStore, propertyGetter } from './polymorphic-cache.ts';
import { conditionBy, excludedBy, fullnessBy, lengthBy, storedBy, truthBy } from './special-calls.ts';
import { afterInnermost, leaveInnermost } from './inlined-activations.ts';
import { perform, recover } from './reference-loop.ts';
import { evictStale } from './seen-frames.ts';
import { afterCall, caughtInCompiled, finishSeen, leaveCompiled, MAX_RECORDS, mustLeave, overflow, raiseAt, unwound } from './tier-switch.ts';
import { afterCallHere, catchAt, caughtHere, takeRaised, unwoundHere } from './catching.ts';
import { isHandledIn, toPythonException } from './unwind.ts';

/** Runs the body of an instruction on a stack of its own. */
function instruction(t: Thread, owner: Frame | PyFunction, code: PyCode, op: number, oparg: number, pc: number, inputs: Maybe[]): readonly Maybe[] {
  const isFrame = owner instanceof Frame;
  const func = isFrame ? owner.func : owner;
  const f = new Frame(code, func, isFrame ? owner.locals : null, inputs);
  f.pc = pc;
  const m: Machine = { t, f, code, stack: inputs, sp: inputs.length, pc, canSwap: false, result: null, finished: false };
  perform(m, op, oparg);
  // Setting the length takes longer than most instructions.
  while (inputs.length > m.sp) inputs.pop();
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

/** As `a.concat(b)`, which takes ten times as long for a few. */
function joined(a: readonly Value[], b: readonly Value[]): Value[] {
  const items = new Array<Value>(a.length + b.length);
  for (let i = 0; i < a.length; i++) items[i] = a[i]!;
  for (let i = 0; i < b.length; i++) items[a.length + i] = b[i]!;
  return items;
}

function loadAttribute(t: Thread, site: PolymorphicSite, owner: Value, name: string): Value | typeof UNWIND {
  const value = loadAttrAt(t, site, owner, name);
  if (value === UNWIND) return value;
  if (value !== undefined) return behind(t, value);
  t.raised = missingAttribute(t, owner, name);
  return UNWIND;
}

const operations: Operations = {
  binary: (t, left, right, op) => behind(t, binaryOperation(t, left, right, op)),
  compare: (t, left, right, op) => behind(t, compareOperation(t, left, right, op as CompareOp)),
  compareBool: (t, left, right, op) => {
    if (typeof left === 'number' && typeof right === 'number') return op === 0 ? left < right : op === 1 ? left <= right : op === 2 ? left === right : op === 3 ? left !== right : op === 4 ? left > right : left >= right;
    const result = compareOperation(t, left, right, op as CompareOp);
    return behind(t, typeof result === 'boolean' ? result : isTrue(t, result));
  },
  contains: (t, container, item) => behind(t, contains(t, container, item)),
  truth: (t, value) => (typeof value === 'boolean' ? value : behind(t, isTrue(t, value))),
  negative: (t, value) => behind(t, unaryOperator(t, value, 'nb_negative', 'unary -')),
  invert: (t, value) => behind(t, unaryOperator(t, value, 'nb_invert', 'unary ~')),
  length: (t, value) => behind(t, lengthOf(t, value)),
  getItem: (t, container, key) => {
    const item = getItemOf(t, container, key);
    return item === UNWIND ? item : behind(t, item);
  },
  getDictItem: (t, dict, key) => {
    const item = getDictItem(t, dict as PyDict, key);
    return item === UNWIND ? item : behind(t, item);
  },
  behind,
  setItem: (t, container, key, value) => {
    setItem(t, container, key, value);
    behindAll(t);
  },
  loadGlobal: globalOf,
  storeGlobal: (_t, func, name, value) => tableSetStr(func.globals.table, name, value),
  loadName: nameOf,
  storeName: (t, owner, name, value) => storeName(t, owner as Frame, name, value),
  nativeField: (t, get, site, owner, name) => {
    let value: Maybe;
    try {
      value = get(t, owner);
    } catch (caught) {
      throw withAttributeContext(caught, owner, name);
    }
    return value === undefined ? loadAttribute(t, site, owner, name) : behind(t, value);
  },
  loadAttr: loadAttribute,
  getAttrOr: (t, site, owner, name, fallback) => {
    const value = lookupAttrAt(t, site, owner, name);
    return behind(t, value === undefined ? fallback : value);
  },
  quietAttrOr, quietHasAttr,
  hasAttr: (t, site, owner, name) => behind(t, lookupAttrAt(t, site, owner, name) !== undefined),
  loadMethod: (t, site, owner, name) => {
    const method = loadMethodAt(t, site, owner, name);
    if (t.breaker[0] !== 0) depart(t, [method, t.methodSelf]);
    return method;
  },
  storeAttr: (t, site, owner, name, value) => {
    storeAttrAt(t, site, owner, name, value);
    behindAll(t);
  },
  getIterator: (t, value) => generatorOfIter(t, value) ?? behind(t, getIterator(t, value)),
  iterNext: (t, iterator, sink) => {
    const item = nextItem(t, iterator, sink);
    if (t.breaker[0] !== 0 && item !== UNWIND) depart(t, [item]);
    return item;
  },
  send: (t, iterator, value, sink) => {
    const result = resumeWith(t, iterator, value, sink);
    if (t.breaker[0] !== 0 && result !== UNWIND) depart(t, [result, t.sent]);
    return result;
  },
  setAdd: (t, set, value) => {
    // As SET_ADD: the name of the set of conditional annotations may be bound to anything.
    if (!(set instanceof PySet)) raiseTypeError(`'${typeName(set)}' object is not a set`);
    setAdd(t, set.table, value);
    behindAll(t);
  },
  mapAdd: (t, dict, key, value) => {
    tableSet(t, (dict as PyDict).table, key, value);
    behindAll(t);
  },
  importName: (t, owner, name, level, fromlist) => behind(t, importName(t, owner, name, fromlist, level)),
  importFrom: (t, module, name) => behind(t, importFrom(t, module, name)),
  importedModule,
  buildMap: (t, items) => behind(t, buildMap(t, items)),
  buildSet: (t, items) => behind(t, buildSet(t, items)),
  newSlice,
  format: (t, value) => (typeof value === 'string' ? value : behind(t, format(t, value, ''))),
  unpack: (t, value, count) => {
    const items = unpackSequence(t, value, count);
    if (t.breaker[0] !== 0) depart(t, [...items].reverse());
    return items;
  },
  awaitable: (t, value, oparg) => behind(t, getAwaitable(t, value, oparg)),
  asyncNext: (t, iterator) => behind(t, getAsyncNext(t, iterator)),
  asyncIterator: (t, value) => behind(t, getAsyncIterator(t, value)),
  yieldFromIterator: (t, code, generator, value) => behind(t, getYieldFromIterator(t, code, generator, value)),
  pushHandled: (t, generator, exception) => {
    const handling = handlingState(t, generator);
    const previous = handling.value;
    handling.value = exception as PyBaseException;
    return previous;
  },
  matchesException: (t, exception, type) => matchesException(t, exception as PyBaseException, type),
  popHandled: (t, previous) => {
    t.exceptions.value = previous as PyBaseException | null;
  },
  endsAsyncFor: (exception) => isSubtype((exception as PyBaseException).type, StopAsyncIteration),
  loadSpecial: (t, site, owner, number) => {
    const method = loadSpecialAt(t, site, owner, number);
    if (t.breaker[0] !== 0) depart(t, [method, t.methodSelf]);
    return method;
  },
  isSequence: (value) => typeOf(value).flags.sequence,
  isMapping: (value) => typeOf(value).flags.mapping,
  matchClass: (t, subject, cls, count, names) => behind(t, matchClass(t, subject, cls, count, names)),
  matchKeys: (t, subject, keys) => behind(t, matchKeys(t, subject, keys)),
  formatWithSpec: (t, value, spec) => behind(t, format(t, value, asStr(spec) ?? raiseTypeError(`format_spec must be a str, not ${typeName(spec)}`))),
  convertValue: (t, kind, value) => behind(t, convertValue(t, kind, value)),
  listExtend: (t, list, iterable) => {
    if (iterable instanceof PyTuple && iterable.type === TUPLE_TYPE) extendByTuple(list as PyList, iterable);
    else listExtend(t, list as PyList, iterable);
    behindAll(t);
  },
  dictUpdate: (t, dict, mapping) => {
    dictUpdate(t, dict as PyDict, mapping);
    behindAll(t);
  },
  getSlice: (t, container, start, stop) => behind(t, getSlice(t, container, start, stop)),
  unpackEx: (t, value, before, after) => {
    const items = unpackEx(t, value, before, after);
    if (t.breaker[0] !== 0) depart(t, [...items].reverse());
    return items;
  },
  dictMerge: (t, dict, mapping, callee) => {
    dictMerge(t, dict as PyDict, mapping, callee);
    behindAll(t);
  },
  deleteItem: (t, container, key) => {
    setItem(t, container, key, undefined);
    behindAll(t);
  },
  deleteAttr: (t, owner, name) => {
    setAttr(t, owner, name, undefined);
    behindAll(t);
  },
  // Nobody else has the list: it is one that `[*a, *b]` in a call makes.
  listToTuple: (list) => newTuple((list as PyList).items),
  setFunctionAttribute: (func, oparg, value) => setFunctionAttribute(func as PyFunction, oparg, value),
  instruction: (t, owner, code, op, oparg, pc, inputs) => {
    const outputs = instruction(t, owner, code, op, oparg, pc, inputs);
    if (t.breaker[0] !== 0) depart(t, outputs);
    return outputs;
  },
  makeFunction: (t, code, from) => newFunction(t, code as unknown as PyCode, from.globals, from.builtins),
  returnedBy: (receiver) => (receiver instanceof PyGenerator ? receiver.returned : undefined),
  delegateOf: (receiver) => (receiver instanceof PyGenerator && receiver.kind !== 'async_generator' ? receiver : null),
  newCell, wrapAsyncGeneratorValue,
  newInstance, exceptionOf,
  suspendedGenerator, rangeIterator, countIterator, sequenceIterator, enumerateIterator, zipIterator, numberOf,
  strLength,
  quietNumber, quietItem, quietSlice, quietContains, quietHas, quietGet, quietGetOr, quietIsInstance, quietIsSubclass,
  quietIntAdd, quietIntSub, quietIntMul, quietIntAnd, quietIntOr, quietIntXor, quietIntShift, quietIntQuotient, quietIntRest,
  quietHasOnly, quietDelete, quietDeleteItem, quietDeletePart, quietInsert, quietAmong, quietCompare, quietTruth, quietPop, quietOrd, quietChr, quietSet, quietSetSlice, quietSetPart, quietListSteps, quietTupleSteps, quietTextSteps, quietAdd, quietListSlice, quietTupleSlice, quietListConcat, quietListRepeat, quietTupleConcat, identityOf,
  intAnd: (left, right) => intAnd(left, right),
  intOr: (left, right) => intOr(left, right),
  intXor: (left, right) => intXor(left, right),
  operator: operatorAt, operatorResult, slotResult, storedBy, conditionBy, excludedBy, truthBy, lengthBy, fullnessBy,
  generatorCall,
  canBegin, takeBegun, nextFunction, beginCall, beginCall0, beginCall1, beginCall2, beginCall3,
  call0, call1, call2, call3, convert, callMethod0, callMethod1, callMethod2, callMethod3,
  call: (t, callee, args) => callAnything(t, callee, args, null),
  callMethod: (t, callee, self, args) => callAnything(t, callee, self === undefined ? args : [self, ...args], null),
  callKeywords: (t, callee, self, args, names) => callAnything(t, callee, self === undefined ? args : [self, ...args], names),
  callForwarded, callMerged,
  construct, quietConstruct,
  callType: type_call,
  bindFunction: bindMethod, bindNative: bindBuiltin,
  newDict, newSet, plainMap, plainSet, quietAddAt, quietDiscard, quietEntry, quietRemove, quietSetAt, quietSetDefault,
  newKeywords: (names, values) => new PyDict(DICT_TYPE, tableOfStrings([...names], values)),
  typeOf,
  callUnpacked,
};

/** `[..., *tuple]` for a list that a display makes. */
function extendByTuple(list: PyList, tuple: PyTuple): void {
  const isNew = listLength(list) === 0;
  // An array that grows gets room for seventeen more.
  list.items = joined(list.items, tuple.items);
  if (isNew) compact(list);
}

/** What `raise exception from cause` raises, be it for what stands there. */
function raisedOrThrown(t: Thread, exception: Value, cause?: Value): PyBaseException {
  try {
    return raisedBy(t, exception, cause);
  } catch (caught) {
    return toPythonException(caught);
  }
}

function raiseFromCompiled(t: Thread, base: number, exception: Value, cause?: Value): Value | symbol {
  return raiseAt(t, base, raisedOrThrown(t, exception, cause));
}

function raiseHere(t: Thread, base: number, exception: Value, cause?: Value): Value | symbol {
  return catchAt(t, base, raisedOrThrown(t, exception, cause));
}

function reraiseHere(t: Thread, base: number, exception: Value): Value | symbol {
  t.skipTraceback = true;
  return catchAt(t, base, exception as PyBaseException);
}

function reraiseFromCompiled(t: Thread, base: number, exception: Value): Value | symbol {
  t.skipTraceback = true;
  return raiseAt(t, base, exception as PyBaseException);
}

/** Instructions that leave the frame, or wait: observation ends before them. */
const ENDS = new Set<number>([OP.RETURN_VALUE, OP.YIELD_VALUE, OP.RETURN_GENERATOR, OP.SEND, OP.RAISE_VARARGS, OP.RERAISE]);

/**
 * See `Doors.observe`. Calls of frames run in it, too; an exception that the running frame does not handle ends it, and is left in `Thread.raised` for the loop, as a wait is in
 * `Thread.parked`: while it runs, `t` counts as evictable, so that instructions end it instead of waiting, or of taking what a safepoint asks for.
 */
function observe(t: Thread, f: Frame, budget: number, observer: Observer): void {
  const m: Machine = { t, f, code: f.code, stack: f.stack, sp: f.sp, pc: f.pc, canSwap: false, result: null, finished: false };
  const { evictable } = t;
  t.evictable = true;
  try {
    for (let left = budget; left > 0 && (t.breaker[0]! & ~BREAKER_DROP_REQUEST) === 0 && !m.finished; left--) if (!observeHandled(m, f, observer)) break;
  } catch (caught) {
    t.raised = toPythonException(caught);
  } finally {
    t.evictable = evictable;
  }
  m.f.pc = m.pc;
  m.f.sp = m.sp;
  t.frame = m.f;
}

/** As `observeOne`; goes on at the handler of what is raised, where the running frame has one: code that counts on exceptions is compiled with what it does about them. */
function observeHandled(m: Machine, base: Frame, observer: Observer): boolean {
  try {
    return observeOne(m, base, observer);
  } catch (caught) {
    const exception = toPythonException(caught);
    if (m.t.interpreter.instrumented || !isHandledIn(m.f, m.pc - 1, exception)) throw exception;
    recover(m, exception);
    return true;
  }
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

function makeServices(t: Thread): Services {
  const doors: Doors = {
    maxRecords: MAX_RECORDS,
    leave: (thread, base) => leaveInnermost(thread, base, (at) => leaveCompiled(thread, at)),
    afterCall: (thread, base, result) => afterInnermost(thread, base, (at) => afterCall(thread, at, result === TAIL_CALL ? runTail(thread) : result)),
    caught: (thread, base, thrown) => leaveInnermost(thread, base, (at) => caughtInCompiled(thread, at, thrown)),
    raise: (thread, base, exception, cause) => leaveInnermost(thread, base, (at) => raiseFromCompiled(thread, at, exception, cause)),
    retire: (all) => {
      for (const compiled of all) compiled.isStale = true;
      evictStale(t.interpreter);
    },
    unwound: (thread, base) => leaveInnermost(thread, base, (at) => unwound(thread, at)),
    reraise: (thread, base, exception) => leaveInnermost(thread, base, (at) => reraiseFromCompiled(thread, at, exception)), finishSeen, overflow, afterBegin, overflowBegun, beginInterpreted, suspendBegun, mustLeave, interpretBound, initResult, observe,
    afterCallHere: (thread, base, result) => afterCallHere(thread, base, result === TAIL_CALL ? runTail(thread) : result), caughtHere, raiseHere, reraiseHere, unwoundHere, takeRaised,
  };
  const facts: Facts = { interpreter: t.interpreter, float: FLOAT_TYPE, list: LIST_TYPE, dict: DICT_TYPE, tuple: TUPLE_TYPE, str: STR_TYPE, complex: COMPLEX_TYPE, method: METHOD_TYPE, keyError: KeyError, valueError: ValueError, indexError: IndexError, lookup: typeLookup, findName: tableFindStr, learnLoad, learnStore, learnOperator, classValue, specialMethod, propertyGetter, pythonInit, exceptionInit, commonConstant, canBegin: isBeginnable, beginsPlainly };
  return { operations, doors, facts };
}

setServices(makeServices);
