/** LOAD_COMMON_CONSTANT: builtins that the compiler refers to by number, whatever the program does to their names. */
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { AssertionError, NotImplementedError } from '../objects/exception-types.ts';
import { tableGetStr } from '../objects/hash-table.ts';
import { TUPLE_TYPE } from '../objects/static-types.ts';
import { COMMON } from '../bytecode/operands.ts';

/** The constant under `number` (`bytecode/operands.ts`, COMMON). */
export function commonConstant(t: Thread, number: number): Value {
  switch (number) {
    case COMMON.ASSERTION_ERROR: return AssertionError;
    case COMMON.NOT_IMPLEMENTED_ERROR: return NotImplementedError;
    case COMMON.TUPLE: return TUPLE_TYPE;
    case COMMON.ALL: return tableGetStr(t.interpreter.builtins.table, 'all')!;
    default: return tableGetStr(t.interpreter.builtins.table, 'any')!;
  }
}
