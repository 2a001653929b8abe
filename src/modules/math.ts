/** `math` (Modules/mathmodule.c). Longer than usual, as every function is one row of a table. */
import { PyFloat } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Value } from '../core/value.ts';
import { copySign, floatPow } from '../objects/algorithms/float-arith.ts';
import { floatRepr } from '../objects/algorithms/float-repr.ts';
import { bigBitLength, intAbs, intFloorDiv, intGcd, intIsqrt, intMul, intSub, normalizeInt } from '../objects/algorithms/int-arith.ts';
import {
  addExactly, addProduct, erf, erfc, frexp, fusedMultiplyAdd, gamma, ieeeRemainder, ldexp, logGamma, nextAfter, roundPartials, vectorNorm,
} from '../objects/algorithms/math-special.ts';
import { callSpecial } from '../objects/call.ts';
import { forEach, getIterator, iterNext, toArray } from '../objects/iterate.ts';
import { newFloat, newTuple } from '../objects/make.ts';
import { intOfDouble, toDouble } from '../objects/numbers.ts';
import { add, binaryOperator, multiply, toIndex } from '../objects/operators.ts';
import { raiseOverflowError, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { asInt, isExactFloat } from '../objects/type-of.ts';
import type { MethodRow } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';

type Unary = (x: number) => number;

function domain(): never {
  return raiseValueError('math domain error');
}

function range(): never {
  return raiseOverflowError('math range error');
}

/** A row for a function of one double: a NaN made of a number is a domain error, an infinity made of a finite number an overflow. */
function unary(compute: Unary, expected: string | null, overflows: boolean, doc: string): MethodRow {
  const implementation = (t: Thread, value: Value): Value => {
    const x = value instanceof PyFloat ? value.value : toDouble(t, value);
    const result = compute(x);
    if (Number.isNaN(result) && !Number.isNaN(x)) return expected === null ? domain() : raiseValueError(`${expected}, got ${floatRepr(x)}`);
    if (!Number.isFinite(result) && Number.isFinite(x)) return overflows ? range() : expected === null ? domain() : raiseValueError(`${expected}, got ${floatRepr(x)}`);
    return newFloat(result);
  };
  return [implementation, '($module, x, /)', doc];
}

function exp2(x: number): number {
  return Number.isInteger(x) ? 2 ** x : (floatPow(2, x) as number | 'overflow') === 'overflow' ? Infinity : Math.pow(2, x);
}

const UNARY: Readonly<Record<string, MethodRow>> = {
  acos: unary(Math.acos, 'expected a number in range from -1 up to 1', false, 'Return the arc cosine (measured in radians) of x.'),
  acosh: unary(Math.acosh, 'expected argument value not less than 1', false, 'Return the inverse hyperbolic cosine of x.'),
  asin: unary(Math.asin, 'expected a number in range from -1 up to 1', false, 'Return the arc sine (measured in radians) of x.'),
  asinh: unary(Math.asinh, null, false, 'Return the inverse hyperbolic sine of x.'),
  atan: unary(Math.atan, null, false, 'Return the arc tangent (measured in radians) of x.'),
  atanh: unary(Math.atanh, 'expected a number between -1 and 1', false, 'Return the inverse hyperbolic tangent of x.'),
  cbrt: unary(Math.cbrt, null, false, 'Return the cube root of x.'),
  cos: unary(Math.cos, 'expected a finite input', false, 'Return the cosine of x (measured in radians).'),
  cosh: unary(Math.cosh, null, true, 'Return the hyperbolic cosine of x.'),
  erf: unary(erf, null, false, 'Error function at x.'),
  erfc: unary(erfc, null, false, 'Complementary error function at x.'),
  exp: unary(Math.exp, null, true, 'Return e raised to the power of x.'),
  exp2: unary(exp2, null, true, 'Return 2 raised to the power of x.'),
  expm1: unary(Math.expm1, null, true, 'Return exp(x)-1.'),
  fabs: unary(Math.abs, null, false, 'Return the absolute value of the float x.'),
  log1p: unary(Math.log1p, 'expected argument value > -1', false, 'Return the natural logarithm of 1+x (base e).'),
  sin: unary(Math.sin, 'expected a finite input', false, 'Return the sine of x (measured in radians).'),
  sinh: unary(Math.sinh, null, true, 'Return the hyperbolic sine of x.'),
  sqrt: unary(Math.sqrt, 'expected a nonnegative input', false, 'Return the square root of x.'),
  tan: unary(Math.tan, 'expected a finite input', false, 'Return the tangent of x (measured in radians).'),
  tanh: unary(Math.tanh, null, false, 'Return the hyperbolic tangent of x.'),
};

const POLE = 'expected a noninteger or positive integer';

function math_gamma(t: Thread, value: Value): Value {
  const x = toDouble(t, value);
  const result = gamma(x);
  if (x === 0 || (Number.isNaN(result) && !Number.isNaN(x))) raiseValueError(`${POLE}, got ${floatRepr(x)}`);
  return Number.isFinite(result) || !Number.isFinite(x) ? newFloat(result) : range();
}

function math_lgamma(t: Thread, value: Value): Value {
  const x = toDouble(t, value);
  const result = logGamma(x);
  if (Number.isFinite(result) || !Number.isFinite(x)) return newFloat(result);
  return x <= 0 && Number.isInteger(x) ? raiseValueError(`${POLE}, got ${floatRepr(x)}`) : range();
}

/** Logarithm of any number by `compute`; ints beyond the range of doubles go by their highest bits. */
function logarithm(t: Thread, value: Value, compute: Unary): number {
  const int = asInt(value);
  if (int !== undefined) {
    if (int <= 0) raiseValueError('expected a positive input');
    const double = Number(int);
    if (Number.isFinite(double)) return compute(double);
    const bits = bigBitLength(int as bigint);
    return compute(Number((int as bigint) >> BigInt(bits - 64)) / 2 ** 64) + compute(2) * bits;
  }
  const x = toDouble(t, value);
  if (x <= 0) raiseValueError(`expected a positive input, got ${floatRepr(x)}`);
  return compute(x);
}

function math_log(t: Thread, args: Value[]): Value {
  if (args.length < 1) raiseTypeError('log expected at least 1 argument, got 0');
  if (args.length > 2) raiseTypeError(`log expected at most 2 arguments, got ${args.length}`);
  const numerator = logarithm(t, args[0]!, Math.log);
  if (args.length === 1) return newFloat(numerator);
  return binaryOperator(t, newFloat(numerator), newFloat(logarithm(t, args[1]!, Math.log)), TRUE_DIVIDE);
}

const TRUE_DIVIDE = 11;

function binary(compute: (x: number, y: number) => number, signature: string, doc: string): MethodRow {
  return [(t: Thread, a: Value, b: Value) => newFloat(compute(toDouble(t, a), toDouble(t, b))), signature, doc];
}

function fmod(x: number, y: number): number {
  const result = x % y;
  return Number.isNaN(result) && !Number.isNaN(x) && !Number.isNaN(y) ? domain() : result;
}

function remainder(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  if (!Number.isFinite(x) || y === 0) return domain();
  return Number.isFinite(y) ? ieeeRemainder(x, y) : x;
}

function pow(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  // C's pow(-1, ±inf) is 1.
  if (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) return 1;
  if (x === 0 && y < 0) return y === -Infinity ? Infinity : domain();
  const result = floatPow(x, y);
  if (typeof result === 'number') return !Number.isFinite(result) && Number.isFinite(x) && Number.isFinite(y) ? range() : result;
  return result === 'overflow' ? range() : domain();
}

function rounding(name: '__ceil__' | '__floor__', compute: Unary, doc: string): MethodRow {
  const implementation = (t: Thread, value: Value): Value => {
    if (!isExactFloat(value)) {
      const result = callSpecial(t, value, name, []);
      if (result !== undefined) return result;
    }
    return intOfDouble(compute(toDouble(t, value)));
  };
  return [implementation, '($module, x, /)', doc];
}

function math_trunc(t: Thread, value: Value): Value {
  if (isExactFloat(value)) return intOfDouble(value.value);
  const result = callSpecial(t, value, '__trunc__', []);
  return result === undefined ? raiseTypeError(`type ${typeName(value)} doesn't define __trunc__ method`) : result;
}

function productOf(low: bigint, high: bigint): bigint {
  if (high < low) return 1n;
  if (high - low < 8n) {
    let product = low;
    for (let i = low + 1n; i <= high; i++) product *= i;
    return product;
  }
  const middle = (low + high) >> 1n;
  return productOf(low, middle) * productOf(middle + 1n, high);
}

/** The last factorial that is a safe integer. */
const SAFE_ARGUMENT = 18;
const SAFE_FACTORIAL = 6402373705728000n;

function math_factorial(t: Thread, value: Value): Value {
  const n = toIndex(t, value);
  if (n < 0) raiseValueError('factorial() not defined for negative values');
  if (n > 2n ** 63n - 1n) raiseOverflowError('factorial() argument should not exceed 9223372036854775807');
  if (n <= SAFE_ARGUMENT) {
    let product = 1;
    for (let i = 2; i <= Number(n); i++) product *= i;
    return product;
  }
  return SAFE_FACTORIAL * productOf(BigInt(SAFE_ARGUMENT + 1), BigInt(n));
}

function choose(t: Thread, nValue: Value, kValue: Value): [n: Int, k: Int] {
  const n = toIndex(t, nValue);
  const k = toIndex(t, kValue);
  if (n < 0) raiseValueError('n must be a non-negative integer');
  if (k < 0) raiseValueError('k must be a non-negative integer');
  return [n, k];
}

function math_perm(t: Thread, nValue: Value, kValue?: Value): Value {
  if (kValue === undefined || kValue === null) return math_factorial(t, nValue);
  const [n, k] = choose(t, nValue, kValue);
  if (k > n) return 0;
  if (k > 2n ** 63n - 1n) raiseOverflowError('k must not exceed 9223372036854775807');
  return normalizeInt(productOf(BigInt(n) - BigInt(k) + 1n, BigInt(n)));
}

function math_comb(t: Thread, nValue: Value, kValue: Value): Value {
  let [n, k] = choose(t, nValue, kValue);
  if (k > n) return 0;
  const other = intSub(n, k);
  if (other < k) k = other;
  if (k > 2n ** 63n - 1n) raiseOverflowError('min(n - k, k) must not exceed 9223372036854775807');
  n = BigInt(n);
  return normalizeInt(productOf(n - BigInt(k) + 1n, n) / productOf(1n, BigInt(k)));
}

function math_isqrt(t: Thread, value: Value): Value {
  const n = toIndex(t, value);
  return n < 0 ? raiseValueError('isqrt() argument must be nonnegative') : intIsqrt(n);
}

function lcmOf(a: Int, b: Int): Int {
  return a === 0 || b === 0 ? 0 : intAbs(intMul(intFloorDiv(a, intGcd(a, b)), b));
}

function math_fsum(t: Thread, seq: Value): Value {
  const partials: number[] = [];
  let special = 0;
  let infinities = 0;
  forEach(t, seq, (item) => {
    const x = toDouble(t, item);
    if (!Number.isFinite(x)) {
      if (!Number.isNaN(x)) infinities += x;
      special += x;
      return;
    }
    addExactly(partials, x);
    if (!Number.isFinite(partials[partials.length - 1]!)) raiseOverflowError('intermediate overflow in fsum');
  });
  if (special !== 0 || Number.isNaN(special)) return Number.isNaN(infinities) ? raiseValueError('-inf + inf in fsum') : newFloat(special);
  return newFloat(roundPartials(partials));
}

function math_prod(t: Thread, iterable: Value, start?: Value): Value {
  let result: Value = start === undefined ? 1 : start;
  forEach(t, iterable, (item) => {
    result = multiply(t, result, item);
  });
  return result;
}

/** Sum of products of doubles, rounded once; undefined when an infinity or overflow makes the exact way impossible. */
function exactDot(p: readonly number[], q: readonly number[]): number | undefined {
  const partials: number[] = [];
  for (let i = 0; i < p.length; i++) addProduct(partials, p[i]!, q[i]!);
  const sum = roundPartials(partials);
  return Number.isFinite(sum) ? sum : undefined;
}

function isSmallInt(value: Value): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

function math_sumprod(t: Thread, p: Value, q: Value): Value {
  const left = getIterator(t, p);
  const right = getIterator(t, q);
  let total: Value = 0;
  const xs: number[] = [];
  const ys: number[] = [];
  const flush = (): void => {
    if (xs.length === 0) return;
    total = add(t, total, newFloat(exactDot(xs, ys) ?? xs.reduce((sum, x, i) => sum + x * ys[i]!, 0)));
    xs.length = ys.length = 0;
  };
  for (;;) {
    const a = iterNext(t, left);
    const b = iterNext(t, right);
    if ((a === undefined) !== (b === undefined)) raiseValueError('Inputs are not the same length');
    if (a === undefined || b === undefined) break;
    if ((isExactFloat(a) && (isExactFloat(b) || isSmallInt(b))) || (isExactFloat(b) && isSmallInt(a))) {
      xs.push(toDouble(t, a));
      ys.push(toDouble(t, b));
      continue;
    }
    flush();
    total = add(t, total, multiply(t, a, b));
  }
  flush();
  return total;
}

function math_dist(t: Thread, p: Value, q: Value): Value {
  const a = toArray(t, p);
  const b = toArray(t, q);
  if (a.length !== b.length) raiseValueError('both points must have the same number of dimensions');
  return newFloat(vectorNorm(a.map((x, i) => toDouble(t, x) - toDouble(t, b[i]!))));
}

function math_fma(t: Thread, a: Value, b: Value, c: Value): Value {
  const x = toDouble(t, a);
  const y = toDouble(t, b);
  const z = toDouble(t, c);
  if (Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z)) {
    const result = fusedMultiplyAdd(x, y, z);
    return Number.isFinite(result) ? newFloat(result) : raiseOverflowError('overflow in fma');
  }
  // A finite product of finite factors must not overflow before an infinity or NaN is added.
  const result = Number.isFinite(x) && Number.isFinite(y) ? z : x * y + z;
  if (Number.isNaN(result) && !Number.isNaN(x) && !Number.isNaN(y) && !Number.isNaN(z)) raiseValueError('invalid operation in fma');
  return newFloat(result);
}

