/** All native modules by name: `sys.builtin_module_names`. Adding a module touches this list and its own file. */
import type { NativeModule } from './native-module.ts';
import { BUILTINS_MODULE } from './builtins.ts';
import { IMP_MODULE } from './_imp.ts';
import { setNativeModules } from './native-lookup.ts';
import { SYS_MODULE } from './sys.ts';
import { THREAD_MODULE } from './_thread.ts';
import { WEAKREF_MODULE } from './_weakref.ts';

const ALL: readonly NativeModule[] = [BUILTINS_MODULE, IMP_MODULE, SYS_MODULE, THREAD_MODULE, WEAKREF_MODULE];

setNativeModules(new Map(ALL.map((module) => [module.name, module])));
