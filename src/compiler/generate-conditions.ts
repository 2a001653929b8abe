/** Conditions: comparisons, `and`/`or`, conditional expressions, and jumping on the truth of an expression. */
import { OP } from '../bytecode/opcodes.ts';
import type { BoolOp, Compare, Expr, IfExp } from '../frontend/ast.ts';
import type { Codegen } from './codegen.ts';
import { literalTypeName } from './literal-types.ts';
import { NO_LOC, locOf } from './instructions.ts';
import type { Label, Loc } from './instructions.ts';

/** Jumps to `target` when the truth of `e` equals `condition`, else falls through. `loc` is that of the statement. */
export function jumpIf(c: Codegen, loc: Loc, e: Expr, target: Label, condition: boolean): void {
  switch (e.kind) {
    case 'UnaryOp':
      if (e.op === 'Not') return jumpIf(c, loc, e.operand, target, !condition);
      break;
    case 'BoolOp': return jumpIfBoolOp(c, loc, e, target, condition);
    case 'IfExp': return jumpIfIfExp(c, loc, e, target, condition);
    case 'Compare':
      if (e.ops.length > 1) return jumpIfChain(c, e, target, condition);
      break;
    default: break;
  }
  if (c.options.extension?.condition?.(c, e, target, condition) === true) return;
  const eLoc = locOf(e);
  c.visitExpr(e);
  c.emit(OP.TO_BOOL, eLoc);
  c.emitJump(condition ? OP.POP_JUMP_IF_TRUE : OP.POP_JUMP_IF_FALSE, target, eLoc);
}

function jumpIfBoolOp(c: Codegen, loc: Loc, e: BoolOp, target: Label, condition: boolean): void {
  const last = e.values.length - 1;
  const shortCircuit = e.op === 'Or';
  // Where the short circuit leads: to the target, or past the whole condition.
  const shortTarget = shortCircuit === condition ? target : c.newLabel();
  for (let i = 0; i < last; i++) jumpIf(c, loc, e.values[i]!, shortTarget, shortCircuit);
  jumpIf(c, loc, e.values[last]!, target, condition);
  if (shortTarget !== target) c.useLabel(shortTarget);
}

function jumpIfIfExp(c: Codegen, loc: Loc, e: IfExp, target: Label, condition: boolean): void {
  const end = c.newLabel();
  const orelse = c.newLabel();
  jumpIf(c, loc, e.test, orelse, false);
  jumpIf(c, loc, e.body, target, condition);
  c.emitJump(OP.JUMP_NO_INTERRUPT, end, NO_LOC);
  c.useLabel(orelse);
  jumpIf(c, loc, e.orelse, target, condition);
  c.useLabel(end);
}

function jumpIfChain(c: Codegen, e: Compare, target: Label, condition: boolean): void {
  checkIdentity(c, e);
  const loc = locOf(e);
  const last = e.ops.length - 1;
  const cleanup = c.newLabel();
  c.visitExpr(e.left);
  for (let i = 0; i < last; i++) {
    c.visitExpr(e.comparators[i]!);
    c.emitArg(OP.SWAP, 2, loc);
    c.emitArg(OP.COPY, 2, loc);
    c.emitCompare(e.ops[i]!, loc);
    c.emit(OP.TO_BOOL, loc);
    c.emitJump(OP.POP_JUMP_IF_FALSE, cleanup, loc);
  }
  c.visitExpr(e.comparators[last]!);
  c.emitCompare(e.ops[last]!, loc);
  c.emit(OP.TO_BOOL, loc);
  c.emitJump(condition ? OP.POP_JUMP_IF_TRUE : OP.POP_JUMP_IF_FALSE, target, loc);
  const end = c.newLabel();
  c.emitJump(OP.JUMP_NO_INTERRUPT, end, NO_LOC);
  c.useLabel(cleanup);
  c.emit(OP.POP_TOP, loc);
  if (!condition) c.emitJump(OP.JUMP_NO_INTERRUPT, target, NO_LOC);
  c.useLabel(end);
}

/** A comparison for its value. */
export function generateCompare(c: Codegen, e: Compare): void {
  const loc = locOf(e);
  checkIdentity(c, e);
  c.visitExpr(e.left);
  const last = e.ops.length - 1;
  if (last === 0) {
    c.visitExpr(e.comparators[0]!);
    return c.emitCompare(e.ops[0]!, loc);
  }
  const cleanup = c.newLabel();
  for (let i = 0; i < last; i++) {
    c.visitExpr(e.comparators[i]!);
    c.emitArg(OP.SWAP, 2, loc);
    c.emitArg(OP.COPY, 2, loc);
    c.emitCompare(e.ops[i]!, loc);
    c.emitArg(OP.COPY, 1, loc);
    c.emit(OP.TO_BOOL, loc);
    c.emitJump(OP.POP_JUMP_IF_FALSE, cleanup, loc);
    c.emit(OP.POP_TOP, loc);
  }
  c.visitExpr(e.comparators[last]!);
  c.emitCompare(e.ops[last]!, loc);
  const end = c.newLabel();
  c.emitJump(OP.JUMP_NO_INTERRUPT, end, NO_LOC);
  c.useLabel(cleanup);
  c.emitArg(OP.SWAP, 2, loc);
  c.emit(OP.POP_TOP, loc);
  c.useLabel(end);
}

/** `and` and `or` for their value. */
export function generateBoolOp(c: Codegen, e: BoolOp): void {
  const loc = locOf(e);
  const op = e.op === 'And' ? OP.JUMP_IF_FALSE : OP.JUMP_IF_TRUE;
  const end = c.newLabel();
  const last = e.values.length - 1;
  for (let i = 0; i < last; i++) {
    c.visitExpr(e.values[i]!);
    c.emitJump(op, end, loc);
    c.emit(OP.POP_TOP, loc);
  }
  c.visitExpr(e.values[last]!);
  c.useLabel(end);
}

/** `a if test else b`. */
export function generateIfExp(c: Codegen, e: IfExp): void {
  const end = c.newLabel();
  const orelse = c.newLabel();
  jumpIf(c, locOf(e), e.test, orelse, false);
  c.visitExpr(e.body);
  c.emitJump(OP.JUMP_NO_INTERRUPT, end, NO_LOC);
  c.useLabel(orelse);
  c.visitExpr(e.orelse);
  c.useLabel(end);
}

/** Warns of `is` with a literal that is no singleton. */
function checkIdentity(c: Codegen, e: Compare): void {
  let left = e.left;
  for (let i = 0; i < e.ops.length; i++) {
    const right = e.comparators[i]!;
    const op = e.ops[i]!;
    if (op === 'Is' || op === 'IsNot') {
      const literal = isPlainLiteral(left) ? left : isPlainLiteral(right) ? right : null;
      if (literal !== null) {
        const words = op === 'Is' ? ['is', '=='] : ['is not', '!='];
        return c.warn(`"${words[0]}" with '${literalTypeName(literal)}' literal. Did you mean "${words[1]}"?`, locOf(e));
      }
    }
    left = right;
  }
}

function isPlainLiteral(e: Expr): boolean {
  if (e.kind === 'Tuple') return e.elts.every((element) => element.kind === 'Constant');
  if (e.kind !== 'Constant') return false;
  const { value } = e;
  const isEllipsis = typeof value === 'object' && value !== null && value.kind === 'ellipsis';
  return value !== null && typeof value !== 'boolean' && !isEllipsis;
}
