/** The codecs that need no state: EUC, Shift JIS, GBK and their kin. Source: CPython Modules/cjkcodecs/_codecs_cn.c, _codecs_jp.c, _codecs_kr.c, _codecs_tw.c. */
import { lazy } from '../../../../base/lazy.ts';
import type { ByteSink } from '../errors.ts';
import { big5, cp932, cp949, cp950, gb18030, gb2312, gbk, jisx0208, jisx0212, ksx1001, type CharacterSet } from './character-set.ts';
import { INCOMPLETE, type CodecState, type MultibyteCodec } from './codec.ts';
import { FILLER, johab, lettersOf, syllableOf } from './hangul.ts';
import { isKatakana, KATAKANA_DISTANCE, romanByte } from './jisx0201.ts';

type DecodeOne = (bytes: Uint8Array, at: number, state: CodecState) => number;
type EncodeOne = (character: number, sink: ByteSink) => boolean;

const nothingToSet = (): void => {};

function stateless(name: string, decodeOne: DecodeOne, encodeOne: EncodeOne): MultibyteCodec {
  return { name, ascii: true, decodeOne, encodeOne, startDecoding: nothingToSet, startEncoding: nothingToSet, endEncoding: nothingToSet };
}

function one(state: CodecState, character: number): number {
  state.character = character;
  return 1;
}

/** Decodes the two bytes at `at` by a set. */
function pair(set: CharacterSet, bytes: Uint8Array, at: number, state: CodecState): number {
  if (at + 1 >= bytes.length) return INCOMPLETE;
  const character = set.decode[(bytes[at]! << 8) | bytes[at + 1]!]!;
  if (character === 0) return -1;
  state.character = character;
  return 2;
}

/** Writes a character of a set as two bytes. */
function putPair(set: CharacterSet, character: number, sink: ByteSink): boolean {
  const code = character < 0x10000 ? set.encode[character]! : 0;
  if (code === 0) return false;
  sink.push(code >> 8);
  sink.push(code & 0xff);
  return true;
}

function putOne(byte: number, sink: ByteSink): true {
  sink.push(byte);
  return true;
}

/** ASCII, and two bytes for all else. */
function asciiAndPairs(name: string, set: () => CharacterSet): MultibyteCodec {
  return stateless(
    name,
    (bytes, at, state) => (bytes[at]! < 128 ? one(state, bytes[at]!) : pair(set(), bytes, at, state)),
    (character, sink) => (character < 128 ? putOne(character, sink) : putPair(set(), character, sink)),
  );
}

const LINEAR_LIMIT = 39420;

/** The four-byte codes of GB 18030 for the Basic Multilingual Plane: its characters without a two-byte code, in order. */
const fourByteCharacters = lazy((): { characters: Uint16Array; places: Uint16Array } => {
  const { encode } = gb18030();
  const characters = new Uint16Array(LINEAR_LIMIT);
  const places = new Uint16Array(0x10000);
  let place = 0;
  for (let character = 0x80; character < 0x10000; character++) {
    if (encode[character] !== 0 || (character >= 0xd800 && character < 0xe000)) continue;
    places[character] = place;
    characters[place++] = character;
  }
  return { characters, places };
});

/** The place of U+10000 among the four-byte codes: that of 90 30 81 30. */
const SUPPLEMENTARY_PLACE = 15 * 12600;

