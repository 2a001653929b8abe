/**
 * Doubles as text: `repr`, the formats e, f, g, r, `float.hex`, and the way back.
 *
 * Source: CPython Python/pystrtod.c (format_float_short), Objects/floatobject.c.
 */
import { fixedDigits, quickExponential, scaledByPowerOfTen, shortestDigits, significantDigits, decomposeDouble } from './float-digits.ts';
import { bigBitLength, intFromDouble, normalizeInt, scaleToDouble } from './int-arith.ts';
import type { Int } from './int-arith.ts';
import { stripAsciiSpace, toAsciiNumeral } from './int-format.ts';

/** A conversion of `formatDouble`: `r` is repr; upper case letters give upper case exponents, INF and NAN. */
export type FloatConversion = 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'r';

/** Options of `formatDouble`. */
export interface FloatFormatOptions {
  /** `#`: always a point; g keeps trailing zeros. */
  readonly alternate?: boolean;
  /** At least one digit after the point when the text looks like an int. */
  readonly addDotZero?: boolean;
}

/** Python's repr of a double. */
export function floatRepr(x: number): string {
  if (Number.isInteger(x)) {
    if (x === 0) return Object.is(x, -0) ? '-0.0' : '0.0';
    if (x < 1e16 && x > -1e16) return `${x}.0`;
  } else {
    if (x !== x) return 'nan';
    const magnitude = Math.abs(x);
    // JavaScript writes the same digits in the same way here.
    if (magnitude >= 1e-4 && magnitude < 1e16) return String(x);
    if (magnitude === Infinity) return x > 0 ? 'inf' : '-inf';
  }
  const { digits, exponent } = shortestDigits(x);
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
  return `${x < 0 ? '-' : ''}${mantissa}${exponentText(exponent, 'e')}`;
}

function exponentText(exponent: number, letter: string): string {
  const magnitude = Math.abs(exponent);
  return `${letter}${exponent < 0 ? '-' : '+'}${magnitude < 10 ? '0' : ''}${magnitude}`;
}

function isNegative(x: number): boolean {
  return x < 0 || Object.is(x, -0);
}

/**
 * A double as PyOS_double_to_string writes it: with `-` when negative (NaN never is), never with `+`. `precision` is ignored for `r`.
 */
export function formatDouble(x: number, conversion: FloatConversion, precision: number, options: FloatFormatOptions = {}): string {
  const upper = conversion < 'a';
  if (!Number.isFinite(x)) {
    const text = x !== x ? 'nan' : x < 0 ? '-inf' : 'inf';
    return upper ? text.toUpperCase() : text;
  }
  const sign = isNegative(x) ? '-' : '';
  switch (conversion) {
    case 'f':
    case 'F': {
      const text = fixedDigits(x, precision);
      return sign + (precision === 0 && options.alternate ? `${text}.` : text);
    }
    case 'e':
    case 'E': {
      const quick = quickExponential(x, precision);
      if (quick !== undefined) return sign + quick.text + exponentText(quick.exponent, conversion);
      const { digits, exponent } = significantDigits(x, precision + 1);
      return sign + withPoint(digits, 1, options) + exponentText(exponent, conversion);
    }
    default:
      return sign + generalFormat(x, conversion, precision, options);
  }
}

function withPoint(digits: string, integerDigits: number, options: FloatFormatOptions): string {
  if (digits.length > integerDigits) return `${digits.slice(0, integerDigits)}.${digits.slice(integerDigits)}`;
  return options.alternate ? `${digits}.` : digits;
}

function generalFormat(x: number, conversion: 'g' | 'G' | 'r', precision: number, options: FloatFormatOptions): string {
  const count = precision === 0 ? 1 : precision;
  const shown = conversion === 'r' ? shortestDigits(x) : significantDigits(x, count);
  const { exponent } = shown;
  let { digits } = shown;
  if (!options.alternate || conversion === 'r') digits = digits.replace(/(?!^)0+$/, '');
  const limit = conversion === 'r' ? 16 : count - (options.addDotZero ? 1 : 0);
  // CPython's decpt is exponent + 1.
  if (exponent < -4 || exponent + 1 > limit) return withPoint(digits, 1, options) + exponentText(exponent, conversion === 'G' ? 'E' : 'e');
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const integerDigits = exponent + 1;
  if (digits.length < integerDigits) digits = digits.padEnd(integerDigits, '0');
  const text = withPoint(digits, integerDigits, options);
  if (!options.addDotZero || text.includes('.')) return options.addDotZero && text.endsWith('.') ? `${text}0` : text;
  return `${text}.0`;
}

