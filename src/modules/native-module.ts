/**
 * What a native module is: its definition, and making a module object of it for an interpreter.
 *
 * A module's file has its functions first, then one table `export const XYZ_MODULE: NativeModule = {...}`; `registry.ts` lists the tables.
 */
import { PyBuiltinFunction } from '../core/native.ts';
import type { PyModule } from '../core/instance.ts';
import type { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { tableSetStr } from '../objects/hash-table.ts';
import { newModule } from '../objects/module.ts';
import { BUILTIN_FUNCTION_TYPE } from '../objects/static-types.ts';
import { defineNative, type MethodRow } from '../objects/type-ready.ts';

/** A module written in TypeScript. */
export interface NativeModule {
  readonly name: string;
  readonly doc: string;
  /** Rows as in a type's method table; signatures start with `$module`, which is not passed. */
  readonly functions: Readonly<Record<string, MethodRow>>;
  /** Types that the module exports, under these names; they are ready. */
  readonly types?: Readonly<Record<string, PyType>>;
  /** Constants and objects made per interpreter. Keep per-interpreter state in `t.interpreter.moduleState` under the module's name. */
  readonly attributes?: (t: Thread) => Readonly<Record<string, Value>>;
  /** Further set-up once the module object exists. */
  readonly exec?: (t: Thread, module: PyModule) => void;
}

/** A function object for a module's dict; `module` is its `__self__`. */
export function newModuleFunction(moduleName: string, name: string, row: MethodRow, module: PyModule | null = null): PyBuiltinFunction {
  return new PyBuiltinFunction(BUILTIN_FUNCTION_TYPE, defineNative(name, row), module, { bound: false, moduleName, owner: null });
}

/** Makes the module object of a definition. */
export function instantiateModule(t: Thread, definition: NativeModule): PyModule {
  const module = newModule(definition.name, definition.doc);
  const { table } = module.dict;
  for (const [name, row] of Object.entries(definition.functions)) tableSetStr(table, name, newModuleFunction(definition.name, name, row, module));
  for (const [name, type] of Object.entries(definition.types ?? {})) tableSetStr(table, name, type);
  if (definition.attributes !== undefined) for (const [name, value] of Object.entries(definition.attributes(t))) tableSetStr(table, name, value);
  definition.exec?.(t, module);
  return module;
}
