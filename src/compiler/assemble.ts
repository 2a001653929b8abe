/** The last pass: instructions become code units, and the tables of positions and handlers are written. */
import { ExceptionTableWriter } from '../bytecode/exception-table.ts';
import { LocationTableWriter } from '../bytecode/location-table.ts';
import { CACHES, OP, isBackwardJump, isTerminator } from '../bytecode/opcodes.ts';
import { isJump } from './flow-graph.ts';
import { NEXT_LOC, NO_LOC } from './instructions.ts';
import type { Block, Instr, Loc } from './instructions.ts';

/** Units from SEND to where END_SEND is expected: END_ASYNC_FOR targets the one and shows the way to the other, for monitoring. */
const END_SEND_OFFSET = 5;

/** The binary parts of a code object. */
export interface Assembled {
  readonly words: Uint16Array;
  readonly linetable: Uint8Array;
  readonly exceptiontable: Uint8Array;
}

/** Assembles a finished flow graph. */
export function assemble(entry: Block, firstlineno: number): Assembled {
  const instrs = linearise(entry);
  resolveUnconditionalJumps(instrs);
  const offsets = resolveJumps(instrs);
  return {
    words: writeWords(instrs, offsets),
    linetable: writeLocations(instrs, offsets, firstlineno),
    exceptiontable: writeHandlers(instrs, offsets),
  };
}

/** All instructions in order; `offset` of each block becomes the index of its first one. */
function linearise(entry: Block): Instr[] {
  const instrs: Instr[] = [];
  for (let block: Block | null = entry; block !== null; block = block.next) {
    block.offset = instrs.length;
    for (const instr of block.instrs) instrs.push(instr);
  }
  return instrs;
}

function resolveUnconditionalJumps(instrs: readonly Instr[]): void {
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i]!;
    if (instr.op === OP.JUMP) instr.op = instr.target!.offset > i ? OP.JUMP_FORWARD : OP.JUMP_BACKWARD;
    else if (instr.op === OP.JUMP_NO_INTERRUPT) instr.op = instr.target!.offset > i ? OP.JUMP_FORWARD : OP.JUMP_BACKWARD_NO_INTERRUPT;
  }
}

/** Units of an instruction with its prefixes and caches. */
function sizeOf(op: number, arg: number): number {
  return (arg > 0xffffff ? 4 : arg > 0xffff ? 3 : arg > 0xff ? 2 : 1) + CACHES[op]!;
}

/** Sets the distances of jumps; longer distances need prefixes, which make other distances longer. Returns the offsets, in units. */
function resolveJumps(instrs: readonly Instr[]): Int32Array {
  const offsets = new Int32Array(instrs.length + 1);
  for (const instr of instrs) if (isJump(instr)) instr.arg = instr.target!.offset;
  for (let changed = true; changed;) {
    changed = false;
    for (let i = 0; i < instrs.length; i++) offsets[i + 1] = offsets[i]! + sizeOf(instrs[i]!.op, instrs[i]!.arg);
    for (let i = 0; i < instrs.length; i++) {
      const instr = instrs[i]!;
      if (!isJump(instr)) continue;
      const size = sizeOf(instr.op, instr.arg);
      const target = offsets[instr.target!.offset]!;
      // Distances count from the end of the jump.
      instr.arg = isBackwardJump(instr.op) ? offsets[i + 1]! - target : target - offsets[i + 1]!;
      if (instr.op === OP.END_ASYNC_FOR) instr.arg -= END_SEND_OFFSET;
      if (sizeOf(instr.op, instr.arg) !== size) changed = true;
    }
  }
  return offsets;
}

function writeWords(instrs: readonly Instr[], offsets: Int32Array): Uint16Array {
  const words = new Uint16Array(offsets[instrs.length]!);
  for (let i = 0; i < instrs.length; i++) {
    const { op, arg } = instrs[i]!;
    let at = offsets[i]!;
    if (arg > 0xffffff) words[at++] = OP.EXTENDED_ARG | ((arg >>> 24) << 8);
    if (arg > 0xffff) words[at++] = OP.EXTENDED_ARG | (((arg >>> 16) & 0xff) << 8);
    if (arg > 0xff) words[at++] = OP.EXTENDED_ARG | (((arg >>> 8) & 0xff) << 8);
    words[at] = op | ((arg & 0xff) << 8);
  }
  return words;
}

function writeLocations(instrs: readonly Instr[], offsets: Int32Array, firstlineno: number): Uint8Array {
  const writer = new LocationTableWriter(firstlineno);
  resolveNextLocations(instrs);
  let loc: Loc = NO_LOC;
  let start = 0;
  for (let i = 0; i < instrs.length; i++) {
    const next = instrs[i]!.loc;
    if (sameLoc(loc, next)) continue;
    writer.add(offsets[i]! - start, loc.lineno, loc.endLineno, loc.col, loc.endCol);
    loc = next;
    start = offsets[i]!;
  }
  writer.add(offsets[instrs.length]! - start, loc.lineno, loc.endLineno, loc.col, loc.endCol);
  return writer.finish();
}

function resolveNextLocations(instrs: readonly Instr[]): void {
  for (let i = instrs.length - 1; i >= 0; i--) {
    const instr = instrs[i]!;
    if (instr.loc.lineno === NEXT_LOC.lineno) instr.loc = isTerminator(instr.op) || i + 1 === instrs.length ? NO_LOC : instrs[i + 1]!.loc;
  }
}

function sameLoc(a: Loc, b: Loc): boolean {
  return a === b || (a.lineno === b.lineno && a.endLineno === b.endLineno && a.col === b.col && a.endCol === b.endCol);
}

function writeHandlers(instrs: readonly Instr[], offsets: Int32Array): Uint8Array {
  const writer = new ExceptionTableWriter();
  let handler: Block | null = null;
  let start = 0;
  const flush = (end: number): void => {
    if (handler === null) return;
    const depth = handler.startDepth - 1 - (handler.preserveLasti ? 1 : 0);
    writer.add(start, end, offsets[handler.offset]!, depth, handler.preserveLasti);
  };
  for (let i = 0; i < instrs.length; i++) {
    const { except } = instrs[i]!;
    if (except === handler) continue;
    flush(offsets[i]!);
    start = offsets[i]!;
    handler = except;
  }
  flush(offsets[instrs.length]!);
  return writer.finish();
}
