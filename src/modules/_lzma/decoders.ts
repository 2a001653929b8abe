/** Decoders of raw LZMA, LZMA2 and the .lzma container; filters behind them. */
import { ByteBuffer } from '../_compression/byte-buffer.ts';
import type { StreamDecoder } from '../_compression/decompressor.ts';
import type { Stage } from './filters.ts';
import { parseProperties, type Properties } from './model.ts';
import { CorruptData, LzmaCore } from './range-decoder.ts';

/** The container is none that is known. */
export class UnknownFormat extends Error {}
/** The dictionary is larger than the caller allows. */
export class MemoryLimit extends Error {}

/** Memory of a decoder beside its dictionary, as liblzma counts. */
const BASE_MEMORY = 1 << 15;
const RANGE_START = 5;

/** Raises when a dictionary does not fit. */
export function checkMemory(dictionarySize: number, limit: number): void {
  if (dictionarySize + BASE_MEMORY > limit) throw new MemoryLimit();
}

/** Decodes a piece of a raw stream; false when more input is needed, or at the end. */
export interface RawDecoder {
  advance(input: ByteBuffer, output: ByteBuffer): boolean;
  readonly finished: boolean;
}

/** LZMA without container; ends at its marker, or after `size` bytes. */
export class LzmaDecoder implements RawDecoder {
  finished = false;
  private readonly core: LzmaCore;
  private begun = false;
  private left: number;

  constructor(properties: Properties, dictionarySize: number, size: number) {
    this.core = new LzmaCore(dictionarySize);
    this.core.setProperties(properties);
    this.core.resetState();
    this.left = size;
  }

  advance(input: ByteBuffer, output: ByteBuffer): boolean {
    if (!this.begun) {
      if (input.length < RANGE_START) return false;
      this.core.beginRange(input.take(RANGE_START));
      this.begun = true;
    }
    const produced = this.core.decode(input, Infinity, this.left);
    this.left -= produced;
    this.core.drain(output);
    this.finished = this.core.endMarker || this.left === 0;
    return produced > 0 && !this.finished;
  }
}

/** LZMA2: chunks, each with a header. */
export class Lzma2Decoder implements RawDecoder {
  finished = false;
  private readonly core: LzmaCore;
  /** Bytes of output that the chunk still gives; 0 between chunks. */
  private left = 0;
  private packedLeft = 0;
  private isStored = false;
  private needsRange = false;
  private needsDictionary = true;
  private needsProperties = true;

  constructor(dictionarySize: number) {
    this.core = new LzmaCore(dictionarySize);
  }

  advance(input: ByteBuffer, output: ByteBuffer): boolean {
    if (this.finished || (this.left === 0 && !this.header(input))) return false;
    if (this.isStored) return this.stored(input, output);
    if (this.needsRange) {
      if (input.length < RANGE_START) return false;
      this.core.beginRange(input.take(RANGE_START));
      this.packedLeft -= RANGE_START;
      this.needsRange = false;
    }
    const { start } = input;
    const produced = this.core.decode(input, start + this.packedLeft, this.left);
    this.packedLeft -= input.start - start;
    this.left -= produced;
    if (this.core.endMarker) throw new CorruptData();
    if (this.left === 0 && (this.packedLeft !== 0 || !this.core.isRangeDone)) throw new CorruptData();
    if (this.left > 0 && produced === 0 && this.packedLeft === 0) throw new CorruptData();
    this.core.drain(output);
    return produced > 0;
  }

  private stored(input: ByteBuffer, output: ByteBuffer): boolean {
    const bytes = input.take(this.left);
    this.core.copy(bytes);
    this.left -= bytes.length;
    this.core.drain(output);
    return bytes.length > 0;
  }

  /** Reads a chunk's header; false when it is not all there, or says that the stream ends. */
  private header(input: ByteBuffer): boolean {
    if (input.length < 1) return false;
    const { bytes, start } = input;
    const control = bytes[start]!;
    if (control === 0) {
      input.start++;
      this.finished = true;
      return false;
    }
    if (control > 2 && control < 0x80) throw new CorruptData();
    const length = control <= 2 ? 3 : control >= 0xc0 ? 6 : 5;
    if (input.length < length) return false;
    input.start += length;
    const resetsDictionary = control === 1 || control >= 0xe0;
    if (resetsDictionary) this.core.resetDictionary();
    else if (this.needsDictionary) throw new CorruptData();
    this.needsDictionary = false;
    this.isStored = control <= 2;
    this.left = ((bytes[start + 1]! << 8) | bytes[start + 2]!) + 1;
    if (!this.isStored) this.packedHeader(bytes.subarray(start, start + length), control);
    return true;
  }

