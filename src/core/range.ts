/** Records of `slice` and `range`. */
import { linkToPyObject, PyObject, type Int, type Value } from './value.ts';
import type { PyDict } from './containers.ts';
import type { PyType } from './type.ts';

/** `slice`: any three values. */
export class PySlice {
  type: PyType;
  dict: PyDict | null;
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
  constructor(type: PyType, start: Value, stop: Value, step: Value) {
    this.type = type;
    this.dict = null;
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PySlice extends PyObject {}
linkToPyObject(PySlice);

/** `range`: ints of any size; `length` is the number of items. */
export class PyRange {
  type: PyType;
  dict: PyDict | null;
  readonly start: Int;
  readonly stop: Int;
  readonly step: Int;
  readonly length: Int;
  constructor(type: PyType, start: Int, stop: Int, step: Int, length: Int) {
    this.type = type;
    this.dict = null;
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = length;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyRange extends PyObject {}
linkToPyObject(PyRange);
