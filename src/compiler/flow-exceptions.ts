/** Finds for every instruction the exception handler that is active there, by following the SETUP and POP_BLOCK pseudo-instructions. */
import { RESUME_AT } from '../bytecode/operands.ts';
import { OP } from '../bytecode/opcodes.ts';
import { clearVisited, fallsThrough, isBlockPush, isJump, setOp } from './flow-graph.ts';
import type { Block, ExceptStack, Instr } from './instructions.ts';

const EMPTY: ExceptStack = [];

/** Marks handlers, and sets `except` of all reachable instructions. POP_BLOCK becomes NOP. */
export function resolveHandlers(entry: Block): void {
  markHandlers(entry);
  clearVisited(entry);
  const work: Block[] = [];
  const visit = (block: Block, stack: ExceptStack): void => {
    if (block.visited) return;
    block.visited = true;
    block.exceptStack = stack;
    work.push(block);
  };
  visit(entry, EMPTY);
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    const stack = resolveBlock(block, visit);
    if (block.next !== null && fallsThrough(block)) visit(block.next, stack);
  }
}

function markHandlers(entry: Block): void {
  for (let block: Block | null = entry; block !== null; block = block.next) {
    for (const instr of block.instrs) if (isBlockPush(instr)) instr.target!.isHandler = true;
  }
}

/** Resolves the instructions of a block; returns the handlers that are active at its end. */
function resolveBlock(block: Block, visit: (block: Block, stack: ExceptStack) => void): ExceptStack {
  let stack = block.exceptStack!;
  block.exceptStack = null;
  let yieldDepth = -1;
  for (const instr of block.instrs) {
    if (isBlockPush(instr)) {
      visit(instr.target!, stack);
      if (instr.op !== OP.SETUP_FINALLY) instr.target!.preserveLasti = true;
      stack = [...stack, instr.target!];
    } else if (instr.op === OP.POP_BLOCK) {
      stack = stack.slice(0, -1);
      setOp(instr, OP.NOP);
    } else {
      instr.except = stack.length === 0 ? null : stack[stack.length - 1]!;
      if (isJump(instr)) visit(instr.target!, stack);
      else if (instr.op === OP.YIELD_VALUE) yieldDepth = stack.length;
      else if (instr.op === OP.RESUME) yieldDepth = markResume(instr, yieldDepth);
    }
  }
  return stack;
}

/** A RESUME after a yield tells whether only the generator's own handler is active. */
function markResume(instr: Instr, yieldDepth: number): number {
  if (instr.arg === RESUME_AT.FUNC_START) return yieldDepth;
  if (yieldDepth === 1) instr.arg |= RESUME_AT.DEPTH1;
  return -1;
}
