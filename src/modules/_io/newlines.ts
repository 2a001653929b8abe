/** Newline translation: the state machine, and `IncrementalNewlineDecoder` over it (Modules/_io/textio.c). */
import { PyTuple } from '../../core/containers.ts';
import { NativeDefinition } from '../../core/native.ts';
import { PyBytes } from '../../core/scalars.ts';
import type { KeywordNames } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Int, type Maybe, type Value } from '../../core/value.ts';
import { callMethod } from '../../objects/call.ts';
import { normalizeInt } from '../../objects/algorithms/int-arith.ts';
import { newBytes, newTuple } from '../../objects/make.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { isTrue } from '../../objects/truth.ts';
import { readyType } from '../../objects/type-ready.ts';
import { asInt, asStr } from '../../objects/type-of.ts';

const SEEN_CR = 1;
const SEEN_LF = 2;
const SEEN_CRLF = 4;

/** Translates `\r\n` and `\r` where asked to, and notes which kinds of newlines there were. */
export class NewlineState {
  readonly translate: boolean;
  pendingCr = false;
  seen = 0;

  constructor(translate: boolean) {
    this.translate = translate;
  }

  /** A trailing `\r` is kept back until the next call unless `final`, so that `\r\n` is seen as one. */
  feed(input: string, final: boolean): string {
    let text = input;
    if (this.pendingCr && (text !== '' || final)) {
      text = `\r${text}`;
      this.pendingCr = false;
    }
    if (!final && text.endsWith('\r')) {
      text = text.slice(0, -1);
      this.pendingCr = true;
    }
    if (!text.includes('\r')) {
      if ((this.seen & SEEN_LF) === 0 && text.includes('\n')) this.seen |= SEEN_LF;
      return text;
    }
    this.note(text);
    return this.translate ? text.replace(/\r\n?/g, '\n') : text;
  }

  private note(text: string): void {
    if (text.includes('\r\n')) this.seen |= SEEN_CRLF;
    if (/\r(?!\n)/.test(text)) this.seen |= SEEN_CR;
    if (/(?<!\r)\n/.test(text)) this.seen |= SEEN_LF;
  }

  /** The `newlines` attribute: None, a str, or a tuple of str. */
  get newlines(): Value {
    const kinds: Value[] = [];
    if (this.seen & SEEN_CR) kinds.push('\r');
    if (this.seen & SEEN_LF) kinds.push('\n');
    if (this.seen & SEEN_CRLF) kinds.push('\r\n');
    return kinds.length === 0 ? null : kinds.length === 1 ? kinds[0]! : newTuple(kinds);
  }
}

/** `_io.IncrementalNewlineDecoder`. */
class PyNewlineDecoder extends PyObject {
  decoder: Value = null;
  errors: Value = 'strict';
  /** Null until `__init__`. */
  state: NewlineState | null = null;
}

function stateOf(self: PyNewlineDecoder): NewlineState {
  return self.state ?? raiseValueError('IncrementalNewlineDecoder.__init__() not called');
}

/** The type. */
export const NEWLINE_DECODER_TYPE = staticType('IncrementalNewlineDecoder', { module: '_io', baseType: true });

const INIT = new NativeDefinition('IncrementalNewlineDecoder', () => null, "(decoder, translate, errors='strict')", '', 'method');

function decoder_init(t: Thread, self: PyNewlineDecoder, args: Value[], keywords: KeywordNames): void {
  const [decoder, translate, errors] = bindArguments(INIT, 'IncrementalNewlineDecoder', null, false, args, keywords) as [Value, Value, Maybe];
  self.decoder = decoder;
  self.errors = errors === undefined ? 'strict' : errors;
  self.state = new NewlineState(isTrue(t, translate));
}

