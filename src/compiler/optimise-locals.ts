/** Local variables: checks for unbound ones, instructions that do two accesses at once, and loads that need no reference of their own. */
import { OP, hasExc, stackPops, stackPushes } from '../bytecode/opcodes.ts';
import { removeRedundantNops } from './flow-cleanup.ts';
import { alwaysJumps, clearVisited, exitsScope, fallsThrough, hasTarget, isJump, lastInstr, setOp } from './flow-graph.ts';
import type { Block, Instr } from './instructions.ts';

/** So many locals are followed through the whole graph (two words of bits); the others block by block. */
const TRACKED_LOCALS = 64;

/** Turns LOAD_FAST into LOAD_FAST_CHECK wherever the local may be unbound. */
export function checkUnbound(entry: Block, nlocals: number, nparams: number): void {
  if (nlocals === 0) return;
  if (nlocals > TRACKED_LOCALS) checkManyLocals(entry, nlocals);
  clearVisited(entry);
  for (let block: Block | null = entry; block !== null; block = block.next) block.unsafeLow = block.unsafeHigh = 0;
  const work: Block[] = [];
  const tracked = Math.min(nlocals, TRACKED_LOCALS);
  let low = 0;
  let high = 0;
  for (let i = nparams; i < tracked; i++) {
    if (i < 32) low |= 1 << i;
    else high |= 1 << (i - 32);
  }
  spread(entry, low, high, work);
  // Every block once, because a DELETE_FAST may stand anywhere; then as long as something changes.
  for (let block: Block | null = entry; block !== null; block = block.next) scanBlock(block, work);
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    block.visited = false;
    scanBlock(block, work);
  }
}

function spread(block: Block, low: number, high: number, work: Block[]): void {
  const newLow = block.unsafeLow | low;
  const newHigh = block.unsafeHigh | high;
  if (newLow === block.unsafeLow && newHigh === block.unsafeHigh) return;
  block.unsafeLow = newLow;
  block.unsafeHigh = newHigh;
  if (block.visited) return;
  block.visited = true;
  work.push(block);
}

function scanBlock(block: Block, work: Block[]): void {
  let low = block.unsafeLow;
  let high = block.unsafeHigh;
  for (const instr of block.instrs) {
    if (instr.except !== null) spread(instr.except, low, high, work);
    if (instr.arg >= TRACKED_LOCALS) continue;
    const lowBit = instr.arg < 32 ? 1 << instr.arg : 0;
    const highBit = instr.arg < 32 ? 0 : 1 << (instr.arg - 32);
    switch (instr.op) {
      case OP.DELETE_FAST: case OP.LOAD_FAST_AND_CLEAR: case OP.STORE_FAST_MAYBE_NULL:
        low |= lowBit;
        high |= highBit;
        break;
      case OP.LOAD_FAST:
        if (((low & lowBit) | (high & highBit)) !== 0) instr.op = OP.LOAD_FAST_CHECK;
        low &= ~lowBit;
        high &= ~highBit;
        break;
      case OP.STORE_FAST: case OP.LOAD_FAST_CHECK:
        low &= ~lowBit;
        high &= ~highBit;
        break;
      default: break;
    }
  }
  if (block.next !== null && fallsThrough(block)) spread(block.next, low, high, work);
  const last = lastInstr(block);
  if (last !== undefined && isJump(last)) spread(last.target!, low, high, work);
}

/** Locals beyond the tracked ones are known to be bound only within a block. */
function checkManyLocals(entry: Block, nlocals: number): void {
  const boundIn = new Int32Array(nlocals);
  let number = 0;
  for (let block: Block | null = entry; block !== null; block = block.next) {
    number++;
    for (const instr of block.instrs) {
      if (instr.arg < TRACKED_LOCALS) continue;
      switch (instr.op) {
        case OP.DELETE_FAST: case OP.LOAD_FAST_AND_CLEAR: case OP.STORE_FAST_MAYBE_NULL:
          boundIn[instr.arg] = number - 1;
          break;
        case OP.STORE_FAST:
          boundIn[instr.arg] = number;
          break;
        case OP.LOAD_FAST:
          if (boundIn[instr.arg] !== number) instr.op = OP.LOAD_FAST_CHECK;
          boundIn[instr.arg] = number;
          break;
        default: break;
      }
    }
  }
}

