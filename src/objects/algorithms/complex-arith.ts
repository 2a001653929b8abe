/**
 * Arithmetic on complex numbers as pairs of doubles, with the infinities of C99 Annex G.
 *
 * Source: CPython Objects/complexobject.c (_Py_c_prod, _Py_c_quot, _Py_c_pow, complex_from_string_inner).
 */
import { hypot } from '../../base/hypot.ts';
import { copySign } from './float-arith.ts';
import { formatDouble } from './float-repr.ts';
import { stripAsciiSpace, toAsciiNumeral } from './int-format.ts';

/** A complex number. */
export interface ComplexParts {
  readonly real: number;
  readonly imag: number;
}

function isInfinite(x: number): boolean {
  return x === Infinity || x === -Infinity;
}

/** 1 or 0 with the sign of x, as x is infinite or not. */
function boxed(x: number): number {
  return copySign(isInfinite(x) ? 1 : 0, x);
}

function zeroed(x: number): number {
  return x !== x ? copySign(0, x) : x;
}

/** a * b */
export function complexMul(a: ComplexParts, b: ComplexParts): ComplexParts {
  const ac = a.real * b.real;
  const bd = a.imag * b.imag;
  const ad = a.real * b.imag;
  const bc = a.imag * b.real;
  const real = ac - bd;
  const imag = ad + bc;
  if (real === real || imag === imag) return { real, imag };
  return recoverProduct(a, b, [ac, bd, ad, bc]) ?? { real, imag };
}

/** Infinities that came out as NaN + NaN j. */
function recoverProduct(first: ComplexParts, second: ComplexParts, products: readonly number[]): ComplexParts | undefined {
  let a = first;
  let b = second;
  let recalculate = false;
  if (isInfinite(a.real) || isInfinite(a.imag)) {
    a = { real: boxed(a.real), imag: boxed(a.imag) };
    b = { real: zeroed(b.real), imag: zeroed(b.imag) };
    recalculate = true;
  }
  if (isInfinite(b.real) || isInfinite(b.imag)) {
    b = { real: boxed(b.real), imag: boxed(b.imag) };
    a = { real: zeroed(a.real), imag: zeroed(a.imag) };
    recalculate = true;
  }
  if (!recalculate && products.some(isInfinite)) {
    a = { real: zeroed(a.real), imag: zeroed(a.imag) };
    b = { real: zeroed(b.real), imag: zeroed(b.imag) };
    recalculate = true;
  }
  if (!recalculate) return undefined;
  return { real: Infinity * (a.real * b.real - a.imag * b.imag), imag: Infinity * (a.real * b.imag + a.imag * b.real) };
}

/** What dividing by a number comes down to without overflow on the way: the smaller part in parts of the larger one, and a real divisor. */
interface Divisor {
  readonly isReal: boolean;
  readonly ratio: number;
  readonly size: number;
}

/** Undefined for zero. NaN in either part makes both numbers NaN. */
function divisorOf({ real, imag }: ComplexParts): Divisor | undefined {
  if (Math.abs(real) >= Math.abs(imag)) return real === 0 ? undefined : { isReal: true, ratio: imag / real, size: real + imag * (imag / real) };
  return { isReal: false, ratio: real / imag, size: real * (real / imag) + imag };
}

/** a / b; undefined for division by zero. */
export function complexDiv(a: ComplexParts, b: ComplexParts): ComplexParts | undefined {
  const by = divisorOf(b);
  if (by === undefined) return undefined;
  const { ratio, size } = by;
  const result = by.isReal ? { real: (a.real + a.imag * ratio) / size, imag: (a.imag - a.real * ratio) / size }
    : { real: (a.real * ratio + a.imag) / size, imag: (a.imag * ratio - a.real) / size };
  return result.real === result.real || result.imag === result.imag ? result : recoverQuotient(a, b, result);
}

/** a / b for a real a, which has no imaginary part; undefined for division by zero (_Py_rc_quot). */
export function complexRealDiv(a: number, b: ComplexParts): ComplexParts | undefined {
  const by = divisorOf(b);
  if (by === undefined) return undefined;
  const { ratio, size } = by;
  const result = by.isReal ? { real: a / size, imag: (-a * ratio) / size } : { real: (a * ratio) / size, imag: -a / size };
  if (result.real === result.real || result.imag === result.imag || !Number.isFinite(a) || !(isInfinite(b.real) || isInfinite(b.imag))) return result;
  return { real: 0 * (a * boxed(b.real)), imag: 0 * (-a * boxed(b.imag)) };
}

