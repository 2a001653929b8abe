/** Repeated arrays, short ones and those that are put together of several. */
import { describe, expect, it } from 'vitest';
import { repeated, repeatedDoubles } from './repeat-items.ts';

describe('repeated', () => {
  it.each([
    ['one value', [null], [1, 3, 255, 256, 4096, 4097, 12_289]], ['ints', [7], [1, 4096, 9_000]], ['several', ['a', 2, null], [1, 1365, 1366, 4000]],
    ['more than fit twice', Array.from({ length: 3_000 }, (_, i) => i), [1, 2, 3]], ['more than a chunk', Array.from({ length: 5_000 }, (_, i) => `${i}`), [1, 2]], ['-0 and large', [-0, 2 ** 40], [5]],
  ])('has %s one after the other', (_what, items: unknown[], counts) => {
    for (const count of counts) {
      const expected = Array.from({ length: items.length * count }, (_, i) => items[i % items.length]);
      const result = repeated(items, count);
      expect(result.length).toBe(expected.length);
      expect(result.every((item, i) => Object.is(item, expected[i]))).toBe(true);
      expect(result).not.toBe(items);
    }
  });

  it('makes a new array each time, which can change without the others', () => {
    const first = repeated([0], 10);
    first[3] = 5;
    first.push(1);
    expect(repeated([0], 10)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('repeats floats', () => {
    expect(repeatedDoubles([0.25, -0], 3).map((x) => Object.is(x, -0))).toEqual([false, true, false, true, false, true]);
    expect(repeatedDoubles([1.5], 10_000).every((x) => x === 1.5)).toBe(true);
  });
});
