/**
 * Being told that an object is gone.
 *
 * V8's collector tells nobody at the moment when an object dies, and the object cannot be had back. So objects are held weakly in a list, and the list is
 * looked through when somebody calls `gc.collect()` and each time it has doubled: then those that are gone are told of, by `id`.
 * An object without references is told of late, or never when the interpreter ends before; one that is told of is gone for certain.
 */
import type { Interpreter, Thread } from '../core/thread.ts';
import type { Int, PyObject } from '../core/value.ts';
import { hookHost } from './host.ts';
import { perInterpreter } from './watcher-table.ts';

/** The list is looked through first when it is this long. */
const FIRST_LOOK = 1024;

interface Departure {
  readonly object: WeakRef<PyObject>;
  readonly identity: Int;
  readonly gone: (t: Thread, identity: Int) => void;
}

interface Departures {
  list: Departure[];
  lookAt: number;
}

function departuresOf(interpreter: Interpreter): Departures {
  return perInterpreter(interpreter, 'hooks.departures', () => ({ list: [], lookAt: FIRST_LOOK }));
}

/** Has `gone` called, once, after `object` has been collected; `gone` must not hold the object. It gets the object's `id` and must not raise. */
export function trackDeparture(interpreter: Interpreter, object: PyObject, gone: (t: Thread, identity: Int) => void): void {
  const departures = departuresOf(interpreter);
  departures.list.push({ object: new WeakRef(object), identity: hookHost().identity(object), gone });
  if (departures.list.length < departures.lookAt) return;
  hookHost().releaseKept();
  tellDepartures(interpreter.running);
  departures.lookAt = Math.max(FIRST_LOOK, departures.list.length * 2);
  hookHost().releaseKept();
}

/** Tells of what is gone by now; returns whether anything was. Called behind each collection that the program asks for. */
export function tellDepartures(t: Thread): boolean {
  const departures = departuresOf(t.interpreter);
  const gone: Departure[] = [];
  const left: Departure[] = [];
  for (const departure of departures.list) (departure.object.deref() === undefined ? gone : left).push(departure);
  departures.list = left;
  for (const departure of gone) departure.gone(t, departure.identity);
  return gone.length > 0;
}
