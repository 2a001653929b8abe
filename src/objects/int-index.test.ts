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
        index.remove(key, entry);
        keys[entry] = undefined;
        known.delete(key);
      }
    }
    for (const [key, entry] of known) expect(index.find(keys, key)).toBe(entry);
    expect(new IntIndex(keys).find(keys, [...known.keys()].at(-1)!)).toBe([...known.values()].at(-1));
  });

  it('takes numbers of 32 bits only', () => {
    expect([0, -1, 2 ** 31 - 1, -(2 ** 31)].every(fits)).toBe(true);
    expect([2 ** 31, 1.5, '1', null, 1n, true].some(fits)).toBe(false);
  });
});
