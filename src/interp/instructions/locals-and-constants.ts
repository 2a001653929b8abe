/** Instructions that move values between the stack, fast locals, cells and constants. */
import type { Maybe, Value } from '../../core/value.ts';
import { PyCell } from '../../core/function.ts';
import { NEXT, type Machine, type Outcome } from '../machine.ts';
import { newCell } from '../../objects/function.ts';
import { commonConstant } from '../common-constants.ts';
import { raiseUnbound, raiseUnboundCell } from '../names.ts';

/** Does nothing. @pure @source bytecodes.c NOP */
export function NOP(_m: Machine): Outcome {
  return NEXT;
}

/** Marks the fall-through of a conditional jump, for monitoring. @pure @source bytecodes.c NOT_TAKEN */
export function NOT_TAKEN(_m: Machine): Outcome {
  return NEXT;
}

/** Pushes a local that the compiler has proved bound. @pure @source bytecodes.c LOAD_FAST */
export function LOAD_FAST(m: Machine, oparg: number): Outcome {
  return m.stack[oparg] as Value;
}

/** Pushes a local; the reference is borrowed in CPython, which has no meaning here. @pure @source bytecodes.c LOAD_FAST_BORROW */
export function LOAD_FAST_BORROW(m: Machine, oparg: number): Outcome {
  return m.stack[oparg] as Value;
}

/** Pushes a local, or raises UnboundLocalError. @source bytecodes.c LOAD_FAST_CHECK */
export function LOAD_FAST_CHECK(m: Machine, oparg: number): Outcome {
  const value = m.stack[oparg];
  if (value === undefined) raiseUnbound(m.code, oparg);
  return value;
}

/** Pushes a local or "unbound" and unbinds it (inlined comprehensions, PEP 709). @pure @manual @source bytecodes.c LOAD_FAST_AND_CLEAR */
export function LOAD_FAST_AND_CLEAR(m: Machine, oparg: number): Outcome {
  m.stack[m.sp++] = m.stack[oparg];
  m.stack[oparg] = undefined;
  return NEXT;
}

/** Pushes two locals, numbered by the operand's halves. @pure @manual @source bytecodes.c LOAD_FAST_LOAD_FAST */
export function LOAD_FAST_LOAD_FAST(m: Machine, oparg: number): Outcome {
  m.stack[m.sp++] = m.stack[oparg >> 4];
  m.stack[m.sp++] = m.stack[oparg & 15];
  return NEXT;
}

/** As LOAD_FAST_LOAD_FAST. @pure @manual @source bytecodes.c LOAD_FAST_BORROW_LOAD_FAST_BORROW */
export function LOAD_FAST_BORROW_LOAD_FAST_BORROW(m: Machine, oparg: number): Outcome {
  m.stack[m.sp++] = m.stack[oparg >> 4];
  m.stack[m.sp++] = m.stack[oparg & 15];
  return NEXT;
}

/** Pops into a local. @pure @manual @source bytecodes.c STORE_FAST */
export function STORE_FAST(m: Machine, oparg: number): Outcome {
  m.stack[oparg] = m.stack[--m.sp];
  return NEXT;
}

/** Stores into one local, then pushes another. @pure @manual @source bytecodes.c STORE_FAST_LOAD_FAST */
export function STORE_FAST_LOAD_FAST(m: Machine, oparg: number): Outcome {
  m.stack[oparg >> 4] = m.stack[m.sp - 1];
  m.stack[m.sp - 1] = m.stack[oparg & 15];
  return NEXT;
}

/** Pops into two locals. @pure @manual @source bytecodes.c STORE_FAST_STORE_FAST */
export function STORE_FAST_STORE_FAST(m: Machine, oparg: number): Outcome {
  m.stack[oparg >> 4] = m.stack[--m.sp];
  m.stack[oparg & 15] = m.stack[--m.sp];
  return NEXT;
}

/** Unbinds a local; raises UnboundLocalError if it is unbound. @source bytecodes.c DELETE_FAST */
export function DELETE_FAST(m: Machine, oparg: number): Outcome {
  if (m.stack[oparg] === undefined) raiseUnbound(m.code, oparg);
  m.stack[oparg] = undefined;
  return NEXT;
}

/** Pushes a constant. @pure @source bytecodes.c LOAD_CONST */
export function LOAD_CONST(m: Machine, oparg: number): Outcome {
  return m.code.consts[oparg] as Value;
}

/** Pushes the operand as an int. @pure @source bytecodes.c LOAD_SMALL_INT */
export function LOAD_SMALL_INT(_m: Machine, oparg: number): Outcome {
  return oparg;
}

/** Pushes a builtin that the compiler needs under a fixed number. @source bytecodes.c LOAD_COMMON_CONSTANT */
export function LOAD_COMMON_CONSTANT(m: Machine, oparg: number): Outcome {
  return commonConstant(m.t, oparg);
}

/** Drops the top. @pure @manual @source bytecodes.c POP_TOP */
export function POP_TOP(m: Machine): Outcome {
  m.sp--;
  return NEXT;
}

/** Pushes "no self". @pure @manual @source bytecodes.c PUSH_NULL */
export function PUSH_NULL(m: Machine): Outcome {
  m.stack[m.sp++] = undefined;
  return NEXT;
}

/** Pushes the entry `oparg` from the top again. @pure @manual @source bytecodes.c COPY */
export function COPY(m: Machine, oparg: number): Outcome {
  m.stack[m.sp] = m.stack[m.sp - oparg];
  m.sp++;
  return NEXT;
}

/** Exchanges the top with the entry `oparg` from the top. @pure @manual @source bytecodes.c SWAP */
export function SWAP(m: Machine, oparg: number): Outcome {
  const other: Maybe = m.stack[m.sp - oparg];
  m.stack[m.sp - oparg] = m.stack[m.sp - 1];
  m.stack[m.sp - 1] = other;
  return NEXT;
}

/** Makes a cell that holds the local's initial value. @pure @source bytecodes.c MAKE_CELL */
export function MAKE_CELL(m: Machine, oparg: number): Outcome {
  m.stack[oparg] = newCell(m.stack[oparg]);
  return NEXT;
}

/** Copies the closure's cells into the last `oparg` locals. @pure @source bytecodes.c COPY_FREE_VARS */
export function COPY_FREE_VARS(m: Machine, oparg: number): Outcome {
  const cells = m.f.func.closure!.items;
  const first = m.code.nlocalsplus - oparg;
  for (let i = 0; i < oparg; i++) m.stack[first + i] = cells[i];
  return NEXT;
}

/** Pushes a cell's content; raises NameError or UnboundLocalError if it is empty. @source bytecodes.c LOAD_DEREF */
export function LOAD_DEREF(m: Machine, oparg: number): Outcome {
  const value = (m.stack[oparg] as PyCell).value;
  if (value === undefined) raiseUnboundCell(m.code, oparg);
  return value;
}

/** Pops into a cell. @pure @manual @source bytecodes.c STORE_DEREF */
export function STORE_DEREF(m: Machine, oparg: number): Outcome {
  (m.stack[oparg] as PyCell).value = m.stack[--m.sp];
  return NEXT;
}

/** Empties a cell; raises if it is empty. @source bytecodes.c DELETE_DEREF */
export function DELETE_DEREF(m: Machine, oparg: number): Outcome {
  const cell = m.stack[oparg] as PyCell;
  if (cell.value === undefined) raiseUnboundCell(m.code, oparg);
  cell.value = undefined;
  return NEXT;
}
