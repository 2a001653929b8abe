/**
 * `struct` formats: parsing, and packing and unpacking of single values over bytes.
 *
 * The caller turns objects into the JavaScript values that a field's kind asks for, and back. Sizes are those of a 64-bit little-endian
 * machine with the System V ABI. Source: CPython Modules/_struct.c.
 */
import type { Int } from './int-arith.ts';
import { normalizeInt } from './int-arith.ts';
import { sliceOfBytes } from './short-bytes.ts';

/** What a field's value is: an int; a float; a truth value; one byte; bytes; bytes with a length byte; a complex number. */
export type StructKind = 'int' | 'float' | 'bool' | 'char' | 'bytes' | 'pascal' | 'complex';

interface CodeRow {
  readonly kind: StructKind | 'pad';
  /** Size under standard rules; 0 when the code only exists natively. */
  readonly standard: number;
  readonly native: number;
  readonly signed: boolean;
}

function row(kind: StructKind | 'pad', standard: number, native: number, signed = false): CodeRow {
  return { kind, standard, native, signed };
}

const CODES: Readonly<Record<string, CodeRow>> = {
  x: row('pad', 1, 1),
  c: row('char', 1, 1),
  b: row('int', 1, 1, true),
  B: row('int', 1, 1),
  '?': row('bool', 1, 1),
  h: row('int', 2, 2, true),
  H: row('int', 2, 2),
  i: row('int', 4, 4, true),
  I: row('int', 4, 4),
  l: row('int', 4, 8, true),
  L: row('int', 4, 8),
  q: row('int', 8, 8, true),
  Q: row('int', 8, 8),
  n: row('int', 0, 8, true),
  N: row('int', 0, 8),
  P: row('int', 0, 8),
  e: row('float', 2, 2),
  f: row('float', 4, 4),
  d: row('float', 8, 8),
  F: row('complex', 8, 8),
  D: row('complex', 16, 16),
  s: row('bytes', 1, 1),
  p: row('pascal', 1, 1),
};

/** One value of a structure. */
export interface StructField {
  readonly code: string;
  readonly kind: StructKind;
  readonly signed: boolean;
  /** Bytes it takes: of one value, or of the whole run for s and p. */
  readonly size: number;
  readonly offset: number;
}

/** A parsed format. */
export interface StructLayout {
  readonly fields: readonly StructField[];
  readonly size: number;
  readonly littleEndian: boolean;
}

/** Parses a format given as ASCII text; a string result is the text of the `struct.error`. */
export function parseStructFormat(format: string): StructLayout | string {
  const prefix = /^[@=<>!]/.exec(format)?.[0] ?? '@';
  const native = prefix === '@';
  const littleEndian = prefix !== '>' && prefix !== '!';
  const fields: StructField[] = [];
  let size = 0;
  let at = /^[@=<>!]/.test(format) ? 1 : 0;
  while (at < format.length) {
    if (/\s/.test(format[at]!)) {
      at++;
      continue;
    }
    const digits = /^[0-9]*/.exec(format.slice(at))![0];
    at += digits.length;
    const count = digits === '' ? 1 : Number(digits);
    if (count > Number.MAX_SAFE_INTEGER) return 'total struct size too long';
    const code = format[at++];
    if (code === undefined) return 'repeat count given without format specifier';
    const known = CODES[code];
    if (known === undefined || (!native && known.standard === 0)) return 'bad char in struct format';
    const itemSize = native ? known.native : known.standard;
    if (native) size = align(size, known);
    if (known.kind === 'bytes' || known.kind === 'pascal') fields.push({ code, kind: known.kind, signed: false, size: count, offset: size });
    else if (known.kind !== 'pad') {
      const { kind } = known;
      for (let i = 0; i < count; i++) fields.push({ code, kind, signed: known.signed, size: itemSize, offset: size + i * itemSize });
    }
    size += count * itemSize;
    if (size > Number.MAX_SAFE_INTEGER) return 'total struct size too long';
  }
  return { fields, size, littleEndian };
}

