/**
 * `marshal` (Python/marshal.c, version 5). Code objects are written in a format of Ladon's own behind the type code `c`: other Pythons cannot read
 * them, nor does Ladon read theirs, as bytecode is no part of the language.
 */
import { HashTable, PyDict, PyList, PySet, PyTuple } from '../core/containers.ts';
import { PyCode } from '../core/function.ts';
import { PySlice } from '../core/range.ts';
import { PyBytes, PyComplex, PyFloat } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { CorruptCodeError, decodeWholeCode, encodeCode } from '../bytecode/serialise.ts';
import { getBuffer, requireBytesLike, viewBytes } from '../objects/buffer.ts';
import { callMethod } from '../objects/call.ts';
import { newCode } from '../objects/code.ts';
import { decodeBytes, encodeText } from '../objects/codec-registry.ts';
import { EOFError } from '../objects/exception-types.ts';
import { tableKeys, tableSet } from '../objects/hash-table.ts';
import { normalizeInt } from '../objects/algorithms/int-arith.ts';
import { ELLIPSIS, newBytes, newComplex, newDict, newFloat, newFrozenSet, newList, newSet, newTuple } from '../objects/make.ts';
import { intArgument } from '../objects/native-arguments.ts';
import { raise, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { newSlice } from '../objects/slice.ts';
import {
  COMPLEX_TYPE, DICT_TYPE, FLOAT_TYPE, FROZENSET_TYPE, LIST_TYPE, SET_TYPE, TUPLE_TYPE, TYPE_TYPE,
} from '../objects/static-types.ts';
import { isTrue } from '../objects/truth.ts';
import type { NativeModule } from './native-module.ts';

const VERSION = 5;
const MAX_DEPTH = 2000;
const FLAG_REF = 0x80;
const code = (letter: string): number => letter.charCodeAt(0);

/** Bytes of one `dumps`. */
class Writer {
  readonly t: Thread;
  readonly version: number;
  readonly allowCode: boolean;
  private readonly out: number[] = [];
  private readonly chunks: Uint8Array[] = [];
  private readonly seen = new Map<Value, number>();
  private depth = 0;

  constructor(t: Thread, version: number, allowCode: boolean) {
    this.t = t;
    this.version = version;
    this.allowCode = allowCode;
  }

  finish(): Uint8Array {
    this.flush();
    return new Uint8Array(Buffer.concat(this.chunks));
  }

  private flush(): void {
    if (this.out.length > 0) this.chunks.push(Uint8Array.from(this.out));
    this.out.length = 0;
  }

  private int32(value: number): void {
    this.out.push(value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255);
  }

  private bytes(bytes: Uint8Array): void {
    this.flush();
    this.chunks.push(bytes.slice());
  }

  private double(value: number): void {
    this.out.push(...new Uint8Array(new Float64Array([value]).buffer));
  }

  /** True when the object was written before and a reference stands for it; else its number is reserved, and the type code is to be flagged. */
  private reference(value: Value): boolean {
    if (this.version < 3) return false;
    const known = this.seen.get(value);
    if (known === undefined) {
      this.seen.set(value, this.seen.size);
      return false;
    }
    this.out.push(code('r'));
    this.int32(known);
    return true;
  }

  private tag(letter: string, flagged: boolean): void {
    this.out.push(code(letter) | (flagged && this.version >= 3 ? FLAG_REF : 0));
  }

  write(value: Value): void {
    if (++this.depth > MAX_DEPTH) raiseValueError('object too deeply nested to marshal');
    if (!this.writeScalar(value)) this.writeObject(value);
    this.depth--;
  }

  private writeScalar(value: Value): boolean {
    if (value === null) this.tag('N', false);
    else if (typeof value === 'boolean') this.tag(value ? 'T' : 'F', false);
    else if (typeof value === 'number' || typeof value === 'bigint') this.writeInt(value);
    else if (typeof value === 'string') this.writeStr(value);
    else if (value === ELLIPSIS) this.tag('.', false);
    else return false;
    return true;
  }

  private writeInt(value: number | bigint): void {
    if (typeof value === 'number' && (value | 0) === value) {
      this.tag('i', false);
      return this.int32(value);
    }
    const digits: number[] = [];
    let rest = BigInt(value);
    const negative = rest < 0n;
    if (negative) rest = -rest;
    for (; rest > 0n; rest >>= 15n) digits.push(Number(rest & 0x7fffn));
    this.tag('l', false);
    this.int32(negative ? -digits.length : digits.length);
    for (const digit of digits) this.out.push(digit & 255, digit >> 8);
  }

  private writeStr(text: string): void {
    if (this.reference(text)) return;
    const ascii = /^[\0-\x7f]*$/.test(text);
    if (ascii && this.version >= 4) {
      this.tag(text.length < 256 ? 'z' : 'a', true);
      if (text.length < 256) this.out.push(text.length);
      else this.int32(text.length);
      return this.bytes(Buffer.from(text, 'latin1'));
    }
    const bytes = encodeText(this.t, text, 'utf-8', 'surrogatepass');
    this.tag('u', true);
    this.int32(bytes.length);
    this.bytes(bytes);
  }

  private writeObject(value: Value): void {
    if (value instanceof PySlice && this.version < 5) raiseValueError('unmarshallable object');
    if (value instanceof PyCode && !this.allowCode) raiseValueError('marshalling code objects is disallowed');
    if (this.reference(value)) return;
    if (value instanceof PyFloat && value.type === FLOAT_TYPE) {
      this.tag('g', true);
      this.double(value.value);
    } else if (value instanceof PyComplex && value.type === COMPLEX_TYPE) {
      this.tag('y', true);
      this.double(value.real);
      this.double(value.imag);
    } else if (value instanceof PyTuple && value.type === TUPLE_TYPE) this.writeTuple(value);
    else if (value instanceof PyList && value.type === LIST_TYPE) this.writeItems('[', value.items);
    else if (value instanceof PyDict && value.type === DICT_TYPE) this.writeDict(value);
    else if (value instanceof PySet && (value.type === SET_TYPE || value.type === FROZENSET_TYPE)) this.writeItems(value.type === SET_TYPE ? '<' : '>', tableKeys(value.table));
    else if (value instanceof PySlice) {
      this.tag(':', true);
      for (const part of [value.start, value.stop, value.step]) this.write(part);
    } else if (value instanceof PyCode) this.writeBytes('c', encodeCode(value.code));
    else this.writeBuffer(value);
  }

  private writeTuple(tuple: PyTuple): void {
    if (this.version < 4 || tuple.items.length > 255) return this.writeItems('(', tuple.items);
    this.tag(')', true);
    this.out.push(tuple.items.length);
    for (const item of tuple.items) this.write(item);
  }

  private writeItems(letter: string, items: readonly Value[]): void {
    this.tag(letter, true);
    this.int32(items.length);
    for (const item of items) this.write(item);
  }

  private writeDict(dict: PyDict): void {
    this.tag('{', true);
    const { table } = dict;
    table.keys.forEach((key, i) => {
      if (key === undefined) return;
      this.write(key);
      this.write(table.values[i]!);
    });
    this.out.push(code('0'));
  }

  private writeBytes(letter: string, bytes: Uint8Array): void {
    this.tag(letter, true);
    this.int32(bytes.length);
    this.bytes(bytes);
  }

  private writeBuffer(value: Value): void {
    const stop = value instanceof Object && (value as { type?: Value }).type === TYPE_TYPE && (value as { name?: string }).name === 'StopIteration';
    if (stop) {
      this.out.push(code('S'));
      return;
    }
    const view = getBuffer(this.t, value);
    if (view === undefined) raiseValueError('unmarshallable object');
    this.writeBytes('s', viewBytes(view));
    view.release();
  }
}

/** Where bytes come from: memory, or a file's `readinto`. */
type Source = (size: number) => Uint8Array;

/** Reads one value. */
class Reader {
  private readonly t: Thread;
  private readonly source: Source;
  private readonly allowCode: boolean;
  private readonly references: Maybe[] = [];
  private depth = 0;

  constructor(t: Thread, source: Source, allowCode: boolean) {
    this.t = t;
    this.source = source;
    this.allowCode = allowCode;
  }

  private byte(): number {
    return this.source(1)[0]!;
  }

  private int32(): number {
    const bytes = this.source(4);
    return bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16) | (bytes[3]! << 24);
  }

  private size(what: string): number {
    const size = this.int32();
    return size < 0 ? raiseValueError(`bad marshal data (${what} size out of range)`) : size;
  }

  private double(): number {
    const bytes = this.source(8).slice();
    return new DataView(bytes.buffer).getFloat64(0, true);
  }

  read(): Value {
    const value = this.readMaybe();
    return value === undefined ? raiseTypeError('NULL object in marshal data for object') : value;
  }

  /** `undefined` is the end mark of a dict. */
  private readMaybe(): Maybe {
    if (++this.depth > MAX_DEPTH) raiseValueError('recursion limit exceeded');
    const tag = this.byte();
    const slot = (tag & FLAG_REF) === 0 ? -1 : this.references.push(undefined) - 1;
    const value = this.readTagged(String.fromCharCode(tag & 0x7f), slot);
    if (slot >= 0) this.references[slot] = value;
    this.depth--;
    return value;
  }

  private readTagged(letter: string, slot: number): Maybe {
    switch (letter) {
      case '0': return undefined;
      case 'N': return null;
      case 'T': return true;
      case 'F': return false;
      case '.': return ELLIPSIS;
      case 'i': return this.int32();
      case 'I': return normalizeInt(new DataView(this.source(8).slice().buffer).getBigInt64(0, true));
      case 'l': return this.readLong();
      case 'f': return newFloat(Number(this.ascii(this.byte())));
      case 'g': return newFloat(this.double());
      case 'x': return newComplex(Number(this.ascii(this.byte())), Number(this.ascii(this.byte())));
      case 'y': return newComplex(this.double(), this.double());
      case 'z': case 'Z': return this.ascii(this.byte());
      case 'a': case 'A': return this.ascii(this.size('string'));
      case 'u': case 't': return decodeBytes(this.t, this.source(this.size('string')).slice(), 'utf-8', 'surrogatepass');
      case 's': return newBytes(this.source(this.size('bytes object')).slice());
      default: return this.readContainer(letter, slot);
    }
  }

  private ascii(size: number): string {
    return Buffer.from(this.source(size)).toString('latin1');
  }

  private readLong(): Value {
    const count = this.int32();
    let value = 0n;
    for (let i = 0; i < Math.abs(count); i++) {
      const bytes = this.source(2);
      const digit = bytes[0]! | (bytes[1]! << 8);
      if (digit > 0x7fff) raiseValueError('bad marshal data (digit out of range in long)');
      if (i === Math.abs(count) - 1 && digit === 0) raiseValueError('bad marshal data (unnormalized long data)');
      value |= BigInt(digit) << BigInt(15 * i);
    }
    return normalizeInt(count < 0 ? -value : value);
  }

  private items(count: number, add: (item: Value) => void): void {
    for (let i = 0; i < count; i++) add(this.read());
  }

  private keep<V extends Value>(slot: number, value: V): V {
    if (slot >= 0) this.references[slot] = value;
    return value;
  }

  private readContainer(letter: string, slot: number): Value {
    switch (letter) {
      case '(': case ')': {
        const items: Value[] = [];
        this.items(letter === ')' ? this.byte() : this.size('tuple'), (item) => items.push(item));
        return newTuple(items);
      }
      case '[': {
        const list = this.keep(slot, newList([]));
        this.items(this.size('list'), (item) => list.items.push(item));
        return list;
      }
      case '<': case '>': {
        const table = new HashTable();
        const set = letter === '<' ? newSet() : newFrozenSet(table);
        this.items(this.size('set'), (item) => tableSet(this.t, set.table, item, undefined));
        return set;
      }
      case '{': return this.readDict(this.keep(slot, newDict()));
      case ':': return newSlice(this.read(), this.read(), this.read());
      case 'r': return this.readReference();
      case 'c': return this.readCode();
      default: return raiseValueError('bad marshal data (unknown type code)');
    }
  }

  private readDict(dict: PyDict): PyDict {
    for (let key = this.readMaybe(); key !== undefined; key = this.readMaybe()) {
      const value = this.readMaybe();
      if (value === undefined) break;
      tableSet(this.t, dict.table, key, value);
    }
    return dict;
  }

  private readReference(): Value {
    const value = this.references[this.int32()];
    return value === undefined ? raiseValueError('bad marshal data (invalid reference)') : value;
  }

  private readCode(): Value {
    if (!this.allowCode) raiseValueError('unmarshalling code objects is disallowed');
    try {
      return newCode(this.t, decodeWholeCode(this.source(this.size('code')).slice()));
    } catch (caught) {
      if (caught instanceof CorruptCodeError) raiseValueError('bad marshal data (code object of another format)');
      throw caught;
    }
  }
}

