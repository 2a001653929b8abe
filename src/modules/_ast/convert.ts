/** Trees of the front end as node objects and back (what Python/Python-ast.c is for CPython). */
import type { AstNode, Mod } from '../../frontend/ast.ts';
import { ASDL_ATTRIBUTES, ASDL_NODES, ASDL_SUMS, type AsdlField, type AsdlNode } from '../../frontend/asdl.ts';
import type { ParseMode } from '../../frontend/parser.ts';
import type { Const } from '../../bytecode/code.ts';
import { PyList } from '../../core/containers.ts';
import { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyPlain, type Maybe, type Value } from '../../core/value.ts';
import { lookupAttr } from '../../objects/attributes.ts';
import { constToValue, valueToConst } from '../../objects/code.ts';
import { dictOf } from '../../objects/attributes.ts';
import { RecursionError } from '../../objects/exception-types.ts';
import { tableSetStr } from '../../objects/hash-table.ts';
import { newList } from '../../objects/make.ts';
import { raise, raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { repr } from '../../objects/text.ts';
import { asInt, asStr, isInstance, isSubtype, typeOf } from '../../objects/type-of.ts';
import { AST_TYPES, singleton } from './types.ts';

/** Nesting at which a tree of objects is refused. */
const MAX_DEPTH = 5000;

/** Sums whose constructors have no fields: strings in the tree. */
const ENUMERATIONS: ReadonlySet<string> = new Set(['expr_context', 'boolop', 'operator', 'unaryop', 'cmpop']);
const SUM_CONSTRUCTORS = new Map(ASDL_SUMS.map((sum) => [sum.name, sum]));

type NodeRecord = Record<string, unknown>;

function propertyName(node: AsdlNode, field: AsdlField): string {
  return node.name === 'Constant' && field.name === 'kind' ? 'u_kind' : field.name;
}

/** A node object for a node of the tree. */
export function nodeToObject(t: Thread, tree: AstNode | Mod): Value {
  const node = ASDL_NODES.get(tree.kind)!;
  const record = tree as unknown as NodeRecord;
  const object = new PyPlain(AST_TYPES.get(node.name)!);
  const { table } = dictOf(object)!;
  for (const field of node.fields) tableSetStr(table, field.name, fieldToObject(t, record[propertyName(node, field)], field));
  if (node.located) for (const name of ASDL_ATTRIBUTES) tableSetStr(table, name, record[name] as number);
  return object;
}

function fieldToObject(t: Thread, value: unknown, field: AsdlField): Value {
  if (Array.isArray(value)) return newList(value.map((item) => itemToObject(t, item, field.type)));
  return itemToObject(t, value, field.type);
}

function itemToObject(t: Thread, value: unknown, type: string): Value {
  if (type === 'constant') return constToValue(t, value as Const);
  if (value === null || value === undefined) return null;
  if (ENUMERATIONS.has(type)) return singleton(value as string);
  return typeof value === 'object' ? nodeToObject(t, value as AstNode) : (value as Value);
}

const MODE_NODES: Readonly<Record<ParseMode, string>> = { exec: 'Module', eval: 'Expression', single: 'Interactive', func_type: 'FunctionType' };

/** The tree of a module object. */
export function objectToTree(t: Thread, object: Value, mode: ParseMode): Mod {
  const wanted = MODE_NODES[mode];
  if (!isInstance(object, AST_TYPES.get(wanted)!)) raiseTypeError(`expected ${wanted} node, got ${typeOf(object).name}`);
  return new Converter(t).node(object, ASDL_NODES.get(wanted)!) as unknown as Mod;
}

class Converter {
  private readonly t: Thread;
  private depth = 0;

  constructor(t: Thread) {
    this.t = t;
  }

  /** An object of a concrete class. */
  node(object: Value, node: AsdlNode, owner = node.name): NodeRecord {
    if (++this.depth > MAX_DEPTH) raise(RecursionError, 'maximum recursion depth exceeded during ast construction');
    const record: NodeRecord = { kind: node.name };
    const location = node.located ? this.location(object, owner) : null;
    for (const field of node.fields) record[propertyName(node, field)] = this.field(object, node, field);
    if (location !== null) Object.assign(record, location);
    this.depth--;
    return record;
  }

  private location(object: Value, owner: string): NodeRecord {
    const lineno = this.attribute(object, 'lineno', owner);
    const colOffset = this.attribute(object, 'col_offset', owner);
    return {
      lineno, col_offset: colOffset,
      end_lineno: this.optionalAttribute(object, 'end_lineno') ?? lineno, end_col_offset: this.optionalAttribute(object, 'end_col_offset') ?? colOffset,
    };
  }

  private attribute(object: Value, name: string, owner: string): number {
    const value = lookupAttr(this.t, object, name);
    return value === undefined ? raiseTypeError(`required field "${name}" missing from ${owner}`) : this.int(value);
  }

  private optionalAttribute(object: Value, name: string): number | undefined {
    const value = lookupAttr(this.t, object, name);
    return value === undefined || value === null ? undefined : this.int(value);
  }

  private int(value: Value): number {
    const number = asInt(value);
    if (number === undefined) raiseValueError(`invalid integer value: ${repr(this.t, value)}`);
    return Number(number);
  }

  private field(object: Value, node: AsdlNode, field: AsdlField): unknown {
    const value = lookupAttr(this.t, object, field.name);
    if (field.quantity === 'sequence' || field.quantity === 'optional-sequence') return this.sequence(value, node, field);
    if (field.quantity === 'optional') return value === undefined || value === null ? null : this.item(value, field.type);
    if (value === undefined) {
      if (field.type === 'expr_context') return 'Load';
      raiseTypeError(`required field "${field.name}" missing from ${node.name}`);
    }
    if (value === null && field.type !== 'constant') raiseValueError(`field '${field.name}' is required for ${node.name}`);
    return this.item(value, field.type);
  }

  private sequence(value: Maybe, node: AsdlNode, field: AsdlField): unknown[] {
    if (value === undefined) return [];
    if (!(value instanceof PyList)) raiseTypeError(`${node.name} field "${field.name}" must be a list, not a ${typeOf(value).name}`);
    const { items } = value;
    const length = items.length;
    return items.map((item) => {
      if (items.length !== length) raise(RecursionError, `${node.name} field "${field.name}" changed size during iteration`);
      if (item === null && field.quantity === 'optional-sequence') return null;
      // `**mapping` in a dict display has no key.
      if (item === null && node.name === 'Dict' && field.name === 'keys') return null;
      if (item === null && !['constant'].includes(field.type)) raiseValueError(`None disallowed in ${field.type === 'stmt' ? 'statement' : 'expression'} list`);
      return this.item(item, field.type);
    });
  }

  private item(value: Value, type: string): unknown {
    switch (type) {
      case 'identifier': return asStr(value) ?? raiseTypeError('AST identifier must be of type str');
      case 'string': return asStr(value) ?? raiseTypeError('AST string must be of type str');
      case 'int': return this.int(value);
      case 'constant': return this.constant(value);
      default: return SUM_CONSTRUCTORS.has(type) ? this.sum(value, type) : this.product(value, type);
    }
  }

  private constant(value: Value): unknown {
    try {
      return valueToConst(value);
    } catch {
      return raiseTypeError(`got an invalid type in Constant: ${typeOf(value).name}`);
    }
  }

  private product(value: Value, type: string): NodeRecord {
    if (!isInstance(value, AST_TYPES.get(type)!)) raiseTypeError(`expected some sort of ${type}, but got ${repr(this.t, value)}`);
    return this.node(value, ASDL_NODES.get(type)!);
  }

  private sum(value: Value, type: string): unknown {
    const sum = SUM_CONSTRUCTORS.get(type)!;
    // Positions are read before the kind of node is known, so their absence is reported first.
    if (sum.located) this.location(value, type);
    const own = typeOf(value);
    const name = sum.constructors.find((candidate) => own instanceof PyType && isSubtype(own, AST_TYPES.get(candidate)!));
    if (name === undefined) raiseTypeError(`expected some sort of ${type}, but got ${repr(this.t, value)}`);
    return ENUMERATIONS.has(type) ? name : this.node(value, ASDL_NODES.get(name)!, type);
  }
}
