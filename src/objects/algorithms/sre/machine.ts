/**
 * The matcher: runs a program over a subject by backtracking, without recursion.
 *
 * The stack holds frames of five numbers: [kind, a, b, c, d]. A choice frame says where to go on after a failure; a trail frame says what to
 * restore on the way back to it; a boundary frame begins a part that is matched for itself (assertions, atomic groups, possessive repeats)
 * and ends at SUCCESS.
 *
 *   BRANCH_FRAME      a next alternative   b ptr  c repeat          REPEAT_ONE_FRAME  a pc  b ptr  c repeat  d lowest ptr
 *   MIN_ONE_FRAME     a pc  b ptr  c repeat  d count                MAX_TAIL_FRAME    a pc  b ptr  c repeat
 *   MIN_BODY_FRAME    a pc  b ptr  c repeat                         MARK_TRAIL        a mark  b old value  c old lastIndex
 *   COUNT_TRAIL       a repeat  b old count  c old lastPtr          REPEAT_TRAIL      a repeat to free  c repeat before
 *   boundaries:       a pc  b ptr  c repeat  d boundary before      (POSSESSIVE_FRAME is followed by a COUNT_TRAIL-like frame, see below)
 *
 * INV-1: `boundary` is the offset of the innermost boundary frame, or NO_BOUNDARY; frames above it belong to its part.
 * INV-2: ending a part drops its choices but keeps its trails, which an outer failure must still undo.
 * Source: CPython Modules/_sre/sre_lib.h (SRE(match)); what it does by recursion and saved marks the trails do here.
 */
import { matchesOne } from './analysis.ts';
import { lowerAscii, lowerUnicode } from './characters.ts';
import type { MatcherRun } from './compile-matcher.ts';
import { SreCursor } from './cursor.ts';
import * as op from './opcodes.ts';
import { UNSET, unsetMarks, type SreProgram } from './program.ts';
import type { Subject } from './subject.ts';

const WIDTH = 5;
const BRANCH_FRAME = 1;
const REPEAT_ONE_FRAME = 2;
const MIN_ONE_FRAME = 3;
const MAX_TAIL_FRAME = 4;
const MIN_BODY_FRAME = 5;
const MARK_TRAIL = 6;
const COUNT_TRAIL = 7;
const REPEAT_TRAIL = 8;
const ASSERT_FRAME = 9;
const ASSERT_NOT_FRAME = 10;
const ATOMIC_FRAME = 11;
const POSSESSIVE_FRAME = 12;

const NO_BOUNDARY = -1;
const NO_REPEAT = -1;

/** Returned instead of a place in the code. */
const FAIL = -1;
const MATCHED = -2;

/** Backtracks between two questions whether to interrupt. */
const POLL_INTERVAL = 1 << 16;

/** Called now and then while matching; may throw, for signals. */
export type SrePoll = () => void;

/** One run of a program over a subject. */
export class SreMachine extends SreCursor implements MatcherRun {
  /** Start and end of each group, UNSET where it did not take part. */
  marks: number[];
  /** Number of the group that was closed last, or -1. */
  lastIndex = -1;
  /** The match must reach `end`. */
  matchAll = false;
  /** The match must not be empty at this position (-1: may be). */
  mustAdvanceFrom = -1;
  /** The stack; compiled matchers use its room, too. */
  choices = new Int32Array(64 * WIDTH);
  private sp = 0;
  private boundary = NO_BOUNDARY;
  /** Repeats entered: place of REPEAT, count, position of the last iteration's start, repeat around it; four numbers each. */
  private repeats = new Int32Array(32);
  private repeatTop = 0;
  private repeat = NO_REPEAT;
  /** Backtracks until `interrupt` is called. */
  polls = POLL_INTERVAL;
  private poll: SrePoll;

  constructor(program: SreProgram, subject: Subject, end: number, poll: SrePoll) {
    super(program, subject, end);
    this.marks = unsetMarks(2 * program.groups);
    this.poll = poll;
  }

