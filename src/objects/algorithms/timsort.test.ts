import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timsort } from './timsort.ts';

function comparisons(keys: number[]): number {
  let count = 0;
  timsort(keys, undefined, (a, b) => (count++, a < b));
  return count;
}

describe('timsort', () => {
  it('sorts stably and moves values with their keys', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 400 }), (items) => {
      const keys = items.slice();
      const values = items.map((_item, i) => i);
      timsort(keys, values, (a, b) => a < b);
      const expected = items.map((item, i) => [item, i] as const).sort((x, y) => x[0] - y[0] || x[1] - y[1]);
      expect(keys).toEqual(expected.map(([item]) => item));
      expect(values).toEqual(expected.map(([, i]) => i));
    }));
  });

  it('compares n - 1 times in runs, ascending, descending or equal', () => {
    expect(comparisons(Array.from({ length: 1000 }, (_, i) => i))).toBe(999);
    expect(comparisons(Array.from({ length: 1000 }, (_, i) => -i))).toBe(999);
    expect(comparisons(Array.from({ length: 1000 }, () => 1))).toBe(999);
  });

  it('leaves a permutation behind when a comparison throws', () => {
    const keys = Array.from({ length: 300 }, (_, i) => (i * 7919) % 300);
    let left = 700;
    expect(() => timsort(keys, undefined, (a, b) => { if (left-- === 0) throw new Error('stop'); return a < b; })).toThrow('stop');
    expect(keys.slice().sort((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, i) => i));
  });
});
