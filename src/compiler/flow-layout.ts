/** The order of blocks: rarely executed ones go to the end; then conditional jumps are brought into the directions that exist. */
import { OP } from '../bytecode/opcodes.ts';
import { removeRedundantNopsAndJumps } from './flow-cleanup.ts';
import { clearVisited, fallsThrough, isJump, lastInstr, makeJump } from './flow-graph.ts';
import { Block, Instr, NO_LOC } from './instructions.ts';

/** Moves exception handlers and what only they reach to the end. */
export function moveColdBlocks(entry: Block): void {
  if (entry.next === null) return;
  markWarm(entry);
  markCold(entry);
  addExplicitJumps(entry);
  if (reorder(entry)) removeRedundantNopsAndJumps(entry);
}

function markWarm(entry: Block): void {
  clearVisited(entry);
  const work: Block[] = [];
  const reach = (block: Block): void => {
    if (block.visited) return;
    block.visited = true;
    work.push(block);
  };
  reach(entry);
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    block.isWarm = true;
    if (block.next !== null && fallsThrough(block)) reach(block.next);
    for (const instr of block.instrs) if (isJump(instr)) reach(instr.target!);
  }
}

function markCold(entry: Block): void {
  clearVisited(entry);
  const work: Block[] = [];
  const reach = (block: Block): void => {
    if (block.isWarm || block.visited) return;
    block.visited = true;
    work.push(block);
  };
  for (let block: Block | null = entry; block !== null; block = block.next) if (block.isHandler) reach(block);
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    block.isCold = true;
    if (block.next !== null && fallsThrough(block)) reach(block.next);
    const last = lastInstr(block);
    if (last !== undefined && isJump(last)) reach(last.target!);
  }
}

/** A cold block that runs into a warm one needs a jump, because the two will be separated. */
function addExplicitJumps(entry: Block): void {
  for (let block: Block | null = entry; block !== null; block = block.next) {
    const next: Block | null = block.next;
    if (!block.isCold || next === null || !next.isWarm || !fallsThrough(block)) continue;
    next.isTarget = true;
    const jump = new Block(false);
    jump.instrs.push(makeJump(OP.JUMP_NO_INTERRUPT, next, NO_LOC));
    jump.isCold = true;
    jump.predecessors = 1;
    jump.next = next;
    block.next = jump;
  }
}

/** Chains the cold blocks behind the others; returns whether there are any. */
function reorder(entry: Block): boolean {
  let warmTail = entry;
  let coldHead: Block | null = null;
  let coldTail: Block | null = null;
  for (let block = entry.next; block !== null; block = block.next) {
    if (!block.isCold) {
      warmTail.next = block;
      warmTail = block;
    } else if (coldTail === null) coldHead = coldTail = block;
    else {
      coldTail.next = block;
      coldTail = block;
    }
  }
  if (coldTail !== null) coldTail.next = null;
  warmTail.next = coldHead;
  return coldHead !== null;
}

/** JUMP_IF_x, which keeps the value, becomes COPY, TO_BOOL, POP_JUMP_IF_x. */
export function expandConditionalJumps(entry: Block): void {
  for (let block: Block | null = entry; block !== null; block = block.next) {
    const last = lastInstr(block);
    if (last === undefined || (last.op !== OP.JUMP_IF_FALSE && last.op !== OP.JUMP_IF_TRUE)) continue;
    last.op = last.op === OP.JUMP_IF_FALSE ? OP.POP_JUMP_IF_FALSE : OP.POP_JUMP_IF_TRUE;
    const copy = new Instr(OP.COPY, 1, last.loc);
    const toBool = new Instr(OP.TO_BOOL, 0, last.loc);
    copy.except = toBool.except = last.except;
    block.instrs.splice(block.instrs.length - 1, 0, copy, toBool);
  }
}

/** Replaces the pseudo-instructions that are left. */
export function expandPseudoOps(entry: Block): void {
  for (let block: Block | null = entry; block !== null; block = block.next) {
    for (const instr of block.instrs) {
      switch (instr.op) {
        case OP.SETUP_FINALLY: case OP.SETUP_CLEANUP: case OP.SETUP_WITH:
          instr.op = OP.NOP;
          instr.arg = 0;
          break;
        case OP.LOAD_CLOSURE:
          instr.op = OP.LOAD_FAST;
          break;
        case OP.STORE_FAST_MAYBE_NULL:
          instr.op = OP.STORE_FAST;
          break;
        default: break;
      }
    }
  }
  removeRedundantNopsAndJumps(entry);
}

const REVERSED: ReadonlyMap<number, number> = new Map([
  [OP.POP_JUMP_IF_NOT_NONE, OP.POP_JUMP_IF_NONE], [OP.POP_JUMP_IF_NONE, OP.POP_JUMP_IF_NOT_NONE],
  [OP.POP_JUMP_IF_FALSE, OP.POP_JUMP_IF_TRUE], [OP.POP_JUMP_IF_TRUE, OP.POP_JUMP_IF_FALSE],
]);

/** Conditional jumps only go forwards: those that go back become a reversed jump around a plain jump. NOT_TAKEN marks the other way. */
export function normaliseJumps(entry: Block): void {
  clearVisited(entry);
  for (let block: Block | null = entry; block !== null; block = block.next) {
    block.visited = true;
    const last = lastInstr(block);
    const reversed = last === undefined ? undefined : REVERSED.get(last.op);
    if (last === undefined || reversed === undefined) continue;
    const notTaken = new Instr(OP.NOT_TAKEN, 0, last.loc);
    const target = last.target!;
    if (!target.visited) {
      notTaken.except = block.staleHandlers[block.instrs.length] ?? null;
      block.instrs.push(notTaken);
      continue;
    }
    const back = new Block(false);
    back.instrs.push(notTaken, makeJump(OP.JUMP, target, last.loc));
    back.startDepth = target.startDepth;
    back.isCold = block.isCold;
    last.op = reversed;
    last.target = block.next;
    back.next = block.next;
    block.next = back;
  }
}
