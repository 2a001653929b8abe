import { describe, expect, it } from 'vitest';
import '../objects/bootstrap.ts';
import { newFloat, newList } from '../objects/make.ts';
import { appendDouble, appendFloat, compact, fillWithDoubles, hasDoubleAt, listItem, listLength, setDouble, setListItem } from './list-storage.ts';
import type { PyFloat } from './scalars.ts';

const numbers = (items: readonly unknown[]): number[] => items.map((item) => (item as PyFloat).value);

describe('lists of floats', () => {
  it('become raw when they are made, or while they are empty', () => {
    expect(compact(newList([newFloat(0.5), newFloat(-0)])).doubles).toEqual([0.5, -0]);
    expect(fillWithDoubles(newList([]), [1, 2]).doubles).toEqual([1, 2]);
    const list = newList([]);
    appendDouble(list, 1);
    appendDouble(list, 2.5);
    expect(list.doubles).toEqual([1, 2.5]);
    const old = newList([newFloat(0.5)]);
    appendDouble(old, 1);
    expect(old.doubles).toBeNull();
    expect(numbers(old.items)).toEqual([0.5, 1]);
  });

  it('stay lists of objects where something is no float, or NaN', () => {
    expect(compact(newList([newFloat(0.5), 1])).doubles).toBeNull();
    expect(compact(newList([newFloat(NaN)])).doubles).toBeNull();
    expect(fillWithDoubles(newList([]), [1, NaN]).doubles).toBeNull();
    expect(compact(newList([])).doubles).toBeNull();
  });

  it('are read and written without becoming lists of objects', () => {
    const list = fillWithDoubles(newList([]), [1, 2]);
    setDouble(list, 0, 4);
    setListItem(list, 1, newFloat(5));
    expect([listLength(list), (listItem(list, 0) as PyFloat).value]).toEqual([2, 4]);
    expect(list.doubles).toEqual([4, 5]);
  });

  it('become lists of objects for what is no float, for NaN, and for whoever asks for the items', () => {
    const nan = newFloat(NaN);
    const changes = [(list: ReturnType<typeof newList>) => setListItem(list, 0, 'x'), (list: ReturnType<typeof newList>) => setListItem(list, 0, nan), (list: ReturnType<typeof newList>) => appendFloat(list, nan), (list: ReturnType<typeof newList>) => list.items];
    for (const change of changes) {
      const list = fillWithDoubles(newList([]), [1, 2]);
      change(list);
      expect(list.doubles).toBeNull();
      expect((list.items[1] as PyFloat).value).toBe(2);
      setDouble(list, 1, 3);
      expect((list.items[1] as PyFloat).value).toBe(3);
    }
  });

  it('hand NaN on as the object that it is', () => {
    const nan = newFloat(NaN);
    const list = fillWithDoubles(newList([]), [1]);
    appendFloat(list, nan);
    expect(list.items[1]).toBe(nan);
    expect([hasDoubleAt(list, 0), hasDoubleAt(list, 1)]).toEqual([true, false]);
  });
});
