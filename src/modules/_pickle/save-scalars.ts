/** Pickling numbers, strings, bytes and buffers (save_long, save_float, save_unicode, save_bytes, save_picklebuffer in Modules/_pickle.c). */
import { PyByteArray, PyBytes } from '../../core/scalars.ts';
import type { Thread } from '../../core/thread.ts';
import type { Int } from '../../core/value.ts';
import { encodeRawUnicodeEscape } from '../../objects/algorithms/codecs/escapes.ts';
import { floatRepr } from '../../objects/algorithms/float-repr.ts';
import { intBitLength } from '../../objects/algorithms/int-arith.ts';
import { intToBytes, intToText } from '../../objects/algorithms/int-format.ts';
import { call } from '../../objects/call.ts';
import { encodeText } from '../../objects/codec-registry.ts';
import { EMPTY_TUPLE, newBytes, newTuple } from '../../objects/make.ts';
import { raiseOverflowError } from '../../objects/raise.ts';
import { BYTEARRAY_TYPE, BYTES_TYPE } from '../../objects/static-types.ts';
import { isTrue } from '../../objects/truth.ts';
import { raisePickling } from './errors.ts';
import { pickleState } from './globals.ts';
import { OP } from './opcodes.ts';
import { pickleBufferView, rawBytes, type PyPickleBuffer } from './pickle-buffer.ts';
import { memoPut, type PyPickler } from './pickler-record.ts';
import { saveReduce } from './save-reduce.ts';
import { plainUtf8, type PickleWriter } from './writer.ts';

const TWO_32 = 4294967296;

/** True and False. */
export function saveBool(p: PyPickler, value: boolean): void {
  if (p.protocol >= 2) p.writer.u8(value ? OP.NEWTRUE : OP.NEWFALSE);
  else p.writer.latin1(value ? 'I01\n' : 'I00\n');
}

/** An exact int. @hot */
export function saveInt(p: PyPickler, value: Int): void {
  const { writer } = p;
  if (typeof value === 'number' && (value | 0) === value) {
    if (p.bin === 0) writer.latin1(`I${value}\n`);
    else if (value < 0 || value > 0xffff) writer.opU32(OP.BININT, value);
    else if (value > 0xff) writer.opU16(OP.BININT2, value);
    else writer.opU8(OP.BININT1, value);
  } else if (p.protocol >= 2) saveLong(writer, value);
  else writer.latin1(`L${intToText(value)}L\n`);
}

/** LONG1 or LONG4 and the two's complement in as few bytes as hold it. */
function saveLong(writer: PickleWriter, value: Int): void {
  const magnitude = value < 0 ? ~BigInt(value) : value;
  const length = (intBitLength(magnitude) >> 3) + 1;
  const bytes = intToBytes(value, length, { littleEndian: true, signed: true }) as Uint8Array;
  if (length < 256) writer.opU8(OP.LONG1, length);
  else if (length < 2 ** 31) writer.opU32(OP.LONG4, length);
  else raiseOverflowError('int too large to pickle');
  writer.append(bytes);
}

/** An exact float. */
export function saveFloat(p: PyPickler, value: number): void {
  if (p.bin !== 0) p.writer.double(value);
  else p.writer.latin1(`F${floatRepr(value)}\n`);
}

/** A str. @hot */
export function saveStr(t: Thread, p: PyPickler, text: string): void {
  if (p.bin === 0) {
    p.writer.u8(OP.UNICODE);
    p.writer.append(escapeText(text));
    p.writer.latin1('\n');
  } else if (p.protocol < 4 || !p.writer.shortAscii(text)) saveUtf8(t, p, text);
  memoPut(p, text);
}

