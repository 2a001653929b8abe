/** A position in a subject, and what the operations that look at single characters and places find there. */
import { matchesOne } from './analysis.ts';
import { isWordFor } from './characters.ts';
import * as op from './opcodes.ts';
import type { SreProgram } from './program.ts';
import type { Subject } from './subject.ts';

/** The part of the matcher that does not backtrack. */
export class SreCursor {
  protected program: SreProgram;
  protected code: Uint32Array;
  protected chars: Int32Array;
  /** Where matching must not go beyond. */
  end: number;
  /** Current position; the end of the match after success. */
  ptr = 0;

  constructor(program: SreProgram, subject: Subject, end: number) {
    this.program = program;
    this.code = program.code;
    this.chars = subject.chars;
    this.end = end;
  }

  protected isAt(kind: number): boolean {
    const { ptr, end, chars } = this;
    switch (kind) {
      case op.AT_BEGINNING:
      case op.AT_BEGINNING_STRING:
        return ptr === 0;
      case op.AT_BEGINNING_LINE:
        return ptr === 0 || chars[ptr - 1] === 10;
      case op.AT_END:
        return ptr === end || (ptr + 1 === end && chars[ptr] === 10);
      case op.AT_END_LINE:
        return ptr === end || chars[ptr] === 10;
      case op.AT_END_STRING:
        return ptr === end;
      case op.AT_BOUNDARY:
      case op.AT_LOC_BOUNDARY:
      case op.AT_UNI_BOUNDARY:
        return this.isBoundary(kind);
      default:
        return !this.isBoundary(kind);
    }
  }

  private isBoundary(kind: number): boolean {
    const { ptr, end, chars } = this;
    const before = ptr > 0 && isWordFor(kind, chars[ptr - 1]!);
    const after = ptr < end && isWordFor(kind, chars[ptr]!);
    return before !== after;
  }

  /** How many characters from `ptr` on the operation at `pc` takes, up to `limit`. @hot */
  protected count(pc: number, limit: number): number {
    const { code, chars, ptr } = this;
    const stop = limit < this.end - ptr ? ptr + limit : this.end;
    let at = ptr;
    switch (code[pc]) {
      case op.IN: {
        const table = this.program.tableOf(pc + 2);
        while (at < stop) {
          const c = chars[at]!;
          if (c < 256 ? table[c] !== 1 : !this.program.inSet(pc + 2, c)) break;
          at++;
        }
        break;
      }
      case op.ANY:
        while (at < stop && chars[at] !== 10) at++;
        break;
      case op.ANY_ALL:
        at = stop;
        break;
      case op.LITERAL: {
        const literal = code[pc + 1];
        while (at < stop && chars[at] === literal) at++;
        break;
      }
      case op.NOT_LITERAL: {
        const literal = code[pc + 1];
        while (at < stop && chars[at] !== literal) at++;
        break;
      }
      default:
        while (at < stop && matchesOne(this.program, pc, chars[at]!)) at++;
    }
    return at - ptr;
  }
}
