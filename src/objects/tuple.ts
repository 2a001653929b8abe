/** `tuple` and its iterator (Objects/tupleobject.c). */
import { PyTuple } from '../core/containers.ts';
import { PyTupleIterator } from '../core/iterators.ts';
import { alwaysQuietNext, withQuietRun } from '../core/quiet.ts';
import { PySlice } from '../core/range.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { CLASS_GETITEM } from './generic-alias-record.ts';
import { builtinNamed } from './builtins-hook.ts';
import { toArray } from './iterate.ts';
import { checkItemCount } from './array-limits.ts';
import { compareItems, containsItem, countItem, findItem, repeatChecked, reprOfItems, sliceItems } from './list.ts';
import { EMPTY_TUPLE, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { toIndex, toSize } from './operators.ts';
import { raiseIndexError, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { TUPLE_ITERATOR_TYPE, TUPLE_TYPE } from './static-types.ts';
import { readyType } from './type-ready.ts';
import { tuple_hash } from './tuple-hash.ts';
import { typeOf } from './type-of.ts';

function tuple_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  if (keywords !== null && keywords.length > 0 && (type === TUPLE_TYPE || type.slots.tp_init === TUPLE_TYPE.slots.tp_init)) raiseTypeError('tuple() takes no keyword arguments');
  // A subclass with an `__init__` of its own may have other keywords.
  const count = args.length - (keywords?.length ?? 0);
  if (count > 1) raiseTypeError(`tuple expected at most 1 argument, got ${count}`);
  const source = count === 0 ? undefined : args[0];
  if (type === TUPLE_TYPE && source instanceof PyTuple && source.type === TUPLE_TYPE) return source;
  const items = source === undefined ? [] : toArray(t, source);
  return type === TUPLE_TYPE ? newTuple(items) : new PyTuple(type, items);
}

function tuple_repr(t: Thread, self: PyTuple): string {
  const items = self.items;
  return items.length === 1 ? reprOfItems(t, self, items, '(', ',)') : reprOfItems(t, self, items, '(', ')');
}

function tuple_item(_t: Thread, self: PyTuple, index: number): Value {
  const items = self.items;
  return index >= 0 && index < items.length ? items[index]! : raiseIndexError('tuple index out of range');
}

function tuple_subscript(t: Thread, self: PyTuple, key: Value): Value {
  if (key instanceof PySlice) {
    const items = sliceItems(t, self.items, key);
    return items.length === self.items.length && self.type === TUPLE_TYPE && key.step === null ? self : newTuple(items);
  }
  if (typeOf(key).slots.nb_index === null) raiseTypeError(`tuple indices must be integers or slices, not ${typeName(key)}`);
  const index = toSize(t, key);
  return tuple_item(t, self, index < 0 ? index + self.items.length : index);
}

function tuple_concat(_t: Thread, self: PyTuple, other: Value): Value {
  if (!(other instanceof PyTuple)) raiseTypeError(`can only concatenate tuple (not "${typeName(other)}") to tuple`);
  if (self.items.length === 0 && other.type === TUPLE_TYPE) return other;
  if (other.items.length === 0 && self.type === TUPLE_TYPE) return self;
  checkItemCount(self.items.length + other.items.length);
  return newTuple(self.items.concat(other.items));
}

function tuple_index(t: Thread, self: PyTuple, item: Value, start?: Value, stop?: Value): Value {
  const at = findItem(t, self, item, start, stop);
  return at >= 0 ? at : raiseValueError('tuple.index(x): x not in tuple');
}

readyType(TUPLE_TYPE, {
  doc: 'Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\nIf iterable is specified the tuple is initialized from iterable\'s items.',
  textSignature: '(iterable=(), /)',
  slots: {
    tp_alloc: (type: PyType) => new PyTuple(type, []),
    tp_new: tuple_new,
    tp_repr: tuple_repr,
    tp_hash: tuple_hash,
    tp_richcompare: (t, self: PyTuple, other, op) => (other instanceof PyTuple ? compareItems(t, self.items, other.items, op) : NOT_IMPLEMENTED),
    tp_iter: (_t, self: PyTuple) => new PyTupleIterator(TUPLE_ITERATOR_TYPE, self),
    sq_length: (_t, self: PyTuple) => self.items.length,
    sq_concat: tuple_concat,
    sq_repeat: (_t, self: PyTuple, count) => (count === 1 && self.type === TUPLE_TYPE ? self : newTuple(repeatChecked(self.items, count))),
    sq_item: tuple_item,
    sq_contains: containsItem,
    mp_length: (_t, self: PyTuple) => self.items.length,
    mp_subscript: tuple_subscript,
  },
  methods: {
    count: [countItem, '($self, value, /)', 'Return number of occurrences of value.'],
    index: [tuple_index, '($self, value, start=0, stop=sys.maxsize, /)', 'Return first index of value.'],
    __getnewargs__: [(_t: Thread, self: PyTuple) => newTuple([newTuple(self.items.slice())]), '($self, /)', 'Arguments for __new__.'],
    __class_getitem__: CLASS_GETITEM,
  },
});

function leftOfTuple({ tuple, index }: PyTupleIterator): number {
  return tuple === null ? 0 : tuple.items.length - index;
}

function takeOfTuple(self: PyTupleIterator, count: number): Value[] {
  const { tuple, index } = self;
  if (tuple === null) return [];
  const items = tuple.items.slice(index, index + count);
  if (items.length < count) self.tuple = null;
  else self.index += count;
  return items;
}

readyType(TUPLE_ITERATOR_TYPE, {
  slots: {
    tp_iter: (_t, self) => self,
    tp_iternext: withQuietRun(alwaysQuietNext((_t: Thread, self: PyTupleIterator): Maybe => {
      const tuple = self.tuple;
      if (tuple !== null && self.index < tuple.items.length) return tuple.items[self.index++];
      self.tuple = null;
      return undefined;
    }), { left: leftOfTuple, take: (_t, self: PyTupleIterator, count) => takeOfTuple(self, count) }),
  },
  methods: {
    __length_hint__: [(_t: Thread, self: PyTupleIterator) => leftOfTuple(self), '!($self, /)', 'Private method returning an estimate of len(list(it)).'],
    __reduce__: [
      (t: Thread, self: PyTupleIterator) => {
        const iter = builtinNamed(t, 'iter');
        return self.tuple === null ? newTuple([iter, newTuple([EMPTY_TUPLE])]) : newTuple([iter, newTuple([self.tuple]), self.index]);
      },
      '!($self, /)', 'Return state information for pickling.',
    ],
    __setstate__: [
      (t: Thread, self: PyTupleIterator, state: Value) => {
        if (self.tuple !== null) self.index = Math.min(Math.max(Number(toIndex(t, state)), 0), self.tuple.items.length);
      },
      '!($self, object, /)', 'Set state information for unpickling.',
    ],
  },
});
