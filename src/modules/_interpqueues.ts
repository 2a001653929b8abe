/** `_interpqueues` (Modules/_interpqueuesmodule.c): queues between interpreters; they live in the supervisor. */
import type { PARKED, Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { newList, newTuple } from '../objects/make.ts';
import { intArgument } from '../objects/native-arguments.ts';
import { asInt } from '../objects/type-of.ts';
import { waitInsteadOfPolling } from './_interpqueues/queue-methods.ts';
import { ask, idOf, NOT_FOUND, putNow, QUEUE_ERROR, registerClasses, takeNow } from './_interpqueues/requests.ts';
import { askSupervisor } from './ask.ts';
import type { NativeModule } from './native-module.ts';

function queues_create(t: Thread, maxsize: Value, unbound?: Value, fallback?: Value): typeof PARKED {
  const argument = { maxsize: intArgument(t, maxsize, 0), unboundop: Number(asInt(unbound ?? 3)), fallback: Number(asInt(fallback ?? -1)) };
  return askSupervisor(t, 'queues.create', argument, (id) => id as number);
}

function queues_register(t: Thread, queue: Value, empty: Value, full: Value): void {
  registerClasses(t, empty, full);
  waitInsteadOfPolling(queue);
}

/** The table. */
export const INTERPQUEUES_MODULE: NativeModule = {
  name: '_interpqueues',
  doc: 'This module provides primitive operations to manage Python interpreter queues.',
  types: { QueueError: QUEUE_ERROR, QueueNotFoundError: NOT_FOUND },
  functions: {
    create: [queues_create, '!($module, maxsize, unboundop=-1, fallback=-1)', 'Create a new cross-interpreter queue and return its unique generated ID.'],
    destroy: [(t: Thread, qid: Value) => ask(t, 'destroy', qid, {}, () => null), '!($module, qid)', 'Clear and destroy the queue.'],
    list_all: [
      (t: Thread) => askSupervisor(t, 'queues.list', null, (rows) => newList((rows as number[][]).map((row) => newTuple(row)))), '!($module)', 'Return the list of IDs and defaults of all queues.',
    ],
    put: [(t: Thread, qid: Value, obj: Value, unboundop?: Value) => putNow(t, idOf(qid), obj, Number(asInt(unboundop ?? -1))), '!($module, qid, obj, unboundop=-1)', "Add the object's data to the queue."],
    get: [(t: Thread, qid: Value) => newTuple([...takeNow(t, idOf(qid))]), '!($module, qid)', 'Return the (object, unbound op) from the front of the queue.'],
    bind: [(t: Thread, qid: Value) => ask(t, 'count', qid, {}, () => null), '!($module, qid)', 'Take a reference to the identified queue.'],
    release: [(_t: Thread, qid: Value) => void idOf(qid), '!($module, qid)', 'Release a reference to the queue.'],
    get_maxsize: [(t: Thread, qid: Value) => ask(t, 'maxsize', qid, {}, (value) => value as number), '!($module, qid)', 'Return the maximum number of items in the queue.'],
    get_queue_defaults: [(t: Thread, qid: Value) => ask(t, 'defaults', qid, {}, (value) => newTuple([...(value as number[])])), '!($module, qid)', "Return the queue's default values."],
    is_full: [(t: Thread, qid: Value) => ask(t, 'isFull', qid, {}, (value) => value === true), '!($module, qid)', 'Return true if the queue has a maxsize and has reached it.'],
    get_count: [(t: Thread, qid: Value) => ask(t, 'count', qid, {}, (value) => value as number), '!($module, qid)', 'Return the number of items in the queue.'],
    _register_heap_types: [queues_register, '!($module, queuetype, emptyerror, fullerror, /)', 'Register the classes of the library.'],
  },
};
