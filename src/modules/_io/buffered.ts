/**
 * `_io.BufferedReader`, `BufferedWriter`, `BufferedRandom` (Modules/_io/bufferedio.c).
 *
 * One record serves the three: bytes read ahead lie in `ahead` from `aheadAt` on, bytes to be written in the first `pending` of `out`.
 * INV-1: at most one of the two is not empty. The raw stream stands behind the bytes read ahead and before those to be written.
 */
import { PyBaseException } from '../../core/exception.ts';
import { PyBytes } from '../../core/scalars.ts';
import { NativeDefinition } from '../../core/native.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import { PARKED, type Thread } from '../../core/thread.ts';
import type { Int, Maybe, Value } from '../../core/value.ts';
import { getAttr, lookupAttr } from '../../objects/attributes.ts';
import { bytesLike, requireBytesLike } from '../../objects/buffer.ts';
import { call, callMethod } from '../../objects/call.ts';
import { BlockingIOError, OSError, OverflowError, RuntimeError } from '../../objects/exception-types.ts';
import { memoryViewOf } from '../../objects/memoryview.ts';
import { newByteArray, newBytes } from '../../objects/make.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { toIndex, toSize } from '../../objects/operators.ts';
import { isRaised, newException, raise, raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { readyType, type GetSet, type MethodRow } from '../../objects/type-ready.ts';
import {
  BUFFERED_IO_BASE_TYPE, doBoth, checkReadable, checkSeekable, checkWritable, DEFAULT_BUFFER_SIZE, isClosed, isSpentBelow, nextLine, PyIoBase, raiseUnsupportedOperation,
  readAllByRead, reprWithName, sizeOrNone, withWritable,
} from './base.ts';
import { fileRead, fileReadAll, FILE_IO_TYPE, fileWrite, PyFileIO } from './file-io.ts';
import { errnoOf } from '../os-errors.ts';
import { forgetDirty, noteDirty } from './dirty.ts';
import { canWait, readWhenFilled } from './prefetch.ts';

const NOTHING = new Uint8Array(0);
/** `__sizeof__` without the buffer: that of CPython's record. */
const RECORD_SIZE = 152;

/** The three buffered streams. */
export class PyBuffered extends PyIoBase {
  raw: Value = null;
  bufferSize = DEFAULT_BUFFER_SIZE;
  ahead: Uint8Array = NOTHING;
  aheadAt = 0;
  out: Uint8Array = NOTHING;
  pending = 0;
  initialized = false;
  /** Closed: the buffer is gone. */
  isFreed = false;

  override isSpent(): boolean {
    return this.isStandard || isSpentBelow(this.raw);
  }
}

const STREAM = { base: BUFFERED_IO_BASE_TYPE, module: '_io', baseType: true };
export const BUFFERED_READER_TYPE = staticType('BufferedReader', STREAM);
export const BUFFERED_WRITER_TYPE = staticType('BufferedWriter', STREAM);
export const BUFFERED_RANDOM_TYPE = staticType('BufferedRandom', STREAM);

const INIT = new NativeDefinition('Buffered', () => null, '(raw, buffer_size=131072)', '', 'method');

function rawOf(self: PyBuffered): Value {
  if (self.initialized && self.raw !== null) return self.raw;
  return raiseValueError(self.initialized ? 'raw stream has been detached' : 'I/O operation on uninitialized object');
}

/** The raw stream where it is exactly a FileIO, for calls without Python in between. */
function plainFile(self: PyBuffered): PyFileIO | undefined {
  const { raw } = self;
  return raw instanceof PyFileIO && raw.type === FILE_IO_TYPE ? raw : undefined;
}

/** Whether the data ends in a builtin file that is no standard stream. */
export function isOrdinaryFile(self: PyBuffered): boolean {
  return !self.type.flags.heapType && (plainFile(self)?.fd ?? 0) > 2;
}

function checkOpen(t: Thread, self: PyBuffered, action: string): void {
  const raw = rawOf(self);
  const closed = raw instanceof PyFileIO && raw.type === FILE_IO_TYPE ? raw.fd < 0 : isClosed(t, raw);
  // What was read ahead can still be given out.
  if (closed && self.aheadAt >= self.ahead.length) raiseValueError(`${action} of closed file`);
  if (closed) raiseValueError(`${action} of closed file`);
}

function initBuffered(t: Thread, self: PyBuffered, args: Value[], keywords: KeywordNames, name: string, checks: readonly ((t: Thread, raw: Value) => Value)[]): void {
  const [raw, size] = bindArguments(INIT, name, null, false, args, keywords) as [Value, Maybe];
  self.initialized = false;
  self.raw = null;
  for (const check of checks) check(t, raw);
  const bufferSize = size === undefined ? DEFAULT_BUFFER_SIZE : toSize(t, size, OverflowError);
  if (bufferSize <= 0) raiseValueError('buffer size must be strictly positive');
  self.raw = raw;
  self.bufferSize = bufferSize;
  self.ahead = NOTHING;
  self.aheadAt = 0;
  self.pending = 0;
  self.initialized = true;
}

function countOf(t: Thread, count: Value, limit: number, what: string): number {
  let number: Int;
  try {
    number = toIndex(t, count);
  } catch (caught) {
    if (!(caught instanceof PyBaseException) || what !== 'readinto') throw caught;
    const failure = newException(OSError, 'raw readinto() failed');
    failure.cause = failure.context = caught;
    throw failure;
  }
  if (number < 0 || number > limit) raise(OSError, `raw ${what}() returned invalid length ${number} (should have been between 0 and ${limit})`);
  return Number(number);
}

/** One read of the raw stream; null when it would block. */
function rawRead(t: Thread, self: PyBuffered, size: number): Uint8Array | null {
  const file = plainFile(self);
  if (file !== undefined) return fileRead(t, file, size);
  const buffer = newByteArray(new Uint8Array(size));
  const view = memoryViewOf(t, buffer);
  const count = callMethod(t, self.raw, 'readinto', view);
  if (count === null) return null;
  return buffer.value.slice(0, countOf(t, count, size, 'readinto'));
}

/** One write to the raw stream; null when it would block. */
function rawWrite(t: Thread, self: PyBuffered, bytes: Uint8Array): number | null {
  const file = plainFile(self);
  if (file !== undefined) return fileWrite(t, file, bytes);
  const count = callMethod(t, self.raw, 'write', memoryViewOf(t, newBytes(bytes.slice())));
  return count === null ? null : countOf(t, count, bytes.length, 'write');
}

/** BlockingIOError: of what the caller gave, `written` bytes were written or are in the buffer. */
function raiseWouldBlock(t: Thread, self: PyBuffered, written: number): never {
  const errno = plainFile(self) === undefined ? 0 : errnoOf('EAGAIN');
  throw call(t, BlockingIOError, [errno, 'write could not complete without blocking', written]);
}

function available(self: PyBuffered): number {
  return self.ahead.length - self.aheadAt;
}

/** Up to `size` of the bytes read ahead. */
function takeAhead(self: PyBuffered, size: number): Uint8Array {
  const bytes = self.ahead.subarray(self.aheadAt, self.aheadAt + size);
  self.aheadAt += bytes.length;
  return bytes;
}

/** Reads ahead once, when nothing is left; false at the end or when it would block (`null`). */
function fill(t: Thread, self: PyBuffered): boolean | null {
  const bytes = rawRead(t, self, self.bufferSize);
  if (bytes === null) return null;
  self.ahead = bytes;
  self.aheadAt = 0;
  return bytes.length > 0;
}

/** Writes the buffer; what cannot be written without blocking stays in it, at its beginning. */
function flushWrites(t: Thread, self: PyBuffered): void {
  while (self.pending > 0) {
    const count = rawWrite(t, self, self.out.subarray(0, self.pending));
    if (count === null) raiseWouldBlock(t, self, 0);
    self.pending -= count;
    if (self.pending > 0) self.out.copyWithin(0, count, count + self.pending);
  }
}

/** Brings the raw stream to where the reader stands. */
function dropAhead(t: Thread, self: PyBuffered): void {
  const left = available(self);
  self.ahead = NOTHING;
  self.aheadAt = 0;
  if (left > 0) callMethod(t, self.raw, 'seek', -left, 1);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 ? parts[0]!.slice() : new Uint8Array(Buffer.concat(parts));
}

function readAll(t: Thread, self: PyBuffered): Uint8Array | null {
  const rest = takeAhead(self, available(self));
  const file = plainFile(self);
  if (file !== undefined) {
    const more = fileReadAll(t, file);
    if (more === null) return rest.length === 0 ? null : rest.slice();
    return rest.length === 0 ? more : join([rest, more]);
  }
  const data = lookupAttr(t, self.raw, 'readall') === undefined ? readAllByRead(t, self.raw) : callMethod(t, self.raw, 'readall');
  if (data === null) return rest.length === 0 ? null : rest.slice();
  if (!(data instanceof PyBytes)) raiseTypeError('readall() should return bytes');
  return rest.length === 0 ? data.value : join([rest, data.value]);
}

/** `read(size)`; negative for all. Null when it would block. */
export function bufferedRead(t: Thread, self: PyBuffered, size: number): Uint8Array | null {
  checkOpen(t, self, 'read');
  flushWrites(t, self);
  if (size < 0) return readAll(t, self);
  if (size <= available(self)) return takeAhead(self, size).slice();
  const parts = [takeAhead(self, available(self))];
  let left = size - parts[0]!.length;
  while (left > 0) {
    let chunk: Uint8Array | null;
    if (left >= self.bufferSize) chunk = rawRead(t, self, left - (left % self.bufferSize));
    else {
      const filled = fill(t, self);
      chunk = filled === null ? null : takeAhead(self, left);
    }
    if (chunk === null) {
      if (parts.length === 1 && parts[0]!.length === 0) return null;
      break;
    }
    if (chunk.length === 0) break;
    parts.push(chunk);
    left -= chunk.length;
  }
  return join(parts);
}

/** `read1(size)`: at most one read of the raw stream. */
export function bufferedRead1(t: Thread, self: PyBuffered, size: number): Uint8Array {
  checkOpen(t, self, 'read');
  flushWrites(t, self);
  const wanted = size < 0 ? self.bufferSize : size;
  if (wanted === 0) return NOTHING;
  if (available(self) > 0) return takeAhead(self, wanted).slice();
  return (rawRead(t, self, wanted) ?? NOTHING).slice();
}

function peek(t: Thread, self: PyBuffered): Value {
  checkOpen(t, self, 'peek');
  flushWrites(t, self);
  if (available(self) === 0) fill(t, self);
  return newBytes(self.ahead.slice(self.aheadAt));
}

function readLine(t: Thread, self: PyBuffered, limit: number): Uint8Array {
  checkOpen(t, self, 'readline');
  flushWrites(t, self);
  const parts: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const end = limit < 0 ? self.ahead.length : Math.min(self.ahead.length, self.aheadAt + limit - total);
    const newline = self.ahead.indexOf(10, self.aheadAt);
    const stop = newline >= 0 && newline < end ? newline + 1 : end;
    const part = takeAhead(self, stop - self.aheadAt);
    parts.push(part);
    total += part.length;
    if ((newline >= 0 && newline < end) || (limit >= 0 && total >= limit)) break;
    if (fill(t, self) !== true) break;
  }
  return join(parts);
}

