/** `NoneType`, `NotImplementedType`, `ellipsis`, `types.SimpleNamespace` and `PyCapsule`. */
import type { KeywordNames, PyType } from '../core/type.ts';
import { NE } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyPlain, PyObject, type Value } from '../core/value.ts';
import { dictOf, setAttr } from './attributes.ts';
import { dictMergeFrom, dictsEqual } from './dict.ts';
import { tableGetStr, tableKeys, tableSetStr } from './hash-table.ts';
import { FIRM_DICT_GETSET } from './instance-dict.ts';
import { allocate } from './object.ts';
import { ELLIPSIS, newDict, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { raiseTypeError } from './raise.ts';
import { CAPSULE_TYPE, ELLIPSIS_TYPE, NONE_TYPE, NOT_IMPLEMENTED_TYPE, SIMPLE_NAMESPACE_TYPE } from './static-types.ts';
import { repr } from './text.ts';
import { objectRichCompare } from './compare.ts';
import { readyType } from './type-ready.ts';
import { asStr } from './type-of.ts';

function refuseArguments(type: PyType, args: readonly Value[]): void {
  if (args.length > 0) raiseTypeError(`${type.name} takes no arguments`);
}

readyType(NONE_TYPE, {
  doc: 'The type of the None singleton.',
  slots: {
    tp_new: (_t, type, args) => {
      refuseArguments(type, args);
      return null;
    },
    tp_repr: () => 'None',
    tp_hash: () => 0xfca86420,
    tp_richcompare: objectRichCompare,
    nb_bool: () => false,
  },
});

readyType(NOT_IMPLEMENTED_TYPE, {
  doc: 'The type of the NotImplemented singleton.',
  slots: {
    tp_new: (_t, type, args) => {
      refuseArguments(type, args);
      return NOT_IMPLEMENTED;
    },
    tp_repr: () => 'NotImplemented',
    nb_bool: () => raiseTypeError('NotImplemented should not be used in a boolean context'),
  },
  methods: { __reduce__: [() => 'NotImplemented', '!($self, /)', 'Helper for pickle.'] },
});

readyType(ELLIPSIS_TYPE, {
  doc: 'The type of the Ellipsis singleton.',
  slots: {
    tp_new: (_t, type, args) => {
      if (args.length > 0) raiseTypeError(`EllipsisType takes no arguments`);
      void type;
      return ELLIPSIS;
    },
    tp_repr: () => 'Ellipsis',
  },
  methods: { __reduce__: [() => 'Ellipsis', '!($self, /)', 'Helper for pickle.'] },
});

readyType(CAPSULE_TYPE, { doc: 'Capsule objects let you wrap a C "void *" pointer in a Python object.' });

function namespace_init(t: Thread, self: PyObject, args: Value[], keywords: KeywordNames): void {
  const names = keywords ?? [];
  const positional = args.length - names.length;
  if (positional > 1) raiseTypeError(`${self.type.name} expected at most 1 argument, got ${positional}`);
  const dict = dictOf(self)!;
  if (positional === 1) {
    const source = newDict();
    dictMergeFrom(t, source, args[0]!);
    for (const key of tableKeys(source.table)) if (asStr(key) === undefined) raiseTypeError('keywords must be strings');
    dictMergeFrom(t, dict, source);
  }
  names.forEach((name, i) => tableSetStr(dict.table, name, args[positional + i]!));
}

function namespace_repr(t: Thread, self: PyObject): string {
  const name = self.type === SIMPLE_NAMESPACE_TYPE ? 'namespace' : self.type.name;
  if (t.reprGuard.has(self)) return `${name}(...)`;
  t.reprGuard.add(self);
  try {
    const { table } = dictOf(self)!;
    const parts = tableKeys(table).filter((key): key is string => typeof key === 'string' && key !== '').map((key) => `${key}=${repr(t, tableGetStr(table, key)!)}`);
    return `${name}(${parts.join(', ')})`;
  } finally {
    t.reprGuard.delete(self);
  }
}

function namespace_replace(t: Thread, self: PyObject, args: Value[], keywords: Map<string, Value>): Value {
  if (args.length > 0) raiseTypeError('__replace__ takes no positional arguments');
  const copy = allocate(self.type);
  dictMergeFrom(t, dictOf(copy)!, dictOf(self)!);
  for (const [name, value] of keywords) setAttr(t, copy, name, value);
  return copy;
}

readyType(SIMPLE_NAMESPACE_TYPE, {
  doc: 'A simple attribute-based namespace.',
  textSignature: '(mapping_or_iterable=(), /, **kwargs)',
  slots: {
    tp_alloc: (type) => new PyPlain(type),
    tp_new: (_t, type) => new PyPlain(type),
    tp_init: namespace_init,
    tp_repr: namespace_repr,
    tp_richcompare: (t, self: PyObject, other, op) => {
      if (!(other instanceof PyPlain) || other.type.solidBase !== SIMPLE_NAMESPACE_TYPE || (op !== 2 && op !== NE)) return NOT_IMPLEMENTED;
      return dictsEqual(t, dictOf(self)!, dictOf(other)!) === (op !== NE);
    },
  },
  methods: {
    __reduce__: [(_t: Thread, self: PyObject) => newTuple([self.type, newTuple([]), dictOf(self)!]), '!($self, /)', 'Return state information for pickling.'],
    __replace__: [namespace_replace, '!($self, /, *args, **changes)', 'Return a copy with the given attributes replaced.'],
  },
  getset: { __dict__: FIRM_DICT_GETSET },
  attributes: { __hash__: null },
});

