/**
 * The .xz container (its format description 1.2): stream header, blocks, index, footer.
 *
 *   header ──▶ block header ──▶ block ──▶ block end ──▶ block header ... ──0──▶ index ──▶ footer ──▶ finished
 */
import { crc32 } from '../_zlib/container.ts';
import { ByteBuffer } from '../_compression/byte-buffer.ts';
import type { StreamDecoder } from '../_compression/decompressor.ts';
import { BadOptions, chainDecoder, chainDictionary, chainEncoder, checkChain, decodeProperties, encodeProperties, filterId, type Filter } from './chain.ts';
import { Check, CHECK_SIZES, words } from './checks.ts';
import { checkMemory, UnknownFormat, type RawDecoder } from './decoders.ts';
import type { StreamEncoder } from './encoder.ts';
import { CorruptData } from './range-decoder.ts';

const MAGIC = Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0);
const HEADER_SIZE = 12;
const FOOTER_MAGIC = Uint8Array.of(0x59, 0x5a);
/** A number of the index has at most nine bytes of seven bits. */
const LONGEST_NUMBER = 9;

/** A number in pieces of seven bits, low ones first. */
function encodeNumber(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return [...bytes, rest];
}

/** Reads a number; null when it is not all there. */
function decodeNumber(bytes: Uint8Array, at: number): { value: number; next: number } | null {
  let value = 0;
  for (let i = 0; i < LONGEST_NUMBER; i++) {
    if (at + i >= bytes.length) return null;
    const byte = bytes[at + i]!;
    value += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) {
      if (byte === 0 && i > 0) throw new CorruptData();
      return { value, next: at + i + 1 };
    }
  }
  throw new CorruptData();
}

function uint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, /* littleEndian */ true);
}

