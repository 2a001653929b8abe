/** Builtin functions and conversions that are one operation for arguments of certain kinds: `abs`, `min`, `max`, `int`, `float`, a little of `math`. */
import { PyType } from '../../core/type.ts';
import type { Node } from '../ir.ts';
import { BOOL, COMPLEX, FLOAT, INT, STR, within, type Kinds } from '../kinds.ts';
import type { NativeCall, OperationName } from '../operations.ts';

/** What takes the place of a call. */
export interface NativeForm {
  /** 'same': the argument itself. */
  readonly op: OperationName | 'same';
  readonly result: Kinds;
  /** Leaves to tier 0 where its result does not fit. */
  readonly isGuard: boolean;
}

const form = (op: NativeForm['op'], result: Kinds, isGuard = false): NativeForm => ({ op, result, isGuard });

/** By "owner.name kinds". */
const FORMS: Readonly<Record<string, NativeForm>> = {
  'builtins.abs int': form('int_abs', INT), 'builtins.abs float': form('double_abs', FLOAT),
  'builtins.min int int': form('int_min', INT), 'builtins.max int int': form('int_max', INT),
  'builtins.min float float': form('double_min', FLOAT), 'builtins.max float float': form('double_max', FLOAT),
  'builtins.abs complex': form('double_hypot', FLOAT, true),
  'math.fabs float': form('double_abs', FLOAT), 'math.sqrt float': form('double_sqrt', FLOAT, true),
  'int int': form('same', INT), 'int float': form('double_trunc', INT, true), 'int bool': form('bool_to_int', INT),
  'float float': form('same', FLOAT), 'float int': form('int_to_double', FLOAT),
  'str str': form('same', STR), 'bool bool': form('same', BOOL),
};

const NAMES: readonly (readonly [Kinds, string])[] = [[INT, 'int'], [FLOAT, 'float'], [BOOL, 'bool'], [STR, 'str'], [COMPLEX, 'complex']];

/** Classes whose call with one argument is worth a `convert`. */
export function isConversion(type: PyType): boolean {
  return type.module === 'builtins' && !type.flags.heapType && (type.name === 'int' || type.name === 'float' || type.name === 'str' || type.name === 'bool');
}

/** The special form of a `call_native` or a `convert` for the kinds that its arguments have; null where there is none. */
export function nativeForm(node: Node): NativeForm | null {
  const { imm } = node;
  const name = imm instanceof PyType ? imm.name : `${(imm as NativeCall).owner}.${(imm as NativeCall).definition.name}`;
  const kinds = node.args.map((arg) => NAMES.find(([kind]) => within(arg.kinds, kind))?.[1] ?? '?');
  return FORMS[[name, ...kinds].join(' ')] ?? null;
}
