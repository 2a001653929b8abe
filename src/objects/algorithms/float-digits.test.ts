/** Digits of doubles: the quick ways give what exact arithmetic gives. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixedDigits, scaledByPowerOfTen, significantDigits } from './float-digits.ts';

/** Digits with a point, from exact arithmetic. */
function exactFixed(x: number, precision: number): string {
  const digits = scaledByPowerOfTen(Math.abs(x), precision).toString().padStart(precision + 1, '0');
  return precision === 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

/** The number that digits and exponent say, by exact arithmetic: the nearest with so many digits. */
function exactSignificant(x: number, count: number): { digits: string; exponent: number } {
  for (let exponent = Math.floor(Math.log10(x)) - 1; ; exponent++) {
    const digits = scaledByPowerOfTen(x, count - 1 - exponent).toString();
    if (digits.length === count) return { digits, exponent };
  }
}

const EDGES = [
  0.5, 1.5, 2.5, 0.125, 0.375, 1.005, 2.675, 0.1, 0.3, 9.5, 9.995, 99.95, 999999.5, 9999999.5, 999999.4999999999, 0.09999999999999999, 0.9999999, 1 / 3, 1e-5, 1e-22, 1e22, 1e21,
  123456789.125, 2 ** 40, 2 ** 40 - 0.5, 2 ** 53 - 1, 5e-324, 1.7976931348623157e308, 1e15, 1e16, 1023.99951171875, 4503599627370497.5,
];

// Halves and their like: the hard cases, which random doubles never are.
const nearTies = fc.tuple(fc.integer({ min: 0, max: 10 ** 7 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: -2, max: 2 })).map(([n, halvings, steps]) => (n / 2 ** halvings) * (1 + steps * Number.EPSILON));
const magnitudes = fc.oneof(fc.constantFrom(...EDGES), nearTies, fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true }), fc.double({ min: 1e-6, max: 1e9, noNaN: true }));

describe('digits of doubles', () => {
  test('a fixed number of digits is exact, ties to even', () => {
    fc.assert(fc.property(magnitudes, fc.integer({ min: 0, max: 12 }), (x, precision) => {
      expect(fixedDigits(x, precision)).toBe(exactFixed(x, precision));
      expect(fixedDigits(-x, precision)).toBe(exactFixed(x, precision));
    }), { numRuns: 3000 });
    for (const x of EDGES) for (let precision = 0; precision < 25; precision++) expect(fixedDigits(x, precision)).toBe(exactFixed(x, precision));
    expect([fixedDigits(0, 0), fixedDigits(-0, 2), fixedDigits(2.5, 0), fixedDigits(0.125, 2), fixedDigits(7, 5)]).toEqual(['0', '0.00', '2', '0.12', '7.00000']);
  });

  test('significant digits are exact, ties to even', () => {
    const positive = magnitudes.filter((x) => x > 0);
    fc.assert(fc.property(positive, fc.integer({ min: 1, max: 17 }), (x, count) => {
      expect(significantDigits(x, count)).toEqual(exactSignificant(x, count));
    }), { numRuns: 3000 });
    for (const x of EDGES) for (let count = 1; count < 25; count++) expect(significantDigits(x, count)).toEqual(exactSignificant(x, count));
    expect(significantDigits(0.09999999999999999, 7)).toEqual({ digits: '1000000', exponent: -1 });
    expect(significantDigits(999999.96, 7)).toEqual({ digits: '1000000', exponent: 6 });
  });
});
