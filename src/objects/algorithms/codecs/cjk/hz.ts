/** HZ: GB 2312 in seven bits, between `~{` and `~}` (RFC 1843). Source: CPython Modules/cjkcodecs/_codecs_cn.c. */
import type { ByteSink } from '../errors.ts';
import { gb2312 } from './character-set.ts';
import { INCOMPLETE, NOTHING, type CodecState, type MultibyteCodec } from './codec.ts';

const TILDE = 0x7e;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const LINE_FEED = 0x0a;
/** Byte of the state: 1 within Chinese. */
const CHINESE = 0;

function escape(second: number, state: CodecState): number {
  const chinese = state.bytes[CHINESE] === 1;
  state.character = NOTHING;
  if (second === TILDE && !chinese) state.character = TILDE;
  else if (second === OPEN && !chinese) state.bytes[CHINESE] = 1;
  else if (second === CLOSE && chinese) state.bytes[CHINESE] = 0;
  else if (second !== LINE_FEED || chinese) return -1;
  return 2;
}

function decodeOne(bytes: Uint8Array, at: number, state: CodecState): number {
  const first = bytes[at]!;
  const second = bytes[at + 1];
  if (first === TILDE) return second === undefined ? INCOMPLETE : escape(second, state);
  if (first >= 128) return -1;
  if (state.bytes[CHINESE] === 0) {
    state.character = first;
    return 1;
  }
  if (second === undefined) return INCOMPLETE;
  const character = second >= 128 ? 0 : gb2312().decode[((first << 8) | second) + 0x8080]!;
  if (character === 0) return -1;
  state.character = character;
  return 2;
}

function encodeOne(character: number, sink: ByteSink, state: CodecState): boolean {
  if (character < 128) {
    endEncoding(sink, state);
    sink.push(character);
    if (character === TILDE) sink.push(TILDE);
    return true;
  }
  const code = character < 0x10000 ? gb2312().encode[character]! : 0;
  if (code === 0) return false;
  if (state.bytes[CHINESE] === 0) sink.pushAll(Uint8Array.of(TILDE, OPEN));
  state.bytes[CHINESE] = 1;
  sink.pushAll(Uint8Array.of((code >> 8) & 0x7f, code & 0x7f));
  return true;
}

function endEncoding(sink: ByteSink, state: CodecState): void {
  if (state.bytes[CHINESE] === 1) sink.pushAll(Uint8Array.of(TILDE, CLOSE));
  state.bytes[CHINESE] = 0;
}

function start(state: CodecState): void {
  state.bytes.fill(0);
}

/** The codec. */
export const HZ_CODEC: MultibyteCodec = { name: 'hz', ascii: false, decodeOne, encodeOne, startDecoding: start, startEncoding: start, endEncoding };
