/** Arithmetic of constants as Python does it: ints of any size, floats, complex numbers. `undefined`: it raises, or must wait for run time. */
import { ConstComplex, ConstFloat } from '../base/constants.ts';
import type { Literal } from '../base/constants.ts';
import { accuratePower } from '../base/float-power.ts';
import { NB } from '../bytecode/operands.ts';

/** A number constant; bools count as ints. */
export type NumberConst = boolean | number | bigint | ConstFloat | ConstComplex;

/** Results beyond this size (in bits) are not computed at compile time. */
const MAX_INT_BITS = 128;

/** Whether a constant is a number. */
export function isNumber(value: unknown): value is NumberConst {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' || value instanceof ConstFloat || value instanceof ConstComplex;
}

/** Whether a constant is an int (or bool). */
export function isInt(value: unknown): value is boolean | number | bigint {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
}

/** An int as bigint. */
export function toBig(value: boolean | number | bigint): bigint {
  return BigInt(value);
}

/** An int in its usual form: a number while it is a safe integer. */
export function fromBig(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** `left op right` for numbers; `op` is an operand of BINARY_OP. */
export function foldNumbers(left: NumberConst, op: number, right: NumberConst): Literal | undefined {
  if (left instanceof ConstComplex || right instanceof ConstComplex) return foldComplex(left, op, right);
  if (isInt(left) && isInt(right)) return foldInts(left, op, right);
  const x = toFloat(left);
  const y = toFloat(right);
  return x === undefined || y === undefined ? undefined : foldFloats(x, op, y);
}

function toFloat(value: boolean | number | bigint | ConstFloat): number | undefined {
  if (value instanceof ConstFloat) return value.value;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined; // too large: OverflowError
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : (value < 0n ? -value : value).toString(2).length;
}

function foldInts(left: boolean | number | bigint, op: number, right: boolean | number | bigint): Literal | undefined {
  if (typeof left === 'boolean' && typeof right === 'boolean') {
    if (op === NB.AND) return left && right;
    if (op === NB.OR) return left || right;
    if (op === NB.XOR) return left !== right;
  }
  if (op === NB.TRUE_DIVIDE) return divideInts(toBig(left), toBig(right));
  if (op === NB.POWER && toBig(right) < 0n) {
    const [x, y] = [toFloat(left), toFloat(right)];
    return x === undefined || y === undefined ? undefined : foldFloats(x, op, y);
  }
  const result = foldBigs(toBig(left), op, toBig(right));
  return result === undefined ? undefined : fromBig(result);
}

function foldBigs(v: bigint, op: number, w: bigint): bigint | undefined {
  switch (op) {
    case NB.ADD: return v + w;
    case NB.SUBTRACT: return v - w;
    case NB.AND: return v & w;
    case NB.OR: return v | w;
    case NB.XOR: return v ^ w;
    case NB.MULTIPLY: return v !== 0n && w !== 0n && bitLength(v) + bitLength(w) > MAX_INT_BITS ? undefined : v * w;
    case NB.FLOOR_DIVIDE: return w === 0n ? undefined : floorDivide(v, w);
    case NB.REMAINDER: return w === 0n ? undefined : v - floorDivide(v, w) * w;
    case NB.POWER: return v !== 0n && w > 0n && BigInt(bitLength(v)) > BigInt(MAX_INT_BITS) / w ? undefined : v ** w;
    case NB.LSHIFT:
      if (w < 0n) return undefined;
      if (v !== 0n && w !== 0n && (w > MAX_INT_BITS || bitLength(v) > MAX_INT_BITS - Number(w))) return undefined;
      return v === 0n ? 0n : v << w;
    case NB.RSHIFT: return w < 0n ? undefined : v >> w;
    default: return undefined;
  }
}

function floorDivide(v: bigint, w: bigint): bigint {
  const quotient = v / w;
  return v % w !== 0n && v < 0n !== w < 0n ? quotient - 1n : quotient;
}

/** The float nearest to the exact quotient. */
function divideInts(v: bigint, w: bigint): ConstFloat | undefined {
  if (w === 0n) return undefined;
  const [x, y] = [Number(v), Number(w)];
  if (Number.isSafeInteger(x) && Number.isSafeInteger(y)) return new ConstFloat(x / y);
  const negative = v < 0n !== w < 0n;
  const [a, b] = [v < 0n ? -v : v, w < 0n ? -w : w];
  // Scale so that the integer quotient has at least 64 bits; a sticky bit stands for the rest. BigInt to Number then rounds right.
  const shift = BigInt(Math.max(0, 64 + bitLength(b) - bitLength(a)));
  const scaled = a << shift;
  const quotient = (scaled / b) * 2n + (scaled % b === 0n ? 0n : 1n);
  const result = Number(quotient) / 2 ** (Number(shift) + 1);
  if (!Number.isFinite(result) || (result === 0 && a !== 0n)) return undefined;
  return new ConstFloat(negative ? -result : result);
}

function foldFloats(x: number, op: number, y: number): Literal | undefined {
  switch (op) {
    case NB.ADD: return new ConstFloat(x + y);
    case NB.SUBTRACT: return new ConstFloat(x - y);
    case NB.MULTIPLY: return new ConstFloat(x * y);
    case NB.TRUE_DIVIDE: return y === 0 ? undefined : new ConstFloat(x / y);
    case NB.FLOOR_DIVIDE: return y === 0 ? undefined : new ConstFloat(floorDivideFloats(x, y));
    case NB.REMAINDER: return y === 0 ? undefined : new ConstFloat(remainderFloats(x, y));
    case NB.POWER: return powerFloats(x, y);
    default: return undefined;
  }
}

function remainderFloats(x: number, y: number): number {
  const remainder = x % y;
  if (remainder === 0) return y < 0 || Object.is(y, -0) ? -0 : 0;
  return remainder < 0 !== y < 0 ? remainder + y : remainder;
}

function floorDivideFloats(x: number, y: number): number {
  let remainder = x % y;
  let quotient = (x - remainder) / y;
  if (remainder !== 0 && remainder < 0 !== y < 0) {
    remainder += y;
    quotient -= 1;
  }
  if (quotient === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

function powerFloats(x: number, y: number): ConstFloat | undefined {
  if (x === 0 && y < 0) return undefined; // ZeroDivisionError
  if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && !Number.isInteger(y)) return undefined; // a complex result
  const result = accuratePower(x, y);
  if (!Number.isFinite(result) && Number.isFinite(x) && Number.isFinite(y)) return undefined; // OverflowError
  return new ConstFloat(result);
}

// Complex numbers

/** A real operand keeps its nature: the imaginary part of the other one is not touched by adding a zero. */
function foldComplex(left: NumberConst, op: number, right: NumberConst): Literal | undefined {
  const a = left instanceof ConstComplex ? left : toFloat(left);
  const b = right instanceof ConstComplex ? right : toFloat(right);
  if (a === undefined || b === undefined) return undefined;
  switch (op) {
    case NB.ADD: return addComplex(a, b, 1);
    case NB.SUBTRACT: return addComplex(a, b, -1);
    case NB.MULTIPLY: return multiplyComplex(a, b);
    case NB.TRUE_DIVIDE: return divideComplex(a, b);
    case NB.POWER: return powerComplex(a, right);
    default: return undefined;
  }
}

type Operand = number | ConstComplex;

function addComplex(a: Operand, b: Operand, sign: 1 | -1): ConstComplex | undefined {
  if (typeof a === 'number') return typeof b === 'number' ? undefined : new ConstComplex(a + sign * b.real, sign * b.imag);
  if (typeof b === 'number') return new ConstComplex(a.real + sign * b, a.imag);
  return new ConstComplex(a.real + sign * b.real, a.imag + sign * b.imag);
}

function multiplyComplex(a: Operand, b: Operand): ConstComplex | undefined {
  if (typeof a === 'number') return typeof b === 'number' ? undefined : new ConstComplex(a * b.real, a * b.imag);
  if (typeof b === 'number') return new ConstComplex(a.real * b, a.imag * b);
  const real = a.real * b.real - a.imag * b.imag;
  const imag = a.real * b.imag + a.imag * b.real;
  // Infinite factors need care that constants never do.
  return Number.isNaN(real) && Number.isNaN(imag) ? undefined : new ConstComplex(real, imag);
}

function divideComplex(a: Operand, b: Operand): ConstComplex | undefined {
  if (typeof b === 'number') return b === 0 || typeof a === 'number' ? undefined : new ConstComplex(a.real / b, a.imag / b);
  const [ar, ai] = typeof a === 'number' ? [a, 0] : [a.real, a.imag];
  // Smith's method: divide by the larger part first, so that nothing overflows.
  if (Math.abs(b.real) >= Math.abs(b.imag)) {
    if (b.real === 0) return undefined;
    const ratio = b.imag / b.real;
    const denominator = b.real + b.imag * ratio;
    return new ConstComplex((ar + ai * ratio) / denominator, (ai - ar * ratio) / denominator);
  }
  const ratio = b.real / b.imag;
  const denominator = b.real * ratio + b.imag;
  return new ConstComplex((ar * ratio + ai) / denominator, (ai * ratio - ar) / denominator);
}

/** Small integer powers, by repeated squaring as CPython does; other powers wait for run time. */
function powerComplex(base: Operand, exponent: NumberConst): ConstComplex | undefined {
  if (typeof base === 'number' || !isInt(exponent)) return undefined;
  const n = Number(exponent);
  if (Math.abs(n) > 100) return undefined;
  let result = new ConstComplex(1, 0);
  let square = base;
  for (let rest = Math.abs(n); rest > 0; rest >>= 1) {
    if ((rest & 1) === 1) result = multiplyComplex(result, square) ?? result;
    square = multiplyComplex(square, square) ?? square;
  }
  return n < 0 ? divideComplex(new ConstComplex(1, 0), result) : result;
}

/** `-value`, `+value` or `~value`. */
export function foldUnaryNumber(operator: '-' | '+' | '~', value: NumberConst): Literal | undefined {
  if (operator === '~' && typeof value === 'boolean') return undefined; // deprecated: it must warn at run time
  if (isInt(value)) {
    const big = toBig(value);
    return fromBig(operator === '-' ? -big : operator === '+' ? big : ~big);
  }
  if (operator === '~') return undefined;
  if (operator === '+') return value;
  return value instanceof ConstFloat ? new ConstFloat(-value.value) : new ConstComplex(-value.real, -value.imag);
}
