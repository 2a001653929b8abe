/** SWAP: runs of swaps become the shortest equal run, and swaps before stores become an order of stores. Source: CPython 3.14 `Python/flowgraph.c`. */
import { OP } from '../bytecode/opcodes.ts';
import { setOp } from './flow-graph.ts';
import type { Block, Instr } from './instructions.ts';

const VISITED = -1;

/** Optimises all swaps of a block. */
export function optimiseSwaps(block: Block): void {
  for (let i = 0; i < block.instrs.length; i++) {
    if (block.instrs[i]!.op !== OP.SWAP) continue;
    i = shortenRun(block, i);
    applyStatically(block, i);
  }
}

/** Replaces the run of SWAPs and NOPs that starts at `start` by an optimal one; returns the index of its last instruction. */
function shortenRun(block: Block, start: number): number {
  const { instrs } = block;
  let depth = instrs[start]!.arg;
  let length = 1;
  let isRun = false;
  for (; start + length < instrs.length; length++) {
    const { op, arg } = instrs[start + length]!;
    if (op === OP.SWAP) {
      depth = Math.max(depth, arg);
      isRun = true;
    } else if (op !== OP.NOP) break;
  }
  if (!isRun) return start;
  const stack = simulate(instrs, start, length, depth);
  // Each cycle of the permutation is undone by swaps with the top; they are written from the end of the run backwards.
  let current = start + length - 1;
  for (let i = 0; i < depth; i++) {
    if (stack[i] === VISITED || stack[i] === i) continue;
    let j = i;
    for (;;) {
      if (j !== 0) setOp(instrs[current--]!, OP.SWAP, j + 1);
      if (stack[j] === VISITED) break;
      const next = stack[j]!;
      stack[j] = VISITED;
      j = next;
    }
  }
  while (current >= start) setOp(instrs[current--]!, OP.NOP);
  return start + length - 1;
}

function simulate(instrs: readonly Instr[], start: number, length: number, depth: number): number[] {
  const stack = Array.from({ length: depth }, (_, i) => i);
  for (let i = start; i < start + length; i++) {
    const { op, arg } = instrs[i]!;
    if (op !== OP.SWAP) continue;
    const top = stack[0]!;
    stack[0] = stack[arg - 1]!;
    stack[arg - 1] = top;
  }
  return stack;
}

/** Instructions that only pop the top of the stack, without effects besides. */
function isSwappable(op: number): boolean {
  return op === OP.STORE_FAST || op === OP.STORE_FAST_MAYBE_NULL || op === OP.POP_TOP;
}

function storesTo(instr: Instr): number {
  return instr.op === OP.STORE_FAST || instr.op === OP.STORE_FAST_MAYBE_NULL ? instr.arg : -1;
}

/** The next instruction after `i` that may be reordered, on the line `lineno` if that is given; -1 when another comes first. */
function nextSwappable(block: Block, i: number, lineno: number): number {
  for (i++; i < block.instrs.length; i++) {
    const instr = block.instrs[i]!;
    // Reordering over lines would show in tracing.
    if (lineno >= 0 && instr.loc.lineno !== lineno) return -1;
    if (instr.op === OP.NOP) continue;
    return isSwappable(instr.op) ? i : -1;
  }
  return -1;
}

/** Applies the SWAPs at and before `i` by exchanging the instructions that follow. */
function applyStatically(block: Block, i: number): void {
  const { instrs } = block;
  for (; i >= 0; i--) {
    const swap = instrs[i]!;
    if (swap.op !== OP.SWAP) {
      if (swap.op === OP.NOP || isSwappable(swap.op)) continue;
      return;
    }
    const first = nextSwappable(block, i, -1);
    if (first < 0) return;
    const { lineno } = instrs[first]!.loc;
    let second = first;
    for (let count = swap.arg - 1; count > 0; count--) {
      second = nextSwappable(block, second, lineno);
      if (second < 0) return;
    }
    if (!canExchange(instrs, first, second)) return;
    setOp(swap, OP.NOP);
    const exchanged = instrs[first]!;
    instrs[first] = instrs[second]!;
    instrs[second] = exchanged;
  }
}

/** Not when both store to one variable, or something between stores to one of theirs. */
function canExchange(instrs: readonly Instr[], first: number, second: number): boolean {
  const a = storesTo(instrs[first]!);
  const b = storesTo(instrs[second]!);
  if (a < 0 && b < 0) return true;
  if (a === b) return false;
  for (let i = first + 1; i < second; i++) {
    const store = storesTo(instrs[i]!);
    if (store >= 0 && (store === a || store === b)) return false;
  }
  return true;
}
