/** A checksum over words, for files that are executed: damage must not go unseen. */

/** FNV-1a over words instead of bytes, from word `start` on, with the upper bits folded in: every flipped bit reaches the low ones. */
export function checksumWords(words: Int32Array, start: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = start; i < words.length; i++) {
    hash = Math.imul(hash ^ words[i]!, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}
