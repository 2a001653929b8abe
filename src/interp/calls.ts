/** Calls from the interpreter loop: native functions straight from the stack, classes with a Python `__init__`, keyword and unpacked calls. */
import { PyDict, PyTuple } from '../core/containers.ts';
import { FRAME_CONSTRUCTOR, PyFunction, PyMethod, type Frame } from '../core/function.ts';
import { PyBuiltinFunction, PyMethodDescriptor, type NativeDefinition, type NativeResult } from '../core/native.ts';
import { PyType, type KeywordNames } from '../core/type.ts';
import { TAIL_CALL, type PARKED, type Thread } from '../core/thread.ts';
import type { UNWIND } from '../core/compiled.ts';
import type { Maybe, Value } from '../core/value.ts';
import { lookupAttr, typeLookup } from '../objects/attributes.ts';
import { interpreterEntry } from '../objects/entry-point.ts';
import { callBuiltin, callMethodDescriptor } from '../objects/call.ts';
import { newInstance } from '../objects/instance-attributes.ts';
import { toArray } from '../objects/iterate.ts';
import { object_new } from '../objects/object.ts';
import { raiseTypeError, typeName } from '../objects/raise.ts';
import { OBJECT_TYPE, TYPE_TYPE } from '../objects/static-types.ts';
import { type_call } from '../objects/type.ts';
import { asStr, typeOf } from '../objects/type-of.ts';
import { str } from '../objects/text.ts';
import { bindFrame, simpleFrame } from './call-frame.ts';

/** The result of a native call from the loop. */
export type CallResult = Value | typeof PARKED | typeof TAIL_CALL | typeof UNWIND;

/** Nothing returned is None. */
function settled(result: NativeResult): CallResult {
  return result === undefined ? null : (result as CallResult);
}

function callDirect(t: Thread, definition: NativeDefinition, stack: readonly Maybe[], start: number, count: number): NativeResult {
  switch (count) {
    case 0: return definition.implementation(t);
    case 1: return definition.implementation(t, stack[start]);
    case 2: return definition.implementation(t, stack[start], stack[start + 1]);
    case 3: return definition.implementation(t, stack[start], stack[start + 1], stack[start + 2]);
    default: return definition.implementation(t, ...stack.slice(start, start + count));
  }
}

/** Calls a builtin with `count` arguments from `stack[start]`. @hot */
export function callBuiltinFromStack(t: Thread, callee: PyBuiltinFunction, stack: readonly Maybe[], start: number, count: number): CallResult {
  const definition = callee.definition;
  if (count >= definition.minimum && count <= definition.maximum && definition.minimum >= 0) {
    if (!callee.bound) return settled(callDirect(t, definition, stack, start, count));
    if (count === 0) return settled(definition.implementation(t, callee.self));
    if (count === 1) return settled(definition.implementation(t, callee.self, stack[start]));
    return settled(definition.implementation(t, callee.self, ...stack.slice(start, start + count)));
  }
  return settled(callBuiltin(t, callee, stack.slice(start, start + count) as Value[], null));
}

/** Calls an unbound native method; `stack[start]` is self. @hot */
export function callMethodFromStack(t: Thread, callee: PyMethodDescriptor, stack: readonly Maybe[], start: number, count: number): CallResult {
  const definition = callee.definition;
  const type = count > 0 ? typeOf(stack[start] as Value) : null;
  if (count - 1 >= definition.minimum && count - 1 <= definition.maximum && definition.minimum >= 0 && (type === callee.owner || type!.mro.includes(callee.owner))) {
    return settled(callDirect(t, definition, stack, start, count));
  }
  return settled(callMethodDescriptor(t, callee, stack.slice(start, start + count) as Value[], null));
}

/** Leaves the frame of a Python function to the loop, so that the thread can be swapped out inside. */
function enterLater(t: Thread, func: PyFunction, args: Value[], keywords: KeywordNames): typeof TAIL_CALL {
  t.tailFrame = bindFrame(t, func, args, keywords);
  return TAIL_CALL;
}

/** Calls anything else, from the loop; a Python `__call__` becomes a frame of the loop. */
export function callGeneral(t: Thread, callee: Value, args: Value[], keywords: KeywordNames): CallResult {
  if (callee instanceof PyBuiltinFunction) return settled(callBuiltin(t, callee, args, keywords));
  if (callee instanceof PyMethodDescriptor) return settled(callMethodDescriptor(t, callee, args, keywords));
  if (callee instanceof PyMethod) return callGeneral(t, callee.func, [callee.self, ...args], keywords);
  const type = typeOf(callee);
  if (callee instanceof PyFunction) {
    if (callee.entryPoint === t.interpreter.entryPoint) return enterLater(t, callee, args, keywords);
    t.callerAdopts = t.interpreter.frameEvaluator !== null && !t.interpreter.instrumented && callee.entryPoint === interpreterEntry();
  } else if (type.flags.heapType) {
    const method = typeLookup(type, '__call__');
    if (method instanceof PyFunction && method.entryPoint === t.interpreter.entryPoint) return enterLater(t, method, [callee, ...args], keywords);
  }
  const slot = type.slots.tp_call;
  return slot === null ? raiseTypeError(`'${typeName(callee)}' object is not callable`) : slot(t, callee, args, keywords);
}

/** Whether calling a class that the program has made is `object.__new__`, without a refusal, followed by its `__init__`. Another metaclass (ABCMeta) may leave calls to `type`. */
export function callsInit(type: PyType): boolean {
  return (type.type === TYPE_TYPE || type.type.slots.tp_call === type_call) && type.slots.tp_new === object_new && !type.flags.isAbstract && type.solidBase === OBJECT_TYPE;
}