function decoder_decode(t: Thread, self: PyNewlineDecoder, input: Value, final?: Value): Value {
  const newlines = stateOf(self);
  const isFinal = final !== undefined && isTrue(t, final);
  const output = self.decoder === null ? input : callMethod(t, self.decoder, 'decode', input, isFinal);
  const text = asStr(output);
  if (text === undefined) raiseTypeError(`decoder should return a string result, not '${typeName(output)}'`);
  return newlines.feed(text, isFinal);
}

function decoder_getstate(t: Thread, self: PyNewlineDecoder): Value {
  const newlines = stateOf(self);
  let buffer: Value = newBytes(new Uint8Array(0));
  let flag: Int = 0;
  if (self.decoder !== null) {
    const state = callMethod(t, self.decoder, 'getstate');
    if (!(state instanceof PyTuple)) raiseTypeError('illegal decoder state');
    if (!(state.items[0] instanceof PyBytes)) raiseTypeError(`illegal decoder state: the first item should be a bytes object, not '${typeName(state.items[0]!)}'`);
    buffer = state.items[0];
    flag = asInt(state.items[1]) ?? raiseTypeError('illegal decoder state');
  }
  return newTuple([buffer, normalizeInt((BigInt(flag) << 1n) | (newlines.pendingCr ? 1n : 0n))]);
}

function decoder_setstate(t: Thread, self: PyNewlineDecoder, state: Value): Value {
  const newlines = stateOf(self);
  if (!(state instanceof PyTuple)) raiseTypeError('state argument must be a tuple');
  const flag = BigInt(asInt(state.items[1]) ?? raiseTypeError('illegal decoder state'));
  newlines.pendingCr = (flag & 1n) === 1n;
  return self.decoder === null ? null : callMethod(t, self.decoder, 'setstate', newTuple([state.items[0]!, normalizeInt(flag >> 1n)]));
}

function decoder_reset(t: Thread, self: PyNewlineDecoder): Value {
  const newlines = stateOf(self);
  newlines.seen = 0;
  newlines.pendingCr = false;
  return self.decoder === null ? null : callMethod(t, self.decoder, 'reset');
}

readyType(NEWLINE_DECODER_TYPE, {
  doc: 'Codec used when reading a file in universal newlines mode.',
  textSignature: "(decoder, translate, errors='strict')",
  slots: { tp_alloc: (type) => new PyNewlineDecoder(type), tp_new: (_t, type) => new PyNewlineDecoder(type), tp_init: decoder_init },
  methods: {
    decode: [decoder_decode, '($self, /, input, final=False)', ''],
    getstate: [decoder_getstate, '($self, /)', ''],
    setstate: [decoder_setstate, '($self, state, /)', ''],
    reset: [decoder_reset, '($self, /)', ''],
  },
  getset: { newlines: { get: (_t, self) => stateOf(self as PyNewlineDecoder).newlines } },
});

/** Checks a `newline` argument: None or one of the four; anything else raises as `io.open` does. */
export function newlineArgument(t: Thread, value: Maybe): string | null {
  void t;
  if (value === undefined || value === null) return null;
  const text = asStr(value);
  if (text === undefined) raiseTypeError(`newline must be str or None, not ${typeName(value)}`);
  return text;
}

/** Whether a newline text is one that `open` knows. */
export function isNewline(text: string | null): boolean {
  return text === null || text === '' || text === '\n' || text === '\r' || text === '\r\n';
}

/** Where the first line of `text` from unit `from` on ends (exclusive), or -1: for universal newlines without translation all three kinds count. */
export function lineEnd(text: string, from: number, newline: string | null, translated: boolean): number {
  if (translated || newline === '\n') {
    const at = text.indexOf('\n', from);
    return at < 0 ? -1 : at + 1;
  }
  if (newline === null || newline === '') {
    const lf = text.indexOf('\n', from);
    const cr = text.indexOf('\r', from);
    if (cr < 0 || (lf >= 0 && lf < cr)) return lf < 0 ? -1 : lf + 1;
    return text[cr + 1] === '\n' ? cr + 2 : cr + 1;
  }
  const at = text.indexOf(newline, from);
  return at < 0 ? -1 : at + newline.length;
}
