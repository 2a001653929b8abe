/** Addition, multiplication, division and their relatives, and changing exponents: exact arithmetic on coefficients, rounded once at the end. */
import { intAdd, intSub, type Int } from '../int-arith.ts';
import {
  CLAMPED, cutDigits, DIVISION_BY_ZERO, DIVISION_IMPOSSIBLE, DIVISION_UNDEFINED, etiny, etop, finalize, invalid, INVALID_OPERATION, propagateNan, SUBNORMAL, type Limits, type Rounding,
} from './context.ts';
import { adjusted, coefficientAt, countDigits, finite, finiteOfAbout, finiteSmall, infinity, isNaN, isZero, ONE, pow10, smallAt, toBigInt, withSign, ZERO, type Dec } from './number.ts';

function lower(a: Int, b: Int): Int {
  return a < b ? a : b;
}

function higher(a: Int, b: Int): Int {
  return a > b ? a : b;
}

/** -a, rounded. */
export function decMinus(ctx: Limits, a: Dec): Dec {
  const special = propagateNan(ctx, a);
  if (special !== null) return special;
  const positive = isZero(a) && ctx.rounding !== 'ROUND_FLOOR';
  return finalize(ctx, withSign(a, !positive && !a.negative));
}

/** +a, rounded. */
export function decPlus(ctx: Limits, a: Dec): Dec {
  const special = propagateNan(ctx, a);
  if (special !== null) return special;
  const positive = isZero(a) && ctx.rounding !== 'ROUND_FLOOR';
  return finalize(ctx, positive ? withSign(a, false) : a);
}

/** abs(a), rounded. */
export function decAbs(ctx: Limits, a: Dec): Dec {
  return propagateNan(ctx, a) ?? finalize(ctx, withSign(a, false));
}

/** Puts a digit that only counts for rounding in the place of an operand far below the other. */
function squeezed(big: Dec, small: Dec, prec: Int): Dec {
  const least = intAdd(big.exponent, lower(-1, intSub(intSub(big.digits, prec), 2)));
  return intAdd(small.exponent, small.digits - 1) < least ? finiteSmall(small.negative, 1, least) : small;
}

/** The sum of numbers that are not 0, where no bigint is needed; else undefined. @hot */
function addSmall(ctx: Limits, a: Dec, b: Dec): Dec | undefined {
  const exponent = lower(a.exponent, b.exponent);
  const p = smallAt(a, exponent);
  const q = smallAt(b, exponent);
  if (p <= 0 || q <= 0) return undefined;
  if (a.negative === b.negative) {
    // A sum that is not safe rounds to one that is not, either.
    const sum = p + q;
    return sum <= Number.MAX_SAFE_INTEGER ? finiteSmall(a.negative, sum, exponent) : undefined;
  }
  if (p === q) return finiteSmall(ctx.rounding === 'ROUND_FLOOR', 0, exponent);
  return p > q ? finiteSmall(a.negative, p - q, exponent) : finiteSmall(b.negative, q - p, exponent);
}

function addFinite(ctx: Limits, a: Dec, b: Dec): Dec {
  const quick = addSmall(ctx, a, b);
  if (quick !== undefined) return quick;
  let [x, y] = [a, b];
  if (x.exponent !== y.exponent && x.small !== 0 && y.small !== 0) {
    if (x.exponent > y.exponent) y = squeezed(x, y, ctx.prec);
    else x = squeezed(y, x, ctx.prec);
  }
  if (isZero(x) !== isZero(y)) return addToZero(ctx, x, y);
  const exponent = lower(x.exponent, y.exponent);
  if (isZero(x)) return finite(x.negative === y.negative ? x.negative : ctx.rounding === 'ROUND_FLOOR', 0n, exponent);
  const p = coefficientAt(x, exponent);
  const q = coefficientAt(y, exponent);
  if (x.negative === y.negative) return finiteOfAbout(x.negative, p + q, exponent, Math.max(digitsAt(x, exponent), digitsAt(y, exponent)));
  if (p === q) return finite(ctx.rounding === 'ROUND_FLOOR', 0n, exponent);
  return p > q ? finite(x.negative, p - q, exponent) : finite(y.negative, q - p, exponent);
}

/** Digits of a coefficient that is not 0 at a smaller exponent. */
function digitsAt(a: Dec, exponent: Int): number {
  return a.digits + Number(intSub(a.exponent, exponent));
}

/** A sum with one zero: the other operand, with as many trailing zeros of the zero's exponent as the precision has room for. */
function addToZero(ctx: Limits, a: Dec, b: Dec): Dec {
  const [zero, other] = isZero(a) ? [a, b] : [b, a];
  if (zero.exponent >= other.exponent) return other;
  const exponent = higher(zero.exponent, intSub(intSub(other.exponent, ctx.prec), 1));
  return finite(other.negative, coefficientAt(other, exponent), exponent);
}

