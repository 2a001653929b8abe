/** Folding in the flow graph: operators on constants, displays of constants, and jumps on constants. */
import { ConstFrozenSet, ConstTuple } from '../bytecode/code.ts';
import type { Const } from '../bytecode/code.ts';
import { constKey } from '../bytecode/constants.ts';
import { OP } from '../bytecode/opcodes.ts';
import { STACK_USE_GUIDELINE } from './limits.ts';
import type { ConstTable } from './const-table.ts';
import { setOp } from './flow-graph.ts';
import { foldBinary, foldUnary, isTrue } from './fold-constants.ts';
import { NO_LOC } from './instructions.ts';
import type { Block, Instr } from './instructions.ts';

/** Displays of fewer constants are built element by element. */
const MIN_CONST_SEQUENCE_SIZE = 3;

/** One more than the largest operand of LOAD_SMALL_INT. */
const SMALL_INT_LIMIT = 256;

/** Whether the instruction loads a constant. */
function loadsConst(instr: Instr): boolean {
  return instr.op === OP.LOAD_CONST || instr.op === OP.LOAD_SMALL_INT;
}

function constValue(op: number, arg: number, consts: ConstTable): Const {
  return op === OP.LOAD_SMALL_INT ? arg : consts.values[arg]!;
}

function isSmallInt(value: Const): value is number {
  return typeof value === 'number' && value >= 0 && value < SMALL_INT_LIMIT;
}

function makeLoad(instr: Instr, value: Const, consts: ConstTable): void {
  if (isSmallInt(value)) setOp(instr, OP.LOAD_SMALL_INT, value);
  else setOp(instr, OP.LOAD_CONST, consts.add(value));
}

/** The `count` constant loads that end before `index`, NOPs skipped, in order; null when there are not so many. */
function constLoads(block: Block, index: number, count: number): Instr[] | null {
  const found = new Array<Instr>(count);
  let left = count;
  for (let i = index - 1; i >= 0 && left > 0; i--) {
    const instr = block.instrs[i]!;
    if (instr.op === OP.NOP) continue;
    if (!loadsConst(instr)) return null;
    found[--left] = instr;
  }
  return left === 0 ? found : null;
}

function valuesOf(loads: readonly Instr[], consts: ConstTable): Const[] {
  return loads.map((instr) => constValue(instr.op, instr.arg, consts));
}

function blank(instrs: readonly Instr[]): void {
  for (const instr of instrs) {
    if (instr.op === OP.NOP) continue; // it may keep a line
    setOp(instr, OP.NOP);
    instr.loc = NO_LOC;
  }
}

/** BUILD_TUPLE of constants becomes a constant. */
export function foldTuple(block: Block, index: number, consts: ConstTable): void {
  const instr = block.instrs[index]!;
  if (instr.arg > STACK_USE_GUIDELINE) return;
  const loads = constLoads(block, index, instr.arg);
  if (loads === null) return;
  const value = new ConstTuple(valuesOf(loads, consts));
  blank(loads);
  makeLoad(instr, value, consts);
}

/** A long tuple of constants, which was built through a list, becomes a constant. `index`: the conversion of the list. */
export function foldListToTuple(block: Block, index: number, consts: ConstTable): void {
  const sequence = appendedConsts(block, index - 1, OP.BUILD_LIST, OP.LIST_APPEND, consts);
  if (sequence === null) return;
  blank(block.instrs.slice(sequence.start, index));
  makeLoad(block.instrs[index]!, new ConstTuple(sequence.items), consts);
}

/** A long list or set of constants that is only searched or iterated becomes a constant. `index`: the last append. */
export function foldAppended(block: Block, index: number, nextOp: number, consts: ConstTable): void {
  const instr = block.instrs[index]!;
  if (instr.arg !== 1 || !isRead(nextOp)) return;
  const isSet = instr.op === OP.SET_ADD;
  const sequence = appendedConsts(block, index, isSet ? OP.BUILD_SET : OP.BUILD_LIST, instr.op, consts);
  if (sequence === null) return;
  blank(block.instrs.slice(sequence.start, index + 1));
  makeLoad(instr, isSet ? new ConstFrozenSet(distinct(sequence.items)) : new ConstTuple(sequence.items), consts);
}

