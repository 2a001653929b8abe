/** Iteration over str: `str_ascii_iterator` and `str_iterator`. Source: CPython Objects/unicodeobject.c. */
import type { Thread } from '../core/thread.ts';
import type { PyDict } from '../core/containers.ts';
import type { PyType } from '../core/type.ts';
import { linkToPyObject, PyObject, type Maybe, type Value } from '../core/value.ts';
import { codePointIndex, isAsciiText, strLength, unitOffset } from './algorithms/str-code-points.ts';
import { builtinNamed } from './builtins-hook.ts';
import { newTuple } from './make.ts';
import { sizeArgument } from './native-arguments.ts';
import { STR_ASCII_ITERATOR_TYPE, STR_ITERATOR_TYPE } from './static-types.ts';
import { readyType } from './type-ready.ts';

/** An iterator over characters; `unit` is the offset of the next one, `text` is empty once exhausted. */
export class PyStrIterator {
  type: PyType;
  dict: PyDict | null;
  text: string;
  unit: number;
  constructor(type: PyType, text: string) {
    this.type = type;
    this.dict = null;
    this.unit = 0;
    this.text = text;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyStrIterator extends PyObject {}
linkToPyObject(PyStrIterator);

/** iter(text) */
export function newStrIterator(text: string): PyStrIterator {
  return new PyStrIterator(isAsciiText(text) ? STR_ASCII_ITERATOR_TYPE : STR_ITERATOR_TYPE, text);
}

/** The next character. @hot for loops over str */
export function strIterator_next(_t: Thread, self: PyStrIterator): Maybe {
  const { text, unit } = self;
  if (unit >= text.length) {
    self.text = '';
    self.unit = 0;
    return undefined;
  }
  const point = text.codePointAt(unit)!;
  if (point > 0xffff) {
    self.unit = unit + 2;
    return text.slice(unit, unit + 2);
  }
  self.unit = unit + 1;
  return text[unit];
}

function strIterator_lengthHint(_t: Thread, self: PyStrIterator): Value {
  return strLength(self.text.slice(self.unit));
}

function strIterator_reduce(t: Thread, self: PyStrIterator): Value {
  const iter = builtinNamed(t, 'iter');
  if (self.text === '') return newTuple([iter, newTuple([''])]);
  return newTuple([iter, newTuple([self.text]), codePointIndex(self.text, self.unit)]);
}

function strIterator_setState(t: Thread, self: PyStrIterator, state: Value): void {
  const index = Math.max(0, sizeArgument(t, state, 0));
  self.unit = unitOffset(self.text, Math.min(index, strLength(self.text)));
}

for (const type of [STR_ITERATOR_TYPE, STR_ASCII_ITERATOR_TYPE]) {
  readyType(type, {
    slots: { tp_iter: (_t, self) => self, tp_iternext: strIterator_next },
    methods: {
      __length_hint__: [strIterator_lengthHint, '($self, /)', 'Private method returning an estimate of len(list(it)).'],
      __reduce__: [strIterator_reduce, '($self, /)', 'Return state information for pickling.'],
      __setstate__: [strIterator_setState, '($self, object, /)', 'Set state information for unpickling.'],
    },
  });
}

