/** `_io.BytesIO` (Modules/_io/bytesio.c). */
import { NativeDefinition } from '../../core/native.ts';
import { withQuietForm } from '../../core/quiet.ts';
import { PyTuple } from '../../core/containers.ts';
import { PyBytes } from '../../core/scalars.ts';
import type { KeywordNames } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { copyBytes, sliceOfBytes } from '../../objects/algorithms/short-bytes.ts';
import { dictOf } from '../../objects/attributes.ts';
import { plainView, registerBuffer, requireBytesLike } from '../../objects/buffer.ts';
import { dictMergeFrom, copyDict } from '../../objects/dict.ts';
import { BufferError, OverflowError } from '../../objects/exception-types.ts';
import { forEach } from '../../objects/iterate.ts';
import { bytesOfPart, EMPTY_BYTES, newBytes, newList, newTuple } from '../../objects/make.ts';
import { memoryViewOf } from '../../objects/memoryview.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { toSize } from '../../objects/operators.ts';
import { raise, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { BYTES_TYPE, staticType } from '../../objects/static-types.ts';
import { readyType } from '../../objects/type-ready.ts';
import { BUFFERED_IO_BASE_TYPE, positionArgument, PyIoBase, raiseClosed, sizeOrNone, withWritable } from './base.ts';

const NO_BYTES = new Uint8Array(0);

/** The first `size` bytes of `data` are the content. */
class PyBytesIO extends PyIoBase {
  data: Uint8Array = NO_BYTES;
  /** `data` is that of a bytes object: it is copied before it is written to. */
  isShared = true;
  size = 0;
  position = 0;
  exports = 0;
  closed = false;

  /** Closing frees memory alone, unless a subclass does more. */
  override isSpent(): boolean {
    return this.closed || !this.type.flags.heapType;
  }

  override isShut(): boolean {
    return this.closed;
  }
}

/** The type. */
export const BYTES_IO_TYPE = staticType('BytesIO', { base: BUFFERED_IO_BASE_TYPE, module: '_io', baseType: true });
/** What `getbuffer` lends through. */
export const BYTES_IO_BUFFER_TYPE = staticType('_BytesIOBuffer', { module: '_io', disallowInstantiation: true });
readyType(BYTES_IO_BUFFER_TYPE, {});

class PyBytesIOBuffer extends PyIoBase {
  source: PyBytesIO;
  constructor(source: PyBytesIO) {
    super(BYTES_IO_BUFFER_TYPE);
    this.source = source;
  }
}

registerBuffer(BYTES_IO_BUFFER_TYPE, (_t, value) => {
  const { source } = value as PyBytesIOBuffer;
  if (source.isShared) moveData(source, source.data.length);
  source.exports++;
  let live = true;
  const release = (): void => {
    if (live) source.exports--;
    live = false;
  };
  return plainView(source.data.subarray(0, source.size), value, { readOnly: false, release });
});

function open(self: PyBytesIO): PyBytesIO {
  return self.closed ? raiseClosed() : self;
}

function resizable(self: PyBytesIO): void {
  if (open(self).exports > 0) raise(BufferError, 'Existing exports of data: object cannot be re-sized');
}

/** Copies the content to memory of its own with room for so many bytes. */
function moveData(self: PyBytesIO, room: number): void {
  const data = new Uint8Array(room);
  if (self.size > 0) data.set(self.data.subarray(0, self.size));
  self.data = data;
  self.isShared = false;
}

/** Memory of this size and more is doubled, smaller memory quadrupled: a typed array with memory of its own takes longer to make than so many bytes to copy. */
const DOUBLED = 4096;

function reserve(self: PyBytesIO, size: number): void {
  const room = self.data.length;
  if (size > room) moveData(self, Math.max(size, room >= DOUBLED ? 2 * room : 4 * room, 64));
  else if (self.isShared) moveData(self, room);
}

function writeBytes(self: PyBytesIO, bytes: Uint8Array): void {
  const end = self.position + bytes.length;
  if (bytes.length === 0) return;
  reserve(self, end);
  if (self.position > self.size) self.data.fill(0, self.size, self.position);
  // They are not of this very memory: while that is lent nothing is written. Asking for their `buffer` would give short ones a memory of their own.
  copyBytes(bytes, self.data, self.position);
  self.position = end;
  self.size = Math.max(self.size, end);
}

function take(self: PyBytesIO, count: number): Uint8Array {
  const end = Math.min(self.size, self.position + count);
  const bytes = self.position >= end ? new Uint8Array(0) : sliceOfBytes(self.data, self.position, end);
  self.position += bytes.length;
  return bytes;
}

/** @hot bench/programs/pickle_python.py */
function bytesio_read(t: Thread, self: PyBytesIO, size?: Value): Value {
  open(self);
  const wanted = typeof size === 'number' ? size : sizeOrNone(t, size);
  const start = self.position;
  const end = wanted < 0 || wanted > self.size - start ? self.size : start + wanted;
  if (start >= end) return EMPTY_BYTES;
  self.position = end;
  return bytesOfPart(self.data, start, end);
}

/** Lines are mostly so short that a loop has found their end before the engine's search has begun. */
const LOOP_LINE = 96;

/** Where the next line feed stands, at least at `start`; -1 when there is none below `end`. */
function lineFeed(data: Uint8Array, start: number, end: number): number {
  const looped = Math.min(end, start + LOOP_LINE);
  for (let i = start; i < looped; i++) if (data[i] === LINE_FEED) return i;
  if (looped >= end) return -1;
  const found = data.indexOf(LINE_FEED, looped);
  return found < end ? found : -1;
}

const LINE_FEED = 10;

function line(self: PyBytesIO, limit: number): Uint8Array {
  const newline = lineFeed(self.data, self.position, self.size);
  const length = newline < 0 ? Math.max(0, self.size - self.position) : newline + 1 - self.position;
  return take(self, limit >= 0 ? Math.min(limit, length) : length);
}

function bytesio_readlines(t: Thread, self: PyBytesIO, hint?: Value): Value {
  open(self);
  const limit = sizeOrNone(t, hint);
  const lines: Value[] = [];
  let total = 0;
  for (let next = line(self, -1); next.length > 0; next = line(self, -1)) {
    lines.push(newBytes(next));
    total += next.length;
    if (limit > 0 && total >= limit) break;
  }
  return newList(lines);
}

function bytesio_write(t: Thread, self: PyBytesIO, data: Value): Value {
  resizable(self);
  const bytes = requireBytesLike(t, data);
  resizable(self);
  writeBytes(self, bytes);
  return bytes.length;
}

/** A BytesIO that is open and not lent, to which bytes are written that are known to be such. */
withQuietForm(bytesio_write, {
  call: (_t: Thread, self: PyBytesIO, data: Value): Maybe => {
    if (self.closed || self.exports > 0 || !(data instanceof PyBytes) || self.position + data.value.length > QUIET_SIZE) return undefined;
    writeBytes(self, data.value);
    return data.value.length;
  },
  effect: 'change', result: 'int',
});
withQuietForm(bytesio_read, {
  call: (t: Thread, self: PyBytesIO, size: Value): Maybe => (self.closed || typeof size !== 'number' ? undefined : bytesio_read(t, self, size)),
  effect: 'change', result: BYTES_TYPE,
});

/** So many bytes always find room. */
const QUIET_SIZE = 1 << 24;

const bytesio_tell = withQuietForm((_t: Thread, self: PyBytesIO): Value => open(self).position, {
  call: (_t: Thread, self: PyBytesIO): Maybe => (self.closed ? undefined : self.position), effect: 'look', result: 'int',
});

function bytesio_seek(t: Thread, self: PyBytesIO, offsetValue: Value, whenceValue?: Value): Value {
  const offset = positionArgument(t, offsetValue);
  const whence = intArgument(t, whenceValue, 0);
  open(self);
  if (whence === 0 && offset < 0) raiseValueError(`negative seek value ${offset}`);
  if (whence < 0 || whence > 2) raiseValueError(`invalid whence (${whence}, should be 0, 1 or 2)`);
  const base = whence === 0 ? 0 : whence === 1 ? self.position : self.size;
  self.position = Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, base + offset));
  return self.position;
}

