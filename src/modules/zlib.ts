/** `zlib` (Modules/zlibmodule.c). Streams keep their input: see `_zlib/streams.ts`. */
import { lazyBuiltin } from '../base/lazy-builtin.ts';
import { NativeDefinition } from '../core/native.ts';
import { PyBytes } from '../core/scalars.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { bytesLike, requireBytesLike } from '../objects/buffer.ts';
import { EOFError } from '../objects/exception-types.ts';
import { EMPTY_BYTES, newBytes } from '../objects/make.ts';
import { intArgument, sizeArgument } from '../objects/native-arguments.ts';
import { bindArguments } from '../objects/native-call.ts';
import { toIndex } from '../objects/operators.ts';
import { newException, raise, raiseTypeError, raiseValueError } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { readyType } from '../objects/type-ready.ts';
import { adler32, crc32, parseWbits } from './_zlib/container.ts';
import { Deflater, inflateWhole, Inflater, joined, ZlibFailure } from './_zlib/streams.ts';
import { exceptionType } from './exception-type.ts';
import type { NativeModule } from './native-module.ts';

const zlib = lazyBuiltin('node:zlib');
const ERROR = exceptionType('error', 'zlib');
const COMPRESS_TYPE = staticType('Compress', { module: 'zlib', disallowInstantiation: true });
const DECOMPRESS_TYPE = staticType('Decompress', { module: 'zlib', disallowInstantiation: true });
const DECOMPRESSOR_TYPE = staticType('_ZlibDecompressor', { module: 'zlib' });
const MAX_WBITS = 15;
const DEF_BUF_SIZE = 16384;
const DEFLATED = 8;

class PyCompress extends PyObject {
  readonly stream: Deflater;
  constructor(stream: Deflater) {
    super(COMPRESS_TYPE);
    this.stream = stream;
  }
}

class PyDecompress extends PyObject {
  readonly stream: Inflater;
  unusedData: Uint8Array = new Uint8Array(0);
  unconsumedTail: Uint8Array = new Uint8Array(0);
  needsInput = true;
  constructor(type: PyType, stream: Inflater) {
    super(type);
    this.stream = stream;
  }
}

function fail(message: string): never {
  throw newException(ERROR, message);
}

/** Runs a step of a stream and words its failure as zlib does. */
function guarded<R>(run: () => R): R {
  try {
    return run();
  } catch (caught) {
    if (caught instanceof ZlibFailure) {
      if (caught.message.startsWith('while ')) fail(`Error ${caught.code} ${caught.message}`);
      fail(`Error ${caught.code} while decompressing data${caught.message === '' ? '' : `: ${caught.message}`}`);
    }
    const { errno, message } = caught as { errno?: number; message?: string };
    if (typeof errno === 'number' && (caught as { code?: string }).code?.startsWith('Z_') === true) fail(`Error ${errno} while decompressing data: ${message}`);
    throw caught;
  }
}

function deflater(t: Thread, values: { level: Maybe; method?: Maybe; wbits: Maybe; memLevel?: Maybe; strategy?: Maybe; zdict?: Maybe }): Deflater | undefined {
  const level = intArgument(t, values.level, -1);
  const memLevel = intArgument(t, values.memLevel, 8);
  const strategy = intArgument(t, values.strategy, 0);
  const parsed = parseWbits(intArgument(t, values.wbits, MAX_WBITS), 'compress');
  const method = intArgument(t, values.method, DEFLATED);
  if (parsed === undefined || method !== DEFLATED || level < -1 || level > 9 || memLevel < 1 || memLevel > 9 || strategy < 0 || strategy > 4) return undefined;
  const dictionary = values.zdict === undefined ? undefined : requireBytesLike(t, values.zdict).slice();
  return new Deflater({ ...parsed, level, memLevel, strategy, dictionary });
}

function inflater(t: Thread, wbits: Maybe, zdict: Maybe): Inflater | undefined {
  const parsed = parseWbits(intArgument(t, wbits, MAX_WBITS), 'decompress');
  if (parsed === undefined) return undefined;
  const dictionary = zdict === undefined ? undefined : (bytesLike(t, zdict) ?? raiseTypeError('zdict argument must support the buffer protocol')).slice();
  return new Inflater(parsed.wrapping, parsed.windowBits, dictionary);
}

function zlib_compress(t: Thread, data: Value, level: Maybe, wbits: Maybe): Value {
  const bytes = requireBytesLike(t, data);
  const stream = deflater(t, { level, wbits }) ?? fail('Bad compression level');
  const header = stream.write(bytes);
  const body = stream.flush(zlib().constants.Z_FINISH);
  return newBytes(new Uint8Array(Buffer.concat([header, body])));
}

