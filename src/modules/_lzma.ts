/** `_lzma` (Modules/_lzmamodule.c). No maintained library does .xz both ways without native code, so both are in the folder `_lzma`. */
import { NativeDefinition } from '../core/native.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { requireBytesLike } from '../objects/buffer.ts';
import { EOFError } from '../objects/exception-types.ts';
import { newBytes } from '../objects/make.ts';
import { intArgument, sizeArgument } from '../objects/native-arguments.ts';
import { bindArguments } from '../objects/native-call.ts';
import { raise, raiseTypeError, raiseValueError } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { readyType } from '../objects/type-ready.ts';
import { Decompressor, type StreamDecoder } from './_compression/decompressor.ts';
import { BadOptions, chainDecoder, chainEncoder, checkChain, decodeProperties, encodeProperties, FILTER_LZMA1, type Filter } from './_lzma/chain.ts';
import { CHECK_CRC64, CHECK_NONE, isSupported } from './_lzma/checks.ts';
import { AloneStream, MemoryLimit, RawStream, UnknownFormat } from './_lzma/decoders.ts';
import type { StreamEncoder } from './_lzma/encoder.ts';
import { CorruptData } from './_lzma/range-decoder.ts';
import { fail, filterOf, filtersOf, LZMA_ERROR, optionsOfPreset, specifierOf, unsigned } from './_lzma/specifiers.ts';
import { XzEncoder, XzStream } from './_lzma/xz.ts';
import type { NativeModule } from './native-module.ts';

const COMPRESSOR_TYPE = staticType('LZMACompressor', { module: '_lzma' });
const DECOMPRESSOR_TYPE = staticType('LZMADecompressor', { module: '_lzma' });
const [FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW] = [0, 1, 2, 3] as const;
const CHECK_ID_MAX = 15;
const CHECK_UNKNOWN = 16;
const DEFAULT_PRESET = 6;

/** Runs something and words its failure as liblzma's. */
function guarded<R>(run: () => R): R {
  try {
    return run();
  } catch (caught) {
    if (caught instanceof CorruptData) fail('Corrupt input data');
    if (caught instanceof UnknownFormat) fail('Input format not supported by decoder');
    if (caught instanceof MemoryLimit) fail('Memory usage limit exceeded');
    if (caught instanceof BadOptions) fail('Invalid or unsupported options');
    throw caught;
  }
}

class PyLzmaCompressor extends PyObject {
  readonly encoder: StreamEncoder;
  flushed = false;
  constructor(type: PyType, encoder: StreamEncoder) {
    super(type);
    this.encoder = encoder;
  }
}

const COMPRESSOR = new NativeDefinition('LZMACompressor', () => null, '(format=1, check=-1, preset=None, filters=None)', '', 'method');

/** The single filter of a preset or of a chain, with LZMA2 where nothing else is said. */
function xzFilters(t: Thread, preset: number, filters: Maybe): Filter[] {
  if (filters !== undefined && filters !== null) {
    const chain = filtersOf(t, filters);
    return chain.length === 0 ? fail('Internal error') : chain;
  }
  return [{ kind: 'lzma2', options: optionsOfPreset(preset) ?? fail('Invalid or unsupported options') }];
}

function aloneFilter(t: Thread, preset: number, filters: Maybe): Filter {
  if (filters === undefined || filters === null) return { kind: 'lzma1', options: optionsOfPreset(preset) ?? fail(`Invalid compression preset: ${preset}`) };
  const chain = filtersOf(t, filters);
  return chain.length === 1 && chain[0]!.kind === 'lzma1' ? chain[0]! : raiseValueError('Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter');
}

/** LZMA in the .lzma container: a header, then the stream; its size is not said. */
function aloneEncoder(filter: Filter): StreamEncoder {
  checkChain([filter], 'any');
  const header = new Uint8Array(13).fill(0xff);
  header.set(encodeProperties(filter));
  const inner = chainEncoder([filter]);
  let pending: Uint8Array = header;
  const withHeader = (bytes: Uint8Array): Uint8Array => {
    const all = new Uint8Array(Buffer.concat([pending, bytes]));
    pending = new Uint8Array(0);
    return all;
  };
  return { write: (input) => withHeader(inner.write(input)), finish: () => withHeader(inner.finish()) };
}

function xzEncoder(t: Thread, check: number, preset: number, filters: Maybe): StreamEncoder {
  if (check < 0 || check > CHECK_ID_MAX) fail('Internal error');
  const chain = xzFilters(t, preset, filters);
  return isSupported(check) ? new XzEncoder(chain, check) : fail('Unsupported integrity check');
}

