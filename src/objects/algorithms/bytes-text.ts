/** What bytes have of text: ASCII case, classes, padding, hex, translation. Source: CPython Objects/bytes_methods.c, Python/pystrhex.c. */
import { isByteSpace } from './bytes-search.ts';

function isUpper(byte: number): boolean {
  return byte >= 65 && byte <= 90;
}

function isLower(byte: number): boolean {
  return byte >= 97 && byte <= 122;
}

function isAlpha(byte: number): boolean {
  return isUpper(byte) || isLower(byte);
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** bytes.upper() */
export function bytesUpper(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (isLower(byte) ? byte - 32 : byte));
}

/** bytes.lower() */
export function bytesLower(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (isUpper(byte) ? byte + 32 : byte));
}

/** bytes.swapcase() */
export function bytesSwapcase(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (isAlpha(byte) ? byte ^ 32 : byte));
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

function every(bytes: Uint8Array, holds: (byte: number) => boolean): boolean {
  return bytes.length > 0 && bytes.every(holds);
}

/** bytes.isalpha() */
export function bytesIsAlpha(bytes: Uint8Array): boolean {
  return every(bytes, isAlpha);
}

/** bytes.isalnum() */
export function bytesIsAlnum(bytes: Uint8Array): boolean {
  return every(bytes, (byte) => isAlpha(byte) || isDigit(byte));
}

/** bytes.isdigit() */
export function bytesIsDigit(bytes: Uint8Array): boolean {
  return every(bytes, isDigit);
}

/** bytes.isspace() */
export function bytesIsSpace(bytes: Uint8Array): boolean {
  return every(bytes, isByteSpace);
}

/** bytes.isascii() */
export function bytesIsAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 128);
}

/** bytes.islower() */
export function bytesIsLower(bytes: Uint8Array): boolean {
  return bytes.some(isLower) && !bytes.some(isUpper);
}

/** bytes.isupper() */
export function bytesIsUpper(bytes: Uint8Array): boolean {
  return bytes.some(isUpper) && !bytes.some(isLower);
}

/** bytes.istitle() */
export function bytesIsTitle(bytes: Uint8Array): boolean {
  let found = false;
  let insideWord = false;
  for (const byte of bytes) {
    if (isUpper(byte) ? insideWord : isLower(byte) && !insideWord) return false;
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
  const result: number[] = [];
  let column = 0;
  for (const byte of bytes) {
    if (byte === 9) {
      const width = tabsize > 0 ? tabsize - (column % tabsize) : 0;
      column += width;
      for (let i = 0; i < width; i++) result.push(32);
      continue;
    }
    column = byte === 10 || byte === 13 ? 0 : column + 1;
    result.push(byte);
  }
  return Uint8Array.from(result);
}

/** bytes.translate(table, delete); the table has 256 bytes or is undefined. */
export function bytesTranslate(bytes: Uint8Array, table: Uint8Array | undefined, deleted: Uint8Array): Uint8Array {
  const kept = deleted.length === 0 ? bytes : bytes.filter((byte) => !deleted.includes(byte));
  const result = kept.slice();
  if (table !== undefined) for (let i = 0; i < result.length; i++) result[i] = table[result[i]!]!;
  return result;
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

function hexDigit(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const lower = unit | 32;
  return lower >= 97 && lower <= 102 && unit < 128 ? lower - 87 : -1;
}

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
    if (isByteSpace(text.charCodeAt(i))) {
      i++;
      continue;
    }
    const high = hexDigit(text.charCodeAt(i));
    if (high < 0) return { position: i };
    if (i + 1 === text.length) return 'odd';
    const low = hexDigit(text.charCodeAt(i + 1));
    if (low < 0) return { position: i + 1 };
    result[count++] = high * 16 + low;
    i += 2;
  }
  return result.slice(0, count);
}
