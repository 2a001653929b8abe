/** Shared blocks: content, reuse, exhaustion, and every interleaving of two users, one of whom may die. */
import { describe, expect, it } from 'vitest';
import { BLOCKS_HEADER_WORDS, SharedBlocks } from './blocks.ts';
import { explore, type Exploration, type ThreadBody } from './explorer.ts';

function fresh(arena: number): SharedBlocks {
  const blocks = new SharedBlocks(new Int32Array(new SharedArrayBuffer((BLOCKS_HEADER_WORDS + arena) * 4)), 0);
  blocks.initialise(arena);
  return blocks;
}

describe('SharedBlocks', () => {
  it('gives payloads back and uses freed blocks again', () => {
    const blocks = fresh(64);
    const handles = Array.from({ length: 4 }, (_, i) => blocks.put(1, new Uint8Array(50).fill(i)));
    expect(blocks.put(1, new Uint8Array(1))).toBe(0);
    expect(handles.map((handle) => blocks.get(handle)[49])).toEqual([0, 1, 2, 3]);
    blocks.free(2, handles[2]!);
    expect(blocks.put(1, Uint8Array.of(9))).toBe(handles[2]);
    expect([...blocks.get(handles[2]!)]).toEqual([9]);
  });

  it('refuses what can never fit', () => expect(fresh(1024).put(1, new Uint8Array(8192))).toBe(0));

  const user = (owner: number): ThreadBody => (ops, memory) => {
    const blocks = new SharedBlocks(memory, 0, ops);
    const block = blocks.put(owner, Uint8Array.of(owner, owner));
    if (block === 0) return;
    const [a, b] = blocks.get(block);
    if (a !== owner || b !== owner) throw new Error('somebody else wrote into the block');
    blocks.free(owner, block);
  };
  const exploration: Exploration = {
    memoryWords: BLOCKS_HEADER_WORDS + 32, threads: [user(1), user(2)], preemptions: 2,
    setup: (memory) => void memory.set([0, BLOCKS_HEADER_WORDS, BLOCKS_HEADER_WORDS + 32]),
  };
  it('gives a block to one user at a time', () => expect(explore(exploration)).toMatchObject({ ok: true }));
  it('survives the death of a user at any point', () => {
    const reaper: ThreadBody = (ops, memory) => new SharedBlocks(memory, 0, ops).releaseDead(1);
    expect(explore({ ...exploration, death: { thread: 0, reaper } })).toMatchObject({ ok: true });
  });
  it('is caught with torn updates', () => expect(explore({ ...exploration, mutant: 'torn-updates' }).ok).toBe(false));
});
