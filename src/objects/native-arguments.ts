/** Argument conversions that many native functions share, with Argument Clinic's messages. Source: CPython Python/getargs.c, Python/modsupport.c. */
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { OverflowError } from './exception-types.ts';
import { toClippedSize, toIndex } from './operators.ts';
import { raise, raiseOverflowError, raiseTypeError, typeName } from './raise.ts';
import { asStr, typeOf } from './type-of.ts';

/** Py_ssize_t is below this. */
const SSIZE_LIMIT = 2 ** 63;

/** The type of an argument for messages: None is called by name. */
export function argumentTypeName(value: Value): string {
  return value === null ? 'None' : typeName(value);
}

/** A str argument; `where` is as "find() argument 1". */
export function strArgument(value: Value, where: string): string {
  return asStr(value) ?? raiseTypeError(`${where} must be str, not ${argumentTypeName(value)}`);
}

/** An optional str argument. */
export function optionalStr(value: Maybe, where: string): string | undefined {
  return value === undefined ? undefined : strArgument(value, where);
}

/** An index argument of C type Py_ssize_t; `fallback` when omitted. Beyond 2**53 it is only about right, and larger than anything that can be. */
export function sizeArgument(t: Thread, value: Maybe, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value === 'number') return value;
  const index = toIndex(t, value);
  if (index >= SSIZE_LIMIT || index < -SSIZE_LIMIT) raise(OverflowError, 'Python int too large to convert to C ssize_t');
  return Number(index);
}

/** An int argument of C type int; `fallback` when omitted. */
export function intArgument(t: Thread, value: Maybe, fallback: number): number {
  if (value === undefined) return fallback;
  const index = toIndex(t, value);
  if (typeof index !== 'number' || (index | 0) !== index) raiseOverflowError('Python int too large to convert to C int');
  return index;
}

/** A `start` or `end` argument, None included; clipped into the safe range. */
export function boundArgument(t: Thread, value: Maybe, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'number') return value;
  if (typeOf(value).slots.nb_index === null) raiseTypeError('slice indices must be integers or None or have an __index__ method');
  return toClippedSize(t, value);
}
