/** What queues of other interpreters are asked for, and the errors they answer with. */
import type { HostValue } from '../../base/protocol.ts';
import { PyType } from '../../core/type.ts';
import type { PARKED, Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { RuntimeError } from '../../objects/exception-types.ts';
import { fromHost, toHost } from '../../objects/host-values.ts';
import { newException, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { readyType } from '../../objects/type-ready.ts';
import { asInt } from '../../objects/type-of.ts';
import { askNow, askSupervisor } from '../ask.ts';

/** `QueueError`. */
export const QUEUE_ERROR = staticType('QueueError', { base: RuntimeError, module: 'concurrent.interpreters', baseType: true });
/** `QueueNotFoundError`. */
export const NOT_FOUND = staticType('QueueNotFoundError', { base: QUEUE_ERROR, module: 'concurrent.interpreters', baseType: true });
readyType(QUEUE_ERROR, { doc: 'Indicates that a queue-related error happened.' });
readyType(NOT_FOUND, { doc: 'Could not be found' });

/** Classes of the library that errors are raised with. */
interface QueueClasses {
  readonly empty: PyType;
  readonly full: PyType;
}

const STATE = '_interpqueues';

/** `_register_heap_types`: the library's classes for an empty and a full queue. */
export function registerClasses(t: Thread, empty: Value, full: Value): void {
  if (empty instanceof PyType && full instanceof PyType) t.interpreter.moduleState.set(STATE, { empty, full });
}

function classes(t: Thread): QueueClasses {
  return (t.interpreter.moduleState.get(STATE) as QueueClasses | undefined) ?? { empty: QUEUE_ERROR, full: QUEUE_ERROR };
}

/** A queue's id; raises TypeError or ValueError for what is none. */
export function idOf(qid: Value): number {
  const id = asInt(qid);
  if (id === undefined) raiseTypeError(`queue ID must be an int, got ${typeName(qid)}`);
  return id < 0 ? raiseValueError(`queue ID must be a non-negative int, got ${id}`) : Number(id);
}

function valueOf(id: number, answer: unknown): unknown {
  const { missing, value } = answer as { missing?: boolean; value: unknown };
  if (missing === true) throw newException(NOT_FOUND, `queue ${id} not found`);
  return value;
}

/** Parks for the answer of a queue. Raises QueueNotFoundError. */
export function ask(t: Thread, what: string, qid: Value, more: object, finish: (value: unknown) => Value): typeof PARKED {
  const id = idOf(qid);
  return askSupervisor(t, `queues.${what}`, { id, ...more }, (answer) => finish(valueOf(id, answer)));
}

/** Adds an item; raises QueueFull. */
export function putNow(t: Thread, id: number, obj: Value, unboundop: number): null {
  if (!tryPut(t, id, toHost(t, obj), unboundop)) raiseFull(t, id);
  return null;
}

/** Adds an item that has been made sendable; false when the queue is full. */
export function tryPut(t: Thread, id: number, item: HostValue, unboundop: number): boolean {
  return valueOf(id, askNow(t, 'queues.put', { id, item, unboundop })) === true;
}

/** The oldest item, and the operation to resolve it by when its interpreter has ended, else None; raises QueueEmpty. */
export function takeNow(t: Thread, id: number): readonly [Value, Value] {
  return tryTake(t, id) ?? raiseEmpty(t, id);
}

/** As `takeNow`; null when the queue is empty. */
export function tryTake(t: Thread, id: number): readonly [Value, Value] | null {
  const box = valueOf(id, askNow(t, 'queues.get', { id })) as readonly [HostValue, number | null] | null;
  return box === null ? null : [fromHost(t, box[0]), box[1]];
}

/** Raises QueueEmpty. */
export function raiseEmpty(t: Thread, id: number): never {
  throw newException(classes(t).empty, `queue ${id} is empty`);
}

/** Raises QueueFull. */
export function raiseFull(t: Thread, id: number): never {
  throw newException(classes(t).full, `queue ${id} is full`);
}
