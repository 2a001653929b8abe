/** `typing.Union`: `int | str`. Source: CPython Objects/unionobject.c. */
import { PyTuple } from '../core/containers.ts';
import { EQ, NE, PyType, type CompareOp } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Int, type Maybe, type Value } from '../core/value.ts';
import { hashFrozenset } from './algorithms/hash.ts';
import { genericGetAttr, getAttr } from './attributes.ts';
import { call } from './call.ts';
import { compareBool } from './compare.ts';
import { TypeError as PyTypeError } from './exception-types.ts';
import { PyGenericAlias } from './generic-alias-record.ts';
import { hashOf } from './hash-value.ts';
import { importModule } from './import-hook.ts';
import { newTuple, NOT_IMPLEMENTED } from './make.ts';
import { binaryOperator } from './operators.ts';
import { isRaised, raiseTypeError } from './raise.ts';
import { NONE_TYPE, UNION_TYPE } from './static-types.ts';
import { repr } from './text.ts';
import { isInstanceOf, isSubclassOf } from './type.ts';
import { makeParameters, substituteParameters, typeRepr } from './typing-parameters.ts';
import { typeOf } from './type-of.ts';
import { readyType } from './type-ready.ts';
import { makeUnion, setUnion } from './union-hook.ts';

/** `int | str`: the alternatives, without repetitions. */
export class PyUnion extends PyObject {
  readonly args: PyTuple;
  parameters: PyTuple | null = null;
  constructor(args: PyTuple) {
    super(UNION_TYPE);
    this.args = args;
  }
}

function tryHash(t: Thread, value: Value): Int | undefined {
  try {
    return hashOf(t, value);
  } catch (caught) {
    if (isRaised(caught, PyTypeError)) return undefined;
    throw caught;
  }
}

/** Adds an alternative, flattening unions, unless an equal one is there. */
function addAlternative(t: Thread, alternatives: Value[], value: Value): void {
  if (value instanceof PyUnion) {
    for (const item of value.args.items) addAlternative(t, alternatives, item);
    return;
  }
  const item = value === null ? NONE_TYPE : value;
  if (!alternatives.some((other) => compareBool(t, other, item, EQ))) alternatives.push(item);
}

/** The union of values; a single alternative is itself. */
function unionOf(t: Thread, values: readonly Value[]): Value {
  const alternatives: Value[] = [];
  for (const value of values) addAlternative(t, alternatives, value);
  return alternatives.length === 1 ? alternatives[0]! : new PyUnion(newTuple(alternatives));
}

function isUnionable(value: Value): boolean {
  return value === null || value instanceof PyType || value instanceof PyGenericAlias || value instanceof PyUnion || typeOf(value).name === 'TypeAliasType';
}

setUnion((t, left, right) => (isUnionable(left) && isUnionable(right) ? unionOf(t, [left, right]) : NOT_IMPLEMENTED));

function union_repr(t: Thread, self: PyUnion): string {
  return self.args.items.map((item) => (item === NONE_TYPE ? 'None' : typeRepr(t, item))).join(' | ');
}

function union_hash(t: Thread, self: PyUnion): Int {
  const hashes = self.args.items.map((item) => tryHash(t, item));
  const unhashable = hashes.filter((hash) => hash === undefined).length;
  if (unhashable > 0) {
    const first = self.args.items[hashes.indexOf(undefined)]!;
    // Raises the TypeError of the first one.
    hashOf(t, first);
    raiseTypeError(`union contains ${unhashable} unhashable elements`);
  }
  return hashFrozenset(hashes as Int[]);
}

function union_richcompare(t: Thread, self: PyUnion, other: Value, op: CompareOp): Value {
  if (!(other instanceof PyUnion) || (op !== EQ && op !== NE)) return NOT_IMPLEMENTED;
  const isIn = (item: Value, items: readonly Value[]): boolean => items.some((candidate) => compareBool(t, candidate, item, EQ));
  const a = self.args.items;
  const b = other.args.items;
  return (a.length === b.length && a.every((item) => isIn(item, b))) === (op === EQ);
}

function parametersOf(t: Thread, self: PyUnion): PyTuple {
  return (self.parameters ??= makeParameters(t, self.args.items));
}

/** Number of `|` among the binary operators. */
const OR_OPERATOR = 7;

function union_subscript(t: Thread, self: PyUnion, item: Value): Value {
  const args = substituteParameters(t, self, self.args, parametersOf(t, self), item).items;
  // As CPython: joined by the operator, which the arguments may define.
  return args.slice(1).reduce((joined: Value, next) => binaryOperator(t, joined, next, OR_OPERATOR), args[0]!);
}

function union_classGetItem(t: Thread, _type: Value, parameters: Value): Value {
  const items = parameters instanceof PyTuple ? parameters.items : [parameters];
  if (items.length === 0) raiseTypeError('Cannot take a Union of no types.');
  return unionOf(t, items.map((item) => checkedAlternative(t, item)));
}

/** What is no class or alias goes through `typing._type_check`, which makes forward references of strings. */
function checkedAlternative(t: Thread, item: Value): Value {
  if (isUnionable(item)) return item;
  if (typeof item !== 'string') return item;
  return call(t, getAttr(t, importModule(t, 'typing'), '_type_convert'), [item]);
}

function union_mroEntries(t: Thread, self: PyUnion): never {
  return raiseTypeError(`Cannot subclass ${repr(t, self)}`);
}

function union_getattro(t: Thread, self: PyUnion, name: string): Maybe {
  return name === '__module__' ? 'typing' : genericGetAttr(t, self, name);
}

function checkPlain(self: PyUnion, what: string, test: (item: Value) => boolean): boolean {
  for (const item of self.args.items) {
    if (item instanceof PyGenericAlias) raiseTypeError(`${what}() argument 2 cannot be a parameterized generic`);
    if (test(item)) return true;
  }
  return false;
}

readyType(UNION_TYPE, {
  doc: 'Represent a union type\n\nE.g. for int | str',
  slots: {
    tp_repr: union_repr,
    tp_hash: union_hash,
    tp_richcompare: union_richcompare,
    tp_getattro: union_getattro,
    nb_or: makeUnion,
    mp_subscript: union_subscript,
  },
  methods: {
    __mro_entries__: [union_mroEntries, '($self, bases, /)', ''],
    __class_getitem__: [union_classGetItem, '($type, parameters, /)', '', 'class'],
    __instancecheck__: [
      (t: Thread, self: PyUnion, instance: Value) => checkPlain(self, 'isinstance', (item) => isInstanceOf(t, instance, item)), '($self, instance, /)', '',
    ],
    __subclasscheck__: [
      (t: Thread, self: PyUnion, cls: Value) => checkPlain(self, 'issubclass', (item) => isSubclassOf(t, cls, item)), '($self, cls, /)', '',
    ],
  },
  getset: {
    __args__: { get: (_t, self) => (self as PyUnion).args, member: true },
    __name__: { get: () => 'Union', doc: 'Name of the type' },
    __qualname__: { get: () => 'Union', doc: 'Qualified name of the type' },
    __origin__: { get: () => UNION_TYPE, doc: 'Always returns the type' },
    __parameters__: { get: (t, self) => parametersOf(t, self as PyUnion), doc: 'Type variables in the types.UnionType.' },
  },
});

