/** Builtin functions and conversions that are one operation for arguments of certain kinds: `abs`, `min`, `max`, `int`, `float`, a little of `math`. */
import { PyType } from '../../core/type.ts';
import type { Node } from '../ir.ts';
import { BOOL, COMPLEX, DICT, FLOAT, INT, isOfBuiltins, LIST, NONE, STR, TUPLE, VALUE, within, type Kinds } from '../kinds.ts';
import type { NativeCall } from '../operation-constants.ts';
import type { OperationName } from '../operations.ts';

/** What takes the place of a call. */
export interface NativeForm {
  /** 'same': the argument itself. */
  readonly op: OperationName | 'same';
  readonly result: Kinds;
  /** Leaves to tier 0 where its result does not fit. */
  readonly isGuard: boolean;
}

const form = (op: NativeForm['op'], result: Kinds, isGuard = false): NativeForm => ({ op, result, isGuard });

const LIST_POP = form('list_pop', VALUE, true);
const DICT_GET = form('dict_get_or', VALUE, true);
const DICT_SET_DEFAULT = form('dict_set_default', VALUE, true);

/** By "owner.name kinds". */
const FORMS: Readonly<Record<string, NativeForm>> = {
  'builtins.abs int': form('int_abs', INT), 'builtins.abs float': form('double_abs', FLOAT),
  'builtins.min int int': form('int_min', INT), 'builtins.max int int': form('int_max', INT),
  'builtins.min float float': form('double_min', FLOAT), 'builtins.max float float': form('double_max', FLOAT),
  'builtins.abs complex': form('double_hypot', FLOAT, true),
  'math.fabs float': form('double_abs', FLOAT), 'math.sqrt float': form('double_sqrt', FLOAT, true),
  'int int': form('same', INT), 'int float': form('double_trunc', INT, true), 'int bool': form('bool_to_int', INT),
  'float float': form('same', FLOAT), 'float int': form('int_to_double', FLOAT),
  'builtins.ord str': form('str_ord', INT, true), 'builtins.chr int': form('int_chr', STR, true),
  'str str': form('same', STR), 'bool bool': form('same', BOOL),
};

/** Whether a builtin function of so many arguments has a form for some kinds of them. */
export function hasNativeForm(owner: string, name: string, count: number): boolean {
  const start = `${owner}.${name}`;
  return Object.keys(FORMS).some((key) => key.startsWith(`${start} `) && key.split(' ').length === count + 1);
}

/** Methods of str that run no Python code when their arguments are builtin values, and what they give. */
const QUIET_METHODS: ReadonlyMap<string, Kinds> = new Map([
  ...['startswith', 'endswith', 'isdigit', 'isalpha', 'isalnum', 'isspace', 'isupper', 'islower', 'isidentifier', 'isnumeric', 'isdecimal', 'isascii', 'isprintable', 'istitle'].map((name) => [name, BOOL] as const),
  ...['strip', 'lstrip', 'rstrip', 'replace', 'upper', 'lower', 'casefold', 'capitalize', 'title', 'swapcase', 'zfill', 'ljust', 'rjust', 'center', 'expandtabs', 'removeprefix', 'removesuffix', 'join'].map((name) => [name, STR] as const),
  ...['find', 'rfind', 'index', 'rindex', 'count'].map((name) => [name, INT] as const),
  ...['split', 'rsplit', 'splitlines'].map((name) => [name, LIST] as const),
  ...['partition', 'rpartition'].map((name) => [name, TUPLE] as const),
]);
/** Builtin values of which nothing is asked that a program could define. What a list or a tuple holds is no str, or taken for what it is. */
const BUILTIN_VALUES = STR | INT | BOOL | NONE | LIST | TUPLE;

/** What a `call_native` gives that runs no Python code and looks at no frame; null for others. */
export function quietResult(node: Node): Kinds | null {
  if (node.op !== 'call_native') return null;
  const { owner, definition } = node.imm as NativeCall;
  const result = owner === 'str' ? QUIET_METHODS.get(definition.name) : undefined;
  return result !== undefined && node.args.every((arg) => within(arg.kinds, BUILTIN_VALUES)) ? result : null;
}

const NAMES: readonly (readonly [Kinds, string])[] = [[INT, 'int'], [FLOAT, 'float'], [BOOL, 'bool'], [STR, 'str'], [COMPLEX, 'complex']];

/** Classes whose call with one argument is worth a `convert`. */
export function isConversion(type: PyType): boolean {
  return isOfBuiltins(type) && (type.name === 'int' || type.name === 'float' || type.name === 'str' || type.name === 'bool');
}

/** The special form of a `call_native` or a `convert` for the kinds that its arguments have; null where there is none. */
export function nativeForm(node: Node): NativeForm | null {
  const { imm } = node;
  const name = imm instanceof PyType ? imm.name : `${(imm as NativeCall).owner}.${(imm as NativeCall).definition.name}`;
  if (name === 'list.pop' && node.args.length === 1 && within(node.args[0]!.kinds, LIST)) return LIST_POP;
  // Keys that take Python code to be found leave.
  if (name === 'dict.get' && within(node.args[0]!.kinds, DICT)) return DICT_GET;
  if (name === 'dict.setdefault' && within(node.args[0]!.kinds, DICT)) return DICT_SET_DEFAULT;
  const kinds = node.args.map((arg) => NAMES.find(([kind]) => within(arg.kinds, kind))?.[1] ?? '?');
  return FORMS[[name, ...kinds].join(' ')] ?? null;
}
