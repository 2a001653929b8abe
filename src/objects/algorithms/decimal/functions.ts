/**
 * Square root, exponential, logarithms and power.
 *
 * exp, ln and log10 are correctly rounded: an approximation with some guard digits is computed in binary fixed point (`transcendental.ts`), and
 * again with more while the digits behind the last place leave open to which side it rounds. Nothing but exact cases (exp(0), ln(1), powers of
 * ten), handled first, would leave that open for ever.
 */
import { intAdd, intSub, intPowMod, normalizeInt, type Int } from '../int-arith.ts';
import { decDivide, decMultiply, paddedOne } from './arithmetic.ts';
import { decOrder } from './compare.ts';
import {
  CLAMPED, etiny, finalize, INEXACT, invalid, OVERFLOW, propagateNan, ROUNDED, roundCoefficient, SUBNORMAL, UNDERFLOW, type Limits,
} from './context.ts';
import { adjusted, bitLength, countDigits, finite, infinity, isInteger, isZero, ofInt, ONE, pow10, toBigInt, withSign, ZERO, type Dec } from './number.ts';
import { approximateExp, approximateLn, approximateLog10, type Approximation } from './transcendental.ts';

/** No exponent has more digits. */
const EXPONENT_DIGITS = 19;
const FIRST_GUARD = 4;

/** floor(sqrt(n)), with the precision doubled in each step. */
export function bigIsqrt(n: bigint): bigint {
  if (n < 1n << 50n) return BigInt(Math.floor(Math.sqrt(Number(n))));
  const quarter = BigInt((bitLength(n) - 1) >> 2);
  const root = bigIsqrt(n >> (2n * quarter));
  let result = ((root << quarter) + (n >> quarter) / root) >> 1n;
  while (result * result > n) result -= 1n;
  while ((result + 1n) * (result + 1n) <= n) result += 1n;
  return result;
}

/** The square root, rounded half to even. */
export function decSqrt(ctx: Limits, a: Dec): Dec {
  const special = propagateNan(ctx, a);
  if (special !== null) return special;
  const even = halfExponent(a.exponent);
  if (isZero(a)) return finalize(ctx, finite(a.negative, 0n, even));
  if (a.negative) return invalid(ctx);
  if (a.kind === 'inf') return a;
  // An even exponent, and enough digits for one more than the precision in the root.
  const odd = intSub(a.exponent, intAdd(even, even)) !== 0;
  const coefficient = odd ? a.coefficient * 10n : a.coefficient;
  const shift = intSub(intAdd(ctx.prec, 1), (countDigits(coefficient) + 1) >> 1);
  const scaled = shift >= 0 ? coefficient * pow10(intAdd(shift, shift)) : coefficient / pow10(intSub(0, intAdd(shift, shift)));
  let root = bigIsqrt(scaled);
  const exact = root * root === scaled && (shift >= 0 || scaled * pow10(intSub(0, intAdd(shift, shift))) === coefficient);
  let exponent = intSub(even, shift);
  if (!exact) {
    if (root % 5n === 0n) root += 1n;
  } else if (shift >= 0) {
    root /= pow10(shift);
    exponent = even;
  }
  const local: Limits = { ...ctx, rounding: 'ROUND_HALF_EVEN', status: 0 };
  const result = finalize(local, finite(false, root, exponent));
  ctx.status |= local.status;
  return result;
}

function halfExponent(exponent: Int): Int {
  return typeof exponent === 'number' ? Math.floor(exponent / 2) : normalizeInt(exponent >> 1n);
}

/** Asks for approximations with more and more digits until they round to `prec` digits without doubt, half to even. */
function roundedSurely(ctx: Limits, negative: boolean, approximate: (digits: number) => Approximation): Dec {
  const prec = Number(ctx.prec);
  for (let guard = FIRST_GUARD; ; guard *= 2) {
    const { coefficient, exponent } = approximate(prec + guard);
    const digits = countDigits(coefficient);
    const shift = digits - prec;
    const low = roundCoefficient(coefficient - 10n, digits, shift, false, 'ROUND_HALF_EVEN').coefficient;
    const high = roundCoefficient(coefficient + 10n, digits, shift, false, 'ROUND_HALF_EVEN').coefficient;
    if (low !== high) continue;
    const local: Limits = { ...ctx, rounding: 'ROUND_HALF_EVEN', status: 0 };
    const result = finalize(local, finite(negative, low, intAdd(exponent, shift)));
    ctx.status |= local.status | INEXACT | ROUNDED;
    // A result that was rounded exactly to subnormal is inexact all the same.
    if ((local.status & SUBNORMAL) !== 0) ctx.status |= UNDERFLOW;
    return result;
  }
}

function underflowed(ctx: Limits): Dec {
  ctx.status |= INEXACT | ROUNDED | SUBNORMAL | UNDERFLOW | CLAMPED;
  return finite(false, 0n, etiny(ctx));
}

function overflowed(ctx: Limits): Dec {
  ctx.status |= OVERFLOW | INEXACT | ROUNDED;
  return infinity(false);
}

