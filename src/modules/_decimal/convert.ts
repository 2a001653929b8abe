/** Decimals from other numbers, strings and tuples, exactly or rounded. */
import { PyList, PyTuple } from '../../core/containers.ts';
import { PyFloat } from '../../core/scalars.ts';
import type { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { CONVERSION_SYNTAX, finalize, FLOAT_OPERATION } from '../../objects/algorithms/decimal/context.ts';
import { finite, infinity, isNaN, nan, ofInt, type Dec } from '../../objects/algorithms/decimal/number.ts';
import { decimalFromText, decimalRounded, exactly } from '../../objects/algorithms/decimal/text.ts';
import { decomposeDouble } from '../../objects/algorithms/float-digits.ts';
import { intSub } from '../../objects/algorithms/int-arith.ts';
import { call } from '../../objects/call.ts';
import { raiseOverflowError, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { asInt, asStr } from '../../objects/type-of.ts';
import { DECIMAL_TYPE, newDecimal, PyDecimal, settle, signal, type PyDecimalContext } from './records.ts';

/** A float's exact value. */
export function ofDouble(value: number): Dec {
  if (value !== value) return nan();
  const negative = value < 0 || Object.is(value, -0);
  if (!Number.isFinite(value)) return infinity(negative);
  if (Number.isSafeInteger(value)) return finite(negative, BigInt(Math.abs(value)), 0);
  let { mantissa, exponent } = decomposeDouble(Math.abs(value));
  for (; exponent < 0 && (mantissa & 1n) === 0n; exponent++) mantissa >>= 1n;
  if (exponent >= 0) return finite(negative, mantissa << BigInt(exponent), 0);
  return finite(negative, mantissa * 5n ** BigInt(-exponent), exponent);
}

/** The value of an operand that an operator takes: a Decimal or an int; undefined for others. @hot */
export function operand(value: Value): Dec | undefined {
  if (value instanceof PyDecimal) return value.value;
  const int = asInt(value);
  return int === undefined ? undefined : ofInt(int);
}

/** Operands and precisions with more digits are left to the general way, where there may be no room. */
const MODEST = 100_000;

/** The value of a finite operand with which nothing becomes so large that there is no room for it; undefined for others. @hot */
export function modest(context: PyDecimalContext, value: Value): Dec | undefined {
  const found = value instanceof PyDecimal ? value.value : typeof value === 'number' ? ofInt(value) : undefined;
  return found !== undefined && found.kind === 'finite' && found.digits < MODEST && context.prec < MODEST ? found : undefined;
}

/** As `operand`; raises TypeError for others. */
export function requireOperand(value: Value): Dec {
  return operand(value) ?? raiseTypeError(`conversion from ${typeName(value)} to Decimal is not supported`);
}

function tupleSpecial(value: Value): 'F' | 'n' | 'N' | undefined {
  const text = asStr(value);
  if (text === undefined) return undefined;
  return text === 'F' || text === 'n' || text === 'N' ? text : raiseValueError("string argument in the third position must be 'F', 'n' or 'N'");
}

function tupleDigits(value: Value): string {
  if (!(value instanceof PyTuple) && !(value instanceof PyList)) raiseValueError('coefficient must be a tuple of digits');
  return value.items.map((item) => {
    const digit = asInt(item);
    return digit !== undefined && digit >= 0 && digit <= 9 ? String(digit) : raiseValueError('coefficient must be a tuple of digits');
  }).join('');
}

/** `(sign, digits, exponent)` */
function ofTuple(items: readonly Value[]): Dec {
  if (items.length !== 3) raiseValueError('argument must be a sequence of length 3');
  const sign = asInt(items[0]);
  if (sign !== 0 && sign !== 1) raiseValueError('sign must be an integer with the value 0 or 1');
  const special = tupleSpecial(items[2]!);
  if (special === 'F') {
    tupleDigits(items[1]!);
    return infinity(sign === 1);
  }
  const digits = BigInt(tupleDigits(items[1]!));
  if (special !== undefined) return nan(sign === 1, digits, special === 'n' ? 'qnan' : 'snan');
  const exponent = asInt(items[2]) ?? raiseValueError('exponent must be an integer');
  if (exponent >= 2n ** 63n || exponent < -(2n ** 63n)) raiseOverflowError('Python int too large to convert to C ssize_t');
  return finite(sign === 1, digits, exponent);
}

/** The value of anything that `Decimal()` takes but strings, as it is. */
function plainValue(context: PyDecimalContext, value: Value): Dec {
  if (value instanceof PyDecimal) return value.value;
  const int = asInt(value);
  if (int !== undefined) return ofInt(int);
  if (value instanceof PyTuple || value instanceof PyList) return ofTuple(value.items);
  if (!(value instanceof PyFloat)) raiseTypeError(`conversion from ${typeName(value)} to Decimal is not supported`);
  signal(context, FLOAT_OPERATION);
  return ofDouble(value.value);
}

/** The value of anything that `Decimal()` takes, without rounding. */
function exactValue(context: PyDecimalContext, value: Value): Dec {
  const text = asStr(value);
  if (text !== undefined) return decimalFromText(context, text);
  return exactly(context, plainValue(context, value));
}

/** `Decimal(value)` of a class. */
export function decimalFrom(context: PyDecimalContext, type: PyType, value: Maybe): PyDecimal {
  if (value === undefined) return new PyDecimal(type, finite(false, 0n, 0));
  if (value instanceof PyDecimal && value.type === type && type === DECIMAL_TYPE) return value;
  const made = settle(context, exactValue(context, value));
  return type === DECIMAL_TYPE ? made : new PyDecimal(type, made.value);
}

/** `context.create_decimal(value)`: rounded. */
export function createDecimal(context: PyDecimalContext, value: Value): PyDecimal {
  const text = asStr(value);
  if (text !== undefined) return settle(context, decimalRounded(context, text));
  const exact = plainValue(context, value);
  if (isNaN(exact) && exact.small !== 0 && exact.digits > intSub(context.prec, context.clamp)) {
    context.status |= CONVERSION_SYNTAX;
    return settle(context, nan());
  }
  return settle(context, finalize(context, exact));
}

/** `Decimal.from_float(value)`, exact: no FloatOperation. */
export function fromFloat(t: Thread, type: PyType, value: Value): Value {
  const int = asInt(value);
  const made = newDecimal(int !== undefined ? ofInt(int) : value instanceof PyFloat ? ofDouble(value.value) : raiseTypeError('argument must be int or float'));
  return type === DECIMAL_TYPE ? made : call(t, type, [made]);
}

/** `Decimal.from_number(value)` */
export function fromNumber(t: Thread, type: PyType, value: Value): Value {
  if (value instanceof PyDecimal) return value.type === type ? value : type === DECIMAL_TYPE ? newDecimal(value.value) : call(t, type, [newDecimal(value.value)]);
  if (asInt(value) === undefined && !(value instanceof PyFloat)) raiseTypeError(`conversion from ${typeName(value)} to Decimal is not supported`);
  return fromFloat(t, type, value);
}

