/** Instructions of global, class-body and module-body names. */
import type { Value } from '../../core/value.ts';
import { PyCell } from '../../core/function.ts';
import { CACHE_BUILTIN, CACHE_GLOBAL } from '../../core/inline-cache.ts';
import { NEXT, type Machine, type Outcome } from '../machine.ts';
import { deleteGlobal, deleteName, loadFromMapping, loadGlobal, loadName, raiseSystemError, raiseUnboundCell, setupAnnotations, storeGlobal, storeName } from '../names.ts';

/** Pushes a global or builtin; with the operand's low bit also "no self" for a call. @manual @source bytecodes.c LOAD_GLOBAL */
export function LOAD_GLOBAL(m: Machine, oparg: number): Outcome {
  const cache = m.code.caches[m.pc];
  const globals = m.f.globals.table;
  if (cache !== null && cache !== undefined && cache.table === globals && cache.version === globals.version) {
    if (cache.kind === CACHE_GLOBAL) m.stack[m.sp++] = globals.values[cache.slot];
    else if (cache.kind === CACHE_BUILTIN && cache.otherTable!.version === cache.otherVersion) m.stack[m.sp++] = cache.otherTable!.values[cache.slot];
    else m.stack[m.sp++] = loadGlobal(m.t, m.f, m.pc, m.code.names[oparg >> 1]!);
  } else m.stack[m.sp++] = loadGlobal(m.t, m.f, m.pc, m.code.names[oparg >> 1]!);
  if ((oparg & 1) !== 0) m.stack[m.sp++] = undefined;
  return NEXT;
}

/** Sets a global. @source bytecodes.c STORE_GLOBAL */
export function STORE_GLOBAL(m: Machine, oparg: number, value: Value): Outcome {
  storeGlobal(m.t, m.f, m.code.names[oparg]!, value);
  return NEXT;
}

/** Deletes a global. @source bytecodes.c DELETE_GLOBAL */
export function DELETE_GLOBAL(m: Machine, oparg: number): Outcome {
  deleteGlobal(m.t, m.f, m.code.names[oparg]!);
  return NEXT;
}

/** Pushes a name of a module or class body: namespace, globals, builtins. @source bytecodes.c LOAD_NAME */
export function LOAD_NAME(m: Machine, oparg: number): Outcome {
  return loadName(m.t, m.f, m.code.names[oparg]!);
}

/** Sets a name of a module or class body. @source bytecodes.c STORE_NAME */
export function STORE_NAME(m: Machine, oparg: number, value: Value): Outcome {
  storeName(m.t, m.f, m.code.names[oparg]!, value);
  return NEXT;
}

/** Deletes a name of a module or class body. @source bytecodes.c DELETE_NAME */
export function DELETE_NAME(m: Machine, oparg: number): Outcome {
  deleteName(m.t, m.f, m.code.names[oparg]!);
  return NEXT;
}

/** Pushes the namespace of the module or class body. @source bytecodes.c LOAD_LOCALS */
export function LOAD_LOCALS(m: Machine): Outcome {
  if (m.f.locals === null) raiseSystemError('no locals');
  return m.f.locals;
}

/** A name from a mapping, else a global or builtin (class-scope annotations). @source bytecodes.c LOAD_FROM_DICT_OR_GLOBALS */
export function LOAD_FROM_DICT_OR_GLOBALS(m: Machine, oparg: number, mapping: Value): Outcome {
  const name = m.code.names[oparg]!;
  const found = loadFromMapping(m.t, mapping, name);
  return found === undefined ? loadGlobal(m.t, m.f, -1, name) : found;
}

/** A name from a mapping, else from a cell (class bodies). @source bytecodes.c LOAD_FROM_DICT_OR_DEREF */
export function LOAD_FROM_DICT_OR_DEREF(m: Machine, oparg: number, mapping: Value): Outcome {
  const found = loadFromMapping(m.t, mapping, m.code.code.localsplusnames[oparg]!);
  if (found !== undefined) return found;
  const value = (m.stack[oparg] as PyCell).value;
  if (value === undefined) raiseUnboundCell(m.code, oparg);
  return value;
}

/** Makes `__annotations__` in the namespace if it is missing. @source bytecodes.c SETUP_ANNOTATIONS */
export function SETUP_ANNOTATIONS(m: Machine): Outcome {
  setupAnnotations(m.t, m.f);
  return NEXT;
}

