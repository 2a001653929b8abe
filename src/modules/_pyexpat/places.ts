/** Lines, columns and bytes of a document: counted when somebody asks, from the place that was asked for last. */

import { strLength } from '../../objects/algorithms/str-code-points.ts';
import { normalizeLines } from './scan.ts';

/** Where something stands in a document. */
export interface Place {
  /** From 1. */
  readonly line: number;
  /** In characters, from 0. */
  readonly column: number;
  readonly byte: number;
}

/** See the file. The text comes in pieces: places are asked for as indices in what is there now. */
export class Places {
  private readonly byteLength: (text: string) => number;
  /** Text that was dropped, but is not counted yet: nobody may ever ask. */
  private uncounted = '';
  /** Behind what was dropped and counted. */
  private start: Place = { line: 1, column: 0, byte: 0 };
  /** The place at an index that was asked for. */
  private known = this.start;
  private knownAt = 0;

  /** `byteLength` says how many bytes a piece of the text took. */
  constructor(byteLength: (text: string) => number) {
    this.byteLength = byteLength;
  }

  /** Counts the bytes of a byte order mark, which is no text, but takes a column. */
  begin(bytes: number): void {
    if (bytes === 0 || this.start.byte > 0 || this.uncounted !== '') return;
    this.start = this.known = { line: 1, column: 1, byte: bytes };
    this.knownAt = 0;
  }

  /** The text begins behind `passed` from now on. */
  drop(passed: string): void {
    this.settle();
    this.uncounted = passed;
  }

  /** The place at an index of the text. */
  at(text: string, index: number): Place {
    this.settle();
    if (index < this.knownAt) [this.known, this.knownAt] = [this.start, 0];
    this.known = this.after(this.known, text.slice(this.knownAt, index));
    this.knownAt = index;
    return this.known;
  }

  private settle(): void {
    if (this.uncounted === '') return;
    this.start = this.known = this.after(this.start, this.uncounted);
    this.knownAt = 0;
    this.uncounted = '';
  }

  private after(place: Place, passed: string): Place {
    if (passed === '') return place;
    const text = normalizeLines(passed);
    let line = place.line;
    let last = -1;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      line++;
      last = at;
    }
    const width = strLength(text.slice(last + 1));
    return { line, column: last < 0 ? place.column + width : width, byte: place.byte + this.byteLength(passed) };
  }
}
