/** Mapping and class patterns of `match` (match_keys and match_class in Python/ceval.c). */
import { PyTuple } from '../core/containers.ts';
import { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { getAttr, lookupAttr } from '../objects/attributes.ts';
import { call } from '../objects/call.ts';
import { tableFind, tableSet } from '../objects/hash-table.ts';
import { newSet, newTuple } from '../objects/make.ts';
import { PyPlain } from '../core/value.ts';
import { raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { OBJECT_TYPE } from '../objects/static-types.ts';
import { repr } from '../objects/text.ts';
import { isInstanceOf } from '../objects/type.ts';
import { asStr } from '../objects/type-of.ts';

/** The values of `keys` in `mapping` as a tuple, or null when one is missing. Raises ValueError for a key given twice. */
export function matchKeys(t: Thread, mapping: Value, keys: Value): Value {
  const names = (keys as PyTuple).items;
  const seen = newSet();
  const missing = new PyPlain(OBJECT_TYPE);
  const values: Value[] = [];
  if (names.length === 0) return newTuple([]);
  // `get` is used, not indexing, so that defaultdict adds nothing.
  const get = getAttr(t, mapping, 'get');
  for (const key of names) {
    if (tableFind(t, seen.table, key) >= 0) raiseValueError(`mapping pattern checks duplicate key (${repr(t, key)})`);
    tableSet(t, seen.table, key, undefined);
    const value = call(t, get, [key, missing]);
    if (value === missing) return null;
    values.push(value);
  }
  return newTuple(values);
}

function readAttribute(t: Thread, subject: Value, type: PyType, name: string, seen: Set<string>): Maybe {
  if (seen.has(name)) raiseTypeError(`${type.name}() got multiple sub-patterns for attribute '${name}'`);
  seen.add(name);
  return lookupAttr(t, subject, name);
}

/** Names for the positional sub-patterns: `__match_args__`, or "self" for builtin types that match themselves. */
function positionalNames(t: Thread, type: PyType): { names: readonly Value[]; self: boolean } {
  const matchArgs = lookupAttr(t, type, '__match_args__');
  if (matchArgs === undefined) return { names: [], self: type.matchSelf };
  if (!(matchArgs instanceof PyTuple)) raiseTypeError(`${type.name}.__match_args__ must be a tuple (got ${typeName(matchArgs)})`);
  return { names: matchArgs.items, self: false };
}

/** The values of a class pattern's sub-patterns as a tuple, or null when `subject` does not match. */
export function matchClass(t: Thread, subject: Value, cls: Value, positional: number, keywords: Value): Value {
  if (!(cls instanceof PyType)) raiseTypeError('called match pattern must be a class');
  if (!isInstanceOf(t, subject, cls)) return null;
  const seen = new Set<string>();
  const values: Value[] = [];
  if (positional > 0) {
    const { names, self } = positionalNames(t, cls);
    const allowed = self ? 1 : names.length;
    if (allowed < positional) {
      raiseTypeError(`${cls.name}() accepts ${allowed} positional sub-pattern${allowed === 1 ? '' : 's'} (${positional} given)`);
    }
    if (self) values.push(subject);
    else {
      for (const entry of names.slice(0, positional)) {
        const name = asStr(entry);
        if (name === undefined) raiseTypeError(`__match_args__ elements must be strings (got ${typeName(entry)})`);
        const value = readAttribute(t, subject, cls, name, seen);
        if (value === undefined) return null;
        values.push(value);
      }
    }
  }
  for (const keyword of (keywords as PyTuple).items) {
    const value = readAttribute(t, subject, cls, asStr(keyword)!, seen);
    if (value === undefined) return null;
    values.push(value);
  }
  return newTuple(values);
}
