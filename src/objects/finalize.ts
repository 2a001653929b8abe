/**
 * `__del__`: which objects have it, and calling it for those that nobody holds any more.
 *
 * V8 tells that an object is gone, not that it is going, and `__del__` needs the object. So before a collection each object with a finaliser is copied
 * (its *twin*: same class, same attributes, same `id`); of those that the collection finds dead, the twin is finalised in their place. As nobody held the
 * object, nobody can tell the two apart.
 *
 *   alive ──collection: still held──▶ alive
 *   alive ──collection: gone──▶ twin ──__del__(twin)──▶ finalised; may be held again, and then lives on without a finaliser
 *
 * INV-1: between collections objects are held weakly here: those that V8 collects on its own account go without `__del__`.
 * A twin holds what its object held, so two objects with finalisers that hold each other keep each other: see docs/differences/weakref.md.
 */
import { PyDict } from '../core/containers.ts';
import { PyMethod } from '../core/function.ts';
import { PyInstance } from '../core/instance.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { tableCopy } from './hash-table.ts';
import { transferIdentity } from './identity.ts';
import { collectNow, releaseKeptObjects } from './js-collector.ts';

/** Rounds of one `gc.collect()`: what a finalised object held may be dead in the next. */
const MAX_ROUNDS = 8;
/** Objects made between two times that V8 is told to let go, and that the list is looked through. */
const RELEASE_EVERY = 1024;

let watched: WeakRef<PyObject>[] = [];
let lookAt = RELEASE_EVERY;
const finalized = new WeakSet<PyObject>();

type Report = (t: Thread, exception: unknown, object: Value) => void;
let report: Report = (_t, exception) => {
  throw exception;
};

/** Sets who is told of what finalisers raise; done once, by the `gc` module. */
export function setFinalizerReport(implementation: Report): void {
  report = implementation;
}

/** A new object whose class has a finaliser. */
export function watchFinalizer(object: PyObject): void {
  watched.push(new WeakRef(object));
  if (watched.length < lookAt) return;
  releaseKeptObjects();
  watched = watched.filter((held) => held.deref() !== undefined);
  lookAt = Math.max(RELEASE_EVERY, watched.length * 2);
  releaseKeptObjects();
}

/** Whether the object has been finalised. */
export function isFinalized(object: Value): boolean {
  return object instanceof PyObject && finalized.has(object);
}

interface Snapshot {
  readonly held: WeakRef<PyObject>;
  readonly twin: PyObject;
}

/** `value` as the twin holds it: the object's references to itself are the twin's to itself. */
function translated(value: Maybe, object: PyObject, twin: PyObject): Maybe {
  if (value === object) return twin;
  return value instanceof PyMethod && value.self === object ? new PyMethod(value.type, value.func, twin) : value;
}

function twinOf(object: PyObject): PyObject {
  const twin = Object.assign(Object.create(Object.getPrototypeOf(object) as object) as PyObject, object);
  if (twin instanceof PyInstance) twin.slots = twin.slots.map((value) => translated(value, object, twin));
  const { dict } = object;
  if (dict !== null) {
    const table = tableCopy(dict.table);
    table.values.forEach((value, i) => (table.values[i] = translated(value, object, twin)));
    twin.dict = new PyDict(dict.type, table);
  }
  transferIdentity(object, twin);
  return twin;
}

// The functions below are apart so that no local variable of one holds an object while another collects.

function takeSnapshots(): Snapshot[] {
  const out: Snapshot[] = [];
  for (const held of watched) {
    const object = held.deref();
    if (object !== undefined) out.push({ held, twin: twinOf(object) });
  }
  return out;
}

function takeDead(snapshots: readonly Snapshot[]): PyObject[] {
  watched = snapshots.filter(({ held }) => held.deref() !== undefined).map(({ held }) => held);
  return snapshots.filter(({ held }) => held.deref() === undefined).map(({ twin }) => twin);
}

function finalize(t: Thread, object: PyObject): void {
  const slot = object.type.slots.tp_finalize;
  if (slot === null || finalized.has(object)) return;
  finalized.add(object);
  try {
    slot(t, object);
  } catch (exception) {
    report(t, exception, object);
  }
}

/** Finalises the twins of what has died; false when nothing has. */
function finalizeDead(t: Thread, snapshots: readonly Snapshot[]): boolean {
  const dead = takeDead(snapshots);
  for (const object of dead) finalize(t, object);
  return dead.length > 0;
}

/**
 * One collection after the other until no more objects with finalisers die; calls the finalisers. `between` runs after each collection. Returns whether any
 * finaliser was called.
 */
export function collectWithFinalizers(t: Thread, between: () => void): boolean {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const snapshots = takeSnapshots();
    collectNow();
    between();
    if (!finalizeDead(t, snapshots)) return round > 0;
    snapshots.length = 0;
  }
  return true;
}

/** At the end of the interpreter: finalises what is still there, the oldest first. */
export function finalizeAll(t: Thread): void {
  const rest = watched;
  watched = [];
  for (const held of rest) {
    const object = held.deref();
    if (object !== undefined) finalize(t, object);
  }
}
