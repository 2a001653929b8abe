/** Records of the builtin scalar types, and of user classes derived from `int` and `str`. */
import { linkToPyObject, PyObject, type Int, type Value } from './value.ts';
import type { PyDict } from './containers.ts';
import type { PyType } from './type.ts';

/**
 * `float`. Exact floats are the hottest allocation of numeric programs; their `type` and `dict` are fields all the same, so that
 * one hidden class serves every read of `type`.
 * @hot bench/programs/float_arith.py
 */
export class PyFloat {
  type: PyType;
  dict: PyDict | null;
  readonly value: number;
  constructor(type: PyType, value: number) {
    this.type = type;
    this.dict = null;
    this.value = value;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyFloat extends PyObject {}
linkToPyObject(PyFloat);

let floatType: PyType | null = null;

/** Says which class `exactFloat` is to use: `float`, once it is made. */
export function setFloatType(type: PyType): void {
  floatType = type;
}

/** An object of class `float`. */
export function exactFloat(value: number): PyFloat {
  return new PyFloat(floatType!, value);
}

/** Whether a value is of class `float` and no NaN: all that its number does not say is its identity. */
export function isPlainFloat(value: Value): value is PyFloat {
  return value instanceof PyFloat && value.type === floatType && !Number.isNaN(value.value);
}

/** Whether two values are floats of class `float` that nobody can tell apart: `is` is true of them. */
export function isSameFloat(left: Value, right: Value): boolean {
  return isPlainFloat(left) && isPlainFloat(right) && Object.is(left.value, right.value);
}

/** `complex`. */
export class PyComplex {
  type: PyType;
  dict: PyDict | null;
  readonly real: number;
  readonly imag: number;
  constructor(type: PyType, real: number, imag: number) {
    this.type = type;
    this.dict = null;
    this.real = real;
    this.imag = imag;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyComplex extends PyObject {}
linkToPyObject(PyComplex);

/** An instance of a subclass of `int` (never of `int` or `bool` themselves). */
export class PyIntObject extends PyObject {
  readonly value: Int;
  constructor(type: PyType, value: Int) {
    super(type);
    this.value = value;
  }
}

/** An instance of a subclass of `str` (never of `str` itself). */
export class PyStrObject extends PyObject {
  readonly value: string;
  constructor(type: PyType, value: string) {
    super(type);
    this.value = value;
  }
}

/** `bytes`; the array is never written after construction and may lie in the immortal heap. @hot bench/programs/pickle_python.py */
export class PyBytes {
  type: PyType;
  dict: PyDict | null;
  readonly value: Uint8Array;
  hash: number | null;
  constructor(type: PyType, value: Uint8Array) {
    this.type = type;
    this.dict = null;
    this.value = value;
    this.hash = null;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyBytes extends PyObject {}
linkToPyObject(PyBytes);

/** `bytearray`: `length` bytes of `buffer` are in use; `exports` counts the live memoryviews, `pins` the native functions that read it while Python runs: both forbid resizing. */
export class PyByteArray {
  type: PyType;
  dict: PyDict | null;
  buffer: Uint8Array;
  length: number;
  exports: number;
  pins: number;
  constructor(type: PyType, buffer: Uint8Array) {
    this.type = type;
    this.dict = null;
    this.exports = 0;
    this.pins = 0;
    this.buffer = buffer;
    this.length = buffer.length;
  }

  /** The bytes in use; valid until the next resize. */
  get value(): Uint8Array {
    return this.length === this.buffer.length ? this.buffer : this.buffer.subarray(0, this.length);
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyByteArray extends PyObject {}
linkToPyObject(PyByteArray);
