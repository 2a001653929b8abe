/** `_codecs`: the registry, the error handlers, and one pair of functions per codec of the core (Modules/_codecsmodule.c). */
import { PyBytes } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import type { DecodeErrorCallback, Decoded, EncodeErrorCallback, RaiseStrict } from '../objects/algorithms/codecs/errors.ts';
import { decodeBytesEscape, decodeRawUnicodeEscape, decodeUnicodeEscape, encodeRawUnicodeEscape, encodeUnicodeEscape } from '../objects/algorithms/codecs/escapes.ts';
import { decodeAscii, decodeCharmap, decodeLatin1, encodeAscii, encodeCharmap, encodeLatin1 } from '../objects/algorithms/codecs/single-byte.ts';
import { decodeUtf7, encodeUtf7 } from '../objects/algorithms/codecs/utf7.ts';
import { decodeUtf8, encodeUtf8 } from '../objects/algorithms/codecs/utf8.ts';
import { decodeUtf16, decodeUtf32, encodeUtf16, encodeUtf32, type ByteOrder } from '../objects/algorithms/codecs/wide.ts';
import { codePointsOf, strCharacters, strLength } from '../objects/algorithms/str-code-points.ts';
import { bytesRepr } from '../objects/algorithms/str-repr.ts';
import { lookupName } from '../objects/algorithms/unicode/names.ts';
import { requireBytesLike } from '../objects/buffer.ts';
import { decodeCallback, encodeCallback, isBuiltinHandler, lookupErrorHandler, registerErrorHandler, strictEncode, unregisterErrorHandler } from '../objects/codec-errors.ts';
import { lookupCodec, registerSearch, runCodec, unregisterSearch } from '../objects/codec-registry.ts';
import { DeprecationWarning, LookupError } from '../objects/exception-types.ts';
import { tableSet } from '../objects/hash-table.ts';
import { newBytes, newDict, newTuple } from '../objects/make.ts';
import { intArgument, strArgument } from '../objects/native-arguments.ts';
import { isRaised, raiseTypeError, raiseValueError } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { getItem } from '../objects/subscript.ts';
import { addressOf } from '../objects/text.ts';
import { isTrue } from '../objects/truth.ts';
import { readyType, type MethodRow } from '../objects/type-ready.ts';
import { asInt, asStr } from '../objects/type-of.ts';
import { warn } from '../objects/warn-hook.ts';
import type { NativeModule } from './native-module.ts';

function errorsOf(errors: Maybe, who: string): string {
  return errors === undefined || errors === null ? 'strict' : strArgument(errors, `${who}() argument 2`);
}

type Encode = (text: string, onError: EncodeErrorCallback, raiseStrict: RaiseStrict) => Uint8Array;
type Decode = (bytes: Uint8Array, onError: DecodeErrorCallback, final: boolean) => Decoded;

function encoder(name: string, encode: Encode): MethodRow {
  const run = (t: Thread, value: Value, errors?: Value): Value => {
    const text = strArgument(value, `${name}() argument 1`);
    const bytes = encode(text, encodeCallback(t, text, errorsOf(errors, name)), strictEncode(text));
    return newTuple([newBytes(bytes), strLength(text)]);
  };
  return [run, '($module, str, errors=None, /)', `Encode str by ${name}.`];
}

function sourceOf(value: Value, bytes: Uint8Array): () => PyBytes {
  return () => (value instanceof PyBytes ? value : newBytes(bytes.slice()));
}

/** `accepts` says what `data` may be: text is allowed for the escape codecs, as ASCII. */
function decoder(name: string, decode: Decode, options: { final: 'none' | 'false' | 'true'; text?: boolean } = { final: 'false' }): MethodRow {
  const run = (t: Thread, value: Value, errors?: Value, final?: Value): Value => {
    const text = options.text === true ? asStr(value) : undefined;
    const bytes = text === undefined ? requireBytesLike(t, value) : new Uint8Array(Buffer.from(text, 'utf8'));
    const isFinal = options.final === 'none' || (final === undefined ? options.final === 'true' : isTrue(t, final));
    const decoded = decode(bytes, decodeCallback(t, bytes, errorsOf(errors, name), sourceOf(value, bytes)), isFinal);
    if ('invalidEscape' in decoded) warnOfEscape(t, (decoded as { invalidEscape?: string }).invalidEscape);
    return newTuple([decoded.text, decoded.consumed]);
  };
  const end = options.final === 'none' ? '' : options.final === 'true' ? ', final=True' : ', final=False';
  return [run, `($module, data, errors=None${end}, /)`, `Decode data by ${name}.`];
}

