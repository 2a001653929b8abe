import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floatAsIntegerRatio, floatFromHex, floatHex, floatRepr, formatDouble, parseFloatText, roundDouble } from './float-repr.ts';

describe('floats as text', () => {
  it.each([
    [0, '0.0'], [-0, '-0.0'], [1e16, '1e+16'], [1e15, '1000000000000000.0'], [1e-5, '1e-05'], [0.0001, '0.0001'], [1.5e300, '1.5e+300'], [5e-324, '5e-324'], [NaN, 'nan'],
    [-Infinity, '-inf'], [123456789.123, '123456789.123'],
  ])('writes the repr of %d', (value, expected) => {
    expect(floatRepr(value)).toBe(expected);
  });

  it.each([
    [2.5, 'f', 0, '2'], [0.125, 'f', 2, '0.12'], [0.5, 'f', 0, '0'], [1e22, 'f', 3, '10000000000000000000000.000'], [1e-7, 'g', 17, '9.9999999999999995e-08'],
    [123456, 'g', 3, '1.23e+05'], [100, 'g', 3, '100'], [0.00001234, 'e', 2, '1.23e-05'], [1.5, 'F', 1, '1.5'], [NaN, 'E', 1, 'NAN'], [9.5, 'e', 0, '1e+01'], [8.5, 'e', 0, '8e+00'],
  ] as const)('formats %d with %s and precision %i', (value, conversion, precision, expected) => {
    expect(formatDouble(value, conversion, precision)).toBe(expected);
  });

  it('reads back its reprs and hexadecimal forms', () => {
    fc.assert(fc.property(fc.double({ noNaN: true }), (value) => {
      expect(parseFloatText(floatRepr(value))).toBe(value);
      if (Number.isFinite(value)) expect(floatFromHex(floatHex(value))).toBe(value);
    }));
  });

  it('parses what float() takes and nothing else', () => {
    expect(parseFloatText(' 1_0.5e+1\n')).toBe(105);
    expect(parseFloatText('-Infinity')).toBe(-Infinity);
    for (const text of ['0', '-0', '1.', '.5', '-.25', '0.1', '1234567.89', '999999999999999', '-123456789012.345', '.000000000000001', '0.30000000000000004', '12345678901234567', '9007199254740993', '1.7976931348623157']) {
      expect(parseFloatText(text)).toBe(Number(text));
    }
    for (const text of ['-', '-.', '1.2.3', '--1', '+-1']) expect(parseFloatText(text)).toBeUndefined();
    expect(parseFloatText('\u0661.\u0665')).toBe(1.5);
    for (const text of ['1__0', '_1', '1_', '', '.', '1e', '0x10', '1 2']) expect(parseFloatText(text)).toBeUndefined();
  });

  it('rounds half to even by the exact value', () => {
    expect(roundDouble(2.675, 2)).toBe(2.67);
    expect(roundDouble(0.125, 2)).toBe(0.12);
    expect(roundDouble(25, -1)).toBe(20);
    expect(roundDouble(1.7976931348623157e308, -308)).toBe(Infinity);
  });

  it('gives exact ratios', () => {
    expect(floatAsIntegerRatio(-0.75)).toEqual([-3, 4]);
    expect(floatAsIntegerRatio(2 ** 60)).toEqual([2n ** 60n, 1]);
  });
});
