/**
 * Modular powers by Montgomery's multiplication, in WebAssembly: words of 32 bits whose products are whole in 64, which neither doubles nor the engine's bigints give. A product and
 * its reduction take a third of the time of `a * b % m`.
 *
 * Memory: MODULUS, SUM (the running sum, two words longer), ONE_AT (the number 1), DIGITS (the exponent, a byte for each of its digits), and the powers of the base, at POWERS + digit * STRIDE;
 * the result is at RESULT. Numbers are little-endian.
 * Source: Koç, Acar, Kaliski: Analyzing and Comparing Montgomery Multiplication Algorithms (FIOS).
 */

const STRIDE = 64;
/** Words of the largest modulus: beyond, the engine's own multiplication is faster. */
const MAX_WORDS = STRIDE / 4 - 2;
const MODULUS = 0;
const SUM = STRIDE;
const ONE_AT = 2 * STRIDE;
const RESULT = 3 * STRIDE;
const POWERS = 4 * STRIDE;
const WINDOW = 4;
const DIGITS = POWERS + STRIDE * (1 << WINDOW);

// Instructions by their codes (WebAssembly core specification, 5.4).
const LOOP = [0x03, 0x40];
const BLOCK = [0x02, 0x40];
const END = [0x0b];
const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const tee = (local: number): number[] => [0x22, local];
const br = (depth: number): number[] => [0x0c, depth];
const brIf = (depth: number): number[] => [0x0d, depth];
const call = (index: number): number[] => [0x10, index];
const load = (offset: number): number[] => [0x35, 2, ...unsigned(offset)];
const store = (offset: number): number[] => [0x3e, 2, ...unsigned(offset)];
const i32 = (value: number): number[] => [0x41, ...signed(value)];
const i64 = (value: number): number[] => [0x42, ...signed(value)];
const I32_EQZ = [0x45];
const I32_LT_U = [0x49];
const I32_GT_U = [0x4b];
const I32_ADD = [0x6a];
const I32_SUB = [0x6b];
const I32_MUL = [0x6c];
const I64_ADD = [0x7c];
const I64_SUB = [0x7d];
const I64_MUL = [0x7e];
const I64_AND = [0x83];
const I64_SHR_S = [0x87];
const I64_SHR_U = [0x88];
const WRAP = [0xa7];
const EXTEND_U = [0xad];

/** LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 0x3f || value < -0x40; value = Math.floor(value / 128)) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value & 0x7f];
}

const MASK = [...i64(0xffffffff), ...I64_AND];
const UPPER = [...i64(32), ...I64_SHR_U];

/** `multiply(size, factor, to, a, b)`: size in bytes, `factor` -1 / modulus in the last word. Gives a * b / 2**(8 * size) below the modulus. */
function multiplyBody(): number[] {
  const { size, factor, to, a, b, i, j, multiplier, quotient, carry, carry2, sum, borrow } = { size: 0, factor: 1, to: 2, a: 3, b: 4, i: 5, j: 6, multiplier: 7, quotient: 8, carry: 9, carry2: 10, sum: 11, borrow: 12 };
  const clear = [
    ...i32(0), ...set(j), ...LOOP,
    ...get(j), ...i64(0), ...store(SUM),
    ...get(j), ...i32(4), ...I32_ADD, ...tee(j), ...get(size), ...I32_GT_U, ...I32_EQZ, ...brIf(0), ...END,
  ];
  const first = [
    ...get(b), ...get(i), ...I32_ADD, ...load(0), ...set(multiplier),
    // sum = a[0] * b[i] + SUM[0]
    ...get(a), ...load(0), ...get(multiplier), ...I64_MUL, ...i32(0), ...load(SUM), ...I64_ADD, ...tee(sum), ...UPPER, ...set(carry),
    ...get(sum), ...WRAP, ...get(factor), ...I32_MUL, ...EXTEND_U, ...set(quotient),
    ...get(sum), ...MASK, ...get(quotient), ...i32(0), ...load(MODULUS), ...I64_MUL, ...I64_ADD, ...UPPER, ...set(carry2),
  ];
  const others = [
    ...i32(4), ...set(j), ...BLOCK, ...LOOP,
    ...get(j), ...get(size), ...I32_LT_U, ...I32_EQZ, ...brIf(1),
    ...get(a), ...get(j), ...I32_ADD, ...load(0), ...get(multiplier), ...I64_MUL, ...get(j), ...load(SUM), ...I64_ADD, ...get(carry), ...I64_ADD, ...tee(sum), ...UPPER, ...set(carry),
    ...get(sum), ...MASK, ...get(quotient), ...get(j), ...load(MODULUS), ...I64_MUL, ...I64_ADD, ...get(carry2), ...I64_ADD, ...set(sum),
    ...get(j), ...get(sum), ...store(SUM - 4), ...get(sum), ...UPPER, ...set(carry2),
    ...get(j), ...i32(4), ...I32_ADD, ...set(j), ...br(0), ...END, ...END,
  ];
  const top = [
    ...get(carry), ...get(carry2), ...I64_ADD, ...get(size), ...load(SUM), ...I64_ADD, ...set(sum),
    ...get(size), ...get(sum), ...store(SUM - 4), ...get(size), ...get(sum), ...UPPER, ...store(SUM),
  ];
  const rows = [
    ...i32(0), ...set(i), ...LOOP, ...first, ...others, ...top,
    ...get(i), ...i32(4), ...I32_ADD, ...tee(i), ...get(size), ...I32_LT_U, ...brIf(0), ...END,
  ];
  // to = SUM - modulus; where that is negative, SUM.
  const subtract = [
    ...i64(0), ...set(borrow), ...i32(0), ...set(j), ...LOOP,
    ...get(j), ...load(SUM), ...get(j), ...load(MODULUS), ...I64_SUB, ...get(borrow), ...I64_ADD, ...set(sum),
    ...get(to), ...get(j), ...I32_ADD, ...get(sum), ...store(0), ...get(sum), ...i64(32), ...I64_SHR_S, ...set(borrow),
    ...get(j), ...i32(4), ...I32_ADD, ...tee(j), ...get(size), ...I32_LT_U, ...brIf(0), ...END,
  ];
  const keep = [
    ...BLOCK, ...get(borrow), ...get(size), ...load(SUM), ...I64_ADD, ...WRAP, ...I32_EQZ, ...brIf(0),
    ...i32(0), ...set(j), ...LOOP,
    ...get(to), ...get(j), ...I32_ADD, ...get(j), ...load(SUM), ...store(0),
    ...get(j), ...i32(4), ...I32_ADD, ...tee(j), ...get(size), ...I32_LT_U, ...brIf(0), ...END, ...END,
  ];
  return [...locals([[2, 0x7f], [6, 0x7e]]), ...clear, ...rows, ...subtract, ...keep, ...END];
}

/** `power(size, factor, count)`: RESULT to the power of what the digits behind the first say. */
function powerBody(): number[] {
  const { size, factor, count, i, k, digit } = { size: 0, factor: 1, count: 2, i: 3, k: 4, digit: 5 };
  const operands = [...get(size), ...get(factor), ...i32(RESULT), ...i32(RESULT)];
  return [
    ...locals([[3, 0x7f]]),
    ...i32(1), ...set(i), ...BLOCK, ...LOOP,
    ...get(i), ...get(count), ...I32_LT_U, ...I32_EQZ, ...brIf(1),
    ...i32(WINDOW), ...set(k), ...LOOP, ...operands, ...i32(RESULT), ...call(0), ...get(k), ...i32(1), ...I32_SUB, ...tee(k), ...brIf(0), ...END,
    ...BLOCK, ...get(i), ...[0x2d, 0, ...unsigned(DIGITS)], ...tee(digit), ...I32_EQZ, ...brIf(0),
    ...operands, ...get(digit), ...i32(STRIDE), ...I32_MUL, ...i32(POWERS), ...I32_ADD, ...call(0), ...END,
    ...get(i), ...i32(1), ...I32_ADD, ...set(i), ...br(0), ...END, ...END, ...END,
  ];
}

function locals(groups: readonly (readonly [count: number, type: number])[]): number[] {
  return [groups.length, ...groups.flat()];
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  const body = [...unsigned(items.length), ...items.flat()];
  return [id, ...unsigned(body.length), ...body];
}

function exported(name: string, kind: number, index: number): number[] {
  return [name.length, ...Buffer.from(name), kind, index];
}

