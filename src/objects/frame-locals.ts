/** `FrameLocalsProxy`: `frame.f_locals` of a function, a mapping that writes through to the variables (PEP 667). */
import { FAST } from '../bytecode/code.ts';
import { PyDict } from '../core/containers.ts';
import { EQ, type KeywordNames, type PyType } from '../core/type.ts';
import { PyCell, PyFrame } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import { orElse, PyObject, type Maybe, type Value } from '../core/value.ts';
import { callMethod } from './call.ts';
import { richCompare } from './compare.ts';
import { hashOf } from './hash-value.ts';
import { isTrue } from './truth.ts';
import { tableDelete, tableGet, tableKeys, tableSet, tableSetStr } from './hash-table.ts';
import { getIterator, toArray } from './iterate.ts';
import { newDict, newList, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { checkArguments } from './new-arguments.ts';
import { raiseKeyError, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { FRAME_LOCALS_PROXY_TYPE } from './static-types.ts';
import { getItem } from './subscript.ts';
import { repr } from './text.ts';
import { readyType } from './type-ready.ts';

class PyFrameLocalsProxy extends PyObject {
  readonly frame: PyFrame;
  constructor(frame: PyFrame, type: PyType = FRAME_LOCALS_PROXY_TYPE) {
    super(type);
    this.frame = frame;
  }
}

/** `f_locals` of a function's frame. */
export function newLocalsProxy(frame: PyFrame): PyObject {
  return new PyFrameLocalsProxy(frame);
}

/** The index of a variable, or -1. Keys are compared as a dict does it: a subclass of str may equal a name. */
function indexOf(t: Thread, self: PyFrameLocalsProxy, key: Value): number {
  const { localsplusnames, localspluskinds } = self.frame.frame.code.code;
  const isVisible = (i: number): boolean => (localspluskinds[i]! & FAST.HIDDEN) === 0;
  if (typeof key === 'string') return localsplusnames.findIndex((name, i) => name === key && isVisible(i));
  const hash = hashOf(t, key);
  return localsplusnames.findIndex((name, i) => isVisible(i) && hashOf(t, name) === hash && isTrue(t, richCompare(t, name, key, EQ)));
}

function read(self: PyFrameLocalsProxy, index: number): Maybe {
  const f = self.frame.frame;
  const value = f.stack[index];
  return (f.code.code.localspluskinds[index]! & (FAST.CELL | FAST.FREE)) !== 0 && value instanceof PyCell ? value.value : value;
}

/** Has compiled code say what the variables are. */
function settle(t: Thread): void {
  if (t.top !== 0) t.interpreter.settleFrames(t);
}

function get(t: Thread, self: PyFrameLocalsProxy, key: Value): Maybe {
  settle(t);
  const index = indexOf(t, self, key);
  if (index >= 0) {
    const value = read(self, index);
    if (value !== undefined) return value;
  }
  return self.frame.extraLocals === null ? undefined : tableGet(t, self.frame.extraLocals.table, key);
}

function set(t: Thread, self: PyFrameLocalsProxy, key: Value, value: Maybe): void {
  settle(t);
  const index = indexOf(t, self, key);
  if (index >= 0) {
    if (value === undefined) raiseValueError('cannot remove local variables from FrameLocalsProxy');
    const f = self.frame.frame;
    const old = f.stack[index];
    if ((f.code.code.localspluskinds[index]! & (FAST.CELL | FAST.FREE)) !== 0 && old instanceof PyCell) old.value = value;
    else t.interpreter.setFrameLocal(t.interpreter, f, index, value);
    return;
  }
  if (value === undefined) {
    if (self.frame.extraLocals === null || !tableDelete(t, self.frame.extraLocals.table, key)) raiseKeyError(key);
    return;
  }
  self.frame.extraLocals ??= newDict();
  tableSet(t, self.frame.extraLocals.table, key, value);
}

/** A dict with the present content. */
function snapshot(t: Thread, self: PyFrameLocalsProxy): PyDict {
  settle(t);
  const dict = newDict();
  self.frame.frame.code.code.localsplusnames.forEach((name, i) => {
    const value = indexOf(t, self, name) === i ? read(self, i) : undefined;
    if (value !== undefined) tableSetStr(dict.table, name, value);
  });
  const extra = self.frame.extraLocals;
  if (extra !== null) for (const key of tableKeys(extra.table)) tableSet(t, dict.table, key, tableGet(t, extra.table, key)!);
  return dict;
}

function update(t: Thread, self: PyFrameLocalsProxy, other: Value): Value {
  const pairs: [Value, Value][] = [];
  if (!(other instanceof PyDict) && !(other instanceof PyFrameLocalsProxy)) raiseTypeError(`update() argument must be dict or another FrameLocalsProxy`);
  for (const key of toArray(t, callMethod(t, other, 'keys'))) pairs.push([key, getItem(t, other, key)]);
  for (const [key, value] of pairs) set(t, self, key, value);
  return null;
}

function pop(t: Thread, self: PyFrameLocalsProxy, key: Value, fallback?: Value): Value {
  if (indexOf(t, self, key) >= 0) raiseValueError('cannot remove local variables from FrameLocalsProxy');
  const value = get(t, self, key);
  if (value === undefined) return orElse(fallback, () => raiseKeyError(key));
  set(t, self, key, undefined);
  return value;
}

function proxy_new(_t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  checkArguments('FrameLocalsProxy', args, keywords, 1, 1);
  const frame = args[0]!;
  return frame instanceof PyFrame ? new PyFrameLocalsProxy(frame, type) : raiseTypeError(`expect frame, not ${typeName(frame)}`);
}

function proxy_repr(t: Thread, self: PyFrameLocalsProxy): string {
  if (t.reprGuard.has(self.frame)) return '{...}';
  t.reprGuard.add(self.frame);
  try {
    return repr(t, snapshot(t, self));
  } finally {
    t.reprGuard.delete(self.frame);
  }
}

readyType(FRAME_LOCALS_PROXY_TYPE, {
  slots: {
    tp_new: proxy_new,
    // Says that the record cannot be made without a frame, and so not be copied.
    tp_alloc: () => raiseTypeError("cannot create 'FrameLocalsProxy' instances"),
    tp_repr: proxy_repr,
    tp_iter: (t, self: PyFrameLocalsProxy) => getIterator(t, newList(tableKeys(snapshot(t, self).table))),
    tp_richcompare: (t, self: PyFrameLocalsProxy, other, op) => {
      if (other instanceof PyFrameLocalsProxy) return richCompare(t, self.frame === other.frame, true, op);
      return other instanceof PyDict ? richCompare(t, snapshot(t, self), other, op) : NOT_IMPLEMENTED;
    },
    mp_length: (t, self: PyFrameLocalsProxy) => snapshot(t, self).table.used,
    mp_subscript: (t, self: PyFrameLocalsProxy, key) => orElse(get(t, self, key), () => raiseKeyError(typeof key === 'string' ? `local variable '${key}' is not defined` : key)),
    mp_ass_subscript: set,
    sq_contains: (t, self: PyFrameLocalsProxy, key) => get(t, self, key) !== undefined,
    nb_or: (t, left, right) => {
      if (!(left instanceof PyFrameLocalsProxy)) return NOT_IMPLEMENTED;
      const dict = snapshot(t, left);
      callMethod(t, dict, 'update', right);
      return dict;
    },
    nb_inplace_or: (t, left, right) => {
      update(t, left as PyFrameLocalsProxy, right);
      return left;
    },
  },
  methods: {
    keys: [(t, self: PyFrameLocalsProxy) => newList(tableKeys(snapshot(t, self).table)), '!($self, /)', 'Names of the variables.'],
    values: [(t, self: PyFrameLocalsProxy) => newList(snapshot(t, self).table.values as Value[]), '!($self, /)', 'Values of the variables.'],
    items: [
      (t, self: PyFrameLocalsProxy) => {
        const { table } = snapshot(t, self);
        return newList(tableKeys(table).map((key, i) => newTuple([key, table.values[i]!])));
      },
      '!($self, /)', 'Names and values of the variables.',
    ],
    get: [(t: Thread, self: PyFrameLocalsProxy, key: Value, fallback?: Value) => orElse(get(t, self, key), () => fallback ?? null), '!($self, key, default=None, /)', 'The value of a variable.'],
    copy: [(t, self: PyFrameLocalsProxy) => snapshot(t, self), '!($self, /)', 'A dict with the variables.'],
    update: [update, '!($self, other, /)', 'Set variables.'],
    setdefault: [
      (t: Thread, self: PyFrameLocalsProxy, key: Value, fallback?: Value) => {
        const value = get(t, self, key);
        if (value === undefined) set(t, self, key, fallback ?? null);
        return orElse(value, () => fallback ?? null);
      },
      '!($self, key, default=None, /)', 'The value of a variable, set if it is missing.',
    ],
    __sizeof__: [() => 24, '($self, /)', 'Size of object in memory, in bytes.'],
    pop: [pop, '!($self, key, default=None, /)', 'Remove an extra name.'],
    __reversed__: [(t: Thread, self: PyFrameLocalsProxy) => newList(tableKeys(snapshot(t, self).table).reverse()), '!($self, /)', 'Reverse iterator.'],
  },
});