/** Follows `build 0, (load, append 1)...` backwards from the last append; null when there is anything else. */
function appendedConsts(block: Block, last: number, build: number, append: number, consts: ConstTable): { start: number; items: Const[] } | null {
  const items: Const[] = [];
  let expectsAppend = true;
  for (let i = last; i >= 0; i--) {
    const instr = block.instrs[i]!;
    if (instr.op === OP.NOP) continue;
    if (expectsAppend && instr.op === build && instr.arg === 0) return { start: i, items: items.reverse() };
    if (expectsAppend) {
      if (instr.op !== append || instr.arg !== 1) return null;
    } else {
      if (!loadsConst(instr)) return null;
      items.push(constValue(instr.op, instr.arg, consts));
    }
    expectsAppend = !expectsAppend;
  }
  return null;
}

/** Whether the next instruction only reads a container. */
function isRead(nextOp: number): boolean {
  return nextOp === OP.GET_ITER || nextOp === OP.CONTAINS_OP;
}

/** Lists and sets: constant ones that are only searched or iterated become tuples and frozensets; others are extended from a constant. */
export function foldListOrSet(block: Block, index: number, nextOp: number, consts: ConstTable): void {
  const { instrs } = block;
  const instr = instrs[index]!;
  const isOnlyRead = isRead(nextOp);
  const size = instr.arg;
  if (size > STACK_USE_GUIDELINE || (size < MIN_CONST_SEQUENCE_SIZE && !isOnlyRead)) return;
  const loads = constLoads(block, index, size);
  if (loads === null) {
    if (isOnlyRead && instr.op === OP.BUILD_LIST) setOp(instr, OP.BUILD_TUPLE, size);
    return;
  }
  const values = valuesOf(loads, consts);
  const slot = consts.add(instr.op === OP.BUILD_SET ? new ConstFrozenSet(distinct(values)) : new ConstTuple(values));
  blank(loads);
  if (isOnlyRead) return setOp(instr, OP.LOAD_CONST, slot);
  instrs[index - 2]!.loc = instr.loc;
  setOp(instrs[index - 2]!, instr.op, 0);
  setOp(instrs[index - 1]!, OP.LOAD_CONST, slot);
  setOp(instr, instr.op === OP.BUILD_LIST ? OP.LIST_EXTEND : OP.SET_UPDATE, 1);
}

