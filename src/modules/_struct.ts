/** `_struct` (Modules/_struct.c): values to bytes and back; the layout rules are in `objects/algorithms/struct-pack.ts`. */
import { PyByteArray, PyBytes, PyFloat } from '../core/scalars.ts';
import { withQuietForm } from '../core/quiet.ts';
import type { BufferView } from '../core/memory-view.ts';
import type { KeywordNames } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Int, type Maybe, type Value } from '../core/value.ts';
import {
  packBytes, packFloat, packInt, packPascal, parseStructFormat, unpackFloat, unpackInt, unpackPascal,
  type PackFailure, type StructField, type StructLayout,
} from '../objects/algorithms/struct-pack.ts';
import { encodeAscii } from '../objects/algorithms/codecs/single-byte.ts';
import { getBuffer, isContiguous, viewBytes } from '../objects/buffer.ts';
import { strictEncode } from '../objects/codec-errors.ts';
import { unreachable } from '../base/assert.ts';
import { exceptionType } from './exception-type.ts';
import { strRepr } from '../objects/algorithms/str-repr.ts';
import { BufferError, OverflowError, RuntimeError } from '../objects/exception-types.ts';
import { bytesOfPart, newBytes, newComplex, newFloat, newTuple } from '../objects/make.ts';
import { toComplexParts, toDouble } from '../objects/numbers.ts';
import { toIndex } from '../objects/operators.ts';
import { isRaised, newException, raise, raiseTypeError, typeName } from '../objects/raise.ts';
import { TypeError as PyTypeError } from '../objects/exception-types.ts';
import { BYTES_TYPE, staticType, TUPLE_TYPE } from '../objects/static-types.ts';
import { isTrue } from '../objects/truth.ts';
import { asStr, typeOf } from '../objects/type-of.ts';
import { readyType } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';

const STRUCT_TYPE = staticType('Struct', { module: '_struct', baseType: true, hasWeakref: true });
const UNPACK_ITERATOR_TYPE = staticType('unpack_iterator', { module: '_struct', disallowInstantiation: true });
const STRUCT_ERROR = exceptionType('error', 'struct');

/** A buffer to write into; undefined for what has none. As with C's `w*`, memory that cannot be written is no buffer here. */
function writableBuffer(t: Thread, target: Value): BufferView | undefined {
  try {
    const view = getBuffer(t, target, { writable: true });
    if (view === undefined || isContiguous(view)) return view;
    view.release();
    return undefined;
  } catch (caught) {
    if (isRaised(caught, BufferError)) return undefined;
    throw caught;
  }
}

class PyStruct extends PyObject {
  format = '';
  layout: StructLayout = { fields: [], size: -1, littleEndian: true };
}

function fail(message: string): never {
  throw newException(STRUCT_ERROR, message);
}

function formatText(format: Value, where: string): string {
  const text = typeof format === 'string' ? format : format instanceof PyBytes || format instanceof PyByteArray ? decodedFormat(format.value) : asStr(format);
  if (text !== undefined) return NOT_ASCII.test(text) ? refuseFormat(text) : text;
  return raiseTypeError(`${where} must be a str or bytes object, not ${typeName(format)}`);
}

const NOT_ASCII = /[^\0-\x7f]/u;

/** Bytes beyond ASCII are escaped, so that the encoding error names them as C does. */
function decodedFormat(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)).join('');
}

function refuseFormat(text: string): never {
  encodeAscii(text, strictEncode(text), strictEncode(text));
  return unreachable('text beyond ASCII');
}

const LAYOUT_CACHE_SIZE = 100;
// A declared cache: formats are parsed once.
const layouts = new Map<string, StructLayout>();

function layoutOf(format: string): StructLayout {
  const known = layouts.get(format);
  if (known !== undefined) return known;
  if (format.includes('\0')) fail('embedded null character');
  const layout = parseStructFormat(format);
  if (typeof layout === 'string') return fail(layout);
  if (layouts.size >= LAYOUT_CACHE_SIZE) layouts.clear();
  layouts.set(format, layout);
  return layout;
}

function checked(failure: PackFailure | undefined): void {
  if (failure === undefined) return;
  if (failure.kind === 'OverflowError') raise(OverflowError, failure.message);
  fail(failure.message);
}

