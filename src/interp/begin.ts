/**
 * Coroutines that compiled code awaits where it calls them: `await f()`, `async with`, `async for`. They run as plain compiled calls (`PyCode.begin`), of which
 * frame and coroutine are made only when they are suspended, or somebody looks.
 *
 *   called ──returns──▶ the result                     no coroutine was made
 *          ──yields───▶ SUSPENDED, `Thread.begun`      its caller is suspended in turn, waiting for it
 *          ──leaves compiled code, is looked at──▶ a frame with its coroutine, above that of its caller, which stands behind its SEND
 *
 * INV-1: the site of the caller's record is that of the SEND, under way; where its receiver belongs stands None until there is one.
 */
import { assert } from '../base/assert.ts';
import { CO } from '../bytecode/code.ts';
import { SUSPENDED, UNWIND, type Site } from '../core/compiled.ts';
import { Frame, PyFunction, setBeginDoor, type PyCode, type PyGenerator } from '../core/function.ts';
import type { SpecialSite } from '../core/inline-cache.ts';
import type { CompiledFrame, Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { typeLookup } from '../objects/attributes.ts';
import { newTuple } from '../objects/make.ts';
import { typeOf } from '../objects/type-of.ts';
import { boundFrame } from './call-frame.ts';
import { completeInstruction } from './departure.ts';
import { beginsPlainly, begunGenerator, generatorOfCall, generatorOver } from './generators.ts';
import { resumeWith } from './resume.ts';
import { evictTop, finishWith, isTooDeep, takeFrame, unwound } from './tier-switch.ts';

type Result = Value | typeof UNWIND | typeof SUSPENDED;

/** Makes the coroutine and runs it until it is suspended, or done. */
export function beginInterpreted(t: Thread, func: PyFunction, ...parameters: Maybe[]): Result {
  const generator = generatorOfCall(boundFrame(func, parameters));
  assert(generator !== null, 'functions are begun whose code begins with RETURN_GENERATOR');
  const yielded = resumeWith(t, generator, null);
  if (yielded === undefined) return t.sent;
  if (yielded === UNWIND) return UNWIND;
  t.begun = generator;
  t.sent = yielded as Value;
  return SUSPENDED;
}

/** `PyCode.begin` of code for which there is no compiled form. */
function beginDoor(t: Thread, func: PyFunction, ...parameters: Maybe[]): Result {
  t.interpreter.tier?.begins?.(func);
  return beginInterpreted(t, func, ...parameters);
}

/** See `Facts.canBegin`. */
export function isBeginnable({ code }: PyFunction): boolean {
  return code.begin !== null && beginsPlainly(code);
}

/** Whether a function with this many arguments can be begun when its result is awaited at once: it is a Python function, called in the usual way, and nobody could tell. */
export function canBegin(t: Thread, callee: Value, self: Maybe, count: number): callee is PyFunction {
  if (!(callee instanceof PyFunction)) return false;
  const { code } = callee;
  if (code.begin === null || callee.entryPoint !== t.interpreter.entryPoint || t.coroutineOriginDepth !== 0) return false;
  const given = self === undefined ? count : count + 1;
  return (code.simpleArgcount === given || takesRest(code, given)) && beginsPlainly(code);
}

/** Whether the arguments are all positional parameters and then those of `*args`. */
function takesRest({ code }: PyCode, given: number): boolean {
  return (code.flags & (CO.VARARGS | CO.VARKEYWORDS)) === CO.VARARGS && code.kwonlyargcount === 0 && code.argcount <= given;
}

/** `callee(self, *args)` for what `canBegin` allows; `self` undefined for none. @hot `async with`, `async for`, `await` of what is not known when compiled */
export function beginCall(t: Thread, callee: Value, self: Maybe, args: readonly Value[]): Result {
  const func = callee as PyFunction;
  const { code } = func;
  const all = self === undefined ? args : [self, ...args];
  if (code.simpleArgcount >= 0) return code.begin!(t, func, ...all) as Result;
  const { argcount } = code.code;
  return code.begin!(t, func, ...all.slice(0, argcount), newTuple(all.slice(argcount))) as Result;
}

/** As `beginCall`. */
export function beginCall0(t: Thread, callee: Value, self: Maybe): Result {
  const func = callee as PyFunction;
  if (func.code.simpleArgcount < 0) return beginCall(t, callee, self, []);
  return (self === undefined ? func.code.begin!(t, func) : func.code.begin!(t, func, self)) as Result;
}

/** As `beginCall`. */
export function beginCall1(t: Thread, callee: Value, self: Maybe, a: Value): Result {
  const func = callee as PyFunction;
  if (func.code.simpleArgcount < 0) return beginCall(t, callee, self, [a]);
  return (self === undefined ? func.code.begin!(t, func, a) : func.code.begin!(t, func, self, a)) as Result;
}

/** As `beginCall`. */
export function beginCall2(t: Thread, callee: Value, self: Maybe, a: Value, b: Value): Result {
  const func = callee as PyFunction;
  if (func.code.simpleArgcount < 0) return beginCall(t, callee, self, [a, b]);
  return (self === undefined ? func.code.begin!(t, func, a, b) : func.code.begin!(t, func, self, a, b)) as Result;
}

/** As `beginCall`. `__aexit__(self, *exception)` is common. */
export function beginCall3(t: Thread, callee: Value, self: Maybe, a: Value, b: Value, c: Value): Result {
  const func = callee as PyFunction;
  const { code } = func;
  if (code.simpleArgcount >= 0) return (self === undefined ? code.begin!(t, func, a, b, c) : code.begin!(t, func, self, a, b, c)) as Result;
  if (self !== undefined && code.code.argcount === 1) return code.begin!(t, func, self, newTuple([a, b, c])) as Result;
  return beginCall(t, callee, self, [a, b, c]);
}

/** The Python function `__anext__` of an asynchronous iterator where it can be begun, else null. @hot `async for` */
export function nextFunction(t: Thread, site: SpecialSite, iterator: Value): PyFunction | null {
  const type = typeOf(iterator);
  if (site.type !== type || site.version !== type.version) {
    site.type = type;
    site.version = type.version;
    site.value = typeLookup(type, '__anext__') ?? null;
  }
  return canBegin(t, site.value, iterator, 0) ? site.value : null;
}

/** The coroutine that came with SUSPENDED: nothing else holds it. */
export function takeBegun(t: Thread): PyGenerator {
  const generator = t.begun!;
  t.begun = null;
  return generator;
}

/**
 * A coroutine that was begun yields `value`, waiting for `receiver` (a generator, or null): it gets the frame with `stack`, of which `sp` slots are in use, that
 * goes on at `pc`. The record at `base` is its own.
 */
export function suspendBegun(t: Thread, base: number, func: PyFunction, stack: Maybe[], sp: number, pc: number, resume: CompiledFrame | null, receiver: PyGenerator | null, value: Value): typeof SUSPENDED {
  const owner = t.records[base];
  const generator = owner instanceof Frame ? refilled(owner, stack) : generatorOver(new Frame(func.code, func, null, stack));
  const { frame } = generator;
  frame.sp = sp;
  frame.pc = pc;
  frame.resume = resume;
  generator.state = 'suspended';
  generator.delegate = receiver;
  t.top = base;
  t.depth--;
  t.begun = generator;
  t.sent = value;
  return SUSPENDED;
}

/** Somebody has looked at frames: this one has been made, and its generator. */
function refilled(frame: Frame, stack: readonly Maybe[]): PyGenerator {
  for (let i = 0; i < frame.stack.length; i++) frame.stack[i] = stack[i];
  frame.back = null;
  return frame.generator!;
}

/** A begun coroutine is too deep: raises RecursionError in the caller, or leaves the coroutine to tier 0. */
export function overflowBegun(t: Thread, func: PyFunction, parameters: readonly Maybe[]): typeof UNWIND {
  if (isTooDeep(t)) return UNWIND;
  const { frame } = begunGenerator(boundFrame(func, parameters));
  frame.stack[frame.sp++] = null;
  return evictTop(t, t.top, frame);
}

/** As `afterCall`, for what `PyCode.begin` gave to the activation at `base`; SUSPENDED and plain values are to go on with. */
export function afterBegin(t: Thread, base: number, result: Value | symbol): Value | symbol {
  if (result === UNWIND) return finishWith(t, unwound(t, base));
  if (t.breaker[0] === 0 || !t.interpreter.scheduler.mustLeave(t)) return result;
  const frame = takeFrame(t, base);
  const site = t.records[base + 1] as Site;
  if (result === SUSPENDED) frame.stack[frame.sp - 2] = takeBegun(t);
  completeInstruction(frame, site, result === SUSPENDED ? [t.sent] : [undefined, result as Value]);
  return evictTop(t, base, frame);
}

setBeginDoor(beginDoor);
