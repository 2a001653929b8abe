/** Calls from compiled code whose callee is not known when it is compiled. */
import { RAISED, UNWIND } from '../core/compiled.ts';
import { PyDict, PyList, PyTuple, type HashTable } from '../core/containers.ts';
import { PyBaseException } from '../core/exception.ts';
import { FRAME_CONSTRUCTOR, FRAME_HOOKED, PyFunction, PyMethod } from '../core/function.ts';
import { PyBuiltinFunction, PyMethodDescriptor } from '../core/native.ts';
import type { Thread } from '../core/thread.ts';
import { PyType } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import { typeLookup } from '../objects/attributes.ts';
import { callBuiltin, callMethodDescriptor } from '../objects/call.ts';
import { BaseException, ValueError } from '../objects/exception-types.ts';
import { convertBuiltin } from '../objects/convert.ts';
import { floatOfText } from '../objects/float.ts';
import { newInstance } from '../objects/instance-attributes.ts';
import { intOfText } from '../objects/int.ts';
import { newDict, newTuple } from '../objects/make.ts';
import { tableOfStrings } from '../objects/table-making.ts';
import { type_call } from '../objects/type.ts';
import { dictMerge } from './containers.ts';
import { raiseInCaller, raiseTypeError, typeName } from '../objects/raise.ts';
import { DICT_TYPE, INT_TYPE, LIST_TYPE, OBJECT_TYPE, TYPE_TYPE } from '../objects/static-types.ts';
import { typeOf } from '../objects/type-of.ts';
import { bindFrame, bindStack, bindUnpacked } from './call-frame.ts';
import { callsInit, callGeneral, unpackedCall, type CallResult } from './calls.ts';
import { runEvictable } from './evaluate.ts';
import { takeTailFrame } from './frames.ts';

type Result = CallResult | undefined;

/** Calls from compiled code: a frame left to be run is run in a loop that can be evicted with the caller. */
export function callAnything(t: Thread, callee: Value, args: Value[], keywords: readonly string[] | null): CallResult | undefined {
  if (callee instanceof PyMethod) return callAnything(t, callee.func, [callee.self, ...args], keywords);
  if (callee instanceof PyFunction && callee.entryPoint === t.interpreter.entryPoint) {
    if (keywords === null) {
      const missing = callee.code.simpleArgcount - args.length;
      if (missing === 0) return callStack(t, callee, args);
      if (missing > 0 && callee.defaults !== null && missing <= callee.defaults.items.length) return callStack(t, callee, [...args, ...callee.defaults.items.slice(-missing)]);
    }
    return callBound(t, callee, args, keywords);
  }
  if (callee instanceof PyBuiltinFunction) return callBuiltin(t, callee, args, keywords) as CallResult;
  if (callee instanceof PyMethodDescriptor) return callMethodDescriptor(t, callee, args, keywords) as CallResult;
  if (callee instanceof PyType) {
    const init = pythonInit(t, callee);
    if (init !== null && init !== undefined) {
      const instance = newInstance(callee);
      return initResult(t, callAnything(t, init, [instance, ...args], keywords), instance) as CallResult;
    }
    const ownInit = init === undefined ? exceptionInit(t, callee) : undefined;
    if (ownInit !== undefined && (ownInit !== null || keywords === null)) {
      const exception = exceptionOf(callee, keywords === null ? args : args.slice(0, args.length - keywords.length));
      return ownInit === null ? exception : (initResult(t, callAnything(t, ownInit, [exception, ...args], keywords), exception) as CallResult);
    }
  }
  const result = callGeneral(t, callee, args, keywords);
  return typeof result === 'symbol' && t.tailFrame !== null ? runTail(t) : result;
}

/** Runs the frame that a native function has left to be run (TAIL_CALL). */
export function runTail(t: Thread): CallResult {
  const frame = takeTailFrame(t);
  const { func, code } = frame;
  if (!code.isCompiled || (frame.kind & ~FRAME_HOOKED) !== 0) return runEvictable(t, frame) as CallResult;
  return (frame.kind & FRAME_HOOKED) === 0 ? callStack(t, func, frame.stack) : callHooked(t, func, frame.stack, callEnding, frame.ending as () => void);
}

