/**
 * What an unpickler reads: a buffer in memory, refilled from a file where there is one.
 *
 * With a file, `peek` lets a chunk be looked at ahead; what was used of it is read (skipped) before the next read and at the end, so that
 * the file stands right behind the pickle. INV-1: `peeked` is the offset from which on the buffer's bytes are still unread in the file, or
 * the buffer's length when all are read. INV-2: `limit` is how far opcodes may read now: to the end of the frame or of the buffer.
 * Source: CPython Modules/_pickle.c (_Unpickler_ReadFromFile, _Unpickler_SkipConsumed, _Unpickler_Readline).
 */
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { PyBytes } from '../../core/scalars.ts';
import { lookupAttr } from '../../objects/attributes.ts';
import { bytesLike } from '../../objects/buffer.ts';
import { call } from '../../objects/call.ts';
import { NotImplementedError } from '../../objects/exception-types.ts';
import { isRaised, raiseTypeError, typeName } from '../../objects/raise.ts';
import { raiseUnpickling } from './errors.ts';

/** Bytes looked at ahead. */
const PREFETCH = 128 * 1024;
const NOTHING = new Uint8Array(0);

/** The methods of a file. */
interface FileMethods {
  readonly read: Value;
  readonly readline: Value;
  peek: Maybe;
}

/** See the head of the file. */
export class PickleReader {
  bytes: Uint8Array = NOTHING;
  view: DataView = new DataView(NOTHING.buffer);
  position = 0;
  private limit = 0;
  /** The offset at which the current frame ends, or -1 outside of frames. */
  private frameEnd = -1;
  private peeked = 0;
  private readonly file: FileMethods | null;

  private constructor(file: FileMethods | null) {
    this.file = file;
  }

  /** Reads bytes in memory. */
  static ofBytes(bytes: Uint8Array): PickleReader {
    const reader = new PickleReader(null);
    reader.setInput(bytes);
    return reader;
  }

  /** Reads a file; raises TypeError when it has no `read` or `readline`. */
  static ofFile(t: Thread, file: Value): PickleReader {
    const peek = lookupAttr(t, file, 'peek');
    const read = lookupAttr(t, file, 'read');
    const readline = lookupAttr(t, file, 'readline');
    if (read === undefined || readline === undefined) raiseTypeError("file must have 'read' and 'readline' attributes");
    return new PickleReader({ read, readline, peek });
  }

  private setInput(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = 0;
    this.peeked = bytes.length;
    this.limit = bytes.length;
    this.frameEnd = -1;
  }

  /** Reads in the file what was used of the bytes looked at ahead. */
  skipConsumed(t: Thread): void {
    const consumed = this.position - this.peeked;
    if (this.file === null || consumed <= 0) return;
    call(t, this.file.read, [consumed]);
    this.peeked = this.position;
  }

  private fetch(t: Thread, method: Value, args: Value[]): Uint8Array {
    const result = call(t, method, args);
    return (result instanceof PyBytes ? result.value : bytesLike(t, result)) ?? raiseTypeError(`a bytes-like object is required, not '${typeName(result)}'`);
  }

  /** Looks ahead; whether `count` bytes are in the buffer then. */
  private prefetch(t: Thread, file: FileMethods, count: number): boolean {
    if (file.peek === undefined || count >= PREFETCH) return false;
    let ahead: Uint8Array;
    try {
      ahead = this.fetch(t, file.peek, [PREFETCH]);
    } catch (caught) {
      if (!isRaised(caught, NotImplementedError)) throw caught;
      file.peek = undefined;
      return false;
    }
    if (ahead.length === 0) return false;
    this.setInput(ahead);
    this.peeked = 0;
    return count <= ahead.length;
  }

  /** Makes `count` bytes available at `position`; false at the end of the input. @hot every opcode */
  has(t: Thread, count: number): boolean {
    return this.position + count <= this.limit || this.refill(t, count);
  }

  /** Begins a frame of `length` bytes; raises UnpicklingError when the one before has not ended. */
  enterFrame(t: Thread, length: number): void {
    if (this.frameEnd >= 0 && this.position < this.frameEnd) raiseUnpickling('beginning of a new frame before end of current frame');
    this.leaveFrame();
    this.need(t, length);
    this.frameEnd = this.position + length;
    this.limit = this.frameEnd;
  }

