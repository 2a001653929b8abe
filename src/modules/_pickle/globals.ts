/** Objects that pickles name by module and name: finding the module of an object, and the tables of `copyreg` and `_compat_pickle`. */
import { PyDict, PyTuple } from '../../core/containers.ts';
import { PyBaseException } from '../../core/exception.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { getAttr, lookupAttr } from '../../objects/attributes.ts';
import { AttributeError, ImportError, ValueError } from '../../objects/exception-types.ts';
import { tableGet, tableKeys, tableGetStr } from '../../objects/hash-table.ts';
import { importModule } from '../../objects/import-hook.ts';
import { newTuple } from '../../objects/make.ts';
import { isRaised, raiseRuntimeError, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { repr, str } from '../../objects/text.ts';
import { asStr } from '../../objects/type-of.ts';
import { raisePickling } from './errors.ts';

/** What the module needs of the library; fetched when first used, per interpreter. */
export interface PickleState {
  /** `copyreg.dispatch_table` */
  readonly dispatchTable: PyDict;
  readonly extensionRegistry: PyDict;
  readonly invertedRegistry: PyDict;
  readonly extensionCache: PyDict;
  readonly nameMapping: PyDict;
  readonly importMapping: PyDict;
  readonly reverseNameMapping: PyDict;
  readonly reverseImportMapping: PyDict;
  /** `codecs.encode` */
  readonly encode: Value;
  /** `functools.partial` */
  readonly partial: Value;
  /** `builtins.getattr` */
  readonly getattr: Value;
}

function dictOfModule(t: Thread, module: Value, where: string, name: string): PyDict {
  const dict = getAttr(t, module, name);
  return dict instanceof PyDict ? dict : raiseRuntimeError(`${where}.${name} should be a dict, not ${typeName(dict)}`);
}

/** The state of the thread's interpreter. */
export function pickleState(t: Thread): PickleState {
  const found = t.interpreter.moduleState.get('_pickle') as PickleState | undefined;
  if (found !== undefined) return found;
  const copyreg = importModule(t, 'copyreg');
  const compat = importModule(t, '_compat_pickle');
  const state: PickleState = {
    dispatchTable: dictOfModule(t, copyreg, 'copyreg', 'dispatch_table'),
    extensionRegistry: dictOfModule(t, copyreg, 'copyreg', '_extension_registry'),
    invertedRegistry: dictOfModule(t, copyreg, 'copyreg', '_inverted_registry'),
    extensionCache: dictOfModule(t, copyreg, 'copyreg', '_extension_cache'),
    nameMapping: dictOfModule(t, compat, '_compat_pickle', 'NAME_MAPPING'),
    importMapping: dictOfModule(t, compat, '_compat_pickle', 'IMPORT_MAPPING'),
    reverseNameMapping: dictOfModule(t, compat, '_compat_pickle', 'REVERSE_NAME_MAPPING'),
    reverseImportMapping: dictOfModule(t, compat, '_compat_pickle', 'REVERSE_IMPORT_MAPPING'),
    encode: getAttr(t, importModule(t, 'codecs'), 'encode'),
    partial: getAttr(t, importModule(t, 'functools'), 'partial'),
    getattr: tableGetStr(t.interpreter.builtins.table, 'getattr')!,
  };
  t.interpreter.moduleState.set('_pickle', state);
  return state;
}

/** Follows a dotted path from an object; raises AttributeError. */
export function followPath(t: Thread, start: Value, path: readonly string[]): Value {
  let object = start;
  for (const name of path) object = getAttr(t, object, name);
  return object;
}

/** Whether `path` leads from this module to the object. */
function leadsTo(t: Thread, name: Value, module: Value, object: Value, path: readonly string[]): boolean {
  if (module === null || name === '__main__' || name === '__mp_main__') return false;
  let found: Maybe = module;
  for (const part of path) {
    found = lookupAttr(t, found, part);
    if (found === undefined) return false;
  }
  return found === object;
}

/** The name of the module in which an object is found under a path; a guess where it does not say itself. */
function moduleNameOf(t: Thread, object: Value, path: readonly string[]): Value {
  const own = lookupAttr(t, object, '__module__');
  if (own !== undefined && own !== null) return own;
  const { table } = t.interpreter.modules;
  for (const name of tableKeys(table)) {
    const module = tableGet(t, table, name);
    if (module !== undefined && leadsTo(t, name, module, object, path)) return name;
  }
  return '__main__';
}

/** The module object of a name, with the errors of a pickle that names it. */
function importFor(t: Thread, object: Value, name: Value): Value {
  const text = asStr(name);
  if (text === undefined) raiseTypeError(`module name must be a string, not ${typeName(name)}`);
  try {
    if (text === '') raiseValueError('Empty module name');
    return tableGetStr(t.interpreter.modules.table, text) ?? importModule(t, text);
  } catch (caught) {
    if (!isRaised(caught, ImportError) && !isRaised(caught, ValueError)) throw caught;
    return raisePickling(`Can't pickle ${repr(t, object)}: ${str(t, caught)}`, caught);
  }
}

/** Where the pickle of a class or function says that it is found. */
export interface GlobalPlace {
  readonly moduleName: string;
  readonly name: string;
  readonly path: readonly string[];
}

/** The place of an object that is pickled by name; raises PicklingError when it is not found there. */
export function placeOf(t: Thread, object: Value, given: string | undefined): GlobalPlace {
  const name = given ?? asStr(lookupAttr(t, object, '__qualname__') ?? getAttr(t, object, '__name__')) ?? '';
  const path = name.split('.');
  if (path.includes('<locals>')) raisePickling(`Can't pickle local object ${repr(t, object)}`);
  const moduleName = moduleNameOf(t, object, path);
  const module = importFor(t, object, moduleName);
  let found: Value;
  try {
    found = followPath(t, module, path);
  } catch (caught) {
    if (!isRaised(caught, AttributeError)) throw caught;
    return raisePickling(`Can't pickle ${repr(t, object)}: it's not found as ${str(t, moduleName)}.${name}`, caught);
  }
  if (found !== object) raisePickling(`Can't pickle ${repr(t, object)}: it's not the same object as ${str(t, moduleName)}.${name}`);
  return { moduleName: asStr(moduleName)!, name, path };
}

/** Python 3's module and name as Python 2 had them, for protocols before 3. */
export function toOldNames(t: Thread, moduleName: string, name: string): [moduleName: string, name: string] {
  const state = pickleState(t);
  const pair = tableGet(t, state.reverseNameMapping.table, newTuple([moduleName, name]));
  if (pair !== undefined) return namePair(t, pair, '_compat_pickle.REVERSE_NAME_MAPPING values should be 2-tuples, not ');
  return [mappedModule(state.reverseImportMapping, moduleName, '_compat_pickle.REVERSE_IMPORT_MAPPING'), name];
}

/** Python 2's module and name as Python 3 has them. */
export function toNewNames(t: Thread, moduleName: string, name: string): [moduleName: string, name: string] {
  const state = pickleState(t);
  const pair = tableGet(t, state.nameMapping.table, newTuple([moduleName, name]));
  if (pair !== undefined) return namePair(t, pair, '_compat_pickle.NAME_MAPPING values should be 2-tuples, not ');
  return [mappedModule(state.importMapping, moduleName, '_compat_pickle.IMPORT_MAPPING'), name];
}

function namePair(t: Thread, pair: Value, message: string): [string, string] {
  if (!(pair instanceof PyTuple) || pair.items.length !== 2) raiseRuntimeError(`${message}${typeName(pair)}`);
  return [str(t, pair.items[0]!), str(t, pair.items[1]!)];
}

function mappedModule(mapping: PyDict, moduleName: string, where: string): string {
  const mapped = tableGetStr(mapping.table, moduleName);
  if (mapped === undefined) return moduleName;
  return asStr(mapped) ?? raiseRuntimeError(`${where} values should be strings, not ${typeName(mapped)}`);
}

/** The exception as `__context__` material; anything else is thrown on. */
export function asRaised(caught: unknown): PyBaseException {
  if (caught instanceof PyBaseException) return caught;
  throw caught;
}
