/** The context of an operation: precision, exponent range, rounding, and the conditions it raises; and bringing results into it. */
import { intAdd, intSub, type Int } from '../int-arith.ts';
import { adjusted, finite, finiteOfDigits, finiteSmall, infinity, nan, pow10, UNITS, type Dec } from './number.ts';

// Conditions, with libmpdec's bits.
export const CLAMPED = 0x1;
export const CONVERSION_SYNTAX = 0x2;
export const DIVISION_BY_ZERO = 0x4;
export const DIVISION_IMPOSSIBLE = 0x8;
export const DIVISION_UNDEFINED = 0x10;
export const FPU_ERROR = 0x20;
export const INEXACT = 0x40;
export const INVALID_CONTEXT = 0x80;
export const INVALID_OPERATION = 0x100;
export const OVERFLOW = 0x800;
export const ROUNDED = 0x1000;
export const SUBNORMAL = 0x2000;
export const UNDERFLOW = 0x4000;
export const FLOAT_OPERATION = 0x400;
/** All conditions that the signal InvalidOperation stands for. */
export const INVALID = CONVERSION_SYNTAX | DIVISION_IMPOSSIBLE | DIVISION_UNDEFINED | FPU_ERROR | INVALID_CONTEXT | INVALID_OPERATION;

/** Rounding modes in the order of libmpdec's numbers. */
export const ROUNDINGS = [
  'ROUND_UP', 'ROUND_DOWN', 'ROUND_CEILING', 'ROUND_FLOOR', 'ROUND_HALF_UP', 'ROUND_HALF_DOWN', 'ROUND_HALF_EVEN', 'ROUND_05UP',
] as const;
/** The name of a rounding mode. */
export type Rounding = (typeof ROUNDINGS)[number];

export const MAX_PREC: Int = 999999999999999999n;
export const MAX_EMAX: Int = 999999999999999999n;
export const MIN_EMIN: Int = -999999999999999999n;
export const MIN_ETINY: Int = -1999999999999999997n;

/** What an operation computes within; it adds conditions to `status`. */
export interface Limits {
  readonly prec: Int;
  readonly rounding: Rounding;
  readonly emin: Int;
  readonly emax: Int;
  /** 1: exponents are kept low enough for the precision (IEEE). */
  readonly clamp: number;
  status: number;
}

/** A context without bounds of practice, that rounds half to even. */
export function maxLimits(prec: Int = MAX_PREC): Limits {
  return { prec, rounding: 'ROUND_HALF_EVEN', emin: MIN_EMIN, emax: MAX_EMAX, clamp: 0, status: 0 };
}

/** The lowest exponent of a result. */
export function etiny(ctx: Limits): Int {
  return intSub(ctx.emin, intSub(ctx.prec, 1));
}

/** The highest exponent of a result with a full coefficient. */
export function etop(ctx: Limits): Int {
  return intSub(ctx.emax, intSub(ctx.prec, 1));
}

/** Whether a coefficient whose last digit is `last` grows by one when what was cut off behind it, not 0, compares with one half as `half` says. */
function roundsUp(rounding: Rounding, last: number, negative: boolean, half: number): boolean {
  switch (rounding) {
    case 'ROUND_UP': return true;
    case 'ROUND_DOWN': return false;
    case 'ROUND_CEILING': return !negative;
    case 'ROUND_FLOOR': return negative;
    case 'ROUND_HALF_UP': return half >= 0;
    case 'ROUND_HALF_DOWN': return half > 0;
    case 'ROUND_HALF_EVEN': return half > 0 || (half === 0 && (last & 1) === 1);
    default: return last === 0 || last === 5;
  }
}

function compare<T extends number | bigint>(a: T, b: T): number {
  return a === b ? 0 : a > b ? 1 : -1;
}

/** A coefficient without its last `shift` digits, rounded, and whether that lost anything. */
export function roundCoefficient(coefficient: bigint, digits: number, shift: Int, negative: boolean, rounding: Rounding): { coefficient: bigint; inexact: boolean } {
  if (shift > digits) {
    if (coefficient === 0n) return { coefficient: 0n, inexact: false };
    return { coefficient: roundsUp(rounding, 0, negative, -1) ? 1n : 0n, inexact: true };
  }
  const unit = pow10(shift);
  const quotient = coefficient / unit;
  const rest = coefficient - quotient * unit;
  if (rest === 0n) return { coefficient: quotient, inexact: false };
  const half = shift <= DOUBLE_DIGITS ? compare(2 * Number(rest), UNITS[Number(shift)]!) : compare(rest << 1n, unit);
  // Only ties, and rounding by the last digit itself, ask for that.
  const last = half === 0 || rounding === 'ROUND_05UP' ? Number(quotient % 10n) : 0;
  return { coefficient: roundsUp(rounding, last, negative, half) ? quotient + 1n : quotient, inexact: true };
}

/** Ints of so many digits, and quotients of two of them rounded down, are exact as doubles. */
const DOUBLE_DIGITS = 15;

/** As `cutDigits` of at most DOUBLE_DIGITS digits, and no more than there are. @hot */
function cutSmall(ctx: Pick<Limits, 'status'>, a: Dec, shift: number, exponent: Int, rounding: Rounding): Dec {
  const unit = UNITS[shift]!;
  const quotient = Math.floor(a.small / unit);
  const rest = a.small - quotient * unit;
  ctx.status |= ROUNDED;
  if (rest === 0) return finiteSmall(a.negative, quotient, exponent);
  ctx.status |= INEXACT;
  const half = 2 * rest === unit ? 0 : 2 * rest > unit ? 1 : -1;
  return finiteSmall(a.negative, roundsUp(rounding, quotient % 10, a.negative, half) ? quotient + 1 : quotient, exponent);
}