function math_frexp(t: Thread, value: Value): Value {
  const x = toDouble(t, value);
  if (!Number.isFinite(x)) return newTuple([newFloat(x), 0]);
  const [mantissa, exponent] = frexp(x);
  return newTuple([newFloat(mantissa), exponent]);
}

function math_ldexp(t: Thread, value: Value, i: Value): Value {
  const x = toDouble(t, value);
  const exponent = asInt(i) ?? raiseTypeError('Expected an int as second argument to ldexp.');
  if (x === 0 || !Number.isFinite(x)) return newFloat(x);
  const result = ldexp(x, Math.max(-1e9, Math.min(1e9, Number(exponent))));
  return Number.isFinite(result) ? newFloat(result) : range();
}

function math_modf(t: Thread, value: Value): Value {
  const x = toDouble(t, value);
  if (Number.isNaN(x)) return newTuple([newFloat(x), newFloat(x)]);
  if (!Number.isFinite(x)) return newTuple([newFloat(copySign(0, x)), newFloat(x)]);
  const whole = Math.trunc(x);
  return newTuple([newFloat(copySign(x - whole, x)), newFloat(whole)]);
}

function math_nextafter(t: Thread, x: Value, y: Value, steps?: Value): Value {
  const count = steps === undefined || steps === null ? 1n : BigInt(toIndex(t, steps));
  return count < 0n ? raiseValueError('steps must be a non-negative integer') : newFloat(nextAfter(toDouble(t, x), toDouble(t, y), count));
}

