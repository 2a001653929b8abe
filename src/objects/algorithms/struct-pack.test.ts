import { describe, expect, it } from 'vitest';
import { packFloat, packInt, parseStructFormat, unpackFloat, unpackInt, type StructLayout } from './struct-pack.ts';

const layout = (format: string): StructLayout => parseStructFormat(format) as StructLayout;

describe('struct formats', () => {
  it('aligns natively and packs standard sizes tightly', () => {
    expect(layout('bq').size).toBe(16);
    expect(layout('<bq').size).toBe(9);
    expect(layout('b0q').size).toBe(8);
    expect(layout('@l').size).toBe(8);
    expect(layout('=l').size).toBe(4);
    expect(layout(' 2h 3s').fields.map((field) => field.offset)).toEqual([0, 2, 4]);
  });

  it.each([['5', 'repeat count given without format specifier'], ['y', 'bad char in struct format'], ['<n', 'bad char in struct format']])('refuses %j', (format, message) => {
    expect(parseStructFormat(format)).toBe(message);
  });

  it('packs ints in both orders and checks their range', () => {
    const bytes = new Uint8Array(8);
    const [field] = layout('>q').fields;
    packInt(field!, -(2n ** 62n), bytes, 0, false);
    expect(unpackInt(field!, bytes, 0, false)).toBe(-(2n ** 62n));
    expect(packInt(layout('B').fields[0]!, 256, bytes, 0, true)).toEqual({ kind: 'struct.error', message: "'B' format requires 0 <= number <= 255" });
  });

  it('rounds half floats to even', () => {
    const bytes = new Uint8Array(2);
    packFloat(2, 65519, bytes, 0, true);
    expect([...bytes]).toEqual([255, 123]);
    expect(packFloat(2, 65520, bytes, 0, true)?.kind).toBe('OverflowError');
    packFloat(2, 2 ** -24, bytes, 0, true);
    expect(unpackFloat(2, bytes, 0, true)).toBe(2 ** -24);
  });
});
