/** How high the evaluation stack is at every block, and at most. */
import { OP, stackEffect } from '../bytecode/opcodes.ts';
import { CompilationFailure } from './errors.ts';
import { alwaysJumps, exitsScope, hasTarget } from './flow-graph.ts';
import type { Block } from './instructions.ts';

/** Sets `startDepth` of all reachable blocks; returns the largest depth. */
export function computeStackDepth(entry: Block): number {
  for (let block: Block | null = entry; block !== null; block = block.next) block.startDepth = -1;
  const work: Block[] = [];
  const reach = (block: Block, depth: number): void => {
    if (block.startDepth >= 0) {
      if (block.startDepth !== depth) throw new CompilationFailure('ValueError', 'Invalid CFG, inconsistent stackdepth');
      return;
    }
    block.startDepth = depth;
    work.push(block);
  };
  reach(entry, 0);
  let deepest = 1; // frames are never without room for one value
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    let depth = block.startDepth;
    let next = block.next;
    for (const instr of block.instrs) {
      if (depth > deepest) deepest = depth;
      if (hasTarget(instr) && instr.op !== OP.END_ASYNC_FOR) reach(instr.target!, depth + stackEffect(instr.op, instr.arg, /* jump */ true));
      depth += stackEffect(instr.op, instr.arg, /* jump */ false);
      if (depth < 0) throw new CompilationFailure('ValueError', 'Invalid CFG, stack underflow');
      if (alwaysJumps(instr) || exitsScope(instr)) {
        next = null;
        break;
      }
    }
    if (next !== null) reach(next, depth);
  }
  return deepest;
}