function zlib_decompress(t: Thread, data: Value, wbits: Maybe, bufsize: Maybe): Value {
  const bytes = requireBytesLike(t, data);
  if (sizeArgument(t, bufsize, DEF_BUF_SIZE) < 0) raiseValueError('bufsize must be non-negative');
  const stream = inflater(t, wbits, undefined) ?? fail('Error -2 while preparing to decompress data: inconsistent stream state');
  const parsed = parseWbits(intArgument(t, wbits, MAX_WBITS), 'decompress')!;
  const whole = inflateWhole(bytes, parsed.wrapping, parsed.windowBits);
  if (whole !== undefined) return newBytes(whole);
  const { output } = guarded(() => stream.write(bytes, Infinity));
  return stream.eof ? newBytes(output) : fail('Error -5 while decompressing data: incomplete or truncated stream');
}

function zlib_compressobj(t: Thread, level: Maybe, method: Maybe, wbits: Maybe, memLevel: Maybe, strategy: Maybe, zdict: Maybe): Value {
  return new PyCompress(deflater(t, { level, method, wbits, memLevel, strategy, zdict }) ?? raiseValueError('Invalid initialization option'));
}

function zlib_decompressobj(t: Thread, wbits: Maybe, zdict: Maybe): Value {
  return new PyDecompress(DECOMPRESS_TYPE, inflater(t, wbits, zdict) ?? raiseValueError('Invalid initialization option'));
}

function checksum(of: (bytes: Uint8Array, value: number) => number, initial: number): (t: Thread, data: Value, value?: Value) => Value {
  return (t, data, value) => of(requireBytesLike(t, data), value === undefined ? initial : Number(BigInt.asUintN(32, BigInt(toIndex(t, value)))));
}

function compress_compress(t: Thread, self: PyCompress, data: Value): Value {
  const bytes = requireBytesLike(t, data);
  if (self.stream.finished) fail('Error -2 while compressing data: inconsistent stream state');
  return newBytes(self.stream.write(bytes));
}

function compress_flush(t: Thread, self: PyCompress, mode: Maybe): Value {
  const flush = intArgument(t, mode, zlib().constants.Z_FINISH);
  if (flush === zlib().constants.Z_NO_FLUSH) return EMPTY_BYTES;
  if (self.stream.finished || flush < 0 || flush > zlib().constants.Z_BLOCK) fail('Error -2 while flushing: inconsistent stream state');
  return newBytes(self.stream.flush(flush));
}

function compress_copy(_t: Thread, self: PyCompress): Value {
  return self.stream.finished ? raiseValueError('Inconsistent stream state') : new PyCompress(self.stream.copy());
}

/** Bytes that stay as they are: what is left of them is kept for the next call. */
function lastingBytes(t: Thread, data: Value): Uint8Array {
  const bytes = requireBytesLike(t, data);
  return data instanceof PyBytes ? bytes : bytes.slice();
}

function feed(self: PyDecompress, bytes: Uint8Array, limit: number): Value {
  if (self.stream.eof) {
    self.unusedData = new Uint8Array(Buffer.concat([self.unusedData, bytes]));
    self.unconsumedTail = new Uint8Array(0);
    return EMPTY_BYTES;
  }
  const { output, tail } = guarded(() => self.stream.write(bytes, limit));
  self.unconsumedTail = tail;
  if (self.stream.eof) self.unusedData = self.stream.unused;
  return newBytes(output);
}

function decompress_decompress(t: Thread, self: PyDecompress, data: Value, maxLength: Maybe): Value {
  const bytes = lastingBytes(t, data);
  const limit = sizeArgument(t, maxLength, 0);
  if (limit < 0) raiseValueError('max_length must be non-negative');
  return feed(self, bytes, limit === 0 ? Infinity : limit);
}

function decompress_flush(t: Thread, self: PyDecompress, length: Maybe): Value {
  if (sizeArgument(t, length, DEF_BUF_SIZE) <= 0) raiseValueError('length must be greater than zero');
  return self.stream.eof ? EMPTY_BYTES : feed(self, self.unconsumedTail, Infinity);
}

function decompress_copy(_t: Thread, self: PyDecompress): Value {
  if (self.stream.eof) raiseValueError('Inconsistent stream state');
  const copy = new PyDecompress(DECOMPRESS_TYPE, self.stream.copy());
  copy.unusedData = self.unusedData;
  copy.unconsumedTail = self.unconsumedTail;
  return copy;
}

const FIELDS = {
  unused_data: { get: (_t: Thread, self: Value): Value => newBytes((self as PyDecompress).unusedData), member: true },
  eof: { get: (_t: Thread, self: Value): Value => (self as PyDecompress).stream.eof, member: true },
};

