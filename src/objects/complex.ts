/** `complex`. Source: CPython Objects/complexobject.c. */
import { hypot } from '../base/hypot.ts';
import { NativeDefinition } from '../core/native.ts';
import { PyComplex, PyFloat } from '../core/scalars.ts';
import { EQ, NE, type CompareOp, type KeywordNames, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Maybe, Value } from '../core/value.ts';
import { complexDiv, complexMul, complexPow, complexRealDiv, complexRepr, parseComplexText, type ComplexParts } from './algorithms/complex-arith.ts';
import { FormatFailure, formatComplex } from './algorithms/format-spec.ts';
import { hashComplex, hashDouble } from './algorithms/hash.ts';
import { intCompareDouble } from './algorithms/int-arith.ts';
import { DeprecationWarning } from './exception-types.ts';
import { objectHash } from './hash-value.ts';
import { newComplex, newFloat, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { bindArguments } from './native-call.ts';
import { complexByMethod, operandDouble, toComplexParts, toDouble } from './numbers.ts';
import { raiseOverflowError, raiseTypeError, raiseValueError, raiseZeroDivision, typeName } from './raise.ts';
import { COMPLEX_TYPE } from './static-types.ts';
import { asInt, asStr, typeOf } from './type-of.ts';
import { str } from './text.ts';
import { readyType } from './type-ready.ts';
import { warn } from './warn-hook.ts';

function complex_hash(t: Thread, self: PyComplex): Int {
  const part = (x: number): Int => (x !== x ? objectHash(t, self) : hashDouble(x));
  return hashComplex(part(self.real), part(self.imag));
}

function equalsReal(self: PyComplex, other: Value): boolean | undefined {
  const int = asInt(other);
  if (int !== undefined) return self.imag === 0 && intCompareDouble(int, self.real) === 0;
  return other instanceof PyFloat ? self.imag === 0 && self.real === other.value : undefined;
}

function complex_richcompare(_t: Thread, self: PyComplex, other: Value, op: CompareOp): Value {
  if (op !== EQ && op !== NE) return NOT_IMPLEMENTED;
  const equal = other instanceof PyComplex ? self.real === other.real && self.imag === other.imag : equalsReal(self, other);
  return equal === undefined ? NOT_IMPLEMENTED : equal === (op === EQ);
}

function made(parts: ComplexParts): Value {
  return newComplex(parts.real, parts.imag);
}

/** A slot with a form for each mix of complex and real operands: since 3.14 a real operand has no imaginary part, not one of zero. */
function binary(forms: {
  both(a: ComplexParts, b: ComplexParts): ComplexParts;
  withReal(a: ComplexParts, b: number): ComplexParts;
  realWith(a: number, b: ComplexParts): ComplexParts;
}): (t: Thread, left: Value, right: Value) => Value {
  return (_t, left, right) => {
    if (left instanceof PyComplex) {
      if (right instanceof PyComplex) return made(forms.both(left, right));
      const b = operandDouble(right);
      return b === undefined ? NOT_IMPLEMENTED : made(forms.withReal(left, b));
    }
    const a = operandDouble(left);
    return a === undefined || !(right instanceof PyComplex) ? NOT_IMPLEMENTED : made(forms.realWith(a, right));
  };
}

function divide(a: ComplexParts, b: ComplexParts): ComplexParts {
  return complexDiv(a, b) ?? raiseZeroDivision('division by zero');
}

function complex_pow(_t: Thread, base: Value, exponent: Value, modulus: Value): Value {
  const a = operandParts(base);
  const b = operandParts(exponent);
  if (a === undefined || b === undefined) return NOT_IMPLEMENTED;
  if (modulus !== null) raiseValueError('complex modulo');
  const result = complexPow(a, b);
  if (result === 'zero division') return raiseZeroDivision('zero to a negative or complex power');
  return result === 'overflow' ? raiseOverflowError('complex exponentiation') : made(result);
}

function operandParts(value: Value): ComplexParts | undefined {
  if (value instanceof PyComplex) return value;
  const real = operandDouble(value);
  return real === undefined ? undefined : { real, imag: 0 };
}

function complex_absolute(_t: Thread, self: PyComplex): Value {
  const size = hypot(self.real, self.imag);
  if (size === Infinity && Number.isFinite(self.real) && Number.isFinite(self.imag)) raiseOverflowError('absolute value too large');
  return newFloat(size);
}

// Construction

const NEW = new NativeDefinition('complex', () => null, '(real=0, imag=0)', '', 'method');

function isNumber(value: Value): boolean {
  const { nb_float: toFloat, nb_index: index } = typeOf(value).slots;
  return value instanceof PyComplex || toFloat !== null || index !== null;
}

function fromOne(t: Thread, value: Value): ComplexParts {
  const text = asStr(value);
  if (text !== undefined) return parseComplexText(text) ?? raiseValueError('complex() arg is a malformed string');
  if (value instanceof PyComplex && value.type === COMPLEX_TYPE) return value;
  const converted = complexByMethod(t, value);
  if (converted !== undefined) return converted;
  if (value instanceof PyComplex) return value;
  if (!isNumber(value)) raiseTypeError(`complex() argument must be a string or a number, not ${typeName(value)}`);
  return { real: toDouble(t, value), imag: 0 };
}

function partOf(t: Thread, value: Value, name: string): ComplexParts {
  const refuse = (): never => raiseTypeError(`complex() argument '${name}' must be a real number, not ${typeName(value)}`);
  const converted = value instanceof PyComplex ? value : name === 'real' ? complexByMethod(t, value) : undefined;
  if (converted !== undefined) {
    warn(t, DeprecationWarning, `complex() argument '${name}' must be a real number, not ${typeName(value)}`);
    return converted;
  }
  return isNumber(value) ? { real: toDouble(t, value), imag: 0 } : refuse();
}

/** Of two arguments, or of one by its name. */
function fromTwo(t: Thread, real: Maybe, imag: Maybe): ComplexParts {
  const r = real === undefined ? { real: 0, imag: 0 } : partOf(t, real, 'real');
  const i = imag === undefined ? { real: 0, imag: 0 } : partOf(t, imag, 'imag');
  const isComplex = (value: Maybe): boolean => value !== undefined && value instanceof PyComplex;
  // (a + bj) + (c + dj)j
  return { real: isComplex(imag) ? r.real - i.imag : r.real, imag: isComplex(real) ? i.real + r.imag : i.real };
}

function complex_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const [real, imag] = bindArguments(NEW, 'complex', null, false, args, keywords) as Maybe[];
  const isOne = args.length === 1 && (keywords === null || keywords.length === 0);
  if (isOne && type === COMPLEX_TYPE && real instanceof PyComplex && real.type === COMPLEX_TYPE) return real;
  const parts = isOne ? fromOne(t, real!) : fromTwo(t, real, imag);
  return new PyComplex(type, parts.real, parts.imag);
}