function requireInt(t: Thread, value: Value): Int {
  if (typeof value === 'number') return value;
  return typeOf(value).slots.nb_index === null ? fail('required argument is not an integer') : toIndex(t, value);
}

function requireFloat(t: Thread, value: Value): number {
  if (value instanceof PyFloat) return value.value;
  try {
    return toDouble(t, value);
  } catch (caught) {
    return isRaised(caught, PyTypeError) ? fail('required argument is not a float') : rethrow(caught);
  }
}

function rethrow(caught: unknown): never {
  throw caught;
}

function requireBytes(value: Value, message: string): Uint8Array {
  return value instanceof PyBytes || value instanceof PyByteArray ? value.value : fail(message);
}

function packField(t: Thread, field: StructField, value: Value, bytes: Uint8Array, at: number, littleEndian: boolean): void {
  switch (field.kind) {
    case 'int':
      return checked(packInt(field, requireInt(t, value), bytes, at, littleEndian));
    case 'float':
      return checked(packFloat(field.size, requireFloat(t, value), bytes, at, littleEndian));
    case 'complex': {
      const parts = complexParts(t, value);
      checked(packFloat(field.size / 2, parts.real, bytes, at, littleEndian));
      return checked(packFloat(field.size / 2, parts.imag, bytes, at + field.size / 2, littleEndian));
    }
    case 'bool':
      bytes[at] = isTrue(t, value) ? 1 : 0;
      return;
    case 'char': {
      const one = requireBytes(value, 'char format requires a bytes object of length 1');
      if (!(value instanceof PyBytes) || one.length !== 1) fail('char format requires a bytes object of length 1');
      bytes[at] = one[0]!;
      return;
    }
    case 'bytes':
      return packBytes(field, requireBytes(value, "argument for 's' must be a bytes object"), bytes, at);
    case 'pascal':
      return packPascal(field, requireBytes(value, "argument for 'p' must be a bytes object"), bytes, at);
  }
}

function complexParts(t: Thread, value: Value): { real: number; imag: number } {
  try {
    return toComplexParts(t, value);
  } catch (caught) {
    return isRaised(caught, PyTypeError) ? fail('required argument is not a complex') : rethrow(caught);
  }
}

function unpackField(field: StructField, bytes: Uint8Array, at: number, littleEndian: boolean): Value {
  switch (field.kind) {
    case 'int': return unpackInt(field, bytes, at, littleEndian);
    case 'float': return newFloat(unpackFloat(field.size, bytes, at, littleEndian));
    case 'complex': return newComplex(unpackFloat(field.size / 2, bytes, at, littleEndian), unpackFloat(field.size / 2, bytes, at + field.size / 2, littleEndian));
    case 'bool': return bytes[at] !== 0;
    case 'char': return bytesOfPart(bytes, at, at + 1);
    case 'bytes': return bytesOfPart(bytes, at, at + field.size);
    case 'pascal': return newBytes(unpackPascal(field, bytes, at));
  }
}

/** Packs the values from the `first` on. */
function packInto(t: Thread, layout: StructLayout, values: readonly Value[], first: number, bytes: Uint8Array, at: number): void {
  const { fields, littleEndian } = layout;
  for (let i = 0; i < fields.length; i++) packField(t, fields[i]!, values[first + i]!, bytes, at + fields[i]!.offset, littleEndian);
}

// Nothing that a value runs comes between writing the byte and reading it.
const ONE_BYTE = new Uint8Array(1);

/** Packs the values from the `first` on. @hot bench/programs/pickle_python.py */
function structPack(t: Thread, layout: StructLayout, values: readonly Value[], first: number): Value {
  const given = values.length - first;
  if (given !== layout.fields.length) fail(`pack expected ${layout.fields.length} items for packing (got ${given})`);
  const bytes = layout.size === 1 ? ONE_BYTE : new Uint8Array(layout.size);
  ONE_BYTE[0] = 0;
  packInto(t, layout, values, first, bytes, 0);
  return bytes === ONE_BYTE ? bytesOfPart(bytes, 0, 1) : newBytes(bytes);
}

const SSIZE_LIMIT = 2n ** 63n;

