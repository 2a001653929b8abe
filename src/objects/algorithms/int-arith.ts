/**
 * Arithmetic on Python ints held as `number` while safe integers, else as `bigint`.
 *
 * INV-1: a result is a `number` exactly when it is a safe integer; a `bigint` result is always outside of that range.
 * INV-2: -0 never appears in a result.
 * Source: CPython Objects/longobject.c, Modules/mathmodule.c (isqrt, gcd).
 */

import { montgomeryPower } from './montgomery.ts';

/** A Python int. */
export type Int = number | bigint;

const MAX = Number.MAX_SAFE_INTEGER;
const MAX_BIG = BigInt(MAX);
const MIN_BIG = -MAX_BIG;
const TWO_32 = 4294967296;

/** Brings a bigint into the canonical form of INV-1. */
export function normalizeInt(value: bigint): Int {
  return value <= MAX_BIG && value >= MIN_BIG ? Number(value) : value;
}

/** The bigint of an int; of one that is a bigint already without the engine's call. */
function toBig(value: Int): bigint {
  return typeof value === 'bigint' ? value : BigInt(value);
}

/** Brings an integral double into canonical form; the caller has excluded NaN and infinities. */
export function intFromDouble(value: number): Int {
  return value <= MAX && value >= -MAX ? value + 0 : BigInt(value);
}

/** a + b */
export function intAdd(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    // An unsafe sum rounds to at least 2**53 in magnitude, so the test is exact.
    const sum = a + b;
    if (sum <= MAX && sum >= -MAX) return sum;
  }
  return normalizeInt(toBig(a) + toBig(b));
}

/** a - b */
export function intSub(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (difference <= MAX && difference >= -MAX) return difference;
  }
  return normalizeInt(toBig(a) - toBig(b));
}

/** a * b */
export function intMul(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    // + 0 turns -0 into 0.
    if (product <= MAX && product >= -MAX) return product + 0;
  }
  return normalizeInt(toBig(a) * toBig(b));
}

/** a // b, rounded towards minus infinity; b is not 0. */
export function intFloorDiv(a: Int, b: Int): Int {
  // The quotient of two safe integers never rounds up to the next integer, so floor of it is exact.
  if (typeof a === 'number' && typeof b === 'number') return Math.floor(a / b) + 0;
  const x = toBig(a);
  const y = toBig(b);
  const quotient = x / y;
  return normalizeInt(x < 0n !== y < 0n && quotient * y !== x ? quotient - 1n : quotient);
}

/** a % b with the sign of b; b is not 0. */
export function intMod(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const rest = a % b;
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
  }
  const y = toBig(b);
  const rest = toBig(a) % y;
  return normalizeInt(rest !== 0n && rest < 0n !== y < 0n ? rest + y : rest);
}

/** divmod(a, b); b is not 0. */
export function intDivmod(a: Int, b: Int): [quotient: Int, rest: Int] {
  if (typeof a === 'number' && typeof b === 'number') return [intFloorDiv(a, b), intMod(a, b)];
  const x = toBig(a);
  const y = toBig(b);
  let quotient = x / y;
  let rest = x - quotient * y;
  if (rest !== 0n && rest < 0n !== y < 0n) {
    quotient -= 1n;
    rest += y;
  }
  return [normalizeInt(quotient), normalizeInt(rest)];
}

/** a / b correctly rounded to a double; infinite when the quotient is too large (the caller raises OverflowError). b is not 0. */
export function intTrueDiv(a: Int, b: Int): number {
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  const negative = a < 0 !== b < 0;
  const magnitude = ratioToDouble(bigAbs(BigInt(a)), bigAbs(BigInt(b)));
  return negative ? -magnitude : magnitude;
}

function bigAbs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Quotients above are far from those that have fewer bits than others. */
const LEAST_PLAIN = 2 ** -900;
/** Bits of a quotient of which the lowest says only whether there is a rest: more than the 53 of a double, and one more to round by. */
const ENOUGH_BITS = 56;

/** x / y where an estimate is known: the engine rounds the bits of the quotient half to even, the lowest of which stands for all that follow. */
function plainRatio(x: bigint, y: bigint, estimate: number): number {
  // The estimate may be off by a little, and its logarithm by one.
  const shift = Math.max(0, ENOUGH_BITS + 2 - Math.floor(Math.log2(estimate)));
  const scaled = shift === 0 ? x : x << BigInt(shift);
  const quotient = scaled / y;
  return Number(quotient * y === scaled ? quotient : quotient | 1n) * 2 ** -shift;
}

