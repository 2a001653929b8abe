/** Finding native modules by name: a door that `registry.ts` fills, as modules must not import the registry that lists them. */
import type { NativeModule } from './native-module.ts';

const modules = new Map<string, NativeModule>();
let unloaded: ReadonlySet<string> = new Set();
let loadLate: () => readonly NativeModule[] = () => [];

/** Sets the registry, once per worker: the modules that are there, and the names of those that `late` loads. */
export function setNativeModules(present: readonly NativeModule[], lateNames: readonly string[], late: () => readonly NativeModule[]): void {
  for (const module of present) modules.set(module.name, module);
  unloaded = new Set(lateNames);
  loadLate = late;
}

/** Adds modules to the registry: those of an opcode pack. They come before files of the library with their names. */
export function addNativeModules(added: readonly NativeModule[]): void {
  for (const module of added) modules.set(module.name, module);
}

/** The definition of a native module. */
export function nativeModule(name: string): NativeModule | undefined {
  if (!unloaded.has(name)) return modules.get(name);
  for (const module of loadLate()) modules.set(module.name, module);
  unloaded = new Set();
  return modules.get(name);
}

/** `sys.builtin_module_names`. */
export function nativeModuleNames(): string[] {
  return [...modules.keys(), ...unloaded].sort();
}

/** Whether there is a native module of that name; loads none. */
export function isNativeModule(name: string): boolean {
  return modules.has(name) || unloaded.has(name);
}
