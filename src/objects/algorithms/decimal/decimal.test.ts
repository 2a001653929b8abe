/** Unit tests of decimal arithmetic: laws that must hold for any operands, and results checked against exact integers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decAdd, decDivide, decMultiply, decRescale, decSubtract } from './arithmetic.ts';
import { decOrder } from './compare.ts';
import { INEXACT, maxLimits, OVERFLOW, ROUNDINGS, type Limits, type Rounding } from './context.ts';
import { bigIsqrt, decExp, decLn, decPower, decSqrt } from './functions.ts';
import { countDigits, finite, finiteSmall, ofInt, ONE, withSign, type Dec } from './number.ts';
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

  it('gives the same for small coefficients as for bigints', () => {
    const SAFE = 9007199254740991n;
    const edge = fc.oneof(
      fc.constantFrom(0n, 1n, 5n, 9n, 10n, SAFE - 1n, SAFE, SAFE + 1n, SAFE / 2n, SAFE / 2n + 1n, 10n ** 15n - 1n, 10n ** 15n, 10n ** 16n - 1n, 94906265n, 94906266n),
      fc.bigInt({ min: 0n, max: SAFE + 10n }), fc.bigInt({ min: 0n, max: 100000n }),
    );
    const small = fc.tuple(fc.boolean(), edge, fc.integer({ min: -20, max: 20 })).map(([negative, coefficient, exponent]) => finite(negative, coefficient, exponent));
    // Twenty zeros more at an exponent lower by as much: the same number, and never small.
    const large = (a: Dec): Dec => finite(a.negative, a.coefficient * 10n ** 20n, Number(a.exponent) - 20);
    const magnitude = (a: Dec, exponent: number): bigint => a.coefficient * 10n ** BigInt(Number(a.exponent) - exponent);
    fc.assert(fc.property(small, small, (a, b) => {
      const ctx = limits(400);
      const sum = decAdd(ctx, a, b);
      const signed = (x: Dec): bigint => magnitude(x, -60) * (x.negative ? -1n : 1n);
      expect(signed(sum)).toBe(signed(a) + signed(b));
      expect(sum.exponent).toBe(Math.min(Number(a.exponent), Number(b.exponent)));
      expect(decMultiply(ctx, a, b).coefficient).toBe(a.coefficient * b.coefficient);
      expect(decOrder(a, b)).toBe(signed(a) < signed(b) ? -1 : signed(a) > signed(b) ? 1 : 0);
      expect(ctx.status).toBe(0);
    }), { numRuns: 2000 });
    fc.assert(fc.property(small, small, fc.integer({ min: 1, max: 20 }), fc.constantFrom(...ROUNDINGS), (a, b, prec, rounding) => {
      for (const operation of [decAdd, decMultiply, decSubtract]) {
        const [left, right] = [limits(prec, rounding), limits(prec, rounding)];
        const [x, y] = [operation(left, a, b), operation(right, large(a), large(b))];
        expect(decOrder(x, y)).toBe(0);
        expect(x.negative).toBe(y.negative);
        expect(left.status & INEXACT).toBe(right.status & INEXACT);
        expect(x.digits).toBeLessThanOrEqual(prec);
        expect(x.digits).toBe(x.coefficient.toString().length);
      }
    }), { numRuns: 2000 });
    fc.assert(fc.property(small, fc.integer({ min: -45, max: 25 }), fc.constantFrom(...ROUNDINGS), (a, exponent, rounding) => {
      const [left, right] = [{ status: 0 }, { status: 0 }];
      const [x, y] = [decRescale(left, a, exponent, rounding), decRescale(right, large(a), exponent, rounding)];
      expect([x.negative, x.coefficient, x.exponent]).toEqual([y.negative, y.coefficient, y.exponent]);
      expect(left.status & INEXACT).toBe(right.status & INEXACT);
    }), { numRuns: 3000 });
    expect(finiteSmall(true, Number(SAFE), 3).coefficient).toBe(SAFE);
    expect(decAdd(limits(30), finite(false, SAFE, 0), ONE).coefficient).toBe(SAFE + 1n);
    expect(withSign(finiteSmall(false, 7, 1), true).coefficient).toBe(7n);
  });

  it('divides to the nearest number', () => {
    fc.assert(fc.property(numbers, numbers, (a, b) => {
      fc.pre(b.coefficient !== 0n);
      const ctx = limits(30);
      const quotient = decDivide(ctx, a, b);
      const rest = decSubtract(limits(500), a, decMultiply(limits(500), quotient, b));
      // Half a unit of the last place of the quotient, times the divisor.
      const bound = decMultiply(limits(500), finite(false, 5n, Number(quotient.exponent) - 1), withSign(b, false));
      expect(decOrder(withSign(rest, false), bound)).toBeLessThanOrEqual(0);
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
      const back = parse(decimalText(a));
      // The bigint of a small coefficient is made where somebody asks for it.
      expect(back.coefficient).toBe(a.coefficient);
      expect(back).toEqual(a);
      expect(decOrder(parse(decimalText(a, { engineering: true, capitals: false })), a)).toBe(0);
    }));
  });
});
