/** `TypeVar`, `ParamSpec`, `TypeVarTuple` and `P.args`, `P.kwargs`. Source: CPython Objects/typevarobject.c. */
import { NativeDefinition } from '../../core/native.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import { EQ, NE } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { getAttr } from '../../objects/attributes.ts';
import { richCompare } from '../../objects/compare.ts';
import { tableSetStr } from '../../objects/hash-table.ts';
import { DICT_GETSET } from '../../objects/instance-dict.ts';
import { getIterator, toArray } from '../../objects/iterate.ts';
import { newDict, newTuple, NOT_IMPLEMENTED } from '../../objects/make.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { str } from '../../objects/text.ts';
import { isTrue } from '../../objects/truth.ts';
import { asStr } from '../../objects/type-of.ts';
import { readyType, type GetSet, type MethodRow } from '../../objects/type-ready.ts';
import { callerModule, callTyping, Lazy, NO_DEFAULT, refuseSubclassing, unionOf, unpack } from './support.ts';

const SHARED = { module: 'typing', hasDict: true, hasWeakref: true } as const;
/** `typing.TypeVar` */
export const TYPEVAR_TYPE = staticType('TypeVar', SHARED);
/** `typing.ParamSpec` */
export const PARAMSPEC_TYPE = staticType('ParamSpec', SHARED);
/** `typing.TypeVarTuple` */
export const TYPEVARTUPLE_TYPE = staticType('TypeVarTuple', SHARED);
/** `typing.ParamSpecArgs` */
export const PARAMSPEC_ARGS_TYPE = staticType('ParamSpecArgs', { module: 'typing', hasWeakref: true });
/** `typing.ParamSpecKwargs` */
export const PARAMSPEC_KWARGS_TYPE = staticType('ParamSpecKwargs', { module: 'typing', hasWeakref: true });

/** How a parameter varies. */
export interface Variance {
  readonly covariant: boolean;
  readonly contravariant: boolean;
  readonly infer: boolean;
}

/** Of parameters made by syntax: inferred. */
export const INFERRED: Variance = { covariant: false, contravariant: false, infer: true };

/** Any of the three kinds of type parameter. */
export class PyTypeParameter extends PyObject {
  readonly name: string;
  readonly variance: Variance;
  readonly bound: Lazy;
  readonly constraints: Lazy;
  fallback: Lazy;
  constructor(type: PyType, name: string, variance: Variance, parts: { bound?: Lazy; constraints?: Lazy; fallback?: Lazy }) {
    super(type);
    const none = new Lazy(undefined, undefined);
    this.name = name;
    this.variance = variance;
    this.bound = parts.bound ?? none;
    this.constraints = parts.constraints ?? none;
    this.fallback = parts.fallback ?? none;
  }
}

function parameter_repr(_t: Thread, self: PyTypeParameter): string {
  const { covariant, contravariant, infer } = self.variance;
  return `${infer ? '' : covariant ? '+' : contravariant ? '-' : '~'}${self.name}`;
}

function varianceOf(t: Thread, covariant: Maybe, contravariant: Maybe, infer: Maybe): Variance {
  const is = (value: Maybe): boolean => value !== undefined && isTrue(t, value);
  const variance = { covariant: is(covariant), contravariant: is(contravariant), infer: is(infer) };
  if (variance.covariant && variance.contravariant) raiseValueError('Bivariant types are not supported.');
  if (variance.infer && (variance.covariant || variance.contravariant)) raiseValueError('Variance cannot be specified with infer_variance.');
  return variance;
}

/** Notes the module that made the parameter. */
function withModule(t: Thread, made: PyObject): Value {
  const module = callerModule(t);
  made.dict = newDict();
  if (module !== undefined) tableSetStr(made.dict.table, '__module__', module);
  return made;
}

function checkedBound(t: Thread, bound: Maybe): Lazy {
  if (bound === undefined || bound === null) return new Lazy(undefined, undefined);
  return new Lazy(callTyping(t, '_type_check', [bound, 'Bound must be a type.']), undefined);
}

function nameOf(value: Maybe, where: string): string {
  return asStr(value) ?? raiseTypeError(`${where}() argument 'name' must be str`);
}

const TYPEVAR_NEW = new NativeDefinition(
  'typevar', () => null, '(name, *constraints, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False)', '', 'method',
);

