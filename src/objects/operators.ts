/** Unary and binary operators: dispatch over number and sequence slots with CPython's rules (Objects/abstract.c). */
import type { Tried } from '../core/inline-cache.ts';
import type { BinaryFunction, Slots, TernaryFunction, UnaryFunction } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Value } from '../core/value.ts';
import { callSpecial } from './call.ts';
import { DeprecationWarning, IndexError, OverflowError } from './exception-types.ts';
import { NOT_IMPLEMENTED } from './make.ts';
import { raise, raiseTypeError, typeName } from './raise.ts';
import { INT_TYPE } from './static-types.ts';
import { asInt, isSubtype, typeOf } from './type-of.ts';
import { warn } from './warn-hook.ts';
import type { PyType } from '../core/type.ts';

type SlotsOf<F> = { [K in keyof Slots]: Slots[K] extends F | null ? K : never }[keyof Slots];
/** Names of slots that take two operands. */
export type BinarySlot = Extract<SlotsOf<BinaryFunction>, `nb_${string}`>;
/** Names of slots that take one operand. */
export type UnarySlot = Extract<SlotsOf<UnaryFunction>, `nb_${string}`>;

/** `slots[slot]`: V8 reads a named property much faster than one whose name it must compare. @hot operators on objects */
function slotOf(slots: Slots, slot: BinarySlot): BinaryFunction | null {
  switch (slot) {
    case 'nb_add': return slots.nb_add;
    case 'nb_subtract': return slots.nb_subtract;
    case 'nb_multiply': return slots.nb_multiply;
    case 'nb_true_divide': return slots.nb_true_divide;
    case 'nb_and': return slots.nb_and;
    case 'nb_or': return slots.nb_or;
    default: return slots[slot];
  }
}

/** Result of the binary slots in CPython's order: a subclass's reflected method first; NotImplemented when none can. */
export function binarySlots(t: Thread, left: Value, right: Value, slot: BinarySlot): Value {
  const leftType = typeOf(left);
  const rightType = typeOf(right);
  const leftSlot = slotOf(leftType.slots, slot);
  let rightSlot = leftType === rightType ? null : slotOf(rightType.slots, slot);
  if (rightSlot === leftSlot) rightSlot = null;
  if (leftSlot !== null) {
    if (rightSlot !== null && isSubtype(rightType, leftType)) {
      const result = rightSlot(t, left, right);
      if (result !== NOT_IMPLEMENTED) return result;
      rightSlot = null;
    }
    const result = leftSlot(t, left, right);
    if (result !== NOT_IMPLEMENTED) return result;
  }
  return rightSlot === null ? NOT_IMPLEMENTED : rightSlot(t, left, right);
}

/** What is left of `binarySlots` when the `__op__` of a Python class has given NotImplemented for `left`, and nothing comes before that. */
function slotsAfterLeft(t: Thread, left: Value, right: Value, slot: BinarySlot, reflected: string): Value {
  const leftType = typeOf(left);
  const rightType = typeOf(right);
  const rightSlot = leftType === rightType ? null : slotOf(rightType.slots, slot);
  if (rightSlot === null) return NOT_IMPLEMENTED;
  if (rightSlot !== slotOf(leftType.slots, slot)) return rightSlot(t, left, right);
  const result = callSpecial(t, right, reflected, [left]);
  return result === undefined ? NOT_IMPLEMENTED : result;
}

/** Raises the TypeError for operands that do not support `symbol`. */
export function raiseUnsupported(symbol: string, left: Value, right: Value): never {
  raiseTypeError(`unsupported operand type(s) for ${symbol}: '${typeName(left)}' and '${typeName(right)}'`);
}

/** An index for sequence repetition; raises TypeError if `value` is no integer, OverflowError if it does not fit. */
function repeatCount(t: Thread, sequence: Value, value: Value): number {
  if (typeof value === 'number') return value;
  if (typeOf(value).slots.nb_index === null) raiseTypeError(`can't multiply sequence by non-int of type '${typeName(value)}'`);
  const count = toIndex(t, value);
  if (BigInt.asIntN(64, BigInt(count)) !== BigInt(count)) raise(OverflowError, `cannot fit '${typeName(value)}' into an index-sized integer`);
  // Beyond 2**53 it is only about right: more than there is memory for, unless the sequence is empty.
  return Number(count);
}

/** `left + right`, with sequence concatenation. */
export function add(t: Thread, left: Value, right: Value): Value {
  const result = binarySlots(t, left, right, 'nb_add');
  return result === NOT_IMPLEMENTED ? concatSequence(t, left, right) : result;
}

function concatSequence(t: Thread, left: Value, right: Value): Value {
  const concat = typeOf(left).slots.sq_concat;
  return concat === null ? raiseUnsupported('+', left, right) : concat(t, left, right);
}

