/** Expressions: the dispatch over all kinds, operators, containers, attributes, subscripts, slices. */
import { exhaustive } from '../base/assert.ts';
import { ConstSlice } from '../bytecode/code.ts';
import { INTRINSIC, NB } from '../bytecode/operands.ts';
import { OP } from '../bytecode/opcodes.ts';
import type { Attribute, BinOp, Dict, Expr, List, Name, Slice, Subscript, Tuple, UnaryOp, Yield, YieldFrom } from '../frontend/ast.ts';
import { isFunctionLike } from '../frontend/symtable-entry.ts';
import { STACK_USE_GUIDELINE } from './limits.ts';
import type { Codegen } from './codegen.ts';
import { attributeLoc, canOptimizeSuper, generateCall, generateSuperArgs, generateUnpacked, DISPLAY } from './generate-calls.ts';
import { generateComprehension } from './generate-comprehensions.ts';
import { generateBoolOp, generateCompare, generateIfExp } from './generate-conditions.ts';
import { generateLambda } from './generate-functions.ts';
import { generateFormattedValue, generateInterpolation, generateJoinedStr, generateTemplateStr } from './generate-strings.ts';
import { generateAwait, generateYield, generateYieldFrom } from './generate-yield.ts';
import { locOf } from './instructions.ts';
import type { Loc } from './instructions.ts';
import { literalTypeName } from './literal-types.ts';

/** Generates code that leaves the value of `e` on the stack, or stores to or deletes it, by its context. */
export function generateExpr(c: Codegen, e: Expr): void {
  switch (e.kind) {
    case 'Name': return generateName(c, e);
    case 'Constant': return c.emitConst(e.value, locOf(e));
    case 'Attribute': return generateAttribute(c, e);
    case 'Call': return generateCall(c, e);
    case 'Subscript': return generateSubscript(c, e);
    case 'BinOp': return generateBinOp(c, e);
    case 'Compare': return generateCompare(c, e);
    case 'BoolOp': return generateBoolOp(c, e);
    case 'UnaryOp': return generateUnaryOp(c, e);
    case 'Tuple': case 'List': return generateSequence(c, e);
    case 'Dict': return generateDict(c, e);
    case 'Set': return generateUnpacked(c, locOf(e), e.elts, DISPLAY.SET);
    case 'JoinedStr': return generateJoinedStr(c, e);
    case 'FormattedValue': return generateFormattedValue(c, e);
    case 'TemplateStr': return generateTemplateStr(c, e);
    case 'Interpolation': return generateInterpolation(c, e);
    case 'IfExp': return generateIfExp(c, e);
    case 'Lambda': return generateLambda(c, e);
    case 'ListComp': case 'SetComp': case 'DictComp': case 'GeneratorExp': return generateComprehension(c, e);
    case 'Slice': return generateSlice(c, e);
    case 'NamedExpr':
      c.visitExpr(e.value);
      c.emitArg(OP.COPY, 1, locOf(e));
      return c.visitExpr(e.target);
    case 'Yield': return generateYieldExpr(c, e);
    case 'YieldFrom': return generateYieldFromExpr(c, e);
    case 'Await':
      c.visitExpr(e.value);
      return generateAwait(c, locOf(e), 0);
    case 'Starred':
      return c.fail(e.ctx === 'Store' ? 'starred assignment target must be in a list or tuple' : "can't use starred expression here", locOf(e));
    default: exhaustive(e);
  }
}

function generateName(c: Codegen, e: Name): void {
  const loc = locOf(e);
  switch (e.ctx) {
    case 'Load': return c.loadName(e.id, loc);
    case 'Store': return c.storeName(e.id, loc);
    case 'Del': return c.deleteName(e.id, loc);
  }
}

/** Follows left operands in a loop, so that sums of thousands of terms need no deep recursion. */
function generateBinOp(c: Codegen, e: BinOp): void {
  const spine: BinOp[] = [];
  let left: Expr = e;
  while (left.kind === 'BinOp') {
    spine.push(left);
    left = left.left;
  }
  c.visitExpr(left);
  for (let i = spine.length - 1; i >= 0; i--) {
    const node = spine[i]!;
    c.visitExpr(node.right);
    c.emitBinary(node.op, locOf(node));
  }
}

