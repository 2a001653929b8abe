/** Imports that only find what is there: of modules in `sys.modules` that are initialised, by the original `__import__`. Compiled code takes the module for a constant as long as that holds. */
import { PyDict, PyTuple, type HashTable } from '../core/containers.ts';
import { PyInstance, PyModule } from '../core/instance.ts';
import { PyBuiltinFunction } from '../core/native.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { genericGetAttr, typeLookup } from '../objects/attributes.ts';
import { tableFindStr, tableGetStr } from '../objects/hash-table.ts';
import { getInstanceAttribute } from '../objects/instance-attributes.ts';
import { DICT_TYPE, MODULE_TYPE } from '../objects/static-types.ts';

function has(table: HashTable, name: string): boolean {
  return tableFindStr(table, name) >= 0;
}

function isOriginal(builtins: Value): boolean {
  const importer = builtins instanceof PyDict && builtins.type === DICT_TYPE ? tableGetStr(builtins.table, '__import__') : undefined;
  return importer instanceof PyBuiltinFunction && importer.definition.name === '__import__';
}

/** Whether a module's initialisation is over, as far as that is told without asking Python code. */
function isInitialized({ dict: { table } }: PyModule): boolean {
  const spec = tableGetStr(table, '__spec__');
  if (spec === null) return true;
  if (!(spec instanceof PyInstance) || spec.type.slots.tp_getattro !== genericGetAttr) return false;
  return getInstanceAttribute(spec, '_initializing') === false && typeLookup(spec.type, '_initializing') === undefined;
}

/** Whether the names of `from module import ...` need no submodules to be imported. */
function hasNames({ dict: { table } }: PyModule, names: PyTuple): boolean {
  if (!has(table, '__path__')) return !has(table, '__getattr__');
  return names.items.every((name) => typeof name === 'string' && has(table, name));
}

/** The module that IMPORT_NAME of an absolute name pushes, where that runs no Python code and changes nothing; else undefined. @hot imports in functions */
export function importedModule(t: Thread, builtins: Value, name: string, fromlist: Value): Maybe {
  const { modules } = t.interpreter;
  if (modules.type !== DICT_TYPE || !isOriginal(builtins)) return undefined;
  const module = tableGetStr(modules.table, name);
  if (!(module instanceof PyModule) || module.type !== MODULE_TYPE || !isInitialized(module)) return undefined;
  if (fromlist === null) return name.includes('.') ? undefined : module;
  return fromlist instanceof PyTuple && hasNames(module, fromlist) ? module : undefined;
}
