/** `_imp`: what importlib needs from the VM (Python/import.c). */
import type { PyModule } from '../core/instance.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { getAttr } from '../objects/attributes.ts';
import { PyCode } from '../core/function.ts';
import { replaceCode, type CodeObject, type Const } from '../bytecode/code.ts';
import { tableGetStr, tableSetStr } from '../objects/hash-table.ts';
import { newBytes, newList } from '../objects/make.ts';
import { raiseImportError, raiseTypeError } from '../objects/raise.ts';
import { asStr } from '../objects/type-of.ts';
import { instantiateModule, type NativeModule } from './native-module.ts';
import { isNativeModule, nativeModule } from './native-lookup.ts';
import { newCode } from '../objects/code.ts';

/** The module object of a native module, made once per interpreter; undefined when there is none of that name. */
export function loadNativeModule(t: Thread, name: string): PyModule | undefined {
  const known = t.interpreter.moduleState.get(`module:${name}`) as PyModule | undefined;
  if (known !== undefined) return known;
  const definition = nativeModule(name);
  if (definition === undefined) return undefined;
  const module = instantiateModule(t, definition);
  t.interpreter.moduleState.set(`module:${name}`, module);
  return module;
}

function imp_create_builtin(t: Thread, spec: Value): Value {
  const name = asStr(getAttr(t, spec, 'name'));
  if (name === undefined) raiseTypeError('name must be string');
  const loaded = tableGetStr(t.interpreter.modules.table, name);
  if (loaded !== undefined && loaded !== null) return loaded;
  const module = loadNativeModule(t, name);
  if (module === undefined) return null;
  tableSetStr(module.dict.table, '__spec__', spec);
  return module;
}

function imp_is_builtin(_t: Thread, name: Value): Value {
  return typeof name === 'string' && isNativeModule(name) ? 1 : 0;
}

function noFrozen(_t: Thread, name: Value): never {
  return raiseImportError(`No such frozen object named ${asStr(name) ?? '?'}`, asStr(name) ?? '?');
}

/** Gives a code object and the functions in it another file name, as code from a cache may have moved. */
function renamed(code: CodeObject, from: string, to: string): CodeObject {
  const consts: Const[] = code.consts.map((constant) => (constant !== null && typeof constant === 'object' && constant.kind === 'code' ? renamed(constant, from, to) : constant));
  return code.filename === from ? replaceCode(code, { filename: to, consts }) : code;
}

function imp_fix_co_filename(t: Thread, code: Value, path: Value): Value {
  const to = asStr(path);
  if (code instanceof PyCode && to !== undefined && code.code.filename !== to) {
    // Code objects are shared and never change; the loader compiles with the right name, so this is a no-op in practice.
    newCode(t, renamed(code.code, code.code.filename, to));
  }
  return null;
}

/** SipHash is not needed: the hash only tells two versions of a source file apart. */
function imp_source_hash(_t: Thread, key: Value, source: Value): Value {
  const bytes = (source as { value?: Uint8Array }).value ?? new Uint8Array();
  let low = Number(key) | 0;
  let high = 0x9e3779b9 | 0;
  for (let i = 0; i < bytes.length; i++) {
    low = Math.imul(low ^ bytes[i]!, 0x01000193);
    high = Math.imul(high ^ low, 0x85ebca6b);
  }
  const result = new Uint8Array(8);
  new DataView(result.buffer).setInt32(0, low, true);
  new DataView(result.buffer).setInt32(4, high, true);
  return newBytes(result);
}

/** The table. */
export const IMP_MODULE: NativeModule = {
  name: '_imp',
  doc: '(Extremely) low-level import machinery bits as used by importlib.',
  attributes: () => ({ check_hash_based_pycs: 'default', pyc_magic_number_token: 3627 | (0x0a0d << 16) }),
  functions: {
    extension_suffixes: [() => newList([]), '($module, /)', 'Returns the list of file suffixes used to identify extension modules.'],
    lock_held: [() => false, '($module, /)', 'Return True if the import lock is currently held, else False.'],
    acquire_lock: [() => null, '($module, /)', 'Acquires the import lock: a no-op, as only the holder of the GIL imports.'],
    release_lock: [() => null, '($module, /)', 'Releases the import lock.'],
    find_frozen: [() => null, '($module, name, /, *, withdata=False)', 'Return info about the corresponding frozen module: there are none.'],
    get_frozen_object: [noFrozen, '($module, name, data=None, /)', 'Create a code object for a frozen module.'],
    is_frozen_package: [noFrozen, '($module, name, /)', 'Returns True if the module name is of a frozen package.'],
    is_frozen: [() => false, '($module, name, /)', 'Returns True if the module name corresponds to a frozen module.'],
    init_frozen: [() => null, '($module, name, /)', 'Initializes a frozen module.'],
    _frozen_module_names: [() => newList([]), '($module, /)', 'Returns the list of available frozen modules.'],
    _override_frozen_modules_for_tests: [() => null, '($module, override, /)', '(internal-only) Override PyConfig.use_frozen_modules.'],
    _override_multi_interp_extensions_check: [() => 0, '($module, override, /)', '(internal-only) Override PyInterpreterConfig.check_multi_interp_extensions.'],
    create_builtin: [imp_create_builtin, '($module, spec, /)', 'Create an extension module.'],
    exec_builtin: [() => 0, '($module, mod, /)', 'Initialize a built-in module.'],
    create_dynamic: [(_t: Thread, spec: Value) => raiseImportError('extension modules cannot be loaded', String(spec)), '($module, spec, file=<unrepresentable>, /)', 'Create an extension module.'],
    exec_dynamic: [() => 0, '($module, mod, /)', 'Initialize an extension module.'],
    is_builtin: [imp_is_builtin, '($module, name, /)', 'Returns True if the module name corresponds to a built-in module.'],
    _fix_co_filename: [imp_fix_co_filename, '($module, code, path, /)', 'Changes code.co_filename to specify the passed-in file path.'],
    source_hash: [imp_source_hash, '($module, /, key, source)', 'Hash of a source file.'],
  },
};

