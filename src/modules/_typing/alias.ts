/** `typing.TypeAliasType` (Objects/typevarobject.c). */
import { PyTuple } from '../../core/containers.ts';
import { NativeDefinition } from '../../core/native.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { lookupAttr } from '../../objects/attributes.ts';
import { newGenericAlias } from '../../objects/generic-alias-record.ts';
import { getIterator } from '../../objects/iterate.ts';
import { newTuple } from '../../objects/make.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { raiseTypeError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { repr } from '../../objects/text.ts';
import { asStr } from '../../objects/type-of.ts';
import { readyType } from '../../objects/type-ready.ts';
import { PyTypeParameter, TYPEVARTUPLE_TYPE } from './parameters.ts';
import { callerModule, Lazy, unionOf, unpack } from './support.ts';

/** `typing.TypeAliasType` */
export const TYPE_ALIAS_TYPE = staticType('TypeAliasType', { module: 'typing', hasWeakref: true });

/** A type alias; `module` undefined means that of the evaluate function. */
export class PyTypeAlias extends PyObject {
  readonly name: string;
  readonly parameters: PyTuple;
  readonly value: Lazy;
  readonly module: Maybe;
  constructor(name: string, parameters: PyTuple, value: Lazy, module: Maybe) {
    super(TYPE_ALIAS_TYPE);
    this.name = name;
    this.parameters = parameters;
    this.value = value;
    this.module = module;
  }
}

/** Type parameters with each TypeVarTuple unpacked. */
export function unpackTypeVarTuples(t: Thread, parameters: PyTuple): PyTuple {
  if (!parameters.items.some((item) => item instanceof PyObject && item.type === TYPEVARTUPLE_TYPE)) return parameters;
  return newTuple(parameters.items.map((item) => (item instanceof PyObject && item.type === TYPEVARTUPLE_TYPE ? unpack(t, item) : item)));
}

const NEW = new NativeDefinition('typealias', () => null, '(name, value, *, type_params=<unrepresentable>)', '', 'method');

function checkParameters(t: Thread, parameters: PyTuple): void {
  let seenDefault = false;
  for (const item of parameters.items) {
    if (!(item instanceof PyTypeParameter)) raiseTypeError(`Expected a type param, got ${repr(t, item)}`);
    if (item.fallback.isSet) seenDefault = true;
    else if (seenDefault) raiseTypeError(`non-default type parameter '${repr(t, item)}' follows default type parameter`);
  }
}

function alias_new(t: Thread, _type: PyType, args: Value[], keywords: KeywordNames): Value {
  const [name, value, parameters] = bindArguments(NEW, 'typealias', null, false, args, keywords) as Maybe[];
  if (parameters !== undefined && !(parameters instanceof PyTuple)) raiseTypeError('type_params must be a tuple');
  const list = parameters instanceof PyTuple ? parameters : newTuple([]);
  checkParameters(t, list);
  const text = asStr(name) ?? raiseTypeError("typealias() argument 'name' must be str");
  const module = callerModule(t);
  return new PyTypeAlias(text, list, new Lazy(value, undefined), module === undefined ? null : module);
}

function moduleOf(t: Thread, self: PyTypeAlias): Value {
  if (self.module !== undefined) return self.module;
  const module = lookupAttr(t, self.value.evaluator, '__module__');
  return module === undefined ? null : module;
}

readyType(TYPE_ALIAS_TYPE, {
  doc: 'Type alias.',
  slots: {
    tp_new: alias_new,
    tp_repr: (_t, self: PyTypeAlias) => self.name,
    tp_iter: (t, self) => getIterator(t, newTuple([unpack(t, self)])),
    nb_or: unionOf,
    mp_subscript: (_t, self: PyTypeAlias, item) =>
      (self.parameters.items.length === 0 ? raiseTypeError('Only generic type aliases are subscriptable') : newGenericAlias(self, item)),
  },
  methods: { __reduce__: [(_t: Thread, self: PyTypeAlias) => self.name, '($self, /)', ''] },
  getset: {
    __name__: { get: (_t, self) => (self as PyTypeAlias).name, member: true },
    __value__: { get: (t, self) => (self as PyTypeAlias).value.get(t, null) },
    __type_params__: { get: (_t, self) => (self as PyTypeAlias).parameters },
    __parameters__: { get: (t, self) => unpackTypeVarTuples(t, (self as PyTypeAlias).parameters) },
    __module__: { get: (t, self) => moduleOf(t, self as PyTypeAlias) },
    evaluate_value: { get: (_t, self) => (self as PyTypeAlias).value.evaluator },
  },
});
