/** Statements: the dispatch over all kinds, assignments, loops, jumps, imports, assertions. */
import { exhaustive } from '../base/assert.ts';
import { ConstTuple } from '../bytecode/code.ts';
import { COMMON, INTRINSIC, NB } from '../bytecode/operands.ts';
import { OP } from '../bytecode/opcodes.ts';
import type { Assert, Assign, AsyncFor, AugAssign, Expr, For, If, Import, ImportFrom, Return, Stmt, While } from '../frontend/ast.ts';
import { isFunctionLike } from '../frontend/symtable-entry.ts';
import type { Codegen } from './codegen.ts';
import { CompilationFailure } from './errors.ts';
import { generateAnnAssign } from './generate-annotations.ts';
import { attributeLoc } from './generate-calls.ts';
import { generateClass } from './generate-classes.ts';
import { jumpIf } from './generate-conditions.ts';
import { generateTry, generateWith } from './generate-exceptions.ts';
import { generateSliceParts, isTwoPartSlice } from './generate-expressions.ts';
import { generateFunction } from './generate-functions.ts';
import { generateMatch } from './generate-patterns.ts';
import { generateTypeAlias } from './generate-type-params.ts';
import { unwindBlock, unwindBlocks } from './generate-unwinding.ts';
import { generateYieldFrom } from './generate-yield.ts';
import { NO_LOC, locOf } from './instructions.ts';
import type { Loc } from './instructions.ts';
import { slotOf } from './unit.ts';

/** Generates the code of one statement. */
export function generateStmt(c: Codegen, s: Stmt): void {
  switch (s.kind) {
    case 'Expr': return generateExprStmt(c, locOf(s), s.value);
    case 'Assign': return generateAssign(c, s);
    case 'Return': return generateReturn(c, s);
    case 'FunctionDef': case 'AsyncFunctionDef': return generateFunction(c, s);
    case 'ClassDef': return generateClass(c, s);
    case 'TypeAlias': return generateTypeAlias(c, s);
    case 'Delete': return c.visitExprs(s.targets);
    case 'AugAssign': return generateAugAssign(c, s);
    case 'AnnAssign': return generateAnnAssign(c, s);
    case 'If': case 'For': case 'While': case 'AsyncFor': case 'Match': case 'Try': case 'TryStar': case 'With': case 'AsyncWith':
      c.unit.conditionalBlocks++;
      generateCompound(c, s);
      c.unit.conditionalBlocks--;
      return;
    case 'Raise': {
      if (s.exc !== null) c.visitExpr(s.exc);
      if (s.exc !== null && s.cause !== null) c.visitExpr(s.cause);
      return c.emitArg(OP.RAISE_VARARGS, s.exc === null ? 0 : s.cause === null ? 1 : 2, locOf(s));
    }
    case 'Assert': return generateAssert(c, s);
    case 'Import': return generateImport(c, s);
    case 'ImportFrom': return generateImportFrom(c, s);
    case 'Pass': return c.emit(OP.NOP, locOf(s));
    case 'Break': return generateLoopJump(c, locOf(s), 'break');
    case 'Continue': return generateLoopJump(c, locOf(s), 'continue');
    case 'Global': case 'Nonlocal': return;
    default: exhaustive(s);
  }
}

type CompoundStmt = Extract<Stmt, { kind: 'If' | 'For' | 'While' | 'AsyncFor' | 'Match' | 'Try' | 'TryStar' | 'With' | 'AsyncWith' }>;

function generateCompound(c: Codegen, s: CompoundStmt): void {
  switch (s.kind) {
    case 'If': return generateIf(c, s);
    case 'For': return generateFor(c, s);
    case 'While': return generateWhile(c, s);
    case 'AsyncFor': return generateAsyncFor(c, s);
    case 'Match': return generateMatch(c, s);
    case 'Try': case 'TryStar': return generateTry(c, s);
    case 'With': case 'AsyncWith': return generateWith(c, s);
    default: exhaustive(s);
  }
}

// Simple statements

function generateExprStmt(c: Codegen, loc: Loc, value: Expr): void {
  if (c.isInteractiveTopLevel) {
    c.visitExpr(value);
    c.emitArg(OP.CALL_INTRINSIC_1, INTRINSIC.PRINT, loc);
  } else if (value.kind === 'Constant') {
    return c.emit(OP.NOP, loc); // only its line matters
  } else c.visitExpr(value);
  c.emit(OP.POP_TOP, NO_LOC);
}

function generateAssign(c: Codegen, s: Assign): void {
  c.visitExpr(s.value);
  const last = s.targets.length - 1;
  for (let i = 0; i <= last; i++) {
    if (i < last) c.emitArg(OP.COPY, 1, locOf(s));
    c.visitExpr(s.targets[i]!);
  }
}

