/** `try` in all its forms, and `with`. Comments show the stack, its top on the right. Source: CPython 3.14 `Python/codegen.c`. */
import { INTRINSIC } from '../bytecode/operands.ts';
import { OP } from '../bytecode/opcodes.ts';
import type { AsyncWith, ExceptHandler, Try, TryStar, With } from '../frontend/ast.ts';
import type { Codegen } from './codegen.ts';
import { callExitWithNones, unbindException } from './generate-unwinding.ts';
import { generateAwait } from './generate-yield.ts';
import { NO_LABEL, NO_LOC, locOf } from './instructions.ts';
import type { Label, Loc } from './instructions.ts';

/** Operands of LOAD_SPECIAL. */
const SPECIAL = { ENTER: 0, EXIT: 1, AENTER: 2, AEXIT: 3 } as const;

/** A `try` statement. */
export function generateTry(c: Codegen, s: Try | TryStar): void {
  if (s.finalbody.length > 0) generateTryFinally(c, s);
  else generateTryExcept(c, s);
}

function generateTryExcept(c: Codegen, s: Try | TryStar): void {
  if (s.kind === 'TryStar') generateExceptStar(c, s);
  else generateExcept(c, s);
}

function popExceptAndReraise(c: Codegen, loc: Loc): void {
  c.emitArg(OP.COPY, 3, loc); //    [previous, position, exception, previous]
  c.emit(OP.POP_EXCEPT, loc); //    [previous, position, exception]
  c.emitArg(OP.RERAISE, 1, loc);
}

function generateTryFinally(c: Codegen, s: Try | TryStar): void {
  const loc = locOf(s);
  const body = c.newLabel();
  const end = c.newLabel();
  const exit = c.newLabel();
  const cleanup = c.newLabel();
  c.emitJump(OP.SETUP_FINALLY, end, loc);
  c.useLabel(body);
  c.pushFBlock({ type: 'finally try', loc, block: body, exit: end, datum: s.finalbody });
  if (s.handlers.length > 0) generateTryExcept(c, s);
  else c.visitStmts(s.body);
  c.emit(OP.POP_BLOCK, NO_LOC);
  c.popFBlock();
  c.visitStmts(s.finalbody);
  c.emitJump(OP.JUMP_NO_INTERRUPT, exit, NO_LOC);
  // After an exception:
  c.useLabel(end);
  c.emitJump(OP.SETUP_CLEANUP, cleanup, NO_LOC);
  c.emit(OP.PUSH_EXC_INFO, NO_LOC);
  c.pushFBlock({ type: 'finally end', loc: NO_LOC, block: end, exit: NO_LABEL, datum: null });
  c.visitStmts(s.finalbody);
  c.popFBlock();
  c.emitArg(OP.RERAISE, 0, NO_LOC);
  c.useLabel(cleanup);
  popExceptAndReraise(c, NO_LOC);
  c.useLabel(exit);
}

function generateExcept(c: Codegen, s: Try): void {
  const loc = locOf(s);
  const body = c.newLabel();
  const except = c.newLabel();
  const end = c.newLabel();
  const cleanup = c.newLabel();
  c.emitJump(OP.SETUP_FINALLY, except, loc);
  c.useLabel(body);
  c.pushFBlock({ type: 'try except', loc, block: body, exit: NO_LABEL, datum: null });
  c.visitStmts(s.body);
  c.popFBlock();
  c.emit(OP.POP_BLOCK, NO_LOC);
  c.visitStmts(s.orelse);
  c.emitJump(OP.JUMP_NO_INTERRUPT, end, NO_LOC);
  c.useLabel(except);
  c.emitJump(OP.SETUP_CLEANUP, cleanup, NO_LOC);
  c.emit(OP.PUSH_EXC_INFO, NO_LOC); // [previous, exception]
  c.pushFBlock({ type: 'exception handler', loc, block: NO_LABEL, exit: NO_LABEL, datum: null });
  s.handlers.forEach((handler, i) => {
    if (handler.type === null && i < s.handlers.length - 1) c.fail("default 'except:' must be last", locOf(handler));
    generateHandler(c, handler, end);
  });
  c.popFBlock();
  c.emitArg(OP.RERAISE, 0, NO_LOC);
  c.useLabel(cleanup);
  popExceptAndReraise(c, NO_LOC);
  c.useLabel(end);
}

function generateHandler(c: Codegen, handler: ExceptHandler, end: Label): void {
  const loc = locOf(handler);
  const next = c.newLabel();
  if (handler.type !== null) {
    c.visitExpr(handler.type);
    c.emit(OP.CHECK_EXC_MATCH, loc);
    c.emitJump(OP.POP_JUMP_IF_FALSE, next, loc);
  }
  if (handler.name !== null) generateNamedHandler(c, handler, handler.name, end);
  else {
    const body = c.newLabel();
    c.emit(OP.POP_TOP, loc);
    c.useLabel(body);
    c.pushFBlock({ type: 'handler cleanup', loc, block: body, exit: NO_LABEL, datum: null });
    c.visitStmts(handler.body);
    c.popFBlock();
    c.emit(OP.POP_BLOCK, NO_LOC);
    c.emit(OP.POP_EXCEPT, NO_LOC);
    c.emitJump(OP.JUMP_NO_INTERRUPT, end, NO_LOC);
  }
  c.useLabel(next);
}