/** Fills `target` as far as one read of the raw stream does; large targets without a detour through the buffer. */
function readOnceInto(t: Thread, self: PyBuffered, target: Uint8Array): number | null {
  checkOpen(t, self, 'read');
  flushWrites(t, self);
  const held = takeAhead(self, target.length);
  target.set(held);
  const left = target.length - held.length;
  if (left > self.bufferSize) {
    const bytes = rawRead(t, self, left);
    if (bytes === null) return held.length > 0 ? held.length : null;
    target.set(bytes, held.length);
    return held.length + bytes.length;
  }
  if (held.length > 0 || left === 0) return held.length;
  if (fill(t, self) === null) return null;
  const bytes = takeAhead(self, left);
  target.set(bytes);
  return bytes.length;
}

function readInto(t: Thread, self: PyBuffered, buffer: Value, once: boolean): Value {
  return withWritable(t, buffer, once ? 'readinto1' : 'readinto', (bytes) => {
    if (once) return readOnceInto(t, self, bytes);
    const data = bufferedRead(t, self, bytes.length);
    if (data === null) return null;
    bytes.set(data);
    return data.length;
  });
}

/** Puts bytes for which there is room behind those in the buffer. */
function keep(self: PyBuffered, bytes: Uint8Array): void {
  if (self.out.length < self.pending + bytes.length) {
    // Small programs write little: the buffer grows to its size only when needed.
    const larger = new Uint8Array(Math.min(self.bufferSize, Math.max(1024, 2 * (self.pending + bytes.length))));
    larger.set(self.out.subarray(0, self.pending));
    self.out = larger;
  }
  self.out.set(bytes, self.pending);
  self.pending += bytes.length;
}

