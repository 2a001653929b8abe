/**
 * Decimal digits of doubles: exact, rounded half to even, to any precision.
 *
 * The engine's `toFixed` and `toExponential` are exact but round ties up, and stop at 100 digits; they are the fast path, and exact
 * ties and longer requests go through bigints. Source: CPython Python/dtoa.c (what it computes, not how).
 */

const doubleView = new Float64Array(1);
const bitsView = new BigUint64Array(doubleView.buffer);
/** No double has more digits than this after its point, so what follows is zeros. */
const MAX_FRACTION_DIGITS = 1074;

/** A finite double as mantissa · 2**exponent, sign left out. */
export function decomposeDouble(x: number): { mantissa: bigint; exponent: number } {
  doubleView[0] = x;
  const bits = bitsView[0]!;
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return biased === 0 ? { mantissa: fraction, exponent: -1074 } : { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

/** The integer nearest to |x| · 10**power, half to even. */
export function scaledByPowerOfTen(x: number, power: number): bigint {
  const { mantissa, exponent } = decomposeDouble(x);
  let numerator = mantissa;
  let denominator = 1n;
  if (power > 0) numerator *= 10n ** BigInt(power);
  else denominator = 10n ** BigInt(-power);
  if (exponent > 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  const quotient = numerator / denominator;
  const twice = (numerator - quotient * denominator) * 2n;
  return twice > denominator || (twice === denominator && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

/** Whether the text, which has one digit more than wanted, may be an exact tie of `x`. */
function mayBeTie(longer: string, mantissaEnd: number, x: number): boolean {
  return longer.charCodeAt(mantissaEnd - 1) === 53 && Number(longer) === x;
}

/** Powers of ten that doubles hold exactly. */
const EXACT_POWERS: readonly number[] = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
/** Below this a product of a double and an exact power of ten is off by less than a 4096th. */
const LARGEST_SCALED = 2 ** 40;

/**
 * Whether |x| · 10**power is surely not halfway between two integers: then the engine's rounding is right. Multiplying once tells that of nearly all
 * doubles, and takes a tenth of the time of a longer conversion.
 */
function isNoTie(magnitude: number, power: number): boolean {
  if (power < -22 || power > 22) return false;
  const scaled = power >= 0 ? magnitude * EXACT_POWERS[power]! : magnitude / EXACT_POWERS[-power]!;
  return scaled < LARGEST_SCALED && Math.abs(scaled - Math.floor(scaled) - 0.5) > 1 / 4096;
}

/** 000 to 999. */
const THREE_DIGITS: readonly string[] = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));

/** A natural number below 10**count as `count` digits. */
function paddedDigits(n: number, count: number): string {
  if (count <= 3) return count === 3 ? THREE_DIGITS[n]! : THREE_DIGITS[n]!.slice(3 - count);
  const high = Math.floor(n / 1000);
  return paddedDigits(high, count - 3) + THREE_DIGITS[n - 1000 * high]!;
}

/** A number · 10**precision, rounded, as digits with a point; half the time that `toFixed` takes. */
function pointed(rounded: number, precision: number): string {
  if (precision === 0) return String(rounded);
  const unit = EXACT_POWERS[precision]!;
  const whole = Math.floor(rounded / unit);
  return `${whole}.${paddedDigits(rounded - whole * unit, precision)}`;
}

/** |x| with exactly `precision` digits after the point, and no point when there are none; x is finite. */
export function fixedDigits(x: number, precision: number): string {
  const magnitude = Math.abs(x);
  if (precision < 100 && magnitude < 1e21) {
    if (isNoTie(magnitude, precision)) return pointed(Math.floor(magnitude * EXACT_POWERS[precision]! + 0.5), precision);
    const longer = magnitude.toFixed(precision + 1);
    if (!mayBeTie(longer, longer.length, magnitude)) return magnitude.toFixed(precision);
  }
  const known = Math.min(precision, MAX_FRACTION_DIGITS);
  const digits = scaledByPowerOfTen(magnitude, known).toString().padStart(known + 1, '0');
  if (precision === 0) return digits;
  return `${digits.slice(0, digits.length - known)}.${digits.slice(digits.length - known)}${'0'.repeat(precision - known)}`;
}

/** Up to so many digits stay below LARGEST_SCALED. */
const MAX_QUICK_DIGITS = 12;

function scaledBy(magnitude: number, power: number): number {
  return power >= 0 ? magnitude * EXACT_POWERS[power]! : magnitude / EXACT_POWERS[-power]!;
}

/** As `significantDigits`, with the digits as a number, where one multiplication surely tells; else undefined. Half the time of making a text and taking it apart. */
function quickDigits(magnitude: number, count: number): { rounded: number; exponent: number } | undefined {
  if (count > MAX_QUICK_DIGITS) return undefined;
  let exponent = Math.floor(Math.log10(magnitude));
  let power = count - 1 - exponent;
  // One less than EXACT_POWERS has, as the logarithm may be off by one.
  if (power < -21 || power > 21) return undefined;
  const limit = EXACT_POWERS[count]!;
  let scaled = scaledBy(magnitude, power);
  if (scaled < EXACT_POWERS[count - 1]!) scaled = scaledBy(magnitude, (exponent--, ++power));
  else if (scaled >= limit) scaled = scaledBy(magnitude, (exponent++, --power));
  if (Math.abs(scaled - Math.floor(scaled) - 0.5) <= 1 / 4096) return undefined;
  const rounded = Math.floor(scaled + 0.5);
  return rounded === limit ? { rounded: rounded / 10, exponent: exponent + 1 } : { rounded, exponent };
}

/** |x| as `d.ddd` with `precision` digits behind the point, and the decimal exponent; undefined where `significantDigits` has to tell. @hot formats with `e` */
export function quickExponential(x: number, precision: number): { text: string; exponent: number } | undefined {
  if (x === 0 || precision === 0) return undefined;
  const quick = quickDigits(Math.abs(x), precision + 1);
  if (quick === undefined) return undefined;
  const unit = EXACT_POWERS[precision]!;
  const first = Math.floor(quick.rounded / unit);
  return { text: `${first}.${paddedDigits(quick.rounded - first * unit, precision)}`, exponent: quick.exponent };
}

/** `count` significant digits of |x| and the decimal exponent of the first; x is finite, count ≥ 1. */
export function significantDigits(x: number, count: number): { digits: string; exponent: number } {
  const magnitude = Math.abs(x);
  if (magnitude === 0) return { digits: '0'.repeat(count), exponent: 0 };
  const quick = quickDigits(magnitude, count);
  if (quick !== undefined) return { digits: String(quick.rounded), exponent: quick.exponent };
  if (count <= 100) {
    const rounded = splitExponential(magnitude.toExponential(count - 1));
    // Where rounding has made one digit more, the one digit is even: that way a tie goes, too.
    if (isNoTie(magnitude, count - 1 - rounded.exponent)) return rounded;
    const longer = magnitude.toExponential(count);
    if (!mayBeTie(longer, longer.indexOf('e'), magnitude)) return rounded;
  }
  // Enough digits that the exponent is not rounded up; the loop below would stop at a rounded power of ten otherwise.
  let exponent = splitExponential(magnitude.toExponential(60)).exponent;
  for (;;) {
    // No double has more significant digits than this.
    const known = Math.min(count, 800);
    const digits = scaledByPowerOfTen(magnitude, known - 1 - exponent).toString();
    if (digits.length === known) return { digits: digits + '0'.repeat(count - known), exponent };
    exponent += digits.length > known ? 1 : -1;
  }
}

function splitExponential(text: string): { digits: string; exponent: number } {
  const e = text.indexOf('e');
  const mantissa = text.slice(0, e);
  return { digits: mantissa.length === 1 ? mantissa : mantissa[0]! + mantissa.slice(2), exponent: Number(text.slice(e + 1)) };
}

/** The fewest digits that read back as |x|, and the decimal exponent of the first; x is finite. */
export function shortestDigits(x: number): { digits: string; exponent: number } {
  return splitExponential(Math.abs(x).toExponential());
}
