/**
 * The ISO 2022 codecs: escape sequences designate character sets to G0, G1 and G2; shifts choose between them (RFC 1468, 1554, 1557, 2237).
 *
 * State: the sets of G0, G1 and G2 in bytes 0 to 2, as the final byte of their escape sequence, with the high bit for sets of two bytes; flags
 * in byte 4. Source: CPython Modules/cjkcodecs/_codecs_iso2022.c.
 */
import type { ByteSink } from '../errors.ts';
import { gb2312, jisx0208, jisx0212, ksx1001, type CharacterSet } from './character-set.ts';
import { INCOMPLETE, NOTHING, type CodecState, type MultibyteCodec } from './codec.ts';
import { greekCharacter } from './iso8859-7.ts';
import { isKatakana, KATAKANA_DISTANCE, romanByte, romanCharacter } from './jisx0201.ts';

/** A character set that can be designated. */
interface Designated {
  /** Final byte of its escape sequence, with the high bit for two bytes. */
  readonly mark: number;
  /** 0, 1 or 2: where it is designated to when writing. */
  readonly plane: number;
  readonly width: 1 | 2;
  /** The character of a code without high bits, or 0. */
  decode(code: number): number;
  /** The code of a character, or 0. */
  encode(character: number): number;
}

const ASCII = 0x42;
const DOUBLE = 0x80;
const HIGH_BITS = 0x8080;
const FLAGS = 4;
const SHIFTED = 1;
/** Within an escape sequence that is no designation, and passes through. */
const PASSING = 2;

const ESCAPE = 0x1b;
const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
const LINE_FEED = 0x0a;
const DOLLAR = 0x24;
const AMPERSAND = 0x26;
const OPEN = 0x28;
const CLOSE = 0x29;
const DOT = 0x2e;
const AT = 0x40;
const SINGLE_SHIFT_2 = 0x4e;

function double(final: string, plane: number, set: () => CharacterSet): Designated {
  return {
    mark: final.charCodeAt(0) | DOUBLE, plane, width: 2,
    decode: (code) => ((code & HIGH_BITS) === 0 ? set().decode[code | HIGH_BITS]! : 0),
    encode: (character) => (character < 0x10000 ? set().encode[character]! & ~HIGH_BITS : 0),
  };
}

const JISX0208 = double('B', 0, jisx0208);
/** The edition of 1978, which is read as the later one. */
const JISX0208_OLD = double('@', 0, jisx0208);
const JISX0212 = double('D', 0, jisx0212);
const KSX1001_G0 = double('C', 0, ksx1001);
const KSX1001_G1 = double('C', 1, ksx1001);
const GB2312 = double('A', 0, gb2312);
const ROMAN: Designated = { mark: 0x4a, plane: 0, width: 1, decode: romanCharacter, encode: romanByte };
const KATAKANA: Designated = {
  mark: 0x49, plane: 0, width: 1,
  decode: (code) => (isKatakana(code + 0x80) ? code + 0x80 + KATAKANA_DISTANCE : 0),
  encode: (character) => (isKatakana(character - KATAKANA_DISTANCE) ? character - KATAKANA_DISTANCE - 0x80 : 0),
};
/** The sets of G2 are read only, by single shifts; what they do not have is `NOTHING`. */
const LATIN_1: Designated = { mark: 0x41, plane: 2, width: 1, decode: (code) => (code < 128 ? code | 0x80 : NOTHING), encode: () => 0 };
const GREEK: Designated = { mark: 0x46, plane: 2, width: 1, decode: (code) => greekCharacter(code ^ 0x80) ?? NOTHING, encode: () => 0 };

interface Options {
  readonly shifts: boolean;
  readonly g2: boolean;
  /** Whether `ESC & @ ESC $ B` designates the second edition of JIS X 0208. */
  readonly editions: boolean;
}

const JAPANESE: Options = { shifts: false, g2: false, editions: true };

const isEscapeEnd = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || byte === AT;
const startsDesignation = (byte: number): boolean => byte === OPEN || byte === CLOSE || byte === DOLLAR || byte === DOT || byte === AMPERSAND;

/** Longest escape sequence that is looked at. */
const LONGEST_ESCAPE = 16;

