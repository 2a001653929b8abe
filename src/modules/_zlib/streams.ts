/**
 * Compressing and decompressing piece by piece.
 *
 * The host has no synchronous streams. A compressor keeps its input until a flush and then makes one run of blocks, with the last 32 KiB
 * before it as dictionary; a decompressor inflates here (`inflate.ts`).
 */
import { InflateFailure, InflateStream } from './inflate.ts';
import { lazyBuiltin } from '../../base/lazy-builtin.ts';
import { adler32, crc32, readHeader, writeHeader, writeTrailer, type Header, type Wrapping } from './container.ts';

const zlib = lazyBuiltin('node:zlib');

const WINDOW = 32768;

/** A failure as zlib tells it. */
export class ZlibFailure extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Joins two pieces. */
export function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 ? pieces[0]! : new Uint8Array(Buffer.concat(pieces));
}

/** Settings of a compressor. */
export interface DeflateOptions {
  readonly level: number;
  readonly wrapping: Wrapping;
  readonly windowBits: number;
  readonly memLevel: number;
  readonly strategy: number;
  readonly dictionary: Uint8Array | undefined;
}

/** A compressor. */
export class Deflater {
  private readonly options: DeflateOptions;
  private started = false;
  private pending: Uint8Array[] = [];
  private window: Uint8Array;
  private sums = { adler: 1, crc: 0, length: 0 };
  finished = false;

  constructor(options: DeflateOptions) {
    this.options = options;
    this.window = options.dictionary ?? new Uint8Array(0);
  }

  /** Takes in data; gives the header the first time. */
  write(data: Uint8Array): Uint8Array {
    const { adler, crc, length } = this.sums;
    this.sums = { adler: adler32(data, adler), crc: crc32(data, crc), length: length + data.length };
    this.pending.push(data.slice());
    return this.header();
  }

  private header(): Uint8Array {
    if (this.started) return new Uint8Array(0);
    this.started = true;
    return writeHeader(this.options.wrapping, this.options.windowBits, this.options.level, this.options.dictionary);
  }

  /** Compresses what was kept; the mode is one of the flush constants. */
  flush(mode: number): Uint8Array {
    const { level, windowBits, memLevel, strategy, wrapping } = this.options;
    const data = joined(...this.pending, new Uint8Array(0));
    const dictionary = this.window.length > 0 ? { dictionary: this.window } : {};
    // Runs of blocks are joined, so each must end at a byte: partial and block flushes become sync flushes.
    const finishFlush = mode === zlib().constants.Z_FINISH || mode === zlib().constants.Z_FULL_FLUSH ? mode : zlib().constants.Z_SYNC_FLUSH;
    const body = new Uint8Array(zlib().deflateRawSync(data, { level, windowBits, memLevel, strategy, finishFlush, ...dictionary }));
    this.pending = [];
    this.window = mode === zlib().constants.Z_FULL_FLUSH ? new Uint8Array(0) : joined(this.window, data).slice(-WINDOW);
    if (mode !== zlib().constants.Z_FINISH) return joined(this.header(), body);
    this.finished = true;
    return joined(this.header(), body, writeTrailer(wrapping, this.sums));
  }

  /** An independent copy. */
  copy(): Deflater {
    return Object.assign(new Deflater(this.options), this, { pending: this.pending.slice(), sums: { ...this.sums } });
  }
}

/** A decompressor: header, DEFLATE data, trailer with the checksum. */
export class Inflater {
  private readonly wrapping: Wrapping;
  private readonly windowBits: number;
  private readonly dictionary: Uint8Array | undefined;
  private header: Header | null = null;
  private data: InflateStream | null = null;
  /** Beginning of a header or trailer that is not all there. */
  private partial: Uint8Array = new Uint8Array(0);
  private sums = { adler: 1, crc: 0, length: 0 };
  eof = false;
  /** Input after the end. */
  unused: Uint8Array = new Uint8Array(0);

  constructor(wrapping: Wrapping, windowBits: number, dictionary: Uint8Array | undefined) {
    this.wrapping = wrapping;
    this.windowBits = windowBits;
    this.dictionary = dictionary;
  }

