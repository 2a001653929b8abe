/** Builtins of the running frame by name, for `__reduce__` methods that name `iter` or `getattr` (_PyEval_GetBuiltin). */
import { PyDict } from '../core/containers.ts';
import { topPlace, type Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { AttributeError, KeyError } from './exception-types.ts';
import { tableGetStr } from './hash-table.ts';
import { isRaised, raise } from './raise.ts';
import { getItem } from './subscript.ts';

/** The builtin of that name. Raises AttributeError when the frame's `__builtins__` has none. */
export function builtinNamed(t: Thread, name: string): Value {
  const top = topPlace(t);
  const builtins = top === null ? t.interpreter.builtins : top.builtins;
  if (builtins instanceof PyDict) {
    const value = tableGetStr(builtins.table, name);
    return value === undefined ? raise(AttributeError, name) : value;
  }
  try {
    return getItem(t, builtins, name);
  } catch (caught) {
    if (isRaised(caught, KeyError)) raise(AttributeError, name);
    throw caught;
  }
}