/** Calls a compiled function and then `leave`, which goes with its frame when that is evicted. */
export function callHooked<T>(t: Thread, func: PyFunction, stack: readonly Maybe[], leave: (t: Thread, what: T) => void, what: T): CallResult {
  let isLeft = true;
  try {
    const result = callStack(t, func, stack);
    if (result === UNWIND && t.raised === null) {
      isLeft = false;
      hookEvicted(t, leave, what);
    }
    return result;
  } finally {
    if (isLeft) leave(t, what);
  }
}

function hookEvicted<T>(t: Thread, leave: (t: Thread, what: T) => void, what: T): void {
  const bottom = t.evicted!;
  bottom.kind |= FRAME_HOOKED;
  bottom.ending = () => leave(t, what);
}

function callEnding(_t: Thread, ending: () => void): void {
  ending();
}

/** A call with the items of a tuple for arguments. @hot `function(*args)`, as in asyncio's handles */
function callItems(t: Thread, callee: Value, items: readonly Value[]): Result {
  switch (items.length) {
    case 0: return call0(t, callee);
    case 1: return call1(t, callee, items[0]!);
    case 2: return call2(t, callee, items[0]!, items[1]!);
    default: return isSimple(t, callee, items.length) ? callStack(t, callee, items) : callAnything(t, callee, items.slice(), null);
  }
}

/** A call whose arguments have to be bound to the parameters. */
function callBound(t: Thread, func: PyFunction, args: readonly Value[], keywords: readonly string[] | null): CallResult {
  const { code } = func;
  if (!code.isCompiled && !code.isGenerator) return runEvictable(t, bindFrame(t, func, args, keywords)) as CallResult;
  return callStack(t, func, bindStack(func, args, keywords));
}

/** Calls a function with bound arguments, the first of a frame's slots. */
function callStack(t: Thread, func: PyFunction, stack: readonly Maybe[]): CallResult {
  const { code } = func;
  // Setting an array's length takes longer than the call.
  switch (code.parameterCount) {
    case 1: return code.direct(t, func, stack[0]) as CallResult;
    case 2: return code.direct(t, func, stack[0], stack[1]) as CallResult;
    case 3: return code.direct(t, func, stack[0], stack[1], stack[2]) as CallResult;
    case 4: return code.direct(t, func, stack[0], stack[1], stack[2], stack[3]) as CallResult;
    case 5: return code.direct(t, func, stack[0], stack[1], stack[2], stack[3], stack[4]) as CallResult;
    case 6: return code.direct(t, func, stack[0], stack[1], stack[2], stack[3], stack[4], stack[5]) as CallResult;
    default: return code.direct(t, func, ...stack.slice(0, code.parameterCount)) as CallResult;
  }
}

/** See `Operations.callUnpacked`. @hot wrappers that pass their arguments on */
export function callUnpacked(t: Thread, callee: Value, self: Maybe, args: Value, keywords: Maybe): Result {
  if (self === undefined && args instanceof PyList && args.type === LIST_TYPE && args.doubles === null && keywords === undefined) return callItems(t, callee, args.items);
  if (args instanceof PyTuple) {
    if (keywords === undefined || (keywords instanceof PyDict && keywords.table.used === 0)) {
      if (self === undefined) return callItems(t, callee, args.items);
      return callAnything(t, callee, [self, ...args.items], null);
    }
    if (keywords instanceof PyDict) {
      const result = self === undefined ? callWithDict(t, callee, args.items, keywords.table) : callFunctionWithDict(t, callee, self, args.items, keywords.table);
      if (result !== NOT_BOUND) return result;
    }
  }
  const call = unpackedCall(t, [callee, self, args, keywords], 0);
  return callAnything(t, call.callee, self === undefined ? call.args : [self, ...call.args], call.keywords);
}

