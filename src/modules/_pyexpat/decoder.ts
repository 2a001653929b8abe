/**
 * From the bytes of an entity to text (XML 1.0, appendix F): byte order marks, the encoding declaration, what arrives in pieces.
 *
 * INV-1: what cannot be decoded becomes INVALID or PARTIAL, which no XML text has, so that the scanner meets the error in its place.
 */
import { failWith } from './codes.ts';

/** Stands for bytes that are no text. */
export const INVALID = '\uffff';
/** Stands for a character that the end of input cuts off. */
export const PARTIAL = '\ufffe';

/** The byte order mark. */
const MARK = '\ufeff';

/** Single-byte encodings as 256 characters; `\uffff` where there is none. Raises for unknown names. */
export type EncodingTable = (name: string) => string;

type Mode = 'utf-8' | 'utf-16le' | 'utf-16be' | 'single';

const DECLARATION = /^<\?xml(?:[ \t\r\n][^>]*?)?\?>/;
const ENCODING = /[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z][\w.-]*)["']/;
/** A declaration longer than this is none. */
const LONGEST_DECLARATION = 1024;

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Number of bytes at the start that are whole, valid characters of UTF-8: found by halving. */
function validPrefix(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, middle), { stream: true });
      low = middle;
    } catch {
      high = middle - 1;
    }
  }
  return low - unfinished(bytes.subarray(0, low));
}

/** A document may have the character that stands for PARTIAL, which is as wrong as INVALID. */
function withoutPartial(text: string): string {
  return text.includes(PARTIAL) ? text.replaceAll(PARTIAL, INVALID) : text;
}

/** Decodes one entity. */
export class EntityDecoder {
  private readonly tableOf: EncodingTable;
  private mode: Mode | null = null;
  private table = '';
  private waiting: Uint8Array = new Uint8Array(0);
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  private broken = false;
  /** Bytes of a byte order mark, which is no text. */
  markLength = 0;
  private readonly protocol: string | null;

  /** `protocol` is an encoding that holds whatever the document says. */
  constructor(protocol: string | null, tableOf: EncodingTable) {
    this.protocol = protocol;
    this.tableOf = tableOf;
  }

  /** The text of further bytes; '' while the encoding is not known yet. */
  decode(bytes: Uint8Array, final: boolean): string {
    let input = bytes;
    if (this.mode === null) {
      input = this.waiting = concat(this.waiting, bytes);
      if (!this.choose(input, final)) return '';
      this.waiting = new Uint8Array(0);
      input = input.subarray(this.markLength);
    }
    return this.broken ? '' : this.text(input, final);
  }

  /** As `decode`, of the bytes that a text has in UTF-8. */
  decodeText(text: string, final: boolean): string {
    if (this.mode === null && this.waiting.length === 0 && this.protocol === 'utf-8' && text.length > 1 && !text.startsWith(MARK)) this.use(this.protocol);
    return this.mode === 'utf-8' && this.waiting.length === 0 && !this.broken ? withoutPartial(text) : this.decode(Buffer.from(text, 'utf8'), final);
  }

  /** Whether the text is converted from UTF-8. */
  get isUtf8(): boolean {
    return this.mode === 'utf-8';
  }

  /** How many bytes a piece of the text took. */
  byteLength(text: string): number {
    if (this.mode === 'single') return text.length;
    return this.mode === 'utf-16le' || this.mode === 'utf-16be' ? 2 * text.length : Buffer.byteLength(text);
  }

