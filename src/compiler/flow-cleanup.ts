/** Removing what is not needed: unreachable blocks, NOPs, jumps to the next block; and copying small exits to where they are jumped to. */
import { OP } from '../bytecode/opcodes.ts';
import { alwaysJumps, exitsScope, fallsThrough, isBlockPush, isJump, lastInstr, nextNonEmpty, setOp } from './flow-graph.ts';
import type { Block, Instr } from './instructions.ts';

/** Blocks of up to this many instructions are copied rather than jumped to. */
const MAX_COPY_SIZE = 4;

/** Counts the predecessors of all blocks and empties those that cannot be reached. */
export function removeUnreachable(entry: Block): void {
  for (let block: Block | null = entry; block !== null; block = block.next) {
    block.predecessors = 0;
    block.visited = false;
  }
  const work = [entry];
  entry.predecessors = 1;
  entry.visited = true;
  const reach = (target: Block): void => {
    target.predecessors++;
    if (target.visited) return;
    target.visited = true;
    work.push(target);
  };
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    if (block.next !== null && fallsThrough(block)) reach(block.next);
    for (const instr of block.instrs) if (isJump(instr) || isBlockPush(instr)) reach(instr.target!);
  }
  for (let block: Block | null = entry; block !== null; block = block.next) {
    if (block.predecessors === 0) {
      block.instrs = [];
      block.isHandler = false;
    }
  }
}

/** Removes the NOPs of a block whose line is seen elsewhere; returns how many. */
function removeNopsIn(block: Block): number {
  const { instrs } = block;
  let kept = 0;
  let previousLine = -1;
  // Copied on the first removal: which instructions stood at the end before.
  let before: Instr[] | null = null;
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i]!;
    const { lineno } = instr.loc;
    if (instr.op === OP.NOP && isRedundantNop(block, i, lineno, previousLine)) {
      before ??= instrs.slice();
      continue;
    }
    instrs[kept++] = instr;
    previousLine = lineno;
  }
  if (before === null) return 0;
  for (let i = kept; i < before.length; i++) block.staleHandlers[i] = before[i]!.except;
  for (let i = kept; i < before.length; i++) instrs.pop(); // cheaper than setting the length
  return before.length - kept;
}

function isRedundantNop(block: Block, index: number, lineno: number, previousLine: number): boolean {
  if (lineno < 0 || previousLine === lineno) return true;
  const { instrs } = block;
  if (index + 1 < instrs.length) {
    const next = instrs[index + 1]!;
    if (next.loc.lineno === lineno) return true;
    if (next.loc.lineno >= 0) return false;
    next.loc = instrs[index]!.loc;
    return true;
  }
  const next = nextNonEmpty(block.next);
  if (next === null) return false;
  // NOPs without line at the start of the next block will go themselves.
  const first = next.instrs.find((instr) => instr.op !== OP.NOP || instr.loc.lineno >= 0);
  return lineno === (first === undefined ? -1 : first.loc.lineno);
}

/** Removes redundant NOPs everywhere; returns how many. */
export function removeRedundantNops(entry: Block): number {
  let removed = 0;
  for (let block: Block | null = entry; block !== null; block = block.next) removed += removeNopsIn(block);
  return removed;
}

function removeRedundantJumps(entry: Block): number {
  let removed = 0;
  for (let block: Block | null = entry; block !== null; block = block.next) {
    const last = lastInstr(block);
    if (last === undefined || !alwaysJumps(last)) continue;
    if (nextNonEmpty(last.target) !== nextNonEmpty(block.next)) continue;
    setOp(last, OP.NOP);
    removed++;
  }
  return removed;
}

/** Removes redundant NOPs and jumps to the next block until there are none. */
export function removeRedundantNopsAndJumps(entry: Block): void {
  while (removeRedundantNops(entry) + removeRedundantJumps(entry) > 0);
}

/** Removes loads that are popped at once. */
export function removeRedundantPairs(entry: Block): void {
  for (let changed = true; changed;) {
    changed = false;
    let previous = null;
    for (let block: Block | null = entry; block !== null; block = block.next) {
      removeNopsIn(block);
      if (block.isTarget) previous = null;
      for (const instr of block.instrs) {
        if (previous !== null && instr.op === OP.POP_TOP && isPlainLoad(previous.op, previous.arg)) {
          setOp(previous, OP.NOP);
          setOp(instr, OP.NOP);
          changed = true;
        }
        previous = instr;
      }
      if ((previous !== null && isJump(previous)) || !fallsThrough(block)) previous = null;
    }
  }
}

function isPlainLoad(op: number, arg: number): boolean {
  return op === OP.LOAD_CONST || op === OP.LOAD_SMALL_INT || (op === OP.COPY && arg === 1);
}

/** Whether no instruction of the block has a line. */
export function hasNoLine(block: Block): boolean {
  for (const instr of block.instrs) if (instr.loc.lineno >= 0) return false;
  return true;
}

/** Copies small exit blocks, and blocks without lines that end in a jump, to where they are jumped to. */
export function inlineSmallExits(entry: Block): void {
  for (let changed = true; changed;) {
    changed = false;
    for (let block: Block | null = entry; block !== null; block = block.next) if (inlineExit(block)) changed = true;
  }
}

function inlineExit(block: Block): boolean {
  const last = lastInstr(block);
  if (last === undefined || !alwaysJumps(last)) return false;
  const target = last.target!;
  const targetLast = lastInstr(target);
  const isSmallExit = targetLast !== undefined && exitsScope(targetLast) && target.instrs.length <= MAX_COPY_SIZE;
  const isLineless = hasNoLine(target) && !fallsThrough(target);
  if (!isSmallExit && !isLineless) return false;
  const removedOp = last.op;
  setOp(last, OP.NOP);
  for (const instr of target.instrs) block.instrs.push(instr.clone());
  const newLast = lastInstr(block)!;
  // A jump that checked the eval breaker must still do so.
  if (isLineless && alwaysJumps(newLast) && removedOp === OP.JUMP) newLast.op = OP.JUMP;
  target.predecessors--;
  return true;
}

