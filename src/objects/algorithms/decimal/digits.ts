/** Operations on single digits and on the exponent: logical and, or, xor, invert; shift, rotate; logb and scaleb; classes. */
import { intAdd, intSub, type Int } from '../int-arith.ts';
import { DIVISION_BY_ZERO, finalize, invalid, propagateNan, type Limits } from './context.ts';
import { adjusted, finite, infinity, isInteger, isNaN, isZero, ofInt, pow10, toBigInt, type Dec } from './number.ts';

/** The digits of a logical operand, a finite positive number of ones and zeros with exponent 0, as far as the precision has room; null for others. */
function logicalDigits(ctx: Limits, a: Dec): string | null {
  if (a.kind !== 'finite' || a.negative || a.exponent !== 0) return null;
  const text = a.coefficient.toString();
  if (!/^[01]+$/.test(text)) return null;
  return text.length <= ctx.prec ? text : text.slice(-Number(ctx.prec));
}

function logical(ctx: Limits, a: Dec, b: Dec, combine: (x: bigint, y: bigint) => bigint): Dec {
  const [p, q] = [logicalDigits(ctx, a), logicalDigits(ctx, b)];
  if (p === null || q === null) return invalid(ctx);
  // Digits of ones and zeros combine as the bits of a binary number.
  return finite(false, BigInt(combine(BigInt(`0b${p}`), BigInt(`0b${q}`)).toString(2)), 0);
}

/** `logical_and` */
export function decAnd(ctx: Limits, a: Dec, b: Dec): Dec {
  return logical(ctx, a, b, (x, y) => x & y);
}

/** `logical_or` */
export function decOr(ctx: Limits, a: Dec, b: Dec): Dec {
  return logical(ctx, a, b, (x, y) => x | y);
}

/** `logical_xor` */
export function decXor(ctx: Limits, a: Dec, b: Dec): Dec {
  return logical(ctx, a, b, (x, y) => x ^ y);
}

/** `logical_invert` */
export function decInvert(ctx: Limits, a: Dec): Dec {
  return decXor(ctx, a, finite(false, (pow10(ctx.prec) - 1n) / 9n, 0));
}

/** The whole number in `b` if it is one within the given bound; null otherwise. */
function smallInteger(b: Dec, bound: Int): Int | null {
  if (!isInteger(b) || (b.small !== 0 && adjusted(b) > 20)) return null;
  const value = toBigInt(b);
  if (value > BigInt(bound) || value < -BigInt(bound)) return null;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** `shift`: the coefficient moved by `b` digits to the left. */
export function decShift(ctx: Limits, a: Dec, b: Dec): Dec {
  const special = propagateNan(ctx, a, b);
  if (special !== null) return special;
  const places = b.exponent === 0 ? smallInteger(b, ctx.prec) : null;
  if (places === null) return invalid(ctx);
  if (a.kind === 'inf') return a;
  // Only as many digits as the precision count, before and after.
  const coefficient = a.digits > ctx.prec ? a.coefficient % pow10(ctx.prec) : a.coefficient;
  if (places < 0) {
    const right = intSub(0, places);
    return finite(a.negative, right > a.digits ? 0n : coefficient / pow10(right), a.exponent);
  }
  const shifted = coefficient === 0n ? 0n : coefficient * pow10(places);
  return finite(a.negative, intAdd(a.digits, places) > ctx.prec ? shifted % pow10(ctx.prec) : shifted, a.exponent);
}

/** `rotate`: the coefficient, as wide as the precision, turned by `b` digits to the left. */
export function decRotate(ctx: Limits, a: Dec, b: Dec): Dec {
  const special = propagateNan(ctx, a, b);
  if (special !== null) return special;
  const places = b.exponent === 0 ? smallInteger(b, ctx.prec) : null;
  if (places === null) return invalid(ctx);
  if (a.kind === 'inf') return a;
  const modulus = pow10(ctx.prec);
  const left = places < 0 ? intAdd(places, ctx.prec) : places;
  const coefficient = a.coefficient % modulus;
  const split = pow10(intSub(ctx.prec, left));
  return finite(a.negative, (coefficient % split) * pow10(left) + coefficient / split, a.exponent);
}

/** `logb`: the exponent of the first digit. */
export function decLogb(ctx: Limits, a: Dec): Dec {
  const special = propagateNan(ctx, a);
  if (special !== null) return special;
  if (a.kind === 'inf') return infinity(false);
  if (isZero(a)) {
    ctx.status |= DIVISION_BY_ZERO;
    return infinity(true);
  }
  return finalize(ctx, ofInt(adjusted(a)));
}

/** `scaleb`: the exponent plus `b`. */
export function decScaleb(ctx: Limits, a: Dec, b: Dec): Dec {
  const special = propagateNan(ctx, a, b);
  if (special !== null) return special;
  const bound = intAdd(intAdd(ctx.emax, ctx.prec), intAdd(ctx.emax, ctx.prec));
  const step = b.exponent === 0 ? smallInteger(b, bound) : null;
  if (step === null) return invalid(ctx);
  return a.kind === 'inf' ? a : finalize(ctx, finite(a.negative, a.coefficient, intAdd(a.exponent, step)));
}

/** `number_class` */
export function numberClass(ctx: Limits, a: Dec): string {
  if (a.kind === 'snan') return 'sNaN';
  if (isNaN(a)) return 'NaN';
  const sign = a.negative ? '-' : '+';
  if (a.kind === 'inf') return `${sign}Infinity`;
  if (isZero(a)) return `${sign}Zero`;
  return isSubnormal(ctx, a) ? `${sign}Subnormal` : `${sign}Normal`;
}

/** Whether a number lies below the normal range of the context. */
export function isSubnormal(ctx: Limits, a: Dec): boolean {
  return a.kind === 'finite' && a.small !== 0 && adjusted(a) < ctx.emin;
}
