/** Filling strings to a width: center, ljust, rjust, zfill, expandtabs. Source: CPython Objects/unicodeobject.c. */
import { strLength } from './str-code-points.ts';

/** Up to so many blanks and zeros are there already: what most fields are filled with. */
const MOST_READY = 32;
const BLANKS: readonly string[] = Array.from({ length: MOST_READY + 1 }, (_, count) => ' '.repeat(count));
const ZEROS: readonly string[] = Array.from({ length: MOST_READY + 1 }, (_, count) => '0'.repeat(count));

/** `fill`, `count` times; the count is not negative. @hot formats with a width */
export function filling(fill: string, count: number): string {
  if (count > MOST_READY) return fill.repeat(count);
  return fill === ' ' ? BLANKS[count]! : fill === '0' ? ZEROS[count]! : fill.repeat(count);
}

/** text.ljust(width, fill) */
export function strLjust(text: string, width: number, fill: string): string {
  const missing = width - strLength(text);
  return missing > 0 ? text + filling(fill, missing) : text;
}

/** text.rjust(width, fill) */
export function strRjust(text: string, width: number, fill: string): string {
  const missing = width - strLength(text);
  return missing > 0 ? filling(fill, missing) + text : text;
}

/** text.center(width, fill): an odd margin leans left for an odd width. */
export function strCenter(text: string, width: number, fill: string): string {
  const missing = width - strLength(text);
  if (missing <= 0) return text;
  const left = (missing >> 1) + (missing & width & 1);
  return filling(fill, left) + text + filling(fill, missing - left);
}

/** text.zfill(width): zeros go behind a sign. */
export function strZfill(text: string, width: number): string {
  const missing = width - strLength(text);
  if (missing <= 0) return text;
  const signed = text[0] === '+' || text[0] === '-';
  return signed ? text[0]! + filling('0', missing) + text.slice(1) : filling('0', missing) + text;
}

/** text.expandtabs(tabsize): a column counts from the last line feed or carriage return. */
export function strExpandtabs(text: string, tabsize: number): string {
  let result = '';
  let from = 0;
  let column = 0;
  for (let tab = text.indexOf('\t'); tab >= 0; tab = text.indexOf('\t', from)) {
    column = columnAfter(text, from, tab, column);
    const width = tabsize > 0 ? tabsize - (column % tabsize) : 0;
    result += text.slice(from, tab) + filling(' ', width);
    column += width;
    from = tab + 1;
  }
  return from === 0 ? text : result + text.slice(from);
}

/** The column behind the characters in [from, to), the first of which is in `column`. */
function columnAfter(text: string, from: number, to: number, column: number): number {
  let count = column;
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    if (unit === LINE_FEED || unit === CARRIAGE_RETURN) count = 0;
    // A pair of surrogates is one character.
    else if ((unit & 0xfc00) !== 0xdc00 || i === from || (text.charCodeAt(i - 1) & 0xfc00) !== 0xd800) count++;
  }
  return count;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
