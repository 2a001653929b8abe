/** Between Node's streams and the rings of interpreters: a source fills a ring from a stream, a sink empties a ring into one. */
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { EAI_AGAIN, EAI_FAIL, EAI_NONAME } from '../base/socket-protocol.ts';
import type { ByteRing } from '../base/byte-ring.ts';

const EIO = 5;

/** The number that an error of Node has for Python. */
export function errnoOfError(error: unknown): number {
  const { code, errno } = error as NodeJS.ErrnoException;
  if (code === 'ENOTFOUND' || code === 'EAI_NONAME' || code === 'EAI_NODATA') return EAI_NONAME;
  if (code === 'EAI_AGAIN') return EAI_AGAIN;
  if (code?.startsWith('EAI_') === true) return EAI_FAIL;
  const known = code === undefined ? undefined : (constants.errno as Readonly<Record<string, number>>)[code];
  return known ?? (typeof errno === 'number' && errno < 0 ? -errno : EIO);
}

/** Fills `ring`, whose one writer it is, from a stream; the stream is paused while the ring is full. */
export class RingSource {
  private readonly stream: Readable;
  private readonly ring: ByteRing;
  /** Tells the reader that the ring has changed. */
  private readonly wake: () => void;
  private rest: Uint8Array | null = null;
  private ended = false;
  /** The stream has ended with this errno while the ring had no room for its last bytes. */
  private endAfterRest: number | null = null;

  constructor(stream: Readable, ring: ByteRing, wake: () => void) {
    this.stream = stream;
    this.ring = ring;
    this.wake = wake;
    stream.on('data', (chunk: Buffer) => this.meet(chunk));
    stream.on('end', () => this.end());
    stream.on('close', () => this.end());
    stream.on('error', (error: Error) => this.end(errnoOfError(error)));
    stream.resume();
  }

  /** New bytes; some come although the stream is paused: Node resumes a child's output when the child has ended. */
  private meet(chunk: Uint8Array): void {
    if (this.rest === null) return this.take(chunk);
    this.rest = Buffer.concat([this.rest, chunk]);
    this.stream.pause();
  }

  private take(chunk: Uint8Array): void {
    let data = chunk;
    for (;;) {
      if (this.ring.broken) return this.abandon();
      data = data.subarray(this.ring.write(data));
      this.wake();
      if (data.length === 0) break;
      this.ring.wantRoom();
      // The reader may have made room before it could see that it has to say so.
      if (this.ring.free > 0 && this.ring.takeWantsRoom()) continue;
      this.rest = data;
      this.stream.pause();
      return;
    }
    this.rest = null;
    if (this.endAfterRest !== null) this.end(this.endAfterRest);
    else if (this.stream.isPaused()) this.stream.resume();
  }

  /** Nobody reads any more: whoever writes gets a broken pipe. */
  private abandon(): void {
    this.rest = null;
    this.ended = true;
    this.stream.destroy();
  }

  /** The reader has made room, or has gone. */
  resume(): void {
    if (this.ring.broken) return this.abandon();
    const { rest } = this;
    if (rest !== null) this.take(rest);
  }

  private end(errno = 0): void {
    if (this.ended) return;
    if (this.rest !== null) {
      this.endAfterRest ??= errno;
      return;
    }
    this.ended = true;
    if (errno !== 0) this.ring.fail(errno);
    this.ring.dropWriter();
    this.wake();
  }
}

/** Empties `ring`, whose reader it is, into a stream, and ends the stream when the ring has ended. */
export class RingSink {
  private readonly stream: Writable;
  private readonly ring: ByteRing;
  /** Tells the writer that the ring has changed. */
  private readonly wake: () => void;
  private waiting = false;
  private finished = false;

  constructor(stream: Writable, ring: ByteRing, wake: () => void) {
    this.stream = stream;
    this.ring = ring;
    this.wake = wake;
    stream.on('close', () => this.stop());
    stream.on('error', () => this.stop());
    this.pump();
  }

  private stop(): void {
    if (this.finished) return;
    this.finished = true;
    this.ring.dropReader();
    this.wake();
  }

  /** Bytes have come, or the last writer has gone. */
  pump(): void {
    while (!this.waiting && !this.finished) {
      const chunk = this.ring.take();
      if (chunk.length > 0) {
        this.wake();
        if (this.stream.write(chunk)) continue;
        this.waiting = true;
        this.stream.once('drain', () => {
          this.waiting = false;
          this.pump();
        });
      } else if (this.ring.ended) {
        this.finished = true;
        this.stream.end();
      } else {
        this.ring.wantBytes();
        // Bytes that came before the wish was there were not announced.
        if ((this.ring.available === 0 && !this.ring.ended) || !this.ring.takeWantsBytes()) return;
      }
    }
  }
}
