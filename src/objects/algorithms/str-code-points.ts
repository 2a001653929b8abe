/**
 * Code-point views of JavaScript strings: a Python index counts a surrogate pair as one character.
 *
 * A string without surrogates, nearly every string, is indexed as it is. For one with surrogates the offsets of its code points are
 * computed once and kept while the same string is asked about again.
 */

const SURROGATE = /[\ud800-\udfff]/;

/** Strings up to this length are looked through faster by a loop than by V8's regular expressions, which know at once that a Latin-1 string has none. */
const TINY = 6;
/** Strings up to this length are tested again faster than they are looked up: V8's answer takes no time for Latin-1, and a comparison makes text that was put together flat first. */
const SHORT = 256;
/** Lengths of strings whose answers are remembered side by side: a power of two, less one. */
const REMEMBERED = 31;
/** A string longer than this is the only one of its kind that is remembered, so that the caches hold little. */
const HUGE = 1 << 20;

// Declared caches: the last strings asked about, by their lengths, and the offsets of the last one with surrogates.
const tested: string[] = new Array<string>(REMEMBERED + 2).fill('');
const answers = new Uint8Array(REMEMBERED + 2);
let asked = 0;
let lastIndexed = '';
let lastOffsets = new Int32Array(1);

/** Whether the string has any surrogate, paired or not. @hot len() and indexing of strs */
export function hasSurrogates(text: string): boolean {
  const { length } = text;
  if (length <= TINY) {
    for (let i = 0; i < length; i++) if ((text.charCodeAt(i) & 0xf800) === 0xd800) return true;
    return false;
  }
  // Asking for a character makes text that was put together flat; the engine's expressions take twice the time for it.
  if (length <= SHORT) return (text.charCodeAt(0) & 0xf800) === 0xd800 || SURROGATE.test(text);
  const at = length > HUGE ? REMEMBERED + 1 : length & REMEMBERED;
  if (text === tested[at]) {
    // An equal string may be another one, which takes longer to compare: now and then it takes the place. Writing each time would cost more.
    if ((++asked & 31) === 0) tested[at] = text;
    return answers[at] === 1;
  }
  const answer = SURROGATE.test(text);
  tested[at] = text;
  answers[at] = answer ? 1 : 0;
  return answer;
}

/** Whether surrogates stand in pairs only: for text of narrow characters the engine knows without looking. */
export function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}

/** Texts up to this length a loop looks through faster than the engine's count of UTF-8 bytes, which is a call. */
const SHORT_ASCII = 24;

/** Whether all characters are ASCII: then the text has as many bytes of UTF-8 as units, which the engine counts many at a time. */
export function isAsciiText(text: string): boolean {
  const { length } = text;
  if (length > SHORT_ASCII) return Buffer.byteLength(text) === length;
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** Unit offset of every code point, and the length at the end. */
function offsetsOf(text: string): Int32Array {
  if (text === lastIndexed) return lastOffsets;
  const offsets = new Int32Array(text.length + 1);
  let count = 0;
  for (let i = 0; i < text.length; i += unitsAt(text, i)) offsets[count++] = i;
  offsets[count] = text.length;
  lastOffsets = offsets.subarray(0, count + 1);
  lastIndexed = text;
  return lastOffsets;
}

function unitsAt(text: string, unit: number): number {
  const first = text.charCodeAt(unit);
  if (first < 0xd800 || first > 0xdbff) return 1;
  const second = text.charCodeAt(unit + 1);
  return second >= 0xdc00 && second <= 0xdfff ? 2 : 1;
}

/** len(text) */
export function strLength(text: string): number {
  return hasSurrogates(text) ? offsetsOf(text).length - 1 : text.length;
}

/** The character at an index from 0 to strLength - 1. */
export function strCharAt(text: string, index: number): string {
  if (!hasSurrogates(text)) return text[index]!;
  const offsets = offsetsOf(text);
  return text.slice(offsets[index]!, offsets[index + 1]!);
}

/** Unit offset of a code-point index from 0 to strLength. */
export function unitOffset(text: string, index: number): number {
  return hasSurrogates(text) ? offsetsOf(text)[index]! : index;
}

/** Code-point index of a unit offset that does not split a pair. */
export function codePointIndex(text: string, unit: number): number {
  if (!hasSurrogates(text)) return unit;
  const offsets = offsetsOf(text);
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** text[start:stop] for 0 ≤ start, stop ≤ strLength. */
export function strSubstring(text: string, start: number, stop: number): string {
  if (start >= stop) return '';
  if (!hasSurrogates(text)) return text.slice(start, stop);
  const offsets = offsetsOf(text);
  return text.slice(offsets[start]!, offsets[stop]!);
}

/** More characters than this are picked from bytes. */
const LONG_SLICE = 64;

function sliceAscii(text: string, start: number, count: number, step: number): string {
  const from = Buffer.from(text, 'latin1');
  const to = Buffer.allocUnsafe(count);
  for (let i = 0, at = start; i < count; i++, at += step) to[i] = from[at]!;
  return to.toString('latin1');
}

/** `count` characters from `start` in steps of `step`, all inside of the text (as PySlice_AdjustIndices leaves them). */
export function strSlice(text: string, start: number, count: number, step: number): string {
  if (count <= 0) return '';
  if (step === 1) return strSubstring(text, start, start + count);
  const plain = !hasSurrogates(text);
  if (count > LONG_SLICE && plain && isAsciiText(text)) return sliceAscii(text, start, count, step);
  let result = '';
  for (let i = 0, at = start; i < count; i++, at += step) result += plain ? text[at]! : strCharAt(text, at);
  return result;
}

/** The characters one by one. */
export function strCharacters(text: string): string[] {
  return hasSurrogates(text) ? Array.from(text) : text.split('');
}

/** ord of every character. */
export function codePointsOf(text: string): Uint32Array {
  const points = new Uint32Array(text.length);
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i)!;
    if (point > 0xffff) i++;
    points[count++] = point;
  }
  return count === points.length ? points : points.subarray(0, count);
}

/** The string of code points in points[start, end). */
export function strFromCodePoints(points: ArrayLike<number>, start = 0, end = points.length): string {
  let text = '';
  const part: number[] = [];
  for (let i = start; i < end; i++) {
    part.push(points[i]!);
    // Argument lists of some thousands are safe on every engine's stack.
    if (part.length === 4096) {
      text += String.fromCodePoint(...part);
      part.length = 0;
    }
  }
  return text + String.fromCodePoint(...part);
}

/** Python's order of strings: by code point, where JavaScript's own goes by unit. */
export function strCompare(a: string, b: string): number {
  if (a === b) return 0;
  if (!hasSurrogates(a) || !hasSurrogates(b)) {
    // One side without surrogates still meets units above the surrogates on the other.
    if (!hasSurrogates(a) && !hasSurrogates(b)) return a < b ? -1 : 1;
  }
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === length) return a.length < b.length ? -1 : 1;
  // A difference in the second half of a pair is a difference of the pairs.
  const start = i > 0 && unitsAt(a, i - 1) === 2 ? i - 1 : i > 0 && unitsAt(b, i - 1) === 2 ? i - 1 : i;
  return a.codePointAt(start)! < b.codePointAt(start)! ? -1 : 1;
}
