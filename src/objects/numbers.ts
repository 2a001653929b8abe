/** Conversions between numbers of all types, as abstract operations. Source: CPython Objects/abstract.c, Objects/floatobject.c. */
import { PyComplex, PyFloat } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Value } from '../core/value.ts';
import { intToDouble } from './algorithms/int-arith.ts';
import { callSpecial } from './call.ts';
import { DeprecationWarning } from './exception-types.ts';
import { toIndex } from './operators.ts';
import { raiseOverflowError, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { asInt, typeOf } from './type-of.ts';
import { FLOAT_TYPE } from './static-types.ts';
import { warn } from './warn-hook.ts';

/** float(int); raises OverflowError when it is too large. */
export function doubleOfInt(value: Int): number {
  if (typeof value === 'number') return value;
  const double = intToDouble(value);
  return Number.isFinite(double) ? double : raiseOverflowError('int too large to convert to float');
}

/** The double of a float or int operand; undefined for other types. Raises OverflowError for large ints. */
export function operandDouble(value: Value): number | undefined {
  if (value instanceof PyFloat) return value.value;
  const int = asInt(value);
  return int === undefined ? undefined : doubleOfInt(int);
}

/** What `__float__` returns, as a double. */
export function floatSlotResult(t: Thread, value: Value, slot: (t: Thread, self: Value) => Value): number {
  const result = slot(t, value);
  if (!(result instanceof PyFloat)) raiseTypeError(`${typeName(value)}.__float__ returned non-float (type ${typeName(result)})`);
  if (result.type !== FLOAT_TYPE) {
    const text = `${typeName(value)}.__float__ returned non-float (type ${typeName(result)}).  The ability to return an instance of a strict subclass of float is deprecated, and may be removed in a future version of Python.`;
    warn(t, DeprecationWarning, text);
  }
  return result.value;
}

/** PyFloat_AsDouble: a float, or what `__float__` or `__index__` give; raises TypeError otherwise. */
export function toDouble(t: Thread, value: Value): number {
  if (value instanceof PyFloat) return value.value;
  const int = asInt(value);
  if (int !== undefined) return doubleOfInt(int);
  const { nb_float: toFloat, nb_index: index } = typeOf(value).slots;
  if (toFloat !== null) return floatSlotResult(t, value, toFloat);
  if (index !== null) return doubleOfInt(toIndex(t, value));
  return raiseTypeError(`must be real number, not ${typeName(value)}`);
}

/** What `__complex__` returns; undefined when the class has none. */
export function complexByMethod(t: Thread, value: Value): PyComplex | undefined {
  if (!typeOf(value).flags.heapType) return undefined;
  const result = callSpecial(t, value, '__complex__', []);
  if (result === undefined) return undefined;
  return result instanceof PyComplex ? result : raiseTypeError(`${typeName(value)}.__complex__() must return a complex, not ${typeName(result)}`);
}

/** PyComplex_AsCComplex: real and imaginary part of any number. */
export function toComplexParts(t: Thread, value: Value): { real: number; imag: number } {
  if (value instanceof PyComplex) return value;
  return complexByMethod(t, value) ?? { real: toDouble(t, value), imag: 0 };
}

/** int(double) by truncation; raises for NaN and infinities. */
export function intOfDouble(value: number): Int {
  if (Number.isFinite(value)) {
    const whole = Math.trunc(value) + 0;
    return Number.isSafeInteger(whole) ? whole : BigInt(whole);
  }
  if (value !== value) raiseValueError('cannot convert float NaN to integer');
  return raiseOverflowError('cannot convert float infinity to integer');
}
