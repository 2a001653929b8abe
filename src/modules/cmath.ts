/** `cmath` (Modules/cmathmodule.c). Infinities and NaN follow from the formulas; C99's tables of special values are not all reproduced. */
import { hypot } from '../base/hypot.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { complexDiv, type ComplexParts } from '../objects/algorithms/complex-arith.ts';
import { newComplex, newFloat, newTuple } from '../objects/make.ts';
import { toComplexParts, toDouble } from '../objects/numbers.ts';
import { raiseOverflowError, raiseValueError } from '../objects/raise.ts';
import type { MethodRow } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';

const DOMAIN = 'math domain error';

function z(real: number, imag: number): ComplexParts {
  return { real, imag };
}

function isFiniteParts(a: ComplexParts): boolean {
  return Number.isFinite(a.real) && Number.isFinite(a.imag);
}

function squareRoot({ real, imag }: ComplexParts): ComplexParts {
  if (real === 0 && imag === 0) return z(0, imag);
  if (!Number.isFinite(imag) && imag === imag) return z(Infinity, imag);
  if (real === -Infinity) return z(imag === imag ? 0 : NaN, imag < 0 || Object.is(imag, -0) ? -Infinity : Infinity);
  // Halving the magnitudes first keeps hypot from overflowing.
  const s = 2 * Math.sqrt(Math.abs(real) / 8 + hypot(real / 8, imag / 8));
  const d = Math.abs(imag) / (2 * s);
  const negative = imag < 0 || Object.is(imag, -0);
  return real >= 0 ? z(s, negative ? -d : d) : z(d, negative ? -s : s);
}

function exponential({ real, imag }: ComplexParts): ComplexParts {
  if (imag === 0) return z(Math.exp(real), imag);
  if (real === -Infinity && !Number.isFinite(imag)) return z(0, 0);
  // Past 709 the factor alone would overflow although the product may not.
  const scale = real > 709 ? Math.exp(real - 1) : Math.exp(real);
  const extra = real > 709 ? Math.E : 1;
  return z(scale * Math.cos(imag) * extra, scale * Math.sin(imag) * extra);
}

function logarithm({ real, imag }: ComplexParts): ComplexParts {
  const [ax, ay] = [Math.abs(real), Math.abs(imag)];
  const h = hypot(ax, ay);
  const angle = Math.atan2(imag, real);
  if (h >= 0.71 && h <= 1.73) {
    const [high, low] = ax > ay ? [ax, ay] : [ay, ax];
    return z(Math.log1p((high - 1) * (high + 1) + low * low) / 2, angle);
  }
  return z(h === Infinity && isFiniteParts(z(real, imag)) ? Math.log(hypot(ax / 2, ay / 2)) + Math.LN2 : Math.log(h), angle);
}

function hyperbolicSine({ real, imag }: ComplexParts): ComplexParts {
  return imag === 0 ? z(Math.sinh(real), imag) : z(Math.cos(imag) * Math.sinh(real), Math.sin(imag) * Math.cosh(real));
}

function hyperbolicCosine({ real, imag }: ComplexParts): ComplexParts {
  return imag === 0 ? z(Math.cosh(real), real * imag < 0 || Object.is(real * imag, -0) ? -0 : 0) : z(Math.cos(imag) * Math.cosh(real), Math.sin(imag) * Math.sinh(real));
}

function hyperbolicTangent({ real, imag }: ComplexParts): ComplexParts {
  if (Math.abs(real) > 354) return z(Math.sign(real), 4 * Math.sin(imag) * Math.cos(imag) * Math.exp(-2 * Math.abs(real)));
  const tx = Math.tanh(real);
  const ty = Math.tan(imag);
  const cx = 1 / Math.cosh(real);
  const denominator = 1 + (tx * ty) ** 2;
  return z((tx * (1 + ty * ty)) / denominator, (ty / denominator) * cx * cx);
}

