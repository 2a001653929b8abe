/**
 * Encodings by name: `str.encode`, `bytes.decode`, and the registry behind the `_codecs` module.
 *
 * The encodings that CPython converts without a codec are converted here; all others are found by the registered search functions, the first of which the `encodings`
 * package registers when it is imported. Source: CPython Python/codecs.c, Objects/unicodeobject.c (PyUnicode_Decode).
 */
import { PyTuple } from '../core/containers.ts';
import { PyBaseException } from '../core/exception.ts';
import { PyByteArray, PyBytes } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { decodeUtf8, encodeUtf8 } from './algorithms/codecs/utf8.ts';
import { shortAsciiBytes, shortAsciiText } from './algorithms/short-bytes.ts';
import { isWellFormed } from './algorithms/str-code-points.ts';
import { decodeAscii, decodeLatin1, encodeAscii, encodeLatin1 } from './algorithms/codecs/single-byte.ts';
import { decodeUtf16, decodeUtf32, encodeUtf16, encodeUtf32 } from './algorithms/codecs/wide.ts';
import { lookupAttr } from './attributes.ts';
import { call, callMethod, isCallable } from './call.ts';
import { decodeCallback, encodeCallback, lookupErrorHandler, strictEncode } from './codec-errors.ts';
import { LookupError } from './exception-types.ts';
import { importModule } from './import-hook.ts';
import { newBytes } from './make.ts';
import { raise, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { asStr } from './type-of.ts';

interface Registry {
  readonly search: Value[];
  /** Codec tuples by normalised name. */
  readonly cache: Map<string, PyTuple>;
}

const STATE = 'codec registry';

function registryOf(t: Thread): Registry {
  let registry = t.interpreter.moduleState.get(STATE) as Registry | undefined;
  if (registry === undefined) t.interpreter.moduleState.set(STATE, (registry = { search: [], cache: new Map() }));
  return registry;
}

/** `codecs.register(search_function)`. */
export function registerSearch(t: Thread, search: Value): void {
  if (!isCallable(search)) raiseTypeError('argument must be callable');
  registryOf(t).search.push(search);
}

/** `codecs.unregister(search_function)`. */
export function unregisterSearch(t: Thread, search: Value): void {
  const registry = registryOf(t);
  const at = registry.search.indexOf(search);
  if (at < 0) return;
  registry.cache.clear();
  registry.search.splice(at, 1);
}

/** As the registry keeps names: lower case, runs of other characters than letters, digits and dots as one underscore. */
export function normalizeEncoding(name: string): string {
  let normal = normalNames.get(name);
  if (normal !== undefined) return normal;
  normal = name.toLowerCase().replace(/[^a-z0-9.]+/g, '_').replace(/^_|_$/g, '');
  if (normalNames.size >= MAX_NORMAL) normalNames.clear();
  normalNames.set(name, normal);
  return normal;
}

/** Names as they were normalised: programs use few, over and over. A declared cache. */
const normalNames = new Map<string, string>();
const MAX_NORMAL = 200;

/** `codecs.lookup(encoding)`: the codec's tuple; raises LookupError. */
export function lookupCodec(t: Thread, encoding: string): PyTuple {
  const registry = registryOf(t);
  const name = encoding.toLowerCase().replace(/ /g, '_');
  const key = normalizeEncoding(name);
  const cached = registry.cache.get(key);
  if (cached !== undefined) return cached;
  if (registry.search.length === 0) importModule(t, 'encodings');
  for (const search of registry.search) {
    const result = call(t, search, [key]);
    if (result === null) continue;
    if (!(result instanceof PyTuple) || result.items.length !== 4) raiseTypeError('codec search functions must return 4-tuples');
    registry.cache.set(key, result);
    return result;
  }
  return raise(LookupError, `unknown encoding: ${encoding}`);
}

type Encoder = (t: Thread, text: string, errors: string) => Uint8Array;
type Decoder = (t: Thread, bytes: Uint8Array, errors: string, source: () => PyBytes) => string;

function wideEncoder(convert: typeof encodeUtf16): Encoder {
  return (t, text, errors) => convert(text, 'auto', encodeCallback(t, text, errors), strictEncode(text));
}

function wideDecoder(convert: typeof decodeUtf16): Decoder {
  return (t, bytes, errors, source) => convert(bytes, 'auto', decodeCallback(t, bytes, errors, source), true).text;
}

const UTF_8: Encoder = (t, text, errors) => encodeUtf8(text, encodeCallback(t, text, errors), strictEncode(text));
const ASCII: Encoder = (t, text, errors) => encodeAscii(text, encodeCallback(t, text, errors), strictEncode(text));
const LATIN_1: Encoder = (t, text, errors) => encodeLatin1(text, encodeCallback(t, text, errors), strictEncode(text));
const FROM_UTF_8: Decoder = (t, bytes, errors, source) => decodeUtf8(bytes, decodeCallback(t, bytes, errors, source), true).text;
const FROM_ASCII: Decoder = (t, bytes, errors, source) => decodeAscii(bytes, decodeCallback(t, bytes, errors, source)).text;
const FROM_LATIN_1: Decoder = (_t, bytes) => decodeLatin1(bytes).text;

interface Direct {
  readonly encode: Encoder;
  readonly decode: Decoder;
  /** ASCII characters are bytes of the same number. */
  readonly extendsAscii: boolean;
}

const DIRECT = new Map<string, Direct>();

function direct(names: string, codec: Direct): void {
  for (const name of names.split(' ')) DIRECT.set(name, codec);
}

direct('utf_8 utf8', { encode: UTF_8, decode: FROM_UTF_8, extendsAscii: true });
direct('ascii us_ascii', { encode: ASCII, decode: FROM_ASCII, extendsAscii: true });
direct('latin1 latin_1 iso_8859_1 iso8859_1', { encode: LATIN_1, decode: FROM_LATIN_1, extendsAscii: true });
direct('utf_16 utf16', { encode: wideEncoder(encodeUtf16), decode: wideDecoder(decodeUtf16), extendsAscii: false });
direct('utf_32 utf32', { encode: wideEncoder(encodeUtf32), decode: wideDecoder(decodeUtf32), extendsAscii: false });

/** In development mode a wrong handler is an error at once, not only where it is needed. */
function checkNames(t: Thread, encoding: string, errors: string | undefined): void {
  if (encoding.includes('\0')) raiseValueError('embedded null character');
  if (t.interpreter.config.flags.dev_mode !== 0 && errors !== undefined) lookupErrorHandler(t, errors);
}

function textCodec(t: Thread, encoding: string, verb: 'encode' | 'decode'): PyTuple {
  const codec = lookupCodec(t, encoding);
  const isText = lookupAttr(t, codec, '_is_text_encoding');
  if (isText === false) raise(LookupError, `'${encoding}' is not a text encoding; use codecs.${verb}() to handle arbitrary codecs`);
  return codec;
}

type Role = 'encoder' | 'decoder';

/** Calls a codec; what it raises gets a note that names the codec. */
function callCodec(t: Thread, coder: Value, args: Value[], encoding: string, role: Role): Value {
  try {
    return call(t, coder, args);
  } catch (caught) {
    if (caught instanceof PyBaseException) callMethod(t, caught, 'add_note', `${role === 'encoder' ? 'encoding' : 'decoding'} with '${encoding}' codec failed`);
    throw caught;
  }
}

/** Runs the encoder or decoder of a codec tuple; returns the first item of its result. `encoding` is the codec as the program calls it. */
export function runCodec(t: Thread, codec: PyTuple, encoding: string, input: Value, errors: string | undefined, role: Role): Value {
  const result = callCodec(t, codec.items[role === 'encoder' ? 0 : 1]!, errors === undefined ? [input] : [input, errors], encoding, role);
  if (!(result instanceof PyTuple) || result.items.length !== 2) raiseTypeError(`${role} must return a tuple (object, integer)`);
  return result.items[0]!;
}

/** text.encode(encoding, errors) as raw bytes. */
export function encodeText(t: Thread, text: string, encoding = 'utf-8', errors?: string): Uint8Array {
  const short = encoding === 'utf-8' && (errors === undefined || t.interpreter.config.flags.dev_mode === 0) ? shortAsciiBytes(text) : null;
  if (short !== null) return short;
  checkNames(t, encoding, errors);
  const own = DIRECT.get(normalizeEncoding(encoding));
  if (own !== undefined) return (own.extendsAscii ? shortAsciiBytes(text) : null) ?? own.encode(t, text, errors ?? 'strict');
  const codec = textCodec(t, encoding, 'encode');
  const result = runCodec(t, codec, encoding, text, errors, 'encoder');
  if (result instanceof PyBytes || result instanceof PyByteArray) return result.value;
  return raiseTypeError(`'${encoding}' encoder returned '${typeName(result)}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types`);
}

/** As `encodeText` where nothing is raised, whoever handles errors; undefined elsewhere. @hot `str.encode` in compiled code */
export function encodeQuietly(t: Thread, text: string, encoding = 'utf-8', errors?: string): Uint8Array | undefined {
  if (encoding.includes('\0') || (errors !== undefined && t.interpreter.config.flags.dev_mode !== 0)) return undefined;
  const own = DIRECT.get(normalizeEncoding(encoding));
  if (own === undefined || !own.extendsAscii) return undefined;
  const short = shortAsciiBytes(text);
  if (short !== null) return short;
  return own.encode === UTF_8 && isWellFormed(text) ? own.encode(t, text, 'strict') : undefined;
}

/** As `decodeBytes` of short bytes that are ASCII, by a codec for which they are text; undefined elsewhere. @hot `bytes.decode` */
export function decodeQuietly(t: Thread, bytes: Uint8Array, encoding = 'utf-8', errors?: string): string | undefined {
  if (encoding.includes('\0') || (errors !== undefined && t.interpreter.config.flags.dev_mode !== 0)) return undefined;
  return DIRECT.get(normalizeEncoding(encoding))?.extendsAscii === true ? shortAsciiText(bytes) : undefined;
}

/** bytes.decode(encoding, errors); `source` is the bytes object for exceptions, if there is one. */
export function decodeBytes(t: Thread, bytes: Uint8Array, encoding = 'utf-8', errors?: string, source?: PyBytes): string {
  const short = decodeQuietly(t, bytes, encoding, errors);
  if (short !== undefined) return short;
  checkNames(t, encoding, errors);
  const own = DIRECT.get(normalizeEncoding(encoding));
  if (own !== undefined) return own.decode(t, bytes, errors ?? 'strict', () => source ?? newBytes(bytes.slice()));
  const codec = textCodec(t, encoding, 'decode');
  const result = runCodec(t, codec, encoding, source ?? newBytes(bytes.slice()), errors, 'decoder');
  return asStr(result) ?? raiseTypeError(`'${encoding}' decoder returned '${typeName(result)}' instead of 'str'; use codecs.decode() to decode to arbitrary types`);
}
