/** What wraps raw deflate data: the headers and trailers of zlib and gzip, and the checksums (RFC 1950, RFC 1952). */

const ADLER_BASE = 65521;
// 5552 bytes are the most that cannot overflow 32 bits before a reduction.
const ADLER_RUN = 5552;

/** Adler-32 of bytes, going on from `value`. */
export function adler32(bytes: Uint8Array, value = 1): number {
  let a = value & 0xffff;
  let b = value >>> 16;
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(at + ADLER_RUN, bytes.length);
    for (; at < end; at++) {
      a += bytes[at]!;
      b += a;
    }
    a %= ADLER_BASE;
    b %= ADLER_BASE;
  }
  return ((b << 16) | a) >>> 0;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 of bytes, going on from `value`. */
export function crc32(bytes: Uint8Array, value = 0): number {
  let c = ~value;
  for (let i = 0; i < bytes.length; i++) c = CRC_TABLE[(c ^ bytes[i]!) & 255]! ^ (c >>> 8);
  return ~c >>> 0;
}

/** How the raw data is wrapped. */
export type Wrapping = 'raw' | 'zlib' | 'gzip' | 'auto';

/** Wrapping and window size of a `wbits` argument; undefined when it is out of range. */
export function parseWbits(wbits: number, purpose: 'compress' | 'decompress'): { wrapping: Wrapping; windowBits: number } | undefined {
  const inWindow = (bits: number): boolean => bits >= (purpose === 'compress' ? 9 : 8) && bits <= 15;
  if (purpose === 'decompress' && (wbits === 0 || wbits === 32)) return { wrapping: wbits === 0 ? 'zlib' : 'auto', windowBits: 15 };
  if (wbits === 8) return { wrapping: 'zlib', windowBits: purpose === 'compress' ? 9 : 8 };
  if (inWindow(wbits)) return { wrapping: 'zlib', windowBits: wbits };
  if (inWindow(-wbits)) return { wrapping: 'raw', windowBits: -wbits };
  if (inWindow(wbits - 16)) return { wrapping: 'gzip', windowBits: wbits - 16 };
  if (purpose === 'decompress' && inWindow(wbits - 32)) return { wrapping: 'auto', windowBits: wbits - 32 };
  return undefined;
}

function bigEndian(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function littleEndian(value: number): number[] {
  return bigEndian(value).reverse();
}

/** The header that a compressor writes. */
export function writeHeader(wrapping: Wrapping, windowBits: number, level: number, dictionary: Uint8Array | undefined): Uint8Array {
  if (wrapping === 'raw') return new Uint8Array(0);
  if (wrapping === 'gzip') return Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, level === 9 ? 2 : level === 0 || level === 1 ? 4 : 0, 3]);
  const speed = level === -1 || level === 6 ? 2 : level < 2 ? 0 : level < 6 ? 1 : 3;
  const method = 8 | ((windowBits - 8) << 4);
  let flags = (speed << 6) | (dictionary === undefined ? 0 : 0x20);
  flags += 31 - ((method * 256 + flags) % 31);
  return Uint8Array.from([method, flags, ...(dictionary === undefined ? [] : bigEndian(adler32(dictionary)))]);
}

/** The trailer after all data. */
export function writeTrailer(wrapping: Wrapping, sums: { adler: number; crc: number; length: number }): Uint8Array {
  if (wrapping === 'raw') return new Uint8Array(0);
  return Uint8Array.from(wrapping === 'zlib' ? bigEndian(sums.adler) : [...littleEndian(sums.crc), ...littleEndian(sums.length >>> 0)]);
}

/** A header that was read: where the data starts, and the checksum of the dictionary it needs. */
export interface Header {
  readonly wrapping: Wrapping;
  readonly end: number;
  readonly dictionaryId?: number;
}

/** Reads a header: undefined when it is not complete, a text when it is wrong. */
export function readHeader(bytes: Uint8Array, wrapping: Wrapping, windowBits: number): Header | string | undefined {
  if (wrapping === 'raw') return { wrapping, end: 0 };
  if (wrapping === 'gzip' || (wrapping === 'auto' && bytes[0] === 0x1f && (bytes.length < 2 || bytes[1] === 0x8b))) return readGzipHeader(bytes);
  if (bytes.length < 2) return undefined;
  const [method, flags] = [bytes[0]!, bytes[1]!];
  if ((method * 256 + flags) % 31 !== 0) return 'incorrect header check';
  if ((method & 15) !== 8) return 'unknown compression method';
  if ((method >> 4) + 8 > windowBits) return 'invalid window size';
  if ((flags & 0x20) === 0) return { wrapping: 'zlib', end: 2 };
  if (bytes.length < 6) return undefined;
  return { wrapping: 'zlib', end: 6, dictionaryId: new DataView(bytes.buffer, bytes.byteOffset).getUint32(2) };
}

function readGzipHeader(bytes: Uint8Array): Header | string | undefined {
  if ((bytes.length > 0 && bytes[0] !== 0x1f) || (bytes.length > 1 && bytes[1] !== 0x8b)) return 'incorrect header check';
  if (bytes.length > 2 && bytes[2] !== 8) return 'unknown compression method';
  if (bytes.length > 3 && (bytes[3]! & 0xe0) !== 0) return 'unknown header flags set';
  if (bytes.length < 10) return undefined;
  const flags = bytes[3]!;
  let at = 10;
  if ((flags & 4) !== 0) {
    if (bytes.length < at + 2) return undefined;
    at += 2 + bytes[at]! + 256 * bytes[at + 1]!;
  }
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const zero = bytes.indexOf(0, at);
    if (zero < 0) return undefined;
    at = zero + 1;
  }
  if ((flags & 2) !== 0) at += 2;
  return bytes.length < at ? undefined : { wrapping: 'gzip', end: at };
}
