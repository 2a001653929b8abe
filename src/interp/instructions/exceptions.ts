/** Instructions of raising and handling exceptions. */
import type { Value } from '../../core/value.ts';
import { PyBaseException } from '../../core/exception.ts';
import { checkExceptionGroupMatch, matchesException, raisedBy } from '../raising.ts';
import { call } from '../../objects/call.ts';
import { handlingState } from '../../objects/generator.ts';
import { raiseTypeError } from '../../objects/raise.ts';
import { NEXT, RAISE, type Machine, type Outcome } from '../machine.ts';

/** `raise`, `raise exc`, `raise exc from cause` by operand. @manual @source bytecodes.c RAISE_VARARGS */
export function RAISE_VARARGS(m: Machine, oparg: number): Outcome {
  const cause = oparg === 2 ? (m.stack[--m.sp] as Value) : undefined;
  const exception = oparg >= 1 ? (m.stack[--m.sp] as Value) : undefined;
  return RAISE(m, raisedBy(m.t, exception, cause));
}

/** Raises the exception on top again, without a new traceback entry. @manual @source bytecodes.c RERAISE */
export function RERAISE(m: Machine): Outcome {
  // The operand says where the original position lies; the traceback has it already, and the handler is looked up for this instruction.
  const exception = m.stack[--m.sp];
  m.t.skipTraceback = true;
  return RAISE(m, exception as PyBaseException);
}

/** The exception on top becomes the handled one; the previous one is kept below it. @manual @source bytecodes.c PUSH_EXC_INFO */
export function PUSH_EXC_INFO(m: Machine): Outcome {
  const exception = m.stack[m.sp - 1];
  const handling = handlingState(m.t, m.f.generator);
  m.stack[m.sp - 1] = handling.value;
  m.stack[m.sp++] = exception;
  handling.value = exception as PyBaseException;
  return NEXT;
}

/** Ends the handling of an exception: the previous one is the handled one again. @manual @source bytecodes.c POP_EXCEPT */
export function POP_EXCEPT(m: Machine): Outcome {
  m.t.exceptions.value = m.stack[--m.sp] as PyBaseException | null;
  return NEXT;
}

/** Replaces the exception class on top by whether the exception below matches. @manual @source bytecodes.c CHECK_EXC_MATCH */
export function CHECK_EXC_MATCH(m: Machine): Outcome {
  m.stack[m.sp - 1] = matchesException(m.t, m.stack[m.sp - 2] as PyBaseException, m.stack[m.sp - 1] as Value);
  return NEXT;
}

/** `except*`: [rest, match type] → [rest, matched]. @manual @source bytecodes.c CHECK_EG_MATCH */
export function CHECK_EG_MATCH(m: Machine): Outcome {
  const [matched, rest] = checkExceptionGroupMatch(m.t, m.stack[m.sp - 2] as Value, m.stack[m.sp - 1] as Value);
  m.stack[m.sp - 2] = rest;
  m.stack[m.sp - 1] = matched;
  if (matched !== null) m.t.exceptions.value = matched as PyBaseException;
  return NEXT;
}

/** Calls `__exit__` with the exception on top: [exit, self, lasti, previous, exception] → result pushed. @manual @source bytecodes.c WITH_EXCEPT_START */
export function WITH_EXCEPT_START(m: Machine): Outcome {
  const exception = m.stack[m.sp - 1] as PyBaseException;
  const self = m.stack[m.sp - 4];
  const exit = m.stack[m.sp - 5] as Value;
  const details: Value[] = [exception.type, exception, exception.traceback];
  m.stack[m.sp] = call(m.t, exit, self === undefined ? details : [self, ...details]);
  m.sp++;
  return NEXT;
}

/** Checks that `__init__` returned None. @source bytecodes.c EXIT_INIT_CHECK */
export function EXIT_INIT_CHECK(_m: Machine, result: Value): Outcome {
  if (result !== null) raiseTypeError('__init__() should return None');
  return NEXT;
}