function compressor_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const [formatValue, checkValue, presetValue, filters] = bindArguments(COMPRESSOR, 'LZMACompressor', null, false, args, keywords) as Maybe[];
  const format = intArgument(t, formatValue, FORMAT_XZ);
  const check = intArgument(t, checkValue, -1);
  const hasPreset = presetValue !== undefined && presetValue !== null;
  if (hasPreset && filters !== undefined && filters !== null) raiseValueError('Cannot specify both preset and filter chain');
  const preset = hasPreset ? Number(unsigned(t, presetValue, 32)) : DEFAULT_PRESET;
  if (format !== FORMAT_XZ && check !== -1 && check !== CHECK_NONE) raiseValueError('Integrity checks are only supported by FORMAT_XZ');
  if (format === FORMAT_RAW && (filters === undefined || filters === null)) raiseValueError('Must specify filters for FORMAT_RAW');
  if (format < FORMAT_XZ || format > FORMAT_RAW) raiseValueError(`Invalid container format: ${format}`);
  return guarded(() => {
    if (format === FORMAT_XZ) return new PyLzmaCompressor(type, xzEncoder(t, check === -1 ? CHECK_CRC64 : check, preset, filters));
    if (format === FORMAT_ALONE) return new PyLzmaCompressor(type, aloneEncoder(aloneFilter(t, preset, filters)));
    return new PyLzmaCompressor(type, chainEncoder(filtersOf(t, filters!)));
  });
}

function compressor_compress(t: Thread, self: PyLzmaCompressor, data: Value): Value {
  const bytes = requireBytesLike(t, data);
  if (self.flushed) raiseValueError('Compressor has been flushed');
  return newBytes(self.encoder.write(bytes));
}

function compressor_flush(_t: Thread, self: PyLzmaCompressor): Value {
  if (self.flushed) raiseValueError('Repeated call to flush()');
  self.flushed = true;
  return newBytes(self.encoder.finish());
}

/** Decides by the first byte whether a stream is .xz or .lzma. */
class AutoStream implements StreamDecoder {
  private readonly memoryLimit: number;
  chosen: XzStream | AloneStream | null = null;

  constructor(memoryLimit: number) {
    this.memoryLimit = memoryLimit;
  }

  get finished(): boolean {
    return this.chosen?.finished ?? false;
  }

  feed(input: Uint8Array): void {
    if (input.length > 0) this.chosen ??= input[0] === 0xfd ? new XzStream(this.memoryLimit) : new AloneStream(this.memoryLimit);
    this.chosen?.feed(input);
  }

  advance(output: Parameters<StreamDecoder['advance']>[0]): boolean {
    return this.chosen?.advance(output) ?? false;
  }

  rest(): Uint8Array {
    return this.chosen?.rest() ?? new Uint8Array(0);
  }
}

class PyLzmaDecompressor extends PyObject {
  readonly decoder: StreamDecoder;
  readonly stream: Decompressor;
  /** What went wrong: every further call says so again. */
  failure: unknown = null;
  constructor(type: PyType, decoder: StreamDecoder) {
    super(type);
    this.decoder = decoder;
    this.stream = new Decompressor(decoder);
  }
}

const DECOMPRESSOR = new NativeDefinition('LZMADecompressor', () => null, '(format=0, memlimit=None, filters=None)', '', 'method');

function decompressor_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const [formatValue, limitValue, filters] = bindArguments(DECOMPRESSOR, 'LZMADecompressor', null, false, args, keywords) as Maybe[];
  const format = intArgument(t, formatValue, FORMAT_AUTO);
  const hasLimit = limitValue !== undefined && limitValue !== null;
  const hasFilters = filters !== undefined && filters !== null;
  if (hasLimit && format === FORMAT_RAW) raiseValueError('Cannot specify memory limit with FORMAT_RAW');
  const limit = hasLimit ? Number(unsigned(t, limitValue, 64)) : Infinity;
  if (format === FORMAT_RAW && !hasFilters) raiseValueError('Must specify filters for FORMAT_RAW');
  if (format !== FORMAT_RAW && hasFilters) raiseValueError('Cannot specify filters except with FORMAT_RAW');
  return guarded(() => new PyLzmaDecompressor(type, decoderOf(t, format, limit, filters)));
}

function decoderOf(t: Thread, format: number, limit: number, filters: Maybe): StreamDecoder {
  switch (format) {
    case FORMAT_AUTO: return new AutoStream(limit);
    case FORMAT_XZ: return new XzStream(limit);
    case FORMAT_ALONE: return new AloneStream(limit);
    case FORMAT_RAW: return new RawStream(chainDecoder(filtersOf(t, filters!)));
    default: return raiseValueError(`Invalid container format: ${format}`);
  }
}

