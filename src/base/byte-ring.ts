/**
 * A pipe in shared memory: bytes flow in one direction between workers or between a worker and the supervisor.
 *
 *   words: HEAD (bytes read) | TAIL (bytes written) | WRITERS | READERS | ERROR | LOCK | MARK | WANTS_BYTES | WANTS_ROOM | SERVED | SHARED | PAIRED      then CAPACITY bytes
 *
 * INV-1: HEAD and TAIL only grow (modulo 2^32) and TAIL - HEAD is at most the capacity.
 * INV-2: a writer fills the bytes before it moves TAIL, a reader copies them out before it moves HEAD.
 * INV-3: whoever holds LOCK copies at most CAPACITY bytes and never waits, so a spin on it is short.
 * INV-4: the capacity is a power of two.
 */

const HEAD = 0;
const TAIL = 1;
const WRITERS = 2;
const READERS = 3;
const ERROR = 4;
const LOCK = 5;
const MARK = 6;
const WANTS_BYTES = 7;
const WANTS_ROOM = 8;
const SERVED = 9;
const SHARED = 10;
const PAIRED = 11;
const WORDS = 16;

/** Bytes that a ring holds: a pipe of Linux. */
export const RING_CAPACITY = 65536;
/** Bytes that a ring holds of a connection which may stay inside the process: the kernel takes some megabytes before anybody reads. Memory is used as it is written to. */
export const WIDE_RING_CAPACITY = 1 << 20;

/** See the file's head. */
export class ByteRing {
  private readonly memory: SharedArrayBuffer;
  private isLent: boolean;
  private readonly words: Int32Array;
  private readonly bytes: Uint8Array;
  /** Bytes that it holds. */
  readonly capacity: number;

  /** A fresh ring with one reader and one writer, or the other side's view of `buffer`. */
  constructor(buffer?: SharedArrayBuffer, capacity = RING_CAPACITY) {
    this.memory = buffer ?? new SharedArrayBuffer(WORDS * 4 + capacity);
    this.isLent = buffer !== undefined;
    this.capacity = this.memory.byteLength - WORDS * 4;
    this.words = new Int32Array(this.memory, 0, WORDS);
    this.bytes = new Uint8Array(this.memory, WORDS * 4);
    if (buffer === undefined) this.begin();
  }

  private begin(): void {
    this.words[WRITERS] = 1;
    this.words[READERS] = 1;
  }

  /** The memory, for another thread: it may have it from now on. */
  get buffer(): SharedArrayBuffer {
    this.isLent = true;
    return this.memory;
  }

  /** Makes a ring that nobody reads or writes any more a fresh one; false where somebody might, or another thread. */
  renew(): boolean {
    if (this.isLent || !this.ended || !this.broken) return false;
    this.words.fill(0);
    this.begin();
    return true;
  }

  /** Bytes that can be read. */
  get available(): number {
    return (Atomics.load(this.words, TAIL) - Atomics.load(this.words, HEAD)) >>> 0;
  }

  /** Bytes that can be written. */
  get free(): number {
    return this.capacity - this.available;
  }

  /** Nothing will come any more: what is there can still be read. */
  get ended(): boolean {
    return Atomics.load(this.words, WRITERS) <= 0;
  }

  /** Nobody reads any more. */
  get broken(): boolean {
    return Atomics.load(this.words, READERS) <= 0;
  }

  /** The errno with which the stream failed; 0 for none. */
  get error(): number {
    return Atomics.load(this.words, ERROR);
  }

  /** Takes the error: it is reported once. */
  takeError(): number {
    return Atomics.exchange(this.words, ERROR, 0);
  }

  /** The stream has failed: the reader gets `errno` after what is there. */
  fail(errno: number): void {
    Atomics.store(this.words, ERROR, errno);
  }

  /** A word for the ring's owners: how far a connection is, connections that wait. */
  get mark(): number {
    return Atomics.load(this.words, MARK);
  }

  set mark(value: number) {
    Atomics.store(this.words, MARK, value);
  }

  /** Another interpreter has one of the ends: it is to be woken when there are bytes or room. */
  get shared(): boolean {
    return Atomics.load(this.words, SHARED) !== 0;
  }

  /** See `shared`. */
  markShared(): void {
    Atomics.store(this.words, SHARED, 1);
  }

  /** Both ends are sockets of this process: what one writes the other reads, and the supervisor only knows their names. */
  get paired(): boolean {
    return Atomics.load(this.words, PAIRED) !== 0;
  }

  /** See `paired`. */
  markPaired(): void {
    Atomics.store(this.words, PAIRED, 1);
  }

