/**
 * The byte stream that a pickler writes: one growing buffer, frames of protocol 4, and what goes to a file as it fills.
 *
 *   [PROTO n] [FRAME length | opcodes ...] [large bytes, unframed] [FRAME length | ...] STOP
 *
 * INV-1: `frameStart` is the offset of the open frame's header in `bytes`, or -1 when none is open.
 * Source: CPython Modules/_pickle.c (_Pickler_Write, _Pickler_OpcodeBoundary, _Pickler_write_bytes).
 */
import { isWellFormed } from '../../objects/algorithms/str-code-points.ts';
import { OP } from './opcodes.ts';

/** A frame is closed at the first opcode boundary at which it is this long. */
const FRAME_TARGET = 64 * 1024;
/** A frame shorter than this gets no header. */
const FRAME_MINIMUM = 4;
const FRAME_HEADER = 9;
const FIRST_CAPACITY = 256;
const TWO_32 = 4294967296;

/** Takes what has been written to a file: `payload` may be kept by the receiver. */
export type Flush = (payload: Uint8Array) => void;

/** See the head of the file. */
export class PickleWriter {
  bytes: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  private buffer: Buffer;
  private view: DataView;
  length = 0;
  /** Whether opcodes are gathered in frames now. */
  framing = false;
  private frameStart = -1;
  /** Null: everything stays in `bytes` (`dumps`). */
  private readonly flushTo: Flush | null;

  constructor(flushTo: Flush | null) {
    this.flushTo = flushTo;
    this.buffer = Buffer.from(this.bytes.buffer);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Makes room for `count` bytes, after the header of a new frame where one is due. @hot every opcode */
  private reserve(count: number): void {
    if (this.framing && this.frameStart < 0) {
      this.frameStart = this.length;
      this.length += FRAME_HEADER;
    }
    if (this.length + count > this.bytes.length) this.grow(this.length + count);
  }

  private grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
    this.buffer = Buffer.from(larger.buffer);
    this.view = new DataView(larger.buffer);
  }

  /** One byte. */
  u8(byte: number): void {
    this.reserve(1);
    this.bytes[this.length++] = byte;
  }

  /** An opcode and one byte. */
  opU8(opcode: number, value: number): void {
    this.reserve(2);
    this.bytes[this.length++] = opcode;
    this.bytes[this.length++] = value;
  }

  /** An opcode and a 16-bit number. */
  opU16(opcode: number, value: number): void {
    this.reserve(3);
    this.bytes[this.length++] = opcode;
    this.bytes[this.length++] = value;
    this.bytes[this.length++] = value >> 8;
  }

  /** An opcode and a 32-bit number, signed or not. */
  opU32(opcode: number, value: number): void {
    this.reserve(5);
    const { bytes } = this;
    let at = this.length;
    bytes[at++] = opcode;
    bytes[at++] = value;
    bytes[at++] = value >> 8;
    bytes[at++] = value >> 16;
    bytes[at++] = value >> 24;
    this.length = at;
  }

  /** An opcode and a 64-bit number that is not negative. */
  opU64(opcode: number, value: number): void {
    this.reserve(9);
    this.bytes[this.length] = opcode;
    this.view.setUint32(this.length + 1, value % TWO_32, true);
    this.view.setUint32(this.length + 5, Math.floor(value / TWO_32), true);
    this.length += 9;
  }

  /** BINFLOAT and the double, big end first. */
  double(value: number): void {
    this.reserve(9);
    this.bytes[this.length] = OP.BINFLOAT;
    this.view.setFloat64(this.length + 1, value);
    this.length += 9;
  }

  /** Raw bytes as a part of the current frame. */
  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A text of ASCII or Latin-1 characters. */
  latin1(text: string): void {
    this.reserve(text.length);
    this.length += this.buffer.write(text, this.length, 'latin1');
  }

  /**
   * SHORT_BINUNICODE of a text, if it is ASCII and short; false otherwise.
   * @hot most strings are short names; one pass without a native call
   */
  shortAscii(text: string): boolean {
    const { length } = text;
    if (length > 64) return false;
    this.reserve(length + 2);
    const { bytes } = this;
    let at = this.length;
    bytes[at++] = OP.SHORT_BINUNICODE;
    bytes[at++] = length;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 127) return false;
      bytes[at++] = unit;
    }
    this.length = at;
    return true;
  }

  /** Bytes behind a header that the caller has just chosen by their number; large ones go out unframed. */
  payload(header: (writer: PickleWriter) => void, bytes: Uint8Array): void {
    const bypass = bytes.length >= FRAME_TARGET;
    const { framing } = this;
    if (bypass) {
      this.closeFrame();
      this.framing = false;
    }
    header(this);
    if (bypass && this.flushTo !== null) {
      this.flush();
      this.flushTo(bytes);
    } else this.append(bytes);
    this.framing = framing;
  }

  /** Between two opcodes: closes a frame that is long enough and hands it to the file. @hot every value */
  boundary(): void {
    if (this.frameStart < 0 || this.length - this.frameStart - FRAME_HEADER < FRAME_TARGET) return;
    this.closeFrame();
    if (this.flushTo !== null) this.flush();
  }

  /** Fills the open frame's header in, or drops it where the frame is too short to need one. */
  closeFrame(): void {
    const start = this.frameStart;
    if (start < 0) return;
    const size = this.length - start - FRAME_HEADER;
    if (size >= FRAME_MINIMUM) {
      this.bytes[start] = OP.FRAME;
      this.view.setUint32(start + 1, size % TWO_32, true);
      this.view.setUint32(start + 5, Math.floor(size / TWO_32), true);
    } else {
      this.bytes.copyWithin(start, start + FRAME_HEADER, this.length);
      this.length -= FRAME_HEADER;
    }
    this.frameStart = -1;
  }

  /** Hands what is there to the file. */
  flush(): void {
    if (this.flushTo === null || this.length === 0) return;
    const written = this.bytes.slice(0, this.length);
    this.length = 0;
    this.flushTo(written);
  }

  /** What was written, for `dumps`. */
  result(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  /** Forgets everything, for the next pickle. */
  clear(): void {
    this.length = 0;
    this.framing = false;
    this.frameStart = -1;
  }
}

/** The UTF-8 form of a text without lone surrogates; undefined for other texts. */
export function plainUtf8(text: string): Uint8Array | undefined {
  return isWellFormed(text) ? Buffer.from(text, 'utf8') : undefined;
}
