/** JSON strings: reading and writing them (Modules/_json.c). */
import type { Thread } from '../../core/thread.ts';
import { codePointIndex } from '../../objects/algorithms/str-code-points.ts';
import { getAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { importModule } from '../../objects/import-hook.ts';
import type { PyBaseException } from '../../core/exception.ts';
import { escapeUnit } from './text-writer.ts';

/** Raises `json.JSONDecodeError`; `unit` is a position in UTF-16 units, -1 for a quote before the text (`scanstring(text, 0)`). */
export function raiseDecodeError(t: Thread, message: string, text: string, unit: number): never {
  const error = getAttr(t, importModule(t, 'json.decoder'), 'JSONDecodeError');
  throw call(t, error, [message, text, unit < 0 ? unit : codePointIndex(text, Math.min(unit, text.length))]) as PyBaseException;
}

/** The code units of escapes of one letter by the letter, and the values of hexadecimal digits; -1 for all else. */
const LETTER_CODES = new Int16Array(128).fill(-1);
for (const [letter, character] of Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' })) LETTER_CODES[letter.charCodeAt(0)] = character.charCodeAt(0);
const HEX_VALUES = new Int16Array(128).fill(-1);
for (const digit of '0123456789abcdefABCDEF') HEX_VALUES[digit.charCodeAt(0)] = parseInt(digit, 16);

const LETTER_U = 117;
const QUOTE = 34;
const BACKSLASH = 92;

/** Where the escape ends whose backslash is at a place. */
export function escapeEnd(units: Uint16Array, at: number): number {
  return units[at + 1] === LETTER_U ? at + 6 : at + 2;
}

/** The code unit that the escape at a place stands for; negative where it stands for none. @hot json.loads */
export function escapedCode(units: Uint16Array, at: number): number {
  return units[at + 1] !== LETTER_U ? looked(LETTER_CODES, units[at + 1]!) : hexCode(units[at + 2]!, units[at + 3]!, units[at + 4]!, units[at + 5]!);
}

/** A digit that is none makes the whole negative. */
function hexCode(first: number, second: number, third: number, fourth: number): number {
  return (looked(HEX_VALUES, first) << 12) | (looked(HEX_VALUES, second) << 8) | (looked(HEX_VALUES, third) << 4) | looked(HEX_VALUES, fourth);
}

function looked(table: Int16Array, unit: number): number {
  return unit < 128 ? table[unit]! : -1;
}

/** What `scanString` has read; `end` is the unit behind the closing quote. */
export interface ScannedString {
  readonly text: string;
  readonly end: number;
}

/** As `escapedCode`, of a text; raises what is wrong with it. `begin` is where the string begins. */
function escapedCodeOf(t: Thread, text: string, at: number, begin: number): number {
  const letter = text.charCodeAt(at + 1);
  if (Number.isNaN(letter)) raiseDecodeError(t, 'Unterminated string starting at', text, begin);
  if (letter !== LETTER_U) {
    const code = looked(LETTER_CODES, letter);
    return code >= 0 ? code : raiseDecodeError(t, 'Invalid \\escape', text, at);
  }
  const code = hexCode(text.charCodeAt(at + 2), text.charCodeAt(at + 3), text.charCodeAt(at + 4), text.charCodeAt(at + 5));
  return code >= 0 ? code : raiseDecodeError(t, 'Invalid \\uXXXX escape', text, at + 1);
}

/** Reads a string whose first character is at unit `start`, behind the quote. @hot json.loads */
export function scanString(t: Thread, text: string, start: number, strict: boolean): ScannedString {
  let result = '';
  let from = start;
  for (let at = start; at < text.length; ) {
    const c = text.charCodeAt(at);
    if (c === QUOTE) return { text: result + text.slice(from, at), end: at + 1 };
    if (c === BACKSLASH) {
      result += text.slice(from, at) + String.fromCharCode(escapedCodeOf(t, text, at, start - 1));
      at = from = text.charCodeAt(at + 1) === LETTER_U ? at + 6 : at + 2;
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

