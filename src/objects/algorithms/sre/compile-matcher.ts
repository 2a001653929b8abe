/**
 * Compiles a program to JavaScript: a function that matches at one place.
 *
 * The function is one `switch` in a loop. The operations stand in it in the order of the program, so that what matches falls through from one to the next; a failure leaves the
 * `switch` and takes the last choice from the stack, whose topmost number is the case that goes on from it. Positions, groups and counters of repeats are variables.
 *
 *   choices       a repeat that gives back [lowest, ptr, case]     a next alternative [ptr, alternatives left, case]     others [ptr, case]
 *   trails        a group [old, case] and, at its end, [old, old lastIndex, case]     a repeat [old count, old start, case]
 *
 * INV-1: a case takes from the stack what its frame holds below its number.
 * INV-2: a part that is matched for itself (assertions, atomic groups) makes no trails, so that its choices are dropped by setting the stack back.
 * What this has no form for, the machine runs: possessive repeats of groups, groups within assertions. Both must agree, in the order of choices, too.
 * Source: as `machine.ts`.
 */
import { compileFunction } from 'node:vm';
import { firstCharactersAt, matchesOne, ONE_CHARACTER } from './analysis.ts';
import { CharacterTests } from './character-tests.ts';
import { isWordFor } from './characters.ts';
import * as op from './opcodes.ts';
import type { SreProgram } from './program.ts';

/** What compiled matchers use of the machine that they run for. */
export interface MatcherRun {
  /** Room for choices. */
  choices: Int32Array;
  /** Choices that may still be gone back to until somebody asks whether to interrupt. */
  polls: number;
  /** Start and end of each group, set by a match. */
  readonly marks: number[];
  lastIndex: number;
  matchAll: boolean;
  mustAdvanceFrom: number;
  /** Makes room for more choices. */
  grow(): Int32Array;
  /** Asks whether to interrupt; may throw. */
  interrupt(): void;
}

/** Matches at `start`, in characters before `end`: the end of the match, or -1. */
export type CompiledMatcher = (run: MatcherRun, chars: Int32Array, start: number, end: number) => number;

/** Longer programs make functions that V8 does not optimise. */
const LONGEST_PROGRAM = 3000;
/** More groups make more variables than there is use for. */
const MOST_GROUPS = 100;
/** The bits of a number that stand for alternatives. */
const MOST_ALTERNATIVES = 30;
/** A repeat of so many characters at most is written out. */
const MOST_WRITTEN_OUT = 4;

const FAIL = 'break S;';

/** Thrown for what has no form here. */
class NoForm {}

interface Repeat {
  readonly number: number;
  readonly pc: number;
  readonly body: number;
  readonly tail: number;
  readonly tailChoice: number;
  readonly undo: number;
  readonly min: number;
  readonly max: number;
  /** The iterations are counted. */
  readonly counts: boolean;
  /** The start of an iteration is remembered, as it may be empty. */
  readonly marksStart: boolean;
  /** A test of the character at `p` which all iterations pass, or null. */
  readonly first: string | null;
}

class MatcherCompiler {
  private readonly program: SreProgram;
  private readonly code: Uint32Array;
  private readonly tests: CharacterTests;
  private readonly lines: string[] = [];
  /** Cases that stand behind the program. */
  private readonly later: string[] = [];
  private readonly labels = new Map<number, number>();
  private readonly placed = new Set<number>();
  private readonly jumpTargets = new Set<number>();
  private readonly variables: string[] = [];
  private readonly alternatives: Int32Array[] = [];
  private cases = 1;
  private counter = 0;
  /** Parts matched for themselves that are open. */
  private parts = 0;

  constructor(program: SreProgram) {
    this.program = program;
    this.code = program.code;
    this.tests = new CharacterTests(program);
  }

  compile(): CompiledMatcher {
    const { program } = this;
    for (let i = 0; i < 2 * program.groups; i++) this.variables.push(`m${i} = -1`);
    this.findJumps();
    this.sequence(program.entry, this.code.length);
    const names = ['program', 'one', 'isWord', ...this.tests.tables.map((_, i) => `t${i}`), ...this.alternatives.map((_, i) => `a${i}`)];
    const values = [program, (pc: number, c: number) => matchesOne(program, pc, c), isWordFor, ...this.tests.tables, ...this.alternatives];
    const make = compileFunction(this.text(), names, { filename: 'ladon-sre/matcher.js' }) as (...values: unknown[]) => CompiledMatcher;
    return make(...values);
  }