function bytesio_truncate(t: Thread, self: PyBytesIO, size?: Value): Value {
  resizable(self);
  const length = size === undefined || size === null ? self.position : toSize(t, size, OverflowError);
  if (length < 0) raiseValueError(`negative size value ${length}`);
  if (length < self.size) self.size = length;
  return length;
}

function bytesio_close(_t: Thread, self: PyBytesIO): void {
  if (self.exports > 0) raise(BufferError, 'Existing exports of data: object cannot be re-sized');
  self.closed = true;
  self.data = NO_BYTES;
  self.isShared = true;
  self.size = 0;
}

function getValue(self: PyBytesIO): PyBytes {
  open(self);
  const { data, size } = self;
  if (size < data.length || self.exports > 0) return newBytes(sliceOfBytes(data, 0, size));
  self.isShared = true;
  return newBytes(data);
}

const INIT = new NativeDefinition('BytesIO', () => null, "(initial_bytes=b'')", '', 'method');

function bytesio_init(t: Thread, self: PyBytesIO, args: Value[], keywords: KeywordNames): void {
  const [initial] = bindArguments(INIT, 'BytesIO', null, false, args, keywords) as [Maybe];
  if (self.exports > 0) raise(BufferError, 'Existing exports of data: object cannot be re-sized');
  self.size = 0;
  self.position = 0;
  self.closed = false;
  self.data = NO_BYTES;
  self.isShared = true;
  if (initial === undefined || initial === null) return;
  if (initial instanceof PyBytes) {
    self.data = initial.value;
    self.size = self.data.length;
    return;
  }
  writeBytes(self, requireBytesLike(t, initial));
  self.position = 0;
}

