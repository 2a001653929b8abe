/** LOAD_COMMON_CONSTANT: builtins that the compiler refers to by number, whatever the program does to their names. */
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { AssertionError, NotImplementedError } from '../objects/exception-types.ts';
import { tableGetStr } from '../objects/hash-table.ts';
import { TUPLE_TYPE } from '../objects/static-types.ts';
import { COMMON } from '../bytecode/operands.ts';

const STATE = 'common builtins';

interface CommonBuiltins {
  readonly all: Value;
  readonly any: Value;
}

/** A builtin function as it was before the program changed `builtins`. */
function original(t: Thread, name: 'all' | 'any'): Value {
  return (t.interpreter.moduleState.get(STATE) as CommonBuiltins)[name];
}

/** Keeps the builtins that LOAD_COMMON_CONSTANT means; called once, when `builtins` has just been made. */
export function keepCommonBuiltins(t: Thread): void {
  const { table } = t.interpreter.builtins;
  const kept: CommonBuiltins = { all: tableGetStr(table, 'all')!, any: tableGetStr(table, 'any')! };
  t.interpreter.moduleState.set(STATE, kept);
}

/** The constant under `number` (`bytecode/operands.ts`, COMMON). */
export function commonConstant(t: Thread, number: number): Value {
  switch (number) {
    case COMMON.ASSERTION_ERROR: return AssertionError;
    case COMMON.NOT_IMPLEMENTED_ERROR: return NotImplementedError;
    case COMMON.TUPLE: return TUPLE_TYPE;
    case COMMON.ALL: return original(t, 'all');
    default: return original(t, 'any');
  }
}