  private text(): string {
    const variables = ['stack = run.choices', 'sp = 0', 'p = start', 'state = 0', 'c = 0', 'q = 0', 'e = 0', 'x = 0', 'last = -1', ...this.variables];
    return `'use strict';
return function match(run, chars, start, end) {
let ${variables.join(', ')};
for (;;) {
S: switch (state) {
case 0:
${this.lines.join('\n')}
${this.later.join('\n')}
}
if (sp === 0) return -1;
if (--run.polls === 0) run.interrupt();
state = stack[--sp];
}
};`;
  }

  // Places

  /** Jumps lead to places that need a case; JUMP stands at the end of alternatives. */
  private findJumps(): void {
    // Arguments may look like operations: a case too many does no harm.
    const { code } = this;
    for (let pc = this.program.entry; pc < code.length; pc++) {
      if (code[pc] === op.JUMP) this.jumpTargets.add(pc + 1 + code[pc + 1]!);
      if (code[pc] === op.GROUPREF_EXISTS) this.jumpTargets.add(pc + 1 + code[pc + 2]!);
    }
  }

  private caseAt(pc: number): number {
    let known = this.labels.get(pc);
    if (known === undefined) this.labels.set(pc, (known = this.cases++));
    return known;
  }

  private line(text: string): void {
    this.lines.push(text);
  }

  private label(pc: number): void {
    if (this.placed.has(pc)) return;
    this.placed.add(pc);
    this.line(`case ${this.caseAt(pc)}:`);
  }

  private goto(pc: number): string {
    return `{ state = ${this.caseAt(pc)}; continue; }`;
  }

  private push(...values: (string | number)[]): string {
    const stores = values.map((value) => `stack[sp++] = ${value};`).join(' ');
    return `if (sp + ${values.length} > stack.length) stack = run.grow(); ${stores}`;
  }

  /** Adds a variable. */
  private variable(prefix: string): string {
    const name = `${prefix}${this.counter++}`;
    this.variables.push(`${name} = 0`);
    return name;
  }

  // Operations

  /** Writes the operations from `start` up to `stop`, which another one ends at. */
  private sequence(start: number, stop: number): void {
    for (let pc = start; pc < stop; ) {
      if (this.jumpTargets.has(pc)) this.label(pc);
      if (ONE_CHARACTER.has(this.code[pc]!)) pc = this.characters(pc, stop);
      else pc = this.operation(pc);
    }
    if (this.jumpTargets.has(stop)) this.label(stop);
  }

  private sizeOfOne(pc: number): number {
    const kind = this.code[pc]!;
    if (kind === op.ANY || kind === op.ANY_ALL) return 1;
    return kind === op.IN || kind === op.IN_IGNORE || kind === op.IN_LOC_IGNORE || kind === op.IN_UNI_IGNORE ? 1 + this.code[pc + 1]! : 2;
  }

  /** Tests of the characters from `p` on, and where the operations behind them stand. */
  private characterTests(start: number, stop: number, at: string): { tests: string[]; next: number } {
    const tests: string[] = [];
    let pc = start;
    while (pc < stop && ONE_CHARACTER.has(this.code[pc]!) && (pc === start || !this.jumpTargets.has(pc))) {
      tests.push(this.test(pc, tests.length === 0 ? `chars[${at}]` : `chars[${at} + ${tests.length}]`));
      pc += this.sizeOfOne(pc);
    }
    return { tests, next: pc };
  }

  private test(pc: number, character: string): string {
    const test = this.tests.test(pc, 'c');
    return test === 'true' || test === 'false' ? test : `(c = ${character}, ${test})`;
  }

  private characters(start: number, stop: number): number {
    const { tests, next } = this.characterTests(start, stop, 'p');
    const room = tests.length === 1 ? 'p < end' : `end - p >= ${tests.length}`;
    this.line(`if (!(${[room, ...tests.filter((test) => test !== 'true')].join(' && ')})) ${FAIL}`);
    this.line(`p += ${tests.length};`);
    return next;
  }