/** `except E as name`: the name is unbound at the end of the body, however it ends. */
function generateNamedHandler(c: Codegen, handler: ExceptHandler, name: string, end: Label): void {
  const loc = locOf(handler);
  const cleanup = c.newLabel();
  const body = c.newLabel();
  c.storeName(name, loc);
  c.emitJump(OP.SETUP_CLEANUP, cleanup, loc);
  c.useLabel(body);
  c.pushFBlock({ type: 'handler cleanup', loc, block: body, exit: NO_LABEL, datum: name });
  c.visitStmts(handler.body);
  c.popFBlock();
  c.emit(OP.POP_BLOCK, NO_LOC);
  c.emit(OP.POP_BLOCK, NO_LOC);
  c.emit(OP.POP_EXCEPT, NO_LOC);
  unbindException(c, NO_LOC, name);
  c.emitJump(OP.JUMP_NO_INTERRUPT, end, NO_LOC);
  c.useLabel(cleanup);
  unbindException(c, NO_LOC, name);
  c.emitArg(OP.RERAISE, 1, NO_LOC);
}

/** `except*`: every handler takes its part of the group; what is raised or left over is collected in a list. */
function generateExceptStar(c: Codegen, s: TryStar): void {
  const loc = locOf(s);
  const body = c.newLabel();
  const except = c.newLabel();
  const orelse = c.newLabel();
  const end = c.newLabel();
  const cleanup = c.newLabel();
  const reraiseStar = c.newLabel();
  c.emitJump(OP.SETUP_FINALLY, except, loc);
  c.useLabel(body);
  c.pushFBlock({ type: 'try except', loc, block: body, exit: NO_LABEL, datum: null });
  c.visitStmts(s.body);
  c.popFBlock();
  c.emit(OP.POP_BLOCK, NO_LOC);
  c.emitJump(OP.JUMP_NO_INTERRUPT, orelse, NO_LOC);
  c.useLabel(except);
  c.emitJump(OP.SETUP_CLEANUP, cleanup, NO_LOC);
  c.emit(OP.PUSH_EXC_INFO, NO_LOC);
  c.pushFBlock({ type: 'exception group handler', loc, block: NO_LABEL, exit: NO_LABEL, datum: null });
  s.handlers.forEach((handler, i) => {
    if (i === 0) {
      const first = locOf(handler);
      c.emitArg(OP.BUILD_LIST, 0, first); // [previous, group, results]
      c.emitArg(OP.COPY, 2, first); //       [previous, group, results, rest]
    }
    generateStarHandler(c, handler);
    if (i === s.handlers.length - 1) {
      c.emitArg(OP.LIST_APPEND, 1, NO_LOC);
      c.emitJump(OP.JUMP_NO_INTERRUPT, reraiseStar, NO_LOC);
    }
  });
  c.popFBlock();
  c.useLabel(reraiseStar);
  finishExceptStar(c, end);
  c.useLabel(cleanup);
  popExceptAndReraise(c, NO_LOC);
  c.useLabel(orelse);
  c.visitStmts(s.orelse);
  c.useLabel(end);
}

/** One `except*` handler: [.., results, rest] before and after. */
function generateStarHandler(c: Codegen, handler: ExceptHandler): void {
  const loc = locOf(handler);
  const next = c.newLabel();
  const nextWithError = c.newLabel();
  const noMatch = c.newLabel();
  if (handler.type !== null) {
    c.visitExpr(handler.type);
    c.emit(OP.CHECK_EG_MATCH, loc); // [.., results, rest, match or None]
    c.emitArg(OP.COPY, 1, loc);
    c.emitJump(OP.POP_JUMP_IF_NONE, noMatch, loc);
  }
  const cleanup = c.newLabel();
  const body = c.newLabel();
  if (handler.name !== null) c.storeName(handler.name, loc);
  else c.emit(OP.POP_TOP, loc);
  c.emitJump(OP.SETUP_CLEANUP, cleanup, loc);
  c.useLabel(body);
  c.pushFBlock({ type: 'handler cleanup', loc, block: body, exit: NO_LABEL, datum: handler.name });
  c.visitStmts(handler.body);
  c.popFBlock();
  c.emit(OP.POP_BLOCK, NO_LOC);
  if (handler.name !== null) unbindException(c, NO_LOC, handler.name);
  c.emitJump(OP.JUMP_NO_INTERRUPT, next, NO_LOC);
  c.useLabel(cleanup); // [.., results, rest, position, exception]
  if (handler.name !== null) unbindException(c, NO_LOC, handler.name);
  c.emitArg(OP.LIST_APPEND, 3, NO_LOC);
  c.emit(OP.POP_TOP, NO_LOC);
  c.emitJump(OP.JUMP_NO_INTERRUPT, nextWithError, NO_LOC);
  c.useLabel(next);
  c.emit(OP.NOP, NO_LOC); // holds a location that is propagated to it
  c.emitJump(OP.JUMP_NO_INTERRUPT, nextWithError, NO_LOC);
  c.useLabel(noMatch);
  c.emit(OP.POP_TOP, loc);
  c.useLabel(nextWithError);
}

