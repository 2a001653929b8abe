/** `str()`, `repr()`, `ascii()`, `format()` of any value. */
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { callSpecial } from './call.ts';
import { raiseOverflowError, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { enterNative, leaveNative } from './recursion.ts';
import { asStr, isExactFloat, typeOf } from './type-of.ts';
import { identityOf } from './identity.ts';
import { FormatFailure, formatFloat, formatInt, formatStr } from './algorithms/format-spec.ts';
import { asciiRepr, strRepr } from './algorithms/str-repr.ts';

/** `0x7f...`: an identity as reprs show it. */
export function addressOf(value: Value): string {
  return `0x${identityOf(value).toString(16)}`;
}

/** `repr(value)`. */
export function repr(t: Thread, value: Value): string {
  if (typeof value === 'string') return strRepr(value);
  if (typeof value === 'number') return String(value);
  const slot = typeOf(value).slots.tp_repr;
  if (slot === null) return `<${typeName(value)} object at ${addressOf(value)}>`;
  enterNative(t, ' while getting the repr of an object');
  try {
    return slot(t, value);
  } finally {
    leaveNative(t);
  }
}

/** `str(value)`. */
export function str(t: Thread, value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const slot = typeOf(value).slots.tp_str;
  if (slot === null) return repr(t, value);
  enterNative(t, ' while getting the str of an object');
  try {
    return slot(t, value);
  } finally {
    leaveNative(t);
  }
}

/** `ascii(value)`. */
export function ascii(t: Thread, value: Value): string {
  return typeof value === 'string' ? asciiRepr(value) : asciiOnly(repr(t, value));
}

function asciiOnly(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (c) => {
    const code = c.codePointAt(0)!;
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
    if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
    return `\\U${code.toString(16).padStart(8, '0')}`;
  });
}

/** What `__format__` of an exact str, int or float gives for a specification that is not empty; undefined for other values. */
function formatExact(t: Thread, value: Value, spec: string): string | FormatFailure | undefined {
  if (spec === '') return undefined;
  if (typeof value === 'string') return formatStr(value, spec);
  if (typeof value === 'number') return formatInt(value, spec, 'int', t.interpreter.intMaxStrDigits);
  return isExactFloat(value) ? formatFloat(value.value, spec) : undefined;
}

/** Raises what formatting came upon. */
export function raiseFormatFailure(failure: FormatFailure): never {
  return failure.kind === 'OverflowError' ? raiseOverflowError(failure.message) : raiseValueError(failure.message);
}

/** `format(value, spec)`. */
export function format(t: Thread, value: Value, spec: string): string {
  if (spec === '') {
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
  }
  const known = formatExact(t, value, spec);
  if (known !== undefined) return known instanceof FormatFailure ? raiseFormatFailure(known) : known;
  const result = callSpecial(t, value, '__format__', [spec]);
  if (result === undefined) raiseTypeError(`Type ${typeName(value)} doesn't define __format__`);
  const text = asStr(result);
  return text ?? raiseTypeError(`__format__ must return a str, not ${typeName(result)}`);
}
