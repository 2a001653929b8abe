/** Calls of builtin container classes with one argument, for arguments whose items lie at hand; what is left calls the class as any other (`type_call`). */
import { PyDict, PyList, PySet, PyTuple } from '../core/containers.ts';
import { listLength } from '../core/list-storage.ts';
import type { Thread } from '../core/thread.ts';
import type { PyType } from '../core/type.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { growable } from '../objects/array-limits.ts';
import { PyDictView } from '../objects/dict-views.ts';
import { tableCopy, tableKeys } from '../objects/hash-table.ts';
import { sliceList } from '../objects/list-storage.ts';
import { newList, newTuple } from '../objects/make.ts';
import { DICT_ITEMS_TYPE, DICT_KEYS_TYPE, DICT_TYPE, DICT_VALUES_TYPE, FROZENSET_TYPE, LIST_TYPE, SET_TYPE, TUPLE_TYPE } from '../objects/static-types.ts';
import { type_call } from '../objects/type.ts';

/** The items of a container of one of the builtin classes, in a new array; null for others. */
function itemsAtHand(value: Value): Value[] | null {
  if (!(value instanceof PyObject)) return null;
  switch (value.type) {
    case LIST_TYPE: return growable((value as PyList).items.slice());
    case TUPLE_TYPE: return growable((value as PyTuple).items.slice());
    case SET_TYPE: case FROZENSET_TYPE: return tableKeys((value as PySet).table);
    case DICT_TYPE: return tableKeys((value as PyDict).table);
    case DICT_KEYS_TYPE: return tableKeys((value as PyDictView).source.table);
    case DICT_VALUES_TYPE: return valuesOf((value as PyDictView).source);
    case DICT_ITEMS_TYPE: return pairsOf((value as PyDictView).source);
    default: return null;
  }
}

function valuesOf({ table: { keys, values } }: PyDict): Value[] {
  const items: Value[] = [];
  for (let i = 0; i < keys.length; i++) if (keys[i] !== undefined) items.push(values[i]!);
  return items;
}

function pairsOf({ table: { keys, values } }: PyDict): Value[] {
  const items: Value[] = [];
  for (let i = 0; i < keys.length; i++) if (keys[i] !== undefined) items.push(newTuple([keys[i]!, values[i]!]));
  return items;
}

/** `type(source)` of a builtin container class, where no Python code runs; undefined elsewhere. @hot copies of containers in compiled code */
export function quietConstruct(type: PyType, source: Value): Maybe {
  if (type === SET_TYPE || type === DICT_TYPE) return copyOfTable(type, source);
  if (source instanceof PyList && source.type === LIST_TYPE && type === LIST_TYPE) return sliceList(source, 0, listLength(source));
  if (source instanceof PyTuple && source.type === TUPLE_TYPE && type === TUPLE_TYPE) return source;
  const items = itemsAtHand(source);
  return items === null ? undefined : type === LIST_TYPE ? newList(items) : newTuple(items);
}

function copyOfTable(type: PyType, source: Value): Maybe {
  if (type === SET_TYPE) return source instanceof PySet && (source.type === SET_TYPE || source.type === FROZENSET_TYPE) ? new PySet(SET_TYPE, tableCopy(source.table)) : undefined;
  return source instanceof PyDict && source.type === DICT_TYPE ? new PyDict(DICT_TYPE, tableCopy(source.table)) : undefined;
}

/** See `Operations.construct`. @hot copies of containers */
export function construct(t: Thread, type: PyType, source: Value): Value {
  const isContainer = type === LIST_TYPE || type === TUPLE_TYPE || type === SET_TYPE || type === DICT_TYPE;
  const made = isContainer ? quietConstruct(type, source) : undefined;
  return made === undefined ? type_call(t, type, [source], null) : made;
}
