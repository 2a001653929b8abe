/**
 * Hashes: Python's numeric hash modulo 2**61 - 1, seeded string hashes, and the ways tuples and sets combine hashes.
 *
 * A Python hash is a signed 64-bit integer, held as `Int`; it is never -1 (CPython's error mark). A 32-bit hash is what hash tables
 * inside of the VM use. Source: CPython Python/pyhash.c, Objects/tupleobject.c (xxHash), Objects/setobject.c.
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

/** Folds a Python hash, or any int, into 32 bits for a hash table. */
export function hash32(hash: Int): number {
  if (typeof hash === 'number') {
    if ((hash | 0) === hash) return hash;
    return (hash | 0) ^ Math.floor(hash / TWO_32);
  }
  return Number(BigInt.asIntN(32, hash ^ (hash >> 32n)));
}

/** 32-bit hash of a double that agrees with `hash32` of an equal int. */
export function hash32OfDouble(value: number): number {
  return hash32(value !== value ? 0 : hashDouble(value));
}

// Two lanes of 32 bits mixed with odd constants, in the manner of MurmurHash.
function finishLanes(first: number, second: number): number {
  let h1 = Math.imul(first ^ (first >>> 16), 2246822507) ^ Math.imul(second ^ (second >>> 13), 3266489909);
  let h2 = Math.imul(second ^ (second >>> 16), 2246822507) ^ Math.imul(first ^ (first >>> 13), 3266489909);
  h1 ^= h2 >>> 15;
  h2 ^= h1 >>> 14;
  return TWO_32 * (h2 & 0x1fffff) + (h1 >>> 0);
}

/** hash(str): 53 bits, never negative; the empty string has 0. Equal to `hashBytes` for ASCII. */
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

/** hash(bytes): 53 bits, never negative; empty bytes have 0. */
export function hashBytes(bytes: Uint8Array, seed: number): number {
  const { length } = bytes;
  if (length === 0) return 0;
  let h1 = 0xdeadbeef ^ seed;
  let h2 = 0x41c6ce57 ^ Math.imul(seed, 0x9e3779b1);
  for (let i = 0; i < length; i++) {
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
 * hash(tuple) from the hashes of its items, bit for bit as CPython.
 * @hot hash((a, b)) is how most Python classes hash; 64-bit arithmetic in halves avoids a bigint a step.
 */
export function hashTuple(hashes: readonly Int[]): Int {
  let high = P5_HIGH | 0;
  let low = P5_LOW | 0;
  for (let i = 0; i < hashes.length; i++) {
    const hash = hashes[i]!;
    let laneLow: number;
    let laneHigh: number;
    if (typeof hash === 'number') {
      laneLow = hash | 0;
      laneHigh = Math.floor(hash / TWO_32) | 0;
    } else {
      laneLow = Number(BigInt.asIntN(32, hash));
      laneHigh = Number(BigInt.asIntN(32, hash >> 32n));
    }
    const productLow = Math.imul(laneLow, P2_LOW);
    const productHigh = (multiplyHigh(laneLow, P2_LOW) + Math.imul(laneHigh, P2_LOW) + Math.imul(laneLow, P2_HIGH)) | 0;
    const sumLow = (low >>> 0) + (productLow >>> 0);
    high = (high + productHigh + (sumLow >= TWO_32 ? 1 : 0)) | 0;
    low = sumLow | 0;
    const rotatedHigh = (high << 31) | (low >>> 1);
    const rotatedLow = (low << 31) | (high >>> 1);
    low = Math.imul(rotatedLow, P1_LOW);
    high = (multiplyHigh(rotatedLow, P1_LOW) + Math.imul(rotatedHigh, P1_LOW) + Math.imul(rotatedLow, P1_HIGH)) | 0;
  }
  // + length ^ (P5 ^ 3527539)
  const sumLow = (low >>> 0) + ((hashes.length ^ P5_LOW ^ 3527539) >>> 0);
  high = (high + P5_HIGH + (sumLow >= TWO_32 ? 1 : 0)) | 0;
  low = sumLow | 0;
  if (high === -1 && low === -1) return 1546275796;
  return fromHalves(high, low);
}

function fromHalves(high: number, low: number): Int {
  if (high >= -0x200000 && high <= 0x1fffff) {
    const value = high * TWO_32 + (low >>> 0);
    if (value >= Number.MIN_SAFE_INTEGER) return value;
  }
  return (BigInt(high) << 32n) | BigInt(low >>> 0);
}

/** hash(frozenset) from the hashes of its items, in any order, bit for bit as CPython. */
export function hashFrozenset(hashes: Iterable<Int>): Int {
  let combined = 0n;
  let count = 0n;
  for (const hash of hashes) {
    const h = BigInt.asUintN(64, BigInt(hash));
    combined ^= BigInt.asUintN(64, (h ^ 89869747n ^ BigInt.asUintN(64, h << 16n)) * 3644798167n);
    count++;
  }
  combined ^= BigInt.asUintN(64, (count + 1n) * 1927868237n);
  combined ^= (combined >> 11n) ^ (combined >> 25n);
  combined = BigInt.asUintN(64, combined * 69069n + 907133923n);
  if (combined === 0xffffffffffffffffn) combined = 590923713n;
  return normalizeInt(BigInt.asIntN(64, combined));
}
