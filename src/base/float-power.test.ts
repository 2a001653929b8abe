/** Unit tests of the exact float power: where V8 is off, ties, extremes, special cases of C99. */
import { describe, expect, it } from 'vitest';
import { times } from './double-double.ts';
import { accuratePower } from './float-power.ts';
import { quickPower } from './quick-power.ts';
import { exponential, logarithm } from './series-power.ts';

describe('the float power', () => {
  it('is right where V8 is off by a unit', () => {
    expect(accuratePower(10, -5)).toBe(1e-5);
    expect(accuratePower(2, 1.5)).toBe(2.8284271247461903);
    expect(accuratePower(10, 308)).toBe(1e308);
    expect(accuratePower(10, -320)).toBe(1e-320);
    expect(accuratePower(1.767152943974883e-88, 3.5)).toBe(7.336002741259637e-308);
  });

  it('rounds exact halves to even', () => {
    expect(accuratePower(99, 8)).toBe(9227446944279200);
  });

  it('keeps the special cases of C99', () => {
    expect([accuratePower(1, NaN), accuratePower(NaN, 0), accuratePower(-1, Infinity)]).toEqual([1, 1, 1]);
    expect([accuratePower(-2, 3), accuratePower(-0, 3), accuratePower(-0, -3), accuratePower(0, 2)]).toEqual([-8, -0, -Infinity, 0]);
    expect([accuratePower(10, 400), accuratePower(10, -400), accuratePower(-8, 1 / 3)]).toEqual([Infinity, 0, NaN]);
  });

  it('takes powers of halves to the last bit', () => {
    // Squares of the results are compared exactly: with r = x ** (n / 2), no float beside r may be nearer to the root of x ** n.
    for (const [x, y] of [[0.602158111754934, 10], [1.1, 7.5], [3.3, -1.5], [1e-40, -7.5], [123.456, 2.5], [0.1, 3], [7, -16], [1e18, -15.5]] as const) {
      const r = accuratePower(x, y);
      const ulp = 2 ** (Math.floor(Math.log2(r)) - 52);
      const error = (value: number): bigint => distance(x, 2 * y, value);
      expect(error(r) <= error(r - ulp) && error(r) <= error(r + ulp)).toBe(true);
    }
  });
});

describe('powers by tables', () => {
  /** Bases and exponents of which none is special: both signs, near 1, far from it. */
  function cases(): [number, number][] {
    const found: [number, number][] = [];
    for (let i = 1; i < 4000; i++) {
      const part = (i * 0.6180339887498949) % 1;
      const other = (i * 0.7548776662466927) % 1;
      found.push([part * 10, other * 10 - 5], [1 + (part - 0.5) / 500, (other - 0.5) * 1e6], [2 ** (part * 1000 - 500), other * 2.2 - 1.1]);
    }
    return found;
  }

  it('are rounded as those by series, wherever they say how', () => {
    const undecided = cases().filter(([x, y]) => {
      const quick = quickPower(x, y);
      if (!Number.isNaN(quick)) expect([x, y, quick]).toEqual([x, y, exponential(times(logarithm(x), y))]);
      return Number.isNaN(quick);
    });
    // Less than one in a hundred: those whose result is not a normal float, or near the middle between two.
    expect(undecided.length).toBeLessThan(cases().length / 10);
    expect(undecided.length).toBeGreaterThan(0);
  });

  it('leave to the series what is half-way between two floats, and what is not normal', () => {
    expect(quickPower(94906267, 2)).toBeNaN();
    expect(accuratePower(94906267, 2)).toBe(9007199515875288);
    expect([quickPower(10, -320), quickPower(10, 400), quickPower(1.5, 1e300)]).toEqual([NaN, NaN, NaN]);
    expect(accuratePower(10.5, 305.25)).toBe(exponential(times(logarithm(10.5), 305.25)));
    expect(accuratePower(5e-324, 0.3)).toBe(exponential(times(logarithm(5e-324), 0.3)));
  });
});

/** A positive float as integer times a power of two. */
function parts(value: number): [bigint, number] {
  const exponent = Math.floor(Math.log2(value)) - 60;
  return [BigInt(value / 2 ** exponent), exponent];
}

/** |value ** 2 - x ** halves|, scaled by a power of two that depends on x and halves only. */
function distance(x: number, halves: number, value: number): bigint {
  const [base, baseExponent] = parts(x);
  const [result, resultExponent] = parts(value);
  const count = BigInt(Math.abs(halves));
  // For a negative power |value ** 2 * x ** -halves - 1| is as good a measure.
  const SCALE = 12_000;
  const shifted = (digits: bigint, exponent: number): bigint => (exponent + SCALE >= 0 ? digits << BigInt(exponent + SCALE) : digits >> BigInt(-exponent - SCALE));
  const power = base ** count;
  const powerExponent = baseExponent * Number(count);
  const difference = halves > 0
    ? shifted(result * result, 2 * resultExponent) - shifted(power, powerExponent)
    : shifted(result * result * power, 2 * resultExponent + powerExponent) - shifted(1n, 0);
  return difference < 0n ? -difference : difference;
}
