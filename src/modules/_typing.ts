/** `_typing`: the types of type parameters, and what the compiler's intrinsics for PEP 695 call (Modules/_typingmodule.c, Objects/typevarobject.c). */
import { PyTuple } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { newTuple } from '../objects/make.ts';
import { staticType, UNION_TYPE } from '../objects/static-types.ts';
import { asStr } from '../objects/type-of.ts';
import { readyType } from '../objects/type-ready.ts';
import { PyTypeAlias, TYPE_ALIAS_TYPE, unpackTypeVarTuples } from './_typing/alias.ts';
import {
  INFERRED, PARAMSPEC_ARGS_TYPE, PARAMSPEC_KWARGS_TYPE, PARAMSPEC_TYPE, PyTypeParameter, TYPEVAR_TYPE, TYPEVARTUPLE_TYPE,
} from './_typing/parameters.ts';
import { callTyping, lazyFrom, NO_DEFAULT } from './_typing/support.ts';
import type { NativeModule } from './native-module.ts';

const GENERIC_TYPE = staticType('Generic', { module: 'typing', baseType: true });

readyType(GENERIC_TYPE, {
  doc: 'Abstract base class for generic types.',
  methods: {
    __class_getitem__: [
      (t: Thread, cls: Value, args: Value[], keywords: Map<string, Value>) => callTyping(t, '_generic_class_getitem', [cls, ...args, ...keywords.values()], [...keywords.keys()]),
      '!($type, /, *args, **kwargs)', 'Parameterizes a generic class.', 'class',
    ],
    __init_subclass__: [
      (t: Thread, cls: Value, args: Value[], keywords: Map<string, Value>) => callTyping(t, '_generic_init_subclass', [cls, ...args, ...keywords.values()], [...keywords.keys()]),
      '!($type, /, *args, **kwargs)', 'Function to initialize subclasses.', 'class',
    ],
  },
});

function typing_makeTypevar(_t: Thread, name: Value, bound: Value, constraints: Value): Value {
  return new PyTypeParameter(TYPEVAR_TYPE, asStr(name)!, INFERRED, { bound: lazyFrom(bound), constraints: lazyFrom(constraints) });
}

function typing_setDefault(_t: Thread, parameter: Value, evaluate: Value): Value {
  (parameter as PyTypeParameter).fallback = lazyFrom(evaluate);
  return parameter;
}

function typing_subscriptGeneric(t: Thread, parameters: Value): Value {
  const list = parameters instanceof PyTuple ? parameters : newTuple([parameters]);
  return callTyping(t, '_GenericAlias', [GENERIC_TYPE, unpackTypeVarTuples(t, list)]);
}

function typing_makeAlias(_t: Thread, name: Value, parameters: Value, evaluate: Value): Value {
  return new PyTypeAlias(asStr(name)!, parameters instanceof PyTuple ? parameters : newTuple([]), lazyFrom(evaluate), undefined);
}

/** The table; the underscored makers are for the compiler's intrinsics only. */
export const TYPING_MODULE: NativeModule = {
  name: '_typing',
  doc: 'Primitives and accelerators for the typing module.\n',
  types: {
    TypeVar: TYPEVAR_TYPE, ParamSpec: PARAMSPEC_TYPE, TypeVarTuple: TYPEVARTUPLE_TYPE, ParamSpecArgs: PARAMSPEC_ARGS_TYPE,
    ParamSpecKwargs: PARAMSPEC_KWARGS_TYPE, TypeAliasType: TYPE_ALIAS_TYPE, Generic: GENERIC_TYPE, Union: UNION_TYPE,
  },
  attributes: () => ({ NoDefault: NO_DEFAULT }),
  functions: {
    _idfunc: [(_t: Thread, x: Value) => x, '($module, x, /)', ''],
    _make_typevar: [typing_makeTypevar, '!($module, name, evaluate_bound, evaluate_constraints, /)', ''],
    _make_paramspec: [(_t: Thread, name: Value) => new PyTypeParameter(PARAMSPEC_TYPE, asStr(name)!, INFERRED, {}), '!($module, name, /)', ''],
    _make_typevartuple: [(_t: Thread, name: Value) => new PyTypeParameter(TYPEVARTUPLE_TYPE, asStr(name)!, INFERRED, {}), '!($module, name, /)', ''],
    _make_typealias: [typing_makeAlias, '!($module, name, type_params, evaluate_value, /)', ''],
    _set_typeparam_default: [typing_setDefault, '!($module, param, evaluate, /)', ''],
    _subscript_generic: [typing_subscriptGeneric, '!($module, params, /)', ''],
  },
};
