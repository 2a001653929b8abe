/**
 * `x ** y` for floats, to the last bit. V8's own power is off by a unit here and there (10 ** -5 is 0.000009999999999999999).
 *
 * Works in double-double arithmetic: a value is the exact sum of two floats, the second at most half a unit of the first, which gives
 * about 32 decimal digits. log(x) comes from V8's logarithm by one Newton step; the exponential from its series after halving.
 */

/** An unevaluated sum of two floats. */
interface Double2 {
  readonly hi: number;
  readonly lo: number;
}

const LN2: Double2 = { hi: 0.6931471805599453, lo: 2.3190468138462996e-17 };
const SQRT2 = 1.4142135623730951;
/** 2 ** 27 + 1: splits a float into halves whose products are exact. */
const SPLITTER = 134217729;
/** The exponential's argument is halved this often before the series. */
const HALVINGS = 9;
/** Terms of the series: after nine halvings the argument is below 0.0007, so that ten terms reach 1e-36. */
const TERMS = 10;
/** Results of fewer bits fit a double-double exactly. */
const EXACT_BITS = 104;
/** Powers of at most this many halves go by squaring: few enough products that the error stays below 2 ** -98. */
const MAX_HALVES = 32;
/** Within these no step of a double-double product overflows or loses bits. */
const SAFE_EXPONENT = 900;
const SMALLEST_BASE = 2 ** -450;
const LARGEST_BASE = 2 ** 450;
/** Beyond this many powers of two everything overflows or vanishes. */
const MAX_EXPONENT = 1100;

/** `x ** y`, rounded to nearest; special cases as in C99 (`1 ** nan` and `(-1) ** inf` are 1). Negative `x` needs an integral `y`. */
export function accuratePower(x: number, y: number): number {
  if (x === 1 || y === 0 || (x === -1 && !Number.isFinite(y) && !Number.isNaN(y))) return 1;
  if (!Number.isFinite(x) || !Number.isFinite(y) || x === 0) return x ** y;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (x > 0) return positivePower(x, y);
  if (!Number.isInteger(y)) return NaN;
  const magnitude = positivePower(-x, y);
  return Math.abs(y) % 2 === 1 ? -magnitude : magnitude;
}

function positivePower(x: number, y: number): number {
  if (x === 1) return 1;
  const rough = y * Math.log2(x);
  if (rough > MAX_EXPONENT) return Infinity;
  if (rough < -MAX_EXPONENT) return 0;
  if (y > 0 && rough < EXACT_BITS && Number.isInteger(y) && Number.isInteger(x)) return integerPower(x, y);
  const halves = 2 * y;
  if (Number.isInteger(halves) && Math.abs(halves) <= MAX_HALVES && Math.abs(rough) < SAFE_EXPONENT && x > SMALLEST_BASE && x < LARGEST_BASE) return halfPower(x, halves);
  return exponential(times(logarithm(x), y));
}

/** `x ** (halves / 2)` by squaring: `1.5`, `-0.5`, `3` and their like are what programs use most, and this is 20 times faster than the logarithm. @hot bench/programs/nbody.py */
function halfPower(x: number, halves: number): number {
  const count = Math.abs(halves);
  let result: Double2 = count % 2 === 1 ? squareRoot(x) : { hi: 1, lo: 0 };
  let square: Double2 = { hi: x, lo: 0 };
  for (let rest = count >> 1; rest > 0; rest >>= 1) {
    if ((rest & 1) === 1) result = multiply(result, square);
    if (rest > 1) square = multiply(square, square);
  }
  return halves > 0 ? result.hi + result.lo : reciprocal(result);
}

function squareRoot(x: number): Double2 {
  const root = Math.sqrt(x);
  const back = product(root, root);
  return { hi: root, lo: (x - back.hi - back.lo) / (2 * root) };
}

function reciprocal(a: Double2): number {
  const rough = 1 / a.hi;
  const back = product(rough, a.hi);
  return rough + (1 - back.hi - back.lo - rough * a.lo) / a.hi;
}

/** Products of up to 106 bits are exact, so that the one rounding at the end is right even half-way between two floats. */
function integerPower(x: number, y: number): number {
  let result: Double2 = { hi: 1, lo: 0 };
  let square: Double2 = { hi: x, lo: 0 };
  for (let rest = y; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square);
    if (rest > 1) square = multiply(square, square);
  }
  return result.hi + result.lo;
}

function quickSum(a: number, b: number): Double2 {
  const hi = a + b;
  return { hi, lo: b - (hi - a) };
}

function sum(a: number, b: number): Double2 {
  const hi = a + b;
  const part = hi - a;
  return { hi, lo: a - (hi - part) + (b - part) };
}

function product(a: number, b: number): Double2 {
  const hi = a * b;
  const aTop = SPLITTER * a - (SPLITTER * a - a);
  const bTop = SPLITTER * b - (SPLITTER * b - b);
  const aRest = a - aTop;
  const bRest = b - bTop;
  return { hi, lo: aTop * bTop - hi + aTop * bRest + aRest * bTop + aRest * bRest };
}

function plus(a: Double2, b: Double2): Double2 {
  const top = sum(a.hi, b.hi);
  const low = sum(a.lo, b.lo);
  const middle = quickSum(top.hi, top.lo + low.hi);
  return quickSum(middle.hi, middle.lo + low.lo);
}

function times(a: Double2, b: number): Double2 {
  const top = product(a.hi, b);
  return quickSum(top.hi, top.lo + a.lo * b);
}

function multiply(a: Double2, b: Double2): Double2 {
  const top = product(a.hi, b.hi);
  return quickSum(top.hi, top.lo + (a.hi * b.lo + a.lo * b.hi));
}

/** log(x) for positive x. */
function logarithm(x: number): Double2 {
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

function exponential(t: Double2): number {
  const exponent = Math.round(t.hi / LN2.hi);
  const rest = plus(t, times(LN2, -exponent));
  const { hi, lo } = smallExponential(rest);
  return scaleSum(hi, lo, exponent);
}

/** exp(r) for |r| below 0.75. */
function smallExponential(r: Double2): Double2 {
  const unit = 2 ** -HALVINGS;
  const small: Double2 = { hi: r.hi * unit, lo: r.lo * unit };
  // exp(s) - 1 by Horner's rule; the halvings are undone on exp - 1, where nothing cancels.
  let series: Double2 = { hi: 1, lo: 0 };
  for (let n = TERMS; n > 1; n--) series = plus(multiply(series, divide(small, n)), { hi: 1, lo: 0 });
  let less1 = multiply(series, small);
  for (let i = 0; i < HALVINGS; i++) less1 = plus(times(less1, 2), multiply(less1, less1));
  return plus(less1, { hi: 1, lo: 0 });
}

function divide(a: Double2, n: number): Double2 {
  const hi = a.hi / n;
  const back = product(hi, n);
  return quickSum(hi, (a.hi - back.hi - back.lo + a.lo) / n);
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
