/**
 * Ints as text and as bytes: `str`, `int(text, base)`, `int.to_bytes`, `int.from_bytes`.
 *
 * Source: CPython Objects/longobject.c.
 */
import { intBitLength, normalizeInt } from './int-arith.ts';
import type { Int } from './int-arith.ts';
import { isAsciiText } from './str-code-points.ts';
import { decimalValue, isSpace } from './unicode/ctype.ts';

/** Why a text is not an int: not a literal of the base, or more digits than the limit allows. */
export type IntParseFailure = 'invalid' | 'too long';

const LOG10_2 = 0.30102999566398120;

/** Digits of an int in base 2 to 36, lower case, with a sign and without prefix. */
export function intToText(value: Int, base = 10): string {
  return value.toString(base);
}

/** Whether the decimal text of an int has more digits than the limit; a limit of 0 allows all. */
export function exceedsDigitLimit(value: Int, limit: number): boolean {
  if (limit === 0 || typeof value === 'number') return false;
  const bits = intBitLength(value);
  if (bits * LOG10_2 > limit + 1) return true;
  if (bits * LOG10_2 < limit - 1) return false;
  return (value < 0n ? -value : value).toString().length > limit;
}

/**
 * Turns Unicode decimal digits into ASCII digits and Unicode spaces into spaces, so that numeric parsers only meet ASCII; any other
 * character beyond ASCII becomes `?`, which no parser accepts.
 */
export function toAsciiNumeral(text: string): string {
  if (isAsciiText(text)) return text;
  let result = '';
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    if (codePoint < 128) result += character;
    else if (isSpace(codePoint)) result += ' ';
    else {
      const digit = decimalValue(codePoint);
      result += digit < 0 ? '?' : String(digit);
    }
  }
  return result;
}

/** Removes the spaces that numeric parsers skip: fewer than `str.strip` does. */
export function stripAsciiSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isAsciiSpace(text.charCodeAt(start))) start++;
  while (end > start && isAsciiSpace(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isAsciiSpace(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13);
}

/** Number of digits of a numeral, as the message about the limit counts them. */
export function countNumeralDigits(text: string): number {
  return toAsciiNumeral(text).replace(/[^0-9A-Za-z]/g, '').length;
}

const BASE_PREFIXES: Readonly<Record<string, number>> = { x: 16, X: 16, o: 8, O: 8, b: 2, B: 2 };

/**
 * int(text, base): sign, spaces, prefix, underscores, Unicode digits. `base` is 0 or 2 to 36. `maxDigits` 0 means no limit; the limit
 * does not hold for bases that are powers of two.
 */
export function parseIntText(text: string, base: number, maxDigits: number): Int | IntParseFailure {
  // The common case first: a short run of ASCII digits.
  if (base === 10 ? text.length < 16 && /^[0-9]+$/.test(text) : text.length <= EXACT_DIGITS[base]!) {
    const value = base === 10 ? Number(text) : shortTextToInt(text, base);
    if (value >= 0) return value;
  }
  if (base === 10 && /^[0-9]+$/.test(text) && (maxDigits === 0 || text.length <= maxDigits)) return normalizeInt(BigInt(text));
  let body = stripAsciiSpace(toAsciiNumeral(text));
  let negative = false;
  if (body[0] === '-' || body[0] === '+') {
    negative = body[0] === '-';
    body = body.slice(1);
  }
  const prefixBase = body[0] === '0' && body.length > 1 ? BASE_PREFIXES[body[1]!] : undefined;
  let radix = base;
  if (base === 0) {
    radix = prefixBase ?? 10;
    // A literal without prefix may only start with 0 when it is zero.
    if (prefixBase === undefined && /^0[0_]*[1-9]/.test(body)) return 'invalid';
  }
  if (prefixBase !== undefined && prefixBase === radix) {
    body = body.slice(2);
    if (body[0] === '_') body = body.slice(1);
  }
  if (!isNumeral(body, radix)) return 'invalid';
  const digits = body.includes('_') ? body.replaceAll('_', '') : body;
  if (maxDigits > 0 && digits.length > maxDigits && (radix & (radix - 1)) !== 0) return 'too long';
  const magnitude = digitsToInt(digits, radix);
  return negative ? (typeof magnitude === 'number' ? 0 - magnitude : -magnitude) : magnitude;
}

/** Digits that certainly give an int below 2**53, by base; none for 0, which stands for the base that the text names. */
const EXACT_DIGITS = Array.from({ length: 37 }, (_, base) => (base < 2 ? 0 : Math.floor(53 / Math.log2(base))));

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 122 ? letter - 87 : 36;
}

