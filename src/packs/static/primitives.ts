/**
 * Values of the primitive types, and their borders to untyped code.
 *
 * An `int64` is an int in its range, in an ordinary slot of the frame. A `double` is a number in a register record of its own that instructions overwrite in place, so
 * that arithmetic allocates nothing; its slot is hidden from `locals()`.
 * INV-1: a register record is in one slot for the whole activation and reaches nobody else: what leaves is a float made of it. Those of constants are never written and
 *        shared by all activations.
 */
import { PyFloat, PyIntObject } from '../../core/scalars.ts';
import type { Int, Maybe, Value } from '../../core/value.ts';
import { OverflowError } from '../../objects/exception-types.ts';
import { raise, raiseTypeError, raiseZeroDivision, typeName } from '../../objects/raise.ts';

/** A primitive type. */
export type Primitive = 'int64' | 'double';

/** A `double` variable. */
export class DoubleRegister {
  value: number;
  constructor(value: number) {
    this.value = value;
  }
}

const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);

function normal(value: bigint): Int {
  return value <= 9007199254740991n && value >= -9007199254740991n ? Number(value) : value;
}

/** The value as an `int64`. Raises TypeError for what is no int (a bool is none), OverflowError out of range; `what` starts the message. */
export function toInt64(value: Maybe, what: string): Int {
  if (typeof value === 'number') return value;
  const int = value instanceof PyIntObject ? value.value : value;
  if (typeof int === 'number') return int;
  if (typeof int !== 'bigint') raiseTypeError(`${what} must be int64, not ${typeName(value as Value)}`);
  return int > MAX || int < MIN ? raise(OverflowError, `${what} is out of the range of int64`) : int;
}

/** The value as the number of a `double`: of a float, or an int. Raises TypeError for anything else; `what` starts the message. */
export function toDouble(value: Maybe, what: string): number {
  if (value instanceof PyFloat) return value.value;
  if (typeof value !== 'number' && typeof value !== 'bigint') raiseTypeError(`${what} must be double, not ${typeName(value as Value)}`);
  const number = Number(value);
  return Number.isFinite(number) ? number : raise(OverflowError, 'int too large to convert to float');
}

/** A debugger can put anything into an `int64` variable (`frame.f_locals`), so what is no small int is checked again. */
const OPERAND = 'an operand';

type Int64Operation = (left: bigint, right: bigint) => bigint;

function floorDivide(left: bigint, right: bigint): bigint {
  if (right === 0n) raiseZeroDivision('division by zero');
  const quotient = left / right;
  return left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient;
}

function shiftCount(count: bigint): bigint {
  if (count < 0n) raise(OverflowError, 'negative shift count');
  return count > 64n ? 64n : count;
}

/** The general forms of `int64` arithmetic; results are cut to 64 bits, as in C. */
export const INT64: Readonly<Record<'add' | 'subtract' | 'multiply' | 'floorDivide' | 'remainder' | 'and' | 'or' | 'xor' | 'leftShift' | 'rightShift', (left: Maybe, right: Maybe) => Int>> = {
  add: int64((a, b) => a + b),
  subtract: int64((a, b) => a - b),
  multiply: int64((a, b) => a * b),
  floorDivide: int64(floorDivide),
  remainder: int64((a, b) => a - floorDivide(a, b) * b),
  and: int64((a, b) => a & b),
  or: int64((a, b) => a | b),
  xor: int64((a, b) => a ^ b),
  leftShift: int64((a, b) => a << shiftCount(b)),
  rightShift: int64((a, b) => a >> shiftCount(b)),
};

function int64(operation: Int64Operation): (left: Maybe, right: Maybe) => Int {
  return (left, right) => normal(BigInt.asIntN(64, operation(BigInt(toInt64(left, OPERAND)), BigInt(toInt64(right, OPERAND)))));
}

/** The general form of comparing: `op` has the numbers of `CompareOp`. */
export function compareInt64(left: Maybe, right: Maybe, op: number): boolean {
  const [a, b] = [toInt64(left, OPERAND), toInt64(right, OPERAND)];
  switch (op) {
    case 0: return a < b;
    case 1: return a <= b;
    case 2: return a === b;
    case 3: return a !== b;
    case 4: return a > b;
    default: return a >= b;
  }
}

/** An `int64` as C converts a `double`: cut towards zero. Raises OverflowError for what does not fit, NaN included. */
export function doubleToInt64(value: number): Int {
  const cut = Math.trunc(value);
  if (!(cut >= -9223372036854775808 && cut < 9223372036854775808)) raise(OverflowError, 'double is out of the range of int64');
  return Number.isSafeInteger(cut) ? cut + 0 : normal(BigInt(cut));
}

/** Raises ZeroDivisionError. */
export function divisionByZero(): never {
  raiseZeroDivision('division by zero');
}
