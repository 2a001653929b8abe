/** What bytes have of text: ASCII case, classes, padding, hex, translation. Source: CPython Objects/bytes_methods.c, Python/pystrhex.c. */
import { asBuffer, isByteSpace } from './bytes-search.ts';
import { latin1Bytes } from './short-bytes.ts';
import { strExpandtabs } from './str-pad.ts';

// Classes of bytes: bits of a table.
const UPPER = 1;
const LOWER = 2;
const DIGIT = 4;
const SPACE = 8;
const NOT_ASCII = 16;
const ALPHA = UPPER | LOWER;

function classOf(byte: number): number {
  if (byte >= 128) return NOT_ASCII;
  if (byte >= 65 && byte <= 90) return UPPER;
  if (byte >= 97 && byte <= 122) return LOWER;
  if (byte >= 48 && byte <= 57) return DIGIT;
  return isByteSpace(byte) ? SPACE : 0;
}

const CLASS = Uint8Array.from({ length: 256 }, (_, byte) => classOf(byte));

function isLower(byte: number): boolean {
  return CLASS[byte] === LOWER;
}

function isAlpha(byte: number): boolean {
  return (CLASS[byte]! & ALPHA) !== 0;
}

function table(change: (byte: number) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => change(byte));
}

const TO_UPPER = table((byte) => (CLASS[byte] === LOWER ? byte - 32 : byte));
const TO_LOWER = table((byte) => (CLASS[byte] === UPPER ? byte + 32 : byte));
const SWAPPED = table((byte) => (isAlpha(byte) ? byte ^ 32 : byte));

function mapped(bytes: Uint8Array, map: Uint8Array): Uint8Array {
  const { length } = bytes;
  const result = new Uint8Array(length);
  for (let i = 0; i < length; i++) result[i] = map[bytes[i]!]!;
  return result;
}

/** bytes.upper() */
export function bytesUpper(bytes: Uint8Array): Uint8Array {
  return mapped(bytes, TO_UPPER);
}

/** bytes.lower() */
export function bytesLower(bytes: Uint8Array): Uint8Array {
  return mapped(bytes, TO_LOWER);
}

/** bytes.swapcase() */
export function bytesSwapcase(bytes: Uint8Array): Uint8Array {
  return mapped(bytes, SWAPPED);
}

/** bytes.capitalize() */
export function bytesCapitalize(bytes: Uint8Array): Uint8Array {
  const result = bytesLower(bytes);
  if (result.length > 0 && isLower(result[0]!)) result[0]! -= 32;
  return result;
}

/** bytes.title() */
export function bytesTitle(bytes: Uint8Array): Uint8Array {
  const result = bytesLower(bytes);
  for (let i = 0; i < result.length; i++) if (isLower(result[i]!) && (i === 0 || !isAlpha(result[i - 1]!))) result[i]! -= 32;
  return result;
}

/** Whether one of the bytes has one of the classes. */
function hasAny(bytes: Uint8Array, classes: number): boolean {
  for (let i = 0; i < bytes.length; i++) if ((CLASS[bytes[i]!]! & classes) !== 0) return true;
  return false;
}

/** Whether there are bytes, and each has one of the classes. */
function every(bytes: Uint8Array, classes: number): boolean {
  for (let i = 0; i < bytes.length; i++) if ((CLASS[bytes[i]!]! & classes) === 0) return false;
  return bytes.length > 0;
}

/** bytes.isalpha() */
export function bytesIsAlpha(bytes: Uint8Array): boolean {
  return every(bytes, ALPHA);
}

/** bytes.isalnum() */
export function bytesIsAlnum(bytes: Uint8Array): boolean {
  return every(bytes, ALPHA | DIGIT);
}

/** bytes.isdigit() */
export function bytesIsDigit(bytes: Uint8Array): boolean {
  return every(bytes, DIGIT);
}

/** bytes.isspace() */
export function bytesIsSpace(bytes: Uint8Array): boolean {
  return every(bytes, SPACE);
}

/** bytes.isascii() */
export function bytesIsAscii(bytes: Uint8Array): boolean {
  return !hasAny(bytes, NOT_ASCII);
}

/** bytes.islower() */
export function bytesIsLower(bytes: Uint8Array): boolean {
  return hasAny(bytes, LOWER) && !hasAny(bytes, UPPER);
}

/** bytes.isupper() */
export function bytesIsUpper(bytes: Uint8Array): boolean {
  return hasAny(bytes, UPPER) && !hasAny(bytes, LOWER);
}

