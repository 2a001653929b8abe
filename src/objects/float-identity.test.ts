/** Ids of floats. */
import { expect, test } from 'vitest';
import { floatIdentity } from './float-identity.ts';

let next = 1;
const fresh = (): number => next++;

test('equal floats have one id, zeros of either sign two, and every NaN the same', () => {
  const values = [0, -0, 1, -1, 0.1, 1e308, 5e-324, Infinity, -Infinity, NaN];
  const ids = values.map((value) => floatIdentity(value, fresh));
  expect(new Set(ids).size).toBe(values.length);
  expect(values.map((value) => floatIdentity(value, fresh))).toEqual(ids);
  expect(floatIdentity(-NaN, fresh)).toBe(ids.at(-1));
});

test('ids stay while the table grows', () => {
  const values = Array.from({ length: 5000 }, (_, i) => i / 7);
  const ids = values.map((value) => floatIdentity(value, fresh));
  expect(new Set(ids).size).toBe(values.length);
  expect(values.map((value) => floatIdentity(value, fresh))).toEqual(ids);
});

test('a table of very many starts over', () => {
  for (let i = 0; i < 300_000; i++) floatIdentity(i + 0.25, fresh);
  const id = floatIdentity(0.25, fresh);
  expect(floatIdentity(0.25, fresh)).toBe(id);
});
