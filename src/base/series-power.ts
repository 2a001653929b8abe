/**
 * Logarithm and exponential to some 100 bits, by series: what powers take that are too near the middle between two floats for `quick-power.ts`, and what its tables are
 * made with. log(x) comes from V8's logarithm by one Newton step; the exponential from its series after halving.
 */
import { divide, LN2, multiply, ONE, plus, times, type Double2 } from './double-double.ts';

const SQRT2 = 1.4142135623730951;
/** The exponential's argument is halved this often before the series. */
const HALVINGS = 9;
/** Terms of the series: after nine halvings the argument is below 0.0007, so that ten terms reach 1e-36. */
const TERMS = 10;

/** log(x) for positive x. */
export function logarithm(x: number): Double2 {
  let exponent = Math.round(Math.log2(x));
  let mantissa = scale(x, -exponent);
  if (mantissa > SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  const guess = Math.log(mantissa);
  // With g the guess and r = m * exp(-g) - 1, log(m) = g + log(1 + r), and r is so small that two terms are enough.
  const ratio = plus(times(smallExponential({ hi: -guess, lo: 0 }), mantissa), { hi: -1, lo: 0 });
  const correction = plus(ratio, times(multiply(ratio, ratio), -0.5));
  return plus(times(LN2, exponent), plus({ hi: guess, lo: 0 }, correction));
}

/** exp(t), rounded once, a subnormal result too. */
export function exponential(t: Double2): number {
  const exponent = Math.round(t.hi / LN2.hi);
  const rest = plus(t, times(LN2, -exponent));
  const { hi, lo } = smallExponential(rest);
  return scaleSum(hi, lo, exponent);
}

/** exp(r) for |r| below 0.75. */
export function smallExponential(r: Double2): Double2 {
  const unit = 2 ** -HALVINGS;
  const small: Double2 = { hi: r.hi * unit, lo: r.lo * unit };
  // exp(s) - 1 by Horner's rule; the halvings are undone on exp - 1, where nothing cancels.
  let series: Double2 = ONE;
  for (let n = TERMS; n > 1; n--) series = plus(multiply(series, divide(small, n)), ONE);
  let less1 = multiply(series, small);
  for (let i = 0; i < HALVINGS; i++) less1 = plus(times(less1, 2), multiply(less1, less1));
  return plus(less1, ONE);
}

/** value * 2 ** exponent, in steps that neither overflow nor lose bits early. */
function scale(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}

/** (hi + lo) * 2 ** exponent; a subnormal result is rounded once. */
function scaleSum(hi: number, lo: number, exponent: number): number {
  // hi is at least 0.7: above this the result is normal, and hi has its 53 bits already.
  if (exponent > -1022) return scale(hi, exponent);
  // Adding and taking away a power of two rounds hi + lo to the bits that a subnormal number keeps.
  const bits = exponent + 1074;
  if (bits < -1) return 0;
  const unit = 2 ** -bits;
  const rounded = Math.round(hi / unit);
  const difference = (hi - rounded * unit + lo) / unit;
  const exact = difference > 0.5 ? rounded + 1 : difference < -0.5 || (difference === -0.5 && rounded % 2 === 1) ? rounded - 1 : rounded;
  return exact * 2 ** -1074;
}
