/** Making function objects from finished code, and the handler that wraps the code of generators. */
import { FAST } from '../bytecode/code.ts';
import type { CodeObject } from '../bytecode/code.ts';
import { FUNCTION_ATTRIBUTE, INTRINSIC } from '../bytecode/operands.ts';
import { OP } from '../bytecode/opcodes.ts';
import { SCOPE } from '../frontend/symtable-entry.ts';
import type { Codegen } from './codegen.ts';
import { CompilationFailure } from './errors.ts';
import { NO_LOC } from './instructions.ts';
import type { Loc } from './instructions.ts';

/** The order in which attributes are set; their values were pushed in the opposite order. */
const ATTRIBUTE_ORDER = [
  FUNCTION_ATTRIBUTE.CLOSURE, FUNCTION_ATTRIBUTE.ANNOTATIONS, FUNCTION_ATTRIBUTE.ANNOTATE, FUNCTION_ATTRIBUTE.KWDEFAULTS, FUNCTION_ATTRIBUTE.DEFAULTS,
] as const;

/** Makes a function of `code`. `attributes`: FUNCTION_ATTRIBUTE bits of the values that are on the stack for it. */
export function emitClosure(c: Codegen, loc: Loc, code: CodeObject, attributes: number): void {
  if (code.nfreevars > 0) {
    code.localsplusnames.forEach((name, i) => {
      if ((code.localspluskinds[i]! & FAST.FREE) !== 0) c.emitArg(OP.LOAD_CLOSURE, closureSlot(c, name), loc);
    });
    attributes |= FUNCTION_ATTRIBUTE.CLOSURE;
    c.emitArg(OP.BUILD_TUPLE, code.nfreevars, loc);
  }
  c.emitConst(code, loc);
  c.emit(OP.MAKE_FUNCTION, loc);
  for (const attribute of ATTRIBUTE_ORDER) {
    if ((attributes & attribute) !== 0) c.emitArg(OP.SET_FUNCTION_ATTRIBUTE, attribute, loc);
  }
}

function closureSlot(c: Codegen, name: string): number {
  const slots = c.refType(name) === SCOPE.CELL ? c.unit.cellvars : c.unit.freevars;
  const slot = slots.get(name);
  if (slot === undefined) throw new CompilationFailure('SystemError', `no closure variable '${name}' in ${c.unit.name}`);
  return slot;
}

/** Wraps the code so far: a StopIteration that escapes from a generator becomes a RuntimeError. */
export function wrapInStopIterationHandler(c: Codegen): void {
  const handler = c.newLabel();
  c.unit.sequence.insertFirst(OP.SETUP_CLEANUP, handler, NO_LOC);
  c.emitConst(null, NO_LOC);
  c.emit(OP.RETURN_VALUE, NO_LOC);
  c.useLabel(handler);
  c.emitArg(OP.CALL_INTRINSIC_1, INTRINSIC.STOPITERATION_ERROR, NO_LOC);
  c.emitArg(OP.RERAISE, 1, NO_LOC);
}
