/** `int`. Source: CPython Objects/longobject.c. */
import { PyBaseException } from '../core/exception.ts';
import { PyByteArray, PyBytes, PyIntObject } from '../core/scalars.ts';
import { NativeDefinition } from '../core/native.ts';
import type { CompareOp, KeywordNames, PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Maybe, Value } from '../core/value.ts';
import {
  intAdd, intAnd, intBitCount, intBitLength, intCompare, intDivmod, intFloorDiv, intInvert, intLshift, intMod, intMul, intNeg, intOr,
  intPow, intPowMod, intRoundToPower, intRshift, intSub, intTrueDiv, intXor,
} from './algorithms/int-arith.ts';
import { countNumeralDigits, digitLimitMessage, exceedsDigitLimit, intFromBytes, intToBytes, intToText, parseIntText, shortBytesToInt } from './algorithms/int-format.ts';
import { FormatFailure, formatInt } from './algorithms/format-spec.ts';
import { hashInt } from './algorithms/hash.ts';
import { bytesRepr, strRepr } from './algorithms/str-repr.ts';
import { asBuffer } from './algorithms/bytes-search.ts';
import { bytesLike, hasBuffer } from './buffer.ts';
import { bytesByMethod, bytesFromObject } from './bytes-from-object.ts';
import { orderResult } from './compare.ts';
import { DeprecationWarning, OverflowError, ValueError } from './exception-types.ts';
import { newBytes, newFloat, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { bindArguments } from './native-call.ts';
import { checkPositional } from './new-arguments.ts';
import { doubleOfInt } from './numbers.ts';
import { toIndex, toSize } from './operators.ts';
import { newException, raiseMemoryError, raiseOverflowError, raiseTypeError, raiseValueError, raiseZeroDivision, typeName } from './raise.ts';
import { FLOAT_TYPE, INT_TYPE } from './static-types.ts';
import { raiseFormatFailure, str } from './text.ts';
import { isTrue } from './truth.ts';
import { asInt, asStr, typeOf } from './type-of.ts';
import { readyType } from './type-ready.ts';
import { warn } from './warn-hook.ts';

/** The value of self in a method of int. */
function own(self: Value): Int {
  return asInt(self)!;
}

/** The decimal text of an int; raises ValueError beyond the limit of digits. */
export function intText(t: Thread, value: Int): string {
  const limit = t.interpreter.intMaxStrDigits;
  if (typeof value === 'bigint' && exceedsDigitLimit(value, limit)) raiseValueError(digitLimitMessage(limit));
  return intToText(value);
}

function int_repr(t: Thread, self: Value): string {
  return intText(t, own(self));
}

function int_hash(_t: Thread, self: Value): Int {
  return hashInt(own(self));
}

function int_richcompare(_t: Thread, self: Value, other: Value, op: CompareOp): Value {
  const b = asInt(other);
  return b === undefined ? NOT_IMPLEMENTED : orderResult(intCompare(own(self), b), op);
}

/** A slot for two ints; anything else is NotImplemented. */
function binary(operation: (a: Int, b: Int) => Value): (t: Thread, left: Value, right: Value) => Value {
  return (_t, left, right) => {
    const a = asInt(left);
    const b = asInt(right);
    return a === undefined || b === undefined ? NOT_IMPLEMENTED : operation(a, b);
  };
}

/** Runs an operation whose result may be too large for the engine. */
function bounded(operation: () => Int): Int {
  try {
    return operation();
  } catch (caught) {
    if (caught instanceof RangeError) raiseMemoryError();
    throw caught;
  }
}

function multiply(a: Int, b: Int): Int {
  return typeof a === 'number' && typeof b === 'number' ? intMul(a, b) : bounded(() => intMul(a, b));
}

function nonZero(divisor: Int): void {
  if (divisor === 0) raiseZeroDivision('division by zero');
}

function floorDivide(a: Int, b: Int): Int {
  nonZero(b);
  return intFloorDiv(a, b);
}

function remainder(a: Int, b: Int): Int {
  nonZero(b);
  return intMod(a, b);
}

function divmod(a: Int, b: Int): Value {
  nonZero(b);
  return newTuple(intDivmod(a, b));
}

function trueDivide(a: Int, b: Int): Value {
  nonZero(b);
  const quotient = intTrueDiv(a, b);
  return Number.isFinite(quotient) ? newFloat(quotient) : raiseOverflowError('integer division result too large for a float');
}

function leftShift(a: Int, count: Int): Int {
  if (count < 0) raiseValueError('negative shift count');
  if (a === 0) return 0;
  if (typeof count === 'bigint') raiseOverflowError('too many digits in integer');
  return count < 64 ? intLshift(a, count) : bounded(() => intLshift(a, count));
}

function rightShift(a: Int, count: Int): Int {
  if (count < 0) raiseValueError('negative shift count');
  return intRshift(a, count);
}

function int_pow(t: Thread, base: Value, exponent: Value, modulus: Value): Value {
  const a = asInt(base);
  const b = asInt(exponent);
  if (a === undefined || b === undefined) return NOT_IMPLEMENTED;
  if (modulus === null) {
    if (b >= 0) return bounded(() => intPow(a, b));
    // As CPython: the power of floats does it, through the slot of float to spare an import cycle.
    return FLOAT_TYPE.slots.nb_power!(t, newFloat(doubleOfInt(a)), newFloat(doubleOfInt(b)), null);
  }
  const m = asInt(modulus);
  if (m === undefined) return NOT_IMPLEMENTED;
  if (m === 0) raiseValueError('pow() 3rd argument cannot be 0');
  return intPowMod(a, b, m) ?? raiseValueError('base is not invertible for the given modulus');
}

function int_int(_t: Thread, self: Value): Value {
  return own(self);
}

// Construction

/** int(text, base) of a str or of bytes: the int, or the ValueError to be raised. */
function parsed(t: Thread, text: string, base: number, shown: () => string): Int | PyBaseException {
  const limit = t.interpreter.intMaxStrDigits;
  const result = parseIntText(text, base, limit);
  if (result === 'invalid') return newException(ValueError, `invalid literal for int() with base ${base}: ${shown().slice(0, 200)}`);
  return result === 'too long' ? newException(ValueError, digitLimitMessage(limit, countNumeralDigits(text))) : result;
}

function parseInt(t: Thread, text: string, base: number, shown: () => string): Int {
  const result = parsed(t, text, base, shown);
  if (result instanceof PyBaseException) throw result;
  return result;
}

/** int(text): the int, or the ValueError to be raised. */
export function intOfText(t: Thread, text: string): Int | PyBaseException {
  return parsed(t, text, 10, () => strRepr(text));
}

/** int(text, base) when `value` is a str, bytes or bytearray (or, with `anyBuffer`, bytes-like); undefined for anything else. */
function intFromText(t: Thread, value: Value, base: number, anyBuffer: boolean): Int | undefined {
  const text = asStr(value);
  if (text !== undefined) return parseInt(t, text, base, () => strRepr(text));
  const isBytes = value instanceof PyBytes || value instanceof PyByteArray;
  if (!isBytes && !(anyBuffer && hasBuffer(value))) return undefined;
  const bytes = bytesLike(t, value)!;
  const short = shortBytesToInt(bytes, base);
  if (short >= 0) return short;
  return parseInt(t, asBuffer(bytes).toString('latin1'), base, () => bytesRepr(bytes));
}

/** int(value): by `__int__`, `__index__`, or from text. */
export function intFromObject(t: Thread, value: Value): Int {
  if (typeof value === 'number') return value;
  const { nb_int: toInt, nb_index: index } = typeOf(value).slots;
  if (toInt !== null) {
    const result = toInt(t, value);
    const int = asInt(result);
    if (int === undefined) raiseTypeError(`__int__ returned non-int (type ${typeName(result)})`);
    if (typeOf(result) !== INT_TYPE) {
      warn(t, DeprecationWarning, `__int__ returned non-int (type ${typeName(result)}).  The ability to return an instance of a strict subclass of int is deprecated, and may be removed in a future version of Python.`);
    }
    return int;
  }
  if (index !== null) return toIndex(t, value);
  const parsed = intFromText(t, value, 10, true);
  return parsed ?? raiseTypeError(`int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`);
}

const NEW = new NativeDefinition('int', () => null, '(_x=0, /, base=10)', '', 'method');

function newValue(t: Thread, x: Maybe, base: Maybe): Int {
  if (x === undefined) return base === undefined ? 0 : raiseTypeError('int() missing string argument');
  if (base === undefined) return intFromObject(t, x);
  const radix = toIndex(t, base);
  if (radix !== 0 && (radix < 2 || radix > 36)) raiseValueError('int() base must be >= 2 and <= 36, or 0');
  return intFromText(t, x, Number(radix), false) ?? raiseTypeError("int() can't convert non-string with explicit base");
}

function int_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  if (keywords === null && args.length > 2) checkPositional('int', args.length, 0, 2);
  const [x, base] = keywords === null ? args : (bindArguments(NEW, 'int', null, false, args, keywords) as Maybe[]);
  const value = newValue(t, x, base);
  return type === INT_TYPE ? value : new PyIntObject(type, value);
}

