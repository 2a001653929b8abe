/** What each operation's JavaScript computes: against plain arithmetic, and against tier 0 for all numbers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramRunner } from '../../test/lang-runner.ts';
import { NB } from '../bytecode/operands.ts';
import { PyFloat } from '../core/scalars.ts';
import type { Value } from '../core/value.ts';
import { PyBaseException } from '../core/exception.ts';
import { servicesOf } from '../hooks/services.ts';
import { FLOAT_TYPE } from '../objects/static-types.ts';
import { helpersFor } from './compile.ts';
import { Node } from './ir.ts';
import { FLOAT } from './kinds.ts';
import { OPERATIONS, operationOf, type Emission, type OperationName } from './operations.ts';
import { doubleFloorDivide, doubleModulo, intFloorDivide, intModulo, rangeLength } from './runtime-helpers.ts';
import { DOUBLE_OPERATIONS, INT_OPERATIONS } from './passes/specialise.ts';

const t = new ProgramRunner(/* referenceLoop */ false, '0').thread;
const { operations } = servicesOf(t.interpreter);
const helpers = helpersFor(servicesOf(t.interpreter), { leave: () => undefined, leaveLeaf: () => undefined, restart: () => undefined, enterLeaf: () => undefined, raisedAt: () => undefined, raisedHere: () => undefined, leaveInlined: () => undefined, leaveLeafInlined: () => undefined, raisedAtInlined: () => undefined });

/** The compiled form leaves to tier 0. */
const LEFT = Symbol('left');

/** One operation as a JavaScript function of its operands, the last of which may be a constant. */
function compiled(op: OperationName, imm?: unknown, last?: number): (...args: unknown[]) => unknown {
  const names: string[] = [];
  const values: unknown[] = [];
  const outside = (value: unknown): string => {
    values.push(value);
    return names[names.push(`c${names.length}`) - 1]!;
  };
  const c: Emission = { constant: outside, helper: (name) => outside(helpers.get(name)), relies: () => false, verifies: false, func: 'func', owner: 'func' };
  const row = operationOf(new Node(op, [], imm));
  const count = row.operands.replace('*', '').length;
  const parameters = Array.from({ length: count }, (_, i) => `a${i}`);
  const operands = parameters.map((name, i) => (i === count - 1 && last !== undefined ? String(last) : name));
  const node = new Node(op, operands.map((_, i) => new Node(i === count - 1 ? 'const' : 'argument', [], last)), imm);
  const lines = [
    ...(row.check === undefined ? [] : [`if (!(${row.check(c, node, operands)})) return LEFT;`]),
    `const r = ${row.emit === undefined ? 'a0' : row.emit(c, node, operands)};`,
    ...(row.checkResult === undefined ? [] : [`if (!(${row.checkResult('r')})) return LEFT;`]),
    'return r;',
  ];
  return new Function('LEFT', 't', ...names, `return (${parameters.join(', ')}) => {\n${lines.join('\n')}\n};`)(LEFT, t, ...values) as (...args: unknown[]) => unknown;
}

/** Ints that are JavaScript numbers, the ends of that range and of 32 bits among them. */
const ints = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -70, max: 70 }), fc.integer(), fc.constantFrom(2 ** 53 - 1, 1 - 2 ** 53, 2 ** 31, -(2 ** 31), 2 ** 31 - 1, 2 ** 32, 2 ** 52, -(2 ** 52), 0, 1, -1));
const doubles = fc.oneof(fc.double(), fc.integer({ min: -9, max: 9 }).map((i) => i / 2), fc.constantFrom(0, -0, Infinity, -Infinity, NaN, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, 1, -1));
const RUNS = { numRuns: 400 };

const isSafe = (value: bigint): boolean => value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
const floorDivide = (a: bigint, b: bigint): bigint => (a % b !== 0n && a < 0n !== b < 0n ? a / b - 1n : a / b);
const modulo = (a: bigint, b: bigint): bigint => a - b * floorDivide(a, b);