/** `left * right`, with sequence repetition. */
export function multiply(t: Thread, left: Value, right: Value): Value {
  const result = binarySlots(t, left, right, 'nb_multiply');
  if (result !== NOT_IMPLEMENTED) return result;
  return repeatSequence(t, left, right, '*');
}

function repeatSequence(t: Thread, left: Value, right: Value, symbol: string): Value {
  const leftRepeat = typeOf(left).slots.sq_repeat;
  if (leftRepeat !== null) return leftRepeat(t, left, repeatCount(t, left, right));
  const rightRepeat = typeOf(right).slots.sq_repeat;
  if (rightRepeat !== null) return rightRepeat(t, right, repeatCount(t, right, left));
  return raiseUnsupported(symbol, left, right);
}

function ternarySlots(t: Thread, base: Value, exponent: Value, modulus: Value, slot: 'nb_power'): Value {
  const attempts: TernaryFunction[] = [];
  const baseType = typeOf(base);
  const exponentType = typeOf(exponent);
  const own = baseType.slots[slot];
  const other = exponentType === baseType ? null : exponentType.slots[slot];
  if (own !== null) attempts.push(own);
  if (other !== null && other !== own) {
    if (own !== null && isSubtype(exponentType, baseType)) attempts.unshift(other);
    else attempts.push(other);
  }
  const third = modulus === null ? null : typeOf(modulus).slots[slot];
  if (third !== null && !attempts.includes(third)) attempts.push(third);
  for (const attempt of attempts) {
    const result = attempt(t, base, exponent, modulus);
    if (result !== NOT_IMPLEMENTED) return result;
  }
  return NOT_IMPLEMENTED;
}

/** `pow(base, exponent, modulus)`; `modulus` null for two arguments. `symbol` is for the message. */
export function power(t: Thread, base: Value, exponent: Value, modulus: Value, symbol = '** or pow()'): Value {
  const result = ternarySlots(t, base, exponent, modulus, 'nb_power');
  if (result !== NOT_IMPLEMENTED) return result;
  if (modulus === null) raiseUnsupported(symbol, base, exponent);
  return raiseTypeError(`unsupported operand type(s) for ** or pow(): '${typeName(base)}', '${typeName(exponent)}', '${typeName(modulus)}'`);
}

interface BinaryOperator {
  readonly symbol: string;
  readonly slot: BinarySlot | 'nb_power';
  readonly inplace: BinarySlot | 'nb_inplace_power';
}

/** Operators by the oparg of BINARY_OP (CPython's NB_* numbers); in-place forms follow at +13. */
export const BINARY_OPERATORS: readonly BinaryOperator[] = [
  { symbol: '+', slot: 'nb_add', inplace: 'nb_inplace_add' },
  { symbol: '&', slot: 'nb_and', inplace: 'nb_inplace_and' },
  { symbol: '//', slot: 'nb_floor_divide', inplace: 'nb_inplace_floor_divide' },
  { symbol: '<<', slot: 'nb_lshift', inplace: 'nb_inplace_lshift' },
  { symbol: '@', slot: 'nb_matrix_multiply', inplace: 'nb_inplace_matrix_multiply' },
  { symbol: '*', slot: 'nb_multiply', inplace: 'nb_inplace_multiply' },
  { symbol: '%', slot: 'nb_remainder', inplace: 'nb_inplace_remainder' },
  { symbol: '|', slot: 'nb_or', inplace: 'nb_inplace_or' },
  { symbol: '**', slot: 'nb_power', inplace: 'nb_inplace_power' },
  { symbol: '>>', slot: 'nb_rshift', inplace: 'nb_inplace_rshift' },
  { symbol: '-', slot: 'nb_subtract', inplace: 'nb_inplace_subtract' },
  { symbol: '/', slot: 'nb_true_divide', inplace: 'nb_inplace_true_divide' },
  { symbol: '^', slot: 'nb_xor', inplace: 'nb_inplace_xor' },
];

const REFLECTED = ['__radd__', '__rand__', '__rfloordiv__', '__rlshift__', '__rmatmul__', '__rmul__', '__rmod__', '__ror__', '__rpow__', '__rrshift__', '__rsub__', '__rtruediv__', '__rxor__'];

/** Number of the first in-place operator in BINARY_OP's oparg. */
export const FIRST_INPLACE = 13;
/** BINARY_OP's oparg for subscription. */
export const NB_SUBSCR = 26;

/** `left op right` for an index into BINARY_OPERATORS. */
export function binaryOperator(t: Thread, left: Value, right: Value, operator: number): Value {
  const { slot } = BINARY_OPERATORS[operator]!;
  if (slot === 'nb_add') return add(t, left, right);
  if (slot === 'nb_multiply') return multiply(t, left, right);
  if (slot === 'nb_power') return power(t, left, right, null);
  const result = binarySlots(t, left, right, slot);
  return result === NOT_IMPLEMENTED ? withoutSlots(t, left, right, operator) : result;
}

