/** Scanning XML text: names, white space, literals, references. A scanner that meets the end of the text says that more is needed. */
import { failWith, XmlFailure } from './codes.ts';
import { PARTIAL } from './decoder.ts';
import { knownNameIn } from './known-names.ts';

/** Thrown where the text ends inside a token. */
export class NeedMore extends Error {}

/** Thrown, never filled in: making an Error is slow. */
export const NEED_MORE = new NeedMore();

const NAME_START = ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const NAME_PART = `${NAME_START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}`;
const NAME = new RegExp(`[${NAME_START}][${NAME_PART}]*`, 'uy');
const NMTOKEN = new RegExp(`[${NAME_PART}]+`, 'uy');

const [TAB, NEWLINE, RETURN, BLANK, DOUBLE_QUOTE, AMPERSAND, SINGLE_QUOTE, LESS] = [9, 10, 13, 32, 34, 38, 39, 60] as const;
/** From here on characters are asked about by patterns: surrogates, and the two that XML does not have. */
const FIRST_ODD = 0xd800;

/** In `NAME_CLASS`, where a name may begin. */
export const NAME_STARTS = 1;
/** Of the ASCII characters, which nearly all text consists of: NAME_STARTS, 2 where a name may go on, 0 for the others. */
export const NAME_CLASS = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const c = String.fromCharCode(code);
  NAME_CLASS[code] = /[:A-Z_a-z]/.test(c) ? NAME_STARTS : /[-.0-9]/.test(c) ? 2 : 0;
}

/** Where the name of ASCII characters that begins at `at` ends; `at` where none does, or where it may go on beyond ASCII. */
function asciiNameEnd(text: string, at: number): number {
  if (at >= text.length || NAME_CLASS[text.charCodeAt(at)] !== NAME_STARTS) return at;
  let end = at + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code >= 128) return at;
    if (NAME_CLASS[code] === 0) return end;
  }
  return at;
}

/** Characters that XML does not have. */
export const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether a character number may stand in a document. */
export function isLegalNumber(code: number): boolean {
  return (code >= 0x20 && code < 0xd800) || code === 9 || code === 10 || code === 13 || (code >= 0xe000 && code < 0xfffe) || (code >= 0x10000 && code <= 0x10ffff);
}

/** Whether a character is white space of XML. */
export function isSpaceCode(code: number): boolean {
  return code === BLANK || code === NEWLINE || code === RETURN || code === TAB;
}

/** A place in a text. */
export class Cursor {
  readonly text: string;
  at: number;
  /** No more text comes: its end is an error inside a token. */
  readonly final: boolean;

  constructor(text: string, at: number, final: boolean) {
    this.text = text;
    this.at = at;
    this.final = final;
  }

  /** The character here; needs one. */
  peek(): string {
    return this.at < this.text.length ? this.text[this.at]! : this.needMore();
  }

  /** Signals the end of the text. */
  needMore(): never {
    throw NEED_MORE;
  }

  /** An error here: the characters are not what must stand here. */
  invalid(at = this.at): never {
    if (at >= this.text.length && !this.final) throw NEED_MORE;
    return failWith(this.text[at] === PARTIAL ? 'PARTIAL_CHAR' : 'INVALID_TOKEN', at);
  }