  private operation(pc: number): number {
    const { code } = this;
    const skip = pc + 1 + code[pc + 1]!;
    switch (code[pc]) {
      case op.INFO:
        return skip;
      case op.JUMP:
        this.line(this.goto(skip));
        return pc + 2;
      case op.MARK:
        this.mark(code[pc + 1]!);
        return pc + 2;
      case op.AT:
        this.line(`if (!(${this.placeTest(code[pc + 1]!)})) ${FAIL}`);
        return pc + 2;
      case op.BRANCH:
        return this.branch(pc);
      case op.REPEAT_ONE:
        this.repeatOne(pc);
        return skip;
      case op.MIN_REPEAT_ONE:
        this.minRepeatOne(pc);
        return skip;
      case op.POSSESSIVE_REPEAT_ONE:
        this.takeAll(pc);
        return skip;
      case op.REPEAT:
        return this.repeat(pc);
      case op.ASSERT:
      case op.ASSERT_NOT:
        this.assertion(pc);
        return skip;
      case op.ATOMIC_GROUP: {
        const base = this.variable('base');
        this.line(`${base} = sp;`);
        this.part(pc + 2, skip - 1);
        this.line(`sp = ${base};`);
        return skip;
      }
      case op.GROUPREF:
        this.groupReference(code[pc + 1]!);
        return pc + 2;
      case op.GROUPREF_EXISTS:
        this.line(`if (${this.isUnset(code[pc + 1]!)}) ${this.goto(pc + 1 + code[pc + 2]!)}`);
        return pc + 3;
      case op.SUCCESS:
        this.success();
        return pc + 1;
      case op.FAILURE:
        this.line(FAIL);
        return pc + 1;
      default:
        throw new NoForm();
    }
  }

  private success(): void {
    this.line(`if ((run.matchAll && p !== end) || p === run.mustAdvanceFrom) ${FAIL}`);
    const { groups } = this.program;
    if (groups > 0) {
      const stores = Array.from({ length: 2 * groups }, (_, i) => `marks[${i}] = m${i};`);
      this.line(`{ const { marks } = run; ${stores.join(' ')} }`);
    }
    this.line('run.lastIndex = last; return p;');
  }

  private mark(mark: number): void {
    if (this.parts > 0) throw new NoForm();
    const undo = this.cases++;
    // Without a choice to go back to there is nothing to undo.
    if ((mark & 1) === 0) {
      this.line(`if (sp > 0) { ${this.push(`m${mark}`, undo)} } m${mark} = p;`);
      this.later.push(`case ${undo}: m${mark} = stack[--sp]; ${FAIL}`);
      return;
    }
    this.line(`if (sp > 0) { ${this.push(`m${mark}`, 'last', undo)} } m${mark} = p; last = ${(mark >> 1) + 1};`);
    this.later.push(`case ${undo}: last = stack[--sp]; m${mark} = stack[--sp]; ${FAIL}`);
  }

  private placeTest(kind: number): string {
    switch (kind) {
      case op.AT_BEGINNING: case op.AT_BEGINNING_STRING: return 'p === 0';
      case op.AT_BEGINNING_LINE: return 'p === 0 || chars[p - 1] === 10';
      case op.AT_END: return 'p === end || (p + 1 === end && chars[p] === 10)';
      case op.AT_END_LINE: return 'p === end || chars[p] === 10';
      case op.AT_END_STRING: return 'p === end';
      default: {
        const isBoundary = kind === op.AT_BOUNDARY || kind === op.AT_LOC_BOUNDARY || kind === op.AT_UNI_BOUNDARY;
        return `(p > 0 && ${this.wordTest(kind, 'p - 1')}) ${isBoundary ? '!==' : '==='} (p < end && ${this.wordTest(kind, 'p')})`;
      }
    }
  }

  private wordTest(kind: number, at: string): string {
    const table = new Uint8Array(256);
    for (let c = 0; c < table.length; c++) table[c] = isWordFor(kind, c) ? 1 : 0;
    return `(c = chars[${at}], c < 256 ? ${this.tests.table(table)}[c] === 1 : isWord(${kind}, c))`;
  }

