/** Functions: definitions, lambdas, defaults, decorators. */
import { FUNCTION_ATTRIBUTE, INTRINSIC } from '../bytecode/operands.ts';
import { OP } from '../bytecode/opcodes.ts';
import type { Arguments, AsyncFunctionDef, Expr, FunctionDef, Lambda } from '../frontend/ast.ts';
import { docstringOf } from '../frontend/future.ts';
import { cleanDoc } from './clean-doc.ts';
import { emitClosure, wrapInStopIterationHandler } from './closures.ts';
import type { Codegen } from './codegen.ts';
import { generateFunctionAnnotations } from './generate-annotations.ts';
import { generateTypeParams } from './generate-type-params.ts';
import { NO_LABEL, NO_LOC, locOf } from './instructions.ts';
import type { Loc } from './instructions.ts';
import type { Signature } from './unit.ts';

/** A `def` or `async def` statement. */
export function generateFunction(c: Codegen, s: FunctionDef | AsyncFunctionDef): void {
  const loc = locOf(s);
  c.visitExprs(s.decorator_list);
  const firstlineno = s.decorator_list[0]?.lineno ?? s.lineno;
  const defaults = generateDefaults(c, loc, s.args);
  if (s.type_params.length > 0) generateGenericFunction(c, s, defaults, firstlineno);
  else {
    const annotations = generateFunctionAnnotations(c, loc, s.name, s.args, s.returns);
    generateFunctionBody(c, s, defaults | annotations, firstlineno);
  }
  applyDecorators(c, s.decorator_list);
  c.storeName(s.name, loc);
}

/** Wraps the function in a scope that holds its type parameters; the defaults come in as parameters of that scope. */
function generateGenericFunction(c: Codegen, s: FunctionDef | AsyncFunctionDef, defaults: number, firstlineno: number): void {
  const loc = locOf(s);
  const count = ((defaults & FUNCTION_ATTRIBUTE.DEFAULTS) !== 0 ? 1 : 0) + ((defaults & FUNCTION_ATTRIBUTE.KWDEFAULTS) !== 0 ? 1 : 0);
  if (count === 2) c.emitArg(OP.SWAP, 2, loc);
  c.enterScope({
    name: `<generic parameters of ${s.name}>`, type: 'annotations', entry: c.symtable.lookup(s.type_params), firstlineno,
    signature: { argcount: count, posonlyargcount: 0, kwonlyargcount: 0 },
  });
  generateTypeParams(c, s.type_params);
  for (let i = 0; i < count; i++) c.emitArg(OP.LOAD_FAST, i, loc);
  const annotations = generateFunctionAnnotations(c, loc, s.name, s.args, s.returns);
  generateFunctionBody(c, s, defaults | annotations, firstlineno);
  c.emitArg(OP.SWAP, 2, loc);
  c.emitArg(OP.CALL_INTRINSIC_2, INTRINSIC.SET_FUNCTION_TYPE_PARAMS, loc);
  emitClosure(c, loc, c.exitScope(/* addNone */ false), 0);
  if (count > 0) {
    c.emitArg(OP.SWAP, count + 1, loc);
    c.emitArg(OP.CALL, count - 1, loc);
  } else {
    c.emit(OP.PUSH_NULL, loc);
    c.emitArg(OP.CALL, 0, loc);
  }
}

function generateFunctionBody(c: Codegen, s: FunctionDef | AsyncFunctionDef, attributes: number, firstlineno: number): void {
  const type = s.kind === 'FunctionDef' ? 'function' : 'async function';
  c.enterScope({ name: s.name, type, entry: c.symtable.lookup(s), firstlineno, signature: signatureOf(s.args) });
  const { entry, unit } = c;
  let first = 0;
  if (entry.hasDocstring) {
    // Constant 0 is the docstring.
    unit.consts.add(cleanDoc(docstringOf(s.body)!));
    first = 1;
  }
  const start = c.newLabel();
  c.useLabel(start);
  const isGenerator = entry.coroutine || entry.generator;
  if (isGenerator) c.pushFBlock({ type: 'stop iteration', loc: NO_LOC, block: start, exit: NO_LABEL, datum: null });
  c.options.extension?.enterFunction?.(c, s);
  c.visitStmts(first === 0 ? s.body : s.body.slice(first));
  if (isGenerator) {
    wrapInStopIterationHandler(c);
    c.popFBlock();
  }
  emitClosure(c, locOf(s), c.exitScope(/* addNone */ true), attributes);
}

function signatureOf(args: Arguments): Signature {
  return { argcount: args.args.length, posonlyargcount: args.posonlyargs.length, kwonlyargcount: args.kwonlyargs.length };
}

/** A lambda expression. */
export function generateLambda(c: Codegen, e: Lambda): void {
  const loc = locOf(e);
  const defaults = generateDefaults(c, loc, e.args);
  c.enterScope({ name: '<lambda>', type: 'lambda', entry: c.symtable.lookup(e), firstlineno: e.lineno, signature: signatureOf(e.args) });
  c.visitExpr(e.body);
  const isGenerator = c.entry.generator;
  if (!isGenerator) c.emit(OP.RETURN_VALUE, locOf(e.body));
  emitClosure(c, loc, c.exitScope(/* addNone */ !isGenerator), defaults);
}

/** Pushes the defaults of parameters; returns the FUNCTION_ATTRIBUTE bits of what was pushed. */
function generateDefaults(c: Codegen, loc: Loc, args: Arguments): number {
  let attributes = 0;
  if (args.defaults.length > 0) {
    c.visitExprs(args.defaults);
    c.emitArg(OP.BUILD_TUPLE, args.defaults.length, loc);
    attributes |= FUNCTION_ATTRIBUTE.DEFAULTS;
  }
  let count = 0;
  args.kwonlyargs.forEach((arg, i) => {
    const value = args.kw_defaults[i] ?? null;
    if (value === null) return;
    c.emitConst(c.mangle(arg.arg), loc);
    c.visitExpr(value);
    count++;
  });
  if (count > 0) {
    c.emitArg(OP.BUILD_MAP, count, loc);
    attributes |= FUNCTION_ATTRIBUTE.KWDEFAULTS;
  }
  return attributes;
}

/** Calls the decorators, innermost first; they are on the stack below what they decorate. */
export function applyDecorators(c: Codegen, decorators: readonly Expr[]): void {
  for (let i = decorators.length - 1; i >= 0; i--) c.emitArg(OP.CALL, 0, locOf(decorators[i]!));
}
