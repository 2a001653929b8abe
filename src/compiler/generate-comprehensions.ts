/**
 * Comprehensions. Generator expressions are functions of their own; the others are inlined (PEP 709): their variables are fast locals
 * of the enclosing code, whose own variables of the same names wait on the stack meanwhile.
 */
import { OP } from '../bytecode/opcodes.ts';
import type { Comprehension, DictComp, Expr, GeneratorExp, ListComp, SetComp } from '../frontend/ast.ts';
import { BLOCK, SCOPE, SYMBOL, getSymbol, isFunctionLike, symbolScope } from '../frontend/symtable-entry.ts';
import type { SymtableEntry } from '../frontend/symtable-entry.ts';
import type { Codegen } from './codegen.ts';
import { emitClosure, wrapInStopIterationHandler } from './closures.ts';
import { jumpIf } from './generate-conditions.ts';
import { generateAwait, generateYield, generateYieldFrom } from './generate-yield.ts';
import { Loc, NO_LABEL, NO_LOC, locOf } from './instructions.ts';
import type { Label } from './instructions.ts';
import { slotOf } from './unit.ts';

type ComprehensionNode = ListComp | SetComp | DictComp | GeneratorExp;

/** The comprehension that is being generated. */
interface Context {
  readonly node: ComprehensionNode;
  readonly loc: Loc;
  readonly generators: readonly Comprehension[];
}

const SCOPE_NAMES = { ListComp: '<listcomp>', SetComp: '<setcomp>', DictComp: '<dictcomp>', GeneratorExp: '<genexpr>' } as const;

/** A comprehension or generator expression. */
export function generateComprehension(c: Codegen, e: ComprehensionNode): void {
  const entry = c.symtable.lookup(e);
  const context: Context = { node: e, loc: locOf(e), generators: e.generators };
  if (entry.compInlined) return generateInlined(c, context, entry);
  c.enterScope({ name: SCOPE_NAMES[e.kind], type: 'comprehension', entry, firstlineno: e.lineno, signature: { argcount: 1, posonlyargcount: 0, kwonlyargcount: 0 } });
  const isGenerator = e.kind === 'GeneratorExp';
  if (!isGenerator) emitBuild(c, context);
  generateLoop(c, context, 0, 0, { iterOnStack: false });
  if (isGenerator) wrapInStopIterationHandler(c);
  else c.emit(OP.RETURN_VALUE, context.loc);
  const code = c.exitScope(/* addNone */ true);
  emitClosure(c, context.loc, code, 0);
  generateIter(c, e.generators[0]!);
  c.emitArg(OP.CALL, 0, context.loc);
  if (entry.coroutine && !isGenerator) generateAwait(c, context.loc, 0);
}

function emitBuild(c: Codegen, context: Context): void {
  const { kind } = context.node;
  c.emitArg(kind === 'ListComp' ? OP.BUILD_LIST : kind === 'SetComp' ? OP.BUILD_SET : OP.BUILD_MAP, 0, context.loc);
}

/** The iterator of a loop. That of the outermost loop is made outside of the comprehension's scope. */
function generateIter(c: Codegen, generator: Comprehension): void {
  c.visitExpr(generator.iter);
  c.emit(generator.is_async !== 0 ? OP.GET_AITER : OP.GET_ITER, locOf(generator.iter));
}

// Loops

function generateLoop(c: Codegen, context: Context, index: number, depth: number, options: { iterOnStack: boolean }): void {
  if (context.generators[index]!.is_async !== 0) generateAsyncLoop(c, context, index, depth, options);
  else generateSyncLoop(c, context, index, depth, options);
}

/** `for y in [x]` in a comprehension is an assignment: the only element, or null. */
function onlyElement(iter: Expr): Expr | null {
  if ((iter.kind !== 'List' && iter.kind !== 'Tuple') || iter.elts.length !== 1) return null;
  const element = iter.elts[0]!;
  return element.kind === 'Starred' ? null : element;
}