  private leaveFrame(): void {
    this.frameEnd = -1;
    this.limit = this.bytes.length;
  }

  /** An operand does not reach over the end of its frame. */
  private endFrame(): void {
    if (this.position < this.frameEnd) raiseUnpickling('pickle exhausted before end of frame');
    this.leaveFrame();
  }

  private refill(t: Thread, count: number): boolean {
    if (this.frameEnd >= 0) {
      this.endFrame();
      if (this.position + count <= this.limit) return true;
    }
    const { file } = this;
    if (file === null) return false;
    const rest = this.bytes.subarray(this.position);
    // What is left of a peeked buffer is still in the file; what is left of a read one must be kept.
    const kept = this.peeked < this.bytes.length ? NOTHING : rest;
    this.skipConsumed(t);
    if (kept.length === 0 && this.prefetch(t, file, count)) return true;
    const more = this.fetch(t, file.read, [count - kept.length]);
    this.setInput(kept.length === 0 ? more : Buffer.concat([kept, more]));
    return this.bytes.length >= count;
  }

  /** Raises UnpicklingError unless `count` bytes are there. @hot */
  need(t: Thread, count: number): void {
    if (!this.has(t, count)) raiseUnpickling('pickle data was truncated');
  }

  /** The next `count` bytes, not to be kept. */
  take(t: Thread, count: number): Uint8Array {
    this.need(t, count);
    const start = this.position;
    this.position = start + count;
    return this.bytes.subarray(start, start + count);
  }

  /** One line without its end; raises UnpicklingError when the end is missing. */
  line(t: Thread): Uint8Array {
    if (this.frameEnd >= 0 && this.position === this.frameEnd) this.leaveFrame();
    let end = this.bytes.indexOf(10, this.position);
    if (this.frameEnd >= 0 && (end < 0 || end >= this.frameEnd)) this.endFrame();
    if (end < 0 && this.file !== null) {
      this.readLine(t, this.file);
      end = this.bytes.indexOf(10, this.position);
    }
    if (end < 0) raiseUnpickling('pickle data was truncated');
    const start = this.position;
    this.position = end + 1;
    return this.bytes.subarray(start, end);
  }

  /** A line of at least `least` bytes; a shorter one counts as cut off. */
  lineOf(t: Thread, least: number): Uint8Array {
    const line = this.line(t);
    return line.length >= least ? line : raiseUnpickling('pickle data was truncated');
  }

  private readLine(t: Thread, file: FileMethods): void {
    const peekedRest = this.peeked < this.bytes.length;
    const kept = peekedRest ? NOTHING : this.bytes.slice(this.position);
    this.skipConsumed(t);
    const more = this.fetch(t, file.readline, []);
    this.setInput(kept.length === 0 ? more : Buffer.concat([kept, more]));
  }

  /** A line that is not empty, as Latin-1 text. */
  fullLine(t: Thread): string {
    return Buffer.from(this.lineOf(t, 1)).toString('latin1');
  }

  /** A line as Latin-1 text. */
  textLine(t: Thread): string {
    return Buffer.from(this.line(t)).toString('latin1');
  }

  /** One byte. */
  u8(t: Thread): number {
    this.need(t, 1);
    return this.bytes[this.position++]!;
  }

  /** A 16-bit number. */
  u16(t: Thread): number {
    this.need(t, 2);
    const value = this.view.getUint16(this.position, true);
    this.position += 2;
    return value;
  }

  /** A signed 32-bit number. */
  i32(t: Thread): number {
    this.need(t, 4);
    const value = this.view.getInt32(this.position, true);
    this.position += 4;
    return value;
  }

  /** An unsigned 32-bit number. */
  u32(t: Thread): number {
    return this.i32(t) >>> 0;
  }

  /** A 64-bit number; those beyond 2**53 come out inexact, and are larger than anything that can be there. */
  u64(t: Thread): number {
    const low = this.u32(t);
    return this.u32(t) * 4294967296 + low;
  }
}