/** An offset of C type Py_ssize_t, exact. */
function offsetArgument(t: Thread, value: Value): Int {
  const offset = toIndex(t, value);
  if (offset >= SSIZE_LIMIT || offset < -SSIZE_LIMIT) raise(OverflowError, 'Python int too large to convert to C ssize_t');
  return offset;
}

function resolveOffset(given: Int, length: number, size: number, verb: 'pack_into' | 'unpack_from'): number {
  const what = verb === 'pack_into' ? 'packing' : 'unpacking';
  let offset = Number(given);
  if (offset < 0) {
    if (offset + size > 0) fail(verb === 'pack_into' ? `no space to pack ${size} bytes at offset ${offset}` : `not enough data to unpack ${size} bytes at offset ${offset}`);
    if (offset + length < 0) fail(`offset ${given} out of range for ${length}-byte buffer`);
    offset += length;
  }
  if (length - offset < size) {
    const needed = Number(given) < 0 ? size + offset : BigInt(size) + BigInt(given);
    const start = Number(given) < 0 ? offset : given;
    fail(`${verb} requires a buffer of at least ${needed} bytes for ${what} ${size} bytes at offset ${start} (actual buffer size is ${length})`);
  }
  return offset;
}

function structPackInto(t: Thread, layout: StructLayout, values: readonly Value[]): Value {
  const [target, offset, ...rest] = values;
  if (target === undefined) fail('pack_into expected buffer argument');
  if (offset === undefined) fail('pack_into expected offset argument');
  if (rest.length !== layout.fields.length) fail(`pack_into expected ${layout.fields.length} items for packing (got ${rest.length})`);
  const view = writableBuffer(t, target) ?? raiseTypeError(`argument must be read-write bytes-like object, not ${typeName(target)}`);
  try {
    const bytes = viewBytes(view);
    const at = resolveOffset(offsetArgument(t, offset), bytes.length, layout.size, 'pack_into');
    bytes.fill(0, at, at + layout.size);
    packInto(t, layout, rest, 0, bytes, at);
  } finally {
    view.release();
  }
  return null;
}

function borrow<R>(t: Thread, buffer: Value, use: (bytes: Uint8Array) => R): R {
  const view: BufferView = getBuffer(t, buffer) ?? raiseTypeError(`a bytes-like object is required, not '${typeName(buffer)}'`);
  try {
    return use(viewBytes(view));
  } finally {
    view.release();
  }
}

function unpackAt(layout: StructLayout, bytes: Uint8Array, at: number): Value {
  const { fields, littleEndian } = layout;
  const items: Value[] = [];
  for (let i = 0; i < fields.length; i++) items.push(unpackField(fields[i]!, bytes, at + fields[i]!.offset, littleEndian));
  return newTuple(items);
}

/** @hot bench/programs/pickle_python.py */
function structUnpack(t: Thread, layout: StructLayout, buffer: Value): Value {
  if (buffer instanceof PyBytes && buffer.type === BYTES_TYPE && buffer.value.length === layout.size) return unpackAt(layout, buffer.value, 0);
  return borrow(t, buffer, (bytes) => (bytes.length === layout.size ? unpackAt(layout, bytes, 0) : fail(`unpack requires a buffer of ${layout.size} bytes`)));
}

function structUnpackFrom(t: Thread, layout: StructLayout, buffer: Value, offset: Maybe): Value {
  return borrow(t, buffer, (bytes) => unpackAt(layout, bytes, resolveOffset(offset === undefined ? 0 : offsetArgument(t, offset), bytes.length, layout.size, 'unpack_from')));
}

class PyUnpackIterator extends PyObject {
  readonly layout: StructLayout;
  view: BufferView | null;
  readonly bytes: Uint8Array;
  at = 0;
  constructor(layout: StructLayout, view: BufferView) {
    super(UNPACK_ITERATOR_TYPE);
    this.layout = layout;
    this.view = view;
    this.bytes = viewBytes(view);
  }
}