/** a + b */
export function decAdd(ctx: Limits, a: Dec, b: Dec): Dec {
  if (a.kind !== 'finite' || b.kind !== 'finite') {
    const special = propagateNan(ctx, a, b);
    if (special !== null) return special;
    if (a.kind !== 'inf') return b;
    return b.kind === 'inf' && a.negative !== b.negative ? invalid(ctx) : a;
  }
  return finalize(ctx, addFinite(ctx, a, b));
}

/** a - b */
export function decSubtract(ctx: Limits, a: Dec, b: Dec): Dec {
  return decAdd(ctx, a, isNaN(b) ? b : withSign(b, !b.negative));
}

/** a * b */
export function decMultiply(ctx: Limits, a: Dec, b: Dec): Dec {
  const negative = a.negative !== b.negative;
  if (a.kind !== 'finite' || b.kind !== 'finite') {
    return propagateNan(ctx, a, b) ?? (isZero(a) || isZero(b) ? invalid(ctx) : infinity(negative));
  }
  return finalize(ctx, product(a, b, negative));
}

/** The exact product of finite numbers. */
function product(a: Dec, b: Dec, negative: boolean): Dec {
  const exponent = intAdd(a.exponent, b.exponent);
  // A product that is not safe rounds to one that is not, either.
  const small = a.small * b.small;
  if (a.small >= 0 && b.small >= 0 && small <= Number.MAX_SAFE_INTEGER) return finiteSmall(negative, small, exponent);
  const coefficient = a.coefficient * b.coefficient;
  return a.small === 0 || b.small === 0 ? finite(negative, coefficient, exponent) : finiteOfAbout(negative, coefficient, exponent, a.digits + b.digits - 1);
}

/** a * b + c, rounded once. */
export function decFma(ctx: Limits, a: Dec, b: Dec, c: Dec): Dec {
  if (a.kind === 'finite' && b.kind === 'finite') {
    if (c.kind !== 'finite') return decAdd(ctx, ZERO, c);
    return decAdd(ctx, product(a, b, a.negative !== b.negative), c);
  }
  const first = decMultiply(ctx, a, b);
  // A product that signalled is the result; one that is a quiet NaN meets the third operand as any NaN would.
  const signalled = isNaN(first) && a.kind !== 'qnan' && b.kind !== 'qnan';
  return signalled || a.kind === 'snan' || b.kind === 'snan' ? first : decAdd(ctx, first, c);
}

function divideByZero(ctx: Limits, negative: boolean): Dec {
  ctx.status |= DIVISION_BY_ZERO;
  return infinity(negative);
}

function divideSpecial(ctx: Limits, a: Dec, b: Dec): Dec {
  const special = propagateNan(ctx, a, b);
  if (special !== null) return special;
  const negative = a.negative !== b.negative;
  if (a.kind === 'inf') return b.kind === 'inf' ? invalid(ctx) : infinity(negative);
  ctx.status |= CLAMPED;
  return finite(negative, 0n, etiny(ctx));
}

/** a / b */
export function decDivide(ctx: Limits, a: Dec, b: Dec): Dec {
  if (a.kind !== 'finite' || b.kind !== 'finite') return divideSpecial(ctx, a, b);
  const negative = a.negative !== b.negative;
  if (b.small === 0) return a.small === 0 ? invalid(ctx, DIVISION_UNDEFINED) : divideByZero(ctx, negative);
  const ideal = intSub(a.exponent, b.exponent);
  if (a.small === 0) return finalize(ctx, finite(negative, 0n, ideal));
  const shift = intAdd(intSub(b.digits, a.digits), intAdd(ctx.prec, 1));
  const [p, q] = shift >= 0 ? [a.coefficient * pow10(shift), b.coefficient] : [a.coefficient, b.coefficient * pow10(intSub(0, shift))];
  let quotient = p / q;
  let exponent = intSub(ideal, shift);
  if (quotient * q !== p) {
    // A digit behind the last one that tells exact halves and integers from what lies just above them.
    if (quotient % 5n === 0n) quotient += 1n;
    // Operands were shifted for the quotient to have one or two digits more than the precision; one that is no multiple of five has not become longer by adding one.
    return finalize(ctx, finiteOfAbout(negative, quotient, exponent, Number(ctx.prec) + 1));
  } else if (exponent < ideal) {
    const trimmed = withoutZeros(quotient, intSub(ideal, exponent));
    quotient = trimmed.coefficient;
    exponent = intAdd(exponent, trimmed.removed);
  }
  return finalize(ctx, finite(negative, quotient, exponent));
}