/** See `Operations.callForwarded`. @hot wrappers that pass their arguments on */
export function callForwarded(t: Thread, callee: Value, self: Maybe, args: Value, mapping: Value): Result {
  if (mapping instanceof PyDict && mapping.type === DICT_TYPE) return callUnpacked(t, callee, self, args, mapping);
  const dict = newDict();
  dictMerge(t, dict, mapping, callee);
  return callUnpacked(t, callee, self, args, dict);
}

/** See `Operations.callMerged`. @hot wrappers that pass their keyword arguments on, with some of their own */
export function callMerged(t: Thread, callee: Value, self: Maybe, given: Value[], names: readonly string[], mapping: Value): Result {
  const args = self === undefined ? given : [self, ...given];
  if (mapping instanceof PyDict && mapping.type === DICT_TYPE && !mapping.table.keys.some((key) => key !== undefined && (typeof key !== 'string' || names.includes(key)))) {
    return callWithNames(t, callee, args, names, mapping.table);
  }
  // What is wrong with the names is told there.
  const count = args.length - names.length;
  const dict = new PyDict(DICT_TYPE, tableOfStrings([...names], args.slice(count)));
  dictMerge(t, dict, mapping, callee);
  return callUnpacked(t, callee, undefined, newTuple(args.slice(0, count)), dict);
}

/** A call with the items of a table for further keyword arguments: all of them names, and others than `names`. */
function callWithNames(t: Thread, callee: Value, args: Value[], names: readonly string[], { keys, values, used }: HashTable): Result {
  if (used === 0) return callNamed(t, callee, args, names);
  const allNames = names.slice();
  for (let i = 0; i < keys.length; i++) {
    if (keys[i] === undefined) continue;
    allNames.push(keys[i] as string);
    args.push(values[i]!);
  }
  return callNamed(t, callee, args, allNames);
}

function callNamed(t: Thread, callee: Value, args: Value[], names: readonly string[]): Result {
  if (callee instanceof PyType && callee.type === TYPE_TYPE && callee !== TYPE_TYPE && pythonInit(t, callee) === undefined) return type_call(t, callee, args, names.length === 0 ? null : names);
  return callAnything(t, callee, args, names.length === 0 ? null : names);
}

const NOT_BOUND = Symbol('not bound');

/** A call of a Python function, or of a class with a Python `__init__`; NOT_BOUND where it is something else, or the arguments do not fit: that is said elsewhere. */
function callWithDict(t: Thread, callee: Value, items: readonly Value[], table: HashTable): Result | typeof NOT_BOUND {
  if (callee instanceof PyMethod) return callFunctionWithDict(t, callee.func, callee.self, items, table);
  if (!(callee instanceof PyType)) return callFunctionWithDict(t, callee, undefined, items, table);
  const init = pythonInit(t, callee);
  if (init === undefined || init === null || init.code.code.argcount === 0 || !runsCompiled(t, init)) return NOT_BOUND;
  // An object that nobody gets would be seen when it is finalised: it is made when the arguments fit.
  const stack = bindUnpacked(init, null, items, table);
  if (stack === null) return NOT_BOUND;
  const instance = newInstance(callee);
  stack[0] = instance;
  return initResult(t, callStack(t, init, stack), instance) as CallResult;
}

function runsCompiled(t: Thread, func: Value): func is PyFunction {
  return func instanceof PyFunction && func.entryPoint === t.interpreter.entryPoint && (func.code.isCompiled || func.code.isGenerator);
}

function callFunctionWithDict(t: Thread, func: Value, self: Maybe, items: readonly Value[], table: HashTable): Result | typeof NOT_BOUND {
  if (!runsCompiled(t, func)) return NOT_BOUND;
  const stack = bindUnpacked(func, self, items, table);
  return stack === null ? NOT_BOUND : callStack(t, func, stack);
}

/** What a class gives whose `__init__` gave `result`. */
export function initResult(t: Thread, result: Value | symbol | undefined, instance: Value): Value | symbol | undefined {
  if (result === null) return instance;
  if (result === UNWIND) {
    const callee = t.raised === null ? t.evicted : null;
    if (callee !== null) {
      callee.kind |= FRAME_CONSTRUCTOR;
      callee.ending = instance;
    }
    return result;
  }
  if (typeof result === 'symbol') return result;
  return raiseTypeError(`__init__() should return None, not '${typeName(result as Value)}'`);
}