function arcSinh(a: ComplexParts): ComplexParts {
  const s1 = squareRoot(z(1 + a.imag, -a.real));
  const s2 = squareRoot(z(1 - a.imag, a.real));
  return z(Math.asinh(s1.real * s2.imag - s2.real * s1.imag), Math.atan2(a.imag, s1.real * s2.real - s1.imag * s2.imag));
}

function arcCos(a: ComplexParts): ComplexParts {
  const s1 = squareRoot(z(1 - a.real, -a.imag));
  const s2 = squareRoot(z(1 + a.real, a.imag));
  return z(2 * Math.atan2(s1.real, s2.real), Math.asinh(s2.real * s1.imag - s2.imag * s1.real));
}

function arcCosh(a: ComplexParts): ComplexParts {
  const s1 = squareRoot(z(a.real - 1, a.imag));
  const s2 = squareRoot(z(a.real + 1, a.imag));
  return z(Math.asinh(s1.real * s2.real + s1.imag * s2.imag), 2 * Math.atan2(s1.imag, s2.real));
}

function arcTanh(a: ComplexParts): ComplexParts {
  if (a.real < 0 || Object.is(a.real, -0)) {
    const mirrored = arcTanh(z(-a.real, -a.imag));
    return z(-mirrored.real, -mirrored.imag);
  }
  const ay = Math.abs(a.imag);
  if (a.real === 1 && ay === 0) raiseValueError(DOMAIN);
  const real = Math.log1p((4 * a.real) / ((1 - a.real) ** 2 + ay * ay)) / 4;
  return z(real, -Math.atan2(-2 * a.imag, (1 - a.real) * (1 + a.real) - ay * ay) / 2);
}

/** f(i·z)/i: how the circular functions follow from the hyperbolic ones. */
function turned(f: (a: ComplexParts) => ComplexParts): (a: ComplexParts) => ComplexParts {
  return (a) => {
    const result = f(z(-a.imag, a.real));
    return z(result.imag, -result.real);
  };
}

function logOf(t: Thread, value: Value): ComplexParts {
  const parts = toComplexParts(t, value);
  return parts.real === 0 && parts.imag === 0 ? raiseValueError(DOMAIN) : logarithm(parts);
}

function cmath_log(t: Thread, value: Value, base: Maybe): Value {
  const result = logOf(t, value);
  const quotient = base === undefined ? result : (complexDiv(result, logOf(t, base)) ?? raiseValueError(DOMAIN));
  return newComplex(quotient.real, quotient.imag);
}

function cmath_rect(t: Thread, r: Value, phi: Value): Value {
  const [length, angle] = [toDouble(t, r), toDouble(t, phi)];
  if (!Number.isFinite(angle) && length !== 0 && length === length && angle === angle) raiseValueError(DOMAIN);
  return angle === 0 ? newComplex(length, length * angle) : newComplex(length * Math.cos(angle), length * Math.sin(angle));
}

function magnitude(parts: ComplexParts): number {
  const length = hypot(parts.real, parts.imag);
  return length === Infinity && isFiniteParts(parts) ? raiseOverflowError('math range error') : length;
}

function cmath_isclose(t: Thread, a: Value, b: Value, relative: Maybe, absolute: Maybe): Value {
  const [x, y] = [toComplexParts(t, a), toComplexParts(t, b)];
  const rel = relative === undefined ? 1e-9 : toDouble(t, relative);
  const abs = absolute === undefined ? 0 : toDouble(t, absolute);
  if (rel < 0 || abs < 0) raiseValueError('tolerances must be non-negative');
  if (x.real === y.real && x.imag === y.imag) return true;
  if ([x, y].some((parts) => Math.abs(parts.real) === Infinity || Math.abs(parts.imag) === Infinity)) return false;
  const difference = hypot(x.real - y.real, x.imag - y.imag);
  return difference <= rel * hypot(y.real, y.imag) || difference <= rel * hypot(x.real, x.imag) || difference <= abs;
}

const SIGNATURE = '($module, z, /)';