/** A coefficient without its trailing zeros, at most `most` of them. */
function withoutZeros(coefficient: bigint, most: Int): { coefficient: bigint; removed: number } {
  let rest = coefficient;
  let removed = 0;
  // By halving steps, so that many zeros cost few divisions.
  for (let step = 1; rest !== 0n; ) {
    if (removed + step > most) {
      if (step === 1) break;
      step >>= 1;
      continue;
    }
    const unit = pow10(step);
    const quotient = rest / unit;
    if (quotient * unit === rest) {
      rest = quotient;
      removed += step;
      step *= 2;
    } else if (step === 1) break;
    else step >>= 1;
  }
  return { coefficient: rest, removed };
}

/** Integer quotient and rest of finite operands; null when the quotient has more digits than the precision. The divisor is not 0. */
function integerDivision(ctx: Limits, a: Dec, b: Dec): { quotient: Dec; rest: Dec } | null {
  const negative = a.negative !== b.negative;
  const ideal = lower(a.exponent, b.exponent);
  const gap = intSub(adjusted(a), adjusted(b));
  if (a.small === 0 || gap <= -2) return { quotient: finite(negative, 0n, 0), rest: a.small === 0 ? finite(a.negative, 0n, ideal) : rescaled(a, ideal, ctx) };
  if (gap > ctx.prec) return null;
  const [p, q] = [coefficientAt(a, ideal), coefficientAt(b, ideal)];
  const quotient = p / q;
  const result = finite(negative, quotient, 0);
  return result.digits > ctx.prec ? null : { quotient: result, rest: finite(a.negative, p - quotient * q, ideal) };
}

/** A rest smaller than the divisor at the ideal exponent, where the precision has room; it is rounded by the caller. */
function rescaled(a: Dec, exponent: Int, ctx: Limits): Dec {
  if (a.exponent <= exponent) return a;
  const least = intSub(intSub(adjusted(a), ctx.prec), 1);
  const target = higher(exponent, least);
  return a.exponent <= target ? a : finite(a.negative, coefficientAt(a, target), target);
}

/** a // b, truncated. */
export function decDivideInteger(ctx: Limits, a: Dec, b: Dec): Dec {
  const negative = a.negative !== b.negative;
  if (a.kind !== 'finite' || b.kind !== 'finite') {
    const special = propagateNan(ctx, a, b);
    if (special !== null) return special;
    if (a.kind === 'inf') return b.kind === 'inf' ? invalid(ctx) : infinity(negative);
    return finite(negative, 0n, 0);
  }
  if (b.small === 0) return a.small === 0 ? invalid(ctx, DIVISION_UNDEFINED) : divideByZero(ctx, negative);
  return integerDivision(ctx, a, b)?.quotient ?? invalid(ctx, DIVISION_IMPOSSIBLE);
}

/** a % b with the sign of a. */
export function decRemainder(ctx: Limits, a: Dec, b: Dec): Dec {
  if (a.kind !== 'finite' || b.kind !== 'finite') {
    return propagateNan(ctx, a, b) ?? (a.kind === 'inf' ? invalid(ctx) : finalize(ctx, a));
  }
  if (b.small === 0) return invalid(ctx, a.small === 0 ? DIVISION_UNDEFINED : INVALID_OPERATION);
  const parts = integerDivision(ctx, a, b);
  return parts === null ? invalid(ctx, DIVISION_IMPOSSIBLE) : finalize(ctx, parts.rest);
}

/** divmod(a, b), truncated. */
export function decDivmod(ctx: Limits, a: Dec, b: Dec): [quotient: Dec, rest: Dec] {
  const negative = a.negative !== b.negative;
  if (a.kind !== 'finite' || b.kind !== 'finite') {
    const special = propagateNan(ctx, a, b);
    if (special !== null) return [special, special];
    if (a.kind === 'inf') return [b.kind === 'inf' ? invalid(ctx) : infinity(negative), invalid(ctx)];
    return [finite(negative, 0n, 0), finalize(ctx, a)];
  }
  if (b.small === 0) {
    if (a.small === 0) return [invalid(ctx, DIVISION_UNDEFINED), invalid(ctx, DIVISION_UNDEFINED)];
    return [divideByZero(ctx, negative), invalid(ctx)];
  }
  const parts = integerDivision(ctx, a, b);
  if (parts === null) return [invalid(ctx, DIVISION_IMPOSSIBLE), invalid(ctx, DIVISION_IMPOSSIBLE)];
  return [parts.quotient, finalize(ctx, parts.rest)];
}

