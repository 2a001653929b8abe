/**
 * Statistics of samples that were taken in pairs: one of each system in every round, right after each other. A machine that is slower for a minute is so for both
 * of a pair, so that ratios of pairs say more than ratios of medians.
 */
import { median } from '../../src/cli/compare/statistics.ts';

/** The median of the ratios of pairs; samples are in the order of their rounds. */
export function pairedRatio(first: readonly number[], second: readonly number[]): number {
  return median(first.map((value, i) => value / second[i]!));
}

/**
 * Two-sided p of Wilcoxon's signed-rank test: how often differences of these sizes, with signs by chance, lie as far to one side. Exact, with mean ranks for ties;
 * differences of zero are left out (Wilcoxon 1945). It cannot be below 0.05 with fewer than six pairs.
 */
export function signedRank(differences: readonly number[]): number {
  const sorted = differences.filter((value) => value !== 0).sort((a, b) => Math.abs(a) - Math.abs(b));
  // Ranks are doubled: means of ties are whole numbers then.
  const ranks: number[] = [];
  for (let i = 0; i < sorted.length; ) {
    let j = i;
    while (j < sorted.length && Math.abs(sorted[j]!) === Math.abs(sorted[i]!)) j++;
    for (const rank = i + j + 1; i < j; i++) ranks.push(rank);
  }
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const positive = ranks.reduce((sum, rank, i) => sum + (sorted[i]! > 0 ? rank : 0), 0);
  const extreme = Math.min(positive, total - positive);
  return Math.min(1, 2 * chancesOfSums(ranks, total).slice(0, extreme + 1).reduce((sum, chance) => sum + chance, 0));
}

/** The chance of each sum from 0 to `total` when every rank is in it or not by the toss of a coin. */
function chancesOfSums(ranks: readonly number[], total: number): number[] {
  const chances = new Array<number>(total + 1).fill(0);
  chances[0] = 1;
  for (const rank of ranks) for (let sum = total; sum >= 0; sum--) chances[sum] = (chances[sum]! + (sum >= rank ? chances[sum - rank]! : 0)) / 2;
  return chances;
}
