/**
 * Powers of floats to some 66 bits, by tables: nearly always enough to say how the exact result is rounded (Ziv, "Fast evaluation of elementary mathematical
 * functions with correctly rounded last bit", 1991), and 30 times as fast as `series-power.ts`.
 *
 *   x = 2 ** k * m          log(x) = k * log(2) + log(c) + log(1 + r),    m = c * (1 + r), c one of 363 values near m, |r| < 2 ** -9.2
 *   t = y * log(x)          exp(t) = 2 ** (n / 128) * exp(s),             |s| <= log(2) / 256
 *
 * Sums of two floats are in variables that end in `Rest` for the second: objects for them (`double-double.ts`) would be too many for V8 to do without. Bounds of errors
 * are absolute where nothing else is said.
 */
import { LN2, multiply, product, SPLITTER, times, type Double2 } from './double-double.ts';
import { logarithm, smallExponential } from './series-power.ts';

const SQRT2 = 1.4142135623730951;
/** Values of c for each unit of m. */
const STEPS = 512;
/** What 1 / c is rounded to, so that m / c is the sum of two products that are exact. */
const INVERSE_UNITS = 4096;
/** Parts of an octave. */
const PARTS = 128;
/** The relative error of a result: that of the exponential, and that of t, which is that of the logarithm times t. */
const ERROR = 2 ** -67;
const ERROR_OF_LOGARITHM = 2 ** -71;
/** Beyond this the result may not be a normal float. */
const MAX_LOGARITHM = 708;
/** Beyond this `y` could not be split. */
const MAX_EXPONENT = 2 ** 60;

/** The first bits of a number, of which whole multiples of up to `2 ** (53 - bits)` are exact, and the rest. */
function cut({ hi, lo }: Double2, bits: number): Double2 {
  const unit = 2 ** (Math.floor(Math.log2(hi)) + 1 - bits);
  const top = Math.round(hi / unit) * unit;
  return { hi: top, lo: hi - top + lo };
}

const LN2_CUT = cut(LN2, 42);
const PART_CUT = cut({ hi: LN2.hi / PARTS, lo: LN2.lo / PARTS }, 34);

interface Tables {
  /** 1 / c by `Math.round(STEPS * m)`, and log(c). */
  readonly inverses: Float64Array;
  readonly logarithms: Float64Array;
  readonly logarithmRests: Float64Array;
  /** 2 ** (i / PARTS). */
  readonly powers: Float64Array;
  readonly powerRests: Float64Array;
}

let tables: Tables | null = null;

function makeTables(): Tables {
  const end = Math.round(STEPS * SQRT2) + 1;
  const made: Tables = {
    inverses: new Float64Array(end), logarithms: new Float64Array(end), logarithmRests: new Float64Array(end),
    powers: new Float64Array(PARTS), powerRests: new Float64Array(PARTS),
  };
  for (let i = Math.round((STEPS * SQRT2) / 2); i < end; i++) {
    const inverse = Math.round((INVERSE_UNITS * STEPS) / i) / INVERSE_UNITS;
    const { hi, lo } = logarithm(inverse);
    made.inverses[i] = inverse;
    made.logarithms[i] = -hi;
    made.logarithmRests[i] = -lo;
  }
  for (let i = 0; i < PARTS; i++) {
    const root = smallExponential(times(LN2, i / PARTS / 2));
    const { hi, lo } = multiply(root, root);
    made.powers[i] = hi;
    made.powerRests[i] = lo;
  }
  return made;
}

const BITS = new Float64Array(1);
const WORDS = new Int32Array(BITS.buffer);
const MANTISSA_BITS = 20;
const BIAS = 1023;
/** The second of the two floats that a function gives. */
const REST = new Float64Array(1);

/** A power of two whose exponent is within that of normal floats. */
function powerOfTwo(exponent: number): number {
  WORDS[0] = 0;
  WORDS[1] = (exponent + BIAS) << MANTISSA_BITS;
  return BITS[0]!;
}

/** log(1 + r) - r + r ** 2 / 2, which is below 2 ** -29, less than 2 ** -81 of it off. */
function cubicPart(r: number): number {
  return r * r * r * (1 / 3 + r * (-1 / 4 + r * (1 / 5 + r * (-1 / 6 + r * (1 / 7 - r / 8)))));
}

/** log(x) of a positive normal float, less than 2 ** -71 of itself off: the second float is in REST. */
function quickLogarithm(x: number, { inverses, logarithms, logarithmRests }: Tables): number {
  BITS[0] = x;
  const word = WORDS[1]!;
  let k = (word >> MANTISSA_BITS) - BIAS;
  WORDS[1] = (word & ((1 << MANTISSA_BITS) - 1)) | (BIAS << MANTISSA_BITS);
  let m = BITS[0]!;
  if (m > SQRT2) {
    m *= 0.5;
    k++;
  }
  const i = Math.round(m * STEPS);
  const inverse = inverses[i]!;
  const top = SPLITTER * m - (SPLITTER * m - m);
  const ratio = m * inverse;
  const ratioRest = top * inverse - ratio + (m - top) * inverse;
  const r = ratio - 1 + ratioRest;
  const rRest = ratioRest - (r - (ratio - 1));
  // r - r ** 2 / 2 in two floats; what is left of the series in one.
  const rTop = SPLITTER * r - (SPLITTER * r - r);
  const square = r * r;
  const squareRest = rTop * rTop - square + (rTop + r) * (r - rTop);
  const near = r - square * 0.5;
  const nearRest = r - near - square * 0.5 + (cubicPart(r) + (rRest * (1 - r + square) - squareRest * 0.5));
  const whole = k * LN2_CUT.hi;
  const table = logarithms[i]!;
  const first = whole + table;
  const firstRest = table - (first - whole);
  const both = first + near;
  const rest = near - (both - first) + firstRest + (k * LN2_CUT.lo + logarithmRests[i]! + nearRest);
  const log = both + rest;
  REST[0] = rest - (log - both);
  return log;
}

/** exp(s) - 1 - s, less than 2 ** -70 of it off. */
function squarePart(s: number): number {
  return s * s * (1 / 2 + s * (1 / 6 + s * (1 / 24 + s * (1 / 120 + s * (1 / 720 + s / 5040)))));
}

/** `x ** y` for a positive normal `x`, rounded to nearest; NaN where it takes more bits to say which float that is, or it may not be a normal one. @hot */
export function quickPower(x: number, y: number): number {
  if (!(Math.abs(y) < MAX_EXPONENT)) return NaN;
  const known = (tables ??= makeTables());
  const log = quickLogarithm(x, known);
  const logRest = REST[0]!;
  const exact = product(log, y);
  const t = exact.hi;
  if (!(Math.abs(t) < MAX_LOGARITHM)) return NaN;
  const n = Math.round(t * (PARTS / LN2.hi));
  const near = t - n * PART_CUT.hi;
  const tail = exact.lo + logRest * y - n * PART_CUT.lo;
  const s = near + tail;
  const sRest = tail - (s - near);
  const curve = squarePart(s) + sRest;
  const less1 = s + curve;
  const less1Rest = curve - (less1 - s);
  const part = n & (PARTS - 1);
  const power = known.powers[part]!;
  const grown = product(power, less1);
  const hi = power + grown.hi;
  const lo = grown.hi - (hi - power) + (grown.lo + power * less1Rest + known.powerRests[part]! * (1 + less1));
  const error = ERROR + Math.abs(t) * ERROR_OF_LOGARITHM;
  const result = hi + (lo - hi * error);
  return result === hi + (lo + hi * error) ? result * powerOfTwo((n - part) / PARTS) : NaN;
}
