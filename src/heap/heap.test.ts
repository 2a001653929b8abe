/** The immortal heap: round trips, rollback, budget, checker, and the lock-free parts in every interleaving. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AtomicOps } from '../sync/atomics.ts';
import { explore, type Exploration, type Mutant, type ThreadBody } from '../sync/explorer.ts';
import { checkHeap } from './check.ts';
import { attachHeap, createHeap, formatHeap, HeapFull, ImmortalHeap } from './heap.ts';
import { isSmallInt, KIND, SINGLETON, smallIntOf, type Word } from './layout.ts';
import { HeapReader } from './reader.ts';
import { HeapRegistry } from './registry.ts';
import { HeapWriter } from './writer.ts';

function fresh(budget = 2 ** 25): { heap: ImmortalHeap; writer: HeapWriter; reader: HeapReader } {
  const heap = createHeap({ budget, internSlots: 1024 });
  return { heap, writer: new HeapWriter(heap, 1), reader: new HeapReader(heap) };
}

describe('the heap', () => {
  it('gives every text back', () => {
    const { heap, writer, reader } = fresh();
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      const address = writer.str(text);
      writer.commit();
      return reader.str(address) === text && reader.str(writer.intern(text)) === text;
    }));
    checkHeap(heap);
  });

  it('gives ints of any size back', () => {
    const { heap, writer, reader } = fresh();
    const read = (word: Word): bigint => (isSmallInt(word) ? BigInt(smallIntOf(word)) : reader.kindOf(word) === KIND.INT ? BigInt(reader.float(word)) : reader.bigint(word));
    const check = (value: bigint): boolean => read(writer.int(Number.isSafeInteger(Number(value)) ? Number(value) : value)) === value;
    fc.assert(fc.property(fc.bigInt(), check));
    for (const value of [0n, -1n, 2n ** 30n, -(2n ** 30n), 2n ** 30n - 1n, 2n ** 53n, -(2n ** 64n), 2n ** 31n]) expect(check(value)).toBe(true);
    writer.commit();
    checkHeap(heap);
  });

  it('finds every key of a large dict in place, and decodes its keys at once', () => {
    const { heap, writer, reader } = fresh();
    const count = 5000;
    const dict = writer.dict(KIND.DICT, count, true);
    for (let i = 0; i < count; i++) writer.setEntry(dict, i, writer.str(`key number ${i}`), writer.int(i));
    writer.commit();
    for (let i = 0; i < count; i++) expect(smallIntOf(reader.find(dict, `key number ${i}`))).toBe(i);
    expect(reader.find(dict, 'none')).toBe(0);
    expect(reader.texts(reader.keys(dict))[4999]).toBe('key number 4999');
    checkHeap(heap);
  });

  it('reads bytes in place', () => {
    const { heap, writer, reader } = fresh();
    const address = writer.byteString(Uint8Array.of(1, 2, 3));
    writer.commit();
    expect([...reader.bytes(address)]).toEqual([1, 2, 3]);
    expect(reader.bytes(address).buffer).toBe(heap.buffer);
  });

  it('takes a rolled back batch away as if it had not been', () => {
    const { heap, writer } = fresh();
    writer.str('kept');
    writer.commit();
    const before = checkHeap(heap);
    for (let i = 0; i < 10_000; i++) writer.float(i);
    writer.rollback();
    expect(checkHeap(heap)).toEqual(before);
    const bytes = heap.stats().bytes;
    for (let i = 0; i < 10_000; i++) writer.float(i);
    writer.commit();
    expect(heap.stats().bytes).toBe(bytes);
    expect(checkHeap(heap).objects).toBe(before.objects + 10_000);
  });

  it('refuses what does not fit and stays usable', () => {
    const { heap, writer, reader } = fresh(2 ** 24);
    expect(() => writer.byteString(new Uint8Array(2 ** 24))).toThrow(HeapFull);
    writer.rollback();
    expect(reader.str(writer.intern('still works'))).toBe('still works');
    checkHeap(heap);
    expect(heap.stats().objects).toMatchObject({ str: 1, bytes: 0 });
  });

  it('is the same heap for a thread that attaches to it', () => {
    const { heap, writer } = fresh();
    const address = writer.intern('shared');
    expect(new HeapReader(attachHeap(heap.buffer)).str(address)).toBe('shared');
    expect(new HeapWriter(attachHeap(heap.buffer), 2).intern('shared')).toBe(address);
  });

  it('has a checker that finds damage', () => {
    const { heap, writer } = fresh();
    const tuple = writer.words(KIND.TUPLE, [SINGLETON.NONE, writer.int(7)]);
    writer.commit();
    checkHeap(heap);
    writer.setItem(tuple, 0, 0x7ffc);
    expect(() => checkHeap(heap)).toThrow('good word');
  });
});

describe('interning and chunk allocation in every interleaving', () => {
  const WORDS = 256;
  const CHUNK_UNITS = 16;
  const setup = (memory: Int32Array): void => formatHeap(memory, { limitUnits: WORDS / 2, chunkUnits: CHUNK_UNITS, internSlots: 4, registrySlots: 2 });
  const RESULT = WORDS;
  const interner = (owner: number, text: string): ThreadBody => (ops: AtomicOps, memory: Int32Array) => {
    const heap = new ImmortalHeap(memory, ops);
    const address = new HeapWriter(heap, owner).intern(text);
    if (new HeapReader(heap).str(address) !== text) throw new Error('half a string');
    ops.store(memory, RESULT + owner, address);
  };
  const check = (same: boolean) => (memory: Int32Array): void => {
    const heap = new ImmortalHeap(new Int32Array(Int32Array.from(memory).buffer as unknown as SharedArrayBuffer));
    checkHeap(heap);
    if ((memory[RESULT + 1] === memory[RESULT + 2]) !== same) throw new Error('one text, one address');
  };
  const same: Exploration = { memoryWords: WORDS + 8, setup, threads: [interner(1, 'a'), interner(2, 'a')], finish: check(true), preemptions: 3 };
  const different: Exploration = { ...same, threads: [interner(1, 'a'), interner(2, 'e')], finish: check(false) };

  it('gives one text one address', () => expect(explore(same)).toMatchObject({ ok: true }));
  it('keeps different texts in one slot apart, and chunks of different writers', () => expect(explore(different)).toMatchObject({ ok: true }));
  const publisher = (owner: number, name: string): ThreadBody => (ops: AtomicOps, memory: Int32Array) => {
    const registry = new HeapRegistry(new ImmortalHeap(memory, ops), owner);
    const bytes = registry.publish(name, Uint8Array.of(owner));
    if (bytes === undefined || registry.find(name)?.[0] !== bytes[0]) throw new Error('published bytes are found');
    ops.store(memory, RESULT + owner, bytes[0]!);
  };
  const onePublished: Exploration = { ...same, threads: [publisher(1, 'a'), publisher(2, 'a')] };
  const twoPublished: Exploration = { ...same, threads: [publisher(1, 'a'), publisher(2, 'b')], finish: check(false) };

  it('gives one registered name one value', () => expect(explore(onePublished)).toMatchObject({ ok: true }));
  it('keeps registered names apart', () => expect(explore(twoPublished)).toMatchObject({ ok: true }));
  it('stays good when a writer dies at any point', () => {
    const orphan: Exploration = { ...same, finish: (memory) => void checkHeap(new ImmortalHeap(new Int32Array(Int32Array.from(memory).buffer as unknown as SharedArrayBuffer))), death: { thread: 0, reaper: () => {} } };
    expect(explore(orphan)).toMatchObject({ ok: true });
  });
  it.each<[string, Exploration, Mutant]>([['same text', same, 'torn-updates'], ['different texts', different, 'torn-updates'], ['one name', onePublished, 'torn-updates'], ['two names', twoPublished, 'torn-updates']])('is caught with torn updates: %s', (_, exploration, mutant) => {
    expect(explore({ ...exploration, mutant }).ok).toBe(false);
  });
});
