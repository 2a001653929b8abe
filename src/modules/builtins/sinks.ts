/** What `any`, `all`, `min` and `max` take of a generator's values without its being suspended (`core/sink.ts`). */
import { PyTuple } from '../../core/containers.ts';
import { PyFloat } from '../../core/scalars.ts';
import type { Sink } from '../../core/sink.ts';
import { GT, LT } from '../../core/type.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { FLOAT_TYPE, TUPLE_TYPE } from '../../objects/static-types.ts';

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
