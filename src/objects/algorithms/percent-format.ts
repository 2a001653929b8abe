/**
 * `%` formatting: parsing the format into pieces, and laying out what the caller converted.
 *
 *   %[(key)][flags][width][.precision][length]code
 *
 * The caller takes the arguments in this order: the mapping value of the key, `*` of the width, `*` of the precision, the value.
 * Source: CPython Objects/unicodeobject.c (unicode_format_arg_parse and on), Objects/bytesobject.c.
 */
import { formatDouble, type FloatConversion } from './float-repr.ts';
import type { Int } from './int-arith.ts';
import { strLength, strSubstring } from './str-code-points.ts';
import { filling } from './str-pad.ts';

/** A width or precision: a number, `*` for the next argument, or -1 when it is not given. */
export type PercentSize = number | '*';

/** One conversion of a format. */
export interface PercentConversion {
  readonly kind: 'conversion';
  /** The mapping key, or undefined. */
  readonly key: string | undefined;
  readonly left: boolean;
  readonly sign: boolean;
  readonly blank: boolean;
  readonly alternate: boolean;
  readonly zero: boolean;
  readonly width: PercentSize;
  readonly precision: PercentSize;
  readonly code: string;
  /** Where the code stands, for messages: a code-point index. */
  readonly index: number;
}

/** A ValueError, raised after the arguments for what was read before it are taken. */
export interface PercentFailure {
  readonly kind: 'failure';
  readonly key: string | undefined;
  readonly width: PercentSize;
  readonly precision: PercentSize;
  readonly message: string;
}

/** Text, a conversion, or the failure that ends the format. */
export type PercentPiece = string | PercentConversion | PercentFailure;

const FLAGS: Readonly<Record<string, 'left' | 'sign' | 'blank' | 'alternate' | 'zero'>> = {
  '-': 'left',
  '+': 'sign',
  ' ': 'blank',
  '#': 'alternate',
  '0': 'zero',
};

/** Larger sizes do not fit CPython's types. */
const MAX_WIDTH = 2 ** 63;
const MAX_PRECISION = 2 ** 31;

/** Parses one format; `isBytes` for the small differences of bytes formats, given as latin-1 text. */
class PercentParser {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  parse(): PercentPiece[] {
    const pieces: PercentPiece[] = [];
    const { text } = this;
    while (this.at < text.length) {
      const percent = text.indexOf('%', this.at);
      const end = percent < 0 ? text.length : percent;
      if (end > this.at) pieces.push(text.slice(this.at, end));
      if (percent < 0) break;
      this.at = percent + 1;
      if (text[this.at] === '%') {
        pieces.push('%');
        this.at++;
        continue;
      }
      const piece = this.parseConversion();
      pieces.push(piece);
      if (piece.kind === 'failure') break;
    }
    return pieces;
  }

  private parseConversion(): PercentConversion | PercentFailure {
    let key: string | undefined;
    let width: PercentSize = -1;
    let precision: PercentSize = -1;
    const fail = (message: string): PercentFailure => ({ kind: 'failure', key, width, precision, message });
    if (this.text[this.at] === '(') {
      const found = this.parseKey();
      if (found === undefined) return fail('incomplete format key');
      key = found;
    }
    const flags = { left: false, sign: false, blank: false, alternate: false, zero: false };
    for (let flag = FLAGS[this.text[this.at] ?? '']; flag !== undefined; flag = FLAGS[this.text[this.at] ?? '']) {
      flags[flag] = true;
      this.at++;
    }
    const readWidth = this.parseSize(MAX_WIDTH);
    if (readWidth === undefined) return fail('width too big');
    width = readWidth;
    if (this.text[this.at] === '.') {
      this.at++;
      const readPrecision = this.parseSize(MAX_PRECISION);
      if (readPrecision === undefined) return fail('precision too big');
      precision = readPrecision === -1 ? 0 : readPrecision;
    }
    if ('hlL'.includes(this.text[this.at] ?? '?')) this.at++;
    const point = this.text.codePointAt(this.at);
    if (point === undefined) return fail('incomplete format');
    const code = String.fromCodePoint(point);
    const index = strLength(this.text.slice(0, this.at));
    this.at += code.length;
    return { kind: 'conversion', key, ...flags, width, precision, code, index };
  }

