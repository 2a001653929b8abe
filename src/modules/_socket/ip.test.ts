/** Unit tests of the texts of addresses. */
import { describe, expect, it } from 'vitest';
import { formatIPv6, ipVersion, parseIPv4, parseIPv4Loosely, parseIPv6 } from './ip.ts';

const round = (text: string): string => formatIPv6(parseIPv6(text)!);

describe('addresses', () => {
  it('are read strictly', () => {
    expect([...parseIPv4('127.0.0.1')!]).toEqual([127, 0, 0, 1]);
    for (const wrong of ['1.2.3', '1.2.3.4.5', '256.0.0.1', '01.2.3.4', '', ' 1.2.3.4']) expect(parseIPv4(wrong)).toBeUndefined();
    for (const wrong of ['1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '::12345', ':', ':::', '1::2%eth0']) expect(parseIPv6(wrong)).toBeUndefined();
  });

  it('are read loosely by inet_aton', () => {
    expect([...parseIPv4Loosely('127.1')!]).toEqual([127, 0, 0, 1]);
    expect([...parseIPv4Loosely('0x7f.0.010')!]).toEqual([127, 0, 0, 8]);
    expect(parseIPv4Loosely('1.2.3.256')).toBeUndefined();
  });

  it('have one canonical text', () => {
    expect(round('0:0:0:0:0:0:0:1')).toBe('::1');
    expect(round('::')).toBe('::');
    expect(round('2001:DB8:0:0:1:0:0:1')).toBe('2001:db8::1:0:0:1');
    expect(round('::ffff:1.2.3.4')).toBe('::ffff:1.2.3.4');
    expect(round('1:0:2:3:4:5:6:7')).toBe('1:0:2:3:4:5:6:7');
  });

  it('know their version', () => {
    expect(['1.2.3.4', '::1', 'fe80::1%eth0', 'localhost'].map(ipVersion)).toEqual([4, 6, 6, 0]);
  });
});
