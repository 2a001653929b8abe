/**
 * exp and ln to any number of digits, in binary fixed point on bigints: x stands for x / 2**bits.
 *
 * exp: the argument is halved about sqrt(bits) times, a Taylor series of about sqrt(bits) terms, as many squarings. ln: Newton's (Halley's) iteration on
 * exp from a double, three times the digits in each step. ln 2 and ln 10: series of atanh of small fractions by binary splitting, kept.
 * All approximations are good to a few units of the last digit asked for.
 */
import { intSub, type Int } from '../int-arith.ts';
import { adjusted, bitLength, countDigits, pow10, type Dec } from './number.ts';

const BITS_PER_DIGIT = 3.3219280948873626;
const EXTRA_BITS = 32;

/** A value near coefficient * 10**exponent: less than ten units of the coefficient away. */
export interface Approximation {
  readonly coefficient: bigint;
  readonly exponent: Int;
}

/** Sums of binary splitting over terms [from, to) of atanh(1/q): sum = t / (b * d). */
function splitAtanh(q2: bigint, from: number, to: number): { d: bigint; b: bigint; t: bigint } {
  if (to - from === 1) return { d: q2, b: BigInt(2 * from + 1), t: 1n };
  const middle = (from + to) >> 1;
  const left = splitAtanh(q2, from, middle);
  const right = splitAtanh(q2, middle, to);
  return { d: left.d * right.d, b: left.b * right.b, t: left.t * right.b * right.d + right.t * left.b };
}

/** atanh(1/q) in fixed point. */
function atanhOfInverse(q: number, bits: number): bigint {
  const terms = Math.ceil(bits / (2 * Math.log2(q))) + 2;
  const q2 = BigInt(q) * BigInt(q);
  const { d, b, t } = splitAtanh(q2, 0, terms);
  return ((t * BigInt(q)) << BigInt(bits)) / (b * d);
}

/** Declared cache: the constants to the most bits asked for so far. */
const constants = new Map<'ln2' | 'ln10', { bits: number; value: bigint }>();

function constant(name: 'ln2' | 'ln10', bits: number): bigint {
  let known = constants.get(name);
  if (known === undefined || known.bits < bits) {
    const wide = bits + 64;
    const parts = [atanhOfInverse(31, wide), atanhOfInverse(49, wide), atanhOfInverse(161, wide)] as const;
    // 2, 5 and so 10 as products of powers of 32/30, 50/48 and 162/160.
    const ln2 = 14n * parts[0] + 10n * parts[1] + 6n * parts[2];
    const ln5 = 32n * parts[0] + 24n * parts[1] + 14n * parts[2];
    known = { bits: wide, value: name === 'ln2' ? ln2 : ln2 + ln5 };
    constants.set(name, known);
  }
  return known.value >> BigInt(known.bits - bits);
}

/** e**x for 0 <= x < 1 in fixed point. */
function fixedExp(x: bigint, bits: number): bigint {
  const halvings = Math.floor(Math.sqrt(bits)) + 8;
  const wide = bits + 2 * halvings + 16;
  const shift = BigInt(wide);
  const reduced = x << BigInt(wide - bits - halvings);
  const one = 1n << shift;
  let sum = one + reduced;
  let term = reduced;
  for (let n = 2n; term !== 0n; n += 1n) {
    term = ((term * reduced) >> shift) / n;
    sum += term;
  }
  for (let i = 0; i < halvings; i++) sum = (sum * sum) >> shift;
  return sum >> BigInt(wide - bits);
}

/** ln(m) for 1 <= m < 2 in fixed point, by iteration on exp. */
function fixedLn(m: bigint, bits: number): bigint {
  const start = 48;
  const top = Number(m >> BigInt(Math.max(0, bits - 52))) / 2 ** Math.min(bits, 52);
  let known = start;
  let value = BigInt(Math.round(Math.log(top) * 2 ** 52)) << BigInt(Math.max(0, bits - 52));
  if (bits < 52) value >>= BigInt(52 - bits);
  while (known < bits + 8) {
    known = Math.min(3 * known - 8, bits + 8);
    const step = Math.min(bits, known + 16);
    const down = BigInt(bits - step);
    const y = value >> down;
    const target = m >> down;
    // A guess below 0 stands for a number just above 1.
    const power = y < 0n ? ((1n << BigInt(2 * step)) / fixedExp(-y, step)) : fixedExp(y, step);
    const correction = ((2n * (target - power)) << BigInt(step)) / (target + power);
    value = (y + correction) << down;
  }
  return value;
}

