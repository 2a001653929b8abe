/** The account of compile time: what a clock charges, and when code has to wait. */
import { describe, expect, it } from 'vitest';
import { CompilationBudget, startClock } from './budget.ts';

describe('a clock', () => {
  it('charges what the thread can have worked: never more than the wall time, nor than the CPU time of the process', () => {
    let [wall, cpu] = [1000, 400];
    const read = startClock({ wall: () => wall, cpu: () => cpu });
    expect(read()).toBe(0);
    [wall, cpu] = [1500, 420]; // Other processes had the processor.
    expect(read()).toBe(20);
    [wall, cpu] = [1510, 2400]; // Other threads of this process worked too.
    expect(read()).toBe(510);
  });

  it('reads the process unless told otherwise', () => {
    const read = startClock();
    const first = read();
    expect(first).toBeGreaterThanOrEqual(0);
    expect(read()).toBeGreaterThanOrEqual(first);
  });
});

describe('a budget', () => {
  it('has a fifth of a second\'s time at once, and refuses when it is spent', () => {
    const budget = new CompilationBudget(100);
    expect(budget.allows(0)).toBe(true);
    budget.spend(1e6);
    expect(budget.allows(0)).toBe(false);
  });

  it('refuses code that has had its second', () => {
    const budget = new CompilationBudget(100);
    expect(budget.allows(1000)).toBe(true);
    expect(budget.allows(1001)).toBe(false);
  });

  it('of 0 has no limits', () => {
    const budget = new CompilationBudget(0);
    budget.spend(1e6);
    expect(budget.allows(1e6)).toBe(true);
  });
});