/** e**a, rounded half to even. */
export function decExp(ctx: Limits, a: Dec): Dec {
  const special = propagateNan(ctx, a);
  if (special !== null) return special;
  if (a.kind === 'inf') return a.negative ? ZERO : a;
  if (isZero(a)) return ONE;
  const size = adjusted(a);
  if (size > EXPONENT_DIGITS + 1) return a.negative ? underflowed(ctx) : overflowed(ctx);
  // Nearer to 1 than any digit shows.
  if (size < intSub(-2, ctx.prec)) {
    ctx.status |= INEXACT | ROUNDED;
    return finalize(ctx, paddedOne(ctx, false));
  }
  // exp(a) = 10**(a / ln 10): far beyond the range there is nothing to compute.
  const decimalExponent = Number(`${a.negative ? '-' : ''}${a.coefficient.toString().slice(0, 17)}e${intAdd(a.exponent, Math.max(0, a.digits - 17))}`) / Math.LN10;
  if (decimalExponent > Number(ctx.emax) * (1 + 1e-12) + 2) return overflowed(ctx);
  if (decimalExponent < Number(etiny(ctx)) * (1 + 1e-12) - 2) return underflowed(ctx);
  return roundedSurely(ctx, false, (digits) => approximateExp(a, digits));
}

/** The exponent of a power of ten; null for other numbers. */
function powerOfTen(a: Dec): Int | null {
  const text = a.coefficient.toString();
  return /^10*$/.test(text) ? intAdd(a.exponent, text.length - 1) : null;
}

function logarithm(ctx: Limits, a: Dec, exact: (a: Dec) => Dec | null, approximate: (a: Dec, digits: number) => Approximation): Dec {
  const special = propagateNan(ctx, a);
  if (special !== null) return special;
  if (isZero(a)) return infinity(true);
  if (a.negative) return invalid(ctx);
  if (a.kind === 'inf') return a;
  const known = exact(a);
  if (known !== null) return finalize(ctx, known);
  return roundedSurely(ctx, decOrder(a, ONE) < 0, (digits) => approximate(a, digits));
}

/** The natural logarithm, rounded half to even. */
export function decLn(ctx: Limits, a: Dec): Dec {
  return logarithm(ctx, a, (x) => (decOrder(x, ONE) === 0 ? ZERO : null), approximateLn);
}

/** The logarithm to base ten, rounded half to even. */
export function decLog10(ctx: Limits, a: Dec): Dec {
  const exact = (x: Dec): Dec | null => {
    const power = powerOfTen(x);
    return power === null ? null : ofInt(power);
  };
  return logarithm(ctx, a, exact, approximateLog10);
}

// Power

/** base**exponent for an exponent that is a whole number, by squaring with some digits more than the precision. */
function powerInteger(ctx: Limits, base: Dec, exponent: Dec, negative: boolean): Dec {
  const work: Limits = { ...ctx, prec: intAdd(ctx.prec, intAdd(intAdd(exponent.digits, exponent.exponent), 2)), rounding: 'ROUND_HALF_EVEN', clamp: 0, status: 0 };
  let factor = withSign(base, false);
  if (exponent.negative) factor = decDivide({ ...work, prec: intAdd(work.prec, 1) }, ONE, factor);
  const bits = toBigInt(withSign(exponent, false)).toString(2);
  let result = factor;
  for (let i = 1; i < bits.length; i++) {
    result = decMultiply(work, result, result);
    if (bits[i] === '1') result = decMultiply(work, result, factor);
    if (result.kind !== 'finite' || (result.small === 0 && (work.status & CLAMPED) !== 0)) break;
  }
  ctx.status |= work.status;
  // An infinity stands for "too large"; the rounding mode says what becomes of it.
  const settled = result.kind === 'inf' ? finite(negative, 1n, intAdd(ctx.emax, 1)) : withSign(result, negative);
  return finalize(ctx, settled);
}

/** base**exponent by exp(exponent * ln(base)). */
function powerReal(ctx: Limits, base: Dec, exponent: Dec): Dec {
  const digits = ctx.prec > base.digits ? ctx.prec : base.digits;
  const work: Limits = { ...ctx, prec: intAdd(digits, 4 + EXPONENT_DIGITS), rounding: 'ROUND_HALF_EVEN', clamp: 0, status: 0, emax: 999999999999999999n, emin: -999999999999999999n };
  let result = decExp(work, decMultiply(work, exponent, decLn(work, base)));
  ctx.status |= INEXACT | ROUNDED;
  if (result.kind === 'inf') result = finite(false, 1n, intAdd(ctx.emax, 1));
  else if (isZero(result)) result = finite(false, 1n, intSub(etiny(ctx), intAdd(ctx.prec, 1)));
  if (decOrder(result, ONE) === 0) result = paddedOne(ctx, false);
  return finalize(ctx, result);
}

