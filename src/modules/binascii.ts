/** `binascii` (Modules/binascii.c). Quoted-printable is in `_binascii/quoted-printable.ts`. */
import { PyBytes } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { bytesFromHex, bytesHex } from '../objects/algorithms/bytes-text.ts';
import { requireBytesLike, bytesLike } from '../objects/buffer.ts';
import { ValueError } from '../objects/exception-types.ts';
import { newBytes } from '../objects/make.ts';
import { toIndex, toSize } from '../objects/operators.ts';
import { newException, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { isTrue } from '../objects/truth.ts';
import { asStr } from '../objects/type-of.ts';
import { exceptionType } from './exception-type.ts';
import { decodeQuotedPrintable, encodeQuotedPrintable } from './_binascii/quoted-printable.ts';
import type { NativeModule } from './native-module.ts';

const ERROR = exceptionType('Error', 'binascii', ValueError);
const INCOMPLETE = exceptionType('Incomplete', 'binascii');

function fail(message: string): never {
  throw newException(ERROR, message);
}

/** The bytes of a bytes-like object or ASCII str. */
function asciiBytes(t: Thread, value: Value): Uint8Array {
  const text = asStr(value);
  if (text === undefined) return bytesLike(t, value) ?? raiseTypeError(`argument should be bytes, buffer or ASCII string, not '${typeName(value)}'`);
  if (/[^\0-\x7f]/.test(text)) raiseValueError('string argument should contain only ASCII characters');
  return new TextEncoder().encode(text);
}

const PAD = 61;
const BASE64 = new Int8Array(256).fill(-1);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((c, i) => (BASE64[c.charCodeAt(0)] = i));

/** One character too many; `length` bytes were made of those before. */
function failLength(length: number): never {
  return fail(`Invalid base64-encoded string: number of data characters (${(length / 3) * 4 + 1}) cannot be 1 more than a multiple of 4`);
}

/** What strict decoding forbids of a padding character. */
function checkPadding(at: number, quad: number, pads: number, length: number): void {
  if (quad === 1) failLength(length);
  if (at === 0) fail('Leading padding not allowed');
  if (quad === 0 || quad + pads > 4) fail('Excess padding not allowed');
}

/** What strict decoding forbids of any other character. */
function checkData(value: number, quad: number, pads: number): void {
  if (value < 0) fail('Only base64 data is allowed');
  if (pads > 0) fail(quad + pads >= 4 ? 'Excess data after padding' : 'Discontinuous padding not allowed');
}

function binascii_a2b_base64(t: Thread, data: Value, strictMode?: Value): Value {
  const source = asciiBytes(t, data);
  const strict = strictMode !== undefined && isTrue(t, strictMode);
  const out = new Uint8Array(Math.ceil(source.length / 4) * 3);
  let length = 0;
  let quad = 0;
  let left = 0;
  let pads = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!;
    if (c === PAD) {
      pads++;
      if (strict) checkPadding(i, quad, pads, length);
      continue;
    }
    const value = BASE64[c]!;
    if (strict) checkData(value, quad, pads);
    if (value < 0) continue;
    // Padding in the middle means nothing to those who are not strict.
    pads = 0;
    if (quad > 0) out[length++] = (left << (2 * quad)) | (value >> (6 - 2 * quad));
    left = value & ((1 << (6 - 2 * quad)) - 1);
    quad = (quad + 1) % 4;
  }
  if (quad === 1) failLength(length);
  if (quad !== 0 && quad + pads < 4) fail('Incorrect padding');
  return newBytes(out.slice(0, length));
}

function binascii_b2a_base64(t: Thread, data: Value, newline?: Value): Value {
  const text = Buffer.from(requireBytesLike(t, data)).toString('base64');
  return newBytes(new TextEncoder().encode(newline === undefined || isTrue(t, newline) ? `${text}\n` : text));
}

function separatorOf(sep: Value | undefined): string {
  if (sep === undefined) return '';
  const text = asStr(sep) ?? (sep instanceof PyBytes ? String.fromCharCode(...sep.value) : raiseTypeError('sep must be str or bytes.'));
  if ([...text].length !== 1) raiseValueError('sep must be length 1.');
  return text.charCodeAt(0) > 0x7f ? raiseValueError('sep must be ASCII.') : text;
}

function binascii_hexlify(t: Thread, data: Value, sep?: Value, bytesPerSep?: Value): Value {
  const count = bytesPerSep === undefined ? 1 : toSize(t, bytesPerSep);
  return newBytes(new TextEncoder().encode(bytesHex(requireBytesLike(t, data), separatorOf(sep), count)));
}

function binascii_unhexlify(t: Thread, data: Value): Value {
  const bytes = asciiBytes(t, data);
  if (bytes.length % 2 !== 0) fail('Odd-length string');
  const text = Buffer.from(bytes).toString('latin1');
  if (/[^0-9a-fA-F]/.test(text)) fail('Non-hexadecimal digit found');
  return newBytes(bytesFromHex(text) as Uint8Array);
}

