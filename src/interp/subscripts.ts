/** Subscription of the builtin containers, ahead of the slots: items, and slices without a slice object. */
import { UNWIND } from '../core/compiled.ts';
import { PyDict, PyList, PyTuple } from '../core/containers.ts';
import type { PyBaseException } from '../core/exception.ts';
import { listItem, listLength } from '../core/list-storage.ts';
import { TAIL_CALL, type Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { sliceList } from '../objects/list-storage.ts';
import { IndexError, KeyError } from '../objects/exception-types.ts';
import { tableGet } from '../objects/hash-table.ts';
import { hasSurrogates } from '../objects/algorithms/str-code-points.ts';
import { newTuple } from '../objects/make.ts';
import { newSlice } from '../objects/slice.ts';
import { newException } from '../objects/raise.ts';
import { DICT_TYPE, LIST_TYPE, TUPLE_TYPE } from '../objects/static-types.ts';
import { getItem } from '../objects/subscript.ts';
import { simpleFrame } from './call-frame.ts';
import { specialMethod } from './operator-calls.ts';
import { callCompiled } from './tier-switch.ts';

/** A bound of a slice as an offset from 0 to `length`; -1 when it is no small int. */
function offset(bound: Value, length: number, missing: number): number {
  if (bound === null) return missing;
  if (typeof bound !== 'number') return -1;
  if (bound < 0) return Math.max(0, bound + length);
  return Math.min(bound, length);
}

/** Leaves an exception for compiled code to raise: see `Operations.getItem`. */
function missed(t: Thread, exception: PyBaseException): typeof UNWIND {
  t.raised = exception;
  return UNWIND;
}

/** An item of a list, tuple or str, or UNWIND; undefined where the slots are to decide. */
function itemAt(t: Thread, container: Value, index: number): Maybe | typeof UNWIND {
  if (typeof container === 'string') {
    if (hasSurrogates(container)) return undefined;
    const at = index < 0 ? index + container.length : index;
    return at >= 0 && at < container.length ? container[at] : missed(t, newException(IndexError, 'string index out of range'));
  }
  if (container instanceof PyList && container.type === LIST_TYPE) return listItemOf(t, container, index);
  if (container instanceof PyTuple && container.type === TUPLE_TYPE) return itemOf(t, container.items, index, 'tuple index out of range');
  return undefined;
}

function listItemOf(t: Thread, list: PyList, index: number): Value | typeof UNWIND {
  const length = listLength(list);
  const at = index < 0 ? index + length : index;
  return at >= 0 && at < length ? listItem(list, at) : missed(t, newException(IndexError, 'list index out of range'));
}

function itemOf(t: Thread, items: readonly Value[], index: number, message: string): Value | typeof UNWIND {
  const at = index < 0 ? index + items.length : index;
  return at >= 0 && at < items.length ? items[at]! : missed(t, newException(IndexError, message));
}

/** `dict[key]` of an exact dict; UNWIND where it is not there. @hot subscriptions in compiled code */
export function getDictItem(t: Thread, dict: PyDict, key: Value): Value | typeof UNWIND {
  // An unread dict from the immortal heap is looked up in place, by the slot.
  if (dict.pending !== null) return getItem(t, dict, key);
  const value = tableGet(t, dict.table, key);
  return value === undefined ? missed(t, newException(KeyError, key)) : value;
}

/** `container[key]`; UNWIND where it is not there. @hot subscriptions in compiled code whose container is not known */
export function getItemOf(t: Thread, container: Value, key: Value): Value | typeof UNWIND {
  if (container instanceof PyDict && container.type === DICT_TYPE) return getDictItem(t, container, key);
  const value = typeof key === 'number' ? itemAt(t, container, key) : undefined;
  return value === undefined ? getItem(t, container, key) : value;
}

/**
 * `container[key]` of a BINARY_OP in the loop. What is not there is left to the loop to raise: a JavaScript throw takes some 40 µs there for as long as the engine has not optimised
 * the loop, whose tables of places it goes over from the start. `__getitem__` of a class of the program is a frame of the loop, as any function that is called (TAIL_CALL), unless it is compiled. @hot subscriptions in the loop
 */
export function getItemInLoop(t: Thread, container: Value, key: Value): Value | typeof UNWIND | typeof TAIL_CALL {
  const func = container instanceof PyObject && container.type.flags.heapType ? specialMethod(t, container.type, '__getitem__', 2) : null;
  if (func === null) return getItemOf(t, container, key);
  const parameters = [container, key];
  if (func.code.isCompiled) return callCompiled(t, func, parameters, 0, 2);
  t.tailFrame = simpleFrame(func, parameters, 0, 2);
  return TAIL_CALL;
}

/** All of a tuple is that tuple. */
function sliceTuple(tuple: PyTuple, from: number, to: number): PyTuple {
  return from === 0 && to === tuple.items.length ? tuple : newTuple(tuple.items.slice(from, to));
}

/** `container[start:stop]`. @hot slices in loops */
export function getSlice(t: Thread, container: Value, start: Value, stop: Value): Value {
  if (typeof container === 'string') {
    const { length } = container;
    const from = offset(start, length, 0);
    const to = offset(stop, length, length);
    if (from >= 0 && to >= 0 && !hasSurrogates(container)) return container.slice(from, to);
  } else if ((container instanceof PyList && container.type === LIST_TYPE) || (container instanceof PyTuple && container.type === TUPLE_TYPE)) {
    const length = container instanceof PyList ? listLength(container) : container.items.length;
    const from = offset(start, length, 0);
    const to = offset(stop, length, length);
    if (from >= 0 && to >= 0) return container instanceof PyList ? sliceList(container, from, to) : sliceTuple(container, from, to);
  }
  return getItem(t, container, newSlice(start, stop, null));
}
