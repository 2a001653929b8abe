/** `_multibytecodec`: the classes of codecs with several bytes per character (Modules/cjkcodecs/multibytecodec.c). The codecs are in `cjk-codecs.ts`. */
import { PyTuple } from '../core/containers.ts';
import { NativeDefinition } from '../core/native.ts';
import { PyBytes } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { CodecState, decodeMultibyte, encodeMultibyte, type EncodeErrors, type MultibyteCodec } from '../objects/algorithms/codecs/cjk/codec.ts';
import { decodeUtf8 } from '../objects/algorithms/codecs/utf8.ts';
import { intFromBytes, intToBytes } from '../objects/algorithms/int-format.ts';
import { codePointsOf, strLength } from '../objects/algorithms/str-code-points.ts';
import { strSplitlines } from '../objects/algorithms/str-search.ts';
import { getAttr } from '../objects/attributes.ts';
import { requireBytesLike } from '../objects/buffer.ts';
import { callMethod } from '../objects/call.ts';
import { decodeCallback, encodeCallback, newDecodeError, newEncodeError } from '../objects/codec-errors.ts';
import { iterNext, getIterator } from '../objects/iterate.ts';
import { newBytes, newList, newTuple } from '../objects/make.ts';
import { argumentTypeName, strArgument } from '../objects/native-arguments.ts';
import { bindArguments } from '../objects/native-call.ts';
import { raiseAttributeError, raiseOverflowError, raiseTypeError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { str } from '../objects/text.ts';
import { isTrue } from '../objects/truth.ts';
import { asInt, asStr, typeOf } from '../objects/type-of.ts';
import { readyType, type GetSet } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';

/** `MultibyteCodec`: what `getcodec` returns. */
export class PyMultibyteCodec extends PyObject {
  readonly codec: MultibyteCodec;
  constructor(codec: MultibyteCodec) {
    super(CODEC_TYPE);
    this.codec = codec;
  }
}

/** What the incremental and the stream classes have in common: a codec, the name of the error handler, and where the codec is. */
class PyStateful extends PyObject {
  readonly codec: MultibyteCodec;
  errors: string;
  readonly state = new CodecState();
  /** The stream of readers and writers. */
  readonly stream: Value;
  /** Bytes of a character that is not complete. */
  pending: Uint8Array = NO_BYTES;
  constructor(type: PyType, codec: MultibyteCodec, errors: string, stream: Value) {
    super(type);
    this.codec = codec;
    this.errors = errors;
    this.stream = stream;
  }
}

const NO_BYTES = new Uint8Array(0);

function encodeErrors(t: Thread, text: string, errors: string): EncodeErrors {
  return {
    onError: encodeCallback(t, text, errors),
    raiseFor: (replacement, problem) => {
      throw newEncodeError(problem, replacement);
    },
  };
}

function encodeWith(t: Thread, codec: MultibyteCodec, text: string, state: CodecState, errors: string, end: boolean): Uint8Array {
  return encodeMultibyte(codec, codePointsOf(text), state, encodeErrors(t, text, errors), end);
}

function codec_encode(t: Thread, self: PyMultibyteCodec, input: Value, errors?: Value): Value {
  const handler = handlerArgument('encode', errors);
  const text = asStr(input) ?? str(t, input);
  const state = new CodecState();
  self.codec.startEncoding(state);
  return newTuple([newBytes(encodeWith(t, self.codec, text, state, handler, /* end */ true)), strLength(text)]);
}

function handlerArgument(name: string, errors: Maybe): string {
  if (errors === undefined || errors === null) return 'strict';
  return asStr(errors) ?? raiseTypeError(`${name}() argument 'errors' must be str or None, not ${argumentTypeName(errors)}`);
}

function codec_decode(t: Thread, self: PyMultibyteCodec, input: Value, errors?: Value): Value {
  const handler = handlerArgument('decode', errors);
  const bytes = requireBytesLike(t, input);
  const state = new CodecState();
  self.codec.startDecoding(state);
  const source = (): PyBytes => (input instanceof PyBytes ? input : newBytes(bytes.slice()));
  const { text } = decodeMultibyte(self.codec, bytes, state, decodeCallback(t, bytes, handler, source), /* final */ true);
  return newTuple([text, bytes.length]);
}

const CODEC_TYPE = readyType(staticType('MultibyteCodec', { module: '_multibytecodec', disallowInstantiation: true }), {
  methods: {
    encode: [codec_encode, '($self, /, input, errors=None)', 'Return an encoded string version of `input`, and its length.'],
    decode: [codec_decode, '($self, /, input, errors=None)', 'Decode bytes; returns the text and how many bytes it took.'],
  },
});

const MAX_PENDING = 8;

/** Decodes further bytes: what is pending comes first, and what is incomplete stays. */
function feed(t: Thread, self: PyStateful, more: Uint8Array, final: boolean): string {
  const bytes = self.pending.length === 0 ? more : Uint8Array.from([...self.pending, ...more]);
  const source = (): PyBytes => newBytes(bytes.slice());
  const { text, consumed } = decodeMultibyte(self.codec, bytes, self.state, decodeCallback(t, bytes, self.errors, source), final);
  if (bytes.length - consumed > MAX_PENDING) throw tooMuchPending(self, bytes);
  self.pending = bytes.slice(consumed);
  return text;
}

function tooMuchPending(self: PyStateful, bytes: Uint8Array): Value & object {
  return newDecodeError({ encoding: self.codec.name, reason: 'pending buffer too large', start: 0, end: bytes.length }, newBytes(bytes.slice()));
}

const ERRORS: GetSet = {
  get: (_t, self) => (self as PyStateful).errors,
  set: (_t, self, value) => {
    if (value === undefined) raiseAttributeError(self, 'cannot delete attribute', 'errors');
    (self as PyStateful).errors = asStr(value) ?? raiseTypeError('errors must be a string');
  },
};

function codecOf(t: Thread, type: PyType): MultibyteCodec {
  const codec = getAttr(t, type, 'codec');
  return codec instanceof PyMultibyteCodec ? codec.codec : raiseTypeError('codec is unexpected type');
}

/** `tp_new` of a class whose codec is an attribute; `name` is how its messages call it. */
function statefulNew(name: string, stream: boolean, start: (self: PyStateful) => void) {
  const definition = new NativeDefinition(name, () => null, stream ? "(stream, errors='strict')" : "(errors='strict')", '', 'method');
  return (t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value => {
    const given = bindArguments(definition, name, null, false, args, keywords) as Maybe[];
    const errors = given[stream ? 1 : 0];
    const handler = errors === undefined ? 'strict' : strArgument(errors, `${name}() argument ${stream ? 2 : 1}`);
    const self = new PyStateful(type, codecOf(t, type), handler, stream ? given[0]! : null);
    start(self);
    return self;
  };
}

const startEncoding = (self: PyStateful): void => self.codec.startEncoding(self.state);
const startDecoding = (self: PyStateful): void => self.codec.startDecoding(self.state);

function encoder_encode(t: Thread, self: PyStateful, input: Value, final?: Value): Value {
  const text = asStr(input) ?? str(t, input);
  return newBytes(encodeWith(t, self.codec, text, self.state, self.errors, final !== undefined && isTrue(t, final)));
}

/** How states are ints. */
const STATE_BYTES = { littleEndian: true, signed: false } as const;

/** CPython's number: the bytes of its record, of which the first counts pending characters, and there are none here. */
function encoder_getstate(_t: Thread, self: PyStateful): Value {
  return intFromBytes(Uint8Array.of(0, ...self.state.bytes), STATE_BYTES);
}

/** The size of CPython's record: a length, eight bytes of pending characters in UTF-8, the state. */
const RECORD_BYTES = 17;

function encoder_setstate(t: Thread, self: PyStateful, state: Value): void {
  const number = asInt(state) ?? raiseTypeError(`setstate() argument must be int, not ${argumentTypeName(state)}`);
  const bytes = intToBytes(number, RECORD_BYTES, STATE_BYTES);
  if (typeof bytes === 'string') raiseOverflowError(bytes);
  const pending = bytes[0]!;
  if (pending > MAX_PENDING) throw newDecodeError({ encoding: self.codec.name, reason: 'pending buffer too large', start: 0, end: bytes.length }, newBytes(bytes));
  const text = bytes.subarray(1, 1 + pending);
  decodeUtf8(text, decodeCallback(t, text, 'strict', () => newBytes(text.slice())), /* final */ true);
  self.state.bytes.set(bytes.subarray(1 + pending, 9 + pending));
}

const ENCODER_TYPE = readyType(staticType('MultibyteIncrementalEncoder', { module: '_multibytecodec', baseType: true }), {
  slots: { tp_new: statefulNew('IncrementalEncoder', /* stream */ false, startEncoding), tp_init: () => undefined },
  methods: {
    encode: [encoder_encode, '($self, /, input, final=False)', 'Encode further text.'],
    getstate: [encoder_getstate, '($self, /)', 'The state as an int.'],
    setstate: [encoder_setstate, '($self, state, /)', 'Go back to a state.'],
    reset: [(_t: Thread, self: PyStateful) => startEncoding(self), '($self, /)', 'Begin anew.'],
  },
  getset: { errors: ERRORS },
});

function decoder_setstate(t: Thread, self: PyStateful, state: Value): void {
  if (!(state instanceof PyTuple)) raiseTypeError(`setstate() argument must be tuple, not ${argumentTypeName(state)}`);
  const [pending, number] = state.items;
  const value = number === undefined || state.items.length !== 2 ? undefined : asInt(number);
  if (!(pending instanceof PyBytes) || value === undefined) raiseTypeError('setstate(): illegal state argument');
  const bytes = intToBytes(value, self.state.bytes.length, STATE_BYTES);
  if (typeof bytes === 'string') raiseOverflowError(bytes);
  if (pending.value.length > MAX_PENDING) throw tooMuchPending(self, requireBytesLike(t, pending));
  self.pending = pending.value;
  self.state.bytes.set(bytes);
}

function restartDecoding(self: PyStateful): void {
  startDecoding(self);
  self.pending = NO_BYTES;
}

const DECODER_TYPE = readyType(staticType('MultibyteIncrementalDecoder', { module: '_multibytecodec', baseType: true }), {
  slots: { tp_new: statefulNew('IncrementalDecoder', /* stream */ false, startDecoding), tp_init: () => undefined },
  methods: {
    decode: [
      (t: Thread, self: PyStateful, input: Value, final?: Value) => feed(t, self, requireBytesLike(t, input), final !== undefined && isTrue(t, final)),
      '($self, /, input, final=False)', 'Decode further bytes.',
    ],
    getstate: [
      (_t: Thread, self: PyStateful) => newTuple([newBytes(self.pending), intFromBytes(self.state.bytes, STATE_BYTES)]), '($self, /)', 'Incomplete bytes, and the state as an int.',
    ],
    setstate: [decoder_setstate, '($self, state, /)', 'Go back to a state.'],
    reset: [(_t: Thread, self: PyStateful) => restartDecoding(self), '($self, /)', 'Begin anew.'],
  },
  getset: { errors: ERRORS },
});

/** Reads by a method of the stream and decodes; goes on byte by byte until there is a character. */
function readText(t: Thread, self: PyStateful, method: 'read' | 'readline', size: number): string {
  for (let hint = size; ; hint = 1) {
    const data = hint < 0 ? callMethod(t, self.stream, method) : callMethod(t, self.stream, method, hint);
    if (!(data instanceof PyBytes)) raiseTypeError(`stream function returned a non-bytes object (${typeName(data)})`);
    const atEnd = data.value.length === 0;
    const nothingMore = atEnd && self.pending.length === 0;
    const text = feed(t, self, data.value, atEnd || hint < 0);
    if (hint < 0 || text !== '' || nothingMore) return text;
  }
}

function sizeOf(value: Maybe): number {
  if (value === undefined || value === null) return -1;
  return Number(asInt(value) ?? raiseTypeError('arg 1 must be an integer'));
}

const STREAM: GetSet = { get: (_t, self) => (self as PyStateful).stream, member: true };

const READER_TYPE = readyType(staticType('MultibyteStreamReader', { module: '_multibytecodec', baseType: true }), {
  slots: { tp_new: statefulNew('StreamReader', /* stream */ true, startDecoding), tp_init: () => undefined },
  methods: {
    read: [(t: Thread, self: PyStateful, size?: Value) => readText(t, self, 'read', sizeOf(size)), '($self, sizeobj=None, /)', 'Read and decode so many bytes.'],
    readline: [(t: Thread, self: PyStateful, size?: Value) => readText(t, self, 'readline', sizeOf(size)), '($self, sizeobj=None, /)', 'Read and decode a line.'],
    readlines: [
      (t: Thread, self: PyStateful, size?: Value) => newList(strSplitlines(readText(t, self, 'read', sizeOf(size)), /* keepEnds */ true)),
      '($self, sizehintobj=None, /)', 'Read and decode lines.',
    ],
    reset: [(_t: Thread, self: PyStateful) => restartDecoding(self), '($self, /)', 'Begin anew.'],
  },
  getset: { errors: ERRORS, stream: STREAM },
});

function writer_write(t: Thread, self: PyStateful, text: Value): void {
  callMethod(t, self.stream, 'write', encoder_encode(t, self, text));
}

function writer_writelines(t: Thread, self: PyStateful, lines: Value): void {
  if (typeOf(lines).slots.sq_item === null && typeOf(lines).slots.tp_iter === null) raiseTypeError('arg must be a sequence object');
  const iterator = getIterator(t, lines);
  for (let line = iterNext(t, iterator); line !== undefined; line = iterNext(t, iterator)) writer_write(t, self, line);
}

const WRITER_TYPE = readyType(staticType('MultibyteStreamWriter', { module: '_multibytecodec', baseType: true }), {
  slots: { tp_new: statefulNew('StreamWriter', /* stream */ true, startEncoding), tp_init: () => undefined },
  methods: {
    write: [writer_write, '($self, strobj, /)', 'Encode text and write it.'],
    writelines: [writer_writelines, '($self, lines, /)', 'Encode texts and write them.'],
    // As in CPython: only what is pending would be written, and nothing ever is.
    reset: [() => undefined, '($self, /)', 'Does nothing.'],
  },
  getset: { errors: ERRORS, stream: STREAM },
});

/** The table. */
export const MULTIBYTECODEC_MODULE: NativeModule = {
  name: '_multibytecodec',
  doc: '',
  functions: {},
  types: {
    MultibyteIncrementalEncoder: ENCODER_TYPE, MultibyteIncrementalDecoder: DECODER_TYPE, MultibyteStreamReader: READER_TYPE, MultibyteStreamWriter: WRITER_TYPE,
  },
};
