/** The account of compile time: what a compilation is charged, and when code has to wait. */
import { describe, expect, it } from 'vitest';
import { chargeFor, CompilationBudget } from './budget.ts';

describe('a compilation', () => {
  it('is charged what it took, but not what other processes took meanwhile', () => {
    expect(chargeFor(3, 10_000)).toBe(3);
    expect(chargeFor(3000, 10_000)).toBe(20);
  });

  it('that failed is charged what it took', () => {
    expect(chargeFor(3, Infinity)).toBe(3);
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
