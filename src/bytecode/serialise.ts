/**
 * Code objects as bytes: for the code cache on disk, for the immortal heap, and for `marshal`. Everything is 32-bit words, low byte first, so that a
 * reader only loads words; units and tables of a code object are views of the bytes, and what a function holds is decoded when it is first called.
 *
 *   file      [magic, version, checksum, bytes, strings, root, narrow at, narrow bytes] | strings: [start << 1 | wide, length] ... | narrow texts | wide texts | root
 *   constant  tag | operand << 8, then what the tag says: INT a word; BIG and BYTES `operand` bytes, padded; FLOAT two words, COMPLEX four;
 *             STRING the operand is the string; TUPLE FROZENSET SLICE `operand` constants; CODE header, words of the body, body
 *   body      units (count, 16 bits each, padded), constants (count), names, names and kinds of locals, line table, exception table
 *
 * The checksum covers everything behind it. A reader that meets anything impossible throws `CorruptCodeError`: in a body when it is first needed, or at
 * once with `decodeWholeCode`.
 */
import { checksumWords } from '../base/checksum.ts';
import { CODE_FORMAT_VERSION } from '../base/code-pack.ts';
import { ConstBytes, ConstComplex, ConstFloat, ELLIPSIS } from '../base/constants.ts';
import { interned } from '../base/interned.ts';
import { CodeObject, ConstFrozenSet, ConstSlice, ConstTuple, lazyCode } from './code.ts';
import type { CodeBody, Const } from './code.ts';

const MAGIC = 0x434e444c; // 'LDNC'
const AT = { MAGIC: 0, VERSION: 1, CHECKSUM: 2, BYTES: 3, STRINGS: 4, ROOT: 5, NARROW: 6, NARROW_BYTES: 7 } as const;
const HEADER_WORDS = 8;
/** Words per string in the table. */
const STRING_ROW = 2;
/** Files begin and end at multiples of this many bytes. */
const ALIGNMENT = 8;

/** The bytes are no code object of this version. */
export class CorruptCodeError extends Error {
  override readonly name = 'CorruptCodeError';
}

const TAG = {
  NONE: 0, FALSE: 1, TRUE: 2, INT: 3, BIG: 4, FLOAT: 5, COMPLEX: 6, STRING: 7, BYTES: 8, ELLIPSIS: 9, TUPLE: 10, FROZENSET: 11, SLICE: 12, CODE: 13,
} as const;
/** What fits beside a tag. */
const MAX_OPERAND = 0xffffff;

/** The bytes of a code object and everything in it; the caller owns them. */
export function encodeCode(code: CodeObject): Uint8Array {
  const out = new Writer();
  const strings = new StringPool();
  writeConst(out, strings, code);
  const file = new Writer();
  for (let i = 0; i < HEADER_WORDS; i++) file.word(0);
  const narrow = strings.write(file, HEADER_WORDS + strings.size * STRING_ROW);
  const root = file.length;
  file.append(out);
  while ((file.length * 4) % ALIGNMENT !== 0) file.word(0);
  const words = file.finish();
  words[AT.MAGIC] = MAGIC;
  words[AT.VERSION] = CODE_FORMAT_VERSION;
  words[AT.BYTES] = words.byteLength;
  words[AT.STRINGS] = strings.size;
  words[AT.ROOT] = root;
  words[AT.NARROW] = HEADER_WORDS + strings.size * STRING_ROW;
  words[AT.NARROW_BYTES] = narrow;
  words[AT.CHECKSUM] = checksumWords(words, AT.CHECKSUM + 1);
  return new Uint8Array(words.buffer);
}

/**
 * The code object in `bytes`, which must not be written to afterwards: it is executed in place. Throws `CorruptCodeError` when they are damaged or
 * of another version. Bytes that do not lie at a multiple of eight are copied.
 */
export function decodeCode(bytes: Uint8Array): CodeObject {
  if (bytes.length < HEADER_WORDS * 4 || bytes.length % ALIGNMENT !== 0) throw new CorruptCodeError('wrong length');
  const own = bytes.byteOffset % ALIGNMENT === 0 ? bytes : bytes.slice();
  const words = new Int32Array(own.buffer, own.byteOffset, own.length / 4);
  if (words[AT.MAGIC] !== MAGIC) throw new CorruptCodeError('not a code file');
  if (words[AT.VERSION] !== CODE_FORMAT_VERSION) throw new CorruptCodeError('another version');
  if (words[AT.BYTES] !== own.length) throw new CorruptCodeError('wrong length');
  if (words[AT.CHECKSUM] !== checksumWords(words, AT.CHECKSUM + 1)) throw new CorruptCodeError('checksum differs');
  return openCode(words);
}