function typevar_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const [name, constraints, bound, fallback, covariant, contravariant, infer] = bindArguments(TYPEVAR_NEW, 'typevar', null, false, args, keywords) as
    [Maybe, Value[], Maybe, Maybe, Maybe, Maybe, Maybe];
  const variance = varianceOf(t, covariant, contravariant, infer);
  if (constraints.length === 1) raiseTypeError('A single constraint is not allowed');
  const lazyBound = checkedBound(t, bound);
  if (constraints.length > 0 && lazyBound.isSet) raiseTypeError('Constraints cannot be combined with bound=...');
  return withModule(t, new PyTypeParameter(type, nameOf(name, 'typevar'), variance, {
    bound: lazyBound, constraints: new Lazy(constraints.length > 0 ? newTuple(constraints) : undefined, undefined), fallback: defaultOf(fallback),
  }));
}

function defaultOf(value: Maybe): Lazy {
  return new Lazy(value === NO_DEFAULT ? undefined : value, undefined);
}

const PARAMSPEC_NEW = new NativeDefinition(
  'paramspec', () => null, '(name, *, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False)', '', 'method',
);

function paramspec_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const [name, bound, fallback, covariant, contravariant, infer] = bindArguments(PARAMSPEC_NEW, 'paramspec', null, false, args, keywords) as Maybe[];
  const variance = varianceOf(t, covariant, contravariant, infer);
  return withModule(t, new PyTypeParameter(type, nameOf(name, 'paramspec'), variance, { bound: checkedBound(t, bound), fallback: defaultOf(fallback) }));
}

const TYPEVARTUPLE_NEW = new NativeDefinition('typevartuple', () => null, '(name, *, default=typing.NoDefault)', '', 'method');

function typevartuple_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const [name, fallback] = bindArguments(TYPEVARTUPLE_NEW, 'typevartuple', null, false, args, keywords) as Maybe[];
  return withModule(t, new PyTypeParameter(type, nameOf(name, 'typevartuple'), INFERRED, { fallback: defaultOf(fallback) }));
}

/** `__typing_prepare_subst__` of TypeVar: adds the default where no argument is given. */
function typevar_prepare(t: Thread, self: PyTypeParameter, alias: Value, args: Value): Value {
  const parameters = getAttr(t, alias, '__parameters__');
  const given = toArray(t, args);
  const index = toArray(t, parameters).indexOf(self);
  if (index < given.length) return args;
  const fallback = self.fallback.get(t, NO_DEFAULT);
  if (index > given.length || fallback === NO_DEFAULT) raiseTypeError(`Too few arguments for ${str(t, alias)}`);
  return newTuple([...given, fallback]);
}

function forwarded(name: string): MethodRow[0] {
  return (t: Thread, self: Value, ...args: Value[]) => callTyping(t, name, [self, ...args]);
}

const COMMON_METHODS: Readonly<Record<string, MethodRow>> = {
  has_default: [(t: Thread, self: PyTypeParameter) => self.fallback.isSet && (self.fallback.evaluator !== null || self.fallback.get(t, NO_DEFAULT) !== NO_DEFAULT), '($self, /)', ''],
  __reduce__: [(_t: Thread, self: PyTypeParameter) => self.name, '($self, /)', ''],
};

const NAME_AND_DEFAULT: Readonly<Record<string, GetSet>> = {
  __name__: { get: (_t, self) => (self as PyTypeParameter).name, member: true },
  __default__: { get: (t, self) => (self as PyTypeParameter).fallback.get(t, NO_DEFAULT) },
  evaluate_default: { get: (_t, self) => (self as PyTypeParameter).fallback.evaluator },
  __dict__: DICT_GETSET,
};

const VARIANCE: Readonly<Record<string, GetSet>> = {
  __covariant__: { get: (_t, self) => (self as PyTypeParameter).variance.covariant, member: true },
  __contravariant__: { get: (_t, self) => (self as PyTypeParameter).variance.contravariant, member: true },
  __infer_variance__: { get: (_t, self) => (self as PyTypeParameter).variance.infer, member: true },
  __bound__: { get: (t, self) => (self as PyTypeParameter).bound.get(t, null) },
};