/**
 * The int of a short run of digits and nothing else in ASCII bytes; -1 for whatever needs a closer look.
 *
 * @hot int(chunk, 2) in bench/programs/regex_compile.py
 */
export function shortBytesToInt(bytes: Uint8Array, base: number): number {
  const { length } = bytes;
  if (length === 0 || length > EXACT_DIGITS[base]!) return -1;
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = digitOf(bytes[i]!);
    if (digit >= base) return -1;
    value = value * base + digit;
  }
  return value;
}

/** The int of a short run of digits and nothing else; -1 for whatever needs a closer look. */
function shortTextToInt(text: string, base: number): number {
  let value = text === '' ? -1 : 0;
  for (let i = 0; i < text.length; i++) {
    const digit = digitOf(text.charCodeAt(i));
    if (digit >= base) return -1;
    value = value * base + digit;
  }
  return value;
}

const NUMERAL_PATTERNS = new Map<number, RegExp>();

function isNumeral(body: string, radix: number): boolean {
  let pattern = NUMERAL_PATTERNS.get(radix);
  if (pattern === undefined) {
    const letters = radix > 10 ? `a-${(radix - 1).toString(36)}A-${(radix - 1).toString(36).toUpperCase()}` : '';
    const digit = `[0-${Math.min(radix - 1, 9)}${letters}]`;
    pattern = new RegExp(`^${digit}+(?:_${digit}+)*$`);
    NUMERAL_PATTERNS.set(radix, pattern);
  }
  return pattern.test(body);
}

/** The value of a run of digits in a base; the digits are valid. */
export function digitsToInt(digits: string, radix: number): Int {
  if (digits.length < 11) return parseInt(digits, radix);
  if (radix === 10) return normalizeInt(BigInt(digits));
  if (radix === 16) return normalizeInt(BigInt('0x' + digits));
  if (radix === 8) return normalizeInt(BigInt('0o' + digits));
  if (radix === 2) return normalizeInt(BigInt('0b' + digits));
  return normalizeInt(divideAndConquer(digits, radix, new Map()));
}

function divideAndConquer(digits: string, radix: number, powers: Map<number, bigint>): bigint {
  if (digits.length <= 10) return BigInt(parseInt(digits, radix));
  const half = digits.length >> 1;
  let power = powers.get(half);
  if (power === undefined) powers.set(half, (power = BigInt(radix) ** BigInt(half)));
  return divideAndConquer(digits.slice(0, -half), radix, powers) * power + divideAndConquer(digits.slice(-half), radix, powers);
}

/** Why `int.to_bytes` fails; the caller raises OverflowError with the text. */
export type ToBytesFailure = "can't convert negative int to unsigned" | 'int too big to convert';

/** Up to so many bytes an int is taken apart and put together in words of 64 bits; that grows with the square, and hexadecimal digits are faster beyond. */
const WORD_BYTES = 64;
const WORD_BITS = 64n;
/** Declared scratch: an int in little-endian order. The bytes objects themselves have no memory that a DataView could share (`short-bytes.ts`). */
const scratch = new Uint8Array(WORD_BYTES);
const words = new DataView(scratch.buffer);

function shortToBytes(value: Int, bytes: Uint8Array, littleEndian: boolean): void {
  const { length } = bytes;
  let rest = BigInt(value);
  for (let at = 0; at < length; at += 8) {
    // A word takes the lowest 64 bits, also of a negative int.
    words.setBigUint64(at, rest, true);
    rest >>= WORD_BITS;
  }
  for (let i = 0; i < length; i++) bytes[i] = scratch[littleEndian ? i : length - 1 - i]!;
}

