/** Instructions that build and unpack containers, strings and slices. */
import type { Maybe, Value } from '../../core/value.ts';
import { PySet, type PyDict, type PyList } from '../../core/containers.ts';
import { compact } from '../../core/list-storage.ts';
import { PyFloat } from '../../core/scalars.ts';
import { NEXT, type Machine, type Outcome } from '../machine.ts';
import { buildMap, buildSet, dictMerge, dictUpdate, listExtend, unpackEx, unpackSequence } from '../containers.ts';
import { buildInterpolation, buildTemplate, convertValue } from '../formatting.ts';
import { tableSet } from '../../objects/hash-table.ts';
import { appendItem } from '../../objects/list-storage.ts';
import { newList, newTuple } from '../../objects/make.ts';
import { setAdd } from '../../objects/set.ts';
import { newSlice } from '../../objects/slice.ts';
import { toArray } from '../../objects/iterate.ts';
import { format } from '../../objects/text.ts';
import { raiseTypeError, typeName } from '../../objects/raise.ts';
import { asStr } from '../../objects/type-of.ts';

/** @manual @source bytecodes.c BUILD_TUPLE */
export function BUILD_TUPLE(m: Machine, oparg: number): Outcome {
  const items = m.stack.slice(m.sp - oparg, m.sp) as Value[];
  m.sp -= oparg;
  return newTuple(items);
}

/** @manual @source bytecodes.c BUILD_LIST */
export function BUILD_LIST(m: Machine, oparg: number): Outcome {
  const items = m.stack.slice(m.sp - oparg, m.sp) as Value[];
  m.sp -= oparg;
  const list = newList(items);
  if (items[0] instanceof PyFloat) compact(list);
  return list;
}

/** @manual @source bytecodes.c BUILD_SET */
export function BUILD_SET(m: Machine, oparg: number): Outcome {
  const set = buildSet(m.t, m.stack.slice(m.sp - oparg, m.sp) as Value[]);
  m.sp -= oparg;
  return set;
}

/** @manual @source bytecodes.c BUILD_MAP */
export function BUILD_MAP(m: Machine, oparg: number): Outcome {
  const dict = buildMap(m.t, m.stack.slice(m.sp - 2 * oparg, m.sp) as Value[]);
  m.sp -= 2 * oparg;
  return dict;
}

/** @manual @source bytecodes.c BUILD_STRING */
export function BUILD_STRING(m: Machine, oparg: number): Outcome {
  let text = '';
  for (let i = m.sp - oparg; i < m.sp; i++) text += m.stack[i] as string;
  m.sp -= oparg;
  return text;
}

/** @manual @source bytecodes.c BUILD_SLICE */
export function BUILD_SLICE(m: Machine, oparg: number): Outcome {
  const step = oparg === 3 ? (m.stack[--m.sp] as Value) : null;
  const stop = m.stack[--m.sp] as Value;
  const start = m.stack[--m.sp] as Value;
  return newSlice(start, stop, step);
}

/** Appends the top to the list `oparg` below. @manual @source bytecodes.c LIST_APPEND */
export function LIST_APPEND(m: Machine, oparg: number): Outcome {
  const value = m.stack[--m.sp] as Value;
  appendItem(m.stack[m.sp - oparg] as PyList, value);
  return NEXT;
}

/** @manual @source bytecodes.c LIST_EXTEND */
export function LIST_EXTEND(m: Machine, oparg: number): Outcome {
  const iterable = m.stack[--m.sp] as Value;
  listExtend(m.t, m.stack[m.sp - oparg] as PyList, iterable);
  return NEXT;
}

/** @manual @source bytecodes.c SET_ADD */
export function SET_ADD(m: Machine, oparg: number): Outcome {
  const value = m.stack[--m.sp] as Value;
  const set = m.stack[m.sp - oparg] as Value;
  // The program can bind the name of the set of conditional annotations to anything.
  if (!(set instanceof PySet)) raiseTypeError(`'${typeName(set)}' object is not a set`);
  setAdd(m.t, set.table, value);
  return NEXT;
}

