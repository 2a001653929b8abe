/**
 * UTF-16 and UTF-32 in both byte orders, with and without byte order mark.
 *
 * Source: CPython Objects/unicodeobject.c (PyUnicode_DecodeUTF16Stateful, PyUnicode_DecodeUTF32Stateful), Objects/stringlib/codecs.h.
 */
import { codePointsOf, isWellFormed } from '../str-code-points.ts';
import { type ByteSink, type DecodeErrorCallback, type Decoded, encodeCodePoints, type EncodeErrorCallback, isSurrogate, type RaiseStrict } from './errors.ts';

/** 'auto' looks for a mark when decoding and writes one when encoding. */
export type ByteOrder = 'little' | 'big' | 'auto';

/** What a decoder of wide units returns: `byteOrder` is what the mark said, or what was asked for. */
export interface WideDecoded extends Decoded {
  readonly byteOrder: ByteOrder;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Decodes UTF-16; with `final` false an incomplete end is left unconsumed. */
export function decodeUtf16(bytes: Uint8Array, order: ByteOrder, onError: DecodeErrorCallback, final: boolean): WideDecoded {
  let byteOrder = order;
  let at = 0;
  if (order === 'auto' && bytes.length >= 2) {
    const mark = bytes[0]! | (bytes[1]! << 8);
    if (mark === 0xfeff) byteOrder = 'little';
    else if (mark === 0xfffe) byteOrder = 'big';
    if (byteOrder !== 'auto') at = 2;
  }
  const big = byteOrder === 'big';
  const unitAt = (i: number): number => (big ? (bytes[i]! << 8) | bytes[i + 1]! : bytes[i]! | (bytes[i + 1]! << 8));
  const encoding = big ? 'utf-16-be' : 'utf-16-le';
  const units: number[] = [];
  let text = '';
  const flush = (): void => {
    text += String.fromCharCode(...units);
    units.length = 0;
  };
  while (at < bytes.length) {
    if (units.length > 8000) flush();
    let fault: string | undefined;
    let end = at + 2;
    if (at + 2 > bytes.length) {
      fault = 'truncated data';
      end = bytes.length;
    } else {
      const unit = unitAt(at);
      if (!isHigh(unit) && !isLow(unit)) {
        units.push(unit);
        at += 2;
        continue;
      }
      if (isLow(unit)) fault = 'illegal encoding';
      else if (at + 4 > bytes.length) {
        fault = 'unexpected end of data';
        end = bytes.length;
      } else if (isLow(unitAt(at + 2))) {
        units.push(unit, unitAt(at + 2));
        at += 4;
        continue;
      } else fault = 'illegal UTF-16 surrogate';
    }
    if (end === bytes.length && !final && (fault === 'truncated data' || fault === 'unexpected end of data')) break;
    flush();
    const { replacement, resume } = onError({ encoding, reason: fault, start: at, end });
    text += replacement;
    at = resume;
  }
  flush();
  return { text, consumed: Math.min(at, bytes.length), byteOrder };
}

/** These codecs report surrogates one by one. */
function endsRun(): boolean {
  return true;
}

/** The units of a text. */
function encodeUnits(text: string, big: boolean): Uint8Array {
  const buffer = Buffer.from(text, 'utf16le');
  return new Uint8Array(big ? buffer.swap16() : buffer);
}

/** Encodes UTF-16; surrogates without partner go to the callback. */
export function encodeUtf16(text: string, order: ByteOrder, onError: EncodeErrorCallback, raiseStrict: RaiseStrict): Uint8Array {
  const big = order === 'big';
  const pushUnit = (unit: number, sink: ByteSink): void => {
    sink.push(big ? unit >> 8 : unit & 255);
    sink.push(big ? unit & 255 : unit >> 8);
  };
  const encodeOne = (point: number, sink: ByteSink): boolean => {
    if (isSurrogate(point)) return false;
    if (point < 0x10000) pushUnit(point, sink);
    else {
      pushUnit(0xd800 + ((point - 0x10000) >> 10), sink);
      pushUnit(0xdc00 + (point & 0x3ff), sink);
    }
    return true;
  };
  if (isWellFormed(text)) return withMark(order, 2, encodeUnits(text, big));
  const encoding = order === 'auto' ? 'utf-16' : `utf-16-${order === 'big' ? 'be' : 'le'}`;
  const codec = { encoding, reason: 'surrogates not allowed', encodeOne, canEncode: endsRun };
  return withMark(order, 2, encodeCodePoints(codePointsOf(text), codec, onError, raiseStrict));
}

function withMark(order: ByteOrder, width: number, body: Uint8Array): Uint8Array {
  if (order !== 'auto') return body;
  const result = new Uint8Array(body.length + width);
  result[0] = 0xff;
  result[1] = 0xfe;
  result.set(body, width);
  return result;
}

/** Decodes UTF-32; with `final` false an incomplete end is left unconsumed. */
export function decodeUtf32(bytes: Uint8Array, order: ByteOrder, onError: DecodeErrorCallback, final: boolean): WideDecoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let byteOrder = order;
  let at = 0;
  if (order === 'auto' && bytes.length >= 4) {
    const mark = view.getUint32(0, true);
    if (mark === 0xfeff) byteOrder = 'little';
    else if (mark === 0xfffe0000) byteOrder = 'big';
    if (byteOrder !== 'auto') at = 4;
  }
  const little = byteOrder !== 'big';
  const encoding = little ? 'utf-32-le' : 'utf-32-be';
  let text = '';
  while (at < bytes.length) {
    let fault: string;
    let end = at + 4;
    if (end > bytes.length) {
      if (!final) break;
      fault = 'truncated data';
      end = bytes.length;
    } else {
      const point = view.getUint32(at, little);
      if (point < 0x110000 && !isSurrogate(point)) {
        text += String.fromCodePoint(point);
        at += 4;
        continue;
      }
      fault = point >= 0x110000 ? 'code point not in range(0x110000)' : 'code point in surrogate code point range(0xd800, 0xe000)';
    }
    const { replacement, resume } = onError({ encoding, reason: fault, start: at, end });
    text += replacement;
    at = resume;
  }
  return { text, consumed: Math.min(at, bytes.length), byteOrder };
}

/** Encodes UTF-32; surrogates go to the callback. */
export function encodeUtf32(text: string, order: ByteOrder, onError: EncodeErrorCallback, raiseStrict: RaiseStrict): Uint8Array {
  const big = order === 'big';
  const encodeOne = (point: number, sink: ByteSink): boolean => {
    if (isSurrogate(point)) return false;
    for (let i = 0; i < 4; i++) sink.push((point >> (big ? 24 - 8 * i : 8 * i)) & 255);
    return true;
  };
  const encoding = order === 'auto' ? 'utf-32' : `utf-32-${order === 'big' ? 'be' : 'le'}`;
  const codec = { encoding, reason: 'surrogates not allowed', encodeOne, canEncode: endsRun };
  return withMark(order, 4, encodeCodePoints(codePointsOf(text), codec, onError, raiseStrict));
}