  /** Makes it a machine for another program and subject; what an earlier run left is forgotten by `reset`. */
  begin(program: SreProgram, subject: Subject, end: number, poll: SrePoll): void {
    this.program = program;
    this.code = program.code;
    this.chars = subject.chars;
    this.end = end;
    if (this.marks.length !== 2 * program.groups) this.marks = unsetMarks(2 * program.groups);
    this.mustAdvanceFrom = -1;
    this.polls = POLL_INTERVAL;
    this.poll = poll;
  }

  /** Room of the stack. */
  get capacity(): number {
    return this.choices.length;
  }

  /** Forgets groups and choices of an earlier run. */
  reset(): void {
    const { marks } = this;
    for (let i = 0; i < marks.length; i++) marks[i] = UNSET;
    this.lastIndex = -1;
    this.sp = 0;
    this.boundary = NO_BOUNDARY;
    this.repeatTop = 0;
    this.repeat = NO_REPEAT;
  }

  /** Matches the code at `entry` from `start`; on success `ptr` is the end and `marks` are the groups. @hot */
  run(entry: number, start: number): boolean {
    const { code, chars, end, program } = this;
    let pc = entry;
    let ptr = start;
    for (;;) {
      switch (code[pc]) {
        case op.LITERAL:
          if (ptr < end && chars[ptr] === code[pc + 1]) {
            ptr++;
            pc += 2;
            continue;
          }
          break;
        case op.NOT_LITERAL:
          if (ptr < end && chars[ptr] !== code[pc + 1]) {
            ptr++;
            pc += 2;
            continue;
          }
          break;
        case op.IN:
          if (ptr < end && program.inSet(pc + 2, chars[ptr]!)) {
            ptr++;
            pc += 1 + code[pc + 1]!;
            continue;
          }
          break;
        case op.ANY:
          if (ptr < end && chars[ptr] !== 10) {
            ptr++;
            pc++;
            continue;
          }
          break;
        case op.JUMP:
        case op.INFO:
          pc += 1 + code[pc + 1]!;
          continue;
        case op.MARK:
          this.setMark(code[pc + 1]!, ptr);
          pc += 2;
          continue;
        default:
          this.ptr = ptr;
          pc = this.step(pc);
          ptr = this.ptr;
          if (pc >= 0) continue;
          if (pc === MATCHED) return true;
      }
      pc = this.backtrack();
      if (pc < 0) return false;
      ptr = this.ptr;
    }
  }

  /** Carries out any other operation at `pc`; returns the next place, FAIL or MATCHED. */
  private step(pc: number): number {
    const { code } = this;
    switch (code[pc]) {
      case op.SUCCESS:
        return this.succeed();
      case op.AT:
        return this.isAt(code[pc + 1]!) ? pc + 2 : FAIL;
      case op.BRANCH:
        return this.branch(pc + 1);
      case op.REPEAT_ONE:
        return this.repeatOne(pc);
      case op.MIN_REPEAT_ONE:
        return this.minRepeatOne(pc);
      case op.POSSESSIVE_REPEAT_ONE:
        return this.possessiveRepeatOne(pc);
      case op.REPEAT:
        return this.enterRepeat(pc);
      case op.MAX_UNTIL:
        return this.maxUntil(pc);
      case op.MIN_UNTIL:
        return this.minUntil(pc);
      case op.POSSESSIVE_REPEAT:
        return this.possessive(pc, this.ptr, 0);
      case op.ATOMIC_GROUP:
        this.pushBoundary(ATOMIC_FRAME, pc);
        return pc + 2;
      case op.ASSERT:
      case op.ASSERT_NOT:
        return this.assertion(pc);
      case op.GROUPREF:
      case op.GROUPREF_IGNORE:
      case op.GROUPREF_LOC_IGNORE:
      case op.GROUPREF_UNI_IGNORE:
        return this.groupReference(pc);
      case op.GROUPREF_EXISTS:
        return this.hasMatched(code[pc + 1]!) ? pc + 3 : pc + 1 + code[pc + 2]!;
      default:
        return this.unit(pc);
    }
  }

