/** `_io.StringIO` (Modules/_io/stringio.c): a text with a position in code points; appended pieces are joined when somebody reads. */
import { PyTuple } from '../../core/containers.ts';
import { NativeDefinition } from '../../core/native.ts';
import { withQuietForm } from '../../core/quiet.ts';
import type { KeywordNames } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { hasSurrogates, strLength, strSubstring, unitOffset } from '../../objects/algorithms/str-code-points.ts';
import { strRepr } from '../../objects/algorithms/str-repr.ts';
import { dictOf } from '../../objects/attributes.ts';
import { copyDict, dictMergeFrom } from '../../objects/dict.ts';
import { OSError, OverflowError } from '../../objects/exception-types.ts';
import { newTuple } from '../../objects/make.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { toSize } from '../../objects/operators.ts';
import { raise, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { readyType } from '../../objects/type-ready.ts';
import { asStr } from '../../objects/type-of.ts';
import { nextLine, PyIoBase, sizeOrNone, TEXT_IO_BASE_TYPE, positionArgument } from './base.ts';
import { isNewline, lineEnd, newlineArgument, NewlineState } from './newlines.ts';

/** Pieces are joined when there are so many: an array of more would be moved about by the garbage collector. */
const MAX_PIECES = 4096;

class PyStringIO extends PyIoBase {
  private joined = '';
  /** What was written behind `joined`. One `+=` each would leave a rope of as many nodes, all of which live until the text is read. */
  private pieces: string[] = [];
  /** Code points of `text`. */
  length = 0;
  position = 0;
  closed = false;
  initialized = false;
  newline: string | null = '\n';
  state: NewlineState | null = null;

  get text(): string {
    if (this.pieces.length > 0) this.join();
    return this.joined;
  }

  set text(text: string) {
    this.joined = text;
    this.pieces = [];
  }

  /** Adds text of `count` code points, none of which is a surrogate, at the end. */
  append(text: string, count: number): void {
    this.length += count;
    if (this.pieces.push(text) >= MAX_PIECES) this.join();
  }

  private join(): void {
    this.joined += this.pieces.join('');
    this.pieces = [];
  }

  /** Closing frees memory alone, unless a subclass does more. */
  override isSpent(): boolean {
    return this.closed || !this.type.flags.heapType;
  }

  override isShut(): boolean {
    return this.closed;
  }
}

/** The type. */
export const STRING_IO_TYPE = staticType('StringIO', { base: TEXT_IO_BASE_TYPE, module: '_io', baseType: true });

/** CPython's words are those of other files, less the full stop. */
function raiseShut(): never {
  return raiseValueError('I/O operation on closed file');
}

function open(self: PyStringIO): PyStringIO {
  if (!self.initialized) raiseValueError('I/O operation on uninitialized object');
  return self.closed ? raiseShut() : self;
}

/** Writes at the position; returns how many code points the input has. */
function writeText(self: PyStringIO, input: string): number {
  let text = self.state === null ? input : self.state.feed(input, /* final */ true);
  if (self.newline !== null && self.newline !== '' && self.newline !== '\n') text = text.replaceAll('\n', self.newline);
  if (text === '') return 0;
  const isPlain = !hasSurrogates(text);
  const count = isPlain ? text.length : strLength(text);
  if (self.position === self.length) {
    if (isPlain) self.append(text, count);
    else {
      self.text += text;
      self.length = strLength(self.text);
    }
  } else if (self.position > self.length) {
    self.text += '\0'.repeat(self.position - self.length) + text;
    self.length = self.position + count;
  } else {
    const head = strSubstring(self.text, 0, self.position);
    const tail = self.position + count >= self.length ? '' : strSubstring(self.text, self.position + count, self.length);
    self.text = head + text + tail;
    self.length = Math.max(self.length, self.position + count);
  }
  self.position += count;
  return text === input ? count : strLength(input);
}

function stringio_write(_t: Thread, self: PyStringIO, value: Value): Value {
  const text = asStr(value);
  if (text === undefined) raiseTypeError(`string argument expected, got '${typeName(value)}'`);
  return writeText(open(self), text);
}

/** A StringIO that is open, to which a plain str is written. */
withQuietForm(stringio_write, {
  call: (_t: Thread, self: PyStringIO, value: Value): Maybe => (typeof value !== 'string' || self.closed || !self.initialized || self.position > self.length || self.length + value.length > QUIET_LENGTH ? undefined : writeText(self, value)),
  effect: 'change', result: 'int',
});

/** So many characters always find room. */
const QUIET_LENGTH = 1 << 24;

function take(self: PyStringIO, end: number): string {
  if (self.position >= self.length) return '';
  const text = strSubstring(self.text, self.position, Math.min(end, self.length));
  self.position = Math.min(end, self.length);
  return text;
}

function stringio_read(t: Thread, self: PyStringIO, size?: Value): Value {
  open(self);
  const wanted = sizeOrNone(t, size);
  return take(self, wanted < 0 ? self.length : self.position + wanted);
}

function line(self: PyStringIO, limit: number): string {
  if (self.position >= self.length) return '';
  const from = unitOffset(self.text, self.position);
  const found = lineEnd(self.text, from, self.newline, self.state !== null && self.state.translate);
  const rest = found < 0 ? self.text.slice(from) : self.text.slice(from, found);
  const count = strLength(rest);
  if (limit >= 0 && count > limit) return take(self, self.position + limit);
  self.position += count;
  return rest;
}

function stringio_seek(t: Thread, self: PyStringIO, offsetValue: Value, whenceValue?: Value): Value {
  open(self);
  const offset = positionArgument(t, offsetValue);
  const whence = intArgument(t, whenceValue, 0);
  if (whence < 0 || whence > 2) raiseValueError(`Invalid whence (${whence}, should be 0, 1 or 2)`);
  if (offset < 0 && whence === 0) raiseValueError(`Negative seek position ${offset}`);
  if (whence !== 0 && offset !== 0) raise(OSError, "Can't do nonzero cur-relative seeks");
  self.position = whence === 0 ? offset : whence === 1 ? self.position : self.length;
  return self.position;
}

function stringio_truncate(t: Thread, self: PyStringIO, size?: Value): Value {
  open(self);
  const length = size === undefined || size === null ? self.position : toSize(t, size, OverflowError);
  if (length < 0) raiseValueError(`Negative size value ${length}`);
  if (length < self.length) {
    self.text = strSubstring(self.text, 0, length);
    self.length = length;
  }
  return length;
}

const INIT = new NativeDefinition('StringIO', () => null, "(initial_value='', newline='\\n')", '', 'method');

function initialize(self: PyStringIO, initial: string, newline: string | null): void {
  if (!isNewline(newline)) raiseValueError(`illegal newline value: ${strRepr(newline!)}`);
  self.newline = newline;
  self.state = newline === null || newline === '' ? new NewlineState(newline === null) : null;
  self.text = '';
  self.length = 0;
  self.position = 0;
  self.closed = false;
  self.initialized = true;
  writeText(self, initial);
  self.position = 0;
}

function stringio_init(t: Thread, self: PyStringIO, args: Value[], keywords: KeywordNames): void {
  const [initial, newline] = bindArguments(INIT, 'StringIO', null, false, args, keywords) as [Maybe, Maybe];
  const text = initial === undefined || initial === null ? '' : asStr(initial) ?? raiseTypeError(`initial_value must be str or None, not ${typeName(initial)}`);
  initialize(self, text, newline === undefined ? '\n' : newlineArgument(t, newline));
}

function stringio_setstate(t: Thread, self: PyStringIO, state: Value): void {
  if (self.closed) raiseShut();
  if (!(state instanceof PyTuple) || state.items.length < 4) raiseTypeError(`${self.type.name}.__setstate__ argument should be 4-tuple, got ${typeName(state)}`);
  const [value, newline, position, dict] = state.items as [Value, Value, Value, Value];
  initialize(self, '', newlineArgument(t, newline));
  self.text = value === null ? '' : asStr(value) ?? raiseTypeError(`initial_value must be str or None, not ${typeName(value)}`);
  self.length = strLength(self.text);
  self.position = toSize(t, position);
  if (self.position < 0) raiseValueError('position value cannot be negative');
  if (dict !== null) dictMergeFrom(t, dictOf(self)!, dict);
}

const always = (_t: Thread, self: PyStringIO): Value => { open(self); return true; };

readyType(STRING_IO_TYPE, {
  doc: 'Text I/O implementation using an in-memory buffer.',
  textSignature: "(initial_value='', newline='\\n')",
  slots: {
    tp_alloc: (type) => new PyStringIO(type), tp_new: (_t, type) => new PyStringIO(type), tp_init: stringio_init,
    tp_iternext: (t, self: PyStringIO) => {
      if (self.type.flags.heapType) return nextLine(t, self);
      const next = line(open(self), -1);
      return next === '' ? undefined : next;
    },
  },
  methods: {
    close: [(_t: Thread, self: PyStringIO) => void (self.closed = true), '($self, /)', 'Close the IO object.'],
    getvalue: [(_t: Thread, self: PyStringIO) => open(self).text, '($self, /)', 'Retrieve the entire contents of the object.'],
    read: [stringio_read, '($self, size=-1, /)', 'Read at most size characters, returned as a string.'],
    readline: [(t: Thread, self: PyStringIO, size?: Value) => line(open(self), sizeOrNone(t, size)), '($self, size=-1, /)', 'Read until newline or EOF.'],
    tell: [(_t: Thread, self: PyStringIO) => open(self).position, '($self, /)', 'Tell the current file position.'],
    truncate: [stringio_truncate, '($self, pos=None, /)', 'Truncate size to pos.'],
    seek: [stringio_seek, '($self, pos, whence=0, /)', 'Change stream position.'],
    write: [stringio_write, '($self, s, /)', 'Write string to file.'],
    seekable: [always, '($self, /)', 'Returns True if the IO object can be seeked.'],
    readable: [always, '($self, /)', 'Returns True if the IO object can be read.'],
    writable: [always, '($self, /)', 'Returns True if the IO object can be written.'],
    __getstate__: [(_t: Thread, self: PyStringIO) => newTuple([open(self).text, self.newline, self.position, self.dict === null ? null : copyDict(self.dict)]), '!($self, /)', ''],
    __setstate__: [stringio_setstate, '!($self, state, /)', ''],
  },
  getset: {
    closed: { get: (_t, self) => (self as PyStringIO).closed },
    newlines: { get: (_t, self) => open(self as PyStringIO).state?.newlines ?? null },
    line_buffering: { get: (_t, self) => { open(self as PyStringIO); return false; } },
  },
});
