/** `memoryview` and its iterator. Source: CPython Objects/memoryobject.c. */
import { PyTuple } from '../core/containers.ts';
import { PyMemoryView, type BufferView, type ManagedBuffer } from '../core/memory-view.ts';
import { PyBytes } from '../core/scalars.ts';
import { NativeDefinition } from '../core/native.ts';
import { PySlice } from '../core/range.ts';
import { EQ, type CompareOp, type KeywordNames, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Int, type Maybe, type Value } from '../core/value.ts';
import { bytesEqual } from './algorithms/bytes-search.ts';
import { hashBytes } from './algorithms/hash.ts';
import { intFieldRange, packFloat, packInt, parseStructFormat, unpackFloat, unpackInt, type StructField } from './algorithms/struct-pack.ts';
import { endView, getBuffer, getNativeBuffer, isContiguous, liveView, manage, viewBytes, viewSize } from './buffer.ts';
import { hexText } from './bytes-methods.ts';
import { compareBool, equalityResult } from './compare.ts';
import { BufferError, NotImplementedError, OverflowError } from './exception-types.ts';
import { CLASS_GETITEM } from './generic-alias-record.ts';
import { hashOf } from './hash-value.ts';
import { newBytes, newFloat, newList, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { boundArgument, strArgument } from './native-arguments.ts';
import { bindArguments } from './native-call.ts';
import { toDouble } from './numbers.ts';
import { toIndex, toSize } from './operators.ts';
import { raise, raiseIndexError, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { adjustSlice } from './slice.ts';
import { MEMORYVIEW_TYPE, MEMORY_ITERATOR_TYPE } from './static-types.ts';
import { addressOf } from './text.ts';
import { isTrue } from './truth.ts';
import { typeOf } from './type-of.ts';
import { readyType } from './type-ready.ts';
import { toArray } from './iterate.ts';

/** A memoryview over a buffer that the caller has borrowed and gives away. */
export function newMemoryView(view: BufferView): PyMemoryView {
  return viewOf(manage(view), view);
}

function viewOf(managed: ManagedBuffer, view: BufferView): PyMemoryView {
  managed.exports++;
  return new PyMemoryView(MEMORYVIEW_TYPE, managed, view);
}

/** `memoryview(object)`; raises TypeError when the object has no buffer. */
export function memoryViewOf(t: Thread, object: Value): PyMemoryView {
  if (object instanceof PyMemoryView) return viewOf(object.managed, liveView(object));
  const view = getBuffer(t, object);
  if (view === undefined) raiseTypeError(`memoryview: a bytes-like object is required, not '${typeName(object)}'`);
  return newMemoryView(view);
}

const NEW = new NativeDefinition('memoryview', () => null, '(object)', '', 'method');

function memoryview_new(t: Thread, _type: PyType, args: Value[], keywords: KeywordNames): Value {
  const [object] = bindArguments(NEW, 'memoryview', null, false, args, keywords) as Maybe[];
  return memoryViewOf(t, object!);
}

function memoryview_release(_t: Thread, self: PyMemoryView): void {
  if (self.view === null) return;
  if (self.exports > 0) raise(BufferError, `memoryview has ${self.exports} exported buffer${self.exports === 1 ? '' : 's'}`);
  endView(self);
}

// Items

const fields = new Map<string, StructField | null>();

/** The field of a native single-character format, or null when memoryview does not know it. */
function fieldOf(format: string): StructField | null {
  let field = fields.get(format);
  if (field === undefined) {
    const letter = format.startsWith('@') ? format.slice(1) : format;
    const layout = /^[bBhHiIlLqQnNPefd?c]$/.test(letter) ? parseStructFormat(`@${letter}`) : '';
    field = typeof layout === 'string' ? null : layout.fields[0]!;
    fields.set(format, field);
  }
  return field;
}

function requireField(view: BufferView): StructField {
  return fieldOf(view.format) ?? raise(NotImplementedError, `memoryview: format ${view.format} not supported`);
}

function unpackItem(view: BufferView, field: StructField, at: number): Value {
  switch (field.kind) {
    case 'int':
      return field.size === 1 && !field.signed ? view.bytes[at]! : unpackInt(field, view.bytes, at, true);
    case 'float':
      return newFloat(unpackFloat(field.size, view.bytes, at, true));
    case 'bool':
      return view.bytes[at] !== 0;
    default:
      return newBytes(view.bytes.slice(at, at + 1));
  }
}

function packItem(t: Thread, view: BufferView, field: StructField, at: number, value: Value): void {
  const wrongType = (): never => raiseTypeError(`memoryview: invalid type for format '${view.format}'`);
  const wrongValue = (): never => raiseValueError(`memoryview: invalid value for format '${view.format}'`);
  switch (field.kind) {
    case 'int': {
      if (typeOf(value).slots.nb_index === null) return wrongType();
      const int = toIndex(t, value);
      const [low, high] = intFieldRange(field);
      if (int < low || int > high) return wrongValue();
      packInt(field, int, view.bytes, at, true);
      return;
    }
    case 'float': {
      const { nb_float: toFloat, nb_index: index } = typeOf(value).slots;
      if (toFloat === null && index === null) return wrongType();
      packFloat(field.size, toDouble(t, value), view.bytes, at, true);
      return;
    }
    case 'bool':
      view.bytes[at] = isTrue(t, value) ? 1 : 0;
      return;
    default:
      if (!(value instanceof PyBytes)) return wrongType();
      if (value.value.length !== 1) return wrongValue();
      view.bytes[at] = value.value[0]!;
  }
}

/** Offset of an item along one dimension. */
function offsetAlong(view: BufferView, dimension: number, given: number, from: number): number {
  const length = view.shape[dimension]!;
  const index = given < 0 ? given + length : given;
  if (index < 0 || index >= length) raiseIndexError(`index out of bounds on dimension ${dimension + 1}`);
  return from + index * view.strides[dimension]!;
}

function tupleOffset(t: Thread, view: BufferView, key: PyTuple): number {
  const { items } = key;
  if (items.length < view.shape.length) raise(NotImplementedError, 'sub-views are not implemented');
  if (items.length > view.shape.length) {
    raiseTypeError(`cannot index ${view.shape.length}-dimension view with ${items.length}-element tuple`);
  }
  let at = view.offset;
  items.forEach((item, dimension) => (at = offsetAlong(view, dimension, toSize(t, item), at)));
  return at;
}

function isMultiIndex(key: PyTuple): boolean {
  return key.items.every((item) => typeOf(item).slots.nb_index !== null);
}

/** The sub-view that a slice selects along the first dimension. */
function slicedView(t: Thread, view: BufferView, slice: PySlice): BufferView {
  const { start, step, count } = adjustSlice(t, slice, view.shape[0]!);
  return {
    ...view,
    offset: view.offset + start * view.strides[0]!,
    shape: [count, ...view.shape.slice(1)],
    strides: [view.strides[0]! * step, ...view.strides.slice(1)],
  };
}

function memoryview_subscript(t: Thread, self: PyMemoryView, key: Value): Value {
  const view = liveView(self);
  const field = requireField(view);
  if (view.shape.length === 0) {
    if (key instanceof PyTuple && key.items.length === 0) return unpackItem(view, field, view.offset);
    raiseTypeError('invalid indexing of 0-dim memory');
  }
  if (typeof key === 'number' || typeOf(key).slots.nb_index !== null) {
    const index = toSize(t, key);
    if (view.shape.length > 1) raise(NotImplementedError, 'multi-dimensional sub-views are not implemented');
    return unpackItem(view, field, offsetAlong(view, 0, index, view.offset));
  }
  if (key instanceof PySlice) return viewOf(self.managed, slicedView(t, view, key));
  if (key instanceof PyTuple) {
    if (isMultiIndex(key)) return unpackItem(view, field, tupleOffset(t, view, key));
    if (key.items.every((item) => item instanceof PySlice)) raise(NotImplementedError, 'multi-dimensional slicing is not implemented');
  }
  return raiseTypeError('memoryview: invalid slice key');
}

function assignSlice(t: Thread, view: BufferView, slice: PySlice, value: Value): void {
  if (view.shape.length !== 1) raise(NotImplementedError, 'memoryview slice assignments are currently restricted to ndim = 1');
  const source = getBuffer(t, value);
  if (source === undefined) raiseTypeError(`a bytes-like object is required, not '${typeName(value)}'`);
  try {
    const target = slicedView(t, view, slice);
    if (source.shape.length !== 1 || source.format !== target.format || source.shape[0] !== target.shape[0]) {
      raiseValueError('memoryview assignment: lvalue and rvalue have different structures');
    }
    const bytes = viewBytes(source).slice();
    for (let i = 0; i < target.shape[0]!; i++) {
      view.bytes.set(bytes.subarray(i * view.itemSize, (i + 1) * view.itemSize), target.offset + i * target.strides[0]!);
    }
  } finally {
    source.release();
  }
}

function memoryview_assign(t: Thread, self: PyMemoryView, key: Value, value: Maybe): void {
  const view = liveView(self);
  const field = requireField(view);
  if (view.readOnly) raiseTypeError('cannot modify read-only memory');
  if (value === undefined) raiseTypeError('cannot delete memory');
  if (view.shape.length === 0) {
    if (!(key instanceof PyTuple && key.items.length === 0)) raiseTypeError('invalid indexing of 0-dim memory');
    packItem(t, view, field, view.offset, value);
  } else if (typeof key === 'number' || typeOf(key).slots.nb_index !== null) {
    if (view.shape.length > 1) raise(NotImplementedError, 'sub-views are not implemented');
    packItem(t, view, field, offsetAlong(view, 0, toSize(t, key), view.offset), value);
  } else if (key instanceof PySlice) assignSlice(t, view, key, value);
  else if (key instanceof PyTuple && isMultiIndex(key)) packItem(t, view, field, tupleOffset(t, view, key), value);
  else if (key instanceof PyTuple && key.items.every((item) => item instanceof PySlice)) raise(NotImplementedError, 'memoryview slice assignments are currently restricted to ndim = 1');
  else raiseTypeError('memoryview: invalid slice key');
}

// Whole views

function nested(view: BufferView, item: (at: number) => Value): Value {
  const build = (dimension: number, at: number): Value => {
    if (dimension === view.shape.length) return item(at);
    const items: Value[] = [];
    for (let i = 0; i < view.shape[dimension]!; i++) items.push(build(dimension + 1, at + i * view.strides[dimension]!));
    return newList(items);
  };
  return build(0, view.offset);
}

function memoryview_tolist(_t: Thread, self: PyMemoryView): Value {
  const view = liveView(self);
  const field = requireField(view);
  return nested(view, (at) => unpackItem(view, field, at));
}

function memoryview_tobytes(_t: Thread, self: PyMemoryView, order: Maybe): Value {
  const view = liveView(self);
  const name = order === undefined || order === null ? 'C' : strArgument(order, "tobytes() argument 'order'");
  if (!/^[CFA]$/.test(name)) raiseValueError("order must be 'C', 'F' or 'A'");
  if (name === 'F' && view.shape.length > 1) {
    return newBytes(viewBytes({ ...view, shape: [...view.shape].reverse(), strides: [...view.strides].reverse() }).slice());
  }
  return newBytes(viewBytes(view).slice());
}

/** Whether two views have the same shape and equal items. */
function viewsEqual(t: Thread, a: BufferView, b: BufferView): boolean {
  if (a.shape.length !== b.shape.length || a.shape.some((n, i) => n !== b.shape[i])) return false;
  const first = fieldOf(a.format);
  const second = fieldOf(b.format);
  if (first === null || second === null) return false;
  // Bytes that are equal mean items that are equal, except for floats.
  if (first.code === second.code && first.kind === 'int') return bytesEqual(viewBytes(a), viewBytes(b));
  return compareBool(t, nested(a, (at) => unpackItem(a, first, at)), nested(b, (at) => unpackItem(b, second, at)), EQ);
}

function memoryview_richcompare(t: Thread, self: PyMemoryView, other: Value, op: CompareOp): Value {
  if (op !== 2 && op !== 3) return NOT_IMPLEMENTED;
  if (self.view === null) return equalityResult(self === other, op);
  if (other instanceof PyMemoryView && other.view === null) return equalityResult(false, op);
  const theirs = getBuffer(t, other);
  if (theirs === undefined) return NOT_IMPLEMENTED;
  try {
    return equalityResult(viewsEqual(t, self.view, theirs), op);
  } finally {
    theirs.release();
  }
}

function memoryview_hash(t: Thread, self: PyMemoryView): Int {
  if (self.hash !== null) return self.hash;
  const view = liveView(self);
  if (!view.readOnly) raiseValueError('cannot hash writable memoryview object');
  if (!/^@?[Bbc]$/.test(view.format)) raiseValueError("memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  if (view.owner !== null) hashOf(t, view.owner);
  return (self.hash = hashBytes(viewBytes(view), t.interpreter.config.hashSeed));
}

const CAST = "memoryview: destination format must be a native single character format prefixed with an optional '@'";

function castShape(t: Thread, shape: Value): number[] {
  if (!(shape instanceof PyTuple) && typeName(shape) !== 'list') raiseTypeError('shape must be a list or a tuple');
  return toArray(t, shape).map((item) => {
    const length = toIndex(t, item);
    if (typeof length !== 'number' || length <= 0) raiseValueError('memoryview.cast(): elements of shape must be integers > 0');
    return length;
  });
}

function memoryview_cast(t: Thread, self: PyMemoryView, format: Value, shape: Maybe): Value {
  const view = liveView(self);
  const name = strArgument(format, "cast() argument 'format'");
  if (!isContiguous(view)) raiseTypeError('memoryview: casts are restricted to C-contiguous views');
  if (shape !== undefined && view.shape.length !== 1) raiseTypeError('memoryview: cast must be 1D -> ND or ND -> 1D');
  const field = fieldOf(name) ?? raiseValueError(CAST);
  const isBytes = (text: string): boolean => /^@?[bBc]$/.test(text);
  if (!isBytes(view.format) && !isBytes(name)) raiseTypeError('memoryview: cannot cast between two non-byte formats');
  const size = viewSize(view);
  if (size % field.size !== 0) raiseTypeError('memoryview: length is not a multiple of itemsize');
  const lengths = shape === undefined ? [size / field.size] : castShape(t, shape);
  if (lengths.reduce((product, n) => product * n, field.size) !== size) raiseTypeError('memoryview: product(shape) * itemsize != buffer size');
  const strides = lengths.map((_n, i) => lengths.slice(i + 1).reduce((product, n) => product * n, field.size));
  return viewOf(self.managed, { ...view, format: name, itemSize: field.size, shape: lengths, strides });
}

function memoryview_toreadonly(_t: Thread, self: PyMemoryView): Value {
  return viewOf(self.managed, { ...liveView(self), readOnly: true });
}

function memoryview_hex(t: Thread, self: PyMemoryView, separator: Maybe, perSeparator: Maybe): Value {
  return hexText(t, viewBytes(liveView(self)), separator, perSeparator);
}

function oneDimension(view: BufferView): number {
  if (view.shape.length !== 1) raise(NotImplementedError, 'multi-dimensional sub-views are not implemented');
  return view.shape[0]!;
}

function itemsEqualTo(t: Thread, self: PyMemoryView, item: Value, low: number, high: number, visit: (i: number) => boolean): void {
  const view = liveView(self);
  const field = requireField(view);
  const length = oneDimension(view);
  for (let i = low; i < Math.min(high, length); i++) {
    if (compareBool(t, unpackItem(view, field, view.offset + i * view.strides[0]!), item, EQ) && visit(i)) return;
  }
}

function memoryview_count(t: Thread, self: PyMemoryView, item: Value): Value {
  let count = 0;
  itemsEqualTo(t, self, item, 0, Infinity, () => (count++, false));
  return count;
}

function memoryview_index(t: Thread, self: PyMemoryView, item: Value, start: Maybe, stop: Maybe): Value {
  const length = oneDimension(liveView(self));
  const bound = (value: number): number => (value < 0 ? Math.max(0, value + length) : value);
  let found = -1;
  itemsEqualTo(t, self, item, bound(boundArgument(t, start, 0)), bound(boundArgument(t, stop, Infinity)), (i) => {
    found = i;
    return true;
  });
  return found < 0 ? raiseValueError('memoryview.index(x): x not found') : found;
}

function memoryview_length(_t: Thread, self: PyMemoryView): number {
  const view = liveView(self);
  return view.shape.length === 0 ? raiseTypeError('0-dim memory has no length') : view.shape[0]!;
}

function memoryview_repr(_t: Thread, self: PyMemoryView): string {
  return self.view === null ? `<released memory at ${addressOf(self)}>` : `<memory at ${addressOf(self)}>`;
}

function memoryview_iter(_t: Thread, self: PyMemoryView): Value {
  const view = liveView(self);
  if (view.shape.length === 0) raiseTypeError('invalid indexing of 0-dim memory');
  requireField(view);
  if (view.shape.length > 1) raise(NotImplementedError, 'multi-dimensional sub-views are not implemented');
  return new PyMemoryIterator(self, view.shape[0]!);
}

function property(read: (view: BufferView) => Value, doc: string): { get(t: Thread, self: Value): Value; doc: string } {
  return { get: (_t, self) => read(liveView(self as PyMemoryView)), doc };
}

function isFortranContiguous(view: BufferView): boolean {
  return isContiguous({ ...view, shape: [...view.shape].reverse(), strides: [...view.strides].reverse() });
}

// Source: CPython Include/cpython/object.h (PyBUF_WRITABLE), Objects/typeobject.c wrap_buffer, wrap_releasebuffer.
const WRITABLE_FLAG = 1;
const MOST_FLAGS = 2 ** 31 - 1;

function object_buffer(t: Thread, self: Value, given: Value): Value {
  const flags = toSize(t, given, OverflowError);
  if (Math.abs(flags) > MOST_FLAGS) raise(OverflowError, 'buffer flags out of range');
  const view = getNativeBuffer(t, self, { writable: (flags & WRITABLE_FLAG) !== 0 });
  return newMemoryView(view ?? raiseTypeError(`a bytes-like object is required, not '${typeName(self)}'`));
}

function object_releaseBuffer(t: Thread, self: Value, buffer: Value): void {
  if (!(buffer instanceof PyMemoryView)) raiseTypeError('expected a memoryview object');
  if (buffer.view === null) raiseValueError("memoryview's buffer has already been released");
  if (buffer.view.owner !== self) raiseValueError("memoryview's buffer is not this object");
  memoryview_release(t, buffer);
}

function memoryview_fromFlags(t: Thread, _type: Value, object: Value, flags: Value): Value {
  if (object instanceof PyMemoryView) return memoryViewOf(t, object);
  const view = getBuffer(t, object, { writable: (toSize(t, flags, OverflowError) & WRITABLE_FLAG) !== 0 });
  return newMemoryView(view ?? raiseTypeError(`memoryview: a bytes-like object is required, not '${typeName(object)}'`));
}

/** `__buffer__` of the types that lend their memory (PEP 688). */
export const BUFFER_METHOD = { __buffer__: [object_buffer, '($self, flags, /)', 'Return a buffer object that exposes the underlying memory of the object.'] } as const;

/** `__buffer__` and `__release_buffer__`, for types that count their loans. */
export const BUFFER_METHODS = {
  ...BUFFER_METHOD,
  __release_buffer__: [object_releaseBuffer, '($self, buffer, /)', 'Release the buffer object that exposes the underlying memory of the object.'],
} as const;

readyType(MEMORYVIEW_TYPE, {
  doc: 'Create a new memoryview object which references the given object.',
  textSignature: '(object)',
  slots: {
    tp_new: memoryview_new,
    tp_repr: memoryview_repr,
    tp_hash: memoryview_hash,
    tp_richcompare: memoryview_richcompare,
    tp_iter: memoryview_iter,
    sq_length: memoryview_length,
    sq_item: (t, self: PyMemoryView, index) => memoryview_subscript(t, self, index),
    mp_length: memoryview_length,
    mp_subscript: memoryview_subscript,
    mp_ass_subscript: memoryview_assign,
  },
  methods: {
    release: [memoryview_release, '($self, /)', 'Release the underlying buffer exposed by the memoryview object.'],
    tobytes: [memoryview_tobytes, "($self, /, order='C')", 'Return the data in the buffer as a byte string.'],
    hex: [memoryview_hex, '!($self, /, sep=None, bytes_per_sep=1)', 'The bytes as text of two hexadecimal digits each, with sep between groups of bytes_per_sep.\n\n>>> memoryview(b\'\\x01\\xff\').hex()\n\'01ff\''],
    tolist: [memoryview_tolist, '($self, /)', 'Return the data in the buffer as a list of elements.'],
    cast: [memoryview_cast, '!($self, /, format, shape=None)', 'Cast a memoryview to a new format or shape.'],
    toreadonly: [memoryview_toreadonly, '($self, /)', 'Return a readonly version of the memoryview.'],
    count: [memoryview_count, '($self, value, /)', 'Count the number of occurrences of a value.'],
    index: [memoryview_index, '($self, value, start=0, stop=sys.maxsize, /)', 'Return the index of the first occurrence of a value.'],
    __enter__: [(_t, self: PyMemoryView) => (liveView(self), self), '!($self, /)', ''],
    __exit__: [(t, self: PyMemoryView, _args: Value[]) => memoryview_release(t, self), '!($self, *args)', ''],
    _from_flags: [memoryview_fromFlags, '($type, /, object, flags)', 'Create a memoryview with the given flags.', 'class'],
    __class_getitem__: CLASS_GETITEM,
    ...BUFFER_METHODS,
  },
  getset: {
    obj: property((view) => view.owner, 'The underlying object of the memoryview.'),
    nbytes: property(viewSize, 'The amount of space in bytes that the array would use in a contiguous representation.'),
    readonly: property((view) => view.readOnly, 'A bool indicating whether the memory is read only.'),
    itemsize: property((view) => view.itemSize, 'The size in bytes of each element of the memoryview.'),
    format: property((view) => view.format, 'A string containing the format (in struct module style) for each element in the view.'),
    ndim: property((view) => view.shape.length, 'An integer indicating how many dimensions of a multi-dimensional array the memory represents.'),
    shape: property((view) => newTuple([...view.shape]), 'A tuple of ndim integers giving the shape of the memory as an N-dimensional array.'),
    strides: property((view) => newTuple([...view.strides]), 'A tuple of ndim integers giving the size in bytes to access each element for each dimension of the array.'),
    suboffsets: property(() => newTuple([]), 'A tuple of integers used internally for PIL-style arrays.'),
    c_contiguous: property(isContiguous, 'A bool indicating whether the memory is C contiguous.'),
    f_contiguous: property(isFortranContiguous, 'A bool indicating whether the memory is Fortran contiguous.'),
    contiguous: property((view) => isContiguous(view) || isFortranContiguous(view), 'A bool indicating whether the memory is contiguous.'),
  },
});

/** `memory_iterator`; `source` is null once exhausted. */
export class PyMemoryIterator extends PyObject {
  source: PyMemoryView | null;
  readonly length: number;
  index = 0;
  constructor(source: PyMemoryView, length: number) {
    super(MEMORY_ITERATOR_TYPE);
    this.source = source;
    this.length = length;
  }
}

function memoryIterator_next(_t: Thread, self: PyMemoryIterator): Maybe {
  if (self.source === null) return undefined;
  if (self.index < self.length) {
    const view = liveView(self.source);
    return unpackItem(view, requireField(view), view.offset + self.index++ * view.strides[0]!);
  }
  self.source = null;
  return undefined;
}

readyType(MEMORY_ITERATOR_TYPE, { slots: { tp_iter: (_t, self) => self, tp_iternext: memoryIterator_next } });