  /** The supervisor has a pump at one end: it is to be told when the other end closes. */
  get served(): boolean {
    return Atomics.load(this.words, SERVED) !== 0;
  }

  /** See `served`. */
  markServed(): void {
    Atomics.store(this.words, SERVED, 1);
  }

  addWriter(): void {
    Atomics.add(this.words, WRITERS, 1);
  }

  dropWriter(): void {
    Atomics.sub(this.words, WRITERS, 1);
  }

  addReader(): void {
    Atomics.add(this.words, READERS, 1);
  }

  dropReader(): void {
    Atomics.sub(this.words, READERS, 1);
  }

  /** The reader is a pump of the supervisor that has found the ring empty: it asks to be told of the next bytes. */
  wantBytes(): void {
    Atomics.store(this.words, WANTS_BYTES, 1);
  }

  /** Whether the reader has asked to be told of bytes; takes the wish back. */
  takeWantsBytes(): boolean {
    return Atomics.compareExchange(this.words, WANTS_BYTES, 1, 0) === 1;
  }

  /** The writer is a pump of the supervisor that has found the ring full: it asks to be told of room. */
  wantRoom(): void {
    Atomics.store(this.words, WANTS_ROOM, 1);
  }

  /** Whether the writer has asked to be told of room; takes the wish back. */
  takeWantsRoom(): boolean {
    return Atomics.compareExchange(this.words, WANTS_ROOM, 1, 0) === 1;
  }

  private lock(): void {
    while (Atomics.compareExchange(this.words, LOCK, 0, 1) !== 0);
  }

  private unlock(): void {
    Atomics.store(this.words, LOCK, 0);
  }

  /** Writes what fits; returns the count. With `whole`, writes all of `data` or nothing. */
  write(data: Uint8Array, whole = false): number {
    this.lock();
    const free = this.free;
    const count = Math.min(data.length, free);
    if (count === 0 || (whole && data.length > free)) {
      this.unlock();
      return 0;
    }
    const start = Atomics.load(this.words, TAIL) & (this.capacity - 1);
    const first = Math.min(count, this.capacity - start);
    this.bytes.set(data.subarray(0, first), start);
    if (count > first) this.bytes.set(data.subarray(first, count), 0);
    Atomics.add(this.words, TAIL, count);
    this.unlock();
    return count;
  }

  /** Copies what is there into `target`; returns the count. With `keep`, it stays in the ring. */
  read(target: Uint8Array, keep = false): number {
    this.lock();
    const count = Math.min(target.length, this.available);
    const start = Atomics.load(this.words, HEAD) & (this.capacity - 1);
    const first = Math.min(count, this.capacity - start);
    target.set(this.bytes.subarray(start, start + first));
    if (count > first) target.set(this.bytes.subarray(0, count - first), first);
    if (!keep) Atomics.add(this.words, HEAD, count);
    this.unlock();
    return count;
  }

  /** Everything that is there, at most `max` bytes, as a copy. */
  take(max = this.capacity): Uint8Array {
    const bytes = new Uint8Array(Math.min(max, this.available));
    const count = this.read(bytes);
    return count === bytes.length ? bytes : bytes.subarray(0, count);
  }
}

/** Bytes of a datagram's head: length of the address and of the data. */
const FRAME_HEAD = 8;

/** Puts a message with a word of text (an address) into a ring; false when there is no room. */
export function writeFrame(ring: ByteRing, address: string, data: Uint8Array): boolean {
  const name = new TextEncoder().encode(address);
  const frame = new Uint8Array(FRAME_HEAD + name.length + data.length);
  const head = new DataView(frame.buffer);
  head.setUint32(0, name.length);
  head.setUint32(4, data.length);
  frame.set(name, FRAME_HEAD);
  frame.set(data, FRAME_HEAD + name.length);
  return ring.write(frame, /* whole */ true) > 0;
}

/** Takes a message out of a ring, or looks at it (`keep`); undefined when there is none. */
export function readFrame(ring: ByteRing, keep = false): { address: string; data: Uint8Array } | undefined {
  const head = new Uint8Array(FRAME_HEAD);
  if (ring.read(head, /* keep */ true) < FRAME_HEAD) return undefined;
  const view = new DataView(head.buffer);
  const [nameLength, dataLength] = [view.getUint32(0), view.getUint32(4)];
  const frame = new Uint8Array(FRAME_HEAD + nameLength + dataLength);
  ring.read(frame, keep);
  return { address: new TextDecoder().decode(frame.subarray(FRAME_HEAD, FRAME_HEAD + nameLength)), data: frame.subarray(FRAME_HEAD + nameLength) };
}