/** Joins two accesses to locals into one instruction. */
export function insertSuperinstructions(entry: Block): void {
  for (let block: Block | null = entry; block !== null; block = block.next) {
    const { instrs } = block;
    for (let i = 0; i + 1 < instrs.length; i++) {
      const op = joinedOp(instrs[i]!.op, instrs[i + 1]!.op);
      if (op !== 0) join(instrs[i]!, instrs[i + 1]!, op);
    }
  }
  removeRedundantNops(entry);
}

function joinedOp(first: number, second: number): number {
  if (first === OP.LOAD_FAST) return second === OP.LOAD_FAST ? OP.LOAD_FAST_LOAD_FAST : 0;
  if (first !== OP.STORE_FAST) return 0;
  return second === OP.LOAD_FAST ? OP.STORE_FAST_LOAD_FAST : second === OP.STORE_FAST ? OP.STORE_FAST_STORE_FAST : 0;
}

function join(first: Instr, second: Instr, op: number): void {
  const lineA = first.loc.lineno;
  const lineB = second.loc.lineno;
  if (lineA >= 0 && lineB >= 0 && lineA !== lineB) return;
  // Both operands share one byte.
  if (first.arg >= 16 || second.arg >= 16) return;
  setOp(first, op, (first.arg << 4) | second.arg);
  setOp(second, OP.NOP);
}

// Borrowed loads

const NOT_LOCAL = -1;
const DUMMY = -1;

/**
 * Abstract stack of one block: for each value the instruction that made it and the local it comes from. A load whose value is consumed
 * before the local changes, and never stored in another local, may borrow the local's reference.
 */
class BorrowAnalysis {
  /** Index of the producing instruction, or DUMMY. */
  #instrs = new Int32Array(64);
  #locals = new Int32Array(64);
  #depth = 0;
  /** 1 for instructions that must not borrow. */
  #unsafe = new Uint8Array(64);

