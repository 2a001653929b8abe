/**
 * Finalisers: `__del__`, and what generators, coroutines and streams do when nobody holds them any more.
 *
 * V8 tells that an object is gone, not that it is going, and a finaliser needs the object. So every new object with one is held here until a collection; there
 * it is copied (its *twin*: same class, same state, same `id`) and let go, and of those that the collection finds dead the twin is finalised in their place. As
 * nobody held the object, nobody can tell the two apart.
 *
 *   young ──collection: gone──▶ twin ──finaliser(twin)──▶ finalised; may be held again, and then lives on without a finaliser
 *     │ └───two collections: still held──▶ old ──collection: gone──▶ twin ──▶ ...
 *     └─needs none any more (a closed file, a finished generator)──▶ forgotten
 *
 * Objects whose `__del__` does not look at them are not held at all: `blind-finalizers.ts`.
 *
 * Collections come from `gc.collect()`, and from here when many objects or much memory have come together (`considerCollection`).
 * INV-1: in a program of one thread, young objects, and streams and sockets of any age, are finalised in a collection or at the end of the interpreter.
 * INV-2: old objects are held weakly. A twin holds what its object held: one in a cycle holds the object itself, which therefore seems alive, and must not
 * stay for ever. The price: an old object that V8 collects on its own account goes without its finaliser. See docs/differences/weakref.md.
 */