/** Raises when the last four bytes are not the checksum of those before. */
function checkCrc(bytes: Uint8Array): void {
  if (crc32(bytes.subarray(0, bytes.length - 4)) !== uint32(bytes, bytes.length - 4)) throw new CorruptData();
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

interface BlockHeader {
  readonly filters: Filter[];
  readonly packedSize: number | null;
  readonly size: number | null;
}

function parseBlockHeader(header: Uint8Array): BlockHeader {
  checkCrc(header);
  const flags = header[1]!;
  if ((flags & 0x3c) !== 0) throw new BadOptions();
  const body = header.subarray(0, header.length - 4);
  let at = 2;
  const number = (): number => {
    const found = decodeNumber(body, at);
    if (found === null) throw new CorruptData();
    at = found.next;
    return found.value;
  };
  const packedSize = (flags & 0x40) !== 0 ? number() : null;
  const size = (flags & 0x80) !== 0 ? number() : null;
  const filters: Filter[] = [];
  for (let i = 0; i <= (flags & 3); i++) {
    const id = number();
    const length = number();
    if (at + length > body.length) throw new CorruptData();
    filters.push(decodeProperties(id, body.slice(at, at + length)));
    at += length;
  }
  if (body.subarray(at).some((byte) => byte !== 0)) throw new BadOptions();
  checkChain(filters, 'lzma2');
  return { filters, packedSize, size };
}

/** Decodes an .xz stream. */
export class XzStream implements StreamDecoder {
  finished = false;
  /** Which check the stream has; null before its header. */
  checkId: number | null = null;
  private readonly input = new ByteBuffer();
  private readonly memoryLimit: number;
  private phase: 'header' | 'block header' | 'block' | 'block end' | 'index' | 'footer' = 'header';
  private flags = 0;
  private header: BlockHeader | null = null;
  private decoder: RawDecoder | null = null;
  private check = new Check(0);
  private headerSize = 0;
  private packed = 0;
  private unpacked = 0;
  private readonly records: (readonly [number, number])[] = [];
  private indexSize = 0;

  constructor(memoryLimit: number) {
    this.memoryLimit = memoryLimit;
  }

  feed(input: Uint8Array): void {
    this.input.append(input);
  }

  rest(): Uint8Array {
    return this.input.bytes.slice(this.input.start, this.input.end);
  }

  advance(output: ByteBuffer): boolean {
    switch (this.phase) {
      case 'header': return this.streamHeader();
      case 'block header': return this.blockHeader();
      case 'block': return this.block(output);
      case 'block end': return this.blockEnd();
      case 'index': return this.index();
      default: return !this.finished && this.footer();
    }
  }

  private get bytes(): Uint8Array {
    return this.input.bytes.subarray(this.input.start, this.input.end);
  }

  private streamHeader(): boolean {
    const { bytes } = this;
    const known = Math.min(bytes.length, MAGIC.length);
    if (!same(bytes.subarray(0, known), MAGIC.subarray(0, known))) throw new UnknownFormat();
    if (bytes.length < HEADER_SIZE) return false;
    const header = this.input.take(HEADER_SIZE);
    if (crc32(header.subarray(6, 8)) !== uint32(header, 8)) throw new CorruptData();
    if (header[6] !== 0 || header[7]! > 15) throw new BadOptions();
    this.flags = header[7]!;
    this.checkId = this.flags;
    this.phase = 'block header';
    return true;
  }

  private blockHeader(): boolean {
    const { bytes } = this;
    if (bytes.length === 0) return false;
    if (bytes[0] === 0) {
      this.phase = 'index';
      return true;
    }
    this.headerSize = 4 * (bytes[0]! + 1);
    if (bytes.length < this.headerSize) return false;
    this.header = parseBlockHeader(this.input.take(this.headerSize));
    checkMemory(chainDictionary(this.header.filters), this.memoryLimit);
    this.decoder = chainDecoder(this.header.filters);
    this.check = new Check(this.flags);
    this.packed = 0;
    this.unpacked = 0;
    this.phase = 'block';
    return true;
  }

  private block(output: ByteBuffer): boolean {
    const decoder = this.decoder!;
    const [before, consumed] = [output.length, this.input.length];
    const more = decoder.advance(this.input, output);
    this.packed += consumed - this.input.length;
    this.unpacked += output.length - before;
    this.check.update(output.bytes.subarray(output.end - (output.length - before), output.end));
    if (!decoder.finished) return more;
    const { packedSize, size } = this.header!;
    if ((packedSize !== null && packedSize !== this.packed) || (size !== null && size !== this.unpacked)) throw new CorruptData();
    this.phase = 'block end';
    return true;
  }

  private blockEnd(): boolean {
    const padding = -this.packed & 3;
    const checkSize = CHECK_SIZES[this.flags]!;
    if (this.bytes.length < padding + checkSize) return false;
    if (this.input.take(padding).some((byte) => byte !== 0)) throw new CorruptData();
    const found = this.input.take(checkSize);
    const expected = this.check.digest();
    // Checks that nobody knows are gone over.
    if (expected.length > 0 && !same(found, expected)) throw new CorruptData();
    this.records.push([this.headerSize + this.packed + checkSize, this.unpacked]);
    this.phase = 'block header';
    return true;
  }

  private index(): boolean {
    const { bytes } = this;
    const count = decodeNumber(bytes, 1);
    if (count === null) return false;
    if (count.value !== this.records.length) throw new CorruptData();
    let at = count.next;
    for (const record of this.records) {
      for (const expected of record) {
        const number = decodeNumber(bytes, at);
        if (number === null) return false;
        if (number.value !== expected) throw new CorruptData();
        at = number.next;
      }
    }
    const size = at + (-at & 3) + 4;
    if (bytes.length < size) return false;
    const index = this.input.take(size);
    if (index.subarray(at, size - 4).some((byte) => byte !== 0)) throw new CorruptData();
    checkCrc(index);
    this.indexSize = size;
    this.phase = 'footer';
    return true;
  }

  private footer(): boolean {
    if (this.bytes.length < HEADER_SIZE) return false;
    const footer = this.input.take(HEADER_SIZE);
    const isRight = crc32(footer.subarray(4, 10)) === uint32(footer, 0) && 4 * (uint32(footer, 4) + 1) === this.indexSize && footer[8] === 0 && footer[9] === this.flags;
    if (!isRight || !same(footer.subarray(10), FOOTER_MAGIC)) throw new CorruptData();
    this.finished = true;
    return false;
  }
}

/** Writes an .xz stream of one block. */
export class XzEncoder implements StreamEncoder {
  private readonly checkId: number;
  private readonly check: Check;
  private readonly filters: readonly Filter[];
  private readonly inner: StreamEncoder;
  private headerSize = 0;
  private packed = 0;
  private unpacked = 0;
  private begun = false;

  constructor(filters: readonly Filter[], checkId: number) {
    checkChain(filters, 'lzma2');
    this.filters = filters;
    this.checkId = checkId;
    this.check = new Check(checkId);
    this.inner = chainEncoder(filters);
  }

  private flags(): Uint8Array {
    return Uint8Array.of(0, this.checkId);
  }

  private start(): Uint8Array[] {
    if (this.begun) return [];
    this.begun = true;
    return [MAGIC, this.flags(), words(crc32(this.flags()))];
  }

  private blockHeader(): Uint8Array {
    const filters = this.filters.flatMap((filter) => {
      const properties = encodeProperties(filter);
      return [...encodeNumber(filterId(filter)), ...encodeNumber(properties.length), ...properties];
    });
    const size = 4 * Math.ceil((2 + filters.length) / 4) + 4;
    const header = new Uint8Array(size - 4);
    header.set([size / 4 - 1, this.filters.length - 1, ...filters]);
    this.headerSize = size;
    return new Uint8Array(Buffer.concat([header, words(crc32(header))]));
  }

  write(input: Uint8Array): Uint8Array {
    const parts = this.start();
    if (input.length > 0) {
      if (this.headerSize === 0) parts.push(this.blockHeader());
      this.check.update(input);
      this.unpacked += input.length;
      parts.push(this.count(this.inner.write(input)));
    }
    return new Uint8Array(Buffer.concat(parts));
  }

  private count(bytes: Uint8Array): Uint8Array {
    this.packed += bytes.length;
    return bytes;
  }

  finish(): Uint8Array {
    const parts = this.start();
    const records: number[] = [];
    if (this.headerSize > 0) {
      parts.push(this.count(this.inner.finish()), new Uint8Array(-this.packed & 3), this.check.digest());
      records.push(...encodeNumber(this.headerSize + this.packed + CHECK_SIZES[this.checkId]!), ...encodeNumber(this.unpacked));
    }
    const numbers = [0, this.headerSize > 0 ? 1 : 0, ...records];
    const index = new Uint8Array(numbers.length + (-numbers.length & 3));
    index.set(numbers);
    const end = new Uint8Array(Buffer.concat([words((index.length + 4) / 4 - 1), this.flags()]));
    parts.push(index, words(crc32(index)), words(crc32(end)), end, FOOTER_MAGIC);
    return new Uint8Array(Buffer.concat(parts));
  }
}
