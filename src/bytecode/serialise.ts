/**
 * Code objects as bytes, for the code cache on disk and for sharing between threads.
 *
 * Layout: `LDNC`, version, checksum of the rest (FNV-1a, 32 bit), the string table, one constant. Numbers are unsigned varints
 * (seven bits per byte, low first), signed ones in zigzag. Each distinct string is stored once: a head `length << 1 | wide`,
 * then one or two bytes per code unit. A reader that meets anything impossible throws `CorruptCodeError`.
 */
import { ConstBytes, ConstComplex, ConstFloat, ELLIPSIS } from '../base/constants.ts';
import { CodeObject, ConstFrozenSet, ConstSlice, ConstTuple, makeCode } from './code.ts';
import type { Const } from './code.ts';

const MAGIC = 0x434e444c; // 'LDNC', little-endian
const HEADER_BYTES = 12;

/** Raised to refuse caches of an older layout; grows with every change of the layout or of the instructions. */
export const CODE_FORMAT_VERSION = 1;

/** The bytes are no code object of this version. */
export class CorruptCodeError extends Error {
  override readonly name = 'CorruptCodeError';
}

const TAG = {
  NONE: 0, FALSE: 1, TRUE: 2, INT: 3, BIG: 4, FLOAT: 5, COMPLEX: 6, STRING: 7, BYTES: 8, ELLIPSIS: 9, TUPLE: 10, FROZENSET: 11, SLICE: 12, CODE: 13,
} as const;

/** The bytes of a code object and everything in it; the caller owns them. */
export function encodeCode(code: CodeObject): Uint8Array {
  const body = new Writer();
  const strings = new StringPool();
  writeConst(body, strings, code);
  const table = strings.encode();
  const out = new Uint8Array(HEADER_BYTES + table.length + body.length);
  out.set(table.bytes(), HEADER_BYTES);
  out.set(body.bytes(), HEADER_BYTES + table.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, CODE_FORMAT_VERSION, true);
  view.setUint32(8, checksum(out.subarray(HEADER_BYTES)), true);
  return out;
}

/** Rebuilds a code object; throws `CorruptCodeError` when the bytes are damaged or of another version. */
export function decodeCode(bytes: Uint8Array): CodeObject {
  if (bytes.length < HEADER_BYTES) throw new CorruptCodeError('too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0, true) !== MAGIC) throw new CorruptCodeError('not a code file');
  if (view.getUint32(4, true) !== CODE_FORMAT_VERSION) throw new CorruptCodeError('another version');
  if (view.getUint32(8, true) !== checksum(bytes.subarray(HEADER_BYTES))) throw new CorruptCodeError('checksum differs');
  const reader = new Reader(bytes, HEADER_BYTES);
  const strings = readStrings(reader);
  const code = readConst(reader, strings);
  if (!(code instanceof CodeObject)) throw new CorruptCodeError('not a code object');
  if (!reader.atEnd()) throw new CorruptCodeError('trailing bytes');
  return code;
}

function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0;
}

class Writer {
  #bytes = new Uint8Array(256);
  length = 0;

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.length++] = value;
  }

  /** A non-negative safe integer. */
  unsigned(value: number): void {
    while (value >= 0x80) {
      this.byte((value % 0x80) | 0x80);
      value = Math.floor(value / 0x80);
    }
    this.byte(value);
  }

  /** A 32-bit integer. */
  signed(value: number): void {
    this.unsigned(((value << 1) ^ (value >> 31)) >>> 0);
  }

  raw(bytes: Uint8Array): void {
    if (this.length + bytes.length > this.#bytes.length) this.#grow(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  block(bytes: Uint8Array): void {
    this.unsigned(bytes.length);
    this.raw(bytes);
  }

  float(value: number): void {
    this.raw(new Uint8Array(Float64Array.of(value).buffer));
  }

  #grow(need: number): void {
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + need));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

class StringPool {
  readonly #indexes = new Map<string, number>();

  index(text: string): number {
    let index = this.#indexes.get(text);
    if (index === undefined) this.#indexes.set(text, (index = this.#indexes.size));
    return index;
  }