readyType(UNPACK_ITERATOR_TYPE, {
  slots: {
    tp_iter: (_t, self) => self,
    tp_iternext: (_t, self: PyUnpackIterator) => {
      if (self.view === null) return undefined;
      if (self.at >= self.bytes.length) {
        self.view.release();
        self.view = null;
        return undefined;
      }
      const row = unpackAt(self.layout, self.bytes, self.at);
      self.at += self.layout.size;
      return row;
    },
  },
  methods: { __length_hint__: [(_t: Thread, self: PyUnpackIterator) => (self.view === null ? 0 : (self.bytes.length - self.at) / self.layout.size), '!($self, /)', 'Items left.'] },
});

function structIterUnpack(t: Thread, layout: StructLayout, buffer: Value): Value {
  if (layout.size === 0) fail('cannot iteratively unpack with a struct of length 0');
  const view = getBuffer(t, buffer) ?? raiseTypeError(`a bytes-like object is required, not '${typeName(buffer)}'`);
  const iterator = new PyUnpackIterator(layout, view);
  if (iterator.bytes.length % layout.size !== 0) {
    view.release();
    fail(`iterative unpacking requires a buffer of a multiple of ${layout.size} bytes`);
  }
  return iterator;
}

function initialised(self: PyStruct): StructLayout {
  return self.layout.size < 0 ? raise(RuntimeError, 'Struct object is not initialized') : self.layout;
}

const struct_pack = withQuietForm((t: Thread, self: PyStruct, values: Value[]) => structPack(t, initialised(self), values, 0), {
  call: (_t: Thread, self: PyStruct, values: readonly Value[]) => (self.layout.size < 0 ? undefined : quietPack(self.layout, values, 0)), effect: 'new', result: BYTES_TYPE,
});
const struct_unpack = withQuietForm((t: Thread, self: PyStruct, buffer: Value) => structUnpack(t, initialised(self), buffer), {
  call: (_t: Thread, self: PyStruct, buffer: Value) => (self.layout.size < 0 ? undefined : quietUnpack(self.layout, buffer)), effect: 'new', result: TUPLE_TYPE,
});

readyType(STRUCT_TYPE, {
  doc: 'Struct(fmt) --> compiled struct object',
  textSignature: '(format)',
  slots: {
    tp_alloc: (type) => new PyStruct(type),
    tp_new: (_t, type) => new PyStruct(type),
    tp_init: (_t, self: PyStruct, args: Value[], keywords: KeywordNames) => {
      if (args.length !== 1 || (keywords !== null && keywords.length === 1 && keywords[0] !== 'format')) raiseTypeError(args.length === 0 ? "Struct() missing required argument 'format' (pos 1)" : `Struct() takes at most 1 argument (${args.length} given)`);
      const format = formatText(args[0]!, 'Struct() argument 1');
      self.layout = layoutOf(format);
      self.format = format;
    },
    tp_repr: (_t, self: PyStruct) => {
      initialised(self);
      return `${self.type.name}(${strRepr(self.format)})`;
    },
  },
  methods: {
    pack: [struct_pack, '!($self, /, *values)', 'Return a bytes object containing values packed according to the format.'],
    pack_into: [(t: Thread, self: PyStruct, values: Value[]) => structPackInto(t, initialised(self), values), '!($self, /, *values)', 'Pack values into a writable buffer.'],
    unpack: [struct_unpack, '($self, buffer, /)', 'Return a tuple containing unpacked values.'],
    unpack_from: [(t: Thread, self: PyStruct, buffer: Value, offset?: Value) => structUnpackFrom(t, initialised(self), buffer, offset), '($self, /, buffer, offset=0)', 'Return a tuple containing unpacked values.'],
    iter_unpack: [(t: Thread, self: PyStruct, buffer: Value) => structIterUnpack(t, initialised(self), buffer), '($self, buffer, /)', 'Return an iterator yielding tuples.'],
    __sizeof__: [(_t: Thread, self: PyStruct) => 88 + 32 * codesOf((initialised(self), self.format)), '!($self, /)', 'Size in memory.'],
  },
  getset: {
    format: { get: (_t, self) => (initialised(self as PyStruct), (self as PyStruct).format), doc: 'struct format string' },
    size: { get: (_t, self) => (self as PyStruct).layout.size, doc: 'struct size in bytes' },
  },
});

