/** Calling any Python object from TypeScript (CPython's PyObject_Vectorcall). */
import { UNWIND } from '../core/compiled.ts';
import { PyBaseException } from '../core/exception.ts';
import { PyFunction, PyMethod } from '../core/function.ts';
import { PyInstance } from '../core/instance.ts';
import { PyBuiltinFunction, PyMethodDescriptor, type NativeResult } from '../core/native.ts';
import type { KeywordNames } from '../core/type.ts';
import { TAIL_CALL, type Parking, type Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { genericGetAttr, getAttr, lookupAttr, lookupSpecial, typeLookup } from './attributes.ts';
import { assert } from '../base/assert.ts';
import { getInstanceAttribute } from './instance-attributes.ts';
import { callNative, nativeName } from './native-call.ts';
import { raiseTypeError, typeName } from './raise.ts';
import { enterBound, enterFour, runFrame } from './run-frame.ts';
import { enterNative, leaveNative } from './recursion.ts';
import { typeOf } from './type-of.ts';

/** Calls a builtin function or bound native method; the result may be `PARKED`. */
export function callBuiltin(t: Thread, callee: PyBuiltinFunction, args: readonly Value[], keywords: KeywordNames): NativeResult {
  return callNative(t, callee.definition, callee.owner, callee.self, callee.bound, args, keywords);
}

/** Calls an unbound native method; args[0] is self. The result may be `PARKED`. */
export function callMethodDescriptor(t: Thread, callee: PyMethodDescriptor, args: readonly Value[], keywords: KeywordNames): NativeResult {
  const { definition } = callee;
  const positional = args.length - (keywords === null ? 0 : keywords.length);
  if (positional < 1) raiseTypeError(`unbound method ${nativeName(callee.owner, definition)}() needs an argument`);
  const self = args[0]!;
  const type = typeOf(self);
  if (type !== callee.owner && !type.mro.includes(callee.owner)) {
    raiseTypeError(`descriptor '${callee.definition.name}' for '${callee.owner.name}' objects doesn't apply to a '${type.name}' object`);
  }
  if (keywords === null && definition.takes(args.length - 1)) return definition.implementation(t, ...args);
  if (keywords === null && definition.takesItems) return definition.implementation(t, self, args.slice(1));
  return callNative(t, definition, callee.owner, self, true, args.slice(1), keywords);
}

/** Turns a native result into a value: nothing is None; a parked thread that cannot be swapped out here blocks natively; what is to be raised is thrown. */
export function settle(t: Thread, result: NativeResult): Value {
  if (result === undefined) return null;
  if (typeof result !== 'symbol') return result as Value;
  if (result === UNWIND) return throwRaised(t);
  if (result === TAIL_CALL) {
    const frame = t.tailFrame;
    assert(frame !== null, 'a native function that returns TAIL_CALL has set Thread.tailFrame');
    t.tailFrame = null;
    return runFrame(t, frame);
  }
  const parking: Parking | null = t.parked;
  assert(parking !== null, 'a native function that returns PARKED has set Thread.parked');
  t.parked = null;
  return t.interpreter.scheduler.block(t, parking);
}

/**
 * Calls `callee` with `args`, whose last `keywords.length` entries are the keyword values.
 * Raises what the callee raises, TypeError if it is not callable, RecursionError at the limit.
 */
export function call(t: Thread, callee: Value, args: Value[], keywords: KeywordNames = null): Value {
  enterNative(t, ' while calling a Python object');
  t.nativeDepth++;
  try {
    return callAny(t, callee, args, keywords);
  } finally {
    t.nativeDepth--;
    leaveNative(t);
  }
}

function callAny(t: Thread, callee: Value, args: Value[], keywords: KeywordNames): Value {
  if (callee instanceof PyBuiltinFunction) return settle(t, callBuiltin(t, callee, args, keywords));
  if (callee instanceof PyMethodDescriptor) return settle(t, callMethodDescriptor(t, callee, args, keywords));
  if (callee instanceof PyMethod) return callAny(t, callee.func, [callee.self, ...args], keywords);
  const slot = typeOf(callee).slots.tp_call;
  return slot === null ? raiseTypeError(`'${typeName(callee)}' object is not callable`) : slot(t, callee, args, keywords);
}

/** Whether `call` could work: `callable(value)`. */
export function isCallable(value: Value): boolean {
  return typeOf(value).slots.tp_call !== null;
}

/** `object.name(*args)`. */
export function callMethod(t: Thread, object: Value, name: string, ...args: Value[]): Value {
  return callMethodWith(t, object, name, args, null);
}

/** As `callMethod`; the last entries of `args` are the values of `keywords`. A Python method is called without being bound. */
export function callMethodWith(t: Thread, object: Value, name: string, args: Value[], keywords: KeywordNames): Value {
  const method = plainMethod(object, name);
  return method === undefined ? call(t, getAttr(t, object, name), args, keywords) : call(t, method, [object, ...args], keywords);
}

/** The Python function that `object.name` is bound to, undefined where it may be anything else. */
export function plainMethod(object: Value, name: string): PyFunction | undefined {
  if (!(object instanceof PyInstance)) return undefined;
  const { type } = object;
  if (type.slots.tp_getattro !== genericGetAttr) return undefined;
  const method = typeLookup(type, name);
  return method instanceof PyFunction && getInstanceAttribute(object, name) === undefined ? method : undefined;
}

/**
 * Calls a Python function that is compiled with its arguments bound to its parameters already; undefined where it has to be called in the usual way. Raises what it raises.
 * @hot callbacks of event loops
 */
export function callWithBound(t: Thread, func: PyFunction, parameters: readonly Value[]): Value | undefined {
  const result = callQuietly(t, func, parameters);
  return result === UNWIND ? throwRaised(t) : result;
}

/** As `callWithBound`, for up to four parameters; a function that has fewer does not see the others. No array is made for them. @hot callbacks of event loops */
export function callCompiled(t: Thread, func: PyFunction, a: Value, b: Value, c: Value, d: Value): Value | undefined {
  if (!isEntered(t, func)) return undefined;
  enterNative(t, ' while calling a Python object');
  t.nativeDepth++;
  try {
    const result = enterFour(t, func, a, b, c, d);
    return result === UNWIND ? throwRaised(t) : result;
  } finally {
    t.nativeDepth--;
    leaveNative(t);
  }
}

/** Whether a function is called in its compiled form, and in the usual way. */
function isEntered(t: Thread, func: PyFunction): boolean {
  return func.code.isCompiled && func.entryPoint === t.interpreter.entryPoint && t.nesting !== 0;
}

/** `func(argument)`. @hot keys of sorting, special methods without arguments */
export function callFunctionWithOne(t: Thread, func: PyFunction, argument: Value): Value {
  const result = func.code.simpleArgcount === 1 ? callCompiled(t, func, argument, null, null, null) : undefined;
  return result === undefined ? call(t, func, [argument]) : result;
}

/** `callee(first, second)`. @hot comparisons of instances: sorting, keys of dicts, heaps */
export function callTwo(t: Thread, callee: Value, first: Value, second: Value): Value {
  if (callee instanceof PyFunction && callee.code.simpleArgcount === 2) {
    const result = callCompiled(t, callee, first, second, null, null);
    if (result !== undefined) return result;
  }
  return call(t, callee, [first, second]);
}

/** Throws what was left to be raised. */
export function throwRaised(t: Thread): never {
  const exception = t.raised!;
  t.raised = null;
  throw exception;
}

/** As `callWithBound`, but what the function raises is left in `Thread.raised`: UNWIND. For callers that count on an exception. @hot the end of iterators of the program's own */
export function callQuietly(t: Thread, func: PyFunction, parameters: readonly Value[]): Value | typeof UNWIND | undefined {
  if (!isEntered(t, func)) return undefined;
  enterNative(t, ' while calling a Python object');
  t.nativeDepth++;
  try {
    return enterBound(t, func, parameters);
  } finally {
    t.nativeDepth--;
    leaveNative(t);
  }
}

/**
 * As `callQuietly` with a function that takes as many arguments: its result, undefined when it has raised an exception of the class `expected`. Raises others;
 * NOT_CALLED where it has to be called in the usual way.
 */
export function callUnlessRaised(t: Thread, func: Value, args: readonly Value[], expected: (exception: PyBaseException) => boolean): Maybe | typeof NOT_CALLED {
  if (!(func instanceof PyFunction) || func.code.simpleArgcount !== args.length) return NOT_CALLED;
  try {
    const result = callQuietly(t, func, args);
    if (result === undefined) return NOT_CALLED;
    return result === UNWIND ? throwUnless(t, expected) : result;
  } catch (caught) {
    // It had left compiled code.
    if (caught instanceof PyBaseException && expected(caught)) return undefined;
    throw caught;
  }
}

function throwUnless(t: Thread, expected: (exception: PyBaseException) => boolean): undefined {
  if (!expected(t.raised!)) throwRaised(t);
  t.raised = null;
  return undefined;
}

/** See `callUnlessRaised`. */
export const NOT_CALLED = Symbol('not called');

/** `object.name(*args)`, or undefined when there is no such attribute. */
export function callMethodIfAny(t: Thread, object: Value, name: string, ...args: Value[]): Maybe {
  const method = lookupAttr(t, object, name);
  return method === undefined ? undefined : call(t, method, args);
}

/** `type(object).name(object, *args)`, or undefined when the type has no such special method. */
export function callSpecial(t: Thread, object: Value, name: string, args: Value[]): Maybe {
  const attribute = typeLookup(typeOf(object), name);
  if (attribute === undefined) return undefined;
  if (attribute instanceof PyFunction) return callMethodFunction(t, attribute, object, args);
  if (attribute instanceof PyMethodDescriptor) return call(t, attribute, [object, ...args]);
  const bound = lookupSpecial(t, object, name);
  return bound === undefined ? undefined : call(t, bound, args);
}

function callMethodFunction(t: Thread, method: PyFunction, self: Value, args: readonly Value[]): Value {
  switch (args.length) {
    case 0: return callFunctionWithOne(t, method, self);
    case 1: return callTwo(t, method, self, args[0]!);
    default: return call(t, method, [self, ...args]);
  }
}