  encode(): Writer {
    const out = new Writer();
    out.unsigned(this.#indexes.size);
    for (const text of this.#indexes.keys()) {
      const wide = isWide(text);
      out.unsigned(text.length * 2 + (wide ? 1 : 0));
      out.raw(Buffer.from(text, wide ? 'utf16le' : 'latin1'));
    }
    return out;
  }
}

function isWide(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return true;
  return false;
}

function writeConst(out: Writer, strings: StringPool, value: Const): void {
  if (value === null) return out.byte(TAG.NONE);
  switch (typeof value) {
    case 'boolean': return out.byte(value ? TAG.TRUE : TAG.FALSE);
    case 'string':
      out.byte(TAG.STRING);
      return out.unsigned(strings.index(value));
    case 'number': return writeInteger(out, value);
    case 'bigint':
      out.byte(TAG.BIG);
      return out.block(Buffer.from(value.toString(16), 'latin1'));
    default: return writeCompound(out, strings, value);
  }
}

function writeInteger(out: Writer, value: number): void {
  if ((value | 0) === value) {
    out.byte(TAG.INT);
    return out.signed(value);
  }
  out.byte(TAG.BIG);
  out.block(Buffer.from(value.toString(16), 'latin1'));
}

function writeCompound(out: Writer, strings: StringPool, value: Exclude<Const, null | boolean | string | number | bigint>): void {
  switch (value.kind) {
    case 'float':
      out.byte(TAG.FLOAT);
      return out.float(value.value);
    case 'complex':
      out.byte(TAG.COMPLEX);
      out.float(value.real);
      return out.float(value.imag);
    case 'bytes':
      out.byte(TAG.BYTES);
      return out.block(value.value);
    case 'ellipsis': return out.byte(TAG.ELLIPSIS);
    case 'tuple': return writeItems(out, strings, TAG.TUPLE, value.items);
    case 'frozenset': return writeItems(out, strings, TAG.FROZENSET, value.items);
    case 'slice': return writeItems(out, strings, TAG.SLICE, [value.start, value.stop, value.step]);
    case 'code': return writeCode(out, strings, value);
  }
}

function writeItems(out: Writer, strings: StringPool, tag: number, items: readonly Const[]): void {
  out.byte(tag);
  out.unsigned(items.length);
  for (const item of items) writeConst(out, strings, item);
}

function writeNames(out: Writer, strings: StringPool, names: readonly string[]): void {
  out.unsigned(names.length);
  for (const name of names) out.unsigned(strings.index(name));
}

function writeCode(out: Writer, strings: StringPool, code: CodeObject): void {
  out.byte(TAG.CODE);
  out.unsigned(code.argcount);
  out.unsigned(code.posonlyargcount);
  out.unsigned(code.kwonlyargcount);
  out.unsigned(code.stacksize);
  out.unsigned(code.flags);
  out.block(code.codeBytes());
  out.unsigned(code.consts.length);
  for (const constant of code.consts) writeConst(out, strings, constant);
  writeNames(out, strings, code.names);
  writeNames(out, strings, code.localsplusnames);
  out.block(code.localspluskinds);
  out.unsigned(strings.index(code.filename));
  out.unsigned(strings.index(code.name));
  out.unsigned(strings.index(code.qualname));
  out.signed(code.firstlineno);
  out.block(code.linetable);
  out.block(code.exceptiontable);
}

class Reader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  byte(): number {
    if (this.#at >= this.#bytes.length) throw new CorruptCodeError('truncated');
    return this.#bytes[this.#at++]!;
  }

  unsigned(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new CorruptCodeError('number too large');
      if (byte < 0x80) return value;
    }
  }

  signed(): number {
    const value = this.unsigned();
    if (value > 0xffffffff) throw new CorruptCodeError('number too large');
    return (value >>> 1) ^ -(value & 1);
  }

