/** Records of `slice` and `range`. */
import { PyObject, type Int, type Value } from './value.ts';
import type { PyType } from './type.ts';

/** `slice`: any three values. */
export class PySlice extends PyObject {
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
  constructor(type: PyType, start: Value, stop: Value, step: Value) {
    super(type);
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** `range`: ints of any size; `length` is the number of items. */
export class PyRange extends PyObject {
  readonly start: Int;
  readonly stop: Int;
  readonly step: Int;
  readonly length: Int;
  constructor(type: PyType, start: Int, stop: Int, step: Int, length: Int) {
    super(type);
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = length;
  }
}
