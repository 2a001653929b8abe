/**
 * Code objects as bytes: for the code cache on disk, for the immortal heap, and for `marshal`. Bytes are executed in place: units and tables of a
 * code object are views of them, and what a function holds is decoded when it is first called.
 *
 *   file    [magic, version, checksum, string count, root, bytes] (32-bit words) | strings: [offset, length << 1 | wide] ... | texts | root constant
 *   code    CODE, header (counts, flags, names by string index, first line, docstring), bytes of the body as uint32, body
 *   body    units (two bytes each, at an even offset), constants, names, names and kinds of locals, line table, exception table
 *
 * Numbers are unsigned varints (seven bits per byte, low first), signed ones in zigzag. Each distinct string is stored once, one or two bytes per
 * code unit. The checksum covers everything behind it. A reader that meets anything impossible throws `CorruptCodeError`: in a body when it is first
 * needed, or at once with `decodeWholeCode`.
 */
import { ConstBytes, ConstComplex, ConstFloat, ELLIPSIS } from '../base/constants.ts';
import { CodeObject, ConstFrozenSet, ConstSlice, ConstTuple, lazyCode } from './code.ts';
import type { CodeBody, Const } from './code.ts';

const MAGIC = 0x434e444c; // 'LDNC', little-endian
const AT = { MAGIC: 0, VERSION: 1, CHECKSUM: 2, STRINGS: 3, ROOT: 4, BYTES: 5 } as const;
const HEADER_BYTES = 24;
/** Bytes per string in the table: offset, length and width. */
const STRING_ROW = 8;
/** The file is padded to whole words for the checksum; parts that are read as words stand at such offsets. */
const ALIGNMENT = 8;

/** Raised to refuse caches of an older layout; grows with every change of the layout or of the instructions. */
export const CODE_FORMAT_VERSION = 2;

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
  const table = strings.encode(HEADER_BYTES);
  const root = aligned(HEADER_BYTES + table.length);
  const out = new Uint8Array(aligned(root + body.length));
  out.set(table.bytes(), HEADER_BYTES);
  out.set(body.bytes(), root);
  const words = new Int32Array(out.buffer);
  words[AT.MAGIC] = MAGIC;
  words[AT.VERSION] = CODE_FORMAT_VERSION;
  words[AT.STRINGS] = strings.size;
  words[AT.ROOT] = root;
  words[AT.BYTES] = out.length;
  words[AT.CHECKSUM] = checksum(words);
  return out;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/**
 * The code object in `bytes`, which must not be written to afterwards: it is executed in place. Throws `CorruptCodeError` when they are damaged or
 * of another version. Bytes that do not lie at a multiple of eight are copied.
 */
export function decodeCode(bytes: Uint8Array): CodeObject {
  if (bytes.length < HEADER_BYTES || bytes.length % ALIGNMENT !== 0) throw new CorruptCodeError('wrong length');
  const own = bytes.byteOffset % ALIGNMENT === 0 ? bytes : bytes.slice();
  const words = new Int32Array(own.buffer, own.byteOffset, own.length / 4);
  if (words[AT.MAGIC] !== MAGIC) throw new CorruptCodeError('not a code file');
  if (words[AT.VERSION] !== CODE_FORMAT_VERSION) throw new CorruptCodeError('another version');
  if (words[AT.BYTES] !== own.length) throw new CorruptCodeError('wrong length');
  if (words[AT.CHECKSUM] !== checksum(words)) throw new CorruptCodeError('checksum differs');
  const file = new CodeFile(own, words);
  const code = readConst(file.readerAt(words[AT.ROOT]!), file);
  if (!(code instanceof CodeObject)) throw new CorruptCodeError('not a code object');
  return code;
}

/** As `decodeCode`, with all bodies decoded: nothing in the result can throw `CorruptCodeError` later. For bytes from outside. */
export function decodeWholeCode(bytes: Uint8Array): CodeObject {
  const code = decodeCode(bytes);
  decodeBodies(code);
  return code;
}

