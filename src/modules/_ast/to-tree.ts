/** A syntax tree from node objects: what `compile()` does with an `ast.AST` (the obj2ast part of Python-ast.c). */
import { ConstBytes, ConstComplex, ConstFloat, ELLIPSIS as CONST_ELLIPSIS } from '../../base/constants.ts';
import { ConstFrozenSet, ConstTuple, type Const } from '../../bytecode/code.ts';
import { asdlNodes, asdlSums, type AsdlField, type AsdlNode } from '../../frontend/asdl.ts';
import type { Mod } from '../../frontend/ast.ts';
import type { ParseMode } from '../../frontend/parser.ts';
import { PyList, PySet, PyTuple } from '../../core/containers.ts';
import { PyBytes, PyComplex, PyFloat } from '../../core/scalars.ts';
import type { Thread } from '../../core/thread.ts';
import type { PyType } from '../../core/type.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { lookupAttr } from '../../objects/attributes.ts';
import { tableKeys } from '../../objects/hash-table.ts';
import { ELLIPSIS } from '../../objects/make.ts';
import { raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { enterNative, leaveNative } from '../../objects/recursion.ts';
import { FROZENSET_TYPE } from '../../objects/static-types.ts';
import { repr } from '../../objects/text.ts';
import { asStr, isSubtype, typeOf } from '../../objects/type-of.ts';
import { astClasses, ENUMERATIONS, type AstClasses } from './classes.ts';
import { treeField } from './from-tree.ts';
import { validateTree } from './validate.ts';

const SUMS = new Map(asdlSums().map((sum) => [sum.name, sum]));
const MODES: Readonly<Record<ParseMode, string>> = { exec: 'Module', eval: 'Expression', single: 'Interactive', func_type: 'FunctionType' };

interface Conversion {
  readonly t: Thread;
  readonly classes: AstClasses;
}

/** A constant; raises TypeError for a type that source text cannot denote. */
function toConstant(value: Value): Const {
  if (value === null || typeof value !== 'object') return value;
  if (value === ELLIPSIS) return CONST_ELLIPSIS;
  if (value.type === FROZENSET_TYPE) return new ConstFrozenSet(tableKeys((value as PySet).table).map(toConstant));
  switch (value.type.name) {
    case 'float': if (value instanceof PyFloat) return new ConstFloat(value.value); break;
    case 'complex': if (value instanceof PyComplex) return new ConstComplex(value.real, value.imag); break;
    case 'bytes': if (value instanceof PyBytes) return new ConstBytes(value.value); break;
    case 'tuple': if (value instanceof PyTuple) return new ConstTuple(value.items.map(toConstant)); break;
  }
  return raiseTypeError(`got an invalid type in Constant: ${typeName(value)}`);
}

function identifier(value: Value): string {
  return asStr(value) ?? raiseTypeError('AST identifier must be of type str');
}

function single(c: Conversion, field: AsdlField, value: Value): unknown {
  switch (field.type) {
    case 'identifier': return identifier(value);
    case 'string': return asStr(value) ?? (value instanceof PyBytes ? value : raiseTypeError('AST string must be of type str'));
    case 'int': return integer(c, value);
    case 'constant': return toConstant(value);
    default: return ENUMERATIONS.has(field.type) ? enumerated(c, field.type, value) : toRecord(c, field.type, value);
  }
}

function integer(c: Conversion, value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return raiseValueError(`invalid integer value: ${repr(c.t, value)}`);
}

function enumerated(c: Conversion, sum: string, value: Value): string {
  const name = SUMS.get(sum)!.constructors.find((constructor) => isSubtype(typeOf(value), c.classes.byName.get(constructor)!));
  return name ?? raiseTypeError(`expected some sort of ${sum}, but got ${repr(c.t, value)}`);
}

function fieldOf(c: Conversion, node: AsdlNode, field: AsdlField, value: Maybe): unknown {
  if (field.quantity === 'sequence' || field.quantity === 'optional-sequence') {
    if (value === undefined) return [];
    if (!(value instanceof PyList)) return raiseTypeError(`${node.name} field "${field.name}" must be a list, not a ${typeName(value)}`);
    const { length } = value.items;
    const items = value.items.slice().map((item) => listItem(c, field, item));
    if (value.items.length !== length) raiseTypeError(`${node.name} field "${field.name}" changed size during iteration`);
    return items;
  }
  if (field.quantity === 'optional') return value === undefined || value === null ? absent(field) : single(c, field, value);
  if (value === undefined) return raiseTypeError(`required field "${field.name}" missing from ${node.name}`);
  if (value === null && field.type !== 'constant') {
    return field.type === 'int' ? integer(c, value) : raiseValueError(`field '${field.name}' is required for ${node.name}`);
  }
  return single(c, field, value);
}

function listItem(c: Conversion, field: AsdlField, item: Value): unknown {
  return item === null && field.type !== 'identifier' ? null : single(c, field, item);
}

/** What a missing optional field is in the tree: the level of an import is a number there. */
function absent(field: AsdlField): unknown {
  return field.type === 'int' ? 0 : null;
}

function position(c: Conversion, value: Value, sum: string): Record<string, number> {
  const at = (name: string): number => {
    const number = lookupAttr(c.t, value, name);
    return number === undefined ? raiseTypeError(`required field "${name}" missing from ${sum}`) : integer(c, number);
  };
  const end = (name: string, start: number): number => {
    const number = lookupAttr(c.t, value, name);
    return number === undefined || number === null ? start : integer(c, number);
  };
  const lineno = at('lineno');
  const col_offset = at('col_offset');
  return { lineno, col_offset, end_lineno: end('end_lineno', lineno), end_col_offset: end('end_col_offset', col_offset) };
}

function nodeFor(c: Conversion, type: PyType, expected: string, value: Value): AsdlNode {
  for (const base of type.mro) {
    const node = c.classes.nodeOf.get(base);
    if (node !== undefined && (node.sum === expected || node.name === expected)) return node;
  }
  return raiseTypeError(`expected some sort of ${expected}, but got ${repr(c.t, value)}`);
}

function toRecord(c: Conversion, expected: string, value: Value): Record<string, unknown> {
  const product = asdlNodes().get(expected);
  const located = SUMS.get(expected)?.located ?? product?.located ?? false;
  // The sums' positions are read before the class is looked at, as CPython does; products have theirs behind their fields.
  const place = located && product === undefined ? position(c, value, expected) : null;
  const node = product ?? nodeFor(c, typeOf(value), expected, value);
  enterNative(c.t, ` while traversing '${node.name}' node`);
  const record: Record<string, unknown> = { kind: node.name };
  for (const field of node.fields) record[treeField(field.name)] = fieldOf(c, node, field, lookupAttr(c.t, value, field.name));
  Object.assign(record, place ?? (located ? position(c, value, expected) : {}));
  leaveNative(c.t);
  return record;
}

/** See `AstBridge.toTree`. */
export function toTree(t: Thread, node: Value, mode: ParseMode): Mod {
  const c: Conversion = { t, classes: astClasses(t) };
  const expected = MODES[mode];
  if (!isSubtype(typeOf(node), c.classes.byName.get(expected)!)) raiseTypeError(`expected ${expected} node, got ${typeName(node).replace(/^ast\./, '')}`);
  const tree = toRecord(c, 'mod', node) as unknown as Mod;
  validateTree(tree);
  return tree;
}
