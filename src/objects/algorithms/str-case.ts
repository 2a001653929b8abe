/**
 * Case methods and class predicates of str, with the full mappings of Unicode 16.
 *
 * ASCII takes the engine's own conversions. Source: CPython Objects/unicodeobject.c.
 */
import { codePointsOf, isAsciiText } from './str-code-points.ts';
import {
  ALPHA, CASED, CASE_IGNORABLE, charFlags, DECIMAL, DIGIT, LOWER, NUMERIC, PRINTABLE, SPACE, TITLE, toFoldFull, toLowerFull, toTitleFull,
  toUpperFull, UPPER, XID_CONTINUE, XID_START,
} from './unicode/ctype.ts';

const CAPITAL_SIGMA = 0x3a3;

/** text.upper() */
export function strUpper(text: string): string {
  if (isAsciiText(text)) return text.toUpperCase();
  let result = '';
  for (const point of codePointsOf(text)) result += toUpperFull(point);
  return result;
}

/** text.lower() */
export function strLower(text: string): string {
  if (isAsciiText(text)) return text.toLowerCase();
  const points = codePointsOf(text);
  let result = '';
  for (let i = 0; i < points.length; i++) result += lowerAt(points, i);
  return result;
}

/** text.casefold() */
export function strCasefold(text: string): string {
  if (isAsciiText(text)) return text.toLowerCase();
  let result = '';
  for (const point of codePointsOf(text)) result += toFoldFull(point);
  return result;
}

/** Lower case of one character in its text: a capital sigma that ends a word becomes the final one. */
function lowerAt(points: Uint32Array, i: number): string {
  if (points[i] !== CAPITAL_SIGMA) return toLowerFull(points[i]!);
  let before = i - 1;
  while (before >= 0 && (charFlags(points[before]!) & CASE_IGNORABLE) !== 0) before--;
  if (before < 0 || (charFlags(points[before]!) & CASED) === 0) return 'σ';
  let after = i + 1;
  while (after < points.length && (charFlags(points[after]!) & CASE_IGNORABLE) !== 0) after++;
  return after < points.length && (charFlags(points[after]!) & CASED) !== 0 ? 'σ' : 'ς';
}

/** text.capitalize() */
export function strCapitalize(text: string): string {
  if (text === '') return text;
  if (isAsciiText(text)) return text[0]!.toUpperCase() + text.slice(1).toLowerCase();
  const points = codePointsOf(text);
  let result = toTitleFull(points[0]!);
  for (let i = 1; i < points.length; i++) result += lowerAt(points, i);
  return result;
}

const CASE_BIT = 0x20;

function isAsciiLetter(unit: number): boolean {
  const lower = unit | CASE_BIT;
  return lower >= 97 && lower <= 122;
}

function asciiTitle(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  let insideWord = false;
  for (let i = 0; i < bytes.length; i++) {
    const unit = bytes[i]!;
    const isLetter = isAsciiLetter(unit);
    if (isLetter) bytes[i] = insideWord ? unit | CASE_BIT : unit & ~CASE_BIT;
    insideWord = isLetter;
  }
  return bytes.toString('latin1');
}

function asciiSwapcase(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  for (let i = 0; i < bytes.length; i++) if (isAsciiLetter(bytes[i]!)) bytes[i] = bytes[i]! ^ CASE_BIT;
  return bytes.toString('latin1');
}

/** text.title() */
export function strTitle(text: string): string {
  if (isAsciiText(text)) return asciiTitle(text);
  const points = codePointsOf(text);
  let result = '';
  let insideWord = false;
  for (let i = 0; i < points.length; i++) {
    result += insideWord ? lowerAt(points, i) : toTitleFull(points[i]!);
    insideWord = (charFlags(points[i]!) & CASED) !== 0;
  }
  return result;
}

/** text.swapcase() */
export function strSwapcase(text: string): string {
  if (isAsciiText(text)) return asciiSwapcase(text);
  const points = codePointsOf(text);
  let result = '';
  for (let i = 0; i < points.length; i++) {
    const flags = charFlags(points[i]!);
    if ((flags & UPPER) !== 0) result += lowerAt(points, i);
    else if ((flags & LOWER) !== 0) result += toUpperFull(points[i]!);
    else result += String.fromCodePoint(points[i]!);
  }
  return result;
}

/** Whether the text has a character, and every one has one of the flags. */
function every(text: string, flags: number): boolean {
  if (text === '') return false;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i)!;
    if (point > 0xffff) i++;
    if ((charFlags(point) & flags) === 0) return false;
  }
  return true;
}

/** text.isalpha() */
export function strIsAlpha(text: string): boolean {
  return every(text, ALPHA);
}

/** text.isalnum() */
export function strIsAlnum(text: string): boolean {
  return every(text, ALPHA | DECIMAL | DIGIT | NUMERIC);
}

/** text.isdecimal() */
export function strIsDecimal(text: string): boolean {
  return every(text, DECIMAL);
}

/** text.isdigit() */
export function strIsDigit(text: string): boolean {
  return every(text, DIGIT);
}

/** text.isnumeric() */
export function strIsNumeric(text: string): boolean {
  return every(text, NUMERIC);
}

/** text.isspace() */
export function strIsSpace(text: string): boolean {
  return every(text, SPACE);
}

/** text.isprintable() */
export function strIsPrintable(text: string): boolean {
  return text === '' || every(text, PRINTABLE);
}

/** text.isidentifier() */
export function strIsIdentifier(text: string): boolean {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return true;
  return text !== '' && (charFlags(text.codePointAt(0)!) & XID_START) !== 0 && every(text, XID_CONTINUE);
}

/** text.islower() */
export function strIsLower(text: string): boolean {
  return isOneCase(text, LOWER, UPPER | TITLE);
}

/** text.isupper() */
export function strIsUpper(text: string): boolean {
  return isOneCase(text, UPPER, LOWER | TITLE);
}

function isOneCase(text: string, wanted: number, forbidden: number): boolean {
  let found = false;
  for (const point of codePointsOf(text)) {
    const flags = charFlags(point);
    if ((flags & forbidden) !== 0) return false;
    if ((flags & wanted) !== 0) found = true;
  }
  return found;
}

/** text.istitle() */
export function strIsTitle(text: string): boolean {
  let found = false;
  let insideWord = false;
  for (const point of codePointsOf(text)) {
    const flags = charFlags(point);
    if ((flags & (UPPER | TITLE)) !== 0) {
      if (insideWord) return false;
      insideWord = found = true;
    } else if ((flags & LOWER) !== 0) {
      if (!insideWord) return false;
      found = true;
    } else insideWord = false;
  }
  return found;
}
