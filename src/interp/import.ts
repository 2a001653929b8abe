/** `import` from the interpreter loop: the fast path through `sys.modules`, importlib for the rest (Python/import.c, import_name and import_from in ceval.c). */
import { explainingAbsence } from './absent-modules.ts';
import { timedImport, timesImports } from './import-time.ts';
import { PyDict } from '../core/containers.ts';
import { PyBaseException, type PyTraceback } from '../core/exception.ts';
import { Frame, type PyFunction } from '../core/function.ts';
import { PyBuiltinFunction } from '../core/native.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { lookupAttr } from '../objects/attributes.ts';
import { call, callMethod } from '../objects/call.ts';
import { ImportError, KeyError } from '../objects/exception-types.ts';
import { loadFromMapping } from './names.ts';
import { tableGetStr, tableSetStr } from '../objects/hash-table.ts';
import { setImporter } from '../objects/import-hook.ts';
import { isRaised, newExceptionWith, raise, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { isTrue } from '../objects/truth.ts';
import { asStr } from '../objects/type-of.ts';
import { repr, str } from '../objects/text.ts';
import { toArray } from '../objects/iterate.ts';

/** Module state key of importlib's bootstrap module. */
export const BOOTSTRAP_STATE = 'importlib._bootstrap';

function bootstrap(t: Thread): Value {
  return t.interpreter.moduleState.get(BOOTSTRAP_STATE) as Value;
}

/** A module that is in `sys.modules` and no longer being initialised; undefined otherwise. */
function loadedModule(t: Thread, name: string): Maybe {
  const module = tableGetStr(t.interpreter.modules.table, name);
  if (module === undefined || module === null) return undefined;
  const spec = lookupAttr(t, module, '__spec__');
  if (spec !== undefined && spec !== null) {
    const initializing = lookupAttr(t, spec, '_initializing');
    if (initializing !== undefined && isTrue(t, initializing)) callMethod(t, bootstrap(t), '_lock_unlock_module', name);
  }
  return tableGetStr(t.interpreter.modules.table, name);
}

/** The absolute name of a relative import (resolve_name). */
function resolveName(t: Thread, name: string, globals: PyDict, level: number): string {
  const packageName = callMethod(t, bootstrap(t), '_calc___package__', globals);
  if (asStr(packageName) === undefined || packageName === '') raise(ImportError, 'attempted relative import with no known parent package');
  let base = asStr(packageName)!;
  for (let i = 1; i < level; i++) {
    const dot = base.lastIndexOf('.');
    if (dot < 0) raise(ImportError, 'attempted relative import beyond top-level package');
    base = base.slice(0, dot);
  }
  return name === '' ? base : `${base}.${name}`;
}

function findAndLoad(t: Thread, name: string): Value {
  const module = timesImports(t) ? timedImport(t, name, () => load(t, name)) : load(t, name);
  const waiting = awaited(t);
  const then = waiting.get(name);
  if (then === undefined) return module;
  waiting.delete(name);
  then();
  return module;
}

const AWAITED_STATE = 'awaited imports';

function awaited(t: Thread): Map<string, () => void> {
  let waiting = t.interpreter.moduleState.get(AWAITED_STATE) as Map<string, () => void> | undefined;
  if (waiting === undefined) t.interpreter.moduleState.set(AWAITED_STATE, (waiting = new Map()));
  return waiting;
}

/** Runs `then` once the program has imported a module for the first time. */
export function onceImported(t: Thread, name: string, then: () => void): void {
  awaited(t).set(name, then);
}

function load(t: Thread, name: string): Value {
  return explainingAbsence(t, name, () => withoutImportlibFrames(t, () => callMethod(t, bootstrap(t), '_find_and_load', name, tableGetStr(t.interpreter.builtins.table, '__import__')!)));
}

const IMPORTLIB_FILES: ReadonlySet<string> = new Set(['<frozen importlib._bootstrap>', '<frozen importlib._bootstrap_external>']);

/** Runs importlib; what it raises has its frames left out of the traceback, unless `-v` was given. */
function withoutImportlibFrames<T>(t: Thread, run: () => T): T {
  try {
    return run();
  } catch (caught) {
    if (caught instanceof PyBaseException && t.interpreter.config.flags.verbose === 0) removeImportlibFrames(caught);
    throw caught;
  }
}

/** Cuts chunks of importlib's frames: all when no module was found or named, else those that lead to `_call_with_frames_removed`, as an error within importlib is to be seen. */
function removeImportlibFrames(exception: PyBaseException): void {
  const always = isRaised(exception, ImportError);
  const head: { next: PyTraceback | null } = { next: exception.traceback };
  let chunk = head;
  let last = head;
  let within = false;
  for (let entry = exception.traceback; entry !== null; entry = entry.next) {
    const { filename, name } = entry.frame.code.code;
    const now = IMPORTLIB_FILES.has(filename);
    if (now && !within) chunk = last;
    within = now;
    if (now && (always || name === '_call_with_frames_removed')) {
      chunk.next = entry.next;
      last = chunk;
    } else last = entry;
  }
  exception.traceback = head.next;
}

/** `builtins.__import__` (PyImport_ImportModuleLevelObject). */
export function importModuleLevel(t: Thread, name: string, globals: Maybe, fromlist: Maybe, level: number): Value {
  if (level < 0) raiseValueError('level must be >= 0');
  if (level > 0 && !(globals instanceof PyDict)) raise(KeyError, "'__name__' not in globals");
  if (level === 0 && name === '') raiseValueError('Empty module name');
  const absolute = level > 0 ? resolveName(t, name, globals as PyDict, level) : name;
  const module = loadedModule(t, absolute) ?? findAndLoad(t, absolute);
  const hasFromlist = fromlist !== undefined && fromlist !== null && isTrue(t, fromlist);
  if (!hasFromlist) return topLevelModule(t, module, name, absolute, level);
  if (lookupAttr(t, module, '__path__') === undefined) return module;
  return callMethod(t, bootstrap(t), '_handle_fromlist', module, fromlist, tableGetStr(t.interpreter.builtins.table, '__import__')!);
}

function topLevelModule(t: Thread, module: Value, name: string, absolute: string, level: number): Value {
  const dot = name.indexOf('.');
  if (level > 0 && name === '') return module;
  if (dot < 0) return module;
  if (level === 0) return importModuleLevel(t, name.slice(0, dot), undefined, undefined, 0);
  const cut = absolute.slice(0, absolute.length - (name.length - dot));
  const top = tableGetStr(t.interpreter.modules.table, cut);
  return top ?? raise(KeyError, `${repr(t, cut)} not in sys.modules as expected`);
}

/** IMPORT_NAME in a frame, or in a function whose activation has none: through `__import__` of its builtins, directly when that is the original one. */
export function importName(t: Thread, f: Frame | PyFunction, name: string, fromlist: Value, level: Value): Value {
  const importFunction = loadFromMapping(t, f.builtins, '__import__');
  if (importFunction === undefined) raise(ImportError, '__import__ not found');
  if (importFunction instanceof PyBuiltinFunction && importFunction.definition.name === '__import__') {
    return importModuleLevel(t, name, f.globals, fromlist, Number(level));
  }
  return call(t, importFunction, [name, f.globals, f instanceof Frame ? f.locals : null, fromlist, level]);
}

/** IMPORT_FROM: an attribute of the module, or the submodule of that name. Raises ImportError as CPython words it. */
export function importFrom(t: Thread, module: Value, name: string): Value {
  const value = lookupAttr(t, module, name);
  if (value !== undefined) return value;
  const moduleName = lookupAttr(t, module, '__name__');
  if (typeof moduleName === 'string') {
    const submodule = tableGetStr(t.interpreter.modules.table, `${moduleName}.${name}`);
    if (submodule !== undefined) return submodule;
  }
  return raiseCannotImport(t, module, moduleName, name);
}

function raiseCannotImport(t: Thread, module: Value, moduleName: Maybe, name: string): never {
  const shown = typeof moduleName === 'string' ? moduleName : '<unknown module name>';
  const spec = lookupAttr(t, module, '__spec__');
  const origin = spec === undefined || spec === null ? undefined : lookupAttr(t, spec, 'origin');
  const file = typeof origin === 'string' && isTrue(t, lookupAttr(t, spec!, 'has_location') ?? false) ? origin : lookupAttr(t, module, '__file__');
  const initializing = spec !== undefined && spec !== null && isTrue(t, lookupAttr(t, spec, '_initializing') ?? false);
  const where = typeof file === 'string' ? file : 'unknown location';
  const message = initializing
    ? `cannot import name ${repr(t, name)} from partially initialized module ${repr(t, shown)} (most likely due to a circular import) (${where})`
    : `cannot import name ${repr(t, name)} from ${repr(t, shown)} (${where})`;
  throw newExceptionWith(ImportError, message, { name: shown, path: typeof file === 'string' ? file : null, name_from: name });
}

/** `from module import *` into the namespace of a module body (import_all_from). */
export function importStar(t: Thread, f: Frame, module: Value): void {
  const all = lookupAttr(t, module, '__all__');
  const dict = lookupAttr(t, module, '__dict__');
  if (all === undefined && dict === undefined) raise(ImportError, 'from-import-* object has no __dict__ and no __all__');
  const names = toArray(t, all ?? callMethod(t, dict!, 'keys'));
  for (const entry of names) {
    const name = asStr(entry);
    if (name === undefined) {
      const where = all === undefined ? '__dict__' : '__all__';
      const moduleName = str(t, lookupAttr(t, module, '__name__') ?? '?');
      raiseTypeError(`${all === undefined ? 'Key' : 'Item'} in ${moduleName}.${where} must be str, not ${typeName(entry)}`);
    }
    if (all === undefined && name.startsWith('_')) continue;
    const value = lookupAttr(t, module, name);
    if (value === undefined) importFrom(t, module, name);
    if (f.locals instanceof PyDict) tableSetStr(f.locals.table, name, value!);
    else callMethod(t, f.locals, '__setitem__', name, value!);
  }
}

/** Imports a module from native code and returns it, not its top-level package. */
export function importAbsolute(t: Thread, name: string): Value {
  return loadedModule(t, name) ?? findAndLoad(t, name);
}

setImporter(importAbsolute);

