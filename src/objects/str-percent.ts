/** `format % args` for str, and for bytes given as Latin-1 text. Source: CPython Objects/unicodeobject.c (PyUnicode_Format), Objects/bytesobject.c. */
import { PyDict, PyTuple } from '../core/containers.ts';
import { PyBytes, PyByteArray } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Maybe, Value } from '../core/value.ts';
import {
  isLaidOut, parsePercentFormat, percentFloat, percentInt, percentText, resolvePercentLayout, unsupportedPercentCode,
  type PercentConversion, type PercentFailure, type PercentLayout, type PercentPiece, type PercentSize,
} from './algorithms/percent-format.ts';
import { asBuffer } from './algorithms/bytes-search.ts';
import { latin1Bytes, latin1Text, SHORT_BYTES } from './algorithms/short-bytes.ts';
import { digitLimitMessage, exceedsDigitLimit } from './algorithms/int-format.ts';
import { strLength } from './algorithms/str-code-points.ts';
import { bytesLike } from './buffer.ts';
import { bytesByMethod } from './bytes-from-object.ts';
import { OverflowError, TypeError as PyTypeError } from './exception-types.ts';
import { tableGetStr } from './hash-table.ts';
import { intFromObject } from './int.ts';
import { newBytes } from './make.ts';
import { toDouble } from './numbers.ts';
import { toIndex } from './operators.ts';
import { isRaised, raise, raiseOverflowError, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { DICT_TYPE } from './static-types.ts';
import { getItem } from './subscript.ts';
import { ascii, repr, str } from './text.ts';
import { asInt, asStr, typeOf } from './type-of.ts';

/** Formats seen lately, parsed; programs use few, over and over. */
const parsedFormats = new Map<string, PercentPiece[]>();
const MAX_PARSED = 500;

/** The last one: comparing is faster than looking it up. */
let lastFormat = '';
let lastPieces: PercentPiece[] = [];

function piecesOf(format: string): PercentPiece[] {
  if (format !== lastFormat) lastPieces = foundPieces(format);
  // An equal string may be another one, which takes longer to compare: the next time it is this one.
  lastFormat = format;
  return lastPieces;
}

function foundPieces(format: string): PercentPiece[] {
  let pieces = parsedFormats.get(format);
  if (pieces === undefined) {
    if (parsedFormats.size >= MAX_PARSED) parsedFormats.clear();
    parsedFormats.set(format, (pieces = parsePercentFormat(format)));
  }
  return pieces;
}

const NO_ITEMS: readonly Value[] = [];

/** The arguments of one formatting and how far they are taken. */
class Arguments {
  private items: readonly Value[];
  private next = 0;
  private readonly mapping: Maybe;
  private readonly kind: 'string' | 'bytes';

  constructor(args: Value, kind: 'string' | 'bytes') {
    this.kind = kind;
    const isTuple = args instanceof PyTuple;
    this.items = isTuple ? args.items : [args];
    const isText = kind === 'string' ? asStr(args) !== undefined : args instanceof PyBytes || args instanceof PyByteArray;
    this.mapping = !isTuple && !isText && typeOf(args).slots.mp_subscript !== null ? args : undefined;
  }

  requireMapping(): Value {
    return this.mapping ?? raiseTypeError('format requires a mapping');
  }

  /** A key replaces the arguments by the one value that it names. */
  select(t: Thread, key: string): void {
    this.items = [this.named(t, key)];
    this.next = 0;
  }

  /** The value that a key names; no argument is left behind it. @hot the formats of logging */
  named(t: Thread, key: string): Value {
    const mapping = this.requireMapping();
    this.items = NO_ITEMS;
    this.next = 0;
    if (this.kind === 'bytes') return getItem(t, mapping, newBytes(new Uint8Array(Buffer.from(key, 'latin1'))));
    const found = mapping instanceof PyDict && mapping.type === DICT_TYPE && mapping.pending === null ? tableGetStr(mapping.table, key) : undefined;
    return found === undefined ? getItem(t, mapping, key) : found;
  }

  take(): Value {
    if (this.next >= this.items.length) raiseTypeError('not enough arguments for format string');
    return this.items[this.next++]!;
  }

  takeSize(size: PercentSize, what: 'width' | 'precision'): number {
    if (size !== '*') return size;
    const value = asInt(this.take());
    if (value === undefined) raiseTypeError('* wants int');
    const limit = what === 'width' ? Number.MAX_SAFE_INTEGER : 2147483647;
    if (value > limit || value < -limit) raiseOverflowError(`Python int too large to convert to C ${what === 'width' ? 'ssize_t' : 'int'}`);
    return Number(value);
  }

  finish(): void {
    if (this.next < this.items.length && this.mapping === undefined) raiseTypeError(`not all arguments converted during ${this.kind} formatting`);
  }
}

function fail(t: Thread, piece: PercentFailure, args: Arguments): never {
  if (piece.message === 'incomplete format key') args.requireMapping();
  if (piece.key !== undefined) args.select(t, piece.key);
  args.takeSize(piece.width, 'width');
  args.takeSize(piece.precision, 'precision');
  return raiseValueError(piece.message);
}

/** The int of %d and %x; source: mainformatlong. */
function intOperand(t: Thread, value: Value, code: string): Int {
  const direct = asInt(value);
  if (direct !== undefined) return direct;
  const hexadecimal = code === 'x' || code === 'X' || code === 'o';
  const wrong = (): never =>
    raiseTypeError(`%${code} format: ${hexadecimal ? 'an integer' : 'a real number'} is required, not ${typeName(value)}`);
  const { nb_int: toInt, nb_index: index, nb_float: toFloat } = typeOf(value).slots;
  if (toInt === null && index === null && toFloat === null) return wrong();
  try {
    return hexadecimal ? toIndex(t, value) : intFromObject(t, value);
  } catch (caught) {
    if (isRaised(caught, PyTypeError)) return wrong();
    throw caught;
  }
}

function formatNumber(t: Thread, value: Value, conversion: PercentConversion, layout: PercentLayout): string | undefined {
  const { code } = conversion;
  switch (code) {
    case 'd':
    case 'i':
    case 'u': {
      const int = intOperand(t, value, code);
      const limit = t.interpreter.intMaxStrDigits;
      if (exceedsDigitLimit(int, limit)) raiseValueError(digitLimitMessage(limit));
      return percentInt(int, conversion, layout);
    }
    case 'x':
    case 'X':
    case 'o':
      return percentInt(intOperand(t, value, code), conversion, layout);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return percentFloat(toDouble(t, value), conversion, layout);
    default:
      return undefined;
  }
}

function characterOperand(t: Thread, value: Value): string {
  const text = asStr(value);
  if (text !== undefined) {
    if (strLength(text) === 1) return text;
    raiseTypeError(`%c requires an int or a unicode character, not a string of length ${strLength(text)}`);
  }
  if (typeOf(value).slots.nb_index === null) raiseTypeError(`%c requires an int or a unicode character, not ${typeName(value)}`);
  const point = toIndex(t, value);
  return point >= 0 && point <= 0x10ffff ? String.fromCodePoint(Number(point)) : raise(OverflowError, '%c arg not in range(0x110000)');
}

function formatForStr(t: Thread, value: Value, conversion: PercentConversion, layout: PercentLayout): string {
  switch (conversion.code) {
    case 's':
      return percentText(str(t, value), layout);
    case 'r':
      return percentText(repr(t, value), layout);
    case 'a':
      return percentText(ascii(t, value), layout);
    case 'c':
      return percentText(characterOperand(t, value), { ...layout, precision: -1 });
    default:
      return formatNumber(t, value, conversion, layout) ?? raiseValueError(unsupportedPercentCode(conversion));
  }
}

function bytesOperand(t: Thread, value: Value): string {
  const bytes = bytesLike(t, value) ?? bytesByMethod(t, value)?.value;
  if (bytes === undefined) raiseTypeError(`%b requires a bytes-like object, or an object that implements __bytes__, not '${typeName(value)}'`);
  return asBuffer(bytes).toString('latin1');
}

function byteOperand(t: Thread, value: Value): string {
  if (value instanceof PyBytes || value instanceof PyByteArray) {
    const bytes = value.value;
    if (bytes.length === 1) return String.fromCharCode(bytes[0]!);
    const kind = value instanceof PyBytes ? 'bytes' : 'bytearray';
    raiseTypeError(`%c requires an integer in range(256) or a single byte, not a ${kind} object of length ${bytes.length}`);
  }
  if (typeOf(value).slots.nb_index === null) raiseTypeError(`%c requires an integer in range(256) or a single byte, not ${typeName(value)}`);
  const byte = toIndex(t, value);
  return byte >= 0 && byte <= 255 ? String.fromCharCode(Number(byte)) : raise(OverflowError, '%c arg not in range(256)');
}

function formatForBytes(t: Thread, value: Value, conversion: PercentConversion, layout: PercentLayout): string {
  switch (conversion.code) {
    case 's':
    case 'b':
      return percentText(bytesOperand(t, value), layout);
    case 'r':
    case 'a':
      return percentText(ascii(t, value), layout);
    case 'c':
      return percentText(byteOperand(t, value), { ...layout, precision: -1 });
    default:
      if ('eEfFgG'.includes(conversion.code) && typeOf(value).slots.nb_float === null && typeOf(value).slots.nb_index === null) {
        raiseTypeError(`float argument required, not ${typeName(value)}`);
      }
      return formatNumber(t, value, conversion, layout) ?? raiseValueError(unsupportedPercentCode(conversion));
  }
}

function takeLayout(conversion: PercentConversion, args: Arguments): PercentLayout {
  const width = args.takeSize(conversion.width, 'width');
  const precision = args.takeSize(conversion.precision, 'precision');
  return resolvePercentLayout(conversion, width, precision);
}

function formatAll(t: Thread, format: string, operand: Value, kind: 'string' | 'bytes'): string {
  const args = new Arguments(operand, kind);
  const convert = kind === 'string' ? formatForStr : formatForBytes;
  let result = '';
  for (const piece of piecesOf(format)) {
    if (typeof piece === 'string') {
      result += piece;
      continue;
    }
    if (piece.kind === 'failure') fail(t, piece, args);
    if (isLaidOut(piece)) result += convert(t, piece.key === undefined ? args.take() : args.named(t, piece.key), piece, piece);
    else {
      if (piece.key !== undefined) args.select(t, piece.key);
      const layout = takeLayout(piece, args);
      result += convert(t, args.take(), piece, layout);
    }
  }
  args.finish();
  return result;
}

/** `format % operand` of a str. */
export function percentStr(t: Thread, format: string, operand: Value): string {
  return formatAll(t, format, operand, 'string');
}

/** `format % operand` of bytes. */
export function percentBytes(t: Thread, format: Uint8Array, operand: Value): Uint8Array {
  const text = format.length <= SHORT_BYTES ? latin1Text(format) : asBuffer(format).toString('latin1');
  return latin1Bytes(formatAll(t, text, operand, 'bytes'));
}