readyType(TYPEVAR_TYPE, {
  doc: 'Type variable.',
  slots: { tp_alloc: (type) => new PyTypeParameter(type, '', INFERRED, {}), tp_new: typevar_new, tp_repr: parameter_repr, nb_or: unionOf },
  methods: {
    __typing_subst__: [forwarded('_typevar_subst'), '($self, arg, /)', ''],
    __typing_prepare_subst__: [typevar_prepare, '($self, alias, args, /)', ''],
    __mro_entries__: refuseSubclassing('TypeVar'),
    ...COMMON_METHODS,
  },
  getset: {
    ...NAME_AND_DEFAULT,
    ...VARIANCE,
    __constraints__: { get: (t, self) => (self as PyTypeParameter).constraints.get(t, newTuple([])) },
    evaluate_bound: { get: (_t, self) => (self as PyTypeParameter).bound.evaluator },
    evaluate_constraints: { get: (_t, self) => (self as PyTypeParameter).constraints.evaluator },
  },
});

/** `P.args` or `P.kwargs` */
class PyParamSpecPart extends PyObject {
  readonly origin: Value;
  constructor(type: PyType, origin: Value) {
    super(type);
    this.origin = origin;
  }
}

for (const [type, word] of [[PARAMSPEC_ARGS_TYPE, 'args'], [PARAMSPEC_KWARGS_TYPE, 'kwargs']] as const) {
  readyType(type, {
    doc: `The ${word} for a ParamSpec object.`,
    slots: {
      tp_new: (_t, cls, args) => (args.length === 1 ? new PyParamSpecPart(cls, args[0]!) : raiseTypeError(`paramspec${word}() missing required argument 'origin' (pos 1)`)),
      tp_repr: (t, self: PyParamSpecPart) => `${self.origin instanceof PyTypeParameter ? self.origin.name : str(t, self.origin)}.${word}`,
      tp_richcompare: (t, self: PyParamSpecPart, other, op) =>
        (other instanceof PyParamSpecPart && other.type === self.type && (op === EQ || op === NE) ? richCompare(t, self.origin, other.origin, op) : NOT_IMPLEMENTED),
    },
    methods: { __mro_entries__: refuseSubclassing(type.name) },
    getset: { __origin__: { get: (_t, self) => (self as PyParamSpecPart).origin, member: true } },
    attributes: { __hash__: null },
  });
}

readyType(PARAMSPEC_TYPE, {
  doc: 'Parameter specification variable.',
  slots: { tp_alloc: (type) => new PyTypeParameter(type, '', INFERRED, {}), tp_new: paramspec_new, tp_repr: parameter_repr, nb_or: unionOf },
  methods: {
    __typing_subst__: [forwarded('_paramspec_subst'), '($self, arg, /)', ''],
    __typing_prepare_subst__: [forwarded('_paramspec_prepare_subst'), '($self, alias, args, /)', ''],
    __mro_entries__: refuseSubclassing('ParamSpec'),
    ...COMMON_METHODS,
  },
  getset: {
    ...NAME_AND_DEFAULT,
    ...VARIANCE,
    args: { get: (_t, self) => new PyParamSpecPart(PARAMSPEC_ARGS_TYPE, self), doc: 'Represents positional arguments.' },
    kwargs: { get: (_t, self) => new PyParamSpecPart(PARAMSPEC_KWARGS_TYPE, self), doc: 'Represents keyword arguments.' },
  },
});

readyType(TYPEVARTUPLE_TYPE, {
  doc: 'Type variable tuple.',
  slots: {
    tp_alloc: (type) => new PyTypeParameter(type, '', INFERRED, {}),
    tp_new: typevartuple_new,
    tp_repr: (_t, self: PyTypeParameter) => self.name,
    tp_iter: (t, self) => getIterator(t, newTuple([unpack(t, self)])),
    nb_or: unionOf,
  },
  methods: {
    __typing_subst__: [() => raiseTypeError('Substitution of bare TypeVarTuple is not supported'), '($self, arg, /)', ''],
    __typing_prepare_subst__: [forwarded('_typevartuple_prepare_subst'), '($self, alias, args, /)', ''],
    __mro_entries__: refuseSubclassing('TypeVarTuple'),
    ...COMMON_METHODS,
  },
  getset: NAME_AND_DEFAULT,
});