/** Makes room for `bytes` by writing the buffer; false when it blocks, but there is room for them now. Raises BlockingIOError when there is not. */
function makeRoom(t: Thread, self: PyBuffered, bytes: Uint8Array): boolean {
  try {
    flushWrites(t, self);
    return true;
  } catch (caught) {
    if (!isRaised(caught, BlockingIOError)) throw caught;
    const room = self.bufferSize - self.pending;
    if (bytes.length <= room) return false;
    keep(self, bytes.subarray(0, room));
    return raiseWouldBlock(t, self, room);
  }
}

/** Writes what is larger than the buffer, which is empty; returns the rest, which fits into it. */
function writeThrough(t: Thread, self: PyBuffered, bytes: Uint8Array): Uint8Array {
  let rest = bytes;
  while (rest.length > self.bufferSize) {
    const count = rawWrite(t, self, rest);
    if (count === null) {
      keep(self, rest.subarray(0, self.bufferSize));
      return raiseWouldBlock(t, self, bytes.length - rest.length + self.bufferSize);
    }
    rest = rest.subarray(count);
  }
  return rest;
}

/** `write(bytes)`: into the buffer, through to the raw stream where that is full. */
export function bufferedWrite(t: Thread, self: PyBuffered, bytes: Uint8Array): void {
  const file = plainFile(self);
  if (file !== undefined ? file.fd < 0 : isClosed(t, rawOf(self))) raiseValueError('write to closed file');
  if (self.ahead.length > 0) dropAhead(t, self);
  noteDirty(t, self, isOrdinaryFile(self));
  const fits = self.pending + bytes.length <= self.bufferSize || !makeRoom(t, self, bytes);
  keep(self, fits ? bytes : writeThrough(t, self, bytes));
}