/** What an operator does for operands whose slots have all given NotImplemented. */
function withoutSlots(t: Thread, left: Value, right: Value, operator: number): Value {
  const { symbol } = BINARY_OPERATORS[operator]!;
  if (symbol === '+') return concatSequence(t, left, right);
  if (symbol === '*') return repeatSequence(t, left, right, '*');
  if (symbol === '>>' && typeName(left) === 'builtin_function_or_method' && (left as { definition?: { name: string } }).definition?.name === 'print') {
    raiseTypeError(`unsupported operand type(s) for >>: 'builtin_function_or_method' and '${typeName(right)}'. Did you mean "print(<message>, file=<output_stream>)"?`);
  }
  return raiseUnsupported(symbol, left, right);
}

function inplaceSlot(t: Thread, left: Value, right: Value, operator: BinaryOperator): Value {
  const slots = typeOf(left).slots;
  if (operator.inplace === 'nb_inplace_power') {
    return slots.nb_inplace_power === null ? NOT_IMPLEMENTED : slots.nb_inplace_power(t, left, right, null);
  }
  const slot = slots[operator.inplace];
  return slot === null ? NOT_IMPLEMENTED : slot(t, left, right);
}

/** `left op= right` for an index into BINARY_OPERATORS; returns the value to store. */
export function inplaceOperator(t: Thread, left: Value, right: Value, operator: number): Value {
  const row = BINARY_OPERATORS[operator]!;
  const result = inplaceSlot(t, left, right, row);
  if (result !== NOT_IMPLEMENTED) return result;
  if (row.slot === 'nb_power') return power(t, left, right, null, '**=');
  const plain = binarySlots(t, left, right, row.slot);
  return plain === NOT_IMPLEMENTED ? inplaceWithoutSlots(t, left, right, operator) : plain;
}

function inplaceWithoutSlots(t: Thread, left: Value, right: Value, operator: number): Value {
  const row = BINARY_OPERATORS[operator]!;
  const { slots } = typeOf(left);
  if (row.symbol === '+') {
    const concat = slots.sq_inplace_concat ?? slots.sq_concat;
    return concat === null ? raiseUnsupported('+=', left, right) : concat(t, left, right);
  }
  if (row.symbol === '*') {
    if (slots.sq_inplace_repeat !== null) return slots.sq_inplace_repeat(t, left, repeatCount(t, left, right));
    return repeatSequence(t, left, right, '*=');
  }
  return raiseUnsupported(`${row.symbol}=`, left, right);
}

/** The rest of `left op right`, for BINARY_OP's operand (no power, no subscription), when the Python method that comes first has given NotImplemented. */
export function binaryAfter(t: Thread, left: Value, right: Value, operand: number, tried: Tried): Value {
  const isInplace = operand >= FIRST_INPLACE;
  const operator = isInplace ? operand - FIRST_INPLACE : operand;
  const slot = BINARY_OPERATORS[operator]!.slot as BinarySlot;
  const result = tried === 'right' ? NOT_IMPLEMENTED : tried === 'left' ? slotsAfterLeft(t, left, right, slot, REFLECTED[operator]!) : binarySlots(t, left, right, slot);
  if (result !== NOT_IMPLEMENTED) return result;
  return isInplace ? inplaceWithoutSlots(t, left, right, operator) : withoutSlots(t, left, right, operator);
}

/** A unary operator slot; `symbol` as in "bad operand type for unary -". */
export function unaryOperator(t: Thread, value: Value, slot: UnarySlot, symbol: string): Value {
  const operation = typeOf(value).slots[slot];
  return operation === null ? raiseTypeError(`bad operand type for ${symbol}: '${typeName(value)}'`) : operation(t, value);
}

/** `operator.index(value)`; raises TypeError when it is not an integer. */
export function toIndex(t: Thread, value: Value): Int {
  const direct = asInt(value);
  if (direct !== undefined) return direct;
  const index = typeOf(value).slots.nb_index;
  if (index === null) raiseTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  const result = index(t, value);
  const int = asInt(result);
  if (int === undefined) raiseTypeError(`${typeName(value)}.__index__ returned non-int (type ${typeName(result)})`);
  if (typeOf(result) !== INT_TYPE) {
    warn(t, DeprecationWarning, `__index__ returned non-int (type ${typeName(result)}).  The ability to return an instance of a strict subclass of int is deprecated, and may be removed in a future version of Python.`);
  }
  return int;
}

/** `operator.index` as a JavaScript number; out of range raises `overflow` (IndexError by default), as PyNumber_AsSsize_t. */
export function toSize(t: Thread, value: Value, overflow: PyType = IndexError): number {
  const index = toIndex(t, value);
  return typeof index === 'number' ? index : raise(overflow, `cannot fit '${typeName(value)}' into an index-sized integer`);
}

/** `operator.index` clipped into the range of safe integers (slice bounds, str.find positions). */
export function toClippedSize(t: Thread, value: Value): number {
  const index = toIndex(t, value);
  if (typeof index === 'number') return index;
  return index < 0n ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}
