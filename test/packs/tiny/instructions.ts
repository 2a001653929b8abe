/** Instructions of the tiny pack: two of its own, and one that takes the place of a usual one. */
import type { Maybe, Value } from '../../../src/core/value.ts';
import { binaryOperation } from '../../../src/interp/arithmetic.ts';
import type { Machine, Outcome } from '../../../src/interp/machine.ts';

/** `value * value` */
export function TINY_SQUARE(m: Machine, value: Value): Outcome {
  return binaryOperation(m.t, value, value, 5);
}

/** The sum of two locals, whose slots are the low and the high byte of the operand. @manual */
export function TINY_ADD_LOCALS(m: Machine, oparg: number): Outcome {
  const left: Maybe = m.stack[oparg & 255];
  const right: Maybe = m.stack[oparg >> 8];
  return binaryOperation(m.t, left!, right!, 0);
}

/** `-value`, which is `value` in this pack. */
export function UNARY_NEGATIVE(_m: Machine, value: Value): Outcome {
  return value;
}
