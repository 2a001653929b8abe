import { expect, test } from 'vitest';
import { interned } from './interned.ts';

test('a name that is cut out of a text is the same string as one that is made of its parts', () => {
  const cut = 'see a_name_that_is_long there'.slice(4, 23);
  const made = ['a_name', 'that_is', 'long'].join('_');
  expect(interned(cut)).toBe('a_name_that_is_long');
  expect(Object.is(interned(cut), interned(made))).toBe(true);
});

test('what is no name is given back as it is', () => {
  for (const text of ['', 'two words', 'ü', 'x'.repeat(61), '1.5', '__proto__']) expect(interned(text)).toBe(text);
});
