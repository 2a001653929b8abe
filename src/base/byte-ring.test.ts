/** Unit tests of rings. */
import { describe, expect, it } from 'vitest';
import { ByteRing, readFrame, RING_CAPACITY, writeFrame } from './byte-ring.ts';

const bytes = (length: number, first = 0): Uint8Array => Uint8Array.from({ length }, (_, i) => (first + i) & 255);

describe('ByteRing', () => {
  it('gives bytes in order across its end', () => {
    const ring = new ByteRing();
    let next = 0;
    let expected = 0;
    for (let round = 0; round < 20; round++) {
      const written = ring.write(bytes(40000, next));
      next = (next + written) & 255;
      const got = ring.take(33000);
      for (const byte of got) {
        if (byte !== expected) expect(byte).toBe(expected);
        expected = (expected + 1) & 255;
      }
    }
    expect(ring.available + ring.free).toBe(RING_CAPACITY);
  });

  it('takes no more than it can hold', () => {
    const ring = new ByteRing();
    expect(ring.write(bytes(RING_CAPACITY + 10))).toBe(RING_CAPACITY);
    expect(ring.write(bytes(1))).toBe(0);
    ring.take(5);
    expect(ring.write(bytes(10), /* whole */ true)).toBe(0);
    expect(ring.write(bytes(5), /* whole */ true)).toBe(5);
  });

  it('is the same pipe through another view of its memory', () => {
    const ring = new ByteRing();
    const other = new ByteRing(ring.buffer);
    ring.write(bytes(3));
    expect([...other.take()]).toEqual([0, 1, 2]);
    ring.dropWriter();
    expect(other.ended).toBe(true);
    other.dropReader();
    expect(ring.broken).toBe(true);
  });

  it('hands a wish for bytes or room to one side once', () => {
    const ring = new ByteRing();
    expect(ring.takeWantsBytes()).toBe(false);
    ring.wantBytes();
    expect(ring.takeWantsRoom()).toBe(false);
    expect(ring.takeWantsBytes()).toBe(true);
    expect(ring.takeWantsBytes()).toBe(false);
  });

  it('keeps the borders of messages', () => {
    const ring = new ByteRing();
    expect(writeFrame(ring, 'a:1', bytes(3))).toBe(true);
    expect(writeFrame(ring, '', bytes(0))).toBe(true);
    expect(readFrame(ring, /* keep */ true)?.address).toBe('a:1');
    const first = readFrame(ring)!;
    expect([first.address, ...first.data]).toEqual(['a:1', 0, 1, 2]);
    expect(readFrame(ring)?.data.length).toBe(0);
    expect(readFrame(ring)).toBeUndefined();
  });
});