  /** A count of things that take at least one byte each. */
  count(): number {
    const value = this.unsigned();
    if (value > this.#bytes.length - this.#at) throw new CorruptCodeError('count too large');
    return value;
  }

  take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw new CorruptCodeError('truncated');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** A block of bytes, copied. */
  block(): Uint8Array {
    return this.take(this.count()).slice();
  }

  float(): number {
    const bytes = this.take(8);
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
  }

  text(length: number, wide: boolean): string {
    const bytes = this.take(wide ? length * 2 : length);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(wide ? 'utf16le' : 'latin1');
  }
}

function readStrings(reader: Reader): string[] {
  const strings: string[] = [];
  for (let left = reader.count(); left > 0; left--) {
    const head = reader.unsigned();
    strings.push(reader.text(Math.floor(head / 2), head % 2 === 1));
  }
  return strings;
}

function readConst(reader: Reader, strings: readonly string[]): Const {
  switch (reader.byte()) {
    case TAG.NONE: return null;
    case TAG.FALSE: return false;
    case TAG.TRUE: return true;
    case TAG.INT: return reader.signed();
    case TAG.BIG: return readBig(reader);
    case TAG.FLOAT: return new ConstFloat(reader.float());
    case TAG.COMPLEX: return new ConstComplex(reader.float(), reader.float());
    case TAG.STRING: return readString(reader, strings);
    case TAG.BYTES: return new ConstBytes(reader.block());
    case TAG.ELLIPSIS: return ELLIPSIS;
    case TAG.TUPLE: return new ConstTuple(readItems(reader, strings));
    case TAG.FROZENSET: return new ConstFrozenSet(readItems(reader, strings));
    case TAG.SLICE: return readSlice(reader, strings);
    case TAG.CODE: return readCode(reader, strings);
    default: throw new CorruptCodeError('unknown constant');
  }
}

function readBig(reader: Reader): number | bigint {
  const text = reader.text(reader.count(), false);
  const negative = text.startsWith('-');
  const digits = negative ? text.slice(1) : text;
  if (!/^[0-9a-f]+$/.test(digits)) throw new CorruptCodeError('bad integer');
  const value = negative ? -BigInt(`0x${digits}`) : BigInt(`0x${digits}`);
  return BigInt.asIntN(54, value) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function readString(reader: Reader, strings: readonly string[]): string {
  const text = strings[reader.unsigned()];
  if (text === undefined) throw new CorruptCodeError('string out of range');
  return text;
}

function readItems(reader: Reader, strings: readonly string[]): Const[] {
  const items: Const[] = [];
  for (let left = reader.count(); left > 0; left--) items.push(readConst(reader, strings));
  return items;
}

function readSlice(reader: Reader, strings: readonly string[]): ConstSlice {
  const [start, stop, step, ...rest] = readItems(reader, strings);
  if (start === undefined || stop === undefined || step === undefined || rest.length > 0) throw new CorruptCodeError('bad slice');
  return new ConstSlice(start, stop, step);
}

function readNames(reader: Reader, strings: readonly string[]): string[] {
  const names: string[] = [];
  for (let left = reader.count(); left > 0; left--) names.push(readString(reader, strings));
  return names;
}

function readWords(reader: Reader): Uint16Array {
  const bytes = reader.block();
  if (bytes.length % 2 !== 0) throw new CorruptCodeError('half an instruction');
  const words = new Uint16Array(bytes.length / 2);
  for (let i = 0; i < words.length; i++) words[i] = bytes[i * 2]! | (bytes[i * 2 + 1]! << 8);
  return words;
}

function readCode(reader: Reader, strings: readonly string[]): CodeObject {
  const code = makeCode({
    argcount: reader.unsigned(),
    posonlyargcount: reader.unsigned(),
    kwonlyargcount: reader.unsigned(),
    stacksize: reader.unsigned(),
    flags: reader.unsigned(),
    words: readWords(reader),
    consts: readItems(reader, strings),
    names: readNames(reader, strings),
    localsplusnames: readNames(reader, strings),
    localspluskinds: reader.block(),
    filename: readString(reader, strings),
    name: readString(reader, strings),
    qualname: readString(reader, strings),
    firstlineno: reader.signed(),
    linetable: reader.block(),
    exceptiontable: reader.block(),
  });
  if (code.localspluskinds.length !== code.nlocalsplus) throw new CorruptCodeError('names and kinds of locals differ');
  return code;
}
