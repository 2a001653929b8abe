/** A compiled pattern: the code array, with tables of its sets for characters below 256. */
import { firstCharacters, mayGiveBack } from './analysis.ts';
import { compileMatcher, type CompiledMatcher } from './compile-matcher.ts';
import { setContains } from './characters.ts';
import { INFO } from './opcodes.ts';

/** What a mark holds of a group that has matched nothing. */
export const UNSET = -1;

/** So many marks of a match that has yet to begin. An array that grows by itself, as the engine reads it fastest. */
export function unsetMarks(count: number): number[] {
  const marks: number[] = [];
  for (let i = 0; i < count; i++) marks.push(UNSET);
  return marks;
}

/** So many runs are cheaper by the machine than compiling, and what V8 needs until it has optimised the function. */
const RUNS_BEFORE_COMPILING = 1000;

const UNKNOWN = 0;
const YES = 1;
const NO = 2;

/** Code and tables, shared by all states that run it. */
export class SreProgram {
  readonly code: Uint32Array;
  readonly groups: number;
  /** -1 for the start and the end of a match and of each group. */
  readonly blankMarks: readonly number[];
  /** Where the pattern begins behind its INFO block. */
  readonly entry: number;
  /** The table of the set at a place in the code, made when first asked for. */
  private readonly tables: (Uint8Array | null)[] = [];
  /** For the REPEAT_ONE at a place of the code what `mayGiveBack` says, once it was asked. */
  private readonly givingBack: Uint8Array;
  /** The program as a function; null before it is hot, and where it has no form as one. */
  matcher: CompiledMatcher | null = null;
  private runs = 0;
  private firstTable: Uint8Array | null | undefined = undefined;

  /** `code` is the list of `re._compiler`; `groups` the number of capturing groups. */
  constructor(code: ArrayLike<number>, groups: number) {
    this.code = Uint32Array.from(code);
    this.groups = groups;
    this.blankMarks = unsetMarks(2 + 2 * groups);
    this.entry = this.code[0] === INFO ? 1 + this.code[1]! : 0;
    this.givingBack = new Uint8Array(this.code.length);
    for (let i = 0; i < this.code.length; i++) this.tables.push(null);
  }

  /** The table of the set at `pc`: 1 for each member below 256. */
  tableOf(pc: number): Uint8Array {
    return this.tables[pc] ?? this.makeTable(pc);
  }

  /** See `firstCharacters`. */
  get first(): Uint8Array | null {
    if (this.firstTable === undefined) this.firstTable = firstCharacters(this);
    return this.firstTable;
  }

  /** See `mayGiveBack`. @hot */
  givesBack(pc: number): boolean {
    const known = this.givingBack[pc];
    if (known !== UNKNOWN) return known === YES;
    const found = mayGiveBack(this, pc);
    this.givingBack[pc] = found ? YES : NO;
    return found;
  }

  /** Counts a run by the machine, and compiles the program when that has been often enough. */
  noteRun(): void {
    if (++this.runs === RUNS_BEFORE_COMPILING) this.matcher = compileMatcher(this);
  }

  private makeTable(pc: number): Uint8Array {
    const table = new Uint8Array(256);
    for (let c = 0; c < 256; c++) table[c] = setContains(this.code, pc, c) ? 1 : 0;
    this.tables[pc] = table;
    return table;
  }

  /** Whether the set at `pc` holds a character. @hot */
  inSet(pc: number, c: number): boolean {
    return c < 256 ? this.tableOf(pc)[c] === 1 : setContains(this.code, pc, c);
  }
}
