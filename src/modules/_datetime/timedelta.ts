/** `datetime.timedelta`. */
import { PyFloat } from '../../core/scalars.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { floatAsIntegerRatio, roundHalfEven } from '../../objects/algorithms/float-repr.ts';
import { hashTuple } from '../../objects/algorithms/hash.ts';
import { intTrueDiv, normalizeInt } from '../../objects/algorithms/int-arith.ts';
import { orderResult } from '../../objects/compare.ts';
import { newFloat, newTuple, NOT_IMPLEMENTED } from '../../objects/make.ts';
import { intOfDouble } from '../../objects/numbers.ts';
import { raiseOverflowError, raiseTypeError, raiseValueError, raiseZeroDivision, typeName } from '../../objects/raise.ts';
import { callMethod } from '../../objects/call.ts';
import { PyTuple } from '../../core/containers.ts';
import { toIndex } from '../../objects/operators.ts';
import { FLOAT_TYPE } from '../../objects/static-types.ts';
import { asInt } from '../../objects/type-of.ts';
import { readyType } from '../../objects/type-ready.ts';
import type { CompareOp } from '../../core/type.ts';
import { bindFields, type FieldNames } from './arguments.ts';
import { compareDeltas, DELTA_TYPE, deltaMicros, deltaOfMicros, newDelta, PyDelta } from './records.ts';

/** Parameters in their order, with the microseconds that one of them is. */
const UNITS: readonly (readonly [name: string, micros: number])[] = [
  ['days', 86_400_000_000], ['seconds', 1_000_000], ['microseconds', 1], ['milliseconds', 1000], ['minutes', 60_000_000], ['hours', 3_600_000_000],
  ['weeks', 604_800_000_000],
];
const PARAMETERS: FieldNames = { names: UNITS.map(([name]) => name), required: 0, positional: UNITS.length, who: '__new__()' };
/** Microseconds, milliseconds, seconds, ...: from small to large, as C adds them up. */
const ADDING_ORDER = [2, 3, 1, 4, 5, 0, 6] as const;

/** Whole microseconds of the arguments so far, and the fraction of one that floats have left over. */
interface Sum {
  whole: bigint;
  fraction: number;
}

function addUnit(sum: Sum, value: Value, index: number): void {
  const [name, factor] = UNITS[index]!;
  const int = asInt(value);
  if (int !== undefined) {
    sum.whole += BigInt(int) * BigInt(factor);
    return;
  }
  if (!(value instanceof PyFloat)) raiseTypeError(`unsupported type for timedelta ${name} component: ${typeName(value)}`);
  const whole = Math.trunc(value.value);
  sum.whole += BigInt(intOfDouble(whole)) * BigInt(factor);
  const micros = factor * (value.value - whole);
  const wholeMicros = Math.trunc(micros);
  sum.whole += BigInt(wholeMicros);
  sum.fraction += micros - wholeMicros;
}

/** The fraction rounded so that the sum with `whole` is rounded half to even. */
function roundedFraction({ whole, fraction }: Sum): bigint {
  const rounded = Math.round(Math.abs(fraction)) * Math.sign(fraction);
  if (Math.abs(rounded - fraction) !== 0.5) return BigInt(rounded + 0);
  const odd = whole % 2n === 0n ? 0 : 1;
  return BigInt(2 * roundHalfEven((fraction + odd) * 0.5) - odd);
}

function delta_new(_t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const parts = bindFields(PARAMETERS, args, keywords);
  const sum: Sum = { whole: 0n, fraction: 0 };
  for (const index of ADDING_ORDER) {
    const value: Maybe = parts[index];
    if (value !== undefined) addUnit(sum, value, index);
  }
  return deltaOfMicros(sum.fraction === 0 ? sum.whole : sum.whole + roundedFraction(sum), type);
}

/** a / b rounded half to even; raises ZeroDivisionError. */
function divideNearest(a: bigint, b: bigint): bigint {
  if (b === 0n) raiseZeroDivision('division by zero');
  let quotient = floorDivide(a, b);
  const twice = 2n * (a - quotient * b);
  const up = b > 0n ? twice > b : twice < b;
  if (up || (twice === b && quotient % 2n !== 0n)) quotient += 1n;
  return quotient;
}

function floorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) raiseZeroDivision('division by zero');
  const quotient = a / b;
  return a < 0n !== b < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

function ratioOf(t: Thread, given: PyFloat): [bigint, bigint] {
  const { value } = given;
  if (given.type !== FLOAT_TYPE) return ratioByMethod(t, given);
  if (value !== value) raiseValueError('cannot convert NaN to integer ratio');
  if (!Number.isFinite(value)) raiseOverflowError('cannot convert Infinity to integer ratio');
  const [numerator, denominator] = floatAsIntegerRatio(value);
  return [BigInt(numerator), BigInt(denominator)];
}

/** `as_integer_ratio` of a float subclass, which may have its own. */
function ratioByMethod(t: Thread, given: PyFloat): [bigint, bigint] {
  const pair = callMethod(t, given, 'as_integer_ratio');
  if (!(pair instanceof PyTuple)) raiseTypeError(`unexpected return type from as_integer_ratio(): expected tuple, not '${typeName(pair)}'`);
  if (pair.items.length !== 2) raiseValueError('unexpected return type from as_integer_ratio(): expected a 2-tuple');
  return [BigInt(toIndex(t, pair.items[0]!)), BigInt(toIndex(t, pair.items[1]!))];
}

function scale(t: Thread, delta: PyDelta, factor: Value): Value {
  const int = asInt(factor);
  if (int !== undefined) return deltaOfMicros(deltaMicros(delta) * BigInt(int));
  if (!(factor instanceof PyFloat)) return NOT_IMPLEMENTED;
  const [numerator, denominator] = ratioOf(t, factor);
  return deltaOfMicros(divideNearest(deltaMicros(delta) * numerator, denominator));
}

function delta_multiply(t: Thread, left: Value, right: Value): Value {
  return left instanceof PyDelta ? scale(t, left, right) : right instanceof PyDelta ? scale(t, right, left) : NOT_IMPLEMENTED;
}

function delta_floor_divide(_t: Thread, left: Value, right: Value): Value {
  if (!(left instanceof PyDelta)) return NOT_IMPLEMENTED;
  if (right instanceof PyDelta) return normalizeInt(floorDivide(deltaMicros(left), deltaMicros(right)));
  const int = asInt(right);
  return int === undefined ? NOT_IMPLEMENTED : deltaOfMicros(floorDivide(deltaMicros(left), BigInt(int)));
}

function delta_true_divide(t: Thread, left: Value, right: Value): Value {
  if (!(left instanceof PyDelta)) return NOT_IMPLEMENTED;
  const micros = deltaMicros(left);
  if (right instanceof PyDelta) {
    const divisor = deltaMicros(right);
    return divisor === 0n ? raiseZeroDivision('division by zero') : newFloat(intTrueDiv(normalizeInt(micros), normalizeInt(divisor)));
  }
  const int = asInt(right);
  if (int !== undefined) return deltaOfMicros(divideNearest(micros, BigInt(int)));
  if (!(right instanceof PyFloat)) return NOT_IMPLEMENTED;
  const [numerator, denominator] = ratioOf(t, right);
  return deltaOfMicros(divideNearest(micros * denominator, numerator));
}

/** Both quotient and rest of two timedeltas; NotImplemented for others. */
function delta_divmod(_t: Thread, left: Value, right: Value): Value {
  if (!(left instanceof PyDelta) || !(right instanceof PyDelta)) return NOT_IMPLEMENTED;
  const [a, b] = [deltaMicros(left), deltaMicros(right)];
  const quotient = floorDivide(a, b);
  return newTuple([normalizeInt(quotient), deltaOfMicros(a - quotient * b)]);
}

function delta_remainder(_t: Thread, left: Value, right: Value): Value {
  if (!(left instanceof PyDelta) || !(right instanceof PyDelta)) return NOT_IMPLEMENTED;
  const [a, b] = [deltaMicros(left), deltaMicros(right)];
  return deltaOfMicros(a - floorDivide(a, b) * b);
}

/** a + b */
export function addDeltas(a: PyDelta, b: PyDelta): PyDelta {
  return newDelta(a.days + b.days, a.seconds + b.seconds, a.micros + b.micros);
}

