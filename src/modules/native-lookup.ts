/** Finding native modules by name: a door that `registry.ts` fills, as modules must not import the registry that lists them. */
import type { NativeModule } from './native-module.ts';

let modules: ReadonlyMap<string, NativeModule> = new Map();

/** Sets the registry; done once per worker. */
export function setNativeModules(registry: ReadonlyMap<string, NativeModule>): void {
  modules = registry;
}

/** The definition of a native module. */
export function nativeModule(name: string): NativeModule | undefined {
  return modules.get(name);
}

/** `sys.builtin_module_names`. */
export function nativeModuleNames(): string[] {
  return [...modules.keys()].sort();
}
