import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  intAdd, intAnd, intBitCount, intBitLength, intDivmod, intFloorDiv, intGcd, intInvert, intIsqrt, intLshift, intMod, intMul, intNeg, intOr, intPow,
  intPowMod, intRoundToPower, intRshift, intSub, intTrueDiv, intXor, normalizeInt, type Int,
} from './int-arith.ts';

const bigs = fc.oneof(
  fc.bigInt({ min: -(2n ** 33n), max: 2n ** 33n }), fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }), fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
);

function expectCanonical(value: Int): void {
  expect(Object.is(value, -0)).toBe(false);
  expect(typeof value === 'number' ? Number.isSafeInteger(value) : normalizeInt(value) === value).toBe(true);
}

function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

describe('integer arithmetic', () => {
  it('agrees with bigints for operators that never fail', () => {
    const operators: [(a: Int, b: Int) => Int, (a: bigint, b: bigint) => bigint][] = [
      [intAdd, (a, b) => a + b], [intSub, (a, b) => a - b], [intMul, (a, b) => a * b], [intAnd, (a, b) => a & b], [intOr, (a, b) => a | b],
      [intXor, (a, b) => a ^ b],
    ];
    fc.assert(fc.property(bigs, bigs, (a, b) => {
      for (const [own, reference] of operators) {
        const result = own(normalizeInt(a), normalizeInt(b));
        expectCanonical(result);
        expect(BigInt(result)).toBe(reference(a, b));
      }
    }));
  });

  it('rounds quotients towards minus infinity', () => {
    fc.assert(fc.property(bigs, bigs.filter((b) => b !== 0n), (a, b) => {
      const x = normalizeInt(a);
      const y = normalizeInt(b);
      expect(BigInt(intFloorDiv(x, y))).toBe(floorDiv(a, b));
      expect(BigInt(intMod(x, y))).toBe(a - floorDiv(a, b) * b);
      expect(intDivmod(x, y).map(BigInt)).toEqual([floorDiv(a, b), a - floorDiv(a, b) * b]);
      expectCanonical(intMod(x, y));
    }));
  });

  it('shifts, inverts, negates and counts bits', () => {
    fc.assert(fc.property(bigs, fc.integer({ min: 0, max: 80 }), (a, n) => {
      const x = normalizeInt(a);
      expect(BigInt(intLshift(x, n))).toBe(a << BigInt(n));
      expect(BigInt(intRshift(x, n))).toBe(a >> BigInt(n));
      expect(BigInt(intInvert(x))).toBe(~a);
      expect(BigInt(intNeg(x))).toBe(-a);
      const bits = (a < 0n ? -a : a).toString(2);
      expect(intBitLength(x)).toBe(a === 0n ? 0 : bits.length);
      expect(intBitCount(x)).toBe(bits.replaceAll('0', '').length);
    }));
  });

  it('divides correctly rounded, also beyond doubles', () => {
    expect(intTrueDiv(10n ** 400n, 10n ** 399n)).toBe(10);
    expect(intTrueDiv(10n ** 400n, 1)).toBe(Infinity);
    expect(intTrueDiv(0, -5)).toBe(-0);
    expect(intTrueDiv(2n ** 1074n, 2n ** 2148n)).toBe(5e-324);
    expect(intTrueDiv(9007199254740993n, 1)).toBe(9007199254740992);
  });

  it('raises to powers modulo odd and even numbers of any size', () => {
    const modulus = fc.oneof(fc.bigInt({ min: 2n, max: 1n << 64n }), fc.bigInt({ min: 2n, max: 1n << 130n }), fc.bigInt({ min: 2n, max: 1n << 480n }), fc.constantFrom((1n << 61n) - 1n, (1n << 96n) + 1n, (1n << 127n) - 1n, (1n << 448n) - 1n, (1n << 31n) + 1n));
    const base = fc.oneof(fc.bigInt({ min: 0n, max: 20n }), fc.bigInt({ min: -(1n << 200n), max: 1n << 200n }));
    fc.assert(fc.property(base, fc.bigInt({ min: 1n, max: 1n << 90n }), modulus, (a, b, m) => {
      let expected = 1n % m;
      const residue = ((a % m) + m) % m;
      for (const bit of b.toString(2)) expected = bit === '1' ? (((expected * expected) % m) * residue) % m : (expected * expected) % m;
      expect(BigInt(intPowMod(normalizeInt(a), normalizeInt(b), normalizeInt(m))!)).toBe(expected);
    }), { numRuns: 1000 });
  });

  it('raises to powers, with and without modulus', () => {
    expect(intPow(2, 100)).toBe(2n ** 100n);
    expect(intPow(-2, 3)).toBe(-8);
    expect(intPow(0, 0)).toBe(1);
    expect(intPow(-1, 10n ** 30n)).toBe(1);
    expect(intPowMod(3, 200, 13)).toBe(9);
    expect(intPowMod(3, -1, 11)).toBe(4);
    expect(intPowMod(2, -1, 4)).toBeUndefined();
    expect(intPowMod(7, 3, -5)).toBe(-2);
  });

  it('raises short and long bases to powers as bigints do', () => {
    fc.assert(fc.property(bigs, fc.integer({ min: 0, max: 300 }), (base, exponent) => {
      const power = intPow(normalizeInt(base), exponent);
      expectCanonical(power);
      expect(BigInt(power)).toBe(base ** BigInt(exponent));
    }));
  });

  it('knows square roots, common divisors and rounding to powers of ten', () => {
    expect(intIsqrt(9007199254740991)).toBe(94906265);
    expect(intIsqrt(10n ** 40n)).toBe(10n ** 20n);
    expect(intGcd(-12, 18n ** 20n)).toBe(12);
    expect(intRoundToPower(25, 1)).toBe(20);
    expect(intRoundToPower(-35, 1)).toBe(-40);
  });
});