/** `flush()`. */
export function bufferedFlush(t: Thread, self: PyBuffered): void {
  const file = plainFile(self);
  if (file !== undefined ? file.fd < 0 : isClosed(t, rawOf(self))) raiseValueError('flush of closed file');
  flushWrites(t, self);
  if (self.ahead.length > 0 && self.type !== BUFFERED_READER_TYPE && self.type.solidBase === BUFFERED_RANDOM_TYPE) dropAhead(t, self);
}

function reader_flush(t: Thread, self: PyBuffered): Value {
  return callMethod(t, rawOf(self), 'flush');
}

function rawTell(t: Thread, self: PyBuffered): number {
  const position = toIndex(t, callMethod(t, rawOf(self), 'tell'));
  if (position < 0) raise(OSError, `Raw stream returned invalid position ${position}`);
  return Number(position);
}

function buffered_tell(t: Thread, self: PyBuffered): Value {
  rawOf(self);
  // A character device may say that it stands at 0 whatever was read.
  return Math.max(0, rawTell(t, self) - available(self) + self.pending);
}

function buffered_seek(t: Thread, self: PyBuffered, target: Value, whenceValue?: Value): Value {
  const whence = intArgument(t, whenceValue, 0);
  if (whence < 0 || whence > 2) raiseValueError(`whence value ${whence} unsupported`);
  checkOpen(t, self, 'seek');
  checkSeekable(t, rawOf(self));
  const offset = Number(toIndex(t, target)) as number;
  if (whence !== 2 && self.ahead.length > 0) {
    const raw = rawTell(t, self);
    const current = raw - available(self);
    const goal = whence === 0 ? offset : current + offset;
    const start = raw - self.ahead.length;
    if (goal >= start && goal <= raw) {
      self.aheadAt = goal - start;
      return Math.max(0, goal);
    }
  }
  flushWrites(t, self);
  const shift = whence === 1 ? -available(self) : 0;
  const position = toIndex(t, callMethod(t, self.raw, 'seek', offset + shift, whence));
  self.ahead = NOTHING;
  self.aheadAt = 0;
  if (position < 0) raise(OSError, `Raw stream returned invalid position ${position}`);
  return position as Int;
}

function buffered_truncate(t: Thread, self: PyBuffered, size?: Value): Value {
  checkOpen(t, self, 'truncate');
  if (self.type.solidBase === BUFFERED_READER_TYPE) raiseUnsupportedOperation('truncate');
  flushWrites(t, self);
  const target = size === undefined || size === null ? buffered_tell(t, self) : size;
  const result = callMethod(t, self.raw, 'truncate', target);
  return result;
}

