/**
 * Character sets of East Asia with two bytes per character: tables from code to character and back, made of the host's decoders when they are first used.
 *
 * The host's tables are those of the web; `drop` and `patches` say where CPython's differ (RFC 1843, GB 2312-80, JIS X 0208, JIS X 0212, KS X 1001, Big5).
 */
import { assert } from '../../../../base/assert.ts';
import { lazy } from '../../../../base/lazy.ts';

/** Both directions. All characters are in the Basic Multilingual Plane, and 0 stands for none. */
export interface CharacterSet {
  /** Character of a code, which is `lead << 8 | trail`. */
  readonly decode: Uint16Array;
  /** Code of a character. */
  readonly encode: Uint16Array;
}

interface HostSource {
  readonly label: string;
  readonly prefix?: number;
  readonly leads: readonly [first: number, last: number];
  readonly trails: readonly (readonly [first: number, last: number])[];
  /** Whether the host's characters for private use belong to the set. */
  readonly privateUse?: boolean;
}

const FIRST_PRIVATE = '\ue000';
const LAST_PRIVATE = '\uf8ff';
const UNKNOWN = '\ufffd';
const LINE_FEED = 10;

/** What the host reads each code as. One lead byte at a time is decoded, with a line feed behind each code. */
function hostTable({ label, prefix, leads, trails, privateUse = false }: HostSource): Uint16Array {
  const decoder = new TextDecoder(label);
  const decode = new Uint16Array(0x10000);
  const all: number[] = [];
  for (const [first, last] of trails) for (let trail = first; trail <= last; trail++) all.push(trail);
  for (let lead = leads[0]; lead <= leads[1]; lead++) {
    const bytes = all.flatMap((trail) => (prefix === undefined ? [lead, trail, LINE_FEED] : [prefix, lead, trail, LINE_FEED]));
    const lines = decoder.decode(Uint8Array.from(bytes)).split('\n');
    assert(lines.length === all.length + 1, `${label} tells the codes of one lead byte apart`);
    all.forEach((trail, i) => {
      const line = lines[i]!;
      if (line.length !== 1 || line === UNKNOWN || (!privateUse && line >= FIRST_PRIVATE && line <= LAST_PRIVATE)) return;
      decode[(lead << 8) | trail] = line.charCodeAt(0);
    });
  }
  return decode;
}

/** Clears ranges of codes, each `aabb` or `aabb-aabb`, in hexadecimal. */
function drop(decode: Uint16Array, ranges: string): void {
  for (const range of ranges.split(' ')) {
    const [first, last = first] = range.split('-');
    decode.fill(0, parseInt(first!, 16), parseInt(last!, 16) + 1);
  }
}

/** Sets characters: `code:character`, in hexadecimal. */
function patch(decode: Uint16Array, patches: string): void {
  for (const entry of patches.split(' ')) {
    const [code, character] = entry.split(':');
    decode[parseInt(code!, 16)] = parseInt(character!, 16);
  }
}

/** The way back. Of several codes the first counts, except for those named: they count only if there is no other. */
function inverse(decode: Uint16Array, second: readonly number[] = []): Uint16Array {
  const encode = new Uint16Array(0x10000);
  for (let code = 0; code < decode.length; code++) {
    const character = decode[code]!;
    if (character !== 0 && encode[character] === 0 && !second.includes(code)) encode[character] = code;
  }
  for (const code of second) if (encode[decode[code]!] === 0) encode[decode[code]!] = code;
  return encode;
}

/** Encodings of characters that are not decoded to: `character:code`, in hexadecimal. */
function alsoEncode(encode: Uint16Array, entries: string): void {
  patch(encode, entries);
}

const UPPER_HALF = [[0xa1, 0xfe]] as const;
const GBK_TRAILS = [[0x40, 0x7e], [0x80, 0xfe]] as const;
const BIG5_TRAILS = [[0x40, 0x7e], [0xa1, 0xfe]] as const;

/** GB 2312. */
export const gb2312 = lazy((): CharacterSet => {
  const decode = hostTable({ label: 'gbk', leads: [0xa1, 0xf7], trails: UPPER_HALF });
  drop(decode, 'a2a1-a2aa a6e0-a6eb a6ee-a6f2 a6f4-a6f5 a8bb a8bd-a8be a8c0');
  patch(decode, 'a1a4:30fb a1aa:2015');
  return { decode, encode: inverse(decode) };
});

/** GBK. */
export const gbk = lazy((): CharacterSet => {
  const decode = hostTable({ label: 'gbk', leads: [0x81, 0xfe], trails: GBK_TRAILS });
  return { decode, encode: inverse(decode) };
});

/** The codes of GB 18030 (of the year 2000) with two bytes. */
export const gb18030 = lazy((): CharacterSet => {
  const decode = hostTable({ label: 'gb18030', leads: [0x81, 0xfe], trails: GBK_TRAILS, privateUse: true });
  patch(decode, 'a3a0:e5e5 a6d9:e78d a6da:e78e a6db:e78f a6dc:e790 a6dd:e791 a6de:e792 a6df:e793 a6ec:e794 a6ed:e795 a6f3:e796 a8bc:e7c7');
  patch(decode, 'fe59:e81e fe61:e826 fe66:e82b fe67:e82c fe6d:e832 fe7e:e843 fe90:e854 fea0:e864');
  return { decode, encode: inverse(decode) };
});