function warnOfEscape(t: Thread, escape: string | undefined): void {
  if (escape === undefined) return;
  const octal = /^[0-7]/.test(escape);
  warn(t, DeprecationWarning, octal ? `"\\${escape}" is an invalid octal escape sequence` : `"\\${escape}" is an invalid escape sequence`);
}

function orderOf(number: number): ByteOrder {
  return number === 0 ? 'auto' : number < 0 ? 'little' : 'big';
}

function wideEncoder(name: string, encode: typeof encodeUtf16): MethodRow {
  const run = (t: Thread, value: Value, errors?: Value, byteorder?: Value): Value => {
    const text = strArgument(value, `${name}() argument 1`);
    const bytes = encode(text, orderOf(intArgument(t, byteorder, 0)), encodeCallback(t, text, errorsOf(errors, name)), strictEncode(text));
    return newTuple([newBytes(bytes), strLength(text)]);
  };
  return [run, '($module, str, errors=None, byteorder=0, /)', `Encode str by ${name}.`];
}

function wideExDecoder(name: string, decode: typeof decodeUtf16): MethodRow {
  const run = (t: Thread, value: Value, errors?: Value, byteorder?: Value, final?: Value): Value => {
    const bytes = requireBytesLike(t, value);
    const callback = decodeCallback(t, bytes, errorsOf(errors, name), sourceOf(value, bytes));
    const result = decode(bytes, orderOf(intArgument(t, byteorder, 0)), callback, final !== undefined && isTrue(t, final));
    const order = result.byteOrder === 'auto' ? 0 : result.byteOrder === 'little' ? -1 : 1;
    return newTuple([result.text, result.consumed, order]);
  };
  return [run, '($module, data, errors=None, byteorder=0, final=False, /)', `Decode data by ${name}, telling the byte order.`];
}

/** A map made by `charmap_build`: code point to byte. */
class PyEncodingMap extends PyObject {
  readonly map: ReadonlyMap<number, number>;
  constructor(map: ReadonlyMap<number, number>) {
    super(ENCODING_MAP_TYPE);
    this.map = map;
  }
}

const ENCODING_MAP_TYPE = staticType('EncodingMap', { disallowInstantiation: true });
readyType(ENCODING_MAP_TYPE, {
  slots: { tp_repr: (_t, self) => `<EncodingMap object at ${addressOf(self)}>` },
  methods: { size: [(_t: Thread, self: PyEncodingMap) => self.map.size, '!($self, /)', 'Return the size (in bytes) of this object.'] },
});

function codecs_charmap_build(t: Thread, map: Value): Value {
  const points = codePointsOf(strArgument(map, 'charmap_build() argument'));
  if (points.length === 256) {
    const bytes = new Map<number, number>();
    points.forEach((point, i) => point !== 0xfffe && (i === 0 || point !== 0) && bytes.set(point, i));
    return new PyEncodingMap(bytes);
  }
  const dict = newDict();
  points.forEach((point, i) => tableSet(t, dict.table, point, i));
  return dict;
}

/** An entry of a mapping; undefined when it is missing (LookupError). */
function mapped(t: Thread, mapping: Value, key: number): Maybe {
  try {
    return getItem(t, mapping, key);
  } catch (caught) {
    if (isRaised(caught, LookupError)) return undefined;
    throw caught;
  }
}

function encodeByMapping(t: Thread, mapping: Value, point: number): Uint8Array | number | undefined {
  if (mapping instanceof PyEncodingMap) return mapping.map.get(point);
  const value = mapped(t, mapping, point);
  if (value === undefined || value === null) return undefined;
  if (value instanceof PyBytes) return value.value;
  const byte = asInt(value);
  if (byte === undefined) raiseTypeError(`character mapping must return integer, bytes or None, not ${(value as PyObject).type.name}`);
  return byte >= 0 && byte < 256 ? Number(byte) : raiseTypeError('character mapping must be in range(256)');
}

function codecs_charmap_encode(t: Thread, value: Value, errors?: Value, mapping?: Value): Value {
  const text = strArgument(value, 'charmap_encode() argument 1');
  const callback = encodeCallback(t, text, errorsOf(errors, 'charmap_encode'));
  const bytes = mapping === undefined || mapping === null
    ? encodeLatin1(text, callback, strictEncode(text))
    : encodeCharmap(text, (point) => encodeByMapping(t, mapping, point), callback, strictEncode(text));
  return newTuple([newBytes(bytes), strLength(text)]);
}

