/**
 * Hashes: Python's numeric hash modulo 2**61 - 1, seeded string hashes, and the ways tuples and sets combine hashes.
 *
 * A Python hash is a signed 64-bit integer, held as `Int`; it is never -1 (CPython's error mark). Hash tables inside of the VM use 31 bits
 * of it. Source: CPython Python/pyhash.c, Objects/tupleobject.c (xxHash), Objects/setobject.c.
 */
import { decomposeDouble } from './float-digits.ts';
import { normalizeInt } from './int-arith.ts';
import type { Int } from './int-arith.ts';

const MODULUS = (1n << 61n) - 1n;
const HASH_INFINITY = 314159;
const HASH_IMAGINARY = 1000003n;
const TWO_32 = 4294967296;

function avoidMinusOne(hash: Int): Int {
  return hash === -1 ? -2 : hash;
}

/** hash(int): the value modulo 2**61 - 1, with its sign. */
export function hashInt(value: Int): Int {
  if (typeof value === 'number') return value === -1 ? -2 : value;
  return avoidMinusOne(normalizeInt(value % MODULUS));
}

/** hash(float) of anything but NaN, whose hash is that of the object. */
export function hashDouble(value: number): Int {
  if (Number.isSafeInteger(value)) return value === -1 ? -2 : value + 0;
  if (value === Infinity) return HASH_INFINITY;
  if (value === -Infinity) return -HASH_INFINITY;
  const { mantissa, exponent } = decomposeDouble(value);
  // 2**61 is 1 modulo the modulus, so powers of two only count modulo 61.
  const shift = BigInt(((exponent % 61) + 61) % 61);
  const magnitude = normalizeInt((mantissa << shift) % MODULUS);
  return avoidMinusOne(value < 0 ? (typeof magnitude === 'number' ? -magnitude : -magnitude) : magnitude);
}

/** hash(complex) from the hashes of its parts. */
export function hashComplex(real: Int, imaginary: Int): Int {
  return avoidMinusOne(normalizeInt(BigInt.asIntN(64, BigInt(real) + HASH_IMAGINARY * BigInt(imaginary))));
}

// Two lanes of 32 bits mixed with odd constants, in the manner of MurmurHash.
function finishLanes(first: number, second: number): number {
  let h1 = Math.imul(first ^ (first >>> 16), 2246822507) ^ Math.imul(second ^ (second >>> 13), 3266489909);
  let h2 = Math.imul(second ^ (second >>> 16), 2246822507) ^ Math.imul(first ^ (first >>> 13), 3266489909);
  h1 ^= h2 >>> 15;
  h2 ^= h1 >>> 14;
  return TWO_32 * (h2 & 0x1fffff) + (h1 >>> 0);
}

/** hash(str): 53 bits, never negative; the empty string has 0. Equal to `hashBytes` for ASCII up to {@link LONG_BYTES} characters. */
export function hashString(text: string, seed: number): number {
  const { length } = text;
  if (length === 0) return 0;
  let h1 = 0xdeadbeef ^ seed;
  let h2 = 0x41c6ce57 ^ Math.imul(seed, 0x9e3779b1);
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ unit, 2654435761);
    h2 = Math.imul(h2 ^ unit, 1597334677);
  }
  return finishLanes(h1, h2);
}

/** Bytes beyond which four are taken at a time: 180 ns for 256 in place of 410. */
const LONG_BYTES = 64;

/** hash(bytes): 53 bits, never negative; empty bytes have 0. @hot bench/programs/regex_compile.py */
export function hashBytes(bytes: Uint8Array, seed: number): number {
  const { length } = bytes;
  if (length === 0) return 0;
  let h1 = 0xdeadbeef ^ seed;
  let h2 = 0x41c6ce57 ^ Math.imul(seed, 0x9e3779b1);
  let i = 0;
  if (length > LONG_BYTES) {
    for (; i + 4 <= length; i += 4) {
      const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
      // A product carries upwards alone: the upper bits come down again, or what differs there would stay there.
      h1 = Math.imul(h1 ^ word, 2654435761);
      h1 ^= h1 >>> 15;
      h2 = Math.imul(h2 ^ word, 1597334677);
      h2 ^= h2 >>> 13;
    }
  }
  for (; i < length; i++) {
    const unit = bytes[i]!;
    h1 = Math.imul(h1 ^ unit, 2654435761);
    h2 = Math.imul(h2 ^ unit, 1597334677);
  }
  return finishLanes(h1, h2);
}

// xxHash64 primes in 32-bit halves.
const P1_HIGH = 0x9e3779b1;
const P1_LOW = 0x85ebca87;
const P2_HIGH = 0xc2b2ae3d;
const P2_LOW = 0x27d4eb4f;
const P5_HIGH = 0x27d4eb2f;
const P5_LOW = 0x165667c5;

/** Upper 32 bits of the product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const carry = a0 * b1 + (middle & 0xffff);
  return (a1 * b1 + (middle >>> 16) + (carry >>> 16)) | 0;
}

/**
 * The hash of a tuple from the hashes of its items, bit for bit as CPython: add each, then finish; `high` and `low` are its halves.
 * @hot hash((a, b)) is how most Python classes hash; 64-bit arithmetic in halves avoids a bigint a step.
 */
export class TupleHash {
  high: number;
  low: number;

  constructor() {
    this.high = P5_HIGH | 0;
    this.low = P5_LOW | 0;
  }

  /** Adds the hash of the next item. */
  add(hash: Int): void {
    if (typeof hash === 'number') this.addHalves(Math.floor(hash / TWO_32) | 0, hash | 0);
    else this.addHalves(Number(BigInt.asIntN(32, hash >> 32n)), Number(BigInt.asIntN(32, hash)));
  }

