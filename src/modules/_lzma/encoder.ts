/** LZMA and LZMA2 streams: which symbols stand for the input (a lazy search, as xz's fast mode), and their packing. */
import { ByteBuffer } from '../_compression/byte-buffer.ts';
import { MatchFinder } from './match-finder.ts';
import { propertiesByte, type Properties } from './model.ts';
import { SymbolEncoder } from './range-encoder.ts';

/** How to encode. */
export interface EncoderOptions {
  readonly properties: Properties;
  readonly dictionarySize: number;
  /** Matches as long as this are taken at once. */
  readonly niceLength: number;
  /** How many places are tried. */
  readonly depth: number;
}

/** Input of one LZMA2 chunk; its output never needs more than the 64 KiB that a chunk may have, or it is stored. */
const CHUNK = 1 << 16;
/** A match this much farther must be a byte longer to be worth it. */
const FAR = 7;

/** Encodes bytes of a finder with an encoder of symbols. */
class Parser {
  readonly finder: MatchFinder;
  readonly symbols: SymbolEncoder;
  private readonly niceLength: number;
  /** A match that the look ahead found already, at this place in the stream. */
  private foundAt = -1;
  private found: readonly [number, number] = [0, 0];

  constructor(options: EncoderOptions) {
    this.finder = new MatchFinder(options.dictionarySize, options.depth);
    this.symbols = new SymbolEncoder(options.properties);
    this.niceLength = options.niceLength;
  }

  /** Encodes to `limit`, an index of the finder. */
  encode(limit: number): void {
    const { finder } = this;
    this.foundAt = -1;
    while (finder.at < limit) finder.at += this.step(limit);
  }

  private matchAt(index: number, limit: number): readonly [number, number] {
    const { finder } = this;
    const place = index - finder.at + finder.position;
    if (this.foundAt !== place) {
      finder.find(index, limit);
      this.found = [finder.matchLength, finder.matchDistance];
      this.foundAt = place;
    }
    return this.found;
  }

  private bestRepeat(limit: number): readonly [number, number] {
    const { finder, symbols } = this;
    let best: readonly [number, number] = [0, 0];
    for (let i = 0; i < 4; i++) {
      const length = finder.lengthAt(finder.at, symbols.reps[i]!, Math.min(273, limit - finder.at));
      if (length > best[0] && symbols.reps[i]! < finder.position) best = [length, i];
    }
    return best;
  }

  /** Encodes one symbol; returns how many bytes it stands for. */
  private step(limit: number): number {
    const { finder, symbols } = this;
    const { at, position } = finder;
    const [repeatLength, repeatIndex] = this.bestRepeat(limit);
    const [length, distance] = this.matchAt(at, limit);
    if (repeatLength >= 2 && (repeatLength >= this.niceLength || this.isRepeatBetter(repeatLength, length, distance))) {
      symbols.repeat(position, repeatIndex, repeatLength);
      return repeatLength;
    }
    if (length >= 3 && (length > 3 || distance < 1 << 14) && (length >= this.niceLength || !this.isNextBetter(limit, length, distance))) {
      symbols.match(position, distance, length);
      return length;
    }
    return this.single();
  }

  private isRepeatBetter(repeatLength: number, length: number, distance: number): boolean {
    return repeatLength + 1 >= length || (repeatLength + 2 >= length && distance >= 1 << 9) || (repeatLength + 3 >= length && distance >= 1 << 15);
  }

  private isNextBetter(limit: number, length: number, distance: number): boolean {
    const [nextLength, nextDistance] = this.matchAt(this.finder.at + 1, limit);
    if (nextLength < 3) return false;
    return (nextLength >= length && nextDistance < distance) || (nextLength === length + 1 && nextDistance >> FAR <= distance) || nextLength > length + 1;
  }

  private single(): number {
    const { finder, symbols } = this;
    const { at, bytes, position } = finder;
    const [newest] = symbols.reps;
    const matched = newest < position && at - newest - 1 >= 0 ? bytes[at - newest - 1]! : 0;
    if (matched === bytes[at] && newest < position && symbols.state >= 7) symbols.repeat(position, 0, 1);
    else symbols.literal(position, bytes[at]!, position === 0 ? 0 : bytes[at - 1]!, matched);
    return 1;
  }
}

/** An encoder of one stream. */
export interface StreamEncoder {
  /** Takes input; returns the output that is ready. */
  write(input: Uint8Array): Uint8Array;
  /** Ends the stream; returns the rest. */
  finish(): Uint8Array;
}

/** LZMA with an end marker. */
export class LzmaEncoder implements StreamEncoder {
  private readonly parser: Parser;

  constructor(options: EncoderOptions) {
    this.parser = new Parser(options);
  }

  write(input: Uint8Array): Uint8Array {
    const { finder, symbols } = this.parser;
    finder.append(input);
    // What comes next may make a match longer.
    if (finder.end - finder.at > CHUNK) this.parser.encode(finder.end - 273);
    return symbols.output.take(Infinity);
  }

  finish(): Uint8Array {
    const { finder, symbols } = this.parser;
    this.parser.encode(finder.end);
    symbols.endMarker(finder.position);
    symbols.flush();
    return symbols.output.take(Infinity);
  }
}

/** LZMA2: chunks of LZMA, and stored ones where that is shorter. */
export class Lzma2Encoder implements StreamEncoder {
  private readonly parser: Parser;
  private readonly output = new ByteBuffer();
  private needsDictionaryReset = true;
  private needsProperties = true;
  private needsState = true;

  constructor(options: EncoderOptions) {
    this.parser = new Parser(options);
  }

  write(input: Uint8Array): Uint8Array {
    const { finder } = this.parser;
    finder.append(input);
    while (finder.end - finder.at >= CHUNK + 273) this.chunk(finder.at + CHUNK);
    return this.output.take(Infinity);
  }

  finish(): Uint8Array {
    const { finder } = this.parser;
    while (finder.at < finder.end) this.chunk(Math.min(finder.end, finder.at + CHUNK));
    this.output.push(0);
    return this.output.take(Infinity);
  }

  private chunk(limit: number): void {
    const { finder, symbols } = this.parser;
    const start = finder.at;
    if (this.needsState) symbols.resetState();
    symbols.begin();
    this.parser.encode(limit);
    symbols.flush();
    const packed = symbols.output.take(Infinity);
    const plain = finder.bytes.subarray(start, limit);
    if (packed.length < plain.length && packed.length <= CHUNK) this.packed(packed, plain.length);
    else this.stored(plain);
  }

  private packed(bytes: Uint8Array, size: number): void {
    const reset = this.needsDictionaryReset ? 3 : this.needsProperties ? 2 : this.needsState ? 1 : 0;
    const [unpacked, packed] = [size - 1, bytes.length - 1];
    this.output.append(Uint8Array.of(0x80 | (reset << 5) | (unpacked >> 16), (unpacked >> 8) & 0xff, unpacked & 0xff, packed >> 8, packed & 0xff));
    if (reset >= 2) this.output.push(propertiesByte(this.parser.symbols.properties));
    this.output.append(bytes);
    this.needsDictionaryReset = this.needsProperties = this.needsState = false;
  }

  private stored(bytes: Uint8Array): void {
    const size = bytes.length - 1;
    this.output.append(Uint8Array.of(this.needsDictionaryReset ? 1 : 2, size >> 8, size & 0xff));
    this.output.append(bytes);
    this.needsDictionaryReset = false;
    this.needsState = true;
  }
}
