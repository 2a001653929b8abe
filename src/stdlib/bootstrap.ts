/** Starting the import system of an interpreter: importlib's own `_bootstrap` modules from the library, then the path hooks (Python/pylifecycle.c). */
import { resolve } from 'node:path';
import { PyModule } from '../core/instance.ts';
import { HashTable, type PyList, type PyTuple } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { call, callMethod } from '../objects/call.ts';
import { getAttr } from '../objects/attributes.ts';
import { tableGetStr, tableSet, tableSetStr } from '../objects/hash-table.ts';
import { newFrozenSet } from '../objects/make.ts';
import { newModule } from '../objects/module.ts';
import { keepCommonBuiltins } from '../interp/common-constants.ts';
import { runCode } from '../interp/run-code.ts';
import { BOOTSTRAP_STATE } from '../interp/import.ts';
import { loadNativeModule } from '../modules/_imp.ts';
import { setLibraryCodeCounts } from '../modules/ladon.ts';
import { zipPathHook } from './zip-hook.ts';
import { libraryCode, libraryPathHook, type LibraryImporter } from './finder.ts';

function runBootstrapModule(t: Thread, importer: LibraryImporter, name: string, file: string, origin: string, before?: (module: PyModule) => void): PyModule {
  const module = newModule(name);
  tableSetStr(t.interpreter.modules.table, name, module);
  before?.(module);
  runCode(t, libraryCode(t, importer, name, file, `<frozen ${origin}>`), module.dict, module.dict);
  return module;
}

/** Makes `builtins` and `sys`, which exist before anything can be imported. */
export function makeFirstModules(t: Thread): void {
  const builtins = loadNativeModule(t, 'builtins')!;
  t.interpreter.builtins = builtins.dict;
  keepCommonBuiltins(t);
  tableSetStr(t.interpreter.modules.table, 'builtins', builtins);
  const sys = loadNativeModule(t, 'sys')!;
  t.interpreter.sys = sys.dict;
  tableSetStr(t.interpreter.modules.table, 'sys', sys);
}

/** The folders of PYTHONPATH, made absolute as CPython makes them; an empty entry is the working directory. */
function environmentPath(t: Thread): string[] {
  const { environment, flags } = t.interpreter.config;
  const given = environment.PYTHONPATH;
  if (flags.ignore_environment !== 0 || given === undefined || given === '') return [];
  return given.split(':').map((entry) => resolve(entry));
}

/** Installs importlib. Afterwards `import` works for native modules and, with `sys.path` set, for the library and files. */
export function installImportlib(t: Thread, importer: LibraryImporter): void {
  setLibraryCodeCounts(t.interpreter, importer.counts);
  const sys = tableGetStr(t.interpreter.modules.table, 'sys')!;
  const imp = loadNativeModule(t, '_imp')!;
  const bootstrap = runBootstrapModule(t, importer, '_frozen_importlib', 'importlib/_bootstrap.py', 'importlib._bootstrap');
  t.interpreter.moduleState.set(BOOTSTRAP_STATE, bootstrap);
  callMethod(t, bootstrap, '_install', sys, imp);
  const external = runBootstrapModule(t, importer, '_frozen_importlib_external', 'importlib/_bootstrap_external.py', 'importlib._bootstrap_external');
  tableSetStr(bootstrap.dict.table, '_bootstrap_external', external);
  callMethod(t, external, '_install', bootstrap);
  const { table } = t.interpreter.modules;
  tableSetStr(table, 'importlib._bootstrap', bootstrap);
  tableSetStr(table, 'importlib._bootstrap_external', external);
  setSpecs(t, bootstrap, external);
  tableSetStr(t.interpreter.sys.table, 'stdlib_module_names', moduleNames(t, importer));
  const hooks = tableGetStr(t.interpreter.sys.table, 'path_hooks') as PyList;
  hooks.items.unshift(libraryPathHook(importer), zipPathHook());
  (tableGetStr(t.interpreter.sys.table, 'path') as PyList).items.push(...environmentPath(t), importer.library.root);
}

/** `sys.stdlib_module_names`: top-level modules of the library and the native ones. */
function moduleNames(t: Thread, importer: LibraryImporter): Value {
  const table = new HashTable();
  const files = importer.library.list('').map((name) => (name.endsWith('.py') ? name.slice(0, -'.py'.length) : name)).filter((name) => /^\w+$/.test(name));
  const native = (tableGetStr(t.interpreter.sys.table, 'builtin_module_names') as PyTuple).items;
  for (const name of [...files, ...native]) tableSet(t, table, name, undefined);
  return newFrozenSet(table);
}

/** importlib's own modules get specs of frozen modules, as in CPython. */
function setSpecs(t: Thread, ...modules: PyModule[]): void {
  const bootstrap: Value = modules[0]!;
  const frozen = getAttr(t, bootstrap, 'FrozenImporter');
  for (const module of modules) {
    const name = tableGetStr(module.dict.table, '__name__')!;
    const spec = call(t, getAttr(t, bootstrap, 'ModuleSpec'), [name, frozen, 'frozen'], ['origin']);
    tableSetStr(module.dict.table, '__spec__', spec);
    tableSetStr(module.dict.table, '__loader__', frozen);
    tableSetStr(module.dict.table, '__package__', '');
  }
}