describe('helpers', () => {
  it('intModulo and intFloorDivide are those of exact ints', () => {
    fc.assert(fc.property(ints, ints.filter((b) => b !== 0), (a, b) => {
      expect(intModulo(a, b)).toBe(Number(modulo(BigInt(a), BigInt(b))));
      if (Math.abs(a) < 2 ** 52) expect(intFloorDivide(a, b)).toBe(Number(floorDivide(BigInt(a), BigInt(b))));
    }), RUNS);
  });

  it('doubleModulo has the sign of the divisor, and with doubleFloorDivide gives the dividend back', () => {
    const halves = fc.integer({ min: -4000, max: 4000 }).map((i) => i / 8);
    fc.assert(fc.property(halves, halves.filter((b) => b !== 0), (a, b) => {
      const rest = doubleModulo(a, b);
      const quotient = doubleFloorDivide(a, b);
      expect(Math.abs(rest)).toBeLessThan(Math.abs(b));
      expect(rest === 0 ? Object.is(rest, b < 0 ? -0 : 0) : rest < 0 === b < 0).toBe(true);
      expect(quotient * b + rest).toBe(a === 0 ? 0 : a);
      expect(quotient === 0 || quotient === Math.floor(a / b)).toBe(true);
    }), RUNS);
  });

  it('rangeLength counts what a loop would', () => {
    const small = fc.integer({ min: -40, max: 40 });
    fc.assert(fc.property(small, small, small.filter((step) => step !== 0), (start, stop, step) => {
      let count = 0;
      for (let i = start; step > 0 ? i < stop : i > stop; i += step) count++;
      expect(Object.is(rangeLength(start, stop, step), count)).toBe(true);
    }), RUNS);
    fc.assert(fc.property(ints, ints, ints.filter((step) => step !== 0), (start, stop, step) => {
      const [a, b, s] = [BigInt(start), BigInt(stop), BigInt(step)];
      const exact = s > 0n ? (b > a ? (b - a - 1n) / s + 1n : 0n) : (a > b ? (a - b - 1n) / -s + 1n : 0n);
      const length = compiled('range_length')(start, stop, step);
      if (length !== LEFT) expect(BigInt(length as number)).toBe(exact);
    }), RUNS);
  });
});

