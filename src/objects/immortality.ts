/** Which objects are immortal (PEP 683): shared by all interpreters and never collected. */
import { PyDict, PyList, PySet, PyTuple } from '../core/containers.ts';
import { PyCode } from '../core/function.ts';
import { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, PySingleton, type Value } from '../core/value.ts';
import { EMPTY_BYTES, EMPTY_TUPLE } from './make.ts';

/** CPython keeps ints from -5 to 1024 as immortal objects since 3.14. */
const SMALLEST_CACHED_INT = -5;
const BIGGEST_CACHED_INT = 1024;

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Asks the immortal heap, once it is loaded; set by `interpreters`. */
let heapKnows: (value: PyObject) => boolean = () => false;

/** Registers the immortal heap's own answer. */
export function setHeapImmortality(knows: (value: PyObject) => boolean): void {
  heapKnows = knows;
}

/** `sys._is_immortal(value)`. */
export function immortality(_t: Thread, value: Value): boolean {
  switch (typeof value) {
    case 'boolean': return true;
    case 'number': return value >= SMALLEST_CACHED_INT && value <= BIGGEST_CACHED_INT;
    case 'bigint': return false;
    case 'string': return value === '' || (value.length === 1 && value.charCodeAt(0) < 256) || IDENTIFIER.test(value);
    default:
      if (value === null || value === EMPTY_TUPLE || value === EMPTY_BYTES) return true;
      if (value instanceof PySingleton || value instanceof PyCode) return true;
      if (value instanceof PyType) return !value.flags.heapType;
      return isFrozen(value) || heapKnows(value);
  }
}

function isFrozen(value: PyObject): boolean {
  if (value instanceof PyList || value instanceof PyDict || value instanceof PySet) return value.frozen;
  return value instanceof PyTuple && value.pending !== null;
}

