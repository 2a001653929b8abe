/** `_json`: the fast parts of `json` (Modules/_json.c). */
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { codePointIndex, strLength, unitOffset } from '../objects/algorithms/str-code-points.ts';
import { newTuple } from '../objects/make.ts';
import { sizeArgument } from '../objects/native-arguments.ts';
import { raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { isTrue } from '../objects/truth.ts';
import { asStr } from '../objects/type-of.ts';
import { ENCODER_TYPE } from './_json/encoder.ts';
import { SCANNER_TYPE } from './_json/scanner.ts';
import { encodeAscii, encodePlain, scanString } from './_json/strings.ts';
import type { NativeModule } from './native-module.ts';

function requireText(value: Value): string {
  return asStr(value) ?? raiseTypeError(`first argument must be a string, not ${typeName(value)}`);
}

function json_scanstring(t: Thread, string: Value, end: Value, strict?: Value): Value {
  const text = requireText(string);
  const index = sizeArgument(t, end, 0);
  if (index < 0 || index > strLength(text)) raiseValueError('end is out of bounds');
  const scanned = scanString(t, text, unitOffset(text, index), strict === undefined || isTrue(t, strict));
  return newTuple([scanned.text, codePointIndex(text, scanned.end)]);
}

/** The table. */
export const JSON_MODULE: NativeModule = {
  name: '_json',
  doc: 'json speedups\n',
  types: { make_scanner: SCANNER_TYPE, make_encoder: ENCODER_TYPE },
  functions: {
    encode_basestring_ascii: [(_t: Thread, string: Value) => encodeAscii(requireText(string)), '!($module, string, /)', 'encode_basestring_ascii(string) -> string\n\nReturn an ASCII-only JSON representation of a Python string'],
    encode_basestring: [(_t: Thread, string: Value) => encodePlain(requireText(string)), '!($module, string, /)', 'encode_basestring(string) -> string\n\nReturn a JSON representation of a Python string'],
    scanstring: [json_scanstring, '!($module, string, end, strict=True, /)', 'scanstring(string, end, strict=True) -> (string, end)\n\nScan the string s for a JSON string.'],
  },
};
