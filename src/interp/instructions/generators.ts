/** Instructions of generators, coroutines and asynchronous iteration. */
import type { Value } from '../../core/value.ts';
import { PyGenerator } from '../../core/function.ts';
import { PyBaseException } from '../../core/exception.ts';
import { StopAsyncIteration, StopIteration } from '../../objects/exception-types.ts';
import { isSubtype } from '../../objects/type-of.ts';
import { canResumeInline, generatorForFrame, getAsyncIterator, getAsyncNext, getAwaitable, getYieldFromIterator, resumeInline, sendTo } from '../generators.ts';
import { ENTER, LEAVE, NEXT, RAISE, YIELD, type Machine, type Outcome } from '../machine.ts';

/** Makes the generator of the running frame and returns it to the caller. @manual @source bytecodes.c RETURN_GENERATOR */
export function RETURN_GENERATOR(m: Machine): Outcome {
  m.f.pc = m.pc;
  m.f.sp = m.sp;
  const frame = generatorForFrame(m.t, m.f);
  const generator: Value = frame.generator!;
  return LEAVE(m, generator);
}

/** Suspends the generator with the top as its value. @manual @source bytecodes.c YIELD_VALUE */
export function YIELD_VALUE(m: Machine): Outcome {
  const value = m.stack[--m.sp] as Value;
  return YIELD(m, value);
}

/** Sends the top to the iterator below; jumps when it returns. @manual @source bytecodes.c SEND */
export function SEND(m: Machine, oparg: number): Outcome {
  const receiver = m.stack[m.sp - 2] as Value;
  const value = m.stack[m.sp - 1] as Value;
  if (receiver instanceof PyGenerator && canResumeInline(m.t, receiver)) {
    m.sp--;
    return ENTER(m, resumeInline(m.t, receiver, value, oparg));
  }
  const yielded = sendTo(m.t, receiver, value);
  if (yielded === undefined) {
    m.stack[m.sp - 1] = m.t.sent;
    m.pc += oparg;
  } else m.stack[m.sp - 1] = yielded;
  return NEXT;
}

/** Drops the iterator below the result. @pure @manual @source bytecodes.c END_SEND */
export function END_SEND(m: Machine): Outcome {
  m.stack[m.sp - 2] = m.stack[m.sp - 1];
  m.sp--;
  return NEXT;
}

/** After `throw()` into a `yield from`: a StopIteration gives the value, anything else goes on. @manual @source bytecodes.c CLEANUP_THROW */
export function CLEANUP_THROW(m: Machine): Outcome {
  const exception = m.stack[m.sp - 1] as PyBaseException;
  if (!isSubtype(exception.type, StopIteration)) {
    m.t.skipTraceback = true;
    return RAISE(m, exception);
  }
  m.sp -= 3;
  m.stack[m.sp++] = null;
  m.stack[m.sp++] = exception.fields?.get('value') ?? null;
  return NEXT;
}

/** @source bytecodes.c GET_AWAITABLE */
export function GET_AWAITABLE(m: Machine, oparg: number, value: Value): Outcome {
  return getAwaitable(m.t, value, oparg);
}

/** @source bytecodes.c GET_AITER */
export function GET_AITER(m: Machine, value: Value): Outcome {
  return getAsyncIterator(m.t, value);
}

/** Pushes the awaitable of the next item above the asynchronous iterator. @manual @source bytecodes.c GET_ANEXT */
export function GET_ANEXT(m: Machine): Outcome {
  m.stack[m.sp] = getAsyncNext(m.t, m.stack[m.sp - 1] as Value);
  m.sp++;
  return NEXT;
}

/** Ends an `async for` on StopAsyncIteration; anything else goes on. @manual @source bytecodes.c END_ASYNC_FOR */
export function END_ASYNC_FOR(m: Machine): Outcome {
  const exception = m.stack[m.sp - 1] as PyBaseException;
  if (!isSubtype(exception.type, StopAsyncIteration)) {
    m.t.skipTraceback = true;
    return RAISE(m, exception);
  }
  m.sp -= 2;
  return NEXT;
}

/** @source bytecodes.c GET_YIELD_FROM_ITER */
export function GET_YIELD_FROM_ITER(m: Machine, iterable: Value): Outcome {
  return getYieldFromIterator(m.t, m.code, m.f.generator, iterable);
}
