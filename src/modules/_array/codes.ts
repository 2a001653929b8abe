/** The type codes of `array`: sizes, and reading and writing of one item (Modules/arraymodule.c). */
import { PyFloat } from '../../core/scalars.ts';
import type { Thread } from '../../core/thread.ts';
import type { Int, Value } from '../../core/value.ts';
import { strLength } from '../../objects/algorithms/str-code-points.ts';
import { normalizeInt } from '../../objects/algorithms/int-arith.ts';
import { newFloat } from '../../objects/make.ts';
import { toDouble } from '../../objects/numbers.ts';
import { toIndex } from '../../objects/operators.ts';
import { raiseOverflowError, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { asStr, typeOf } from '../../objects/type-of.ts';

/** What a type code means. */
export interface ArrayCode {
  readonly code: string;
  readonly size: number;
  /** Number of its little-endian machine format, for pickles. */
  readonly machineFormat: number;
  /** The item's format in a buffer. */
  readonly format: string;
  readonly isText: boolean;
  readonly signed: boolean;
  readonly isFloat: boolean;
  get(view: DataView, at: number): Value;
  /** Converts a value to what `put` takes; raises when it does not fit. */
  convert(t: Thread, value: Value): number | bigint;
  put(view: DataView, at: number, value: number | bigint): void;
}

function indexOf(t: Thread, value: Value): Int {
  if (typeof value === 'number') return value;
  if (typeOf(value).slots.nb_index === null) raiseTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  return toIndex(t, value);
}

interface Range {
  readonly low: number;
  readonly high: number;
  readonly name: string;
}

function check(value: Int, { low, high, name }: Range): void {
  if (value < low) raiseOverflowError(`${name} is less than minimum`);
  if (value > high) raiseOverflowError(`${name} is greater than maximum`);
}

const SHORT: Range = { low: -0x8000, high: 0x7fff, name: 'signed short integer' };
const INT: Range = { low: -0x80000000, high: 0x7fffffff, name: 'signed integer' };

/** An int that passes these ranges in turn, as CPython converts through larger C types first. */
function through(...ranges: Range[]): ArrayCode['convert'] {
  return (t, value) => {
    const index = indexOf(t, value);
    if (BigInt.asIntN(64, BigInt(index)) !== BigInt(index)) raiseOverflowError('Python int too large to convert to C long');
    for (const range of ranges) check(index, range);
    return index;
  };
}

function unsignedWide(limit: number, messages: { tooLarge: string; negative: string; overflow: string }): ArrayCode['convert'] {
  return (t, value) => {
    const index = BigInt(indexOf(t, value));
    if (index < 0n) raiseOverflowError(messages.negative);
    if (index >= 1n << 64n) raiseOverflowError(messages.overflow);
    return index >= 1n << BigInt(limit) ? raiseOverflowError(messages.tooLarge) : index;
  };
}

function signedWide(message: string): ArrayCode['convert'] {
  return (t, value) => {
    const index = BigInt(indexOf(t, value));
    return BigInt.asIntN(64, index) === index ? index : raiseOverflowError(message);
  };
}

function convertFloat(t: Thread, value: Value): number {
  return value instanceof PyFloat ? value.value : toDouble(t, value);
}

function convertText(_t: Thread, value: Value): number {
  const text = asStr(value) ?? raiseTypeError(`array item must be a unicode character, not ${typeName(value)}`);
  const length = strLength(text);
  return length === 1 ? text.codePointAt(0)! : raiseTypeError(`array item must be a unicode character, not a string of length ${length}`);
}

function getText(view: DataView, at: number): Value {
  const point = view.getUint32(at, true);
  return point <= 0x10ffff ? String.fromCodePoint(point) : raiseValueError(`character U+${point.toString(16)} is not in range [U+0000; U+10ffff]`);
}

type Accessors = Pick<ArrayCode, 'get' | 'put' | 'convert'>;

function code(letter: string, size: number, machineFormat: number, accessors: Accessors, traits: Partial<Pick<ArrayCode, 'format' | 'isText' | 'signed' | 'isFloat'>> = {}): ArrayCode {
  return { code: letter, size, machineFormat, format: letter, isText: false, signed: false, isFloat: false, ...traits, ...accessors };
}

const TEXT: Accessors = { get: getText, put: (view, at, value) => view.setUint32(at, Number(value), true), convert: convertText };
const LONG: Accessors = {
  get: (view, at) => normalizeInt(view.getBigInt64(at, true)),
  put: (view, at, value) => view.setBigInt64(at, BigInt(value), true),
  convert: signedWide('Python int too large to convert to C long'),
};
const UNSIGNED_LONG: Accessors = {
  get: (view, at) => normalizeInt(view.getBigUint64(at, true)),
  put: (view, at, value) => view.setBigUint64(at, BigInt(value), true),
  convert: unsignedWide(64, {
    tooLarge: '', negative: "can't convert negative value to unsigned int", overflow: 'Python int too large to convert to C unsigned long',
  }),
};

const ROWS: readonly ArrayCode[] = [
  code('b', 1, 1, {
    get: (view, at) => view.getInt8(at), put: (view, at, value) => view.setInt8(at, Number(value)),
    convert: through(SHORT, { low: -128, high: 127, name: 'signed char' }),
  }, { signed: true }),
  code('B', 1, 0, {
    get: (view, at) => view.getUint8(at), put: (view, at, value) => view.setUint8(at, Number(value)),
    convert: through({ low: 0, high: 255, name: 'unsigned byte integer' }),
  }),
  code('u', 4, 20, TEXT, { isText: true, format: 'w' }),
  code('w', 4, 20, TEXT, { isText: true }),
  code('h', 2, 4, { get: (view, at) => view.getInt16(at, true), put: (view, at, value) => view.setInt16(at, Number(value), true), convert: through(SHORT) }, { signed: true }),
  code('H', 2, 2, {
    get: (view, at) => view.getUint16(at, true), put: (view, at, value) => view.setUint16(at, Number(value), true),
    convert: through(INT, { low: 0, high: 0xffff, name: 'unsigned short' }),
  }),
  code('i', 4, 8, { get: (view, at) => view.getInt32(at, true), put: (view, at, value) => view.setInt32(at, Number(value), true), convert: through(INT) }, { signed: true }),
  code('I', 4, 6, {
    get: (view, at) => view.getUint32(at, true), put: (view, at, value) => view.setUint32(at, Number(value), true),
    convert: unsignedWide(32, {
      tooLarge: 'unsigned int is greater than maximum', negative: "can't convert negative value to unsigned int",
      overflow: 'Python int too large to convert to C unsigned long',
    }),
  }),
  code('l', 8, 12, LONG, { signed: true }),
  code('L', 8, 10, UNSIGNED_LONG),
  code('q', 8, 12, { ...LONG, convert: signedWide('int too big to convert') }, { signed: true }),
  code('Q', 8, 10, { ...UNSIGNED_LONG, convert: unsignedWide(64, { tooLarge: '', negative: "can't convert negative int to unsigned", overflow: 'int too big to convert' }) }),
  code('f', 4, 14, { get: (view, at) => newFloat(view.getFloat32(at, true)), put: (view, at, value) => view.setFloat32(at, Number(value), true), convert: convertFloat }, { isFloat: true }),
  code('d', 8, 16, { get: (view, at) => newFloat(view.getFloat64(at, true)), put: (view, at, value) => view.setFloat64(at, Number(value), true), convert: convertFloat }, { isFloat: true }),
];

/** Letter → meaning. */
export const ARRAY_CODES: ReadonlyMap<string, ArrayCode> = new Map(ROWS.map((entry) => [entry.code, entry]));

/** A machine format of pickles, which may come from another machine. */
export interface MachineFormat {
  readonly size: number;
  readonly kind: 'int' | 'float' | 'utf-16' | 'utf-32';
  readonly signed: boolean;
  readonly littleEndian: boolean;
}

const INT_FORMATS = 14;
const TEXT_FORMATS = 18;
const FORMATS = 22;

/** The format with this number: 0–13 ints by size and sign, 14–17 floats, 18–21 text; odd numbers from 3 on are big-endian. */
export function machineFormat(number: number): MachineFormat | undefined {
  if (number < 0 || number >= FORMATS) return undefined;
  if (number < 2) return { size: 1, kind: 'int', signed: number === 1, littleEndian: true };
  const littleEndian = number % 2 === 0;
  if (number < INT_FORMATS) {
    const step = Math.floor((number - 2) / 2);
    return { size: 2 << Math.floor(step / 2), kind: 'int', signed: step % 2 === 1, littleEndian };
  }
  if (number < TEXT_FORMATS) return { size: number < INT_FORMATS + 2 ? 4 : 8, kind: 'float', signed: true, littleEndian };
  return { size: number < TEXT_FORMATS + 2 ? 2 : 4, kind: number < TEXT_FORMATS + 2 ? 'utf-16' : 'utf-32', signed: false, littleEndian };
}
