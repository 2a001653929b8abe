/** `_bz2` (Modules/_bz2module.c). No maintained library writes bzip2 without native code, so both ways are in the folder `_bz2`. */
import type { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Value } from '../core/value.ts';
import { requireBytesLike } from '../objects/buffer.ts';
import { EOFError, OSError, ValueError } from '../objects/exception-types.ts';
import { newBytes } from '../objects/make.ts';
import { intArgument, sizeArgument } from '../objects/native-arguments.ts';
import { raise, raiseTypeError } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { readyType } from '../objects/type-ready.ts';
import { Decompressor } from './_compression/decompressor.ts';
import { Bz2Decoder, InvalidStream } from './_bz2/decoder.ts';
import { Bz2Encoder } from './_bz2/encoder.ts';
import type { NativeModule } from './native-module.ts';

const COMPRESSOR_TYPE = staticType('BZ2Compressor', { module: '_bz2' });
const DECOMPRESSOR_TYPE = staticType('BZ2Decompressor', { module: '_bz2' });
const BEST = 9;

class PyBz2Compressor extends PyObject {
  readonly encoder: Bz2Encoder;
  flushed = false;
  constructor(type: PyType, level: number) {
    super(type);
    this.encoder = new Bz2Encoder(level);
  }
}

class PyBz2Decompressor extends PyObject {
  readonly stream = new Decompressor(new Bz2Decoder());
  broken = false;
}

function compressor_new(t: Thread, type: PyType, args: readonly Value[], keywords: readonly string[] | null): Value {
  if (keywords !== null && keywords.length > 0) raiseTypeError('BZ2Compressor() takes no keyword arguments');
  if (args.length > 1) raiseTypeError(`BZ2Compressor expected at most 1 argument, got ${args.length}`);
  const level = intArgument(t, args[0], BEST);
  return level < 1 || level > BEST ? raise(ValueError, 'compresslevel must be between 1 and 9') : new PyBz2Compressor(type, level);
}

function compressor_compress(t: Thread, self: PyBz2Compressor, data: Value): Value {
  const bytes = requireBytesLike(t, data);
  if (self.flushed) raise(ValueError, 'Compressor has been flushed');
  return newBytes(self.encoder.write(bytes));
}

function compressor_flush(_t: Thread, self: PyBz2Compressor): Value {
  if (self.flushed) raise(ValueError, 'Repeated call to flush()');
  self.flushed = true;
  return newBytes(self.encoder.finish());
}

function decompressor_decompress(t: Thread, self: PyBz2Decompressor, data: Value, maxLength?: Value): Value {
  const bytes = requireBytesLike(t, data);
  const limit = sizeArgument(t, maxLength, -1);
  if (self.stream.eof) raise(EOFError, 'End of stream already reached');
  if (self.broken) raise(ValueError, 'Decompressor is unusable after a previous error');
  try {
    return newBytes(self.stream.decompress(bytes, limit < 0 ? Infinity : limit));
  } catch (caught) {
    if (!(caught instanceof InvalidStream)) throw caught;
    self.broken = true;
    self.stream.needsInput = false;
    return raise(OSError, 'Invalid data stream');
  }
}

const refusePickle = (_t: Thread, self: PyObject): never => raiseTypeError(`cannot pickle '_bz2.${self.type.name}' object`);

readyType(COMPRESSOR_TYPE, {
  doc: 'Create a compressor object for compressing data incrementally.\n\n  compresslevel\n    Compression level, as a number between 1 and 9.',
  textSignature: '(compresslevel=9, /)',
  slots: { tp_new: compressor_new },
  methods: {
    compress: [compressor_compress, '($self, data, /)', 'Provide data to the compressor object.'],
    flush: [compressor_flush, '($self, /)', 'Finish the compression process.'],
    __reduce__: [refusePickle, '!($self, /)', ''],
  },
});

readyType(DECOMPRESSOR_TYPE, {
  doc: 'Create a decompressor object for decompressing data incrementally.',
  textSignature: '()',
  slots: { tp_new: (_t, type, args) => (args.length > 0 ? raiseTypeError(`BZ2Decompressor expected 0 arguments, got ${args.length}`) : new PyBz2Decompressor(type)) },
  methods: {
    decompress: [decompressor_decompress, '($self, /, data, max_length=-1)', 'Decompress *data*, returning uncompressed data as bytes.'],
    __reduce__: [refusePickle, '!($self, /)', ''],
  },
  getset: {
    eof: { get: (_t, self) => (self as PyBz2Decompressor).stream.eof, member: true, doc: 'True if the end-of-stream marker has been reached.' },
    unused_data: { get: (_t, self) => newBytes((self as PyBz2Decompressor).stream.unused), member: true, doc: 'Data found after the end of the compressed stream.' },
    needs_input: { get: (_t, self) => (self as PyBz2Decompressor).stream.needsInput, member: true, doc: 'True if more input is needed before more decompressed data can be produced.' },
  },
});

/** The table. */
export const BZ2_MODULE: NativeModule = {
  name: '_bz2',
  doc: '',
  types: { BZ2Compressor: COMPRESSOR_TYPE, BZ2Decompressor: DECOMPRESSOR_TYPE },
  functions: {},
};
