/** Resuming and creating generators from the interpreter loop, `yield from` and `await` (Objects/genobject.c, Python/ceval.c). */
import { addr2line } from '../bytecode/location-table.ts';
import { CO } from '../bytecode/code.ts';
import { listInstructions } from '../bytecode/instruction-list.ts';
import { OP } from '../bytecode/opcodes.ts';
import { RESUME_AT } from '../bytecode/operands.ts';
import { FRAME_BOTTOM, FRAME_CONSTRUCTOR, FRAME_DISCARD, FRAME_ENTRY, FRAME_GENERATOR, FRAME_HOOKED, Frame, type PyCode, PyFunction, PyGenerator } from '../core/function.ts';
import { PyInstance } from '../core/instance.ts';
import type { CompiledFrame, Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { genericGetAttr, typeLookup } from '../objects/attributes.ts';
import { callMethod } from '../objects/call.ts';
import { RuntimeError, StopIteration } from '../objects/exception-types.ts';
import { watchFinalizer } from '../objects/finalize.ts';
import { newCell } from '../objects/function.ts';
import { getInstanceAttribute } from '../objects/instance-attributes.ts';
import { getIterator } from '../objects/iterate.ts';
import { isExecuting, isOutsideTry, linkGenerator, resumeGenerator, yieldFromOf } from '../objects/generator.ts';
import { newTuple } from '../objects/make.ts';
import { isRaised, raise, raiseTypeError, typeName } from '../objects/raise.ts';
import { ASYNC_GENERATOR_TYPE, COROUTINE_TYPE, GENERATOR_TYPE } from '../objects/static-types.ts';
import { typeOf } from '../objects/type-of.ts';

/** Whether the loop can resume this generator by switching frames. */
export function canResumeInline(t: Thread, generator: PyGenerator): boolean {
  return t.interpreter.frameEvaluator === null && generator.kind !== 'async_generator' && (generator.state === 'suspended' || generator.state === 'created') && !isExecuting(generator);
}

/**
 * Prepares the generator's frame to run above the present one: it gets `value` as result of its `yield`; when it returns, the resuming
 * frame jumps by `returnOffset`.
 */
export function resumeInline(t: Thread, generator: PyGenerator, value: Value, returnOffset: number): Frame {
  const frame = generator.frame;
  if (generator.state === 'created' && value !== null) {
    raiseTypeError(`can't send non-None value to a just-started ${generator.kind === 'coroutine' ? 'coroutine' : 'generator'}`);
  }
  linkGenerator(t, generator);
  frame.resume = null;
  frame.kind = FRAME_GENERATOR;
  frame.returnOffset = returnOffset;
  frame.stack[frame.sp++] = value;
  return frame;
}

/** The generator whose frame `own` is. One that was begun needs no finaliser: the one that awaits it closes it. */
export function generatorOver(own: Frame): PyGenerator {
  const { code } = own;
  const kind = code.generatorKind!;
  own.kind = FRAME_GENERATOR;
  own.resume = code.start;
  const generator = new PyGenerator(kind === 'coroutine' ? COROUTINE_TYPE : kind === 'generator' ? GENERATOR_TYPE : ASYNC_GENERATOR_TYPE, kind, own);
  own.generator = generator;
  return generator;
}

/** The generator of a function with `code` that is suspended at `pc` with these values in its frame; `resume` goes on there in compiled code. */
export function suspendedGenerator(func: PyFunction, code: PyCode, slots: readonly Maybe[], pc: number, resume: CompiledFrame | null): PyGenerator {
  const stack = new Array<Maybe>(code.frameSize);
  for (let i = 0; i < slots.length; i++) stack[i] = slots[i];
  const generator = generatorOver(new Frame(code, func, null, stack));
  const { frame } = generator;
  frame.sp = slots.length;
  frame.pc = pc;
  frame.resume = resume;
  generator.state = 'suspended';
  return generator;
}

/** As `generatorOver`, for one that the program gets. */
function watchedGenerator(own: Frame): PyGenerator {
  const generator = generatorOver(own);
  const { code } = own;
  if (generator.kind !== 'generator' || (code.yieldsInTry ??= yieldsInTry(code))) watchFinalizer(generator);
  return generator;
}

/** Position of RETURN_GENERATOR in a function's code where nothing but cells is made before it, else -1. */
function returnGeneratorAt({ code, words }: PyCode): number {
  if ((code.flags & CO.OPTIMIZED) === 0) return -1;
  for (let pc = 0; ; pc++) {
    const op = words[pc]! & 255;
    if (op === OP.RETURN_GENERATOR) return pc;
    if (op !== OP.COPY_FREE_VARS && op !== OP.MAKE_CELL) return -1;
  }
}

/**
 * The generator that a call makes which would run the frame from its start to RETURN_GENERATOR; null when that is left to the loop.
 * @hot bench/programs/coroutines.py
 */
export function generatorOfCall(frame: Frame): PyGenerator | null {
  const { code } = frame;
  const end = (code.generatorStart ??= returnGeneratorAt(code));
  if (end < 0) return null;
  if (end > 0) makeCells(frame, end);
  frame.pc = end + 1;
  return watchedGenerator(frame);
}

/** `iter(object)` where the class has a Python `__iter__` that is a generator function, made without a call; undefined elsewhere. @hot loops over trees */
export function generatorOfIter(t: Thread, object: Value): PyGenerator | undefined {
  if (!(object instanceof PyInstance)) return undefined;
  const func = typeLookup(object.type, '__iter__');
  if (!(func instanceof PyFunction) || !func.code.isGenerator || func.code.simpleArgcount !== 1 || func.code.generatorKind !== 'generator') return undefined;
  const { interpreter } = t;
  if (func.entryPoint !== interpreter.entryPoint || interpreter.instrumented || t.depth >= interpreter.recursionLimit) return undefined;
  const stack = new Array<Maybe>(func.code.frameSize);
  stack[0] = object;
  return generatorOfCall(new Frame(func.code, func, null, stack)) ?? undefined;
}

/** Whether a call of the code makes its generator as `generatorOfCall` does. */
export function beginsPlainly(code: PyCode): boolean {
  return (code.generatorStart ??= returnGeneratorAt(code.ready())) >= 0;
}

/** As `generatorOfCall`, for a generator that runs. */
export function begunGenerator(frame: Frame): PyGenerator {
  const generator = generatorOfCall(frame)!;
  frame.resume = null;
  generator.state = 'running';
  return generator;
}

/** What the instructions up to `end` do. */
function makeCells({ code, stack, func }: Frame, end: number): void {
  for (let pc = 0; pc < end; pc++) {
    const oparg = code.words[pc]! >> 8;
    if ((code.words[pc]! & 255) === OP.MAKE_CELL) stack[oparg] = newCell(stack[oparg]);
    else {
      const cells = func.closure!.items;
      for (let i = 0; i < oparg; i++) stack[code.nlocalsplus - oparg + i] = cells[i];
    }
  }
}

/**
 * RETURN_GENERATOR: the running frame becomes the frame of a new generator. Returns a stand-in frame that returns the generator to the caller in place
 * of the running one; `f` itself is unlinked.
 */
export function generatorForFrame(t: Thread, f: Frame): Frame {
  const own = new Frame(f.code, f.func, f.locals, f.stack);
  own.pc = f.pc;
  own.sp = f.sp;
  const generator = watchedGenerator(own);
  if (generator.kind === 'coroutine' && t.coroutineOriginDepth > 0) generator.change().origin = coroutineOrigin(t, f);
  // A constructor frame cannot be a generator's: `__init__` that is one returns a generator, which the check of its result refuses.
  f.kind &= FRAME_ENTRY | FRAME_CONSTRUCTOR | FRAME_BOTTOM | FRAME_HOOKED | FRAME_DISCARD;
  f.generator = null;
  return own;
}

/** Whether closing a suspended generator of this code runs code of its own: some `yield` stands inside a `try` or `with`. */
function yieldsInTry(code: PyCode): boolean {
  return listInstructions(code.code).some(({ op, oparg, start }) => {
    if (op !== OP.RESUME || oparg === RESUME_AT.FUNC_START || (oparg & RESUME_AT.DEPTH1) !== 0) return false;
    return oparg !== RESUME_AT.AFTER_YIELD_FROM || !isOutsideTry(code, start);
  });
}

/** `cr_origin`: where the coroutine was made, innermost call first (sys.set_coroutine_origin_tracking_depth). */
function coroutineOrigin(t: Thread, f: Frame): Value {
  const rows: Value[] = [];
  // Callers in compiled code have frames only when somebody asks.
  if (t.top !== 0) t.interpreter.settleFrames(t);
  for (let caller = f.back; caller !== null && rows.length < t.coroutineOriginDepth; caller = caller.back) {
    rows.push(newTuple([caller.code.code.filename, addr2line(caller.code.code, caller.pc - 1), caller.code.code.name]));
  }
  return newTuple(rows);
}

/** SEND on anything but a generator that the loop can resume: what it yields, undefined when it has returned `Thread.sent`. */
export function sendTo(t: Thread, receiver: Value, value: Value): Maybe {
  if (receiver instanceof PyGenerator) return resumeGenerator(t, receiver, value);
  const { am_send: send, tp_iternext: next } = typeOf(receiver).slots;
  if (send !== null) return send(t, receiver, value);
  try {
    if (value !== null) return callMethod(t, receiver, 'send', value);
    if (next === null) raiseTypeError(`'${typeName(receiver)}' object is not an iterator`);
    const item = next(t, receiver);
    if (item === undefined) t.sent = null;
    return item;
  } catch (caught) {
    if (!isRaised(caught, StopIteration)) throw caught;
    t.sent = caught.fields?.get('value') ?? null;
    return undefined;
  }
}

/** The iterator of an awaitable, or undefined when it is none. */
function awaitableIterator(t: Thread, value: Value): Value | undefined {
  if (value instanceof PyGenerator) {
    if (value.kind === 'coroutine') return value;
    if ((value.frame.code.code.flags & CO.ITERABLE_COROUTINE) !== 0) return value;
  }
  const slot = typeOf(value).slots.am_await;
  if (slot === null) return undefined;
  const iterator = slot(t, value);
  if (iterator instanceof PyGenerator && iterator.kind === 'coroutine') raiseTypeError('__await__() returned a coroutine');
  if (typeOf(iterator).slots.tp_iternext === null) raiseTypeError(`__await__() returned non-iterator of type '${typeName(iterator)}'`);
  return iterator;
}

/** GET_AWAITABLE; `oparg` 1 and 2 say that `__aenter__` or `__aexit__` gave the value. */
export function getAwaitable(t: Thread, value: Value, oparg: number): Value {
  const iterator = awaitableIterator(t, value);
  if (iterator === undefined) {
    if (oparg === 1) raiseTypeError(`'async with' received an object from __aenter__ that does not implement __await__: ${typeName(value)}`);
    if (oparg === 2) raiseTypeError(`'async with' received an object from __aexit__ that does not implement __await__: ${typeName(value)}`);
    raiseTypeError(`'${typeName(value)}' object can't be awaited`);
  }
  if (iterator instanceof PyGenerator && iterator.kind === 'coroutine' && yieldFromOf(iterator) !== null) {
    raise(RuntimeError, 'coroutine is being awaited already');
  }
  return iterator;
}

/** GET_AITER. */
export function getAsyncIterator(t: Thread, value: Value): Value {
  const slot = typeOf(value).slots.am_aiter;
  if (slot === null) raiseTypeError(`'async for' requires an object with __aiter__ method, got ${typeName(value)}`);
  const iterator = slot(t, value);
  if (typeOf(iterator).slots.am_anext === null) {
    raiseTypeError(`'async for' received an object from __aiter__ that does not implement __anext__: ${typeName(iterator)}`);
  }
  return iterator;
}

/** GET_ANEXT: the awaitable iterator of the next item. */
export function getAsyncNext(t: Thread, iterator: Value): Value {
  const slot = typeOf(iterator).slots.am_anext;
  if (slot === null) raiseTypeError(`'async for' requires an iterator with __anext__ method, got ${typeName(iterator)}`);
  const awaitable = slot(t, iterator);
  if (iterator instanceof PyGenerator) return awaitable;
  const next = awaitableIterator(t, awaitable);
  return next ?? raiseTypeError(`'async for' received an invalid object from __anext__: ${typeName(awaitable)}`);
}

/** Whether an iterator may have a method `close`: a `__getattr__` is not asked, it would be seen. */
function mayHaveClose(iterator: Value): boolean {
  const type = typeOf(iterator);
  if (type.slots.tp_getattro !== genericGetAttr || typeLookup(type, 'close') !== undefined) return true;
  return iterator instanceof PyInstance && getInstanceAttribute(iterator, 'close') !== undefined;
}

/** GET_YIELD_FROM_ITER in the code of `generator`. */
export function getYieldFromIterator(t: Thread, code: PyCode, generator: PyGenerator | null, iterable: Value): Value {
  if (iterable instanceof PyGenerator) {
    if (iterable.kind === 'coroutine' && (code.code.flags & (CO.COROUTINE | CO.ITERABLE_COROUTINE)) === 0) {
      raiseTypeError("cannot 'yield from' a coroutine object in a non-coroutine generator");
    }
    if (iterable.kind !== 'async_generator') return iterable;
  }
  const iterator = generatorOfIter(t, iterable) ?? getIterator(t, iterable);
  // Closing the generator closes the iterator; those that are generators see to it themselves.
  if (generator?.kind === 'generator' && code.yieldsInTry === false && !(iterator instanceof PyGenerator) && mayHaveClose(iterator)) watchFinalizer(generator);
  return iterator;
}
