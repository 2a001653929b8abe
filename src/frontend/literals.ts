/** What literals mean: numbers, and strings with their escapes. */
import { ConstComplex, ConstFloat, type Literal } from '../base/constants.ts';
import { type ErrorPlace, PySyntaxError } from './errors.ts';
import { byteToCharacterOffset } from './text-columns.ts';

/** Finds a character by its Unicode name, for `\N{...}`. */
export type UnicodeNameResolver = (name: string) => string | undefined;

/** A literal that means nothing; the parser adds the place. */
export class LiteralError extends Error {
  /** Whether the error stands at the literal's token rather than at the last token read. */
  readonly atToken: boolean;
  constructor(message: string, atToken: boolean) {
    super(message);
    this.atToken = atToken;
  }
}

/** The value of a NUMBER token. Throws LiteralError when a decimal integer has more digits than `maxDigits` (0: no limit). */
export function parseNumber(text: string, maxDigits: number): Literal {
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  const last = digits.charCodeAt(digits.length - 1);
  const radix = digits.length > 1 && digits.charCodeAt(0) === 0x30 ? digits.charCodeAt(1) | 0x20 : 0;
  if (radix === 0x78 || radix === 0x6f || radix === 0x62) return integer(digits);
  if (last === 0x6a || last === 0x4a) return new ConstComplex(0, Number(digits.slice(0, -1)));
  if (/[.eE]/.test(digits)) return new ConstFloat(Number(digits));
  if (maxDigits > 0 && digits.length > maxDigits) throw tooManyDigits(digits.length, maxDigits);
  return integer(digits);
}

function integer(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}

function tooManyDigits(count: number, limit: number): LiteralError {
  return new LiteralError(
    `Exceeds the limit (${limit} digits) for integer string conversion: value has ${count} digits; use sys.set_int_max_str_digits() ` +
      'to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.',
    true,
  );
}

/** A backslash sequence that means itself: which one, and where it begins in the literal's body. */
export interface InvalidEscape {
  readonly sequence: string;
  readonly octal: boolean;
  readonly index: number;
}

/** A decoded string and the first of its invalid escapes. */
export interface DecodedString {
  readonly value: string;
  readonly invalidEscape: InvalidEscape | null;
}

/** The warning that CPython gives for an invalid escape. */
export function invalidEscapeMessage(escape: InvalidEscape): string {
  const kind = escape.octal ? 'octal escape' : 'escape';
  return (
    `"\\${escape.sequence}" is an invalid ${kind} sequence. Such sequences will not work in the future. ` +
    `Did you mean "\\\\${escape.sequence}"? A raw string is also an option.`
  );
}

/** An invalid escape that the warnings filter has made an error; the place is known, the file is not. */
export class EscapeWarningError extends Error {
  private readonly place: ErrorPlace;
  private readonly text: string;

  /** `column` is CPython's, in bytes from 0, and may lie behind the end of the line. */
  constructor(escape: InvalidEscape, lineno: number, column: number, text: string) {
    super(strictMessage(invalidEscapeMessage(escape)));
    const offset = byteToCharacterOffset(text, column + 1);
    this.place = { lineno, offset, end_lineno: lineno, end_offset: byteToCharacterOffset(text, column + 3) };
    this.text = text;
  }

  /** The error as the parser throws it. */
  asSyntaxError(filename: string): PySyntaxError {
    return new PySyntaxError('SyntaxError', this.message, filename, this.place, this.text);
  }
}

/** A warning about an escape in the words of the error that it may become. */
export function strictMessage(warning: string): string {
  return warning.replace(' Such sequences will not work in the future.', '');
}

/** CPython hands non-ASCII characters to its codec as `\UXXXXXXXX`, ten bytes each, and counts those. */
export function codecOffset(body: string, index: number): number {
  let offset = 0;
  for (const character of body.slice(0, index)) offset += character < '\x80' ? 1 : 10;
  return offset;
}

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', ''], ['\\', '\\'], ["'", "'"], ['"', '"'], ['a', '\x07'], ['b', '\b'], ['f', '\f'], ['n', '\n'], ['r', '\r'], ['t', '\t'], ['v', '\v'],
]);
const HEX_ESCAPES: Readonly<Record<string, readonly [digits: number, pattern: string]>> = {
  x: [2, 'truncated \\xXX escape'],
  u: [4, 'truncated \\uXXXX escape'],
  U: [8, 'truncated \\UXXXXXXXX escape'],
};

/** Decodes the escapes of a str literal's body. */
class StringDecoder {
  private readonly body: string;
  private readonly resolve: UnicodeNameResolver;
  private index = 0;
  private invalid: InvalidEscape | null = null;

  constructor(body: string, resolve: UnicodeNameResolver) {
    this.body = body;
    this.resolve = resolve;
  }