function characterOfFour(place: number): number | undefined {
  if (place < LINEAR_LIMIT) return fourByteCharacters().characters[place];
  const character = place - SUPPLEMENTARY_PLACE + 0x10000;
  return place >= SUPPLEMENTARY_PLACE && character <= 0x10ffff ? character : undefined;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

const gb18030DecodeOne: DecodeOne = (bytes, at, state) => {
  const first = bytes[at]!;
  if (first < 128) return one(state, first);
  if (at + 1 >= bytes.length) return INCOMPLETE;
  if (!isDigit(bytes[at + 1]!)) return pair(gb18030(), bytes, at, state);
  if (at + 3 >= bytes.length) return INCOMPLETE;
  const [third, fourth] = [bytes[at + 2]!, bytes[at + 3]!];
  if (first < 0x81 || first > 0xfe || third < 0x81 || third > 0xfe || !isDigit(fourth)) return -1;
  const character = characterOfFour((((first - 0x81) * 10 + bytes[at + 1]! - 0x30) * 126 + third - 0x81) * 10 + fourth - 0x30);
  if (character === undefined) return -1;
  state.character = character;
  return 4;
};

const gb18030EncodeOne: EncodeOne = (character, sink) => {
  if (character < 128) return putOne(character, sink);
  if (putPair(gb18030(), character, sink)) return true;
  if (character >= 0xd800 && character < 0xe000) return false;
  const place = character < 0x10000 ? fourByteCharacters().places[character]! : character - 0x10000 + SUPPLEMENTARY_PLACE;
  sink.push(0x81 + Math.floor(place / 12600));
  sink.push(0x30 + (Math.floor(place / 1260) % 10));
  sink.push(0x81 + (Math.floor(place / 10) % 126));
  sink.push(0x30 + (place % 10));
  return true;
};

/** Lead byte of a letter of KS X 1001, and the trail bytes of the filler. */
const LETTERS = 0xa4;
const FILLER_TRAIL = 0xd4;

/** EUC-KR's eight bytes for a syllable that KS X 1001 lacks: the filler and three letters. */
function composed(bytes: Uint8Array, at: number, state: CodecState): number {
  if (at + 7 >= bytes.length) return INCOMPLETE;
  if (bytes[at + 2] !== LETTERS || bytes[at + 4] !== LETTERS || bytes[at + 6] !== LETTERS) return -1;
  const letter = (i: number): number => ksx1001().decode[(LETTERS << 8) | bytes[at + i]!]!;
  const syllable = syllableOf(letter(3), letter(5), letter(7));
  if (syllable === undefined) return -1;
  state.character = syllable;
  return 8;
}

const eucKrDecodeOne: DecodeOne = (bytes, at, state) => {
  if (bytes[at]! < 128) return one(state, bytes[at]!);
  if (bytes[at] === LETTERS && bytes[at + 1] === FILLER_TRAIL) return composed(bytes, at, state);
  return pair(ksx1001(), bytes, at, state);
};

const eucKrEncodeOne: EncodeOne = (character, sink) => {
  if (character < 128) return putOne(character, sink);
  if (putPair(ksx1001(), character, sink)) return true;
  const letters = lettersOf(character);
  if (letters === undefined) return false;
  putPair(ksx1001(), FILLER, sink);
  for (const letter of letters) putPair(ksx1001(), letter, sink);
  return true;
};

const SINGLE_SHIFT_2 = 0x8e;
const SINGLE_SHIFT_3 = 0x8f;

const eucJpDecodeOne: DecodeOne = (bytes, at, state) => {
  const first = bytes[at]!;
  if (first < 128) return one(state, first);
  if (first === SINGLE_SHIFT_2) {
    if (at + 1 >= bytes.length) return INCOMPLETE;
    if (!isKatakana(bytes[at + 1]!)) return -1;
    state.character = bytes[at + 1]! + KATAKANA_DISTANCE;
    return 2;
  }
  if (first !== SINGLE_SHIFT_3) return pair(jisx0208(), bytes, at, state);
  if (at + 2 >= bytes.length) return INCOMPLETE;
  return pair(jisx0212(), bytes, at + 1, state) === 2 ? 3 : -1;
};

const eucJpEncodeOne: EncodeOne = (character, sink) => {
  if (character < 128) return putOne(character, sink);
  if (romanByte(character) !== 0) return putOne(romanByte(character), sink);
  if (isKatakana(character - KATAKANA_DISTANCE)) {
    sink.push(SINGLE_SHIFT_2);
    return putOne(character - KATAKANA_DISTANCE, sink);
  }
  if (putPair(jisx0208(), character, sink)) return true;
  if (character >= 0x10000 || jisx0212().encode[character] === 0) return false;
  sink.push(SINGLE_SHIFT_3);
  return putPair(jisx0212(), character, sink);
};

/** JIS X 0208 with its rows and cells moved as Shift JIS has them: two rows for each lead byte, of which A0 to DF are left free. */
const shiftJisPairs = lazy((): CharacterSet => {
  const source = jisx0208().decode;
  const decode = new Uint16Array(0x10000);
  const encode = new Uint16Array(0x10000);
  for (let code = 0xa1a1; code <= 0xfefe; code++) {
    if (source[code] === 0) continue;
    const row = (code >> 8) - 0xa1;
    const cell = (code & 0xff) - 0xa1 + (row % 2) * 94;
    const lead = (row >> 1) + (row < 62 ? 0x81 : 0xc1);
    const shifted = (lead << 8) | (cell + (cell < 63 ? 0x40 : 0x41));
    decode[shifted] = source[code]!;
    encode[source[code]!] = shifted;
  }
  return { decode, encode };
});

/** The lead bytes of JIS X 0208; Shift JIS itself goes on to FC. */
function isShiftJisLead(byte: number): boolean {
  return (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xea);
}

const shiftJisDecodeOne: DecodeOne = (bytes, at, state) => {
  const first = bytes[at]!;
  if (first < 128) return one(state, first);
  if (isKatakana(first)) return one(state, first + KATAKANA_DISTANCE);
  return isShiftJisLead(first) ? pair(shiftJisPairs(), bytes, at, state) : -1;
};

const shiftJisEncodeOne: EncodeOne = (character, sink) => {
  if (character < 128) return putOne(character, sink);
  if (romanByte(character) !== 0) return putOne(romanByte(character), sink);
  return isKatakana(character - KATAKANA_DISTANCE) ? putOne(character - KATAKANA_DISTANCE, sink) : putPair(shiftJisPairs(), character, sink);
};

/** The bytes that stand for themselves or for private characters in code page 932. */
const CP932_SINGLES = new Map([[0x80, 0x80], [0xa0, 0xf8f0], [0xfd, 0xf8f1], [0xfe, 0xf8f2], [0xff, 0xf8f3]]);
const CP932_BYTES = new Map([...CP932_SINGLES].map(([byte, character]) => [character, byte]));

const cp932DecodeOne: DecodeOne = (bytes, at, state) => {
  const first = bytes[at]!;
  if (first < 128) return one(state, first);
  if (isKatakana(first)) return one(state, first + KATAKANA_DISTANCE);
  const single = CP932_SINGLES.get(first);
  return single === undefined ? pair(cp932(), bytes, at, state) : one(state, single);
};

const cp932EncodeOne: EncodeOne = (character, sink) => {
  if (character < 128) return putOne(character, sink);
  if (isKatakana(character - KATAKANA_DISTANCE)) return putOne(character - KATAKANA_DISTANCE, sink);
  const single = CP932_BYTES.get(character);
  return single === undefined ? putPair(cp932(), character, sink) : putOne(single, sink);
};

/** All of them. */
export const STATELESS_CODECS: readonly MultibyteCodec[] = [
  asciiAndPairs('gb2312', gb2312),
  asciiAndPairs('gbk', gbk),
  stateless('gb18030', gb18030DecodeOne, gb18030EncodeOne),
  stateless('shift_jis', shiftJisDecodeOne, shiftJisEncodeOne),
  stateless('cp932', cp932DecodeOne, cp932EncodeOne),
  stateless('euc_jp', eucJpDecodeOne, eucJpEncodeOne),
  stateless('euc_kr', eucKrDecodeOne, eucKrEncodeOne),
  asciiAndPairs('cp949', cp949),
  asciiAndPairs('johab', johab),
  asciiAndPairs('big5', big5),
  asciiAndPairs('cp950', cp950),
];