  // Branches

  /** The alternatives are the bits of a number: those that can begin with the next character, the first lowest. */
  private branch(pc: number): number {
    const { code } = this;
    const slots: number[] = [];
    let s = pc + 1;
    for (; code[s] !== 0; s += code[s]!) slots.push(s);
    if (slots.length > MOST_ALTERNATIVES) throw new NoForm();
    const name = `a${this.alternatives.push(this.alternativesOf(slots)) - 1}`;
    const all = 2 ** slots.length - 1;
    const [entry, again] = [this.cases++, this.cases++];
    const dispatch = `switch (31 - Math.clz32(q)) { ${slots.map((slot, i) => `case ${i}: state = ${this.caseAt(slot + 1)}; continue;`).join(' ')} }`;
    this.line(`x = p < end ? (c = chars[p], c < 256 ? ${name}[c] : ${all}) : ${name}[256];`);
    this.line(`case ${entry}: if (x === 0) ${FAIL} q = x & -x; if (x !== q) { ${this.push('p', 'x ^ q', again)} } ${dispatch}`);
    this.later.push(`case ${again}: x = stack[--sp]; p = stack[--sp]; state = ${entry}; continue;`);
    for (const slot of slots) {
      this.label(slot + 1);
      this.sequence(slot + 1, slot + code[slot]!);
    }
    return s + 1;
  }

  /** For each character below 256, and for the end of the text, which alternatives may match there. */
  private alternativesOf(slots: readonly number[]): Int32Array {
    const table = new Int32Array(257);
    slots.forEach((slot, i) => {
      const first = firstCharactersAt(this.program, slot + 1);
      for (let c = 0; c < 256; c++) if (first === null || first[c] === 1) table[c]! |= 1 << i;
      if (first === null) table[256]! |= 1 << i;
    });
    return table;
  }

  // Repeats of one character

  /** Takes as many characters as a repeat can, from `q` on. */
  private takeAll(pc: number): void {
    const { code } = this;
    const [min, max] = [code[pc + 2]!, code[pc + 3]!];
    const test = this.test(pc + 4, 'chars[p]');
    if (min === max && max <= MOST_WRITTEN_OUT && max > 0) {
      const tests = Array.from({ length: max }, (_, i) => this.test(pc + 4, `chars[p + ${i}]`));
      this.line(`if (!(${[`end - p >= ${max}`, ...tests].join(' && ')})) ${FAIL} q = p; p += ${max};`);
      return;
    }
    this.line('q = p;');
    if (max !== op.MAXREPEAT) this.line(`e = end - p > ${max} ? p + ${max} : end;`);
    const stop = max === op.MAXREPEAT ? 'end' : 'e';
    this.line(test === 'true' ? `p = ${stop};` : `while (p < ${stop} && ${test}) p++;`);
    if (min > 0) this.line(`if (p - q < ${min}) ${FAIL}`);
  }

  private repeatOne(pc: number): void {
    const { code } = this;
    const tail = pc + 1 + code[pc + 1]!;
    const min = code[pc + 2]!;
    this.takeAll(pc);
    if (min === code[pc + 3] || !this.program.givesBack(pc)) return;
    const again = this.cases++;
    if (min > 0) this.line(`q += ${min};`);
    this.line(`if (p > q) {`);
    const back = code[tail] === op.LITERAL
      ? `while (p >= q && (p >= end || chars[p] !== ${code[tail + 1]})) p--; if (p < q) ${FAIL} if (p > q) { ${this.push('q', 'p', again)} }`
      : '';
    this.line(back === '' ? this.push('q', 'p', again) : back);
    this.line('}');
    const rest = back === '' ? `if (p > q) { ${this.push('q', 'p', again)} }` : back;
    this.later.push(`case ${again}: p = stack[--sp] - 1; q = stack[--sp]; ${rest} ${this.goto(tail)}`);
    this.label(tail);
  }