/** The length of the escape sequence at `at`; 0 when it does not end, `INCOMPLETE_ESCAPE` when the input ends first. */
function escapeLength(bytes: Uint8Array, at: number, editions: boolean): number {
  for (let i = 1; i < LONGEST_ESCAPE; i++) {
    if (at + i >= bytes.length) return INCOMPLETE_ESCAPE;
    if (isEscapeEnd(bytes[at + i]!)) return i + 1;
    if (editions && bytes[at + i] === AMPERSAND && bytes[at + i + 1] === AT) i += 2;
  }
  return 0;
}

const INCOMPLETE_ESCAPE = -1;

/** What an escape sequence of `length` bytes designates, as its mark and the place; undefined when it is none. */
function designation(bytes: Uint8Array, at: number, length: number, options: Options): readonly [mark: number, plane: number] | undefined {
  const [second, third] = [bytes[at + 1]!, bytes[at + 2]!];
  if (length === 3) {
    if (second === DOLLAR) return [third | DOUBLE, 0];
    if (second === DOT && !options.g2) return undefined;
    const plane = [OPEN, CLOSE, DOT].indexOf(second);
    return plane < 0 ? undefined : [third, plane];
  }
  if (length === 4 && second === DOLLAR) {
    const plane = [OPEN, CLOSE].indexOf(third);
    return plane < 0 ? undefined : [bytes[at + 3]! | DOUBLE, plane];
  }
  const edition = length === 6 && options.editions && bytes[at + 3] === ESCAPE && bytes[at + 4] === DOLLAR && bytes[at + 5] === 0x42;
  return edition ? [JISX0208.mark, 0] : undefined;
}

class Iso2022Decoder {
  private readonly sets: ReadonlyMap<number, Designated>;
  private readonly options: Options;
  constructor(sets: readonly Designated[], options: Options) {
    this.sets = new Map(sets.map((set) => [set.mark, set]));
    this.options = options;
  }

  private escape(bytes: Uint8Array, at: number, state: CodecState): number {
    const length = escapeLength(bytes, at, this.options.editions);
    if (length === INCOMPLETE_ESCAPE) return INCOMPLETE;
    if (length === 0) return -1;
    const found = designation(bytes, at, length, this.options);
    if (found === undefined || (found[0] !== ASCII && !this.sets.has(found[0]))) return -length;
    state.bytes[found[1]] = found[0];
    state.character = NOTHING;
    return length;
  }

  private single(bytes: Uint8Array, at: number, state: CodecState): number {
    if (at + 2 >= bytes.length) return INCOMPLETE;
    const code = bytes[at + 2]!;
    const set = this.sets.get(state.bytes[2]!);
    const character = state.bytes[2] === ASCII && code < 128 ? code : set?.plane === 2 ? set.decode(code) : NOTHING;
    if (character === NOTHING) return -3;
    state.character = character;
    return 3;
  }

  private afterEscape(bytes: Uint8Array, at: number, state: CodecState): number {
    const second = bytes[at + 1];
    if (second === undefined) return INCOMPLETE;
    if (startsDesignation(second)) return this.escape(bytes, at, state);
    if (this.options.g2 && second === SINGLE_SHIFT_2) return this.single(bytes, at, state);
    state.bytes[FLAGS]! |= PASSING;
    return through(ESCAPE, state);
  }

  private graphic(bytes: Uint8Array, at: number, state: CodecState): number {
    const mark = state.bytes[(state.bytes[FLAGS]! & SHIFTED) === 0 ? 0 : 1]!;
    if (mark === ASCII) return through(bytes[at]!, state);
    const set = this.sets.get(mark);
    // No sequence designates other sets, but a state that a program has set may name one.
    if (set === undefined) return -1;
    if (at + set.width > bytes.length) return INCOMPLETE;
    const character = set.decode(set.width === 1 ? bytes[at]! : (bytes[at]! << 8) | bytes[at + 1]!);
    if (character === 0) return -set.width;
    state.character = character;
    return set.width;
  }