describe('operations on ints', () => {
  const exact: Partial<Record<OperationName, (a: bigint, b: bigint) => bigint>> = {
    int_add: (a, b) => a + b, int_sub: (a, b) => a - b, int_mul: (a, b) => a * b, int_and: (a, b) => a & b, int_or: (a, b) => a | b, int_xor: (a, b) => a ^ b,
    int_floordiv: floorDivide, int_mod: modulo, int_lshift: (a, b) => a << b, int_rshift: (a, b) => a >> b,
    int_min: (a, b) => (b < a ? b : a), int_max: (a, b) => (b > a ? b : a), int_neg: (a) => -a, int_invert: (a) => ~a, int_abs: (a) => (a < 0n ? -a : a),
    small_add: (a, b) => a + b, small_sub: (a, b) => a - b, small_mul: (a, b) => a * b, small_and: (a, b) => a & b, small_or: (a, b) => a | b, small_xor: (a, b) => a ^ b,
    small_lshift: (a, b) => a << b, small_rshift: (a, b) => a >> b, small_invert: (a) => ~a, small_quot: (a, b) => a / b, small_rem: (a, b) => a % b,
  };
  const littleInts = fc.oneof(ints, fc.integer({ min: -0x8000, max: 0x7fff }), fc.integer({ min: -0x8000, max: 0x7fff }));
  it.each(Object.entries(exact))('%s gives the exact result, or leaves', (name, compute) => {
    const run = compiled(name as OperationName);
    const left = name.startsWith('small_') ? littleInts : ints;
    const right = name.endsWith('shift') ? fc.integer({ min: -3, max: 60 }) : left;
    let results = 0;
    fc.assert(fc.property(left, right, (a, b) => {
      const result = run(a, b);
      if (result === LEFT) return;
      results++;
      // Not -0, which no int is.
      const value = compute(BigInt(a), BigInt(b));
      expect(isSafe(value)).toBe(true);
      expect(result).toBe(Number(value));
    }), RUNS);
    expect(results).toBeGreaterThan(RUNS.numRuns / 5);
  });

  it('leave for big results, division by zero and strange shifts only', () => {
    const left = (op: OperationName, a: number, b: number): boolean => compiled(op)(a, b) === LEFT;
    expect([left('int_add', 2 ** 53 - 2, 1), left('int_add', 2 ** 53 - 1, 1), left('int_sub', -(2 ** 53) + 1, 1), left('int_mul', 2 ** 30, 2 ** 22), left('int_mul', 2 ** 30, 2 ** 23)]).toEqual([false, true, true, false, true]);
    expect([left('int_floordiv', 1, 0), left('int_mod', 1, 0), left('int_truediv', 1, 0), left('int_lshift', 1, -1), left('int_lshift', 1, 52), left('int_lshift', 0, 53), left('int_rshift', 1, -1)]).toEqual([true, true, true, true, false, true, true]);
  });

  it('of 32 bits leave where operands of bits or the result have more', () => {
    const left = (op: OperationName, a: number, b: number): boolean => compiled(op)(a, b) === LEFT;
    expect([left('small_add', 2 ** 31 - 2, 1), left('small_add', 2 ** 31 - 1, 1), left('small_sub', -(2 ** 31), 1), left('small_mul', 2 ** 15, 2 ** 15), left('small_mul', 2 ** 16, 2 ** 15)]).toEqual([false, true, true, false, true]);
    expect([left('small_and', 2 ** 32, 1), left('small_or', 1, 2 ** 31), left('small_lshift', 1, 30), left('small_lshift', 1, 31), left('small_lshift', -1, 31), left('small_lshift', 1, 32), left('small_rshift', -9, 31), left('small_rshift', 2 ** 31, 1)]).toEqual([true, true, false, true, false, true, false, true]);
  });

  it.each([1, 2, 3, 7, 8, 1000, 2 ** 30, 2 ** 31 - 1])('small divisions by a constant %i are exact when they are floored', (by) => {
    const [quot, rem, floorQuot, floorRem] = [compiled('small_quot', undefined, by), compiled('small_rem', undefined, by), compiled('floor_quot', undefined, by), compiled('floor_rem', undefined, by)];
    for (const a of [0, 1, -1, by - 1, by, -by, 1 - by, 2 ** 31 - 1, -(2 ** 31), 12_345_678, -87_654_321]) {
      expect([floorQuot(quot(a), a), floorRem(rem(a))]).toEqual([Number(floorDivide(BigInt(a), BigInt(by))), Number(modulo(BigInt(a), BigInt(by)))]);
    }
    expect([quot(2 ** 31), rem(-(2 ** 31) - 1)]).toEqual([LEFT, LEFT]);
  });

  it('small divisions leave for divisors that are not positive, or large', () => {
    expect([0, -1, -7, 2 ** 31].flatMap((by) => [compiled('small_quot')(20, by), compiled('small_rem')(20, by)])).toEqual(new Array(8).fill(LEFT));
  });

  it.each([0, 1, 2, 3, 4, 5])('int_compare %i and double_compare agree with exact numbers', (imm) => {
    const compare = [(a: bigint, b: bigint) => a < b, (a: bigint, b: bigint) => a <= b, (a: bigint, b: bigint) => a === b, (a: bigint, b: bigint) => a !== b, (a: bigint, b: bigint) => a > b, (a: bigint, b: bigint) => a >= b][imm]!;
    fc.assert(fc.property(ints, ints, (a, b) => {
      expect(compiled('int_compare', imm)(a, b)).toBe(compare(BigInt(a), BigInt(b)));
      expect(compiled('double_compare', imm)(a, b)).toBe(compare(BigInt(a), BigInt(b)));
    }), { numRuns: 60 });
  });
});

/** A value as text that tells apart all that Python does. */
function shown(value: unknown): string {
  if (value instanceof PyFloat) return `float ${Object.is(value.value, -0) ? '-0' : String(value.value)}`;
  return `${typeof value} ${Object.is(value, -0) ? '-0' : String(value)}`;
}

function inTierZero(a: Value, b: Value, operand: number): string {
  try {
    return shown(operations.binary(t, a, b, operand));
  } catch (caught) {
    return caught instanceof PyBaseException ? caught.type.name : String(caught);
  }
}