/** A function of one number; a finite argument whose result is not finite is out of range. */
function unary(f: (a: ComplexParts) => ComplexParts, doc: string): MethodRow {
  const implementation = (t: Thread, value: Value): Value => {
    const parts = toComplexParts(t, value);
    const result = f(parts);
    if (isFiniteParts(parts) && !isFiniteParts(result)) raiseOverflowError('math range error');
    return newComplex(result.real, result.imag);
  };
  return [implementation, SIGNATURE, doc];
}

function test(f: (a: ComplexParts) => boolean, doc: string): MethodRow {
  return [(t: Thread, value: Value): Value => f(toComplexParts(t, value)), SIGNATURE, doc];
}

/** The table. */
export const CMATH_MODULE: NativeModule = {
  name: 'cmath',
  doc: 'This module provides access to mathematical functions for complex\nnumbers.',
  functions: {
    acos: unary(arcCos, 'Return the arc cosine of z.'),
    acosh: unary(arcCosh, 'Return the inverse hyperbolic cosine of z.'),
    asin: unary(turned(arcSinh), 'Return the arc sine of z.'),
    asinh: unary(arcSinh, 'Return the inverse hyperbolic sine of z.'),
    atan: unary(turned(arcTanh), 'Return the arc tangent of z.'),
    atanh: unary(arcTanh, 'Return the inverse hyperbolic tangent of z.'),
    cos: unary(({ real, imag }) => hyperbolicCosine(z(-imag, real)), 'Return the cosine of z.'),
    cosh: unary(hyperbolicCosine, 'Return the hyperbolic cosine of z.'),
    exp: unary(exponential, 'Return the exponential value e**z.'),
    sin: unary(turned(hyperbolicSine), 'Return the sine of z.'),
    sinh: unary(hyperbolicSine, 'Return the hyperbolic sine of z.'),
    sqrt: unary(squareRoot, 'Return the square root of z.'),
    tan: unary(turned(hyperbolicTangent), 'Return the tangent of z.'),
    tanh: unary(hyperbolicTangent, 'Return the hyperbolic tangent of z.'),
    log: [cmath_log, '($module, z, base=<unrepresentable>, /)', 'log(z[, base]) -> the logarithm of z to the given base.\n\nIf the base is not specified, returns the natural logarithm (base e) of z.'],
    log10: [
      (t: Thread, value: Value) => {
        const { real, imag } = logOf(t, value);
        return newComplex(real / Math.LN10, imag / Math.LN10);
      },
      SIGNATURE, 'Return the base-10 logarithm of z.',
    ],
    isfinite: test(isFiniteParts, 'Return True if both the real and imaginary parts of z are finite, else False.'),
    isinf: test((a) => Math.abs(a.real) === Infinity || Math.abs(a.imag) === Infinity, 'Checks if the real or imaginary part of z is infinite.'),
    isnan: test((a) => a.real !== a.real || a.imag !== a.imag, 'Checks if the real or imaginary part of z not a number (NaN).'),
    isclose: [cmath_isclose, '($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)', 'Determine whether two complex numbers are close in value.'],
    phase: [(t: Thread, value: Value) => {
      const { real, imag } = toComplexParts(t, value);
      return newFloat(Math.atan2(imag, real));
    }, SIGNATURE, 'Return argument, also known as the phase angle, of a complex.'],
    polar: [(t: Thread, value: Value) => {
      const parts = toComplexParts(t, value);
      return newTuple([newFloat(magnitude(parts)), newFloat(Math.atan2(parts.imag, parts.real))]);
    }, SIGNATURE, 'Convert a complex from rectangular coordinates to polar coordinates.'],
    rect: [cmath_rect, '($module, r, phi, /)', 'Convert from polar coordinates to rectangular coordinates.'],
  },
  attributes: () => ({
    e: newFloat(Math.E), pi: newFloat(Math.PI), tau: newFloat(2 * Math.PI), inf: newFloat(Infinity), nan: newFloat(NaN),
    infj: newComplex(0, Infinity), nanj: newComplex(0, NaN),
  }),
};
