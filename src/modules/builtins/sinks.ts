/** What `sum`, `any`, `all`, `min` and `max` take of a generator's values without its being suspended (`core/sink.ts`). */
import { PyTuple } from '../../core/containers.ts';
import { PyFloat } from '../../core/scalars.ts';
import type { Sink } from '../../core/sink.ts';
import { GT, LT } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { nextInto } from '../../objects/iterate.ts';
import { FLOAT_TYPE, TUPLE_TYPE } from '../../objects/static-types.ts';

/** Adds ints and bools, as long as the sum is a number. */
class IntSum implements Sink {
  total: number;
  constructor(total: number) {
    this.total = total;
  }

  take(item: Value): boolean {
    const term = typeof item === 'boolean' ? Number(item) : item;
    if (typeof term !== 'number') return false;
    const next = this.total + term;
    if (!Number.isSafeInteger(next)) return false;
    this.total = next;
    return true;
  }
}

/** Adds ints, and returns the sum with the first item that is none, or makes the sum too large; undefined when there is no more. */
export function sumInts(t: Thread, iterator: Value, start: number): [number, Maybe] {
  const sum = new IntSum(start);
  let item = nextInto(t, iterator, sum);
  while (item !== undefined && sum.take(item)) item = nextInto(t, iterator, sum);
  return [sum.total, item];
}

/** A compensated sum (Neumaier) of floats. */
export class CompensatedSum implements Sink {
  private sum: number;
  private compensation = 0;
  constructor(start: number) {
    this.sum = start;
  }

  add(x: number): void {
    const next = this.sum + x;
    this.compensation += Math.abs(this.sum) >= Math.abs(x) ? this.sum - next + x : x - next + this.sum;
    this.sum = next;
  }

  take(item: Value): boolean {
    if (!(item instanceof PyFloat) || item.type !== FLOAT_TYPE) return false;
    this.add(item.value);
    return true;
  }

  get value(): number {
    return this.compensation !== 0 && Number.isFinite(this.compensation) ? this.sum + this.compensation : this.sum;
  }
}

/** Below, at or above 0 for two ints, or tuples that have ints until they differ; null for others. */
export function orderAtRest(left: Value, right: Value): number | null {
  if (typeof left === 'number') return typeof right === 'number' ? left - right : null;
  if (!(left instanceof PyTuple) || !(right instanceof PyTuple) || left.type !== TUPLE_TYPE || right.type !== TUPLE_TYPE) return null;
  const a = left.items;
  const b = right.items;
  for (let i = 0; i < a.length && i < b.length; i++) {
    const x = a[i];
    const y = b[i];
    if (typeof x !== 'number' || typeof y !== 'number') return null;
    if (x !== y) return x - y;
  }
  return a.length - b.length;
}

/** Keeps the least or greatest of ints, floats, and tuples that ints order. */
export class ExtremeSink implements Sink {
  best: Maybe = undefined;
  private readonly isMin: boolean;
  constructor(op: typeof LT | typeof GT) {
    this.isMin = op === LT;
  }

  take(item: Value): boolean {
    const { best } = this;
    if (best === undefined) {
      // Whether it can be compared shows when there are two.
      this.best = item;
      return true;
    }
    const wins = item instanceof PyFloat ? this.winsAsFloat(item, best) : this.wins(item, best);
    if (wins === null) return false;
    if (wins) this.best = item;
    return true;
  }

  private wins(item: Value, best: Value): boolean | null {
    const order = orderAtRest(item, best);
    if (order === null) return null;
    return this.isMin ? order < 0 : order > 0;
  }

  private winsAsFloat(item: PyFloat, best: Value): boolean | null {
    if (!(best instanceof PyFloat) || item.type !== FLOAT_TYPE || best.type !== FLOAT_TYPE) return null;
    return this.isMin ? item.value < best.value : item.value > best.value;
  }
}
