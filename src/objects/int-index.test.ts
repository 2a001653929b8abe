import { describe, expect, it } from 'vitest';
import { fits, IntIndex } from './int-index.ts';

describe('the index of int keys', () => {
  it('finds what is added and not what is removed, through growth and reuse', () => {
    const keys: (number | undefined)[] = [];
    const index = new IntIndex(keys);
    const known = new Map<number, number>();
    let seed = 1;
    for (let i = 0; i < 5000; i++) {
      seed = (Math.imul(seed, 1103515245) + 12345) | 0;
      const key = i % 3 === 0 ? seed : (seed >>> 16) % 700;
      const entry = known.get(key);
      expect(index.find(keys, key)).toBe(entry ?? -1);
      if (entry === undefined) {
        keys.push(key);
        index.add(keys, key);
        known.set(key, keys.length - 1);
      } else if (i % 2 === 0) {
        index.remove(keys, key, entry);
        keys[entry] = undefined;
        known.delete(key);
      }
    }
    for (const [key, entry] of known) expect(index.find(keys, key)).toBe(entry);
    expect(new IntIndex(keys).find(keys, [...known.keys()].at(-1)!)).toBe([...known.values()].at(-1));
  });

  it('finds keys that follow one another, until another one comes or one goes', () => {
    for (const change of ['none', 'gap', 'again', 'removal'] as const) {
      const keys: (number | undefined)[] = [];
      for (let i = 0; i < 9; i++) keys.push(i - 3);
      const index = new IntIndex(keys);
      for (let i = 6; i < 40; i++) {
        expect(index.findOrAdd(keys, i)).toBe(-1);
        keys.push(i);
      }
      if (change === 'gap') {
        expect(index.findOrAdd(keys, 100)).toBe(-1);
        keys.push(100);
      } else if (change === 'again') expect(index.findOrAdd(keys, 7)).toBe(10);
      else if (change === 'removal') {
        index.remove(keys, -3, 0);
        keys[0] = undefined;
      }
      expect(index.find(keys, 39)).toBe(42);
      expect(index.find(keys, -3)).toBe(change === 'removal' ? -1 : 0);
      expect(index.find(keys, -4)).toBe(-1);
      expect(index.find(keys, 40)).toBe(-1);
      expect(index.find(keys, 100)).toBe(change === 'gap' ? 43 : -1);
    }
  });

  it('takes numbers of 32 bits only', () => {
    expect([0, -1, 2 ** 31 - 1, -(2 ** 31)].every(fits)).toBe(true);
    expect([2 ** 31, 1.5, '1', null, 1n, true].some(fits)).toBe(false);
  });
});