function align(offset: number, code: CodeRow): number {
  // A complex number is aligned as its parts.
  const alignment = code.kind === 'complex' ? code.native / 2 : code.native;
  return Math.ceil(offset / alignment) * alignment;
}

// Numbers pass through this memory: a view over short bytes would first give them a memory of their own.
const SCRATCH = new DataView(new ArrayBuffer(8));
const SCRATCH_BYTES = new Uint8Array(SCRATCH.buffer);

/** The first `size` bytes of the scratch memory. */
function fromScratch(size: number, bytes: Uint8Array, at: number): void {
  for (let i = 0; i < size; i++) bytes[at + i] = SCRATCH_BYTES[i]!;
}

function toScratch(size: number, bytes: Uint8Array, at: number): void {
  for (let i = 0; i < size; i++) SCRATCH_BYTES[i] = bytes[at + i]!;
}

const TWO_32 = 2 ** 32;

/** Smallest and largest value of an int field. */
export function intFieldRange(field: { size: number; signed: boolean }): [low: bigint, high: bigint] {
  const bits = BigInt(8 * field.size);
  return field.signed ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
}

/** Why a value cannot be packed: `struct.error`, or OverflowError for floats. */
export interface PackFailure {
  readonly kind: 'struct.error' | 'OverflowError';
  readonly message: string;
}

/** Half the number of values of an int, by its size. */
const HALVES: readonly number[] = [0, 2 ** 7, 2 ** 15, 0, 2 ** 31];

/** Whether an int that is a number is in the range of a field; of eight bytes for their sign alone. */
function isInRange(field: StructField, value: number): boolean {
  const { signed, size } = field;
  if (size === 8) return signed || value >= 0 || field.code === 'P';
  const half = HALVES[size]!;
  return signed ? value >= -half && value < half : value >= 0 && value < 2 * half;
}

/** The low bytes of a word. */
function putWord(word: number, count: number, bytes: Uint8Array, at: number, littleEndian: boolean): void {
  for (let i = 0; i < count; i++) bytes[at + (littleEndian ? i : count - 1 - i)] = (word >>> (8 * i)) & 255;
}

/** Packs an int at `at`. @hot bench/programs/pickle_python.py */
export function packInt(field: StructField, value: Int, bytes: Uint8Array, at: number, littleEndian: boolean): PackFailure | undefined {
  if (typeof value !== 'number' || !isInRange(field, value)) return packBigInt(field, value, bytes, at, littleEndian);
  const { size } = field;
  // Bitwise operators take a number modulo 2**32, which is what the bytes need.
  if (size <= 4) putWord(value, size, bytes, at, littleEndian);
  else {
    putWord(value, 4, bytes, littleEndian ? at : at + 4, littleEndian);
    putWord(Math.floor(value / TWO_32), 4, bytes, littleEndian ? at + 4 : at, littleEndian);
  }
  return undefined;
}

/** Packs an int of more than 53 bits, or says why it does not fit. */
function packBigInt(field: StructField, value: Int, bytes: Uint8Array, at: number, littleEndian: boolean): PackFailure | undefined {
  const [low, high] = intFieldRange(field);
  if (field.code === 'P') {
    if (value < -(1n << 63n) || value > high) return { kind: 'struct.error', message: 'int too large to convert' };
  } else if (value < low || value > high) {
    return { kind: 'struct.error', message: `'${field.code}' format requires ${low} <= number <= ${high}` };
  }
  SCRATCH.setBigInt64(0, BigInt.asIntN(64, BigInt(value)), littleEndian);
  fromScratch(8, bytes, at);
  return undefined;
}

/** The word of one, two or four bytes, without a sign. */
function wordAt(bytes: Uint8Array, at: number, count: number, littleEndian: boolean): number {
  let word = 0;
  for (let i = 0; i < count; i++) word |= bytes[at + i]! << (8 * (littleEndian ? i : count - 1 - i));
  return word >>> 0;
}