  private minRepeatOne(pc: number): void {
    const { code } = this;
    const tail = pc + 1 + code[pc + 1]!;
    const [min, max] = [code[pc + 2]!, code[pc + 3]!];
    if (min > 0) {
      this.line(`if (end - p < ${min}) ${FAIL} q = p; e = p + ${min}; while (p < e && ${this.test(pc + 4, 'chars[p]')}) p++; if (p < e) ${FAIL}`);
    }
    if (min >= max) return;
    const again = this.cases++;
    const step = `if (!(p < end && ${this.test(pc + 4, 'chars[p]')})) ${FAIL} p++;`;
    if (max === op.MAXREPEAT) {
      this.line(this.push('p', again));
      // What the tail cannot begin with is gone over at once.
      const until = code[tail] === op.LITERAL ? `for (;;) { ${step} if (p < end && chars[p] === ${code[tail + 1]}) break; }` : step;
      this.later.push(`case ${again}: p = stack[--sp]; ${until} ${this.push('p', again)} ${this.goto(tail)}`);
    } else {
      this.line(this.push(min, 'p', again));
      this.later.push(`case ${again}: p = stack[--sp]; x = stack[--sp] + 1; ${step} if (x < ${max}) { ${this.push('x', 'p', again)} } ${this.goto(tail)}`);
    }
    this.label(tail);
  }

  // Repeats of groups

  private repeat(pc: number): number {
    const { code } = this;
    const until = pc + 1 + code[pc + 1]!;
    const [min, max] = [code[pc + 2]!, code[pc + 3]!];
    const isLazy = code[until] === op.MIN_UNTIL;
    const first = firstCharactersAt(this.program, pc + 4);
    const counts = isLazy || (max !== op.MAXREPEAT || min > 1);
    const number = this.counter++;
    const repeat: Repeat = {
      number, pc, body: pc + 4, tail: until + 1, tailChoice: this.cases++, undo: this.cases++, min, max, counts, marksStart: isLazy || first === null,
      first: first === null ? null : `p < end && (c = chars[p], c > 255 || ${this.tests.table(first)}[c] === 1)`,
    };
    if (counts) this.variables.push(`n${number} = -1`);
    if (repeat.marksStart) this.variables.push(`s${number} = -1`);
    if (this.parts > 0 && (counts || repeat.marksStart)) throw new NoForm();
    if (isLazy) this.lazyRepeat(repeat, until);
    else this.greedyRepeat(repeat, until);
    this.label(repeat.tail);
    return repeat.tail;
  }

  /** Keeps what a repeat knows of its iterations for the way back. */
  private trail({ number, counts, marksStart, undo }: Repeat): string {
    if (!counts && !marksStart) return '';
    return this.push(...(counts ? [`n${number}`] : []), ...(marksStart ? [`s${number}`] : []), undo);
  }

  private undoCase({ number, counts, marksStart, undo }: Repeat): void {
    if (!counts && !marksStart) return;
    this.later.push(`case ${undo}: ${marksStart ? `s${number} = stack[--sp];` : ''} ${counts ? `n${number} = stack[--sp];` : ''} ${FAIL}`);
  }

  private set({ number, counts, marksStart }: Repeat, count: string, start: string | null): string {
    return `${counts ? `n${number} = ${count};` : ''} ${marksStart && start !== null ? `s${number} = ${start};` : ''}`;
  }

  private greedyRepeat(repeat: Repeat, until: number): void {
    const { number, min, max, body, tail, tailChoice, first } = repeat;
    this.undoCase(repeat);
    this.later.push(`case ${tailChoice}: p = stack[--sp]; ${this.goto(tail)}`);
    if (max === 0) this.line(this.goto(tail));
    this.line(this.trail(repeat));
    if (min > 0) this.line(this.set(repeat, '0', '-1'));
    else {
      if (first !== null) this.line(`if (!(${first})) ${this.goto(tail)}`);
      this.line(this.push('p', tailChoice));
      this.line(this.set(repeat, '0', 'p'));
    }
    this.label(body);
    this.sequence(body, until);
    if (repeat.counts) {
      this.line(`x = n${number} + 1;`);
      if (min > 1) this.line(`if (x < ${min}) { ${this.trail(repeat)} ${this.set(repeat, 'x', null)} ${this.goto(body)} }`);
    }
    const conditions = [...(max === op.MAXREPEAT ? [] : [`x < ${max}`]), ...(repeat.marksStart ? [`p !== s${number}`] : []), ...(first === null ? [] : [first])];
    const again = `${this.push('p', tailChoice)} ${this.trail(repeat)} ${this.set(repeat, 'x', 'p')} ${this.goto(body)}`;
    this.line(conditions.length === 0 ? again : `if (${conditions.join(' && ')}) { ${again} }`);
  }

