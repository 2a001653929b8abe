import { describe, expect, it } from 'vitest';
import { intFromBytes, intToBytes, intToText, parseIntText } from './int-format.ts';

describe('ints as text', () => {
  it.each([
    ['0x_f', 0, 15], ['0_0', 0, 0], ['00', 0, 0], ['01', 0, 'invalid'], ['0x', 16, 'invalid'], ['0X1f', 16, 31], ['0xz', 36, 1223], ['0b_1', 2, 1], ['0b1', 10, 'invalid'],
    ['0b1', 16, 177], ['', 10, 'invalid'], ['-', 10, 'invalid'], ['- 1', 10, 'invalid'], ['+_1', 10, 'invalid'], ['1__0', 10, 'invalid'], ['-0o17', 0, -15], ['0_7', 0, 'invalid'],
    [' 12\n', 10, 12], ['\u0661\u0662', 10, 12], ['1\x1f', 10, 'invalid'], ['-0', 10, 0],
  ] as const)('parses %j in base %i', (text, base, expected) => {
    expect(parseIntText(text, base, 0)).toBe(expected);
  });

  it('limits the digits of bases that are no powers of two', () => {
    expect(parseIntText('1'.repeat(5000), 10, 4300)).toBe('too long');
    expect(parseIntText('1'.repeat(5000), 16, 4300)).toBe(BigInt(`0x${'1'.repeat(5000)}`));
  });

  it('reads back what it writes in every base', () => {
    for (let base = 2; base <= 36; base++) expect(parseIntText(intToText(-(7n ** 90n), base), base, 0)).toBe(-(7n ** 90n));
  });
});

describe('ints as bytes', () => {
  const big = { littleEndian: false, signed: true };
  it('keeps sign and order', () => {
    expect([...(intToBytes(-5, 3, big) as Uint8Array)]).toEqual([255, 255, 251]);
    expect(intFromBytes(Uint8Array.of(255, 255, 251), big)).toBe(-5);
    expect(intFromBytes(intToBytes(2n ** 70n, 12, { littleEndian: true, signed: false }) as Uint8Array, { littleEndian: true, signed: false })).toBe(2n ** 70n);
  });

  it('refuses what does not fit', () => {
    expect(intToBytes(300, 1, { littleEndian: true, signed: false })).toBe('int too big to convert');
    expect(intToBytes(-1, 1, { littleEndian: true, signed: false })).toBe("can't convert negative int to unsigned");
    expect(intToBytes(128, 1, big)).toBe('int too big to convert');
  });
});
