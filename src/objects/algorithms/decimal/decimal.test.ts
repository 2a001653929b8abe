/** Unit tests of decimal arithmetic: laws that must hold for any operands, and results checked against exact integers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decAdd, decDivide, decMultiply, decSubtract } from './arithmetic.ts';
import { decOrder } from './compare.ts';
import { INEXACT, maxLimits, OVERFLOW, ROUNDINGS, type Limits, type Rounding } from './context.ts';
import { bigIsqrt, decExp, decLn, decPower, decSqrt } from './functions.ts';
import { countDigits, finite, ofInt, ONE, type Dec } from './number.ts';
import { decimalFromText, decimalText } from './text.ts';

function limits(prec: number, rounding: Rounding = 'ROUND_HALF_EVEN'): Limits {
  return { prec, rounding, emin: -999999, emax: 999999, clamp: 0, status: 0 };
}

const numbers = fc.tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.integer({ min: -60, max: 60 })).map(([negative, coefficient, exponent]) => finite(negative, coefficient, exponent));

function parse(text: string): Dec {
  return decimalFromText(maxLimits(), text);
}

describe('decimal arithmetic', () => {
  it('counts digits around every power of ten', () => {
    for (let n = 1; n < 200; n++) {
      expect(countDigits(10n ** BigInt(n) - 1n)).toBe(n);
      expect(countDigits(10n ** BigInt(n))).toBe(n + 1);
    }
  });

  it('is exact when the precision suffices', () => {
    fc.assert(fc.property(numbers, numbers, (a, b) => {
      const ctx = limits(400);
      expect(decOrder(decSubtract(ctx, decAdd(ctx, a, b), b), a)).toBe(0);
      expect(ctx.status & INEXACT).toBe(0);
    }));
  });

  it('rounds sums far apart as if they were written out', () => {
    fc.assert(fc.property(numbers, numbers, fc.constantFrom(...ROUNDINGS), (a, b, rounding) => {
      const short = limits(5, rounding);
      const exact = decAdd(limits(500), a, b);
      const [direct, rounded] = [decAdd(short, a, b), decMultiply(limits(5, rounding), exact, ONE)];
      expect(decOrder(direct, rounded)).toBe(0);
    }));
  });

  it('divides to the nearest number', () => {
    fc.assert(fc.property(numbers, numbers, (a, b) => {
      fc.pre(b.coefficient !== 0n);
      const ctx = limits(30);
      const quotient = decDivide(ctx, a, b);
      const rest = decSubtract(limits(500), a, decMultiply(limits(500), quotient, b));
      // Half a unit of the last place of the quotient, times the divisor.
      const bound = decMultiply(limits(500), finite(false, 5n, Number(quotient.exponent) - 1), { ...b, negative: false });
      expect(decOrder({ ...rest, negative: false }, bound)).toBeLessThanOrEqual(0);
    }));
  });

  it('finds whole square roots', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 300n }), (n) => {
      const root = bigIsqrt(n);
      expect(root * root <= n && n < (root + 1n) * (root + 1n)).toBe(true);
    }));
    expect(decimalText(decSqrt(limits(30), parse('2')))).toBe('1.41421356237309504880168872421');
  });

  it('computes logarithms that undo exponentials', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: -8, max: 3 }), (coefficient, exponent) => {
      const x = finite(false, BigInt(coefficient), exponent);
      const wide = limits(60);
      const back = decExp(limits(40), decLn(wide, x));
      expect(decOrder(back, decMultiply(limits(40), x, ONE))).toBe(0);
    }), { numRuns: 40 });
  });

  it('powers by squaring as by multiplying', () => {
    for (let n = 0; n <= 20; n++) {
      let product = ONE;
      for (let i = 0; i < n; i++) product = decMultiply(limits(100), product, parse('1.7'));
      if (n > 0) expect(decimalText(decPower(limits(100), parse('1.7'), ofInt(n)))).toBe(decimalText(product));
    }
    const ctx = limits(9);
    expect(decPower(ctx, ofInt(10), ofInt(1_000_000)).kind).toBe('inf');
    expect(ctx.status & OVERFLOW).not.toBe(0);
  });

  it('reads what it writes', () => {
    fc.assert(fc.property(numbers, (a) => {
      expect(parse(decimalText(a))).toEqual(a);
      expect(decOrder(parse(decimalText(a, { engineering: true, capitals: false })), a)).toBe(0);
    }));
  });
});
