/** Annotations (PEP 649, PEP 749): the functions that compute them on demand, and their text under the `annotations` future. */
import { COMMON, COMPARE_MASKS, FUNCTION_ATTRIBUTE } from '../bytecode/operands.ts';
import { OP } from '../bytecode/opcodes.ts';
import { replaceCode } from '../bytecode/code.ts';
import type { AnnAssign, Arg, Arguments, Expr, Name } from '../frontend/ast.ts';
import { BLOCK } from '../frontend/symtable-entry.ts';
import type { SymtableEntry } from '../frontend/symtable-entry.ts';
import { emitClosure } from './closures.ts';
import type { Codegen } from './codegen.ts';
import { InstrSequence, locOf } from './instructions.ts';
import type { Loc } from './instructions.ts';
import { unparse } from './unparse.ts';
import { slotOf } from './unit.ts';
import type { DeferredAnnotation, ScopeType } from './unit.ts';

/** `annotationlib.Format.VALUE_WITH_FAKE_GLOBALS`: the highest format that compiled annotation functions understand. */
const VALUE_WITH_FAKE_GLOBALS = 2;

const GREATER = 4;

/** Opens the scope of an annotation function: it takes a format and refuses those it does not know. */
export function enterAnnotationScope(c: Codegen, loc: Loc, entry: SymtableEntry, name: string, functionName?: string): void {
  c.enterScope({ name, type: 'annotations', entry, firstlineno: loc.lineno, ...(functionName === undefined ? {} : { functionName }), signature: { argcount: 0, posonlyargcount: 1, kwonlyargcount: 0 } });
  const body = c.newLabel();
  c.emitArg(OP.LOAD_FAST, 0, loc);
  c.emitConst(VALUE_WITH_FAKE_GLOBALS, loc);
  c.emitArg(OP.COMPARE_OP, (GREATER << 5) | COMPARE_MASKS[GREATER]!, loc);
  c.emitJump(OP.POP_JUMP_IF_FALSE, body, loc);
  c.emitArg(OP.LOAD_COMMON_CONSTANT, COMMON.NOT_IMPLEMENTED_ERROR, loc);
  c.emitArg(OP.RAISE_VARARGS, 1, loc);
  c.useLabel(body);
}

function leaveAnnotationScope(c: Codegen, loc: Loc): void {
  c.emit(OP.RETURN_VALUE, loc);
  const code = c.exitScope(/* addNone */ true);
  // The parameter is called `.format` while compiling, so that no annotation can mean it; signatures show `format`.
  emitClosure(c, loc, replaceCode(code, { localsplusnames: ['format', ...code.localsplusnames.slice(1)] }), 0);
}

/** Makes the annotation function of the function of that name, if it has annotations; returns the FUNCTION_ATTRIBUTE bits of what was pushed. */
export function generateFunctionAnnotations(c: Codegen, loc: Loc, functionName: string, args: Arguments, returns: Expr | null): number {
  const entry = c.symtable.lookup(args);
  if (!entry.annotationsUsed) return 0;
  enterAnnotationScope(c, loc, entry, entry.name, functionName);
  let count = 0;
  const annotate = (name: string, annotation: Expr | null): void => {
    if (annotation === null) return;
    count++;
    c.emitConst(c.mangle(name), loc);
    generateArgAnnotation(c, loc, annotation);
  };
  const annotateAll = (list: readonly Arg[]): void => list.forEach((arg) => annotate(arg.arg, arg.annotation));
  annotateAll(args.args);
  annotateAll(args.posonlyargs);
  if (args.vararg !== null) annotate(args.vararg.arg, args.vararg.annotation);
  annotateAll(args.kwonlyargs);
  if (args.kwarg !== null) annotate(args.kwarg.arg, args.kwarg.annotation);
  annotate('return', returns);
  c.emitArg(OP.BUILD_MAP, count, loc);
  leaveAnnotationScope(c, loc);
  return FUNCTION_ATTRIBUTE.ANNOTATE;
}

function generateArgAnnotation(c: Codegen, loc: Loc, annotation: Expr): void {
  if (c.futureAnnotations) return emitAnnotationText(c, annotation);
  if (annotation.kind !== 'Starred') return c.visitExpr(annotation);
  // `*args: *Ts` annotates with the only element of [*Ts].
  c.visitExpr(annotation.value);
  c.emitArg(OP.UNPACK_SEQUENCE, 1, loc);
}

function emitAnnotationText(c: Codegen, annotation: Expr): void {
  c.emitConst(unparse(annotation), locOf(annotation));
}