  decode(): DecodedString {
    const parts: string[] = [];
    for (;;) {
      const backslash = this.body.indexOf('\\', this.index);
      if (backslash < 0) break;
      parts.push(this.body.slice(this.index, backslash));
      this.index = backslash + 1;
      parts.push(this.escape());
    }
    parts.push(this.body.slice(this.index));
    return { value: parts.join(''), invalidEscape: this.invalid };
  }

  private escape(): string {
    const start = this.index - 1;
    const letter = this.body[this.index] ?? '';
    this.index++;
    const simple = SIMPLE_ESCAPES.get(letter);
    if (simple !== undefined) return simple;
    if (letter >= '0' && letter <= '7') return this.octal();
    const hex = HEX_ESCAPES[letter];
    if (hex !== undefined) return this.hex(start, hex[0], hex[1]);
    if (letter === 'N') return this.named(start);
    // An f-string's text may end in a backslash, before a brace.
    if (letter === '') return '\\';
    // CPython does not look at characters beyond ASCII here.
    if (letter < '\x80') this.invalid ??= { sequence: letter, octal: false, index: start };
    this.index--;
    return '\\';
  }

  private octal(): string {
    const start = this.index - 1;
    const digits = /^[0-7]{1,3}/.exec(this.body.slice(start, start + 3))?.[0] ?? '';
    this.index = start + digits.length;
    const value = parseInt(digits, 8);
    if (value > 0xff) this.invalid ??= { sequence: digits, octal: true, index: start - 1 };
    return String.fromCharCode(value);
  }

  private hex(start: number, size: number, message: string): string {
    const digits = /^[0-9a-fA-F]*/.exec(this.body.slice(this.index, this.index + size))?.[0] ?? '';
    this.index += digits.length;
    if (digits.length < size) throw this.error(start, message);
    const value = parseInt(digits, 16);
    if (value > 0x10ffff) throw this.error(start, 'illegal Unicode character');
    return String.fromCodePoint(value);
  }

  private named(start: number): string {
    if (this.body[this.index] !== '{') throw this.error(start, 'malformed \\N character escape');
    const close = this.body.indexOf('}', this.index);
    const name = close < 0 ? '' : this.body.slice(this.index + 1, close);
    this.index = close < 0 ? this.body.length : close;
    if (name === '') throw this.error(start, 'malformed \\N character escape');
    this.index++;
    const character = this.resolve(name);
    if (character === undefined) throw this.error(start, 'unknown Unicode character name');
    return character;
  }

  private error(start: number, message: string): LiteralError {
    const first = codecOffset(this.body, start);
    const last = codecOffset(this.body, this.index) - 1;
    const where = first === last ? `byte 0x5c in position ${first}` : `bytes in position ${first}-${last}`;
    return new LiteralError(`(unicode error) 'unicodeescape' codec can't decode ${where}: ${message}`, false);
  }
}

/** Decodes the body of a str literal (without prefix and quotes). Throws LiteralError for malformed escapes. */
export function decodeString(body: string, raw: boolean, resolve: UnicodeNameResolver): DecodedString {
  if (raw || !body.includes('\\')) return { value: body, invalidEscape: null };
  return new StringDecoder(body, resolve).decode();
}

/** A decoded bytes literal and the first of its invalid escapes. */
export interface DecodedBytes {
  readonly value: Uint8Array;
  readonly invalidEscape: InvalidEscape | null;
}

/** Decodes the body of a bytes literal. Throws LiteralError for non-ASCII characters and malformed escapes. */
export function decodeBytes(body: string, raw: boolean): DecodedBytes {
  if (/[^\x00-\x7f]/.test(body)) throw new LiteralError('bytes can only contain ASCII literal characters', true);
  if (raw || !body.includes('\\')) return { value: Uint8Array.from(body, (character) => character.charCodeAt(0)), invalidEscape: null };
  const bytes: number[] = [];
  let invalidEscape: InvalidEscape | null = null;
  for (let i = 0; i < body.length; i++) {
    if (body[i] !== '\\') {
      bytes.push(body.charCodeAt(i));
      continue;
    }
    const start = i++;
    const letter = body[i] as string;
    const simple = SIMPLE_ESCAPES.get(letter);
    if (simple !== undefined) {
      if (simple !== '') bytes.push(simple.charCodeAt(0));
    } else if (letter >= '0' && letter <= '7') {
      const digits = /^[0-7]{1,3}/.exec(body.slice(i, i + 3))?.[0] ?? '';
      i += digits.length - 1;
      const value = parseInt(digits, 8);
      if (value > 0xff) invalidEscape ??= { sequence: digits, octal: true, index: start };
      bytes.push(value & 0xff);
    } else if (letter === 'x') {
      const digits = body.slice(i + 1, i + 3);
      if (!/^[0-9a-fA-F]{2}$/.test(digits)) throw new LiteralError(`(value error) invalid \\x escape at position ${start}`, false);
      bytes.push(parseInt(digits, 16));
      i += 2;
    } else {
      invalidEscape ??= { sequence: letter, octal: false, index: start };
      bytes.push(0x5c);
      i--;
    }
  }
  return { value: Uint8Array.from(bytes), invalidEscape };
}