/** float.hex */
export function floatHex(x: number): string {
  if (!Number.isFinite(x)) return floatRepr(x);
  const sign = isNegative(x) ? '-' : '';
  if (x === 0) return `${sign}0x0.0p+0`;
  const { mantissa, exponent } = decomposeDouble(x);
  const normal = mantissa >= 0x10000000000000n;
  const power = exponent + 52;
  const fraction = (mantissa & 0xfffffffffffffn).toString(16).padStart(13, '0');
  return `${sign}0x${normal ? 1 : 0}.${fraction}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
}

/** Why `float.fromhex` fails: ValueError for `invalid`, OverflowError for `too large`. */
export type FromHexFailure = 'invalid' | 'too large';

const HEX_FLOAT = /^([+-]?)(?:0[xX])?([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?(?:[pP]([+-]?[0-9]+))?$/;

/** float.fromhex */
export function floatFromHex(text: string): number | FromHexFailure {
  const body = text.replace(/^[ \t-\r]+|[ \t-\r]+$/g, '');
  const special = parseSpecial(body);
  if (special !== undefined) return special;
  const match = HEX_FLOAT.exec(body);
  if (match === null) return 'invalid';
  const fraction = match[3] ?? '';
  const digits = match[2]! + fraction;
  if (digits === '') return 'invalid';
  const mantissa = BigInt(`0x${digits}`);
  const sign = match[1] === '-' ? -1 : 1;
  if (mantissa === 0n) return 0 * sign;
  const exponent = Number(match[4] ?? '0') - 4 * fraction.length;
  const top = bigBitLength(mantissa) + exponent;
  if (top > 1024) return 'too large';
  if (top < -1080) return 0 * sign;
  const value = scaleToDouble(mantissa, exponent);
  return value === Infinity ? 'too large' : value * sign;
}

function parseSpecial(body: string): number | undefined {
  const match = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(body);
  if (match === null) return undefined;
  if (match[2]![0]!.toLowerCase() === 'n') return NaN;
  return match[1] === '-' ? -Infinity : Infinity;
}

const DECIMAL_FLOAT = /^[+-]?(?:[0-9]+(?:_[0-9]+)*\.?(?:[0-9]+(?:_[0-9]+)*)?|\.[0-9]+(?:_[0-9]+)*)(?:[eE][+-]?[0-9]+(?:_[0-9]+)*)?$/;

/** The powers of ten that doubles hold exactly, as far as they are wanted here. */
const POWERS_OF_TEN = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
const MINUS = 0x2d;
const ZERO = 0x30;
const POINT = 0x2e;
/** So many digits make an integer that a double holds exactly. */
const EXACT_DIGITS = 15;

/** The value of plain text of few digits: both terms of its division are exact, so that the quotient is the nearest double. Undefined for other text. @hot bench/programs/xml_tree.py */
function plainDecimal(text: string): number | undefined {
  const { length } = text;
  if (length === 0 || length > EXACT_DIGITS + 2) return undefined;
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let point = length;
  let digits = 0;
  for (let i = start; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= ZERO && unit <= ZERO + 9) digits = digits * 10 + (unit - ZERO);
    else if (unit === POINT && point === length) point = i;
    else return undefined;
  }
  const decimals = point === length ? 0 : length - point - 1;
  const count = point - start + decimals;
  if (count === 0 || count > EXACT_DIGITS) return undefined;
  const value = digits / POWERS_OF_TEN[decimals]!;
  return start === 1 ? -value : value;
}

/** float(text), or undefined when the text is no float. */
export function parseFloatText(text: string): number | undefined {
  const plain = plainDecimal(text);
  if (plain !== undefined) return plain;
  const body = stripAsciiSpace(toAsciiNumeral(text));
  if (DECIMAL_FLOAT.test(body)) return Number(body.includes('_') ? body.replaceAll('_', '') : body);
  return parseSpecial(body);
}

/** float.as_integer_ratio of a finite double. */
export function floatAsIntegerRatio(x: number): [numerator: Int, denominator: Int] {
  if (Number.isInteger(x)) return [intFromDouble(x), 1];
  const parts = decomposeDouble(x);
  let { mantissa, exponent } = parts;
  while ((mantissa & 1n) === 0n) {
    mantissa >>= 1n;
    exponent++;
  }
  return [normalizeInt(x < 0 ? -mantissa : mantissa), normalizeInt(1n << BigInt(-exponent))];
}

/** round(x, digits) of a double; infinite when the rounded value is too large (OverflowError). */
export function roundDouble(x: number, digits: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  // Beyond these no double changes, or all become zero.
  if (digits > 323) return x;
  if (digits < -308) return 0 * x;
  if (digits >= 0) return Number(fixedDigits(x, digits)) * (x < 0 ? -1 : 1);
  const magnitude = Number(scaledByPowerOfTen(x, digits) * 10n ** BigInt(-digits));
  return x < 0 ? -magnitude : magnitude;
}

/** The integral double nearest to x, half to even. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
