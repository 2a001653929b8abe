/** Records of the iterators that the interpreter loop steps itself. */
import { PyObject, type Int } from './value.ts';
import type { PyList, PyTuple } from './containers.ts';
import type { PyType } from './type.ts';

/** `list_iterator`; `list` is null once exhausted. */
export class PyListIterator extends PyObject {
  list: PyList | null;
  index = 0;
  constructor(type: PyType, list: PyList) {
    super(type);
    this.list = list;
  }
}

/** `tuple_iterator`; `tuple` is null once exhausted. */
export class PyTupleIterator extends PyObject {
  tuple: PyTuple | null;
  index = 0;
  constructor(type: PyType, tuple: PyTuple) {
    super(type);
    this.tuple = tuple;
  }
}

/** `range_iterator`: a range whose values are all safe integers. */
export class PyRangeIterator extends PyObject {
  next: number;
  readonly step: number;
  remaining: number;
  constructor(type: PyType, next: number, step: number, remaining: number) {
    super(type);
    this.next = next;
    this.step = step;
    this.remaining = remaining;
  }
}

/** `longrange_iterator`: a range with values outside of the safe integers. */
export class PyLongRangeIterator extends PyObject {
  index: Int = 0;
  readonly start: Int;
  readonly step: Int;
  readonly length: Int;
  constructor(type: PyType, start: Int, step: Int, length: Int) {
    super(type);
    this.start = start;
    this.step = step;
    this.length = length;
  }
}
