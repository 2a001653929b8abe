/** Arithmetic on doubles with Python's rules for signs, zeros and errors. Source: CPython Objects/floatobject.c. */
import { accuratePower } from '../../base/float-power.ts';

/** copysign(magnitude, sign) */
export function copySign(magnitude: number, sign: number): number {
  const negative = sign < 0 || Object.is(sign, -0);
  const absolute = Math.abs(magnitude);
  return negative ? -absolute : absolute;
}

/** a % b with the sign of b; b is not 0. */
export function floatMod(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return copySign(0, b);
  return rest < 0 !== b < 0 ? rest + b : rest;
}

/** a // b; b is not 0. */
export function floatFloorDiv(a: number, b: number): number {
  const rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0 && rest < 0 !== b < 0) quotient -= 1;
  if (quotient === 0) return copySign(0, a / b);
  const floor = Math.floor(quotient);
  // The division by b may have rounded just below the integer that it is.
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** What a power cannot be: division by zero, a complex number, or an overflow. */
export type PowFailure = 'zero division' | 'complex' | 'overflow';

/** a ** b */
export function floatPow(a: number, b: number): number | PowFailure {
  if (b === 0 || a === 1) return 1;
  if (a !== a || b !== b) return NaN;
  const oddExponent = Math.abs(b % 2) === 1;
  if (a === 0) {
    if (b === -Infinity) return Infinity;
    if (b < 0) return 'zero division';
    return oddExponent ? a : 0;
  }
  if (b === Infinity || b === -Infinity) {
    const magnitude = Math.abs(a);
    if (magnitude === 1) return 1;
    return b > 0 === magnitude > 1 ? Infinity : 0;
  }
  if (a === Infinity || a === -Infinity) {
    const magnitude = b > 0 ? Infinity : 0;
    return oddExponent ? copySign(magnitude, a) : magnitude;
  }
  if (a < 0 && b !== Math.floor(b)) return 'complex';
  const result = accuratePower(a, b);
  return Number.isFinite(result) ? result : 'overflow';
}