/** bytes.istitle() */
export function bytesIsTitle(bytes: Uint8Array): boolean {
  let found = false;
  let insideWord = false;
  for (const byte of bytes) {
    if (CLASS[byte] === UPPER ? insideWord : isLower(byte) && !insideWord) return false;
    insideWord = isAlpha(byte);
    found ||= insideWord;
  }
  return found;
}

/** Up to so many bytes loops are faster than calls of the engine's functions. */
const SHORT = 64;

function padded(bytes: Uint8Array, left: number, right: number, fill: number): Uint8Array {
  const result = new Uint8Array(left + bytes.length + right);
  if (result.length > SHORT) {
    result.fill(fill);
    result.set(bytes, left);
    return result;
  }
  for (let i = 0; i < left; i++) result[i] = fill;
  for (let i = 0; i < bytes.length; i++) result[left + i] = bytes[i]!;
  for (let i = left + bytes.length; i < result.length; i++) result[i] = fill;
  return result;
}

/** bytes.ljust(width, fill) */
export function bytesLjust(bytes: Uint8Array, width: number, fill: number): Uint8Array {
  return padded(bytes, 0, Math.max(0, width - bytes.length), fill);
}

/** bytes.rjust(width, fill) */
export function bytesRjust(bytes: Uint8Array, width: number, fill: number): Uint8Array {
  return padded(bytes, Math.max(0, width - bytes.length), 0, fill);
}

/** bytes.center(width, fill) */
export function bytesCenter(bytes: Uint8Array, width: number, fill: number): Uint8Array {
  const missing = width - bytes.length;
  if (missing <= 0) return bytes.slice();
  const left = (missing >> 1) + (missing & width & 1);
  return padded(bytes, left, missing - left, fill);
}

/** bytes.zfill(width) */
export function bytesZfill(bytes: Uint8Array, width: number): Uint8Array {
  const missing = width - bytes.length;
  if (missing <= 0) return bytes.slice();
  const result = padded(bytes, missing, 0, 48);
  const sign = bytes[0];
  if (sign === 43 || sign === 45) {
    result[missing] = 48;
    result[0] = sign;
  }
  return result;
}

/** bytes.expandtabs(tabsize) */
export function bytesExpandtabs(bytes: Uint8Array, tabsize: number): Uint8Array {
  return latin1Bytes(strExpandtabs(asBuffer(bytes).toString('latin1'), tabsize));
}

/** bytes.translate(table, delete); the table has 256 bytes or is undefined. */
export function bytesTranslate(bytes: Uint8Array, table: Uint8Array | undefined, deleted: Uint8Array): Uint8Array {
  const kept = deleted.length === 0 ? bytes : bytes.filter((byte) => !deleted.includes(byte));
  return table === undefined ? kept.slice() : mapped(kept, table);
}

/** bytes.hex(separator, bytesPerSeparator): a positive count groups from the right, a negative one from the left; no separator: ''. */
export function bytesHex(bytes: Uint8Array, separator = '', bytesPerSeparator = 1): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  const size = Math.abs(bytesPerSeparator);
  if (separator === '' || size === 0 || size >= bytes.length) return hex;
  const groups: string[] = [];
  const first = bytesPerSeparator > 0 ? bytes.length % size : 0;
  if (first > 0) groups.push(hex.slice(0, 2 * first));
  for (let i = first; i < bytes.length; i += size) groups.push(hex.slice(2 * i, 2 * (i + size)));
  return groups.join(separator);
}

/** Values of the hexadecimal digits by their codes; -1 for other ASCII characters. */
const HEX_VALUES = Int8Array.from({ length: 128 }, (_, code) => {
  const value = parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? -1 : value;
});

/**
 * bytes.fromhex(text). White space may stand between bytes. A failure is the position of the first character that is no hex digit, or
 * 'odd' for a last digit without partner.
 */
export function bytesFromHex(text: string): Uint8Array | { position: number } | 'odd' {
  // CPython looks for characters beyond ASCII before it looks at digits.
  const foreign = text.search(/[^\0-\x7f]/);
  if (foreign >= 0) return { position: foreign };
  const result = new Uint8Array(text.length >> 1);
  let count = 0;
  for (let i = 0; i < text.length; ) {
    const high = HEX_VALUES[text.charCodeAt(i)]!;
    if (high < 0) {
      if (!isByteSpace(text.charCodeAt(i))) return { position: i };
      i++;
      continue;
    }
    if (i + 1 === text.length) return 'odd';
    const low = HEX_VALUES[text.charCodeAt(i + 1)]!;
    if (low < 0) return { position: i + 1 };
    result[count++] = high * 16 + low;
    i += 2;
  }
  return count === result.length ? result : result.slice(0, count);
}
