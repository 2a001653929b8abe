/** Who takes the values of a generator one after the other, without its being suspended at each. */
import type { Value } from './value.ts';

/**
 * What a native function that wants all values of a generator (`sum`, `list`, `any`) gives to its compiled code: at a `yield` that takes the value, the code goes on
 * as if it had been resumed with None. Nobody could tell, as INV-1 has it.
 *
 * INV-1: `take` runs no Python code, raises nothing, and makes nothing that other code looks at. What takes more than that it leaves: false, and then the generator
 *        is suspended, and yields the value in the usual way.
 */
export interface Sink {
  take(value: Value): boolean;
}

/** Passes over items of one truth, where that is plain to see. */
export class TruthSink implements Sink {
  private readonly passed: boolean;
  constructor(passed: boolean) {
    this.passed = passed;
  }

  take(item: Value): boolean {
    if (typeof item === 'boolean') return item === this.passed;
    if (typeof item === 'number') return (item !== 0) === this.passed;
    return item === null && !this.passed;
  }
}
