/** Incremental decoding and encoding for TextIOWrapper: UTF-8, ASCII and Latin-1 here, every other codec through its own incremental objects. */
import { PyTuple } from '../../core/containers.ts';
import { PyBytes } from '../../core/scalars.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import type { Decoded, DecodeErrorCallback } from '../../objects/algorithms/codecs/errors.ts';
import { decodeAscii, decodeLatin1 } from '../../objects/algorithms/codecs/single-byte.ts';
import { decodeUtf8 } from '../../objects/algorithms/codecs/utf8.ts';
import { getAttr, lookupAttr } from '../../objects/attributes.ts';
import { requireBytesLike } from '../../objects/buffer.ts';
import { call, callMethod } from '../../objects/call.ts';
import { decodeCallback } from '../../objects/codec-errors.ts';
import { encodeText, lookupCodec, normalizeEncoding } from '../../objects/codec-registry.ts';
import { LookupError } from '../../objects/exception-types.ts';
import { newBytes, newTuple } from '../../objects/make.ts';
import { raise, raiseTypeError, typeName } from '../../objects/raise.ts';
import { isWellFormed } from '../../objects/algorithms/str-code-points.ts';
import { strRepr } from '../../objects/algorithms/str-repr.ts';
import { asInt, asStr } from '../../objects/type-of.ts';

/** A decoder with state: bytes that it keeps back, and flags. */
export interface IncrementalDecoder {
  decode(bytes: Uint8Array, final: boolean): string;
  getState(): { kept: Uint8Array; flags: number };
  setState(kept: Uint8Array, flags: number): void;
}

/** An encoder with state. */
export interface IncrementalEncoder {
  encode(text: string): Uint8Array;
  /** Whether `encode` of this text is the same alone or as a part of a longer text, and cannot fail: such text may wait unencoded. */
  canWait(text: string): boolean;
  /** To the start of a stream, or to the middle (no byte order mark). */
  reset(middle: boolean): void;
}

/** Codecs done here. */
export type DirectCodec = 'utf-8' | 'ascii' | 'latin-1';

const DIRECT: ReadonlyMap<string, DirectCodec> = new Map([
  ['utf_8', 'utf-8'], ['utf8', 'utf-8'], ['ascii', 'ascii'], ['us_ascii', 'ascii'], ['latin_1', 'latin-1'], ['latin1', 'latin-1'], ['iso_8859_1', 'latin-1'], ['iso8859_1', 'latin-1'],
]);

/** The direct codec of an encoding name. */
export function directCodec(encoding: string): DirectCodec | undefined {
  return DIRECT.get(normalizeEncoding(encoding));
}

type DirectDecode = (bytes: Uint8Array, onError: DecodeErrorCallback, final: boolean) => Decoded;

const DECODERS: Readonly<Record<DirectCodec, DirectDecode>> = { 'utf-8': decodeUtf8, ascii: decodeAscii, 'latin-1': decodeLatin1 };

class DirectDecoder implements IncrementalDecoder {
  private readonly t: Thread;
  private readonly run: DirectDecode;
  private readonly errors: string;
  private kept: Uint8Array = new Uint8Array(0);

  constructor(t: Thread, codec: DirectCodec, errors: string) {
    this.t = t;
    this.run = DECODERS[codec];
    this.errors = errors;
  }

  decode(bytes: Uint8Array, final: boolean): string {
    const input = this.kept.length === 0 ? bytes : new Uint8Array(Buffer.concat([this.kept, bytes]));
    const { text, consumed } = this.run(input, decodeCallback(this.t, input, this.errors, () => newBytes(input.slice())), final);
    this.kept = consumed < input.length ? input.slice(consumed) : this.kept.length === 0 ? this.kept : new Uint8Array(0);
    return text;
  }

  getState(): { kept: Uint8Array; flags: number } {
    return { kept: this.kept, flags: 0 };
  }

