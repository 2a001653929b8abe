/**
 * Methods that `bytes` and `bytearray` share. Results have the type of self (never of a subclass); results that are parts are copies.
 *
 * Source: CPython Objects/bytesobject.c, Objects/bytearrayobject.c, Objects/bytes_methods.c.
 */
import { PyTuple } from '../core/containers.ts';
import { PyByteArray, PyBytes } from '../core/scalars.ts';
import { withQuietForm } from '../core/quiet.ts';
import type { Thread } from '../core/thread.ts';
import type { PyType } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import {
  bytesCount, bytesEndsWith, bytesFind, bytesJoin, bytesPartition, bytesReplace, bytesRfind, bytesRpartition, bytesRsplit, bytesRsplitSpace,
  bytesSplit, bytesSplitlines, bytesSplitSpace, bytesStartsWith, bytesStripWindow,
} from './algorithms/bytes-search.ts';
import * as texts from './algorithms/bytes-text.ts';
import { sliceOfBytes } from './algorithms/short-bytes.ts';
import { bytesLike, requireBytesLike } from './buffer.ts';
import { toByte } from './bytes-from-object.ts';
import { decodeBytes, decodeQuietly } from './codec-registry.ts';
import { toArrayOr } from './iterate.ts';
import { newBytes, newList, newTuple } from './make.ts';
import { argumentTypeName, boundArgument, intArgument, optionalStr, sizeArgument } from './native-arguments.ts';
import { raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { BYTES_TYPE } from './static-types.ts';
import { isTrue, lengthOf } from './truth.ts';
import type { MethodRow } from './type-ready.ts';
import { asStr, typeOf } from './type-of.ts';

/** Self of either type. */
export type AnyBytes = PyBytes | PyByteArray;

/** Makes a result of the type of self out of fresh bytes. */
type Wrap = (bytes: Uint8Array) => Value;

/** What find and its like look for: bytes-like, or one byte as an int. */
function needle(t: Thread, value: Value): Uint8Array {
  const bytes = bytesLike(t, value);
  if (bytes !== undefined) return bytes;
  if (typeOf(value).slots.nb_index === null) raiseTypeError(`argument should be integer or bytes-like object, not '${typeName(value)}'`);
  return Uint8Array.of(toByte(t, value));
}

type Search = (bytes: Uint8Array, part: Uint8Array, start: number, end: number) => number;

/** Whether a search for `part` up to the end is one for a byte, from a place that is not counted from the end. */
function isByteSearch(part: Value, low: number, high: number): part is number {
  return typeof part === 'number' && part >= 0 && part < 256 && low >= 0 && high === Infinity;
}

function search(find: Search, required: boolean): MethodRow[0] {
  return (t: Thread, self: AnyBytes, part: Value, start: Maybe, end: Maybe): Value => {
    const low = boundArgument(t, start, 0);
    const high = boundArgument(t, end, Infinity);
    // An array for the byte alone would cost more than most searches.
    const found = find === bytesFind && isByteSearch(part, low, high) ? self.value.indexOf(part, low) : find(self.value, needle(t, part), low, high);
    return found < 0 && required ? raiseValueError('subsection not found') : found;
  };
}

/** item in bytes */
export function anyBytes_contains(t: Thread, self: AnyBytes, item: Value): boolean {
  const bytes = bytesLike(t, item);
  if (bytes !== undefined) return bytesFind(self.value, bytes) >= 0;
  if (typeOf(item).slots.nb_index === null) raiseTypeError(`a bytes-like object is required, not '${typeName(item)}'`);
  return self.value.includes(toByte(t, item));
}

function affix(name: 'startswith' | 'endswith', test: typeof bytesStartsWith): MethodRow[0] {
  return (t: Thread, self: AnyBytes, part: Value, start: Maybe, end: Maybe): Value => {
    const low = boundArgument(t, start, 0);
    const high = boundArgument(t, end, Infinity);
    if (part instanceof PyTuple) return part.items.some((item) => test(self.value, requireBytesLike(t, item), low, high));
    const bytes = bytesLike(t, part) ?? raiseTypeError(`${name} first arg must be bytes or a tuple of bytes, not ${typeName(part)}`);
    return test(self.value, bytes, low, high);
  };
}

type Cut = (bytes: Uint8Array, separator: Uint8Array, maxsplit: number) => Uint8Array[];

function splitMethod(wrap: Wrap, bySeparator: Cut, bySpace: (bytes: Uint8Array, maxsplit: number) => Uint8Array[]): MethodRow[0] {
  return (t: Thread, self: AnyBytes, separator: Maybe, maxsplit: Maybe): Value => {
    const limit = sizeArgument(t, maxsplit, -1);
    if (separator === undefined || separator === null) return newList(bySpace(self.value, limit).map(wrap));
    const mark = requireBytesLike(t, separator);
    if (mark.length === 0) raiseValueError('empty separator');
    return newList(bySeparator(self.value, mark, limit).map(wrap));
  };
}

function partitionMethod(wrap: Wrap, cut: typeof bytesPartition, keepAtEnd: boolean): MethodRow[0] {
  return (t: Thread, self: AnyBytes, separator: Value): Value => {
    const mark = requireBytesLike(t, separator);
    if (mark.length === 0) raiseValueError('empty separator');
    const parts = cut(self.value, mark);
    if (parts !== undefined) return newTuple([wrap(parts[0]), wrap(mark.slice()), wrap(parts[1])]);
    const whole = wrap(self.value.slice());
    const empty = (): Value => wrap(new Uint8Array(0));
    return newTuple(keepAtEnd ? [empty(), empty(), whole] : [whole, empty(), empty()]);
  };
}

function stripMethod(wrap: Wrap, sides: { left: boolean; right: boolean }): MethodRow[0] {
  return (t: Thread, self: AnyBytes, set: Maybe): Value => {
    const characters = set === undefined || set === null ? undefined : requireBytesLike(t, set);
    const [start, end] = bytesStripWindow(self.value, characters, sides);
    // Bytes that stay whole are given back, as they never change.
    if (self.type === BYTES_TYPE && end - start === self.value.length) return self;
    return wrap(sliceOfBytes(self.value, start, end));
  };
}

function joinMethod(wrap: Wrap): MethodRow[0] {
  return (t: Thread, self: AnyBytes, iterable: Value): Value => {
    // The separator must not change while the iterable runs.
    if (self instanceof PyByteArray) self.pins++;
    try {
      const items = toArrayOr(t, iterable, 'can only join an iterable');
      const parts = items.map((item, i) => {
        return bytesLike(t, item) ?? raiseTypeError(`sequence item ${i}: expected a bytes-like object, ${typeName(item)} found`);
      });
      return wrap(bytesJoin(self.value, parts));
    } finally {
      if (self instanceof PyByteArray) self.pins--;
    }
  };
}

function replaceMethod(wrap: Wrap): MethodRow[0] {
  return (t: Thread, self: AnyBytes, old: Value, replacement: Value, count: Maybe): Value => {
    const from = requireBytesLike(t, old);
    const to = requireBytesLike(t, replacement);
    const limit = sizeArgument(t, count, -1);
    return wrap(limit === 0 ? self.value.slice() : bytesReplace(self.value, from, to, limit));
  };
}

function removeMethod(wrap: Wrap, atEnd: boolean): MethodRow[0] {
  return (t: Thread, self: AnyBytes, affixValue: Value): Value => {
    const bytes = self.value;
    const part = requireBytesLike(t, affixValue);
    if (atEnd) return wrap(bytesEndsWith(bytes, part) ? bytes.slice(0, bytes.length - part.length) : bytes.slice());
    return wrap(bytesStartsWith(bytes, part) ? bytes.slice(part.length) : bytes.slice());
  };
}

function fillByte(name: string, fill: Maybe): number {
  if (fill === undefined) return 32;
  if (!(fill instanceof PyBytes || fill instanceof PyByteArray)) {
    raiseTypeError(`${name}() argument 2 must be a byte string of length 1, not ${argumentTypeName(fill)}`);
  }
  const bytes = fill.value;
  const kind = fill instanceof PyBytes ? 'bytes' : 'bytearray';
  if (bytes.length !== 1) raiseTypeError(`${name}(): argument 2 must be a byte string of length 1, not a ${kind} object of length ${bytes.length}`);
  return bytes[0]!;
}

function padMethod(wrap: Wrap, name: string, pad: typeof texts.bytesCenter): MethodRow[0] {
  return (t: Thread, self: AnyBytes, width: Value, fill: Maybe): Value => {
    const size = sizeArgument(t, width, 0);
    return wrap(pad(self.value, size, fillByte(name, fill)));
  };
}

function translateMethod(wrap: Wrap): MethodRow[0] {
  return (t: Thread, self: AnyBytes, table: Value, deleted: Maybe): Value => {
    const map = table === null ? undefined : requireBytesLike(t, table);
    if (map !== undefined && map.length !== 256) raiseValueError('translation table must be 256 characters long');
    return wrap(texts.bytesTranslate(self.value, map, deleted === undefined ? new Uint8Array(0) : requireBytesLike(t, deleted)));
  };
}

function bytes_maketrans(t: Thread, from: Value, to: Value): Value {
  const source = requireBytesLike(t, from);
  const target = requireBytesLike(t, to);
  if (source.length !== target.length) raiseValueError('maketrans arguments must have same length');
  const table = Uint8Array.from({ length: 256 }, (_, i) => i);
  source.forEach((byte, i) => (table[byte] = target[i]!));
  return newBytes(table);
}

/** The separator of `hex`. */
function hexSeparator(t: Thread, value: Maybe): string {
  if (value === undefined) return '';
  if (lengthOf(t, value) !== 1) raiseValueError('sep must be length 1.');
  const text = asStr(value);
  if (text !== undefined) return text.charCodeAt(0) < 128 ? text : raiseValueError('sep must be ASCII.');
  if (!(value instanceof PyBytes)) raiseTypeError('sep must be str or bytes.');
  return value.value[0]! < 128 ? String.fromCharCode(value.value[0]!) : raiseValueError('sep must be ASCII.');
}

/** `hex` of bytes, also for memoryview. */
export function hexText(t: Thread, bytes: Uint8Array, separator: Maybe, perSeparator: Maybe): string {
  return texts.bytesHex(bytes, hexSeparator(t, separator), intArgument(t, perSeparator, 1));
}

/** The bytes that `fromhex` reads. */
function fromHex(t: Thread, source: Value): Uint8Array {
  const bytes = asStr(source) === undefined ? bytesLike(t, source) : undefined;
  const text = bytes === undefined ? asStr(source) : Buffer.from(bytes).toString('latin1');
  if (text === undefined) raiseTypeError(`fromhex() argument must be str or bytes-like, not ${argumentTypeName(source)}`);
  const result = texts.bytesFromHex(text);
  if (result === 'odd') raiseValueError('fromhex() arg must contain an even number of hexadecimal digits');
  return result instanceof Uint8Array ? result : raiseValueError(`non-hexadecimal number found in fromhex() arg at position ${result.position}`);
}

function fromHexMethod(exact: PyType, wrap: Wrap): MethodRow[0] {
  return (t: Thread, type: PyType, source: Value): Value => {
    const result = wrap(fromHex(t, source));
    if (type === exact) return result;
    const made = type.slots.tp_new!(t, type, [result], null);
    type.slots.tp_init?.(t, made, [result], null);
    return made;
  };
}

function bytes_decode(t: Thread, self: AnyBytes, encoding: Maybe, errors: Maybe): Value {
  const encodingName = optionalStr(encoding, "decode() argument 'encoding'");
  const errorsName = optionalStr(errors, "decode() argument 'errors'");
  return decodeBytes(t, self.value, encodingName, errorsName, self instanceof PyBytes ? self : undefined);
}

withQuietForm(bytes_decode, {
  call: (t: Thread, self: AnyBytes, encoding: Maybe, errors: Maybe): Maybe =>
    ((encoding === undefined || typeof encoding === 'string') && (errors === undefined || typeof errors === 'string') ? decodeQuietly(t, self.value, encoding, errors) : undefined),
  effect: 'look', result: 'str',
});

const BOUNDS = ', start=None, end=None, /)';

function searchMethods(wrap: Wrap): Record<string, MethodRow> {
  return {
    count: [search(bytesCount, false), `($self, sub${BOUNDS}`, 'Return the number of non-overlapping occurrences of subsection sub.'],
    find: [search(bytesFind, false), `($self, sub${BOUNDS}`, 'Return the lowest index where subsection sub is found, -1 on failure.'],
    index: [search(bytesFind, true), `($self, sub${BOUNDS}`, 'Return the lowest index where subsection sub is found; ValueError on failure.'],
    rfind: [search(bytesRfind, false), `($self, sub${BOUNDS}`, 'Return the highest index where subsection sub is found, -1 on failure.'],
    rindex: [search(bytesRfind, true), `($self, sub${BOUNDS}`, 'Return the highest index where subsection sub is found; ValueError on failure.'],
    startswith: [affix('startswith', bytesStartsWith), `($self, prefix${BOUNDS}`, 'Return True if the bytes start with the specified prefix, False otherwise.'],
    endswith: [affix('endswith', bytesEndsWith), `($self, suffix${BOUNDS}`, 'Return True if the bytes end with the specified suffix, False otherwise.'],
    split: [splitMethod(wrap, bytesSplit, bytesSplitSpace), '($self, /, sep=None, maxsplit=-1)', 'Return a list of the sections in the bytes, using sep as the delimiter.'],
    rsplit: [splitMethod(wrap, bytesRsplit, bytesRsplitSpace), '($self, /, sep=None, maxsplit=-1)', 'Return a list of the sections in the bytes, splitting from the end.'],
    splitlines: [
      (t: Thread, self: AnyBytes, keepends: Maybe) => newList(bytesSplitlines(self.value, keepends !== undefined && isTrue(t, keepends)).map(wrap)),
      '($self, /, keepends=False)', 'Return a list of the lines in the bytes, breaking at line boundaries.',
    ],
    partition: [partitionMethod(wrap, bytesPartition, false), '($self, sep, /)', 'Partition the bytes into three parts using the given separator.'],
    rpartition: [partitionMethod(wrap, bytesRpartition, true), '($self, sep, /)', 'Partition the bytes into three parts at the last separator.'],
    strip: [stripMethod(wrap, { left: true, right: true }), '($self, bytes=None, /)', 'Strip leading and trailing bytes contained in the argument.'],
    lstrip: [stripMethod(wrap, { left: true, right: false }), '($self, bytes=None, /)', 'Strip leading bytes contained in the argument.'],
    rstrip: [stripMethod(wrap, { left: false, right: true }), '($self, bytes=None, /)', 'Strip trailing bytes contained in the argument.'],
    replace: [replaceMethod(wrap), '($self, old, new, count=-1, /)', 'Return a copy with all occurrences of substring old replaced by new.'],
    removeprefix: [removeMethod(wrap, false), '($self, prefix, /)', 'Return a bytes object with the given prefix string removed if present.'],
    removesuffix: [removeMethod(wrap, true), '($self, suffix, /)', 'Return a bytes object with the given suffix string removed if present.'],
    join: [joinMethod(wrap), '($self, iterable_of_bytes, /)', 'Concatenate any number of bytes objects, with self between each pair.'],
  };
}

function changed(wrap: Wrap, change: (bytes: Uint8Array) => Uint8Array, doc: string): MethodRow {
  return [(_t: Thread, self: AnyBytes) => wrap(change(self.value)), '($self, /)', doc];
}

function tested(test: (bytes: Uint8Array) => boolean, what: string): MethodRow {
  return [(_t: Thread, self: AnyBytes) => test(self.value), '($self, /)', `Return True if ${what}, False otherwise.`];
}

function textMethods(wrap: Wrap): Record<string, MethodRow> {
  return {
    capitalize: changed(wrap, texts.bytesCapitalize, 'Return a copy with only its first character capitalized (ASCII).'),
    lower: changed(wrap, texts.bytesLower, 'Return a copy with all ASCII characters converted to lowercase.'),
    upper: changed(wrap, texts.bytesUpper, 'Return a copy with all ASCII characters converted to uppercase.'),
    swapcase: changed(wrap, texts.bytesSwapcase, 'Return a copy with uppercase ASCII characters converted to lowercase and vice versa.'),
    title: changed(wrap, texts.bytesTitle, 'Return a titlecased version (ASCII).'),
    isalnum: tested(texts.bytesIsAlnum, 'all characters are alphanumeric and there is at least one'),
    isalpha: tested(texts.bytesIsAlpha, 'all characters are alphabetic and there is at least one'),
    isascii: tested(texts.bytesIsAscii, 'it is empty or all characters are ASCII'),
    isdigit: tested(texts.bytesIsDigit, 'all characters are digits and there is at least one'),
    islower: tested(texts.bytesIsLower, 'all cased characters are lowercase and there is at least one'),
    isspace: tested(texts.bytesIsSpace, 'all characters are whitespace and there is at least one'),
    istitle: tested(texts.bytesIsTitle, 'it is titlecased and there is at least one cased character'),
    isupper: tested(texts.bytesIsUpper, 'all cased characters are uppercase and there is at least one'),
    center: [padMethod(wrap, 'center', texts.bytesCenter), "($self, width, fillchar=b' ', /)", 'Return a centered string of length width.'],
    ljust: [padMethod(wrap, 'ljust', texts.bytesLjust), "($self, width, fillchar=b' ', /)", 'Return a left-justified string of length width.'],
    rjust: [padMethod(wrap, 'rjust', texts.bytesRjust), "($self, width, fillchar=b' ', /)", 'Return a right-justified string of length width.'],
    zfill: [(t, self: AnyBytes, width: Value) => wrap(texts.bytesZfill(self.value, sizeArgument(t, width, 0))), '($self, width, /)', 'Pad a numeric string with zeros on the left, to fill a field of the given width.'],
    expandtabs: [(t, self: AnyBytes, tabsize: Maybe) => wrap(texts.bytesExpandtabs(self.value, intArgument(t, tabsize, 8))), '($self, /, tabsize=8)', 'Return a copy where all tab characters are expanded using spaces.'],
    translate: [translateMethod(wrap), "($self, table, /, delete=b'')", 'Return a copy with each character mapped by the given translation table.'],
  };
}

/** The shared methods for a type whose results `wrap` makes. */
export function sharedBytesMethods(type: PyType, wrap: Wrap): Record<string, MethodRow> {
  return {
    ...searchMethods(wrap),
    ...textMethods(wrap),
    decode: [bytes_decode, "($self, /, encoding='utf-8', errors='strict')", 'Decode the bytes using the codec registered for encoding.'],
    hex: [
      (t: Thread, self: AnyBytes, separator: Maybe, perSeparator: Maybe) => hexText(t, self.value, separator, perSeparator),
      '!($self, /, sep=None, bytes_per_sep=1)',
      `The bytes as text of two hexadecimal digits each, with sep between groups of bytes_per_sep.\n\n>>> ${type.name}([1, 255, 16]).hex('-')\n'01-ff-10'`,
    ],
    fromhex: [fromHexMethod(type, wrap), '($type, string, /)', 'Create a bytes object from a string of hexadecimal numbers.', 'class'],
    maketrans: [bytes_maketrans, '(frm, to, /)', 'Return a translation table usable for the bytes or bytearray translate method.', 'static'],
  };
}