// Methods

function int_to_bytes(t: Thread, self: Value, length: Maybe, byteorder: Maybe, signed: Maybe): Value {
  const size = length === undefined ? 1 : toSize(t, length, OverflowError);
  const littleEndian = isLittleEndian('to_bytes', byteorder);
  if (size < 0) raiseValueError('length argument must be non-negative');
  const bytes = intToBytes(own(self), size, { littleEndian, signed: signed !== undefined && isTrue(t, signed) });
  return typeof bytes === 'string' ? raiseOverflowError(bytes) : newBytes(bytes);
}

function isLittleEndian(name: string, byteorder: Maybe): boolean {
  if (byteorder === undefined) return false;
  const order = asStr(byteorder);
  if (order === undefined) raiseTypeError(`${name}() argument 'byteorder' must be str, not ${typeName(byteorder)}`);
  if (order !== 'little' && order !== 'big') raiseValueError("byteorder must be either 'little' or 'big'");
  return order === 'little';
}

function int_from_bytes(t: Thread, type: PyType, bytes: Value, byteorder: Maybe, signed: Maybe): Value {
  const littleEndian = isLittleEndian('from_bytes', byteorder);
  const source = bytesByMethod(t, bytes)?.value ?? bytesLike(t, bytes) ?? bytesFromObject(t, bytes);
  const value = intFromBytes(source, { littleEndian, signed: signed !== undefined && isTrue(t, signed) });
  if (type === INT_TYPE) return value;
  return type.slots.tp_new!(t, type, [value], null);
}

