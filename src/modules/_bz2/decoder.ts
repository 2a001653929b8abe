/**
 * Decoding bzip2 streams: header, blocks (Huffman codes, move-to-front, Burrows-Wheeler, runs), checksum.
 *
 *   header ──▶ block start ──▶ symbols ──end symbol──▶ block start ──end magic──▶ finished
 *
 * INV-1: what cannot be read whole is not read at all: `position` goes back to the start of the header, block start or symbol.
 */
import type { ByteBuffer } from '../_compression/byte-buffer.ts';
import { ByteBuffer as Buffer8 } from '../_compression/byte-buffer.ts';
import type { StreamDecoder } from '../_compression/decompressor.ts';
import { combine, crcByte } from './crc.ts';

/** The stream is not what bzip2 writes. */
export class InvalidStream extends Error {}

const NEED_MORE = Symbol('more input is needed');
const BLOCK_MAGIC = 0x314159265359;
const END_MAGIC = 0x177245385090;
/** Symbols share a code table in groups of so many. */
const GROUP = 50;
const MAX_CODE_LENGTH = 20;
const MAX_GROUPS = 18002;

/** A canonical Huffman code for reading. */
interface Code {
  readonly minLength: number;
  /** Largest code of each length, or -1. */
  readonly limit: Int32Array;
  readonly base: Int32Array;
  readonly symbols: Uint16Array;
}

function makeCode(lengths: Uint8Array): Code {
  const limit = new Int32Array(MAX_CODE_LENGTH + 2).fill(-1);
  const base = new Int32Array(MAX_CODE_LENGTH + 2);
  const symbols = new Uint16Array(lengths.length);
  let count = 0;
  let code = 0;
  let minLength = 0;
  for (let length = 1; length <= MAX_CODE_LENGTH; length++) {
    base[length] = code - count;
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue;
      symbols[count++] = symbol;
      code++;
      limit[length] = code - 1;
      if (minLength === 0) minLength = length;
    }
    code <<= 1;
  }
  return { minLength, limit, base, symbols };
}

/** See the head of the file. */
export class Bz2Decoder implements StreamDecoder {
  finished = false;
  private readonly input = new Buffer8();
  /** Bits read of the input. */
  private position = 0;
  private phase: 'header' | 'block' | 'symbols' = 'header';
  private blockSize = 0;
  private streamCrc = 0;
  private blockCrc = 0;
  private origin = 0;
  private selectors: Uint8Array = new Uint8Array(0);
  private codes: Code[] = [];
  private symbolCount = 0;
  private used: Uint8Array = new Uint8Array(0);
  private values: Int32Array = new Int32Array(0);
  private length = 0;
  private symbolIndex = 0;
  private run = 0;
  private runWeight = 1;

  feed(input: Uint8Array): void {
    this.input.append(input);
  }

  rest(): Uint8Array {
    const start = this.input.start + ((this.position + 7) >> 3);
    return this.input.bytes.slice(start, this.input.end);
  }

  advance(output: ByteBuffer): boolean {
    if (this.finished) return false;
    const { position } = this;
    try {
      this.step(output);
      return !this.finished;
    } catch (caught) {
      if (caught !== NEED_MORE) throw caught;
      if (this.phase !== 'symbols') this.position = position;
      return false;
    } finally {
      this.drop();
    }
  }

  private step(output: ByteBuffer): void {
    switch (this.phase) {
      case 'header': return this.header();
      case 'block': return this.blockStart();
      case 'symbols':
        this.symbols();
        this.endBlock(output);
    }
  }

  /** Forgets input that was read. */
  private drop(): void {
    const bytes = this.position >> 3;
    this.input.start += bytes;
    this.position -= 8 * bytes;
  }

  /** Up to 24 bits. @hot every symbol */
  private bits(count: number): number {
    const { bytes, start, end } = this.input;
    const at = start + (this.position >> 3);
    if (8 * (end - start) - this.position < count) throw NEED_MORE;
    const word = (bytes[at]! << 24) | ((at + 1 < end ? bytes[at + 1]! : 0) << 16) | ((at + 2 < end ? bytes[at + 2]! : 0) << 8) | (at + 3 < end ? bytes[at + 3]! : 0);
    const value = (word << (this.position & 7)) >>> (32 - count);
    this.position += count;
    return value;
  }

  private bit(): boolean {
    return this.bits(1) === 1;
  }

  private word(): number {
    return (this.bits(16) << 16) | this.bits(16);
  }

  private header(): void {
    const marks = [0x42, 0x5a, 0x68];
    for (const mark of marks) if (this.bits(8) !== mark) throw new InvalidStream();
    const level = this.bits(8) - 0x30;
    if (level < 1 || level > 9) throw new InvalidStream();
    this.blockSize = level * 100_000;
    this.values = new Int32Array(this.blockSize);
    this.phase = 'block';
  }

  private blockStart(): void {
    const magic = this.bits(24) * 2 ** 24 + this.bits(24);
    const crc = this.word();
    if (magic === END_MAGIC) {
      if (crc !== this.streamCrc) throw new InvalidStream();
      this.finished = true;
      return;
    }
    if (magic !== BLOCK_MAGIC || this.bit()) throw new InvalidStream();
    this.blockCrc = crc;
    this.origin = this.bits(24);
    this.used = this.symbolMap();
    this.symbolCount = this.used.length + 2;
    this.readCodes();
    this.length = 0;
    this.symbolIndex = 0;
    this.run = 0;
    this.runWeight = 1;
    this.phase = 'symbols';
  }