  start(block: Block): void {
    if (this.#unsafe.length < block.instrs.length) this.#unsafe = new Uint8Array(block.instrs.length * 2);
    else this.#unsafe.fill(0, 0, block.instrs.length);
    this.#depth = 0;
    for (let i = 0; i < block.startDepth; i++) this.push(DUMMY, NOT_LOCAL);
  }

  get depth(): number {
    return this.#depth;
  }

  push(instr: number, local: number): void {
    if (this.#depth === this.#instrs.length) this.#grow();
    this.#instrs[this.#depth] = instr;
    this.#locals[this.#depth++] = local;
  }

  pop(count: number): void {
    this.#depth -= count;
  }

  #grow(): void {
    const instrs = new Int32Array(this.#depth * 2);
    const locals = new Int32Array(this.#depth * 2);
    instrs.set(this.#instrs);
    locals.set(this.#locals);
    this.#instrs = instrs;
    this.#locals = locals;
  }

  /** Pushes the value at `depth` (1 is the top) again. */
  copy(depth: number): void {
    const at = this.depth - depth;
    this.push(this.#instrs[at]!, this.#locals[at]!);
  }

  swap(depth: number): void {
    const at = this.depth - depth;
    const top = this.depth - 1;
    const instr = this.#instrs[at]!;
    const local = this.#locals[at]!;
    this.#instrs[at] = this.#instrs[top]!;
    this.#locals[at] = this.#locals[top]!;
    this.#instrs[top] = instr;
    this.#locals[top] = local;
  }

  /** The local changes: what was loaded from it and is still on the stack needs a reference of its own. */
  kill(local: number): void {
    for (let i = 0; i < this.#depth; i++) if (this.#locals[i] === local) this.#markUnsafe(this.#instrs[i]!);
  }

  store(local: number): void {
    const instr = this.#instrs[--this.#depth]!;
    this.kill(local);
    this.#markUnsafe(instr);
  }

  /** What is left on the stack at the end of the block is not followed further. */
  finish(block: Block): void {
    for (let i = 0; i < this.#depth; i++) this.#markUnsafe(this.#instrs[i]!);
    block.instrs.forEach((instr, i) => {
      if (this.#unsafe[i] === 1) return;
      if (instr.op === OP.LOAD_FAST) instr.op = OP.LOAD_FAST_BORROW;
      else if (instr.op === OP.LOAD_FAST_LOAD_FAST) instr.op = OP.LOAD_FAST_BORROW_LOAD_FAST_BORROW;
    });
  }

  #markUnsafe(instr: number): void {
    if (instr !== DUMMY) this.#unsafe[instr] = 1;
  }

  /** LOAD_ATTR for a method keeps the object on the stack. */
  loadAttr(index: number, pops: number, isMethod: boolean): void {
    const self = this.#instrs[this.depth - 1]!;
    const local = this.#locals[this.depth - 1]!;
    this.pop(pops);
    this.push(index, NOT_LOCAL);
    if (isMethod) this.push(self, local);
  }
}

/** Turns loads into borrowing ones where that is safe. Stack depths must be known. */
export function borrowLoads(entry: Block): void {
  clearVisited(entry);
  const work: Block[] = [];
  const reach = (target: Block): void => {
    if (target.visited) return;
    target.visited = true;
    work.push(target);
  };
  entry.startDepth = 0;
  reach(entry);
  const analysis = new BorrowAnalysis();
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    analysis.start(block);
    for (let i = 0; i < block.instrs.length; i++) {
      const instr = block.instrs[i]!;
      if (hasTarget(instr)) reach(instr.target!);
      stepBorrow(analysis, instr, i);
    }
    const last = lastInstr(block);
    if (last !== undefined && block.next !== null && !alwaysJumps(last) && !exitsScope(last)) reach(block.next);
    analysis.finish(block);
  }
}

function stepBorrow(analysis: BorrowAnalysis, instr: Instr, i: number): void {
  const { op, arg } = instr;
  switch (op) {
    case OP.LOAD_FAST: return analysis.push(i, arg);
    case OP.LOAD_FAST_AND_CLEAR:
      analysis.kill(arg);
      return analysis.push(i, arg);
    case OP.LOAD_FAST_LOAD_FAST:
      analysis.push(i, arg >> 4);
      return analysis.push(i, arg & 15);
    case OP.STORE_FAST: return analysis.store(arg);
    case OP.STORE_FAST_LOAD_FAST:
      analysis.store(arg >> 4);
      return analysis.push(i, arg & 15);
    case OP.STORE_FAST_STORE_FAST:
      analysis.store(arg >> 4);
      return analysis.store(arg & 15);
    case OP.COPY: return analysis.copy(arg);
    case OP.SWAP: return analysis.swap(arg);
    // These leave their inputs where they are.
    case OP.GET_ANEXT: case OP.GET_LEN: case OP.IMPORT_FROM: case OP.MATCH_KEYS: case OP.MATCH_MAPPING: case OP.MATCH_SEQUENCE:
    case OP.WITH_EXCEPT_START: {
      const pushed = stackPushes(op, arg) - stackPops(op, arg);
      // CPython counts the producer from zero here, an oddity that decides which loads borrow.
      for (let j = 0; j < pushed; j++) analysis.push(j, NOT_LOCAL);
      return;
    }
    // These consume some inputs and push nothing.
    case OP.DICT_MERGE: case OP.DICT_UPDATE: case OP.LIST_APPEND: case OP.LIST_EXTEND: case OP.MAP_ADD: case OP.RERAISE: case OP.SET_ADD:
    case OP.SET_UPDATE:
      return analysis.pop(stackPops(op, arg) - stackPushes(op, arg));
    case OP.CHECK_EXC_MATCH: case OP.SEND:
      analysis.pop(1);
      return analysis.push(i, NOT_LOCAL);
    // The value on top stays, the one below goes.
    case OP.END_SEND: case OP.SET_FUNCTION_ATTRIBUTE:
      analysis.swap(2);
      return analysis.pop(1);
    // The result may be the operand itself.
    case OP.GET_YIELD_FROM_ITER: case OP.FORMAT_SIMPLE: return;
    case OP.DELETE_FAST: return analysis.kill(arg);
    case OP.FOR_ITER: return analysis.push(i, NOT_LOCAL);
    case OP.LOAD_SPECIAL: return analysis.loadAttr(i, 1, /* isMethod */ true);
    case OP.LOAD_ATTR: return analysis.loadAttr(i, 1, (arg & 1) === 1);
    case OP.LOAD_SUPER_ATTR: return analysis.loadAttr(i, 3, (arg & 1) === 1);
    default: return stepDefault(analysis, op, arg, i);
  }
}

function stepDefault(analysis: BorrowAnalysis, op: number, arg: number, i: number): void {
  // Opening a block changes the stack only on the way to its handler.
  if (hasExc(op)) return;
  analysis.pop(stackPops(op, arg));
  for (let pushed = stackPushes(op, arg); pushed > 0; pushed--) analysis.push(i, NOT_LOCAL);
}
