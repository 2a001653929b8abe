/**
 * Codecs with several bytes per character: what one is, and running it over bytes and text.
 *
 * A codec converts one character at a time, so that error handlers, incremental codecs and streams share it. Source: CPython
 * Modules/cjkcodecs/multibytecodec.c.
 */
import { asBuffer } from '../../bytes-search.ts';
import { ByteSink, type CodecProblem, type DecodeErrorCallback, type Decoded, type EncodeErrorCallback } from '../errors.ts';

/** Bytes of a codec's state, as CPython's `MultibyteCodec_State`. */
const STATE_BYTES = 8;

/** Where a codec is between two characters: shifts and designations. */
export class CodecState {
  readonly bytes = new Uint8Array(STATE_BYTES);
  /** What the last step has decoded; `NOTHING` when it has only changed the state. */
  character = NOTHING;
}

/** No character. */
export const NOTHING = -1;
/** What a step returns when the input ends within a character. */
export const INCOMPLETE = 0;

/** A codec. Faulty input is no exception here but a result. */
export interface MultibyteCodec {
  /** As errors call it. */
  readonly name: string;
  /** Whether bytes below 128 are ASCII wherever a character may begin. */
  readonly ascii: boolean;
  /** Decodes a character into `state.character`. Returns how many bytes it took, `INCOMPLETE`, or how many are faulty, negated. */
  decodeOne(bytes: Uint8Array, at: number, state: CodecState): number;
  /** Writes a character; false when it cannot be written. */
  encodeOne(character: number, sink: ByteSink, state: CodecState): boolean;
  /** Sets the state at which decoding begins. */
  startDecoding(state: CodecState): void;
  /** Sets the state at which encoding begins. */
  startEncoding(state: CodecState): void;
  /** Writes what leads back to the state at which text begins and may end. */
  endEncoding(sink: ByteSink, state: CodecState): void;
}

const ILLEGAL = 'illegal multibyte sequence';
const INCOMPLETE_REASON = 'incomplete multibyte sequence';

/** The end of the ASCII characters from `at` on. */
function endOfAscii(bytes: Uint8Array, at: number): number {
  while (at < bytes.length && bytes[at]! < 128) at++;
  return at;
}

/** Decodes bytes; with `final` false an incomplete character at the end is left. */
export function decodeMultibyte(codec: MultibyteCodec, bytes: Uint8Array, state: CodecState, onError: DecodeErrorCallback, final: boolean): Decoded {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    if (codec.ascii && bytes[at]! < 128) {
      const end = endOfAscii(bytes, at);
      text += asBuffer(bytes).toString('latin1', at, end);
      at = end;
      continue;
    }
    const taken = codec.decodeOne(bytes, at, state);
    if (taken > 0) {
      if (state.character !== NOTHING) text += String.fromCodePoint(state.character);
      at += taken;
      continue;
    }
    if (taken === INCOMPLETE && !final) break;
    const problem = taken === INCOMPLETE
      ? { encoding: codec.name, reason: INCOMPLETE_REASON, start: at, end: bytes.length }
      : { encoding: codec.name, reason: ILLEGAL, start: at, end: at - taken };
    const { replacement, resume } = onError(problem);
    text += replacement;
    at = resume;
  }
  return { text, consumed: at };
}

/** What encoding asks for when a character cannot be written, and for text that stands in for it. */
export interface EncodeErrors {
  readonly onError: EncodeErrorCallback;
  /** Raises for a replacement that cannot be written either; the problem is about the replacement. */
  readonly raiseFor: (replacement: string, problem: CodecProblem) => never;
}

/** Encodes code points; with `end` the state is led back to where text begins. */
export function encodeMultibyte(codec: MultibyteCodec, points: Uint32Array, state: CodecState, errors: EncodeErrors, end: boolean): Uint8Array {
  const sink = new ByteSink(2 * points.length);
  for (let i = 0; i < points.length; ) {
    if (codec.encodeOne(points[i]!, sink, state)) {
      i++;
      continue;
    }
    const { replacement, resume } = errors.onError({ encoding: codec.name, reason: ILLEGAL, start: i, end: i + 1 });
    if (typeof replacement === 'string') encodeReplacement(codec, replacement, sink, state, errors);
    else sink.pushAll(replacement);
    i = resume;
  }
  if (end) codec.endEncoding(sink, state);
  return sink.take();
}

function encodeReplacement(codec: MultibyteCodec, replacement: string, sink: ByteSink, state: CodecState, errors: EncodeErrors): void {
  let at = 0;
  for (const character of replacement) {
    const problem = { encoding: codec.name, reason: ILLEGAL, start: at, end: ++at };
    if (!codec.encodeOne(character.codePointAt(0)!, sink, state)) errors.raiseFor(replacement, problem);
  }
}
