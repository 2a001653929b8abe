/** Opcodes that push numbers, strings and bytes, and those of the memo and the out-of-band buffers. */
import type { Thread } from '../../core/thread.ts';
import type { Int, Value } from '../../core/value.ts';
import { decodeBytesEscape, decodeRawUnicodeEscape } from '../../objects/algorithms/codecs/escapes.ts';
import { parseFloatText } from '../../objects/algorithms/float-repr.ts';
import { intFromBytes, parseIntText } from '../../objects/algorithms/int-format.ts';
import { decodeBytes } from '../../objects/codec-registry.ts';
import { decodeCallback } from '../../objects/codec-errors.ts';
import { call } from '../../objects/call.ts';
import { iterNext } from '../../objects/iterate.ts';
import { newByteArray, newBytes, newFloat } from '../../objects/make.ts';
import { memoryViewOf, newMemoryView } from '../../objects/memoryview.ts';
import { liveView } from '../../objects/buffer.ts';
import { raiseOverflowError, raiseValueError } from '../../objects/raise.ts';
import { raiseUnpickling } from './errors.ts';
import { OP } from './opcodes.ts';
import type { PyUnpickler } from './unpickler-record.ts';

/** Runs one opcode. */
export type LoadFunction = (t: Thread, u: PyUnpickler) => void;

const BIGGEST = Number.MAX_SAFE_INTEGER;
const NO_DIGIT_LIMIT = 0;
/** Texts up to this length are put together here: shorter than the way into the host's decoder. */
const SHORT_TEXT = 24;

function parseInteger(text: string): Int {
  const value = parseIntText(text, 10, NO_DIGIT_LIMIT);
  return typeof value === 'object' || typeof value === 'string' ? raiseValueError('could not convert string to int') : value;
}

function loadInt(t: Thread, u: PyUnpickler): void {
  const text = u.reader.fullLine(t);
  if (text === '00' || text === '01') u.stack.push(text === '01');
  else u.stack.push(parseInteger(text));
}

function loadLong(t: Thread, u: PyUnpickler): void {
  const text = u.reader.fullLine(t);
  u.stack.push(parseInteger(text.endsWith('L') ? text.slice(0, -1) : text));
}

function pushCountedLong(t: Thread, u: PyUnpickler, length: number): void {
  if (length < 0) raiseUnpickling('LONG pickle has negative byte count');
  u.stack.push(length === 0 ? 0 : intFromBytes(u.reader.take(t, length), { littleEndian: true, signed: true }));
}

function loadFloat(t: Thread, u: PyUnpickler): void {
  const text = u.reader.fullLine(t);
  const value = /^\s|_|\s$/.test(text) ? undefined : parseFloatText(text);
  u.stack.push(newFloat(value ?? raiseValueError('could not convert string to float')));
}

function loadBinFloat(t: Thread, u: PyUnpickler): void {
  const { reader } = u;
  reader.need(t, 8);
  u.stack.push(newFloat(reader.view.getFloat64(reader.position)));
  reader.position += 8;
}

/** A str of Python 2: decoded, or left as bytes. */
function pushOldString(t: Thread, u: PyUnpickler, bytes: Uint8Array): void {
  u.stack.push(u.encoding === 'bytes' ? newBytes(bytes.slice()) : decodeBytes(t, bytes, u.encoding, u.errors));
}

function loadString(t: Thread, u: PyUnpickler): void {
  const line = Buffer.from(u.reader.line(t));
  const end = line.length;
  const quote = line[0];
  if (end < 2 || quote !== line[end - 1] || (quote !== 0x27 && quote !== 0x22)) raiseUnpickling('the STRING opcode argument must be quoted');
  const decoded = decodeBytesEscape(line.subarray(1, end - 1), 'strict');
  if (decoded.failure !== undefined) raiseValueError(decoded.failure);
  pushOldString(t, u, decoded.bytes);
}

function pushBinString(t: Thread, u: PyUnpickler, length: number): void {
  if (length < 0) raiseUnpickling('BINSTRING pickle has negative byte count');
  pushOldString(t, u, u.reader.take(t, length));
}

function loadUnicode(t: Thread, u: PyUnpickler): void {
  const line = u.reader.line(t).slice();
  u.stack.push(decodeRawUnicodeEscape(line, decodeCallback(t, line, 'strict', () => newBytes(line)), true).text);
}

/** UTF-8 text of `length` bytes. @hot most strings are short names */
function pushUtf8(t: Thread, u: PyUnpickler, length: number): void {
  const { reader } = u;
  reader.need(t, length);
  const { bytes, position } = reader;
  reader.position = position + length;
  if (length <= SHORT_TEXT) {
    let text = '';
    let i = position;
    for (; i < reader.position && bytes[i]! < 128; i++) text += String.fromCharCode(bytes[i]!);
    if (i === reader.position) {
      u.stack.push(text);
      return;
    }
  }
  u.stack.push(decodeBytes(t, bytes.subarray(position, position + length), 'utf-8', 'surrogatepass'));
}

function checkSize(length: number, what: string): number {
  return length > BIGGEST ? raiseOverflowError(`${what} exceeds system's maximum size of 9223372036854775807 bytes`) : length;
}

function pushBytes(t: Thread, u: PyUnpickler, length: number): void {
  u.stack.push(newBytes(u.reader.take(t, checkSize(length, 'BINBYTES')).slice()));
}

