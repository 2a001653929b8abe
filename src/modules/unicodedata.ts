/** `unicodedata` (Modules/unicodedata.c): today's Unicode, and 3.2 as `ucd_3_2_0`. */
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { decimalValue, digitValue } from '../objects/algorithms/unicode/ctype.ts';
import {
  characterRecord, decompositionText, numericValue, oldDecompositionText, oldNumericValue, oldRecord, type CharacterRecord,
} from '../objects/algorithms/unicode/database.ts';
import { characterName, lookupName } from '../objects/algorithms/unicode/names.ts';
import { normalize, type NormalForm } from '../objects/algorithms/unicode/normalize.ts';
import { newFloat } from '../objects/make.ts';
import { raiseKeyError, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { asStr } from '../objects/type-of.ts';
import { readyType, type MethodRow } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';

const UCD_TYPE = staticType('UCD', { module: 'unicodedata', disallowInstantiation: true });
class PyUcd extends PyObject {}

function codePoint(value: Value, name: string): number {
  const text = asStr(value);
  if (text === undefined) raiseTypeError(`${name}() argument${name === 'name' || name === 'numeric' || name === 'decimal' || name === 'digit' ? ' 1' : ''} must be a unicode character, not ${typeName(value)}`);
  const points = [...text];
  if (points.length !== 1) raiseTypeError(`${name}(): argument must be a unicode character, not a string of length ${points.length}`);
  return text.codePointAt(0)!;
}

type Record = Omit<CharacterRecord, 'numericIndex'>;

function orFallback(value: Maybe, fallback: Maybe, message: string): Value {
  if (value !== undefined) return value;
  return fallback === undefined ? raiseValueError(message) : fallback;
}

function formOf(value: Value): NormalForm {
  const form = asStr(value);
  return form === 'NFC' || form === 'NFD' || form === 'NFKC' || form === 'NFKD' ? form : raiseValueError('invalid normalization form');
}

function textOf(value: Value, name: string): string {
  return asStr(value) ?? raiseTypeError(`${name}() argument 2 must be str, not ${typeName(value)}`);
}

function lookup(value: Value): Value {
  const name = asStr(value) ?? raiseTypeError(`lookup() argument must be str, not ${typeName(value)}`);
  return lookupName(name, /* sequences */ true) ?? raiseKeyError(`undefined character name '${name}'`);
}

/** The functions for one version of Unicode; `self` is there for methods of `UCD`, which pass it first. */
function table(old: boolean): { readonly [name: string]: MethodRow } {
  const self = old ? '$self' : '$module';
  const record = (c: number): Record => (old ? oldRecord(c) : characterRecord(c));
  const assigned = (c: number): boolean => !old || oldRecord(c).category !== 'Cn';
  const row = (run: (...args: Value[]) => Value, parameters: string, doc: string): MethodRow => [
    old ? (_t: Thread, _self: Value, ...args: Value[]) => run(...args) : (_t: Thread, ...args: Value[]) => run(...args), `(${self}, ${parameters}, /)`, doc,
  ];
  const number = (value: number): Maybe => (value < 0 ? undefined : value);
  return {
    decimal: row((chr, fallback) => { const c = codePoint(chr!, 'decimal'); return orFallback(assigned(c) ? number(decimalValue(c)) : undefined, fallback, 'not a decimal'); }, 'chr, default=<unrepresentable>', 'Converts a Unicode character into its equivalent decimal value.'),
    digit: row((chr, fallback) => orFallback(number(digitValue(codePoint(chr!, 'digit'))), fallback, 'not a digit'), 'chr, default=<unrepresentable>', 'Converts a Unicode character into its equivalent digit value.'),
    numeric: row((chr, fallback) => {
      const c = codePoint(chr!, 'numeric');
      const value = old ? oldNumericValue(c) : numericValue(c);
      return orFallback(value === undefined ? undefined : newFloat(value), fallback, 'not a numeric character');
    }, 'chr, default=<unrepresentable>', 'Converts a Unicode character into its equivalent numeric value.'),
    category: row((chr) => record(codePoint(chr!, 'category')).category, 'chr', 'Returns the general category assigned to the character chr as string.'),
    bidirectional: row((chr) => record(codePoint(chr!, 'bidirectional')).bidirectional, 'chr', 'Returns the bidirectional class assigned to the character chr as string.'),
    combining: row((chr) => record(codePoint(chr!, 'combining')).combining, 'chr', 'Returns the canonical combining class assigned to the character chr as integer.'),
    mirrored: row((chr) => record(codePoint(chr!, 'mirrored')).mirrored, 'chr', 'Returns the mirrored property assigned to the character chr as integer.'),
    east_asian_width: row((chr) => record(codePoint(chr!, 'east_asian_width')).eastAsianWidth, 'chr', 'Returns the east asian width assigned to the character chr as string.'),
    decomposition: row((chr) => { const c = codePoint(chr!, 'decomposition'); return old ? oldDecompositionText(c) : decompositionText(c); }, 'chr', 'Returns the character decomposition mapping assigned to the character chr as string.'),
    normalize: row((form, text) => normalize(formOf(form!), textOf(text!, 'normalize'), old), 'form, unistr', "Return the normal form 'form' for the Unicode string unistr."),
    is_normalized: row((form, text) => normalize(formOf(form!), textOf(text!, 'is_normalized'), old) === asStr(text), 'form, unistr', "Return whether the Unicode string unistr is in the normal form 'form'."),
    name: row((chr, fallback) => { const c = codePoint(chr!, 'name'); return orFallback(assigned(c) ? characterName(c) : undefined, fallback, 'no such name'); }, 'chr, default=<unrepresentable>', 'Returns the name assigned to the character chr as a string.'),
    lookup: row((name) => lookup(name!), 'name', 'Look up character by name.'),
  };
}

readyType(UCD_TYPE, { methods: table(/* old */ true), getset: { unidata_version: { get: () => '3.2.0', member: true } } });

/** The table. */
export const UNICODEDATA_MODULE: NativeModule = {
  name: 'unicodedata',
  doc: 'This module provides access to the Unicode Character Database.',
  types: { UCD: UCD_TYPE },
  attributes: () => ({ unidata_version: '16.0.0', ucd_3_2_0: new PyUcd(UCD_TYPE) }),
  functions: table(/* old */ false),
};
