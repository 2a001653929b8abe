/**
 * Cross-interpreter queues: they live in the supervisor, so that a dead interpreter takes none with it (Modules/_interpqueuesmodule.c).
 *
 * INV-1: an item is in a queue from the answer to its `put` until the answer to the `get` that takes it: waiting takes nothing, so that a waiter that is
 *        interrupted, times out or dies loses nothing.
 * INV-2: items of an interpreter that has ended are unbound: removed, or answered with the operation that their `put` named.
 */
import type { HostValue } from '../base/protocol.ts';
import type { InterpreterHandle } from './interpreter-handle.ts';
import type { Supervisor } from './supervisor.ts';

/** Unbound operations (`concurrent/interpreters/_crossinterp.py`); -1 in a request is the queue's own. */
const UNBOUND_REMOVE = 1;

interface Item {
  value: HostValue;
  readonly from: number;
  readonly unboundop: number;
  isUnbound: boolean;
}

interface SharedQueue {
  readonly maxsize: number;
  readonly defaults: readonly [unboundop: number, fallback: number];
  items: Item[];
  /** Who waits for an item, and who for room. */
  readonly waiters: { readonly item: Set<() => void>; readonly room: Set<() => void> };
}

interface QueueRequest {
  readonly id: number;
  readonly item?: HostValue;
  readonly maxsize?: number;
  readonly unboundop?: number;
  readonly fallback?: number;
  readonly what?: 'item' | 'room';
  readonly timeoutMs?: number | null;
}

function wakeAll(waiters: Set<() => void>): void {
  for (const wake of waiters) wake();
  waiters.clear();
}

/** Adds an item; false when the queue is full. */
function putItem(queue: SharedQueue, from: number, { item, unboundop }: QueueRequest): boolean {
  if (isFull(queue)) return false;
  queue.items.push({ value: item!, from, unboundop: unboundop === undefined || unboundop < 0 ? queue.defaults[0] : unboundop, isUnbound: false });
  wakeAll(queue.waiters.item);
  return true;
}

/** Takes the oldest item, with the operation to resolve it by when it is unbound; null when the queue is empty. */
function takeItem(queue: SharedQueue): readonly [HostValue, number | null] | null {
  const item = queue.items.shift();
  if (item === undefined) return null;
  wakeAll(queue.waiters.room);
  return item.isUnbound ? [null, item.unboundop] : [item.value, null];
}

function isFull(queue: SharedQueue): boolean {
  return queue.maxsize > 0 && queue.items.length >= queue.maxsize;
}

/** Resolves when there may be an item, or room; at once when there is. */
function waitFor(queue: SharedQueue, { what, timeoutMs }: QueueRequest): Promise<null> {
  if (what === 'item' ? queue.items.length > 0 : !isFull(queue)) return Promise.resolve(null);
  const waiters = queue.waiters[what!];
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      waiters.delete(wake);
      resolve(null);
    };
    // The waiter keeps its own time; the timer only forgets it.
    const timer = timeoutMs === undefined || timeoutMs === null ? undefined : setTimeout(wake, timeoutMs).unref();
    waiters.add(wake);
  });
}

/** An interpreter has ended: what it had put is unbound. */
function unbindItems(queue: SharedQueue, from: number): void {
  queue.items = queue.items.filter((item) => item.from !== from || item.unboundop !== UNBOUND_REMOVE);
  for (const item of queue.items) {
    if (item.from !== from) continue;
    item.isUnbound = true;
    item.value = null;
  }
  wakeAll(queue.waiters.room);
}

/** Lets interpreters create, use and destroy queues (`_interpqueues`). Requests for a queue that is not there are answered with `missing`. */
export function offerQueues(supervisor: Supervisor): void {
  const queues = new Map<number, SharedQueue>();
  let nextId = 1;
  const offer = (name: string, run: (queue: SharedQueue, request: QueueRequest, from: InterpreterHandle) => unknown): void => {
    supervisor.offer(`queues.${name}`, async (from, argument) => {
      const request = argument as QueueRequest;
      const queue = queues.get(request.id);
      return queue === undefined ? { missing: true } : { value: await run(queue, request, from) };
    });
  };
  supervisor.offer('queues.create', (_from, argument) => {
    const { maxsize, unboundop, fallback } = argument as QueueRequest;
    queues.set(nextId, { maxsize: maxsize ?? 0, defaults: [unboundop ?? 3, fallback ?? -1], items: [], waiters: { item: new Set(), room: new Set() } });
    return Promise.resolve(nextId++);
  });
  supervisor.offer('queues.list', () => Promise.resolve([...queues].map(([id, queue]) => [id, ...queue.defaults])));
  supervisor.whenAnyEnds((id) => {
    for (const queue of queues.values()) unbindItems(queue, id);
  });
  offer('destroy', (queue, { id }) => {
    queues.delete(id);
    wakeAll(queue.waiters.item);
    wakeAll(queue.waiters.room);
  });
  offer('count', (queue) => queue.items.length);
  offer('maxsize', (queue) => queue.maxsize);
  offer('isFull', isFull);
  offer('defaults', (queue) => queue.defaults);
  offer('put', (queue, request, from) => putItem(queue, from.id, request));
  offer('get', takeItem);
  offer('wait', waitFor);
}
