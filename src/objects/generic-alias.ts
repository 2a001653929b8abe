/** `types.GenericAlias`: `list[int]`. Source: CPython Objects/genericaliasobject.c. */
import { PyList, PyTuple } from '../core/containers.ts';
import { EQ, NE, type CompareOp, type KeywordNames, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Int, type Maybe, type Value } from '../core/value.ts';
import { intXor } from './algorithms/int-arith.ts';
import { genericGetAttr, lookupAttr, setAttr } from './attributes.ts';
import { builtinNamed } from './builtins-hook.ts';
import { call, callMethod } from './call.ts';
import { compareBool } from './compare.ts';
import { AttributeError, TypeError as PyTypeError } from './exception-types.ts';
import { PyGenericAlias } from './generic-alias-record.ts';
import { hashOf } from './hash-value.ts';
import { toArray } from './iterate.ts';
import { newList, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { checkArguments } from './new-arguments.ts';
import { isRaised, raiseTypeError } from './raise.ts';
import { GENERIC_ALIAS_ITERATOR_TYPE, GENERIC_ALIAS_TYPE, TUPLE_TYPE } from './static-types.ts';
import { makeParameters, substituteParameters, typeRepr } from './typing-parameters.ts';
import { readyType } from './type-ready.ts';
import { makeUnion } from './union-hook.ts';

/** Attributes of the alias itself; all others are the origin's. */
const OWN_ATTRIBUTES = new Set([
  '__class__', '__origin__', '__args__', '__unpacked__', '__parameters__', '__typing_unpacked_tuple_args__', '__mro_entries__', '__reduce_ex__', '__reduce__',
  // Names that the origin must not answer for, either.
  '__bases__', '__copy__', '__deepcopy__',
]);

function genericAlias_new(_t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  checkArguments('GenericAlias', args, keywords, 2, 2);
  const [origin, parameters] = args;
  return new PyGenericAlias(type, origin!, parameters instanceof PyTuple ? parameters : newTuple([parameters!]), false);
}

function itemRepr(t: Thread, item: Value): string {
  if (item instanceof PyList) return `[${item.items.map((inner) => typeRepr(t, inner)).join(', ')}]`;
  return typeRepr(t, item);
}

function genericAlias_repr(t: Thread, self: PyGenericAlias): string {
  const args = self.args.items.map((item) => itemRepr(t, item)).join(', ');
  return `${self.starred ? '*' : ''}${typeRepr(t, self.origin)}[${self.args.items.length === 0 ? '()' : args}]`;
}

function genericAlias_hash(t: Thread, self: PyGenericAlias): Int {
  return intXor(hashOf(t, self.origin), hashOf(t, self.args));
}

function genericAlias_richcompare(t: Thread, self: PyGenericAlias, other: Value, op: CompareOp): Value {
  if (!(other instanceof PyGenericAlias) || (op !== EQ && op !== NE)) return NOT_IMPLEMENTED;
  const equal = self.starred === other.starred && compareBool(t, self.origin, other.origin, EQ) && compareBool(t, self.args, other.args, EQ);
  return equal === (op === EQ);
}

function genericAlias_call(t: Thread, self: PyGenericAlias, args: Value[], keywords: KeywordNames): Value {
  const made = call(t, self.origin, args, keywords);
  try {
    setAttr(t, made, '__orig_class__', self);
  } catch (caught) {
    // Most builtin objects take no attributes.
    if (!isRaised(caught, AttributeError) && !isRaised(caught, PyTypeError)) throw caught;
  }
  return made;
}

function genericAlias_getattro(t: Thread, self: PyGenericAlias, name: string): Maybe {
  return OWN_ATTRIBUTES.has(name) ? genericGetAttr(t, self, name) : lookupAttr(t, self.origin, name) ?? missing(t, self, name);
}

/** Lets the origin word its own AttributeError. */
function missing(t: Thread, self: PyGenericAlias, name: string): Maybe {
  callMethod(t, self.origin, '__getattribute__', self.origin, name);
  return undefined;
}

function parametersOf(t: Thread, self: PyGenericAlias): PyTuple {
  return (self.parameters ??= makeParameters(t, self.args.items));
}

function genericAlias_subscript(t: Thread, self: PyGenericAlias, item: Value): Value {
  const args = substituteParameters(t, self, self.args, parametersOf(t, self), item);
  return new PyGenericAlias(GENERIC_ALIAS_TYPE, self.origin, args, self.starred);
}

function genericAlias_reduce(t: Thread, self: PyGenericAlias): Value {
  if (self.starred) {
    const plain = new PyGenericAlias(GENERIC_ALIAS_TYPE, self.origin, self.args, false);
    return newTuple([builtinNamed(t, 'next'), newTuple([new PyGenericAliasIterator(plain)])]);
  }
  return newTuple([GENERIC_ALIAS_TYPE, newTuple([self.origin, self.args])]);
}

function genericAlias_dir(t: Thread, self: PyGenericAlias): Value {
  const names = toArray(t, call(t, builtinNamed(t, 'dir'), [self.origin]));
  for (const name of OWN_ATTRIBUTES) if (!names.includes(name) && !/^__(bases|copy|deepcopy)__$/.test(name)) names.push(name);
  return newList(names);
}

function unpackedArguments(_t: Thread, self: Value): Value {
  const alias = self as PyGenericAlias;
  return alias.starred && alias.origin === TUPLE_TYPE ? alias.args : null;
}

const refuse = (what: string): never => raiseTypeError(`${what}() argument 2 cannot be a parameterized generic`);

readyType(GENERIC_ALIAS_TYPE, {
  doc: 'Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).',
  textSignature: '(origin, args, /)',
  slots: {
    tp_new: genericAlias_new,
    tp_repr: genericAlias_repr,
    tp_hash: genericAlias_hash,
    tp_richcompare: genericAlias_richcompare,
    tp_call: genericAlias_call,
    tp_getattro: genericAlias_getattro,
    tp_iter: (_t, self: PyGenericAlias) => new PyGenericAliasIterator(self),
    tp_alloc: (type) => new PyGenericAlias(type, null, newTuple([]), false),
    nb_or: makeUnion,
    mp_subscript: genericAlias_subscript,
  },
  methods: {
    __mro_entries__: [(_t, self: PyGenericAlias, _bases: Value) => newTuple([self.origin]), '($self, bases, /)', ''],
    __instancecheck__: [() => refuse('isinstance'), '($self, instance, /)', ''],
    __subclasscheck__: [() => refuse('issubclass'), '($self, cls, /)', ''],
    __reduce__: [genericAlias_reduce, '($self, /)', ''],
    __dir__: [genericAlias_dir, '($self, /)', ''],
  },
  getset: {
    __origin__: { get: (_t, self) => (self as PyGenericAlias).origin, member: true },
    __args__: { get: (_t, self) => (self as PyGenericAlias).args, member: true },
    __unpacked__: { get: (_t, self) => (self as PyGenericAlias).starred, member: true },
    __parameters__: { get: (t, self) => parametersOf(t, self as PyGenericAlias), doc: 'Type variables in the GenericAlias.' },
    __typing_unpacked_tuple_args__: { get: unpackedArguments, doc: '' },
  },
});

/** Gives `*alias` once. */
class PyGenericAliasIterator extends PyObject {
  alias: PyGenericAlias | null;
  constructor(alias: PyGenericAlias) {
    super(GENERIC_ALIAS_ITERATOR_TYPE);
    this.alias = alias;
  }
}

function genericAliasIterator_next(_t: Thread, self: PyGenericAliasIterator): Maybe {
  const { alias } = self;
  if (alias === null) return undefined;
  self.alias = null;
  return new PyGenericAlias(GENERIC_ALIAS_TYPE, alias.origin, alias.args, true);
}

function genericAliasIterator_reduce(t: Thread, self: PyGenericAliasIterator): Value {
  return newTuple([builtinNamed(t, 'iter'), newTuple([self.alias ?? newTuple([])])]);
}

readyType(GENERIC_ALIAS_ITERATOR_TYPE, {
  slots: { tp_iter: (_t, self) => self, tp_iternext: genericAliasIterator_next },
  methods: { __reduce__: [genericAliasIterator_reduce, '($self, /)', ''] },
});

