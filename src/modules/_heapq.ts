/** `_heapq` (Modules/_heapqmodule.c): heaps in lists, smallest or (`*_max`) largest item first. */
import { LT } from '../core/type.ts';
import { PyList, PyTuple } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { compareBool } from '../objects/compare.ts';
import { checkListWritable } from '../objects/list.ts';
import { RuntimeError } from '../objects/exception-types.ts';
import { raise, raiseIndexError, raiseTypeError, typeName } from '../objects/raise.ts';
import { tupleOrder } from '../objects/sort.ts';
import { TUPLE_TYPE } from '../objects/static-types.ts';
import type { MethodRow } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';

type Before = (t: Thread, a: Value, b: Value) => boolean;

/** @hot queues of numbers, and of tuples that begin with them */
const smaller: Before = (t, a, b) => {
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (a instanceof PyTuple && b instanceof PyTuple && a.type === TUPLE_TYPE && b.type === TUPLE_TYPE) return tupleOrder(t, a.items, b.items, LT);
  return compareBool(t, a, b, LT);
};
const larger: Before = (t, a, b) => smaller(t, b, a);

function requireHeap(heap: Value, name: string): PyList {
  if (!(heap instanceof PyList)) raiseTypeError(`${name}() argument 1 must be list, not ${heap === null ? 'None' : typeName(heap)}`);
  checkListWritable(heap);
  return heap;
}

function checkedBefore(t: Thread, heap: PyList, before: Before, a: Value, b: Value): boolean {
  const size = heap.items.length;
  const result = before(t, a, b);
  return heap.items.length === size ? result : raise(RuntimeError, 'list changed size during iteration');
}

/** Moves the item at `at` towards the root, not above `top`. */
function siftDown(t: Thread, heap: PyList, top: number, from: number, before: Before): void {
  let at = from;
  while (at > top) {
    const parent = (at - 1) >> 1;
    const { items } = heap;
    if (!checkedBefore(t, heap, before, items[at]!, items[parent]!)) return;
    const item = heap.items[at]!;
    heap.items[at] = heap.items[parent]!;
    heap.items[parent] = item;
    at = parent;
  }
}

/** Moves the item at `top` down to a leaf along the first children, then up to its place. */
function siftUp(t: Thread, heap: PyList, top: number, before: Before): void {
  const end = heap.items.length;
  let at = top;
  while (at < end >> 1) {
    let child = 2 * at + 1;
    if (child + 1 < end && !checkedBefore(t, heap, before, heap.items[child]!, heap.items[child + 1]!)) child++;
    const item = heap.items[child]!;
    heap.items[child] = heap.items[at]!;
    heap.items[at] = item;
    at = child;
  }
  siftDown(t, heap, top, at, before);
}

function rows(suffix: string, before: Before): Record<string, MethodRow> {
  const push = `heappush${suffix}`;
  const pop = `heappop${suffix}`;
  const replace = `heapreplace${suffix}`;
  const pushPop = `heappushpop${suffix}`;
  const heapify = `heapify${suffix}`;
  const replaceTop = (t: Thread, list: PyList, item: Value): Value => {
    const top = list.items[0]!;
    list.items[0] = item;
    siftUp(t, list, 0, before);
    return top;
  };
  return {
    [push]: [
      (t: Thread, heap: Value, item: Value) => {
        const list = requireHeap(heap, push);
        list.items.push(item);
        siftDown(t, list, 0, list.items.length - 1, before);
      },
      '($module, heap, item, /)', 'Push item onto heap, maintaining the heap invariant.',
    ],
    [pop]: [
      (t: Thread, heap: Value) => {
        const list = requireHeap(heap, pop);
        const last = list.items.pop();
        if (last === undefined) return raiseIndexError('index out of range');
        return list.items.length === 0 ? last : replaceTop(t, list, last);
      },
      '($module, heap, /)', 'Pop the item off the heap, maintaining the heap invariant.',
    ],
    [replace]: [
      (t: Thread, heap: Value, item: Value) => {
        const list = requireHeap(heap, replace);
        return list.items.length === 0 ? raiseIndexError('index out of range') : replaceTop(t, list, item);
      },
      '($module, heap, item, /)', 'Pop and return the current root value, and add the new item.',
    ],
    [pushPop]: [
      (t: Thread, heap: Value, item: Value) => {
        const list = requireHeap(heap, pushPop);
        if (list.items.length === 0 || !checkedBefore(t, list, before, list.items[0]!, item)) return item;
        return list.items.length === 0 ? raiseIndexError('index out of range') : replaceTop(t, list, item);
      },
      '($module, heap, item, /)', 'Push item on the heap, then pop and return the root.',
    ],
    [heapify]: [
      (t: Thread, heap: Value) => {
        const list = requireHeap(heap, heapify);
        for (let i = (list.items.length >> 1) - 1; i >= 0; i--) siftUp(t, list, i, before);
      },
      '($module, heap, /)', 'Transform list into a heap, in-place, in O(len(heap)) time.',
    ],
  };
}

/** The table. */
export const HEAPQ_MODULE: NativeModule = {
  name: '_heapq',
  doc: 'Heap queue algorithm (a.k.a. priority queue).',
  attributes: () => ({ __about__: 'Heap queues' }),
  functions: { ...rows('', smaller), ...rows('_max', larger) },
};
