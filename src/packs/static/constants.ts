/** Registers of constants, which all activations of a code object share. */
import type { PyCode } from '../../core/function.ts';
import { InlineCache } from '../../core/inline-cache.ts';
import type { Value } from '../../core/value.ts';
import { DoubleRegister } from './primitives.ts';

/** Makes the register of the constant that is loaded at `pc` and keeps it in the inline cache. */
export function constantRegister(code: PyCode, pc: number, value: number): Value {
  const cache = new InlineCache();
  // A register is no Python value; the instruction that reads the cache knows.
  cache.value = new DoubleRegister(value) as unknown as Value;
  code.caches[pc] = cache;
  return cache.value;
}
