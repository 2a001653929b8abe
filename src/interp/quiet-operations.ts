/**
 * Operations that run no Python code and look at no frame, so that compiled code needs no record for them: of strs, of the keys of sets and dicts, and of classes. What they
 * cannot decide, or what is to raise, they leave to the general operation: they give undefined.
 */
import { PyTuple, type PyDict, type PySet } from '../core/containers.ts';
import { PyType } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import { hasSurrogates, strCharAt, strLength, strSlice } from '../objects/algorithms/str-code-points.ts';
import { strContains } from '../objects/algorithms/str-search.ts';
import { tableFindSimple } from '../objects/hash-table.ts';
import { isWhatItSays } from '../objects/type.ts';
import { TUPLE_TYPE, TYPE_TYPE } from '../objects/static-types.ts';
import { isSubtype, typeOf } from '../objects/type-of.ts';

/** `text[index]`. @hot scanners */
export function quietItem(text: string, index: number): string | undefined {
  if (!hasSurrogates(text)) return index < 0 ? text[index + text.length] : text[index];
  const length = strLength(text);
  const at = index < 0 ? index + length : index;
  return at >= 0 && at < length ? strCharAt(text, at) : undefined;
}

function bound(index: number | null, length: number, missing: number): number {
  if (index === null) return missing;
  return index < 0 ? Math.max(0, index + length) : Math.min(index, length);
}

/** `text[start:stop]`. @hot scanners */
export function quietSlice(text: string, start: number | null, stop: number | null): string {
  const length = strLength(text);
  const from = bound(start, length, 0);
  const to = bound(stop, length, length);
  return length === text.length ? text.slice(from, Math.max(from, to)) : strSlice(text, from, to - from, 1);
}

/** `item in container` of an exact set, frozenset or dict. @hot tests of characters, names and classes */
export function quietHas(container: PySet | PyDict, item: Value): boolean | undefined {
  const entry = tableFindSimple(container.table, item);
  return entry === undefined ? undefined : entry >= 0;
}

/** `dict[key]` of an exact dict. @hot subscriptions */
export function quietGet(dict: PyDict, key: Value): Maybe {
  const { table } = dict;
  const entry = tableFindSimple(table, key);
  return entry === undefined || entry < 0 ? undefined : table.values[entry];
}

/** `dict.get(key, fallback)` of an exact dict. @hot */
export function quietGetOr(dict: PyDict, key: Value, fallback: Value): Maybe {
  const { table } = dict;
  const entry = tableFindSimple(table, key);
  return entry === undefined ? undefined : entry < 0 ? fallback : table.values[entry];
}

/** `isinstance(object, cls)` of a class, or a tuple of classes, without `__instancecheck__`. @hot */
export function quietIsInstance(object: Value, cls: Value): boolean | undefined {
  const type = typeOf(object);
  if (type === cls) return true;
  const answer = quietIsSubclass(type, cls);
  return answer === true || isWhatItSays(type) ? answer : undefined;
}

/** `issubclass(type, cls)`, likewise. @hot */
export function quietIsSubclass(type: Value, cls: Value): boolean | undefined {
  if (!(type instanceof PyType)) return undefined;
  if (cls instanceof PyType) return cls.type === TYPE_TYPE ? type === cls || isSubtype(type, cls) : undefined;
  return cls instanceof PyTuple && cls.type === TUPLE_TYPE ? isSubclassOfAny(type, cls.items) : undefined;
}

function isSubclassOfAny(type: PyType, classes: readonly Value[]): boolean | undefined {
  for (let i = 0; i < classes.length; i++) {
    const cls = classes[i]!;
    if (!(cls instanceof PyType) || cls.type !== TYPE_TYPE) return undefined;
    if (type === cls || isSubtype(type, cls)) return true;
  }
  return false;
}

/** `part in text`. */
export const quietContains: (text: string, part: string) => boolean = strContains;