/** Codes of a format as CPython stores them: one for `100i`, none for padding and for nothing. */
function codesOf(format: string): number {
  return [...format.matchAll(/(\d*)([a-zA-Z?])/g)].filter(([, count, code]) => code === 's' || code === 'p' || (code !== 'x' && (count === '' || Number(count) > 0))).length;
}

function layoutFor(format: Value): StructLayout {
  // A format that is known has no other characters than those of formats.
  const known = typeof format === 'string' ? layouts.get(format) : undefined;
  if (known !== undefined) return known;
  return format instanceof PyStruct ? format.layout : layoutOf(formatText(format, 'Struct() argument 1'));
}

function firstFormat(values: readonly Value[], name: string): StructLayout {
  return values.length === 0 ? raiseTypeError(`${name} expected at least 1 argument, got 0`) : layoutFor(values[0]!);
}

/** The layout of a format that was asked for before. */
function knownLayout(format: Maybe): StructLayout | undefined {
  return typeof format === 'string' ? layouts.get(format) : undefined;
}

/** `pack` of ints that are numbers, and of floats; undefined where the format is new, or a value does not fit. @hot */
function quietPack(layout: StructLayout | undefined, values: readonly Value[], first: number): Maybe {
  if (layout === undefined || values.length - first !== layout.fields.length) return undefined;
  const { fields, littleEndian } = layout;
  const bytes = layout.size === 1 ? ONE_BYTE : new Uint8Array(layout.size);
  ONE_BYTE[0] = 0;
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!;
    const value = values[first + i]!;
    if (field.kind === 'int' && typeof value === 'number') {
      if (packInt(field, value, bytes, field.offset, littleEndian) !== undefined) return undefined;
    } else if (field.kind === 'float' && value instanceof PyFloat) {
      if (packFloat(field.size, value.value, bytes, field.offset, littleEndian) !== undefined) return undefined;
    } else return undefined;
  }
  return bytes === ONE_BYTE ? bytesOfPart(bytes, 0, 1) : newBytes(bytes);
}

/** `unpack` of bytes that have the size of the format. */
function quietUnpack(layout: StructLayout | undefined, buffer: Value): Maybe {
  return layout !== undefined && buffer instanceof PyBytes && buffer.value.length === layout.size ? unpackAt(layout, buffer.value, 0) : undefined;
}

const pack = withQuietForm((t: Thread, values: Value[]) => structPack(t, firstFormat(values, 'pack'), values, 1), {
  call: (_t: Thread, values: readonly Value[]) => quietPack(knownLayout(values[0]), values, 1), effect: 'new', result: BYTES_TYPE,
});
const unpack = withQuietForm((t: Thread, format: Value, buffer: Value) => structUnpack(t, layoutFor(format), buffer), {
  call: (_t: Thread, format: Value, buffer: Value) => quietUnpack(knownLayout(format), buffer), effect: 'new', result: TUPLE_TYPE,
});

/** The table. */
export const STRUCT_MODULE: NativeModule = {
  name: '_struct',
  doc: 'Functions to convert between Python values and C structs.',
  types: { Struct: STRUCT_TYPE, error: STRUCT_ERROR },
  functions: {
    pack: [pack, '!($module, /, *values)', 'Return a bytes object containing values packed according to the format string.'],
    pack_into: [(t: Thread, values: Value[]) => structPackInto(t, firstFormat(values, 'pack_into'), values.slice(1)), '!($module, /, *values)', 'Pack values into a writable buffer.'],
    unpack: [unpack, '($module, format, buffer, /)', 'Return a tuple containing values unpacked according to the format string.'],
    unpack_from: [(t: Thread, format: Value, buffer: Value, offset?: Value) => structUnpackFrom(t, layoutFor(format), buffer, offset), '($module, format, /, buffer, offset=0)', 'Return a tuple containing values unpacked according to the format string.'],
    iter_unpack: [(t: Thread, format: Value, buffer: Value) => structIterUnpack(t, layoutFor(format), buffer), '($module, format, buffer, /)', 'Return an iterator yielding tuples unpacked from the given bytes.'],
    calcsize: [(_t: Thread, format: Value) => layoutFor(format).size, '($module, format, /)', 'Return size in bytes of the struct described by the format string.'],
    _clearcache: [() => void layouts.clear(), '($module, /)', 'Clear the internal cache.'],
  },
};