  private lazyRepeat(repeat: Repeat, until: number): void {
    const { number, min, max, body, tailChoice } = repeat;
    this.undoCase(repeat);
    this.line(this.trail(repeat));
    this.line(this.set(repeat, '-1', '-1'));
    this.line(this.goto(until));
    this.label(body);
    this.sequence(body, until);
    this.label(until);
    if (min > 0) this.line(`x = n${number} + 1; if (x < ${min}) { ${this.trail(repeat)} ${this.set(repeat, 'x', null)} ${this.goto(body)} }`);
    this.line(this.push('p', tailChoice));
    const isEnd = max === op.MAXREPEAT ? `p === s${number}` : `x >= ${max} || p === s${number}`;
    this.later.push(`case ${tailChoice}: p = stack[--sp]; x = n${number} + 1; if (${isEnd}) ${FAIL} ${this.trail(repeat)} ${this.set(repeat, 'x', 'p')} ${this.goto(body)}`);
  }

  // Parts matched for themselves

  private part(start: number, stop: number): void {
    this.parts++;
    this.sequence(start, stop);
    this.parts--;
  }

  private assertion(pc: number): void {
    const { code } = this;
    const target = pc + 1 + code[pc + 1]!;
    const back = code[pc + 2]!;
    const isNegative = code[pc] === op.ASSERT_NOT;
    if (this.plainAssertion(pc, target, back, isNegative)) return;
    const [base, at] = [this.variable('base'), this.variable('at')];
    if (back > 0) this.line(`if (p < ${back}) ${isNegative ? this.goto(target) : FAIL}`);
    if (isNegative) {
      const failed = this.cases++;
      this.line(`${base} = sp; ${this.push('p', failed)} ${back > 0 ? `p -= ${back};` : ''}`);
      this.part(pc + 3, target - 1);
      this.line(`sp = ${base}; ${FAIL}`);
      this.later.push(`case ${failed}: p = stack[--sp]; ${this.goto(target)}`);
    } else {
      this.line(`${base} = sp; ${at} = p; ${back > 0 ? `p -= ${back};` : ''}`);
      this.part(pc + 3, target - 1);
      this.line(`sp = ${base}; p = ${at};`);
    }
    this.label(target);
  }

  /** An assertion about so many characters is a condition. */
  private plainAssertion(pc: number, target: number, back: number, isNegative: boolean): boolean {
    const { tests, next } = this.characterTests(pc + 3, target - 1, back === 0 ? 'p' : `p - ${back}`);
    if (next !== target - 1) return false;
    const room = back === 0 ? `end - p >= ${tests.length}` : `p >= ${back} && end - p >= ${tests.length - back}`;
    const condition = [room, ...tests].join(' && ');
    this.line(`if (${isNegative ? condition : `!(${condition})`}) ${FAIL}`);
    return true;
  }

  /** Whether a group has matched nothing, or is being matched anew and has begun behind its last end. */
  private isUnset(group: number): string {
    return `m${2 * group} === -1 || m${2 * group + 1} < m${2 * group}`;
  }

  private groupReference(group: number): void {
    const [from, to] = [`m${2 * group}`, `m${2 * group + 1}`];
    this.line(`if (${this.isUnset(group)} || end - p < ${to} - ${from}) ${FAIL}`);
    this.line(`for (q = ${from}; q < ${to} && chars[q] === chars[p]; q++) p++;`);
    this.line(`if (q < ${to}) ${FAIL}`);
  }
}

/** The program as a function; null where it has no form as one. */
export function compileMatcher(program: SreProgram): CompiledMatcher | null {
  if (program.code.length > LONGEST_PROGRAM || program.groups > MOST_GROUPS) return null;
  try {
    return new MatcherCompiler(program).compile();
  } catch (error) {
    if (error instanceof NoForm) return null;
    throw error;
  }
}
