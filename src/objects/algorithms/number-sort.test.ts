/** Against the sort of the engine, which is stable, too. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endsWithin, sortByNumber, unitsFrom, UNITS } from './number-sort.ts';

function sorted(items: readonly number[]): { numbers: number[]; places: number[] } {
  const numbers = Float64Array.from(items);
  const places = Int32Array.from(items, (_, i) => i);
  sortByNumber(numbers, places);
  return { numbers: [...numbers], places: [...places] };
}

function expected(items: readonly number[]): { numbers: number[]; places: number[] } {
  const places = items.map((_, i) => i).sort((i, j) => (items[i]! < items[j]! ? -1 : items[i]! > items[j]! ? 1 : i - j));
  return { numbers: places.map((i) => items[i]!), places };
}

describe('sortByNumber', () => {
  it('orders numbers and keeps the order of equal ones', () => {
    fc.assert(fc.property(fc.array(fc.double({ noNaN: true }), { maxLength: 300 }), (items) => void expect(sorted(items)).toEqual(expected(items))));
    fc.assert(fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 300 }), (items) => void expect(sorted(items)).toEqual(expected(items))));
  });

  it.each([1, 2, 12, 13, 24, 25, 48, 49, 700])('takes runs of %i that are in order already', (length) => {
    const items = Array.from({ length: 700 }, (_, i) => i % length);
    expect(sorted(items)).toEqual(expected(items));
    expect(sorted(items.reverse())).toEqual(expected(items));
  });
});

describe('unitsFrom', () => {
  const text = fc.string({ unit: fc.constantFrom('\0', '\x01', 'a', '\uffff'), maxLength: 5 });

  it('orders strs by their first units, and tells those that end from those that go on', () => {
    fc.assert(fc.property(text, text, (a, b) => {
      const [left, right] = [unitsFrom(a, 0), unitsFrom(b, 0)];
      expect(left === right).toBe(a.slice(0, UNITS) === b.slice(0, UNITS));
      if (left !== right) expect(left < right).toBe(a < b);
      expect(endsWithin(left)).toBe(a.length < UNITS);
    }));
  });
});