/** Raises what the handlers raised or left over, if anything: [previous, group, results] before. */
function finishExceptStar(c: Codegen, end: Label): void {
  const reraise = c.newLabel();
  c.emitArg(OP.CALL_INTRINSIC_2, INTRINSIC.PREP_RERAISE_STAR, NO_LOC);
  c.emitArg(OP.COPY, 1, NO_LOC);
  c.emitJump(OP.POP_JUMP_IF_NOT_NONE, reraise, NO_LOC);
  c.emit(OP.POP_TOP, NO_LOC);
  c.emit(OP.POP_BLOCK, NO_LOC);
  c.emit(OP.POP_EXCEPT, NO_LOC);
  c.emitJump(OP.JUMP_NO_INTERRUPT, end, NO_LOC);
  c.useLabel(reraise);
  c.emit(OP.POP_BLOCK, NO_LOC);
  c.emitArg(OP.SWAP, 2, NO_LOC);
  c.emit(OP.POP_EXCEPT, NO_LOC);
  c.emitArg(OP.RERAISE, 0, NO_LOC);
}

/** `with` and `async with`. */
export function generateWith(c: Codegen, s: With | AsyncWith): void {
  generateWithItem(c, s, 0);
}

function generateWithItem(c: Codegen, s: With | AsyncWith, index: number): void {
  const item = s.items[index]!;
  const isAsync = s.kind === 'AsyncWith';
  const block = c.newLabel();
  const final = c.newLabel();
  const exit = c.newLabel();
  const cleanup = c.newLabel();
  c.visitExpr(item.context_expr);
  const loc = locOf(item.context_expr);
  emitEnter(c, loc, isAsync);
  c.emitJump(OP.SETUP_WITH, final, loc);
  c.useLabel(block);
  c.pushFBlock({ type: isAsync ? 'async with' : 'with', loc, block, exit: final, datum: null });
  if (item.optional_vars !== null) c.visitExpr(item.optional_vars);
  else c.emit(OP.POP_TOP, loc);
  if (index + 1 === s.items.length) c.visitStmts(s.body);
  else generateWithItem(c, s, index + 1);
  c.popFBlock();
  c.emit(OP.POP_BLOCK, isAsync ? loc : NO_LOC);
  // Without exception:
  callExitWithNones(c, loc);
  if (isAsync) generateAwait(c, loc, 2);
  c.emit(OP.POP_TOP, loc);
  c.emitJump(OP.JUMP, exit, loc);
  // With an exception:
  c.useLabel(final);
  c.emitJump(OP.SETUP_CLEANUP, cleanup, loc);
  c.emit(OP.PUSH_EXC_INFO, loc);
  c.emit(OP.WITH_EXCEPT_START, loc);
  if (isAsync) generateAwait(c, loc, 2);
  finishWithException(c, cleanup);
  c.useLabel(exit);
}

/** Looks up the exit method (it stays on the stack) and enters. */
function emitEnter(c: Codegen, loc: Loc, isAsync: boolean): void {
  c.emitArg(OP.COPY, 1, loc);
  c.emitArg(OP.LOAD_SPECIAL, isAsync ? SPECIAL.AEXIT : SPECIAL.EXIT, loc);
  c.emitArg(OP.SWAP, 2, loc);
  c.emitArg(OP.SWAP, 3, loc);
  c.emitArg(OP.LOAD_SPECIAL, isAsync ? SPECIAL.AENTER : SPECIAL.ENTER, loc);
  c.emitArg(OP.CALL, 0, loc);
  if (isAsync) generateAwait(c, loc, 1);
}

function finishWithException(c: Codegen, cleanup: Label): void {
  const suppress = c.newLabel();
  c.emit(OP.TO_BOOL, NO_LOC);
  c.emitJump(OP.POP_JUMP_IF_TRUE, suppress, NO_LOC);
  c.emitArg(OP.RERAISE, 2, NO_LOC);
  c.useLabel(suppress);
  c.emit(OP.POP_TOP, NO_LOC); // the exception
  c.emit(OP.POP_BLOCK, NO_LOC);
  c.emit(OP.POP_EXCEPT, NO_LOC);
  c.emit(OP.POP_TOP, NO_LOC);
  c.emit(OP.POP_TOP, NO_LOC);
  c.emit(OP.POP_TOP, NO_LOC);
  const exit = c.newLabel();
  c.emitJump(OP.JUMP_NO_INTERRUPT, exit, NO_LOC);
  c.useLabel(cleanup);
  popExceptAndReraise(c, NO_LOC);
  c.useLabel(exit);
}
