/** The class of a value, and tests on classes. */
import { PyType } from '../core/type.ts';
import { PyFloat, PyIntObject, PyStrObject } from '../core/scalars.ts';
import type { Int, Maybe, Value } from '../core/value.ts';
import { BOOL_TYPE, FLOAT_TYPE, INT_TYPE, NONE_TYPE, STR_TYPE } from './static-types.ts';

/** The class of `value` (`type(value)`). @hot every generic operation */
export function typeOf(value: Value): PyType {
  // No `switch`: for one V8 makes the string that `typeof` gives, by a call.
  if (typeof value === 'object') return value === null ? NONE_TYPE : value.type;
  if (typeof value === 'string') return STR_TYPE;
  return typeof value === 'boolean' ? BOOL_TYPE : INT_TYPE;
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
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof PyIntObject ? value.value : undefined;
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