  /** Takes in data and gives at most `limit` bytes, and the input that was not needed for them, a window of `given`. */
  write(given: Uint8Array, limit: number): { output: Uint8Array; tail: Uint8Array } {
    const piece = this.data === null ? this.begin(given) : given;
    if (this.data === null) return { output: piece, tail: piece };
    const { output, used } = this.data.done ? { output: new Uint8Array(0), used: 0 } : this.inflate(this.data, piece, limit);
    const { adler, crc, length } = this.sums;
    if (output.length > 0) this.sums = { adler: adler32(output, adler), crc: crc32(output, crc), length: length + output.length };
    const rest = piece.subarray(used);
    if (!this.data.done) return { output, tail: rest };
    this.finish(rest);
    return { output, tail: new Uint8Array(0) };
  }

  private inflate(data: InflateStream, piece: Uint8Array, limit: number): { output: Uint8Array; used: number } {
    try {
      return data.write(piece, limit);
    } catch (caught) {
      throw caught instanceof InflateFailure ? new ZlibFailure(-3, caught.message) : caught;
    }
  }

  /** Reads the header; what is behind it, or nothing while it is not all there. */
  private begin(given: Uint8Array): Uint8Array {
    const input = this.partial.length === 0 ? given : joined(this.partial, given);
    const header = readHeader(input, this.wrapping, this.windowBits);
    if (typeof header === 'string') throw new ZlibFailure(-3, header);
    if (header === undefined) {
      this.partial = input.slice();
      return new Uint8Array(0);
    }
    this.partial = new Uint8Array(0);
    this.header = header;
    this.data = new InflateStream(this.dictionaryFor(header));
    return input.subarray(header.end);
  }

  /** Behind the data: the trailer, and what follows it. */
  private finish(rest: Uint8Array): void {
    const { wrapping } = this.header!;
    const size = wrapping === 'raw' ? 0 : wrapping === 'gzip' ? 8 : 4;
    const input = joined(this.partial, rest);
    this.partial = input;
    if (input.length < size) return;
    checkTrailer(wrapping, input, this.sums);
    this.eof = true;
    this.unused = input.slice(size);
  }

  /** Whether output is ready that a limit held back. */
  hasPending(): boolean {
    return !this.eof && this.data !== null && this.data.blocked;
  }

  private dictionaryFor(header: Header): Uint8Array | undefined {
    if (header.wrapping === 'raw') return this.dictionary;
    if (header.dictionaryId === undefined) return undefined;
    if (this.dictionary === undefined) throw new ZlibFailure(2, '');
    if (adler32(this.dictionary) !== header.dictionaryId) throw new ZlibFailure(-3, 'while setting zdict: invalid input data');
    return this.dictionary;
  }

  /** An independent copy. */
  copy(): Inflater {
    const copy: Inflater = Object.assign(new Inflater(this.wrapping, this.windowBits, this.dictionary), this);
    copy.sums = { ...this.sums };
    copy.data = this.data === null ? null : this.data.clone();
    return copy;
  }
}

function checkTrailer(wrapping: Wrapping, input: Uint8Array, sums: { adler: number; crc: number; length: number }): void {
  if (wrapping === 'raw') return;
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (wrapping === 'gzip') {
    if (view.getUint32(0, true) !== sums.crc >>> 0) throw new ZlibFailure(-3, 'incorrect data check');
    if (view.getUint32(4, true) !== sums.length >>> 0) throw new ZlibFailure(-3, 'incorrect length check');
  } else if (view.getUint32(0) !== sums.adler >>> 0) throw new ZlibFailure(-3, 'incorrect data check');
}

/** A whole stream at once, by the host; undefined when something is wrong with it, which the step by step way puts in words. */
export function inflateWhole(input: Uint8Array, wrapping: Wrapping, windowBits: number): Uint8Array | undefined {
  const header = readHeader(input, wrapping, windowBits);
  if (header === undefined || typeof header === 'string' || header.dictionaryId !== undefined) return undefined;
  const body = input.subarray(header.end);
  try {
    const made = zlib().inflateRawSync(body, { info: true }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    const output = new Uint8Array(made.buffer);
    const sums = { adler: adler32(output), crc: crc32(output), length: output.length };
    checkTrailer(header.wrapping, body.subarray(made.engine.bytesWritten), sums);
    return output;
  } catch {
    return undefined;
  }
}