function generateSyncLoop(c: Codegen, context: Context, index: number, depth: number, options: { iterOnStack: boolean }): void {
  const generator = context.generators[index]!;
  const start = c.newLabel();
  const ifCleanup = c.newLabel();
  const anchor = c.newLabel();
  let isLoop = true;
  if (!options.iterOnStack) {
    const element = index === 0 ? null : onlyElement(generator.iter);
    isLoop = element === null;
    if (index === 0) c.emitArg(OP.LOAD_FAST, 0, context.loc);
    else if (element !== null) c.visitExpr(element);
    else generateIter(c, generator);
  }
  if (isLoop) {
    depth++;
    c.useLabel(start);
    c.emitJump(OP.FOR_ITER, anchor, locOf(generator.iter));
  }
  c.visitExpr(generator.target);
  for (const condition of generator.ifs) jumpIf(c, context.loc, condition, ifCleanup, false);
  const elementLoc = generateBody(c, context, index, depth);
  c.useLabel(ifCleanup);
  if (!isLoop) return;
  c.emitJump(OP.JUMP, start, elementLoc);
  c.useLabel(anchor);
  c.emit(OP.END_FOR, NO_LOC);
  c.emit(OP.POP_ITER, NO_LOC);
}

function generateAsyncLoop(c: Codegen, context: Context, index: number, depth: number, options: { iterOnStack: boolean }): void {
  const generator = context.generators[index]!;
  const { loc } = context;
  const start = c.newLabel();
  const except = c.newLabel();
  const ifCleanup = c.newLabel();
  if (!options.iterOnStack) {
    if (index === 0) c.emitArg(OP.LOAD_FAST, 0, loc);
    else generateIter(c, generator);
  }
  c.useLabel(start);
  c.pushFBlock({ type: 'async comprehension', loc, block: start, exit: NO_LABEL, datum: null });
  c.emitJump(OP.SETUP_FINALLY, except, loc);
  c.emit(OP.GET_ANEXT, loc);
  c.emitConst(null, loc);
  const send = generateYieldFrom(c, loc, { isAwait: true });
  c.emit(OP.POP_BLOCK, loc);
  c.visitExpr(generator.target);
  for (const condition of generator.ifs) jumpIf(c, loc, condition, ifCleanup, false);
  const elementLoc = generateBody(c, context, index, depth + 1);
  c.useLabel(ifCleanup);
  c.emitJump(OP.JUMP, start, elementLoc);
  c.popFBlock();
  c.useLabel(except);
  c.emitJump(OP.END_ASYNC_FOR, send, loc);
}

/** The next loop, or the element in the innermost one. Returns the location of the element. */
function generateBody(c: Codegen, context: Context, index: number, depth: number): Loc {
  const { node } = context;
  if (index + 1 < context.generators.length) generateLoop(c, context, index + 1, depth, { iterOnStack: false });
  const isInnermost = index + 1 === context.generators.length;
  if (node.kind === 'DictComp') {
    const keyLoc = locOf(node.key);
    if (!isInnermost) return keyLoc;
    c.visitExpr(node.key);
    c.visitExpr(node.value);
    const loc = new Loc(node.key.lineno, node.value.end_lineno, node.key.col_offset, node.value.end_col_offset);
    c.emitArg(OP.MAP_ADD, depth + 1, loc);
    return loc;
  }
  const loc = locOf(node.elt);
  if (!isInnermost) return loc;
  c.visitExpr(node.elt);
  if (node.kind === 'GeneratorExp') {
    generateYield(c, loc);
    c.emit(OP.POP_TOP, loc);
  } else c.emitArg(node.kind === 'ListComp' ? OP.LIST_APPEND : OP.SET_ADD, depth + 1, loc);
  return loc;
}

// Inlining

/** What must be undone after an inlined comprehension. */
interface InlineState {
  /** Variables whose outer values wait on the stack. */
  readonly pushed: string[];
  /** Symbols of the outer block that were replaced. */
  readonly replaced: Map<string, number>;
  readonly hidden: string[];
  cleanup: Label;
}

