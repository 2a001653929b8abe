/** Functions of doubles that JavaScript lacks: gamma, erf, exact sums and products, neighbours. Source: CPython Modules/mathmodule.c. */
import { plus, product } from '../../base/double-double.ts';
import { scaleToDouble } from './int-arith.ts';

const LANCZOS_G_MINUS_HALF = 5.524680040776729583740234375;
const LANCZOS_G = 6.02468004077672958374;
const NUMERATOR = [
  23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
  35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
  6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
  248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
  2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
  8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
  2.5066282746310002701649081771338373386264310793408,
];
const DENOMINATOR = [0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1];

function lanczosSum(x: number): number {
  let num = 0;
  let den = 0;
  if (x < 5) {
    for (let i = NUMERATOR.length - 1; i >= 0; i--) {
      num = num * x + NUMERATOR[i]!;
      den = den * x + DENOMINATOR[i]!;
    }
  } else {
    for (let i = 0; i < NUMERATOR.length; i++) {
      num = num / x + NUMERATOR[i]!;
      den = den / x + DENOMINATOR[i]!;
    }
  }
  return num / den;
}

/** sin(πx), accurate near integers. */
function sinPi(x: number): number {
  const y = Math.abs(x) % 2;
  const n = Math.round(2 * y);
  const parts = [
    () => Math.sin(Math.PI * y), () => Math.cos(Math.PI * (y - 0.5)), () => Math.sin(Math.PI * (1 - y)),
    () => -Math.cos(Math.PI * (y - 1.5)), () => Math.sin(Math.PI * (y - 2)),
  ];
  return Math.sign(x) * parts[n]!();
}

const FACTORIALS: number[] = [1];
for (let i = 1; i < 23; i++) FACTORIALS.push(FACTORIALS[i - 1]! * i);

/** The gamma function; NaN at its poles, infinite when too large. */
export function gamma(x: number): number {
  if (!Number.isFinite(x)) return x > 0 ? x : NaN;
  if (x === 0) return 1 / x;
  if (Number.isInteger(x)) {
    if (x < 0) return NaN;
    if (x <= FACTORIALS.length) return FACTORIALS[x - 1]!;
  }
  const absolute = Math.abs(x);
  if (absolute < 1e-20) return 1 / x;
  if (absolute > 200) return x < 0 ? 0 / sinPi(x) : Infinity;
  const y = absolute + LANCZOS_G_MINUS_HALF;
  let z: number;
  if (absolute > LANCZOS_G_MINUS_HALF) {
    const q = y - absolute;
    z = q - LANCZOS_G_MINUS_HALF;
  } else {
    const q = y - LANCZOS_G_MINUS_HALF;
    z = q - absolute;
  }
  z = (z * LANCZOS_G) / y;
  if (x < 0) {
    let r = (((-Math.PI / sinPi(absolute)) / absolute) * Math.exp(y)) / lanczosSum(absolute);
    r -= z * r;
    return absolute < 140 ? r / Math.pow(y, absolute - 0.5) : r / Math.pow(y, absolute / 2 - 0.25) / Math.pow(y, absolute / 2 - 0.25);
  }
  let r = lanczosSum(absolute) / Math.exp(y);
  r += z * r;
  return absolute < 140 ? r * Math.pow(y, absolute - 0.5) : r * Math.pow(y, absolute / 2 - 0.25) * Math.pow(y, absolute / 2 - 0.25);
}

const LOG_PI = 1.144729885849400174143427351353058711647;

/** log(|gamma(x)|); infinite at the poles. */
export function logGamma(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : Infinity;
  if (Number.isInteger(x) && x <= 2) return x <= 0 ? Infinity : 0;
  const absolute = Math.abs(x);
  if (absolute < 1e-20) return -Math.log(absolute);
  let r = Math.log(lanczosSum(absolute)) - LANCZOS_G;
  r += (absolute - 0.5) * (Math.log(absolute + LANCZOS_G - 0.5) - 1);
  if (x < 0) r = LOG_PI - Math.log(Math.abs(sinPi(absolute))) - Math.log(absolute) - r;
  return r;
}

