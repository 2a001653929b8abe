/** Compiled library code in the immortal heap: the first interpreter that needs a module leaves it there, the others execute it in place. */
import { HeapFull, type ImmortalHeap } from '../heap/heap.ts';
import { HeapRegistry } from '../heap/registry.ts';

/** The library code that the interpreters of a runtime share. */
export class SharedCode {
  readonly #registry: HeapRegistry;

  /** `owner` is the thread's id for locks. */
  constructor(heap: ImmortalHeap, owner: number) {
    this.#registry = new HeapRegistry(heap, owner);
  }

  /** The encoded code under `key`, in place; undefined when no interpreter has loaded it yet. */
  get(key: string): Uint8Array | undefined {
    return this.#registry.find(key);
  }

  /** Shares encoded code and returns it in its shared place; returns `bytes` itself when the heap has no room for it. */
  share(key: string, bytes: Uint8Array): Uint8Array {
    try {
      return this.#registry.publish(key, bytes) ?? bytes;
    } catch (error) {
      if (!(error instanceof HeapFull)) throw error;
      return bytes;
    }
  }
}
