/** `__static__`: the module that asks for the pack, its types, and what makes fields typed. */
import { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { newModuleFunction, type NativeModule } from '../../modules/native-module.ts';
import { newFloat } from '../../objects/make.ts';
import { raiseTypeError, typeName } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { readyType } from '../../objects/type-ready.ts';
import { asStr } from '../../objects/type-of.ts';
import { PyFloat } from '../../core/scalars.ts';
import { makeTypedField } from './fields.ts';
import { STATIC } from './module-types.ts';
import { doubleToInt64, toDouble, toInt64, type Primitive } from './primitives.ts';

function oneArgument(name: string, args: readonly Value[]): Value {
  return args.length === 1 ? args[0]! : raiseTypeError(`${name}() takes exactly one argument (${args.length} given)`);
}

/** In untyped code the types make ordinary ints and floats. */
const INT64_TYPE = readyType(staticType('int64', { module: STATIC }), {
  doc: 'An integer of 64 bits, as in C: the type of variables, parameters and fields. int64(x) checks an int and cuts a float.',
  slots: { tp_new: (_t, _type, args) => { const value = oneArgument('int64', args); return value instanceof PyFloat ? doubleToInt64(value.value) : toInt64(value, 'int64() argument'); } },
});

const DOUBLE_TYPE = readyType(staticType('double', { module: STATIC }), {
  doc: 'A floating-point number of 64 bits, as in C: the type of variables, parameters and fields. double(x) takes a float or an int.',
  slots: { tp_new: (_t, _type, args) => newFloat(toDouble(oneArgument('double', args), 'double() argument')) },
});

/** A decorator that makes members of a class typed fields. */
function typed_fields(_t: Thread, fields: Map<string, Value>): Value {
  return newModuleFunction(STATIC, 'typed_fields', [
    (_tt: Thread, cls: Value): Value => {
      if (!(cls instanceof PyType)) raiseTypeError(`typed_fields() decorates classes, not ${typeName(cls)}`);
      for (const [name, kind] of fields) {
        const text = asStr(kind);
        if (text !== 'int64' && text !== 'double') raiseTypeError("a typed field is 'int64' or 'double'");
        makeTypedField(cls, name, text satisfies Primitive);
      }
      return cls;
    },
    '!($module, cls, /)', 'Make members typed fields.',
  ]);
}

/** The table. */
export const STATIC_MODULE: NativeModule = {
  name: STATIC,
  doc: 'Primitive types for statically typed functions (docs/static-pack.md).',
  types: { int64: INT64_TYPE, double: DOUBLE_TYPE },
  functions: { typed_fields: [typed_fields, '!($module, /, **fields)', 'Return a decorator that makes members of a class typed fields.'] },
};
