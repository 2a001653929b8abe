/** Operations that Decimal and Context share, in tables: what each does with the limits of a context. */
import {
  decAbs, decAdd, decDivide, decDivideInteger, decMinus, decMultiply, decNormalize, decPlus, decQuantize, decRemainder, decRemainderNear, decSubtract,
  decToIntegral,
} from '../../objects/algorithms/decimal/arithmetic.ts';
import {
  decCompare, decCompareSignal, decCompareTotal, decCompareTotalMagnitude, decMax, decMaxMagnitude, decMin, decMinMagnitude, decNextMinus, decNextPlus,
  decNextToward,
} from '../../objects/algorithms/decimal/compare.ts';
import type { Limits } from '../../objects/algorithms/decimal/context.ts';
import { decAnd, decInvert, decLogb, decOr, decRotate, decScaleb, decShift, decXor, isSubnormal } from '../../objects/algorithms/decimal/digits.ts';
import { decExp, decLn, decLog10, decSqrt } from '../../objects/algorithms/decimal/functions.ts';
import { adjusted, isNaN, isZero, withSign, type Dec } from '../../objects/algorithms/decimal/number.ts';

export type UnaryOperation = (ctx: Limits, a: Dec) => Dec;
export type BinaryOperation = (ctx: Limits, a: Dec, b: Dec) => Dec;
export type Predicate = (ctx: Limits, a: Dec) => boolean;

/** Of one number, both methods of Decimal and of Context. */
export const UNARY: Readonly<Record<string, UnaryOperation>> = {
  exp: decExp, ln: decLn, log10: decLog10, next_minus: decNextMinus, next_plus: decNextPlus, normalize: decNormalize, sqrt: decSqrt, logb: decLogb,
  logical_invert: decInvert,
};

/** Of one number, methods of Context only. */
export const CONTEXT_UNARY: Readonly<Record<string, UnaryOperation>> = {
  abs: decAbs, minus: decMinus, plus: decPlus,
  to_integral: (ctx, a) => decToIntegral(ctx, a, ctx.rounding, /* signals */ false),
  to_integral_value: (ctx, a) => decToIntegral(ctx, a, ctx.rounding, /* signals */ false),
  to_integral_exact: (ctx, a) => decToIntegral(ctx, a, ctx.rounding, /* signals */ true),
};

/** Of two numbers, both methods of Decimal and of Context. */
export const BINARY: Readonly<Record<string, BinaryOperation>> = {
  compare: decCompare, compare_signal: decCompareSignal, max: decMax, max_mag: decMaxMagnitude, min: decMin, min_mag: decMinMagnitude,
  next_toward: decNextToward, remainder_near: decRemainderNear, logical_and: decAnd, logical_or: decOr, logical_xor: decXor, rotate: decRotate,
  scaleb: decScaleb, shift: decShift,
  compare_total: (_ctx, a, b) => decCompareTotal(a, b),
  compare_total_mag: (_ctx, a, b) => decCompareTotalMagnitude(a, b),
  copy_sign: (_ctx, a, b) => withSign(a, b.negative),
};

/** Of two numbers, methods of Context only. */
export const CONTEXT_BINARY: Readonly<Record<string, BinaryOperation>> = {
  add: decAdd, subtract: decSubtract, multiply: decMultiply, divide: decDivide, divide_int: decDivideInteger, remainder: decRemainder, quantize: decQuantize,
};

/** Questions without a context. */
export const PREDICATES: Readonly<Record<string, Predicate>> = {
  is_canonical: () => true,
  is_finite: (_ctx, a) => a.kind === 'finite',
  is_infinite: (_ctx, a) => a.kind === 'inf',
  is_nan: (_ctx, a) => isNaN(a),
  is_qnan: (_ctx, a) => a.kind === 'qnan',
  is_snan: (_ctx, a) => a.kind === 'snan',
  is_signed: (_ctx, a) => a.negative,
  is_zero: (_ctx, a) => isZero(a),
};

/** Questions about a number's place in the context's range. */
export const RANGE_PREDICATES: Readonly<Record<string, Predicate>> = {
  is_normal: (ctx, a) => a.kind === 'finite' && a.small !== 0 && adjusted(a) >= ctx.emin,
  is_subnormal: isSubnormal,
};