/** `raw-unicode-escape` with the characters escaped that a line or its reader would lose. */
function escapeText(text: string): Uint8Array {
  const bytes = encodeRawUnicodeEscape(text);
  if (!/[\\\0\n\r\x1a]/.test(text)) return bytes;
  const parts: string[] = [];
  for (const character of text) {
    const unit = character.codePointAt(0)!;
    const special = character === '\\' || character === '\0' || character === '\n' || character === '\r' || character === '\x1a';
    if (special) parts.push(`\\u${unit.toString(16).padStart(4, '0')}`);
    else parts.push(Buffer.from(encodeRawUnicodeEscape(character)).toString('latin1'));
  }
  return Buffer.from(parts.join(''), 'latin1');
}

function saveUtf8(t: Thread, p: PyPickler, text: string): void {
  const bytes = plainUtf8(text) ?? encodeText(t, text, 'utf-8', 'surrogatepass');
  const { length } = bytes;
  const header = (writer: PickleWriter): void => {
    if (length <= 0xff && p.protocol >= 4) writer.opU8(OP.SHORT_BINUNICODE, length);
    else if (length < TWO_32) writer.opU32(OP.BINUNICODE, length);
    else if (p.protocol >= 4) writer.opU64(OP.BINUNICODE8, length);
    else raiseOverflowError('serializing a string larger than 4 GiB requires pickle protocol 4 or higher');
  };
  p.writer.payload(header, bytes);
}

function saveBytesData(p: PyPickler, bytes: Uint8Array): void {
  const { length } = bytes;
  const header = (writer: PickleWriter): void => {
    if (length <= 0xff) writer.opU8(OP.SHORT_BINBYTES, length);
    else if (length < TWO_32) writer.opU32(OP.BINBYTES, length);
    else if (p.protocol >= 4) writer.opU64(OP.BINBYTES8, length);
    else raiseOverflowError('serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher');
  };
  p.writer.payload(header, bytes);
}

/** An exact bytes object; protocols before 3 know none, and call a function that makes it. */
export function saveBytes(t: Thread, p: PyPickler, value: PyBytes): void {
  if (p.protocol >= 3) {
    saveBytesData(p, value.value);
    memoPut(p, value);
    return;
  }
  if (value.value.length === 0) return saveReduce(t, p, newTuple([BYTES_TYPE, EMPTY_TUPLE]), value);
  const text = Buffer.from(value.value.buffer, value.value.byteOffset, value.value.length).toString('latin1');
  return saveReduce(t, p, newTuple([pickleState(t).encode, newTuple([text, 'latin1'])]), value);
}

function saveByteArrayData(p: PyPickler, bytes: Uint8Array): void {
  p.writer.payload((writer) => writer.opU64(OP.BYTEARRAY8, bytes.length), bytes);
}

/** An exact bytearray. */
export function saveByteArray(t: Thread, p: PyPickler, value: PyByteArray): void {
  if (p.protocol >= 5) {
    saveByteArrayData(p, value.value);
    memoPut(p, value);
    return;
  }
  const args = value.length === 0 ? EMPTY_TUPLE : newTuple([newBytes(value.value.slice())]);
  saveReduce(t, p, newTuple([BYTEARRAY_TYPE, args]), value);
}

/** A PickleBuffer: in the stream, or beside it when the buffer callback takes it. */
export function savePickleBuffer(t: Thread, p: PyPickler, value: PyPickleBuffer): void {
  if (p.protocol < 5) raisePickling('PickleBuffer can only be pickled with protocol >= 5');
  const view = pickleBufferView(value);
  const bytes = rawBytes(view) ?? raisePickling('PickleBuffer can not be pickled when pointing to a non-contiguous buffer');
  const inBand = p.bufferCallback === null || isTrue(t, call(t, p.bufferCallback, [value]));
  if (inBand) {
    if (view.readOnly) saveBytesData(p, bytes);
    else saveByteArrayData(p, bytes);
    memoPut(p, value);
    return;
  }
  p.writer.u8(OP.NEXT_BUFFER);
  if (view.readOnly) p.writer.u8(OP.READONLY_BUFFER);
}