  decodeOne(bytes: Uint8Array, at: number, state: CodecState): number {
    const byte = bytes[at]!;
    if ((state.bytes[FLAGS]! & PASSING) !== 0) {
      if (isEscapeEnd(byte)) state.bytes[FLAGS]! &= ~PASSING;
      return through(byte, state);
    }
    if (byte === ESCAPE) return this.afterEscape(bytes, at, state);
    if (this.options.shifts && (byte === SHIFT_IN || byte === SHIFT_OUT)) {
      state.bytes[FLAGS] = byte === SHIFT_OUT ? state.bytes[FLAGS]! | SHIFTED : state.bytes[FLAGS]! & ~SHIFTED;
      state.character = NOTHING;
      return 1;
    }
    if (byte === LINE_FEED) state.bytes[FLAGS]! &= ~SHIFTED;
    if (byte < 0x20) return through(byte, state);
    return byte >= 128 ? -1 : this.graphic(bytes, at, state);
  }
}

function through(byte: number, state: CodecState): 1 {
  state.character = byte;
  return 1;
}

function leaveShift(sink: ByteSink, state: CodecState): void {
  if ((state.bytes[FLAGS]! & SHIFTED) === 0) return;
  sink.push(SHIFT_IN);
  state.bytes[FLAGS]! &= ~SHIFTED;
}

function enterAscii(sink: ByteSink, state: CodecState): void {
  if (state.bytes[0] === ASCII) return;
  sink.pushAll(Uint8Array.of(ESCAPE, OPEN, ASCII));
  state.bytes[0] = ASCII;
}

/** Designates a set, in the short form for those that were there before ISO 2022 had the long one. */
function designate(set: Designated, sink: ByteSink, state: CodecState): void {
  if (state.bytes[set.plane] === set.mark) return;
  state.bytes[set.plane] = set.mark;
  const final = set.mark & 0x7f;
  sink.push(ESCAPE);
  if (set.width === 2) sink.push(DOLLAR);
  if (set.mark !== JISX0208.mark && set.mark !== JISX0208_OLD.mark) sink.push(set.plane === 0 ? OPEN : CLOSE);
  sink.push(final);
}

function encodeBy(sets: readonly Designated[], character: number, sink: ByteSink, state: CodecState): boolean {
  if (character < 128) {
    enterAscii(sink, state);
    leaveShift(sink, state);
    sink.push(character);
    return true;
  }
  for (const set of sets) {
    const code = set.encode(character);
    if (code === 0) continue;
    if (set.plane === 0) leaveShift(sink, state);
    designate(set, sink, state);
    if (set.plane === 1 && (state.bytes[FLAGS]! & SHIFTED) === 0) {
      sink.push(SHIFT_OUT);
      state.bytes[FLAGS]! |= SHIFTED;
    }
    if (set.width === 2) sink.push(code >> 8);
    sink.push(code & 0xff);
    return true;
  }
  return false;
}

function iso2022(name: string, options: Options, sets: readonly Designated[]): MultibyteCodec {
  const decoder = new Iso2022Decoder(sets, options);
  const start = (planes: number) => (state: CodecState): void => {
    state.bytes.fill(0);
    state.bytes.fill(ASCII, 0, planes);
  };
  return {
    name, ascii: false,
    decodeOne: (bytes, at, state) => decoder.decodeOne(bytes, at, state),
    encodeOne: (character, sink, state) => encodeBy(sets, character, sink, state),
    startDecoding: start(3),
    startEncoding: start(2),
    endEncoding: (sink, state) => {
      leaveShift(sink, state);
      enterAscii(sink, state);
    },
  };
}

/** All of them. */
export const ISO2022_CODECS: readonly MultibyteCodec[] = [
  iso2022('iso2022_kr', { shifts: true, g2: false, editions: false }, [KSX1001_G1]),
  iso2022('iso2022_jp', JAPANESE, [JISX0208, ROMAN, JISX0208_OLD]),
  iso2022('iso2022_jp_1', JAPANESE, [JISX0208, JISX0212, ROMAN, JISX0208_OLD]),
  iso2022('iso2022_jp_2', { ...JAPANESE, g2: true }, [JISX0208, JISX0212, KSX1001_G0, GB2312, ROMAN, JISX0208_OLD, LATIN_1, GREEK]),
  iso2022('iso2022_jp_ext', JAPANESE, [JISX0208, JISX0212, ROMAN, KATAKANA, JISX0208_OLD]),
];