const SQRT_PI = 1.772453850905516027298167483341145182798;

function erfSeries(x: number): number {
  const square = x * x;
  let sum = 0;
  let k = 25.5;
  for (let i = 0; i < 25; i++) {
    sum = 2 + (square * sum) / k;
    k--;
  }
  return (sum * x * Math.exp(-square)) / SQRT_PI;
}

function erfcFraction(x: number): number {
  if (x >= 30) return 0;
  const square = x * x;
  let a = 0;
  let da = 0.5;
  let p = 1;
  let pLast = 0;
  let q = da + square;
  let qLast = 1;
  for (let i = 0; i < 50; i++) {
    a += da;
    da += 2;
    const b = da + square;
    [p, pLast] = [b * p - a * pLast, p];
    [q, qLast] = [b * q - a * qLast, q];
  }
  return ((p / q) * x * Math.exp(-square)) / SQRT_PI;
}

/** The error function. */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) < 1.5) return erfSeries(x);
  const rest = erfcFraction(Math.abs(x));
  return x > 0 ? 1 - rest : rest - 1;
}

/** 1 - erf(x). */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) < 1.5) return 1 - erfSeries(x);
  const rest = erfcFraction(Math.abs(x));
  return x > 0 ? rest : 2 - rest;
}

const WORDS = new DataView(new ArrayBuffer(8));