function recoverQuotient(a: ComplexParts, b: ComplexParts, result: ComplexParts): ComplexParts {
  if ((isInfinite(a.real) || isInfinite(a.imag)) && Number.isFinite(b.real) && Number.isFinite(b.imag)) {
    const x = boxed(a.real);
    const y = boxed(a.imag);
    return { real: Infinity * (x * b.real + y * b.imag), imag: Infinity * (y * b.real - x * b.imag) };
  }
  if ((isInfinite(b.real) || isInfinite(b.imag)) && Number.isFinite(a.real) && Number.isFinite(a.imag)) {
    const x = boxed(b.real);
    const y = boxed(b.imag);
    return { real: 0 * (a.real * x + a.imag * y), imag: 0 * (a.imag * x - a.real * y) };
  }
  return result;
}

const ONE: ComplexParts = { real: 1, imag: 0 };

/** What a power cannot be. */
export type ComplexPowFailure = 'zero division' | 'overflow';

/** a ** b; small integral exponents by multiplication. */
export function complexPow(a: ComplexParts, b: ComplexParts): ComplexParts | ComplexPowFailure {
  let result: ComplexParts | undefined;
  if (b.imag === 0 && Number.isInteger(b.real) && Math.abs(b.real) <= 100) {
    const power = powerBySquaring(a, Math.abs(b.real));
    result = b.real >= 0 ? power : complexDiv(ONE, power);
  } else result = generalPower(a, b);
  if (result === undefined) return 'zero division';
  return isInfinite(result.real) || isInfinite(result.imag) ? 'overflow' : result;
}

function powerBySquaring(base: ComplexParts, exponent: number): ComplexParts {
  let result = ONE;
  let square = base;
  for (let rest = exponent; rest > 0; rest >>= 1) {
    if ((rest & 1) === 1) result = complexMul(result, square);
    square = complexMul(square, square);
  }
  return result;
}

function generalPower(a: ComplexParts, b: ComplexParts): ComplexParts | undefined {
  if (a.real === 0 && a.imag === 0) return b.imag !== 0 || b.real < 0 ? undefined : { real: 0, imag: 0 };
  const size = hypot(a.real, a.imag);
  const angle = Math.atan2(a.imag, a.real);
  let length = size ** b.real;
  let phase = angle * b.real;
  if (b.imag !== 0) {
    length *= Math.exp(-angle * b.imag);
    phase += b.imag * Math.log(size);
  }
  return { real: length * Math.cos(phase), imag: length * Math.sin(phase) };
}

/** repr of a complex number. */
export function complexRepr(value: ComplexParts): string {
  const part = (x: number): string => formatDouble(x, 'r', 0);
  const imag = part(value.imag);
  if (Object.is(value.real, 0)) return `${imag}j`;
  return `(${part(value.real)}${imag[0] === '-' ? '' : '+'}${imag}j)`;
}

const DIGITS = '[0-9]+(?:_[0-9]+)*';
const NUMBER = `(?:(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?|inf(?:inity)?|nan)`;
const REAL = new RegExp(`^([+-]?${NUMBER})$`, 'i');
const IMAGINARY = new RegExp(`^([+-]?${NUMBER}|[+-]?)j$`, 'i');
const BOTH = new RegExp(`^([+-]?${NUMBER})([+-]${NUMBER}|[+-])j$`, 'i');

function partValue(text: string): number {
  if (text === '' || text === '+') return 1;
  if (text === '-') return -1;
  const lower = text.toLowerCase();
  if (lower.includes('nan')) return NaN;
  if (lower.includes('inf')) return text[0] === '-' ? -Infinity : Infinity;
  return Number(text.replaceAll('_', ''));
}

/** complex(text), or undefined when the text is no complex number. */
export function parseComplexText(text: string): ComplexParts | undefined {
  let body = stripAsciiSpace(toAsciiNumeral(text));
  if (body.startsWith('(') && body.endsWith(')')) body = stripAsciiSpace(body.slice(1, -1));
  const real = REAL.exec(body);
  if (real !== null) return { real: partValue(real[1]!), imag: 0 };
  const imaginary = IMAGINARY.exec(body);
  if (imaginary !== null) return { real: 0, imag: partValue(imaginary[1]!) };
  const both = BOTH.exec(body);
  return both === null ? undefined : { real: partValue(both[1]!), imag: partValue(both[2]!) };
}