/** JIS X 0208, in codes of EUC. */
export const jisx0208 = lazy((): CharacterSet => {
  const decode = hostTable({ label: 'euc-jp', leads: [0xa1, 0xfe], trails: UPPER_HALF });
  drop(decode, 'ada1-adfe f9a1-fefe');
  patch(decode, 'a1c1:301c a1c2:2016 a1dd:2212 a1f1:a2 a1f2:a3 a2cc:ac');
  return { decode, encode: inverse(decode) };
});

/** JIS X 0212, in codes of EUC without the leading 8F. */
export const jisx0212 = lazy((): CharacterSet => {
  const decode = hostTable({ label: 'euc-jp', prefix: 0x8f, leads: [0xa1, 0xfe], trails: UPPER_HALF });
  drop(decode, 'f3a1-f3fe');
  patch(decode, 'a2b7:7e');
  return { decode, encode: inverse(decode) };
});

/** The two-byte codes of code page 932. */
export const cp932 = lazy((): CharacterSet => {
  const decode = hostTable({ label: 'shift_jis', leads: [0x81, 0xfc], trails: [[0x40, 0x7e], [0x80, 0xfc]], privateUse: true });
  decode.fill(0, 0xa000, 0xe000);
  const encode = inverse(decode);
  // What JIS X 0208 has in the places of Microsoft's wide signs.
  alsoEncode(encode, 'a2:8191 a3:8192 ac:81ca 2016:8161 2212:817c 301c:8160');
  return { decode, encode };
});

/** KS X 1001, in codes of EUC. */
export const ksx1001 = lazy((): CharacterSet => {
  const decode = hostTable({ label: 'euc-kr', leads: [0xa1, 0xfe], trails: UPPER_HALF });
  patch(decode, 'a2e6:20ac a2e7:ae');
  return { decode, encode: inverse(decode) };
});

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;

/** Code page 949 (Unified Hangul Code): KS X 1001, and the syllables that it lacks in the order of Unicode, in the free codes from 8141 on. */
export const cp949 = lazy((): CharacterSet => {
  const { decode: base, encode: known } = ksx1001();
  const decode = base.slice();
  const trails: number[] = [];
  for (const [first, last] of [[0x41, 0x5a], [0x61, 0x7a], [0x81, 0xfe]] as const) for (let trail = first; trail <= last; trail++) trails.push(trail);
  let lead = 0x81;
  let at = 0;
  for (let syllable = FIRST_SYLLABLE; syllable <= LAST_SYLLABLE; syllable++) {
    if (known[syllable] !== 0) continue;
    decode[(lead << 8) | trails[at++]!] = syllable;
    // From A1 on the upper half of a row belongs to KS X 1001.
    if (at < trails.length && (lead <= 0xa0 || trails[at]! <= 0xa0)) continue;
    lead++;
    at = 0;
  }
  return { decode, encode: inverse(decode) };
});

/** Fills the codes from `code` on with characters; rows of Big5 have 157 codes. */
function fillBig5(decode: Uint16Array, code: number, characters: Iterable<number>): void {
  for (const character of characters) {
    decode[code] = character;
    code += (code & 0xff) === 0x7e ? 0xa1 - 0x7e : (code & 0xff) === 0xfe ? 0x100 - 0xfe + 0x40 : 1;
  }
}

function* through(first: number, last: number): Iterable<number> {
  for (let character = first; character <= last; character++) yield character;
}

/** ETEN's kana, Cyrillic letters and numbers, which both forms of Big5 have and the host reads as private characters. */
function* etenCharacters(): Iterable<number> {
  yield* [0x30fe, 0x309d, 0x309e, 0x3005];
  yield* through(0x3041, 0x3093);
  yield* through(0x30a1, 0x30f6);
  yield* [0x414, 0x415, 0x401];
  yield* through(0x416, 0x41c);
  yield* through(0x423, 0x435);
  yield 0x451;
  yield* through(0x436, 0x44f);
  yield* through(0x2460, 0x2469);
  yield* through(0x2474, 0x247d);
}

const big5Base = lazy((): Uint16Array => hostTable({ label: 'big5', leads: [0xa1, 0xf9], trails: BIG5_TRAILS }));

/** Big5. */
export const big5 = lazy((): CharacterSet => {
  const decode = big5Base().slice();
  drop(decode, 'a3e1 f9d6-f9fe');
  patch(decode, 'a145:2022 a14e:ff64 a1c2:203e a1e3:223c a1f2:2641 a1f3:2609 a241:ff0f a242:ff3c a244:a5 a246:a2 a247:a3');
  fillBig5(decode, 0xc6a1, etenCharacters());
  return { decode, encode: inverse(decode, [0xa1fe, 0xa240, 0xa2cc, 0xa2ce]) };
});

/** Code page 950. */
export const cp950 = lazy((): CharacterSet => {
  const decode = big5Base().slice();
  fillBig5(decode, 0xc6a1, etenCharacters());
  const encode = inverse(decode, [0xa2cc, 0xa2ce]);
  alsoEncode(encode, 'a2:a246 a3:a247 a5:a244 2022:a145 203e:a1c2 223c:a1e3 2609:a1f3 2641:a1f2 ff64:a14e');
  return { decode, encode };
});
