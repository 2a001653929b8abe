/** Class definitions. */
import { ConstTuple } from '../bytecode/code.ts';
import { INTRINSIC } from '../bytecode/operands.ts';
import { OP } from '../bytecode/opcodes.ts';
import type { ClassDef } from '../frontend/ast.ts';
import { emitClosure } from './closures.ts';
import type { Codegen } from './codegen.ts';
import { generateBody } from './generate-body.ts';
import { generateCallArgs } from './generate-calls.ts';
import { applyDecorators } from './generate-functions.ts';
import { generateTypeParams } from './generate-type-params.ts';
import { NO_LOC, lineLoc, locOf } from './instructions.ts';
import { slotOf } from './unit.ts';

/** `name = __build_class__(<function of the body>, 'name', *bases, **keywords)`, decorated. */
export function generateClass(c: Codegen, s: ClassDef): void {
  const loc = locOf(s);
  c.visitExprs(s.decorator_list);
  const firstlineno = s.decorator_list[0]?.lineno ?? s.lineno;
  if (s.type_params.length === 0) {
    generateClassFunction(c, s, firstlineno);
    generateCallArgs(c, loc, s.bases, s.keywords, { pushed: 2, injected: null });
  } else generateGenericClass(c, s, firstlineno);
  applyDecorators(c, s.decorator_list);
  c.storeName(s.name, loc);
}

/** Wraps the class in a scope that holds its type parameters and adds `Generic[...]` to its bases. */
function generateGenericClass(c: Codegen, s: ClassDef, firstlineno: number): void {
  const loc = locOf(s);
  c.enterScope({ name: `<generic parameters of ${s.name}>`, type: 'annotations', entry: c.symtable.lookup(s.type_params), firstlineno, privateName: s.name });
  generateTypeParams(c, s.type_params);
  c.storeName('.type_params', loc);
  generateClassFunction(c, s, firstlineno);
  c.loadName('.type_params', loc);
  c.emitArg(OP.CALL_INTRINSIC_1, INTRINSIC.SUBSCRIPT_GENERIC, loc);
  c.storeName('.generic_base', loc);
  generateCallArgs(c, loc, s.bases, s.keywords, { pushed: 2, injected: '.generic_base' });
  emitClosure(c, loc, c.exitScope(/* addNone */ false), 0);
  c.emit(OP.PUSH_NULL, loc);
  c.emitArg(OP.CALL, 0, loc);
}

/** Pushes `__build_class__`, NULL, the function of the body and the name. */
function generateClassFunction(c: Codegen, s: ClassDef, firstlineno: number): void {
  c.enterScope({ name: s.name, type: 'class', entry: c.symtable.lookup(s), firstlineno, privateName: s.name });
  generateClassPrologue(c, s, firstlineno);
  generateBody(c, lineLoc(firstlineno), s.body, { isInteractive: false });
  generateClassEpilogue(c);
  const code = c.exitScope(/* addNone */ true);
  // These belong to the line of the class, not to that of a decorator.
  const loc = locOf(s);
  c.emit(OP.LOAD_BUILD_CLASS, loc);
  c.emit(OP.PUSH_NULL, loc);
  emitClosure(c, loc, code, 0);
  c.emitConst(s.name, loc);
}

function generateClassPrologue(c: Codegen, s: ClassDef, firstlineno: number): void {
  const loc = lineLoc(firstlineno);
  c.loadName('__name__', loc);
  c.storeName('__module__', loc);
  c.emitConst(c.unit.qualname, loc);
  c.storeName('__qualname__', loc);
  c.emitConst(firstlineno, loc);
  c.storeName('__firstlineno__', loc);
  if (s.type_params.length > 0) {
    c.loadName('.type_params', loc);
    c.storeName('__type_params__', loc);
  }
  if (c.entry.needsClassdict) {
    c.emit(OP.LOAD_LOCALS, loc);
    c.emitArg(OP.STORE_DEREF, slotOf(c.unit.cellvars, '__classdict__'), loc);
  }
  if (c.entry.hasConditionalAnnotations) {
    c.emitArg(OP.BUILD_SET, 0, loc);
    c.emitArg(OP.STORE_DEREF, slotOf(c.unit.cellvars, '__conditional_annotations__'), loc);
  }
}

function generateClassEpilogue(c: Codegen): void {
  const { cellvars, staticAttributes } = c.unit;
  c.emitConst(new ConstTuple([...staticAttributes!].sort()), NO_LOC);
  c.storeName('__static_attributes__', NO_LOC);
  if (c.entry.needsClassdict) {
    c.emitArg(OP.LOAD_CLOSURE, slotOf(cellvars, '__classdict__'), NO_LOC);
    c.storeName('__classdictcell__', NO_LOC);
  }
  if (c.entry.needsClassClosure) {
    c.emitArg(OP.LOAD_CLOSURE, slotOf(cellvars, '__class__'), NO_LOC);
    c.emitArg(OP.COPY, 1, NO_LOC);
    c.storeName('__classcell__', NO_LOC);
  } else c.emitConst(null, NO_LOC);
  c.emit(OP.RETURN_VALUE, NO_LOC);
}
