/** Bytes that come in pieces: a growing buffer. */

/** Bytes added at the end; those at the front that are done with are dropped. */
export class ByteBuffer {
  bytes = new Uint8Array(1024);
  /** First byte that is still needed. */
  start = 0;
  /** Behind the last byte. */
  end = 0;

  /** Number of bytes. */
  get length(): number {
    return this.end - this.start;
  }

  /** Adds bytes. */
  append(more: Uint8Array): void {
    this.reserve(more.length);
    this.bytes.set(more, this.end);
    this.end += more.length;
  }

  /** Adds one byte. */
  push(byte: number): void {
    if (this.end === this.bytes.length) this.reserve(1);
    this.bytes[this.end++] = byte;
  }

  /** Makes room behind the end; the front moves down where that is enough. */
  reserve(count: number): void {
    if (this.end + count <= this.bytes.length) return;
    const { length } = this;
    const target = length + count <= this.bytes.length / 2 ? this.bytes : new Uint8Array(Math.max(2 * this.bytes.length, length + count));
    target.set(this.bytes.subarray(this.start, this.end));
    this.bytes = target;
    this.start = 0;
    this.end = length;
  }

  /** Takes bytes from the front, as a copy. */
  take(count: number): Uint8Array {
    const taken = this.bytes.slice(this.start, this.start + Math.min(count, this.length));
    this.start += taken.length;
    return taken;
  }
}
