/** The record of `array.array`: growable packed memory. */
import { PyObject, type Value } from '../../core/value.ts';
import type { PyType } from '../../core/type.ts';
import { BufferError } from '../../objects/exception-types.ts';
import { raise } from '../../objects/raise.ts';
import type { ArrayCode } from './codes.ts';

/** `array.array`: `length` items of `code.size` bytes at the front of `buffer`; `exports` counts live views, which forbid resizing. */
export class PyArray extends PyObject {
  readonly code: ArrayCode;
  buffer: Uint8Array = new Uint8Array(0);
  view = new DataView(this.buffer.buffer);
  length = 0;
  exports = 0;

  constructor(type: PyType, code: ArrayCode) {
    super(type);
    this.code = code;
  }

  /** The bytes in use, as a window. */
  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length * this.code.size);
  }

  /** Item `i`, which exists. */
  at(i: number): Value {
    return this.code.get(this.view, i * this.code.size);
  }

  /** All items. */
  items(): Value[] {
    return Array.from({ length: this.length }, (_, i) => this.at(i));
  }

  /** Raises BufferError while a view is alive. */
  checkResizable(): void {
    if (this.exports > 0) raise(BufferError, 'cannot resize an array that is exporting buffers');
  }

  /** Changes the number of items; new ones are zero. */
  resize(length: number): void {
    if (length !== this.length) this.checkResizable();
    const size = length * this.code.size;
    if (size > this.buffer.length) {
      const larger = new Uint8Array(Math.max(size, 16, this.buffer.length + (this.buffer.length >> 1)));
      larger.set(this.bytes());
      this.buffer = larger;
      this.view = new DataView(larger.buffer);
    }
    this.length = length;
  }

  /** Replaces `count` items from `start` by the items in `bytes`. */
  splice(start: number, count: number, bytes: Uint8Array): void {
    const { size } = this.code;
    const old = this.length;
    const added = bytes.length / size;
    // The bytes may be this array's own.
    const own = bytes.buffer === this.buffer.buffer ? bytes.slice() : bytes;
    if (added > count) this.resize(old + added - count);
    else if (added < count) this.checkResizable();
    this.buffer.copyWithin((start + added) * size, (start + count) * size, old * size);
    this.buffer.set(own, start * size);
    if (added < count) this.resize(old + added - count);
  }
}
