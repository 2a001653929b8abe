/**
 * `_io.TextIOWrapper` (Modules/_io/textio.c).
 *
 * Writing: text that needs no thought is kept as text (`pendingText`) and encoded in one go when the stream flushes; other text is encoded at
 * once, so that errors come from the `write` that caused them. Reading: `decoded` from unit `used` on is what was decoded and not yet given out;
 * `snapshot` is where the decoder stood before the last chunk, for `tell`.
 */
import { PyBaseException } from '../../core/exception.ts';
import { NativeDefinition } from '../../core/native.ts';
import type { KeywordNames } from '../../core/type.ts';
import { PARKED, type Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { strLength, unitOffset } from '../../objects/algorithms/str-code-points.ts';
import { strRepr } from '../../objects/algorithms/str-repr.ts';
import { getAttr, lookupAttr } from '../../objects/attributes.ts';
import { requireBytesLike, bytesLike } from '../../objects/buffer.ts';
import { callMethod } from '../../objects/call.ts';
import { warn } from '../../objects/warn-hook.ts';
import { checkUtf8, lookupErrorHandler } from '../../objects/codec-errors.ts';
import { BlockingIOError, EncodingWarning, Exception, OSError, ValueError } from '../../objects/exception-types.ts';
import { normalizeInt } from '../../objects/algorithms/int-arith.ts';
import { newBytes } from '../../objects/make.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { toIndex, toSize } from '../../objects/operators.ts';
import { isRaised, raise, raiseAttributeError, raiseRuntimeError, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { repr } from '../../objects/text.ts';
import { isTrue } from '../../objects/truth.ts';
import { readyType } from '../../objects/type-ready.ts';
import { asStr } from '../../objects/type-of.ts';
import { doBoth, isClosed, isSpentBelow, nextLine, PyIoBase, raiseClosed, raiseUnsupportedOperation, sizeOrNone, TEXT_IO_BASE_TYPE } from './base.ts';
import { BUFFERED_READER_TYPE, BUFFERED_WRITER_TYPE, bufferedFlush, bufferedRead1, bufferedWrite, hasNewline, isOrdinaryFile, PyBuffered } from './buffered.ts';
import { PyBufferedPair } from './buffered-pair.ts';
import { feed, locate, outerFlags, packCookie, restore, unpackCookie, type Cookie } from './text-position.ts';
import { canWait, readWhenFilled } from './prefetch.ts';
import { areVirtualFiles } from '../virtual-files.ts';
import { forgetDirty, noteDirty } from './dirty.ts';
import { FILE_IO_TYPE, PyFileIO } from './file-io.ts';
import { isNewline, lineEnd, newlineArgument, NewlineState } from './newlines.ts';
import { checkTextEncoding, makeDecoder, makeEncoder, type IncrementalDecoder, type IncrementalEncoder, warnsOfDefaultEncoding } from './text-codec.ts';

/** Text kept back before it is handed to the buffer, in characters: as CPython's chunk size. */
const CHUNK_SIZE = 8192;

/** `_io.TextIOWrapper`. */
export class PyTextIOWrapper extends PyIoBase {
  buffer: Value = null;
  initialized = false;
  encoding = 'utf-8';
  errors = 'strict';
  newline: string | null = null;
  lineBuffering = false;
  writeThrough = false;
  seekable = false;
  telling = false;
  decoder: IncrementalDecoder | null = null;
  encoder: IncrementalEncoder | null = null;
  state: NewlineState | null = null;
  decoded = '';
  used = 0;
  snapshot: { kept: Uint8Array; flags: number; pendingCr: boolean; input: Uint8Array } | null = null;
  pendingText = '';
  pendingBytes: Uint8Array[] = [];
  pendingSize = 0;
  chunkSize = CHUNK_SIZE;

  override isSpent(): boolean {
    return this.isStandard || isSpentBelow(this.buffer);
  }
}

/** The type. */
export const TEXT_IO_WRAPPER_TYPE = staticType('TextIOWrapper', { base: TEXT_IO_BASE_TYPE, module: '_io', baseType: true });

const INIT = new NativeDefinition('TextIOWrapper', () => null, '(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)', '', 'method');

function initialized(self: PyTextIOWrapper): PyTextIOWrapper {
  return self.initialized ? self : raiseValueError('I/O operation on uninitialized object');
}

function attached(self: PyTextIOWrapper): PyTextIOWrapper {
  initialized(self);
  return self.buffer === null ? raiseValueError('underlying buffer has been detached') : self;
}

/** The buffer where all of it is builtin, down to the file: then no Python code lies between. */
function plainBuffer(self: PyTextIOWrapper): PyBuffered | undefined {
  const { buffer } = self;
  if (!(buffer instanceof PyBuffered) || buffer.type.flags.heapType) return undefined;
  return buffer.raw instanceof PyFileIO && buffer.raw.type === FILE_IO_TYPE ? buffer : undefined;
}

function isOverFile(self: PyTextIOWrapper): boolean {
  const plain = self.type.flags.heapType ? undefined : plainBuffer(self);
  return plain !== undefined && isOrdinaryFile(plain);
}

function checkOpen(t: Thread, self: PyTextIOWrapper): void {
  attached(self);
  const plain = plainBuffer(self);
  if (plain !== undefined ? (plain.raw as PyFileIO).fd < 0 : isClosed(t, self)) raiseClosed();
}

function setCodecs(t: Thread, self: PyTextIOWrapper): void {
  self.decoder = isTrue(t, callMethod(t, self.buffer, 'readable')) ? makeDecoder(t, self.encoding, self.errors) : null;
  self.encoder = isTrue(t, callMethod(t, self.buffer, 'writable')) ? makeEncoder(t, self.encoding, self.errors) : null;
}

function setNewline(self: PyTextIOWrapper, newline: string | null): void {
  self.newline = newline;
  self.state = newline === null || newline === '' ? new NewlineState(newline === null) : null;
}

/** In the middle of a file a UTF-16 encoder must not write a mark. */
function fixEncoder(t: Thread, self: PyTextIOWrapper): void {
  if (self.encoder === null || !self.seekable) return;
  if (toIndex(t, callMethod(t, self.buffer, 'tell')) !== 0) self.encoder.reset(/* middle */ true);
}

function textio_init(t: Thread, self: PyTextIOWrapper, args: Value[], keywords: KeywordNames): void {
  const [buffer, encodingValue, errorsValue, newlineValue, lineBuffering, writeThrough] = bindArguments(INIT, 'TextIOWrapper', null, false, args, keywords) as [Value, ...Maybe[]];
  self.initialized = false;
  const errors = textArgument(errorsValue, 'errors') ?? 'strict';
  const newline = newlineArgument(t, newlineValue);
  if (!isNewline(newline)) raiseValueError(`illegal newline value: ${newline}`);
  const encoding = textArgument(encodingValue, 'encoding');
  for (const name of [encoding, errors]) if (name !== undefined) checkUtf8(name);
  if (encoding === undefined && warnsOfDefaultEncoding(t)) warn(t, EncodingWarning, "'encoding' argument not specified", 1);
  // In development mode a wrong name is an error at once, not only where the handler is needed.
  if (t.interpreter.config.flags.dev_mode !== 0) lookupErrorHandler(t, errors);
  self.encoding = encoding === undefined || encoding === 'locale' ? 'UTF-8' : encoding;
  if (self.encoding.includes('\0') || errors.includes('\0')) raiseValueError('embedded null character');
  checkTextEncoding(t, self.encoding);
  self.errors = errors;
  self.buffer = buffer;
  self.lineBuffering = lineBuffering !== undefined && isTrue(t, lineBuffering);
  self.writeThrough = writeThrough !== undefined && isTrue(t, writeThrough);
  setNewline(self, newline);
  self.pendingText = '';
  self.pendingBytes = [];
  self.pendingSize = 0;
  resetDecoded(self);
  setCodecs(t, self);
  self.seekable = isTrue(t, callMethod(t, buffer, 'seekable'));
  self.telling = self.seekable;
  self.initialized = true;
  fixEncoder(t, self);
}

function textArgument(value: Maybe, name: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  return asStr(value) ?? raiseTypeError(`TextIOWrapper() argument '${name}' must be str or None, not ${typeName(value)}`);
}

function resetDecoded(self: PyTextIOWrapper): void {
  self.decoded = '';
  self.used = 0;
  self.snapshot = null;
}

function encodePending(self: PyTextIOWrapper): void {
  if (self.pendingText === '') return;
  const text = self.pendingText;
  self.pendingText = '';
  self.pendingBytes.push(self.encoder!.encode(text));
}

/** Hands what was written to the buffer. */
function flushPending(t: Thread, self: PyTextIOWrapper): void {
  if (self.pendingSize === 0) return;
  encodePending(self);
  const parts = self.pendingBytes;
  const bytes = parts.length === 1 ? parts[0]! : new Uint8Array(Buffer.concat(parts));
  self.pendingBytes = [];
  self.pendingSize = 0;
  const plain = plainBuffer(self);
  if (plain !== undefined) bufferedWrite(t, plain, bytes);
  else callMethod(t, self.buffer, 'write', newBytes(bytes));
}

function flushBuffer(t: Thread, self: PyTextIOWrapper): void {
  attached(self);
  const plain = plainBuffer(self);
  if (plain !== undefined && plain.type === BUFFERED_WRITER_TYPE) bufferedFlush(t, plain);
  else callMethod(t, self.buffer, 'flush');
}

/** Writes text: what `print` ends in. @hot bench/programs/print_lines.py */
export function textWrite(t: Thread, self: PyTextIOWrapper, input: string): void {
  checkOpen(t, self);
  const { encoder } = self;
  if (encoder === null) raiseUnsupportedOperation('not writable');
  const hasLine = (self.lineBuffering || (self.newline !== null && self.newline.startsWith('\r'))) && input.includes('\n');
  const text = hasLine && self.newline !== null && self.newline.startsWith('\r') ? input.replaceAll('\n', self.newline) : input;
  if (self.pendingSize > 0 && self.pendingSize + text.length > self.chunkSize) flushPending(t, self);
  if (self.pendingSize === 0 && text !== '') noteDirty(t, self, isOverFile(self));
  if (encoder.canWait(text)) self.pendingText += text;
  else {
    encodePending(self);
    self.pendingBytes.push(encoder.encode(text));
  }
  self.pendingSize += text.length;
  const lineFlush = self.lineBuffering && (hasLine || input.includes('\r'));
  if (self.pendingSize >= self.chunkSize || lineFlush || self.writeThrough) flushPending(t, self);
  if (lineFlush) flushBuffer(t, self);
  if (self.snapshot !== null) {
    resetDecoded(self);
    self.decoder?.setState(new Uint8Array(0), 0);
  }
}

/** What `write` was given, as text; the `replace` of a subclass of str is asked to translate newlines. */
function textToWrite(t: Thread, self: PyTextIOWrapper, value: Value, text: string): string {
  if (typeof value === 'string' || self.encoder === null || self.newline === null || !self.newline.startsWith('\r') || !text.includes('\n')) return text;
  checkOpen(t, self);
  const translated = callMethod(t, value, 'replace', '\n', self.newline);
  // The newlines that it leaves are translated once more: those that it has made are not touched.
  return (asStr(translated) ?? raiseTypeError(`replace() should return a str, not ${typeName(translated)}`)).replaceAll(self.newline, '\n');
}

function textio_write(t: Thread, self: PyTextIOWrapper, value: Value): Value {
  const text = asStr(value);
  if (text === undefined) raiseTypeError(`write() argument must be str, not ${typeName(value)}`);
  textWrite(t, self, textToWrite(t, self, value, text));
  return strLength(text);
}

/** Decodes one more chunk; false at the end. */
function readChunk(t: Thread, self: PyTextIOWrapper): boolean {
  const { decoder } = self;
  if (decoder === null) raiseUnsupportedOperation('not readable');
  const before = self.telling ? decoder.getState() : null;
  const pendingCr = self.state?.pendingCr ?? false;
  const input = readInput(t, self);
  const eof = input.length === 0;
  let text = decoder.decode(input, eof);
  if (self.state !== null) text = self.state.feed(text, eof);
  self.decoded = self.used >= self.decoded.length ? text : self.decoded.slice(self.used) + text;
  self.used = 0;
  if (before !== null) self.snapshot = { kept: before.kept, flags: before.flags, pendingCr, input };
  return !eof || text !== '';
}

function readInput(t: Thread, self: PyTextIOWrapper): Uint8Array {
  const plain = plainBuffer(self);
  if (plain !== undefined && plain.type === BUFFERED_READER_TYPE) return bufferedRead1(t, plain, self.chunkSize);
  const name = lookupAttr(t, self.buffer, 'read1') === undefined ? 'read' : 'read1';
  const data = callMethod(t, self.buffer, name, self.chunkSize);
  return bytesLike(t, data) ?? raiseTypeError(`underlying ${name}() should have returned a bytes-like object, not '${typeName(data)}'`);
}

function textio_read(t: Thread, self: PyTextIOWrapper, size?: Value): Value {
  const wanted = sizeOrNone(t, size);
  checkOpen(t, self);
  if (self.decoder === null) raiseUnsupportedOperation('not readable');
  flushPending(t, self);
  if (wanted < 0) return readRest(t, self);
  let result = take(self, wanted);
  let count = strLength(result);
  while (count < wanted && readChunk(t, self)) {
    const part = take(self, wanted - count);
    result += part;
    count += strLength(part);
  }
  return result;
}

/** The reader that lends its bytes, where it is exactly the builtin one. */
function readerBehind({ buffer }: PyTextIOWrapper): PyBuffered | undefined {
  const reader = buffer instanceof PyBufferedPair ? buffer.reader : buffer;
  return reader instanceof PyBuffered && reader.type === BUFFERED_READER_TYPE ? reader : undefined;
}

/** `read`, which waits for a pipe or socket while others run (`prefetch.ts`). */
function textio_readParking(t: Thread, self: PyTextIOWrapper, size?: Value): Value | typeof PARKED {
  const buffer = readerBehind(self);
  if (buffer === undefined) return textio_read(t, self, size);
  const wanted = sizeOrNone(t, size);
  const enough = (): boolean => wanted >= 0 && self.decoded.length - self.used + buffer.ahead.length - buffer.aheadAt >= wanted;
  return readWhenFilled(t, buffer, enough, () => textio_read(t, self, size));
}

function textio_readline(t: Thread, self: PyTextIOWrapper, size?: Value): Value | typeof PARKED {
  const limit = sizeOrNone(t, size);
  return withLine(t, self, () => line(t, attached(self), limit));
}

/** Reads when the end of a line is there, or of the stream. */
function withLine(t: Thread, self: PyTextIOWrapper, read: () => Value): Value | typeof PARKED {
  const buffer = readerBehind(self);
  if (buffer === undefined) return read();
  return readWhenFilled(t, buffer, () => hasNewline(buffer) || /[\r\n]/.test(self.decoded.slice(self.used)), read);
}

/** `for line in stream`: waits for the line as `readline` does. */
function textio_parkNext(t: Thread, self: PyTextIOWrapper): boolean {
  const buffer = areVirtualFiles() ? readerBehind(self) : undefined;
  return buffer !== undefined && canWait(t, buffer) && withLine(t, self, () => self) === PARKED;
}

function readRest(t: Thread, self: PyTextIOWrapper): string {
  const data = callMethod(t, attached(self).buffer, 'read');
  const bytes = data === null ? raise(BlockingIOError, 'Read returned None.') : requireBytesLike(t, data);
  let text = self.decoder!.decode(bytes, /* final */ true);
  if (self.state !== null) text = self.state.feed(text, /* final */ true);
  const result = self.decoded.slice(self.used) + text;
  resetDecoded(self);
  return result;
}

/** Up to `count` characters of what is decoded. */
function take(self: PyTextIOWrapper, count: number): string {
  const rest = self.used === 0 ? self.decoded : self.decoded.slice(self.used);
  const end = count >= rest.length ? rest.length : unitOffset(rest, count);
  self.used += end;
  return end === rest.length ? rest : rest.slice(0, end);
}

function line(t: Thread, self: PyTextIOWrapper, limit: number): string {
  checkOpen(t, self);
  flushPending(t, self);
  const translated = self.state !== null && self.state.translate;
  let searched = self.used;
  for (;;) {
    const end = lineEnd(self.decoded, searched, self.newline, translated);
    if (end >= 0 || (limit >= 0 && self.decoded.length - self.used >= 2 * limit)) {
      const stop = end < 0 ? self.decoded.length : end;
      const found = self.decoded.slice(self.used, stop);
      if (limit >= 0 && strLength(found) > limit) return take(self, limit);
      self.used = stop;
      return found;
    }
    // A newline of two characters may be split between chunks.
    const rest = self.decoded.length - self.used;
    if (!readChunkKeeping(t, self)) return take(self, limit >= 0 ? limit : Infinity);
    searched = self.used + Math.max(0, rest - 1);
  }
}

/** Reads on with `decoded` kept whole from `used` on, and the snapshot that of the first chunk, so that `tell` counts from there. */
function readChunkKeeping(t: Thread, self: PyTextIOWrapper): boolean {
  const first = self.snapshot;
  const keep = first !== null && self.used < self.decoded.length;
  const previous = self.decoded;
  const { used } = self;
  const more = readChunk(t, self);
  if (keep && self.snapshot !== null) {
    self.snapshot = { ...first, input: new Uint8Array(Buffer.concat([first.input, self.snapshot.input])) };
    self.decoded = previous + self.decoded.slice(previous.length - used);
    self.used = used;
  }
  return more;
}

function textio_flush(t: Thread, self: PyTextIOWrapper): void {
  checkOpen(t, self);
  self.telling = self.seekable;
  flushPending(t, self);
  flushBuffer(t, self);
}

function warnDropped(t: Thread, self: PyTextIOWrapper): void {
  try {
    callMethod(t, self.buffer, '_dealloc_warn', self);
  } catch (caught) {
    // A buffer of the program's need not have it.
    if (!(caught instanceof PyBaseException)) throw caught;
  }
}

function textio_close(t: Thread, self: PyTextIOWrapper): Value {
  const { buffer } = attached(self);
  if (isClosed(t, buffer)) return null;
  // Asking may have run code that detached it.
  if (self.buffer === null) return null;
  if (self.finalizing) warnDropped(t, self);
  try {
    doBoth(() => void callMethod(t, self, 'flush'), () => void callMethod(t, buffer, 'close'));
  } finally {
    forgetDirty(t, self);
  }
  return null;
}

function textio_tell(t: Thread, self: PyTextIOWrapper): Value {
  checkOpen(t, self);
  if (!self.seekable) raiseUnsupportedOperation('underlying stream is not seekable');
  if (!self.telling) raise(OSError, 'telling position disabled by next() call');
  flushPending(t, self);
  callMethod(t, self, 'flush');
  const raw = BigInt(toIndex(t, callMethod(t, attached(self).buffer, 'tell')));
  const { snapshot } = self;
  if (self.decoder === null || snapshot === null) {
    if (self.decoded.length > self.used) raiseRuntimeError('pending decoded text');
    return normalizeInt(raw);
  }
  const position = raw - BigInt(snapshot.input.length);
  const start = outerFlags(self, snapshot.flags, snapshot.pendingCr);
  if (self.used === 0) return packCookie({ position, flags: start, bytes: 0, skip: 0, eof: false });
  const now = { ...self.decoder.getState(), pendingCr: self.state?.pendingCr ?? false, seen: self.state?.seen ?? 0 };
  try {
    return packCookie(locate(self, position, start));
  } finally {
    restore(self, now.kept, now.flags, now.pendingCr);
    if (self.state !== null) self.state.seen = now.seen;
  }
}

function seekEnd(t: Thread, self: PyTextIOWrapper): Value {
  callMethod(t, self, 'flush');
  resetDecoded(self);
  self.decoder?.setState(new Uint8Array(0), 0);
  const result = callMethod(t, self.buffer, 'seek', 0, 2);
  self.encoder?.reset(/* middle */ toIndex(t, result) !== 0);
  return result;
}

function textio_seek(t: Thread, self: PyTextIOWrapper, cookieValue: Value, whenceValue?: Value): Value {
  checkOpen(t, self);
  const whence = intArgument(t, whenceValue, 0);
  if (!self.seekable) raiseUnsupportedOperation('underlying stream is not seekable');
  let target = cookieValue;
  if (whence === 1) {
    if (toIndex(t, cookieValue) !== 0) raiseUnsupportedOperation("can't do nonzero cur-relative seeks");
    callMethod(t, self, 'flush');
    target = callMethod(t, self, 'tell');
  } else if (whence === 2) {
    if (toIndex(t, cookieValue) !== 0) raiseUnsupportedOperation("can't do nonzero end-relative seeks");
    return seekEnd(t, self);
  } else if (whence !== 0) raiseValueError(`invalid whence (${whence}, should be 0, 1 or 2)`);
  const number = toIndex(t, target);
  if (number < 0) raiseValueError(`negative seek position ${repr(t, target)}`);
  callMethod(t, self, 'flush');
  seekTo(t, self, unpackCookie(BigInt(number)));
  return target;
}

function seekTo(t: Thread, self: PyTextIOWrapper, cookie: Cookie): void {
  callMethod(t, attached(self).buffer, 'seek', normalizeInt(cookie.position));
  resetDecoded(self);
  if (self.decoder !== null) {
    const pendingCr = self.state !== null && (cookie.flags & 1) === 1;
    const flags = self.state === null ? cookie.flags : cookie.flags >> 1;
    restore(self, new Uint8Array(0), flags, pendingCr);
    if (cookie.skip > 0) {
      const data = requireBytesLike(t, callMethod(t, self.buffer, 'read', cookie.bytes));
      self.snapshot = { kept: new Uint8Array(0), flags, pendingCr, input: data.slice() };
      self.decoded = feed(self, data, cookie.eof);
      if (strLength(self.decoded) < cookie.skip) raise(OSError, "can't restore logical file position");
      self.used = unitOffset(self.decoded, cookie.skip);
    } else self.snapshot = { kept: new Uint8Array(0), flags, pendingCr, input: new Uint8Array(0) };
  }
  self.encoder?.reset(/* middle */ cookie.position !== 0n || cookie.flags !== 0);
}

function textio_truncate(t: Thread, self: PyTextIOWrapper, size?: Value): Value {
  attached(self);
  callMethod(t, self, 'flush');
  return callMethod(t, attached(self).buffer, 'truncate', ...(size === undefined ? [] : [size]));
}

function textio_detach(t: Thread, self: PyTextIOWrapper): Value {
  attached(self);
  callMethod(t, self, 'flush');
  const { buffer } = attached(self);
  self.buffer = null;
  return buffer;
}

function textio_reconfigure(t: Thread, self: PyTextIOWrapper, encoding?: Value, errors?: Value, newline?: Value, lineBuffering?: Value, writeThrough?: Value): void {
  checkOpen(t, self);
  const newEncoding = textArgument(encoding, 'encoding');
  const newErrors = textArgument(errors, 'errors');
  const newNewline = newline === undefined ? undefined : newlineArgument(t, newline);
  const changesCodec = newEncoding !== undefined || newErrors !== undefined || newNewline !== undefined;
  if (self.decoder !== null && (self.snapshot !== null || self.decoded !== '') && changesCodec) {
    raiseUnsupportedOperation('It is not possible to set the encoding or newline of stream after the first read');
  }
  if (newNewline !== undefined && !isNewline(newNewline)) raiseValueError(`illegal newline value: ${newNewline}`);
  callMethod(t, self, 'flush');
  if (lineBuffering !== undefined && lineBuffering !== null) self.lineBuffering = isTrue(t, lineBuffering);
  if (writeThrough !== undefined && writeThrough !== null) self.writeThrough = isTrue(t, writeThrough);
  if (newNewline !== undefined) setNewline(self, newNewline);
  if (newEncoding !== undefined || newErrors !== undefined) {
    const chosen = newEncoding === undefined ? self.encoding : newEncoding === 'locale' ? 'UTF-8' : newEncoding;
    checkUtf8(chosen);
    checkTextEncoding(t, chosen);
    self.encoding = chosen;
    self.errors = newErrors ?? (newEncoding === undefined ? self.errors : 'strict');
    setCodecs(t, self);
    fixEncoder(t, self);
  }
}

function textio_next(t: Thread, self: PyTextIOWrapper): Maybe {
  attached(self);
  self.telling = false;
  const heap = self.type.flags.heapType;
  const next: Maybe = heap ? nextLine(t, self) : line(t, self, -1);
  if (next !== undefined && next !== '') return next;
  self.snapshot = null;
  self.telling = self.seekable;
  return undefined;
}

function textio_repr(t: Thread, self: PyTextIOWrapper): string {
  if (!self.initialized) raiseValueError('I/O operation on uninitialized object');
  const head = self.type.flags.heapType ? self.type.name : '_io.TextIOWrapper';
  const part = (name: string): string => {
    let value: Maybe;
    try {
      value = lookupAttr(t, self, name);
    } catch (caught) {
      // As of a buffer that has let go of its raw stream.
      if (!isRaised(caught, Exception)) throw caught;
    }
    return value === undefined ? '' : ` ${name}=${repr(t, value)}`;
  };
  return `<${head}${self.buffer === null ? '' : part('name')}${part('mode')} encoding=${strRepr(self.encoding)}>`;
}

function ask(name: string) {
  return (t: Thread, self: PyTextIOWrapper): Value => callMethod(t, attached(self).buffer, name);
}

function setChunkSize(t: Thread, self: Value, value: Maybe): void {
  if (value === undefined) raiseAttributeError(self, "attribute '_CHUNK_SIZE' of '_io.TextIOWrapper' objects cannot be deleted", '_CHUNK_SIZE');
  const size = toSize(t, value, ValueError);
  if (size <= 0) raiseValueError('a strictly positive integer is required');
  (self as PyTextIOWrapper).chunkSize = size;
}

readyType(TEXT_IO_WRAPPER_TYPE, {
  doc: 'Character and line based layer over a BufferedIOBase object, buffer.',
  textSignature: '(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)',
  slots: {
    tp_alloc: (type) => new PyTextIOWrapper(type), tp_new: (_t, type) => new PyTextIOWrapper(type), tp_init: textio_init,
    tp_repr: textio_repr, tp_iternext: textio_next,
  },
  methods: {
    detach: [textio_detach, '($self, /)', ''],
    reconfigure: [textio_reconfigure, '($self, /, *, encoding=None, errors=None, newline=<unrepresentable>, line_buffering=None, write_through=None)', 'Reconfigure the text stream with new parameters.'],
    write: [textio_write, '($self, text, /)', ''],
    read: [textio_readParking, '($self, size=-1, /)', ''],
    readline: [textio_readline, '($self, size=-1, /)', ''],
    flush: [textio_flush, '($self, /)', ''],
    close: [textio_close, '($self, /)', ''],
    fileno: [ask('fileno'), '($self, /)', ''],
    seekable: [ask('seekable'), '($self, /)', ''],
    readable: [ask('readable'), '($self, /)', ''],
    writable: [ask('writable'), '($self, /)', ''],
    isatty: [ask('isatty'), '($self, /)', ''],
    seek: [textio_seek, '($self, cookie, whence=os.SEEK_SET, /)', 'Set the stream position, and return the new stream position.'],
    tell: [textio_tell, '($self, /)', 'Return the stream position as an opaque number.'],
    truncate: [textio_truncate, '($self, pos=None, /)', ''],
    __getstate__: [(_t: Thread, self: PyTextIOWrapper) => raiseTypeError(`cannot pickle '_io.${self.type.name}' instances`), '!($self, /)', ''],
  },
  getset: {
    encoding: { get: (_t, self) => (self as PyTextIOWrapper).encoding, member: true },
    buffer: { get: (_t, self) => attached(self as PyTextIOWrapper).buffer },
    line_buffering: { get: (_t, self) => (self as PyTextIOWrapper).lineBuffering, member: true },
    write_through: { get: (_t, self) => (self as PyTextIOWrapper).writeThrough, member: true },
    name: { get: (t, self) => getAttr(t, attached(self as PyTextIOWrapper).buffer, 'name') },
    closed: { get: (t, self) => getAttr(t, attached(self as PyTextIOWrapper).buffer, 'closed') },
    newlines: { get: (_t, self) => (self as PyTextIOWrapper).state?.newlines ?? null },
    errors: { get: (_t, self) => initialized(self as PyTextIOWrapper).errors },
    _CHUNK_SIZE: { get: (_t, self) => attached(self as PyTextIOWrapper).chunkSize, set: setChunkSize },
  },
});
TEXT_IO_WRAPPER_TYPE.parkNext = (t, self) => textio_parkNext(t, self as PyTextIOWrapper);
