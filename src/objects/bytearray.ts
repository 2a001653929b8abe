/** `bytearray` and its iterator. Source: CPython Objects/bytearrayobject.c. */
import { NativeDefinition } from '../core/native.ts';
import { PySlice } from '../core/range.ts';
import { PyByteArray } from '../core/scalars.ts';
import { PyDict } from '../core/containers.ts';
import { PyCell } from '../core/function.ts';
import { PyMemoryView } from '../core/memory-view.ts';
import type { KeywordNames } from '../core/type.ts';
import { topFrame, type Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { bytesConcat, bytesRepeat } from './algorithms/bytes-search.ts';
import { copyBytes } from './algorithms/short-bytes.ts';
import { bytesRepr } from './algorithms/str-repr.ts';
import { bytesLike } from './buffer.ts';
import { builtinNamed } from './builtins-hook.ts';
import { anyBytes_richcompare, byteAt, sliceBytes } from './bytes.ts';
import { bytesFromIterable, toByte } from './bytes-from-object.ts';
import { anyBytes_contains, sharedBytesMethods } from './bytes-methods.ts';
import { BUFFER_METHODS } from './memoryview.ts';
import { sourceBytes, zeroBytes } from './bytes-new.ts';
import { BufferError, TypeError as PyTypeError } from './exception-types.ts';
import { dictOf } from './attributes.ts';
import { tableGet, tableKeys } from './hash-table.ts';
import { isSequenceLike } from './iterate.ts';
import { newByteArray, newBytes, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { sizeArgument } from './native-arguments.ts';
import { bindArguments } from './native-call.ts';
import { toIndex, toSize } from './operators.ts';
import { isRaised, raise, raiseIndexError, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { adjustSlice } from './slice.ts';
import { BYTEARRAY_ITERATOR_TYPE, BYTEARRAY_TYPE } from './static-types.ts';
import { percentBytes } from './str-percent.ts';
import { readyType } from './type-ready.ts';
import { asStr, typeOf } from './type-of.ts';

function checkResizable(t: Thread, self: PyByteArray): void {
  if (self.exports === 0 && self.pins === 0) return;
  if (self.pins > 0 || isViewed(t, self)) raise(BufferError, 'Existing exports of data: object cannot be re-sized');
  // The views were temporary (`bytes(memoryview(b)[:n])`): without reference counts nobody has released them. Should one live on, it keeps the old memory.
  self.buffer = self.buffer.slice();
  self.exports = 0;
}

function valuesOf(t: Thread, { table }: PyDict): Maybe[] {
  return tableKeys(table).map((key) => tableGet(t, table, key));
}

/** Whether a running function has a live view of the object in a variable. */
function isViewed(t: Thread, self: PyByteArray): boolean {
  const sees = (value: Maybe): boolean => value instanceof PyMemoryView && value.view !== null && value.managed.view.owner === self;
  for (let f = topFrame(t); f !== null; f = f.back) {
    for (let i = 0; i < f.code.nlocalsplus; i++) {
      const value = f.stack[i];
      if (sees(value instanceof PyCell ? value.value : value)) return true;
    }
    if (f.locals instanceof PyDict && valuesOf(t, f.locals).some(sees)) return true;
  }
  return false;
}

/** The memory of all that are new: nothing can be written to it, and what is longer gets its own. */
const EMPTY = new Uint8Array(0);

/** Bytearrays below this grow by half, others by an eighth. */
const BIG = 1 << 16;

/** Makes room for `length` bytes and sets the length; bytes beyond the old length are zero. Raises BufferError while a view lives. */
function resize(t: Thread, self: PyByteArray, length: number): void {
  if (length === self.length) return;
  checkResizable(t, self);
  if (length > self.buffer.length) {
    // Growth by a part of the length keeps appending linear; a memory of their own is dear for small arrays.
    const larger = zeroBytes(length + (length >> (length < BIG ? 1 : 3)) + 8);
    larger.set(self.value);
    self.buffer = larger;
  } else if (length < self.length) self.buffer.fill(0, length, self.length);
  self.length = length;
}

/** Puts `bytes` in the place of [start, end). */
function splice(t: Thread, self: PyByteArray, start: number, end: number, bytes: Uint8Array): void {
  const oldLength = self.length;
  // What is appended may be of the array itself, but then lies before the end.
  if (start === oldLength && end === oldLength) {
    resize(t, self, oldLength + bytes.length);
    copyBytes(bytes, self.buffer, start);
    return;
  }
  const source = bytes.buffer === self.buffer.buffer ? bytes.slice() : bytes;
  const growth = source.length - (end - start);
  if (growth > 0) resize(t, self, oldLength + growth);
  else if (growth < 0) checkResizable(t, self);
  self.buffer.copyWithin(end + growth, end, oldLength);
  self.buffer.set(source, start);
  if (growth < 0) resize(t, self, oldLength + growth);
}

const NEW = new NativeDefinition('bytearray', () => null, "(source=b'', encoding='utf-8', errors='strict')", '', 'method');

function bytearray_init(t: Thread, self: PyByteArray, args: Value[], keywords: KeywordNames): void {
  const [source, encoding, errors] = bindArguments(NEW, 'bytearray', null, false, args, keywords) as Maybe[];
  const bytes = sourceBytes(t, 'bytearray', source, encoding, errors, 'byte');
  if (self.length > 0) checkResizable(t, self);
  // Those of a codec may be somebody else's; all others are new.
  self.buffer = asStr(source) === undefined ? bytes : bytes.slice();
  self.length = bytes.length;
}

function bytearray_repr(_t: Thread, self: PyByteArray): string {
  const text = bytesRepr(self.value);
  // A single quote is escaped even where the quotes are double ones.
  return `${self.type.name}(${text[1] === '"' ? text.replaceAll("'", "\\'") : text})`;
}

function otherBytes(t: Thread, other: Value): Uint8Array {
  return bytesLike(t, other) ?? raiseTypeError(`can't concat ${typeName(other)} to bytearray`);
}

function bytearray_inplaceConcat(t: Thread, self: PyByteArray, other: Value): Value {
  const bytes = otherBytes(t, other);
  splice(t, self, self.length, self.length, bytes);
  return self;
}

function bytearray_inplaceRepeat(t: Thread, self: PyByteArray, count: number): Value {
  const repeated = bytesRepeat(self.value, count);
  splice(t, self, 0, self.length, repeated);
  return self;
}

function keyIndex(t: Thread, self: PyByteArray, key: Value): number {
  if (typeOf(key).slots.nb_index === null) raiseTypeError(`bytearray indices must be integers or slices, not ${typeName(key)}`);
  const index = toSize(t, key);
  return index < 0 ? index + self.length : index;
}

function bytearray_subscript(t: Thread, self: PyByteArray, key: Value): Value {
  if (key instanceof PySlice) return newByteArray(sliceBytes(t, self.value, key));
  return byteAt(self.value, keyIndex(t, self, key), 'bytearray index');
}

/** The bytes to put into a slice. */
function assignedBytes(t: Thread, value: Value): Uint8Array {
  const bytes = bytesLike(t, value);
  if (bytes !== undefined) return bytes;
  const refused = (typeOf(value).slots.tp_iter === null && !isSequenceLike(value)) || asStr(value) !== undefined;
  if (refused) raiseTypeError('can assign only bytes, buffers, or iterables of ints in range(0, 256)');
  return bytesFromIterable(t, value);
}

function assignSlice(t: Thread, self: PyByteArray, slice: PySlice, value: Maybe): void {
  const bytes = value === undefined ? new Uint8Array(0) : assignedBytes(t, value);
  const { start, stop, step, count } = adjustSlice(t, slice, self.length);
  if (step === 1) {
    splice(t, self, start, Math.max(start, stop), bytes);
    return;
  }
  if (value === undefined) {
    deleteSteps(t, self, start, step, count);
    return;
  }
  if (bytes.length !== count) raiseValueError(`attempt to assign bytes of size ${bytes.length} to extended slice of size ${count}`);
  const source = bytes.slice();
  for (let i = 0, at = start; i < count; i++, at += step) self.buffer[at] = source[i]!;
}

function deleteSteps(t: Thread, self: PyByteArray, start: number, step: number, count: number): void {
  if (count === 0) return;
  const dropped = new Set<number>();
  for (let i = 0, at = start; i < count; i++, at += step) dropped.add(at);
  const kept = self.value.filter((_byte, i) => !dropped.has(i));
  splice(t, self, 0, self.length, kept);
}

function bytearray_assign(t: Thread, self: PyByteArray, key: Value, value: Maybe): void {
  if (key instanceof PySlice) {
    assignSlice(t, self, key, value);
    return;
  }
  const index = keyIndex(t, self, key);
  if (index < 0 || index >= self.length) raiseIndexError('bytearray index out of range');
  if (value === undefined) splice(t, self, index, index + 1, new Uint8Array(0));
  else {
    const byte = toByte(t, value);
    // __index__ may have shortened the array.
    if (index < self.length) self.buffer[index] = byte;
  }
}

function bytearray_append(t: Thread, self: PyByteArray, item: Value): void {
  const byte = toByte(t, item);
  resize(t, self, self.length + 1);
  self.buffer[self.length - 1] = byte;
}

function bytearray_extend(t: Thread, self: PyByteArray, items: Value): void {
  const bytes = bytesLike(t, items);
  if (bytes !== undefined) {
    splice(t, self, self.length, self.length, bytes);
    return;
  }
  if (typeOf(items).slots.tp_iter === null && !isSequenceLike(items)) raiseTypeError(`can't extend bytearray with ${typeName(items)}`);
  try {
    splice(t, self, self.length, self.length, bytesFromIterable(t, items));
  } catch (caught) {
    if (asStr(items) !== undefined && isRaised(caught, PyTypeError)) raiseTypeError("expected iterable of integers; got: 'str'");
    throw caught;
  }
}

function bytearray_insert(t: Thread, self: PyByteArray, position: Value, item: Value): void {
  const index = sizeArgument(t, position, 0);
  const byte = toByte(t, item);
  const at = index < 0 ? Math.max(0, index + self.length) : Math.min(index, self.length);
  splice(t, self, at, at, Uint8Array.of(byte));
}

/** Takes one byte out; the last one has no others behind it that move. */
function cutByte(self: PyByteArray, at: number): void {
  if (at < self.length - 1) self.buffer.copyWithin(at, at + 1, self.length);
  self.buffer[self.length - 1] = 0;
  self.length--;
}

function bytearray_pop(t: Thread, self: PyByteArray, position: Maybe): Value {
  const index = sizeArgument(t, position, -1);
  if (self.length === 0) raiseIndexError('pop from empty bytearray');
  const at = index < 0 ? index + self.length : index;
  if (at < 0 || at >= self.length) raiseIndexError('pop index out of range');
  checkResizable(t, self);
  const byte = self.buffer[at]!;
  cutByte(self, at);
  return byte;
}

function bytearray_remove(t: Thread, self: PyByteArray, item: Value): void {
  const at = self.value.indexOf(toByte(t, item));
  if (at < 0) raiseValueError('value not found in bytearray');
  splice(t, self, at, at + 1, new Uint8Array(0));
}

function bytearray_resize(t: Thread, self: PyByteArray, size: Value): void {
  const length = sizeArgument(t, size, 0);
  if (length < 0) raiseValueError(`Can only resize to positive sizes, got ${length}`);
  resize(t, self, length);
}

function reduced(self: PyByteArray, protocol: number): Value {
  const dict = dictOf(self);
  const state = dict === null || dict.table.used === 0 ? null : dict;
  if (self.length === 0) return newTuple([self.type, newTuple([]), state]);
  const bytes = self.value.slice();
  if (protocol >= 3) return newTuple([self.type, newTuple([newBytes(bytes)]), state]);
  return newTuple([self.type, newTuple([Buffer.from(bytes).toString('latin1'), 'latin-1']), state]);
}

function bytearray_remainder(t: Thread, left: Value, right: Value): Value {
  return left instanceof PyByteArray ? newByteArray(percentBytes(t, left.value, right)) : NOT_IMPLEMENTED;
}

readyType(BYTEARRAY_TYPE, {
  doc: 'bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\nbytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\nbytearray(int) -> bytes array of size given by the parameter initialized with null bytes\nbytearray() -> empty bytes array\n\nConstruct a mutable bytearray object.',
  slots: {
    tp_new: (_t, type) => new PyByteArray(type, EMPTY),
    tp_init: bytearray_init,
    tp_alloc: (type) => new PyByteArray(type, EMPTY),
    tp_repr: bytearray_repr,
    tp_str: bytearray_repr,
    tp_richcompare: anyBytes_richcompare,
    tp_iter: (_t, self: PyByteArray) => new PyByteArrayIterator(self),
    nb_remainder: bytearray_remainder,
    sq_length: (_t, self: PyByteArray) => self.length,
    sq_concat: (t, self: PyByteArray, other) => newByteArray(bytesConcat([self.value, otherBytes(t, other)])),
    sq_repeat: (_t, self: PyByteArray, count) => newByteArray(bytesRepeat(self.value, count)),
    sq_item: (_t, self: PyByteArray, index) => byteAt(self.value, index, 'bytearray index'),
    sq_ass_item: (t, self: PyByteArray, index, value) => bytearray_assign(t, self, index, value),
    sq_contains: anyBytes_contains,
    sq_inplace_concat: bytearray_inplaceConcat,
    sq_inplace_repeat: bytearray_inplaceRepeat,
    mp_length: (_t, self: PyByteArray) => self.length,
    mp_subscript: bytearray_subscript,
    mp_ass_subscript: bytearray_assign,
  },
  methods: {
    ...sharedBytesMethods(BYTEARRAY_TYPE, newByteArray),
    ...BUFFER_METHODS,
    append: [bytearray_append, '($self, item, /)', 'Append a single item to the end of the bytearray.'],
    clear: [(t, self: PyByteArray) => resize(t, self, 0), '($self, /)', 'Remove all items from the bytearray.'],
    copy: [(_t, self: PyByteArray) => newByteArray(self.value.slice()), '($self, /)', 'Return a copy of B.'],
    extend: [bytearray_extend, '($self, iterable_of_ints, /)', 'Append all the items from the iterator or sequence to the end of the bytearray.'],
    insert: [bytearray_insert, '($self, index, item, /)', 'Insert a single item into the bytearray before the given index.'],
    pop: [bytearray_pop, '($self, index=-1, /)', 'Remove and return a single item from B.'],
    remove: [bytearray_remove, '($self, value, /)', 'Remove the first occurrence of a value in the bytearray.'],
    resize: [bytearray_resize, '($self, size, /)', 'Resize the internal buffer of bytearray to len.'],
    reverse: [(_t, self: PyByteArray) => { self.value.reverse(); }, '($self, /)', 'Reverse the order of the values in B in place.'],
    __alloc__: [(_t, self: PyByteArray) => (self.buffer.length === 0 ? 0 : self.buffer.length + 1), '!($self, /)', 'B.__alloc__() -> int\n\nReturn the number of bytes actually allocated.'],
    __reduce__: [(_t, self: PyByteArray) => reduced(self, 2), '($self, /)', 'Return state information for pickling.'],
    __reduce_ex__: [(t, self: PyByteArray, protocol: Maybe) => reduced(self, Number(protocol === undefined ? 0 : toIndex(t, protocol))), '($self, proto=0, /)', 'Return state information for pickling.'],
    __sizeof__: [(_t, self: PyByteArray) => 56 + self.buffer.length, '($self, /)', 'Returns the size of the bytearray object in memory, in bytes.'],
  },
});

/** `bytearray_iterator`; `array` is null once exhausted. */
export class PyByteArrayIterator extends PyObject {
  array: PyByteArray | null;
  index = 0;
  constructor(array: PyByteArray) {
    super(BYTEARRAY_ITERATOR_TYPE);
    this.array = array;
  }
}

function bytearrayIterator_next(_t: Thread, self: PyByteArrayIterator): Maybe {
  if (self.array === null) return undefined;
  if (self.index < self.array.length) return self.array.buffer[self.index++];
  self.array = null;
  return undefined;
}

function bytearrayIterator_reduce(t: Thread, self: PyByteArrayIterator): Value {
  const iter = builtinNamed(t, 'iter');
  return self.array === null ? newTuple([iter, newTuple([newTuple([])])]) : newTuple([iter, newTuple([self.array]), self.index]);
}

readyType(BYTEARRAY_ITERATOR_TYPE, {
  slots: { tp_iter: (_t, self) => self, tp_iternext: bytearrayIterator_next },
  methods: {
    __length_hint__: [(_t, self: PyByteArrayIterator) => (self.array === null ? 0 : Math.max(0, self.array.length - self.index)), '($self, /)', 'Private method returning an estimate of len(list(it)).'],
    __reduce__: [bytearrayIterator_reduce, '($self, /)', 'Return state information for pickling.'],
    __setstate__: [
      (t: Thread, self: PyByteArrayIterator, state: Value) => {
        if (self.array !== null) self.index = Math.max(0, Math.min(sizeArgument(t, state, 0), self.array.length));
      },
      '($self, object, /)', 'Set state information for unpickling.',
    ],
  },
});