function math_ulp(t: Thread, value: Value): Value {
  const x = Math.abs(toDouble(t, value));
  if (!Number.isFinite(x)) return newFloat(x);
  const next = nextAfter(x, Infinity, 1n);
  return newFloat(next === Infinity ? x - nextAfter(x, -Infinity, 1n) : next - x);
}

function math_isclose(t: Thread, a: Value, b: Value, relTol?: Value, absTol?: Value): Value {
  const x = toDouble(t, a);
  const y = toDouble(t, b);
  const relative = relTol === undefined ? 1e-9 : toDouble(t, relTol);
  const absolute = absTol === undefined ? 0 : toDouble(t, absTol);
  if (relative < 0 || absolute < 0) raiseValueError('tolerances must be non-negative');
  if (x === y) return true;
  if (Math.abs(x) === Infinity || Math.abs(y) === Infinity) return false;
  const difference = Math.abs(y - x);
  return difference <= Math.abs(relative * y) || difference <= Math.abs(relative * x) || difference <= absolute;
}

function log2(x: number): number {
  const [mantissa, exponent] = frexp(x);
  if (!Number.isFinite(x)) return x;
  return mantissa === 0.5 ? exponent - 1 : Math.log2(x);
}

const RADIANS = Math.PI / 180;

/** The table. */
export const MATH_MODULE: NativeModule = {
  name: 'math',
  doc: 'This module provides access to the mathematical functions\ndefined by the C standard.',
  attributes: () => ({ pi: newFloat(Math.PI), e: newFloat(Math.E), tau: newFloat(2 * Math.PI), inf: newFloat(Infinity), nan: newFloat(NaN) }),
  functions: {
    ...UNARY,
    gamma: [math_gamma, '($module, x, /)', 'Gamma function at x.'],
    lgamma: [math_lgamma, '($module, x, /)', 'Natural logarithm of absolute value of Gamma function at x.'],
    log: [math_log, '!($module, /, *args)', 'log(x, [base=math.e])\nReturn the logarithm of x to the given base.'],
    log2: [(t: Thread, x: Value) => newFloat(logarithm(t, x, log2)), '($module, x, /)', 'Return the base 2 logarithm of x.'],
    log10: [(t: Thread, x: Value) => newFloat(logarithm(t, x, Math.log10)), '($module, x, /)', 'Return the base 10 logarithm of x.'],
    atan2: binary(Math.atan2, '($module, y, x, /)', 'Return the arc tangent (measured in radians) of y/x.'),
    copysign: binary(copySign, '($module, x, y, /)', 'Return a float with the magnitude (absolute value) of x but the sign of y.'),
    fmod: binary(fmod, '($module, x, y, /)', 'Return fmod(x, y), according to platform C.'),
    pow: binary(pow, '($module, x, y, /)', 'Return x**y (x to the power of y).'),
    remainder: binary(remainder, '($module, x, y, /)', 'Difference between x and the closest integer multiple of y.'),
    ceil: rounding('__ceil__', Math.ceil, 'Return the ceiling of x as an Integral.'),
    floor: rounding('__floor__', Math.floor, 'Return the floor of x as an Integral.'),
    trunc: [math_trunc, '($module, x, /)', 'Truncates the Real x to the nearest Integral toward 0.'],
    factorial: [math_factorial, '($module, n, /)', 'Find n!.'],
    perm: [math_perm, '($module, n, k=None, /)', 'Number of ways to choose k items from n items without repetition and with order.'],
    comb: [math_comb, '($module, n, k, /)', 'Number of ways to choose k items from n items without repetition and without order.'],
    isqrt: [math_isqrt, '($module, n, /)', 'Return the integer part of the square root of the input.'],
    gcd: [(t: Thread, integers: Value[]) => integers.reduce<Int>((result, value) => intGcd(result, toIndex(t, value)), 0), '($module, /, *integers)', 'Greatest Common Divisor.'],
    lcm: [(t: Thread, integers: Value[]) => integers.reduce<Int>((result, value) => lcmOf(result, toIndex(t, value)), 1), '($module, /, *integers)', 'Least Common Multiple.'],
    fsum: [math_fsum, '($module, seq, /)', 'Return an accurate floating-point sum of values in the iterable seq.'],
    prod: [math_prod, '($module, iterable, /, *, start=1)', 'Calculate the product of all the elements in the input iterable.'],
    sumprod: [math_sumprod, '($module, p, q, /)', 'Return the sum of products of values from two iterables p and q.'],
    dist: [math_dist, '($module, p, q, /)', 'Return the Euclidean distance between two points p and q.'],
    hypot: [(t: Thread, coordinates: Value[]) => newFloat(vectorNorm(coordinates.map((x) => toDouble(t, x)))), '($module, /, *coordinates)', 'Multidimensional Euclidean distance from the origin to a point.'],
    fma: [math_fma, '($module, x, y, z, /)', 'Fused multiply-add operation.'],
    frexp: [math_frexp, '($module, x, /)', 'Return the mantissa and exponent of x, as pair (m, e).'],
    ldexp: [math_ldexp, '($module, x, i, /)', 'Return x * (2**i).'],
    modf: [math_modf, '($module, x, /)', 'Return the fractional and integer parts of x.'],
    nextafter: [math_nextafter, '($module, x, y, /, *, steps=None)', 'Return the floating-point value the given number of steps after x towards y.'],
    ulp: [math_ulp, '($module, x, /)', 'Return the value of the least significant bit of the float x.'],
    isclose: [math_isclose, '($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)', 'Determine whether two floating-point numbers are close in value.'],
    isfinite: [(t: Thread, x: Value) => Number.isFinite(toDouble(t, x)), '($module, x, /)', 'Return True if x is neither an infinity nor a NaN, and False otherwise.'],
    isinf: [(t: Thread, x: Value) => Math.abs(toDouble(t, x)) === Infinity, '($module, x, /)', 'Return True if x is a positive or negative infinity, and False otherwise.'],
    isnan: [(t: Thread, x: Value) => Number.isNaN(toDouble(t, x)), '($module, x, /)', 'Return True if x is a NaN (not a number), and False otherwise.'],
    degrees: [(t: Thread, x: Value) => newFloat(toDouble(t, x) * (180 / Math.PI)), '($module, x, /)', 'Convert angle x from radians to degrees.'],
    radians: [(t: Thread, x: Value) => newFloat(toDouble(t, x) * RADIANS), '($module, x, /)', 'Convert angle x from degrees to radians.'],
  },
};
