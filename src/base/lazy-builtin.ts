/** Node's larger built-in modules, loaded when they are first used: each costs a start 1 to 4 ms (docs/benchmarks.md, "Cold start"). */
import { lazy } from './lazy.ts';

/** A function that returns the module `id` (`node:crypto`), loading it at the first call. */
export function lazyBuiltin<Id extends 'node:crypto' | 'node:child_process' | 'node:tty' | 'node:zlib' | 'node:os' | 'node:inspector'>(id: Id): () => ReturnType<typeof process.getBuiltinModule<Id>> {
  return lazy(() => process.getBuiltinModule(id));
}
