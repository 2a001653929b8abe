/** Calls of builtin functions and slots by their quiet forms (`core/quiet.ts`): no record is written for them, nothing that is known is forgotten, and what they leave tier 0 does. */
import { quietFormOf, type QuietEffect, type QuietResult } from '../core/quiet.ts';
import { PyType } from '../core/type.ts';
import type { Instruction } from './bytecode-blocks.ts';
import type { Builder } from './builder.ts';
import type { Node, State } from './ir.ts';
import { BOOL, COMPLEX, DICT, FLOAT, INT, LIST, NONE, OBJECT, STR, TUPLE, VALUE, type Kinds } from './kinds.ts';
import type { NativePart, QuietCall } from './operation-constants.ts';

const OPERATIONS = { value: 'quiet_value', look: 'quiet_look', new: 'make_quiet', change: 'quiet_change' } as const satisfies Record<QuietEffect, string>;

const KINDS: Readonly<Record<Extract<QuietResult, string>, Kinds>> = { int: INT, bool: BOOL, str: STR, none: NONE, any: VALUE };

function kindOfType({ input: { types } }: Builder, type: PyType): Kinds {
  switch (type) {
    case types.list: return LIST;
    case types.tuple: return TUPLE;
    case types.dict: return DICT;
    case types.float: return FLOAT;
    case types.complex: return COMPLEX;
    default: return OBJECT;
  }
}

/** What is called: a function with its arguments, bound where they are not handed over one by one. */
export interface QuietTarget {
  readonly implementation: unknown;
  readonly args: readonly Node[];
  readonly parts?: readonly NativePart[];
  /** The number of a comparison, which comes last. */
  readonly comparison?: number;
}

/** The call by the quiet form; null where there is none, or what it left has been too much. The result is not pushed. */
export function callQuietly(b: Builder, i: Instruction, { implementation, args, parts = [], comparison = -1 }: QuietTarget, before: State): Node | null {
  const form = quietFormOf(implementation);
  if (form === undefined || b.input.isHopeless(i.at)) return null;
  const type = form.result instanceof PyType ? form.result : null;
  const { name } = implementation as { readonly name: string };
  const node = b.guard(OPERATIONS[form.effect], args, before, { name, call: form.call, parts, comparison, type } satisfies QuietCall);
  node.kinds = form.result instanceof PyType ? kindOfType(b, form.result) : KINDS[form.result];
  return node;
}
