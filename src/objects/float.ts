/** `float`. Source: CPython Objects/floatobject.c. */
import { PyBaseException } from '../core/exception.ts';
import { call } from './call.ts';
import { PyByteArray, PyBytes, PyComplex, PyFloat, setFloatType } from '../core/scalars.ts';
import { NE, type CompareOp, type KeywordNames, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Maybe, Value } from '../core/value.ts';
import { floatFloorDiv, floatMod, floatPow } from './algorithms/float-arith.ts';
import { floatAsIntegerRatio, floatFromHex, floatHex, floatRepr, parseFloatText, roundDouble, roundHalfEven } from './algorithms/float-repr.ts';
import { FormatFailure, formatFloat } from './algorithms/format-spec.ts';
import { hashDouble } from './algorithms/hash.ts';
import { intCompareDouble } from './algorithms/int-arith.ts';
import { asBuffer } from './algorithms/bytes-search.ts';
import { shortAsciiText } from './algorithms/short-bytes.ts';
import { bytesRepr, strRepr } from './algorithms/str-repr.ts';
import { bytesLike, hasBuffer } from './buffer.ts';
import { orderResult } from './compare.ts';
import { OverflowError, ValueError } from './exception-types.ts';
import { objectHash } from './hash-value.ts';
import { newFloat, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { checkNoKeywords, checkPositional } from './new-arguments.ts';
import { floatSlotResult, doubleOfInt, intOfDouble, operandDouble, toDouble } from './numbers.ts';
import { toClippedSize, toIndex } from './operators.ts';
import { newException, raiseOverflowError, raiseTypeError, raiseValueError, raiseZeroDivision, typeName } from './raise.ts';
import { COMPLEX_TYPE, FLOAT_TYPE } from './static-types.ts';
import { asInt, asStr, isExactFloat, typeOf } from './type-of.ts';
import { raiseFormatFailure, str } from './text.ts';
import { readyType } from './type-ready.ts';

setFloatType(FLOAT_TYPE);

function float_hash(t: Thread, self: PyFloat): Int {
  // Each NaN hashes by identity, as NaNs differ from each other.
  return self.value !== self.value ? objectHash(t, self) : hashDouble(self.value);
}

function float_richcompare(_t: Thread, self: PyFloat, other: Value, op: CompareOp): Value {
  const order = other instanceof PyFloat ? compareDoubles(self.value, other.value) : compareWithInt(self.value, other);
  if (order === undefined) return NOT_IMPLEMENTED;
  return order !== order ? op === NE : orderResult(order, op);
}

function compareDoubles(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : a === b ? 0 : NaN;
}

function compareWithInt(value: number, other: Value): number | undefined {
  const int = asInt(other);
  return int === undefined ? undefined : -intCompareDouble(int, value) + 0;
}

/** A slot for two operands that are float or int; anything else is NotImplemented. */
function binary(operation: (a: number, b: number) => Value): (t: Thread, left: Value, right: Value) => Value {
  return (_t, left, right) => {
    const a = operandDouble(left);
    if (a === undefined) return NOT_IMPLEMENTED;
    const b = operandDouble(right);
    return b === undefined ? NOT_IMPLEMENTED : operation(a, b);
  };
}

function nonZero(divisor: number): number {
  return divisor === 0 ? raiseZeroDivision('division by zero') : divisor;
}

function float_power(t: Thread, base: Value, exponent: Value, modulus: Value): Value {
  if (modulus !== null) raiseTypeError('pow() 3rd argument not allowed unless all arguments are integers');
  const a = operandDouble(base);
  const b = operandDouble(exponent);
  if (a === undefined || b === undefined) return NOT_IMPLEMENTED;
  const result = floatPow(a, b);
  if (typeof result === 'number') return newFloat(result);
  if (result === 'zero division') return raiseZeroDivision('zero to a negative power');
  if (result === 'overflow') throw newException(OverflowError, 34, 'Numerical result out of range');
  // A negative base with a fraction as exponent: the power of complex numbers does it.
  return COMPLEX_TYPE.slots.nb_power!(t, new PyComplex(COMPLEX_TYPE, a, 0), new PyComplex(COMPLEX_TYPE, b, 0), null);
}

// Construction

function noFloat(shown: string): PyBaseException {
  return newException(ValueError, `could not convert string to float: ${shown}`);
}

function parseText(text: string, shown: () => string): number {
  const value = parseFloatText(text);
  if (value === undefined) throw noFloat(shown());
  return value;
}

/** float(text): the float, or the ValueError to be raised. */
export function floatOfText(text: string): PyFloat | PyBaseException {
  const value = parseFloatText(text);
  return value === undefined ? noFloat(strRepr(text)) : newFloat(value);
}

/** float(value) */
export function doubleFromObject(t: Thread, value: Value): number {
  if (value instanceof PyFloat && value.type === FLOAT_TYPE) return value.value;
  if (typeof value === 'string') return parseText(value, () => strRepr(value));
  const { nb_float: toFloat, nb_index: index } = typeOf(value).slots;
  if (toFloat !== null) return value instanceof PyFloat && toFloat === FLOAT_TYPE.slots.nb_float ? value.value : floatSlotResult(t, value, toFloat);
  if (index !== null) return doubleOfInt(toIndex(t, value));
  const text = asStr(value);
  if (text !== undefined) return parseText(text, () => strRepr(text));
  if (value instanceof PyBytes || value instanceof PyByteArray || hasBuffer(value)) {
    const bytes = bytesLike(t, value)!;
    const text = shortAsciiText(bytes);
    if (text !== undefined) return parseText(text, () => bytesRepr(bytes));
    // Bytes beyond ASCII are neither digits nor spaces.
    return parseText(asBuffer(bytes).toString('latin1').replace(/[\x80-\xff]/g, '\0'), () => bytesRepr(bytes));
  }
  return raiseTypeError(`float() argument must be a string or a real number, not '${typeName(value)}'`);
}

function float_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  if (type.slots.tp_init === FLOAT_TYPE.slots.tp_init) checkNoKeywords('float', keywords);
  checkPositional('float', args.length - (keywords?.length ?? 0), 0, 1);
  const [given] = args;
  if (given === undefined) return new PyFloat(type, 0);
  return type === FLOAT_TYPE && isExactFloat(given) ? given : new PyFloat(type, doubleFromObject(t, given));
}

