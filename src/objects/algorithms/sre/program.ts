/** A compiled pattern: the code array, with tables of its sets for characters below 256. */
import { setContains } from './characters.ts';
import { INFO } from './opcodes.ts';

/** Code and tables, shared by all states that run it. */
export class SreProgram {
  readonly code: Uint32Array;
  readonly groups: number;
  /** Where the pattern begins behind its INFO block. */
  readonly entry: number;
  /** The table of the set at a place in the code, made when first asked for. */
  private readonly tables: (Uint8Array | null)[] = [];

  /** `code` is the list of `re._compiler`; `groups` the number of capturing groups. */
  constructor(code: ArrayLike<number>, groups: number) {
    this.code = Uint32Array.from(code);
    this.groups = groups;
    this.entry = this.code[0] === INFO ? 1 + this.code[1]! : 0;
    for (let i = 0; i < this.code.length; i++) this.tables.push(null);
  }

  /** The table of the set at `pc`: 1 for each member below 256. */
  tableOf(pc: number): Uint8Array {
    return this.tables[pc] ?? this.makeTable(pc);
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
