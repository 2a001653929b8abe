/** The classes of `_ast`, built from the table of node types (Parser/asdl_c.py writes them for CPython). */
import { ASDL_ATTRIBUTES, ASDL_NODES, ASDL_SUMS, type AsdlField, type AsdlNode } from '../../frontend/asdl.ts';
import { PyDict, PyList, PyTuple } from '../../core/containers.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyPlain, type Maybe, type PyObject, type Value } from '../../core/value.ts';
import { dictOf, getAttr, lookupAttr, setAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { copyDict } from '../../objects/dict.ts';
import { DeprecationWarning } from '../../objects/exception-types.ts';
import { tableDeleteStr, tableGetStr, tableSetStr } from '../../objects/hash-table.ts';
import { DICT_GETSET } from '../../objects/instance-dict.ts';
import { toArray } from '../../objects/iterate.ts';
import { newDict, newList, newTuple } from '../../objects/make.ts';
import { raiseTypeError } from '../../objects/raise.ts';
import { GENERIC_ALIAS_TYPE, INT_TYPE, LIST_TYPE, OBJECT_TYPE, staticType, STR_TYPE } from '../../objects/static-types.ts';
import { binaryOperator } from '../../objects/operators.ts';
import { repr } from '../../objects/text.ts';
import { readyType } from '../../objects/type-ready.ts';
import { asStr, isInstance } from '../../objects/type-of.ts';
import { warn } from '../../objects/warn-hook.ts';

/** `_ast.AST`. */
export const AST_TYPE = nodeType('AST', OBJECT_TYPE);

/** Every class by name: sums, constructors, products. */
export const AST_TYPES = new Map<string, PyType>([['AST', AST_TYPE]]);

/** Singletons: `Load()` and other nodes without fields are made once. */
const singletons = new Map<string, PyObject>();

function nodeType(name: string, base: PyType): PyType {
  const type = staticType(name, { base, module: 'ast', baseType: true, hasDict: true, hasWeakref: true });
  // Classes of CPython's _ast are heap types: programs add attributes to them.
  type.flags.immutable = false;
  return type;
}

/** The one object of a class without fields, as trees made by the parser hold it. */
export function singleton(name: string): PyObject {
  let object = singletons.get(name);
  if (object === undefined) singletons.set(name, (object = new PyPlain(AST_TYPES.get(name)!)));
  return object;
}

function namesOf(t: Thread, type: PyType, attribute: string): string[] {
  const value = lookupAttr(t, type, attribute);
  return value === undefined ? [] : toArray(t, value).map((item) => asStr(item) ?? '');
}

function setPositional(t: Thread, self: PyObject, args: readonly Value[], fields: readonly string[]): void {
  if (args.length > fields.length) {
    raiseTypeError(`${self.type.name} constructor takes at most ${fields.length} positional argument${fields.length === 1 ? '' : 's'}`);
  }
  args.forEach((value, i) => setAttr(t, self, fields[i]!, value));
}

/** What a field that was not given becomes. */
function fillMissing(t: Thread, self: PyObject, field: string, types: PyDict | undefined): void {
  const name = self.type.name;
  const type = types === undefined ? undefined : tableGetStr(types.table, field);
  if (types === undefined) return;
  if (type === undefined) {
    return warn(t, DeprecationWarning, `Field '${field}' is missing from ${name}._field_types. This will become an error in Python 3.15.`);
  }
  // An optional field is there as a class attribute already.
  if (lookupAttr(t, self.type, field) === null) return;
  if (isInstance(type, GENERIC_ALIAS_TYPE)) return setAttr(t, self, field, newList([]));
  if (type === AST_TYPES.get('expr_context')) return setAttr(t, self, field, singleton('Load'));
  warn(t, DeprecationWarning, `${name}.__init__ missing 1 required positional argument: '${field}'. This will become an error in Python 3.15.`);
}

function ast_init(t: Thread, self: PyObject, args: Value[], keywords: KeywordNames): void {
  const fields = namesOf(t, self.type, '_fields');
  const attributes = namesOf(t, self.type, '_attributes');
  const count = args.length - (keywords?.length ?? 0);
  setPositional(t, self, args.slice(0, count), fields);
  const given = new Set(fields.slice(0, count));
  (keywords ?? []).forEach((name, i) => {
    if (fields.includes(name)) {
      if (given.has(name)) raiseTypeError(`${self.type.name} got multiple values for argument '${name}'`);
      given.add(name);
    } else if (!attributes.includes(name)) {
      warn(t, DeprecationWarning, `${self.type.name}.__init__ got an unexpected keyword argument '${name}'. Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.`);
    }
    setAttr(t, self, name, args[count + i]!);
  });
  const types = lookupAttr(t, self.type, '_field_types');
  for (const field of fields) if (!given.has(field)) fillMissing(t, self, field, types instanceof PyDict ? types : undefined);
}

function ast_reduce(t: Thread, self: PyObject): Value {
  const state = copyDict(dictOf(self)!);
  const args: Value[] = [];
  for (const field of namesOf(t, self.type, '_fields')) {
    const value = tableGetStr(state.table, field);
    if (value === undefined) break;
    args.push(value);
    tableDeleteStr(state.table, field);
  }
  return newTuple([self.type, newTuple(args), state]);
}

function ast_replace(t: Thread, self: PyObject, args: Value[], changes: Map<string, Value>): Value {
  if (args.length > 0) raiseTypeError(`${self.type.name}.__replace__() takes no positional arguments`);
  const known = [...namesOf(t, self.type, '_fields'), ...namesOf(t, self.type, '_attributes')];
  for (const name of changes.keys()) if (!known.includes(name)) raiseTypeError(`${self.type.name}.__replace__ got an unexpected keyword argument '${name}'.`);
  const values = new Map<string, Value>();
  for (const name of known) {
    const value: Maybe = changes.get(name) ?? (changes.has(name) ? null : tableGetStr(dictOf(self)!.table, name));
    if (value !== undefined) values.set(name, value);
  }
  return call(t, self.type, [...values.values()], values.size === 0 ? null : [...values.keys()]);
}

/** Nodes are shown three levels deep, of long lists the first and last item. */
function showNode(t: Thread, node: Value, depth: number): string {
  if (!isInstance(node, AST_TYPE)) return node instanceof PyList || node instanceof PyTuple ? showItems(t, node, depth) : repr(t, node);
  const { name } = (node as PyObject).type;
  const fields = namesOf(t, (node as PyObject).type, '_fields');
  if (depth <= 0) return `${name}(...)`;
  const parts = fields.map((field) => `${field}=${showNode(t, getAttr(t, node, field), isInstance(getAttr(t, node, field), AST_TYPE) ? depth - 1 : depth)}`);
  return `${name}(${parts.join(', ')})`;
}

function showItems(t: Thread, list: PyList | PyTuple, depth: number): string {
  const { items } = list;
  const shown = items.length > 2 ? [items[0]!, items[items.length - 1]!] : items;
  const texts = shown.map((item) => showNode(t, item, depth - 1));
  if (items.length > 2) texts.splice(1, 0, '...');
  return list instanceof PyList ? `[${texts.join(', ')}]` : `(${texts.join(', ')}${texts.length === 1 ? ',' : ''})`;
}

readyType(AST_TYPE, {
  slots: {
    tp_alloc: (type) => new PyPlain(type), tp_new: (_t, type) => new PyPlain(type), tp_init: ast_init,
    tp_repr: (t, self) => showNode(t, self, 3),
  },
  methods: {
    __reduce__: [ast_reduce, '!($self, /)', 'Helper for pickle.'],
    __replace__: [ast_replace, '!($self, /, *args, **changes)', 'Return a copy of the AST node with new values for the specified fields.'],
  },
  getset: { __dict__: DICT_GETSET },
  attributes: { _fields: newTuple([]), _attributes: newTuple([]), __match_args__: newTuple([]) },
});

const LOCATION_DEFAULTS: Readonly<Record<string, Value>> = { end_lineno: null, end_col_offset: null };

function readySum(name: string, located: boolean, doc: string): void {
  const type = nodeType(name, AST_TYPE);
  AST_TYPES.set(name, type);
  readyType(type, {
    doc,
    attributes: {
      _fields: newTuple([]), __match_args__: newTuple([]), _attributes: newTuple(located ? ASDL_ATTRIBUTES.slice() : []), ...(located ? LOCATION_DEFAULTS : {}),
    },
  });
}

function readyNode(node: AsdlNode): void {
  const type = nodeType(node.name, AST_TYPES.get(node.sum)!);
  AST_TYPES.set(node.name, type);
  const names = newTuple(node.fields.map((field) => field.name));
  const optional = node.fields.filter((field) => field.quantity === 'optional').map((field) => [field.name, null] as const);
  const own = node.sum === 'AST' ? { _attributes: newTuple(node.located ? ASDL_ATTRIBUTES.slice() : []), ...(node.located ? LOCATION_DEFAULTS : {}) } : {};
  readyType(type, { doc: node.doc, attributes: { _fields: names, __match_args__: names, ...own, ...Object.fromEntries(optional) } });
}

for (const sum of ASDL_SUMS) {
  const lines = sum.constructors.map((name) => ASDL_NODES.get(name)!.doc);
  const simple = lines.every((line) => !line.includes('('));
  readySum(sum.name, sum.located, `${sum.name} = ${lines.join(simple ? ' | ' : `\n${' '.repeat(sum.name.length + 1)}| `)}`);
}
for (const node of ASDL_NODES.values()) readyNode(node);

const BUILTIN_FIELD_TYPES: Readonly<Record<string, PyType>> = { identifier: STR_TYPE, string: STR_TYPE, int: INT_TYPE, constant: OBJECT_TYPE };

/** Index of `|` among the binary operators. */
const OR = 7;

function fieldType(t: Thread, field: AsdlField): Value {
  const type = BUILTIN_FIELD_TYPES[field.type] ?? AST_TYPES.get(field.type)!;
  if (field.quantity === 'one') return type;
  if (field.quantity === 'optional') return binaryOperator(t, type, null, OR);
  return call(t, GENERIC_ALIAS_TYPE, [LIST_TYPE, type]);
}

/** Adds `_field_types`, which needs a thread, to every class; harmless when done twice. */
export function addFieldTypes(t: Thread): void {
  for (const node of ASDL_NODES.values()) {
    const dict = newDict();
    for (const field of node.fields) tableSetStr(dict.table, field.name, fieldType(t, field));
    const { table } = AST_TYPES.get(node.name)!.attributes;
    tableSetStr(table, '_field_types', dict);
    tableSetStr(table, '__annotations_cache__', dict);
    AST_TYPES.get(node.name)!.lookupCache.clear();
  }
}
