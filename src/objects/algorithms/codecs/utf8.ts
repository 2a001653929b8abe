/**
 * UTF-8, with CPython's error positions and reasons.
 *
 * Valid input takes the engine's own conversion. Source: CPython Objects/stringlib/codecs.h (utf8_decode, utf8_encoder).
 */
import { isAscii } from 'node:buffer';
import { asBuffer } from '../bytes-search.ts';
import { shortAsciiBytes, shortAsciiText } from '../short-bytes.ts';
import { codePointsOf, isWellFormed } from '../str-code-points.ts';
import { type ByteSink, type DecodeErrorCallback, type Decoded, encodeCodePoints, type EncodeErrorCallback, isSurrogate, type RaiseStrict } from './errors.ts';

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** What stands at an offset: `length` bytes of a character when `fault` is '', else of a faulty sequence. */
interface Sequence {
  readonly length: number;
  readonly fault: '' | 'invalid start byte' | 'invalid continuation byte' | 'unexpected end of data';
}

/** Whether the second byte fits the first: no overlong forms, surrogates or code points beyond 0x10ffff. */
function isSecondByte(first: number, second: number): boolean {
  if (!isContinuation(second)) return false;
  if (first === 0xe0) return second >= 0xa0;
  if (first === 0xed) return second < 0xa0;
  if (first === 0xf0) return second >= 0x90;
  if (first === 0xf4) return second < 0x90;
  return true;
}

function scanSequence(bytes: Uint8Array, at: number): Sequence {
  const first = bytes[at]!;
  if (first < 0x80) return { length: 1, fault: '' };
  if (first < 0xc2 || first > 0xf4) return { length: 1, fault: 'invalid start byte' };
  const wanted = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (let i = 1; i < wanted; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return { length: bytes.length - at, fault: 'unexpected end of data' };
    if (i === 1 ? !isSecondByte(first, byte) : !isContinuation(byte)) return { length: i, fault: 'invalid continuation byte' };
  }
  return { length: wanted, fault: '' };
}

/** Texts of more bytes go through memory that is not kept. */
const LARGEST_KEPT = 1 << 16;

// Declared cache: units of the text that is being decoded.
let spareUnits = new Uint16Array(0);

/**
 * The text of bytes that are valid UTF-8; undefined for others. The engine's own conversion takes twice the time of this loop where text is not ASCII.
 */
function decodeUnits(bytes: Uint8Array): string | undefined {
  const { length } = bytes;
  if (spareUnits.length < length) spareUnits = new Uint16Array(length);
  const units = spareUnits;
  if (length > LARGEST_KEPT) spareUnits = new Uint16Array(0);
  let count = 0;
  let all = 0;
  for (let at = 0; at < length;) {
    const first = bytes[at]!;
    if (first < 0x80) {
      units[count++] = first;
      at++;
      continue;
    }
    const size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (first < 0xc2 || first > 0xf4 || at + size > length || !isSecondByte(first, bytes[at + 1]!)) return undefined;
    let point = ((first & (0x7f >> size)) << 6) | (bytes[at + 1]! & 63);
    for (let i = 2; i < size; i++) {
      const byte = bytes[at + i]!;
      if ((byte & 0xc0) !== 0x80) return undefined;
      point = (point << 6) | (byte & 63);
    }
    at += size;
    all |= point;
    if (point > 0xffff) {
      units[count++] = 0xd7c0 + (point >> 10);
      units[count++] = 0xdc00 | (point & 0x3ff);
    } else units[count++] = point;
  }
  return unitsText(units, count, /* isNarrow */ all < 0x100);
}

/** The text of so many units; that of narrow ones is one that the engine keeps narrow. */
function unitsText(units: Uint16Array, count: number, isNarrow: boolean): string {
  if (!isNarrow) return Buffer.from(units.buffer, 0, 2 * count).toString('utf16le');
  const bytes = Buffer.allocUnsafe(count);
  for (let i = 0; i < count; i++) bytes[i] = units[i]!;
  return bytes.toString('latin1');
}

/** Decodes UTF-8; with `final` false an incomplete sequence at the end is left unconsumed. */
export function decodeUtf8(bytes: Uint8Array, onError: DecodeErrorCallback, final: boolean): Decoded {
  const ascii = shortAsciiText(bytes);
  if (ascii !== undefined) return { text: ascii, consumed: bytes.length };
  const quick = isAscii(bytes) ? asBuffer(bytes).toString('latin1') : decodeUnits(bytes);
  if (quick !== undefined) return { text: quick, consumed: bytes.length };
  let text = '';
  let good = 0;
  let at = 0;
  while (at < bytes.length) {
    const { length, fault } = scanSequence(bytes, at);
    if (fault === '') {
      at += length;
      continue;
    }
    text += asBuffer(bytes).toString('utf8', good, at);
    good = at;
    if (fault === 'unexpected end of data' && !final) break;
    const { replacement, resume } = onError({ encoding: 'utf-8', reason: fault, start: at, end: at + length });
    text += replacement;
    good = at = resume;
  }
  if (at >= bytes.length) {
    text += asBuffer(bytes).toString('utf8', good, bytes.length);
    return { text, consumed: bytes.length };
  }
  return { text, consumed: good };
}

function encodeOne(point: number, sink: ByteSink): boolean {
  if (point < 0x80) sink.push(point);
  else if (point < 0x800) {
    sink.push(0xc0 | (point >> 6));
    sink.push(0x80 | (point & 63));
  } else if (isSurrogate(point)) return false;
  else {
    if (point < 0x10000) sink.push(0xe0 | (point >> 12));
    else {
      sink.push(0xf0 | (point >> 18));
      sink.push(0x80 | ((point >> 12) & 63));
    }
    sink.push(0x80 | ((point >> 6) & 63));
    sink.push(0x80 | (point & 63));
  }
  return true;
}

/** Encodes UTF-8; surrogates without partner go to the callback. */
export function encodeUtf8(text: string, onError: EncodeErrorCallback, raiseStrict: RaiseStrict): Uint8Array {
  const short = shortAsciiBytes(text);
  if (short !== null) return short;
  if (isWellFormed(text)) return encodeWellFormed(text);
  // A str replacement must be ASCII, as CPython checks.
  const codec = {
    encoding: 'utf-8',
    reason: 'surrogates not allowed',
    encodeOne,
    canEncode: (point: number) => !isSurrogate(point),
  };
  const asciiOnly: EncodeErrorCallback = (problem) => {
    const answer = onError(problem);
    if (typeof answer.replacement === 'string' && /[^\0-\x7f]/.test(answer.replacement)) raiseStrict(problem);
    return answer;
  };
  return encodeCodePoints(codePointsOf(text), codec, asciiOnly, raiseStrict);
}

function encodeWellFormed(text: string): Uint8Array {
  const buffer = Buffer.from(text, 'utf8');
  // Small buffers are windows of a shared pool, which must not leak into a bytes object.
  return buffer.buffer.byteLength === buffer.length ? new Uint8Array(buffer.buffer) : new Uint8Array(buffer);
}
