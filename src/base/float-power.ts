/**
 * `x ** y` for floats, to the last bit. V8's own power is off by a unit here and there (10 ** -5 is 0.000009999999999999999).
 *
 * Exponents that are few halves go by multiplication (`1.5`, `-0.5`, `3`: what programs use most), all others by tables (`quick-power.ts`) and, where the result is so near the
 * middle between two floats that this does not say which, or not a normal float, by series (`series-power.ts`).
 */
import { multiply, ONE, product, times, type Double2 } from './double-double.ts';
import { quickPower } from './quick-power.ts';
import { exponential, logarithm } from './series-power.ts';

/** Results of fewer bits fit a double-double exactly. */
const EXACT_BITS = 104;
/** Powers of at most this many halves go by squaring: few enough products that the error stays below 2 ** -98. */
const MAX_HALVES = 32;
/** Within these no step of a double-double product overflows or loses bits. */
const SAFE_EXPONENT = 900;
/** Of bases between these all such powers are within, which saves their logarithm. */
const SMALLEST_NEAR_BASE = 2 ** ((-2 * SAFE_EXPONENT) / MAX_HALVES);
const LARGEST_NEAR_BASE = 2 ** ((2 * SAFE_EXPONENT) / MAX_HALVES);
const SMALLEST_BASE = 2 ** -450;
const LARGEST_BASE = 2 ** 450;
const SMALLEST_NORMAL = 2 ** -1022;
/** Beyond this many powers of two everything overflows or vanishes. */
const MAX_EXPONENT = 1100;

/** `x ** y`, rounded to nearest; special cases as in C99 (`1 ** nan` and `(-1) ** inf` are 1). Negative `x` needs an integral `y`. */
export function accuratePower(x: number, y: number): number {
  const halves = 2 * y;
  if (x > SMALLEST_NEAR_BASE && x < LARGEST_NEAR_BASE && Number.isInteger(halves) && Math.abs(halves) <= MAX_HALVES) return halfPower(x, halves);
  return powerOfAny(x, y);
}

function powerOfAny(x: number, y: number): number {
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
  if (y > 0 && rough < EXACT_BITS && Number.isInteger(y) && Number.isInteger(x)) return wholePower(x, y, ONE);
  const halves = 2 * y;
  if (Number.isInteger(halves) && Math.abs(halves) <= MAX_HALVES && Math.abs(rough) < SAFE_EXPONENT && x > SMALLEST_BASE && x < LARGEST_BASE) return halfPower(x, halves);
  return generalPower(x, y);
}

function generalPower(x: number, y: number): number {
  const quick = x < SMALLEST_NORMAL ? NaN : quickPower(x, y);
  return Number.isNaN(quick) ? exponential(times(logarithm(x), y)) : quick;
}

/** `x ** (halves / 2)` @hot bench/programs/nbody.py */
function halfPower(x: number, halves: number): number {
  if (halves === 4) return x * x;
  if (halves === 1) return Math.sqrt(x);
  const count = Math.abs(halves);
  const start = count % 2 === 1 ? squareRoot(x) : ONE;
  if (halves === 3) return rounded(times(start, x));
  if (halves > 0) return wholePower(x, count >> 1, start);
  return reciprocal(wholeProduct(x, count >> 1, start));
}

/** `start * x ** y` for a whole `y`. Products of up to 106 bits are exact, so that the one rounding at the end is right even half-way between two floats. */
function wholePower(x: number, y: number, start: Double2): number {
  return rounded(wholeProduct(x, y, start));
}

function wholeProduct(x: number, y: number, start: Double2): Double2 {
  // In variables: of objects that change in a loop V8 makes real ones.
  let { hi, lo } = start;
  let squareHi = x;
  let squareLo = 0;
  for (let rest = y; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) ({ hi, lo } = multiply({ hi, lo }, { hi: squareHi, lo: squareLo }));
    if (rest > 1) ({ hi: squareHi, lo: squareLo } = multiply({ hi: squareHi, lo: squareLo }, { hi: squareHi, lo: squareLo }));
  }
  return { hi, lo };
}

function rounded({ hi, lo }: Double2): number {
  return hi + lo;
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