function loadByteArray(t: Thread, u: PyUnpickler): void {
  u.stack.push(newByteArray(u.reader.take(t, checkSize(u.reader.u64(t), 'BYTEARRAY8')).slice()));
}

// Memo

function memoIndex(t: Thread, u: PyUnpickler): number {
  const index = parseInteger(u.reader.fullLine(t));
  return typeof index === 'number' ? index : raiseOverflowError('Python int too large to convert to C ssize_t');
}

/** @hot */
function pushMemo(u: PyUnpickler, index: number): void {
  const value = index < u.memo.length ? u.memo[index] : undefined;
  if (value === undefined) raiseUnpickling(`Memo value not found at index ${index}`);
  u.stack.push(value);
}

function loadPut(t: Thread, u: PyUnpickler): void {
  const value = u.top();
  const index = memoIndex(t, u);
  if (index < 0) raiseValueError('negative PUT argument');
  u.memo[index] = value;
}

// Buffers beside the stream

function loadNextBuffer(t: Thread, u: PyUnpickler): void {
  if (u.buffers === null) raiseUnpickling('pickle stream refers to out-of-band data but no *buffers* argument was given');
  const buffer = iterNext(t, u.buffers);
  if (buffer === undefined) raiseUnpickling('not enough out-of-band buffers');
  u.stack.push(buffer);
}

function loadReadOnlyBuffer(t: Thread, u: PyUnpickler): void {
  const buffer = u.top();
  const view = memoryViewOf(t, buffer);
  if (!liveView(view).readOnly) u.stack[u.stack.length - 1] = newMemoryView({ ...liveView(view), readOnly: true });
}

// Persistent objects

function pushPersistent(t: Thread, u: PyUnpickler, id: Value): void {
  if (u.persistentLoad === undefined) {
    raiseUnpickling('A load persistent id instruction was encountered, but no persistent_load function was specified.');
  }
  u.stack.push(call(t, u.persistentLoad, [id]));
}

function loadPersistentId(t: Thread, u: PyUnpickler): void {
  const text = u.reader.textLine(t);
  if (/[^\0-\x7f]/.test(text)) raiseUnpickling('persistent IDs in protocol 0 must be ASCII strings');
  pushPersistent(t, u, text);
}

/** The opcodes of this file. */
export const VALUE_OPCODES: readonly (readonly [opcode: number, load: LoadFunction])[] = [
  [OP.NONE, (_t, u) => void u.stack.push(null)],
  [OP.NEWTRUE, (_t, u) => void u.stack.push(true)],
  [OP.NEWFALSE, (_t, u) => void u.stack.push(false)],
  [OP.INT, loadInt],
  [OP.LONG, loadLong],
  [OP.BININT, (t, u) => void u.stack.push(u.reader.i32(t))],
  [OP.BININT1, (t, u) => void u.stack.push(u.reader.u8(t))],
  [OP.BININT2, (t, u) => void u.stack.push(u.reader.u16(t))],
  [OP.LONG1, (t, u) => pushCountedLong(t, u, u.reader.u8(t))],
  [OP.LONG4, (t, u) => pushCountedLong(t, u, u.reader.i32(t))],
  [OP.FLOAT, loadFloat],
  [OP.BINFLOAT, loadBinFloat],
  [OP.STRING, loadString],
  [OP.BINSTRING, (t, u) => pushBinString(t, u, u.reader.i32(t))],
  [OP.SHORT_BINSTRING, (t, u) => pushBinString(t, u, u.reader.u8(t))],
  [OP.UNICODE, loadUnicode],
  [OP.SHORT_BINUNICODE, (t, u) => pushUtf8(t, u, u.reader.u8(t))],
  [OP.BINUNICODE, (t, u) => pushUtf8(t, u, u.reader.u32(t))],
  [OP.BINUNICODE8, (t, u) => pushUtf8(t, u, checkSize(u.reader.u64(t), 'BINUNICODE'))],
  [OP.SHORT_BINBYTES, (t, u) => pushBytes(t, u, u.reader.u8(t))],
  [OP.BINBYTES, (t, u) => pushBytes(t, u, u.reader.u32(t))],
  [OP.BINBYTES8, (t, u) => pushBytes(t, u, u.reader.u64(t))],
  [OP.BYTEARRAY8, loadByteArray],
  [OP.NEXT_BUFFER, loadNextBuffer],
  [OP.READONLY_BUFFER, loadReadOnlyBuffer],
  [OP.GET, (t, u) => pushMemo(u, memoIndex(t, u))],
  [OP.BINGET, (t, u) => pushMemo(u, u.reader.u8(t))],
  [OP.LONG_BINGET, (t, u) => pushMemo(u, u.reader.u32(t))],
  [OP.PUT, loadPut],
  [OP.BINPUT, (t, u) => { const value = u.top(); u.memo[u.reader.u8(t)] = value; }],
  [OP.LONG_BINPUT, (t, u) => { const value = u.top(); u.memo[u.reader.u32(t)] = value; }],
  [OP.MEMOIZE, (_t, u) => void u.memo.push(u.top())],
  [OP.PERSID, loadPersistentId],
  [OP.BINPERSID, (t, u) => pushPersistent(t, u, u.pop())],
];