const TOO_BIG = 'int too big to convert';

/** The bytes of a number that is not negative, by its hexadecimal digits: they say how many bits it has, too. */
function hexToBytes(hex: string, length: number, options: { littleEndian: boolean; signed: boolean }): Uint8Array | ToBytesFailure {
  const digits = 2 * length;
  if (hex.length > digits || (options.signed && hex.length === digits && hex.charCodeAt(0) > SEVEN)) return TOO_BIG;
  const bytes = new Uint8Array(length);
  const decoded = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  bytes.set(decoded, length - decoded.length);
  return options.littleEndian ? bytes.reverse() : bytes;
}

const SEVEN = 0x37;

/** int.to_bytes(length, byteorder, signed=). */
export function intToBytes(value: Int, length: number, options: { littleEndian: boolean; signed: boolean }): Uint8Array | ToBytesFailure {
  if (value < 0 && !options.signed) return "can't convert negative int to unsigned";
  if (typeof value === 'bigint' && value > 0n && length > WORD_BYTES) return hexToBytes(value.toString(16), length, options);
  const limit = 8 * length - (options.signed ? 1 : 0);
  const inverted = value < 0 ? ~BigInt(value) : value;
  if (value !== 0 && (limit < 0 || intBitLength(inverted) > limit)) return TOO_BIG;
  const bytes = new Uint8Array(length);
  if (typeof value === 'number' && value >= 0) {
    for (let i = 0, rest = value; rest > 0; i++, rest = Math.floor(rest / 256)) bytes[options.littleEndian ? i : length - 1 - i] = rest % 256;
    return bytes;
  }
  if (length <= WORD_BYTES) {
    shortToBytes(value, bytes, options.littleEndian);
    return bytes;
  }
  return hexToBytes(BigInt.asUintN(8 * length, BigInt(value)).toString(16), length, { ...options, signed: false });
}

function shortFromBytes(bytes: Uint8Array, littleEndian: boolean): bigint {
  const { length } = bytes;
  for (let i = 0; i < length; i++) scratch[i] = bytes[littleEndian ? i : length - 1 - i]!;
  let at = length & ~7;
  for (let i = length; i < at + 8 && i < WORD_BYTES; i++) scratch[i] = 0;
  let value = at < length ? words.getBigUint64(at, true) : 0n;
  while ((at -= 8) >= 0) value = (value << WORD_BITS) | words.getBigUint64(at, true);
  return value;
}

function longFromBytes(bytes: Uint8Array, littleEndian: boolean): bigint {
  const ordered = littleEndian ? bytes.slice().reverse() : bytes;
  return BigInt(`0x${Buffer.from(ordered.buffer, ordered.byteOffset, ordered.length).toString('hex')}`);
}

/** int.from_bytes(bytes, byteorder, signed=). */
export function intFromBytes(bytes: Uint8Array, options: { littleEndian: boolean; signed: boolean }): Int {
  const { length } = bytes;
  if (length === 0) return 0;
  const top = bytes[options.littleEndian ? length - 1 : 0]!;
  const negative = options.signed && top >= 128;
  if (length <= 6) {
    let value = 0;
    for (let i = 0; i < length; i++) value = value * 256 + bytes[options.littleEndian ? length - 1 - i : i]!;
    return negative ? value - 2 ** (8 * length) : value;
  }
  const magnitude = length <= WORD_BYTES ? shortFromBytes(bytes, options.littleEndian) : longFromBytes(bytes, options.littleEndian);
  return normalizeInt(negative ? BigInt.asIntN(8 * length, magnitude) : magnitude);
}

/** The ValueError for an int with too many digits to convert. */
export function digitLimitMessage(limit: number, digits?: number): string {
  const value = digits === undefined ? '' : `: value has ${digits} digits`;
  return `Exceeds the limit (${limit} digits) for integer string conversion${value}; use sys.set_int_max_str_digits() to increase the limit`;
}