/** base**exponent where the base is 1 or -1. */
function powerOfOne(ctx: Limits, base: Dec, exponent: Dec, negative: boolean): Dec {
  if (!isInteger(exponent)) {
    ctx.status |= INEXACT | ROUNDED;
    return paddedOne(ctx, negative);
  }
  if (exponent.negative) return finite(negative, 1n, 0);
  const zeros = BigInt(intSub(0, base.exponent)) * (adjusted(exponent) > 20 ? BigInt(ctx.prec) : toBigInt(exponent));
  const room = BigInt(intSub(ctx.prec, 1));
  if (zeros > room) ctx.status |= ROUNDED;
  const places = normalizeInt(zeros > room ? room : zeros < 0n ? 0n : zeros);
  return finite(negative, pow10(places), intSub(0, places));
}

/** Whether base**exponent is beyond the range: 'overflow', 'underflow', or null when it may be inside. */
function powerBounds(ctx: Limits, base: Dec, exponent: Dec): 'overflow' | 'underflow' | null {
  if (adjusted(exponent) < 4) return null;
  const rough: Limits = { prec: 8, rounding: 'ROUND_HALF_EVEN', emin: -999999999999999999n, emax: 999999999999999999n, clamp: 0, status: 0 };
  const size = decMultiply(rough, decLog10(rough, withSign(base, false)), exponent);
  const slack = finite(false, 10001n, -4);
  if (!size.negative) return decOrder(size, decMultiply(rough, ofInt(intAdd(ctx.emax, 3)), slack)) > 0 ? 'overflow' : null;
  return decOrder(size, decMultiply(rough, ofInt(intSub(etiny(ctx), 3)), slack)) < 0 ? 'underflow' : null;
}

function powerOfInfinity(exponent: Dec, negative: boolean): Dec {
  if (isZero(exponent)) return finite(negative, 1n, 0);
  return exponent.negative ? finite(negative, 0n, 0) : infinity(negative);
}

/** base**Infinity */
function powerToInfinity(ctx: Limits, base: Dec, exponent: Dec): Dec {
  const order = decOrder(withSign(base, false), ONE);
  if (order !== 0) return order < 0 === exponent.negative ? infinity(false) : ZERO;
  ctx.status |= INEXACT | ROUNDED;
  return paddedOne(ctx, false);
}

function isOdd(a: Dec): boolean {
  if (!isInteger(a) || a.exponent > 0) return false;
  return (toBigInt(a) & 1n) === 1n;
}

/** base**exponent */
export function decPower(ctx: Limits, base: Dec, exponent: Dec): Dec {
  const special = propagateNan(ctx, base, exponent);
  if (special !== null) return special;
  const whole = isInteger(exponent);
  const negative = base.negative && whole && isOdd(exponent);
  if (isZero(base)) {
    if (isZero(exponent)) return invalid(ctx);
    return exponent.negative ? infinity(negative) : finite(negative, 0n, 0);
  }
  if (base.negative && (!whole || exponent.kind === 'inf')) return invalid(ctx);
  if (exponent.kind === 'inf') return powerToInfinity(ctx, base, exponent);
  if (base.kind === 'inf') return powerOfInfinity(exponent, negative);
  if (isZero(exponent)) return finite(negative, 1n, 0);
  if (decOrder(withSign(base, false), ONE) === 0) return powerOfOne(ctx, base, exponent, negative);
  const bounds = powerBounds(ctx, base, exponent);
  if (bounds === 'overflow') return finalize(ctx, finite(negative, 1n, intAdd(ctx.emax, 1)));
  if (bounds === 'underflow') return finalize(ctx, finite(negative, 1n, intSub(etiny(ctx), intAdd(ctx.prec, 1))));
  return whole ? powerInteger(ctx, base, exponent, negative) : powerReal(ctx, base, exponent);
}

/** (base**exponent) % modulus for whole numbers; the exponent is not negative and the modulus has no more digits than the precision. */
export function decPowerModulo(ctx: Limits, base: Dec, exponent: Dec, modulus: Dec): Dec {
  if ([base, exponent, modulus].some((x) => x.kind !== 'finite')) {
    const signaling = [base, exponent, modulus].find((x) => x.kind === 'snan');
    const special = propagateNan(ctx, signaling ?? base) ?? propagateNan(ctx, exponent, modulus);
    return special ?? invalid(ctx);
  }
  if (!isInteger(base) || !isInteger(exponent) || !isInteger(modulus) || exponent.negative && !isZero(exponent)) return invalid(ctx);
  if (isZero(modulus) || (isZero(base) && isZero(exponent)) || intAdd(modulus.digits, modulus.exponent) > ctx.prec) return invalid(ctx);
  const m = toBigInt(withSign(modulus, false));
  const negative = base.negative && isOdd(exponent);
  const power = intPowMod(normalizeInt(scaledModulo(base, m)), normalizeInt(toBigInt(exponent)), normalizeInt(m))!;
  return finalize(ctx, finite(negative, BigInt(power), 0));
}

/** The magnitude of a whole number modulo `m`, without writing out a large exponent. */
function scaledModulo(a: Dec, m: bigint): bigint {
  if (a.exponent <= 0) return toBigInt(withSign(a, false)) % m;
  const scale = BigInt(intPowMod(10, a.exponent, normalizeInt(m))!);
  return ((a.coefficient % m) * scale) % m;
}

