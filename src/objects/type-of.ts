/** The class of a value, and tests on classes. */
import { PyType } from '../core/type.ts';
import { PyFloat, PyIntObject, PyStrObject } from '../core/scalars.ts';
import type { Int, Maybe, Value } from '../core/value.ts';
import { BOOL_TYPE, FLOAT_TYPE, INT_TYPE, NONE_TYPE, STR_TYPE } from './static-types.ts';

/** The class of `value` (`type(value)`). @hot every generic operation */
export function typeOf(value: Value): PyType {
  switch (typeof value) {
    case 'object':
      return value === null ? NONE_TYPE : value.type;
    case 'string':
      return STR_TYPE;
    case 'boolean':
      return BOOL_TYPE;
    default:
      return INT_TYPE;
  }
}

/** The type's name in messages, CPython's `tp_name`: with the module for types of native modules. */
export function shownTypeName(type: PyType): string {
  return type.flags.heapType || type.module === 'builtins' ? type.name : `${type.module}.${type.name}`;
}

/** Whether `type` is `base` or inherits from it (by MRO; ignores `__subclasscheck__`). */
export function isSubtype(type: PyType, base: PyType): boolean {
  return type === base || type.mro.includes(base);
}

/** Whether `value` is an instance of `type` or of a subclass (ignores `__instancecheck__`). */
export function isInstance(value: Value, type: PyType): boolean {
  const own = typeOf(value);
  return own === type || isSubtype(own, type);
}

/** The integer value of an int, bool or instance of an int subclass; undefined for anything else. */
export function asInt(value: Maybe): Int | undefined {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'object':
      return value instanceof PyIntObject ? value.value : undefined;
    default:
      return undefined;
  }
}

/** The text of a str or of an instance of a str subclass; undefined for anything else. */
export function asStr(value: Maybe): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof PyStrObject ? value.value : undefined;
}

/** The number in a float (or float subclass instance); undefined for anything else. */
export function asFloat(value: Maybe): number | undefined {
  return value instanceof PyFloat ? value.value : undefined;
}

/** Whether `value` is exactly a float, not an instance of a subclass. */
export function isExactFloat(value: Maybe): value is PyFloat {
  return value instanceof PyFloat && value.type === FLOAT_TYPE;
}