  setState(kept: Uint8Array): void {
    this.kept = kept;
  }
}

class ForeignDecoder implements IncrementalDecoder {
  private readonly t: Thread;
  private readonly object: Value;

  constructor(t: Thread, object: Value) {
    this.t = t;
    this.object = object;
  }

  decode(bytes: Uint8Array, final: boolean): string {
    const result = callMethod(this.t, this.object, 'decode', newBytes(bytes), final);
    return asStr(result) ?? raiseTypeError(`decoder should return a string result, not '${typeName(result)}'`);
  }

  getState(): { kept: Uint8Array; flags: number } {
    const state = callMethod(this.t, this.object, 'getstate');
    if (!(state instanceof PyTuple) || !(state.items[0] instanceof PyBytes)) raiseTypeError('illegal decoder state');
    return { kept: state.items[0].value, flags: Number(asInt(state.items[1]) ?? 0) };
  }

  setState(kept: Uint8Array, flags: number): void {
    if (kept.length === 0 && flags === 0) callMethod(this.t, this.object, 'reset');
    else callMethod(this.t, this.object, 'setstate', newTuple([newBytes(kept), flags]));
  }
}

class DirectEncoder implements IncrementalEncoder {
  private readonly t: Thread;
  private readonly codec: DirectCodec;
  private readonly errors: string;

  constructor(t: Thread, codec: DirectCodec, errors: string) {
    this.t = t;
    this.codec = codec;
    this.errors = errors;
  }

  encode(text: string): Uint8Array {
    return encodeText(this.t, text, this.codec, this.errors);
  }

  canWait(text: string): boolean {
    if (this.codec === 'utf-8') return isWellFormed(text);
    return this.codec === 'ascii' ? /^[\0-\x7f]*$/.test(text) : /^[\0-\xff]*$/.test(text);
  }

  reset(): void {}
}

class ForeignEncoder implements IncrementalEncoder {
  private readonly t: Thread;
  private readonly object: Value;

  constructor(t: Thread, object: Value) {
    this.t = t;
    this.object = object;
  }

  encode(text: string): Uint8Array {
    return requireBytesLike(this.t, callMethod(this.t, this.object, 'encode', text)).slice();
  }

  canWait(): boolean {
    return false;
  }

  reset(middle: boolean): void {
    if (middle) callMethod(this.t, this.object, 'setstate', 0);
    else callMethod(this.t, this.object, 'reset');
  }
}

/** Refuses encodings that are unknown or no text encodings. */
export function checkTextEncoding(t: Thread, encoding: string): void {
  if (directCodec(encoding) !== undefined) return;
  const codec = lookupCodec(t, encoding);
  if (lookupAttr(t, codec, '_is_text_encoding') === false) raise(LookupError, `${strRepr(encoding)} is not a text encoding; use codecs.open() to handle arbitrary codecs`);
}

/** A decoder for `encoding`. */
export function makeDecoder(t: Thread, encoding: string, errors: string): IncrementalDecoder {
  const codec = directCodec(encoding);
  if (codec !== undefined) return new DirectDecoder(t, codec, errors);
  return new ForeignDecoder(t, call(t, getAttr(t, lookupCodec(t, encoding), 'incrementaldecoder'), [errors]));
}

/** An encoder for `encoding`. */
export function makeEncoder(t: Thread, encoding: string, errors: string): IncrementalEncoder {
  const codec = directCodec(encoding);
  if (codec !== undefined) return new DirectEncoder(t, codec, errors);
  return new ForeignEncoder(t, call(t, getAttr(t, lookupCodec(t, encoding), 'incrementalencoder'), [errors]));
}

/** Whether text files that are opened without an encoding are warned of (PEP 597). */
export function warnsOfDefaultEncoding(t: Thread): boolean {
  const { xoptions, environment } = t.interpreter.config;
  return xoptions.has('warn_default_encoding') || (environment.PYTHONWARNDEFAULTENCODING ?? '') !== '';
}
