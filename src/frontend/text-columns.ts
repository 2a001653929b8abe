/** Columns: the distance between two places of a line, counted in UTF-16 units, UTF-8 bytes or characters. */

/** How many UTF-8 bytes the text between two indices takes; a lone surrogate counts three. */
export function utf8Length(text: string, start: number, end: number): number {
  let bytes = end - start;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    if (code < 0x800) bytes += 1;
    else if (code >= 0xd800 && code < 0xdc00 && isLowSurrogate(text, i + 1, end)) {
      bytes += 2;
      i++;
    } else bytes += 2;
  }
  return bytes;
}

/** How many characters (code points) the text between two indices has. */
export function characterLength(text: string, start: number, end: number): number {
  let count = end - start;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xd800 && code < 0xdc00 && isLowSurrogate(text, i + 1, end)) {
      count--;
      i++;
    }
  }
  return count;
}

/**
 * How many characters the first `bytes` UTF-8 bytes of the text hold; a character cut in two counts as one. Past the end of the text the result
 * is one more than its length, because CPython counts the NUL behind it.
 */
export function byteToCharacterOffset(text: string, bytes: number): number {
  let seen = 0;
  let count = 0;
  for (const character of text) {
    if (seen >= bytes) break;
    seen += utf8Length(character, 0, character.length);
    count++;
  }
  return seen < bytes ? count + 1 : count;
}

function isLowSurrogate(text: string, index: number, end: number): boolean {
  if (index >= end) return false;
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code < 0xe000;
}
