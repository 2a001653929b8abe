/** `format(Decimal, specification)`: the format mini-language with exact decimal rounding. */
import { PyDict } from '../../core/containers.ts';
import type { Value } from '../../core/value.ts';
import { decRescale } from '../../objects/algorithms/decimal/arithmetic.ts';
import { maxLimits, type Rounding } from '../../objects/algorithms/decimal/context.ts';
import { finite, withSign, type Dec } from '../../objects/algorithms/decimal/number.ts';
import { coefficientText, decimalText } from '../../objects/algorithms/decimal/text.ts';
import { intAdd, intSub, type Int } from '../../objects/algorithms/int-arith.ts';
import { strLength } from '../../objects/algorithms/str-code-points.ts';
import { tableGetStr } from '../../objects/hash-table.ts';
import { raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { asStr } from '../../objects/type-of.ts';

/** A parsed specification. */
interface Spec {
  fill: string;
  align: string;
  sign: string;
  noNegativeZero: boolean;
  alternate: boolean;
  zeroPad: boolean;
  width: number;
  separator: string;
  fractionSeparator: string;
  precision: number | null;
  type: string;
  point: string;
  /** Sizes of groups from the right, the last one repeated. */
  grouping: readonly number[];
}

const SPEC = /^(?:([^])?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(?:(\d+)([,_])?|([,_])))?([eEfFgGn%])?$/u;
const MAX_WIDTH = 2 ** 53;

/** Specifications seen lately; programs use few. A declared cache. */
const parsed = new Map<string, Readonly<Spec>>();
const MAX_PARSED = 100;

/** A specification as it stands; a copy where it is to be changed. */
function specOf(text: string): Readonly<Spec> {
  let spec = parsed.get(text);
  if (spec === undefined) {
    if (parsed.size >= MAX_PARSED) parsed.clear();
    parsed.set(text, (spec = parse(text)));
  }
  return spec;
}

function parse(text: string): Spec {
  const match = SPEC.exec(text);
  if (match === null) raiseValueError('invalid format string');
  const [, fill, align, sign = '-', z, alternate, zero, width = '0', separator = '', precision, fractionAfter, fractionAlone, type = ''] = match;
  // With an explicit alignment a leading zero belongs to the width.
  const zeroPad = zero !== undefined && align === undefined;
  if (Number(width) > MAX_WIDTH || Number(precision ?? 0) > MAX_WIDTH) raiseValueError('invalid format string');
  if (type === 'n' && separator !== '') raiseValueError('invalid format string');
  return {
    fill: zeroPad ? '0' : (fill ?? ' '), align: zeroPad ? 'z' : (align ?? '>'), sign, noNegativeZero: z !== undefined, alternate: alternate !== undefined, zeroPad,
    width: Number(width), separator, fractionSeparator: fractionAfter ?? fractionAlone ?? '', precision: precision === undefined ? null : Number(precision), type,
    point: '.', grouping: separator === '' ? [] : [3],
  };
}

/** The same with the locale's conventions that the caller gives in place of the C locale's, for type `n`. */
function overridden(plain: Readonly<Spec>, override: Value): Spec {
  const spec = { ...plain };
  if (!(override instanceof PyDict)) raiseTypeError('optional argument must be a dict');
  const text = (name: string): string | undefined => {
    const value = tableGetStr(override.table, name);
    if (value === undefined) return undefined;
    return asStr(value) ?? raiseValueError('invalid override dict');
  };
  const point = text('decimal_point');
  const separator = text('thousands_sep');
  const grouping = text('grouping');
  if (point === '' || [...(point ?? '')].length > 1 || [...(separator ?? '')].length > 1) raiseValueError('invalid override dict');
  if (point !== undefined) spec.point = point;
  if (separator !== undefined) spec.separator = separator;
  if (grouping === undefined) return spec;
  // As C chars: those from 128 on are negative.
  if (/[^\0-\x7f]/.test(grouping)) raiseValueError('invalid override dict');
  spec.grouping = [...grouping.replace(/\0.*$/s, '')].map((unit) => unit.charCodeAt(0));
  return spec;
}

/** Digits in groups from the right; with zeros in front, up to `least` characters, where padding with zeros is wanted. */
function grouped(digits: string, spec: Readonly<Spec>, least: number): string {
  const { separator, grouping } = spec;
  if (separator === '' || grouping.length === 0) return digits.padStart(least, '0');
  const groups: string[] = [];
  let rest = digits;
  let missing = least;
  for (let i = 0; ; i++) {
    const size = grouping[Math.min(i, grouping.length - 1)]!;
    // 127 (CHAR_MAX) ends the grouping; a final 0, which stands for "again", was taken away.
    // At least one digit stands before every separator.
    const wanted = Math.max(rest.length, missing, 1);
    if (size <= 0 || size === 127) {
      groups.push(rest.padStart(wanted, '0'));
      break;
    }
    groups.push(rest.slice(-size).padStart(Math.min(wanted, size), '0'));
    rest = rest.slice(0, -size);
    missing -= Math.min(wanted, size);
    if (rest === '' && missing <= 0) break;
    missing -= separator.length;
  }
  return groups.reverse().join(separator);
}

function groupedFraction(fraction: string, separator: string): string {
  return separator === '' ? fraction : (fraction.match(/\d{1,3}/g) ?? []).join(separator);
}

function signText(negative: boolean, spec: Readonly<Spec>): string {
  if (negative) return '-';
  return spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
}

function padded(sign: string, body: string, spec: Readonly<Spec>): string {
  const missing = spec.width - sign.length - strLength(body);
  if (missing <= 0) return sign + body;
  const padding = spec.fill.repeat(missing);
  if (spec.align === '<') return sign + body + padding;
  if (spec.align === '=') return sign + padding + body;
  if (spec.align !== '^') return padding + sign + body;
  const half = missing >> 1;
  return spec.fill.repeat(half) + sign + body + spec.fill.repeat(missing - half);
}

/** Rounds as the type and precision want it. */
function rounded(a: Dec, spec: Readonly<Spec>, type: string, rounding: Rounding): Dec {
  const { precision } = spec;
  if (precision === null) return a;
  const kind = type.toLowerCase();
  if (kind === 'f' || kind === '%') return decRescale(maxLimits(), a, -precision, rounding);
  const digits = kind === 'e' ? precision + 1 : Math.max(1, precision);
  if (kind === 'e') return toDigits(a, digits, rounding);
  return a.digits > digits ? toDigits(a, digits, rounding) : a;
}

function toDigits(a: Dec, digits: number, rounding: Rounding): Dec {
  if (a.small === 0) return a;
  const ctx = maxLimits();
  const first = decRescale(ctx, a, intSub(intAdd(a.exponent, a.digits), digits), rounding);
  // Rounding up 9.99 gives one digit more.
  return first.digits > digits ? finite(first.negative, first.coefficient / 10n, intAdd(first.exponent, 1)) : first;
}

/** Number of digits before the point. */
function pointPlace(a: Dec, spec: Readonly<Spec>, kind: string): Int {
  const left = intAdd(a.exponent, a.digits);
  if (kind === 'e') return a.small === 0 && spec.precision !== null ? 1 - spec.precision : 1;
  if (kind === 'f' || kind === '%') return left;
  return a.exponent <= 0 && left > -6 ? left : 1;
}

function splitDigits(a: Dec, place: number): [whole: string, fraction: string] {
  const digits = coefficientText(a);
  if (place < 0) return ['0', '0'.repeat(-place) + digits];
  if (place > digits.length) return [digits + '0'.repeat(place - digits.length), ''];
  return [digits.slice(0, place) === '' ? '0' : digits.slice(0, place), digits.slice(place)];
}

function formatFinite(given: Dec, spec: Readonly<Spec>, type: string, rounding: Rounding): string {
  const scaled = type === '%' ? given.with({ exponent: intAdd(given.exponent, 2) }) : given;
  let a = rounded(scaled, spec, type, rounding);
  const kind = type.toLowerCase();
  if (a.small === 0 && a.exponent > 0 && (kind === 'f' || kind === '%')) a = finite(a.negative, 0n, 0);
  const place = pointPlace(a, spec, kind);
  const [whole, fraction] = splitDigits(a, Number(place));
  const exponent = intSub(intAdd(a.exponent, a.digits), place);
  const negative = a.negative && !(spec.noNegativeZero && a.small === 0);
  const sign = signText(negative, spec);
  let suffix = fraction === '' && !spec.alternate ? '' : spec.point + groupedFraction(fraction, spec.fractionSeparator);
  if (exponent !== 0 || kind === 'e') suffix += `${type === 'E' || type === 'G' ? 'E' : 'e'}${exponent < 0 ? '' : '+'}${exponent}`;
  if (type === '%') suffix += '%';
  const least = spec.zeroPad ? Math.max(0, spec.width - sign.length - strLength(suffix)) : 0;
  return padded(sign, grouped(whole, spec, least) + suffix, spec.zeroPad ? { ...spec, align: '>' } : spec);
}

/** The text of a number by a specification. Raises ValueError for a wrong one. */
export function formatDecimal(a: Dec, text: string, options: { rounding: Rounding; capitals: boolean; override: Value | undefined }): string {
  let spec = specOf(text);
  if (options.override !== undefined && options.override !== null) spec = overridden(spec, options.override);
  if (a.kind !== 'finite') {
    const body = decimalText(withSign(a, false)) + (spec.type === '%' ? '%' : '');
    return padded(signText(a.negative, spec), body, spec.zeroPad ? { ...spec, fill: ' ', align: '>' } : spec);
  }
  const general = spec.type === 'n' ? 'g' : spec.type === '' ? (options.capitals ? 'G' : 'g') : spec.type;
  return formatFinite(a, spec, general, options.rounding);
}
