/** `bytes` and its iterator. Source: CPython Objects/bytesobject.c. */
import { alwaysQuiet, withQuietForm } from '../core/quiet.ts';
import { NativeDefinition } from '../core/native.ts';
import { PySlice } from '../core/range.ts';
import { PyByteArray, PyBytes } from '../core/scalars.ts';
import type { PyDict } from '../core/containers.ts';
import { EQ, NE, type CompareOp, type KeywordNames, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { linkToPyObject, PyObject, type Int, type Maybe, type Value } from '../core/value.ts';
import { bytesCompare, bytesEqual, bytesRepeat } from './algorithms/bytes-search.ts';
import { hashBytes } from './algorithms/hash.ts';
import { concatTwo, sliceOfBytes } from './algorithms/short-bytes.ts';
import { bytesRepr } from './algorithms/str-repr.ts';
import { builtinNamed } from './builtins-hook.ts';
import { bytesLike } from './buffer.ts';
import { anyBytes_contains, sharedBytesMethods } from './bytes-methods.ts';
import { BUFFER_METHOD } from './memoryview.ts';
import { sourceBytes, zeroBytes } from './bytes-new.ts';
import { orderResult } from './compare.ts';
import { newBytes, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { sizeArgument } from './native-arguments.ts';
import { bindArguments } from './native-call.ts';
import { toSize } from './operators.ts';
import { raiseIndexError, raiseTypeError, typeName } from './raise.ts';
import { adjustSlice } from './slice.ts';
import { BYTES_ITERATOR_TYPE, BYTES_TYPE } from './static-types.ts';
import { percentBytes } from './str-percent.ts';
import { readyType } from './type-ready.ts';
import { typeOf } from './type-of.ts';

const NEW = new NativeDefinition('bytes', () => null, "(source=b'', encoding='utf-8', errors='strict')", '', 'method');

function bytes_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const [source, encoding, errors] = bindArguments(NEW, 'bytes', null, false, args, keywords) as Maybe[];
  if (type === BYTES_TYPE && source instanceof PyBytes && source.type === BYTES_TYPE && encoding === undefined && errors === undefined) return source;
  const bytes = sourceBytes(t, 'bytes', source, encoding, errors, 'bytes');
  return type === BYTES_TYPE ? newBytes(bytes) : new PyBytes(type, bytes);
}

function bytes_hash(t: Thread, self: PyBytes): Int {
  return (self.hash ??= hashBytes(self.value, t.interpreter.config.hashSeed));
}

/** Comparison of bytes and bytearray with any bytes-like object. */
export function anyBytes_richcompare(t: Thread, self: PyBytes | PyByteArray, other: Value, op: CompareOp): Value {
  // Bytes compare with bytes alone; what else is like them compares from its own side.
  if (self instanceof PyBytes && !(other instanceof PyBytes)) return NOT_IMPLEMENTED;
  const bytes = bytesLike(t, other);
  if (bytes === undefined) return NOT_IMPLEMENTED;
  if (op === 2) return bytesEqual(self.value, bytes);
  return op === 3 ? !bytesEqual(self.value, bytes) : orderResult(bytesCompare(self.value, bytes), op);
}

withQuietForm(anyBytes_richcompare, {
  call: (_t: Thread, self: Value, other: Value, op: CompareOp): Maybe => (self instanceof PyBytes && other instanceof PyBytes ? (op === EQ ? bytesEqual(self.value, other.value) : op === NE ? !bytesEqual(self.value, other.value) : orderResult(bytesCompare(self.value, other.value), op)) : undefined),
  effect: 'value', result: 'bool',
});

function bytes_concat(t: Thread, self: PyBytes, other: Value): Value {
  const bytes = bytesLike(t, other) ?? raiseTypeError(`can't concat ${typeName(other)} to bytes`);
  return newBytes(concatTwo(self.value, bytes));
}

function bytes_repeat(_t: Thread, self: PyBytes, count: number): Value {
  zeroBytes(count <= 0 ? 0 : self.value.length * count > 2 ** 31 ? self.value.length * count : 0);
  return newBytes(bytesRepeat(self.value, count));
}

/** Byte at an index, for bytes and bytearray; `what` is for the message. */
export function byteAt(bytes: Uint8Array, index: number, what: string): number {
  return index >= 0 && index < bytes.length ? bytes[index]! : raiseIndexError(`${what} out of range`);
}

/** The bytes that a slice selects, copied. */
export function sliceBytes(t: Thread, bytes: Uint8Array, slice: PySlice): Uint8Array {
  const { start, step, count } = adjustSlice(t, slice, bytes.length);
  if (step === 1) return sliceOfBytes(bytes, start, start + count);
  const result = new Uint8Array(count);
  for (let i = 0, at = start; i < count; i++, at += step) result[i] = bytes[at]!;
  return result;
}

function bytes_subscript(t: Thread, self: PyBytes, key: Value): Value {
  const bytes = self.value;
  if (typeof key === 'number') return byteAt(bytes, key < 0 ? key + bytes.length : key, 'index');
  if (key instanceof PySlice) return newBytes(sliceBytes(t, bytes, key));
  if (typeOf(key).slots.nb_index === null) raiseTypeError(`byte indices must be integers or slices, not ${typeName(key)}`);
  const index = toSize(t, key);
  return byteAt(bytes, index < 0 ? index + bytes.length : index, 'index');
}

function bytes_remainder(t: Thread, left: Value, right: Value): Value {
  return left instanceof PyBytes ? newBytes(percentBytes(t, left.value, right)) : NOT_IMPLEMENTED;
}

const bytes_length = alwaysQuiet((_t: Thread, self: PyBytes) => self.value.length, 'value', 'int');

/** Bytes of which two together are no more than this always find room. */
const QUIET_BYTES = 1 << 20;

withQuietForm(bytes_subscript, {
  call: (_t: Thread, { value }: PyBytes, key: Value): Maybe => (typeof key === 'number' ? value[key < 0 ? key + value.length : key] : undefined),
  effect: 'value', result: 'int',
});
withQuietForm(bytes_concat, {
  call: (_t: Thread, self: Value, other: Value): Maybe => (self instanceof PyBytes && other instanceof PyBytes && self.value.length + other.value.length < QUIET_BYTES ? newBytes(concatTwo(self.value, other.value)) : undefined),
  effect: 'new', result: BYTES_TYPE,
});

readyType(BYTES_TYPE, {
  doc: 'bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\nbytes(int) -> bytes object of size given by the parameter initialized with null bytes\nbytes() -> empty bytes object\n\nConstruct an immutable array of bytes.',
  slots: {
    tp_new: bytes_new,
    tp_alloc: (type) => new PyBytes(type, new Uint8Array(0)),
    tp_repr: (_t, self: PyBytes) => bytesRepr(self.value),
    tp_hash: bytes_hash,
    tp_richcompare: anyBytes_richcompare,
    tp_iter: (_t, self: PyBytes) => new PyBytesIterator(self),
    nb_remainder: bytes_remainder,
    sq_length: bytes_length,
    sq_concat: bytes_concat,
    sq_repeat: bytes_repeat,
    sq_item: (_t, self: PyBytes, index) => byteAt(self.value, index, 'index'),
    sq_contains: anyBytes_contains,
    mp_length: bytes_length,
    mp_subscript: bytes_subscript,
  },
  methods: {
    ...sharedBytesMethods(BYTES_TYPE, newBytes),
    ...BUFFER_METHOD,
    __getnewargs__: [(_t, self: PyBytes) => newTuple([newBytes(self.value)]), '($self, /)', ''],
    __bytes__: [(_t, self: PyBytes) => (self.type === BYTES_TYPE ? self : newBytes(self.value)), '($self, /)', 'Convert this value to exact type bytes.'],
    __sizeof__: [(_t, self: PyBytes) => 33 + self.value.length, '($self, /)', 'Size of object in memory, in bytes.'],
  },
});

/** `bytes_iterator`; `bytes` is null once exhausted. */
export class PyBytesIterator {
  type: PyType;
  dict: PyDict | null;
  bytes: PyBytes | null;
  index: number;
  constructor(bytes: PyBytes) {
    this.type = BYTES_ITERATOR_TYPE;
    this.dict = null;
    this.index = 0;
    this.bytes = bytes;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyBytesIterator extends PyObject {}
linkToPyObject(PyBytesIterator);

function bytesIterator_next(_t: Thread, self: PyBytesIterator): Maybe {
  if (self.bytes === null) return undefined;
  if (self.index < self.bytes.value.length) return self.bytes.value[self.index++];
  self.bytes = null;
  return undefined;
}

function bytesIterator_reduce(t: Thread, self: PyBytesIterator): Value {
  const iter = builtinNamed(t, 'iter');
  return self.bytes === null ? newTuple([iter, newTuple([newTuple([])])]) : newTuple([iter, newTuple([self.bytes]), self.index]);
}

readyType(BYTES_ITERATOR_TYPE, {
  slots: { tp_iter: (_t, self) => self, tp_iternext: bytesIterator_next },
  methods: {
    __length_hint__: [(_t, self: PyBytesIterator) => (self.bytes === null ? 0 : self.bytes.value.length - self.index), '($self, /)', 'Private method returning an estimate of len(list(it)).'],
    __reduce__: [bytesIterator_reduce, '($self, /)', 'Return state information for pickling.'],
    __setstate__: [
      (t: Thread, self: PyBytesIterator, state: Value) => {
        if (self.bytes !== null) self.index = Math.max(0, Math.min(sizeArgument(t, state, 0), self.bytes.value.length));
      },
      '($self, object, /)', 'Set state information for unpickling.',
    ],
  },
});