/** The double nearest to x / y for x ≥ 0, y > 0, half to even. */
function ratioToDouble(x: bigint, y: bigint): number {
  if (x === 0n) return 0;
  const estimate = Number(x) / Number(y);
  if (estimate > LEAST_PLAIN && estimate < Infinity) return plainRatio(x, y, estimate);
  // The quotient gets 55 or 56 bits, fewer below the normal range, where bits under 2**-1076 may only be sticky.
  const shift = Math.max(bigBitLength(x) - bigBitLength(y) - 55, -1076);
  if (shift > 1024) return Infinity;
  let quotient: bigint;
  let inexact: boolean;
  if (shift <= 0) {
    const scaled = x << BigInt(-shift);
    quotient = scaled / y;
    inexact = quotient * y !== scaled;
  } else {
    const scaled = y << BigInt(shift);
    quotient = x / scaled;
    inexact = quotient * scaled !== x;
  }
  if (inexact) quotient |= 1n;
  return scaleToDouble(quotient, shift);
}

/** value · 2**exponent rounded half to even to a double, for value ≥ 0; infinite when it is too large. */
export function scaleToDouble(value: bigint, exponent: number): number {
  const extra = Math.max(bigBitLength(value) - 53, -1074 - exponent, 0);
  const rest = value & ((1n << BigInt(extra)) - 1n);
  let head = value >> BigInt(extra);
  const half = extra === 0 ? 0n : 1n << BigInt(extra - 1);
  if (extra > 0 && (rest > half || (rest === half && (head & 1n) === 1n))) head += 1n;
  return ldexpExact(Number(head), exponent + extra);
}

/** value · 2**exponent where the result is representable or overflows. */
function ldexpExact(value: number, exponent: number): number {
  if (exponent > 1000) return value * 2 ** 1000 * 2 ** (exponent - 1000);
  if (exponent < -1000) return value * 2 ** -1000 * 2 ** (exponent + 1000);
  return value * 2 ** exponent;
}

/** float(a) correctly rounded; infinite when it is too large. */
export function intToDouble(a: Int): number {
  // Number(bigint) rounds half to even by specification, and overflows to infinity.
  return Number(a);
}

/** a ** b for b ≥ 0. Throws RangeError when the engine cannot hold the result. */
export function intPow(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const quick = smallPow(a, b);
    if (quick !== undefined) return quick;
  }
  if (a === 1 || a === 0) return b === 0 ? 1 : a;
  if (a === -1) return intMod(b, 2) === 0 ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number' && Math.abs(a) <= LARGEST_FACTOR && b <= LARGEST_EXPONENT) return repeatedSquare(a, b);
  return normalizeInt(BigInt(a) ** BigInt(b));
}

/** Multiplying by a base up to this takes one pass over a bigint. */
const LARGEST_FACTOR = TWO_32 - 1;
/** Exponents up to this are taken apart by JavaScript's operators on bits; of powers that are too large for it the engine knows before it multiplies. */
const LARGEST_EXPONENT = 2 ** 20;

/**
 * base ** exponent, a bigint, by squaring from the exponent's first bit on: besides squares it only multiplies by the base, which is short, and begins with doubles.
 * The engine's `**` multiplies squares by each other, and takes up to three times as long. @hot bench/programs/bigints.py
 */
function repeatedSquare(base: number, exponent: number): Int {
  if (base === 2 || base === -2) return normalizeInt(BigInt(base) ** BigInt(exponent));
  let bit = 31 - Math.clz32(exponent);
  let start = 1;
  for (; bit >= 0; bit--) {
    const next = start * start * ((exponent >>> bit) & 1 ? base : 1);
    if (next > MAX || next < -MAX) break;
    start = next;
  }
  let result = BigInt(start);
  const factor = BigInt(base);
  for (; bit >= 0; bit--) {
    result *= result;
    if ((exponent >>> bit) & 1) result *= factor;
  }
  return normalizeInt(result);
}

function smallPow(base: number, exponent: number): number | undefined {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; ) {
    if (rest % 2 === 1) {
      result *= square;
      if (result > MAX || result < -MAX) return undefined;
    }
    rest = Math.floor(rest / 2);
    if (rest === 0) break;
    square *= square;
    // A further factor follows; zero, one and minus one never get here with a large square.
    if (square > MAX) return undefined;
  }
  return result + 0;
}

/**
 * pow(a, b, m) with the sign of m; m is not 0. A negative b means the inverse of a; undefined when a has none (the caller raises
 * ValueError "base is not invertible for the given modulus").
 */
