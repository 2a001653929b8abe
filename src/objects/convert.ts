/** `int`, `float` and `str` of builtin values, which run no Python code. */
import { PyBaseException } from '../core/exception.ts';
import type { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { floatRepr } from './algorithms/float-repr.ts';
import { floatOfText } from './float.ts';
import { intOfText } from './int.ts';
import { newFloat } from './make.ts';
import { FLOAT_TYPE, INT_TYPE, STR_TYPE } from './static-types.ts';
import { isExactFloat } from './type-of.ts';

/** `type(value)` of numbers and texts, or the ValueError to be raised for a text that is no number; undefined for all other classes and values. @hot `str(number)`, `int(number)` */
export function convertBuiltin(t: Thread, type: PyType, value: Value): Maybe | PyBaseException {
  if (type === STR_TYPE) {
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    if (isExactFloat(value)) return floatRepr(value.value);
  } else if (type === INT_TYPE) {
    if (typeof value === 'number') return value;
    if (isExactFloat(value) && Math.abs(value.value) <= Number.MAX_SAFE_INTEGER) return Math.trunc(value.value) + 0;
    if (typeof value === 'string') return intOfText(t, value);
  } else if (type === FLOAT_TYPE) {
    if (typeof value === 'number') return newFloat(value);
    if (isExactFloat(value)) return value;
    if (typeof value === 'string') return floatOfText(value);
  }
  return undefined;
}