function bytesio_setstate(t: Thread, self: PyBytesIO, state: Value): void {
  open(self);
  if (!(state instanceof PyTuple) || state.items.length < 3) raiseTypeError(`${self.type.name}.__setstate__ argument should be 3-tuple, got ${typeName(state)}`);
  const [data, position, dict] = state.items as [Value, Value, Value];
  self.size = 0;
  self.position = 0;
  writeBytes(self, requireBytesLike(t, data));
  self.position = toSize(t, position);
  if (self.position < 0) raiseValueError('position value cannot be negative');
  if (dict !== null) dictMergeFrom(t, dictOf(self)!, dict);
}

function bytesio_readinto(t: Thread, self: PyBytesIO, buffer: Value): Value {
  open(self);
  return withWritable(t, buffer, 'readinto', (bytes) => {
    const data = take(self, bytes.length);
    bytes.set(data);
    return data.length;
  });
}

const always = (_t: Thread, self: PyBytesIO): Value => { open(self); return true; };

readyType(BYTES_IO_TYPE, {
  doc: 'Buffered I/O implementation using an in-memory bytes buffer.',
  textSignature: "(initial_bytes=b'')",
  slots: {
    tp_alloc: (type) => new PyBytesIO(type), tp_new: (_t, type) => new PyBytesIO(type), tp_init: bytesio_init,
    tp_iter: (_t, self: PyBytesIO) => open(self),
    tp_iternext: (_t, self: PyBytesIO) => {
      const next = line(open(self), -1);
      return next.length === 0 ? undefined : newBytes(next);
    },
  },
  methods: {
    readable: [always, '($self, /)', 'Returns True if the IO object can be read.'],
    seekable: [always, '($self, /)', 'Returns True if the IO object can be seeked.'],
    writable: [always, '($self, /)', 'Returns True if the IO object can be written.'],
    close: [bytesio_close, '($self, /)', 'Disable all I/O operations.'],
    flush: [(_t: Thread, self: PyBytesIO) => { open(self); return null; }, '($self, /)', 'Does nothing.'],
    isatty: [(_t: Thread, self: PyBytesIO) => { open(self); return false; }, '($self, /)', 'Always returns False.'],
    tell: [bytesio_tell, '($self, /)', 'Current file position, an integer.'],
    write: [bytesio_write, '($self, b, /)', 'Write bytes to file.'],
    writelines: [(t: Thread, self: PyBytesIO, lines: Value) => { open(self); forEach(t, lines, (item) => bytesio_write(t, self, item)); }, '($self, lines, /)', 'Write lines to the file.'],
    read: [bytesio_read, '($self, size=-1, /)', 'Read at most size bytes, returned as a bytes object.'],
    read1: [bytesio_read, '($self, size=-1, /)', 'Read at most size bytes, returned as a bytes object.'],
    readinto: [bytesio_readinto, '($self, buffer, /)', 'Read bytes into buffer.'],
    readline: [(t: Thread, self: PyBytesIO, size?: Value) => newBytes(line(open(self), sizeOrNone(t, size))), '($self, size=-1, /)', 'Next line from the file, as a bytes object.'],
    readlines: [bytesio_readlines, '($self, size=None, /)', 'List of bytes objects, each a line from the file.'],
    getbuffer: [(t: Thread, self: PyBytesIO) => memoryViewOf(t, new PyBytesIOBuffer(open(self))), '($self, /)', 'Get a read-write view over the contents of the BytesIO object.'],
    getvalue: [(_t: Thread, self: PyBytesIO) => getValue(self), '($self, /)', 'Retrieve the entire contents of the BytesIO object.'],
    seek: [bytesio_seek, '($self, pos, whence=0, /)', 'Change stream position.'],
    truncate: [bytesio_truncate, '($self, size=None, /)', 'Truncate the file to at most size bytes.'],
    __getstate__: [(_t: Thread, self: PyBytesIO) => newTuple([getValue(self), self.position, self.dict === null ? null : copyDict(self.dict)]), '!($self, /)', ''],
    __setstate__: [bytesio_setstate, '!($self, state, /)', ''],
  },
  getset: { closed: { get: (_t, self) => (self as PyBytesIO).closed, doc: 'True if the file is closed.' } },
});
