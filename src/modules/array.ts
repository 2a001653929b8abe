/** `array`: packed arrays of numbers or characters (Modules/arraymodule.c). */
import { PyList } from '../core/containers.ts';
import { PySlice } from '../core/range.ts';
import { PyByteArray, PyBytes } from '../core/scalars.ts';
import { PyType, type KeywordNames } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { EQ, NE } from '../core/type.ts';
import { dictOf, getAttr } from '../objects/attributes.ts';
import { registerBuffer, requireBytesLike } from '../objects/buffer.ts';
import { BUFFER_METHODS } from '../objects/memoryview.ts';
import { builtinNamed } from '../objects/builtins-hook.ts';
import { callMethod } from '../objects/call.ts';
import { compareBool } from '../objects/compare.ts';
import { unpackFloat, unpackInt } from '../objects/algorithms/struct-pack.ts';
import { DeprecationWarning, EOFError } from '../objects/exception-types.ts';
import { CLASS_GETITEM } from '../objects/generic-alias-record.ts';
import { importModule } from '../objects/import-hook.ts';
import { identityOf } from '../objects/identity.ts';
import { forEach } from '../objects/iterate.ts';
import { compareItems } from '../objects/list.ts';
import { EMPTY_TUPLE, newBytes, newFloat, newList, newTuple, NOT_IMPLEMENTED } from '../objects/make.ts';
import { intArgument, sizeArgument } from '../objects/native-arguments.ts';
import { toClippedSize, toSize } from '../objects/operators.ts';
import { raise, raiseIndexError, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { adjustSlice } from '../objects/slice.ts';
import { staticType } from '../objects/static-types.ts';
import { repr } from '../objects/text.ts';
import { asStr, isSubtype, typeOf } from '../objects/type-of.ts';
import { readyType } from '../objects/type-ready.ts';
import { strLength } from '../objects/algorithms/str-code-points.ts';
import { warn } from '../objects/warn-hook.ts';
import { ARRAY_CODES, machineFormat, type ArrayCode, type MachineFormat } from './_array/codes.ts';
import { PyArray } from './_array/object.ts';
import { newModuleFunction, type NativeModule } from './native-module.ts';

const ARRAY_TYPE = staticType('array', { module: 'array', baseType: true, hasWeakref: true, sequence: true });
const ITERATOR_TYPE = staticType('arrayiterator', { module: 'array', disallowInstantiation: true });
const CHUNK = 65536;

class PyArrayIterator extends PyObject {
  array: PyArray | null;
  index = 0;
  constructor(array: PyArray) {
    super(ITERATOR_TYPE);
    this.array = array;
  }
}

function append(t: Thread, self: PyArray, value: Value): void {
  const converted = self.code.convert(t, value);
  self.resize(self.length + 1);
  self.code.put(self.view, (self.length - 1) * self.code.size, converted);
}

function appendBytes(self: PyArray, bytes: Uint8Array): void {
  self.splice(self.length, 0, bytes);
}

function fromPoints(self: PyArray, text: string): void {
  const points = Uint32Array.from(text, (character) => character.codePointAt(0)!);
  appendBytes(self, new Uint8Array(points.buffer));
}

function array_frombytes(t: Thread, self: PyArray, data: Value): void {
  const bytes = requireBytesLike(t, data);
  if (bytes.length % self.code.size !== 0) raiseValueError('bytes length not a multiple of item size');
  appendBytes(self, bytes);
}

function array_extend(t: Thread, self: PyArray, other: Value): void {
  if (!(other instanceof PyArray)) return forEach(t, other, (item) => append(t, self, item));
  if (other.code !== self.code) raiseTypeError('can only extend with array of same kind');
  appendBytes(self, other.bytes());
}

function codeArgument(value: Value): ArrayCode {
  const text = asStr(value) ?? raiseTypeError(`array() argument 1 must be a unicode character, not ${typeName(value)}`);
  const length = strLength(text);
  if (length !== 1) raiseTypeError(`array() argument 1 must be a unicode character, not a string of length ${length}`);
  return ARRAY_CODES.get(text) ?? raiseValueError('bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)');
}

function checkInitial(code: ArrayCode, initial: Maybe): void {
  if (initial === undefined || code.isText) return;
  if (asStr(initial) !== undefined) raiseTypeError(`cannot use a str to initialize an array with typecode '${code.code}'`);
  if (initial instanceof PyArray && initial.code.isText) raiseTypeError(`cannot use a unicode array to initialize an array with typecode '${code.code}'`);
}

function array_new(t: Thread, type: PyType, args: readonly Value[], keywords: KeywordNames): Value {
  if (type === ARRAY_TYPE && keywords !== null && keywords.length > 0) raiseTypeError('array.array() takes no keyword arguments');
  const given = args.length - (keywords?.length ?? 0);
  if (given < 1) raiseTypeError(`array() takes at least 1 argument (${given} given)`);
  if (given > 2) raiseTypeError(`array() takes at most 2 arguments (${given} given)`);
  const code = codeArgument(args[0]!);
  if (code.code === 'u') warn(t, DeprecationWarning, "The 'u' type code is deprecated and will be removed in Python 3.16");
  const initial = given === 2 ? args[1] : undefined;
  checkInitial(code, initial);
  const self = new PyArray(type, code);
  if (initial === undefined) return self;
  const text = asStr(initial);
  if (text !== undefined) fromPoints(self, text);
  else if (initial instanceof PyBytes || initial instanceof PyByteArray) array_frombytes(t, self, initial);
  else if (initial instanceof PyArray && initial.code === code) appendBytes(self, initial.bytes());
  else forEach(t, initial, (item) => append(t, self, item));
  return self;
}

function copyOf(self: PyArray, bytes: Uint8Array = self.bytes()): PyArray {
  const copy = new PyArray(ARRAY_TYPE, self.code);
  appendBytes(copy, bytes);
  return copy;
}

function textOf(self: PyArray): string {
  return self.items().join('');
}

function array_repr(t: Thread, self: PyArray): string {
  const { name } = self.type;
  if (self.length === 0) return `${name}('${self.code.code}')`;
  return `${name}('${self.code.code}', ${repr(t, self.code.isText ? textOf(self) : newList(self.items()))})`;
}

function sliceBytes(t: Thread, self: PyArray, slice: PySlice): Uint8Array {
  const { size } = self.code;
  const { start, step, count } = adjustSlice(t, slice, self.length);
  if (step === 1) return self.buffer.slice(start * size, (start + count) * size);
  const bytes = new Uint8Array(count * size);
  for (let i = 0; i < count; i++) bytes.set(self.buffer.subarray((start + i * step) * size, (start + i * step + 1) * size), i * size);
  return bytes;
}

function indexIn(t: Thread, self: PyArray, key: Value, message: string): number {
  if (typeof key !== 'number' && typeOf(key).slots.nb_index === null) raiseTypeError('array indices must be integers');
  const index = toSize(t, key);
  const at = index < 0 ? index + self.length : index;
  return at >= 0 && at < self.length ? at : raiseIndexError(message);
}

function array_subscript(t: Thread, self: PyArray, key: Value): Value {
  return key instanceof PySlice ? copyOf(self, sliceBytes(t, self, key)) : self.at(indexIn(t, self, key, 'array index out of range'));
}

function setItemAt(t: Thread, self: PyArray, at: number, value: Maybe): void {
  if (value === undefined) return self.splice(at, 1, new Uint8Array(0));
  const converted = self.code.convert(t, value);
  // Converting may run Python code that shrinks the array.
  if (at >= self.length) raiseIndexError('array assignment index out of range');
  return self.code.put(self.view, at * self.code.size, converted);
}

function deleteSlice(self: PyArray, bounds: { start: number; step: number; count: number }): void {
  const { size } = self.code;
  const dropped = new Set(Array.from({ length: bounds.count }, (_, i) => bounds.start + i * bounds.step));
  if (dropped.size === 0) return;
  self.checkResizable();
  let to = 0;
  for (let i = 0; i < self.length; i++) {
    if (!dropped.has(i)) self.buffer.copyWithin(to++ * size, i * size, (i + 1) * size);
  }
  self.resize(to);
}

function setSlice(t: Thread, self: PyArray, slice: PySlice, value: Maybe): void {
  if (value !== undefined && !(value instanceof PyArray)) raiseTypeError(`can only assign array (not "${typeName(value)}") to array slice`);
  if (value !== undefined && value.code !== self.code) raiseTypeError('bad argument type for built-in operation');
  const bounds = adjustSlice(t, slice, self.length);
  const bytes = value === undefined ? new Uint8Array(0) : value.bytes().slice();
  const { size } = self.code;
  if (bounds.step === 1) return self.splice(bounds.start, bounds.count, bytes);
  if (value === undefined) return deleteSlice(self, bounds);
  if (value.length !== bounds.count) raiseValueError(`attempt to assign array of size ${value.length} to extended slice of size ${bounds.count}`);
  for (let i = 0; i < bounds.count; i++) self.buffer.set(bytes.subarray(i * size, (i + 1) * size), (bounds.start + i * bounds.step) * size);
}

function array_ass_subscript(t: Thread, self: PyArray, key: Value, value: Maybe): void {
  if (key instanceof PySlice) setSlice(t, self, key, value);
  else setItemAt(t, self, indexIn(t, self, key, 'array assignment index out of range'), value);
}

function array_compare(t: Thread, self: PyArray, other: Value, op: Parameters<typeof compareItems>[3]): Value {
  if (!(other instanceof PyArray)) return NOT_IMPLEMENTED;
  if (self.length !== other.length && (op === EQ || op === NE)) return op === NE;
  return compareItems(t, self.items(), other.items(), op);
}

function array_concat(_t: Thread, self: PyArray, other: Value): Value {
  if (!(other instanceof PyArray)) raiseTypeError(`can only append array (not "${typeName(other)}") to array`);
  if (other.code !== self.code) raiseTypeError('bad argument type for built-in operation');
  const result = copyOf(self);
  appendBytes(result, other.bytes());
  return result;
}

function repeatedBytes(self: PyArray, count: number): Uint8Array {
  const once = self.bytes();
  const bytes = new Uint8Array(once.length * Math.max(count, 0));
  for (let i = 0; i < count; i++) bytes.set(once, i * once.length);
  return bytes;
}

function find(t: Thread, self: PyArray, value: Value, start: number, stop: number): number {
  for (let i = start; i < stop && i < self.length; i++) if (compareBool(t, self.at(i), value, EQ)) return i;
  return -1;
}

function array_index(t: Thread, self: PyArray, value: Value, start: Maybe, stop: Maybe): Value {
  const bound = (given: Maybe, fallback: number): number => {
    const at = given === undefined ? fallback : toClippedSize(t, given);
    return at < 0 ? Math.max(at + self.length, 0) : at;
  };
  const at = find(t, self, value, bound(start, 0), bound(stop, Number.MAX_SAFE_INTEGER));
  return at < 0 ? raiseValueError('array.index(x): x not in array') : at;
}

function array_remove(t: Thread, self: PyArray, value: Value): void {
  const at = find(t, self, value, 0, self.length);
  if (at < 0) raiseValueError('array.remove(x): x not in array');
  self.splice(at, 1, new Uint8Array(0));
}

function array_pop(t: Thread, self: PyArray, i: Maybe): Value {
  const index = sizeArgument(t, i, -1);
  if (self.length === 0) raiseIndexError('pop from empty array');
  const at = index < 0 ? index + self.length : index;
  if (at < 0 || at >= self.length) raiseIndexError('pop index out of range');
  const value = self.at(at);
  self.splice(at, 1, new Uint8Array(0));
  return value;
}

function array_insert(t: Thread, self: PyArray, i: Value, value: Value): void {
  const index = sizeArgument(t, i, 0);
  const at = index < 0 ? Math.max(index + self.length, 0) : Math.min(index, self.length);
  const converted = self.code.convert(t, value);
  self.splice(at, 0, new Uint8Array(self.code.size));
  self.code.put(self.view, at * self.code.size, converted);
}

function array_fromlist(t: Thread, self: PyArray, list: Value): void {
  if (!(list instanceof PyList)) raiseTypeError('arg must be list');
  const before = self.length;
  try {
    for (const item of list.items) append(t, self, item);
  } catch (caught) {
    self.resize(before);
    throw caught;
  }
}

function array_fromunicode(_t: Thread, self: PyArray, text: Value): void {
  const characters = asStr(text) ?? raiseTypeError(`fromunicode() argument must be str, not ${typeName(text)}`);
  if (!self.code.isText) raiseValueError("fromunicode() may only be called on unicode type arrays ('u' or 'w')");
  fromPoints(self, characters);
}

function array_tounicode(_t: Thread, self: PyArray): Value {
  return self.code.isText ? textOf(self) : raiseValueError("tounicode() may only be called on unicode type arrays ('u' or 'w')");
}

function array_fromfile(t: Thread, self: PyArray, file: Value, n: Value): void {
  const count = sizeArgument(t, n, 0);
  if (count < 0) raiseValueError('negative count');
  const read = callMethod(t, file, 'read', count * self.code.size);
  if (!(read instanceof PyBytes)) raiseTypeError("read() didn't return bytes");
  const short = read.value.length !== count * self.code.size;
  array_frombytes(t, self, read);
  if (short) raise(EOFError, "read() didn't return enough bytes");
}

function array_tofile(t: Thread, self: PyArray, file: Value): void {
  for (let at = 0; at < self.length * self.code.size; at += CHUNK) callMethod(t, file, 'write', newBytes(self.bytes().slice(at, at + CHUNK)));
}

function array_byteswap(_t: Thread, self: PyArray): void {
  const { size } = self.code;
  for (let i = 0; i < self.length; i++) self.buffer.subarray(i * size, (i + 1) * size).reverse();
}

function array_reverse(_t: Thread, self: PyArray): void {
  // Reversing all bytes reverses each item's bytes too; swapping them restores the items.
  self.bytes().reverse();
  array_byteswap(_t, self);
}

function array_reduce_ex(t: Thread, self: PyArray, protocol: Value): Value {
  const state = dictOf(self);
  const { code } = self.code;
  if (intArgument(t, protocol, 0) < 3) return newTuple([self.type, newTuple([code, newList(self.items())]), state]);
  return newTuple([RECONSTRUCTOR, newTuple([self.type, code, self.code.machineFormat, newBytes(self.bytes().slice())]), state]);
}

readyType(ARRAY_TYPE, {
  doc: 'array(typecode [, initializer]) -> array\n\nReturn a new array whose items are restricted by typecode, and\ninitialized from the optional initializer value.',
  slots: {
    tp_new: array_new,
    tp_repr: array_repr,
    tp_richcompare: array_compare,
    tp_iter: (_t, self: PyArray) => new PyArrayIterator(self),
    sq_length: (_t, self: PyArray) => self.length,
    sq_item: (_t, self: PyArray, index) => self.at(index >= 0 && index < self.length ? index : raiseIndexError('array index out of range')),
    sq_ass_item: (t, self: PyArray, index, value) => setItemAt(t, self, index >= 0 && index < self.length ? index : raiseIndexError('array assignment index out of range'), value),
    sq_contains: (t, self: PyArray, value) => find(t, self, value, 0, Infinity) >= 0,
    sq_concat: array_concat,
    sq_repeat: (_t, self: PyArray, count) => copyOf(self, repeatedBytes(self, count)),
    sq_inplace_concat: (t, self: PyArray, other) => {
      if (!(other instanceof PyArray)) raiseTypeError(`can only extend array with array (not "${typeName(other)}")`);
      array_extend(t, self, other);
      return self;
    },
    sq_inplace_repeat: (_t, self: PyArray, count) => {
      self.splice(0, self.length, repeatedBytes(self, count));
      return self;
    },
    mp_length: (_t, self: PyArray) => self.length,
    mp_subscript: array_subscript,
    mp_ass_subscript: array_ass_subscript,
  },
  methods: {
    ...BUFFER_METHODS,
    append: [append, '($self, v, /)', 'Append new value v to the end of the array.'],
    buffer_info: [(_t: Thread, self: PyArray) => newTuple([identityOf(self), self.length]), '($self, /)', "Return a tuple (address, length) giving the current memory address and the length in items of the buffer used to hold array's contents."],
    byteswap: [array_byteswap, '($self, /)', 'Byteswap all items of the array.\n\nIf the items in the array are not 1, 2, 4, or 8 bytes in size,\nRuntimeError is raised.'],
    clear: [(_t: Thread, self: PyArray) => self.resize(0), '($self, /)', 'Remove all items from the array.'],
    __copy__: [(_t: Thread, self: PyArray) => copyOf(self), '($self, /)', 'Return a copy of the array.'],
    count: [(t: Thread, self: PyArray, value: Value) => self.items().filter((item) => compareBool(t, item, value, EQ)).length, '($self, v, /)', 'Return number of occurrences of v in the array.'],
    __deepcopy__: [(_t: Thread, self: PyArray, _memo: Value) => copyOf(self), '($self, unused, /)', 'Return a copy of the array.'],
    extend: [array_extend, '($self, bb, /)', 'Append items to the end of the array.'],
    fromfile: [array_fromfile, '($self, f, n, /)', 'Read n objects from the file object f and append them to the end of the array.'],
    fromlist: [array_fromlist, '($self, list, /)', 'Append items to array from list.'],
    frombytes: [array_frombytes, '($self, buffer, /)', 'Appends items from the string, interpreting it as an array of machine values, as if it had been read from a file using the fromfile() method.'],
    fromunicode: [array_fromunicode, '($self, ustr, /)', 'Extends this array with data from the unicode string ustr.'],
    index: [array_index, '($self, v, start=0, stop=sys.maxsize, /)', 'Return index of first occurrence of v in the array.\n\nRaise ValueError if the value is not present.'],
    insert: [array_insert, '($self, i, v, /)', 'Insert a new item v into the array before position i.'],
    pop: [array_pop, '($self, i=-1, /)', 'Return the i-th element and delete it from the array.\n\ni defaults to -1.'],
    __reduce_ex__: [array_reduce_ex, '($self, value, /)', 'Return state information for pickling.'],
    remove: [array_remove, '($self, v, /)', 'Remove the first occurrence of v in the array.'],
    reverse: [array_reverse, '($self, /)', 'Reverse the order of the items in the array.'],
    tofile: [array_tofile, '($self, f, /)', 'Write all items (as machine values) to the file object f.'],
    tolist: [(_t: Thread, self: PyArray) => newList(self.items()), '($self, /)', 'Convert array to an ordinary list with the same items.'],
    tobytes: [(_t: Thread, self: PyArray) => newBytes(self.bytes().slice()), '($self, /)', 'Convert the array to an array of machine values and return the bytes representation.'],
    tounicode: [array_tounicode, '($self, /)', 'Extends this array with data from the unicode string ustr.'],
    __sizeof__: [(_t: Thread, self: PyArray) => 80 + self.buffer.length, '($self, /)', 'Size of the array in memory, in bytes.'],
    __class_getitem__: CLASS_GETITEM,
  },
  getset: {
    typecode: { get: (_t, self) => (self as PyArray).code.code, doc: 'the typecode character used to create the array' },
    itemsize: { get: (_t, self) => (self as PyArray).code.size, doc: 'the size, in bytes, of one array item' },
  },
});

readyType(ITERATOR_TYPE, {
  slots: {
    tp_iter: (_t, self) => self,
    tp_iternext: (_t, self: PyArrayIterator) => {
      if (self.array === null) return undefined;
      if (self.index < self.array.length) return self.array.at(self.index++);
      self.array = null;
      return undefined;
    },
  },
  methods: {
    __reduce__: [
      (t: Thread, self: PyArrayIterator) => newTuple(self.array === null ? [builtinNamed(t, 'iter'), newTuple([EMPTY_TUPLE])] : [builtinNamed(t, 'iter'), newTuple([self.array]), self.index]),
      '($self, /)', 'Return state information for pickling.',
    ],
    __setstate__: [
      (t: Thread, self: PyArrayIterator, state: Value) => {
        const index = sizeArgument(t, state, 0);
        if (self.array !== null) self.index = Math.min(Math.max(index, 0), self.array.length);
      },
      '($self, state, /)', 'Set state information for unpickling.',
    ],
  },
});

registerBuffer(ARRAY_TYPE, (_t, value) => {
  const self = value as PyArray;
  self.exports++;
  let live = true;
  const release = (): void => {
    if (live) self.exports--;
    live = false;
  };
  const { size, format } = self.code;
  return { bytes: self.bytes(), offset: 0, format, itemSize: size, shape: [self.length], strides: [size], readOnly: false, owner: self, release };
});

function itemsOf(format: MachineFormat, bytes: Uint8Array): Value[] {
  const { size, kind, signed, littleEndian } = format;
  if (bytes.length % size !== 0) raiseValueError('string length not a multiple of item size');
  if (kind === 'utf-16' || kind === 'utf-32') return textItems(format, bytes);
  const read = (at: number): Value => (kind === 'int' ? unpackInt({ size, signed }, bytes, at, littleEndian) : newFloat(unpackFloat(size, bytes, at, littleEndian)));
  return Array.from({ length: bytes.length / size }, (_, i) => read(i * size));
}

function textItems({ size, littleEndian }: MachineFormat, bytes: Uint8Array): Value[] {
  const points = Array.from({ length: bytes.length / size }, (_, i) => Number(unpackInt({ size, signed: false }, bytes, i * size, littleEndian)));
  return [...(size === 2 ? String.fromCharCode(...points) : String.fromCodePoint(...points))];
}

/** The code whose ints are as wide as the pickled ones, else the pickled code. */
function fittingCode(code: ArrayCode, machine: MachineFormat): ArrayCode {
  if (machine.kind !== 'int') return code;
  const fitting = [...ARRAY_CODES.values()].filter((row) => !row.isText && !row.isFloat && row.size === machine.size && row.signed === machine.signed);
  return fitting.at(-1) ?? code;
}

function array_reconstructor(t: Thread, type: Value, typecode: Value, format: Value, items: Value): Value {
  if (!(type instanceof PyType)) raiseTypeError(`first argument must be a type object, not ${typeName(type)}`);
  const letter = asStr(typecode) ?? raiseTypeError(`_array_reconstructor() argument 2 must be a unicode character, not ${typeName(typecode)}`);
  if (!isSubtype(type, ARRAY_TYPE)) raiseTypeError(`${type.name} is not a subtype of array.array`);
  const code = ARRAY_CODES.get(letter) ?? raiseValueError('second argument must be a valid type code');
  const machine = machineFormat(intArgument(t, format, 0)) ?? raiseValueError('third argument must be a valid machine format code.');
  if (!(items instanceof PyBytes)) raiseTypeError(`fourth argument should be bytes, not ${typeName(items)}`);
  const native = code.machineFormat === intArgument(t, format, 0);
  const result = new PyArray(type, native ? code : fittingCode(code, machine));
  if (native) array_frombytes(t, result, items);
  else for (const item of itemsOf(machine, items.value)) append(t, result, item);
  return result;
}

const RECONSTRUCTOR = newModuleFunction('array', '_array_reconstructor', [
  array_reconstructor, '($module, arraytype, typecode, mformat_code, items,\n                     /)', 'Internal. Used for pickling support.',
]);

/** The table. */
export const ARRAY_MODULE: NativeModule = {
  name: 'array',
  doc: 'This module defines an object type which can efficiently represent\nan array of basic values: characters, integers, floating-point\nnumbers.',
  types: { array: ARRAY_TYPE, ArrayType: ARRAY_TYPE },
  functions: {},
  attributes: () => ({ typecodes: [...ARRAY_CODES.keys()].join(''), _array_reconstructor: RECONSTRUCTOR }),
  exec: (t) => void callMethod(t, getAttr(t, importModule(t, 'collections.abc'), 'MutableSequence'), 'register', ARRAY_TYPE),
};
