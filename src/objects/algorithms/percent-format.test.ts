import { describe, expect, it } from 'vitest';
import { parsePercentFormat, percentFloat, percentInt, percentText, resolvePercentLayout, type PercentConversion } from './percent-format.ts';

function conversion(format: string): PercentConversion {
  const piece = parsePercentFormat(format)[0]!;
  if (typeof piece === 'string' || piece.kind === 'failure') throw new Error('no conversion');
  return piece;
}

function int(format: string, value: number): string {
  const piece = conversion(format);
  return percentInt(value, piece, resolvePercentLayout(piece, piece.width as number, piece.precision as number));
}

describe('percent formats', () => {
  it('splits text, escapes and conversions', () => {
    expect(parsePercentFormat('a%%b').join('')).toBe('a%b');
    expect(conversion('%(x(y))-08.3ld')).toMatchObject({ key: 'x(y)', left: true, zero: true, width: 8, precision: 3, code: 'd' });
    expect(conversion('%*.*f')).toMatchObject({ width: '*', precision: '*' });
  });

  it.each([['%', 'incomplete format'], ['%(a', 'incomplete format key'], ['%99999999999999999999d', 'width too big'], ['%.99999999999d', 'precision too big']])('fails for %j', (format, message) => {
    expect(parsePercentFormat(format)[0]).toMatchObject({ kind: 'failure', message });
  });

  it('lays out numbers', () => {
    expect(int('%#.5x', 255)).toBe('0x000ff');
    expect(int('%#-10x|', 255)).toBe('0xff      ');
    expect(int('% 010d', 5)).toBe(' 000000005');
    expect(int('%-010d', 5)).toBe('5         ');
    const piece = conversion('%+08.2f');
    expect(percentFloat(3, piece, { left: false, width: 8, precision: 2 })).toBe('+0003.00');
    expect(percentText('abcdef', { left: true, width: 5, precision: 3 })).toBe('abc  ');
  });
});
