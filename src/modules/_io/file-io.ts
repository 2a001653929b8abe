/** `_io.FileIO`: a raw stream over a file descriptor (Modules/_io/fileio.c). */
import { constants, fstatSync } from 'node:fs';
import type { KeywordNames } from '../../core/type.ts';
import { NativeDefinition } from '../../core/native.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { genericSetAttr, lookupAttr } from '../../objects/attributes.ts';
import { requireBytesLike } from '../../objects/buffer.ts';
import { call, callMethod } from '../../objects/call.ts';
import { OverflowError, ResourceWarning, RuntimeWarning, Warning } from '../../objects/exception-types.ts';
import { reportFinalizer } from '../../objects/finalize.ts';
import { newBytes } from '../../objects/make.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { toIndex, toSize } from '../../objects/operators.ts';
import { isRaised, raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { repr } from '../../objects/text.ts';
import { isTrue } from '../../objects/truth.ts';
import { readyType } from '../../objects/type-ready.ts';
import { asInt, asStr } from '../../objects/type-of.ts';
import { warn, warnAboutResource } from '../../objects/warn-hook.ts';
import { checkDescriptor, closeDescriptor, isAtty, meetDescriptor, openDescriptor, readDescriptor, seekDescriptor, truncateDescriptor, writeDescriptor } from '../descriptors.ts';
import { fsPath, hostPath } from '../host-path.ts';
import { errnoOf, newOsError, osCall } from '../os-errors.ts';
import { flushFiles } from './dirty.ts';
import { DEFAULT_BUFFER_SIZE, PyIoBase, RAW_IO_BASE_TYPE, raiseClosed, raiseUnsupportedOperation, sizeOrNone, withWritable } from './base.ts';

/** O_CLOEXEC, which Node's constants lack: no child inherits the descriptor. */
const O_CLOEXEC = 0o2000000;

/** `_io.FileIO`; `fd` is -1 when closed. */
export class PyFileIO extends PyIoBase {
  fd = -1;
  created = false;
  readable = false;
  writable = false;
  appending = false;
  closefd = true;
  seekable: boolean | null = null;
  blockSize = DEFAULT_BUFFER_SIZE;
}

/** The type. */
export const FILE_IO_TYPE = staticType('FileIO', { base: RAW_IO_BASE_TYPE, module: '_io', baseType: true });

const INIT = new NativeDefinition('FileIO', () => null, "(file, mode='r', closefd=True, opener=None)", '', 'method');

function parseMode(self: PyFileIO, mode: string): number {
  const fail = (): never => raiseValueError('Must have exactly one of create/read/write/append mode and at most one plus');
  let kind = '';
  let plus = false;
  for (const letter of mode) {
    if ('xrwa'.includes(letter)) {
      if (kind !== '') fail();
      kind = letter;
    } else if (letter === '+') {
      if (plus) fail();
      plus = true;
    } else if (letter !== 'b') raiseValueError(`invalid mode: ${mode}`);
  }
  if (kind === '') fail();
  self.readable = kind === 'r' || plus;
  self.writable = kind !== 'r' || plus;
  self.created = kind === 'x';
  self.appending = kind === 'a';
  const access = self.readable && self.writable ? constants.O_RDWR : self.readable ? constants.O_RDONLY : constants.O_WRONLY;
  const extra = { r: 0, w: constants.O_CREAT | constants.O_TRUNC, a: constants.O_CREAT | constants.O_APPEND, x: constants.O_CREAT | constants.O_EXCL }[kind] ?? 0;
  return access | extra | O_CLOEXEC;
}

function openFile(t: Thread, self: PyFileIO, file: Value, flags: number, opener: Value): void {
  const path = fsPath(t, file);
  if (!self.closefd) raiseValueError('Cannot use closefd=False with file name');
  const host = hostPath(t, path);
  if (opener === null) {
    flushFiles(t);
    self.fd = openDescriptor(t, host, flags, 0o666, path);
    return;
  }
  const fd = call(t, opener, [file, flags]);
  if (asInt(fd) === undefined) raiseTypeError('expected integer from opener');
  const number = Number(asInt(fd));
  if (number < 0) raiseValueError(`opener returned ${number}`);
  self.fd = number;
}

function fileio_init(t: Thread, self: PyFileIO, args: Value[], keywords: KeywordNames): void {
  const [file, modeValue, closefd, opener] = bindArguments(INIT, 'FileIO', null, false, args, keywords) as [Value, Maybe, Maybe, Maybe];
  if (self.fd >= 0 && self.closefd) closeFile(t, self);
  const mode = modeValue === undefined ? 'r' : asStr(modeValue) ?? raiseTypeError("FileIO() argument 'mode' must be str");
  self.fd = -1;
  self.seekable = null;
  self.closefd = closefd === undefined || isTrue(t, closefd);
  if (typeof file === 'boolean') warn(t, RuntimeWarning, 'bool is used as a file descriptor');
  const number = asInt(file);
  if (number !== undefined && number < 0) raiseValueError('negative file descriptor');
  const flags = parseMode(self, mode);
  if (number !== undefined) {
    meetDescriptor(t, Number(number));
    checkDescriptor(Number(number));
    self.fd = Number(number);
  } else openFile(t, self, file, flags, opener === undefined ? null : opener);
  inspect(t, self, file, number === undefined);
  genericSetAttr(t, self, 'name', file);
  if (self.appending) {
    try {
      seekDescriptor(self.fd, 0, 2);
    } catch {
      // A pipe or terminal has no end to go to.
    }
  }
}

function inspect(t: Thread, self: PyFileIO, file: Value, own: boolean): void {
  const stat = osCall(() => fstatSync(self.fd), file);
  if (stat.isDirectory()) {
    if (own) closeDescriptor(t, self.fd);
    self.fd = -1;
    throw newOsError(errnoOf('EISDIR'), own ? fsPath(t, file) : file);
  }
  if (stat.blksize > 1) self.blockSize = stat.blksize;
}

function closeFile(t: Thread, self: PyFileIO): void {
  const { fd } = self;
  self.fd = -1;
  if (fd >= 0) closeDescriptor(t, fd);
}

function openFd(self: PyFileIO): number {
  return self.fd < 0 ? raiseClosed('I/O operation on closed file') : self.fd;
}

function readableFd(self: PyFileIO): number {
  const fd = openFd(self);
  return self.readable ? fd : raiseUnsupportedOperation('File not open for reading');
}

/** Reads at most `size` bytes with one call of the system; null when it would block. */
export function fileRead(t: Thread, self: PyFileIO, size: number): Uint8Array | null {
  const fd = readableFd(self);
  const bytes = new Uint8Array(size);
  const count = readDescriptor(t, fd, bytes);
  return count === null ? null : count === size ? bytes : bytes.subarray(0, count);
}

/** Reads to the end; null when nothing was there and it would block. */
export function fileReadAll(t: Thread, self: PyFileIO): Uint8Array | null {
  const fd = readableFd(self);
  const chunks: Uint8Array[] = [];
  let size = Math.max(8192, remaining(fd) + 1);
  for (;;) {
    const bytes = new Uint8Array(size);
    const count = readDescriptor(t, fd, bytes);
    if (count === null && chunks.length === 0) return null;
    if (count === null || count === 0) break;
    chunks.push(bytes.subarray(0, count));
    size = Math.max(8192, Math.min(size, 1 << 20));
  }
  return chunks.length === 1 ? chunks[0]!.slice() : new Uint8Array(Buffer.concat(chunks));
}

function remaining(fd: number): number {
  const stat = osCall(() => fstatSync(fd));
  if (!stat.isFile()) return 0;
  return Math.min(1 << 30, Math.max(0, stat.size - seekDescriptor(fd, 0, 1)));
}

/** Writes `bytes` and returns the count; null when the descriptor does not block and nothing fits. */
export function fileWrite(t: Thread, self: PyFileIO, bytes: Uint8Array): number | null {
  const fd = openFd(self);
  if (!self.writable) raiseUnsupportedOperation('File not open for writing');
  return writeDescriptor(t, fd, bytes);
}

function fileio_read(t: Thread, self: PyFileIO, size?: Value): Value {
  const wanted = sizeOrNone(t, size);
  const bytes = wanted < 0 ? fileReadAll(t, self) : fileRead(t, self, wanted);
  return bytes === null ? null : newBytes(bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice());
}

function fileio_readinto(t: Thread, self: PyFileIO, buffer: Value): Value {
  const fd = readableFd(self);
  return withWritable(t, buffer, 'readinto', (bytes) => readDescriptor(t, fd, bytes));
}

function fileio_write(t: Thread, self: PyFileIO, data: Value): Value {
  const bytes = requireBytesLike(t, data);
  return fileWrite(t, self, bytes);
}

/** Moves the position; returns the new one. */
export function fileSeek(self: PyFileIO, offset: number, whence: number): number {
  return seekDescriptor(openFd(self), offset, whence);
}

function fileio_seek(t: Thread, self: PyFileIO, offset: Value, whence?: Value): Value {
  openFd(self);
  return fileSeek(self, toSize(t, offset, OverflowError), intArgument(t, whence, 0));
}

function fileio_seekable(_t: Thread, self: PyFileIO): boolean {
  openFd(self);
  if (self.seekable === null) {
    try {
      fileSeek(self, 0, 1);
      self.seekable = true;
    } catch {
      self.seekable = false;
    }
  }
  return self.seekable;
}

function fileio_truncate(t: Thread, self: PyFileIO, size?: Value): Value {
  const fd = openFd(self);
  if (!self.writable) raiseUnsupportedOperation('File not open for writing');
  const length = size === undefined || size === null ? fileSeek(self, 0, 1) : toSize(t, size, OverflowError);
  if (length < 0) throw newOsError(errnoOf('EINVAL'));
  truncateDescriptor(fd, length);
  return length;
}

/** Tells that `source`, the outermost stream over this file, was dropped open. */
function fileio_deallocWarn(t: Thread, self: PyFileIO, source: Value): void {
  if (self.fd < 0 || !self.closefd) return;
  try {
    warnAboutResource(t, ResourceWarning, `unclosed file ${repr(t, source)}`, source);
  } catch (caught) {
    if (isRaised(caught, Warning)) reportFinalizer(t, caught, null, self);
  }
}

function fileio_close(t: Thread, self: PyFileIO): void {
  if (self.finalizing) fileio_deallocWarn(t, self, self);
  try {
    callMethodOfBase(t, self);
  } finally {
    if (self.closefd) closeFile(t, self);
    else self.fd = -1;
  }
}

function callMethodOfBase(t: Thread, self: PyFileIO): void {
  if (self.ioClosed) return;
  try {
    if (self.fd >= 0) callMethod(t, self, 'flush');
  } finally {
    self.ioClosed = true;
  }
}

function modeText(self: PyFileIO): string {
  if (self.created) return self.readable ? 'xb+' : 'xb';
  if (self.appending) return self.readable ? 'ab+' : 'ab';
  if (self.readable) return self.writable ? 'rb+' : 'rb';
  return 'wb';
}

function fileio_repr(t: Thread, self: PyFileIO): string {
  const head = self.type.flags.heapType ? self.type.name : '_io.FileIO';
  if (self.fd < 0) return `<${head} [closed]>`;
  const name = lookupAttr(t, self, 'name');
  const place = name === undefined ? `fd=${self.fd}` : `name=${repr(t, name)}`;
  return `<${head} ${place} mode='${modeText(self)}' closefd=${self.closefd ? 'True' : 'False'}>`;
}

readyType(FILE_IO_TYPE, {
  doc: 'Open a file.',
  textSignature: "(file, mode='r', closefd=True, opener=None)",
  slots: { tp_alloc: (type) => new PyFileIO(type), tp_new: (_t, type) => new PyFileIO(type), tp_init: fileio_init, tp_repr: fileio_repr },
  methods: {
    read: [fileio_read, '($self, size=-1, /)', 'Read at most size bytes, returned as bytes.'],
    readall: [(t: Thread, self: PyFileIO) => fileio_read(t, self), '($self, /)', 'Read all data from the file, returned as bytes.'],
    readinto: [fileio_readinto, '($self, buffer, /)', 'Same as RawIOBase.readinto().'],
    write: [fileio_write, '($self, b, /)', 'Write buffer b to file, return number of bytes written.'],
    seek: [fileio_seek, '($self, pos, whence=0, /)', 'Move to new file position and return the file position.'],
    tell: [(_t: Thread, self: PyFileIO) => fileSeek(self, 0, 1), '($self, /)', 'Current file position.'],
    truncate: [fileio_truncate, '($self, size=None, /)', 'Truncate the file to at most size bytes and return the truncated size.'],
    close: [fileio_close, '($self, /)', 'Close the file.'],
    seekable: [fileio_seekable, '($self, /)', 'True if file supports random-access.'],
    readable: [(_t: Thread, self: PyFileIO) => { openFd(self); return self.readable; }, '($self, /)', 'True if file was opened in a read mode.'],
    writable: [(_t: Thread, self: PyFileIO) => { openFd(self); return self.writable; }, '($self, /)', 'True if file was opened in a write mode.'],
    fileno: [(_t: Thread, self: PyFileIO) => openFd(self), '($self, /)', 'Return the underlying file descriptor (an integer).'],
    isatty: [(_t: Thread, self: PyFileIO) => isAtty(openFd(self)), '($self, /)', 'True if the file is connected to a TTY device.'],
    _isatty_open_only: [(_t: Thread, self: PyFileIO) => isAtty(openFd(self)), '($self, /)', ''],
    _dealloc_warn: [fileio_deallocWarn, '!($self, source, /)', ''],
    __getstate__: [(_t: Thread, self: PyFileIO) => raiseTypeError(`cannot pickle '_io.${self.type.name}' instances`), '!($self, /)', ''],
  },
  getset: {
    closed: { get: (_t, self) => (self as PyFileIO).fd < 0, doc: 'True if the file is closed' },
    closefd: { get: (_t, self) => (self as PyFileIO).closefd, doc: 'True if the file descriptor will be closed by close().' },
    mode: { get: (_t, self) => modeText(self as PyFileIO), doc: 'String giving the file mode' },
    _blksize: { get: (_t, self) => (self as PyFileIO).blockSize, set: (t, self, value) => void ((self as PyFileIO).blockSize = Number(toIndex(t, value!))), member: true },
  },
});
