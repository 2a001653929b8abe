/** Comparing decimals: by value, in the total order, minimum and maximum, and neighbours. */
import { intSub, type Int } from '../int-arith.ts';
import { decAdd } from './arithmetic.ts';
import {
  CLAMPED, etiny, etop, finalize, INEXACT, INVALID_OPERATION, OVERFLOW, propagateNan, ROUNDED, SUBNORMAL, UNDERFLOW, type Limits,
} from './context.ts';
import { adjusted, coefficientAt, finite, isNaN, isZero, pow10, withSign, type Dec } from './number.ts';

function signOf(order: Int): number {
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

/** Order of magnitudes of finite numbers that are not 0. */
function compareMagnitudes(a: Dec, b: Dec): number {
  const [x, y] = [adjusted(a), adjusted(b)];
  if (x !== y) return x < y ? -1 : 1;
  if (a.exponent === b.exponent && a.small >= 0 && b.small >= 0) return a.small < b.small ? -1 : a.small > b.small ? 1 : 0;
  if (a.exponent === b.exponent) return a.coefficient < b.coefficient ? -1 : a.coefficient > b.coefficient ? 1 : 0;
  const exponent = a.exponent < b.exponent ? a.exponent : b.exponent;
  const [p, q] = [coefficientAt(a, exponent), coefficientAt(b, exponent)];
  return p < q ? -1 : p > q ? 1 : 0;
}

/** Numeric order of two numbers that are no NaNs. */
export function decOrder(a: Dec, b: Dec): number {
  if (a.kind === 'inf' || b.kind === 'inf') {
    const rank = (x: Dec): number => (x.kind !== 'inf' ? 0 : x.negative ? -1 : 1);
    return rank(a) - rank(b);
  }
  if (a.small === 0) return b.small === 0 ? 0 : b.negative ? 1 : -1;
  if (b.small === 0 || a.negative !== b.negative) return a.negative ? -1 : 1;
  const order = compareMagnitudes(a, b);
  return a.negative ? 0 - order : order;
}

function ofOrder(order: number): Dec {
  return finite(order < 0, order === 0 ? 0n : 1n, 0);
}

/** `compare`: -1, 0, 1 or a NaN. */
export function decCompare(ctx: Limits, a: Dec, b: Dec): Dec {
  return propagateNan(ctx, a, b) ?? ofOrder(decOrder(a, b));
}

/** `compare_signal`: as `compare`, but quiet NaNs signal too. */
export function decCompareSignal(ctx: Limits, a: Dec, b: Dec): Dec {
  if (isNaN(a) || isNaN(b)) ctx.status |= INVALID_OPERATION;
  return decCompare(ctx, a, b);
}

function kindRank(a: Dec): number {
  return a.kind === 'qnan' ? 3 : a.kind === 'snan' ? 2 : a.kind === 'inf' ? 1 : 0;
}

function totalMagnitude(a: Dec, b: Dec): number {
  const [x, y] = [kindRank(a), kindRank(b)];
  if (x !== y) return x - y;
  if (x >= 2) return a.coefficient < b.coefficient ? -1 : a.coefficient > b.coefficient ? 1 : 0;
  if (x === 1) return 0;
  const order = decOrder(withSign(a, false), withSign(b, false));
  return order !== 0 ? order : signOf(intSub(a.exponent, b.exponent));
}

/** The total order: all representations differ; NaNs are the outermost. */
export function totalOrder(a: Dec, b: Dec): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  const order = totalMagnitude(a, b);
  return signOf(a.negative ? -order : order);
}

/** `compare_total` */
export function decCompareTotal(a: Dec, b: Dec): Dec {
  return ofOrder(totalOrder(a, b));
}

/** `compare_total_mag` */
export function decCompareTotalMagnitude(a: Dec, b: Dec): Dec {
  return ofOrder(totalOrder(withSign(a, false), withSign(b, false)));
}

/** The larger or (`wanted` -1) the smaller; a number beats a quiet NaN. */
function extreme(ctx: Limits, a: Dec, b: Dec, wanted: 1 | -1, order: (a: Dec, b: Dec) => number): Dec {
  if (a.kind === 'qnan' && b.kind !== 'qnan' && b.kind !== 'snan') return finalize(ctx, b);
  if (b.kind === 'qnan' && a.kind !== 'qnan' && a.kind !== 'snan') return finalize(ctx, a);
  const special = propagateNan(ctx, a, b);
  if (special !== null) return special;
  const comparison = order(a, b) || totalOrder(a, b);
  return finalize(ctx, comparison * wanted >= 0 ? a : b);
}

function magnitudeOrder(a: Dec, b: Dec): number {
  return decOrder(withSign(a, false), withSign(b, false)) || decOrder(a, b);
}

/** `max` */
export function decMax(ctx: Limits, a: Dec, b: Dec): Dec {
  return extreme(ctx, a, b, 1, decOrder);
}

/** `min` */
export function decMin(ctx: Limits, a: Dec, b: Dec): Dec {
  return extreme(ctx, a, b, -1, decOrder);
}

/** `max_mag` */
export function decMaxMagnitude(ctx: Limits, a: Dec, b: Dec): Dec {
  return extreme(ctx, a, b, 1, magnitudeOrder);
}

/** `min_mag` */
export function decMinMagnitude(ctx: Limits, a: Dec, b: Dec): Dec {
  return extreme(ctx, a, b, -1, magnitudeOrder);
}

/** Whether both have one exponent, or are both infinite, or both NaNs. */
export function sameQuantum(a: Dec, b: Dec): boolean {
  if (a.kind === 'finite' && b.kind === 'finite') return a.exponent === b.exponent;
  return (a.kind === 'inf' && b.kind === 'inf') || (isNaN(a) && isNaN(b));
}

// Neighbours

function largest(ctx: Limits, negative: boolean): Dec {
  return finite(negative, pow10(ctx.prec) - 1n, etop(ctx));
}

/** The next number of the context above (`negative` false) or below. */
function neighbour(ctx: Limits, a: Dec, negative: boolean): Dec {
  const special = propagateNan(ctx, a);
  if (special !== null) return special;
  if (a.kind === 'inf') return a.negative === negative ? a : largest(ctx, !negative);
  const local: Limits = { ...ctx, rounding: negative ? 'ROUND_FLOOR' : 'ROUND_CEILING', status: 0 };
  const rounded = finalize(local, a);
  if (rounded.kind !== 'finite' || decOrder(rounded, a) !== 0) return rounded;
  return decAdd(local, a, finite(negative, 1n, intSub(etiny(ctx), 1)));
}

/** `next_plus` */
export function decNextPlus(ctx: Limits, a: Dec): Dec {
  return neighbour(ctx, a, false);
}

/** `next_minus` */
export function decNextMinus(ctx: Limits, a: Dec): Dec {
  return neighbour(ctx, a, true);
}

/** `next_toward` */
export function decNextToward(ctx: Limits, a: Dec, b: Dec): Dec {
  const special = propagateNan(ctx, a, b);
  if (special !== null) return special;
  const order = decOrder(a, b);
  if (order === 0) return withSign(a, b.negative);
  const result = neighbour(ctx, a, order > 0);
  if (result.kind === 'inf') ctx.status |= OVERFLOW | ROUNDED | INEXACT;
  else if (adjusted(result) < ctx.emin) {
    ctx.status |= UNDERFLOW | SUBNORMAL | ROUNDED | INEXACT;
    if (isZero(result)) ctx.status |= CLAMPED;
  }
  return result;
}

