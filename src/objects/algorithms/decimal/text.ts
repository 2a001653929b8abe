/** Decimals as text, both ways. */
import { intAdd, intSub, type Int, normalizeInt } from '../int-arith.ts';
import { stripAsciiSpace, toAsciiNumeral } from '../int-format.ts';
import { adjusted, finite, finiteSmall, infinity, isNaN, nan, type Dec } from './number.ts';
import { CLAMPED, CONVERSION_SYNTAX, finalize, INEXACT, INVALID_OPERATION, maxLimits, MAX_EMAX, MIN_ETINY, ROUNDED, type Limits } from './context.ts';

const NUMBER = /^([+-])?(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/;
const SPECIAL = /^([+-])?(?:(inf(?:inity)?)|(s?)nan(\d*))$/i;
/** Exponents of text beyond this many digits are as good as infinite. */
const EXPONENT_DIGITS = 25;

function exponentOf(text: string | undefined): Int {
  if (text === undefined) return 0;
  const digits = text.replace(/^[+-]?0*/, '');
  const capped = digits.length > EXPONENT_DIGITS ? digits.slice(0, EXPONENT_DIGITS) : digits === '' ? '0' : digits;
  return normalizeInt(BigInt(text.startsWith('-') ? `-${capped}` : capped));
}

/** A numeric string exactly as it stands, any exponent; undefined when it is none. */
function parseDecimal(text: string): Dec | undefined {
  const match = NUMBER.exec(text);
  if (match !== null) {
    const fraction = match[3] ?? match[4] ?? '';
    return finite(match[1] === '-', BigInt((match[2] ?? '') + fraction), intSub(exponentOf(match[5]), fraction.length));
  }
  const special = SPECIAL.exec(text);
  if (special === null) return undefined;
  const negative = special[1] === '-';
  if (special[2] !== undefined) return infinity(negative);
  return nan(negative, special[4] === '' ? 0n : BigInt(special[4]!), special[3] === '' ? 'qnan' : 'snan');
}

/** Texts up to this length have so few digits that they are a safe integer, whatever stands among them. */
const SHORT_NUMBER = 15;

/** A short number of ASCII digits with at most a sign and a point, as most are written; undefined for others. @hot Decimal('1.25') */
export function shortDecimal(text: string): Dec | undefined {
  const { length } = text;
  if (length > SHORT_NUMBER) return undefined;
  const first = text.charCodeAt(0);
  let coefficient = 0;
  let digits = 0;
  let point = -1;
  for (let i = first === MINUS ? 1 : 0; i < length; i++) {
    const digit = text.charCodeAt(i) - ZERO_CODE;
    if (digit >= 0 && digit <= 9) {
      coefficient = coefficient * 10 + digit;
      digits++;
    } else if (digit === POINT - ZERO_CODE && point < 0) point = i;
    else return undefined;
  }
  return digits === 0 ? undefined : finiteSmall(first === MINUS, coefficient, point < 0 ? 0 : point + 1 - length);
}

const MINUS = 45;
const POINT = 46;
const ZERO_CODE = 48;

/** A numeric string without loss: InvalidOperation where the exponent is out of every range. */
export function decimalFromText(ctx: Limits, text: string): Dec {
  const short = shortDecimal(text);
  if (short !== undefined) return short;
  // Only here spaces around the number and underscores are ignored.
  const parsed = parseDecimal(stripAsciiSpace(toAsciiNumeral(text)).replaceAll('_', ''));
  if (parsed === undefined) {
    ctx.status |= CONVERSION_SYNTAX;
    return nan();
  }
  return exactly(ctx, parsed);
}

/** The number itself if the widest context holds it, else InvalidOperation. */
export function exactly(ctx: Limits, a: Dec): Dec {
  // An exponent that is a safe integer is far from all limits; the engine compares such numbers with bigints by a call.
  if (a.kind !== 'finite' || typeof a.exponent === 'number') return a;
  if (a.exponent >= MIN_ETINY && (a.small === 0 ? a.exponent : adjusted(a)) <= MAX_EMAX && a.exponent <= MAX_EMAX) {
    if (a.small === 0 || adjusted(a) >= -999999999999999999n) return a;
  }
  const wide = maxLimits();
  const result = finalize(wide, a);
  if ((wide.status & (INEXACT | ROUNDED | CLAMPED)) === 0) return result;
  ctx.status |= INVALID_OPERATION;
  return nan();
}

/** A numeric string rounded to the context; a NaN's payload must fit. */
export function decimalRounded(ctx: Limits, text: string): Dec {
  const parsed = parseDecimal(toAsciiNumeral(text));
  if (parsed === undefined || (isNaN(parsed) && parsed.small !== 0 && parsed.digits > intSub(ctx.prec, ctx.clamp))) {
    ctx.status |= CONVERSION_SYNTAX;
    return nan();
  }
  return finalize(ctx, parsed);
}

function specialText(a: Dec): string {
  const sign = a.negative ? '-' : '';
  if (a.kind === 'inf') return `${sign}Infinity`;
  return `${sign}${a.kind === 'snan' ? 'sNaN' : 'NaN'}${a.small === 0 ? '' : a.coefficient}`;
}

/** Where the point stands among the digits: after as many as this. */
function pointPlace(a: Dec, length: number, engineering: boolean): number {
  const left = intAdd(a.exponent, length);
  if (a.exponent <= 0 && left > -6) return Number(left);
  if (!engineering) return 1;
  const modulo = (value: Int): number => Number(((BigInt(value) % 3n) + 3n) % 3n);
  return a.small === 0 ? modulo(intAdd(left, 1)) - 1 : modulo(intSub(left, 1)) + 1;
}

/** The digits of the coefficient. */
export function coefficientText(a: Dec): string {
  return a.small >= 0 ? String(a.small) : a.coefficient.toString();
}

/** `to-scientific-string`, or with `engineering` an exponent that is a multiple of three. */
export function decimalText(a: Dec, options: { engineering: boolean; capitals: boolean } = { engineering: false, capitals: true }): string {
  if (a.kind !== 'finite') return specialText(a);
  const digits = coefficientText(a);
  const left = intAdd(a.exponent, digits.length);
  const place = pointPlace(a, digits.length, options.engineering);
  let text: string;
  if (place <= 0) text = `0.${'0'.repeat(-place)}${digits}`;
  else if (place >= digits.length) text = digits + '0'.repeat(place - digits.length);
  else text = `${digits.slice(0, place)}.${digits.slice(place)}`;
  const exponent = intSub(left, place);
  const suffix = exponent === 0 ? '' : `${options.capitals ? 'E' : 'e'}${exponent > 0 ? '+' : ''}${exponent}`;
  return `${a.negative ? '-' : ''}${text}${suffix}`;
}
