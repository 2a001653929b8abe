/** Reprs of text and bytes: the choice of quotes and the escapes. Source: CPython Objects/unicodeobject.c, Objects/bytesobject.c. */
import { isPrintable } from './unicode/ctype.ts';

const PLAIN = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/;
const NAMED: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };

function hexEscape(point: number): string {
  if (point < 0x100) return `\\x${point.toString(16).padStart(2, '0')}`;
  if (point < 0x10000) return `\\u${point.toString(16).padStart(4, '0')}`;
  return `\\U${point.toString(16).padStart(8, '0')}`;
}

/** repr(text) */
export function strRepr(text: string): string {
  return PLAIN.test(text) ? `'${text}'` : quoteText(text, isPrintable);
}

/** ascii(text) */
export function asciiRepr(text: string): string {
  return PLAIN.test(text) ? `'${text}'` : quoteText(text, isNever);
}

function isNever(): boolean {
  return false;
}

function quoteText(text: string, isShown: (point: number) => boolean): string {
  const quote = text.includes("'") && !text.includes('"') ? 34 : 39;
  const mark = String.fromCharCode(quote);
  let result = mark;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i)!;
    if (point > 0xffff) i++;
    if (point === quote) result += `\\${mark}`;
    else if (point >= 32 && point < 127) result += point === 92 ? '\\\\' : text[i]!;
    else if (NAMED[point] !== undefined) result += NAMED[point];
    else result += point >= 128 && isShown(point) ? String.fromCodePoint(point) : hexEscape(point);
  }
  return result + mark;
}

/** Replaces what is not ASCII by escapes, as `ascii()` does to any repr. */
export function escapeNonAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (character) => hexEscape(character.codePointAt(0)!));
}

/** repr(bytes) */
export function bytesRepr(bytes: Uint8Array): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? 34 : 39;
  const mark = String.fromCharCode(quote);
  let result = `b${mark}`;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === quote || byte === 92) result += `\\${String.fromCharCode(byte)}`;
    else if (byte >= 32 && byte < 127) result += String.fromCharCode(byte);
    else result += NAMED[byte] ?? hexEscape(byte);
  }
  return result + mark;
}