function decodeByMapping(t: Thread, mapping: Value, byte: number): string | undefined {
  const value = mapped(t, mapping, byte);
  if (value === undefined || value === null) return undefined;
  const text = asStr(value);
  if (text !== undefined) return text === '\ufffe' ? undefined : text;
  const point = asInt(value);
  if (point === undefined) raiseTypeError('character mapping must return integer, None or str');
  if (point === 0xfffe) return undefined;
  return point >= 0 && point <= 0x10ffff ? String.fromCodePoint(Number(point)) : raiseTypeError('character mapping must be in range(0x110000)');
}

function codecs_charmap_decode(t: Thread, data: Value, errors?: Value, mapping?: Value): Value {
  const bytes = requireBytesLike(t, data);
  if (mapping === undefined || mapping === null) return newTuple([decodeLatin1(bytes).text, bytes.length]);
  const table = asStr(mapping);
  const characters = table === undefined ? undefined : strCharacters(table);
  const lookup = characters === undefined
    ? (byte: number): string | undefined => decodeByMapping(t, mapping, byte)
    : (byte: number): string | undefined => (characters[byte] === '\ufffe' ? undefined : characters[byte]);
  const { text } = decodeCharmap(bytes, lookup, decodeCallback(t, bytes, errorsOf(errors, 'charmap_decode'), sourceOf(data, bytes)));
  return newTuple([text, bytes.length]);
}

function codecs_escape_decode(t: Thread, data: Value, errors?: Value): Value {
  const text = asStr(data);
  const bytes = text === undefined ? requireBytesLike(t, data) : new Uint8Array(Buffer.from(text, 'utf8'));
  const { bytes: result, failure, invalidEscape } = decodeBytesEscape(bytes, errorsOf(errors, 'escape_decode'));
  if (failure !== undefined) raiseValueError(failure);
  warnOfEscape(t, invalidEscape);
  return newTuple([newBytes(result), bytes.length]);
}