/** See `Facts.pythonInit`. */
export function pythonInit(_t: Thread, type: PyType): PyFunction | null | undefined {
  if (!type.flags.heapType || !callsInit(type)) return undefined;
  const init = typeLookup(type, '__init__');
  if (init === typeLookup(OBJECT_TYPE, '__init__')) return null;
  return init instanceof PyFunction && init.entryPoint === _t.interpreter.entryPoint ? init : undefined;
}

/** See `Facts.exceptionInit`. */
export function exceptionInit(t: Thread, type: PyType): PyFunction | null | undefined {
  if (type.type !== TYPE_TYPE || type.slots.tp_new !== BaseException.slots.tp_new || type.slots.tp_finalize !== null) return undefined;
  if (type.slots.tp_init === BaseException.slots.tp_init) return null;
  const init = typeLookup(type, '__init__');
  return init instanceof PyFunction && init.entryPoint === t.interpreter.entryPoint ? init : undefined;
}

/** See `Operations.exceptionOf`. @hot exceptions that are raised and caught */
export function exceptionOf(type: PyType, args: Value[]): PyBaseException {
  return new PyBaseException(type, newTuple(args));
}

/** Whether a call with so many arguments is that of a Python function with as many parameters, entered in the usual way. */
function isSimple(t: Thread, callee: Value, count: number): callee is PyFunction {
  return callee instanceof PyFunction && callee.code.simpleArgcount === count && callee.entryPoint === t.interpreter.entryPoint;
}

/** The default of the last parameter of a Python function that has one parameter more than there are arguments; undefined for others. */
function lastDefault(t: Thread, callee: Value, count: number): Maybe {
  if (!isSimple(t, callee, count + 1) || callee.defaults === null) return undefined;
  const { items } = callee.defaults;
  return items.length === 0 ? undefined : items[items.length - 1];
}

/** See `Operations.call0`. @hot calls of what is not known when compiled */
export function call0(t: Thread, callee: Value): Result {
  if (isSimple(t, callee, 0)) return callee.code.direct(t, callee) as CallResult;
  if (callee instanceof PyBuiltinFunction && callee.definition.takes(0)) return (callee.bound ? callee.definition.implementation(t, callee.self) : callee.definition.implementation(t)) as CallResult;
  if (callee instanceof PyMethod) return callMethod0(t, callee.func, callee.self);
  return callAnything(t, callee, [], null);
}

/** See `Operations.call0`. @hot calls of what is not known when compiled */
export function call1(t: Thread, callee: Value, a: Value): Result {
  if (isSimple(t, callee, 1)) return callee.code.direct(t, callee, a) as CallResult;
  if (callee instanceof PyBuiltinFunction && callee.definition.takes(1)) return (callee.bound ? callee.definition.implementation(t, callee.self, a) : callee.definition.implementation(t, a)) as CallResult;
  if (callee instanceof PyMethod) return callMethod1(t, callee.func, callee.self, a);
  const last = lastDefault(t, callee, 1);
  if (last !== undefined) return (callee as PyFunction).code.direct(t, callee as PyFunction, a, last) as CallResult;
  return callAnything(t, callee, [a], null);
}

/** See `Operations.convert`. @hot `str(number)`, `int(number)` */
export function convert(t: Thread, type: PyType, value: Value): Result {
  const converted = convertBuiltin(t, type, value);
  if (converted === undefined) return call1(t, type, value);
  // Programs try what a text is, and count on ValueError.
  return converted instanceof PyBaseException ? raiseInCaller(t, converted) : converted;
}

/** See `Operations.quietNumber`. @hot texts that may be numbers */
export function quietNumber(t: Thread, type: PyType, text: Value): Value | symbol | undefined {
  if (typeof text !== 'string') return undefined;
  const result = type === INT_TYPE ? intOfText(t, text) : floatOfText(text);
  if (!(result instanceof PyBaseException)) return result;
  return result.type === ValueError ? RAISED : undefined;
}

