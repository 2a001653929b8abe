/**
 * Unicode normalisation (NFC, NFD, NFKC, NFKD) by the tables of Unicode 16, because the engine's own are of another version.
 *
 * Source: Unicode Standard Annex 15; the Hangul rule is section 3.12 of the standard.
 */
import { allDecompositions, characterRecord, hangulDecomposition, oldDecompositionText, oldRecord } from './database.ts';

/** The four forms. */
export type NormalForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

const HANGUL_SYLLABLES = 0xac00;
const HANGUL_L = 0x1100;
const HANGUL_V = 0x1161;
const HANGUL_T = 0x11a7;
const L_COUNT = 19;
const V_COUNT = 21;
const T_COUNT = 28;
const SYLLABLE_COUNT = L_COUNT * V_COUNT * T_COUNT;

let compositions: Map<number, number> | undefined;

function pairKey(first: number, second: number): number {
  return first * 0x110000 + second;
}

function compositionTable(): Map<number, number> {
  if (compositions !== undefined) return compositions;
  compositions = new Map();
  for (const [codePoint, { tag, mapping }] of allDecompositions()) {
    if (tag === 'composable') compositions.set(pairKey(mapping[0]!, mapping[1]!), codePoint);
  }
  return compositions;
}

function pushDecomposed(codePoint: number, compatible: boolean, old: boolean, into: number[]): void {
  if (codePoint < 0xa0) {
    into.push(codePoint);
    return;
  }
  const jamo = hangulDecomposition(codePoint);
  if (jamo !== undefined) {
    into.push(...jamo);
    return;
  }
  const mapping = old ? oldMapping(codePoint, compatible) : currentMapping(codePoint, compatible);
  if (mapping === undefined) into.push(codePoint);
  else for (const part of mapping) pushDecomposed(part, compatible, old, into);
}

function currentMapping(codePoint: number, compatible: boolean): readonly number[] | undefined {
  const entry = allDecompositions().get(codePoint);
  return entry === undefined || (!compatible && entry.tag.startsWith('<')) ? undefined : entry.mapping;
}

function oldMapping(codePoint: number, compatible: boolean): readonly number[] | undefined {
  const text = oldDecompositionText(codePoint);
  if (text === '' || (!compatible && text.startsWith('<'))) return undefined;
  return text.replace(/^<\w+> /, '').split(' ').map((hex) => parseInt(hex, 16));
}

function combiningClass(codePoint: number): number {
  return codePoint < 0x300 ? 0 : characterRecord(codePoint).combining;
}

/** Sorts each run of combining marks by combining class, stably. */
function reorder(codePoints: number[]): void {
  for (let i = 1; i < codePoints.length; i++) {
    const current = codePoints[i]!;
    const rank = combiningClass(current);
    if (rank === 0) continue;
    let k = i;
    for (; k > 0 && combiningClass(codePoints[k - 1]!) > rank; k--) codePoints[k] = codePoints[k - 1]!;
    codePoints[k] = current;
  }
}

function composePair(first: number, second: number): number | undefined {
  const l = first - HANGUL_L;
  const v = second - HANGUL_V;
  if (l >= 0 && l < L_COUNT && v >= 0 && v < V_COUNT) return HANGUL_SYLLABLES + (l * V_COUNT + v) * T_COUNT;
  const s = first - HANGUL_SYLLABLES;
  const t = second - HANGUL_T;
  if (s >= 0 && s < SYLLABLE_COUNT && s % T_COUNT === 0 && t > 0 && t < T_COUNT) return first + t;
  return compositionTable().get(pairKey(first, second));
}

function compose(codePoints: readonly number[]): number[] {
  const result: number[] = [];
  let starter = -1;
  let lastClass = 0;
  for (const codePoint of codePoints) {
    const rank = combiningClass(codePoint);
    const adjacent = starter === result.length - 1;
    if (starter >= 0 && (adjacent || (lastClass !== 0 && lastClass < rank))) {
      const composite = composePair(result[starter]!, codePoint);
      if (composite !== undefined) {
        result[starter] = composite;
        continue;
      }
    }
    if (rank === 0) starter = result.length;
    lastClass = rank;
    result.push(codePoint);
  }
  return result;
}

function encode(codePoints: readonly number[]): string {
  let text = '';
  for (let i = 0; i < codePoints.length; i += 4096) text += String.fromCodePoint(...codePoints.slice(i, i + 4096));
  return text;
}

/** Brings a string into a normal form; `old` selects Unicode 3.2, where characters assigned later stay as they are. */
export function normalize(form: NormalForm, text: string, old = false): string {
  // ASCII is in every normal form.
  if (/^[\0-\x7f]*$/.test(text)) return text;
  const compatible = form === 'NFKC' || form === 'NFKD';
  const codePoints: number[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    if (old && oldRecord(codePoint).category === 'Cn') codePoints.push(codePoint);
    else pushDecomposed(codePoint, compatible, old, codePoints);
  }
  reorder(codePoints);
  return encode(form === 'NFC' || form === 'NFKC' ? compose(codePoints) : codePoints);
}