  private packedHeader(header: Uint8Array, control: number): void {
    this.left += (control & 0x1f) << 16;
    this.packedLeft = ((header[3]! << 8) | header[4]!) + 1;
    if (control >= 0xc0) {
      const properties = parseProperties(header[5]!);
      if (properties === null || properties.literalContext + properties.literalPosition > 4) throw new CorruptData();
      this.core.setProperties(properties);
      this.needsProperties = false;
    } else if (this.needsProperties) throw new CorruptData();
    if (control >= 0xa0) this.core.resetState();
    this.needsRange = true;
  }
}

/** A raw decoder with filters behind it, the last of the chain first. */
export class FilteredDecoder implements RawDecoder {
  finished = false;
  private readonly inner: RawDecoder;
  private readonly stages: readonly Stage[];
  private readonly between = new ByteBuffer();

  constructor(inner: RawDecoder, stages: readonly Stage[]) {
    this.inner = inner;
    this.stages = stages;
  }

  advance(input: ByteBuffer, output: ByteBuffer): boolean {
    const more = this.inner.advance(input, this.between);
    let bytes = this.between.take(Infinity);
    for (const stage of this.stages) bytes = stage.feed(bytes);
    output.append(bytes);
    if (this.inner.finished && !this.finished) {
      this.finish(output);
      this.finished = true;
    }
    return more;
  }

  private finish(output: ByteBuffer): void {
    let rest: Uint8Array = new Uint8Array(0);
    for (const stage of this.stages) {
      const fed = rest.length > 0 ? stage.feed(rest) : rest;
      const last = stage.finish();
      rest = new Uint8Array(Buffer.concat([fed, last]));
    }
    output.append(rest);
  }
}

/** A raw decoder as a stream's. */
export class RawStream implements StreamDecoder {
  private readonly input = new ByteBuffer();
  private readonly decoder: RawDecoder;

  constructor(decoder: RawDecoder) {
    this.decoder = decoder;
  }

  get finished(): boolean {
    return this.decoder.finished;
  }

  feed(input: Uint8Array): void {
    this.input.append(input);
  }

  advance(output: ByteBuffer): boolean {
    return !this.finished && this.decoder.advance(this.input, output);
  }

  rest(): Uint8Array {
    return this.input.bytes.slice(this.input.start, this.input.end);
  }
}

const ALONE_HEADER = 13;
const UNKNOWN_SIZE = 0xffffffff;

/** A .lzma file: properties, dictionary and size, then LZMA. */
export class AloneStream implements StreamDecoder {
  private readonly input = new ByteBuffer();
  private readonly memoryLimit: number;
  private decoder: LzmaDecoder | null = null;

  constructor(memoryLimit: number) {
    this.memoryLimit = memoryLimit;
  }

  get finished(): boolean {
    return this.decoder?.finished ?? false;
  }

  feed(input: Uint8Array): void {
    this.input.append(input);
  }

  rest(): Uint8Array {
    return this.input.bytes.slice(this.input.start, this.input.end);
  }

  advance(output: ByteBuffer): boolean {
    if (this.finished) return false;
    if (this.decoder === null) {
      if (this.input.length > 0 && parseProperties(this.input.bytes[this.input.start]!) === null) throw new UnknownFormat();
      if (this.input.length < ALONE_HEADER) return false;
      this.decoder = this.header(this.input.take(ALONE_HEADER));
      return !this.finished;
    }
    return this.decoder.advance(this.input, output);
  }

  private header(bytes: Uint8Array): LzmaDecoder {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const properties = parseProperties(bytes[0]!)!;
    const dictionarySize = view.getUint32(1, /* littleEndian */ true);
    const [low, high] = [view.getUint32(5, /* littleEndian */ true), view.getUint32(9, /* littleEndian */ true)];
    const isUnknown = low === UNKNOWN_SIZE && high === UNKNOWN_SIZE;
    const size = high * 2 ** 32 + low;
    // Sizes of dictionaries are powers of two or sums of two neighbours; what has another is no .lzma file. Nor are there so large ones.
    if (!isPlausible(dictionarySize) || (!isUnknown && size >= 2 ** 38)) throw new UnknownFormat();
    checkMemory(dictionarySize, this.memoryLimit);
    return new LzmaDecoder(properties, dictionarySize, isUnknown ? Infinity : size);
  }
}

function isPlausible(dictionarySize: number): boolean {
  if (dictionarySize === UNKNOWN_SIZE) return true;
  const highest = 2 ** Math.floor(Math.log2(dictionarySize));
  return dictionarySize > 0 && (dictionarySize === highest || dictionarySize === highest * 1.5);
}