/** See `Operations.call0`. @hot calls of what is not known when compiled */
export function call2(t: Thread, callee: Value, a: Value, b: Value): Result {
  if (isSimple(t, callee, 2)) return callee.code.direct(t, callee, a, b) as CallResult;
  if (callee instanceof PyBuiltinFunction && callee.definition.takes(2)) return (callee.bound ? callee.definition.implementation(t, callee.self, a, b) : callee.definition.implementation(t, a, b)) as CallResult;
  if (callee instanceof PyMethod) return callMethod2(t, callee.func, callee.self, a, b);
  const last = lastDefault(t, callee, 2);
  if (last !== undefined) return (callee as PyFunction).code.direct(t, callee as PyFunction, a, b, last) as CallResult;
  return callAnything(t, callee, [a, b], null);
}

/** See `Operations.call0`. @hot calls of what is not known when compiled */
export function call3(t: Thread, callee: Value, a: Value, b: Value, c: Value): Result {
  if (isSimple(t, callee, 3)) return callee.code.direct(t, callee, a, b, c) as CallResult;
  if (callee instanceof PyBuiltinFunction && callee.definition.takes(3)) return (callee.bound ? callee.definition.implementation(t, callee.self, a, b, c) : callee.definition.implementation(t, a, b, c)) as CallResult;
  if (callee instanceof PyMethod) return callMethod3(t, callee.func, callee.self, a, b, c);
  const last = lastDefault(t, callee, 3);
  if (last !== undefined) return (callee as PyFunction).code.direct(t, callee as PyFunction, a, b, c, last) as CallResult;
  return callAnything(t, callee, [a, b, c], null);
}

/** See `Operations.callMethod0`. @hot calls of methods of several classes */
export function callMethod0(t: Thread, callee: Value, self: Maybe): Result {
  if (self === undefined) return call0(t, callee);
  if (isSimple(t, callee, 1)) return callee.code.direct(t, callee, self) as CallResult;
  if (callee instanceof PyMethodDescriptor && typeOf(self) === callee.owner && callee.definition.takes(0)) return callee.definition.implementation(t, self) as CallResult;
  return callAnything(t, callee, [self], null);
}

/** See `Operations.callMethod0`. @hot calls of methods of several classes */
export function callMethod1(t: Thread, callee: Value, self: Maybe, a: Value): Result {
  if (self === undefined) return call1(t, callee, a);
  if (isSimple(t, callee, 2)) return callee.code.direct(t, callee, self, a) as CallResult;
  if (callee instanceof PyMethodDescriptor && typeOf(self) === callee.owner && callee.definition.takes(1)) return callee.definition.implementation(t, self, a) as CallResult;
  return callAnything(t, callee, [self, a], null);
}

/** See `Operations.callMethod0`. @hot calls of methods of several classes */
export function callMethod2(t: Thread, callee: Value, self: Maybe, a: Value, b: Value): Result {
  if (self === undefined) return call2(t, callee, a, b);
  if (isSimple(t, callee, 3)) return callee.code.direct(t, callee, self, a, b) as CallResult;
  if (callee instanceof PyMethodDescriptor && typeOf(self) === callee.owner && callee.definition.takes(2)) return callee.definition.implementation(t, self, a, b) as CallResult;
  return callAnything(t, callee, [self, a, b], null);
}

/** See `Operations.callMethod0`. @hot calls of methods of several classes */
export function callMethod3(t: Thread, callee: Value, self: Maybe, a: Value, b: Value, c: Value): Result {
  if (self === undefined) return call3(t, callee, a, b, c);
  if (isSimple(t, callee, 4)) return callee.code.direct(t, callee, self, a, b, c) as CallResult;
  if (callee instanceof PyMethodDescriptor && typeOf(self) === callee.owner && callee.definition.takes(3)) return callee.definition.implementation(t, self, a, b, c) as CallResult;
  return callAnything(t, callee, [self, a, b, c], null);
}
