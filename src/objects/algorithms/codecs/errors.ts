/**
 * What codecs ask their caller when input cannot be converted.
 *
 * The callback is the error handler with everything around it: it raises (strict) or says what stands in for the faulty part and where to
 * go on. Positions are byte offsets when decoding, code-point indices when encoding.
 */

/** The faulty part of an input, as UnicodeDecodeError and UnicodeEncodeError describe it. */
export interface CodecProblem {
  readonly encoding: string;
  readonly reason: string;
  readonly start: number;
  readonly end: number;
}

/** Answers a decoding problem. */
export type DecodeErrorCallback = (problem: CodecProblem) => { replacement: string; resume: number };

/** Answers an encoding problem; a str replacement is encoded by the same codec, and must be encodable. */
export type EncodeErrorCallback = (problem: CodecProblem) => { replacement: string | Uint8Array; resume: number };

/** What a decoder returns: with `final` false it may leave an incomplete end unconsumed. */
export interface Decoded {
  readonly text: string;
  readonly consumed: number;
}

/** Says that a replacement cannot be encoded; the codec then reports the original problem once more, strictly. */
export type RaiseStrict = (problem: CodecProblem) => never;

/** Collects output bytes. */
export class ByteSink {
  private bytes: Uint8Array;
  private length = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(Math.max(16, capacity));
  }

  push(byte: number): void {
    if (this.length === this.bytes.length) this.grow(1);
    this.bytes[this.length++] = byte;
  }

  pushAll(bytes: Uint8Array): void {
    if (this.length + bytes.length > this.bytes.length) this.grow(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  private grow(more: number): void {
    const larger = new Uint8Array(2 * this.bytes.length + more);
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  /** The collected bytes, in an array of their own. */
  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

/**
 * Runs an encoder over code points: `encodeOne` writes a code point or returns false; faulty runs go to the callback, whose text is encoded
 * by `encodeOne` too. `raiseStrict` is called when such text cannot be encoded.
 */
export function encodeCodePoints(
  points: Uint32Array,
  codec: { encoding: string; reason: string; encodeOne(point: number, sink: ByteSink): boolean; canEncode(point: number): boolean },
  onError: EncodeErrorCallback,
  raiseStrict: RaiseStrict,
): Uint8Array {
  const sink = new ByteSink(points.length);
  for (let i = 0; i < points.length; ) {
    if (codec.encodeOne(points[i]!, sink)) {
      i++;
      continue;
    }
    let end = i + 1;
    while (end < points.length && !codec.canEncode(points[end]!)) end++;
    const problem = { encoding: codec.encoding, reason: codec.reason, start: i, end };
    const { replacement, resume } = onError(problem);
    if (typeof replacement === 'string') {
      for (const character of replacement) if (!codec.encodeOne(character.codePointAt(0)!, sink)) raiseStrict(problem);
    } else sink.pushAll(replacement);
    i = resume;
  }
  return sink.take();
}

/** Whether a code point is half of a surrogate pair, which no UTF may encode by itself. */
export function isSurrogate(point: number): boolean {
  return point >= 0xd800 && point <= 0xdfff;
}
