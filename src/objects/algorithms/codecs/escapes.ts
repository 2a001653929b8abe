/**
 * The codecs `unicode_escape` and `raw_unicode_escape`, and the bytes form `escape` that pickle protocol 0 and `codecs` use.
 *
 * Source: CPython Objects/unicodeobject.c (_PyUnicode_DecodeUnicodeEscapeInternal, ...), Objects/bytesobject.c (_PyBytes_DecodeEscape).
 */
import { ByteSink, type DecodeErrorCallback, type Decoded } from './errors.ts';
import { codePointsOf } from '../str-code-points.ts';

/** What decoding found besides the text: the first escape that Python does not know (it warns of it), as characters after the backslash. */
export interface EscapeDecoded extends Decoded {
  readonly invalidEscape: string | undefined;
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '', '\\': '\\', "'": "'", '"': '"', b: '\b', f: '\f', t: '\t', n: '\n', r: '\r', v: '\v', a: '\x07',
};
const HEX_WIDTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function hexRun(bytes: Uint8Array, at: number, width: number): string {
  let run = '';
  for (let i = at; i < at + width && i < bytes.length; i++) {
    const character = String.fromCharCode(bytes[i]!);
    if (!/[0-9a-fA-F]/.test(character)) break;
    run += character;
  }
  return run;
}

/** One escape: its text, or a fault; `end` is behind what was read. */
interface Escape {
  readonly text: string;
  readonly end: number;
  readonly fault: string;
  /** The fault may be repaired by further input. */
  readonly incomplete: boolean;
  readonly unknown: string | undefined;
}

function escaped(text: string, end: number): Escape {
  return { text, end, fault: '', incomplete: false, unknown: undefined };
}

function faulty(fault: string, end: number, incomplete: boolean): Escape {
  return { text: '', end, fault, incomplete, unknown: undefined };
}

function hexEscape(bytes: Uint8Array, letter: string, at: number): Escape {
  const width = HEX_WIDTH[letter]!;
  const digits = hexRun(bytes, at, width);
  const end = at + digits.length;
  if (digits.length < width) return faulty(`truncated \\${letter}${'X'.repeat(width)} escape`, end, end === bytes.length);
  const point = parseInt(digits, 16);
  return point > 0x10ffff ? faulty('illegal Unicode character', end, false) : escaped(String.fromCodePoint(point), end);
}

function namedEscape(bytes: Uint8Array, at: number, lookup: (name: string) => string | undefined): Escape {
  if (at >= bytes.length) return faulty('malformed \\N character escape', at, true);
  if (bytes[at] !== 123) return faulty('malformed \\N character escape', at, false);
  const close = bytes.indexOf(125, at);
  if (close < 0) return faulty('malformed \\N character escape', bytes.length, true);
  if (close === at + 1) return faulty('malformed \\N character escape', at + 1, false);
  const found = lookup(Buffer.from(bytes.subarray(at + 1, close)).toString('latin1'));
  return found === undefined ? faulty('unknown Unicode character name', close + 1, false) : escaped(found, close + 1);
}

function octalEscape(bytes: Uint8Array, at: number): Escape {
  const digits = /^[0-7]{1,3}/.exec(Buffer.from(bytes.subarray(at, at + 3)).toString('latin1'))![0];
  const point = parseInt(digits, 8);
  return { ...escaped(String.fromCharCode(point), at + digits.length), unknown: point > 0o377 ? digits : undefined };
}

function readEscape(bytes: Uint8Array, backslash: number, lookup: (name: string) => string | undefined): Escape {
  const at = backslash + 1;
  if (at >= bytes.length) return faulty('\\ at end of string', at, true);
  const letter = String.fromCharCode(bytes[at]!);
  const simple = SIMPLE[letter];
  if (simple !== undefined) return escaped(simple, at + 1);
  if (HEX_WIDTH[letter] !== undefined) return hexEscape(bytes, letter, at + 1);
  if (letter === 'N') return namedEscape(bytes, at + 1, lookup);
  if (letter >= '0' && letter <= '7') return octalEscape(bytes, at);
  return { ...escaped(`\\${letter}`, at + 1), unknown: letter };
}

/** Decodes `unicode_escape`; `lookup` resolves `\N{name}`. */
export function decodeUnicodeEscape(bytes: Uint8Array, lookup: (name: string) => string | undefined, onError: DecodeErrorCallback, final: boolean): EscapeDecoded {
  let text = '';
  let invalidEscape: string | undefined;
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] !== 92) {
      text += String.fromCharCode(bytes[at++]!);
      continue;
    }
    const escape = readEscape(bytes, at, lookup);
    if (escape.fault === '') {
      text += escape.text;
      invalidEscape ??= escape.unknown;
      at = escape.end;
      continue;
    }
    if (escape.incomplete && !final) break;
    const { replacement, resume } = onError({ encoding: 'unicodeescape', reason: escape.fault, start: at, end: escape.end });
    text += replacement;
    at = resume;
  }
  return { text, consumed: Math.min(at, bytes.length), invalidEscape };
}

