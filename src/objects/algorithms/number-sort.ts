/**
 * Stable merge sort of what a number each orders: an int, a float, some characters of a str. Numbers are compared where they lie; timsort calls a function for each pair.
 */

/** Blocks sorted by insertion before they are merged. */
const BLOCK = 12;

/** Numbers, and the places of what they belong to, moved together. */
interface Rows {
  numbers: Float64Array;
  places: Int32Array;
}

function insertionSort({ numbers, places }: Rows, low: number, high: number): void {
  for (let i = low + 1; i < high; i++) {
    const number = numbers[i]!;
    const place = places[i]!;
    let k = i;
    for (; k > low && number < numbers[k - 1]!; k--) {
      numbers[k] = numbers[k - 1]!;
      places[k] = places[k - 1]!;
    }
    numbers[k] = number;
    places[k] = place;
  }
}

/** Merges [low, middle) and [middle, high) of `from` into `to`. */
function merge(from: Rows, to: Rows, low: number, middle: number, high: number): void {
  const { numbers, places } = from;
  const { numbers: toNumbers, places: toPlaces } = to;
  let a = low;
  let b = middle;
  for (let at = low; at < high; at++) {
    const taken = b < high && (a === middle || numbers[b]! < numbers[a]!) ? b++ : a++;
    toNumbers[at] = numbers[taken]!;
    toPlaces[at] = places[taken]!;
  }
}

function copy(from: Rows, to: Rows, low: number, high: number): void {
  for (let i = low; i < high; i++) {
    to.numbers[i] = from.numbers[i]!;
    to.places[i] = from.places[i]!;
  }
}

/** Sorts `numbers`, none of which is NaN, and `places` along with them; equal ones stay in their order. @hot `list.sort` of anything but plain ints */
export function sortByNumber(numbers: Float64Array, places: Int32Array): void {
  const { length } = numbers;
  let sorted = 1;
  while (sorted < length && numbers[sorted - 1]! <= numbers[sorted]!) sorted++;
  if (sorted >= length) return;
  const rows: Rows = { numbers, places };
  for (let low = 0; low < length; low += BLOCK) insertionSort(rows, low, Math.min(low + BLOCK, length));
  let from = rows;
  let to: Rows = { numbers: new Float64Array(length), places: new Int32Array(length) };
  for (let width = BLOCK; width < length; width *= 2) {
    for (let low = 0; low < length; low += 2 * width) {
      const middle = Math.min(low + width, length);
      const high = Math.min(middle + width, length);
      if (middle === high || from.numbers[middle - 1]! <= from.numbers[middle]!) copy(from, to, low, high);
      else merge(from, to, low, middle, high);
    }
    [from, to] = [to, from];
  }
  if (from !== rows) copy(from, rows, 0, length);
}

/** Units of a str that one number holds. */
export const UNITS = 3;
/** Values of a unit, and none. */
const VALUES = 0x1_0001;

/** The units of a str from `offset` on as a number; of two strs that are alike before, the lesser has the lesser one. */
export function unitsFrom(text: string, offset: number): number {
  let number = 0;
  for (let i = offset; i < offset + UNITS; i++) number = number * VALUES + (i < text.length ? text.charCodeAt(i) + 1 : 0);
  return number;
}

/** Whether a str with these units has no more of them. */
export function endsWithin(units: number): boolean {
  return units % VALUES === 0;
}
