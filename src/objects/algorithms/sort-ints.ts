/**
 * Sorting of ints that are JavaScript numbers. Equal ones cannot be told apart, so that no order of theirs has to be kept, and distribution beats comparison: an array of
 * few distinct values is counted, one of values within 2 ** 32 of each other sorted by digits (LSD radix sort). V8's own sort of doubles calls a function for each comparison.
 */

/** Shorter arrays are sorted by insertion. */
const MAX_INSERTION = 40;
/** Counted where there are at most so many possible values for each item. */
const COUNTS_PER_ITEM = 4;
/** Values of a digit, and bits, for arrays of at least LONG items, and for shorter ones. */
const LONG = 4096;
const LONG_DIGIT_BITS = 11;
const SHORT_DIGIT_BITS = 8;
const MAX_SPAN = 2 ** 32 - 1;

function insertionSort(items: number[]): void {
  for (let i = 1; i < items.length; i++) {
    const item = items[i]!;
    let j = i;
    for (; j > 0 && items[j - 1]! > item; j--) items[j] = items[j - 1]!;
    items[j] = item;
  }
}

function countingSort(items: number[], least: number, span: number): void {
  const counts = new Uint32Array(span + 1);
  for (let i = 0; i < items.length; i++) counts[items[i]! - least]!++;
  for (let value = 0, i = 0; value <= span; value++) for (let left = counts[value]!; left > 0; left--) items[i++] = value + least;
}

function radixSort(items: number[], least: number, span: number): void {
  const { length } = items;
  const bits = length < LONG ? SHORT_DIGIT_BITS : LONG_DIGIT_BITS;
  const mask = (1 << bits) - 1;
  let from = new Uint32Array(length);
  let to = new Uint32Array(length);
  for (let i = 0; i < length; i++) from[i] = items[i]! - least;
  const starts = new Uint32Array(mask + 1);
  for (let shift = 0; shift < 32 && span >= 2 ** shift; shift += bits) {
    starts.fill(0);
    for (let i = 0; i < length; i++) starts[(from[i]! >>> shift) & mask]!++;
    for (let digit = 0, start = 0; digit <= mask; digit++) {
      const count = starts[digit]!;
      starts[digit] = start;
      start += count;
    }
    for (let i = 0; i < length; i++) {
      const value = from[i]!;
      to[starts[(value >>> shift) & mask]!++] = value;
    }
    [from, to] = [to, from];
  }
  for (let i = 0; i < length; i++) items[i] = from[i]! + least;
}

/** Sorts safe integers in place, in ascending order. @hot `list.sort` of ints */
export function sortInts(items: number[]): void {
  const { length } = items;
  let least = items[0]!;
  let most = least;
  let isSorted = true;
  let isReversed = true;
  for (let i = 1; i < length; i++) {
    const item = items[i]!;
    const before = items[i - 1]!;
    if (item < before) isSorted = false;
    else if (item > before) isReversed = false;
    if (item < least) least = item;
    if (item > most) most = item;
  }
  if (isSorted) return;
  if (isReversed) {
    items.reverse();
    return;
  }
  const span = most - least;
  if (length <= MAX_INSERTION) insertionSort(items);
  else if (span <= COUNTS_PER_ITEM * length) countingSort(items, least, span);
  else if (span <= MAX_SPAN) radixSort(items, least, span);
  else Float64Array.from(items).sort().forEach((value, i) => (items[i] = value));
}
