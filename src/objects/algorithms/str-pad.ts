/** Filling strings to a width: center, ljust, rjust, zfill, expandtabs. Source: CPython Objects/unicodeobject.c. */
import { strLength } from './str-code-points.ts';

/** text.ljust(width, fill) */
export function strLjust(text: string, width: number, fill: string): string {
  const missing = width - strLength(text);
  return missing > 0 ? text + fill.repeat(missing) : text;
}

/** text.rjust(width, fill) */
export function strRjust(text: string, width: number, fill: string): string {
  const missing = width - strLength(text);
  return missing > 0 ? fill.repeat(missing) + text : text;
}

/** text.center(width, fill): an odd margin leans left for an odd width. */
export function strCenter(text: string, width: number, fill: string): string {
  const missing = width - strLength(text);
  if (missing <= 0) return text;
  const left = (missing >> 1) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

/** text.zfill(width): zeros go behind a sign. */
export function strZfill(text: string, width: number): string {
  const missing = width - strLength(text);
  if (missing <= 0) return text;
  const signed = text[0] === '+' || text[0] === '-';
  return signed ? text[0]! + '0'.repeat(missing) + text.slice(1) : '0'.repeat(missing) + text;
}

/** text.expandtabs(tabsize): a column counts from the last line feed or carriage return. */
export function strExpandtabs(text: string, tabsize: number): string {
  if (!text.includes('\t')) return text;
  let column = 0;
  return text.replace(/\t|[\n\r]|[^\t\n\r]+/g, (part) => {
    if (part === '\t') {
      const width = tabsize > 0 ? tabsize - (column % tabsize) : 0;
      column += width;
      return ' '.repeat(width);
    }
    column = part === '\n' || part === '\r' ? 0 : column + strLength(part);
    return part;
  });
}
