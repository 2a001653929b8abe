/** Leaving blocks early: what `return`, `break` and `continue` must undo on their way out. */
import { OP } from '../bytecode/opcodes.ts';
import type { Codegen } from './codegen.ts';
import { generateAwait } from './generate-yield.ts';
import { NO_LABEL, NO_LOC } from './instructions.ts';
import type { Loc } from './instructions.ts';
import type { FBlock } from './unit.ts';

/** Options of an unwinding: whether a value on the stack must survive, and whether the innermost loop is where it ends. */
export interface UnwindOptions {
  readonly preserveTop: boolean;
  readonly untilLoop: boolean;
}

/** Where an unwinding ended: the loop it stopped at (or null), and the location for what follows. */
export interface UnwindResult {
  readonly loop: FBlock | null;
  readonly loc: Loc;
}

/** Emits the code that leaves all open blocks, innermost first. The blocks are open again afterwards, for the code that follows. */
export function unwindBlocks(c: Codegen, loc: Loc, options: UnwindOptions): UnwindResult {
  const { fblocks } = c.unit;
  const top = fblocks[fblocks.length - 1];
  if (top === undefined) return { loop: null, loc };
  if (top.type === 'exception group handler') c.fail("'break', 'continue' and 'return' cannot appear in an except* block", loc);
  if (options.untilLoop && (top.type === 'while' || top.type === 'for' || top.type === 'async for')) return { loop: top, loc };
  c.popFBlock();
  const afterTop = unwindBlock(c, loc, top, options.preserveTop);
  const result = unwindBlocks(c, afterTop, options);
  c.pushFBlock(top);
  return result;
}

/** Emits the code that leaves one block; returns the location for what follows. */
export function unwindBlock(c: Codegen, loc: Loc, block: FBlock, preserveTop: boolean): Loc {
  switch (block.type) {
    case 'while': case 'exception handler': case 'exception group handler': case 'async comprehension': case 'stop iteration':
      return loc;
    case 'for': case 'async for': case 'pop value':
      if (preserveTop) c.emitArg(OP.SWAP, 2, loc);
      c.emit(OP.POP_TOP, loc);
      return loc;
    case 'try except':
      c.emit(OP.POP_BLOCK, loc);
      return loc;
    case 'finally try': return unwindFinallyTry(c, loc, block, preserveTop);
    case 'finally end':
      if (preserveTop) c.emitArg(OP.SWAP, 2, loc);
      c.emit(OP.POP_TOP, loc); // the exception
      if (preserveTop) c.emitArg(OP.SWAP, 2, loc);
      c.emit(OP.POP_BLOCK, loc);
      c.emit(OP.POP_EXCEPT, loc);
      return loc;
    case 'with': case 'async with': return unwindWith(c, block, preserveTop);
    case 'handler cleanup': return unwindHandler(c, loc, block.datum, preserveTop);
  }
}

function unwindFinallyTry(c: Codegen, loc: Loc, block: FBlock & { type: 'finally try' }, preserveTop: boolean): Loc {
  c.emit(OP.POP_BLOCK, loc);
  if (preserveTop) c.pushFBlock({ type: 'pop value', loc, block: NO_LABEL, exit: NO_LABEL, datum: null });
  c.visitStmts(block.datum);
  if (preserveTop) c.popFBlock();
  // The finally body seems to run after the leaving statement, so what follows is artificial.
  return NO_LOC;
}

function unwindWith(c: Codegen, block: FBlock, preserveTop: boolean): Loc {
  const { loc } = block;
  c.emit(OP.POP_BLOCK, loc);
  if (preserveTop) {
    c.emitArg(OP.SWAP, 3, loc);
    c.emitArg(OP.SWAP, 2, loc);
  }
  callExitWithNones(c, loc);
  if (block.type === 'async with') generateAwait(c, loc, 2);
  c.emit(OP.POP_TOP, loc);
  return NO_LOC;
}

/** Calls `__exit__(None, None, None)`; the method and its object are on the stack. */
export function callExitWithNones(c: Codegen, loc: Loc): void {
  c.emitConst(null, loc);
  c.emitConst(null, loc);
  c.emitConst(null, loc);
  c.emitArg(OP.CALL, 3, loc);
}

function unwindHandler(c: Codegen, loc: Loc, name: string | null, preserveTop: boolean): Loc {
  if (name !== null) c.emit(OP.POP_BLOCK, loc);
  if (preserveTop) c.emitArg(OP.SWAP, 2, loc);
  c.emit(OP.POP_BLOCK, loc);
  c.emit(OP.POP_EXCEPT, loc);
  if (name !== null) unbindException(c, loc, name);
  return loc;
}

/** `name = None; del name`, at the end of `except ... as name`. */
export function unbindException(c: Codegen, loc: Loc, name: string): void {
  c.emitConst(null, loc);
  c.storeName(name, loc);
  c.deleteName(name, loc);
}
