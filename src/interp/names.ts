/** Names of global, module and class scopes, and the errors of unbound ones. */
import { FAST } from '../bytecode/code.ts';
import { HashTable, PyDict } from '../core/containers.ts';
import type { Frame, PyCode } from '../core/function.ts';
import { CACHE_BUILTIN, CACHE_GLOBAL, InlineCache } from '../core/inline-cache.ts';
import type { Thread } from '../core/thread.ts';
import { orElse, type Maybe, type Value } from '../core/value.ts';
import { unreachable } from '../base/assert.ts';
import { KeyError, NameError, SystemError, UnboundLocalError } from '../objects/exception-types.ts';
import { tableDeleteStr, tableFindStr, tableGetStr, tableSetStr } from '../objects/hash-table.ts';
import { newDict } from '../objects/make.ts';
import { isRaised, newException, newExceptionWith, raise } from '../objects/raise.ts';
import { DICT_TYPE } from '../objects/static-types.ts';
import { getItem, setItem } from '../objects/subscript.ts';

/** An opcode without a declaration: the code object is not ours. */
export function raiseUnknownOpcode(opcode: number): never {
  return unreachable(`opcode ${opcode} has no instruction`);
}

/** `SystemError: message` */
export function raiseSystemError(message: string): never {
  raise(SystemError, message);
}

/** UnboundLocalError for a fast local (NameError for a hidden comprehension variable of a module or class). */
export function raiseUnbound(code: PyCode, index: number): never {
  const name = code.code.localsplusnames[index]!;
  if ((code.code.localspluskinds[index]! & FAST.HIDDEN) !== 0) raiseNameError(name);
  throw newException(UnboundLocalError, `cannot access local variable '${name}' where it is not associated with a value`);
}

/** UnboundLocalError for a cell of this function, NameError for one of an enclosing function. */
export function raiseUnboundCell(code: PyCode, index: number): never {
  if ((code.code.localspluskinds[index]! & FAST.FREE) === 0) raiseUnbound(code, index);
  const name = code.code.localsplusnames[index]!;
  throw newExceptionWith(NameError, `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`, { name });
}

/** `NameError: name 'x' is not defined` */
export function raiseNameError(name: string): never {
  throw newExceptionWith(NameError, `name '${name}' is not defined`, { name });
}

function remember(f: Frame, pc: number, kind: number, slot: number, other: HashTable | null): void {
  const cache = f.code.caches[pc] ?? (f.code.caches[pc] = new InlineCache());
  const globals = f.globals.table;
  cache.kind = kind;
  cache.table = globals;
  cache.version = globals.version;
  cache.slot = slot;
  cache.otherTable = other;
  cache.otherVersion = other === null ? 0 : other.version;
}

/** A global or builtin; remembers where it was found in the inline cache at `pc` (-1: does not). */
export function loadGlobal(t: Thread, f: Frame, pc: number, name: string): Value {
  const globals = f.globals.table;
  const entry = tableFindStr(globals, name);
  if (entry >= 0) {
    if (pc >= 0) remember(f, pc, CACHE_GLOBAL, entry, null);
    return globals.values[entry]!;
  }
  if (f.globals.type !== DICT_TYPE) {
    const found = loadFromMapping(t, f.globals, name);
    if (found !== undefined) return found;
  }
  if (!(f.builtins instanceof PyDict) || f.builtins.type !== DICT_TYPE) return orElse(loadBuiltin(t, f, name), () => raiseNameError(name));
  const builtins = f.builtins.table;
  const builtin = tableFindStr(builtins, name);
  if (builtin < 0) raiseNameError(name);
  if (pc >= 0 && f.globals.type === DICT_TYPE) remember(f, pc, CACHE_BUILTIN, builtin, builtins);
  return builtins.values[builtin]!;
}

/** A name of the frame's builtins, whatever mapping they are; undefined when it is not there. */
export function loadBuiltin(t: Thread, f: Frame, name: string): Maybe {
  return loadFromMapping(t, f.builtins, name);
}

/** `mapping[name]`, or undefined for a KeyError. */
export function loadFromMapping(t: Thread, mapping: Value, name: string): Maybe {
  if (mapping instanceof PyDict && mapping.type === DICT_TYPE) return tableGetStr(mapping.table, name);
  try {
    return getItem(t, mapping, name);
  } catch (caught) {
    if (isRaised(caught, KeyError)) return undefined;
    throw caught;
  }
}

/** A name of a module or class body. */
export function loadName(t: Thread, f: Frame, name: string): Value {
  if (f.locals === null) raiseSystemError(`no locals when loading '${name}'`);
  const own = loadFromMapping(t, f.locals, name);
  return own === undefined ? loadGlobal(t, f, -1, name) : own;
}

/** Sets a name of a module or class body. */
export function storeName(t: Thread, f: Frame, name: string, value: Value): void {
  const locals = f.locals;
  if (locals === null) raiseSystemError(`no locals found when storing '${name}'`);
  if (locals instanceof PyDict && locals.type === DICT_TYPE) tableSetStr(locals.table, name, value);
  else setItem(t, locals, name, value);
}

/** Deletes a name of a module or class body. */
export function deleteName(t: Thread, f: Frame, name: string): void {
  const locals = f.locals;
  if (locals === null) raiseSystemError(`no locals when deleting '${name}'`);
  if (locals instanceof PyDict && locals.type === DICT_TYPE) {
    if (!tableDeleteStr(locals.table, name)) raiseNameError(name);
    return;
  }
  try {
    setItem(t, locals, name, undefined);
  } catch (caught) {
    if (isRaised(caught, KeyError)) raiseNameError(name);
    throw caught;
  }
}

/** Sets a global. */
export function storeGlobal(_t: Thread, f: Frame, name: string, value: Value): void {
  tableSetStr(f.globals.table, name, value);
}

/** Deletes a global. */
export function deleteGlobal(_t: Thread, f: Frame, name: string): void {
  if (!tableDeleteStr(f.globals.table, name)) raiseNameError(name);
}

/** Makes `__annotations__` in the namespace of a module or class body. */
export function setupAnnotations(t: Thread, f: Frame): void {
  if (loadFromMapping(t, f.locals, '__annotations__') === undefined) storeName(t, f, '__annotations__', newDict());
}