/** A finite number without its last `shift` digits, rounded; adds Rounded to the status, and Inexact if that lost anything. */
export function cutDigits(ctx: Pick<Limits, 'status'>, a: Dec, shift: Int, rounding: Rounding): Dec {
  const cutExponent = intAdd(a.exponent, shift);
  if (a.digits <= DOUBLE_DIGITS && typeof shift === 'number' && shift <= a.digits) return cutSmall(ctx, a, shift, cutExponent, rounding);
  const { coefficient, inexact } = roundCoefficient(a.coefficient, a.digits, shift, a.negative, rounding);
  ctx.status |= inexact ? ROUNDED | INEXACT : ROUNDED;
  const left = a.digits - Number(shift);
  if (left <= 0 || a.small === 0) return finite(a.negative, coefficient, cutExponent);
  // Rounding up may carry into a digit more, which leaves a power of ten.
  return finiteOfDigits(a.negative, coefficient, cutExponent, inexact && coefficient === pow10(left) ? left + 1 : left);
}

function overflow(ctx: Limits, negative: boolean): Dec {
  ctx.status |= OVERFLOW | INEXACT | ROUNDED;
  const { rounding } = ctx;
  const toInfinity = rounding.startsWith('ROUND_HALF') || rounding === 'ROUND_UP' || rounding === (negative ? 'ROUND_FLOOR' : 'ROUND_CEILING');
  return toInfinity ? infinity(negative) : finite(negative, pow10(ctx.prec) - 1n, etop(ctx));
}

function finalizeZero(ctx: Limits, a: Dec): Dec {
  const low = etiny(ctx);
  const high = ctx.clamp === 1 ? etop(ctx) : ctx.emax;
  if (a.exponent >= low && a.exponent <= high) return a;
  ctx.status |= CLAMPED;
  return finite(a.negative, 0n, a.exponent < low ? low : high);
}

function finalizeSubnormal(ctx: Limits, a: Dec): Dec {
  ctx.status |= SUBNORMAL;
  const low = etiny(ctx);
  if (a.exponent >= low) return ctx.clamp === 1 && a.exponent > etop(ctx) ? foldDown(ctx, a) : a;
  const local = { status: 0 };
  const cut = cutDigits(local, a, intSub(low, a.exponent), ctx.rounding);
  ctx.status |= local.status;
  if ((local.status & INEXACT) !== 0) ctx.status |= UNDERFLOW;
  if (cut.small === 0) ctx.status |= CLAMPED;
  return cut;
}

function fixNan(ctx: Limits, a: Dec): Dec {
  const room = intSub(ctx.prec, ctx.clamp);
  if (a.small === 0 || a.digits <= room) return a;
  return nan(a.negative, a.coefficient % pow10(room)).with({ kind: a.kind });
}

/** Rounds to the precision and brings the exponent into range. @hot every operation */
export function finalize(ctx: Limits, a: Dec): Dec {
  if (a.kind !== 'finite') return a.kind === 'inf' ? a : fixNan(ctx, a);
  if (a.small === 0) return finalizeZero(ctx, a);
  const first = adjusted(a);
  if (first > ctx.emax) return overflow(ctx, a.negative);
  if (first < ctx.emin) return finalizeSubnormal(ctx, a);
  const rounded = a.digits > ctx.prec ? toPrecision(ctx, a) : a;
  if (rounded.kind !== 'finite') return rounded;
  return ctx.clamp === 1 && rounded.exponent > etop(ctx) ? foldDown(ctx, rounded) : rounded;
}

function toPrecision(ctx: Limits, a: Dec): Dec {
  const cut = cutDigits(ctx, a, intSub(a.digits, ctx.prec), ctx.rounding);
  if (cut.digits <= ctx.prec) return cut;
  const carried = finite(a.negative, cut.coefficient / 10n, intAdd(cut.exponent, 1));
  return adjusted(carried) > ctx.emax ? overflow(ctx, a.negative) : carried;
}

function foldDown(ctx: Limits, a: Dec): Dec {
  const high = etop(ctx);
  ctx.status |= CLAMPED;
  return finite(a.negative, a.coefficient * pow10(intSub(a.exponent, high)), high);
}

/** A NaN for an operation that is not defined. */
export function invalid(ctx: Limits, condition = INVALID_OPERATION): Dec {
  ctx.status |= condition;
  return nan();
}

/** The NaN among the operands that is the result, quiet; null when none is one. @hot */
export function propagateNan(ctx: Limits, a: Dec, b: Dec = a): Dec | null {
  const special = a.kind !== 'finite' || b.kind !== 'finite';
  if (!special) return null;
  if (a.kind === 'snan' || b.kind === 'snan') {
    ctx.status |= INVALID_OPERATION;
    return quiet(ctx, a.kind === 'snan' ? a : b);
  }
  if (a.kind === 'qnan') return quiet(ctx, a);
  return b.kind === 'qnan' ? quiet(ctx, b) : null;
}

function quiet(ctx: Limits, a: Dec): Dec {
  return fixNan(ctx, a.with({ kind: 'qnan' }));
}
