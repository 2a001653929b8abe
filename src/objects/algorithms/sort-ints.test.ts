/** Against the sort of the engine, for every way by which `sortInts` may go. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortInts } from './sort-ints.ts';

function sorted(items: readonly number[]): number[] {
  const copy = [...items];
  sortInts(copy);
  return copy;
}

const expected = (items: readonly number[]): number[] => [...items].sort((a, b) => a - b);

/** `count` ints from `least` to `least + span`, the ends among them, in no order. */
function scattered(count: number, least: number, span: number): number[] {
  let seed = 12_345;
  const items = Array.from({ length: count - 2 }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return least + Math.floor((seed / 2_147_483_647) * span);
  });
  return [least + span, ...items, least];
}

describe('sortInts', () => {
  it('sorts any safe integers', () => {
    fc.assert(fc.property(fc.array(fc.maxSafeInteger(), { maxLength: 200 }), (items) => void expect(sorted(items)).toEqual(expected(items))));
    fc.assert(fc.property(fc.array(fc.integer(), { maxLength: 200 }), (items) => void expect(sorted(items)).toEqual(expected(items))));
  });

  it.each([
    ['few, by insertion', 40, -5, 100], ['many of few values, by counting', 1_000, -500, 999], ['by short digits', 4_000, -1_000_000, 2_000_000], ['by long digits', 20_000, -7, 2 ** 31],
    ['over all of 32 bits', 5_000, -(2 ** 31), 2 ** 32 - 1], ['over more than 32 bits', 5_000, -(2 ** 31), 2 ** 32], ['between the largest safe integers', 500, 2 ** 53 - 1 - 2 ** 20, 2 ** 20], ['over all of them', 300, -(2 ** 53 - 1), 2 ** 54 - 2],
  ])('%s', (_how, count, least, span) => {
    const items = scattered(count, least, span);
    expect(sorted(items)).toEqual(expected(items));
  });

  it('leaves what is sorted as it is, and turns what is sorted the other way round', () => {
    expect(sorted([1, 1, 2, 3, 3])).toEqual([1, 1, 2, 3, 3]);
    expect(sorted([3, 3, 2, 1, 1])).toEqual([1, 1, 2, 3, 3]);
    expect(sorted([4, 4])).toEqual([4, 4]);
  });
});
