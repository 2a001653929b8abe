/** Quoted-printable (RFC 1521), both ways. Source: CPython Modules/binascii.c (binascii_a2b_qp_impl, binascii_b2a_qp_impl). */
import { ByteSink } from '../../objects/algorithms/codecs/errors.ts';

const LONGEST_LINE = 76;
const EQUALS = 0x3d;
const UNDERSCORE = 0x5f;
const SPACE = 0x20;
const TAB = 9;
const LF = 10;
const CR = 13;
const DOT = 0x2e;
const HEX = '0123456789ABCDEF';

function hexValue(byte: number | undefined): number {
  return byte === undefined || !/[0-9A-Fa-f]/.test(String.fromCharCode(byte)) ? -1 : parseInt(String.fromCharCode(byte), 16);
}

/** What follows an equals sign at `at - 1`: writes it, and returns where reading goes on. */
function decodeEscape(source: Uint8Array, at: number, sink: ByteSink): number {
  const next = source[at];
  if (next === LF || next === CR) {
    // A soft line break: the line goes on in the next one.
    const end = source.indexOf(LF, at);
    return end < 0 ? source.length : end + 1;
  }
  if (next === EQUALS) {
    sink.push(EQUALS);
    return at + 1;
  }
  const [high, low] = [hexValue(next), hexValue(source[at + 1])];
  if (high < 0 || low < 0) {
    sink.push(EQUALS);
    return at;
  }
  sink.push(high * 16 + low);
  return at + 2;
}

/** `a2b_qp`; in a header an underscore is a space. */
export function decodeQuotedPrintable(source: Uint8Array, header: boolean): Uint8Array {
  const sink = new ByteSink(source.length);
  for (let at = 0; at < source.length; ) {
    const byte = source[at]!;
    at++;
    if (byte === EQUALS) {
      if (at < source.length) at = decodeEscape(source, at, sink);
    } else sink.push(header && byte === UNDERSCORE ? SPACE : byte);
  }
  return sink.take();
}

/** How text is to be encoded. */
export interface QuotedPrintableOptions {
  readonly quoteTabs: boolean;
  /** Line ends are line ends, not bytes. */
  readonly isText: boolean;
  readonly header: boolean;
}

function mustQuote(source: Uint8Array, at: number, lineLength: number, { quoteTabs, isText, header }: QuotedPrintableOptions): boolean {
  const byte = source[at]!;
  const last = at + 1 === source.length;
  if (byte > 126 || byte === EQUALS || (header && byte === UNDERSCORE)) return true;
  // A line of a single dot ends a mail.
  if (byte === DOT && lineLength === 0 && (last || source[at + 1] === LF || source[at + 1] === CR || source[at + 1] === 0)) return true;
  if (byte === CR || byte === LF) return !isText;
  if (byte === TAB || byte === SPACE) return last || quoteTabs;
  return byte < 33;
}

class Encoder {
  private readonly out: number[] = [];
  private lineLength = 0;
  private readonly source: Uint8Array;
  private readonly options: QuotedPrintableOptions;
  private readonly crlf: boolean;

  constructor(source: Uint8Array, options: QuotedPrintableOptions) {
    this.source = source;
    this.options = options;
    const newline = source.indexOf(LF);
    this.crlf = newline > 0 && source[newline - 1] === CR;
  }

  private endLine(soft: boolean): void {
    if (soft) this.out.push(EQUALS);
    if (this.crlf) this.out.push(CR);
    this.out.push(LF);
    this.lineLength = 0;
  }

  private quote(byte: number): void {
    this.out.push(EQUALS, HEX.charCodeAt(byte >> 4), HEX.charCodeAt(byte & 15));
  }

  /** A line end of the text; white space before it would be lost in transport. */
  private lineEnd(): void {
    const last = this.out[this.out.length - 1];
    if (last === SPACE || last === TAB) {
      this.out.pop();
      this.quote(last);
    }
    this.endLine(/* soft */ false);
  }

  run(): Uint8Array {
    const { source, options } = this;
    for (let at = 0; at < source.length; at++) {
      const byte = source[at]!;
      if (mustQuote(source, at, this.lineLength, options)) {
        if (this.lineLength + 3 >= LONGEST_LINE) this.endLine(/* soft */ true);
        this.quote(byte);
        this.lineLength += 3;
      } else if (options.isText && (byte === LF || (byte === CR && source[at + 1] === LF))) {
        this.lineEnd();
        if (byte === CR) at++;
      } else {
        if (at + 1 !== source.length && source[at + 1] !== LF && this.lineLength + 1 >= LONGEST_LINE) this.endLine(/* soft */ true);
        this.lineLength++;
        this.out.push(options.header && byte === SPACE ? UNDERSCORE : byte);
      }
    }
    return Uint8Array.from(this.out);
  }
}

/** `b2a_qp` */
export function encodeQuotedPrintable(source: Uint8Array, options: QuotedPrintableOptions): Uint8Array {
  return new Encoder(source, options).run();
}
