/** Importing a module from inside the object model: a door that `interp/import.ts` fills at start, as objects may not import interp. */
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { assert } from '../base/assert.ts';

type ImportFunction = (t: Thread, name: string) => Value;

let importer: ImportFunction | null = null;

/** Sets the importer; done once per worker, by the runtime. */
export function setImporter(importFunction: ImportFunction): void {
  importer = importFunction;
}

/** `importlib.import_module(name)`. */
export function importModule(t: Thread, name: string): Value {
  assert(importer !== null, 'the import system is set up before objects import modules');
  return importer(t, name);
}
