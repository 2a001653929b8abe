/** Local optimisation of basic blocks: folding, jump threading, and pairs of instructions that have a shorter form. */
import { INTRINSIC } from '../bytecode/operands.ts';
import { OP } from '../bytecode/opcodes.ts';
import type { ConstTable } from './const-table.ts';
import { inlineSmallExits, removeRedundantNopsAndJumps, removeRedundantPairs, removeUnreachable } from './flow-cleanup.ts';
import { hasTarget, makeJump, setOp } from './flow-graph.ts';
import { resolveLines } from './flow-lines.ts';
import type { Block, Instr } from './instructions.ts';
import { foldAppended, foldBinaryOp, foldListOrSet, foldListToTuple, foldTuple, foldUnaryOp, optimiseLoads } from './optimise-constants.ts';
import { optimiseSwaps } from './optimise-swaps.ts';

const TO_BOOL_FLAG = 16;

/** Optimises a flow graph whose handlers are resolved. New constants are added to `consts`. */
export function optimiseGraph(entry: Block, consts: ConstTable): void {
  inlineSmallExits(entry);
  removeUnreachable(entry);
  resolveLines(entry);
  for (let block: Block | null = entry; block !== null; block = block.next) optimiseLoads(block, consts);
  for (let block: Block | null = entry; block !== null; block = block.next) optimiseBlock(block, consts);
  removeRedundantPairs(entry);
  removeUnreachable(entry);
  removeRedundantNopsAndJumps(entry);
}

function optimiseBlock(block: Block, consts: ConstTable): void {
  const { instrs } = block;
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i]!;
    if (hasTarget(instr)) {
      if (threadJump(block, instr)) i--;
    } else optimiseInstr(block, i, instr, consts);
  }
  optimiseSwaps(block);
}

/** Jumps to jumps go where the second one goes. Returns whether the same place must be looked at again. */
function threadJump(block: Block, instr: Instr): boolean {
  const target = instr.target!;
  const first = target.instrs[0];
  if (first === undefined) return false;
  switch (instr.op) {
    case OP.POP_JUMP_IF_NONE: case OP.POP_JUMP_IF_NOT_NONE: case OP.POP_JUMP_IF_FALSE: case OP.POP_JUMP_IF_TRUE:
      return first.op === OP.JUMP && redirect(block, instr, first, instr.op);
    case OP.JUMP_IF_FALSE: case OP.JUMP_IF_TRUE:
      if (first.op === OP.JUMP || first.op === instr.op) return redirect(block, instr, first, instr.op);
      if (first.op !== OP.JUMP_IF_FALSE && first.op !== OP.JUMP_IF_TRUE) return false;
      // The opposite condition: it will not jump.
      instr.target = target.next;
      return true;
    case OP.JUMP: case OP.JUMP_NO_INTERRUPT:
      if (first.op === OP.JUMP) return redirect(block, instr, first, OP.JUMP);
      return first.op === OP.JUMP_NO_INTERRUPT && redirect(block, instr, first, instr.op);
    default: return false;
  }
}

function redirect(block: Block, instr: Instr, next: Instr, op: number): boolean {
  // A jump to itself would be followed for ever.
  if (instr.target === next.target) return false;
  setOp(instr, OP.NOP);
  block.instrs.push(makeJump(op, next.target!, next.loc));
  return true;
}

function optimiseInstr(block: Block, i: number, instr: Instr, consts: ConstTable): void {
  const next = block.instrs[i + 1];
  const nextOp = next === undefined ? 0 : next.op;
  switch (instr.op) {
    case OP.BUILD_TUPLE:
      if (nextOp !== OP.UNPACK_SEQUENCE || next!.arg !== instr.arg || !swapsInstead(instr, next!)) foldTuple(block, i, consts);
      return;
    case OP.BUILD_LIST: case OP.BUILD_SET: return foldListOrSet(block, i, nextOp, consts);
    case OP.LIST_APPEND: case OP.SET_ADD: return foldAppended(block, i, nextOp, consts);
    case OP.STORE_FAST:
      if (nextOp === OP.STORE_FAST && next!.arg === instr.arg && next!.loc.lineno === instr.loc.lineno) setOp(instr, OP.POP_TOP);
      return;
    case OP.SWAP:
      if (instr.arg === 1) setOp(instr, OP.NOP);
      return;
    case OP.LOAD_GLOBAL:
      if (nextOp === OP.PUSH_NULL && (instr.arg & 1) === 0) {
        instr.arg |= 1;
        setOp(next!, OP.NOP);
      }
      return;
    case OP.COMPARE_OP:
      if (nextOp === OP.TO_BOOL) moveInto(instr, next!, OP.COMPARE_OP, instr.arg | TO_BOOL_FLAG);
      return;
    case OP.CONTAINS_OP: case OP.IS_OP:
      if (nextOp === OP.TO_BOOL) moveInto(instr, next!, instr.op, instr.arg);
      else if (nextOp === OP.UNARY_NOT) moveInto(instr, next!, instr.op, instr.arg ^ 1);
      return;
    case OP.TO_BOOL:
      if (nextOp === OP.TO_BOOL) setOp(instr, OP.NOP);
      return;
    case OP.UNARY_NOT:
      if (nextOp === OP.TO_BOOL) return moveInto(instr, next!, OP.UNARY_NOT, 0);
      if (nextOp === OP.UNARY_NOT) return moveInto(instr, next!, OP.NOP, 0);
      return foldUnaryOp(block, i, consts);
    case OP.UNARY_INVERT: case OP.UNARY_NEGATIVE: return foldUnaryOp(block, i, consts);
    case OP.CALL_INTRINSIC_1: return optimiseIntrinsic(block, i, instr, nextOp, consts);
    case OP.BINARY_OP: return foldBinaryOp(block, i, consts);
    default: return;
  }
}

/** BUILD_TUPLE n, UNPACK_SEQUENCE n with n up to 3 is a swap. */
function swapsInstead(build: Instr, unpack: Instr): boolean {
  if (build.arg < 1 || build.arg > 3) return false;
  if (build.arg === 1) setOp(unpack, OP.NOP);
  else unpack.op = OP.SWAP;
  setOp(build, OP.NOP);
  return true;
}

/** The second of two instructions takes over the work of both. */
function moveInto(instr: Instr, next: Instr, op: number, arg: number): void {
  setOp(instr, OP.NOP);
  setOp(next, op, arg);
}

function optimiseIntrinsic(block: Block, i: number, instr: Instr, nextOp: number, consts: ConstTable): void {
  if (instr.arg === INTRINSIC.UNARY_POSITIVE) foldUnaryOp(block, i, consts);
  else if (instr.arg === INTRINSIC.LIST_TO_TUPLE) {
    // What is only iterated may stay a list.
    if (nextOp === OP.GET_ITER) setOp(instr, OP.NOP);
    else foldListToTuple(block, i, consts);
  }
}
