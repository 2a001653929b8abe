/** Records of the iterators that the interpreter loop steps itself. */
import { linkToPyObject, PyObject, type Int, type Maybe, type Value } from './value.ts';
import type { PyDict, PyList, PyTuple } from './containers.ts';
import { listItem, listLength } from './list-storage.ts';
import type { PyType } from './type.ts';

/** `list_iterator`; `list` is null once exhausted. */
export class PyListIterator {
  type: PyType;
  dict: PyDict | null;
  list: PyList | null;
  index: number;
  constructor(type: PyType, list: PyList) {
    this.type = type;
    this.dict = null;
    this.index = 0;
    this.list = list;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyListIterator extends PyObject {}
linkToPyObject(PyListIterator);

/** The next item of a list, or undefined when it is exhausted. @hot what iterates over a list: zip, enumerate, map, itertools */
export function nextOfList(self: PyListIterator): Maybe {
  const { list } = self;
  if (list === null) return undefined;
  if (self.index < listLength(list)) return listItem(list, self.index++);
  self.list = null;
  return undefined;
}

/** How many items a list iterator gives yet. */
export function leftOfList({ list, index }: PyListIterator): number {
  return list === null ? 0 : Math.max(0, listLength(list) - index);
}

/** The next items of a list, `count` at most. */
export function takeOfList(self: PyListIterator, count: number): Value[] {
  const { list, index } = self;
  if (list === null) return [];
  const end = Math.min(index + count, listLength(list));
  if (end < index + count) self.list = null;
  else self.index = end;
  if (list.doubles === null) return list.items.slice(index, end);
  const items: Value[] = [];
  for (let i = index; i < end; i++) items.push(listItem(list, i));
  return items;
}

/** `tuple_iterator`; `tuple` is null once exhausted. */
export class PyTupleIterator {
  type: PyType;
  dict: PyDict | null;
  tuple: PyTuple | null;
  index: number;
  constructor(type: PyType, tuple: PyTuple) {
    this.type = type;
    this.dict = null;
    this.index = 0;
    this.tuple = tuple;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyTupleIterator extends PyObject {}
linkToPyObject(PyTupleIterator);

/** `range_iterator`: a range whose values are all safe integers. */
export class PyRangeIterator {
  type: PyType;
  dict: PyDict | null;
  next: number;
  readonly step: number;
  remaining: number;
  constructor(type: PyType, next: number, step: number, remaining: number) {
    this.type = type;
    this.dict = null;
    this.next = next;
    this.step = step;
    this.remaining = remaining;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyRangeIterator extends PyObject {}
linkToPyObject(PyRangeIterator);

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