  /** Operations that match one character. */
  private unit(pc: number): number {
    if (this.ptr >= this.end || !matchesOne(this.program, pc, this.chars[this.ptr]!)) return FAIL;
    this.ptr++;
    switch (this.code[pc]) {
      case op.ANY_ALL:
        return pc + 1;
      case op.IN_IGNORE:
      case op.IN_LOC_IGNORE:
      case op.IN_UNI_IGNORE:
        return pc + 1 + this.code[pc + 1]!;
      default:
        return pc + 2;
    }
  }

  /** Asks whether to interrupt; what the caller has to do then it does, or throws. */
  interrupt(): void {
    this.polls = POLL_INTERVAL;
    this.poll();
  }

  /** Makes room for as many choices again; the room. */
  grow(): Int32Array<ArrayBuffer> {
    const larger = new Int32Array(2 * this.choices.length);
    larger.set(this.choices);
    this.choices = larger;
    return larger;
  }

  // Frames

  private push(kind: number, a: number, b: number, c: number, d: number): void {
    let { choices: stack } = this;
    const { sp } = this;
    if (sp + WIDTH > stack.length) stack = this.grow();
    stack[sp] = kind;
    stack[sp + 1] = a;
    stack[sp + 2] = b;
    stack[sp + 3] = c;
    stack[sp + 4] = d;
    this.sp = sp + WIDTH;
  }

  private setMark(mark: number, ptr: number): void {
    // Without a choice to go back to there is nothing to undo: a failure ends the run, and the next one begins anew.
    if (this.sp > 0) this.push(MARK_TRAIL, mark, this.marks[mark]!, this.lastIndex, 0);
    this.marks[mark] = ptr;
    if ((mark & 1) === 1) this.lastIndex = (mark >> 1) + 1;
  }

  private pushBoundary(kind: number, pc: number): void {
    this.push(kind, pc, this.ptr, this.repeat, this.boundary);
    this.boundary = this.sp - WIDTH;
  }

  /** Goes back to the last choice; returns where to go on, or FAIL when there is none. */
  private backtrack(): number {
    if (--this.polls === 0) this.interrupt();
    const { choices: stack } = this;
    while (this.sp > 0) {
      const at = this.sp - WIDTH;
      const kind = stack[at]!;
      if (kind >= MARK_TRAIL && kind <= REPEAT_TRAIL) {
        this.undo(at);
        this.sp = at;
        continue;
      }
      const pc = this.resume(at, kind);
      if (pc !== FAIL) return pc;
    }
    return FAIL;
  }

  /** Undoes the trail frame at `at`. */
  private undo(at: number): void {
    const { choices: stack } = this;
    const a = stack[at + 1]!;
    switch (stack[at]) {
      case MARK_TRAIL:
        this.marks[a] = stack[at + 2]!;
        this.lastIndex = stack[at + 3]!;
        return;
      case COUNT_TRAIL:
        this.repeats[4 * a + 1] = stack[at + 2]!;
        this.repeats[4 * a + 2] = stack[at + 3]!;
        return;
      default:
        this.repeatTop = a;
        this.repeat = stack[at + 3]!;
    }
  }

  /** Takes the next way of the choice frame on top of the stack, which it drops when that was the last; FAIL when there was none. */
  private resume(at: number, kind: number): number {
    const { choices: stack } = this;
    const pc = stack[at + 1]!;
    this.ptr = stack[at + 2]!;
    this.repeat = stack[at + 3]!;
    switch (kind) {
      case BRANCH_FRAME: {
        const next = this.nextAlternative(pc + this.code[pc]!);
        if (next < 0) this.sp = at;
        else stack[at + 1] = next;
        return pc + 1;
      }
      case REPEAT_ONE_FRAME:
        return this.retryRepeatOne(at, pc);
      case MIN_ONE_FRAME:
        return this.retryMinRepeatOne(at, pc);
      case MAX_TAIL_FRAME:
        this.sp = at;
        this.repeat = this.repeats[4 * this.repeat + 3]!;
        return pc + 1;
      case MIN_BODY_FRAME:
        this.sp = at;
        return this.repeatBodyAgain(pc);
      default:
        return this.failBoundary(at, kind, pc);
    }
  }

