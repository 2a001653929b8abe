/**
 * An interpreter's link to the immortal heap: which of its objects are in the heap, and which objects its addresses have become here.
 *
 * INV-1: one address is one object of this interpreter, and one object has one address: what was sent comes back as the identical object.
 * INV-2: the maps keep objects alive for good, as immortal objects are.
 */
import type { Interpreter } from '../core/thread.ts';
import type { PyType } from '../core/type.ts';
import type { Shape } from '../core/shape.ts';
import type { PyObject } from '../core/value.ts';
import type { ImmortalHeap } from '../heap/heap.ts';
import type { Word } from '../heap/layout.ts';
import { HeapReader } from '../heap/reader.ts';
import { HeapWriter } from '../heap/writer.ts';
import { setHeapImmortality } from './immortality.ts';

const STATE_KEY = 'immortal heap';

/** The link of one interpreter. */
export class ImmortalLink {
  readonly interpreter: Interpreter;
  readonly heap: ImmortalHeap;
  readonly reader: HeapReader;
  readonly writer: HeapWriter;
  readonly #objects = new Map<Word, PyObject>();
  /** Objects frozen here that are not in `#objects` yet: most are never asked for by address, so the map is filled when something is. */
  #deferred: (readonly PyObject[])[] = [];
  /** A Map and no WeakMap, which is several times slower to fill and to collect: INV-2 keeps the objects alive anyway. 0 while being frozen. */
  readonly addresses = new Map<PyObject, Word>();
  /** A graph is being frozen: `addresses` holds entries that may be taken back. */
  busy = false;
  /** Shapes of instances that have not been read yet, by type. */
  readonly pendingShapes = new Map<PyType, Shape>();

  constructor(interpreter: Interpreter, heap: ImmortalHeap, owner: number) {
    this.interpreter = interpreter;
    this.heap = heap;
    this.reader = new HeapReader(heap);
    this.writer = new HeapWriter(heap, owner);
  }

  /** Binds an object and its address (INV-1). */
  bind(object: PyObject, address: Word): void {
    this.#objects.set(address, object);
    this.addresses.set(object, address);
  }

  /** Binds objects whose addresses are in `addresses` already; owns the array. */
  bindFrozen(objects: readonly PyObject[]): void {
    this.#deferred.push(objects);
  }

  /** What an address is in this interpreter; undefined when it has not been received or frozen here. */
  objectAt(address: Word): PyObject | undefined {
    if (this.#deferred.length > 0) {
      for (const objects of this.#deferred) for (const object of objects) this.#objects.set(this.addresses.get(object)!, object);
      this.#deferred = [];
    }
    return this.#objects.get(address);
  }
}

/** Links an interpreter to a heap; done once, when the interpreter starts. `owner` is the thread's id for locks (sync/owner.ts). */
export function linkImmortalHeap(interpreter: Interpreter, heap: ImmortalHeap, owner: number): ImmortalLink {
  const link = new ImmortalLink(interpreter, heap, owner);
  interpreter.moduleState.set(STATE_KEY, link);
  setHeapImmortality((value) => link.addresses.has(value));
  return link;
}

/** The link of an interpreter; undefined when it runs without an immortal heap. */
export function immortalLink(interpreter: Interpreter): ImmortalLink | undefined {
  return interpreter.moduleState.get(STATE_KEY) as ImmortalLink | undefined;
}
