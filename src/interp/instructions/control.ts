/** Instructions of jumps and iteration. */
import { OP } from '../../bytecode/opcodes.ts';
import type { Value } from '../../core/value.ts';
import { PyGenerator } from '../../core/function.ts';
import { PyListIterator, PyRangeIterator, PyTupleIterator } from '../../core/iterators.ts';
import { getIterator, iterNext, parksForNext } from '../../objects/iterate.ts';
import { listItem, listLength } from '../../core/list-storage.ts';
import { lengthOf } from '../../objects/truth.ts';
import { canResumeInline, resumeInline } from '../generators.ts';
import { startOf } from '../unwind.ts';
import { ENTER, HOT, NEXT, PARK, SAFEPOINT, type Machine, type Outcome } from '../machine.ts';

/** Jumps forward. @pure @source bytecodes.c JUMP_FORWARD */
export function JUMP_FORWARD(m: Machine, oparg: number): Outcome {
  m.pc += oparg;
  return NEXT;
}

/** Jumps backward: a safepoint, and counted as hotness. @source bytecodes.c JUMP_BACKWARD */
export function JUMP_BACKWARD(m: Machine, oparg: number): Outcome {
  if (m.t.breaker[0] !== 0) {
    // What signals raise is raised here, and not where the jump leads.
    m.t.interpreter.scheduler.handleEvents(m.t);
    m.pc -= oparg;
    // HOT ends in a safepoint; while other threads wait for their turn, the bit is always set.
    if (--m.code.countdown < 0) return HOT(m);
    return SAFEPOINT(m);
  }
  m.pc -= oparg;
  if (--m.code.countdown < 0) return HOT(m);
  return NEXT;
}

/** Jumps backward where no interrupt may come between (`yield from`). @pure @source bytecodes.c JUMP_BACKWARD_NO_INTERRUPT */
export function JUMP_BACKWARD_NO_INTERRUPT(m: Machine, oparg: number): Outcome {
  m.pc -= oparg;
  return NEXT;
}

/** @pure @source bytecodes.c POP_JUMP_IF_FALSE */
export function POP_JUMP_IF_FALSE(m: Machine, oparg: number, value: Value): Outcome {
  if (value === false) m.pc += oparg;
  return NEXT;
}

/** @pure @source bytecodes.c POP_JUMP_IF_TRUE */
export function POP_JUMP_IF_TRUE(m: Machine, oparg: number, value: Value): Outcome {
  if (value === true) m.pc += oparg;
  return NEXT;
}

/** @pure @source bytecodes.c POP_JUMP_IF_NONE */
export function POP_JUMP_IF_NONE(m: Machine, oparg: number, value: Value): Outcome {
  if (value === null) m.pc += oparg;
  return NEXT;
}

/** @pure @source bytecodes.c POP_JUMP_IF_NOT_NONE */
export function POP_JUMP_IF_NOT_NONE(m: Machine, oparg: number, value: Value): Outcome {
  if (value !== null) m.pc += oparg;
  return NEXT;
}

/** `iter(top)` @source bytecodes.c GET_ITER */
export function GET_ITER(m: Machine, iterable: Value): Outcome {
  return getIterator(m.t, iterable);
}

/**
 * Pushes the iterator's next item, or jumps behind END_FOR when it is exhausted. Generators run in this loop.
 * @manual @source bytecodes.c FOR_ITER
 * @hot bench/programs/int_arith.py
 */
export function FOR_ITER(m: Machine, oparg: number): Outcome {
  const iterator = m.stack[m.sp - 1] as Value;
  if (iterator instanceof PyRangeIterator) {
    if (iterator.remaining > 0) {
      const value = iterator.next;
      iterator.remaining--;
      iterator.next = value + iterator.step;
      m.stack[m.sp++] = value;
    } else m.pc += oparg + 1;
    return NEXT;
  }
  if (iterator instanceof PyListIterator) {
    const list = iterator.list;
    if (list !== null && iterator.index < listLength(list)) m.stack[m.sp++] = listItem(list, iterator.index++);
    else {
      iterator.list = null;
      m.pc += oparg + 1;
    }
    return NEXT;
  }
  if (iterator instanceof PyTupleIterator) {
    const tuple = iterator.tuple;
    if (tuple !== null && iterator.index < tuple.items.length) m.stack[m.sp++] = tuple.items[iterator.index++];
    else {
      iterator.tuple = null;
      m.pc += oparg + 1;
    }
    return NEXT;
  }
  if (iterator instanceof PyGenerator && canResumeInline(m.t, iterator)) return ENTER(m, resumeInline(m.t, iterator, null, oparg));
  if (parksForNext(m.t, iterator)) {
    m.pc = startOf(m.f.code.words, m.pc, OP.FOR_ITER);
    m.sp--;
    return PARK(m);
  }
  const item = iterNext(m.t, iterator);
  if (item === undefined) m.pc += oparg + 1;
  else m.stack[m.sp++] = item;
  return NEXT;
}

/** Drops the last item of a loop that was left by exhaustion. @pure @manual @source bytecodes.c END_FOR */
export function END_FOR(m: Machine): Outcome {
  m.sp--;
  return NEXT;
}

/** Drops the iterator. @pure @manual @source bytecodes.c POP_ITER */
export function POP_ITER(m: Machine): Outcome {
  m.sp--;
  return NEXT;
}

/** Pushes `len(top)` above it. @manual @source bytecodes.c GET_LEN */
export function GET_LEN(m: Machine): Outcome {
  m.stack[m.sp] = lengthOf(m.t, m.stack[m.sp - 1] as Value);
  m.sp++;
  return NEXT;
}