/** The values without those that equal an earlier one in Python (1, 1.0 and True are equal). */
function distinct(values: readonly Const[]): Const[] {
  const seen = new Set<string | null>();
  return values.filter((value) => {
    const key = equalityKey(value);
    if (key !== null && seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function equalityKey(value: Const): string | null {
  if (typeof value === 'boolean') return `i${value ? 1 : 0}`;
  if (typeof value === 'object' && value !== null) {
    if (value.kind === 'float' && Number.isInteger(value.value)) return `i${BigInt(value.value)}`;
    if (value.kind === 'tuple') return `t${value.items.map(equalityKey).join()}`;
  }
  return constKey(value);
}

/** A binary operator on two constants becomes a constant, when it neither raises nor grows too large. */
export function foldBinaryOp(block: Block, index: number, consts: ConstTable): void {
  const loads = constLoads(block, index, 2);
  if (loads === null) return;
  const [left, right] = valuesOf(loads, consts);
  const value = foldBinary(left!, block.instrs[index]!.arg, right!);
  if (value === undefined) return;
  blank(loads);
  makeLoad(block.instrs[index]!, value, consts);
}

/** A unary operator on a constant becomes a constant. */
export function foldUnaryOp(block: Block, index: number, consts: ConstTable): void {
  const loads = constLoads(block, index, 1);
  if (loads === null) return;
  const instr = block.instrs[index]!;
  const operator = instr.op === OP.UNARY_NEGATIVE ? '-' : instr.op === OP.UNARY_INVERT ? '~' : instr.op === OP.UNARY_NOT ? 'not' : '+';
  const value = foldUnary(operator, valuesOf(loads, consts)[0]!);
  if (value === undefined) return;
  blank(loads);
  makeLoad(instr, value, consts);
}


/** What follows the load of a constant: conditions are decided, comparisons with None get their own jumps, small ints their own load. */
export function optimiseLoads(block: Block, consts: ConstTable): void {
  const { instrs } = block;
  let op = 0;
  let arg = 0;
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i]!;
    if (instr.op === OP.LOAD_CONST) {
      const value = consts.values[instr.arg]!;
      if (isSmallInt(value)) setOp(instr, OP.LOAD_SMALL_INT, value);
    }
    // A copy of a constant is as good as the constant.
    const isCopy = op === OP.LOAD_CONST && instr.op === OP.COPY && instr.arg === 1;
    if (!isCopy) {
      op = instr.op;
      arg = instr.arg;
    }
    if ((op === OP.LOAD_CONST || op === OP.LOAD_SMALL_INT) && i + 1 < instrs.length) optimiseAfterLoad(instrs, i, constValue(op, arg, consts), consts);
  }
}

function optimiseAfterLoad(instrs: readonly Instr[], i: number, value: Const, consts: ConstTable): void {
  const instr = instrs[i]!;
  const next = instrs[i + 1]!;
  switch (next.op) {
    case OP.POP_JUMP_IF_FALSE: case OP.POP_JUMP_IF_TRUE: case OP.JUMP_IF_FALSE: case OP.JUMP_IF_TRUE: {
      const jumpsIfTrue = next.op === OP.POP_JUMP_IF_TRUE || next.op === OP.JUMP_IF_TRUE;
      if (next.op === OP.POP_JUMP_IF_FALSE || next.op === OP.POP_JUMP_IF_TRUE) setOp(instr, OP.NOP);
      if (isTrue(value) === jumpsIfTrue) next.op = OP.JUMP;
      else setOp(next, OP.NOP);
      return;
    }
    case OP.IS_OP:
      if (value === null) jumpOnNone(instrs, i);
      return;
    case OP.TO_BOOL: {
      const slot = consts.add(isTrue(value));
      setOp(instr, OP.NOP);
      return setOp(next, OP.LOAD_CONST, slot);
    }
    default: return;
  }
}

/** LOAD_CONST None, IS_OP, (TO_BOOL,) POP_JUMP_IF_x becomes POP_JUMP_IF_(NOT_)NONE. */
function jumpOnNone(instrs: readonly Instr[], i: number): void {
  const is = instrs[i + 1]!;
  let jump = instrs[i + 2];
  if (jump !== undefined && jump.op === OP.TO_BOOL) {
    setOp(jump, OP.NOP);
    jump = instrs[i + 3];
  }
  if (jump === undefined || (jump.op !== OP.POP_JUMP_IF_FALSE && jump.op !== OP.POP_JUMP_IF_TRUE)) return;
  const isInverted = (is.arg !== 0) !== (jump.op === OP.POP_JUMP_IF_FALSE);
  setOp(instrs[i]!, OP.NOP);
  setOp(is, OP.NOP);
  jump.op = isInverted ? OP.POP_JUMP_IF_NOT_NONE : OP.POP_JUMP_IF_NONE;
}

/** Drops constants that no instruction loads; the first stays, it may be the docstring. Returns the constants that are left. */
export function removeUnusedConsts(entry: Block, consts: ConstTable): Const[] {
  const { values } = consts;
  if (values.length === 0) return [];
  const used = new Uint8Array(values.length);
  used[0] = 1;
  forEachLoad(entry, (instr) => { used[instr.arg] = 1; });
  const slots = new Int32Array(values.length);
  const kept: Const[] = [];
  values.forEach((value, i) => {
    if (used[i] === 1) slots[i] = kept.push(value) - 1;
  });
  if (kept.length < values.length) forEachLoad(entry, (instr) => { instr.arg = slots[instr.arg]!; });
  return kept;
}

function forEachLoad(entry: Block, visit: (instr: Instr) => void): void {
  for (let block: Block | null = entry; block !== null; block = block.next) {
    for (const instr of block.instrs) if (instr.op === OP.LOAD_CONST) visit(instr);
  }
}
