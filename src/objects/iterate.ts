/** The iteration protocol, and fast paths for exact builtin containers. */
import { MAX_ITEMS, PyDict, PyList, PySet, PyTuple } from '../core/containers.ts';
import { UNWIND } from '../core/compiled.ts';
import { PyGenerator } from '../core/function.ts';
import { nextOfList, PyListIterator, PyTupleIterator } from '../core/iterators.ts';
import type { PyBytes } from '../core/scalars.ts';
import { quietNextOf, quietRunOf, type QuietNext, type QuietRun } from '../core/quiet.ts';
import type { Sink } from '../core/sink.ts';
import type { Thread } from '../core/thread.ts';
import type { NextFunction, PyType } from '../core/type.ts';
import { linkToPyObject, PyObject, type Maybe, type Value } from '../core/value.ts';
import { strCharacters } from './algorithms/str-code-points.ts';
import { growable, pushItem } from './array-limits.ts';
import { StopIteration, TypeError } from './exception-types.ts';
import { tableKeys } from './hash-table.ts';
import { isRaised, raiseTypeError, typeName } from './raise.ts';
import { BYTES_TYPE, DICT_TYPE, FROZENSET_TYPE, LIST_TYPE, SEQ_ITERATOR_TYPE, SET_TYPE, TUPLE_TYPE } from './static-types.ts';
import { typeOf } from './type-of.ts';
import { lengthOrMinusOne } from './truth.ts';
import { callSpecial, throwRaised } from './call.ts';
import { resumeCompiled, resumesCompiled } from './run-frame.ts';
import { NOT_IMPLEMENTED } from './make.ts';
import { asInt } from './type-of.ts';