function generateUnaryOp(c: Codegen, e: UnaryOp): void {
  const loc = locOf(e);
  c.visitExpr(e.operand);
  switch (e.op) {
    case 'UAdd': return c.emitArg(OP.CALL_INTRINSIC_1, INTRINSIC.UNARY_POSITIVE, loc);
    case 'USub': return c.emit(OP.UNARY_NEGATIVE, loc);
    case 'Invert': return c.emit(OP.UNARY_INVERT, loc);
    case 'Not':
      c.emit(OP.TO_BOOL, loc);
      return c.emit(OP.UNARY_NOT, loc);
  }
}

function generateYieldExpr(c: Codegen, e: Yield): void {
  const loc = locOf(e);
  if (!isFunctionLike(c.entry)) c.fail("'yield' outside function", loc);
  if (e.value !== null) c.visitExpr(e.value);
  else c.emitConst(null, loc);
  generateYield(c, loc);
}

function generateYieldFromExpr(c: Codegen, e: YieldFrom): void {
  const loc = locOf(e);
  if (!isFunctionLike(c.entry)) c.fail("'yield from' outside function", loc);
  if (c.unit.scopeType === 'async function') c.fail("'yield from' inside async function", loc);
  c.visitExpr(e.value);
  c.emit(OP.GET_YIELD_FROM_ITER, loc);
  c.emitConst(null, loc);
  generateYieldFrom(c, loc, { isAwait: false });
}

// Containers

function generateSequence(c: Codegen, e: List | Tuple): void {
  switch (e.ctx) {
    case 'Load': return generateUnpacked(c, locOf(e), e.elts, e.kind === 'List' ? DISPLAY.LIST : DISPLAY.TUPLE);
    case 'Store': return generateUnpacking(c, locOf(e), e.elts);
    case 'Del': return c.visitExprs(e.elts);
  }
}

function generateUnpacking(c: Codegen, loc: Loc, elements: readonly Expr[]): void {
  emitUnpack(c, loc, elements);
  for (const element of elements) c.visitExpr(element.kind === 'Starred' ? element.value : element);
}

function emitUnpack(c: Codegen, loc: Loc, elements: readonly Expr[]): void {
  const star = elements.findIndex((element) => element.kind === 'Starred');
  if (star < 0) return c.emitArg(OP.UNPACK_SEQUENCE, elements.length, loc);
  const after = elements.length - star - 1;
  if (star >= 1 << 8 || after >= 0x7fffffff >> 8) c.fail('too many expressions in star-unpacking assignment', loc);
  c.emitArg(OP.UNPACK_EX, star + (after << 8), loc);
  for (let i = star + 1; i < elements.length; i++) {
    if (elements[i]!.kind === 'Starred') c.fail('multiple starred expressions in assignment', loc);
  }
}

function generateDict(c: Codegen, e: Dict): void {
  const loc = locOf(e);
  const n = e.values.length;
  let haveDict = false;
  let pending = 0;
  const flush = (end: number, start: number): void => {
    generateSubdict(c, e, loc, start, end);
    if (haveDict) c.emitArg(OP.DICT_UPDATE, 1, loc);
    haveDict = true;
    pending = 0;
  };
  for (let i = 0; i < n; i++) {
    if (e.keys[i] === null) {
      if (pending > 0) flush(i, i - pending);
      if (!haveDict) c.emitArg(OP.BUILD_MAP, 0, loc);
      haveDict = true;
      c.visitExpr(e.values[i]!);
      c.emitArg(OP.DICT_UPDATE, 1, loc);
    } else if (pending * 2 > STACK_USE_GUIDELINE) flush(i + 1, i - pending);
    else pending++;
  }
  if (pending > 0) flush(n, n - pending);
  if (!haveDict) c.emitArg(OP.BUILD_MAP, 0, loc);
}

function generateSubdict(c: Codegen, e: Dict, loc: Loc, start: number, end: number): void {
  const isBig = (end - start) * 2 > STACK_USE_GUIDELINE;
  if (isBig) c.emitArg(OP.BUILD_MAP, 0, loc);
  for (let i = start; i < end; i++) {
    c.visitExpr(e.keys[i]!); // null keys (unpacking) are handled by the caller
    c.visitExpr(e.values[i]!);
    if (isBig) c.emitArg(OP.MAP_ADD, 1, loc);
  }
  if (!isBig) c.emitArg(OP.BUILD_MAP, end - start, loc);
}

// Attributes and subscripts

