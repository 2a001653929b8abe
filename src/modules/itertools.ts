/** `itertools` (Modules/itertoolsmodule.c). Longer than usual, as every iterator is one entry of a table. */
import { repeated } from '../base/repeat-items.ts';
import { PyList, PyTuple } from '../core/containers.ts';
import { listLength } from '../core/list-storage.ts';
import { ENDED, orEnded, type QuietNext } from '../core/quiet.ts';
import { EQ, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { call, callTwo } from '../objects/call.ts';
import { callOne } from '../objects/call-one.ts';
import { compareBool } from '../objects/compare.ts';
import { RuntimeError } from '../objects/exception-types.ts';
import { CLASS_GETITEM } from '../objects/generic-alias-record.ts';
import { getIterator, itemsAhead, itemsLeft, iterNext, quietStepOf, takeItems, toArray } from '../objects/iterate.ts';
import { newTuple } from '../objects/make.ts';
import { add, toIndex } from '../objects/operators.ts';
import { raise, raiseTypeError, raiseValueError } from '../objects/raise.ts';
import { LIST_TYPE, RANGE_TYPE, staticType, TUPLE_TYPE } from '../objects/static-types.ts';
import { repr } from '../objects/text.ts';
import { isTrue } from '../objects/truth.ts';
import { readyType } from '../objects/type-ready.ts';
import { typeOf } from '../objects/type-of.ts';
import { makeCombinations, makeCombinationsWithReplacement, makePermutations, makeProduct } from './itertools/combinatoric.ts';
import { iteratorType, PyStepIterator, type Step } from './itertools/record.ts';
import type { NativeModule } from './native-module.ts';

const NEEDS_NUMBER = 'a number is required';

function makeCount(_t: Thread, [start, step]: Maybe[], self: PyStepIterator): Step {
  let next: Value = start === undefined ? 0 : start;
  const by: Value = step === undefined ? 1 : step;
  for (const value of [next, by]) if (typeOf(value).slots.nb_add === null) raiseTypeError(NEEDS_NUMBER);
  self.describeBy((t) => `count(${repr(t, next)}${by === 1 ? '' : `, ${repr(t, by)}`})`);
  self.stepQuietlyBy(() => {
    const value = next;
    if (typeof value !== 'number' || by !== 1 || value === Number.MAX_SAFE_INTEGER) return undefined;
    next = value + 1;
    return value;
  });
  self.run = {
    // No array has so many items that the count becomes large on the way.
    left: () => (typeof next === 'number' && by === 1 && next < 2 ** 52 ? Infinity : -1),
    take: (_thread, count) => {
      const items: Value[] = [];
      const first = next as number;
      for (let i = 0; i < count; i++) items.push(first + i);
      next = first + count;
      return items;
    },
  };
  return (t) => {
    const value = next;
    next = typeof next === 'number' && by === 1 && next < Number.MAX_SAFE_INTEGER ? next + 1 : add(t, next, by);
    return value;
  };
}

function makeCycle(t: Thread, [iterable]: Maybe[], self: PyStepIterator): Step {
  const iterator = getIterator(t, iterable!);
  const saved: Value[] = [];
  let first = true;
  let at = 0;
  self.stepQuietlyBy(() => {
    if (first) return undefined;
    if (saved.length === 0) return ENDED;
    const item = saved[at]!;
    if (++at === saved.length) at = 0;
    return item;
  });
  return (thread) => {
    if (first) {
      const item = iterNext(thread, iterator);
      if (item !== undefined) {
        saved.push(item);
        return item;
      }
      first = false;
    }
    if (saved.length === 0) return undefined;
    const item = saved[at]!;
    at = (at + 1) % saved.length;
    return item;
  };
}

/** Repetitions left by iterator, for repr and length hint. */
const repeats = new WeakMap<PyObject, { object: Value; left: number }>();

function makeRepeat(t: Thread, [object, times]: Maybe[], self: PyStepIterator): Step {
  const state = { object: object!, left: times === undefined ? Infinity : Math.max(0, Number(toIndex(t, times))) };
  repeats.set(self, state);
  self.describeBy((thread) => `repeat(${repr(thread, state.object)}${state.left === Infinity ? '' : `, ${state.left}`})`);
  const step = (): Maybe => (state.left-- > 0 ? state.object : ((state.left = 0), undefined));
  self.stepQuietlyBy(() => orEnded(step()));
  self.run = {
    left: () => state.left,
    take: (_t, count) => {
      const taken = Math.min(count, state.left);
      state.left -= taken;
      return taken === 0 ? [] : repeated([state.object], taken);
    },
  };
  return step;
}

function makeAccumulate(t: Thread, [iterable, func, initial]: Maybe[]): Step {
  const iterator = getIterator(t, iterable!);
  let total: Maybe = initial === null ? undefined : initial;
  let pendingInitial = total !== undefined;
  return (thread) => {
    if (pendingInitial) {
      pendingInitial = false;
      return total;
    }
    const item = iterNext(thread, iterator);
    if (item === undefined) return undefined;
    if (total === undefined) total = item;
    else total = func === undefined || func === null ? add(thread, total, item) : callTwo(thread, func, total, item);
    return total;
  };
}

/** Iterables whose iterator is made without Python code. */
function isPlainIterable(value: Value): boolean {
  return value instanceof PyObject && (value.type === LIST_TYPE || value.type === TUPLE_TYPE || value.type === RANGE_TYPE);
}

/** How many items there are in all; -1 where an iterable is no list or tuple. */
function addLengths(first: number, parts: readonly Value[] | null): number {
  let sum = parts === null ? -1 : first;
  for (let i = 0; sum >= 0 && i < parts!.length; i++) {
    const part = parts![i]!;
    sum = part instanceof PyList && part.type === LIST_TYPE ? sum + listLength(part) : part instanceof PyTuple && part.type === TUPLE_TYPE ? sum + part.items.length : -1;
  }
  return sum;
}

function setChain(self: PyStepIterator, outer: Value): Step {
  let inner: Maybe;
  let waiting: Maybe;
  const stepOuter = quietStepOf(outer) as QuietNext<Value>;
  let stepInner = stepOuter;
  // What comes next is asked for once: a quiet step that cannot go on with it leaves it waiting.
  self.stepQuietlyBy((t) => {
    for (;;) {
      if (inner === undefined) {
        if (waiting === undefined) {
          const next = stepOuter(t, outer);
          if (next === ENDED || next === undefined) return next;
          waiting = next;
        }
        if (!isPlainIterable(waiting)) return undefined;
        inner = getIterator(t, waiting);
        stepInner = quietStepOf(inner) as QuietNext<Value>;
        waiting = undefined;
      }
      const item = stepInner(t, inner);
      if (item !== ENDED) return item;
      inner = undefined;
    }
  });
  self.run = {
    left: () => {
      const rest = inner === undefined ? 0 : itemsLeft(inner);
      return waiting !== undefined || rest < 0 ? -1 : addLengths(rest, itemsAhead(outer));
    },
    take: (t, count) => {
      let items: Value[] = [];
      for (;;) {
        if (inner !== undefined) {
          const taken = takeItems(t, inner, count - items.length);
          if (items.length === 0) items = taken;
          else for (let i = 0; i < taken.length; i++) items.push(taken[i]!);
          if (items.length === count) return items;
          inner = undefined;
        }
        const next = stepOuter(t, outer);
        if (next === ENDED || next === undefined) return items;
        inner = getIterator(t, next);
        stepInner = quietStepOf(inner) as QuietNext<Value>;
      }
    },
  };
  return (t) => {
    for (;;) {
      if (inner === undefined) {
        const next = waiting === undefined ? iterNext(t, outer) : waiting;
        if (next === undefined) return undefined;
        waiting = undefined;
        inner = getIterator(t, next);
        stepInner = quietStepOf(inner) as QuietNext<Value>;
      }
      const item = iterNext(t, inner);
      if (item !== undefined) return item;
      inner = undefined;
    }
  };
}

function makeCompress(t: Thread, [data, selectors]: Maybe[]): Step {
  const items = getIterator(t, data!);
  const flags = getIterator(t, selectors!);
  return (thread) => {
    for (;;) {
      const item = iterNext(thread, items);
      if (item === undefined) return undefined;
      const flag = iterNext(thread, flags);
      if (flag === undefined) return undefined;
      if (isTrue(thread, flag)) return item;
    }
  };
}

function makeDropwhile(t: Thread, [predicate, iterable]: Maybe[]): Step {
  const iterator = getIterator(t, iterable!);
  let dropping = true;
  return (thread) => {
    for (;;) {
      const item = iterNext(thread, iterator);
      if (item === undefined || !dropping) return item;
      if (isTrue(thread, callOne(thread, predicate!, item))) continue;
      dropping = false;
      return item;
    }
  };
}

function makeTakewhile(t: Thread, [predicate, iterable]: Maybe[]): Step {
  const iterator = getIterator(t, iterable!);
  return (thread) => {
    const item = iterNext(thread, iterator);
    return item === undefined || !isTrue(thread, callOne(thread, predicate!, item)) ? undefined : item;
  };
}

function makeFilterfalse(t: Thread, [predicate, iterable]: Maybe[]): Step {
  const iterator = getIterator(t, iterable!);
  return (thread) => {
    for (;;) {
      const item = iterNext(thread, iterator);
      if (item === undefined) return undefined;
      if (!isTrue(thread, predicate === null ? item : callOne(thread, predicate!, item))) return item;
    }
  };
}

function makeStarmap(t: Thread, [func, iterable]: Maybe[]): Step {
  const iterator = getIterator(t, iterable!);
  return (thread) => {
    const item = iterNext(thread, iterator);
    return item === undefined ? undefined : call(thread, func!, toArray(thread, item));
  };
}

const ISLICE_ERRORS = {
  stop: 'Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.',
  indices: 'Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.',
  step: 'Step for islice() must be a positive integer or None.',
};

function sliceIndex(t: Thread, value: Maybe, fallback: number, least: number, message: string): number {
  if (value === undefined || value === null) return fallback;
  if (typeOf(value).slots.nb_index === null) raiseValueError(message);
  const number = Number(toIndex(t, value));
  return number < least ? raiseValueError(message) : number;
}

function makeIslice(t: Thread, [iterable, args]: [Maybe, Value[]], self: PyStepIterator): Step {
  if (args.length < 1 || args.length > 3) raiseTypeError(`islice expected at ${args.length < 1 ? 'least 2' : 'most 4'} arguments, got ${args.length + 1}`);
  const onlyStop = args.length === 1;
  const start = onlyStop ? 0 : sliceIndex(t, args[0], 0, 0, ISLICE_ERRORS.indices);
  const stop = sliceIndex(t, onlyStop ? args[0] : args[1], Infinity, 0, onlyStop ? ISLICE_ERRORS.stop : ISLICE_ERRORS.indices);
  const step = sliceIndex(t, args[2], 1, 1, ISLICE_ERRORS.step);
  const iterator = getIterator(t, iterable!);
  let position = 0;
  let next = start;
  const quietly = quietStepOf(iterator) as QuietNext<Value>;
  self.stepQuietlyBy((thread) => {
    if (next >= stop) return position >= stop ? ENDED : undefined;
    for (; position < next; position++) {
      const skipped = quietly(thread, iterator);
      if (skipped === ENDED || skipped === undefined) return skipped;
    }
    const item = quietly(thread, iterator);
    if (item === ENDED || item === undefined) return item;
    position++;
    next = Math.min(next + step, stop);
    return item;
  });
  self.run = {
    left: () => {
      const left = step === 1 && next <= stop ? itemsLeft(iterator) : -1;
      return left < 0 ? -1 : Math.max(0, Math.min(stop - next, left - (next - position)));
    },
    take: (thread, count) => {
      if (position < next && takeItems(thread, iterator, next - position).length < next - position) return [];
      const items = takeItems(thread, iterator, Math.min(count, stop - next));
      next += items.length;
      position = next;
      return items;
    },
  };
  return (thread) => {
    // What stands before the first item is gone over even where the last one stands before that.
    for (; position < next; position++) if (iterNext(thread, iterator) === undefined) return undefined;
    if (next >= stop) return undefined;
    const item = iterNext(thread, iterator);
    position++;
    next = Math.min(next + step, stop);
    return item;
  };
}

function makePairwise(t: Thread, [iterable]: Maybe[]): Step {
  const iterator = getIterator(t, iterable!);
  let previous: Maybe;
  return (thread) => {
    if (previous === undefined) previous = iterNext(thread, iterator);
    if (previous === undefined) return undefined;
    const item = iterNext(thread, iterator);
    if (item === undefined) return undefined;
    const pair = newTuple([previous, item]);
    previous = item;
    return pair;
  };
}

function makeBatched(t: Thread, [iterable, size, strict]: Maybe[]): Step {
  const count = Number(toIndex(t, size!));
  if (count < 1) raiseValueError('n must be at least one');
  const iterator = getIterator(t, iterable!);
  const exact = strict !== undefined && isTrue(t, strict);
  return (thread) => {
    const batch: Value[] = [];
    while (batch.length < count) {
      const item = iterNext(thread, iterator);
      if (item === undefined) break;
      batch.push(item);
    }
    if (batch.length === 0) return undefined;
    if (exact && batch.length < count) raiseValueError('batched(): incomplete batch');
    return newTuple(batch);
  };
}

function makeZipLongest(t: Thread, [iterables, fill]: [Value[], Maybe]): Step {
  const iterators: Maybe[] = iterables.map((iterable) => getIterator(t, iterable));
  let active = iterators.length;
  const filled: readonly Value[] = iterators.map(() => (fill === undefined ? null : fill));
  return (thread) => {
    if (active === 0) return undefined;
    const row: Value[] = filled.slice();
    for (let i = 0; i < iterators.length; i++) {
      const iterator = iterators[i];
      const item = iterator === undefined ? undefined : iterNext(thread, iterator);
      if (item === undefined && iterator !== undefined) {
        iterators[i] = undefined;
        if (--active === 0) return undefined;
      }
      if (item !== undefined) row[i] = item;
    }
    return newTuple(row);
  };
}

interface GroupState {
  readonly iterator: Value;
  readonly key: Maybe;
  currentKey: Maybe;
  currentValue: Maybe;
  targetKey: Maybe;
  /** The group handed out last: an older one is exhausted at once. */
  group: PyObject | null;
}

function advanceGroup(t: Thread, state: GroupState): boolean {
  const value = iterNext(t, state.iterator);
  if (value === undefined) return false;
  state.currentValue = value;
  state.currentKey = state.key === undefined || state.key === null ? value : callOne(t, state.key, value);
  return true;
}

const GROUPER_TYPE = staticType('_grouper', { module: 'itertools', disallowInstantiation: true });
readyType(GROUPER_TYPE, { slots: { tp_alloc: (type) => new PyStepIterator(type, () => undefined), tp_iter: (_t, self) => self, tp_iternext: (t, self: PyStepIterator) => self.step(t) } });

function makeGroupby(t: Thread, [iterable, key]: Maybe[]): Step {
  const state: GroupState = { iterator: getIterator(t, iterable!), key, currentKey: undefined, currentValue: undefined, targetKey: undefined, group: null };
  return (thread) => {
    state.group = null;
    while (state.currentKey === undefined || (state.targetKey !== undefined && compareBool(thread, state.targetKey, state.currentKey, EQ))) {
      if (!advanceGroup(thread, state)) return undefined;
    }
    state.targetKey = state.currentKey;
    const own = state.targetKey;
    const group = new PyStepIterator(GROUPER_TYPE, (inner) => {
      if (state.group !== group) return undefined;
      if (state.currentValue === undefined && !advanceGroup(inner, state)) return undefined;
      if (!compareBool(inner, own, state.currentKey!, EQ)) return undefined;
      const value = state.currentValue;
      state.currentValue = undefined;
      return value;
    });
    state.group = group;
    return newTuple([own, group]);
  };
}

/** What the iterators of one `tee` call share: items read so far, from the position of the slowest. */
interface TeeSource {
  readonly iterator: Value;
  readonly items: Value[];
  running: boolean;
}

class PyTee extends PyObject {
  readonly source: TeeSource;
  position: number;
  constructor(type: PyType, source: TeeSource, position: number) {
    super(type);
    this.source = source;
    this.position = position;
  }
}

const TEE_TYPE = staticType('_tee', { module: 'itertools', hasWeakref: true });
readyType(TEE_TYPE, {
  doc: 'Iterator wrapped to make it copyable.',
  slots: {
    tp_new: (t, type, args) => teeOf(t, type, args[0]!),
    tp_iter: (_t, self) => self,
    tp_iternext: (t, self: PyTee) => {
      const { source } = self;
      if (self.position < source.items.length) return source.items[self.position++];
      if (source.running) raise(RuntimeError, 'cannot re-enter the tee iterator');
      source.running = true;
      try {
        const item = iterNext(t, source.iterator);
        if (item === undefined) return undefined;
        source.items.push(item);
        self.position++;
        return item;
      } finally {
        source.running = false;
      }
    },
  },
  methods: { __copy__: [(_t: Thread, self: PyTee) => new PyTee(TEE_TYPE, self.source, self.position), '($self, /)', 'Returns an independent iterator.'] },
});

function teeOf(t: Thread, type: PyType, iterable: Value): PyTee {
  const iterator = getIterator(t, iterable);
  if (iterator instanceof PyTee) return new PyTee(type, iterator.source, iterator.position);
  return new PyTee(type, { iterator, items: [], running: false }, 0);
}

function itertools_tee(t: Thread, iterable: Value, n?: Value): Value {
  const count = n === undefined ? 2 : Number(toIndex(t, n));
  if (count < 0) raiseValueError('n must be >= 0');
  if (count === 0) return newTuple([]);
  const first = teeOf(t, TEE_TYPE, iterable);
  return newTuple([first, ...Array.from({ length: count - 1 }, () => new PyTee(TEE_TYPE, first.source, first.position))]);
}

const describing = { tp_repr: (t: Thread, self: PyStepIterator): string => self.describe!(t) };

const CHAIN_TYPE: PyType = iteratorType('chain', '(*iterables)', 'Return a chain object that yields the items of each iterable in turn.',
  (t, [iterables], self) => setChain(self, getIterator(t, newTuple((iterables as unknown as Value[]).slice()))), {
    methods: {
      from_iterable: [
        (t: Thread, type: PyType, iterable: Value) => {
          const self = new PyStepIterator(type, () => undefined);
          self.step = setChain(self, getIterator(t, iterable));
          return self;
        }, '($type, iterable, /)', 'Alternative chain() constructor.', 'class',
      ],
      __class_getitem__: CLASS_GETITEM,
    },
  }, /* isQuiet */ true);

const TYPES: Readonly<Record<string, PyType>> = {
  accumulate: iteratorType('accumulate', '(iterable, func=None, *, initial=None)', 'Return series of accumulated sums (or other binary function results).', makeAccumulate),
  batched: iteratorType('batched', '(iterable, n, *, strict=False)', 'Batch data into tuples of length n.', makeBatched),
  chain: CHAIN_TYPE,
  combinations: iteratorType('combinations', '(iterable, r)', 'Return successive r-length combinations of elements in the iterable.', makeCombinations),
  combinations_with_replacement: iteratorType('combinations_with_replacement', '(iterable, r)', 'Combinations with individual elements repeated.', makeCombinationsWithReplacement),
  compress: iteratorType('compress', '(data, selectors)', 'Return data elements corresponding to true selector elements.', makeCompress),
  count: iteratorType('count', '(start=0, step=1)', 'Return a count object whose .__next__() method returns consecutive values.', makeCount, { slots: describing }, /* isQuiet */ true),
  cycle: iteratorType('cycle', '(iterable, /)', 'Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.', makeCycle, {}, /* isQuiet */ true),
  dropwhile: iteratorType('dropwhile', '(predicate, iterable, /)', 'Drop items from the iterable while predicate(item) is true.', makeDropwhile),
  filterfalse: iteratorType('filterfalse', '(function, iterable, /)', 'Return those items of iterable for which function(item) is false.', makeFilterfalse),
  groupby: iteratorType('groupby', '(iterable, key=None)', 'Make an iterator that returns consecutive keys and groups from the iterable.', makeGroupby),
  islice: iteratorType('islice', '(iterable, /, *args)', 'Return an iterator whose next() method returns selected values from an iterable.', (t, args, self) => makeIslice(t, args as unknown as [Maybe, Value[]], self), {}, /* isQuiet */ true),
  pairwise: iteratorType('pairwise', '(iterable, /)', 'Return an iterator of overlapping pairs taken from the input iterator.', makePairwise),
  permutations: iteratorType('permutations', '(iterable, r=None)', 'Return successive r-length permutations of elements in the iterable.', makePermutations),
  product: iteratorType('product', '(*iterables, repeat=1)', 'Cartesian product of input iterables.', (t, args) => makeProduct(t, args as unknown as [Value[], Maybe])),
  repeat: iteratorType('repeat', '(object, times=<unrepresentable>)', 'Return the object, indefinitely or the given number of times.', makeRepeat, {
    slots: describing,
    methods: {
      __length_hint__: [
        (_t: Thread, self: PyStepIterator) => {
          const left = repeats.get(self)!.left;
          return left === Infinity ? raiseTypeError('len() of unsized object') : left;
        },
        '($self, /)', 'Private method returning an estimate of len(list(it)).',
      ],
    },
  }, /* isQuiet */ true),
  starmap: iteratorType('starmap', '(function, iterable, /)', 'Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.', makeStarmap),
  takewhile: iteratorType('takewhile', '(predicate, iterable, /)', 'Return successive entries from an iterable as long as the predicate evaluates to true for each entry.', makeTakewhile),
  zip_longest: iteratorType('zip_longest', '(*iterables, fillvalue=None)', 'Return a zip_longest object whose .__next__() method returns a tuple.', (t, args) => makeZipLongest(t, args as unknown as [Value[], Maybe])),
  _grouper: GROUPER_TYPE,
  _tee: TEE_TYPE,
};

/** The table. */
export const ITERTOOLS_MODULE: NativeModule = {
  name: 'itertools',
  doc: 'Functional tools for creating and using iterators.',
  types: TYPES,
  functions: { tee: [itertools_tee, '($module, iterable, n=2, /)', 'Returns a tuple of n independent iterators.'] },
};

