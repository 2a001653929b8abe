/** The middle path of operators: exact ints, floats and strs without slot dispatch; everything else through `objects/operators.ts`. */
import { PyDict } from '../core/containers.ts';
import { PyFloat } from '../core/scalars.ts';
import type { CompareOp } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Int, type Value } from '../core/value.ts';
import {
  intAdd, intAnd, intFloorDiv, intLshift, intMod, intMul, intOr, intPow, intRshift, intSub, intTrueDiv, intXor,
} from '../objects/algorithms/int-arith.ts';
import { richCompare } from '../objects/compare.ts';
import { tableGet } from '../objects/hash-table.ts';
import { newFloat } from '../objects/make.ts';
import { binaryOperator, FIRST_INPLACE, inplaceOperator, NB_SUBSCR } from '../objects/operators.ts';
import { DICT_TYPE, FLOAT_TYPE } from '../objects/static-types.ts';
import { percentStr } from '../objects/str-percent.ts';
import { getItem } from '../objects/subscript.ts';

const MAX_SHIFT = 63;
const MAX_FAST_POWER = 1024;

/** An operator on two exact ints, or undefined where the general path must decide (errors, huge shifts). */
function intOperation(left: Int, right: Int, operator: number): Value | undefined {
  switch (operator) {
    case 0: return intAdd(left, right);
    case 1: return intAnd(left, right);
    case 2: return right === 0 ? undefined : intFloorDiv(left, right);
    case 3: return typeof right === 'number' && right >= 0 && right <= MAX_SHIFT ? intLshift(left, right) : undefined;
    case 5: return intMul(left, right);
    case 6: return right === 0 ? undefined : intMod(left, right);
    case 7: return intOr(left, right);
    case 8: return typeof right === 'number' && right >= 0 && right <= MAX_FAST_POWER ? intPow(left, right) : undefined;
    case 9: return typeof right === 'number' && right >= 0 ? intRshift(left, right) : undefined;
    case 10: return intSub(left, right);
    case 11: return right === 0 || typeof left !== 'number' || typeof right !== 'number' ? undefined : newFloat(intTrueDiv(left, right));
    case 12: return intXor(left, right);
    default: return undefined;
  }
}

function floatOperation(left: number, right: number, operator: number): Value | undefined {
  switch (operator) {
    case 0: return newFloat(left + right);
    case 5: return newFloat(left * right);
    case 10: return newFloat(left - right);
    case 11: return right === 0 ? undefined : newFloat(left / right);
    default: return undefined;
  }
}

function exactNumber(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  return value instanceof PyFloat && value.type === FLOAT_TYPE ? value.value : undefined;
}

/** Whether a value is of a class of the program, which may be derived from str and have an operator of its own. */
function isOfProgram(value: Value): boolean {
  return value instanceof PyObject && value.type.flags.heapType;
}

/** Formatting is asked of the str first, unless the operand is of a subclass. */
function stringOperation(t: Thread, left: string, right: Value, operator: number): Value | undefined {
  if (operator === 0) return typeof right === 'string' ? left + right : undefined;
  return operator === 6 && !isOfProgram(right) ? percentStr(t, left, right) : undefined;
}

function fastOperation(t: Thread, left: Value, right: Value, operator: number): Value | undefined {
  const kind = typeof left;
  if ((kind === 'number' || kind === 'bigint') && (typeof right === 'number' || typeof right === 'bigint')) {
    return intOperation(left as Int, right, operator);
  }
  if (kind === 'string') return stringOperation(t, left as string, right, operator);
  const a = exactNumber(left);
  if (a === undefined) return undefined;
  const b = exactNumber(right);
  return b === undefined ? undefined : floatOperation(a, b, operator);
}

/** `left op right`, `left op= right` or `left[right]` for BINARY_OP's operand. */
export function binaryOperation(t: Thread, left: Value, right: Value, operand: number): Value {
  if (operand === NB_SUBSCR) return subscript(t, left, right);
  const inplace = operand >= FIRST_INPLACE;
  const operator = inplace ? operand - FIRST_INPLACE : operand;
  const fast = fastOperation(t, left, right, operator);
  if (fast !== undefined) return fast;
  return inplace ? inplaceOperator(t, left, right, operator) : binaryOperator(t, left, right, operator);
}

function subscript(t: Thread, container: Value, key: Value): Value {
  // An unread dict from the immortal heap is looked up in place, by the slot.
  if (container instanceof PyDict && container.type === DICT_TYPE && container.pending === null) {
    const value = tableGet(t, container.table, key);
    if (value !== undefined) return value;
  }
  return getItem(t, container, key);
}

/** `left op right` for COMPARE_OP. */
export function compareOperation(t: Thread, left: Value, right: Value, op: CompareOp): Value {
  return richCompare(t, left, right, op);
}
