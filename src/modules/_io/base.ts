/** The abstract classes of `_io` (Modules/_io/iobase.c, bufferedio.c, textio.c): what every stream can do in terms of other methods. */
import { PyBaseException } from '../../core/exception.ts';
import { PyByteArray, PyBytes } from '../../core/scalars.ts';
import { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { getAttr, lookupAttr } from '../../objects/attributes.ts';
import { getBuffer, viewBytes, type BufferProvider } from '../../objects/buffer.ts';
import { callMethod } from '../../objects/call.ts';
import * as E from '../../objects/exception-types.ts';
import '../../objects/exceptions.ts';
import { FIRM_DICT_GETSET } from '../../objects/instance-dict.ts';
import { reportFinalizer, setFinalizerKind } from '../../objects/finalize.ts';
import { forEach, getIterator, iterNext } from '../../objects/iterate.ts';
import { newByteArray, newBytes, newList } from '../../objects/make.ts';
import { argumentTypeName } from '../../objects/native-arguments.ts';
import { toIndex, toSize } from '../../objects/operators.ts';
import { newException, raise, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { lengthOf } from '../../objects/truth.ts';
import { staticType } from '../../objects/static-types.ts';
import { repr } from '../../objects/text.ts';
import { isTrue } from '../../objects/truth.ts';
import { readyType, type MethodRow } from '../../objects/type-ready.ts';
import { asInt } from '../../objects/type-of.ts';

/** `io.DEFAULT_BUFFER_SIZE`. */
export const DEFAULT_BUFFER_SIZE = 131072;

/** `io.UnsupportedOperation`. */
export const UNSUPPORTED_OPERATION: PyType = staticType('UnsupportedOperation', { base: E.OSError, module: 'io', baseType: true, hasDict: true });
UNSUPPORTED_OPERATION.bases.push(E.ValueError);
readyType(UNSUPPORTED_OPERATION, {});
UNSUPPORTED_OPERATION.flags.immutable = false;

/** Raises `io.UnsupportedOperation: message`. */
export function raiseUnsupportedOperation(message: string): never {
  return raise(UNSUPPORTED_OPERATION, message);
}

/** Raises the ValueError of a closed stream. */
export function raiseClosed(message = 'I/O operation on closed file.'): never {
  return raiseValueError(message);
}

/** The record of every stream: `ioClosed` is what `_IOBase.close` sets. */
export class PyIoBase extends PyObject {
  ioClosed = false;
  /** Whether `close` was called because nobody holds the stream any more: then it warns. */
  finalizing = false;
  /** A standard stream of the interpreter, which stays open to the last. */
  isStandard = false;

  /** Whether nothing is left to close. */
  isSpent(): boolean {
    return this.ioClosed || this.isStandard;
  }

  /** Whether a stream over this one has nothing left to do for it. */
  isShut(): boolean {
    return this.isSpent();
  }
}

/** Whether a stream below another one is spent: one that the program made is not known to be. */
export function isSpentBelow(stream: Value): boolean {
  return stream === null || (stream instanceof PyIoBase && stream.isShut());
}

const STREAM = { module: '_io', baseType: true, hasDict: true, hasWeakref: true };

export const IO_BASE_TYPE = staticType('_IOBase', STREAM);
export const RAW_IO_BASE_TYPE = staticType('_RawIOBase', { ...STREAM, base: IO_BASE_TYPE });
export const BUFFERED_IO_BASE_TYPE = staticType('_BufferedIOBase', { ...STREAM, base: IO_BASE_TYPE });
export const TEXT_IO_BASE_TYPE = staticType('_TextIOBase', { ...STREAM, base: IO_BASE_TYPE });

/** `stream.closed` as a boolean. */
export function isClosed(t: Thread, stream: Value): boolean {
  return isTrue(t, getAttr(t, stream, 'closed'));
}

function check(t: Thread, self: Value): void {
  const closed = lookupAttr(t, self, 'closed');
  if (closed !== undefined && isTrue(t, closed)) raiseClosed();
}

function checkCapability(name: 'seekable' | 'readable' | 'writable', message: string) {
  return (t: Thread, self: Value): Value => (callMethod(t, self, name) === true ? true : raiseUnsupportedOperation(message));
}

/** Raises UnsupportedOperation unless `stream.readable()`, `writable()`, `seekable()`. */
export const checkReadable = checkCapability('readable', 'File or stream is not readable.');
export const checkWritable = checkCapability('writable', 'File or stream is not writable.');
export const checkSeekable = checkCapability('seekable', 'File or stream is not seekable.');

function unsupported(name: string): () => never {
  return () => raiseUnsupportedOperation(name);
}

/** `size` arguments that may be None. */
export function sizeOrNone(t: Thread, size: Maybe, fallback = -1): number {
  if (size === undefined || size === null) return fallback;
  if (asInt(size) === undefined && (typeof size !== 'object' || size.type.slots.nb_index === null)) raiseTypeError(`argument should be integer or None, not '${typeName(size)}'`);
  return toSize(t, size, E.OverflowError);
}

/** A stream position of C type Py_ssize_t; beyond what a double counts exactly it is the largest such number: no memory reaches there. */
export function positionArgument(t: Thread, value: Value): number {
  const index = toIndex(t, value);
  if (typeof index === 'number') return index;
  if (BigInt.asIntN(64, index) !== index) raise(E.OverflowError, "Python int too large to convert to C ssize_t");
  return index < 0n ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}

/** Does both, the second whatever the first does. Where both raise, the error of the second has that of the first as its context. */
export function doBoth(first: () => void, second: () => void): void {
  let failure: PyBaseException | null = null;
  try {
    first();
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    failure = caught;
  }
  try {
    second();
  } catch (caught) {
    if (caught instanceof PyBaseException && failure !== null) caught.context = failure;
    throw caught;
  }
  if (failure !== null) throw failure;
}

/** Closes a stream that nobody holds any more (iobase_finalize). */
function iobase_finalize(t: Thread, self: PyIoBase): void {
  try {
    if (isClosed(t, self)) return;
  } catch (caught) {
    // A stream that cannot tell was never made whole.
    if (!(caught instanceof PyBaseException)) throw caught;
    return;
  }
  self.finalizing = true;
  try {
    callMethod(t, self, 'close');
  } catch (caught) {
    reportFinalizer(t, caught, `Exception ignored while finalizing file ${repr(t, self)}`, null);
  }
}

setFinalizerKind(IO_BASE_TYPE, { isSpent: (stream) => (stream as PyIoBase).isSpent(), isResource: true });

function iobase_close(t: Thread, self: PyIoBase): void {
  if (self.ioClosed) return;
  try {
    callMethod(t, self, 'flush');
  } finally {
    self.ioClosed = true;
  }
}

/** A line by `read(1)`, or by `peek` and `read` where the stream can look ahead. */
function iobase_readline(t: Thread, self: Value, size?: Value): Value {
  const limit = sizeOrNone(t, size);
  const peek = lookupAttr(t, self, 'peek');
  const parts: number[] = [];
  while (limit < 0 || parts.length < limit) {
    let wanted = 1;
    if (peek !== undefined) {
      const ahead = callMethod(t, self, 'peek', 1);
      if (!(ahead instanceof PyBytes)) raise(E.OSError, `peek() should have returned a bytes object, not '${typeName(ahead)}'`);
      if (ahead.value.length > 0) {
        const newline = ahead.value.indexOf(10);
        wanted = newline >= 0 ? newline + 1 : ahead.value.length;
        if (limit >= 0) wanted = Math.min(wanted, limit - parts.length);
      }
    }
    const read = callMethod(t, self, 'read', wanted);
    if (!(read instanceof PyBytes)) raise(E.OSError, `read() should have returned a bytes object, not '${typeName(read)}'`);
    if (read.value.length === 0) break;
    for (const byte of read.value) parts.push(byte);
    if (parts[parts.length - 1] === 10) break;
  }
  return newBytes(Uint8Array.from(parts));
}

function iobase_readlines(t: Thread, self: Value, hint?: Value): Value {
  const limit = sizeOrNone(t, hint);
  const lines: Value[] = [];
  let total = 0;
  const iterator = getIterator(t, self);
  for (let line = iterNext(t, iterator); line !== undefined; line = iterNext(t, iterator)) {
    lines.push(line);
    if (limit <= 0) continue;
    total += lengthOf(t, line);
    if (total > limit) break;
  }
  return newList(lines);
}

function iobase_writelines(t: Thread, self: Value, lines: Value): void {
  check(t, self);
  forEach(t, lines, (line) => callMethod(t, self, 'write', line));
}

/** `__next__` by `readline`. */
export function nextLine(t: Thread, self: Value): Maybe {
  const line = callMethod(t, self, 'readline');
  return lengthOf(t, line) === 0 ? undefined : line;
}

readyType(IO_BASE_TYPE, {
  doc: 'The abstract base class for all I/O classes.',
  slots: {
    tp_alloc: (type) => new PyIoBase(type),
    tp_new: (_t, type) => type.solidBase.slots.tp_alloc!(type),
    tp_init: () => undefined,
    tp_finalize: iobase_finalize,
    tp_iter: (t, self) => {
      check(t, self);
      return self;
    },
    tp_iternext: nextLine,
  },
  methods: {
    seek: [unsupported('seek'), '($self, offset, whence=os.SEEK_SET, /)', 'Change the stream position to the given byte offset.'],
    tell: [(t: Thread, self: Value) => callMethod(t, self, 'seek', 0, 1), '($self, /)', 'Return current stream position.'],
    truncate: [unsupported('truncate'), '($self, size=None, /)', 'Truncate file to size bytes.'],
    flush: [(t: Thread, self: PyIoBase) => (self.ioClosed ? raiseClosed() : null), '($self, /)', 'Flush write buffers, if applicable.'],
    close: [iobase_close, '($self, /)', 'Flush and close the IO object.'],
    seekable: [() => false, '($self, /)', 'Return whether object supports random access.'],
    readable: [() => false, '($self, /)', 'Return whether object was opened for reading.'],
    writable: [() => false, '($self, /)', 'Return whether object was opened for writing.'],
    _checkClosed: [check, '($self, /)', ''],
    _checkSeekable: [checkSeekable, '($self, /)', ''],
    _checkReadable: [checkReadable, '($self, /)', ''],
    _checkWritable: [checkWritable, '($self, /)', ''],
    fileno: [unsupported('fileno'), '($self, /)', 'Return underlying file descriptor if one exists.'],
    isatty: [(t: Thread, self: Value) => { check(t, self); return false; }, '($self, /)', "Return whether this is an 'interactive' stream."],
    __enter__: [(t: Thread, self: Value) => { check(t, self); return self; }, '($self, /)', ''],
    __exit__: [(t: Thread, self: Value) => callMethod(t, self, 'close'), '($self, /, *exc)', ''],
    readline: [iobase_readline, '($self, size=-1, /)', 'Read and return a line from the stream.'],
    readlines: [iobase_readlines, '($self, hint=-1, /)', 'Return a list of lines from the stream.'],
    writelines: [iobase_writelines, '($self, lines, /)', 'Write a list of lines to stream.'],
  },
  getset: { closed: { get: (_t, self) => (self as PyIoBase).ioClosed }, __dict__: FIRM_DICT_GETSET },
});

/** All bytes by `read`; None when the first read would block. */
export function readAllByRead(t: Thread, self: Value): Value {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const data = callMethod(t, self, 'read', DEFAULT_BUFFER_SIZE);
    if (data === null) {
      if (chunks.length === 0) return null;
      break;
    }
    if (!(data instanceof PyBytes)) raiseTypeError('read() should return bytes');
    if (data.value.length === 0) break;
    chunks.push(data.value);
  }
  return newBytes(new Uint8Array(Buffer.concat(chunks)));
}

function raw_read(t: Thread, self: Value, size?: Value): Value {
  const wanted = size === undefined ? -1 : toSize(t, size, E.OverflowError);
  if (wanted < 0) return callMethod(t, self, 'readall');
  const buffer = newByteArray(new Uint8Array(wanted));
  const count = callMethod(t, self, 'readinto', buffer);
  if (count === null) return null;
  const length = toIndex(t, count);
  if (length < 0 || length > wanted) raiseValueError(`readinto returned ${length} outside buffer size ${wanted}`);
  return newBytes((buffer as PyByteArray).value.slice(0, Number(length)));
}

function notImplemented(): never {
  throw newException(E.NotImplementedError);
}

readyType(RAW_IO_BASE_TYPE, {
  doc: 'Base class for raw binary I/O.',
  methods: {
    read: [raw_read, '($self, size=-1, /)', ''],
    readall: [readAllByRead, '($self, /)', 'Read until EOF, using multiple read() call.'],
    readinto: [notImplemented, '($self, buffer, /)', ''],
    write: [notImplemented, '($self, b, /)', ''],
  },
});

/** Lends the memory of a writable bytes-like object to `fill`, which says how many bytes it wrote. */
export function withWritable(t: Thread, buffer: Value, who: string, fill: (bytes: Uint8Array) => Value): Value {
  const view = writableView(t, buffer, who);
  try {
    return fill(viewBytes(view));
  } finally {
    view.release();
  }
}

function writableView(t: Thread, buffer: Value, who: string): ReturnType<BufferProvider> {
  const fail = (): never => raiseTypeError(`${who}() argument must be read-write bytes-like object, not ${argumentTypeName(buffer)}`);
  const view = getBuffer(t, buffer);
  if (view === undefined) return fail();
  if (view.readOnly) {
    view.release();
    return fail();
  }
  return view;
}

function readIntoBy(name: 'read' | 'read1', who: string) {
  return (t: Thread, self: Value, buffer: Value): Value =>
    withWritable(t, buffer, who, (bytes) => {
      const data = callMethod(t, self, name, bytes.length);
      if (!(data instanceof PyBytes)) raiseTypeError('read() should return bytes');
      if (data.value.length > bytes.length) raiseValueError(`read() returned too much data: ${bytes.length} bytes requested, ${data.value.length} returned`);
      bytes.set(data.value);
      return data.value.length;
    });
}

/** `readinto` and `readinto1` by `read` and `read1`. */
export const READ_INTO_METHODS: Readonly<Record<string, MethodRow>> = {
  readinto: [readIntoBy('read', 'readinto'), '($self, buffer, /)', ''],
  readinto1: [readIntoBy('read1', 'readinto1'), '($self, buffer, /)', ''],
};

readyType(BUFFERED_IO_BASE_TYPE, {
  doc: 'Base class for buffered IO objects.',
  methods: {
    detach: [unsupported('detach'), '($self, /)', 'Disconnect this buffer from its underlying raw stream and return it.'],
    read: [unsupported('read'), '($self, size=-1, /)', 'Read and return up to n bytes.'],
    read1: [unsupported('read1'), '($self, size=-1, /)', 'Read and return up to size bytes.'],
    write: [unsupported('write'), '($self, b, /)', 'Write buffer b to the IO stream.'],
    ...READ_INTO_METHODS,
  },
});

readyType(TEXT_IO_BASE_TYPE, {
  doc: 'Base class for text I/O.',
  methods: {
    detach: [unsupported('detach'), '($self, /)', 'Separate the underlying buffer from the TextIOBase and return it.'],
    read: [unsupported('read'), '($self, size=-1, /)', 'Read at most size characters from stream.'],
    readline: [unsupported('readline'), '($self, size=-1, /)', 'Read until newline or EOF.'],
    write: [unsupported('write'), '($self, s, /)', 'Write string s to stream.'],
  },
  getset: { encoding: { get: () => null }, newlines: { get: () => null }, errors: { get: () => null } },
});

/** `<_io.Name name='x'>`: the name of a stream, where it has one. */
export function reprWithName(t: Thread, self: PyObject, extra = ''): string {
  const head = self.type.flags.heapType ? self.type.name : `_io.${self.type.name}`;
  let name: Maybe;
  try {
    name = lookupAttr(t, self, 'name');
  } catch {
    name = undefined;
  }
  return name === undefined ? `<${head}${extra}>` : `<${head} name=${repr(t, name)}${extra}>`;
}
