/**
 * A lock-free registry in the heap: names under which interpreters leave bytes for each other (compiled library code).
 *
 *   slot    0, or the address of a tuple (name, bytes)
 *
 * INV-1: a slot goes from 0 to the address of a complete, committed tuple once, and never changes again; a probe that meets 0 has not found the name.
 *        So two threads that publish under one name meet at the same slot, one of them wins it, and both use the winner's bytes.
 */
import type { ImmortalHeap } from './heap.ts';
import { hashText, KIND, type Word } from './layout.ts';
import { HeapReader } from './reader.ts';
import { HeapWriter } from './writer.ts';

/** One thread's access to the registry of a heap. */
export class HeapRegistry {
  readonly #heap: ImmortalHeap;
  readonly #reader: HeapReader;
  readonly #writer: HeapWriter;

  /** `owner` is the thread's id for locks. */
  constructor(heap: ImmortalHeap, owner: number) {
    this.#heap = heap;
    this.#reader = new HeapReader(heap);
    this.#writer = new HeapWriter(heap, owner);
  }

  /** The bytes under `name`, in place: they must not be written to. Undefined when nobody has left any. */
  find(name: string): Uint8Array | undefined {
    const hash = hashText(name);
    const { ops, words, registryBase, registrySlots } = this.#heap;
    for (let probes = 0; probes < registrySlots; probes++) {
      const entry = ops.load(words, registryBase + ((hash + probes) & (registrySlots - 1)));
      if (entry === 0) return undefined;
      if (this.#isFor(entry, name, hash)) return this.#bytesOf(entry);
    }
    return undefined;
  }

  /** Leaves a copy of `bytes` under `name`, unless somebody was first; returns the bytes that are there now. Undefined when the registry is full. Throws `HeapFull`. */
  publish(name: string, bytes: Uint8Array): Uint8Array | undefined {
    const hash = hashText(name);
    const { ops, words, registryBase, registrySlots } = this.#heap;
    let own: Word = 0;
    for (let probes = 0; probes < registrySlots; probes++) {
      const slot = registryBase + ((hash + probes) & (registrySlots - 1));
      let entry = ops.load(words, slot);
      if (entry === 0) {
        // Written and committed before the slot is taken: who finds the entry finds all of it.
        if (own === 0) own = this.#write(name, bytes);
        entry = ops.compareExchange(words, slot, 0, own);
        if (entry === 0) return this.#bytesOf(own);
      }
      if (this.#isFor(entry, name, hash)) return this.#bytesOf(entry);
    }
    return undefined;
  }

  #write(name: string, bytes: Uint8Array): Word {
    try {
      const entry = this.#writer.words(KIND.TUPLE, [this.#writer.str(name), this.#writer.byteString(bytes)]);
      this.#writer.commit();
      return entry;
    } catch (error) {
      this.#writer.rollback();
      throw error;
    }
  }

  #isFor(entry: Word, name: string, hash: number): boolean {
    return this.#reader.strEquals(this.#reader.item(entry, 0), name, hash);
  }

  #bytesOf(entry: Word): Uint8Array {
    return this.#reader.bytes(this.#reader.item(entry, 1));
  }
}
