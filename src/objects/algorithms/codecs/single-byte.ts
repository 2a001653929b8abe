/** ASCII, Latin-1 and character maps. Source: CPython Objects/unicodeobject.c (PyUnicode_DecodeASCII, ..._DecodeCharmap and encoders). */
import { asBuffer } from '../bytes-search.ts';
import { latin1Text, SHORT_BYTES, shortAsciiBytes } from '../short-bytes.ts';
import { codePointsOf } from '../str-code-points.ts';
import { type ByteSink, type DecodeErrorCallback, type Decoded, encodeCodePoints, type EncodeErrorCallback, type RaiseStrict } from './errors.ts';

function textOf(bytes: Uint8Array): string {
  return bytes.length <= SHORT_BYTES ? latin1Text(bytes) : asBuffer(bytes).toString('latin1', 0, bytes.length);
}

/** Decodes ASCII. */
export function decodeAscii(bytes: Uint8Array, onError: DecodeErrorCallback): Decoded {
  const all = textOf(bytes);
  if (!/[^\0-\x7f]/.test(all)) return { text: all, consumed: bytes.length };
  let text = '';
  let good = 0;
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at]! < 128) {
      at++;
      continue;
    }
    text += all.slice(good, at);
    const { replacement, resume } = onError({ encoding: 'ascii', reason: 'ordinal not in range(128)', start: at, end: at + 1 });
    text += replacement;
    good = at = resume;
  }
  return { text: text + all.slice(good), consumed: bytes.length };
}

/** Decodes Latin-1, which cannot fail. */
export function decodeLatin1(bytes: Uint8Array): Decoded {
  return { text: textOf(bytes), consumed: bytes.length };
}

function encodeBelow(text: string, limit: number, encoding: string, onError: EncodeErrorCallback, raiseStrict: RaiseStrict): Uint8Array {
  const encodeOne = (point: number, sink: ByteSink): boolean => {
    if (point >= limit) return false;
    sink.push(point);
    return true;
  };
  const codec = { encoding, reason: `ordinal not in range(${limit})`, encodeOne, canEncode: (point: number) => point < limit };
  return encodeCodePoints(codePointsOf(text), codec, onError, raiseStrict);
}

function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  if (text.length > 64) asBuffer(bytes).write(text, 'latin1');
  else for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Encodes ASCII. */
export function encodeAscii(text: string, onError: EncodeErrorCallback, raiseStrict: RaiseStrict): Uint8Array {
  const short = shortAsciiBytes(text);
  if (short !== null) return short;
  // As long in UTF-8 as it has characters: the engine finds that out faster than an expression.
  const bytes = Buffer.byteLength(text) === text.length ? latin1Bytes(text) : null;
  return bytes ?? encodeBelow(text, 128, 'ascii', onError, raiseStrict);
}

/** Encodes Latin-1. */
export function encodeLatin1(text: string, onError: EncodeErrorCallback, raiseStrict: RaiseStrict): Uint8Array {
  return /[^\0-\xff]/.test(text) ? encodeBelow(text, 256, 'latin-1', onError, raiseStrict) : latin1Bytes(text);
}

/** Decodes by a map: `lookup` gives the text of a byte, or undefined. */
export function decodeCharmap(bytes: Uint8Array, lookup: (byte: number) => string | undefined, onError: DecodeErrorCallback): Decoded {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const mapped = lookup(bytes[at]!);
    if (mapped !== undefined) {
      text += mapped;
      at++;
      continue;
    }
    const { replacement, resume } = onError({ encoding: 'charmap', reason: 'character maps to <undefined>', start: at, end: at + 1 });
    text += replacement;
    at = resume;
  }
  return { text, consumed: bytes.length };
}

/** Encodes by a map: `lookup` gives the bytes of a code point, or undefined. */
export function encodeCharmap(text: string, lookup: (point: number) => Uint8Array | number | undefined, onError: EncodeErrorCallback, raiseStrict: RaiseStrict): Uint8Array {
  const encodeOne = (point: number, sink: ByteSink): boolean => {
    const mapped = lookup(point);
    if (mapped === undefined) return false;
    if (typeof mapped === 'number') sink.push(mapped);
    else sink.pushAll(mapped);
    return true;
  };
  const codec = { encoding: 'charmap', reason: 'character maps to <undefined>', encodeOne, canEncode: (point: number) => lookup(point) !== undefined };
  return encodeCodePoints(codePointsOf(text), codec, onError, raiseStrict);
}
