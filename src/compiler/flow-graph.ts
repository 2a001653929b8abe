/** The control-flow graph: basic blocks from a sequence of instructions, and the questions that all passes ask about them. */
import { OP, OPCODE_LIMIT, hasExc, hasJump, isScopeExit, isUnconditionalJump } from '../bytecode/opcodes.ts';
import { Block, Instr } from './instructions.ts';
import type { InstrSequence, Loc } from './instructions.ts';

const JUMP = 1;
const BLOCK_PUSH = 2;
const SCOPE_EXIT = 4;
const UNCONDITIONAL = 8;
const EVAL_BREAK = 16;

/** Properties of instructions by number, so that the passes ask with one load. */
const PROPERTIES = Uint8Array.from({ length: OPCODE_LIMIT }, (_, op) =>
  (hasJump(op) ? JUMP : 0) | (hasExc(op) ? BLOCK_PUSH : 0) | (isScopeExit(op) ? SCOPE_EXIT : 0) | (isUnconditionalJump(op) ? UNCONDITIONAL : 0));
for (const op of [OP.RESUME, OP.JUMP, OP.JUMP_BACKWARD, OP.CALL, OP.CALL_KW, OP.CALL_FUNCTION_EX]) PROPERTIES[op]! |= EVAL_BREAK;

/** Whether the instruction may jump to its target. */
export function isJump(instr: Instr): boolean {
  return (PROPERTIES[instr.op]! & JUMP) !== 0;
}

/** Whether the instruction opens a block with an exception handler. */
export function isBlockPush(instr: Instr): boolean {
  return (PROPERTIES[instr.op]! & BLOCK_PUSH) !== 0;
}

/** Whether the instruction has a target: a jump or a handler. */
export function hasTarget(instr: Instr): boolean {
  return (PROPERTIES[instr.op]! & (JUMP | BLOCK_PUSH)) !== 0;
}

/** Whether the instruction always jumps. */
export function alwaysJumps(instr: Instr): boolean {
  return (PROPERTIES[instr.op]! & UNCONDITIONAL) !== 0;
}

/** Whether the instruction leaves the frame. */
export function exitsScope(instr: Instr): boolean {
  return (PROPERTIES[instr.op]! & SCOPE_EXIT) !== 0;
}

/** Whether the interpreter may switch threads or handle signals at the instruction. */
export function checksEvalBreaker(instr: Instr): boolean {
  return (PROPERTIES[instr.op]! & EVAL_BREAK) !== 0;
}

/** The last instruction of a block, or undefined. */
export function lastInstr(block: Block): Instr | undefined {
  return block.instrs[block.instrs.length - 1];
}

/** Whether control can run from the end of the block into the next one. */
export function fallsThrough(block: Block): boolean {
  const last = lastInstr(block);
  return last === undefined || (PROPERTIES[last.op]! & (SCOPE_EXIT | UNCONDITIONAL)) === 0;
}

/** The block itself or the first one after it that has instructions. */
export function nextNonEmpty(block: Block | null): Block | null {
  while (block !== null && block.instrs.length === 0) block = block.next;
  return block;
}

/** Turns an instruction into one without operand and target; its location and handler stay. */
export function setOp(instr: Instr, op: number, arg = 0): void {
  instr.op = op;
  instr.arg = arg;
}

/** A new jump instruction. No handler covers it: it cannot raise. */
export function makeJump(op: number, target: Block, loc: Loc): Instr {
  const instr = new Instr(op, 0, loc);
  instr.target = target;
  return instr;
}

/** Clears the `visited` marks of all blocks. */
export function clearVisited(entry: Block): void {
  for (let block: Block | null = entry; block !== null; block = block.next) block.visited = false;
}

/** Splits a sequence into blocks and connects jumps with their targets. Returns the first block. */
export function buildFlowGraph(sequence: InstrSequence): Block {
  const { labels } = sequence;
  const instrs = spliceAnnotations(sequence);
  const blockAt = new Map<number, Block>();
  for (const instr of instrs) if (hasTarget(instr)) blockAt.set(labels[instr.arg]!, NO_BLOCK);
  const entry = new Block(false);
  let block = entry;
  let isTerminated = false;
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i]!;
    const isTarget = blockAt.size > 0 && blockAt.has(i);
    if (isTerminated || (isTarget && (block.instrs.length > 0 || block.isTarget))) {
      block.next = new Block(isTarget);
      block = block.next;
    } else if (isTarget) block.isTarget = true;
    if (isTarget) blockAt.set(i, block);
    block.instrs.push(instr);
    isTerminated = (PROPERTIES[instr.op]! & (JUMP | SCOPE_EXIT)) !== 0;
  }
  for (const instr of instrs) if (hasTarget(instr)) instr.target = blockAt.get(labels[instr.arg]!)!;
  return entry;
}

/** Stands in the table of targets until the block exists. */
const NO_BLOCK = new Block(false);

/** The instructions with the annotation code in its place; labels move along. */
function spliceAnnotations(sequence: InstrSequence): readonly Instr[] {
  const { instrs, labels, annotationsCode } = sequence;
  const at = 1; // modules begin with RESUME and the placeholder
  if (instrs[at]?.op !== OP.ANNOTATIONS_PLACEHOLDER) return instrs;
  const inserted = annotationsCode ?? [];
  for (let i = 0; i < labels.length; i++) if (labels[i]! > at) labels[i]! += inserted.length - 1;
  return [...instrs.slice(0, at), ...inserted, ...instrs.slice(at + 1)];
}