import { getHeapStatistics } from 'node:v8';
import { PyDict } from '../core/containers.ts';
import { Frame, PyFrame, PyGenerator, PyMethod } from '../core/function.ts';
import { PyInstance, setSlots, slotsOf } from '../core/instance.ts';
import type { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { blindCount, startBlindFinalizers, takeBlind, takeBlindDead, watchBlindly } from './blind-finalizers.ts';
import { tableCopy } from './hash-table.ts';
import { transferIdentity } from './identity.ts';
import { collectNow, releaseKeptObjects } from './js-collector.ts';

/** Objects made between two times that those are forgotten which need no finaliser any more: few enough that not many that are dead are held, and copied. */
const FORGET_EVERY = 256;
/** The same, as a part of those that are held. */
const FORGET_SHARE = 1.25;
/** So many watched objects ask for a collection: it takes tens of milliseconds, a microsecond for each of them. */
const COLLECT_AT = 65_536;
/** How many of those made last are looked at for one that needs no finaliser any more: generators end in the order in which they began, or in the opposite one. */
const LATEST = 4;
/** Bytes by which the heap may grow with watched objects in it before a collection is asked for: what they hold may be large. */
const COLLECT_AT_BYTES = 256 * 1024 * 1024;
/** Objects made between two looks at the heap's size, which take half a microsecond: more while the heap does not grow. */
const MEASURE_EVERY = 64;
const MEASURE_SELDOM = 1024;
/** Growth of the heap between two looks behind which they come often again. */
const FAST_GROWTH = 4 * 1024 * 1024;

/** New objects, and streams and sockets of any age. */
let young: PyObject[] = [];
/** Those that have seen one collection: it may have come as they were made, when the machine held them. */
let grown: PyObject[] = [];
let old: WeakRef<PyObject>[] = [];
let forgetAt = FORGET_EVERY;
let collectAt = COLLECT_AT;
let untilMeasured = MEASURE_EVERY;
let measureEvery = MEASURE_EVERY;
let bytesMeasured = 0;
let bytesAtCollection = 0;
let isCollecting = false;
const finalized = new WeakSet<PyObject>();

/** What types of native objects tell about their finalisers. */
export interface FinalizerKind {
  /** Whether the object needs no finaliser any more. */
  readonly isSpent: (object: PyObject) => boolean;
  /** Whether it holds something of the system (a descriptor): then it never goes without, and is finalised after all others, which may use it. */
  readonly isResource: boolean;
  /** The finaliser, where it is not the type's slot: of objects that are watched only once they have something to tell. */
  readonly finalize?: (t: Thread, object: PyObject) => void;
}

const kinds = new Map<PyType, FinalizerKind>();

/** Says how objects of `type` and its subclasses are finalised; once per type, at start. */
export function setFinalizerKind(type: PyType, kind: FinalizerKind): void {
  kinds.set(type, kind);
  lastType = null;
}

/** Declared cache: the class that was asked for last. Nearly all that is watched are generators, and tasks. */
let lastType: PyType | null = null;
let lastKind: FinalizerKind | undefined;

function kindOf(object: PyObject): FinalizerKind | undefined {
  if (object.type === lastType) return lastKind;
  lastType = object.type;
  lastKind = findKind(object);
  return lastKind;
}

function findKind(object: PyObject): FinalizerKind | undefined {
  for (let type: PyType | null = object.type.solidBase; type !== null; type = type.base) {
    const kind = kinds.get(type);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

function isSpent(object: PyObject): boolean {
  if (object instanceof PyGenerator) return object.state === 'done';
  return !(object instanceof PyInstance) && kindOf(object)?.isSpent(object) === true;
}

function isResource(object: PyObject): boolean {
  return !(object instanceof PyInstance) && kindOf(object)?.isResource === true;
}

type Report = (t: Thread, exception: unknown, message: string | null, object: Value) => void;
let report: Report = (_t, exception) => {
  throw exception;
};

/** Sets who is told of what finalisers raise; done once, by the `sys` module. A null message is that of `__del__`. */
export function setFinalizerReport(implementation: Report): void {
  report = implementation;
}

/** Tells what the finaliser of `object` has raised. */
export function reportFinalizer(t: Thread, exception: unknown, message: string | null, object: Value): void {
  report(t, exception, message, object);
}

let requestCollection: () => void = () => {};

/** A new interpreter begins: nothing is watched yet, and `request` asks it for a collection that happens soon, between two instructions. */
export function startFinalizers(request: () => void): void {
  young = [];
  grown = [];
  old = [];
  isCollecting = false;
  startBlindFinalizers();
  requestCollection = request;
}

/** A new object whose class has a finaliser. @hot every generator with `try` around a `yield`, every coroutine */
export function watchFinalizer(object: PyObject): void {
  if (!(object instanceof PyInstance && watchBlindly(object))) young.push(object);
  if (young.length >= forgetAt) forgetSpent();
  if (--untilMeasured === 0) considerCollection();
}

/** The watched object needs no finaliser any more. Of those that were made last it is let go at once; others are when so many have come together. @hot ends of generators */
export function unwatchFinalizer(object: PyObject): void {
  const last = young.length - 1;
  for (let i = last; i >= 0 && i > last - LATEST; i--) {
    if (young[i] !== object) continue;
    for (let j = i; j < last; j++) young[j] = young[j + 1]!;
    young.pop();
    return;
  }
}

function forgetSpent(): void {
  let count = 0;
  for (let i = 0; i < young.length; i++) {
    const object = young[i]!;
    if (!isSpent(object)) young[count++] = object;
  }
  young.length = count;
  forgetAt = Math.max(FORGET_EVERY, young.length * FORGET_SHARE);
}

/** In place of a collection that cannot be now: all but streams and sockets are old from here on. */
export function releaseYoung(): void {
  const resources = young.filter(isResource);
  const rest = [...grown, ...young].filter((object) => !isResource(object));
  old = [...old.filter((held) => held.deref() !== undefined), ...rest.map((object) => new WeakRef(object))];
  grown = [];
  young = resources;
  afterCollection();
}

function afterCollection(): void {
  forgetAt = Math.max(FORGET_EVERY, young.length * FORGET_SHARE);
  collectAt = Math.max(COLLECT_AT, (young.length + blindCount()) * 2);
  bytesAtCollection = heapBytes();
  releaseKeptObjects();
}

function considerCollection(): void {
  const bytes = heapBytes();
  measureEvery = bytes - bytesMeasured > FAST_GROWTH ? MEASURE_EVERY : Math.min(measureEvery * 2, MEASURE_SELDOM);
  bytesMeasured = bytes;
  untilMeasured = measureEvery;
  if (!isCollecting && (young.length + blindCount() >= collectAt || bytes - bytesAtCollection > COLLECT_AT_BYTES)) requestCollection();
}

function heapBytes(): number {
  const { used_heap_size: used, external_memory: external } = getHeapStatistics();
  return used + external;
}

/** Whether the object has been finalised. */
export function isFinalized(object: Value): boolean {
  return object instanceof PyObject && finalized.has(object);
}

/** Whoever else holds objects that are watched here, and must let them go for a collection: gives back how to hold again those that live. */
type Holder = (t: Thread) => () => void;
const holders: Holder[] = [];

/** Adds a holder; once, at start. */
export function addFinalizerHolder(holder: Holder): void {
  holders.push(holder);
}

/** Collections survived: 2 for old ones. */
type Age = 0 | 1 | 2;

interface Snapshot {
  readonly held: WeakRef<PyObject>;
  readonly twin: PyObject;
  readonly age: Age;
}

interface TwinPair {
  readonly object: PyObject;
  readonly twin: PyObject;
  /** The frames of the two, where they are generators. */
  readonly frame: Frame | null;
  readonly twinFrame: Frame | null;
}

/** `value` as the twin holds it: the object's references to itself, to its methods and to its frame are the twin's. */
function translated(value: Maybe, pair: TwinPair): Maybe {
  if (value === pair.object) return pair.twin;
  if (value instanceof PyMethod && value.self === pair.object) return new PyMethod(value.type, value.func, pair.twin);
  if (value instanceof PyFrame && pair.frame !== null && value.frame === pair.frame) return twinFrameObject(value, pair);
  return value;
}

function copyRecord<T extends object>(record: T): T {
  return Object.assign(Object.create(Object.getPrototypeOf(record) as object) as T, record);
}

function twinFrameObject(frameObject: PyFrame, { twinFrame }: TwinPair): PyFrame {
  const known = twinFrame!.object;
  if (known !== null) return known;
  const copy: PyFrame = Object.assign(copyRecord(frameObject), { frame: twinFrame });
  twinFrame!.object = copy;
  transferIdentity(frameObject, copy);
  return copy;
}

function twinOfGenerator(generator: PyGenerator): PyGenerator {
  const { frame } = generator;
  const twinFrame = copyRecord(frame);
  const twin: PyGenerator = Object.assign(copyRecord(generator), { frame: twinFrame });
  const pair: TwinPair = { object: generator, twin, frame, twinFrame };
  twinFrame.generator = twin;
  twinFrame.object = null;
  twinFrame.stack = frame.stack.map((value) => translated(value, pair));
  return twin;
}

function twinOf(object: PyObject): PyObject {
  const twin = object instanceof PyGenerator ? twinOfGenerator(object) : copyRecord(object);
  const pair: TwinPair = { object, twin, frame: null, twinFrame: null };
  if (twin instanceof PyInstance) {
    // The attributes of a linked instance are those of its dict.
    if (twin.shape !== null && twin.shape.plain !== null) twin.shape = null;
    setSlots(twin, slotsOf(twin).map((value) => translated(value, pair)));
    if (twin.weakReferences !== undefined) twin.weakReferences = undefined;
  }
  const { dict } = object;
  if (dict !== null) {
    const table = tableCopy(dict.table);
    table.values.forEach((value, i) => (table.values[i] = translated(value, pair)));
    twin.dict = new PyDict(dict.type, table);
  }
  transferIdentity(object, twin);
  return twin;
}

// The functions below are apart so that no local variable of one holds an object while another collects.

function oldObjects(): PyObject[] {
  return old.map((held) => held.deref()).filter((object): object is PyObject => object !== undefined);
}

/** Of everything that is watched, the oldest first; nothing is watched afterwards. */
function takeSnapshots(): Snapshot[] {
  const snapshots = (objects: readonly PyObject[], age: Age): Snapshot[] =>
    objects.filter((object) => !isSpent(object)).map((object) => ({ held: new WeakRef(object), twin: twinOf(object), age }));
  const all = [...snapshots(oldObjects(), 2), ...snapshots(grown, 1), ...snapshots(young, 0)];
  young = [];
  grown = [];
  old = [];
  return all;
}

/** Goes on watching those that live; gives the twins of the others, and whether a generator has become old, which it does at once. */
function sortOut(snapshots: readonly Snapshot[]): { dead: PyObject[]; hasAged: boolean } {
  const dead: PyObject[] = [];
  let hasAged = false;
  for (const { held, twin, age } of snapshots) {
    const object = held.deref();
    if (object === undefined) dead.push(twin);
    else if (isResource(object)) young.push(object);
    else if (age === 0 && !(object instanceof PyGenerator)) grown.push(object);
    else {
      old.push(held);
      if (age === 0) hasAged = true;
    }
  }
  return { dead, hasAged };
}

function finalize(t: Thread, object: PyObject): void {
  const slot = object.type.slots.tp_finalize ?? kindOf(object)?.finalize ?? null;
  if (slot === null || finalized.has(object) || isSpent(object)) return;
  finalized.add(object);
  try {
    slot(t, object);
  } catch (exception) {
    report(t, exception, null, object);
  }
}

/** Finalises the oldest first; then, as others may use them, streams and sockets: the newest first, which were made over the others. */
function finalizeInOrder(t: Thread, objects: readonly PyObject[]): void {
  const resources: PyObject[] = [];
  for (const object of objects) {
    if (isResource(object)) resources.push(object);
    else finalize(t, object);
  }
  for (const object of resources.reverse()) finalize(t, object);
}

/** A collection; returns the twins of what has died. Afterwards everything refers to what it should again. */
function collectOnce(t: Thread): PyObject[] {
  const { dead, hasAged } = collectTwins(t);
  // Generators are often in a cycle with what runs them, and then no collection may keep that: they go without being closed.
  if (hasAged) collectNow();
  return dead;
}

function collectTwins(t: Thread): ReturnType<typeof sortOut> {
  const snapshots = takeSnapshots();
  const holdAgain = holders.map((holder) => holder(t));
  collectNow();
  for (const hold of holdAgain) hold();
  const { dead, hasAged } = sortOut(snapshots);
  return { dead: [...dead, ...takeBlindDead()], hasAged };
}

/**
 * One collection after the other, at most `rounds`, until no more objects with finalisers die; calls the finalisers. `between` runs after each collection.
 * Returns whether any finaliser was called.
 */
export function collectWithFinalizers(t: Thread, rounds: number, between: () => void): boolean {
  // As in CPython, a finaliser does not collect.
  if (isCollecting) return false;
  isCollecting = true;
  let round = 0;
  try {
    for (let found = true; found && round < rounds; round++) {
      const dead = collectOnce(t);
      between();
      finalizeInOrder(t, dead);
      found = dead.length > 0;
    }
  } finally {
    isCollecting = false;
  }
  afterCollection();
  return round > 1;
}

/** At the end of the interpreter: finalises what is still there. */
export function finalizeAll(t: Thread): void {
  const objects = [...oldObjects(), ...grown, ...young, ...takeBlind()];
  young = [];
  grown = [];
  old = [];
  finalizeInOrder(t, objects);
}