/** @manual @source bytecodes.c SET_UPDATE */
export function SET_UPDATE(m: Machine, oparg: number): Outcome {
  const iterable = m.stack[--m.sp] as Value;
  const set = m.stack[m.sp - oparg] as PySet;
  const added = buildSet(m.t, toArray(m.t, iterable));
  for (const key of added.table.keys) if (key !== undefined) tableSet(m.t, set.table, key, undefined);
  return NEXT;
}

/** @manual @source bytecodes.c MAP_ADD */
export function MAP_ADD(m: Machine, oparg: number): Outcome {
  const value = m.stack[--m.sp] as Value;
  const key = m.stack[--m.sp] as Value;
  tableSet(m.t, (m.stack[m.sp - oparg] as PyDict).table, key, value);
  return NEXT;
}

/** `{**mapping}` @manual @source bytecodes.c DICT_UPDATE */
export function DICT_UPDATE(m: Machine, oparg: number): Outcome {
  const mapping = m.stack[--m.sp] as Value;
  dictUpdate(m.t, m.stack[m.sp - oparg] as PyDict, mapping);
  return NEXT;
}

/** `f(**mapping)`: duplicate keys are an error that names the callee. @manual @source bytecodes.c DICT_MERGE */
export function DICT_MERGE(m: Machine, oparg: number): Outcome {
  const mapping = m.stack[--m.sp] as Value;
  dictMerge(m.t, m.stack[m.sp - oparg] as PyDict, mapping, m.stack[m.sp - oparg - 3] as Value);
  return NEXT;
}

/** Pushes the items of an iterable of exactly `oparg` items, last first. @manual @source bytecodes.c UNPACK_SEQUENCE */
export function UNPACK_SEQUENCE(m: Machine, oparg: number): Outcome {
  const value = m.stack[--m.sp] as Value;
  const items: readonly Maybe[] = unpackSequence(m.t, value, oparg);
  for (let i = oparg - 1; i >= 0; i--) m.stack[m.sp++] = items[i];
  return NEXT;
}

/** Unpacks `a, *b, c`. @manual @source bytecodes.c UNPACK_EX */
export function UNPACK_EX(m: Machine, oparg: number): Outcome {
  const value = m.stack[--m.sp] as Value;
  const items: readonly Maybe[] = unpackEx(m.t, value, oparg & 0xff, oparg >> 8);
  for (let i = items.length - 1; i >= 0; i--) m.stack[m.sp++] = items[i];
  return NEXT;
}

/** `format(value, '')` @source bytecodes.c FORMAT_SIMPLE */
export function FORMAT_SIMPLE(m: Machine, value: Value): Outcome {
  return typeof value === 'string' ? value : format(m.t, value, '');
}

/** `format(value, spec)` @source bytecodes.c FORMAT_WITH_SPEC */
export function FORMAT_WITH_SPEC(m: Machine, value: Value, spec: Value): Outcome {
  const text = asStr(spec);
  if (text === undefined) raiseTypeError(`format_spec must be a str, not ${typeName(spec)}`);
  return format(m.t, value, text);
}

/** `!s`, `!r`, `!a` @source bytecodes.c CONVERT_VALUE */
export function CONVERT_VALUE(m: Machine, oparg: number, value: Value): Outcome {
  return convertValue(m.t, oparg, value);
}

/** t-string @source bytecodes.c BUILD_TEMPLATE */
export function BUILD_TEMPLATE(m: Machine, strings: Value, interpolations: Value): Outcome {
  return buildTemplate(m.t, strings, interpolations);
}

/** One interpolation of a t-string; low bit: with a format spec. @manual @source bytecodes.c BUILD_INTERPOLATION */
export function BUILD_INTERPOLATION(m: Machine, oparg: number): Outcome {
  const spec = (oparg & 1) !== 0 ? (m.stack[--m.sp] as Value) : '';
  const text = m.stack[--m.sp] as Value;
  const value = m.stack[--m.sp] as Value;
  return buildInterpolation(m.t, value, text, oparg >> 2, spec);
}