  private symbolMap(): Uint8Array {
    const ranges = this.bits(16);
    const used: number[] = [];
    for (let range = 0; range < 16; range++) {
      if ((ranges & (0x8000 >> range)) === 0) continue;
      const within = this.bits(16);
      for (let i = 0; i < 16; i++) if ((within & (0x8000 >> i)) !== 0) used.push(16 * range + i);
    }
    if (used.length === 0) throw new InvalidStream();
    return Uint8Array.from(used);
  }

  private readCodes(): void {
    const tables = this.bits(3);
    const count = this.bits(15);
    if (tables < 2 || tables > 6 || count === 0) throw new InvalidStream();
    const order = Array.from({ length: tables }, (_, i) => i);
    const selectors = new Uint8Array(Math.min(count, MAX_GROUPS));
    for (let i = 0; i < count; i++) {
      let place = 0;
      while (this.bit()) if (++place >= tables) throw new InvalidStream();
      const [table] = order.splice(place, 1);
      order.unshift(table!);
      // Some writers give more than there can be groups: the rest is not used.
      if (i < MAX_GROUPS) selectors[i] = table!;
    }
    this.selectors = selectors;
    this.codes = Array.from({ length: tables }, () => makeCode(this.codeLengths()));
  }

  private codeLengths(): Uint8Array {
    const lengths = new Uint8Array(this.symbolCount);
    let length = this.bits(5);
    for (let symbol = 0; symbol < this.symbolCount; symbol++) {
      for (;;) {
        if (length < 1 || length > MAX_CODE_LENGTH) throw new InvalidStream();
        if (!this.bit()) break;
        length += this.bit() ? -1 : 1;
      }
      lengths[symbol] = length;
    }
    return lengths;
  }

  private symbol(): number {
    const group = Math.floor(this.symbolIndex / GROUP);
    if (group >= this.selectors.length) throw new InvalidStream();
    const { minLength, limit, base, symbols } = this.codes[this.selectors[group]!]!;
    const { position } = this;
    const available = 8 * this.input.length - position;
    let length = minLength;
    let code = available >= length ? this.bits(length) : -1;
    while (code >= 0 && code > limit[length]!) {
      if (++length > MAX_CODE_LENGTH) throw new InvalidStream();
      code = available >= length ? (code << 1) | this.bits(1) : -1;
    }
    if (code < 0) {
      this.position = position;
      throw NEED_MORE;
    }
    this.symbolIndex++;
    return symbols[code - base[length]!]!;
  }

  /** Reads symbols to the end of the block: places in the list of recent bytes, and runs of its first. */
  private symbols(): void {
    const end = this.symbolCount - 1;
    const { used, values } = this;
    for (;;) {
      const symbol = this.symbol();
      if (symbol <= 1) {
        this.run += this.runWeight << symbol;
        this.runWeight <<= 1;
        if (this.run > this.blockSize) throw new InvalidStream();
        continue;
      }
      this.endRun();
      if (symbol === end) return;
      if (this.length >= this.blockSize) throw new InvalidStream();
      const place = symbol - 1;
      const byte = used[place]!;
      used.copyWithin(1, 0, place);
      used[0] = byte;
      values[this.length++] = byte;
    }
  }

  private endRun(): void {
    if (this.run === 0) return;
    if (this.length + this.run > this.blockSize) throw new InvalidStream();
    this.values.fill(this.used[0]!, this.length, this.length + this.run);
    this.length += this.run;
    this.run = 0;
    this.runWeight = 1;
  }

  /** Undoes the Burrows-Wheeler transform and the first run-length coding, and checks the block. */
  private endBlock(output: ByteBuffer): void {
    const { values, length, origin } = this;
    if (origin >= length) throw new InvalidStream();
    linkPermutation(values, length);
    const crc = unpackRuns(values, length, values[origin]! >>> 8, output);
    if (crc !== this.blockCrc) throw new InvalidStream();
    this.streamCrc = combine(this.streamCrc, crc);
    this.phase = 'block';
  }
}

/** Puts the successor of each position above its byte: `values[i] >> 8`. */
function linkPermutation(values: Int32Array, length: number): void {
  const starts = new Int32Array(256);
  for (let i = 0; i < length; i++) starts[values[i]!]!++;
  let sum = 0;
  for (let byte = 0; byte < 256; byte++) {
    const count = starts[byte]!;
    starts[byte] = sum;
    sum += count;
  }
  for (let i = 0; i < length; i++) {
    const byte = values[i]! & 0xff;
    values[starts[byte]!++]! |= i << 8;
  }
}

/** Follows the permutation; four equal bytes are followed by a count of more. Returns the checksum of what was written. */
function unpackRuns(values: Int32Array, length: number, first: number, output: ByteBuffer): number {
  let crc = -1;
  let place = first;
  let last = -1;
  let repeats = 0;
  for (let i = 0; i < length; i++) {
    const value = values[place]!;
    const byte = value & 0xff;
    place = value >>> 8;
    if (repeats === 4) {
      for (let n = 0; n < byte; n++) {
        crc = crcByte(crc, last);
        output.push(last);
      }
      repeats = 0;
      last = -1;
      continue;
    }
    repeats = byte === last ? repeats + 1 : 1;
    last = byte;
    crc = crcByte(crc, byte);
    output.push(byte);
  }
  return ~crc;
}
