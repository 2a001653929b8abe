/** What `BZ2Decompressor` and `LZMADecompressor` share: input in pieces, output in pieces of at most `max_length`. */
import { ByteBuffer } from './byte-buffer.ts';

/** Decodes one stream. */
export interface StreamDecoder {
  /** Takes further input. */
  feed(input: Uint8Array): void;
  /** Decodes a piece into `output`; false when more input is needed, or at the end. Throws what is wrong with the stream. */
  advance(output: ByteBuffer): boolean;
  readonly finished: boolean;
  /** Input behind the end of the stream. */
  rest(): Uint8Array;
}

/** See the file. */
export class Decompressor {
  private readonly decoder: StreamDecoder;
  private readonly output = new ByteBuffer();
  eof = false;
  /** More input must come before there is more output. */
  needsInput = true;
  unused: Uint8Array = new Uint8Array(0);

  constructor(decoder: StreamDecoder) {
    this.decoder = decoder;
  }

  /** Output of further input, at most `limit` bytes. */
  decompress(input: Uint8Array, limit: number): Uint8Array {
    if (input.length > 0) this.decoder.feed(input);
    let more = true;
    while (more && this.output.length < limit) more = this.decoder.advance(this.output);
    const taken = this.output.take(limit);
    const isEmpty = this.output.length === 0;
    if (isEmpty && this.decoder.finished) {
      this.eof = true;
      this.unused = this.decoder.rest();
    }
    this.needsInput = !this.eof && isEmpty && !more;
    return taken;
  }
}
