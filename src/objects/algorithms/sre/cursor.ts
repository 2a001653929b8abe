/** A position in a subject, and what the operations that look at single characters and places find there. */
import { isWordFor, inCategory, lowerAscii, lowerUnicode, upperAscii } from './characters.ts';
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

  /** Whether the one-character operation at `pc` takes a character. */
  protected matchesOne(pc: number, c: number): boolean {
    const { code, program } = this;
    const argument = code[pc + 1]!;
    switch (code[pc]) {
      case op.LITERAL: return c === argument;
      case op.NOT_LITERAL: return c !== argument;
      case op.IN: return program.inSet(pc + 2, c);
      case op.ANY: return c !== 10;
      case op.ANY_ALL: return true;
      case op.CATEGORY: return inCategory(argument, c);
      case op.LITERAL_IGNORE: return lowerAscii(c) === argument;
      case op.NOT_LITERAL_IGNORE: return lowerAscii(c) !== argument;
      case op.LITERAL_UNI_IGNORE: return lowerUnicode(c) === argument;
      case op.NOT_LITERAL_UNI_IGNORE: return lowerUnicode(c) !== argument;
      case op.LITERAL_LOC_IGNORE: return c === argument || lowerAscii(c) === argument || upperAscii(c) === argument;
      case op.NOT_LITERAL_LOC_IGNORE: return !(c === argument || lowerAscii(c) === argument || upperAscii(c) === argument);
      case op.IN_IGNORE: return program.inSet(pc + 2, lowerAscii(c));
      case op.IN_UNI_IGNORE: return program.inSet(pc + 2, lowerUnicode(c));
      case op.IN_LOC_IGNORE: return this.inLocaleSet(pc + 2, c);
      default: return false;
    }
  }

  /** A set holds a character if it holds either case; a negated set if it holds both. */
  private inLocaleSet(set: number, c: number): boolean {
    const { program } = this;
    const lower = program.inSet(set, lowerAscii(c));
    const upper = program.inSet(set, upperAscii(c));
    return this.code[set] === op.NEGATE ? lower && upper : lower || upper;
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
        while (at < stop && this.matchesOne(pc, chars[at]!)) at++;
    }
    return at - ptr;
  }
}
