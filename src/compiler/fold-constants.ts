/** Operators on constants at compile time: numbers, strings, bytes, tuples, subscripts. `undefined`: leave it to run time. */
import { ConstBytes } from '../base/constants.ts';
import { ConstSlice, ConstTuple } from '../bytecode/code.ts';
import type { Const } from '../bytecode/code.ts';
import { NB } from '../bytecode/operands.ts';
import { foldNumbers, foldUnaryNumber, isInt, isNumber } from './fold-numbers.ts';

const MAX_COLLECTION_SIZE = 256;
const MAX_STRING_SIZE = 4096;
/** Items of a repeated tuple, those of nested tuples included. */
const MAX_TOTAL_ITEMS = 1024;

/** Whether a constant is true. */
export function isTrue(value: Const): boolean {
  if (value === null || typeof value === 'boolean') return value === true;
  if (typeof value === 'string') return value.length > 0;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'bigint') return value !== 0n;
  switch (value.kind) {
    case 'float': return value.value !== 0;
    case 'complex': return value.real !== 0 || value.imag !== 0;
    case 'bytes': return value.value.length > 0;
    case 'tuple': case 'frozenset': return value.items.length > 0;
    default: return true;
  }
}

/** The unary operators of constants. */
export function foldUnary(operator: '-' | '+' | '~' | 'not', value: Const): Const | undefined {
  if (operator === 'not') return !isTrue(value);
  return isNumber(value) ? foldUnaryNumber(operator, value) : undefined;
}

/** `left op right`; `op` is an operand of BINARY_OP. */
export function foldBinary(left: Const, op: number, right: Const): Const | undefined {
  if (op === NB.SUBSCR) return foldSubscript(left, right);
  if (isNumber(left) && isNumber(right)) return foldNumbers(left, op, right);
  if (op === NB.ADD) return foldConcat(left, right);
  if (op === NB.MULTIPLY) return isInt(right) ? foldRepeat(left, right) : isInt(left) ? foldRepeat(right, left) : undefined;
  return undefined;
}

function foldConcat(left: Const, right: Const): Const | undefined {
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (left instanceof ConstTuple && right instanceof ConstTuple) return new ConstTuple([...left.items, ...right.items]);
  if (left instanceof ConstBytes && right instanceof ConstBytes) return new ConstBytes(concatBytes([left.value, right.value]));
  return undefined;
}

function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function foldRepeat(sequence: Const, count: boolean | number | bigint): Const | undefined {
  const n = Number(count);
  if (typeof sequence === 'string') {
    const size = [...sequence].length;
    if (size === 0) return '';
    return n < 0 || n > Math.floor(MAX_STRING_SIZE / size) ? undefined : sequence.repeat(n);
  }
  if (sequence instanceof ConstBytes) {
    const { length } = sequence.value;
    if (length === 0) return sequence;
    return n < 0 || n > Math.floor(MAX_STRING_SIZE / length) ? undefined : new ConstBytes(concatBytes(Array.from({ length: n }, () => sequence.value)));
  }
  if (sequence instanceof ConstTuple) {
    const { length } = sequence.items;
    if (length === 0) return sequence;
    if (n < 0 || n > Math.floor(MAX_COLLECTION_SIZE / length)) return undefined;
    if (n > 0 && remainingItems(sequence, Math.floor(MAX_TOTAL_ITEMS / n)) < 0) return undefined;
    return new ConstTuple(Array.from({ length: n }, () => sequence.items).flat());
  }
  return undefined;
}

/** What is left of `limit` after counting the items of nested tuples; negative when they are too many. */
function remainingItems(value: Const, limit: number): number {
  if (!(value instanceof ConstTuple)) return limit;
  limit -= value.items.length;
  for (let i = 0; limit >= 0 && i < value.items.length; i++) limit = remainingItems(value.items[i]!, limit);
  return limit;
}

function foldSubscript(container: Const, index: Const): Const | undefined {
  if (typeof container === 'string') {
    const characters = [...container];
    if (index instanceof ConstSlice) return sliceItems(characters, index)?.join('');
    return itemAt(characters, index);
  }
  if (container instanceof ConstTuple) {
    if (!(index instanceof ConstSlice)) return itemAt(container.items, index);
    const items = sliceItems(container.items, index);
    return items && new ConstTuple(items);
  }
  if (container instanceof ConstBytes) {
    const bytes = [...container.value];
    if (!(index instanceof ConstSlice)) return itemAt(bytes, index);
    const items = sliceItems(bytes, index);
    return items && new ConstBytes(Uint8Array.from(items));
  }
  return undefined;
}

function itemAt<T>(items: readonly T[], index: Const): T | undefined {
  return isInt(index) ? items.at(Number(index)) : undefined;
}

function sliceItems<T>(items: readonly T[], slice: ConstSlice): T[] | undefined {
  const step = slice.step === null ? 1 : isInt(slice.step) ? Number(slice.step) : 0;
  if (step === 0) return undefined;
  const start = sliceBound(slice.start, items.length, step, step > 0 ? 0 : items.length - 1);
  const stop = sliceBound(slice.stop, items.length, step, step > 0 ? items.length : -1);
  if (start === undefined || stop === undefined) return undefined;
  const out: T[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) out.push(items[i]!);
  return out;
}

/** A bound of a slice, clipped to the sequence. */
function sliceBound(bound: Const, length: number, step: number, absent: number): number | undefined {
  if (bound === null) return absent;
  if (!isInt(bound)) return undefined;
  const low = step < 0 ? -1 : 0;
  const high = step < 0 ? length - 1 : length;
  const value = Number(bound);
  return Math.min(Math.max(value < 0 ? value + length : value, low), high);
}
