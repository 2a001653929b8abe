/**
 * Matching and searching with a program: what `_sre`'s Pattern and Scanner objects call.
 *
 * Source: CPython Modules/_sre/sre_lib.h (SRE(search)), sre.c (state_init).
 */
import * as op from './opcodes.ts';
import { releaseMachine, takeMachine } from './idle-machines.ts';
import type { SreMachine, SrePoll } from './machine.ts';
import type { SreProgram } from './program.ts';
import { acquireSubject, releaseSubject, type Subject } from './subject.ts';

/** A text, a window of it, and the last match found in it. */
export class SreState {
  private readonly program: SreProgram;
  private readonly subject: Subject;
  private readonly machine: SreMachine;
  /** The window, clamped to the text. */
  readonly pos: number;
  readonly end: number;
  /** Where the last match began, and where the next search begins. */
  start: number;
  private released = false;

  /** Positions are code points (bytes for bytes); `release` must be called at the end. */
  constructor(program: SreProgram, source: string | Uint8Array, pos: number, endpos: number, poll: SrePoll) {
    this.program = program;
    this.subject = acquireSubject(source);
    const { length } = this.subject;
    this.end = Math.max(0, Math.min(endpos, length));
    this.pos = Math.max(0, Math.min(pos, length));
    this.start = this.pos;
    this.machine = takeMachine(program, this.subject, this.end, poll);
  }

  /** Gives the copied characters and the machine back: nothing may be asked of the state any more. */
  release(): void {
    if (this.released) return;
    this.released = true;
    releaseSubject(this.subject);
    releaseMachine(this.machine);
  }

  /** Length of the text in characters. */
  get length(): number {
    return this.subject.length;
  }

  /** The end of the last match. */
  get matchEnd(): number {
    return this.machine.ptr;
  }

  /** Start and end of each group of the last match, -1 where it did not take part; valid until the next match. */
  get marks(): readonly number[] {
    return this.machine.marks;
  }

  /** Number of the group that was closed last, or -1. */
  get lastIndex(): number {
    return this.machine.lastIndex;
  }

  /** Matches at `start` exactly; `all` for fullmatch. */
  match(all: boolean): boolean {
    if (this.start > this.end) return false;
    this.machine.matchAll = all;
    return this.tryAt(this.start);
  }

  /**
   * After a match: the next one begins at its end, and must not be empty there if the last one was. Call before the next `search` or
   * `match` of an iteration; CPython's `must_advance`.
   */
  advance(): void {
    this.machine.mustAdvanceFrom = this.machine.ptr === this.start ? this.machine.ptr : -1;
    this.start = this.machine.ptr;
  }

  /** Finds the first match from `start` on. */
  search(): boolean {
    const found = this.searchFrom(this.start);
    this.machine.mustAdvanceFrom = -1;
    return found;
  }

  private searchFrom(from: number): boolean {
    const { machine } = this;
    machine.matchAll = false;
    const { code, entry } = this.program;
    let last = this.end;
    let flags = 0;
    if (entry > 0) {
      flags = code[2]!;
      // A match needs at least as many characters as the pattern's minimal width.
      if (code[3]! > 1) last -= code[3]! - 1;
    }
    if (from > this.end) return false;
    if ((flags & op.INFO_PREFIX) !== 0) return this.searchPrefix(from, last);
    if ((flags & op.INFO_CHARSET) !== 0) return this.searchSet(from, last);
    if (code[entry] === op.LITERAL) return this.searchLiteral(from, last, code[entry + 1]!);
    return this.searchAll(from, last);
  }

  private tryAt(at: number): boolean {
    const { machine, program } = this;
    const { matcher } = program;
    if (matcher !== null) {
      const end = matcher(machine, this.subject.chars, at, this.end);
      if (end < 0) return false;
      machine.ptr = end;
    } else {
      program.noteRun();
      machine.reset();
      if (!machine.run(program.entry, at)) return false;
    }
    this.start = at;
    return true;
  }

  private searchAll(from: number, last: number): boolean {
    const { code, entry } = this.program;
    const anchored = code[entry] === op.AT && (code[entry + 1] === op.AT_BEGINNING || code[entry + 1] === op.AT_BEGINNING_STRING);
    if (anchored) return this.tryAt(from);
    const { first } = this.program;
    if (first !== null) return this.searchFirst(from, last, first);
    if (this.tryAt(from)) return true;
    for (let at = from + 1; at <= last; at++) if (this.tryAt(at)) return true;
    return false;
  }

  private searchLiteral(from: number, last: number, literal: number): boolean {
    const { chars } = this.subject;
    for (let at = from; at < this.end && at <= last; at++) {
      if (chars[at] === literal && this.tryAt(at)) return true;
    }
    return false;
  }

  private searchSet(from: number, last: number): boolean {
    const { chars } = this.subject;
    const { program } = this;
    const table = program.tableOf(5);
    for (let at = from; at < this.end && at <= last; at++) {
      const c = chars[at]!;
      if ((c < 256 ? table[c] === 1 : program.inSet(5, c)) && this.tryAt(at)) return true;
    }
    return false;
  }

  /** Tries where a character stands that a match can begin with. */
  private searchFirst(from: number, last: number, first: Uint8Array): boolean {
    const { chars } = this.subject;
    const stop = Math.min(this.end, last + 1);
    for (let at = from; at < stop; at++) {
      const c = chars[at]!;
      if ((c > 255 || first[c] === 1) && this.tryAt(at)) return true;
    }
    return false;
  }

  /** Searches for the literal prefix first. */
  private searchPrefix(from: number, last: number): boolean {
    const { code } = this.program;
    const { chars } = this.subject;
    const length = code[5]!;
    const first = code[7]!;
    for (let at = from; at <= last; at++) {
      if (chars[at] !== first) continue;
      let matched = 1;
      while (matched < length && chars[at + matched] === code[7 + matched]) matched++;
      if (matched === length && at + length <= this.end && this.tryAt(at)) return true;
    }
    return false;
  }
}