function float_from_number(t: Thread, type: PyType, number: Value): Value {
  if (type === FLOAT_TYPE && number instanceof PyFloat && number.type === FLOAT_TYPE) return number;
  const value = newFloat(toDouble(t, number));
  return type === FLOAT_TYPE ? value : call(t, type, [value]);
}

function float_fromhex(t: Thread, type: PyType, string: Value): Value {
  const text = asStr(string);
  if (text === undefined) raiseTypeError(`bad argument type for built-in operation`);
  const value = floatFromHex(text);
  if (value === 'invalid') raiseValueError('invalid hexadecimal floating-point string');
  if (value === 'too large') raiseOverflowError('hexadecimal value too large to represent as a float');
  return type === FLOAT_TYPE ? newFloat(value) : call(t, type, [newFloat(value)]);
}

// Methods

function float_float(_t: Thread, self: PyFloat): Value {
  return self.type === FLOAT_TYPE ? self : newFloat(self.value);
}

function float_trunc(_t: Thread, self: PyFloat): Value {
  return intOfDouble(self.value);
}

function float_round(t: Thread, self: PyFloat, ndigits: Maybe): Value {
  const { value } = self;
  if (ndigits === undefined || ndigits === null) return intOfDouble(Number.isFinite(value) ? roundHalfEven(value) : value);
  const rounded = roundDouble(value, toClippedSize(t, ndigits));
  if (!Number.isFinite(rounded) && Number.isFinite(value)) raiseOverflowError('rounded value too large to represent');
  return newFloat(rounded);
}

function float_as_integer_ratio(_t: Thread, self: PyFloat): Value {
  const { value } = self;
  if (value !== value) raiseValueError('cannot convert NaN to integer ratio');
  if (!Number.isFinite(value)) raiseOverflowError('cannot convert Infinity to integer ratio');
  return newTuple(floatAsIntegerRatio(value));
}

