/** Suspension: `yield`, and the loop behind `yield from` and `await`. */
import { INTRINSIC, RESUME_AT } from '../bytecode/operands.ts';
import { OP } from '../bytecode/opcodes.ts';
import type { Codegen } from './codegen.ts';
import { NO_LOC } from './instructions.ts';
import type { Label, Loc } from './instructions.ts';

/** Yields the value on the stack; leaves what is sent. */
export function generateYield(c: Codegen, loc: Loc): void {
  if (c.entry.generator && c.entry.coroutine) c.emitArg(OP.CALL_INTRINSIC_1, INTRINSIC.ASYNC_GEN_WRAP, loc);
  c.emitArg(OP.YIELD_VALUE, 0, loc);
  c.emitArg(OP.RESUME, RESUME_AT.AFTER_YIELD, loc);
}

/** Delegates to the iterator below the None on the stack; leaves its result. Returns the label of the loop. */
export function generateYieldFrom(c: Codegen, loc: Loc, options: { isAwait: boolean }): Label {
  const send = c.newLabel();
  const fail = c.newLabel();
  const exit = c.newLabel();
  c.useLabel(send);
  c.emitJump(OP.SEND, exit, loc);
  // YIELD_VALUE raises only when `close` or `throw` raise; StopIteration then ends the delegation.
  c.emitJump(OP.SETUP_FINALLY, fail, loc);
  c.emitArg(OP.YIELD_VALUE, 1, loc);
  c.emit(OP.POP_BLOCK, NO_LOC);
  c.emitArg(OP.RESUME, options.isAwait ? RESUME_AT.AFTER_AWAIT : RESUME_AT.AFTER_YIELD_FROM, loc);
  c.emitJump(OP.JUMP_NO_INTERRUPT, send, loc);
  c.useLabel(fail);
  c.emit(OP.CLEANUP_THROW, loc);
  c.useLabel(exit);
  c.emit(OP.END_SEND, loc);
  return send;
}

/** Awaits the result of the call before: GET_AWAITABLE with `where` (0 await, 1 `__aenter__`, 2 `__aexit__`). */
export function generateAwait(c: Codegen, loc: Loc, where: number): void {
  c.emitArg(OP.GET_AWAITABLE, where, loc);
  c.emitConst(null, loc);
  generateYieldFrom(c, loc, { isAwait: true });
}