function int_round(t: Thread, self: Value, ndigits: Maybe): Value {
  if (ndigits === undefined || ndigits === null) return own(self);
  const digits = toIndex(t, ndigits);
  if (digits >= 0) return own(self);
  const places = intNeg(digits);
  // Rounding to more places than there are digits gives 0 without the large power.
  if (places > 2 + intBitLength(own(self))) return 0;
  return intRoundToPower(own(self), Number(places));
}

/** `__format__` of int, also used by `bool` and `f'{}'`. */
function int_format(t: Thread, self: Value, spec: Value): Value {
  const text = asStr(spec);
  if (text === undefined) raiseTypeError(`__format__() argument must be str, not ${typeName(spec)}`);
  if (text === '') return str(t, self);
  const result = formatInt(own(self), text, typeName(self), t.interpreter.intMaxStrDigits);
  return result instanceof FormatFailure ? raiseFormatFailure(result) : result;
}

function int_sizeof(_t: Thread, self: Value): Value {
  return 24 + 4 * Math.max(1, Math.ceil(intBitLength(own(self)) / 30));
}

readyType(INT_TYPE, {
  doc: "int([x]) -> integer\nint(x, base=10) -> integer\n\nThe integer that a number or a text means; 0 without arguments. The part of a float behind the point is dropped.\n\nWith base, or if x is no number, x is a str, bytes or bytearray with an integer literal in that base: 2 to 36,\nor 0 for the one that the literal's prefix names.\n\n>>> int('-42')\n-42\n>>> int('0xff', base=0)\n255",
  slots: {
    tp_new: int_new,
    tp_alloc: (type) => new PyIntObject(type, 0),
    tp_repr: int_repr,
    tp_hash: int_hash,
    tp_richcompare: int_richcompare,
    nb_add: binary(intAdd),
    nb_subtract: binary(intSub),
    nb_multiply: binary(multiply),
    nb_remainder: binary(remainder),
    nb_divmod: binary(divmod),
    nb_power: int_pow,
    nb_negative: (_t, self) => intNeg(own(self)),
    nb_positive: int_int,
    nb_absolute: (_t, self) => (own(self) < 0 ? intNeg(own(self)) : own(self)),
    nb_bool: (_t, self) => own(self) !== 0,
    nb_invert: (_t, self) => intInvert(own(self)),
    nb_lshift: binary(leftShift),
    nb_rshift: binary(rightShift),
    nb_and: binary(intAnd),
    nb_xor: binary(intXor),
    nb_or: binary(intOr),
    nb_int: int_int,
    nb_float: (_t, self) => newFloat(doubleOfInt(own(self))),
    nb_floor_divide: binary(floorDivide),
    nb_true_divide: binary(trueDivide),
    nb_index: int_int,
  },
  methods: {
    conjugate: [int_int, '($self, /)', 'The int itself, as it has no imaginary part.'],
    bit_length: [(_t, self: Value) => intBitLength(own(self)), '($self, /)', 'Number of bits of the absolute value, without leading zeros.\n\n>>> (255).bit_length()\n8\n>>> (0).bit_length()\n0'],
    bit_count: [(_t, self: Value) => intBitCount(own(self)), '($self, /)', 'Number of ones among the bits of the absolute value.\n\n>>> (255).bit_count()\n8\n>>> (-8).bit_count()\n1'],
    to_bytes: [int_to_bytes, "($self, /, length=1, byteorder='big', *, signed=False)", 'Return an array of bytes representing an integer.'],
    from_bytes: [int_from_bytes, "($type, /, bytes, byteorder='big', *, signed=False)", 'Return the integer represented by the given array of bytes.', 'class'],
    as_integer_ratio: [(_t, self: Value) => newTuple([own(self), 1]), '($self, /)', 'A pair of integers whose ratio is the int: itself and 1.\n\n>>> (-7).as_integer_ratio()\n(-7, 1)'],
    __trunc__: [int_int, '($self, /)', 'Truncating an Integral returns itself.'],
    __floor__: [int_int, '($self, /)', 'Flooring an Integral returns itself.'],
    __ceil__: [int_int, '($self, /)', 'Ceiling of an Integral returns itself.'],
    __round__: [int_round, '($self, ndigits=None, /)', 'Rounding an Integral returns itself; with negative ndigits it rounds to tens, hundreds, ...'],
    __getnewargs__: [(_t, self: Value) => newTuple([own(self)]), '($self, /)', ''],
    __format__: [int_format, '($self, format_spec, /)', 'Convert to a string according to format_spec.'],
    __sizeof__: [int_sizeof, '($self, /)', 'Returns size in memory, in bytes.'],
    is_integer: [() => true, '($self, /)', 'Returns True. Exists for duck type compatibility with float.is_integer.'],
  },
  getset: {
    real: { get: int_int, doc: 'the real part of a complex number' },
    imag: { get: () => 0, doc: 'the imaginary part of a complex number' },
    numerator: { get: int_int, doc: 'the numerator of a rational number in lowest terms' },
    denominator: { get: () => 1, doc: 'the denominator of a rational number in lowest terms' },
  },
});

