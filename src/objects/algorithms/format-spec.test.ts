import { describe, expect, it } from 'vitest';
import { formatComplex, formatFloat, formatInt, formatStr, FormatFailure } from './format-spec.ts';

const shown = (result: string | FormatFailure): string => (typeof result === 'string' ? result : `${result.kind}: ${result.message}`);

describe('the format mini-language', () => {
  it.each([
    [1234567, ',', '1,234,567'], [1234, '08,', '0,001,234'], [-255, '#010x', '-0x00000ff'], [255, '_b', '1111_1111'], [65, 'c', 'A'], [5, '+', '+5'], [5, '*^9', '****5****'], [3, '.2f', '3.00'],
    [1, 'q', "ValueError: Unknown format code 'q' for object of type 'int'"], [1, ',_', "ValueError: Cannot specify both ',' and '_'."],
    [1, '.3', 'ValueError: Precision not allowed in integer format specifier'], [10, '=+5', '+  10'],
  ] as const)('formats int %i with %j', (value, spec, expected) => {
    expect(shown(formatInt(value, spec))).toBe(expected);
  });

  it.each([
    [1234.5678, '.2f', '1234.57'], [1234.5678, ',.1f', '1,234.6'], [0.5, '.0%', '50%'], [-0.001, 'z.1f', '0.0'], [1e10, '', '10000000000.0'], [1e16, '', '1e+16'], [3.14159, '.3', '3.14'],
    [Infinity, '08', '00000inf'], [1.123456789, '.9_f', '1.123_456_789'], [1.5, 'd', "ValueError: Unknown format code 'd' for object of type 'float'"],
  ] as const)('formats float %d with %j', (value, spec, expected) => {
    expect(shown(formatFloat(value, spec))).toBe(expected);
  });

  it('formats str and complex', () => {
    expect(shown(formatStr('héllo', '>8.3'))).toBe('     hél');
    expect(shown(formatStr('x', '+'))).toBe('ValueError: Sign not allowed in string format specifier');
    expect(shown(formatComplex(1, -2, ''))).toBe('(1-2j)');
    expect(shown(formatComplex(1, 2, '.1f'))).toBe('1.0+2.0j');
    expect(shown(formatComplex(1, 2, '08'))).toBe('ValueError: Zero padding is not allowed in complex format specifier');
  });
});
