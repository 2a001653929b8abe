/** Conversions of f-strings, and the objects of t-strings (PEP 750). */
import { CONVERSIONS } from '../bytecode/operands.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { call } from '../objects/call.ts';
import { INTERPOLATION_TYPE, TEMPLATE_TYPE } from '../objects/static-types.ts';
import { ascii, repr, str } from '../objects/text.ts';
import { toArray } from '../objects/iterate.ts';

/** `!s`, `!r`, `!a` by CONVERT_VALUE's operand. */
export function convertValue(t: Thread, operand: number, value: Value): Value {
  switch (CONVERSIONS[operand]) {
    case 'str': return str(t, value);
    case 'repr': return repr(t, value);
    default: return ascii(t, value);
  }
}

const CONVERSION_LETTERS = [null, 's', 'r', 'a'];

/** `string.templatelib.Interpolation` of a t-string; `conversion` as CONVERT_VALUE's operand. */
export function buildInterpolation(t: Thread, value: Value, text: Value, conversion: number, spec: Value): Value {
  return call(t, INTERPOLATION_TYPE, [value, text, CONVERSION_LETTERS[conversion] ?? null, spec]);
}

/** `string.templatelib.Template` of the texts between and the interpolations. */
export function buildTemplate(t: Thread, strings: Value, interpolations: Value): Value {
  const texts = toArray(t, strings);
  const parts: Value[] = [];
  toArray(t, interpolations).forEach((interpolation, i) => parts.push(texts[i]!, interpolation));
  parts.push(texts[texts.length - 1]!);
  return call(t, TEMPLATE_TYPE, parts);
}
