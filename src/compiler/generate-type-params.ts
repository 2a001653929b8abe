/** Type parameters and type aliases (PEP 695, PEP 696). */
import { FUNCTION_ATTRIBUTE, INTRINSIC } from '../bytecode/operands.ts';
import { ConstTuple } from '../bytecode/code.ts';
import { OP } from '../bytecode/opcodes.ts';
import type { Expr, Name, TypeAlias, TypeParam } from '../frontend/ast.ts';
import type { SymtableEntry } from '../frontend/symtable-entry.ts';
import { emitClosure } from './closures.ts';
import type { Codegen } from './codegen.ts';
import { enterAnnotationScope } from './generate-annotations.ts';
import { locOf } from './instructions.ts';

/** The default of the format parameter: `annotationlib.Format.VALUE`. */
const FORMAT_DEFAULTS = new ConstTuple([1]);

/** Creates and binds the type parameters; leaves a tuple of them. */
export function generateTypeParams(c: Codegen, params: readonly TypeParam[]): void {
  let seenDefault = false;
  for (const param of params) {
    const loc = locOf(param);
    c.emitConst(param.name, loc);
    generateTypeParam(c, param);
    if (param.default_value !== null) {
      seenDefault = true;
      const entry = param.kind === 'TypeVar' ? c.symtable.lookupDefault(param) : c.symtable.lookup(param);
      generateLazy(c, param.default_value, param.name, entry, { allowStarred: param.kind === 'TypeVarTuple' });
      c.emitArg(OP.CALL_INTRINSIC_2, INTRINSIC.SET_TYPEPARAM_DEFAULT, loc);
    } else if (seenDefault) {
      c.fail(`non-default type parameter '${param.name}' follows default type parameter`, loc);
    }
    c.emitArg(OP.COPY, 1, loc);
    c.storeName(param.name, loc);
  }
  c.emitArg(OP.BUILD_TUPLE, params.length, locOf(params[0]!));
}

function generateTypeParam(c: Codegen, param: TypeParam): void {
  const loc = locOf(param);
  switch (param.kind) {
    case 'TypeVarTuple': return c.emitArg(OP.CALL_INTRINSIC_1, INTRINSIC.TYPEVARTUPLE, loc);
    case 'ParamSpec': return c.emitArg(OP.CALL_INTRINSIC_1, INTRINSIC.PARAMSPEC, loc);
    case 'TypeVar': {
      if (param.bound === null) return c.emitArg(OP.CALL_INTRINSIC_1, INTRINSIC.TYPEVAR, loc);
      generateLazy(c, param.bound, param.name, c.symtable.lookup(param), { allowStarred: false });
      const intrinsic = param.bound.kind === 'Tuple' ? INTRINSIC.TYPEVAR_WITH_CONSTRAINTS : INTRINSIC.TYPEVAR_WITH_BOUND;
      return c.emitArg(OP.CALL_INTRINSIC_2, intrinsic, loc);
    }
  }
}

/** A function that computes a bound or default on demand. */
function generateLazy(c: Codegen, value: Expr, name: string, entry: SymtableEntry, options: { allowStarred: boolean }): void {
  const loc = locOf(value);
  c.emitConst(FORMAT_DEFAULTS, loc);
  enterAnnotationScope(c, loc, entry, name);
  if (options.allowStarred && value.kind === 'Starred') {
    c.visitExpr(value.value);
    c.emitArg(OP.UNPACK_SEQUENCE, 1, loc);
  } else c.visitExpr(value);
  c.emit(OP.RETURN_VALUE, loc);
  emitClosure(c, loc, c.exitScope(/* addNone */ true), FUNCTION_ATTRIBUTE.DEFAULTS);
}

/** `type name[params] = value`. */
export function generateTypeAlias(c: Codegen, s: TypeAlias): void {
  const loc = locOf(s);
  const name = (s.name as Name).id; // the grammar allows nothing else
  if (s.type_params.length === 0) {
    c.emitConst(name, loc);
    c.emitConst(null, loc);
    generateTypeAliasBody(c, s, name);
  } else {
    c.enterScope({ name: `<generic parameters of ${name}>`, type: 'annotations', entry: c.symtable.lookup(s.type_params), firstlineno: loc.lineno });
    c.emitConst(name, loc);
    generateTypeParams(c, s.type_params);
    generateTypeAliasBody(c, s, name);
    emitClosure(c, loc, c.exitScope(/* addNone */ false), 0);
    c.emit(OP.PUSH_NULL, loc);
    c.emitArg(OP.CALL, 0, loc);
  }
  c.storeName(name, loc);
}

function generateTypeAliasBody(c: Codegen, s: TypeAlias, name: string): void {
  const loc = locOf(s);
  c.emitConst(FORMAT_DEFAULTS, loc);
  enterAnnotationScope(c, loc, c.symtable.lookup(s), name);
  c.visitExpr(s.value);
  c.emit(OP.RETURN_VALUE, loc);
  emitClosure(c, loc, c.exitScope(/* addNone */ false), FUNCTION_ATTRIBUTE.DEFAULTS);
  c.emitArg(OP.BUILD_TUPLE, 3, loc);
  c.emitArg(OP.CALL_INTRINSIC_1, INTRINSIC.TYPEALIAS, loc);
}