/** Decodes `raw_unicode_escape`: only \uXXXX and \UXXXXXXXX count, and only behind an odd number of backslashes. */
export function decodeRawUnicodeEscape(bytes: Uint8Array, onError: DecodeErrorCallback, final: boolean): Decoded {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at]!;
    const letter = String.fromCharCode(bytes[at + 1] ?? 0);
    if (byte !== 92 || (at + 1 >= bytes.length && final)) {
      text += String.fromCharCode(byte);
      at++;
      continue;
    }
    if (at + 1 >= bytes.length) break;
    if (letter !== 'u' && letter !== 'U') {
      text += `\\${letter}`;
      at += 2;
      continue;
    }
    const escape = hexEscape(bytes, letter, at + 2);
    if (escape.fault === '') {
      text += escape.text;
      at = escape.end;
      continue;
    }
    if (escape.incomplete && !final) break;
    const reason = escape.fault === 'illegal Unicode character' ? '\\Uxxxxxxxx out of range' : escape.fault;
    const { replacement, resume } = onError({ encoding: 'rawunicodeescape', reason, start: at, end: escape.end });
    text += replacement;
    at = resume;
  }
  return { text, consumed: Math.min(at, bytes.length) };
}

function wideEscape(point: number): string {
  return point < 0x10000 ? `\\u${point.toString(16).padStart(4, '0')}` : `\\U${point.toString(16).padStart(8, '0')}`;
}

const NAMED_ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };

/** Encodes `unicode_escape`. */
export function encodeUnicodeEscape(text: string): Uint8Array {
  let result = '';
  for (const point of codePointsOf(text)) {
    if (NAMED_ESCAPES[point] !== undefined) result += NAMED_ESCAPES[point];
    else if (point >= 32 && point < 127) result += String.fromCharCode(point);
    else result += point < 256 ? `\\x${point.toString(16).padStart(2, '0')}` : wideEscape(point);
  }
  return new Uint8Array(Buffer.from(result, 'latin1'));
}

/** Encodes `raw_unicode_escape`. */
export function encodeRawUnicodeEscape(text: string): Uint8Array {
  let result = '';
  for (const point of codePointsOf(text)) result += point < 256 ? String.fromCharCode(point) : wideEscape(point);
  return new Uint8Array(Buffer.from(result, 'latin1'));
}

/** What decoding of a bytes escape gives: bytes, or the ValueError text; and the first unknown escape. */
export interface BytesEscapeDecoded {
  readonly bytes: Uint8Array;
  readonly failure: string | undefined;
  readonly invalidEscape: string | undefined;
}

/** `codecs.escape_decode`: as a bytes literal. `onBadHex` says what stands in for a faulty \x (undefined: fail). */
export function decodeBytesEscape(bytes: Uint8Array, errors: string): BytesEscapeDecoded {
  const sink = new ByteSink(bytes.length);
  let invalidEscape: string | undefined;
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at] !== 92) {
      sink.push(bytes[at++]!);
      continue;
    }
    const letter = String.fromCharCode(bytes[at + 1] ?? 0);
    if (at + 1 >= bytes.length) return { bytes: sink.take(), failure: 'Trailing \\ in string', invalidEscape };
    const simple = SIMPLE[letter];
    if (simple !== undefined) {
      if (simple !== '') sink.push(simple.charCodeAt(0));
      at += 2;
    } else if (letter === 'x') {
      const digits = hexRun(bytes, at + 2, 2);
      if (digits.length === 2) sink.push(parseInt(digits, 16));
      else if (errors === 'replace') sink.push(63);
      else if (errors !== 'ignore') {
        const failure = errors === 'strict' ? `invalid \\x escape at position ${at}` : `decoding error; unknown error handling code: ${errors}`;
        return { bytes: sink.take(), failure, invalidEscape };
      }
      at += 2 + digits.length;
    } else if (letter >= '0' && letter <= '7') {
      const escape = octalEscape(bytes, at + 1);
      sink.push(escape.text.charCodeAt(0) & 255);
      invalidEscape ??= escape.unknown;
      at = escape.end;
    } else {
      invalidEscape ??= letter;
      sink.push(92);
      at++;
    }
  }
  return { bytes: sink.take(), failure: undefined, invalidEscape };
}
