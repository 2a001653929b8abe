import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinTexts } from './str-join.ts';

const texts = fc.oneof(fc.string({ maxLength: 2 }), fc.string({ maxLength: 2 }), fc.constantFrom('é', 'ÿ', 'Ā', '€', '😀', 'much longer than the others'));

describe('joining texts', () => {
  it('gives what the engine gives, for short, long and wide texts', () => {
    fc.assert(fc.property(fc.array(texts, { maxLength: 80 }), fc.constantFrom('', ',', ', ', '€', ' and '), (items, separator) => {
      expect(joinTexts(items, separator)).toBe(items.join(separator));
    }));
  });

  it('gathers more than fits into its memory', () => {
    const many = Array.from({ length: 60_000 }, (_, i) => String.fromCharCode(97 + (i % 26)));
    expect(joinTexts(many, ', ')).toBe(many.join(', '));
  });
});
