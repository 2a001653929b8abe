/**
 * Searching for long parts in linear time (Knuth, Morris, Pratt). The engine's own search is far faster on ordinary text and quadratic on text made to
 * defeat it, so this is used only where the quadratic time would be felt.
 */

/** Parts shorter than this cannot make the engine's search slow enough to matter. */
const LONG_PART = 512;
/** Comparisons that the engine's search may need in the worst case before this one is worth it: about a tenth of a second. */
const MANY_COMPARISONS = 1e8;

/** Whether searching `part` units in `whole` units should use `linearIndexOf`. */
export function isLongSearch(whole: number, part: number): boolean {
  return part >= LONG_PART && whole * part > MANY_COMPARISONS;
}

/** What is searched: units by index. */
export interface Units {
  readonly length: number;
  at(i: number): number;
}

let lastPart: unknown = null;
let lastBorders = new Int32Array(0);

/** By position: the length of the longest proper border of the part up to it. Kept for the part last searched, which `count` and `replace` search again. */
function borders(part: Units, identity: unknown): Int32Array {
  if (identity === lastPart && lastBorders.length === part.length) return lastBorders;
  const out = new Int32Array(part.length);
  for (let i = 1, k = 0; i < part.length; i++) {
    while (k > 0 && part.at(i) !== part.at(k)) k = out[k - 1]!;
    if (part.at(i) === part.at(k)) k++;
    out[i] = k;
  }
  lastPart = identity;
  lastBorders = out;
  return out;
}

/** The first index from `from` on where `part` lies in `whole`, or -1. `identity` stands for the part: equal identities are equal parts. */
export function linearIndexOf(whole: Units, part: Units, from: number, identity: unknown): number {
  const table = borders(part, identity);
  for (let i = from, k = 0; i < whole.length; i++) {
    const unit = whole.at(i);
    while (k > 0 && unit !== part.at(k)) k = table[k - 1]!;
    if (unit === part.at(k)) k++;
    if (k === part.length) return i - k + 1;
  }
  return -1;
}

/** A string's UTF-16 units. */
export function stringUnits(text: string): Units {
  return { length: text.length, at: (i) => text.charCodeAt(i) };
}