function buffered_detach(t: Thread, self: PyBuffered): Value {
  const raw = rawOf(self);
  callMethod(t, self, 'flush');
  self.raw = null;
  return raw;
}

function buffered_close(t: Thread, self: PyBuffered): Value {
  const raw = rawOf(self);
  if (isClosed(t, raw)) return null;
  if (self.finalizing) buffered_deallocWarn(t, self, self);
  try {
    doBoth(() => void callMethod(t, self, 'flush'), () => void callMethod(t, raw, 'close'));
  } finally {
    forgetDirty(t, self);
    self.pending = 0;
    self.isFreed = isClosed(t, raw);
  }
  return null;
}

function buffered_deallocWarn(t: Thread, self: PyBuffered, source: Value): void {
  if (!self.initialized || self.raw === null) return;
  try {
    callMethod(t, self.raw, '_dealloc_warn', source);
  } catch (caught) {
    // A raw stream of the program's need not have it.
    if (!(caught instanceof PyBaseException)) throw caught;
  }
}

function buffered_repr(t: Thread, self: PyBuffered): string {
  if (t.reprGuard.has(self)) return raise(RuntimeError, `reentrant call inside ${self.type.name}.__repr__`);
  t.reprGuard.add(self);
  try {
    return reprWithName(t, self);
  } finally {
    t.reprGuard.delete(self);
  }
}

function proxied(name: string): GetSet {
  return { get: (t, self) => getAttr(t, rawOf(self as PyBuffered), name) };
}

function ask(name: string): MethodRow {
  return [(t: Thread, self: PyBuffered) => callMethod(t, rawOf(self), name), '($self, /)', ''];
}

const SHARED_METHODS: Readonly<Record<string, MethodRow>> = {
  __sizeof__: [(_t: Thread, self: PyBuffered) => RECORD_SIZE + (self.initialized && !self.isFreed ? self.bufferSize : 0), '($self, /)', ''],
  detach: [buffered_detach, '($self, /)', ''],
  close: [buffered_close, '($self, /)', ''],
  seekable: ask('seekable'),
  fileno: ask('fileno'),
  isatty: ask('isatty'),
  seek: [buffered_seek, '($self, target, whence=0, /)', ''],
  tell: [buffered_tell, '($self, /)', ''],
  truncate: [buffered_truncate, '($self, pos=None, /)', ''],
  _dealloc_warn: [buffered_deallocWarn, '!($self, source, /)', ''],
  __getstate__: [(_t: Thread, self: PyBuffered) => raiseTypeError(`cannot pickle '_io.${self.type.name}' instances`), '!($self, /)', ''],
};

function bytesOrNone(bytes: Uint8Array | null): Value {
  return bytes === null ? null : newBytes(bytes);
}

function sizeOfRead(t: Thread, size: Maybe): number {
  const wanted = sizeOrNone(t, size);
  return wanted < -1 ? raiseValueError('read length must be non-negative or -1') : wanted;
}

function buffered_read(t: Thread, self: PyBuffered, size?: Value): Value | typeof PARKED {
  const wanted = sizeOfRead(t, size);
  return readWhenFilled(t, self, () => wanted >= 0 && available(self) >= wanted, () => bytesOrNone(bufferedRead(t, self, wanted)));
}

function buffered_read1(t: Thread, self: PyBuffered, size?: Value): Value | typeof PARKED {
  const wanted = sizeOrNone(t, size);
  return readWhenFilled(t, self, () => wanted === 0 || available(self) > 0, () => newBytes(bufferedRead1(t, self, wanted)));
}

function buffered_peek(t: Thread, self: PyBuffered): Value | typeof PARKED {
  return readWhenFilled(t, self, () => available(self) > 0, () => peek(t, self));
}

function buffered_readline(t: Thread, self: PyBuffered, size?: Value): Value | typeof PARKED {
  const limit = sizeOrNone(t, size);
  return readWhenFilled(t, self, () => (limit >= 0 && available(self) >= limit) || hasNewline(self), () => newBytes(readLine(t, self, limit)));
}

/** Whether the bytes read ahead contain the end of a line. */
export function hasNewline(self: PyBuffered): boolean {
  return self.ahead.indexOf(10, self.aheadAt) >= 0;
}