  /** Goes over white space and returns it. */
  space(): string {
    const { text, at } = this;
    let end = at;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (!isSpaceCode(code)) break;
    }
    this.at = end;
    return end === at ? '' : text.slice(at, end);
  }

  /** Goes over a text if it is here; needs as many characters. */
  take(expected: string): boolean {
    if (this.text.startsWith(expected, this.at)) {
      this.at += expected.length;
      return true;
    }
    if (expected.startsWith(this.text.slice(this.at))) this.needMore();
    return false;
  }

  /** Goes over a text that must be here. */
  expect(expected: string): void {
    for (const c of expected) {
      if (this.peek() !== c) this.invalid();
      this.at++;
    }
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) {
      void this.peek();
      return this.invalid();
    }
    this.at += found.length;
    if (this.at >= this.text.length) this.needMore();
    return found;
  }

  /** A Name. */
  name(): string {
    const { at } = this;
    const end = asciiNameEnd(this.text, at);
    if (end === at) return this.match(NAME);
    this.at = end;
    return knownNameIn(this.text, at, end).text;
  }

  /** An Nmtoken. */
  nmtoken(): string {
    return this.match(NMTOKEN);
  }

  /** Text in quotation marks, which are left out. */
  literal(): string {
    const quote = this.peek();
    if (quote !== '"' && quote !== "'") this.invalid();
    const end = this.text.indexOf(quote, this.at + 1);
    if (end < 0) {
      this.checkLegal(this.at + 1, this.text.length);
      this.needMore();
    }
    this.checkLegal(this.at + 1, end);
    const found = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return found;
  }

  /** As `literal`, for one without references, white space but blanks, and characters that want a closer look; undefined, and the cursor where it was, for others. */
  plainLiteral(): string | undefined {
    const { text, at } = this;
    const quote = text.charCodeAt(at);
    if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) return undefined;
    for (let end = at + 1; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === quote) {
        this.at = end + 1;
        return text.slice(at + 1, end);
      }
      if (code < BLANK || code === AMPERSAND || code === LESS || code >= FIRST_ODD) return undefined;
    }
    return undefined;
  }

  /** Raises for a character that XML does not have. */
  checkLegal(from: number, to: number): void {
    const bad = ILLEGAL.exec(this.text.slice(from, to));
    // The first half of a pair may stand at the end of what has come.
    if (bad === null || (from + bad.index === this.text.length - 1 && /[\ud800-\udbff]/.test(bad[0]) && !this.final)) return;
    this.invalid(from + bad.index);
  }

  /** Goes behind `end`; returns what stands before it. */
  upTo(end: string): string {
    const at = this.text.indexOf(end, this.at);
    if (at < 0) {
      this.checkLegal(this.at, this.text.length);
      this.needMore();
    }
    this.checkLegal(this.at, at);
    const found = this.text.slice(this.at, at);
    this.at = at + end.length;
    return found;
  }

  /** `&name;` or `&#number;`: the name, or the character. The ampersand is here. */
  reference(): { name: string } | { character: string } {
    const start = this.at++;
    if (this.peek() !== '#') {
      const name = this.name();
      this.expect(';');
      return { name };
    }
    this.at++;
    const isHex = this.peek() === 'x';
    if (isHex) this.at++;
    const digits = isHex ? /[0-9a-fA-F]+/y : /[0-9]+/y;
    const number = this.match(digits);
    this.expect(';');
    const code = parseInt(number, isHex ? 16 : 10);
    return isLegalNumber(code) ? { character: String.fromCodePoint(code) } : failWith('BAD_CHAR_REF', start);
  }

  /** `<!--` is behind: the text of the comment. */
  comment(): string {
    const start = this.at;
    const end = this.text.indexOf('--', start);
    if (end < 0) {
      this.checkLegal(start, this.text.length);
      this.needMore();
    }
    this.checkLegal(start, end);
    this.at = end + 2;
    if (this.peek() !== '>') this.invalid();
    this.at++;
    return this.text.slice(start, end);
  }

  /** `<?` is behind: target and data of a processing instruction. */
  instruction(): { target: string; data: string } {
    const start = this.at;
    const target = this.name();
    if (target.toLowerCase() === 'xml' && target !== 'xml') this.invalid(start);
    if (this.text.startsWith('?>', this.at)) {
      this.at += 2;
      return { target, data: '' };
    }
    if (this.text.length === this.at + 1 && this.peek() === '?') this.needMore();
    if (this.space() === '') this.invalid();
    return { target, data: this.upTo('?>') };
  }
}

/** Line ends are newlines, whatever they were (XML 1.0, 2.11). */
export function normalizeLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Re-bases a failure of a nested text onto the outer event. */
export function withoutPlace(error: unknown): unknown {
  if (error instanceof XmlFailure) error.at = null;
  return error;
}
