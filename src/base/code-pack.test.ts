/** Unit tests of the start pack. */
import { describe, expect, it } from 'vitest';
import { decodePack, encodePack } from './code-pack.ts';

describe('the start pack', () => {
  const parts = new Map([['os:1:0', Uint8Array.of(1, 2, 3)], ['módulo', new Uint8Array(16).fill(7)], ['empty', new Uint8Array(0)]]);

  it('gives its parts back, each at a multiple of eight', () => {
    const read = decodePack(encodePack(parts))!;
    expect([...read].map(([name, code]) => [name, [...code]])).toEqual([...parts].map(([name, code]) => [name, [...code]]));
    for (const code of read.values()) expect(code.byteOffset % 8).toBe(0);
  });

  it('is refused when damaged anywhere, or cut', () => {
    const bytes = encodePack(parts);
    for (let i = 0; i < bytes.length; i++) {
      const damaged = bytes.slice();
      damaged[i]! ^= 0x10;
      expect(decodePack(damaged)).toBeUndefined();
    }
    for (const length of [0, 8, 24, bytes.length - 8]) expect(decodePack(bytes.slice(0, length))).toBeUndefined();
  });
});
