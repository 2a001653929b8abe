/**
 * Ways out of a loop, put behind it:
 *
 *   x5_1: { x5_0: { loop5: for (;;) { if (!guard) break x5_0; ... if (breaker) break x5_1; ... } } return leave(...); } ...
 *
 * V8 peels the first round off an innermost loop, which is how it learns for all others what objects are of which class and where their elements are. It does not where a call in the
 * loop has not yet been made: it takes that for an exit that it did not mark ("Cannot peel loop", `--trace-turbo-loop`), and nearly no guard ever fails. The same loop over lists of
 * floats takes 1.5 times as long then.
 */
import type { Block } from '../ir.ts';

/** The ways out of one loop. */
export class WaysOut {
  private readonly id: number;
  private readonly ways: (readonly string[])[] = [];
  /** Whether the loop has a way back into it: it assigns `entered` then. */
  isEnteredAgain = false;

  constructor(header: Block) {
    this.id = header.id;
  }

  /** The statement in the loop for a way out; `lines` end the function, or are `again`. */
  add(lines: readonly string[]): string {
    return `break ${this.label(this.ways.push(lines) - 1)};`;
  }

  /** The statement, in a way out, that enters the loop again at its header. */
  again(): string {
    this.isEnteredAgain = true;
    return `continue again${this.id};`;
  }

  private label(way: number): string {
    return `x${this.id}_${way}`;
  }

  /** Lines before the loop. */
  before(): string[] {
    const labels = this.ways.map((_, way) => `${this.label(way)}: {`).reverse().join(' ');
    // Loops that begin at the same place are one for V8.
    if (this.isEnteredAgain) return [`again${this.id}: for (;;) { entered = ${this.id}; ${labels}`];
    return labels === '' ? [] : [labels];
  }

  /** Lines behind the loop. */
  behind(): string[] {
    const lines = this.ways.flatMap((way) => ['}', ...way]);
    return this.isEnteredAgain ? [...lines, '}'] : lines;
  }
}