  // Branches

  /** The first alternative from `slot` on that the next character does not rule out, or -1. */
  private nextAlternative(slot: number): number {
    const { code, chars, ptr, end } = this;
    for (let s = slot; code[s] !== 0; s += code[s]!) {
      const first = code[s + 1];
      if (first === op.LITERAL) {
        if (ptr < end && chars[ptr] === code[s + 2]) return s;
      } else if (first === op.IN) {
        if (ptr < end && this.program.inSet(s + 3, chars[ptr]!)) return s;
      } else return s;
    }
    return -1;
  }

  private branch(slot: number): number {
    const first = this.nextAlternative(slot);
    if (first < 0) return FAIL;
    const second = this.nextAlternative(first + this.code[first]!);
    if (second >= 0) this.push(BRANCH_FRAME, second, this.ptr, this.repeat, 0);
    return first + 1;
  }

  // Repeats of one character

  private repeatOne(pc: number): number {
    const { code, ptr } = this;
    const minimum = code[pc + 2]!;
    if (this.end - ptr < minimum) return FAIL;
    const count = this.count(pc + 4, code[pc + 3]!);
    if (count < minimum) return FAIL;
    const lowest = ptr + minimum;
    this.ptr = ptr + count;
    const tail = pc + 1 + code[pc + 1]!;
    if (this.ptr === lowest || !this.program.givesBack(pc)) return tail;
    if (code[tail] === op.LITERAL) return this.backToLiteral(pc, tail, lowest);
    this.push(REPEAT_ONE_FRAME, pc, this.ptr, this.repeat, lowest);
    return tail;
  }

  /** Gives characters back until the literal that the tail begins with stands at `ptr`. */
  private backToLiteral(pc: number, tail: number, lowest: number): number {
    const { chars, end } = this;
    const literal = this.code[tail + 1];
    let { ptr } = this;
    while (ptr >= lowest && (ptr >= end || chars[ptr] !== literal)) ptr--;
    if (ptr < lowest) return FAIL;
    this.ptr = ptr;
    if (ptr > lowest) this.push(REPEAT_ONE_FRAME, pc, ptr, this.repeat, lowest);
    return tail;
  }

  private retryRepeatOne(at: number, pc: number): number {
    const { choices: stack, code } = this;
    const lowest = stack[at + 4]!;
    const tail = pc + 1 + code[pc + 1]!;
    this.ptr--;
    if (code[tail] === op.LITERAL) {
      this.sp = at;
      return this.backToLiteral(pc, tail, lowest);
    }
    if (this.ptr <= lowest) this.sp = at;
    else stack[at + 2] = this.ptr;
    return tail;
  }

  private minRepeatOne(pc: number): number {
    const { code } = this;
    const minimum = code[pc + 2]!;
    if (this.end - this.ptr < minimum) return FAIL;
    if (minimum > 0) {
      const count = this.count(pc + 4, minimum);
      if (count < minimum) return FAIL;
      this.ptr += count;
    }
    if (minimum < code[pc + 3]!) this.push(MIN_ONE_FRAME, pc, this.ptr, this.repeat, minimum);
    return pc + 1 + code[pc + 1]!;
  }

  private retryMinRepeatOne(at: number, pc: number): number {
    const { choices: stack, code } = this;
    const count = stack[at + 4]! + 1;
    this.sp = at;
    if (this.ptr >= this.end || !matchesOne(this.program, pc + 4, this.chars[this.ptr]!)) return FAIL;
    this.ptr++;
    if (count < code[pc + 3]!) this.push(MIN_ONE_FRAME, pc, this.ptr, this.repeat, count);
    return pc + 1 + code[pc + 1]!;
  }

