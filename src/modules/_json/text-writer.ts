/**
 * Collects a text unit by unit: JSON of thousands of small pieces. Putting strings together instead would leave a node for each piece, which the garbage
 * collector moves about until somebody reads the text, and the engine then walks.
 */

const FIRST_CAPACITY = 1 << 10;
/** Memory beyond this is not kept for the next text. */
const LARGEST_KEPT = 1 << 18;

const DIGIT_ZERO = 48;
/** Ten times this is still an integer of 32 bits. */
const LARGEST_BY_DIGITS = 99_999_999;

const QUOTE = 34;
const BACKSLASH = 92;
const SHORT: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\f': '\\f', '\b': '\\b' };

/** 1 for ASCII characters that stand for themselves in a JSON string. */
const PLAIN = new Uint8Array(128);
for (let code = 32; code < 127; code++) PLAIN[code] = code === QUOTE || code === BACKSLASH ? 0 : 1;

/** 00 to ff. */
const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** ASCII characters that cannot stand in a JSON string, as they are written. */
const ESCAPES: readonly string[] = Array.from({ length: 128 }, (_, code) => SHORT[String.fromCharCode(code)] ?? `\\u00${HEX[code]}`);

/** Digits of an escape are put over the zeros. */
const LONG_ESCAPE = '\\u0000';
const LONGEST_ESCAPE = LONG_ESCAPE.length;
const HEX_CODES = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
/** So many characters may have room for an escape each. */
const ESCAPED_AT_ONCE = 4096;

/** How a character is written that cannot stand in a JSON string. */
export function escapeUnit(c: string): string {
  const code = c.charCodeAt(0);
  return code < 128 ? ESCAPES[code]! : `\\u${HEX[code >> 8]}${HEX[code & 255]}`;
}

// Declared cache: memory of the last writer that was closed.
let spare: Uint8Array | null = null;

/** See the file. One array of bytes while all units are below 256, else one of units. */
export class TextWriter {
  private bytes: Uint8Array;
  private units: Uint16Array | null = null;
  private length = 0;

  constructor() {
    this.bytes = spare ?? new Uint8Array(FIRST_CAPACITY);
    spare = null;
  }

  /** Adds a text as it is. */
  add(text: string): void {
    const start = this.reserve(text.length);
    if (this.units !== null) return this.addWide(text, this.units, start);
    const { bytes } = this;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c > 0xff) return this.addWide(text, this.widen(start), start);
      bytes[start + i] = c;
    }
    this.length = start + text.length;
  }

  /** Adds an int in decimal. Small ones digit by digit, so that no string is made. */
  addInt(value: number): void {
    if (value < 0 || value > LARGEST_BY_DIGITS || this.units !== null) return this.add(String(value));
    let count = 1;
    for (let power = 10; power <= value; power *= 10) count++;
    const start = this.reserve(count);
    const { bytes } = this;
    let rest = value;
    for (let i = start + count - 1; i >= start; i--) {
      const next = (rest / 10) | 0;
      bytes[i] = DIGIT_ZERO + rest - 10 * next;
      rest = next;
    }
    this.length = start + count;
  }

  private addWide(text: string, units: Uint16Array, start: number): void {
    for (let i = 0; i < text.length; i++) units[start + i] = text.charCodeAt(i);
    this.length = start + text.length;
  }

  /** Adds a JSON string. With `ascii` all but ASCII is escaped, else only what must be. @hot json.dumps */
  addQuoted(text: string, ascii: boolean): void {
    const start = this.reserve(text.length + 2);
    const { bytes, units } = this;
    if (units !== null) return this.addQuotedWide(text, ascii, units, start);
    bytes[start] = QUOTE;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c > 127 || PLAIN[c] === 0) {
        this.length = start + 1 + i;
        return this.addEscaped(text, i, ascii);
      }
      bytes[start + 1 + i] = c;
    }
    bytes[start + 1 + text.length] = QUOTE;
    this.length = start + 2 + text.length;
  }

  private addQuotedWide(text: string, ascii: boolean, units: Uint16Array, start: number): void {
    units[start] = QUOTE;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c <= 127 ? PLAIN[c] === 0 : ascii) {
        this.length = start + 1 + i;
        return this.addRest(text, i, ascii);
      }
      units[start + 1 + i] = c;
    }
    units[start + 1 + text.length] = QUOTE;
    this.length = start + 2 + text.length;
  }

  /** The rest of a string from the first character on that is no plain one, and the closing quote. */
  private addEscaped(text: string, from: number, ascii: boolean): void {
    if (text.length - from > ESCAPED_AT_ONCE) return this.addRest(text, from, ascii);
    let at = this.reserve(LONGEST_ESCAPE * (text.length - from) + 1);
    const { bytes } = this;
    for (let i = from; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c <= 127 ? PLAIN[c] === 1 || (c === 127 && !ascii) : !ascii && c <= 0xff) {
        bytes[at++] = c;
        continue;
      }
      if (!ascii && c > 127) {
        this.length = at;
        return this.addRest(text, i, ascii);
      }
      const escape = c <= 127 ? ESCAPES[c]! : LONG_ESCAPE;
      for (let k = 0; k < escape.length; k++) bytes[at + k] = escape.charCodeAt(k);
      if (c > 127) for (let k = 0; k < 4; k++) bytes[at + 2 + k] = HEX_CODES[(c >> (12 - 4 * k)) & 15]!;
      at += escape.length;
    }
    bytes[at++] = QUOTE;
    this.length = at;
  }

  /** As `addEscaped`, piece by piece. */
  private addRest(text: string, start: number, ascii: boolean): void {
    let from = start;
    for (let i = start; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c <= 127 ? PLAIN[c] === 1 || (c === 127 && !ascii) : !ascii) continue;
      if (from < i) this.add(text.slice(from, i));
      this.add(escapeUnit(text[i]!));
      from = i + 1;
    }
    this.add(from === 0 ? text : text.slice(from));
    this.add('"');
  }

  /** Makes room for so many units behind the end, which it returns. */
  private reserve(count: number): number {
    const needed = this.length + count;
    if (needed > (this.units ?? this.bytes).length) this.grow(needed);
    return this.length;
  }

  private grow(needed: number): void {
    const capacity = Math.max(needed, 2 * (this.units ?? this.bytes).length);
    if (this.units !== null) {
      const units = new Uint16Array(capacity);
      units.set(this.units);
      this.units = units;
      return;
    }
    const bytes = new Uint8Array(capacity);
    bytes.set(this.bytes);
    this.bytes = bytes;
  }

  /** Changes to units, of which the first `count` are there. */
  private widen(count: number): Uint16Array {
    const units = new Uint16Array(this.bytes.length);
    for (let i = 0; i < count; i++) units[i] = this.bytes[i]!;
    this.units = units;
    return units;
  }

  /** The text; nothing may be added any more. */
  close(): string {
    const { bytes, units, length } = this;
    if (bytes.length <= LARGEST_KEPT) spare = bytes;
    if (units !== null) return Buffer.from(units.buffer, 0, 2 * length).toString('utf16le');
    return Buffer.from(bytes.buffer, 0, length).toString('latin1');
  }
}
