/** `_io.BufferedRWPair`: a buffered reader and a buffered writer as one stream (Modules/_io/bufferedio.c). */
import { NativeDefinition } from '../../core/native.ts';
import type { KeywordNames } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { getAttr } from '../../objects/attributes.ts';
import { call, callMethod } from '../../objects/call.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { raiseValueError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { isTrue } from '../../objects/truth.ts';
import { readyType, type MethodRow } from '../../objects/type-ready.ts';
import { BUFFERED_IO_BASE_TYPE, checkReadable, checkWritable, doBoth, isSpentBelow, PyIoBase } from './base.ts';
import { BUFFERED_READER_TYPE, BUFFERED_WRITER_TYPE, PyBuffered, READER_METHODS } from './buffered.ts';

/** The type. */
export const BUFFERED_RWPAIR_TYPE = staticType('BufferedRWPair', { base: BUFFERED_IO_BASE_TYPE, module: '_io', baseType: true });

/** `BufferedRWPair`: a reader and a writer. */
export class PyBufferedPair extends PyIoBase {
  reader: Value = null;
  writer: Value = null;

  override isSpent(): boolean {
    return isSpentBelow(this.reader) && isSpentBelow(this.writer);
  }
}

const INIT = new NativeDefinition('BufferedRWPair', () => null, '(reader, writer, buffer_size=131072, /)', '', 'method');

function pair_init(t: Thread, self: PyBufferedPair, args: Value[], keywords: KeywordNames): void {
  const [reader, writer, size] = bindArguments(INIT, 'BufferedRWPair', null, false, args, keywords) as [Value, Value, Maybe];
  checkReadable(t, reader);
  checkWritable(t, writer);
  const rest: Value[] = size === undefined ? [] : [size];
  self.reader = call(t, BUFFERED_READER_TYPE, [reader, ...rest]);
  self.writer = call(t, BUFFERED_WRITER_TYPE, [writer, ...rest]);
}

function forward(side: 'reader' | 'writer', name: string, signature = '($self, size=-1, /)'): MethodRow {
  const target = (self: PyBufferedPair): Value => (self[side] === null ? raiseValueError('I/O operation on uninitialized object') : self[side]);
  return [(t: Thread, self: PyBufferedPair, ...args: Maybe[]) => callMethod(t, target(self), name, ...args.filter((arg): arg is Value => arg !== undefined)), signature, ''];
}

/** A method of the reader, which parks its thread as the reader's own does. */
function forwardRead(name: 'read' | 'peek' | 'read1' | 'readinto' | 'readinto1' | 'readline', signature = '($self, size=-1, /)'): MethodRow {
  const [general, , doc] = forward('reader', name, signature);
  const own = READER_METHODS[name]![0];
  return [(t: Thread, self: PyBufferedPair, ...args: Maybe[]) => (self.reader instanceof PyBuffered ? own(t, self.reader, ...args) : general(t, self, ...args)), signature, doc];
}

function pair_close(t: Thread, self: PyBufferedPair): void {
  doBoth(() => void callMethod(t, self.writer, 'close'), () => void callMethod(t, self.reader, 'close'));
}

readyType(BUFFERED_RWPAIR_TYPE, {
  doc: 'A buffered reader and writer object together.',
  textSignature: '(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)',
  slots: { tp_alloc: (type) => new PyBufferedPair(type), tp_new: (_t, type) => new PyBufferedPair(type), tp_init: pair_init },
  methods: {
    read: forwardRead('read'), peek: forwardRead('peek', '($self, size=0, /)'), read1: forwardRead('read1'), readline: forwardRead('readline'),
    readinto: forwardRead('readinto', '($self, buffer, /)'), readinto1: forwardRead('readinto1', '($self, buffer, /)'),
    write: forward('writer', 'write', '($self, buffer, /)'), flush: forward('writer', 'flush', '($self, /)'),
    readable: forward('reader', 'readable', '($self, /)'), writable: forward('writer', 'writable', '($self, /)'),
    close: [pair_close, '($self, /)', ''],
    isatty: [(t: Thread, self: PyBufferedPair) => isTrue(t, callMethod(t, self.writer, 'isatty')) || isTrue(t, callMethod(t, self.reader, 'isatty')), '($self, /)', ''],
  },
  getset: { closed: { get: (t, self) => getAttr(t, (self as PyBufferedPair).writer, 'closed') } },
});
