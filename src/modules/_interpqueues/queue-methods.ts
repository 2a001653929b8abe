/**
 * `Queue.get` and `Queue.put` of `concurrent.interpreters` that wait for a message instead of looking every ten milliseconds, as the library's own do.
 * Everything else about them is as there (Lib/concurrent/interpreters/_queues.py).
 *
 * INV-1: what is waited for takes nothing; an item is taken, or put, in one step that nothing interrupts.
 */
import type { HostValue } from '../../base/protocol.ts';
import { PyType } from '../../core/type.ts';
import { PARKED, type Parking, type Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { getAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { tableSetStr } from '../../objects/hash-table.ts';
import { toHost } from '../../objects/host-values.ts';
import { importModule } from '../../objects/import-hook.ts';
import { raise, raiseValueError } from '../../objects/raise.ts';
import { RuntimeError } from '../../objects/exception-types.ts';
import { isTrue } from '../../objects/truth.ts';
import { methodObject } from '../../objects/type-ready.ts';
import { INT_TYPE } from '../../objects/static-types.ts';
import { typeModified } from '../../objects/type-version.ts';
import { PyTuple } from '../../core/containers.ts';
import { asInt } from '../../objects/type-of.ts';
import { idOf, raiseEmpty, raiseFull, takeNow, tryPut, tryTake } from './requests.ts';

const LIBRARY = 'concurrent.interpreters._queues';

/** When a wait with this timeout ends, on the monotonic clock in milliseconds; whole seconds count, as in the library. */
function deadlineOf(t: Thread, timeout: Maybe): number {
  if (timeout === undefined || timeout === null) return Infinity;
  const seconds = Number(asInt(call(t, INT_TYPE, [timeout])));
  if (seconds < 0) raiseValueError('timeout value must be non-negative');
  return performance.now() + seconds * 1000;
}

/** One wait: until the supervisor says that the queue has an item (or room), or the deadline has passed. */
function parkingFor(t: Thread, id: number, what: 'item' | 'room', deadline: number, finish: () => Value): Parking {
  const { ask } = t.interpreter;
  if (ask === null) raise(RuntimeError, 'queues need a supervisor, and this interpreter runs without one');
  const timeoutMs = deadline === Infinity ? null : Math.max(0, deadline - performance.now());
  const answer = ask('queues.wait', { id, what, timeoutMs });
  return {
    reason: what === 'item' ? 'Queue.get' : 'Queue.put', deadline,
    ready: () => answer.ready(),
    finish: () => {
      if (answer.ready()) answer.finish();
      return finish();
    },
  };
}

/** Tries until it succeeds or the deadline has passed. The first wait parks the thread; if somebody else was faster, the further ones block. */
function attempt(t: Thread, id: number, what: 'item' | 'room', deadline: number, attemptOnce: () => Value | undefined, fail: () => never): Value | typeof PARKED {
  const first = attemptOnce();
  if (first !== undefined) return first;
  const again = (): Value => {
    const value = attemptOnce();
    if (value !== undefined) return value;
    if (performance.now() >= deadline) fail();
    return t.interpreter.scheduler.block(t, parkingFor(t, id, what, deadline, again));
  };
  t.parked = parkingFor(t, id, what, deadline, again);
  return PARKED;
}

/** An item as `get` returns it: the object, or what stands for one whose interpreter has ended. */
function resolved(t: Thread, [value, unboundop]: readonly [Value, Value]): Value {
  return unboundop === null ? value : call(t, getAttr(t, importModule(t, LIBRARY), '_resolve_unbound'), [unboundop]);
}

function queue_get(t: Thread, self: Value, block?: Value, timeout?: Value): Value | typeof PARKED {
  const id = idOf(getAttr(t, self, '_id'));
  if (block !== undefined && !isTrue(t, block)) return resolved(t, takeNow(t, id));
  const once = (): Value | undefined => {
    const taken = tryTake(t, id);
    return taken === null ? undefined : resolved(t, taken);
  };
  return attempt(t, id, 'item', deadlineOf(t, timeout), once, () => raiseEmpty(t, id));
}

function unboundopOf(t: Thread, unbounditems: Maybe): number {
  if (unbounditems === undefined || unbounditems === null) return -1;
  const flags = call(t, getAttr(t, importModule(t, LIBRARY), '_serialize_unbound'), [unbounditems]) as PyTuple;
  return Number(asInt(flags.items[0]!));
}

function queue_put(t: Thread, self: Value, obj: Value, block?: Value, timeout?: Value, unbounditems?: Value): Value | typeof PARKED {
  const id = idOf(getAttr(t, self, '_id'));
  const unboundop = unboundopOf(t, unbounditems);
  const deadline = block !== undefined && !isTrue(t, block) ? -Infinity : deadlineOf(t, timeout);
  const item: HostValue = toHost(t, obj);
  const once = (): Value | undefined => (tryPut(t, id, item, unboundop) ? null : undefined);
  if (deadline !== -Infinity) return attempt(t, id, 'room', deadline, once, () => raiseFull(t, id));
  const done = once();
  return done === undefined ? raiseFull(t, id) : done;
}

/** Gives the library's class the methods of this file. */
export function waitInsteadOfPolling(queueType: Value): void {
  if (!(queueType instanceof PyType)) return;
  const methods = {
    get: methodObject(queueType, 'get', [queue_get, '($self, block=True, timeout=None, *, _delay=0.01)', 'Return the next object from the queue; with block, wait until there is one.']),
    put: methodObject(queueType, 'put', [
      queue_put, '($self, obj, block=True, timeout=None, *, unbounditems=None, _delay=0.01)', 'Add the object to the queue; with block, wait until there is room.',
    ]),
  };
  for (const [name, method] of Object.entries(methods)) {
    tableSetStr(queueType.attributes.table, name, method);
    typeModified(queueType, name);
  }
}
