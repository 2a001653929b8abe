/** Builtins by name, for `__reduce__` methods that name `iter` or `getattr`. */
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { tableGetStr } from './hash-table.ts';
import { raiseRuntimeError } from './raise.ts';

/** The builtin of that name. */
export function builtinNamed(t: Thread, name: string): Value {
  return tableGetStr(t.interpreter.builtins.table, name) ?? raiseRuntimeError(`lost builtins.${name}`);
}