/** `target: annotation = value`. */
export function generateAnnAssign(c: Codegen, s: AnnAssign): void {
  if (s.value !== null) {
    c.visitExpr(s.value);
    c.visitExpr(s.target);
  }
  const { target } = s;
  if (target.kind === 'Name') {
    const { scopeType } = c.unit;
    if (s.simple !== 0 && (scopeType === 'module' || scopeType === 'class')) generateNameAnnotation(c, s, target, scopeType);
  } else if (s.value === null) checkTarget(c, target);
}

function generateNameAnnotation(c: Codegen, s: AnnAssign, target: Name, scopeType: 'module' | 'class'): void {
  const loc = locOf(s);
  if (c.futureAnnotations) {
    emitAnnotationText(c, s.annotation);
    c.emitName(OP.LOAD_NAME, '__annotations__', loc);
    c.emitConst(c.mangle(target.id), loc);
    return c.emit(OP.STORE_SUBSCR, loc);
  }
  const index = deferAnnotation(c, s);
  if (index < 0) return;
  // The annotation counts only if control comes here.
  if (scopeType === 'class') c.emitArg(OP.LOAD_DEREF, slotOf(c.unit.cellvars, '__conditional_annotations__'), loc);
  else c.emitName(OP.LOAD_NAME, '__conditional_annotations__', loc);
  c.emitConst(index, loc);
  c.emitArg(OP.SET_ADD, 1, loc);
  c.emit(OP.POP_TOP, loc);
}

/** Keeps the annotation for the annotation function; returns its index when it is conditional, else -1. */
function deferAnnotation(c: Codegen, statement: AnnAssign): number {
  const { unit } = c;
  // A module may be executed in part, so all its annotations are conditional.
  const isConditional = unit.scopeType === 'module' || unit.conditionalBlocks > 0;
  const index = isConditional ? unit.nextConditionalIndex++ : -1;
  (unit.deferredAnnotations ??= []).push({ statement, index });
  return index;
}

/** The parts of an annotated target without value are evaluated, to see that they can be. */
function checkTarget(c: Codegen, target: Expr): void {
  if (target.kind === 'Attribute') checkEvaluates(c, target.value);
  else if (target.kind === 'Subscript') {
    checkEvaluates(c, target.value);
    checkSubscript(c, target.slice);
  }
}

function checkSubscript(c: Codegen, e: Expr): void {
  if (e.kind === 'Tuple') return e.elts.forEach((element) => checkSubscript(c, element));
  if (e.kind !== 'Slice') return checkEvaluates(c, e);
  for (const part of [e.lower, e.upper, e.step]) if (part !== null) checkEvaluates(c, part);
}

function checkEvaluates(c: Codegen, e: Expr): void {
  c.visitExpr(e);
  c.emit(OP.POP_TOP, locOf(e));
}

/** At the end of a class or module: the function that computes its annotations. In a module it is made at the start. */
export function generateDeferredAnnotations(c: Codegen, loc: Loc): void {
  const { unit } = c;
  const deferred = unit.deferredAnnotations;
  if (deferred === null) return;
  const main = unit.sequence;
  const isModule = unit.scopeType === 'module';
  if (isModule) unit.sequence = new InstrSequence();
  const entry = unit.entry.annotationBlock!;
  enterAnnotationScope(c, loc, entry, entry.name);
  generateDeferredBody(c, loc, deferred, unit.scopeType);
  leaveAnnotationScope(c, loc);
  c.storeName(unit.entry.type === BLOCK.CLASS ? '__annotate_func__' : '__annotate__', loc);
  if (isModule) {
    main.annotationsCode = unit.sequence.instrs;
    unit.sequence = main;
  }
}

function generateDeferredBody(c: Codegen, loc: Loc, deferred: readonly DeferredAnnotation[], scopeType: ScopeType): void {
  c.emitArg(OP.BUILD_MAP, 0, loc);
  for (const { statement, index } of deferred) {
    const at = locOf(statement);
    const name = c.manglePrivate((statement.target as Name).id); // only names are deferred
    const notSet = c.newLabel();
    if (index >= 0) {
      c.emitConst(index, at);
      if (scopeType === 'class') c.emitArg(OP.LOAD_DEREF, slotOf(c.unit.freevars, '__conditional_annotations__'), at);
      else c.emitArg(OP.LOAD_GLOBAL, slotOf(c.unit.names, '__conditional_annotations__') << 1, at);
      c.emitArg(OP.CONTAINS_OP, 0, at);
      c.emitJump(OP.POP_JUMP_IF_FALSE, notSet, at);
    }
    c.visitExpr(statement.annotation);
    c.emitArg(OP.COPY, 2, at);
    c.emitConst(name, at);
    c.emit(OP.STORE_SUBSCR, loc);
    c.useLabel(notSet);
  }
}