function generateInlined(c: Codegen, context: Context, entry: SymtableEntry): void {
  const state: InlineState = { pushed: [], replaced: new Map(), hidden: [], cleanup: NO_LABEL };
  generateIter(c, context.generators[0]!);
  const inClass = c.entry.type === BLOCK.CLASS && c.unit.inlinedComprehensions === 0;
  c.unit.inlinedComprehensions++;
  adoptScopes(c, entry, state, inClass);
  pushLocals(c, context.loc, entry, state);
  emitBuild(c, context);
  c.emitArg(OP.SWAP, 2, context.loc);
  generateLoop(c, context, 0, 0, { iterOnStack: true });
  popLocals(c, context.loc, state);
  revertScopes(c, state);
}

function isBoundInside(symbol: number): boolean {
  return (symbol & SYMBOL.DEF_LOCAL) !== 0 && (symbol & SYMBOL.DEF_NONLOCAL) === 0;
}

/** Makes the enclosing block see the names of the comprehension with their scopes there. */
function adoptScopes(c: Codegen, comp: SymtableEntry, state: InlineState, inClass: boolean): void {
  const { entry, unit } = c;
  for (const [name, symbol] of comp.symbols) {
    const scope = symbolScope(symbol);
    const outer = getSymbol(entry, name);
    const outerScope = symbolScope(outer);
    // A name that is free inside is handled as outside; a cell inside that is free outside is treated as free throughout.
    if ((scope !== outerScope && scope !== SCOPE.FREE && !(scope === SCOPE.CELL && outerScope === SCOPE.FREE)) || inClass) {
      entry.symbols.set(name, symbol);
      state.replaced.set(name, outer);
    }
    if (isBoundInside(symbol) && !isFunctionLike(entry) && unit.fastHidden.get(name) !== true) {
      unit.fastHidden.set(name, true);
      state.hidden.push(name);
    }
  }
}

function pushLocals(c: Codegen, loc: Loc, comp: SymtableEntry, state: InlineState): void {
  const { unit } = c;
  for (const [name, symbol] of comp.symbols) {
    if (!isBoundInside(symbol)) continue;
    // The outer value may be missing; of a cell, the cell itself is put aside and a new one made.
    c.emitArg(OP.LOAD_FAST_AND_CLEAR, slotOf(unit.varnames, name), loc);
    if (symbolScope(symbol) === SCOPE.CELL) {
      const isFree = symbolScope(getSymbol(c.entry, name)) === SCOPE.FREE;
      c.emitArg(OP.MAKE_CELL, slotOf(isFree ? unit.freevars : unit.cellvars, name), loc);
    }
    state.pushed.push(name);
  }
  if (state.pushed.length === 0) return;
  // The iterable is below the pushed values: bring it to the top.
  c.emitArg(OP.SWAP, state.pushed.length + 1, loc);
  state.cleanup = c.newLabel();
  c.emitJump(OP.SETUP_FINALLY, state.cleanup, loc);
}

function popLocals(c: Codegen, loc: Loc, state: InlineState): void {
  if (state.pushed.length === 0) return;
  const end = c.newLabel();
  c.emit(OP.POP_BLOCK, NO_LOC);
  c.emitJump(OP.JUMP_NO_INTERRUPT, end, NO_LOC);
  c.useLabel(state.cleanup);
  // Below the exception lies the unfinished result.
  c.emitArg(OP.SWAP, 2, NO_LOC);
  c.emit(OP.POP_TOP, NO_LOC);
  restoreLocals(c, loc, state);
  c.emitArg(OP.RERAISE, 0, NO_LOC);
  c.useLabel(end);
  restoreLocals(c, loc, state);
}

function restoreLocals(c: Codegen, loc: Loc, state: InlineState): void {
  c.emitArg(OP.SWAP, state.pushed.length + 1, loc);
  for (let i = state.pushed.length - 1; i >= 0; i--) {
    c.emitArg(OP.STORE_FAST_MAYBE_NULL, slotOf(c.unit.varnames, state.pushed[i]!), loc);
  }
}

function revertScopes(c: Codegen, state: InlineState): void {
  c.unit.inlinedComprehensions--;
  for (const [name, symbol] of state.replaced) c.entry.symbols.set(name, symbol);
  // False, not absent: the variable keeps a hidden slot.
  for (const name of state.hidden) c.unit.fastHidden.set(name, false);
}