function allows(t: Thread, allowCode: Maybe): boolean {
  return allowCode === undefined || isTrue(t, allowCode);
}

function marshal_dumps(t: Thread, value: Value, version?: Value, allowCode?: Value): Value {
  const writer = new Writer(t, intArgument(t, version, VERSION), allows(t, allowCode));
  writer.write(value);
  return newBytes(writer.finish());
}

function marshal_dump(t: Thread, value: Value, file: Value, version?: Value, allowCode?: Value): Value {
  return callMethod(t, file, 'write', marshal_dumps(t, value, version, allowCode));
}

function marshal_loads(t: Thread, data: Value, allowCode?: Value): Value {
  const bytes = requireBytesLike(t, data);
  let at = 0;
  const source = (size: number): Uint8Array => {
    if (at + size > bytes.length) raise(EOFError, 'marshal data too short');
    at += size;
    return bytes.subarray(at - size, at);
  };
  return new Reader(t, source, allows(t, allowCode)).read();
}

function marshal_load(t: Thread, file: Value, allowCode?: Value): Value {
  const source = (size: number): Uint8Array => {
    if (size === 0) return new Uint8Array(0);
    const read = callMethod(t, file, 'read', size);
    if (!(read instanceof PyBytes)) raiseTypeError(`file.read() returned not bytes but ${typeName(read)}`);
    return read.value.length < size ? raise(EOFError, 'marshal data too short') : read.value;
  };
  return new Reader(t, source, allows(t, allowCode)).read();
}

/** The table. */
export const MARSHAL_MODULE: NativeModule = {
  name: 'marshal',
  doc: 'This module contains functions that can read and write Python values in\na binary format. The format is specific to Python, but independent of\nmachine architecture issues.',
  attributes: () => ({ version: VERSION }),
  functions: {
    dump: [marshal_dump, '($module, value, file, version=version, /, *, allow_code=True)', 'Write the value on the open file.'],
    load: [marshal_load, '($module, file, /, *, allow_code=True)', 'Read one value from the open file and return it.'],
    dumps: [marshal_dumps, '($module, value, version=version, /, *, allow_code=True)', 'Return the bytes object that would be written to a file by dump(value, file).'],
    loads: [marshal_loads, '($module, bytes, /, *, allow_code=True)', 'Convert the bytes-like object to a value.'],
  },
};
