/**
 * Decimal numbers of the General Decimal Arithmetic Specification: (-1)**sign * coefficient * 10**exponent, infinities and NaNs.
 *
 * Coefficients are numbers while they are safe integers, as nearly all are, and bigints beyond, or where somebody asks for one; exponents reach 10**18 in
 * magnitude, so they are `Int`s: numbers while safe. The payload of a NaN is its coefficient.
 * Source: the specification (speleotrove.com/decimal), CPython Modules/_decimal.
 */
import { intAdd, intSub, type Int } from '../int-arith.ts';

/** What a number is besides its digits. */
export type DecimalKind = 'finite' | 'inf' | 'qnan' | 'snan';

/** `Dec.small` of a coefficient that is no safe integer. */
const NOT_SMALL = -1;

/** A decimal number; never changed after it was made. @hot every operation makes one */
export class Dec {
  readonly kind: DecimalKind;
  readonly negative: boolean;
  /** The coefficient while it is a safe integer, else less than 0. */
  readonly small: number;
  private big: bigint | null;
  readonly exponent: Int;
  /** Decimal digits of the coefficient; 1 for 0. */
  readonly digits: number;

  /** One of `small` and `big` says what the coefficient is: `finite`, `finiteSmall` and their like call this. */
  constructor(kind: DecimalKind, negative: boolean, small: number, big: bigint | null, exponent: Int, digits: number) {
    this.kind = kind;
    this.negative = negative;
    this.small = small;
    this.big = big;
    this.exponent = exponent;
    this.digits = digits;
  }

  get coefficient(): bigint {
    return (this.big ??= BigInt(this.small));
  }

  /** The same but for what is given. */
  with(changes: { readonly kind?: DecimalKind; readonly negative?: boolean; readonly exponent?: Int }): Dec {
    return new Dec(changes.kind ?? this.kind, changes.negative ?? this.negative, this.small, this.big, changes.exponent ?? this.exponent, this.digits);
  }
}

/** Coefficients beyond this many digits are refused: the engine holds no more. */
const MAX_DIGITS = 300_000_000;
const SMALL_POWERS: bigint[] = [1n];
/** Powers below this exponent are kept. */
const KEPT_POWERS = 2048;
const SAFE_BIG = 9007199254740991n;
/** Powers of ten that are safe integers. */
const SMALL_UNITS = 16;
/** 1, 10, 100, ... as numbers. */
export const UNITS: readonly number[] = Array.from({ length: SMALL_UNITS }, (_, n) => Number(`1e${n}`));
const LOG10_2 = 0.30102999566398119521;

/** 10**exponent for a number that is not negative; throws RangeError (MemoryError for Python) where the engine cannot hold it. */
export function pow10(exponent: Int): bigint {
  if (exponent > MAX_DIGITS) throw new RangeError('decimal coefficient too large');
  const n = Number(exponent);
  if (n >= KEPT_POWERS) return 10n ** BigInt(n);
  while (SMALL_POWERS.length <= n) SMALL_POWERS.push(SMALL_POWERS[SMALL_POWERS.length - 1]! * 10n);
  return SMALL_POWERS[n]!;
}

/** Decimal digits of a bigint that is not negative; 1 for 0. @hot every operation */
export function countDigits(value: bigint): number {
  if (value <= SAFE_BIG) return countSmall(Number(value));
  const double = Number(value);
  // The estimate is the count or one too small; of what a double holds the rounded logarithm may be one too large, too.
  const estimate = double < Infinity ? Math.max(Math.floor(Math.log10(double)), 1) : Math.floor((bitLength(value) - 1) * LOG10_2) + 1;
  if (value < pow10(estimate)) return estimate;
  return value >= pow10(estimate + 1) ? estimate + 2 : estimate + 1;
}

function countSmall(value: number): number {
  let digits = 1;
  while (digits < SMALL_UNITS && value >= UNITS[digits]!) digits++;
  return digits;
}

/** Bits of a positive bigint. */
export function bitLength(value: bigint): number {
  const hex = value.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(parseInt(hex[0]!, 16)));
}