  private choose(bytes: Uint8Array, final: boolean): boolean {
    if (bytes.length < 2 && !final) return false;
    const [a, b] = [bytes[0], bytes[1]];
    if (this.protocol !== null && !/^utf-?16$/i.test(this.protocol)) {
      if (a === 0xef && b === 0xbb && bytes[2] === 0xbf) this.markLength = 3;
      this.use(this.protocol);
      return true;
    }
    if (a === 0xfe && b === 0xff) return this.start('utf-16be', 2);
    if (a === 0xff && b === 0xfe) return this.start('utf-16le', 2);
    if (a === 0x3c && b === 0) return this.start('utf-16le', 0);
    if (a === 0 && b === 0x3c) return this.start('utf-16be', 0);
    if (a === 0xef && b === 0xbb) {
      if (bytes.length < 3 && !final) return false;
      if (bytes[2] === 0xbf) return this.start('utf-8', 3);
    }
    return this.chooseByDeclaration(bytes, final);
  }

  private chooseByDeclaration(bytes: Uint8Array, final: boolean): boolean {
    const head = latin1(bytes.subarray(0, LONGEST_DECLARATION));
    const start = '<?xml';
    const mayDeclare = head.length < start.length ? start.startsWith(head) : head.startsWith(start);
    const declaration = DECLARATION.exec(head)?.[0];
    if (mayDeclare && declaration === undefined && !head.includes('>') && !final && bytes.length < LONGEST_DECLARATION) return false;
    const name = declaration === undefined ? undefined : ENCODING.exec(declaration)?.[1];
    if (name === undefined) return this.start('utf-8', 0);
    this.use(name);
    return true;
  }

  private start(mode: Mode, markLength: number): true {
    this.mode = mode;
    this.markLength = markLength;
    return true;
  }

  /** Takes an encoding by its name. */
  private use(name: string): void {
    const known = name.toLowerCase();
    if (known === 'utf-8' || known === 'utf8') this.mode = 'utf-8';
    else if (known === 'utf-16le' || known === 'utf-16be') this.mode = known;
    // What an encoding of two bytes says of itself cannot be read as single bytes.
    else if (known === 'utf-16') failWith('INCORRECT_ENCODING');
    else {
      this.mode = 'single';
      this.table = this.singleTable(known, name);
    }
  }

  private singleTable(known: string, name: string): string {
    const identity = String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i));
    if (known === 'iso-8859-1') return identity;
    if (known === 'us-ascii') return identity.slice(0, 128) + INVALID.repeat(128);
    const table = this.tableOf(name);
    // Markup must be what it is in ASCII.
    for (let i = 0; i < 128; i++) if (MARKUP.test(identity[i]!) && table[i] !== identity[i]) failWith('UNKNOWN_ENCODING');
    return table;
  }

  private text(bytes: Uint8Array, final: boolean): string {
    if (this.mode === 'single') return Array.from(bytes, (byte) => this.table[byte]!).join('');
    return this.mode === 'utf-8' ? this.utf8Text(bytes, final) : this.utf16Text(bytes, final);
  }

  private utf8Text(bytes: Uint8Array, final: boolean): string {
    const input = concat(this.waiting, bytes);
    const whole = final ? input.length : input.length - unfinished(input);
    this.waiting = input.slice(whole);
    try {
      return withoutPartial(this.utf8.decode(input.subarray(0, whole)));
    } catch {
      this.broken = true;
      const valid = validPrefix(input.subarray(0, whole));
      const isPartial = final && valid === input.length - unfinished(input);
      return withoutPartial(Buffer.from(input.subarray(0, valid)).toString('utf8')) + (isPartial ? PARTIAL : INVALID);
    }
  }

  private utf16Text(bytes: Uint8Array, final: boolean): string {
    const input = concat(this.waiting, bytes);
    const whole = input.length & ~1;
    this.waiting = input.slice(whole);
    const copy = Buffer.from(input.subarray(0, whole));
    if (this.mode === 'utf-16be') copy.swap16();
    return withoutPartial(copy.toString('utf16le')) + (final && whole < input.length ? PARTIAL : '');
  }
}

const MARKUP = /[A-Za-z0-9<>&"'=/?!#%;:[\]().,*+| \t\r\n_-]/;

/** How many bytes at the end are the start of a character. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}