function moduleBytes(): Uint8Array {
  const code = (body: readonly number[]): number[] => [...unsigned(body.length), ...body];
  const signature = (count: number): number[] => [0x60, count, ...new Array<number>(count).fill(0x7f), 0];
  return Uint8Array.from([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [signature(5), signature(3)]), ...section(3, [[0], [1]]), ...section(5, [[0, 1]]),
    ...section(7, [exported('multiply', 0, 0), exported('power', 0, 1), exported('memory', 2, 0)]),
    ...section(10, [code(multiplyBody()), code(powerBody())]),
  ]);
}

interface Kernel {
  multiply(size: number, factor: number, to: number, a: number, b: number): void;
  power(size: number, factor: number, count: number): void;
  readonly words: BigUint64Array;
  readonly bytes: Uint8Array;
}

/** The part of the engine's WebAssembly that is used here; the types of Node name none of it. */
interface Engine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Pick<Kernel, 'multiply' | 'power'> & { readonly memory: { readonly buffer: ArrayBuffer } } };
}

/** Declared cache: the code and its memory, made when first needed; null where the engine has no WebAssembly. */
let kernel: Kernel | null | undefined;

function makeKernel(): Kernel | null {
  const { WebAssembly: engine } = globalThis as { readonly WebAssembly?: Engine };
  if (engine === undefined) return null;
  const { multiply, power, memory } = new engine.Instance(new engine.Module(moduleBytes())).exports;
  return { multiply, power, words: new BigUint64Array(memory.buffer), bytes: new Uint8Array(memory.buffer) };
}

function put({ words }: Kernel, at: number, value: bigint, size: number): void {
  let rest = value;
  for (let i = at >> 3; i < (at + size + 7) >> 3; i++) {
    words[i] = rest;
    rest >>= 64n;
  }
}

function take({ words }: Kernel, at: number, size: number): bigint {
  let value = 0n;
  for (let i = ((at + size + 7) >> 3) - 1; i >= at >> 3; i--) value = (value << 64n) | words[i]!;
  return BigInt.asUintN(size * 8, value);
}

/** -1 / odd in 32 bits, by Newton's iteration. */
function negativeInverse(odd: number): number {
  let inverse = odd;
  for (let i = 0; i < 4; i++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return -inverse | 0;
}

/** Exponents with fewer hexadecimal digits are not worth the table of powers. */
const LEAST_DIGITS = 12;
const MAX_DIGITS = 32768;

/** base ** exponent % modulus for 0 <= base < modulus; undefined where this is not the way: even or large moduli, short exponents. `digits` is the exponent in hexadecimal, `bits` the length of the modulus. @hot tests of primality */
export function montgomeryPower(base: bigint, digits: string, modulus: bigint, bits: number): bigint | undefined {
  const count = (bits + 31) >> 5;
  if (count > MAX_WORDS || digits.length < LEAST_DIGITS || digits.length > MAX_DIGITS || (modulus & 1n) === 0n) return undefined;
  const code = (kernel ??= makeKernel());
  if (code === null) return undefined;
  const size = count * 4;
  const factor = negativeInverse(Number(modulus & 0xffffffffn));
  const shift = BigInt(size * 8);
  put(code, MODULUS, modulus, size);
  put(code, ONE_AT, 1n, size);
  put(code, POWERS, (1n << shift) % modulus, size);
  put(code, POWERS + STRIDE, (base << shift) % modulus, size);
  for (let i = 2; i < 1 << WINDOW; i++) code.multiply(size, factor, POWERS + i * STRIDE, POWERS + (i - 1) * STRIDE, POWERS + STRIDE);
  for (let i = 0; i < digits.length; i++) code.bytes[DIGITS + i] = digitOf(digits.charCodeAt(i));
  const first = POWERS + code.bytes[DIGITS]! * STRIDE;
  code.bytes.copyWithin(RESULT, first, first + size);
  code.power(size, factor, digits.length);
  code.multiply(size, factor, RESULT, RESULT, ONE_AT);
  return take(code, RESULT, size);
}

/** The value of a hexadecimal digit, by its code. */
function digitOf(code: number): number {
  return code >= 97 ? code - 87 : code - 48;
}