/** A finite number in fixed point, cut off. */
function toFixed(a: Dec, bits: number): bigint {
  const shifted = a.coefficient << BigInt(bits);
  return a.exponent >= 0 ? shifted * pow10(a.exponent) : shifted / pow10(intSub(0, a.exponent));
}

/** Fixed point as a coefficient of about `digits` digits and an exponent. */
function fromFixed(value: bigint, bits: number, digits: number, exponent: Int): Approximation {
  const whole = Math.floor((bitLength(value) - bits) / BITS_PER_DIGIT);
  const places = digits - whole;
  const coefficient = places >= 0 ? (value * pow10(places)) >> BigInt(bits) : (value >> BigInt(bits)) / pow10(-places);
  return { coefficient, exponent: intSub(exponent, places) };
}

/** e**a */
export function approximateExp(a: Dec, digits: number): Approximation {
  const size = Math.max(0, Number(adjusted(a)) + 1);
  const bits = Math.ceil((digits + size) * BITS_PER_DIGIT) + EXTRA_BITS;
  const ln10 = constant('ln10', bits);
  const x = toFixed(a, bits) * (a.negative ? -1n : 1n);
  let tens = x / ln10;
  let rest = x - tens * ln10;
  if (rest < 0n) {
    rest += ln10;
    tens -= 1n;
  }
  // The rest is below ln 10: once more by powers of two.
  const ln2 = constant('ln2', bits);
  const twos = rest / ln2;
  const power = fixedExp(rest - twos * ln2, bits) << twos;
  const exponent = tens >= -(2n ** 53n) && tens <= 2n ** 53n ? Number(tens) : tens;
  return fromFixed(power, bits, digits, exponent);
}

/** The magnitude of ln(a) in fixed point with about `digits` correct digits; a is not 1. */
function lnFixed(a: Dec, digits: number): { value: bigint; bits: number } {
  const first = adjusted(a);
  // Near 1 the logarithm is about a - 1, whose leading zeros cost digits.
  const near = first === 0 || first === -1 ? leadingZeros(a) : 0;
  const bits = Math.ceil((digits + near + String(first).length) * BITS_PER_DIGIT) + EXTRA_BITS;
  const scaledExponent = intSub(0, a.digits - 1);
  const mantissa = toFixed(a.with({ exponent: scaledExponent }), bits);
  const twos = bitLength(mantissa) - 1 - bits;
  let sum = fixedLn(twos >= 0 ? mantissa >> BigInt(twos) : mantissa << BigInt(-twos), bits) + BigInt(twos) * constant('ln2', bits);
  sum += BigInt(first) * constant('ln10', bits);
  return { value: sum < 0n ? -sum : sum, bits };
}

/** Zeros or nines behind the point before the first other digit, for numbers from 0.1 to 10. */
function leadingZeros(a: Dec): number {
  const unit = a.exponent <= 0 ? pow10(intSub(0, a.exponent)) : 1n;
  const difference = a.coefficient > unit ? a.coefficient - unit : unit - a.coefficient;
  return Math.max(0, countDigits(unit) - countDigits(difference));
}

/** ln(a), its magnitude */
export function approximateLn(a: Dec, digits: number): Approximation {
  const { value, bits } = lnFixed(a, digits + 2);
  return fromFixed(value, bits, digits, 0);
}

/** log10(a), its magnitude */
export function approximateLog10(a: Dec, digits: number): Approximation {
  const { value, bits } = lnFixed(a, digits + 4);
  return fromFixed((value << BigInt(bits)) / constant('ln10', bits), bits, digits, 0);
}

