import { describe, expect, it } from 'vitest';
import { foldHalves, foldHash, fromHalves, hashBytes, hashComplex, hashDouble, hashFrozenset, hashInt, hashString, hashTuple } from './hash.ts';

describe('hashes', () => {
  it('reduces numbers modulo 2**61 - 1 as CPython does', () => {
    expect(hashInt(-1)).toBe(-2);
    expect(hashInt(2n ** 61n - 1n)).toBe(0);
    expect(hashInt(-(2n ** 61n))).toBe(-2);
    expect(hashDouble(1.5)).toBe(1152921504606846977n);
    expect(hashDouble(Infinity)).toBe(314159);
    expect(hashDouble(-0.25)).toBe(-576460752303423488n);
    expect(hashComplex(0, 1)).toBe(1000003);
  });

  it('combines tuples and frozensets bit for bit as CPython does', () => {
    expect(hashTuple([])).toBe(5740354900026072187n);
    expect(hashTuple([1, 2])).toBe(-3550055125485641917n);
    expect(hashFrozenset([1, 2])).toBe(-1826646154956904602n);
    expect(hashFrozenset([2, 1])).toBe(-1826646154956904602n);
  });

  it('agrees for str and bytes of the same ASCII, and depends on the seed', () => {
    expect(hashString('hello', 7)).toBe(hashBytes(Buffer.from('hello'), 7));
    expect(hashString('hello', 7)).not.toBe(hashString('hello', 8));
    expect(hashString('', 7)).toBe(0);
  });

  it('tells long bytes apart that differ in two places, wherever these are', () => {
    for (const [first, second] of [[3, 7], [67, 71], [0, 96], [1, 2], [64, 99]] as const) {
      const hashes = new Set<number>();
      const bytes = new Uint8Array(100);
      for (let a = 0; a < 256; a++) {
        for (let b = 0; b < 256; b++) {
          bytes[first] = a;
          bytes[second] = b;
          hashes.add(foldHash(hashBytes(bytes, 0)));
        }
      }
      // Of 2 ** 16 random values of 31 bits one pair is the same on average.
      expect(hashes.size, `${first}, ${second}`).toBeGreaterThan(2 ** 16 - 8);
    }
  });

  it('folds hashes to 31 bits, from halves as from the whole', () => {
    expect(foldHash(3)).toBe(3);
    expect(foldHash(-2)).toBe(foldHalves(-1, -2));
    const hash = hashTuple([1, 2]);
    expect(foldHash(hash)).toBe(foldHalves(Number(BigInt(hash) >> 32n), Number(BigInt.asIntN(32, BigInt(hash)))));
    expect(foldHash(-(2n ** 63n))).toBeGreaterThanOrEqual(0);
  });

  it('makes an int of its halves', () => {
    for (const value of [0n, -2n, 2n ** 53n - 1n, 2n ** 53n, -(2n ** 53n) + 1n, -(2n ** 53n), -(2n ** 63n), 2n ** 63n - 1n]) {
      const made = fromHalves(Number(value >> 32n), Number(BigInt.asIntN(32, value)));
      expect(BigInt(made)).toBe(value);
      expect(typeof made).toBe(value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? 'number' : 'bigint');
    }
  });
});
