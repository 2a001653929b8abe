/** Syllables of Korean as letters: what EUC-KR's composed form and Johab write (KS X 1001, annexes 3 and 4). */
import type { CharacterSet } from './character-set.ts';
import { ksx1001 } from './character-set.ts';
import { lazy } from '../../../../base/lazy.ts';

const FIRST_SYLLABLE = 0xac00;
const VOWELS = 21;
const FINALS = 28;
const SYLLABLES = 19 * VOWELS * FINALS;
const FIRST_LETTER = 0x3131;
const FIRST_VOWEL = 0x314f;
/** A letter that stands for no letter. */
export const FILLER = 0x3164;

/** The letters that can begin a syllable, in order, as distances from U+3131. */
const INITIAL_LETTERS = [0, 1, 3, 6, 7, 8, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29];
/** Those that can end one; the first syllable of each row ends with none. */
const FINAL_LETTERS = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 25, 26, 27, 28, 29];

/** The three letters of a syllable, `FILLER` where it ends with a vowel; undefined for other characters. */
export function lettersOf(character: number): readonly [number, number, number] | undefined {
  const index = character - FIRST_SYLLABLE;
  if (index < 0 || index >= SYLLABLES) return undefined;
  const last = index % FINALS;
  return [
    FIRST_LETTER + INITIAL_LETTERS[Math.floor(index / FINALS / VOWELS)]!,
    FIRST_VOWEL + (Math.floor(index / FINALS) % VOWELS),
    last === 0 ? FILLER : FIRST_LETTER + FINAL_LETTERS[last - 1]!,
  ];
}

/** The syllable of three letters; undefined when they make none. */
export function syllableOf(initial: number, vowel: number, final: number): number | undefined {
  const first = INITIAL_LETTERS.indexOf(initial - FIRST_LETTER);
  const middle = vowel - FIRST_VOWEL;
  const last = final === FILLER ? 0 : FINAL_LETTERS.indexOf(final - FIRST_LETTER) + 1;
  if (first < 0 || middle < 0 || middle >= VOWELS || (last === 0 && final !== FILLER)) return undefined;
  return FIRST_SYLLABLE + (first * VOWELS + middle) * FINALS + last;
}

/** Johab's five bits for vowels: groups of six with two unused codes between them. */
const JOHAB_VOWELS = [3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 18, 19, 20, 21, 22, 23, 26, 27, 28, 29];
const NO_INITIAL = 1;
const NO_VOWEL = 2;
const NO_FINAL = 1;

function johabCode(initial: number, vowel: number, final: number): number {
  return 0x8000 | (initial << 10) | (vowel << 5) | final;
}

/** Five bits of the n-th final letter: 18 is unused. */
function johabFinal(n: number): number {
  return n < 16 ? n + 2 : n + 3;
}

function fillSyllables(decode: Uint16Array): void {
  for (let index = 0; index < SYLLABLES; index++) {
    const last = index % FINALS;
    const vowel = JOHAB_VOWELS[Math.floor(index / FINALS) % VOWELS]!;
    decode[johabCode(Math.floor(index / FINALS / VOWELS) + 2, vowel, last === 0 ? NO_FINAL : johabFinal(last - 1))] = FIRST_SYLLABLE + index;
  }
}

function fillLetters(decode: Uint16Array): void {
  FINAL_LETTERS.forEach((letter, i) => (decode[johabCode(NO_INITIAL, NO_VOWEL, johabFinal(i))] = FIRST_LETTER + letter));
  JOHAB_VOWELS.forEach((vowel, i) => (decode[johabCode(NO_INITIAL, vowel, NO_FINAL)] = FIRST_VOWEL + i));
  INITIAL_LETTERS.forEach((letter, i) => (decode[johabCode(i + 2, NO_VOWEL, NO_FINAL)] = FIRST_LETTER + letter));
  decode[johabCode(NO_INITIAL, NO_VOWEL, NO_FINAL)] = 0x3000;
}

const ROW = 94;
/** Letters of row 4 of KS X 1001 that Johab has as syllables without other letters: they are left out there. */
const FIRST_LETTER_CODE = 0xa4a1;
const LAST_LETTER_CODE = 0xa4d3;

/** The rest of KS X 1001: signs (rows 1 to 12) from D9 on, ideographs (rows 42 to 93) from E0 on; two rows for each lead byte. */
function fillOthers(decode: Uint16Array): void {
  const source = ksx1001().decode;
  for (let code = 0xa1a1; code <= 0xfefe; code++) {
    if (source[code] === 0 || (code >= FIRST_LETTER_CODE && code <= LAST_LETTER_CODE)) continue;
    const row = (code >> 8) - 0xa1;
    const lead = row < 12 ? 0xd9 + (row >> 1) : row >= 41 ? 0xe0 + ((row - 41) >> 1) : 0;
    if (lead === 0) continue;
    const place = (code & 0xff) - 0xa1 + ((row < 12 ? row : row - 41) % 2) * ROW;
    decode[(lead << 8) | (place < 78 ? place + 0x31 : place + 0x43)] = source[code]!;
  }
}

/** The two-byte codes of Johab. Of two codes for one character the later one is written: signs, and letters that can begin a syllable. */
export const johab = lazy((): CharacterSet => {
  const decode = new Uint16Array(0x10000);
  fillSyllables(decode);
  fillLetters(decode);
  fillOthers(decode);
  const encode = new Uint16Array(0x10000);
  decode.forEach((character, code) => character !== 0 && (encode[character] = code));
  return { decode, encode };
});
