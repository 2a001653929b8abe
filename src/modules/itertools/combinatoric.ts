/**
 * `product`, `permutations` and `combinations`: all ways to choose of pools (Modules/itertoolsmodule.c).
 *
 * Each keeps the items that it gave last. The next ones are a copy of them, which V8 makes without slack, in which only what has changed is written: most often one or two.
 * INV-1: `row` is never part of a tuple itself.
 */
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { OverflowError } from '../../objects/exception-types.ts';
import { toArray } from '../../objects/iterate.ts';
import { newTuple } from '../../objects/make.ts';
import { toIndex } from '../../objects/operators.ts';
import { raise, raiseValueError } from '../../objects/raise.ts';
import type { Step } from './record.ts';

const NEVER: Step = () => undefined;

function lengthArgument(t: Thread, value: Maybe, fallback: number): number {
  const r = value === undefined || value === null ? fallback : Number(toIndex(t, value));
  if (r > Number.MAX_SAFE_INTEGER) raise(OverflowError, 'Python int too large to convert to C ssize_t');
  return r < 0 ? raiseValueError('r must be non-negative') : r;
}

/** A step that gives `row` and then what `advance` makes of it, which says whether there is another one. @hot loops over permutations and the like */
function steps(row: readonly Value[], advance: () => boolean): Step {
  let isFirst = true;
  return () => {
    if (isFirst) isFirst = false;
    else if (!advance()) return undefined;
    return newTuple(row.slice());
  };
}

/** `product(*iterables, repeat=1)` */
export function makeProduct(t: Thread, [iterables, repeat]: [Value[], Maybe]): Step {
  const times = repeat === undefined ? 1 : Number(toIndex(t, repeat));
  if (times < 0) raiseValueError('repeat argument cannot be negative');
  const once = iterables.map((iterable) => toArray(t, iterable));
  const pools = Array.from({ length: times }, () => once).flat();
  if (pools.some((pool) => pool.length === 0)) return NEVER;
  const at = pools.map(() => 0);
  const row = pools.map((pool) => pool[0]!);
  return steps(row, () => {
    for (let i = pools.length - 1; i >= 0; i--) {
      const pool = pools[i]!;
      const next = at[i]! + 1;
      const isOver = next === pool.length;
      at[i] = isOver ? 0 : next;
      row[i] = pool[at[i]!]!;
      if (!isOver) return true;
    }
    return false;
  });
}

/** `combinations(iterable, r)` */
export function makeCombinations(t: Thread, [iterable, size]: Maybe[]): Step {
  const pool = toArray(t, iterable!);
  const r = lengthArgument(t, size, 0);
  const n = pool.length;
  if (r > n) return NEVER;
  const indices = Array.from({ length: r }, (_, i) => i);
  const row = pool.slice(0, r);
  return steps(row, () => {
    let i = r - 1;
    while (i >= 0 && indices[i] === i + n - r) i--;
    if (i < 0) return false;
    for (let index = indices[i]! + 1; i < r; i++, index++) {
      indices[i] = index;
      row[i] = pool[index]!;
    }
    return true;
  });
}

/** `combinations_with_replacement(iterable, r)` */
export function makeCombinationsWithReplacement(t: Thread, [iterable, size]: Maybe[]): Step {
  const pool = toArray(t, iterable!);
  const r = lengthArgument(t, size, 0);
  const n = pool.length;
  if (n === 0 && r > 0) return NEVER;
  const indices = Array.from({ length: r }, () => 0);
  const row = indices.map(() => pool[0]!);
  return steps(row, () => {
    let i = r - 1;
    while (i >= 0 && indices[i] === n - 1) i--;
    if (i < 0) return false;
    for (const index = indices[i]! + 1; i < r; i++) {
      indices[i] = index;
      row[i] = pool[index]!;
    }
    return true;
  });
}

/** `permutations(iterable, r=None)` */
export function makePermutations(t: Thread, [iterable, size]: Maybe[]): Step {
  const pool = toArray(t, iterable!);
  const n = pool.length;
  const r = lengthArgument(t, size, n);
  if (r > n) return NEVER;
  const order = Array.from({ length: n }, (_, i) => i);
  const cycles = Array.from({ length: r }, (_, i) => n - i);
  const row = pool.slice(0, r);
  return steps(row, () => {
    const from = advancePermutation(order, cycles);
    for (let i = from; i < r; i++) row[i] = pool[order[i]!]!;
    return from < r;
  });
}

/** Moves to the next permutation, in place; gives the first position that has changed, or the number of positions when there is none. */
function advancePermutation(order: number[], cycles: number[]): number {
  const n = order.length;
  for (let i = cycles.length - 1; i >= 0; i--) {
    const left = cycles[i]! - 1;
    const first = order[i]!;
    if (left > 0) {
      cycles[i] = left;
      order[i] = order[n - left]!;
      order[n - left] = first;
      return i;
    }
    // All have stood here: the rest is as it was at the beginning again.
    for (let k = i + 1; k < n; k++) order[k - 1] = order[k]!;
    order[n - 1] = first;
    cycles[i] = n - i;
  }
  return cycles.length;
}