const boxed = (value: number): Value => new PyFloat(FLOAT_TYPE, value);
const operatorName = Object.fromEntries(Object.entries(NB).map(([name, number]) => [number, name]));

describe('a special form gives what tier 0 gives, or leaves', () => {
  it.each(Object.entries(INT_OPERATIONS).map(([operand, op]) => [operatorName[operand]!, op, Number(operand)] as const))('%s of ints: %s', (_name, op, operand) => {
    const run = compiled(op);
    const { isDouble } = OPERATIONS[op] as { isDouble?: boolean };
    fc.assert(fc.property(ints, ints, (a, b) => {
      const result = run(a, b);
      if (result !== LEFT) expect(shown(isDouble === true ? boxed(result as number) : result)).toBe(inTierZero(a, b, operand));
    }), RUNS);
  });

  it.each(Object.entries(DOUBLE_OPERATIONS).map(([operand, op]) => [operatorName[operand]!, op, Number(operand)] as const))('%s of floats: %s', (_name, op, operand) => {
    const run = compiled(op);
    let results = 0;
    fc.assert(fc.property(doubles, doubles, (a, b) => {
      const result = run(a, b);
      if (result === LEFT) return;
      results++;
      expect(shown(boxed(result as number))).toBe(inTierZero(boxed(a), boxed(b), operand));
    }), { numRuns: 2_000 });
    expect(results).toBeGreaterThan(400);
  });

  it.each([['double_neg', 'negative'], ['int_neg', 'negative'], ['int_invert', 'invert']] as const)('%s', (op, name) => {
    const isDouble = OPERATIONS[op].result === FLOAT;
    fc.assert(fc.property(isDouble ? doubles : ints, (a) => {
      const result = compiled(op)(a);
      if (result !== LEFT) expect(shown(isDouble ? boxed(result as number) : result)).toBe(shown(operations[name](t, isDouble ? boxed(a) : a)));
    }), RUNS);
  });

  it.each([['double_truth', true], ['int_truth', false], ['str_truth', false]] as const)('%s', (op, isDouble) => {
    const values = op === 'str_truth' ? fc.oneof(fc.constant(''), fc.string()) : isDouble ? doubles : ints;
    fc.assert(fc.property(values as fc.Arbitrary<number>, (a) => void expect(compiled(op)(a)).toBe(operations.truth(t, isDouble ? boxed(a) : a))), RUNS);
  });

  it('double_trunc and double_sqrt, as int() and math.sqrt() do', () => {
    fc.assert(fc.property(doubles, (a) => {
      const whole = compiled('double_trunc')(a);
      if (whole !== LEFT) expect(shown(whole)).toBe(shown(Number(BigInt(Math.trunc(a)))));
      const root = compiled('double_sqrt')(a);
      expect(root === LEFT).toBe(!(a >= 0));
    }), RUNS);
  });
});

describe('elements of a sequence', () => {
  it('index_wrap and guard_index accept what Python accepts, and nothing else', () => {
    fc.assert(fc.property(fc.integer({ min: -8, max: 8 }), fc.nat(6), (index, length) => {
      const wrapped = compiled('index_wrap')(index, length) as number;
      const found = compiled('guard_index')(wrapped, length);
      if (index >= -length && index < length) expect(found).toBe(index < 0 ? index + length : index);
      else expect(found).toBe(LEFT);
    }), RUNS);
  });
});

describe('the table of operations', () => {
  it.each(Object.keys(OPERATIONS) as OperationName[])('%s is complete: its letters, and a way to be emitted', (op) => {
    const row = operationOf(new Node(op, []));
    expect(row.operands).toMatch(/^[vder]*\*?$/);
    // A guard without a value hands on its first operand.
    if (op !== 'const' && op !== 'param') expect(row.emit !== undefined || row.perform !== undefined || (row.effect === 'guard' && row.operands !== '')).toBe(true);
    if (row.check !== undefined || row.checkResult !== undefined) expect(['guard', 'read', 'write']).toContain(row.effect);
    if (row.isCall === true) expect(row.effect).toBe('call');
    if (row.isDouble === true) expect(row.result).toBe(FLOAT);
    expect(row.emit !== undefined && row.perform !== undefined).toBe(false);
  });
});