const CRC32 = new Uint32Array(256).map((_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = (c & 1) !== 0 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function binascii_crc32(t: Thread, data: Value, crc?: Value): Value {
  let c = ~Number(BigInt.asUintN(32, BigInt(crc === undefined ? 0 : toIndex(t, crc))));
  for (const byte of requireBytesLike(t, data)) c = CRC32[(c ^ byte) & 0xff]! ^ (c >>> 8);
  return ~c >>> 0;
}

function binascii_crc_hqx(t: Thread, data: Value, crc: Value): Value {
  let c = Number(BigInt.asUintN(16, BigInt(toIndex(t, crc))));
  for (const byte of requireBytesLike(t, data)) {
    c ^= byte << 8;
    for (let k = 0; k < 8; k++) c = ((c & 0x8000) !== 0 ? (c << 1) ^ 0x1021 : c << 1) & 0xffff;
  }
  return c;
}

function binascii_a2b_uu(t: Thread, data: Value): Value {
  const source = asciiBytes(t, data);
  if (source.length === 0) fail('Missing length byte');
  const length = (source[0]! - 32) & 0x3f;
  const out = new Uint8Array(length);
  let bits = 0;
  let held = 0;
  let made = 0;
  let at = 1;
  for (; made < length; at++) {
    const c = at < source.length ? source[at]! : 0;
    let value = 0;
    if (c !== 10 && c !== 13 && at < source.length) {
      if (c < 32 || c > 96) fail('Illegal char');
      value = (c - 32) & 0x3f;
    }
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[made++] = (held >> bits) & 0xff;
      held &= (1 << bits) - 1;
    }
  }
  for (; at < source.length; at++) if (![32, 96, 10, 13].includes(source[at]!)) fail('Trailing garbage');
  return newBytes(out);
}

function binascii_a2b_qp(t: Thread, data: Value, header?: Value): Value {
  return newBytes(decodeQuotedPrintable(asciiBytes(t, data), header !== undefined && isTrue(t, header)));
}

function binascii_b2a_qp(t: Thread, data: Value, quoteTabs?: Value, isText?: Value, header?: Value): Value {
  const options = {
    quoteTabs: quoteTabs !== undefined && isTrue(t, quoteTabs), isText: isText === undefined || isTrue(t, isText), header: header !== undefined && isTrue(t, header),
  };
  return newBytes(encodeQuotedPrintable(requireBytesLike(t, data), options));
}

const LONGEST_UU_LINE = 45;

function binascii_b2a_uu(t: Thread, data: Value, backtick?: Value): Value {
  const source = requireBytesLike(t, data);
  if (source.length > LONGEST_UU_LINE) fail('At most 45 bytes at once');
  const tick = backtick !== undefined && isTrue(t, backtick);
  const show = (value: number): number => (tick && value === 0 ? 96 : value + 32);
  const out = [show(source.length)];
  for (let i = 0; i < source.length; i += 3) {
    const group = (source[i]! << 16) | ((source[i + 1] ?? 0) << 8) | (source[i + 2] ?? 0);
    out.push(show(group >> 18), show((group >> 12) & 63), show((group >> 6) & 63), show(group & 63));
  }
  out.push(10);
  return newBytes(Uint8Array.from(out));
}

const HEX = '($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)';

/** The table. */
export const BINASCII_MODULE: NativeModule = {
  name: 'binascii',
  doc: 'Conversion between binary data and ASCII',
  types: { Error: ERROR, Incomplete: INCOMPLETE },
  functions: {
    a2b_base64: [binascii_a2b_base64, '($module, data, /, *, strict_mode=False)', 'Decode a line of base64 data.'],
    b2a_base64: [binascii_b2a_base64, '($module, data, /, *, newline=True)', 'Base64-code line of data.'],
    hexlify: [binascii_hexlify, HEX, 'Hexadecimal representation of binary data.'],
    b2a_hex: [binascii_hexlify, HEX, 'Hexadecimal representation of binary data.'],
    unhexlify: [binascii_unhexlify, '($module, hexstr, /)', 'Binary data of hexadecimal representation.'],
    a2b_hex: [binascii_unhexlify, '($module, hexstr, /)', 'Binary data of hexadecimal representation.'],
    a2b_uu: [binascii_a2b_uu, '($module, data, /)', 'Decode a line of uuencoded data.'],
    b2a_uu: [binascii_b2a_uu, '($module, data, /, *, backtick=False)', 'Uuencode line of data.'],
    a2b_qp: [binascii_a2b_qp, '($module, /, data, header=False)', 'Decode a string of qp-encoded data.'],
    b2a_qp: [binascii_b2a_qp, '($module, /, data, quotetabs=False, istext=True, header=False)', 'Encode a string using quoted-printable encoding.\n\nOn encoding, when istext is set, newlines are not encoded, and white\nspace at end of lines is.  When istext is not set, \\r and \\n (CR/LF)\nare both encoded.  When quotetabs is set, space and tabs are encoded.'],
    crc32: [binascii_crc32, '($module, data, crc=0, /)', 'Compute CRC-32 incrementally.'],
    crc_hqx: [binascii_crc_hqx, '($module, data, crc, /)', 'Compute CRC-CCITT incrementally.'],
  },
};