export function intPowMod(a: Int, b: Int, m: Int): Int | undefined {
  const modulus = bigAbs(BigInt(m));
  if (modulus === 1n) return 0;
  let base = BigInt(intMod(a, normalizeInt(modulus)));
  let exponent = BigInt(b);
  if (exponent < 0n) {
    const inverse = modularInverse(base, modulus);
    if (inverse === undefined) return undefined;
    base = inverse;
    exponent = -exponent;
  }
  const result = modulus < 1n << 26n ? BigInt(smallPowMod(Number(base), exponent, Number(modulus))) : bigPowMod(base, exponent, modulus);
  return normalizeInt(m < 0 && result !== 0n ? result - modulus : result);
}

function smallPowMod(base: number, exponent: bigint, modulus: number): number {
  let result = 1;
  let square = base;
  const bits = exponent.toString(2);
  for (let i = bits.length - 1; i >= 0; i--) {
    if (bits.charCodeAt(i) === 49) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** Bits of the exponent that are taken at once. */
const WINDOW = 4;
/** The value of a hexadecimal digit, by its code. */
const DIGIT_OF_CODE: readonly number[] = Array.from({ length: 103 }, (_, code) => (code >= 97 ? code - 87 : code - 48));
/** A base whose 15th power is one word: multiplying by it comes before the reduction that squaring needs, and costs next to nothing. */
const LARGEST_QUICK_BASE = 19n;

function bigPowMod(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const digits = exponent.toString(1 << WINDOW);
  const quick = montgomeryPower(base, digits, modulus, bigBitLength(modulus));
  if (quick !== undefined) return quick;
  const isQuick = base <= LARGEST_QUICK_BASE;
  const powers = [1n];
  for (let i = 1; i < 1 << WINDOW; i++) powers.push(isQuick ? powers[i - 1]! * base : (powers[i - 1]! * base) % modulus);
  let result = powers[DIGIT_OF_CODE[digits.charCodeAt(0)]!]! % modulus;
  for (let i = 1; i < digits.length; i++) {
    for (let k = 1; k < WINDOW; k++) result = (result * result) % modulus;
    const power = powers[DIGIT_OF_CODE[digits.charCodeAt(i)]!]!;
    const square = result * result;
    if (power === 1n) result = square % modulus;
    else result = isQuick ? (square * power) % modulus : ((square % modulus) * power) % modulus;
  }
  return result;
}

function modularInverse(a: bigint, modulus: bigint): bigint | undefined {
  let [r0, r1] = [modulus, a];
  let [t0, t1] = [0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  if (r0 !== 1n) return undefined;
  return t0 < 0n ? t0 + modulus : t0;
}

/** a << count for count ≥ 0. Throws RangeError when the engine cannot hold the result. */
export function intLshift(a: Int, count: Int): Int {
  if (a === 0) return 0;
  if (typeof a === 'number' && typeof count === 'number' && count < 54) {
    const shifted = a * 2 ** count;
    if (shifted <= MAX && shifted >= -MAX) return shifted;
  }
  return normalizeInt(toBig(a) << BigInt(count));
}

/** a >> count for count ≥ 0. */
export function intRshift(a: Int, count: Int): Int {
  if (typeof a === 'number') {
    if (typeof count === 'number' && count < 32) return (a | 0) === a ? a >> count : Math.floor(a / 2 ** count);
    return typeof count === 'number' && count < 64 ? Math.floor(a / 2 ** count) : a < 0 ? -1 : 0;
  }
  if (typeof count === 'bigint') return a < 0n ? -1 : 0;
  return normalizeInt(a >> BigInt(count));
}

/** Puts two's complement halves together; only -2**53 leaves the safe range. */
function joinHalves(high: number, low: number): Int {
  const value = high * TWO_32 + (low >>> 0);
  return value >= -MAX ? value : BigInt(value);
}

/** a & b */
export function intAnd(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    if ((a | 0) === a && (b | 0) === b) return a & b;
    return joinHalves(Math.floor(a / TWO_32) & Math.floor(b / TWO_32), a & b);
  }
  return normalizeInt(toBig(a) & toBig(b));
}

/** a | b */
export function intOr(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    if ((a | 0) === a && (b | 0) === b) return a | b;
    return joinHalves(Math.floor(a / TWO_32) | Math.floor(b / TWO_32), a | b);
  }
  return normalizeInt(toBig(a) | toBig(b));
}

/** a ^ b */
export function intXor(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    if ((a | 0) === a && (b | 0) === b) return a ^ b;
    return joinHalves(Math.floor(a / TWO_32) ^ Math.floor(b / TWO_32), a ^ b);
  }
  return normalizeInt(toBig(a) ^ toBig(b));
}

/** ~a */
export function intInvert(a: Int): Int {
  return typeof a === 'number' && a !== MAX ? -1 - a : normalizeInt(~BigInt(a));
}