function generateAugAssign(c: Codegen, s: AugAssign): void {
  const { target } = s;
  const loc = locOf(target);
  switch (target.kind) {
    case 'Name':
      c.loadName(target.id, loc);
      generateInplace(c, s);
      return c.storeName(target.id, loc);
    case 'Attribute': {
      c.visitExpr(target.value);
      c.emitArg(OP.COPY, 1, loc);
      const attrLoc = attributeLoc(loc, target);
      c.emitLoadAttr(target.attr, attrLoc);
      generateInplace(c, s);
      c.emitArg(OP.SWAP, 2, attrLoc);
      return c.emitName(OP.STORE_ATTR, target.attr, attrLoc);
    }
    case 'Subscript': return generateSubscriptAugAssign(c, s, target.value, target.slice);
    default: throw new CompilationFailure('SystemError', `invalid node type (${target.kind}) for augmented assignment`);
  }
}

function generateInplace(c: Codegen, s: AugAssign): void {
  c.visitExpr(s.value);
  c.emitBinary(s.op, locOf(s), { inplace: true });
}

function generateSubscriptAugAssign(c: Codegen, s: AugAssign, container: Expr, index: Expr): void {
  const loc = locOf(s.target);
  c.visitExpr(container);
  if (isTwoPartSlice(index)) {
    generateSliceParts(c, index);
    for (let i = 0; i < 3; i++) c.emitArg(OP.COPY, 3, loc);
    c.emit(OP.BINARY_SLICE, loc);
    generateInplace(c, s);
    for (let i = 4; i > 1; i--) c.emitArg(OP.SWAP, i, loc);
    return c.emit(OP.STORE_SLICE, loc);
  }
  c.visitExpr(index);
  c.emitArg(OP.COPY, 2, loc);
  c.emitArg(OP.COPY, 2, loc);
  c.emitArg(OP.BINARY_OP, NB.SUBSCR, loc);
  generateInplace(c, s);
  c.emitArg(OP.SWAP, 3, loc);
  c.emitArg(OP.SWAP, 2, loc);
  c.emit(OP.STORE_SUBSCR, loc);
}

function generateAssert(c: Codegen, s: Assert): void {
  const loc = locOf(s);
  if (s.test.kind === 'Tuple' && s.test.elts.length > 0) c.warn('assertion is always true, perhaps remove parentheses?', loc);
  if (c.options.optimize > 0) return;
  const end = c.newLabel();
  jumpIf(c, loc, s.test, end, true);
  c.emitArg(OP.LOAD_COMMON_CONSTANT, COMMON.ASSERTION_ERROR, loc);
  if (s.msg !== null) {
    c.visitExpr(s.msg);
    c.emitArg(OP.CALL, 0, loc);
  }
  c.emitArg(OP.RAISE_VARARGS, 1, locOf(s.test));
  c.useLabel(end);
}

// Control flow

function generateIf(c: Codegen, s: If): void {
  const end = c.newLabel();
  const orelse = s.orelse.length > 0 ? c.newLabel() : end;
  jumpIf(c, locOf(s), s.test, orelse, false);
  c.visitStmts(s.body);
  if (s.orelse.length > 0) {
    c.emitJump(OP.JUMP_NO_INTERRUPT, end, NO_LOC);
    c.useLabel(orelse);
    c.visitStmts(s.orelse);
  }
  c.useLabel(end);
}

function generateFor(c: Codegen, s: For): void {
  const start = c.newLabel();
  const cleanup = c.newLabel();
  const end = c.newLabel();
  c.pushFBlock({ type: 'for', loc: locOf(s), block: start, exit: end, datum: null });
  c.visitExpr(s.iter);
  const iterLoc = locOf(s.iter);
  c.emit(OP.GET_ITER, iterLoc);
  c.useLabel(start);
  c.emitJump(OP.FOR_ITER, cleanup, iterLoc);
  c.emit(OP.NOP, locOf(s.target)); // for line tracing of headers over several lines
  c.visitExpr(s.target);
  c.visitStmts(s.body);
  c.emitJump(OP.JUMP, start, NO_LOC);
  c.useLabel(cleanup);
  // Exhausted generators jump here; other iterators skip END_FOR.
  c.emit(OP.END_FOR, NO_LOC);
  c.emit(OP.POP_ITER, NO_LOC);
  c.popFBlock();
  c.visitStmts(s.orelse);
  c.useLabel(end);
}