/** The bits of a double as an integer that orders like the doubles. */
function orderedBits(x: number): bigint {
  WORDS.setFloat64(0, x);
  const bits = WORDS.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

function fromOrderedBits(bits: bigint): number {
  WORDS.setBigInt64(0, bits < 0n ? -bits : bits);
  const magnitude = WORDS.getFloat64(0);
  return bits < 0n ? -magnitude : magnitude;
}

/** The double `steps` steps from x towards y. */
export function nextAfter(x: number, y: number, steps: bigint): number {
  if (Number.isNaN(x)) return x;
  if (Number.isNaN(y)) return y;
  if (x === y || steps === 0n) return steps === 0n ? x : y;
  const from = orderedBits(x);
  const to = orderedBits(y);
  const up = to > from;
  const distance = up ? to - from : from - to;
  if (steps >= distance) return y;
  const result = fromOrderedBits(up ? from + steps : from - steps);
  return result === 0 && !up ? 0 : result === 0 && up && x < 0 ? -0 : result;
}

/** Mantissa as an integer and exponent: x = mantissa · 2**exponent. */
export function integerParts(x: number): [mantissa: bigint, exponent: number] {
  WORDS.setFloat64(0, x);
  const bits = WORDS.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return [bits >> 63n === 1n ? -mantissa : mantissa, (biased === 0 ? 1 : biased) - 1075];
}

/** x·y + z rounded once, for finite values. */
export function fusedMultiplyAdd(x: number, y: number, z: number): number {
  const [mx, ex] = integerParts(x);
  const [my, ey] = integerParts(y);
  const [mz, ez] = integerParts(z);
  if (mx === 0n || my === 0n) return x * y + z;
  const exponent = Math.min(ex + ey, ez);
  const sum = ((mx * my) << BigInt(ex + ey - exponent)) + (mz << BigInt(ez - exponent));
  if (sum === 0n) return x * y + z === 0 && mz !== 0n ? 0 : x * y + z;
  return sum < 0n ? -scaleToDouble(-sum, exponent) : scaleToDouble(sum, exponent);
}

/** Adds to a list of doubles that do not overlap, whose sum stays exact (Shewchuk). */
export function addExactly(partials: number[], value: number): void {
  let x = value;
  let kept = 0;
  for (let i = 0; i < partials.length; i++) {
    let y = partials[i]!;
    if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
    const high = x + y;
    const low = y - (high - x);
    if (low !== 0) partials[kept++] = low;
    x = high;
  }
  partials.length = kept;
  partials.push(x);
}

/** The sum of what `addExactly` collected, rounded once. */
export function roundPartials(partials: readonly number[]): number {
  let n = partials.length;
  if (n === 0) return 0;
  let high = partials[--n]!;
  let low = 0;
  while (n > 0) {
    const x = high;
    const y = partials[--n]!;
    high = x + y;
    low = y - (high - x);
    if (low !== 0) break;
  }
  // Half way between two doubles: the next partial decides.
  if (n > 0 && ((low < 0 && partials[n - 1]! < 0) || (low > 0 && partials[n - 1]! > 0))) {
    const y = low * 2;
    const x = high + y;
    if (y === x - high) high = x;
  }
  return high;
}

/** Adds a * b to exact partial sums. */
export function addProduct(partials: number[], a: number, b: number): void {
  const { hi, lo } = product(a, b);
  addExactly(partials, hi);
  addExactly(partials, lo);
}

/** Squares of numbers between these neither overflow nor lose bits. */
const SMALLEST_PLAIN = 2 ** -400;
const LARGEST_PLAIN = 2 ** 400;

/** The square root of the sum of two squares. */
function norm2(x: number, y: number): number {
  const sum = plus(product(x, x), product(y, y));
  const root = Math.sqrt(sum.hi);
  const back = product(root, root);
  return root + (sum.hi - back.hi - back.lo + sum.lo) / (2 * root);
}

function isPlain(x: number): boolean {
  return x > SMALLEST_PLAIN && x < LARGEST_PLAIN;
}

/** The length of a vector, correct to the last bit in nearly all cases. */
export function vectorNorm(values: readonly number[]): number {
  if (values.length === 2 && isPlain(Math.abs(values[0]!)) && isPlain(Math.abs(values[1]!))) return norm2(values[0]!, values[1]!);
  return scaledNorm(values);
}

/** The same for any number of values of any size. */
function scaledNorm(values: readonly number[]): number {
  let largest = 0;
  let nan = false;
  for (const value of values) {
    const magnitude = Math.abs(value);
    if (magnitude === Infinity) return Infinity;
    if (Number.isNaN(value)) nan = true;
    else if (magnitude > largest) largest = magnitude;
  }
  if (nan) return NaN;
  if (largest === 0 || values.length === 1) return largest;
  const exponent = Math.floor(Math.log2(largest));
  // Two steps, as 2 ** -exponent may be too large or small for a double.
  const half = 2 ** Math.trunc(-exponent / 2);
  const rest = 2 ** (-exponent - Math.trunc(-exponent / 2));
  const partials: number[] = [];
  for (const value of values) {
    const x = Math.abs(value) * half * rest;
    addProduct(partials, x, x);
  }
  const sum = roundPartials(partials);
  let root = Math.sqrt(sum);
  addProduct(partials, -root, root);
  root += roundPartials(partials) / (2 * root);
  return root / half / rest;
}

/** Mantissa in [0.5, 1) and exponent of a finite double. */
export function frexp(x: number): [mantissa: number, exponent: number] {
  if (x === 0) return [x, 0];
  const small = Math.abs(x) < 2 ** -1022;
  WORDS.setFloat64(0, small ? x * 2 ** 54 : x);
  const high = WORDS.getUint32(0);
  const exponent = ((high >>> 20) & 0x7ff) - 1022 - (small ? 54 : 0);
  WORDS.setUint32(0, (high & 0x800fffff) | (1022 << 20));
  return [WORDS.getFloat64(0), exponent];
}

/** x · 2**exponent, rounded once. */
export function ldexp(x: number, exponent: number): number {
  const [mantissa, own] = integerParts(x);
  if (mantissa === 0n) return x;
  const total = own + exponent;
  if (total > 2000) return x > 0 ? Infinity : -Infinity;
  if (total < -2200) return x > 0 ? 0 : -0;
  return mantissa < 0n ? -scaleToDouble(-mantissa, total) : scaleToDouble(mantissa, total);
}

/** IEEE remainder: x - n·y for the n nearest to x/y, ties to even; y is not 0 and both are finite. */
export function ieeeRemainder(x: number, y: number): number {
  const absX = Math.abs(x);
  const absY = Math.abs(y);
  const m = absX % absY;
  const c = absY - m;
  const r = m < c ? m : m > c ? -c : m - 2 * ((0.5 * (absX - m)) % absY);
  return (x < 0 || Object.is(x, -0) ? -1 : 1) * r;
}
