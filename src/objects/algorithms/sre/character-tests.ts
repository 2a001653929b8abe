/** How compiled matchers test one character: as comparisons where a set is a range or two, else by a table of the characters below 256. */
import { matchesOne } from './analysis.ts';
import * as op from './opcodes.ts';
import type { SreProgram } from './program.ts';

const TABLE_SIZE = 256;
/** More ranges than this take longer than a table. */
const MOST_RANGES = 2;

/** What holds for characters from 256 on. */
type High = 'none' | 'all' | 'some';

function highOfCategory(category: number): High {
  switch (category) {
    case op.CATEGORY_DIGIT: case op.CATEGORY_SPACE: case op.CATEGORY_WORD: case op.CATEGORY_LOC_WORD: case op.CATEGORY_LINEBREAK:
      return 'none';
    case op.CATEGORY_NOT_DIGIT: case op.CATEGORY_NOT_SPACE: case op.CATEGORY_NOT_WORD: case op.CATEGORY_LOC_NOT_WORD: case op.CATEGORY_NOT_LINEBREAK:
      return 'all';
    default:
      return 'some';
  }
}

function highOfSet(code: Uint32Array, start: number): High {
  let isNegated = false;
  for (let pc = start; ; ) {
    switch (code[pc++]) {
      case op.FAILURE:
        return isNegated ? 'all' : 'none';
      case op.NEGATE:
        isNegated = !isNegated;
        break;
      case op.LITERAL:
        if (code[pc++]! >= TABLE_SIZE) return 'some';
        break;
      case op.RANGE:
        if (code[pc + 1]! >= TABLE_SIZE) return 'some';
        pc += 2;
        break;
      case op.CHARSET:
        pc += 8;
        break;
      case op.CATEGORY: {
        const high = highOfCategory(code[pc++]!);
        if (high === 'none') break;
        if (high === 'some') return 'some';
        return isNegated ? 'none' : 'all';
      }
      default:
        return 'some';
    }
  }
}

/** What the one-character operation at `pc` says of characters from 256 on. */
function highOf(program: SreProgram, pc: number): High {
  const { code } = program;
  switch (code[pc]) {
    case op.LITERAL: return code[pc + 1]! < TABLE_SIZE ? 'none' : 'some';
    case op.NOT_LITERAL: return code[pc + 1]! < TABLE_SIZE ? 'all' : 'some';
    case op.ANY: case op.ANY_ALL: return 'all';
    case op.IN: return highOfSet(code, pc + 2);
    case op.CATEGORY: return highOfCategory(code[pc + 1]!);
    default: return 'some';
  }
}

/** Ranges of a table, both ends included; undefined when there are too many. */
function rangesOf(table: Uint8Array, value: 0 | 1): [number, number][] | undefined {
  const ranges: [number, number][] = [];
  for (let c = 0; c < TABLE_SIZE; c++) {
    if (table[c] !== value) continue;
    if (c > 0 && table[c - 1] === value) ranges[ranges.length - 1]![1] = c;
    else if (ranges.push([c, c]) > MOST_RANGES) return undefined;
  }
  return ranges;
}

function inRange([low, high]: [number, number], variable: string): string {
  return low === high ? `${variable} === ${low}` : `(${variable} >= ${low} && ${variable} <= ${high})`;
}

/** Writes tests, and keeps the tables that they need. */
export class CharacterTests {
  private readonly program: SreProgram;
  /** Tables by the names that the tests know them by. */
  readonly tables: Uint8Array[] = [];

  constructor(program: SreProgram) {
    this.program = program;
  }

  /** Keeps a table; its name. */
  table(table: Uint8Array): string {
    const known = this.tables.findIndex((one) => one.every((value, c) => value === table[c]));
    return `t${known >= 0 ? known : this.tables.push(table) - 1}`;
  }

  /** The table of the operation at `pc`. */
  private tableAt(pc: number): Uint8Array {
    const table = new Uint8Array(TABLE_SIZE);
    for (let c = 0; c < TABLE_SIZE; c++) table[c] = matchesOne(this.program, pc, c) ? 1 : 0;
    return table;
  }

  /** An expression: whether the operation at `pc` takes the character in `variable`. It may call `one(pc, character)`. */
  test(pc: number, variable: string): string {
    const { code } = this.program;
    if (code[pc] === op.LITERAL) return `${variable} === ${code[pc + 1]}`;
    if (code[pc] === op.NOT_LITERAL) return `${variable} !== ${code[pc + 1]}`;
    if (code[pc] === op.ANY_ALL) return 'true';
    const high = highOf(this.program, pc);
    const table = this.tableAt(pc);
    const without = high === 'all' ? rangesOf(table, 0) : undefined;
    if (without !== undefined) return without.length === 0 ? 'true' : `!(${without.map((range) => inRange(range, variable)).join(' || ')})`;
    const ranges = high === 'all' ? undefined : rangesOf(table, 1);
    if (ranges !== undefined) {
      const tests = ranges.map((range) => inRange(range, variable));
      if (high === 'some') tests.push(`(${variable} > 255 && one(${pc}, ${variable}))`);
      return tests.length === 0 ? 'false' : `(${tests.join(' || ')})`;
    }
    const beyond = high === 'some' ? `one(${pc}, ${variable})` : String(high === 'all');
    return `(${variable} < 256 ? ${this.table(table)}[${variable}] === 1 : ${beyond})`;
  }
}
