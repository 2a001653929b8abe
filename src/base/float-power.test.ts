/** Unit tests of the exact float power: where V8 is off, ties, extremes, special cases of C99. */
import { describe, expect, it } from 'vitest';
import { accuratePower } from './float-power.ts';

describe('the float power', () => {
  it('is right where V8 is off by a unit', () => {
    expect(accuratePower(10, -5)).toBe(1e-5);
    expect(accuratePower(2, 1.5)).toBe(2.8284271247461903);
    expect(accuratePower(10, 308)).toBe(1e308);
    expect(accuratePower(10, -320)).toBe(1e-320);
  });

  it('rounds exact halves to even', () => {
    expect(accuratePower(99, 8)).toBe(9227446944279200);
  });

  it('keeps the special cases of C99', () => {
    expect([accuratePower(1, NaN), accuratePower(NaN, 0), accuratePower(-1, Infinity)]).toEqual([1, 1, 1]);
    expect([accuratePower(-2, 3), accuratePower(-0, 3), accuratePower(-0, -3), accuratePower(0, 2)]).toEqual([-8, -0, -Infinity, 0]);
    expect([accuratePower(10, 400), accuratePower(10, -400), accuratePower(-8, 1 / 3)]).toEqual([Infinity, 0, NaN]);
  });
});
