/** Makers of builtin objects: the short way to a float, tuple, list, dict or cell of the exact builtin type. */
import { HashTable, PyDict, PyList, PySet, PyTuple } from '../core/containers.ts';
import { PyByteArray, PyBytes, PyComplex, PyFloat } from '../core/scalars.ts';
import { PySingleton, type Value } from '../core/value.ts';
import { sliceOfBytes } from './algorithms/short-bytes.ts';
import {
  BYTEARRAY_TYPE, BYTES_TYPE, COMPLEX_TYPE, DICT_TYPE, ELLIPSIS_TYPE, FLOAT_TYPE, FROZENSET_TYPE, LIST_TYPE,
  NOT_IMPLEMENTED_TYPE, SET_TYPE, TUPLE_TYPE,
} from './static-types.ts';

/** `NotImplemented` */
export const NOT_IMPLEMENTED = new PySingleton(NOT_IMPLEMENTED_TYPE, 'NotImplemented');
/** `...` */
export const ELLIPSIS = new PySingleton(ELLIPSIS_TYPE, 'Ellipsis');
/** `()` */
export const EMPTY_TUPLE = new PyTuple(TUPLE_TYPE, []);
/** `b""` */
export const EMPTY_BYTES = new PyBytes(BYTES_TYPE, new Uint8Array(0));

/** A float. @hot */
export function newFloat(value: number): PyFloat {
  return new PyFloat(FLOAT_TYPE, value);
}

/** A complex number. */
export function newComplex(real: number, imag: number): PyComplex {
  return new PyComplex(COMPLEX_TYPE, real, imag);
}

/** A tuple that owns `items`; the empty tuple is one object. */
export function newTuple(items: Value[]): PyTuple {
  return items.length === 0 ? EMPTY_TUPLE : new PyTuple(TUPLE_TYPE, items);
}

/** A list that owns `items`. */
export function newList(items: Value[]): PyList {
  return new PyList(LIST_TYPE, items);
}

/** An empty dict. */
export function newDict(): PyDict {
  return new PyDict(DICT_TYPE, new HashTable());
}

/** An empty set. */
export function newSet(): PySet {
  return new PySet(SET_TYPE, new HashTable());
}

/** A frozenset over a table that it owns. */
export function newFrozenSet(table: HashTable): PySet {
  return new PySet(FROZENSET_TYPE, table);
}

/** A bytes object that owns `value`. */
export function newBytes(value: Uint8Array): PyBytes {
  return value.length === 0 ? EMPTY_BYTES : new PyBytes(BYTES_TYPE, value);
}

/** The bytes objects of one byte, one for each value. */
const SINGLE_BYTES: readonly PyBytes[] = Array.from({ length: 256 }, (_, byte) => new PyBytes(BYTES_TYPE, Uint8Array.of(byte)));

/** A bytes object of the bytes in [start, end) of an array, which lie within it. */
export function bytesOfPart(bytes: Uint8Array, start: number, end: number): PyBytes {
  if (end - start === 1) return SINGLE_BYTES[bytes[start]!]!;
  return newBytes(sliceOfBytes(bytes, start, end));
}

/** A bytearray that owns `value`. */
export function newByteArray(value: Uint8Array): PyByteArray {
  return new PyByteArray(BYTEARRAY_TYPE, value);
}
