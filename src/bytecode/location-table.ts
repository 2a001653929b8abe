/**
 * The location table of a code object (PEP 626, PEP 657): source line and columns of every unit.
 *
 * An entry covers up to eight units. Its first byte is `0x80 | form << 3 | length - 1`. Forms: 0-9 short (same line, columns in
 * one more byte), 10-12 one line (line advanced by form - 10, two column bytes), 13 no columns, 14 long, 15 no location.
 * Numbers are little-endian varints of six bits; signed ones keep the sign in bit 0.
 * Source: CPython 3.14 `InternalDocs/code_objects.md`.
 */
import type { CodeObject } from './code.ts';

const FORM_ONE_LINE = 10;
const FORM_NO_COLUMNS = 13;
const FORM_LONG = 14;
const FORM_NONE = 15;
const MAX_UNITS = 8;

/** Source range of one instruction; -1 where unknown, columns are UTF-8 byte offsets. */
export interface Position {
  readonly lineno: number;
  readonly endLineno: number;
  readonly colOffset: number;
  readonly endColOffset: number;
}

/** Collects the table; ranges are added in order of the code. */
export class LocationTableWriter {
  readonly #bytes: number[] = [];
  #line: number;

  constructor(firstLine: number) {
    this.#line = firstLine;
  }

  /** Adds `units` units at a position; `lineno` -1 for none. */
  add(units: number, lineno: number, endLineno: number, col: number, endCol: number): void {
    while (units > MAX_UNITS) {
      this.#addEntry(MAX_UNITS, lineno, endLineno, col, endCol);
      units -= MAX_UNITS;
    }
    if (units > 0) this.#addEntry(units, lineno, endLineno, col, endCol);
  }

  /** The finished table; the caller owns it. */
  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #addEntry(units: number, lineno: number, endLineno: number, col: number, endCol: number): void {
    if (lineno < 0) return this.#start(FORM_NONE, units);
    const delta = lineno - this.#line;
    this.#line = lineno;
    if (col < 0 || endCol < 0) {
      if (endLineno === lineno || endLineno < 0) {
        this.#start(FORM_NO_COLUMNS, units);
        return this.#signed(delta);
      }
    } else if (endLineno === lineno) {
      if (delta === 0 && col < 80 && endCol - col < 16 && endCol >= col) {
        this.#start(col >> 3, units);
        this.#bytes.push(((col & 7) << 4) | (endCol - col));
        return;
      }
      if (delta >= 0 && delta < 3 && col < 128 && endCol < 128) {
        this.#start(FORM_ONE_LINE + delta, units);
        this.#bytes.push(col, endCol);
        return;
      }
    }
    this.#start(FORM_LONG, units);
    this.#signed(delta);
    this.#unsigned(endLineno - lineno);
    this.#unsigned(col + 1);
    this.#unsigned(endCol + 1);
  }

  #start(form: number, units: number): void {
    this.#bytes.push(0x80 | (form << 3) | (units - 1));
  }

  #unsigned(value: number): void {
    // Unsigned shifts: CPython writes a negative difference of lines as a 32-bit number.
    value >>>= 0;
    while (value >= 64) {
      this.#bytes.push(0x40 | (value & 63));
      value >>>= 6;
    }
    this.#bytes.push(value);
  }

  #signed(value: number): void {
    this.#unsigned(value < 0 ? (-value << 1) | 1 : value << 1);
  }
}

/** Walks a location table entry by entry. After `next()` returned true the fields describe units `start` to `end` (exclusive). */
export class LocationCursor {
  readonly #table: Uint8Array;
  #at = 0;
  #currentLine: number;
  start = 0;
  end = 0;
  lineno = -1;
  endLineno = -1;
  colOffset = -1;
  endColOffset = -1;

  constructor(table: Uint8Array, firstLine: number) {
    this.#table = table;
    this.#currentLine = firstLine;
  }

