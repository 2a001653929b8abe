/** The interpreter's entry point for Python functions: a door that `interp/evaluate.ts` fills at start, as objects may not import interp. */
import type { CallFunction } from '../core/type.ts';
import { assert } from '../base/assert.ts';

let entry: CallFunction | null = null;

/** Sets the entry point of all functions made from now on; done once per worker, by the interpreter. */
export function setInterpreterEntry(entryPoint: CallFunction): void {
  entry = entryPoint;
}

/** The interpreter's entry point. */
export function interpreterEntry(): CallFunction {
  assert(entry !== null, 'the interpreter is loaded before the first function is made');
  return entry;
}