/** a - b */
export function subtractDeltas(a: PyDelta, b: PyDelta): PyDelta {
  return newDelta(a.days - b.days, a.seconds - b.seconds, a.micros - b.micros);
}

function delta_negative(_t: Thread, self: PyDelta): PyDelta {
  return newDelta(-self.days, -self.seconds, -self.micros);
}

function delta_positive(_t: Thread, self: PyDelta): PyDelta {
  return newDelta(self.days, self.seconds, self.micros);
}

function delta_richcompare(_t: Thread, self: PyDelta, other: Value, op: CompareOp): Value {
  return other instanceof PyDelta ? orderResult(compareDeltas(self, other), op) : NOT_IMPLEMENTED;
}

function delta_repr(t: Thread, self: PyDelta): string {
  const parts = [['days', self.days], ['seconds', self.seconds], ['microseconds', self.micros]].filter(([, value]) => value !== 0);
  const text = parts.map(([name, value]) => `${name}=${value}`).join(', ');
  return `${typeName(self)}(${text === '' ? '0' : text})`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** str(timedelta): `[days, ]h:mm:ss[.ffffff]` */
export function deltaText({ days, seconds, micros }: PyDelta): string {
  const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = micros === 0 ? '' : `.${String(micros).padStart(6, '0')}`;
  return `${days === 0 ? '' : `${days} day${Math.abs(days) === 1 ? '' : 's'}, `}${clock}${fraction}`;
}

/** hash(timedelta) */
export function hashDelta(self: PyDelta): ReturnType<typeof hashTuple> {
  return (self.hash ??= hashTuple([self.days, self.seconds, self.micros]));
}

readyType(DELTA_TYPE, {
  doc: 'Difference between two datetime values.\n\ntimedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)\n\nAll arguments are optional and default to 0.\nArguments may be integers or floats, and may be positive or negative.',
  slots: {
    tp_alloc: (type) => new PyDelta(type, 0, 0, 0),
    tp_new: delta_new,
    tp_repr: delta_repr,
    tp_str: (_t, self: PyDelta) => deltaText(self),
    tp_hash: (_t, self: PyDelta) => hashDelta(self),
    tp_richcompare: delta_richcompare,
    nb_add: (_t, left, right) => (left instanceof PyDelta && right instanceof PyDelta ? addDeltas(left, right) : NOT_IMPLEMENTED),
    nb_subtract: (_t, left, right) => (left instanceof PyDelta && right instanceof PyDelta ? subtractDeltas(left, right) : NOT_IMPLEMENTED),
    nb_multiply: delta_multiply,
    nb_remainder: delta_remainder,
    nb_divmod: delta_divmod,
    nb_negative: delta_negative,
    nb_positive: delta_positive,
    nb_absolute: (t, self: PyDelta) => (self.days < 0 ? delta_negative(t, self) : delta_positive(t, self)),
    nb_bool: (_t, self: PyDelta) => self.days !== 0 || self.seconds !== 0 || self.micros !== 0,
    nb_floor_divide: delta_floor_divide,
    nb_true_divide: delta_true_divide,
  },
  methods: {
    total_seconds: [(_t: Thread, self: PyDelta) => newFloat(intTrueDiv(normalizeInt(deltaMicros(self)), 1_000_000)), '($self, /)', 'Total seconds in the duration.'],
    __reduce__: [(_t: Thread, self: PyDelta) => newTuple([self.type, newTuple([self.days, self.seconds, self.micros])]), '($self, /)', '__reduce__() -> (cls, state)'],
  },
  getset: {
    days: { get: (_t, self) => (self as PyDelta).days, doc: 'Number of days.', member: true },
    seconds: { get: (_t, self) => (self as PyDelta).seconds, doc: 'Number of seconds (>= 0 and less than 1 day).', member: true },
    microseconds: { get: (_t, self) => (self as PyDelta).micros, doc: 'Number of microseconds (>= 0 and less than 1 second).', member: true },
  },
  attributes: {
    resolution: new PyDelta(DELTA_TYPE, 0, 0, 1),
    min: new PyDelta(DELTA_TYPE, -999_999_999, 0, 0),
    max: new PyDelta(DELTA_TYPE, 999_999_999, 86399, 999_999),
  },
});
