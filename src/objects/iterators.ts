/**
 * The iterator builtins: enumerate, zip, map, filter, reversed, and what `iter()` makes of sequences and callables.
 *
 * Source: CPython Objects/enumobject.c, Objects/iterobject.c, Python/bltinmodule.c.
 */
import { NativeDefinition, PyBuiltinFunction } from '../core/native.ts';
import { PyListIterator, PyRangeIterator, PyTupleIterator } from '../core/iterators.ts';
import { ENDED, quietFormOf, withQuietNext, withQuietRun } from '../core/quiet.ts';
import { PARKED, type Thread } from '../core/thread.ts';
import type { PyDict } from '../core/containers.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import { linkToPyObject, PyObject, type Int, type Maybe, type Value } from '../core/value.ts';
import { EQ } from '../core/type.ts';
import { intAdd } from './algorithms/int-arith.ts';
import { typeLookup } from './attributes.ts';
import { builtinNamed } from './builtins-hook.ts';
import { call, callBuiltin, callSpecial, settle } from './call.ts';
import { callOne } from './call-one.ts';
import { compareBool } from './compare.ts';
import { IndexError, StopIteration } from './exception-types.ts';
import { CLASS_GETITEM } from './generic-alias-record.ts';
import { getIterator, itemsAhead, itemsLeft, iterNext, isSequenceLike, PySequenceIterator, takeItems } from './iterate.ts';
import { newTuple } from './make.ts';
import { sizeArgument } from './native-arguments.ts';
import { bindArguments } from './native-call.ts';
import { checkArguments, checkPositional } from './new-arguments.ts';
import { toIndex } from './operators.ts';
import { isRaised, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { getItem } from './subscript.ts';
import {
  CALLABLE_ITERATOR_TYPE, ENUMERATE_TYPE, FILTER_TYPE, MAP_TYPE, REVERSED_TYPE, SEQ_ITERATOR_TYPE, ZIP_TYPE,
} from './static-types.ts';
import { isTrue, lengthOf, lengthOrMinusOne } from './truth.ts';
import { readyType } from './type-ready.ts';
import { typeOf } from './type-of.ts';

const itself = (_t: Thread, self: Value): Value => self;

// enumerate

/** `enumerate` */
export class PyEnumerate {
  type: PyType;
  dict: PyDict | null;
  iterator: Value;
  index: Int;
  constructor(type: PyType, iterator: Value, index: Int) {
    this.type = type;
    this.dict = null;
    this.iterator = iterator;
    this.index = index;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyEnumerate extends PyObject {}
linkToPyObject(PyEnumerate);

const ENUMERATE_NEW = new NativeDefinition('enumerate', () => null, '(iterable, start=0)', '', 'method');

function enumerate_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  if (args.length === 0) raiseTypeError("enumerate() missing required argument 'iterable'");
  const [iterable, start] = bindArguments(ENUMERATE_NEW, 'enumerate', null, false, args, keywords) as Maybe[];
  const first = start === undefined ? 0 : toIndex(t, start);
  return new PyEnumerate(type, getIterator(t, iterable!), first);
}

/** @hot for loops over enumerate */
function enumerate_next(t: Thread, self: PyEnumerate): Maybe {
  const item = iterNext(t, self.iterator);
  if (item === undefined) return undefined;
  const { index } = self;
  self.index = intAdd(index, 1);
  return newTuple([index, item]);
}

/** Counts up to here stay small. */
const FAR_FROM_LARGE = Number.MAX_SAFE_INTEGER - 2 ** 32;

function leftToEnumerate({ iterator, index }: PyEnumerate): number {
  return typeof index === 'number' && index < FAR_FROM_LARGE ? itemsLeft(iterator) : -1;
}

function takeEnumerated(t: Thread, self: PyEnumerate, count: number): Value[] {
  const items = takeItems(t, self.iterator, count);
  // `leftToEnumerate` has seen that it is a number.
  const first = self.index as number;
  for (let i = 0; i < items.length; i++) items[i] = newTuple([first + i, items[i]!]);
  self.index = first + items.length;
  return items;
}

readyType(ENUMERATE_TYPE, {
  doc: 'Return an enumerate object: pairs of a count and an item.\n\n  iterable\n    an object supporting iteration\n\nThe count starts at start, which defaults to 0.',
  textSignature: '(iterable, start=0)',
  slots: { tp_new: enumerate_new, tp_alloc: (type) => new PyEnumerate(type, null, 0), tp_iter: itself, tp_iternext: withQuietRun(enumerate_next, { left: leftToEnumerate, take: takeEnumerated }) },
  methods: {
    __reduce__: [(_t, self: PyEnumerate) => newTuple([self.type, newTuple([self.iterator, self.index])]), '($self, /)', 'Return state information for pickling.'],
    __class_getitem__: CLASS_GETITEM,
  },
});

// zip and map

function pluralArguments(last: number): string {
  return last === 1 ? 'argument 1' : `arguments 1-${last}`;
}

/** The next item of each iterator; undefined when one is exhausted, after the check that `strict` asks for. */
function nextOfEach(t: Thread, name: string, iterators: readonly Value[], strict: boolean): Value[] | undefined {
  const items: Value[] = [];
  for (let i = 0; i < iterators.length; i++) {
    const item = iterNext(t, iterators[i]!);
    if (item === undefined) {
      if (strict) checkAllExhausted(t, name, iterators, i);
      return undefined;
    }
    items.push(item);
  }
  return items;
}

/** Raises ValueError unless iterator `exhausted` was the first of all and the others are exhausted, too. */
function checkAllExhausted(t: Thread, name: string, iterators: readonly Value[], exhausted: number): void {
  if (exhausted > 0) raiseValueError(`${name}() argument ${exhausted + 1} is shorter than ${pluralArguments(exhausted)}`);
  for (let i = 1; i < iterators.length; i++) {
    if (iterNext(t, iterators[i]!) !== undefined) raiseValueError(`${name}() argument ${i + 1} is longer than ${pluralArguments(i)}`);
  }
}

/** `zip` */
export class PyZip {
  type: PyType;
  dict: PyDict | null;
  iterators: Value[];
  strict: boolean;
  constructor(type: PyType, iterators: Value[], strict: boolean) {
    this.type = type;
    this.dict = null;
    this.iterators = iterators;
    this.strict = strict;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyZip extends PyObject {}
linkToPyObject(PyZip);

const ZIP_NEW = new NativeDefinition('zip', () => null, '(*iterables, strict=False)', '', 'method');

function zip_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const [iterables, strict] = bindArguments(ZIP_NEW, 'zip', null, false, args, keywords) as [Value[], Maybe];
  const isStrict = strict !== undefined && isTrue(t, strict);
  return new PyZip(type, iterables.map((iterable) => getIterator(t, iterable)), isStrict);
}

/** @hot for loops over zip */
function zip_next(t: Thread, self: PyZip): Maybe {
  const { iterators, strict } = self;
  if (iterators.length === 0) return undefined;
  if (iterators.length === 2 && !strict) {
    // Of an array that grows the engine keeps room for more.
    const first = iterNext(t, iterators[0]!);
    const second = first === undefined ? undefined : iterNext(t, iterators[1]!);
    return second === undefined ? undefined : newTuple([first!, second]);
  }
  const items = nextOfEach(t, 'zip', iterators, strict);
  return items === undefined ? undefined : newTuple(items);
}

/** Two iterables, as nearly always; one iterator twice gives its items in turns. */
function leftToZip({ iterators, strict }: PyZip): number {
  const [first, second] = iterators;
  if (iterators.length !== 2 || strict || first === second) return -1;
  const left = itemsLeft(first!);
  return left < 0 || !stepsItself(first!) || !stepsItself(second!) ? -1 : Math.min(left, itemsLeft(second!));
}

/** Whether steps of an iterator step no other one, which the second might step, too. */
function stepsItself(iterator: Value): boolean {
  return iterator instanceof PyListIterator || iterator instanceof PyTupleIterator || iterator instanceof PyRangeIterator;
}

/** Of the first iterable one item more is taken where the second ends before. */
function takeZipped(t: Thread, { iterators }: PyZip, count: number): Value[] {
  const firsts = takeItems(t, iterators[0]!, Math.min(count, itemsLeft(iterators[1]!) + 1));
  const pairs = takeItems(t, iterators[1]!, Math.min(count, firsts.length));
  for (let i = 0; i < pairs.length; i++) pairs[i] = newTuple([firsts[i]!, pairs[i]!]);
  return pairs;
}

/**
 * All pairs of `zip(keys, values)` as keys and values, for a dict: where the keys are those of a list or tuple and hashing and comparing them runs no Python code, which could see that the
 * iterators are ahead. Undefined for anything else, with nothing done.
 */
export function takeKeysAndValues(t: Thread, source: Value): { keys: Value[]; values: Value[] } | undefined {
  if (!(source instanceof PyZip) || source.type !== ZIP_TYPE || leftToZip(source) < 0) return undefined;
  const [first, second] = source.iterators as [Value, Value];
  const left = itemsLeft(second);
  const rest = itemsAhead(first) ?? [];
  for (let i = 0; i < rest.length; i++) if (typeof rest[i] !== 'string' && typeof rest[i] !== 'number') return undefined;
  const keys = takeItems(t, first, left + 1);
  return { keys, values: takeItems(t, second, keys.length) };
}

function zip_reduce(_t: Thread, self: PyZip): Value {
  const parts: Value[] = [self.type, newTuple(self.iterators.slice())];
  return newTuple(self.strict ? [...parts, true] : parts);
}

readyType(ZIP_TYPE, {
  doc: 'Yields tuples of the first items of all iterables, then of the second ones, until the shortest iterable ends.\nWith strict, raises ValueError unless all end together.\n\n>>> list(zip(\'ab\', range(3)))\n[(\'a\', 0), (\'b\', 1)]',
  textSignature: '(*iterables, strict=False)',
  slots: { tp_new: zip_new, tp_alloc: (type) => new PyZip(type, [], false), tp_iter: itself, tp_iternext: withQuietRun(zip_next, { left: leftToZip, take: takeZipped }) },
  methods: {
    __reduce__: [zip_reduce, '!($self, /)', 'Return state information for pickling.'],
    __setstate__: [
      (t: Thread, self: PyZip, state: Value) => { self.strict = isTrue(t, state); }, '!($self, object, /)', 'Set state information for unpickling.',
    ],
  },
});

/** `map` */
export class PyMap {
  type: PyType;
  dict: PyDict | null;
  callee: Value;
  iterators: Value[];
  strict: boolean;
  constructor(type: PyType, callee: Value, iterators: Value[], strict: boolean) {
    this.type = type;
    this.dict = null;
    this.callee = callee;
    this.iterators = iterators;
    this.strict = strict;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyMap extends PyObject {}
linkToPyObject(PyMap);

const MAP_NEW = new NativeDefinition('map', () => null, '(*args, strict=False)', '', 'method');

function map_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const [values, strict] = bindArguments(MAP_NEW, 'map', null, false, args, keywords) as [Value[], Maybe];
  if (values.length < 2) raiseTypeError('map() must have at least two arguments.');
  const isStrict = strict !== undefined && isTrue(t, strict);
  return new PyMap(type, values[0]!, values.slice(1).map((iterable) => getIterator(t, iterable)), isStrict);
}

/** @hot for loops over map */
function map_next(t: Thread, self: PyMap): Maybe {
  if (self.iterators.length === 1) {
    const item = iterNext(t, self.iterators[0]!);
    return item === undefined ? undefined : callOne(t, self.callee, item);
  }
  const items = nextOfEach(t, 'map', self.iterators, self.strict);
  return items === undefined ? undefined : call(t, self.callee, items);
}

function map_reduce(_t: Thread, self: PyMap): Value {
  const parts: Value[] = [self.type, newTuple([self.callee, ...self.iterators])];
  return newTuple(self.strict ? [...parts, true] : parts);
}

readyType(MAP_TYPE, {
  doc: 'Make an iterator that computes the function using arguments from\neach of the iterables.  Stops when the shortest iterable is exhausted.\n\nIf strict is true and one of the arguments is exhausted before the\nothers, raise a ValueError.',
  textSignature: '(function, iterable, /, *iterables, strict=False)',
  slots: { tp_new: map_new, tp_alloc: (type) => new PyMap(type, null, [], false), tp_iter: itself, tp_iternext: map_next },
  methods: {
    __reduce__: [map_reduce, '!($self, /)', 'Return state information for pickling.'],
    __setstate__: [
      (t: Thread, self: PyMap, state: Value) => { self.strict = isTrue(t, state); }, '!($self, object, /)', 'Set state information for unpickling.',
    ],
  },
});

// filter

/** `filter` */
export class PyFilter {
  type: PyType;
  dict: PyDict | null;
  predicate: Value;
  iterator: Value;
  constructor(type: PyType, predicate: Value, iterator: Value) {
    this.type = type;
    this.dict = null;
    this.predicate = predicate;
    this.iterator = iterator;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyFilter extends PyObject {}
linkToPyObject(PyFilter);

function filter_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  // A subclass may have an __init__ that takes keywords.
  if (type.slots.tp_init === FILTER_TYPE.slots.tp_init) checkArguments('filter', args, keywords, 2, 2);
  else checkPositional('filter', args.length - (keywords?.length ?? 0), 2, 2);
  return new PyFilter(type, args[0]!, getIterator(t, args[1]!));
}

function filter_next(t: Thread, self: PyFilter): Maybe {
  for (;;) {
    const item = iterNext(t, self.iterator);
    if (item === undefined) return undefined;
    if (isTrue(t, self.predicate === null ? item : callOne(t, self.predicate, item))) return item;
  }
}

readyType(FILTER_TYPE, {
  doc: 'Return an iterator yielding those items of iterable for which function(item)\nis true. If function is None, return the items that are true.',
  textSignature: '(function, iterable, /)',
  slots: { tp_new: filter_new, tp_alloc: (type) => new PyFilter(type, null, null), tp_iter: itself, tp_iternext: filter_next },
  methods: {
    __reduce__: [(_t, self: PyFilter) => newTuple([self.type, newTuple([self.predicate, self.iterator])]), '!($self, /)', 'Return state information for pickling.'],
  },
});

// reversed

/** `reversed` over the sequence protocol; `sequence` is undefined once exhausted. */
export class PyReversed {
  type: PyType;
  dict: PyDict | null;
  sequence: Maybe;
  index: number;
  constructor(type: PyType, sequence: Maybe, index: number) {
    this.type = type;
    this.dict = null;
    this.sequence = sequence;
    this.index = index;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyReversed extends PyObject {}
linkToPyObject(PyReversed);

function reversed_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  if (type === REVERSED_TYPE) checkArguments('reversed', args, keywords, 1, 1);
  else checkPositional('reversed', args.length, 1, 1);
  const sequence = args[0]!;
  const refuse = (): never => raiseTypeError(`'${typeName(sequence)}' object is not reversible`);
  if (typeLookup(typeOf(sequence), '__reversed__') === null) return refuse();
  const own = callSpecial(t, sequence, '__reversed__', []);
  if (own !== undefined) return own;
  if (!isSequenceLike(sequence) || typeOf(sequence).flags.mapping) return refuse();
  return new PyReversed(type, sequence, lengthOf(t, sequence) - 1);
}

/** The item at an index, or undefined when the iteration is over: past the end, or `StopIteration` from the sequence. */
function itemOrEnd(t: Thread, sequence: Value, index: number): Maybe {
  try {
    return getItem(t, sequence, index);
  } catch (caught) {
    if (isRaised(caught, IndexError) || isRaised(caught, StopIteration)) return undefined;
    throw caught;
  }
}

function reversed_next(t: Thread, self: PyReversed): Maybe {
  if (self.sequence === undefined || self.index < 0) return undefined;
  const item = itemOrEnd(t, self.sequence, self.index);
  self.index--;
  if (item === undefined || self.index < 0) self.sequence = undefined;
  return item;
}

function reversed_lengthHint(t: Thread, self: PyReversed): Value {
  if (self.sequence === undefined) return 0;
  return lengthOrMinusOne(t, self.sequence) < self.index ? 0 : self.index + 1;
}

function reversed_reduce(_t: Thread, self: PyReversed): Value {
  if (self.sequence === undefined) return newTuple([self.type, newTuple([newTuple([])])]);
  return newTuple([self.type, newTuple([self.sequence]), self.index]);
}

function reversed_setState(t: Thread, self: PyReversed, state: Value): void {
  const index = sizeArgument(t, state, 0);
  if (self.sequence === undefined) return;
  self.index = Math.max(-1, Math.min(index, lengthOf(t, self.sequence) - 1));
}

readyType(REVERSED_TYPE, {
  doc: 'Return a reverse iterator over the values of the given sequence.',
  textSignature: '(sequence, /)',
  slots: { tp_new: reversed_new, tp_alloc: (type) => new PyReversed(type, undefined, -1), tp_iter: itself, tp_iternext: reversed_next },
  methods: {
    __length_hint__: [reversed_lengthHint, '($self, /)', 'Private method returning an estimate of len(list(it)).'],
    __reduce__: [reversed_reduce, '($self, /)', 'Return state information for pickling.'],
    __setstate__: [reversed_setState, '($self, object, /)', 'Set state information for unpickling.'],
  },
});

// iterator: by __getitem__

/** As `itemOrEnd`, which a native sequence does without an IndexError: a thrown one takes microseconds. */
function itemInPlace(t: Thread, sequence: Value, index: number): Maybe {
  const { flags, slots } = typeOf(sequence);
  if (flags.heapType || slots.sq_item === null || slots.sq_length === null) return itemOrEnd(t, sequence, index);
  return index < slots.sq_length(t, sequence) ? slots.sq_item(t, sequence, index) : undefined;
}

function sequenceIterator_next(t: Thread, self: PySequenceIterator): Maybe {
  if (self.sequence === undefined) return undefined;
  const item = itemInPlace(t, self.sequence, self.index);
  if (item === undefined) self.sequence = undefined;
  else self.index++;
  return item;
}

/** As far as the class of the sequence, a builtin one, has a quiet form for its items. @hot loops over elements of documents */
function sequenceIterator_nextQuietly(t: Thread, self: PySequenceIterator): Maybe | typeof ENDED {
  const { sequence } = self;
  if (sequence === undefined) return ENDED;
  const { flags, slots } = typeOf(sequence);
  if (flags.heapType || slots.sq_length === null) return undefined;
  const form = quietFormOf(slots.sq_item);
  if (form === undefined) return undefined;
  if (self.index >= slots.sq_length(t, sequence)) {
    self.sequence = undefined;
    return ENDED;
  }
  const item = (form.call as (t: Thread, sequence: Value, index: number) => Maybe)(t, sequence, self.index);
  if (item !== undefined) self.index++;
  return item;
}

function sequenceIterator_lengthHint(t: Thread, self: PySequenceIterator): Value {
  if (self.sequence === undefined) return 0;
  return Math.max(0, lengthOf(t, self.sequence) - self.index);
}

function sequenceIterator_reduce(t: Thread, self: PySequenceIterator): Value {
  const iter = builtinNamed(t, 'iter');
  if (self.sequence === undefined) return newTuple([iter, newTuple([newTuple([])])]);
  return newTuple([iter, newTuple([self.sequence]), self.index]);
}

function sequenceIterator_setState(t: Thread, self: PySequenceIterator, state: Value): void {
  if (self.sequence !== undefined) self.index = Math.max(0, sizeArgument(t, state, 0));
}

readyType(SEQ_ITERATOR_TYPE, {
  slots: { tp_iter: itself, tp_iternext: withQuietNext(sequenceIterator_next, sequenceIterator_nextQuietly) },
  methods: {
    __length_hint__: [sequenceIterator_lengthHint, '($self, /)', 'Private method returning an estimate of len(list(it)).'],
    __reduce__: [sequenceIterator_reduce, '($self, /)', 'Return state information for pickling.'],
    __setstate__: [sequenceIterator_setState, '($self, object, /)', 'Set state information for unpickling.'],
  },
});

// callable_iterator

/** `iter(callable, sentinel)`; `callee` is undefined once exhausted. */
export class PyCallableIterator extends PyObject {
  callee: Maybe;
  readonly sentinel: Value;
  /** What the callee has returned already, for the next item (`callableIterator_park`). */
  returned: Maybe;
  constructor(callee: Value, sentinel: Value) {
    super(CALLABLE_ITERATOR_TYPE);
    this.callee = callee;
    this.sentinel = sentinel;
    this.returned = undefined;
  }
}

/** What `ask` gives; undefined where it raises StopIteration, which exhausts the iterator. */
function answerOf(self: PyCallableIterator, ask: () => Value): Maybe {
  try {
    return ask();
  } catch (caught) {
    if (!isRaised(caught, StopIteration)) throw caught;
    self.callee = undefined;
    return undefined;
  }
}

/** Calls a native callee, and parks the thread if it does: `iter(stream.readline, '')`. */
function callableIterator_park(t: Thread, self: PyCallableIterator): boolean {
  const { callee } = self;
  if (!(callee instanceof PyBuiltinFunction) || self.returned !== undefined) return false;
  let hasParked = false;
  self.returned = answerOf(self, () => {
    const result = callBuiltin(t, callee, [], null);
    hasParked = result === PARKED;
    return hasParked ? null : settle(t, result);
  });
  if (!hasParked) return false;
  self.returned = undefined;
  const parking = t.parked!;
  const finish = parking.finish.bind(parking);
  parking.finish = () => {
    self.returned = answerOf(self, finish);
    return self;
  };
  return true;
}

function callableIterator_next(t: Thread, self: PyCallableIterator): Maybe {
  const { callee, returned } = self;
  if (callee === undefined) return undefined;
  self.returned = undefined;
  const item = returned === undefined ? answerOf(self, () => call(t, callee, [])) : returned;
  if (item === undefined) return undefined;
  if (self.callee !== undefined && !compareBool(t, self.sentinel, item, EQ)) return item;
  self.callee = undefined;
  return undefined;
}

function callableIterator_reduce(t: Thread, self: PyCallableIterator): Value {
  const iter = builtinNamed(t, 'iter');
  return newTuple([iter, self.callee === undefined ? newTuple([newTuple([])]) : newTuple([self.callee, self.sentinel])]);
}

readyType(CALLABLE_ITERATOR_TYPE, {
  slots: { tp_iter: itself, tp_iternext: callableIterator_next },
  methods: { __reduce__: [callableIterator_reduce, '($self, /)', 'Return state information for pickling.'] },
});
CALLABLE_ITERATOR_TYPE.parkNext = (t, self) => callableIterator_park(t, self as PyCallableIterator);
