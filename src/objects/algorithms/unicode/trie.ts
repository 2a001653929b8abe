/**
 * The two-level table behind every Unicode property: code point → number of its record.
 *
 * Layout: `index[cp >> 8]` is a block number, `blocks[block << 8 | cp & 255]` a record number.
 */

/** A decoded table; `recordOf` is the only thing readers need. */
export class CodePointTrie {
  private readonly index: Uint16Array;
  private readonly blocks: Uint16Array;

  /** Decodes what the generator wrote: run lengths in base 36, blocks separated by semicolons. */
  constructor(blocks: string, index: string) {
    const parts = blocks.split(';');
    this.blocks = new Uint16Array(parts.length << 8);
    for (let i = 0; i < parts.length; i++) decodeRuns(parts[i]!, this.blocks, i << 8);
    this.index = new Uint16Array(0x1100);
    decodeRuns(index, this.index, 0);
  }

  /** The record number of a code point below 0x110000. */
  recordOf(codePoint: number): number {
    return this.blocks[(this.index[codePoint >> 8]! << 8) | (codePoint & 255)]!;
  }
}

function decodeRuns(text: string, into: Uint16Array, start: number): void {
  let at = start;
  for (const run of text.split(' ')) {
    const colon = run.indexOf(':');
    const value = parseInt(colon < 0 ? run : run.slice(0, colon), 36);
    const length = colon < 0 ? 1 : parseInt(run.slice(colon + 1), 36);
    into.fill(value, at, at + length);
    at += length;
  }
}
