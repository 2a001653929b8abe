/** The node classes of an interpreter, built from the abstract syntax in `frontend/asdl.ts`. */
import { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { ASDL_ATTRIBUTES, asdlNodes, asdlSums, type AsdlField, type AsdlNode, type AsdlSum } from '../../frontend/asdl.ts';
import { call } from '../../objects/call.ts';
import { newGenericAlias } from '../../objects/generic-alias-record.ts';
import { tableSetStr } from '../../objects/hash-table.ts';
import { EMPTY_TUPLE, newDict, newTuple } from '../../objects/make.ts';
import { INT_TYPE, LIST_TYPE, OBJECT_TYPE, STR_TYPE, TYPE_TYPE } from '../../objects/static-types.ts';
import { makeUnion } from '../../objects/union-hook.ts';
import { AST_TYPE, CONTEXT_DEFAULTS, type ContextDefaults } from './node.ts';

/** The classes of one interpreter. */
export interface AstClasses {
  /** Concrete and abstract classes by name, in the order of Python.asdl. */
  readonly byName: ReadonlyMap<string, PyType>;
  /** The ASDL node of a class. */
  readonly nodeOf: ReadonlyMap<PyType, AsdlNode>;
  /** The one instance that parsed trees use, for node types without fields: `Load`, `Add`, ... */
  readonly singletons: ReadonlyMap<string, Value>;
}

/** Sums whose constructors have no fields: a tree holds their names. */
export const ENUMERATIONS: ReadonlySet<string> = new Set(['expr_context', 'boolop', 'operator', 'unaryop', 'cmpop']);

/** The classes, made when first needed. */
export function astClasses(t: Thread): AstClasses {
  let classes = t.interpreter.moduleState.get('_ast') as AstClasses | undefined;
  if (classes === undefined) t.interpreter.moduleState.set('_ast', (classes = makeClasses(t)));
  return classes;
}

function makeClass(t: Thread, name: string, base: PyType, entries: Readonly<Record<string, Value>>): PyType {
  const namespace = newDict();
  tableSetStr(namespace.table, '__module__', 'ast');
  for (const [key, value] of Object.entries(entries)) tableSetStr(namespace.table, key, value);
  return call(t, TYPE_TYPE, [name, newTuple([base]), namespace]) as PyType;
}

function attributeEntries(located: boolean): Record<string, Value> {
  return located ? { _attributes: newTuple([...ASDL_ATTRIBUTES]), end_lineno: null, end_col_offset: null } : { _attributes: EMPTY_TUPLE };
}

function sumDoc(sum: AsdlSum): string {
  const docs = sum.constructors.map((name) => asdlNodes().get(name)!.doc);
  return `${sum.name} = ${docs.join(ENUMERATIONS.has(sum.name) ? ' | ' : `\n${' '.repeat(sum.name.length + 1)}| `)}`;
}

function nodeEntries(node: AsdlNode): Record<string, Value> {
  const names = newTuple(node.fields.map((field) => field.name));
  const entries: Record<string, Value> = { __doc__: node.doc, _fields: names, __match_args__: names };
  if (node.sum === 'AST') Object.assign(entries, attributeEntries(node.located));
  for (const field of node.fields) if (field.quantity === 'optional') entries[field.name] = null;
  return entries;
}

const BUILTIN_FIELDS: Readonly<Record<string, PyType>> = { identifier: STR_TYPE, string: STR_TYPE, int: INT_TYPE, constant: OBJECT_TYPE };

function fieldType(t: Thread, field: AsdlField, classes: ReadonlyMap<string, PyType>): Value {
  const type = BUILTIN_FIELDS[field.type] ?? classes.get(field.type)!;
  if (field.quantity === 'one') return type;
  return field.quantity === 'optional' ? makeUnion(t, type, null) : newGenericAlias(LIST_TYPE, type);
}

function addFieldTypes(t: Thread, type: PyType, node: AsdlNode, classes: ReadonlyMap<string, PyType>): void {
  const types = newDict();
  for (const field of node.fields) tableSetStr(types.table, field.name, fieldType(t, field, classes));
  tableSetStr(type.attributes.table, '_field_types', types);
  tableSetStr(type.attributes.table, '__annotations_cache__', types);
}

function makeClasses(t: Thread): AstClasses {
  const byName = new Map<string, PyType>([['AST', AST_TYPE]]);
  const nodeOf = new Map<PyType, AsdlNode>();
  for (const sum of asdlSums()) {
    const base = makeClass(t, sum.name, AST_TYPE, { __doc__: sumDoc(sum), _fields: EMPTY_TUPLE, __match_args__: EMPTY_TUPLE, ...attributeEntries(sum.located) });
    byName.set(sum.name, base);
  }
  for (const node of asdlNodes().values()) {
    const type = makeClass(t, node.name, byName.get(node.sum)!, nodeEntries(node));
    byName.set(node.name, type);
    nodeOf.set(type, node);
  }
  for (const [type, node] of nodeOf) addFieldTypes(t, type, node, byName);
  const singletons = new Map<string, Value>();
  for (const [type, node] of nodeOf) if (ENUMERATIONS.has(node.sum)) singletons.set(node.name, call(t, type, []));
  const defaults: ContextDefaults = { contextType: byName.get('expr_context')!, load: singletons.get('Load')! };
  t.interpreter.moduleState.set(CONTEXT_DEFAULTS, defaults);
  return { byName, nodeOf, singletons };
}