function codecs_escape_encode(_t: Thread, data: Value, errors?: Value): Value {
  void errors;
  if (!(data instanceof PyBytes)) raiseTypeError(`escape_encode() argument 1 must be bytes, not ${asStr(data) === undefined ? 'object' : 'str'}`);
  const shown = bytesRepr(data.value);
  let inner = shown.slice(2, -1);
  // repr prefers double quotes around a single one; the codec always escapes it.
  if (shown[1] === '"') inner = inner.replace(/'/g, "\\'");
  return newTuple([newBytes(new Uint8Array(Buffer.from(inner, 'latin1'))), data.value.length]);
}

function codecs_readbuffer_encode(t: Thread, data: Value, errors?: Value): Value {
  void errors;
  const text = asStr(data);
  const bytes = text === undefined ? requireBytesLike(t, data).slice() : new Uint8Array(Buffer.from(text, 'utf8'));
  return newTuple([newBytes(bytes), bytes.length]);
}

function transcode(t: Thread, object: Value, encoding: Maybe, errors: Maybe, role: 'encoder' | 'decoder', name: 'encode' | 'decode'): Value {
  const wanted = encoding === undefined ? 'utf-8' : strArgument(encoding, `${name}() argument 'encoding'`);
  const handler = errors === undefined ? undefined : strArgument(errors, `${name}() argument 'errors'`);
  return runCodec(t, lookupCodec(t, wanted), wanted, object, handler, role);
}

function codecs_unregister_error(t: Thread, name: Value): Value {
  const text = strArgument(name, '_unregister_error() argument');
  if (isBuiltinHandler(text)) raiseValueError(`cannot un-register built-in error handler '${text}'`);
  return unregisterErrorHandler(t, text);
}

const resolve = (name: string): string | undefined => {
  const found = lookupName(name, /* sequences */ false);
  return found === undefined || found === null ? undefined : found;
};

/** The table. */
export const CODECS_MODULE: NativeModule = {
  name: '_codecs',
  doc: '',
  functions: {
    register: [(t: Thread, search: Value) => registerSearch(t, search), '($module, search_function, /)', 'Register a codec search function.'],
    unregister: [(t: Thread, search: Value) => unregisterSearch(t, search), '($module, search_function, /)', "Unregister a codec search function and clear the registry's cache."],
    lookup: [(t: Thread, encoding: Value) => lookupCodec(t, strArgument(encoding, 'lookup() argument')), '($module, encoding, /)', 'Looks up a codec tuple in the Python codec registry and returns a CodecInfo object.'],
    encode: [(t: Thread, object: Value, encoding?: Value, errors?: Value) => transcode(t, object, encoding, errors, 'encoder', 'encode'), "($module, /, obj, encoding='utf-8', errors='strict')", 'Encodes obj using the codec registered for encoding.'],
    decode: [(t: Thread, object: Value, encoding?: Value, errors?: Value) => transcode(t, object, encoding, errors, 'decoder', 'decode'), "($module, /, obj, encoding='utf-8', errors='strict')", 'Decodes obj using the codec registered for encoding.'],
    register_error: [(t: Thread, name: Value, handler: Value) => registerErrorHandler(t, strArgument(name, 'register_error() argument 1'), handler), '($module, errors, handler, /)', 'Register the specified error handler under the name errors.'],
    _unregister_error: [codecs_unregister_error, '($module, errors, /)', 'Un-register the specified error handler for the error handling scheme `errors`.'],
    lookup_error: [(t: Thread, name: Value) => lookupErrorHandler(t, strArgument(name, 'lookup_error() argument')), '($module, name, /)', 'Return the error handler for the specified error handling name.'],
    utf_8_encode: encoder('utf_8_encode', encodeUtf8),
    utf_8_decode: decoder('utf_8_decode', decodeUtf8),
    utf_7_encode: encoder('utf_7_encode', (text) => encodeUtf7(text)),
    utf_7_decode: decoder('utf_7_decode', decodeUtf7),
    ascii_encode: encoder('ascii_encode', encodeAscii),
    ascii_decode: decoder('ascii_decode', decodeAscii, { final: 'none' }),
    latin_1_encode: encoder('latin_1_encode', encodeLatin1),
    latin_1_decode: decoder('latin_1_decode', (bytes) => decodeLatin1(bytes), { final: 'none' }),
    utf_16_encode: wideEncoder('utf_16_encode', encodeUtf16),
    utf_16_le_encode: encoder('utf_16_le_encode', (text, onError, raiseStrict) => encodeUtf16(text, 'little', onError, raiseStrict)),
    utf_16_be_encode: encoder('utf_16_be_encode', (text, onError, raiseStrict) => encodeUtf16(text, 'big', onError, raiseStrict)),
    utf_16_decode: decoder('utf_16_decode', (bytes, onError, final) => decodeUtf16(bytes, 'auto', onError, final)),
    utf_16_le_decode: decoder('utf_16_le_decode', (bytes, onError, final) => decodeUtf16(bytes, 'little', onError, final)),
    utf_16_be_decode: decoder('utf_16_be_decode', (bytes, onError, final) => decodeUtf16(bytes, 'big', onError, final)),
    utf_16_ex_decode: wideExDecoder('utf_16_ex_decode', decodeUtf16),
    utf_32_encode: wideEncoder('utf_32_encode', encodeUtf32),
    utf_32_le_encode: encoder('utf_32_le_encode', (text, onError, raiseStrict) => encodeUtf32(text, 'little', onError, raiseStrict)),
    utf_32_be_encode: encoder('utf_32_be_encode', (text, onError, raiseStrict) => encodeUtf32(text, 'big', onError, raiseStrict)),
    utf_32_decode: decoder('utf_32_decode', (bytes, onError, final) => decodeUtf32(bytes, 'auto', onError, final)),
    utf_32_le_decode: decoder('utf_32_le_decode', (bytes, onError, final) => decodeUtf32(bytes, 'little', onError, final)),
    utf_32_be_decode: decoder('utf_32_be_decode', (bytes, onError, final) => decodeUtf32(bytes, 'big', onError, final)),
    utf_32_ex_decode: wideExDecoder('utf_32_ex_decode', decodeUtf32),
    unicode_escape_encode: encoder('unicode_escape_encode', (text) => encodeUnicodeEscape(text)),
    unicode_escape_decode: decoder('unicode_escape_decode', (bytes, onError, final) => decodeUnicodeEscape(bytes, resolve, onError, final), { final: 'true', text: true }),
    raw_unicode_escape_encode: encoder('raw_unicode_escape_encode', (text) => encodeRawUnicodeEscape(text)),
    raw_unicode_escape_decode: decoder('raw_unicode_escape_decode', decodeRawUnicodeEscape, { final: 'true', text: true }),
    escape_encode: [codecs_escape_encode, '($module, data, errors=None, /)', 'Encode bytes as the inside of a literal.'],
    escape_decode: [codecs_escape_decode, '($module, data, errors=None, /)', 'Decode the inside of a bytes literal.'],
    readbuffer_encode: [codecs_readbuffer_encode, '($module, data, errors=None, /)', 'The bytes of a buffer.'],
    charmap_build: [codecs_charmap_build, '($module, map, /)', 'Make an encoding map of a decoding table.'],
    charmap_encode: [codecs_charmap_encode, '($module, str, errors=None, mapping=None, /)', 'Encode by a mapping.'],
    charmap_decode: [codecs_charmap_decode, '($module, data, errors=None, mapping=None, /)', 'Decode by a mapping.'],
  },
};
