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
    if (units !== null) return this.addQuotedSlowly(text, ascii);
    bytes[start] = QUOTE;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      // Rare: what has been written of it is written again.
      if (c > 127 || PLAIN[c] === 0) return this.addQuotedSlowly(text, ascii);
      bytes[start + 1 + i] = c;
    }
    bytes[start + 1 + text.length] = QUOTE;
    this.length = start + 2 + text.length;
  }

  private addQuotedSlowly(text: string, ascii: boolean): void {
    this.add('"');
    let from = 0;
    for (let i = 0; i < text.length; i++) {
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