function generateAsyncFor(c: Codegen, s: AsyncFor): void {
  const loc = locOf(s);
  const start = c.newLabel();
  const except = c.newLabel();
  const end = c.newLabel();
  const iterLoc = locOf(s.iter);
  c.visitExpr(s.iter);
  c.emit(OP.GET_AITER, iterLoc);
  c.useLabel(start);
  c.pushFBlock({ type: 'async for', loc, block: start, exit: end, datum: null });
  c.emitJump(OP.SETUP_FINALLY, except, loc);
  c.emit(OP.GET_ANEXT, loc);
  c.emitConst(null, loc);
  const send = generateYieldFrom(c, loc, { isAwait: true });
  c.emit(OP.POP_BLOCK, loc);
  c.emit(OP.NOT_TAKEN, loc);
  c.visitExpr(s.target);
  c.visitStmts(s.body);
  c.emitJump(OP.JUMP, start, NO_LOC);
  c.popFBlock();
  c.useLabel(except);
  // The line of the iterator: this follows the loop, not its body.
  c.emitJump(OP.END_ASYNC_FOR, send, iterLoc);
  c.visitStmts(s.orelse);
  c.useLabel(end);
}

function generateWhile(c: Codegen, s: While): void {
  const loc = locOf(s);
  const loop = c.newLabel();
  const end = c.newLabel();
  const anchor = c.newLabel();
  c.useLabel(loop);
  c.pushFBlock({ type: 'while', loc, block: loop, exit: end, datum: null });
  jumpIf(c, loc, s.test, anchor, false);
  c.visitStmts(s.body);
  c.emitJump(OP.JUMP, loop, NO_LOC);
  c.popFBlock();
  c.useLabel(anchor);
  c.visitStmts(s.orelse);
  c.useLabel(end);
}

function generateReturn(c: Codegen, s: Return): void {
  let loc = locOf(s);
  const { value } = s;
  const { entry } = c;
  if (!isFunctionLike(entry)) c.fail("'return' outside function", loc);
  if (value !== null && entry.coroutine && entry.generator) c.fail("'return' with value in async generator", loc);
  const preserveTop = value !== null && value.kind !== 'Constant';
  if (preserveTop) c.visitExpr(value);
  else if (value !== null) {
    loc = locOf(value);
    c.emit(OP.NOP, loc);
  }
  if (value === null || value.lineno !== s.lineno) {
    loc = locOf(s);
    c.emit(OP.NOP, loc);
  }
  loc = unwindBlocks(c, loc, { preserveTop, untilLoop: false }).loc;
  if (value === null) c.emitConst(null, loc);
  else if (value.kind === 'Constant') c.emitConst(value.value, loc);
  c.emit(OP.RETURN_VALUE, loc);
}

function generateLoopJump(c: Codegen, loc: Loc, word: 'break' | 'continue'): void {
  c.emit(OP.NOP, loc); // for its line
  const { loop, loc: after } = unwindBlocks(c, loc, { preserveTop: false, untilLoop: true });
  if (loop === null) c.fail(word === 'break' ? "'break' outside loop" : "'continue' not properly in loop", loc);
  if (word === 'continue') return c.emitJump(OP.JUMP, loop.block, after);
  c.emitJump(OP.JUMP, loop.exit, unwindBlock(c, after, loop, false));
}

// Imports

function generateImport(c: Codegen, s: Import): void {
  const loc = locOf(s);
  for (const { name, asname } of s.names) {
    c.emitConst(0, loc);
    c.emitConst(null, loc);
    c.emitName(OP.IMPORT_NAME, name, loc);
    if (asname !== null) bindImportAs(c, loc, name, asname);
    else c.storeName(name.split('.', 1)[0]!, loc);
  }
}

/** `import a.b.c as d`: walks from package to submodule. */
function bindImportAs(c: Codegen, loc: Loc, name: string, asname: string): void {
  const parts = name.split('.').slice(1);
  parts.forEach((part, i) => {
    c.emitArg(OP.IMPORT_FROM, slotOf(c.unit.names, part), loc); // submodules are never mangled
    if (i === parts.length - 1) return;
    c.emitArg(OP.SWAP, 2, loc);
    c.emit(OP.POP_TOP, loc);
  });
  c.storeName(asname, loc);
  if (parts.length > 0) c.emit(OP.POP_TOP, loc);
}

function generateImportFrom(c: Codegen, s: ImportFrom): void {
  const loc = locOf(s);
  c.emitConst(s.level ?? 0, loc);
  c.emitConst(new ConstTuple(s.names.map((alias) => alias.name)), loc);
  c.emitName(OP.IMPORT_NAME, s.module ?? '', loc);
  if (s.names[0]!.name === '*') {
    c.emitArg(OP.CALL_INTRINSIC_1, INTRINSIC.IMPORT_STAR, loc);
    return c.emit(OP.POP_TOP, NO_LOC);
  }
  for (const { name, asname } of s.names) {
    c.emitName(OP.IMPORT_FROM, name, loc);
    c.storeName(asname ?? name, loc);
  }
  c.emit(OP.POP_TOP, loc);
}