function decompressor_decompress(t: Thread, self: PyLzmaDecompressor, data: Value, maxLength?: Value): Value {
  const bytes = requireBytesLike(t, data);
  const limit = sizeArgument(t, maxLength, -1);
  if (self.stream.eof) raise(EOFError, 'Already at end of stream');
  return guarded(() => {
    if (self.failure !== null) throw self.failure;
    try {
      return newBytes(self.stream.decompress(bytes, limit < 0 ? Infinity : limit));
    } catch (caught) {
      self.failure = caught;
      self.stream.needsInput = false;
      throw caught;
    }
  });
}

/** The check of the stream, CHECK_UNKNOWN before its header. */
function checkOf(decoder: StreamDecoder): number {
  const inner = decoder instanceof AutoStream ? decoder.chosen : decoder;
  if (inner instanceof XzStream) return inner.checkId ?? CHECK_UNKNOWN;
  return inner === null ? CHECK_UNKNOWN : CHECK_NONE;
}

const refusePickle = (_t: Thread, self: PyObject): never => raiseTypeError(`cannot pickle '_lzma.${self.type.name}' object`);

readyType(COMPRESSOR_TYPE, {
  doc: 'LZMACompressor(format=FORMAT_XZ, check=-1, preset=None, filters=None)\n\nCreate a compressor object for compressing data incrementally.',
  slots: { tp_new: compressor_new },
  methods: {
    compress: [compressor_compress, '($self, data, /)', 'Provide data to the compressor object.'],
    flush: [compressor_flush, '($self, /)', 'Finish the compression process.'],
    __reduce__: [refusePickle, '!($self, /)', ''],
  },
});

readyType(DECOMPRESSOR_TYPE, {
  doc: 'Create a decompressor object for decompressing data incrementally.',
  textSignature: '(format=FORMAT_AUTO, memlimit=None, filters=None)',
  slots: { tp_new: decompressor_new },
  methods: {
    decompress: [decompressor_decompress, '($self, /, data, max_length=-1)', 'Decompress *data*, returning uncompressed data as bytes.'],
    __reduce__: [refusePickle, '!($self, /)', ''],
  },
  getset: {
    check: { get: (_t, self) => checkOf((self as PyLzmaDecompressor).decoder), member: true, doc: 'ID of the integrity check used by the input stream.' },
    eof: { get: (_t, self) => (self as PyLzmaDecompressor).stream.eof, member: true, doc: 'True if the end-of-stream marker has been reached.' },
    needs_input: { get: (_t, self) => (self as PyLzmaDecompressor).stream.needsInput, member: true, doc: 'True if more input is needed before more decompressed data can be produced.' },
    unused_data: { get: (_t, self) => newBytes((self as PyLzmaDecompressor).stream.unused), member: true, doc: 'Data found after the end of the compressed stream.' },
  },
});

function decodeFilter(t: Thread, id: Value, properties: Value): Value {
  const bytes = requireBytesLike(t, properties);
  return guarded(() => specifierOf(decodeProperties(unsigned(t, id, 64), bytes.slice()), bytes.length > 0));
}

/** The table. */
export const LZMA_MODULE: NativeModule = {
  name: '_lzma',
  doc: '',
  types: { LZMACompressor: COMPRESSOR_TYPE, LZMADecompressor: DECOMPRESSOR_TYPE, LZMAError: LZMA_ERROR },
  attributes: () => ({
    FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW, CHECK_NONE, CHECK_CRC32: 1, CHECK_CRC64, CHECK_SHA256: 10, CHECK_ID_MAX, CHECK_UNKNOWN,
    FILTER_LZMA1, FILTER_LZMA2: 0x21, FILTER_DELTA: 3, FILTER_X86: 4, FILTER_POWERPC: 5, FILTER_IA64: 6, FILTER_ARM: 7, FILTER_ARMTHUMB: 8, FILTER_SPARC: 9,
    MF_HC3: 3, MF_HC4: 4, MF_BT2: 18, MF_BT3: 19, MF_BT4: 20, MODE_FAST: 1, MODE_NORMAL: 2, PRESET_DEFAULT: DEFAULT_PRESET, PRESET_EXTREME: 2 ** 31,
  }),
  functions: {
    is_check_supported: [(t: Thread, id: Value) => isSupported(intArgument(t, id, 0)), '($module, check_id, /)', 'Test whether the given integrity check is supported.'],
    _encode_filter_properties: [
      (t: Thread, filter: Value) => guarded(() => newBytes(encodeProperties(filterOf(t, filter)))), '($module, filter, /)', 'Return a bytes object encoding the options (properties) of the filter specified by *filter* (a dict).',
    ],
    _decode_filter_properties: [decodeFilter, '($module, filter_id, encoded_props, /)', 'Return a dict describing the filter whose id and options (properties) are given.'],
  },
};