  /** Moves to the next entry; false at the end. */
  next(): boolean {
    if (this.#at >= this.#table.length) return false;
    const first = this.#byte();
    this.start = this.end;
    this.end += (first & 7) + 1;
    this.#decode((first >> 3) & 15);
    return true;
  }

  #decode(form: number): void {
    this.colOffset = -1;
    this.endColOffset = -1;
    if (form === FORM_NONE) {
      this.lineno = -1;
      this.endLineno = -1;
      return;
    }
    if (form === FORM_LONG) this.#decodeLong();
    else if (form === FORM_NO_COLUMNS) this.#setLine(this.#signed());
    else if (form >= FORM_ONE_LINE) {
      this.#setLine(form - FORM_ONE_LINE);
      this.colOffset = this.#byte();
      this.endColOffset = this.#byte();
    } else {
      this.#setLine(0);
      const columns = this.#byte();
      this.colOffset = (form << 3) | ((columns >> 4) & 7);
      this.endColOffset = this.colOffset + (columns & 15);
    }
  }

  #decodeLong(): void {
    this.#setLine(this.#signed());
    this.endLineno = this.lineno + this.#unsigned();
    this.colOffset = this.#unsigned() - 1;
    this.endColOffset = this.#unsigned() - 1;
  }

  #setLine(delta: number): void {
    this.#currentLine += delta;
    this.lineno = this.#currentLine;
    this.endLineno = this.#currentLine;
  }

  #byte(): number {
    return this.#table[this.#at++] ?? 0;
  }

  #unsigned(): number {
    let byte = this.#byte();
    let value = byte & 63;
    for (let shift = 6; (byte & 64) !== 0; shift += 6) {
      byte = this.#byte();
      value |= (byte & 63) << shift;
    }
    return value;
  }

  #signed(): number {
    const value = this.#unsigned();
    return (value & 1) === 1 ? -(value >>> 1) : value >>> 1;
  }
}

/** The position of every unit (`co_positions`), EXTENDED_ARG and CACHE units included. */
export function codePositions(code: CodeObject): Position[] {
  const out: Position[] = [];
  const cursor = new LocationCursor(code.linetable, code.firstlineno);
  while (cursor.next()) {
    const { lineno, endLineno, colOffset, endColOffset } = cursor;
    const position: Position = { lineno, endLineno, colOffset, endColOffset };
    for (let i = cursor.start; i < cursor.end; i++) out.push(position);
  }
  return out;
}

/** A run of units on one line (`co_lines`, but in units); `lineno` null where there is none. */
export interface LineRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly lineno: number | null;
}

/** The line ranges of a code object; neighbours with one line are merged. */
export function codeLines(code: CodeObject): LineRange[] {
  const out: LineRange[] = [];
  const cursor = new LocationCursor(code.linetable, code.firstlineno);
  let start = 0;
  let line: number | null | undefined;
  while (cursor.next()) {
    const lineno = cursor.lineno < 0 ? null : cursor.lineno;
    if (lineno === line) continue;
    if (line !== undefined) out.push({ start, end: cursor.start, lineno: line });
    start = cursor.start;
    line = lineno;
  }
  if (line !== undefined) out.push({ start, end: cursor.end, lineno: line });
  return out;
}

/** Pairs of the end of a line range and its line, -1 where there is none. */
function lineEnds(code: CodeObject): Int32Array {
  return Int32Array.from(codeLines(code).flatMap(({ end, lineno }) => [end, lineno ?? -1]));
}

/** The source line of the unit `pc`, or -1 when it has none. @hot bench/programs/logging_lines.py: each record asks for the line of a frame. */
export function addr2line(code: CodeObject, pc: number): number {
  if (pc < 0) return code.firstlineno;
  const ends = (code.lineEnds ??= lineEnds(code));
  let low = 0;
  let high = ends.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pc < ends[2 * middle]!) high = middle;
    else low = middle + 1;
  }
  return ends[2 * low + 1] ?? -1;
}

/** The full position of the unit `pc`. */
export function positionAt(code: CodeObject, pc: number): Position {
  const cursor = new LocationCursor(code.linetable, code.firstlineno);
  while (cursor.next()) {
    if (pc < cursor.end) {
      const { lineno, endLineno, colOffset, endColOffset } = cursor;
      return { lineno, endLineno, colOffset, endColOffset };
    }
  }
  return { lineno: -1, endLineno: -1, colOffset: -1, endColOffset: -1 };
}
