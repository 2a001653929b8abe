/** All native modules by name: `sys.builtin_module_names`. Adding a module touches this list and its own file. */
import type { NativeModule } from './native-module.ts';
import { BUILTINS_MODULE } from './builtins.ts';
import { SYS_MODULE } from './sys.ts';
import { IMP_MODULE } from './_imp.ts';

const ALL: readonly NativeModule[] = [BUILTINS_MODULE, SYS_MODULE, IMP_MODULE];

/** Definition by module name. */
export const NATIVE_MODULES: ReadonlyMap<string, NativeModule> = new Map(ALL.map((module) => [module.name, module]));