/** As `decodeCode`, for bytes that `decodeCode` has checked or `encodeCode` has made and that nobody can have changed since: in the immortal heap. */
export function decodeTrustedCode(bytes: Uint8Array): CodeObject {
  return openCode(new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4));
}

function openCode(words: Int32Array): CodeObject {
  const file = new CodeFile(words);
  const code = readConst(new Reader(words, words[AT.ROOT]!), file);
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

class Writer {
  #words = new Int32Array(64);
  length = 0;

  /** The words; the writer must not be used afterwards. */
  finish(): Int32Array {
    return this.#words.slice(0, this.length);
  }

  word(value: number): void {
    if (this.length === this.#words.length) this.#grow(1);
    this.#words[this.length++] = value;
  }

  patch(at: number, value: number): void {
    this.#words[at] = value;
  }

  /** Bytes, padded to whole words. */
  raw(bytes: Uint8Array): void {
    const count = Math.ceil(bytes.length / 4);
    if (this.length + count > this.#words.length) this.#grow(count);
    new Uint8Array(this.#words.buffer).set(bytes, this.length * 4);
    this.length += count;
  }

  /** Bytes with their number before them. */
  block(bytes: Uint8Array): void {
    this.word(bytes.length);
    this.raw(bytes);
  }

  append(other: Writer): void {
    if (this.length + other.length > this.#words.length) this.#grow(other.length);
    this.#words.set(other.finish(), this.length);
    this.length += other.length;
  }

  #grow(need: number): void {
    const larger = new Int32Array(Math.max(this.#words.length * 2, this.length + need));
    larger.set(this.#words);
    this.#words = larger;
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
    if (index > MAX_OPERAND) throw new RangeError('too many strings in one code object');
    return index;
  }

  /** Writes table and texts of a file whose texts begin at word `textsAt`; returns the bytes of the narrow ones. Starts count from the texts' own begin. */
  write(out: Writer, textsAt: number): number {
    const narrow: string[] = [];
    const wide: string[] = [];
    let narrowLength = 0;
    let wideLength = 0;
    for (const text of this.#indexes.keys()) {
      const isNarrow = !isWide(text);
      out.word(isNarrow ? narrowLength << 1 : (wideLength << 1) | 1);
      out.word(text.length);
      (isNarrow ? narrow : wide).push(text);
      if (isNarrow) narrowLength += text.length;
      else wideLength += text.length;
    }
    assertAt(out.length, textsAt);
    out.raw(Buffer.from(narrow.join(''), 'latin1'));
    out.raw(Buffer.from(wide.join(''), 'utf16le'));
    return narrowLength;
  }
}

function assertAt(at: number, expected: number): void {
  if (at !== expected) throw new Error('the string table has its size');
}

function isWide(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return true;
  return false;
}

function writeTagged(out: Writer, tag: number, operand: number): void {
  if (operand > MAX_OPERAND) throw new RangeError('a constant of a code object is too large');
  out.word(tag | (operand << 8));
}

function writeConst(out: Writer, strings: StringPool, value: Const): void {
  if (value === null) return out.word(TAG.NONE);
  switch (typeof value) {
    case 'boolean': return out.word(value ? TAG.TRUE : TAG.FALSE);
    case 'string': return writeTagged(out, TAG.STRING, strings.index(value));
    case 'number': return writeInteger(out, value);
    case 'bigint': return writeBytes(out, TAG.BIG, Buffer.from(value.toString(16), 'latin1'));
    default: return writeCompound(out, strings, value);
  }
}

function writeBytes(out: Writer, tag: number, bytes: Uint8Array): void {
  writeTagged(out, tag, 0);
  out.block(bytes);
}

function writeInteger(out: Writer, value: number): void {
  if ((value | 0) !== value) return writeBytes(out, TAG.BIG, Buffer.from(value.toString(16), 'latin1'));
  out.word(TAG.INT);
  out.word(value);
}

function writeFloat(out: Writer, value: number): void {
  out.raw(new Uint8Array(Float64Array.of(value).buffer));
}

function writeCompound(out: Writer, strings: StringPool, value: Exclude<Const, null | boolean | string | number | bigint>): void {
  switch (value.kind) {
    case 'float':
      out.word(TAG.FLOAT);
      return writeFloat(out, value.value);
    case 'complex':
      out.word(TAG.COMPLEX);
      writeFloat(out, value.real);
      return writeFloat(out, value.imag);
    case 'bytes': return writeBytes(out, TAG.BYTES, value.value);
    case 'ellipsis': return out.word(TAG.ELLIPSIS);
    case 'tuple': return writeItems(out, strings, TAG.TUPLE, value.items);
    case 'frozenset': return writeItems(out, strings, TAG.FROZENSET, value.items);
    case 'slice': return writeItems(out, strings, TAG.SLICE, [value.start, value.stop, value.step]);
    case 'code': return writeCode(out, strings, value);
  }
}

function writeItems(out: Writer, strings: StringPool, tag: number, items: readonly Const[]): void {
  writeTagged(out, tag, items.length);
  for (const item of items) writeConst(out, strings, item);
}

function writeNames(out: Writer, strings: StringPool, names: readonly string[]): void {
  out.word(names.length);
  for (const name of names) out.word(strings.index(name));
}

const HEADER_NUMBERS = ['argcount', 'posonlyargcount', 'kwonlyargcount', 'stacksize', 'flags', 'nlocals', 'nlocalsplus', 'ncellvars', 'nfreevars', 'firstlineno'] as const;

function writeCode(out: Writer, strings: StringPool, code: CodeObject): void {
  out.word(TAG.CODE);
  for (const field of HEADER_NUMBERS) out.word(code[field]);
  out.word(strings.index(code.filename));
  out.word(strings.index(code.name));
  out.word(strings.index(code.qualname));
  const { docstring } = code;
  out.word(docstring === null ? 0 : strings.index(docstring) + 1);
  const lengthAt = out.length;
  out.word(0);
  writeBody(out, strings, code);
  out.patch(lengthAt, out.length - lengthAt - 1);
}

function writeBody(out: Writer, strings: StringPool, code: CodeObject): void {
  out.word(code.words.length);
  out.raw(code.codeBytes());
  out.word(code.consts.length);
  for (const constant of code.consts) writeConst(out, strings, constant);
  writeNames(out, strings, code.names);
  writeNames(out, strings, code.localsplusnames);
  out.block(code.localspluskinds);
  out.block(code.linetable);
  out.block(code.exceptiontable);
}

/** The strings of one file: those of one byte per character are decoded together when the first is asked for, and cut. */
class CodeFile {
  readonly words: Int32Array;
  readonly #strings: (string | undefined)[];
  #narrow: string | null = null;

  constructor(words: Int32Array) {
    const count = words[AT.STRINGS]!;
    if (count < 0 || HEADER_WORDS + count * STRING_ROW > words.length) throw new CorruptCodeError('count too large');
    this.words = words;
    this.#strings = new Array<string | undefined>(count);
  }

  string(index: number): string {
    if (index >= this.#strings.length) throw new CorruptCodeError('string out of range');
    return (this.#strings[index] ??= interned(this.#decode(index)));
  }

  #decode(index: number): string {
    const { words } = this;
    const row = HEADER_WORDS + index * STRING_ROW;
    const start = words[row]! >>> 1;
    const length = words[row + 1]!;
    if ((words[row]! & 1) === 0) return (this.#narrow ??= this.#text(words[AT.NARROW]! * 4, words[AT.NARROW_BYTES]!).toString('latin1')).slice(start, start + length);
    const wideAt = words[AT.NARROW]! * 4 + Math.ceil(words[AT.NARROW_BYTES]! / 4) * 4;
    return this.#text(wideAt + start * 2, length * 2).toString('utf16le');
  }

  #text(at: number, bytes: number): Buffer {
    if (at < 0 || bytes < 0 || at + bytes > this.words.byteLength) throw new CorruptCodeError('text out of range');
    return Buffer.from(this.words.buffer, this.words.byteOffset + at, bytes);
  }
}

class Reader {
  readonly #words: Int32Array;
  #at: number;

  constructor(words: Int32Array, at: number) {
    this.#words = words;
    this.#at = at;
  }

  /** Where the next word stands. */
  get at(): number {
    return this.#at;
  }

  word(): number {
    const at = this.#at++;
    if (at < HEADER_WORDS || at >= this.#words.length) throw new CorruptCodeError('truncated');
    return this.#words[at]!;
  }

  /** A count of things that take at least `size` bytes each. */
  count(size: number): number {
    const value = this.word();
    if (value < 0 || value * size > (this.#words.length - this.#at) * 4) throw new CorruptCodeError('count too large');
    return value;
  }

  skip(words: number): void {
    this.#at += words;
    if (words < 0 || this.#at > this.#words.length) throw new CorruptCodeError('truncated');
  }

  /** 16-bit units in place. */
  units(): Uint16Array {
    const length = this.count(2);
    const start = this.#words.byteOffset + this.#at * 4;
    this.skip(Math.ceil(length / 2));
    return new Uint16Array(this.#words.buffer, start, length);
  }

  /** A block of bytes, in place. */
  block(): Uint8Array {
    const length = this.count(1);
    const start = this.#words.byteOffset + this.#at * 4;
    this.skip(Math.ceil(length / 4));
    return new Uint8Array(this.#words.buffer, start, length);
  }

  float(): number {
    const halves = Int32Array.of(this.word(), this.word());
    return new Float64Array(halves.buffer)[0]!;
  }
}

function readConst(reader: Reader, file: CodeFile): Const {
  const word = reader.word();
  switch (word & 0xff) {
    case TAG.NONE: return null;
    case TAG.FALSE: return false;
    case TAG.TRUE: return true;
    case TAG.INT: return reader.word();
    case TAG.BIG: return readBig(reader);
    case TAG.FLOAT: return new ConstFloat(reader.float());
    case TAG.COMPLEX: return new ConstComplex(reader.float(), reader.float());
    case TAG.STRING: return file.string(word >>> 8);
    case TAG.BYTES: return new ConstBytes(reader.block().slice());
    case TAG.ELLIPSIS: return ELLIPSIS;
    case TAG.TUPLE: return new ConstTuple(readConsts(reader, file, word >>> 8));
    case TAG.FROZENSET: return new ConstFrozenSet(readConsts(reader, file, word >>> 8));
    case TAG.SLICE: return readSlice(reader, file, word >>> 8);
    case TAG.CODE: return readCode(reader, file);
    default: throw new CorruptCodeError('unknown constant');
  }
}

function readBig(reader: Reader): number | bigint {
  const text = Buffer.from(reader.block()).toString('latin1');
  const negative = text.startsWith('-');
  const digits = negative ? text.slice(1) : text;
  if (!/^[0-9a-f]+$/.test(digits)) throw new CorruptCodeError('bad integer');
  const value = negative ? -BigInt(`0x${digits}`) : BigInt(`0x${digits}`);
  return BigInt.asIntN(54, value) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function readConsts(reader: Reader, file: CodeFile, count: number): Const[] {
  const items: Const[] = [];
  for (let left = count; left > 0; left--) items.push(readConst(reader, file));
  return items;
}

function readSlice(reader: Reader, file: CodeFile, count: number): ConstSlice {
  const [start, stop, step] = readConsts(reader, file, count);
  if (count !== 3 || start === undefined || stop === undefined || step === undefined) throw new CorruptCodeError('bad slice');
  return new ConstSlice(start, stop, step);
}

function readNames(reader: Reader, file: CodeFile): string[] {
  const names: string[] = [];
  for (let left = reader.count(4); left > 0; left--) names.push(file.string(reader.word() >>> 0));
  return names;
}

function readCode(reader: Reader, file: CodeFile): CodeObject {
  const header = {
    argcount: reader.word(),
    posonlyargcount: reader.word(),
    kwonlyargcount: reader.word(),
    stacksize: reader.word(),
    flags: reader.word(),
    nlocals: reader.word(),
    nlocalsplus: reader.word(),
    ncellvars: reader.word(),
    nfreevars: reader.word(),
    firstlineno: reader.word(),
    filename: file.string(reader.word() >>> 0),
    name: file.string(reader.word() >>> 0),
    qualname: file.string(reader.word() >>> 0),
  };
  const doc = reader.word();
  const length = reader.word();
  const start = reader.at;
  reader.skip(length);
  return lazyCode(header, () => (doc === 0 ? null : file.string(doc - 1)), () => readBody(file, start, header.nlocalsplus));
}

function readBody(file: CodeFile, start: number, nlocalsplus: number): CodeBody {
  const reader = new Reader(file.words, start);
  const body = {
    words: reader.units(),
    consts: readConsts(reader, file, reader.count(4)),
    names: readNames(reader, file),
    localsplusnames: readNames(reader, file),
    localspluskinds: reader.block(),
    linetable: reader.block(),
    exceptiontable: reader.block(),
  };
  if (body.localspluskinds.length !== nlocalsplus || body.localsplusnames.length !== nlocalsplus) throw new CorruptCodeError('names and kinds of locals differ');
  return body;
}