readyType(COMPRESS_TYPE, {
  methods: {
    compress: [compress_compress, '($self, data, /)', 'Returns a bytes object containing compressed data.'],
    flush: [compress_flush, '($self, mode=zlib.Z_FINISH, /)', 'Return a bytes object containing any remaining compressed data.'],
    copy: [compress_copy, '($self, /)', 'Return a copy of the compression object.'],
    __copy__: [compress_copy, '($self, /)', ''],
    __deepcopy__: [(t: Thread, self: PyCompress, _memo: Value) => compress_copy(t, self), '($self, memo, /)', ''],
  },
});

readyType(DECOMPRESS_TYPE, {
  methods: {
    decompress: [decompress_decompress, '($self, data, /, max_length=0)', 'Return a bytes object containing the decompressed version of the data.'],
    flush: [decompress_flush, '($self, length=zlib.DEF_BUF_SIZE, /)', 'Return a bytes object containing any remaining decompressed data.'],
    copy: [decompress_copy, '($self, /)', 'Return a copy of the decompression object.'],
    __copy__: [decompress_copy, '($self, /)', ''],
    __deepcopy__: [(t: Thread, self: PyDecompress, _memo: Value) => decompress_copy(t, self), '($self, memo, /)', ''],
  },
  getset: { ...FIELDS, unconsumed_tail: { get: (_t, self) => newBytes((self as PyDecompress).unconsumedTail), member: true } },
});

const DECOMPRESSOR = new NativeDefinition('_ZlibDecompressor', () => null, "(wbits=15, zdict=b'')", '', 'method');

/** Unlike Decompress it keeps unconsumed input itself. */
function decompressor_decompress(t: Thread, self: PyDecompress, data: Value, maxLength: Maybe): Value {
  const bytes = lastingBytes(t, data);
  if (self.stream.eof) raise(EOFError, 'End of stream already reached');
  const limit = sizeArgument(t, maxLength, -1);
  const output = feed(self, self.unconsumedTail.length === 0 ? bytes : bytes.length === 0 ? self.unconsumedTail : joined(self.unconsumedTail, bytes), limit < 0 ? Infinity : limit);
  self.needsInput = !self.stream.eof && self.unconsumedTail.length === 0 && !self.stream.hasPending();
  return output;
}

readyType(DECOMPRESSOR_TYPE, {
  doc: 'Create a decompressor object for decompressing data incrementally.',
  textSignature: "(wbits=15, zdict=b'')",
  slots: {
    tp_new: (t, type, args: readonly Value[], keywords: KeywordNames) => {
      const [wbits, zdict] = bindArguments(DECOMPRESSOR, '_ZlibDecompressor', null, false, args, keywords) as Maybe[];
      return new PyDecompress(type, inflater(t, wbits, zdict) ?? raiseValueError('Invalid initialization option'));
    },
  },
  methods: { decompress: [decompressor_decompress, '($self, /, data, max_length=-1)', 'Decompress *data*, returning uncompressed data as bytes.'] },
  getset: { ...FIELDS, needs_input: { get: (_t, self) => (self as PyDecompress).needsInput, member: true } },
});

const CONSTANTS: Readonly<Record<string, number>> = {
  Z_NO_FLUSH: 0, Z_PARTIAL_FLUSH: 1, Z_SYNC_FLUSH: 2, Z_FULL_FLUSH: 3, Z_FINISH: 4, Z_BLOCK: 5, Z_TREES: 6,
  Z_NO_COMPRESSION: 0, Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1,
  Z_DEFAULT_STRATEGY: 0, Z_FILTERED: 1, Z_HUFFMAN_ONLY: 2, Z_RLE: 3, Z_FIXED: 4,
};

/** The table. */
export const ZLIB_MODULE: NativeModule = {
  name: 'zlib',
  doc: 'The functions in this module allow compression and decompression using the\nzlib library, which is based on GNU zip.',
  types: { error: ERROR, _ZlibDecompressor: DECOMPRESSOR_TYPE },
  functions: {
    adler32: [checksum(adler32, 1), '($module, data, value=1, /)', 'Compute an Adler-32 checksum of data.'],
    crc32: [checksum(crc32, 0), '($module, data, value=0, /)', 'Compute a CRC-32 checksum of data.'],
    compress: [zlib_compress, '($module, data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)', 'Returns a bytes object containing compressed data.'],
    decompress: [zlib_decompress, '($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)', 'Returns a bytes object containing the uncompressed data.'],
    compressobj: [
      zlib_compressobj,
      '($module, /, level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n            wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL,\n            strategy=Z_DEFAULT_STRATEGY, zdict=<unrepresentable>)',
      'Return a compressor object.',
    ],
    decompressobj: [zlib_decompressobj, "($module, /, wbits=MAX_WBITS, zdict=b'')", 'Return a decompressor object.'],
  },
  attributes: () => ({ ...CONSTANTS, DEFLATED, DEF_BUF_SIZE, DEF_MEM_LEVEL: 8, MAX_WBITS, ZLIB_VERSION: process.versions.zlib, ZLIB_RUNTIME_VERSION: process.versions.zlib }),
};