/** A finite number. */
export function finite(negative: boolean, coefficient: bigint, exponent: Int): Dec {
  return new Dec('finite', negative, coefficient <= SAFE_BIG ? Number(coefficient) : NOT_SMALL, coefficient, exponent, countDigits(coefficient));
}

/** A finite number whose digits are counted. @hot every operation on long coefficients */
export function finiteOfDigits(negative: boolean, coefficient: bigint, exponent: Int, digits: number): Dec {
  if (digits < SMALL_UNITS) return new Dec('finite', negative, Number(coefficient), null, exponent, digits);
  const isSmall = digits === SMALL_UNITS && coefficient <= SAFE_BIG;
  return new Dec('finite', negative, isSmall ? Number(coefficient) : NOT_SMALL, coefficient, exponent, digits);
}

/** A finite number, not 0, whose coefficient has `least` digits or one more: asking takes one comparison. @hot sums, products and quotients of long coefficients */
export function finiteOfAbout(negative: boolean, coefficient: bigint, exponent: Int, least: number): Dec {
  return finiteOfDigits(negative, coefficient, exponent, coefficient >= pow10(least) ? least + 1 : least);
}

/** A finite number whose coefficient is a safe integer. @hot */
export function finiteSmall(negative: boolean, coefficient: number, exponent: Int): Dec {
  return new Dec('finite', negative, coefficient, null, exponent, countSmall(coefficient));
}

/** An infinity. */
export function infinity(negative: boolean): Dec {
  return new Dec('inf', negative, 0, null, 0, 1);
}

/** A NaN with a payload, 0 for none. */
export function nan(negative = false, payload = 0n, kind: 'qnan' | 'snan' = 'qnan'): Dec {
  return finite(negative, payload, 0).with({ kind });
}

export const ZERO: Dec = finite(false, 0n, 0);
export const ONE: Dec = finite(false, 1n, 0);

/** An integer as a decimal. */
export function ofInt(value: Int): Dec {
  if (typeof value === 'number') return finiteSmall(value < 0, Math.abs(value), 0);
  return value < 0 ? finite(true, -value, 0) : finite(false, value, 0);
}

/** The same with another sign. */
export function withSign(a: Dec, negative: boolean): Dec {
  return a.negative === negative ? a : a.with({ negative });
}

/** Whether `a` is 0 or -0. */
export function isZero(a: Dec): boolean {
  return a.kind === 'finite' && a.small === 0;
}

/** Whether `a` is a NaN of either kind. */
export function isNaN(a: Dec): boolean {
  return a.kind === 'qnan' || a.kind === 'snan';
}

/** The exponent of the first digit. */
export function adjusted(a: Dec): Int {
  return intAdd(a.exponent, a.digits - 1);
}

/** The coefficient at a smaller exponent. */
export function coefficientAt(a: Dec, exponent: Int): bigint {
  return a.exponent === exponent ? a.coefficient : a.coefficient * pow10(intSub(a.exponent, exponent));
}

/** As `coefficientAt` where the result is a safe integer, and less than 0 where it is not. */
export function smallAt(a: Dec, exponent: Int): number {
  if (a.exponent === exponent) return a.small;
  const shift = intSub(a.exponent, exponent);
  if (a.small < 0 || shift >= SMALL_UNITS) return NOT_SMALL;
  const scaled = a.small * UNITS[Number(shift)]!;
  return scaled <= Number.MAX_SAFE_INTEGER ? scaled : NOT_SMALL;
}

/** Whether a finite number is an integer. */
export function isInteger(a: Dec): boolean {
  if (a.kind !== 'finite') return false;
  if (a.exponent >= 0 || a.small === 0) return true;
  if (intAdd(a.exponent, a.digits) <= 0) return false;
  return a.coefficient % pow10(intSub(0, a.exponent)) === 0n;
}

/** A whole number's value; the caller knows that it is one and not out of memory's reach. */
export function toBigInt(a: Dec): bigint {
  const magnitude = a.exponent >= 0 ? a.coefficient * pow10(a.exponent) : a.small === 0 ? 0n : a.coefficient / pow10(intSub(0, a.exponent));
  return a.negative ? -magnitude : magnitude;
}
