/** The type `decimal.Decimal`. */
import { PyComplex, PyFloat } from '../../core/scalars.ts';
import { withQuietForm } from '../../core/quiet.ts';
import type { CompareOp, KeywordNames, PyType } from '../../core/type.ts';
import { EQ, NE } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Int, Maybe, Value } from '../../core/value.ts';
import {
  decAbs, decAdd, decDivide, decDivideInteger, decDivmod, decFma, decMinus, decMultiply, decPlus, decQuantize, decRemainder, decSubtract, decToIntegral,
} from '../../objects/algorithms/decimal/arithmetic.ts';
import { decOrder, sameQuantum } from '../../objects/algorithms/decimal/compare.ts';
import { FLOAT_OPERATION, INVALID_OPERATION, maxLimits, type Limits, type Rounding } from '../../objects/algorithms/decimal/context.ts';
import { numberClass } from '../../objects/algorithms/decimal/digits.ts';
import { decPower, decPowerModulo } from '../../objects/algorithms/decimal/functions.ts';
import { adjusted, finite, isNaN, ofInt, pow10, toBigInt, withSign, ZERO, type Dec } from '../../objects/algorithms/decimal/number.ts';
import { decimalText, shortDecimal } from '../../objects/algorithms/decimal/text.ts';
import { parseFloatText } from '../../objects/algorithms/float-repr.ts';
import { intGcd, intPowMod, intSub, normalizeInt } from '../../objects/algorithms/int-arith.ts';
import { getAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { orderResult } from '../../objects/compare.ts';
import { DeprecationWarning } from '../../objects/exception-types.ts';
import { warn } from '../../objects/warn-hook.ts';
import { objectHash } from '../../objects/hash-value.ts';
import { newComplex, newFloat, newTuple, NOT_IMPLEMENTED } from '../../objects/make.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { NativeDefinition } from '../../core/native.ts';
import { raiseOverflowError, raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { importModule } from '../../objects/import-hook.ts';
import { asInt, asStr } from '../../objects/type-of.ts';
import { readyType, type MethodRow } from '../../objects/type-ready.ts';
import { isTrue } from '../../objects/truth.ts';
import { knownRounding, roundingArgument } from './context.ts';
import { decimalFrom, fromFloat, fromNumber, modest, ofDouble, operand, requireOperand } from './convert.ts';
import { formatDecimal } from './format.ts';
import { BINARY, PREDICATES, RANGE_PREDICATES, UNARY, type BinaryOperation } from './operations.ts';
import { contextArgument, currentContext, DECIMAL_TYPE, newDecimal, PyDecimal, settle, settleQuietly, signal, type PyDecimalContext } from './records.ts';

const NEW = new NativeDefinition('Decimal', () => null, '(value="0", context=None)', '', 'method');

function decimal_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  if (keywords === null && args.length === 1) return decimalFrom(currentContext(t), type, args[0]);
  const [value, context] = bindArguments(NEW, 'Decimal', null, false, args, keywords) as Maybe[];
  return decimalFrom(contextArgument(t, context), type, value);
}

/** `Decimal(value)` of an int or of a short number in a str, and `Decimal()`. */
withQuietForm(decimal_new, {
  call: (t: Thread, value: Maybe, context: Maybe): Maybe => {
    const exact = typeof value === 'string' ? shortDecimal(value) : typeof value === 'number' ? ofInt(value) : value === undefined ? ZERO : undefined;
    if (exact === undefined || context !== undefined) return undefined;
    // Whoever makes the first number of a thread gets its context made, as ever.
    currentContext(t);
    return newDecimal(exact);
  },
  effect: 'new', result: DECIMAL_TYPE,
});

// Operators

/** A slot for two operands that are Decimal or int, with the form that compiled code calls. */
function binary(operation: BinaryOperation, quiet: (t: Thread, left: Value, right: Value) => Maybe): (t: Thread, left: Value, right: Value) => Value {
  return withQuietForm((t: Thread, left: Value, right: Value) => {
    const a = operand(left);
    if (a === undefined) return NOT_IMPLEMENTED;
    const b = operand(right);
    if (b === undefined) return NOT_IMPLEMENTED;
    const context = currentContext(t);
    return settle(context, operation(context, a, b));
  }, { call: quiet, effect: 'new', result: DECIMAL_TYPE });
}

// One function for each, so that the engine knows which operation it calls. @hot bench/programs/decimals.py

function quietAdd(t: Thread, left: Value, right: Value): Maybe {
  const context = currentContext(t);
  const a = modest(context, left);
  const b = modest(context, right);
  return a === undefined || b === undefined ? undefined : settleQuietly(context, decAdd(context, a, b));
}

function quietSubtract(t: Thread, left: Value, right: Value): Maybe {
  const context = currentContext(t);
  const a = modest(context, left);
  const b = modest(context, right);
  return a === undefined || b === undefined ? undefined : settleQuietly(context, decSubtract(context, a, b));
}

function quietMultiply(t: Thread, left: Value, right: Value): Maybe {
  const context = currentContext(t);
  const a = modest(context, left);
  const b = modest(context, right);
  return a === undefined || b === undefined ? undefined : settleQuietly(context, decMultiply(context, a, b));
}

function quietDivide(t: Thread, left: Value, right: Value): Maybe {
  const context = currentContext(t);
  const a = modest(context, left);
  const b = modest(context, right);
  return a === undefined || b === undefined ? undefined : settleQuietly(context, decDivide(context, a, b));
}

/** For operators that are seldom: the slot says. */
const leave = (): undefined => undefined;

function unary(operation: (ctx: Limits, a: Dec) => Dec): (t: Thread, self: PyDecimal) => Value {
  return (t, self) => {
    const context = currentContext(t);
    return settle(context, operation(context, self.value));
  };
}

function decimal_divmod(t: Thread, left: Value, right: Value): Value {
  const [a, b] = [operand(left), operand(right)];
  if (a === undefined || b === undefined) return NOT_IMPLEMENTED;
  const context = currentContext(t);
  const [quotient, rest] = decDivmod(context, a, b);
  return newTuple([settle(context, quotient), newDecimal(rest)]);
}

function decimal_power(t: Thread, base: Value, exponent: Value, modulus: Value): Value {
  const [a, b] = [operand(base), operand(exponent)];
  if (a === undefined || b === undefined) return NOT_IMPLEMENTED;
  const context = currentContext(t);
  if (modulus === null) return settle(context, decPower(context, a, b));
  const m = operand(modulus);
  return m === undefined ? NOT_IMPLEMENTED : settle(context, decPowerModulo(context, a, b, m));
}

// Comparison

function isRational(t: Thread, value: Value): boolean {
  const rational = getAttr(t, importModule(t, 'numbers'), 'Rational');
  return isTrue(t, call(t, getAttr(t, importModule(t, 'builtins'), 'isinstance'), [value, rational]));
}

function wholeOf(t: Thread, value: Value, name: string): Dec {
  return ofInt(asInt(getAttr(t, value, name)) ?? raiseTypeError(`${name} must be an integer`));
}

/** The two numbers to compare: exact values, a fraction's by its numerator and the other's product with its denominator; undefined when not comparable. */
function comparands(t: Thread, context: PyDecimalContext, self: Dec, other: Value, op: CompareOp): [Dec, Dec] | undefined {
  const direct = operand(other);
  if (direct !== undefined) return [self, direct];
  const equality = op === EQ || op === NE;
  if (other instanceof PyComplex) {
    if (!equality || other.imag !== 0) return undefined;
    context.flags |= FLOAT_OPERATION;
    return [self, ofDouble(other.real)];
  }
  if (other instanceof PyFloat) {
    if (equality) context.flags |= FLOAT_OPERATION;
    else signal(context, FLOAT_OPERATION);
    return [self, ofDouble(other.value)];
  }
  if (other === null || typeof other !== 'object' || !isRational(t, other)) return undefined;
  const denominator = wholeOf(t, other, 'denominator');
  return [self.kind === 'finite' ? decMultiply(maxLimits(), self, denominator) : self, wholeOf(t, other, 'numerator')];
}

function decimal_richcompare(t: Thread, self: PyDecimal, other: Value, op: CompareOp): Value {
  const context = currentContext(t);
  const pair = comparands(t, context, self.value, other, op);
  if (pair === undefined) return NOT_IMPLEMENTED;
  const [a, b] = pair;
  if (!isNaN(a) && !isNaN(b)) return orderResult(decOrder(a, b), op);
  // Signaling NaNs signal in every comparison, quiet ones when asked for an order.
  if (a.kind === 'snan' || b.kind === 'snan' || (op !== EQ && op !== NE)) signal(context, INVALID_OPERATION);
  return op === NE;
}

withQuietForm(decimal_richcompare, {
  call: (t: Thread, self: PyDecimal, other: Value, op: CompareOp): Maybe => {
    const context = currentContext(t);
    const a = modest(context, self);
    const b = modest(context, other);
    return a === undefined || b === undefined ? undefined : orderResult(decOrder(a, b), op);
  },
  effect: 'value', result: 'bool',
});

const MODULUS = (1n << 61n) - 1n;

function hashFinite(a: Dec): Int {
  const scale = intPowMod(10, a.exponent, normalizeInt(MODULUS))!;
  const magnitude = ((a.coefficient % MODULUS) * BigInt(scale)) % MODULUS;
  const hash = normalizeInt(a.negative ? -magnitude : magnitude);
  return hash === -1 ? -2 : hash;
}

function decimal_hash(t: Thread, self: PyDecimal): Int {
  const { value } = self;
  if (value.kind === 'snan') raiseTypeError('Cannot hash a signaling NaN value');
  if (value.kind === 'qnan') return objectHash(t, self);
  if (value.kind === 'inf') return value.negative ? -314159 : 314159;
  return (self.hash ??= hashFinite(value));
}

// Conversion

function text(t: Thread, value: Dec, engineering = false): string {
  return decimalText(value, { engineering, capitals: currentContext(t).capitals === 1 });
}

/** The number rounded to an integer; raises for infinities and NaNs. */
function toInt(self: PyDecimal, rounding: Rounding): Int {
  const { value } = self;
  if (isNaN(value)) raiseValueError('cannot convert NaN to integer');
  if (value.kind === 'inf') raiseOverflowError('cannot convert Infinity to integer');
  return normalizeInt(toBigInt(decToIntegral(maxLimits(), value, rounding, /* signals */ false)));
}

function toFloat(self: PyDecimal): number {
  const { value } = self;
  if (value.kind === 'snan') raiseValueError('cannot convert signaling NaN to float');
  if (value.kind === 'qnan') return NaN;
  return parseFloatText(decimalText(value))!;
}

function decimal_round(t: Thread, self: PyDecimal, ndigits: Maybe): Value {
  if (ndigits === undefined || ndigits === null) return toInt(self, 'ROUND_HALF_EVEN');
  const digits = asInt(ndigits) ?? raiseTypeError('optional arg must be an integer');
  if (digits >= 2n ** 63n || digits < -(2n ** 63n)) raiseOverflowError('Python int too large to convert to C ssize_t');
  const context = currentContext(t);
  return settle(context, decQuantize(context, self.value, finite(false, 1n, intSub(0, digits))));
}

function decimal_as_integer_ratio(_t: Thread, self: PyDecimal): Value {
  const { value } = self;
  if (isNaN(value)) raiseValueError('cannot convert NaN to integer ratio');
  if (value.kind === 'inf') raiseOverflowError('cannot convert Infinity to integer ratio');
  if (value.exponent >= 0) return newTuple([normalizeInt(toBigInt(value)), 1]);
  const denominator = pow10(intSub(0, value.exponent));
  const divisor = BigInt(intGcd(normalizeInt(value.coefficient), normalizeInt(denominator)));
  const numerator = value.coefficient / divisor;
  return newTuple([normalizeInt(value.negative ? -numerator : numerator), normalizeInt(denominator / divisor)]);
}

function decimal_as_tuple(t: Thread, self: PyDecimal): Value {
  const { value } = self;
  const digits = (coefficient: bigint): Value => newTuple(Array.from(coefficient.toString(), Number));
  const sign = value.negative ? 1 : 0;
  const make = getAttr(t, importModule(t, '_decimal'), 'DecimalTuple');
  if (value.kind === 'inf') return call(t, make, [sign, newTuple([0]), 'F']);
  if (value.kind === 'finite') return call(t, make, [sign, digits(value.coefficient), value.exponent]);
  return call(t, make, [sign, value.small === 0 ? newTuple([]) : digits(value.coefficient), value.kind === 'qnan' ? 'n' : 'N']);
}

/** The specification with type `n` for the old type `N`, which only adds capitals. */
function deprecatedUpper(t: Thread, spec: string): string {
  if (!/(?:^|[^<>=^]|[<>=^].*?)N$/u.test(spec) || /^N?[<>=^]$/.test(spec)) return spec;
  warn(t, DeprecationWarning, "Format specifier 'N' is deprecated and slated for removal in Python 3.18", 1);
  return `${spec.slice(0, -1)}n`;
}

function decimal_format(t: Thread, self: PyDecimal, spec: Value, override: Maybe): Value {
  const context = currentContext(t);
  const wanted = asStr(spec) ?? raiseTypeError('format arg must be str');
  const plain = deprecatedUpper(t, wanted);
  if (plain !== wanted) return formatDecimal(self.value, plain, { rounding: context.rounding, capitals: true, override }).toUpperCase();
  return formatDecimal(self.value, wanted, { rounding: context.rounding, capitals: context.capitals === 1, override });
}

// Methods

function decimal_quantize(t: Thread, self: PyDecimal, exp: Value, rounding: Maybe, context: Maybe): Value {
  const used = contextArgument(t, context);
  const mode = rounding === undefined || rounding === null ? used.rounding : roundingArgument(rounding);
  const other = requireOperand(exp);
  const own = used.rounding;
  used.rounding = mode;
  const result = decQuantize(used, self.value, other);
  used.rounding = own;
  return settle(used, result);
}

withQuietForm(decimal_quantize, {
  call: (t: Thread, self: PyDecimal, exp: Value, rounding?: Value, context?: Value): Maybe => {
    const used = currentContext(t);
    const a = modest(used, self);
    const b = modest(used, exp);
    const mode = rounding === undefined || rounding === null ? used.rounding : knownRounding(rounding);
    if (a === undefined || b === undefined || mode === undefined || (context ?? null) !== null) return undefined;
    const own = used.rounding;
    used.rounding = mode;
    const result = decQuantize(used, a, b);
    used.rounding = own;
    return settleQuietly(used, result);
  },
  effect: 'new', result: DECIMAL_TYPE,
});

function toIntegral(signals: boolean): (t: Thread, self: PyDecimal, rounding: Maybe, context: Maybe) => Value {
  return (t, self, rounding, context) => {
    const used = contextArgument(t, context);
    const mode = rounding === undefined || rounding === null ? used.rounding : roundingArgument(rounding);
    return settle(used, decToIntegral(used, self.value, mode, signals));
  };
}

function decimal_fma(t: Thread, self: PyDecimal, other: Value, third: Value, context: Maybe): Value {
  const used = contextArgument(t, context);
  return settle(used, decFma(used, self.value, requireOperand(other), requireOperand(third)));
}

function adjustedOf(value: Dec): Int {
  return value.kind === 'finite' ? adjusted(value) : 0;
}

function rowsOf<T>(table: Readonly<Record<string, T>>, row: (operation: T, name: string) => MethodRow): Record<string, MethodRow> {
  return Object.fromEntries(Object.entries(table).map(([name, operation]) => [name, row(operation, name)]));
}

function docOf(name: string): string {
  return `The operation "${name.replaceAll('_', '-')}" of the decimal arithmetic specification.`;
}

const METHODS: Record<string, MethodRow> = {
  ...rowsOf(UNARY, (operation, name) => [
    (t: Thread, self: PyDecimal, context: Maybe) => { const used = contextArgument(t, context); return settle(used, operation(used, self.value)); },
    '($self, /, context=None)', docOf(name),
  ]),
  ...rowsOf(BINARY, (operation, name) => [
    (t: Thread, self: PyDecimal, other: Value, context: Maybe) => { const used = contextArgument(t, context); return settle(used, operation(used, self.value, requireOperand(other))); },
    '($self, /, other, context=None)', docOf(name),
  ]),
  ...rowsOf(PREDICATES, (predicate, name) => [(t: Thread, self: PyDecimal) => predicate(currentContext(t), self.value), '($self, /)', docOf(name)]),
  ...rowsOf(RANGE_PREDICATES, (predicate, name) => [
    (t: Thread, self: PyDecimal, context: Maybe) => predicate(contextArgument(t, context), self.value), '($self, /, context=None)', docOf(name),
  ]),
};

const itself = (_t: Thread, self: PyDecimal): Value => self;

readyType(DECIMAL_TYPE, {
  doc: 'Construct a new Decimal object.\n\nvalue can be an integer, string, tuple, or another Decimal object.  If\nno value is given, return Decimal(\'0\').  The context does not affect\nthe conversion and is only passed to determine if the InvalidOperation\ntrap is active.',
  textSignature: '(value="0", context=None)',
  slots: {
    tp_alloc: (type) => new PyDecimal(type, finite(false, 0n, 0)),
    tp_new: decimal_new,
    tp_repr: (t, self: PyDecimal) => `Decimal('${text(t, self.value)}')`,
    tp_str: (t, self: PyDecimal) => text(t, self.value),
    tp_hash: decimal_hash,
    tp_richcompare: decimal_richcompare,
    nb_add: binary(decAdd, quietAdd),
    nb_subtract: binary(decSubtract, quietSubtract),
    nb_multiply: binary(decMultiply, quietMultiply),
    nb_true_divide: binary(decDivide, quietDivide),
    nb_floor_divide: binary(decDivideInteger, leave),
    nb_remainder: binary(decRemainder, leave),
    nb_divmod: decimal_divmod,
    nb_power: decimal_power,
    nb_negative: unary(decMinus),
    nb_positive: unary(decPlus),
    nb_absolute: unary(decAbs),
    nb_bool: (_t, self: PyDecimal) => self.value.kind !== 'finite' || self.value.small !== 0,
    nb_int: (_t, self: PyDecimal) => toInt(self, 'ROUND_DOWN'),
    nb_float: (_t, self: PyDecimal) => newFloat(toFloat(self)),
  },
  methods: {
    ...METHODS,
    quantize: [decimal_quantize, '($self, /, exp, rounding=None, context=None)', 'Quantize *self* so its exponent is the same as that of *exp*.'],
    to_integral: [toIntegral(false), '($self, /, rounding=None, context=None)', 'Identical to the to_integral_value() method.'],
    to_integral_value: [toIntegral(false), '($self, /, rounding=None, context=None)', 'Round to the nearest integer without signaling Inexact or Rounded.'],
    to_integral_exact: [toIntegral(true), '($self, /, rounding=None, context=None)', 'Round to the nearest integer, signaling Inexact or Rounded as appropriate.'],
    fma: [decimal_fma, '($self, /, other, third, context=None)', 'Fused multiply-add.'],
    adjusted: [(_t: Thread, self: PyDecimal) => adjustedOf(self.value), '($self, /)', 'Return the adjusted exponent (exp + digits - 1) of the number.'],
    canonical: [itself, '($self, /)', 'Return the canonical encoding of the argument.'],
    conjugate: [itself, '($self, /)', 'Return self.'],
    radix: [() => newDecimal(finite(false, 10n, 0)), '($self, /)', 'Return Decimal(10).'],
    copy_abs: [(_t: Thread, self: PyDecimal) => newDecimal(withSign(self.value, false)), '($self, /)', 'Return the absolute value of the argument.'],
    copy_negate: [(_t: Thread, self: PyDecimal) => newDecimal(withSign(self.value, !self.value.negative)), '($self, /)', 'Return the negation of the argument.'],
    number_class: [(t: Thread, self: PyDecimal, context: Maybe) => numberClass(contextArgument(t, context), self.value), '($self, /, context=None)', 'Return a string describing the class of the operand.'],
    to_eng_string: [(t: Thread, self: PyDecimal, context: Maybe) => decimalText(self.value, { engineering: true, capitals: contextArgument(t, context).capitals === 1 }), '($self, /, context=None)', 'Convert to an engineering-type string.'],
    same_quantum: [(t: Thread, self: PyDecimal, other: Value, context: Maybe) => { contextArgument(t, context); return sameQuantum(self.value, requireOperand(other)); }, '($self, /, other, context=None)', 'Test whether self and other have the same exponent or both are NaN.'],
    from_float: [(t: Thread, type: PyType, f: Value) => fromFloat(t, type, f), '($type, f, /)', 'Class method that converts a float to a decimal number, exactly.', 'class'],
    from_number: [(t: Thread, type: PyType, number: Value) => fromNumber(t, type, number), '($type, number, /)', 'Class method that converts a real number to a decimal number, exactly.', 'class'],
    as_tuple: [decimal_as_tuple, '($self, /)', 'Return a tuple representation of the number.'],
    as_integer_ratio: [decimal_as_integer_ratio, '($self, /)', 'Return a pair of integers whose ratio is exactly equal to the original.'],
    __copy__: [itself, '($self, /)', ''],
    __deepcopy__: [itself, '($self, object, /)', ''],
    __format__: [decimal_format, '!($self, format_spec, override=None, /)', 'Formats the Decimal according to format_spec.'],
    __reduce__: [(t: Thread, self: PyDecimal) => newTuple([self.type, newTuple([text(t, self.value)])]), '($self, /)', 'Return state information for pickling.'],
    __round__: [decimal_round, '!($self, ndigits=None, /)', 'Return the Integral closest to self, rounding half toward even.'],
    __ceil__: [(_t: Thread, self: PyDecimal) => toInt(self, 'ROUND_CEILING'), '($self, /)', 'Return the ceiling as an Integral.'],
    __floor__: [(_t: Thread, self: PyDecimal) => toInt(self, 'ROUND_FLOOR'), '($self, /)', 'Return the floor as an Integral.'],
    __trunc__: [(_t: Thread, self: PyDecimal) => toInt(self, 'ROUND_DOWN'), '($self, /)', 'Return the Integral closest to x between 0 and x.'],
    __complex__: [(_t: Thread, self: PyDecimal) => newComplex(toFloat(self), 0), '($self, /)', 'Convert this value to exact type complex.'],
    __sizeof__: [(_t: Thread, self: PyDecimal) => 104 + Math.max(0, Math.ceil(self.value.digits / 19) - 4) * 8, '($self, /)', 'Returns size in memory, in bytes'],
  },
  getset: { real: { get: (_t, self) => self }, imag: { get: () => newDecimal(finite(false, 0n, 0)) } },
});
