/** What hash tables find a key by: see `HashTable` of core/containers.ts. */
import { PyComplex, PyFloat, PyIntObject, PyStrObject } from '../core/scalars.ts';
import type { PyObject, Value } from '../core/value.ts';
import { objectRichCompare } from './compare.ts';
import { objectHash } from './hash-value.ts';
import { BYTES_TYPE, FLOAT_TYPE, FROZENSET_TYPE, INT_TYPE, STR_TYPE, TUPLE_TYPE } from './static-types.ts';

/** Says that a key has no index key. */
export const STRUCTURAL = Symbol('structural');

function floatIndexKey(value: number, self: PyObject): unknown {
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? value + 0 : BigInt(value);
  // A NaN equals nothing but itself as an object.
  return value !== value ? self : value;
}

function objectIndexKey(key: PyObject): unknown {
  const slots = key.type.slots;
  if (slots.tp_hash === objectHash && slots.tp_richcompare === objectRichCompare) return key;
  if (key instanceof PyFloat) return slots.tp_hash === FLOAT_TYPE.slots.tp_hash ? floatIndexKey(key.value, key) : STRUCTURAL;
  if (key instanceof PyIntObject) {
    const base = INT_TYPE.slots;
    return slots.tp_hash === base.tp_hash && slots.tp_richcompare === base.tp_richcompare ? key.value : STRUCTURAL;
  }
  if (key instanceof PyStrObject) {
    const base = STR_TYPE.slots;
    return slots.tp_hash === base.tp_hash && slots.tp_richcompare === base.tp_richcompare ? key.value : STRUCTURAL;
  }
  if (key instanceof PyComplex && key.imag === 0) return floatIndexKey(key.real, key);
  return STRUCTURAL;
}

/** The index key of `key`, or STRUCTURAL. @hot every dict operation */
export function indexKey(key: Value): unknown {
  if (typeof key === 'string' || typeof key === 'number' || typeof key === 'bigint') return key;
  if (typeof key === 'boolean') return key ? 1 : 0;
  return key === null ? null : objectIndexKey(key);
}

/** Whether equality with a str or number is out of question for this structural key. */
export function neverEqualsSimple(key: Value): boolean {
  const type = (key as PyObject).type;
  return type === TUPLE_TYPE || type === BYTES_TYPE || type === FROZENSET_TYPE;
}