/** -a */
export function intNeg(a: Int): Int {
  return typeof a === 'number' ? 0 - a : -a;
}

/** abs(a) */
export function intAbs(a: Int): Int {
  if (typeof a === 'number') return Math.abs(a);
  return a < 0n ? -a : a;
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function intCompare(a: Int, b: Int): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares an int with a double exactly; NaN gives NaN. */
export function intCompareDouble(a: Int, b: number): number {
  if (b !== b) return NaN;
  // JavaScript compares bigint with number by mathematical value.
  return a < b ? -1 : a > b ? 1 : 0;
}

const DOUBLE = new Float64Array(1);
const DOUBLE_WORDS = new Uint32Array(DOUBLE.buffer);
/** The exponent of 1 in a double, less one: 1 has one bit. */
const EXPONENT_BIAS = 1022;

/** Bits of a bigint that is not negative. */
export function bigBitLength(value: bigint): number {
  const rounded = Number(value);
  if (rounded === 0) return 0;
  if (rounded < Infinity) {
    DOUBLE[0] = rounded;
    const high = DOUBLE_WORDS[1]!;
    const bits = (high >>> 20) - EXPONENT_BIAS;
    // A power of two may be what the value was rounded up to.
    const isPower = DOUBLE_WORDS[0] === 0 && (high & 0xfffff) === 0;
    return isPower && value >> BigInt(bits - 1) === 0n ? bits - 1 : bits;
  }
  const hex = value.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(parseInt(hex[0]!, 16)));
}

/** int.bit_length */
export function intBitLength(a: Int): number {
  if (typeof a === 'bigint') return bigBitLength(bigAbs(a));
  const magnitude = Math.abs(a);
  return magnitude < TWO_32 ? 32 - Math.clz32(magnitude) : 64 - Math.clz32(Math.floor(magnitude / TWO_32));
}

function popCount32(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** int.bit_count */
export function intBitCount(a: Int): number {
  if (typeof a === 'number') {
    const magnitude = Math.abs(a);
    return popCount32(magnitude | 0) + popCount32(Math.floor(magnitude / TWO_32));
  }
  let count = 0;
  const hex = bigAbs(a).toString(16);
  for (let end = hex.length; end > 0; end -= 8) count += popCount32(parseInt(hex.slice(Math.max(0, end - 8), end), 16) | 0);
  return count;
}

/** math.isqrt; a ≥ 0. */
export function intIsqrt(a: Int): Int {
  if (typeof a === 'number') {
    const root = Math.floor(Math.sqrt(a));
    // The square root of a value below 2**53 may round up at a perfect square minus one.
    return root * root > a ? root - 1 : root;
  }
  const bits = bigBitLength(a);
  let root = 1n << BigInt((bits + 1) >> 1);
  for (;;) {
    const next = (root + a / root) >> 1n;
    if (next >= root) return normalizeInt(root);
    root = next;
  }
}

const LARGEST_32 = 0xffff_ffff;

/** x mod y of ints from 0 on, y more than 0: the quotient may be rounded up to the next int. The engine's own is a call. */
function restOf(x: number, y: number): number {
  const rest = x - Math.floor(x / y) * y;
  return rest < 0 ? rest + y : rest;
}

/** The greatest common divisor of two safe ints from 0 on. @hot fractions */
function gcdOfSafe(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y > LARGEST_32 || (x > LARGEST_32 && y !== 0)) {
    const rest = restOf(x, y);
    x = y;
    y = rest;
  }
  return y === 0 ? x : gcdOf32(x, y);
}

/** Divisions of ints of 32 bits are instructions of the processor. */
function gcdOf32(a: number, b: number): number {
  let x = a >>> 0;
  let y = b >>> 0;
  while (y !== 0) {
    const rest = (x % y) >>> 0;
    x = y;
    y = rest;
  }
  return x;
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** math.gcd of two ints, never negative. */
export function intGcd(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') return gcdOfSafe(Math.abs(a), Math.abs(b));
  let x = bigAbs(toBig(a));
  let y = bigAbs(toBig(b));
  while (y > MAX_SAFE) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return y === 0n ? normalizeInt(x) : gcdOfSafe(Number(y), Number(x % y));
}

/** round(a, -digits) half to even, for digits > 0. */
export function intRoundToPower(a: Int, digits: number): Int {
  const unit = 10n ** BigInt(digits);
  const value = BigInt(a);
  let rest = value % unit;
  if (rest < 0n) rest += unit;
  const floor = value - rest;
  const twice = rest * 2n;
  const up = twice > unit || (twice === unit && (floor / unit) % 2n !== 0n);
  return normalizeInt(up ? floor + unit : floor);
}