  /** As `add`, for a hash in halves. */
  addHalves(laneHigh: number, laneLow: number): void {
    const productLow = Math.imul(laneLow, P2_LOW);
    const productHigh = (multiplyHigh(laneLow, P2_LOW) + Math.imul(laneHigh, P2_LOW) + Math.imul(laneLow, P2_HIGH)) | 0;
    const sumLow = (this.low >>> 0) + (productLow >>> 0);
    const high = (this.high + productHigh + (sumLow >= TWO_32 ? 1 : 0)) | 0;
    const low = sumLow | 0;
    const rotatedHigh = (high << 31) | (low >>> 1);
    const rotatedLow = (low << 31) | (high >>> 1);
    this.low = Math.imul(rotatedLow, P1_LOW);
    this.high = (multiplyHigh(rotatedLow, P1_LOW) + Math.imul(rotatedHigh, P1_LOW) + Math.imul(rotatedLow, P1_HIGH)) | 0;
  }

  /** Makes the halves those of a tuple of `count` items. They are never both -1. */
  finish(count: number): void {
    // + length ^ (P5 ^ 3527539)
    const sumLow = (this.low >>> 0) + ((count ^ P5_LOW ^ 3527539) >>> 0);
    this.high = (this.high + P5_HIGH + (sumLow >= TWO_32 ? 1 : 0)) | 0;
    this.low = sumLow | 0;
    if (this.high === -1 && this.low === -1) {
      this.high = 0;
      this.low = 1546275796;
    }
  }
}

/** hash(tuple) from the hashes of its items. */
export function hashTuple(hashes: readonly Int[]): Int {
  const hash = new TupleHash();
  for (const one of hashes) hash.add(one);
  hash.finish(hashes.length);
  return fromHalves(hash.high, hash.low);
}

/** Two 32-bit halves make a bigint by way of memory (lower half first, on all machines that Node runs on): arithmetic on bigints would make three more. */
const scratch = new BigInt64Array(1);
const scratchHalves = new Int32Array(scratch.buffer);

/** The signed 64-bit int with these halves. */
export function fromHalves(high: number, low: number): Int {
  if (high >= -0x200000 && high <= 0x1fffff) {
    const value = high * TWO_32 + (low >>> 0);
    if (value >= Number.MIN_SAFE_INTEGER) return value;
  }
  scratchHalves[0] = low;
  scratchHalves[1] = high;
  return scratch[0]!;
}

/** The 31 bits of a hash that hash tables use, from its halves; never negative. */
export function foldHalves(high: number, low: number): number {
  return (high ^ low) & 0x7fffffff;
}

/** The 31 bits of a Python hash that hash tables use; never negative. */
export function foldHash(hash: Int): number {
  if (typeof hash === 'number') return foldHalves(Math.floor(hash / TWO_32) | 0, hash | 0);
  return foldHalves(Number(BigInt.asIntN(32, hash >> 32n)), Number(BigInt.asIntN(32, hash)));
}

/** One factor of `scrambled` as halves of 16 bits, for products that are exact as doubles. */
const SCRAMBLE = 3644798167;
const SCRAMBLE_HIGH = SCRAMBLE >>> 16;
const SCRAMBLE_LOW = SCRAMBLE & 0xffff;

const SIZE_FACTOR = 1927868237;

/** The upper 32 bits of the product of two unsigned ints of 32 bits, of which the second is given in halves. */
function productHigh(a: number, high: number, low: number): number {
  return Math.floor((a * high + Math.floor((a * low) / 65536)) / 65536);
}

/** hash(frozenset) from the hashes of its items, in any order, bit for bit as CPython; 64-bit ints in halves, as the engine's bigints take many times as long. */
export function hashFrozenset(hashes: readonly Int[]): Int {
  let high = 0;
  let low = 0;
  for (let i = 0; i < hashes.length; i++) {
    const hash = hashes[i]!;
    let itemLow: number;
    let itemHigh: number;
    if (typeof hash === 'number') {
      itemLow = hash | 0;
      itemHigh = Math.floor(hash / TWO_32) | 0;
    } else {
      scratch[0] = hash;
      itemLow = scratchHalves[0]!;
      itemHigh = scratchHalves[1]!;
    }
    const mixedHigh = itemHigh ^ ((itemHigh << 16) | (itemLow >>> 16));
    const mixedLow = (itemLow ^ 89869747 ^ (itemLow << 16)) >>> 0;
    high ^= (productHigh(mixedLow, SCRAMBLE_HIGH, SCRAMBLE_LOW) + Math.imul(mixedHigh, SCRAMBLE)) | 0;
    low ^= Math.imul(mixedLow, SCRAMBLE);
  }
  const size = hashes.length + 1;
  high ^= productHigh(size, SIZE_FACTOR >>> 16, SIZE_FACTOR & 0xffff) | 0;
  low ^= Math.imul(size, SIZE_FACTOR);
  const shiftedHigh = (high >>> 11) ^ (high >>> 25);
  const shiftedLow = ((high << 21) | (low >>> 11)) ^ ((high << 7) | (low >>> 25));
  high ^= shiftedHigh;
  low = (low ^ shiftedLow) >>> 0;
  const sum = low * 69069 + 907133923;
  return settled((Math.floor(sum / TWO_32) + Math.imul(high, 69069)) | 0, (Math.imul(low, 69069) + 907133923) | 0);
}

/** -1 is no hash. */
function settled(high: number, low: number): Int {
  return high === -1 && low === -1 ? 590923713 : fromHalves(high, low);
}
