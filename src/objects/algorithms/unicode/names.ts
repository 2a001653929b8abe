/**
 * Names of characters: code point ↔ name, with aliases and named sequences for look-up.
 *
 * Decoded at first use (some ten milliseconds). Source: CPython Modules/unicodedata.c (`_getucname`, `_getcode`).
 */
import { NAME_ALIASES, NAME_ALPHABET, NAME_ENTRIES, NAME_PREFIXES, NAME_WORDS } from './names.generated.ts';

interface NameTables {
  readonly byCodePoint: Map<number, string>;
  readonly byName: Map<string, number>;
  readonly aliases: Map<string, string>;
}

const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const HANGUL_PREFIX = 'HANGUL SYLLABLE ';
const JAMO_L = 'G GG N D DD R M B BB S SS  J JJ C K T P H'.split(' ');
const JAMO_V = 'A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I'.split(' ');
const JAMO_T = ' G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H'.split(' ');

let decoded: NameTables | undefined;

function tables(): NameTables {
  return (decoded ??= decodeTables());
}

function decodeTables(): NameTables {
  const byCodePoint = decodeEntries();
  const byName = new Map<string, number>();
  for (const [codePoint, name] of byCodePoint) byName.set(name, codePoint);
  const aliases = new Map<string, string>();
  for (const entry of NAME_ALIASES.split('|')) {
    const [name, points] = entry.split('=');
    aliases.set(name!, String.fromCodePoint(...points!.split('+').map((text) => parseInt(text, 36))));
  }
  return { byCodePoint, byName, aliases };
}

function decodeEntries(): Map<number, string> {
  const words = NAME_WORDS.split(' ');
  const rank = new Int16Array(128);
  for (let i = 0; i < NAME_ALPHABET.length; i++) rank[NAME_ALPHABET.charCodeAt(i)] = i;
  const result = new Map<number, string>();
  let codePoint = -1;
  let parts: string[] = [];
  for (const entry of NAME_ENTRIES.split('|')) {
    let at = 0;
    if (entry.charCodeAt(0) === 126) {
      at = entry.indexOf('~', 1) + 1;
      codePoint += parseInt(entry.slice(1, at - 1), 36);
    } else codePoint++;
    parts = parts.slice(0, rank[entry.charCodeAt(at++)]!);
    while (at < entry.length) {
      const [word, width] = readToken(entry, at, rank);
      parts.push(words[word]!);
      at += width;
    }
    result.set(codePoint, parts.join(' '));
  }
  return result;
}

/** A token is one character for the most frequent words, else two, else three; the first character tells which. */
function readToken(entry: string, at: number, rank: Int16Array): [word: number, width: number] {
  const n = NAME_ALPHABET.length;
  const oneCharacter = n - 8;
  const first = rank[entry.charCodeAt(at)]!;
  if (first < oneCharacter) return [first, 1];
  const second = rank[entry.charCodeAt(at + 1)]!;
  if (first >= n - 6) return [oneCharacter + (first - (n - 6)) * n + second, 2];
  return [oneCharacter + 6 * n + ((first - oneCharacter) * n + second) * n + rank[entry.charCodeAt(at + 2)]!, 3];
}

/** The name of a character, or undefined. */
export function characterName(codePoint: number): string | undefined {
  if (codePoint >= HANGUL_FIRST && codePoint <= HANGUL_LAST) {
    const s = codePoint - HANGUL_FIRST;
    return HANGUL_PREFIX + JAMO_L[Math.floor(s / 588)]! + JAMO_V[Math.floor((s % 588) / 28)]! + JAMO_T[s % 28]!;
  }
  for (const [prefix, first, last] of NAME_PREFIXES as [string, number, number][]) {
    if (codePoint >= first && codePoint <= last) return prefix + codePoint.toString(16).toUpperCase().padStart(4, '0');
  }
  return tables().byCodePoint.get(codePoint);
}

function hangulByName(name: string): number | undefined {
  const rest = name.slice(HANGUL_PREFIX.length);
  // The longest jamo wins at each place, as in CPython's find_syllable.
  const longest = (options: readonly string[], at: number): number => {
    let best = -1;
    options.forEach((jamo, i) => {
      if (rest.startsWith(jamo, at) && (best < 0 || jamo.length > options[best]!.length)) best = i;
    });
    return best;
  };
  const l = longest(JAMO_L, 0);
  const v = longest(JAMO_V, JAMO_L[l]!.length);
  if (v < 0) return undefined;
  const end = JAMO_L[l]!.length + JAMO_V[v]!.length;
  const t = longest(JAMO_T, end);
  return rest.length === end + JAMO_T[t]!.length ? HANGUL_FIRST + (l * 21 + v) * 28 + t : undefined;
}

/**
 * The character of a name, in any case; `undefined` when there is none. With `sequences`, named sequences answer too, with more than one
 * character (`unicodedata.lookup` does, `\N{...}` in a literal does not).
 */
export function lookupName(name: string, sequences: boolean): string | undefined {
  const upper = name.toUpperCase();
  if (upper.startsWith(HANGUL_PREFIX)) {
    const syllable = hangulByName(upper);
    return syllable === undefined ? undefined : String.fromCodePoint(syllable);
  }
  for (const [prefix, first, last] of NAME_PREFIXES as [string, number, number][]) {
    if (!upper.startsWith(prefix) || !/^[0-9A-F]{4,5}$/.test(upper.slice(prefix.length))) continue;
    const codePoint = parseInt(upper.slice(prefix.length), 16);
    if (codePoint >= first && codePoint <= last) return String.fromCodePoint(codePoint);
  }
  const { byName, aliases } = tables();
  const codePoint = byName.get(upper);
  if (codePoint !== undefined) return String.fromCodePoint(codePoint);
  const alias = aliases.get(upper);
  if (alias === undefined) return undefined;
  return sequences || alias.length === (alias.codePointAt(0)! > 0xffff ? 2 : 1) ? alias : undefined;
}
