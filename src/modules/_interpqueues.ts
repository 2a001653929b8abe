/** `_interpqueues` (Modules/_interpqueuesmodule.c): queues between interpreters; they live in the supervisor. */
import type { HostValue } from '../base/protocol.ts';
import { PyType } from '../core/type.ts';
import type { PARKED, Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { RuntimeError } from '../objects/exception-types.ts';
import { fromHost, toHost } from '../objects/host-values.ts';
import { newList, newTuple } from '../objects/make.ts';
import { newException, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { readyType } from '../objects/type-ready.ts';
import { asInt } from '../objects/type-of.ts';
import { askSupervisor } from './ask.ts';
import type { NativeModule } from './native-module.ts';

const QUEUE_ERROR = staticType('QueueError', { base: RuntimeError, module: 'concurrent.interpreters', baseType: true });
const NOT_FOUND = staticType('QueueNotFoundError', { base: QUEUE_ERROR, module: 'concurrent.interpreters', baseType: true });
readyType(QUEUE_ERROR, { doc: 'Indicates that a queue-related error happened.' });
readyType(NOT_FOUND, { doc: 'Could not be found' });

/** Classes of the library that errors are raised with (`_register_heap_types`). */
interface QueueClasses {
  readonly empty: PyType;
  readonly full: PyType;
}

const STATE = '_interpqueues';

function idOf(qid: Value): number {
  const id = asInt(qid);
  if (id === undefined) raiseTypeError(`queue ID must be an int, got ${typeName(qid)}`);
  return id < 0 ? raiseValueError(`queue ID must be a non-negative int, got ${id}`) : Number(id);
}

function classes(t: Thread): QueueClasses {
  return (t.interpreter.moduleState.get(STATE) as QueueClasses | undefined) ?? { empty: QUEUE_ERROR, full: QUEUE_ERROR };
}

function register(t: Thread, _queue: Value, empty: Value, full: Value): void {
  if (empty instanceof PyType && full instanceof PyType) t.interpreter.moduleState.set(STATE, { empty, full });
}

function ask(t: Thread, what: string, qid: Value, more: object, finish: (value: unknown) => Value): typeof PARKED {
  const id = idOf(qid);
  return askSupervisor(t, `queues.${what}`, { id, ...more }, (answer) => {
    const { missing, value } = answer as { missing?: boolean; value: unknown };
    if (missing === true) throw newException(NOT_FOUND, `queue ${id} not found`);
    return finish(value);
  });
}

function queues_create(t: Thread, maxsize: Value, unbound?: Value, fallback?: Value): typeof PARKED {
  const argument = { maxsize: Number(asInt(maxsize)), unbound: Number(asInt(unbound ?? 1)), fallback: Number(asInt(fallback ?? -1)) };
  return askSupervisor(t, 'queues.create', argument, (id) => id as number);
}

function queues_put(t: Thread, qid: Value, obj: Value): typeof PARKED {
  return ask(t, 'put', qid, { item: toHost(t, obj) }, (done) => {
    if (done !== true) throw newException(classes(t).full, `queue ${idOf(qid)} is full`);
    return null;
  });
}

function queues_get(t: Thread, qid: Value): typeof PARKED {
  return ask(t, 'get', qid, {}, (box) => {
    if (box === null) throw newException(classes(t).empty, `queue ${idOf(qid)} is empty`);
    return newTuple([fromHost(t, (box as readonly [HostValue])[0]), null]);
  });
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
    put: [queues_put, '!($module, qid, obj, unboundop=-1)', "Add the object's data to the queue."],
    get: [queues_get, '!($module, qid)', 'Return the (object, unbound op) from the front of the queue.'],
    bind: [(t: Thread, qid: Value) => ask(t, 'count', qid, {}, () => null), '!($module, qid)', 'Take a reference to the identified queue.'],
    release: [(_t: Thread, qid: Value) => void idOf(qid), '!($module, qid)', 'Release a reference to the queue.'],
    get_maxsize: [(t: Thread, qid: Value) => ask(t, 'maxsize', qid, {}, (value) => value as number), '!($module, qid)', 'Return the maximum number of items in the queue.'],
    get_queue_defaults: [(t: Thread, qid: Value) => ask(t, 'defaults', qid, {}, (value) => newTuple([...(value as number[])])), '!($module, qid)', "Return the queue's default values."],
    is_full: [(t: Thread, qid: Value) => ask(t, 'isFull', qid, {}, (value) => value === true), '!($module, qid)', 'Return true if the queue has a maxsize and has reached it.'],
    get_count: [(t: Thread, qid: Value) => ask(t, 'count', qid, {}, (value) => value as number), '!($module, qid)', 'Return the number of items in the queue.'],
    _register_heap_types: [register, '!($module, queuetype, emptyerror, fullerror, /)', 'Register the classes of the library.'],
  },
};
