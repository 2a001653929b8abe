/** Paired statistics against what they mean: all signs enumerated. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairedRatio, signedRank } from '../../bench/harness/paired.ts';

/** p by trying all signs. */
function enumerated(differences: readonly number[]): number {
  const sizes = differences.filter((value) => value !== 0).map(Math.abs);
  const rankOf = (size: number): number => sizes.filter((other) => other < size).length + (sizes.filter((other) => other === size).length + 1) / 2;
  const ranks = sizes.map(rankOf);
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const distance = (positive: number): number => Math.abs(positive - total / 2);
  const seen = distance(ranks.reduce((sum, rank, i) => sum + (differences.filter((value) => value !== 0)[i]! > 0 ? rank : 0), 0));
  let asFar = 0;
  for (let signs = 0; signs < 2 ** ranks.length; signs++) {
    const positive = ranks.reduce((sum, rank, i) => sum + ((signs >> i) & 1 ? rank : 0), 0);
    if (distance(positive) >= seen) asFar++;
  }
  return asFar / 2 ** ranks.length;
}

test('the p of the signed-rank test is that of all signs enumerated', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -6, max: 6 }), { maxLength: 10 }), (differences) => {
      expect(signedRank(differences)).toBeCloseTo(enumerated(differences), 10);
    }),
  );
});

test('six pairs on one side are no chance, five may be', () => {
  expect(signedRank([1, 2, 3, 4, 5, 6])).toBe(2 / 2 ** 6);
  expect(signedRank([1, 2, 3, 4, 5])).toBe(2 / 2 ** 5);
  expect(signedRank([])).toBe(1);
});

test('a slow phase of the machine does not change the ratio of pairs', () => {
  const quiet = [1, 1, 1, 1, 1, 1, 1];
  const phases = [1, 1, 1, 3, 3, 3, 3];
  expect(pairedRatio(quiet.map((value, i) => value * phases[i]! * 0.9), phases)).toBeCloseTo(0.9, 12);
});