function generateAttribute(c: Codegen, e: Attribute): void {
  const loc = locOf(e);
  if (e.ctx === 'Load' && canOptimizeSuper(c, e)) {
    const call = generateSuperArgs(c, e);
    c.emitLoadSuper(e.attr, call.args.length > 0 ? 2 : 0, loc);
    return c.emit(OP.NOP, attributeLoc(loc, e));
  }
  if (e.ctx === 'Store' && e.value.kind === 'Name' && e.value.id === 'self') c.addStaticAttribute(e.attr);
  c.visitExpr(e.value);
  const attrLoc = attributeLoc(loc, e);
  switch (e.ctx) {
    case 'Load': return c.emitLoadAttr(e.attr, attrLoc);
    case 'Store': return c.emitName(OP.STORE_ATTR, e.attr, attrLoc);
    case 'Del': return c.emitName(OP.DELETE_ATTR, e.attr, attrLoc);
  }
}

function generateSubscript(c: Codegen, e: Subscript): void {
  const loc = locOf(e);
  if (e.ctx === 'Load') {
    checkSubscripted(c, e.value);
    checkIndex(c, e.value, e.slice);
  }
  c.visitExpr(e.value);
  if (e.ctx !== 'Del' && isTwoPartSlice(e.slice)) {
    generateSliceParts(c, e.slice);
    return c.emit(e.ctx === 'Load' ? OP.BINARY_SLICE : OP.STORE_SLICE, loc);
  }
  c.visitExpr(e.slice);
  switch (e.ctx) {
    case 'Load': return c.emitArg(OP.BINARY_OP, NB.SUBSCR, loc);
    case 'Store': return c.emit(OP.STORE_SUBSCR, loc);
    case 'Del': return c.emit(OP.DELETE_SUBSCR, loc);
  }
}

/** Whether a subscript is `a:b` and not constant, which has instructions of its own. */
export function isTwoPartSlice(e: Expr): e is Slice {
  return e.kind === 'Slice' && e.step === null && !isConstantSlice(e);
}

function isConstantSlice(e: Slice): boolean {
  const isConstant = (part: Expr | null): boolean => part === null || part.kind === 'Constant';
  return isConstant(e.lower) && isConstant(e.upper) && isConstant(e.step);
}

/** Loads the bounds of a slice, None for those that are missing. */
export function generateSliceParts(c: Codegen, e: Slice): void {
  const loc = locOf(e);
  if (e.lower !== null) c.visitExpr(e.lower);
  else c.emitConst(null, loc);
  if (e.upper !== null) c.visitExpr(e.upper);
  else c.emitConst(null, loc);
}

function generateSlice(c: Codegen, e: Slice): void {
  const loc = locOf(e);
  if (isConstantSlice(e)) {
    const constant = (part: Expr | null) => (part !== null && part.kind === 'Constant' ? part.value : null);
    return c.emitConst(new ConstSlice(constant(e.lower), constant(e.upper), constant(e.step)), loc);
  }
  generateSliceParts(c, e);
  if (e.step !== null) c.visitExpr(e.step);
  c.emitArg(OP.BUILD_SLICE, e.step === null ? 2 : 3, loc);
}

// Warnings

function checkSubscripted(c: Codegen, e: Expr): void {
  switch (e.kind) {
    case 'Constant': {
      const type = literalTypeName(e)!;
      if (!['NoneType', 'ellipsis', 'int', 'bool', 'float', 'complex', 'frozenset'].includes(type)) return;
      break;
    }
    case 'Set': case 'SetComp': case 'GeneratorExp': case 'TemplateStr': case 'Interpolation': case 'Lambda': break;
    default: return;
  }
  c.warn(`'${literalTypeName(e)}' object is not subscriptable; perhaps you missed a comma?`, locOf(e));
}

function checkIndex(c: Codegen, e: Expr, index: Expr): void {
  const indexType = literalTypeName(index);
  if (indexType === null || indexType === 'int' || indexType === 'bool' || indexType === 'slice') return;
  switch (e.kind) {
    case 'Constant':
      if (!['str', 'bytes', 'tuple'].includes(literalTypeName(e)!)) return;
      break;
    case 'Tuple': case 'List': case 'ListComp': case 'JoinedStr': case 'FormattedValue': break;
    default: return;
  }
  const type = literalTypeName(e);
  c.warn(`${type} indices must be integers or slices, not ${indexType}; perhaps you missed a comma?`, locOf(e));
}