/** The Python `__init__` that calling `type` runs, whose frame this loop can run. */
function pythonInit(t: Thread, type: PyType): PyFunction | null {
  if (!callsInit(type)) return null;
  const init = typeLookup(type, '__init__');
  return init instanceof PyFunction && init.entryPoint === t.interpreter.entryPoint ? init : null;
}

/** The frame of `type.__init__` for a new instance, or null when the general call is needed. */
export function constructorFrame(t: Thread, type: PyType, stack: readonly Maybe[], start: number, count: number): Frame | null {
  const init = pythonInit(t, type);
  if (init === null) return null;
  const instance = newInstance(type);
  const args: Value[] = [instance];
  for (let i = 0; i < count; i++) args.push(stack[start + i] as Value);
  const frame = init.code.simpleArgcount === count + 1 ? simpleFrame(init, args, 0, count + 1) : bindFrame(t, init, args, null);
  frame.ending = instance;
  return frame;
}

function keywordNames(names: Value): string[] {
  return (names as PyTuple).items.map((name) => asStr(name)!);
}

/** Callable and arguments of CALL_KW: [callable, self or NULL, arguments...]. */
function keywordCall(stack: readonly Maybe[], base: number, end: number): [Value, Value[]] {
  let callee = stack[base] as Value;
  const start = stack[base + 1] === undefined ? base + 2 : base + 1;
  const args = stack.slice(start, end) as Value[];
  if (callee instanceof PyMethod && start === base + 2) {
    args.unshift(callee.self);
    callee = callee.func;
  }
  return [callee, args];
}

/** The frame for a keyword call of a Python function or of a class with a Python `__init__`; null when the general call is needed. */
export function keywordFrame(t: Thread, stack: readonly Maybe[], base: number, end: number, names: Value): Frame | null {
  const [callee, args] = keywordCall(stack, base, end);
  return frameFor(t, callee, args, keywordNames(names));
}

function frameFor(t: Thread, callee: Value, args: Value[], keywords: KeywordNames): Frame | null {
  if (callee instanceof PyFunction) return callee.entryPoint === t.interpreter.entryPoint ? bindFrame(t, callee, args, keywords) : null;
  if (!(callee instanceof PyType)) return null;
  const init = pythonInit(t, callee);
  if (init === null) return null;
  const instance = newInstance(callee);
  const frame = bindFrame(t, init, [instance, ...args], keywords);
  frame.ending = instance;
  frame.kind |= FRAME_CONSTRUCTOR;
  return frame;
}

/** Calls what `keywordFrame` refused. */
export function callKeywords(t: Thread, stack: readonly Maybe[], base: number, end: number, names: Value): CallResult {
  const [callee, args] = keywordCall(stack, base, end);
  return callGeneral(t, callee, args, keywordNames(names));
}

/** Qualified name of a callable for messages: `module.f()`. */
export function callableText(t: Thread, callee: Value): string {
  const qualname = lookupAttr(t, callee, '__qualname__');
  if (qualname === undefined) return str(t, callee);
  const module = lookupAttr(t, callee, '__module__');
  const prefix = module !== undefined && module !== null && module !== 'builtins' ? `${str(t, module)}.` : '';
  return `${prefix}${str(t, qualname)}()`;
}

/** Callable, arguments and keyword names of a call with `*args` and `**kwargs`; a bound method is taken apart. */
export function unpackedCall(t: Thread, stack: readonly Maybe[], base: number): { callee: Value; args: Value[]; keywords: string[] | null } {
  let callee = stack[base] as Value;
  const positional = stack[base + 2] as Value;
  const mapping = stack[base + 3];
  let args: Value[];
  if (positional instanceof PyTuple) args = positional.items.slice();
  else {
    const slots = typeOf(positional).slots;
    if (slots.tp_iter === null && slots.sq_item === null) {
      raiseTypeError(`${callableText(t, callee)} argument after * must be an iterable, not ${typeName(positional)}`);
    }
    args = toArray(t, positional);
  }
  if (callee instanceof PyMethod) {
    args.unshift(callee.self);
    callee = callee.func;
  }
  if (!(mapping instanceof PyDict) || mapping.table.used === 0) return { callee, args, keywords: null };
  const { keys, values, used } = mapping.table;
  const count = args.length;
  // Made in their sizes: arrays that grow get room for seventeen more.
  const keywords = new Array<string>(used);
  const all = new Array<Value>(count + used);
  for (let i = 0; i < count; i++) all[i] = args[i]!;
  for (let i = 0, n = 0; i < keys.length; i++) {
    const key = keys[i];
    if (key === undefined) continue;
    const name = typeof key === 'string' ? key : asStr(key);
    if (name === undefined) raiseTypeError('keywords must be strings');
    keywords[n] = name;
    all[count + n++] = values[i]!;
  }
  return { callee, args: all, keywords };
}

/** The frame for a call with `*args, **kwargs`: [callable, NULL, args, kwargs or NULL]; null when the general call is needed. */
export function unpackedFrame(t: Thread, stack: readonly Maybe[], base: number): Frame | null {
  const callee = stack[base] as Value;
  const func = callee instanceof PyMethod ? callee.func : callee;
  // Asked before the arguments are unpacked, as an iterator can be unpacked only once.
  const canEnter = func instanceof PyFunction ? func.entryPoint === t.interpreter.entryPoint : func instanceof PyType && pythonInit(t, func) !== null;
  if (!canEnter) return null;
  const call = unpackedCall(t, stack, base);
  return frameFor(t, call.callee, call.args, call.keywords);
}

/** Calls what `unpackedFrame` refused. */
export function callUnpacked(t: Thread, stack: readonly Maybe[], base: number): CallResult {
  const { callee, args, keywords } = unpackedCall(t, stack, base);
  return callGeneral(t, callee, args, keywords);
}