  private possessiveRepeatOne(pc: number): number {
    const { code } = this;
    const minimum = code[pc + 2]!;
    if (this.end - this.ptr < minimum) return FAIL;
    const count = this.count(pc + 4, code[pc + 3]!);
    if (count < minimum) return FAIL;
    this.ptr += count;
    return pc + 1 + code[pc + 1]!;
  }

  // Repeats of groups

  private enterRepeat(pc: number): number {
    const repeat = this.repeatTop++;
    if (4 * this.repeatTop > this.repeats.length) {
      const larger = new Int32Array(2 * this.repeats.length);
      larger.set(this.repeats);
      this.repeats = larger;
    }
    this.repeats[4 * repeat] = pc;
    this.repeats[4 * repeat + 1] = -1;
    this.repeats[4 * repeat + 2] = -1;
    this.repeats[4 * repeat + 3] = this.repeat;
    this.push(REPEAT_TRAIL, repeat, 0, this.repeat, 0);
    this.repeat = repeat;
    return pc + 1 + this.code[pc + 1]!;
  }

  /** Begins iteration number `count` of the current repeat; `last` is its start for the check against empty iterations. */
  private beginIteration(count: number, last: number): number {
    const { repeats, repeat } = this;
    this.push(COUNT_TRAIL, repeat, repeats[4 * repeat + 1]!, repeats[4 * repeat + 2]!, 0);
    repeats[4 * repeat + 1] = count;
    repeats[4 * repeat + 2] = last;
    return repeats[4 * repeat]! + 4;
  }

  private maxUntil(pc: number): number {
    const { repeats, repeat, code, ptr } = this;
    const start = repeats[4 * repeat]!;
    const count = repeats[4 * repeat + 1]! + 1;
    const last = repeats[4 * repeat + 2]!;
    if (count < code[start + 2]!) return this.beginIteration(count, last);
    // An empty iteration ends the repeat.
    if (count < code[start + 3]! && ptr !== last) {
      this.push(MAX_TAIL_FRAME, pc, ptr, repeat, 0);
      return this.beginIteration(count, ptr);
    }
    this.repeat = repeats[4 * repeat + 3]!;
    // What is left of this repeat must know of it again after a failure.
    return pc + 1;
  }

  private minUntil(pc: number): number {
    const { repeats, repeat, code, ptr } = this;
    const count = repeats[4 * repeat + 1]! + 1;
    if (count < code[repeats[4 * repeat]! + 2]!) return this.beginIteration(count, repeats[4 * repeat + 2]!);
    this.push(MIN_BODY_FRAME, pc, ptr, repeat, 0);
    this.repeat = repeats[4 * repeat + 3]!;
    return pc + 1;
  }

  /** One more iteration of a lazy repeat, after its tail has failed. */
  private repeatBodyAgain(_pc: number): number {
    const { repeats, repeat, code, ptr } = this;
    const start = repeats[4 * repeat]!;
    const count = repeats[4 * repeat + 1]! + 1;
    if (count >= code[start + 3]! || ptr === repeats[4 * repeat + 2]) return FAIL;
    return this.beginIteration(count, ptr);
  }

  // Parts matched for themselves

  private assertion(pc: number): number {
    const back = this.code[pc + 2]!;
    const negative = this.code[pc] === op.ASSERT_NOT;
    if (this.ptr < back) return negative ? pc + 1 + this.code[pc + 1]! : FAIL;
    this.pushBoundary(negative ? ASSERT_NOT_FRAME : ASSERT_FRAME, pc);
    this.ptr -= back;
    return pc + 3;
  }

  /** Begins iteration `count` of a possessive repeat; the frame's `d` is the boundary before, the count lies in a trail below it. */
  private possessive(pc: number, start: number, count: number): number {
    const { code } = this;
    if (count >= code[pc + 3]! && count >= code[pc + 2]!) return pc + 2 + code[pc + 1]!;
    this.ptr = start;
    this.push(REPEAT_TRAIL, this.repeatTop, count, this.repeat, 0);
    this.pushBoundary(POSSESSIVE_FRAME, pc);
    return pc + 4;
  }