function complex_from_number(t: Thread, type: PyType, number: Value): Value {
  if (type === COMPLEX_TYPE && number instanceof PyComplex && number.type === COMPLEX_TYPE) return number;
  const parts = made(toComplexParts(t, number));
  return type === COMPLEX_TYPE ? parts : type.slots.tp_new!(t, type, [parts], null);
}

function complex_complex(_t: Thread, self: PyComplex): Value {
  return self.type === COMPLEX_TYPE ? self : made(self);
}

function complex_format(t: Thread, self: PyComplex, spec: Value): Value {
  const text = asStr(spec);
  if (text === undefined) raiseTypeError(`__format__() argument must be str, not ${typeName(spec)}`);
  if (text === '') return str(t, self);
  const result = formatComplex(self.real, self.imag, text, typeName(self));
  return result instanceof FormatFailure ? raiseValueError(result.message) : result;
}

readyType(COMPLEX_TYPE, {
  doc: 'Create a complex number from a string or numbers.\n\nIf a string is given, parse it as a complex number.\nIf a single number is given, convert it to a complex number.\nIf the \'real\' or \'imag\' arguments are given, create a complex number\nwith the specified real and imaginary components.',
  textSignature: '(real=0, imag=0)',
  slots: {
    tp_new: complex_new,
    tp_alloc: (type) => new PyComplex(type, 0, 0),
    tp_repr: (_t, self: PyComplex) => complexRepr(self),
    tp_hash: complex_hash,
    tp_richcompare: complex_richcompare,
    nb_add: binary({
      both: (a, b) => ({ real: a.real + b.real, imag: a.imag + b.imag }),
      withReal: (a, b) => ({ real: a.real + b, imag: a.imag }),
      realWith: (a, b) => ({ real: a + b.real, imag: b.imag }),
    }),
    nb_subtract: binary({
      both: (a, b) => ({ real: a.real - b.real, imag: a.imag - b.imag }),
      withReal: (a, b) => ({ real: a.real - b, imag: a.imag }),
      realWith: (a, b) => ({ real: a - b.real, imag: -b.imag }),
    }),
    nb_multiply: binary({
      both: complexMul,
      withReal: (a, b) => ({ real: a.real * b, imag: a.imag * b }),
      realWith: (a, b) => ({ real: a * b.real, imag: a * b.imag }),
    }),
    nb_true_divide: binary({
      both: divide,
      withReal: (a, b) => (b === 0 ? raiseZeroDivision('division by zero') : { real: a.real / b, imag: a.imag / b }),
      realWith: (a, b) => complexRealDiv(a, b) ?? raiseZeroDivision('division by zero'),
    }),
    nb_power: complex_pow,
    nb_negative: (_t, self: PyComplex) => newComplex(-self.real, -self.imag),
    nb_positive: complex_complex,
    nb_absolute: complex_absolute,
    nb_bool: (_t, self: PyComplex) => self.real !== 0 || self.imag !== 0,
  },
  methods: {
    from_number: [complex_from_number, '($type, number, /)', 'Convert number to a complex floating-point number.', 'class'],
    conjugate: [(_t, self: PyComplex) => newComplex(self.real, -self.imag), '($self, /)', 'Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j.'],
    __complex__: [complex_complex, '($self, /)', 'Convert this value to exact type complex.'],
    __getnewargs__: [(_t, self: PyComplex) => newTuple([newFloat(self.real), newFloat(self.imag)]), '($self, /)', ''],
    __format__: [complex_format, '($self, format_spec, /)', 'Convert to a string according to format_spec.'],
  },
  getset: {
    real: { get: (_t, self) => newFloat((self as PyComplex).real), doc: 'the real part of a complex number', member: true },
    imag: { get: (_t, self) => newFloat((self as PyComplex).imag), doc: 'the imaginary part of a complex number', member: true },
  },
});