/** a minus b times the nearest integer to a / b. */
export function decRemainderNear(ctx: Limits, a: Dec, b: Dec): Dec {
  if (a.kind !== 'finite' || b.kind !== 'finite') return propagateNan(ctx, a, b) ?? (a.kind === 'inf' ? invalid(ctx) : finalize(ctx, a));
  if (b.small === 0) return invalid(ctx, a.small === 0 ? DIVISION_UNDEFINED : INVALID_OPERATION);
  const ideal = lower(a.exponent, b.exponent);
  if (a.small === 0) return finalize(ctx, finite(a.negative, 0n, ideal));
  const gap = intSub(adjusted(a), adjusted(b));
  if (gap > intAdd(ctx.prec, 1)) return invalid(ctx, DIVISION_IMPOSSIBLE);
  if (gap <= -2) return finalize(ctx, rescaled(a, ideal, ctx));
  const [p, q] = [coefficientAt(a, ideal), coefficientAt(b, ideal)];
  let quotient = p / q;
  let rest = p - quotient * q;
  if (2n * rest + (quotient & 1n) > q) {
    rest -= q;
    quotient += 1n;
  }
  if (countDigits(quotient) > ctx.prec) return invalid(ctx, DIVISION_IMPOSSIBLE);
  return finalize(ctx, rest < 0n ? finite(!a.negative, -rest, ideal) : finite(a.negative, rest, ideal));
}

// Exponents

/** `a` with another exponent, rounded; not limited by any context. Raises no conditions but Rounded and Inexact. */
export function decRescale(ctx: Pick<Limits, 'status'>, a: Dec, exponent: Int, rounding: Rounding): Dec {
  if (a.small === 0) return finite(a.negative, 0n, exponent);
  if (a.exponent === exponent) return a;
  if (a.exponent > exponent) {
    const small = smallAt(a, exponent);
    return small >= 0 ? finiteSmall(a.negative, small, exponent) : finite(a.negative, coefficientAt(a, exponent), exponent);
  }
  return cutDigits(ctx, a, intSub(exponent, a.exponent), rounding);
}

/** `a` rounded to the exponent of `b`. */
export function decQuantize(ctx: Limits, a: Dec, b: Dec): Dec {
  if (a.kind !== 'finite' || b.kind !== 'finite') {
    return propagateNan(ctx, a, b) ?? (a.kind === 'inf' && b.kind === 'inf' ? a : invalid(ctx));
  }
  if (b.exponent > ctx.emax || b.exponent < etiny(ctx)) return invalid(ctx);
  if (a.small === 0) return finalize(ctx, finite(a.negative, 0n, b.exponent));
  const first = adjusted(a);
  if (first > ctx.emax || intAdd(intSub(first, b.exponent), 1) > ctx.prec) return invalid(ctx);
  const local = { status: 0 };
  const result = decRescale(local, a, b.exponent, ctx.rounding);
  if (adjusted(result) > ctx.emax || result.digits > ctx.prec) return invalid(ctx);
  ctx.status |= local.status;
  if (result.small !== 0 && adjusted(result) < ctx.emin) ctx.status |= SUBNORMAL;
  if (ctx.clamp === 1 && result.exponent > etop(ctx)) return invalid(ctx);
  return result;
}

/** `a` without trailing zeros. */
export function decNormalize(ctx: Limits, a: Dec): Dec {
  const special = propagateNan(ctx, a);
  if (special !== null) return special;
  const rounded = finalize(ctx, a);
  if (rounded.kind !== 'finite') return rounded;
  if (rounded.small === 0) return finite(rounded.negative, 0n, 0);
  const highest = ctx.clamp === 1 ? etop(ctx) : ctx.emax;
  const { coefficient, removed } = withoutZeros(rounded.coefficient, intSub(highest, rounded.exponent));
  return finite(rounded.negative, coefficient, intAdd(rounded.exponent, removed));
}

/** `a` rounded to an integer; `signals` says whether Rounded and Inexact are raised. */
export function decToIntegral(ctx: Limits, a: Dec, rounding: Rounding, signals: boolean): Dec {
  if (a.kind !== 'finite') return propagateNan(ctx, a) ?? a;
  if (a.exponent >= 0) return a;
  if (a.small === 0) return finite(a.negative, 0n, 0);
  const local: Limits = { ...ctx, status: 0 };
  const result = decRescale(local, a, 0, rounding);
  if (signals) ctx.status |= local.status;
  return result;
}

/** int(a), of a finite number. */
export function decTruncate(a: Dec): bigint {
  return toBigInt(a.exponent < 0 && intAdd(a.exponent, a.digits) <= 0 ? ZERO : a);
}

/** 1 with as many zeros behind the point as the precision has room for. */
export function paddedOne(ctx: Limits, negative: boolean): Dec {
  const zeros = intSub(ctx.prec, 1);
  return finite(negative, ONE.coefficient * pow10(zeros), intSub(0, zeros));
}
