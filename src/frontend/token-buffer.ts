/** Tokens as parallel typed arrays: no object per token, and going back is setting an index. */

/** A growing list of tokens; the arrays are replaced when they grow, so readers fetch them from here. */
export class TokenBuffer {
  count = 0;
  types: Uint8Array;
  /** Index (UTF-16) of the first unit of the token in the source. */
  starts: Int32Array;
  /** Index after the last unit. */
  ends: Int32Array;
  linenos: Int32Array;
  /** Column of the start in UTF-8 bytes; -1 for tokens without text (INDENT, DEDENT, ENDMARKER). */
  columns: Int32Array;
  endLinenos: Int32Array;
  endColumns: Int32Array;
  /** How many brackets were open after the token. */
  levels: Uint8Array;
  /** The identifier of a NAME token, normalised; null for other tokens and for keywords. */
  readonly names: (string | null)[] = [];

  constructor(capacity: number) {
    this.types = new Uint8Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.linenos = new Int32Array(capacity);
    this.columns = new Int32Array(capacity);
    this.endLinenos = new Int32Array(capacity);
    this.endColumns = new Int32Array(capacity);
    this.levels = new Uint8Array(capacity);
  }

  /** Makes room for one more token. */
  reserve(): void {
    if (this.count < this.types.length) return;
    const capacity = this.types.length * 2 + 16;
    this.types = grown(this.types, new Uint8Array(capacity));
    this.starts = grown(this.starts, new Int32Array(capacity));
    this.ends = grown(this.ends, new Int32Array(capacity));
    this.linenos = grown(this.linenos, new Int32Array(capacity));
    this.columns = grown(this.columns, new Int32Array(capacity));
    this.endLinenos = grown(this.endLinenos, new Int32Array(capacity));
    this.endColumns = grown(this.endColumns, new Int32Array(capacity));
    this.levels = grown(this.levels, new Uint8Array(capacity));
  }
}

function grown<T extends Uint8Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