function float_getformat(_t: Thread, _type: PyType, typestr: Value): Value {
  const name = asStr(typestr);
  if (name === undefined) raiseTypeError(`__getformat__() argument must be str, not ${typeName(typestr)}`);
  if (name !== 'double' && name !== 'float') raiseValueError("__getformat__() argument 1 must be 'double' or 'float'");
  return 'IEEE, little-endian';
}

function float_format(t: Thread, self: PyFloat, spec: Value): Value {
  const text = asStr(spec);
  if (text === undefined) raiseTypeError(`__format__() argument must be str, not ${typeName(spec)}`);
  if (text === '') return str(t, self);
  const result = formatFloat(self.value, text, typeName(self));
  return result instanceof FormatFailure ? raiseFormatFailure(result) : result;
}

readyType(FLOAT_TYPE, {
  doc: 'Convert a string or number to a floating-point number, if possible.',
  textSignature: '(x=0, /)',
  slots: {
    tp_new: float_new,
    tp_alloc: (type) => new PyFloat(type, 0),
    tp_repr: (_t, self: PyFloat) => floatRepr(self.value),
    tp_hash: float_hash,
    tp_richcompare: float_richcompare,
    nb_add: binary((a, b) => newFloat(a + b)),
    nb_subtract: binary((a, b) => newFloat(a - b)),
    nb_multiply: binary((a, b) => newFloat(a * b)),
    nb_remainder: binary((a, b) => newFloat(floatMod(a, nonZero(b)))),
    nb_divmod: binary((a, b) => newTuple([newFloat(floatFloorDiv(a, nonZero(b))), newFloat(floatMod(a, b))])),
    nb_power: float_power,
    nb_negative: (_t, self: PyFloat) => newFloat(-self.value),
    nb_positive: float_float,
    nb_absolute: (_t, self: PyFloat) => newFloat(Math.abs(self.value)),
    nb_bool: (_t, self: PyFloat) => self.value !== 0,
    nb_int: float_trunc,
    nb_float: float_float,
    nb_floor_divide: binary((a, b) => newFloat(floatFloorDiv(a, nonZero(b)))),
    nb_true_divide: binary((a, b) => newFloat(a / nonZero(b))),
  },
  methods: {
    from_number: [float_from_number, '($type, number, /)', 'Convert real number to a floating-point number.', 'class'],
    conjugate: [float_float, '($self, /)', 'The float itself, as it has no imaginary part.'],
    __trunc__: [float_trunc, '($self, /)', 'Return the Integral closest to x between 0 and x.'],
    __floor__: [(_t, self: PyFloat) => intOfDouble(Math.floor(self.value)), '($self, /)', 'Return the floor as an Integral.'],
    __ceil__: [(_t, self: PyFloat) => intOfDouble(Math.ceil(self.value)), '($self, /)', 'Return the ceiling as an Integral.'],
    __round__: [float_round, '($self, ndigits=None, /)', 'Return the Integral closest to x, rounding half toward even.'],
    as_integer_ratio: [float_as_integer_ratio, '($self, /)', 'A pair of integers, in lowest terms, whose ratio is the float exactly.\n\n>>> (2.5).as_integer_ratio()\n(5, 2)'],
    fromhex: [float_fromhex, '($type, string, /)', 'The float that a hexadecimal text such as that of hex() means.\n\n>>> float.fromhex(\'-0x1.8p1\')\n-3.0', 'class'],
    hex: [(_t, self: PyFloat) => floatHex(self.value), '($self, /)', 'The exact value as text with a hexadecimal mantissa and a power of two.\n\n>>> (3.0).hex()\n\'0x1.8000000000000p+1\''],
    is_integer: [(_t, self: PyFloat) => Number.isInteger(self.value), '($self, /)', 'Return True if the float is an integer.'],
    __getnewargs__: [(_t, self: PyFloat) => newTuple([newFloat(self.value)]), '($self, /)', ''],
    __getformat__: [float_getformat, '($type, typestr, /)', 'How floats of the named C type are stored.', 'class'],
    __format__: [float_format, '($self, format_spec, /)', 'Formats the float according to format_spec.'],
  },
  getset: {
    real: { get: (t, self) => float_float(t, self as PyFloat), doc: 'the real part of a complex number' },
    imag: { get: () => newFloat(0), doc: 'the imaginary part of a complex number' },
  },
});