function buffered_readinto(once: boolean) {
  return (t: Thread, self: PyBuffered, buffer: Value): Value | typeof PARKED => {
    const wanted = once ? 1 : bytesLike(t, buffer)?.length ?? 0;
    return readWhenFilled(t, self, () => available(self) >= wanted, () => readInto(t, self, buffer, once));
  };
}

/** Methods of reading, which park the thread while others run. */
export const READER_METHODS: Readonly<Record<string, MethodRow>> = {
  readable: ask('readable'),
  read: [buffered_read, '($self, size=-1, /)', ''],
  read1: [buffered_read1, '($self, size=-1, /)', ''],
  peek: [buffered_peek, '($self, size=0, /)', ''],
  readline: [buffered_readline, '($self, size=-1, /)', ''],
  readinto: [buffered_readinto(/* once */ false), '($self, buffer, /)', ''],
  readinto1: [buffered_readinto(/* once */ true), '($self, buffer, /)', ''],
};

function buffered_write(t: Thread, self: PyBuffered, data: Value): Value {
  rawOf(self);
  const bytes = requireBytesLike(t, data);
  bufferedWrite(t, self, bytes);
  return bytes.length;
}

const WRITER_METHODS: Readonly<Record<string, MethodRow>> = {
  writable: ask('writable'),
  write: [buffered_write, '($self, buffer, /)', ''],
};

const GETSET: Readonly<Record<string, GetSet>> = {
  raw: { get: (_t, self) => (self as PyBuffered).raw, member: true },
  closed: proxied('closed'),
  name: proxied('name'),
  mode: proxied('mode'),
};

const alloc = (type: PyType): PyBuffered => new PyBuffered(type);

/** A line for iteration without a method lookup where the type is the builtin one. */
function reader_next(t: Thread, self: PyBuffered): Maybe {
  if (self.type.flags.heapType) return nextLine(t, self);
  const line = readLine(t, self, -1);
  return line.length === 0 ? undefined : newBytes(line);
}

readyType(BUFFERED_READER_TYPE, {
  doc: 'Create a new buffered reader using the given readable raw IO object.',
  textSignature: '(raw, buffer_size=DEFAULT_BUFFER_SIZE)',
  slots: {
    tp_alloc: alloc, tp_new: (_t, type) => alloc(type), tp_repr: buffered_repr, tp_iternext: reader_next,
    tp_init: (t, self: PyBuffered, args, keywords) => initBuffered(t, self, args, keywords, 'BufferedReader', [checkReadable]),
  },
  methods: { ...SHARED_METHODS, ...READER_METHODS, flush: [reader_flush, '($self, /)', ''] },
  getset: GETSET,
});

/** `for line in stream`: waits for the line as `readline` does. */
BUFFERED_READER_TYPE.parkNext = (t, self) => canWait(t, self as PyBuffered) && readWhenFilled(t, self as PyBuffered, () => hasNewline(self as PyBuffered), () => self) === PARKED;

readyType(BUFFERED_WRITER_TYPE, {
  doc: 'A buffer for a writeable sequential RawIO object.',
  textSignature: '(raw, buffer_size=DEFAULT_BUFFER_SIZE)',
  slots: {
    tp_alloc: alloc, tp_new: (_t, type) => alloc(type), tp_repr: buffered_repr,
    tp_init: (t, self: PyBuffered, args, keywords) => initBuffered(t, self, args, keywords, 'BufferedWriter', [checkWritable]),
  },
  methods: { ...SHARED_METHODS, ...WRITER_METHODS, flush: [(t: Thread, self: PyBuffered) => bufferedFlush(t, self), '($self, /)', ''] },
  getset: GETSET,
});

readyType(BUFFERED_RANDOM_TYPE, {
  doc: 'A buffered interface to random access streams.',
  textSignature: '(raw, buffer_size=DEFAULT_BUFFER_SIZE)',
  slots: {
    tp_alloc: alloc, tp_new: (_t, type) => alloc(type), tp_repr: buffered_repr, tp_iternext: reader_next,
    tp_init: (t, self: PyBuffered, args, keywords) => initBuffered(t, self, args, keywords, 'BufferedRandom', [checkSeekable, checkReadable, checkWritable]),
  },
  methods: { ...SHARED_METHODS, ...READER_METHODS, ...WRITER_METHODS, flush: [(t: Thread, self: PyBuffered) => bufferedFlush(t, self), '($self, /)', ''] },
  getset: GETSET,
});
