/** The record of an OrderedDict, its bare types, and the operations that keep table and order in step. */
import { HashTable, PyDict } from '../../core/containers.ts';
import type { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { tableClear, tableFind, tableRemoveAt, tableSet } from '../../objects/hash-table.ts';
import { checkDictWritable } from '../../objects/dict.ts';
import { raiseKeyError } from '../../objects/raise.ts';
import { DICT_ITEMS_TYPE, DICT_KEYS_TYPE, DICT_TYPE, DICT_VALUES_TYPE, staticType } from '../../objects/static-types.ts';
import { OrderList } from './order-list.ts';

export const ORDERED_DICT_TYPE = staticType('OrderedDict', { module: 'collections', base: DICT_TYPE, baseType: true, hasDict: true, hasWeakref: true });
export const ODICT_KEYS_TYPE = staticType('odict_keys', { base: DICT_KEYS_TYPE });
export const ODICT_VALUES_TYPE = staticType('odict_values', { base: DICT_VALUES_TYPE });
export const ODICT_ITEMS_TYPE = staticType('odict_items', { base: DICT_ITEMS_TYPE });
export const ODICT_ITERATOR_TYPE = staticType('odict_iterator', { disallowInstantiation: true });

/** `OrderedDict` and its subclasses. */
export class PyOrderedDict extends PyDict {
  readonly order = new OrderList();
  constructor(type: PyType) {
    super(type, new HashTable());
  }
}

/** `ordered[key] = value`, not seen by a subclass. */
export function orderedSet(t: Thread, self: PyOrderedDict, key: Value, value: Value): void {
  checkDictWritable(self);
  const { table, order } = self;
  tableSet(t, table, key, value);
  // A key that the table did not have stands at its end.
  const stored = table.keys[table.keys.length - 1] === key ? key : table.keys[tableFind(t, table, key)];
  if (stored !== undefined && order.find(stored) === undefined) order.append(stored);
}

/** Removes a key and gives its value; undefined when it is not there. */
export function orderedTake(t: Thread, self: PyOrderedDict, key: Value): Maybe {
  checkDictWritable(self);
  const { table, order } = self;
  const entry = tableFind(t, table, key);
  if (entry < 0) return undefined;
  const value = table.values[entry]!;
  const stored = table.keys[entry]!;
  tableRemoveAt(table, entry);
  order.remove(stored);
  return value;
}

/** `del ordered[key]`. */
export function orderedDelete(t: Thread, self: PyOrderedDict, key: Value): void {
  if (orderedTake(t, self, key) === undefined) raiseKeyError(key);
}

/** Empties both. */
export function orderedClear(self: PyOrderedDict): void {
  checkDictWritable(self);
  tableClear(self.table);
  self.order.clear();
}
