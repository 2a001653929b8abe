/**
 * Character classes and case mappings of Unicode 16, as CPython's `Py_UNICODE_IS*` and `_PyUnicode_To*Full`.
 *
 * The tables are decoded at the first question about a character outside ASCII; ASCII has a table of its own, so that a program that
 * only meets ASCII never pays for them. Source: CPython Objects/unicodectype.c.
 */
import { CASE_BLOCKS, CASE_INDEX, CASE_RECORDS, CASE_SPECIAL } from './case.generated.ts';
import { CodePointTrie } from './trie.ts';

export const ALPHA = 1;
export const DECIMAL = 2;
export const DIGIT = 4;
export const NUMERIC = 8;
export const PRINTABLE = 16;
export const XID_START = 32;
export const XID_CONTINUE = 64;
export const SPACE = 128;
export const LOWER = 256;
export const UPPER = 512;
export const TITLE = 1024;
export const CASE_IGNORABLE = 2048;
/** Any of the three cases: the Unicode property `Cased`. */
export const CASED = LOWER | UPPER | TITLE;

const FLAGS = 0;
const DIGIT_VALUE = 1;
const UPPER_DELTA = 2;
const LOWER_DELTA = 3;
const TITLE_DELTA = 4;
const FOLD_DELTA = 5;
const SIMPLE_LOWER_DELTA = 6;
const FIELDS = 7;

interface CaseTables {
  readonly trie: CodePointTrie;
  /** FIELDS numbers a record. */
  readonly records: Int32Array;
  readonly special: Readonly<Record<'U' | 'L' | 'T' | 'F', ReadonlyMap<number, string>>>;
}

let decoded: CaseTables | undefined;

function tables(): CaseTables {
  return (decoded ??= decodeTables());
}

function decodeTables(): CaseTables {
  const rows = CASE_RECORDS.split(';');
  const records = new Int32Array(rows.length * FIELDS);
  rows.forEach((row, i) => row.split(',').forEach((field, k) => (records[i * FIELDS + k] = parseInt(field, 36))));
  const { U, L, T, F } = CASE_SPECIAL;
  const special = { U: decodeSpecial(U), L: decodeSpecial(L), T: decodeSpecial(T), F: decodeSpecial(F) };
  return { trie: new CodePointTrie(CASE_BLOCKS, CASE_INDEX), records, special };
}

function decodeSpecial(text: string): Map<number, string> {
  const characters = [...text];
  const mappings = new Map<number, string>();
  for (let i = 0; i < characters.length; ) {
    const length = characters[i + 1]!.charCodeAt(0);
    mappings.set(characters[i]!.codePointAt(0)!, characters.slice(i + 2, i + 2 + length).join(''));
    i += 2 + length;
  }
  return mappings;
}

function field(codePoint: number, which: number): number {
  const { trie, records } = decoded ?? tables();
  return records[trie.recordOf(codePoint) * FIELDS + which]!;
}

const ASCII_FLAGS = makeAsciiFlags();

function makeAsciiFlags(): Uint16Array {
  const flags = new Uint16Array(128);
  for (let c = 32; c < 127; c++) flags[c] = PRINTABLE;
  for (const c of [9, 10, 11, 12, 13, 28, 29, 30, 31, 32]) flags[c]! |= SPACE;
  for (let c = 48; c < 58; c++) flags[c]! |= DECIMAL | DIGIT | NUMERIC | XID_CONTINUE;
  for (let c = 65; c < 91; c++) flags[c]! |= ALPHA | UPPER | XID_START | XID_CONTINUE;
  for (let c = 97; c < 123; c++) flags[c]! |= ALPHA | LOWER | XID_START | XID_CONTINUE;
  flags[95]! |= XID_START | XID_CONTINUE;
  for (const c of [39, 46, 58, 94, 96]) flags[c]! |= CASE_IGNORABLE;
  return flags;
}

/** All class flags of a code point. */
export function charFlags(codePoint: number): number {
  return codePoint < 128 ? ASCII_FLAGS[codePoint]! : field(codePoint, FLAGS);
}

/** Whether `str.isspace` holds of the character. */
export function isSpace(codePoint: number): boolean {
  return (charFlags(codePoint) & SPACE) !== 0;
}

/** Whether `repr` shows the character as it is. */
export function isPrintable(codePoint: number): boolean {
  return (charFlags(codePoint) & PRINTABLE) !== 0;
}

/** Whether the character ends a line for `str.splitlines`. */
export function isLineBreak(codePoint: number): boolean {
  if (codePoint < 128) return (codePoint >= 10 && codePoint <= 13) || (codePoint >= 28 && codePoint <= 30);
  return codePoint === 0x85 || codePoint === 0x2028 || codePoint === 0x2029;
}

/** The value of a decimal digit, or -1. */
export function decimalValue(codePoint: number): number {
  if (codePoint < 128) return codePoint >= 48 && codePoint <= 57 ? codePoint - 48 : -1;
  return (field(codePoint, FLAGS) & DECIMAL) !== 0 ? field(codePoint, DIGIT_VALUE) : -1;
}

/** The value of a digit (superscripts and circled digits included), or -1. */
export function digitValue(codePoint: number): number {
  if (codePoint < 128) return codePoint >= 48 && codePoint <= 57 ? codePoint - 48 : -1;
  return field(codePoint, DIGIT_VALUE);
}

/** Results for characters below this are kept: those of the alphabets, and of most punctuation. */
const KEPT_BELOW = 0x3000;

/** A full mapping of characters to text; the kept results are made when they are first asked for. */
function fullMapping(kind: keyof CaseTables['special'], delta: number): (codePoint: number) => string {
  const kept: string[] = [];
  const find = (codePoint: number): string => tables().special[kind].get(codePoint) ?? String.fromCodePoint(codePoint + field(codePoint, delta));
  return (codePoint) => {
    if (codePoint >= KEPT_BELOW) return find(codePoint);
    if (kept.length === 0) for (let i = 0; i < KEPT_BELOW; i++) kept.push('');
    const known = kept[codePoint]!;
    return known === '' ? (kept[codePoint] = find(codePoint)) : known;
  };
}

/** Upper case by the full mapping (`ß` → `SS`). */
export const toUpperFull = fullMapping('U', UPPER_DELTA);

/** Lower case by the full mapping, without the rule of the final sigma. */
export const toLowerFull = fullMapping('L', LOWER_DELTA);

/** Title case by the full mapping. */
export const toTitleFull = fullMapping('T', TITLE_DELTA);

/** Case folding by the full mapping. */
export const toFoldFull = fullMapping('F', FOLD_DELTA);

/** Lower case by the simple one-to-one mapping, as `re` with IGNORECASE compares. */
export function toLowerSimple(codePoint: number): number {
  if (codePoint < 128) return codePoint >= 65 && codePoint <= 90 ? codePoint + 32 : codePoint;
  return codePoint + field(codePoint, SIMPLE_LOWER_DELTA);
}