/** Unpacks an int. @hot bench/programs/pickle_python.py */
export function unpackInt(field: { size: number; signed: boolean }, bytes: Uint8Array, at: number, littleEndian: boolean): Int {
  const { size, signed } = field;
  if (size > 4) return unpackLong(signed, bytes, at, littleEndian);
  const word = wordAt(bytes, at, size, littleEndian);
  if (!signed) return word;
  const unused = 32 - 8 * size;
  return (word << unused) >> unused;
}

function unpackLong(signed: boolean, bytes: Uint8Array, at: number, littleEndian: boolean): Int {
  const low = wordAt(bytes, littleEndian ? at : at + 4, 4, littleEndian);
  const word = wordAt(bytes, littleEndian ? at + 4 : at, 4, littleEndian);
  const high = signed ? word | 0 : word;
  const value = high * TWO_32 + low;
  return Number.isSafeInteger(value) ? value : normalizeInt((BigInt(high) << 32n) | BigInt(low));
}

/** Packs a float of 2, 4 or 8 bytes at `at`. */
export function packFloat(size: number, value: number, bytes: Uint8Array, at: number, littleEndian: boolean): PackFailure | undefined {
  if (size === 8) SCRATCH.setFloat64(0, value, littleEndian);
  else if (size === 4) {
    const single = Math.fround(value);
    if (Number.isFinite(value) && !Number.isFinite(single)) return { kind: 'OverflowError', message: 'float too large to pack with f format' };
    SCRATCH.setFloat32(0, single, littleEndian);
  } else {
    const half = halfBits(value);
    if (half === undefined) return { kind: 'OverflowError', message: 'float too large to pack with e format' };
    SCRATCH.setUint16(0, half, littleEndian);
  }
  fromScratch(size, bytes, at);
  return undefined;
}

/** IEEE 754 binary16 of a double, half to even; undefined when it is too large. */
function halfBits(value: number): number | undefined {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  if (value !== value) return sign | 0x7e00;
  const magnitude = Math.abs(value);
  if (magnitude === Infinity) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | roundEven(magnitude * 2 ** 24);
  let exponent = Math.floor(Math.log2(magnitude));
  // log2 may be off by one next to a power of two.
  if (2 ** exponent > magnitude) exponent--;
  else if (2 ** (exponent + 1) <= magnitude) exponent++;
  const bits = ((exponent + 15) << 10) + roundEven((magnitude / 2 ** exponent - 1) * 1024);
  return bits >= 0x7c00 ? undefined : sign | bits;
}

function roundEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** Unpacks a float of 2, 4 or 8 bytes. */
export function unpackFloat(size: number, bytes: Uint8Array, at: number, littleEndian: boolean): number {
  toScratch(size, bytes, at);
  if (size === 8) return SCRATCH.getFloat64(0, littleEndian);
  if (size === 4) return SCRATCH.getFloat32(0, littleEndian);
  const bits = SCRATCH.getUint16(0, littleEndian);
  const sign = (bits & 0x8000) !== 0 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** Packs bytes into a field of s: cut or filled with zeros. */
export function packBytes(field: StructField, value: Uint8Array, bytes: Uint8Array, at: number): void {
  bytes.fill(0, at, at + field.size);
  bytes.set(value.subarray(0, field.size), at);
}

/** Packs bytes into a field of p: a length byte, then as many bytes as fit. */
export function packPascal(field: StructField, value: Uint8Array, bytes: Uint8Array, at: number): void {
  if (field.size === 0) return;
  const length = Math.min(value.length, field.size - 1);
  bytes.fill(0, at, at + field.size);
  bytes[at] = Math.min(length, 255);
  bytes.set(value.subarray(0, length), at + 1);
}

/** Unpacks a field of p. */
export function unpackPascal(field: StructField, bytes: Uint8Array, at: number): Uint8Array {
  if (field.size === 0) return new Uint8Array(0);
  const length = Math.min(bytes[at]!, field.size - 1);
  return sliceOfBytes(bytes, at + 1, at + 1 + length);
}
