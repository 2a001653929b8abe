/**
 * Compressing and decompressing piece by piece over the host's one-shot functions.
 *
 * The host has no synchronous streams. A compressor keeps its input until a flush and then makes one run of blocks, with the last 32 KiB
 * before it as dictionary; a decompressor keeps its input and inflates it again with each piece. Results are exact; many small pieces of a
 * large stream cost more than in CPython.
 */
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

/** A decompressor. */
export class Inflater {
  private readonly wrapping: Wrapping;
  private readonly windowBits: number;
  private readonly dictionary: Uint8Array | undefined;
  private input: Uint8Array = new Uint8Array(0);
  private emitted = 0;
  eof = false;
  /** Input after the end. */
  unused: Uint8Array = new Uint8Array(0);

  constructor(wrapping: Wrapping, windowBits: number, dictionary: Uint8Array | undefined) {
    this.wrapping = wrapping;
    this.windowBits = windowBits;
    this.dictionary = dictionary;
  }

  /** Takes in data and gives at most `limit` bytes, and the input that was not needed for them. */
  write(data: Uint8Array, limit: number): { output: Uint8Array; tail: Uint8Array } {
    let taken = data.length;
    let state = this.inflate(joined(this.input, data));
    if (state.output.length - this.emitted > limit && this.input.length + data.length > 0) {
      taken = this.shortestInput(data, limit);
      state = this.inflate(joined(this.input, data.subarray(0, taken)));
    }
    const output = state.output.slice(this.emitted, this.emitted + limit);
    const complete = state.output.length === this.emitted + output.length;
    this.input = joined(this.input, data.subarray(0, taken));
    this.emitted += output.length;
    if (state.end >= 0 && complete) {
      this.eof = true;
      this.unused = joined(this.input.subarray(state.end), data.subarray(taken)).slice();
      return { output, tail: new Uint8Array(0) };
    }
    return { output, tail: data.slice(taken) };
  }

  /** Whether output is ready that a limit held back. */
  hasPending(): boolean {
    return !this.eof && this.inflate(this.input).output.length > this.emitted;
  }

  private shortestInput(data: Uint8Array, limit: number): number {
    let low = 0;
    let high = data.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.inflate(joined(this.input, data.subarray(0, middle))).output.length - this.emitted >= limit) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** All output of some input; `end` is where the stream ended, or -1. */
  private inflate(input: Uint8Array): { output: Uint8Array; end: number } {
    const header = readHeader(input, this.wrapping, this.windowBits);
    if (typeof header === 'string') throw new ZlibFailure(-3, header);
    if (header === undefined) return { output: new Uint8Array(0), end: -1 };
    const body = input.subarray(header.end);
    const dictionary = this.dictionaryFor(header);
    const options = { windowBits: 15, info: true, ...(dictionary === undefined ? {} : { dictionary }) };
    const made = zlib().inflateRawSync(body, { ...options, finishFlush: zlib().constants.Z_SYNC_FLUSH }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    const output = new Uint8Array(made.buffer);
    const used = made.engine.bytesWritten;
    if (used === body.length) return { output, end: header.wrapping === 'raw' && isWhole(body, options) ? input.length : -1 };
    return { output, end: checkTrailer(header, input, header.end + used, output) };
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
    return Object.assign(new Inflater(this.wrapping, this.windowBits, this.dictionary), this);
  }
}

/** Raw data has no trailer: whether it ended exactly with its input shows only in whether it can be finished. */
function isWhole(body: Uint8Array, options: object): boolean {
  try {
    zlib().inflateRawSync(body, options);
    return body.length > 0;
  } catch {
    return false;
  }
}

function checkTrailer(header: Header, input: Uint8Array, at: number, output: Uint8Array): number {
  if (header.wrapping === 'raw') return at;
  const size = header.wrapping === 'gzip' ? 8 : 4;
  if (input.length < at + size) return -1;
  const view = new DataView(input.buffer, input.byteOffset + at, size);
  if (header.wrapping === 'gzip') {
    if (view.getUint32(0, true) !== crc32(output)) throw new ZlibFailure(-3, 'incorrect data check');
    if (view.getUint32(4, true) !== output.length >>> 0) throw new ZlibFailure(-3, 'incorrect length check');
  } else if (view.getUint32(0) !== adler32(output)) throw new ZlibFailure(-3, 'incorrect data check');
  return at + size;
}