function decodeBodies(value: Const): void {
  if (value instanceof CodeObject) value.consts.forEach(decodeBodies);
}

/** FNV-1a over words instead of bytes, with the upper bits folded in: every flipped bit reaches the low ones. */
function checksum(words: Int32Array): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = AT.STRINGS; i < words.length; i++) {
    hash = Math.imul(hash ^ words[i]!, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
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

  /** Pads to a multiple of `size`. */
  align(size: number): void {
    while (this.length % size !== 0) this.byte(0);
  }

  uint32(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.byte((value >>> shift) & 0xff);
  }

  /** Overwrites four bytes. */
  patchUint32(at: number, value: number): void {
    for (let i = 0; i < 4; i++) this.#bytes[at + i] = (value >>> (i * 8)) & 0xff;
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

  get size(): number {
    return this.#indexes.size;
  }

  index(text: string): number {
    let index = this.#indexes.get(text);
    if (index === undefined) this.#indexes.set(text, (index = this.#indexes.size));
    return index;
  }

  /** The table and the texts, for a file in which they stand at `start`. */
  encode(start: number): Writer {
    const out = new Writer();
    const texts = new Writer();
    const firstText = start + this.size * STRING_ROW;
    for (const text of this.#indexes.keys()) {
      const wide = isWide(text);
      out.uint32(firstText + texts.length);
      out.uint32(text.length * 2 + (wide ? 1 : 0));
      texts.raw(Buffer.from(text, wide ? 'utf16le' : 'latin1'));
    }
    out.raw(texts.bytes());
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
  for (const field of HEADER_NUMBERS) out.unsigned(code[field]);
  out.unsigned(strings.index(code.filename));
  out.unsigned(strings.index(code.name));
  out.unsigned(strings.index(code.qualname));
  out.signed(code.firstlineno);
  const { docstring } = code;
  out.unsigned(docstring === null ? 0 : strings.index(docstring) + 1);
  const lengthAt = out.length;
  out.uint32(0);
  writeBody(out, strings, code);
  out.patchUint32(lengthAt, out.length - lengthAt - 4);
}

function writeBody(out: Writer, strings: StringPool, code: CodeObject): void {
  out.unsigned(code.words.length);
  out.align(2);
  out.raw(code.codeBytes());
  out.unsigned(code.consts.length);
  for (const constant of code.consts) writeConst(out, strings, constant);
  writeNames(out, strings, code.names);
  writeNames(out, strings, code.localsplusnames);
  out.block(code.localspluskinds);
  out.block(code.linetable);
  out.block(code.exceptiontable);
}

/** One file of code: its bytes, and the strings that have been asked for. */
class CodeFile {
  readonly bytes: Uint8Array;
  readonly #words: Int32Array;
  readonly #strings: (string | undefined)[];

  constructor(bytes: Uint8Array, words: Int32Array) {
    const count = words[AT.STRINGS]!;
    if (count < 0 || HEADER_BYTES + count * STRING_ROW > bytes.length) throw new CorruptCodeError('count too large');
    this.bytes = bytes;
    this.#words = words;
    this.#strings = new Array<string | undefined>(count);
  }

  readerAt(offset: number): Reader {
    if (offset < HEADER_BYTES || offset >= this.bytes.length) throw new CorruptCodeError('offset out of range');
    return new Reader(this.bytes, offset);
  }

  string(index: number): string {
    if (index >= this.#strings.length) throw new CorruptCodeError('string out of range');
    return (this.#strings[index] ??= this.#decode(index));
  }

  #decode(index: number): string {
    const row = (HEADER_BYTES + index * STRING_ROW) / 4;
    const head = this.#words[row + 1]!;
    return this.readerAt(this.#words[row]!).text(head >>> 1, (head & 1) === 1);
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** Where the next byte stands. */
  get at(): number {
    return this.#at;
  }

  uint32(): number {
    return (this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24)) >>> 0;
  }

  /** 16-bit units in place, at the next even offset. */
  units(): Uint16Array {
    const length = this.count();
    this.#at += this.#at % 2;
    const { buffer, byteOffset } = this.take(length * 2);
    return new Uint16Array(buffer, byteOffset, length);
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

  /** A block of bytes, in place. */
  block(): Uint8Array {
    return this.take(this.count());
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

function readConst(reader: Reader, file: CodeFile): Const {
  switch (reader.byte()) {
    case TAG.NONE: return null;
    case TAG.FALSE: return false;
    case TAG.TRUE: return true;
    case TAG.INT: return reader.signed();
    case TAG.BIG: return readBig(reader);
    case TAG.FLOAT: return new ConstFloat(reader.float());
    case TAG.COMPLEX: return new ConstComplex(reader.float(), reader.float());
    case TAG.STRING: return file.string(reader.unsigned());
    case TAG.BYTES: return new ConstBytes(reader.block().slice());
    case TAG.ELLIPSIS: return ELLIPSIS;
    case TAG.TUPLE: return new ConstTuple(readItems(reader, file));
    case TAG.FROZENSET: return new ConstFrozenSet(readItems(reader, file));
    case TAG.SLICE: return readSlice(reader, file);
    case TAG.CODE: return readCode(reader, file);
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

function readItems(reader: Reader, file: CodeFile): Const[] {
  const items: Const[] = [];
  for (let left = reader.count(); left > 0; left--) items.push(readConst(reader, file));
  return items;
}

function readSlice(reader: Reader, file: CodeFile): ConstSlice {
  const [start, stop, step, ...rest] = readItems(reader, file);
  if (start === undefined || stop === undefined || step === undefined || rest.length > 0) throw new CorruptCodeError('bad slice');
  return new ConstSlice(start, stop, step);
}

function readNames(reader: Reader, file: CodeFile): string[] {
  const names: string[] = [];
  for (let left = reader.count(); left > 0; left--) names.push(file.string(reader.unsigned()));
  return names;
}

const HEADER_NUMBERS = ['argcount', 'posonlyargcount', 'kwonlyargcount', 'stacksize', 'flags', 'nlocals', 'nlocalsplus', 'ncellvars', 'nfreevars'] as const;

function readCode(reader: Reader, file: CodeFile): CodeObject {
  const argcount = reader.unsigned();
  const posonlyargcount = reader.unsigned();
  const kwonlyargcount = reader.unsigned();
  const stacksize = reader.unsigned();
  const flags = reader.unsigned();
  const nlocals = reader.unsigned();
  const nlocalsplus = reader.unsigned();
  const ncellvars = reader.unsigned();
  const nfreevars = reader.unsigned();
  const filename = file.string(reader.unsigned());
  const name = file.string(reader.unsigned());
  const qualname = file.string(reader.unsigned());
  const firstlineno = reader.signed();
  const doc = reader.unsigned();
  const length = reader.uint32();
  const start = reader.at;
  reader.take(length);
  const header = { argcount, posonlyargcount, kwonlyargcount, stacksize, flags, nlocals, nlocalsplus, ncellvars, nfreevars, filename, name, qualname, firstlineno };
  return lazyCode(header, () => (doc === 0 ? null : file.string(doc - 1)), () => readBody(file, start, nlocalsplus));
}

function readBody(file: CodeFile, start: number, nlocalsplus: number): CodeBody {
  const reader = file.readerAt(start);
  const body = {
    words: reader.units(),
    consts: readItems(reader, file),
    names: readNames(reader, file),
    localsplusnames: readNames(reader, file),
    localspluskinds: reader.block(),
    linetable: reader.block(),
    exceptiontable: reader.block(),
  };
  if (body.localspluskinds.length !== nlocalsplus || body.localsplusnames.length !== nlocalsplus) throw new CorruptCodeError('names and kinds of locals differ');
  return body;
}