  /** The text up to the matching parenthesis; undefined when there is none. */
  private parseKey(): string | undefined {
    const start = this.at + 1;
    let depth = 1;
    for (this.at = start; this.at < this.text.length; this.at++) {
      if (this.text[this.at] === '(') depth++;
      else if (this.text[this.at] === ')' && --depth === 0) return this.text.slice(start, this.at++);
    }
    return undefined;
  }

  private parseSize(limit: number): PercentSize | undefined {
    if (this.text[this.at] === '*') {
      this.at++;
      return '*';
    }
    const digits = /^[0-9]+/.exec(this.text.slice(this.at, this.at + 400))?.[0];
    if (digits === undefined) return -1;
    this.at += digits.length;
    const size = Number(digits);
    return size < limit ? size : undefined;
  }
}

/** Parses a format; a failure, if any, is the last piece. */
export function parsePercentFormat(text: string): PercentPiece[] {
  return new PercentParser(text).parse();
}

/** The ValueError for a code that no conversion has. */
export function unsupportedPercentCode(conversion: PercentConversion): string {
  const point = conversion.code.codePointAt(0)!;
  const shown = point >= 31 && point <= 126 ? conversion.code : '?';
  return `unsupported format character '${shown}' (0x${point.toString(16)}) at index ${conversion.index}`;
}

/** Width and precision after `*` was resolved; a negative width means left alignment. */
export interface PercentLayout {
  readonly left: boolean;
  readonly width: number;
  readonly precision: number;
}

/** Puts the numbers that stood for `*` in place. */
export function resolvePercentLayout(conversion: PercentConversion, width: number, precision: number): PercentLayout {
  const negative = conversion.width === '*' && width < 0;
  return { left: conversion.left || negative, width: negative ? -width : width, precision: conversion.precision === '*' && precision < 0 ? 0 : precision };
}

/** Whether no `*` is to be resolved: the conversion is its own layout. */
export function isLaidOut(conversion: PercentConversion): conversion is PercentConversion & PercentLayout {
  return conversion.width !== '*' && conversion.precision !== '*';
}

/** Pads `text`, cut to the precision: for %s, %r, %a, %c. */
export function percentText(text: string, layout: PercentLayout): string {
  if (layout.width <= 0 && layout.precision < 0) return text;
  const cut = layout.precision >= 0 && strLength(text) > layout.precision ? strSubstring(text, 0, layout.precision) : text;
  const missing = layout.width - strLength(cut);
  if (missing <= 0) return cut;
  return layout.left ? cut + filling(' ', missing) : filling(' ', missing) + cut;
}

function layOut(negative: boolean, prefix: string, body: string, conversion: PercentConversion, layout: PercentLayout): string {
  const sign = negative ? '-' : conversion.sign ? '+' : conversion.blank ? ' ' : '';
  const missing = layout.width - sign.length - prefix.length - body.length;
  if (missing <= 0) return sign + prefix + body;
  if (layout.left) return sign + prefix + body + filling(' ', missing);
  return conversion.zero ? sign + prefix + filling('0', missing) + body : filling(' ', missing) + sign + prefix + body;
}

/** %d, %i, %u, %x, %X, %o of an int. */
export function percentInt(value: Int, conversion: PercentConversion, layout: PercentLayout): string {
  const { code } = conversion;
  const base = code === 'x' || code === 'X' ? 16 : code === 'o' ? 8 : 10;
  const negative = value < 0;
  let digits = base === 10 ? String(value) : value.toString(base);
  if (negative) digits = digits.slice(1);
  if (layout.precision > digits.length) digits = digits.padStart(layout.precision, '0');
  if (code === 'X') digits = digits.toUpperCase();
  return layOut(negative, conversion.alternate && base !== 10 ? `0${code}` : '', digits, conversion, layout);
}

/** %e, %f, %g and their capitals of a float. */
export function percentFloat(value: number, conversion: PercentConversion, layout: PercentLayout): string {
  const precision = layout.precision < 0 ? 6 : layout.precision;
  const text = formatDouble(value, conversion.code as FloatConversion, precision, { alternate: conversion.alternate });
  const negative = text[0] === '-';
  return layOut(negative, '', negative ? text.slice(1) : text, conversion, layout);
}
