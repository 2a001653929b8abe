/** `_functools` (Modules/_functoolsmodule.c). */
import { EQ } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { call } from '../objects/call.ts';
import { richCompare } from '../objects/compare.ts';
import { getIterator, isSequenceLike, iterNext } from '../objects/iterate.ts';
import { raiseTypeError } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { typeOf } from '../objects/type-of.ts';
import { readyType } from '../objects/type-ready.ts';
import { LRU_CACHE_TYPE } from './_functools/lru-cache.ts';
import { PARTIAL_TYPE, PLACEHOLDER } from './_functools/partial.ts';
import type { NativeModule } from './native-module.ts';

const KEY_TYPE = staticType('KeyWrapper', { module: 'functools', disallowInstantiation: true });

/** What `cmp_to_key` makes: the maker (no object yet) and the keys. */
class PyKey extends PyObject {
  readonly compare: Value;
  object: Maybe;
  constructor(compare: Value, object: Maybe) {
    super(KEY_TYPE);
    this.compare = compare;
    this.object = object;
  }
}

readyType(KEY_TYPE, {
  slots: {
    tp_call: (_t, self: PyKey, args, keywords) => {
      const names = keywords ?? [];
      if (args.length !== 1 || (names.length === 1 && names[0] !== 'obj')) raiseTypeError(args.length === 0 ? "K() missing required argument 'obj' (pos 1)" : `K() takes at most 1 argument (${args.length} given)`);
      return new PyKey(self.compare, args[0]);
    },
    tp_richcompare: (t, self: PyKey, other, op) => {
      if (!(other instanceof PyKey)) raiseTypeError('other argument must be K instance');
      if (self.object === undefined || other.object === undefined) raiseTypeError('object');
      return richCompare(t, call(t, self.compare, [self.object, other.object]), 0, op ?? EQ);
    },
  },
  getset: { obj: { get: (_t, self) => (self as PyKey).object, set: (_t, self, value) => void ((self as PyKey).object = value), member: true, doc: 'Value wrapped by a key function.' } },
  attributes: { __hash__: null },
});

function functools_reduce(t: Thread, func: Value, iterable: Value, initial?: Value): Value {
  if (typeOf(iterable).slots.tp_iter === null && !isSequenceLike(iterable)) raiseTypeError('reduce() arg 2 must support iteration');
  const iterator = getIterator(t, iterable);
  let total: Maybe = initial === undefined ? iterNext(t, iterator) : initial;
  if (total === undefined) raiseTypeError('reduce() of empty iterable with no initial value');
  for (let item = iterNext(t, iterator); item !== undefined; item = iterNext(t, iterator)) total = call(t, func, [total, item]);
  return total;
}

/** The table. */
export const FUNCTOOLS_MODULE: NativeModule = {
  name: '_functools',
  doc: 'Tools that operate on functions.',
  types: { partial: PARTIAL_TYPE, _lru_cache_wrapper: LRU_CACHE_TYPE },
  attributes: () => ({ Placeholder: PLACEHOLDER }),
  functions: {
    reduce: [functools_reduce, '($module, function, iterable, /, initial=<functools._initial_missing>)', 'Apply a function of two arguments cumulatively to the items of an iterable, from left to right.'],
    cmp_to_key: [(_t: Thread, mycmp: Value) => new PyKey(mycmp, undefined), '($module, /, mycmp)', 'Convert a cmp= function into a key= function.'],
  },
};