  /** SUCCESS: the end of a part, or of the pattern. */
  private succeed(): number {
    const at = this.boundary;
    if (at === NO_BOUNDARY) {
      if ((this.matchAll && this.ptr !== this.end) || this.ptr === this.mustAdvanceFrom) return FAIL;
      return MATCHED;
    }
    const { choices: stack, code, ptr } = this;
    const kind = stack[at]!;
    const pc = stack[at + 1]!;
    const start = stack[at + 2]!;
    if (kind === ASSERT_NOT_FRAME) {
      this.undoTo(at);
      this.boundary = stack[at + 4]!;
      return FAIL;
    }
    this.repeat = stack[at + 3]!;
    const count = kind === POSSESSIVE_FRAME ? stack[at - WIDTH + 2]! : 0;
    this.boundary = stack[at + 4]!;
    this.keepTrails(at);
    if (kind === ASSERT_FRAME) this.ptr = start;
    if (kind !== POSSESSIVE_FRAME) return pc + 1 + code[pc + 1]!;
    // An empty iteration would go on for ever.
    if (ptr === start && count + 1 >= code[pc + 2]!) return pc + 2 + code[pc + 1]!;
    return this.possessive(pc, ptr, count + 1);
  }

  /** Undoes and drops all frames from `at` on. */
  private undoTo(at: number): void {
    const { choices: stack } = this;
    for (let i = this.sp - WIDTH; i > at; i -= WIDTH) {
      const kind = stack[i]!;
      if (kind >= MARK_TRAIL && kind <= REPEAT_TRAIL) this.undo(i);
    }
    this.sp = at;
  }

  /** Drops the boundary frame at `at` and the choices above it. */
  private keepTrails(at: number): void {
    const { choices: stack } = this;
    let to = at;
    for (let i = at + WIDTH; i < this.sp; i += WIDTH) {
      const kind = stack[i]!;
      if (kind < MARK_TRAIL || kind > REPEAT_TRAIL) continue;
      stack.copyWithin(to, i, i + WIDTH);
      to += WIDTH;
    }
    this.sp = to;
  }

  /** A part has failed: `at` is its boundary frame. */
  private failBoundary(at: number, kind: number, pc: number): number {
    const { choices: stack, code } = this;
    this.boundary = stack[at + 4]!;
    this.sp = at;
    if (kind === ASSERT_NOT_FRAME) return pc + 1 + code[pc + 1]!;
    if (kind !== POSSESSIVE_FRAME) return FAIL;
    const count = stack[at - WIDTH + 2]!;
    return count < code[pc + 2]! ? FAIL : pc + 2 + code[pc + 1]!;
  }

  /** Whether a group has matched something; one that is being matched anew has not where it has begun behind its last end. */
  private hasMatched(group: number): boolean {
    const { marks } = this;
    return marks[2 * group] !== UNSET && marks[2 * group + 1]! >= marks[2 * group]!;
  }

  private groupReference(pc: number): number {
    const { code, chars, marks } = this;
    const group = code[pc + 1]!;
    const from = marks[2 * group]!;
    const to = marks[2 * group + 1]!;
    if (!this.hasMatched(group)) return FAIL;
    const length = to - from;
    if (this.end - this.ptr < length) return FAIL;
    const kind = code[pc]!;
    const fold = kind === op.GROUPREF ? undefined : kind === op.GROUPREF_UNI_IGNORE ? lowerUnicode : lowerAscii;
    for (let i = 0; i < length; i++) {
      const a = chars[from + i]!;
      const b = chars[this.ptr + i]!;
      if (a !== b && (fold === undefined || fold(a) !== fold(b))) return FAIL;
    }
    this.ptr += length;
    return pc + 2;
  }
}
