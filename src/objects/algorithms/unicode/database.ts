/**
 * The Unicode character database behind the `unicodedata` module: Unicode 16.0, and 3.2 for `ucd_3_2_0`.
 *
 * Decoded at first use. Source: CPython Modules/unicodedata.c.
 */
import {
  DATA_BLOCKS, DATA_INDEX, DATA_RECORDS, DECOMPOSITIONS, DECOMPOSITION_TAGS, NUMERIC_VALUES, OLD_BLOCKS, OLD_DECOMPOSITIONS, OLD_INDEX,
  OLD_RECORDS,
} from './database.generated.ts';
import { CodePointTrie } from './trie.ts';

/** The properties of one class of characters. */
export interface CharacterRecord {
  readonly category: string;
  readonly bidirectional: string;
  readonly combining: number;
  readonly eastAsianWidth: string;
  readonly mirrored: number;
  /** Index into the numeric values, or -1. */
  readonly numericIndex: number;
}

/** A decomposition: its kind and the code points it maps to. */
export interface Decomposition {
  /** `composable` (canonical, also composes), `canonical`, or a compatibility tag as `<font>`. */
  readonly tag: string;
  readonly mapping: readonly number[];
}

class Database {
  private readonly trie = new CodePointTrie(DATA_BLOCKS, DATA_INDEX);
  private readonly records = DATA_RECORDS.split(';').map(decodeRecord);

  recordOf(codePoint: number): CharacterRecord {
    return this.records[this.trie.recordOf(codePoint)]!;
  }
}

class OldDatabase {
  private readonly trie = new CodePointTrie(OLD_BLOCKS, OLD_INDEX);
  private readonly rows = OLD_RECORDS.split(';').map((row) => row.split(','));
  readonly decompositions = new Map(OLD_DECOMPOSITIONS as readonly (readonly [number, string])[]);

  rowOf(codePoint: number): readonly string[] {
    return this.rows[this.trie.recordOf(codePoint)]!;
  }
}

function decodeRecord(row: string): CharacterRecord {
  const [category, bidirectional, combining, eastAsianWidth, mirrored, number] = row.split(',');
  return {
    category: category!,
    bidirectional: bidirectional!,
    combining: parseInt(combining!, 36),
    eastAsianWidth: eastAsianWidth!,
    mirrored: Number(mirrored),
    numericIndex: parseInt(number!, 36),
  };
}

let current: Database | undefined;
let old: OldDatabase | undefined;
let decompositions: Map<number, Decomposition> | undefined;

/** Category, bidirectional class, combining class, width and mirroring of a code point. */
export function characterRecord(codePoint: number): CharacterRecord {
  return (current ??= new Database()).recordOf(codePoint);
}

/** The numeric value, or undefined. */
export function numericValue(codePoint: number): number | undefined {
  const index = characterRecord(codePoint).numericIndex;
  return index < 0 ? undefined : NUMERIC_VALUES[index];
}

/** All decompositions but those of Hangul syllables, which follow a rule. */
export function allDecompositions(): ReadonlyMap<number, Decomposition> {
  return (decompositions ??= decodeDecompositions());
}

function decodeDecompositions(): Map<number, Decomposition> {
  const result = new Map<number, Decomposition>();
  let codePoint = 0;
  for (const entry of DECOMPOSITIONS.split(';')) {
    const [delta, tag, ...mapping] = entry.split(',').map((text) => parseInt(text, 36));
    codePoint += delta!;
    result.set(codePoint, { tag: DECOMPOSITION_TAGS[tag!]!, mapping });
  }
  return result;
}

const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;

/** The jamo of a Hangul syllable: two or three code points (section 3.12 of the Unicode standard). */
export function hangulDecomposition(codePoint: number): number[] | undefined {
  if (codePoint < HANGUL_FIRST || codePoint > HANGUL_LAST) return undefined;
  const syllable = codePoint - HANGUL_FIRST;
  const jamo = [0x1100 + Math.floor(syllable / 588), 0x1161 + Math.floor((syllable % 588) / 28)];
  if (syllable % 28 !== 0) jamo.push(0x11a7 + (syllable % 28));
  return jamo;
}

function hexText(mapping: readonly number[]): string {
  return mapping.map((c) => c.toString(16).toUpperCase().padStart(4, '0')).join(' ');
}

/** `unicodedata.decomposition`: as `<compat> 0020 0308`, or empty. */
export function decompositionText(codePoint: number): string {
  const jamo = hangulDecomposition(codePoint);
  if (jamo !== undefined) return hexText(jamo);
  const entry = allDecompositions().get(codePoint);
  if (entry === undefined) return '';
  const hex = hexText(entry.mapping);
  return entry.tag.startsWith('<') ? `${entry.tag} ${hex}` : hex;
}

/** What Unicode 3.2 said of a code point; category `Cn` when it was unassigned. */
export function oldRecord(codePoint: number): Omit<CharacterRecord, 'numericIndex'> {
  const row = (old ??= new OldDatabase()).rowOf(codePoint);
  const combining = row[0] === 'Cn' ? 0 : characterRecord(codePoint).combining;
  return { category: row[0]!, bidirectional: row[1]!, combining, eastAsianWidth: row[2]!, mirrored: Number(row[3]) };
}

/** The numeric value by Unicode 3.2, or undefined. */
export function oldNumericValue(codePoint: number): number | undefined {
  return oldRecord(codePoint).category === 'Cn' ? undefined : numericValue(codePoint);
}

/** The decomposition by Unicode 3.2. */
export function oldDecompositionText(codePoint: number): string {
  if (oldRecord(codePoint).category === 'Cn') return '';
  return old!.decompositions.get(codePoint) ?? decompositionText(codePoint);
}
