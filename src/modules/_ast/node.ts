/** `ast.AST`: what all node classes share, constructor, repr, copying (Parser/asdl_c.py's part of Python-ast.c). */
import { PyDict, PyList, PyTuple } from '../../core/containers.ts';
import { PyType, type KeywordNames } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { dictOf, getAttr, lookupAttr, setAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { FIRM_DICT_GETSET } from '../../objects/instance-dict.ts';
import { DeprecationWarning } from '../../objects/exception-types.ts';
import { PyGenericAlias } from '../../objects/generic-alias-record.ts';
import { tableGetStr, tableKeys } from '../../objects/hash-table.ts';
import { toArray } from '../../objects/iterate.ts';
import { EMPTY_TUPLE, newList, newTuple } from '../../objects/make.ts';
import { raiseTypeError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { repr } from '../../objects/text.ts';
import { readyType } from '../../objects/type-ready.ts';
import { asStr, isSubtype, shownTypeName, typeOf } from '../../objects/type-of.ts';
import { PyUnion } from '../../objects/union.ts';
import { warn } from '../../objects/warn-hook.ts';

/** `ast.AST` */
export const AST_TYPE = staticType('AST', { module: 'ast', baseType: true, hasDict: true });

/** Key of the `Load()` node in the module state: what a missing expression context becomes. */
export interface ContextDefaults {
  readonly contextType: PyType;
  readonly load: Value;
}

/** Where the classes of an interpreter keep what the constructor needs; set when they are made. */
export const CONTEXT_DEFAULTS = '_ast context';

/** Depth and length to which a node's repr goes. */
const REPR_DEPTH = 3;
const REPR_ITEMS = 2;

/** Whether the value is a node. */
export function isNode(value: Value): boolean {
  return isSubtype(typeOf(value), AST_TYPE);
}

function namesOf(t: Thread, type: PyType, attribute: string): string[] {
  const names = lookupAttr(t, type, attribute);
  return names === undefined || names === null ? [] : toArray(t, names).map((name) => asStr(name) ?? '');
}

function ast_init(t: Thread, self: Value, args: Value[], keywords: KeywordNames): void {
  const type = typeOf(self);
  const fields = namesOf(t, type, '_fields');
  const positional = args.length - (keywords?.length ?? 0);
  if (positional > fields.length) {
    raiseTypeError(`${type.name} constructor takes at most ${fields.length} positional argument${fields.length === 1 ? '' : 's'}`);
  }
  const missing = new Set(fields);
  for (let i = 0; i < positional; i++) {
    missing.delete(fields[i]!);
    setAttr(t, self, fields[i]!, args[i]!);
  }
  const attributes = keywords === null ? [] : namesOf(t, type, '_attributes');
  (keywords ?? []).forEach((name, i) => {
    if (fields.includes(name)) {
      if (!missing.delete(name)) raiseTypeError(`${type.name} got multiple values for argument '${name}'`);
    } else if (!attributes.includes(name)) {
      warn(t, DeprecationWarning, `${shownTypeName(type)}.__init__ got an unexpected keyword argument '${name}'. Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.`);
    }
    setAttr(t, self, name, args[positional + i]!);
  });
  if (missing.size > 0) fillMissing(t, self, type, missing);
}

function fillMissing(t: Thread, self: Value, type: PyType, missing: ReadonlySet<string>): void {
  const types = lookupAttr(t, type, '_field_types');
  if (!(types instanceof PyDict)) return;
  const defaults = t.interpreter.moduleState.get(CONTEXT_DEFAULTS) as ContextDefaults;
  for (const name of missing) {
    const fieldType = tableGetStr(types.table, name);
    if (fieldType === undefined) {
      warn(t, DeprecationWarning, `Field '${name}' is missing from ${shownTypeName(type)}._field_types. This will become an error in Python 3.15.`);
    } else if (fieldType instanceof PyUnion) continue; // optional: the class has None
    else if (fieldType instanceof PyGenericAlias) setAttr(t, self, name, newList([]));
    else if (fieldType === defaults.contextType) setAttr(t, self, name, defaults.load);
    else warn(t, DeprecationWarning, `${shownTypeName(type)}.__init__ missing 1 required positional argument: '${name}'. This will become an error in Python 3.15.`);
  }
}

function reprItems(t: Thread, sequence: PyList | PyTuple, depth: number): string {
  const [open, close] = sequence instanceof PyList ? '[]' : '()';
  const { items } = sequence;
  if (items.length === 0) return repr(t, sequence);
  const shown = (item: Value): string => (isNode(item) ? reprNode(t, item, depth - 1) : repr(t, item));
  const parts = [shown(items[0]!)];
  if (items.length > REPR_ITEMS) parts.push('...');
  if (items.length > 1) parts.push(shown(items[items.length - 1]!));
  return `${open!}${parts.join(', ')}${close!}`;
}

function reprNode(t: Thread, node: Value, depth: number): string {
  const type = typeOf(node);
  const name = shownTypeName(type);
  if (depth <= 0 || t.reprGuard.has(node)) return `${name}(...)`;
  t.reprGuard.add(node);
  try {
    const parts = namesOf(t, type, '_fields').map((field) => {
      const value = getAttr(t, node, field);
      if (value instanceof PyList || value instanceof PyTuple) return `${field}=${reprItems(t, value, depth)}`;
      return `${field}=${isNode(value) ? reprNode(t, value, depth - 1) : repr(t, value)}`;
    });
    return `${name}(${parts.join(', ')})`;
  } finally {
    t.reprGuard.delete(node);
  }
}

/** Fields are passed as None first, so that the constructor does not warn before the state is set. */
function ast_reduce(t: Thread, self: Value): Value {
  const dict = dictOf(self);
  if (dict === null) return newTuple([typeOf(self), EMPTY_TUPLE]);
  const fields = namesOf(t, typeOf(self), '_fields');
  const absent = fields.findIndex((field) => tableGetStr(dict.table, field) === undefined);
  const args = new Array<Value>(absent < 0 ? fields.length : absent).fill(null);
  return newTuple([typeOf(self), newTuple(args), dict]);
}

function quotedList(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).sort().join(', ');
}

function ast_replace(t: Thread, self: Value, changes: Map<string, Value>): Value {
  const type = typeOf(self);
  const fields = namesOf(t, type, '_fields');
  const known = new Set([...fields, ...namesOf(t, type, '_attributes')]);
  const unexpected = [...changes.keys()].find((name) => !known.has(name));
  if (unexpected !== undefined) raiseTypeError(`${type.name}.__replace__ got an unexpected keyword argument '${unexpected}'.`);
  const state = new Map<string, Value>();
  const dict = dictOf(self);
  if (dict !== null) for (const key of tableKeys(dict.table)) state.set(key as string, tableGetStr(dict.table, key as string)!);
  for (const [name, value] of changes) state.set(name, value);
  const missing = fields.filter((field) => !state.has(field) && lookupAttr(t, self, field) === undefined);
  if (missing.length > 0) raiseTypeError(`${type.name}.__replace__ missing ${missing.length} keyword argument${missing.length === 1 ? '' : 's'}: ${quotedList(missing)}.`);
  return call(t, type, [...state.values()], [...state.keys()]);
}

readyType(AST_TYPE, {
  slots: { tp_init: ast_init, tp_repr: (t, self) => reprNode(t, self, REPR_DEPTH) },
  methods: {
    __reduce__: [ast_reduce, '!($self, /)', ''],
    __replace__: [ast_replace, '($self, /, **fields)', 'Return a copy of the AST node with new values for the specified fields.'],
  },
  getset: { __dict__: FIRM_DICT_GETSET },
  attributes: { _fields: EMPTY_TUPLE, __match_args__: EMPTY_TUPLE, _attributes: EMPTY_TUPLE },
});