/** `iterator`: iterates by `__getitem__` with 0, 1, 2, ... */
export class PySequenceIterator {
  type: PyType;
  dict: PyDict | null;
  sequence: Maybe;
  index: number;
  constructor(sequence: Value) {
    this.type = SEQ_ITERATOR_TYPE;
    this.dict = null;
    this.index = 0;
    this.sequence = sequence;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PySequenceIterator extends PyObject {}
linkToPyObject(PySequenceIterator);

/** Whether `iter(value)` can work by its slots. */
export function isSequenceLike(value: Value): boolean {
  const type = typeOf(value);
  return type.slots.sq_item !== null && !type.flags.mapping;
}

/** `iter(value)`; raises TypeError when it is not iterable. */
export function getIterator(t: Thread, value: Value): Value {
  const slot = typeOf(value).slots.tp_iter;
  if (slot === null) {
    if (isSequenceLike(value)) return new PySequenceIterator(value);
    raiseTypeError(`'${typeName(value)}' object is not iterable`);
  }
  const iterator = slot(t, value);
  if (typeOf(iterator).slots.tp_iternext === null) raiseTypeError(`iter() returned non-iterator of type '${typeName(iterator)}'`);
  return iterator;
}

function slotOf(iterator: Value): NextFunction {
  return typeOf(iterator).slots.tp_iternext ?? raiseTypeError(`'${typeName(iterator)}' object is not an iterator`);
}

/** Whether the thread has parked (`Thread.parked`) until the iterator can give its next item: whoever loops is to ask once more behind the wait, which gives the iterator. */
export function parksForNext(t: Thread, iterator: Value): boolean {
  const { parkNext } = typeOf(iterator);
  return parkNext !== null && parkNext(t, iterator);
}

/** The next item, or undefined when exhausted. Other exceptions pass. @hot iterators of iterators */
export function iterNext(t: Thread, iterator: Value): Maybe {
  if (iterator instanceof PyListIterator) return nextOfList(iterator);
  const next = slotOf(iterator);
  try {
    return next(t, iterator);
  } catch (caught) {
    if (isRaised(caught, StopIteration)) return undefined;
    throw caught;
  }
}

const NEVER: QuietNext<never> = () => undefined;

/** What steps an iterator without Python code and exceptions (`QuietNext`), as far as its class says; looked up once for all steps. */
export function quietStepOf(iterator: Value): QuietNext<never> {
  const { slots, flags } = typeOf(iterator);
  return flags.heapType ? NEVER : quietNextOf(slots.tp_iternext) ?? NEVER;
}

function runOf(iterator: Value): QuietRun<Value> | undefined {
  const { slots, flags } = typeOf(iterator);
  return flags.heapType ? undefined : quietRunOf(slots.tp_iternext) as QuietRun<Value> | undefined;
}

/** How many items an iterator gives yet, where `takeItems` can give them; -1 for others. */
export function itemsLeft(iterator: Value): number {
  return runOf(iterator)?.left(iterator) ?? -1;
}

/** The next items of an iterator for which `itemsLeft` is not -1, `count` at most; with fewer it has ended. The array is the caller's. */
export function takeItems(t: Thread, iterator: Value, count: number): Value[] {
  return runOf(iterator)!.take(t, iterator, count);
}

/** A copy of the items that the iterator of a list or tuple gives yet; null for other iterators. */
export function itemsAhead(iterator: Value): readonly Value[] | null {
  if (iterator instanceof PyListIterator) return iterator.list === null ? [] : iterator.list.items.slice(iterator.index);
  if (iterator instanceof PyTupleIterator) return iterator.tuple === null ? [] : iterator.tuple.items.slice(iterator.index);
  return null;
}

/** More items than that are taken one by one, so that there are not two arrays of them. */
const MOST_AT_ONCE = 1 << 24;

/**
 * The next item that `sink` does not take, or undefined when the iterator is exhausted. It takes what a generator yields in compiled code, which goes on without being
 * suspended; other iterators give all of their items. @hot bench/programs/generators.py
 */
export function nextInto(t: Thread, iterator: Value, sink: Sink): Maybe {
  if (!(iterator instanceof PyGenerator) || iterator.kind !== 'generator' || t.nesting === 0 || !resumesCompiled(t, iterator, null)) return iterNext(t, iterator);
  const yielded = resumeCompiled(t, iterator, null, sink);
  return yielded === UNWIND ? throwRaised(t) : yielded;
}

/** The items of an exact builtin container as an array that the caller must not keep or change; undefined for anything else. */
export function itemsInPlace(value: Value): readonly Value[] | undefined {
  if (!(value instanceof PyObject)) return undefined;
  const type = value.type;
  if (type === LIST_TYPE) return (value as PyList).items;
  if (type === TUPLE_TYPE) return (value as PyTuple).items;
  return undefined;
}

/** Calls `visit` with each item of an iterable. */
export function forEach(t: Thread, iterable: Value, visit: (item: Value) => void): void {
  const iterator = getIterator(t, iterable);
  for (let item = iterNext(t, iterator); item !== undefined; item = iterNext(t, iterator)) visit(item);
}

/** Puts items into an array, as long as there is room. */
class ItemsSink implements Sink {
  readonly items: Value[] = [];

  take(item: Value): boolean {
    if (this.items.length >= MAX_ITEMS) return false;
    this.items.push(item);
    return true;
  }
}

/** `items` with those that are left in an iterator, whose slot is asked for once (list_extend in Objects/listobject.c). @hot `list(zip(a, b))` and the like */
function addAll(t: Thread, iterator: Value, items: Value[]): Value[] {
  const left = items.length === 0 ? itemsLeft(iterator) : -1;
  if (left >= 0 && left <= MOST_AT_ONCE) return takeItems(t, iterator, left + 1);
  const next = slotOf(iterator);
  try {
    for (let item = next(t, iterator); item !== undefined; item = next(t, iterator)) pushItem(items, item);
  } catch (caught) {
    if (!isRaised(caught, StopIteration)) throw caught;
  }
  return items;
}

function itemsOfBytes(bytes: Uint8Array): Value[] {
  const items: Value[] = [];
  for (let i = 0; i < bytes.length; i++) pushItem(items, bytes[i]!);
  return items;
}

/** All items of an iterable in a new array; `asks` for lists, which ask an object of the program for its length first. */
export function toArray(t: Thread, iterable: Value, asks = false): Value[] {
  if (typeof iterable === 'string') return growable(strCharacters(iterable));
  if (iterable instanceof PyObject) {
    const type = iterable.type;
    if (type === LIST_TYPE) return growable((iterable as PyList).items.slice());
    if (type === TUPLE_TYPE) return growable((iterable as PyTuple).items.slice());
    if (type === DICT_TYPE) return tableKeys((iterable as PyDict).table);
    if (type === SET_TYPE || type === FROZENSET_TYPE) return tableKeys((iterable as PySet).table);
    if (type === BYTES_TYPE) return itemsOfBytes((iterable as PyBytes).value);
  }
  const taken = new ItemsSink();
  const { items } = taken;
  const iterator = getIterator(t, iterable);
  if (asks) askLength(t, iterable);
  if (!(iterator instanceof PyGenerator)) return addAll(t, iterator, items);
  for (let item = nextInto(t, iterator, taken); item !== undefined; item = nextInto(t, iterator, taken)) pushItem(items, item);
  return items;
}

/** As `toArray`, with the caller's message when `iterable` is none (`PySequence_Fast`). */
export function toArrayOr(t: Thread, iterable: Value, message: string): Value[] {
  const slots = typeOf(iterable).slots;
  if (slots.tp_iter === null && !isSequenceLike(iterable)) raiseTypeError(message);
  return toArray(t, iterable);
}

/** What `__length_hint__` says; undefined when there is none, or it raises TypeError. */
function hintOf(t: Thread, value: Value): Maybe {
  try {
    return callSpecial(t, value, '__length_hint__', []);
  } catch (caught) {
    if (isRaised(caught, TypeError)) return undefined;
    throw caught;
  }
}

/** As `len`, -1 also where it raises TypeError. */
function lengthOrNone(t: Thread, value: Value): number {
  try {
    return lengthOrMinusOne(t, value);
  } catch (caught) {
    if (isRaised(caught, TypeError)) return -1;
    throw caught;
  }
}

/** What a list asks of an iterable of the program, to make room: `__len__` and `__length_hint__` are called, and may raise. */
export function askLength(t: Thread, iterable: Value): void {
  if (typeOf(iterable).flags.heapType) lengthHint(t, iterable, 0);
}

/** `operator.length_hint(value, fallback)`. */
export function lengthHint(t: Thread, value: Value, fallback: number): number {
  const length = lengthOrNone(t, value);
  if (length >= 0) return length;
  const hint = hintOf(t, value);
  if (hint === undefined || hint === NOT_IMPLEMENTED) return fallback;
  const size = asInt(hint);
  if (size === undefined) raiseTypeError(`__length_hint__ must be an integer, not ${typeName(hint)}`);
  return Number(size);
}
