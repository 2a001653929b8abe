/** The records that the compiler's passes share: source locations, instructions, sequences with labels, basic blocks. */
import type { Located } from '../frontend/ast.ts';

/** A source range; columns are UTF-8 byte offsets, -1 when unknown. Never written after construction, so it is shared freely. */
export class Loc {
  readonly lineno: number;
  readonly endLineno: number;
  readonly col: number;
  readonly endCol: number;

  constructor(lineno: number, endLineno: number, col: number, endCol: number) {
    this.lineno = lineno;
    this.endLineno = endLineno;
    this.col = col;
    this.endCol = endCol;
  }
}

/** The location of artificial instructions: they belong to no line, or inherit one later. */
export const NO_LOC = new Loc(-1, -1, -1, -1);

/** Stands for the location of the next instruction. */
export const NEXT_LOC = new Loc(-2, -2, -2, -2);

/** The location of a node. */
export function locOf(node: Located): Loc {
  return new Loc(node.lineno, node.end_lineno, node.col_offset, node.end_col_offset);
}

/** The location of a whole line number, without columns of its own. */
export function lineLoc(lineno: number): Loc {
  return new Loc(lineno, lineno, 0, 0);
}

/** A jump target before the flow graph exists: an index into the labels of a sequence. */
export type Label = number;

/** No label. */
export const NO_LABEL: Label = -1;

/** One instruction, pseudo-instructions included. In a sequence the operand of a jump is a label. */
export class Instr {
  op: number;
  arg: number;
  loc: Loc;
  /** Target of a jump or handler of a block, once the flow graph exists. */
  target: Block | null;
  /** The handler that is active here. */
  except: Block | null;

  constructor(op: number, arg: number, loc: Loc) {
    this.op = op;
    this.arg = arg;
    this.loc = loc;
    this.target = null;
    this.except = null;
  }

  /** A copy, for blocks that are duplicated. */
  clone(): Instr {
    const copy = new Instr(this.op, this.arg, this.loc);
    copy.target = this.target;
    copy.except = this.except;
    return copy;
  }
}

/** What code generation makes: instructions in order, and where each label stands. */
export class InstrSequence {
  readonly instrs: Instr[] = [];
  /** Label to index of the instruction it stands before; -1 while unplaced. */
  readonly labels: number[] = [];
  /** The code that builds a module's `__annotate__`; it goes where ANNOTATIONS_PLACEHOLDER stands. */
  annotationsCode: Instr[] | null = null;

  newLabel(): Label {
    this.labels.push(-1);
    return this.labels.length - 1;
  }

  useLabel(label: Label): void {
    this.labels[label] = this.instrs.length;
  }

  add(op: number, arg: number, loc: Loc): void {
    this.instrs.push(new Instr(op, arg, loc));
  }

  /** Inserts an instruction at the very start. */
  insertFirst(op: number, arg: number, loc: Loc): void {
    this.instrs.unshift(new Instr(op, arg, loc));
    for (let i = 0; i < this.labels.length; i++) if (this.labels[i]! >= 0) this.labels[i]!++;
  }
}

/** The handlers that are active at the start of a block, innermost last. */
export type ExceptStack = readonly Block[];

/** A basic block: control enters at the first instruction and leaves at the last. Blocks are chained in code order by `next`. */
export class Block {
  instrs: Instr[] = [];
  next: Block | null = null;
  /** Whether a jump leads here. */
  isTarget: boolean;
  predecessors = 0;
  /** Height of the stack at the start; -1 while unknown. */
  startDepth = -1;
  /** A handler that needs the position of the raising instruction. */
  preserveLasti = false;
  isHandler = false;
  isWarm = false;
  isCold = false;
  visited = false;
  exceptStack: ExceptStack | null = null;
  /**
   * The handlers of instructions that were removed from the end of the block, by index. CPython's blocks are arrays that forget no slot:
   * an instruction that is appended later takes over the handler of the one that stood there before, and exception tables show it.
   */
  readonly staleHandlers: (Block | null)[] = [];
  /** Locals (the first 64, as two words) that may be unbound at the start. */
  unsafeLow = 0;
  unsafeHigh = 0;
  /** Position in the finished code, in instructions, while assembling. */
  offset = 0;

  constructor(isTarget: boolean) {
    this.isTarget = isTarget;
  }
}
