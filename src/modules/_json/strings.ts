/** JSON strings: reading and writing them (Modules/_json.c). */
import type { Thread } from '../../core/thread.ts';
import { codePointIndex } from '../../objects/algorithms/str-code-points.ts';
import { getAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { importModule } from '../../objects/import-hook.ts';
import type { PyBaseException } from '../../core/exception.ts';
import { escapeUnit } from './text-writer.ts';

/** Raises `json.JSONDecodeError`; `unit` is a position in UTF-16 units. */
export function raiseDecodeError(t: Thread, message: string, text: string, unit: number): never {
  const error = getAttr(t, importModule(t, 'json.decoder'), 'JSONDecodeError');
  throw call(t, error, [message, text, codePointIndex(text, Math.min(unit, text.length))]) as PyBaseException;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const QUOTE = 34;
const BACKSLASH = 92;

/** The end of what `scanString` read last: the unit behind the closing quote. */
export interface ScannedString {
  readonly text: string;
  readonly end: number;
}

function scanEscape(t: Thread, text: string, at: number, begin: number): ScannedString {
  const letter = text[at + 1];
  if (letter === undefined) return raiseDecodeError(t, 'Unterminated string starting at', text, begin);
  if (letter !== 'u') {
    const simple = SIMPLE_ESCAPES[letter];
    return simple === undefined ? raiseDecodeError(t, 'Invalid \\escape', text, at) : { text: simple, end: at + 2 };
  }
  const digits = text.slice(at + 2, at + 6);
  if (!/^[0-9a-fA-F]{4}$/.test(digits)) return raiseDecodeError(t, 'Invalid \\uXXXX escape', text, at + 1);
  return { text: String.fromCharCode(parseInt(digits, 16)), end: at + 6 };
}

/** Reads a string whose first character is at unit `start`, behind the quote. @hot json.loads */
export function scanString(t: Thread, text: string, start: number, strict: boolean): ScannedString {
  let result = '';
  let from = start;
  for (let at = start; at < text.length; ) {
    const c = text.charCodeAt(at);
    if (c === QUOTE) return { text: result + text.slice(from, at), end: at + 1 };
    if (c === BACKSLASH) {
      result += text.slice(from, at);
      const escape = scanEscape(t, text, at, start - 1);
      result += escape.text;
      at = from = escape.end;
      continue;
    }
    if (c <= 0x1f && strict) raiseDecodeError(t, 'Invalid control character at', text, at);
    at++;
  }
  return raiseDecodeError(t, 'Unterminated string starting at', text, start - 1);
}

/** A JSON string with non-ASCII characters escaped. */
export function encodeAscii(text: string): string {
  return /[^ !#-[\]-~]/.test(text) ? `"${text.replace(/[^ !#-[\]-~]/g, escapeUnit)}"` : `"${text}"`;
}

/** A JSON string with only what must be escaped escaped. */
export function encodePlain(text: string): string {
  return /[\0-\x1f"\\]/.test(text) ? `"${text.replace(/[\0-\x1f"\\]/g, escapeUnit)}"` : `"${text}"`;
}

