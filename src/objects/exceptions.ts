/** Builtin exceptions: construction, attributes, str and repr per class (Objects/exceptions.c). Groups are in `exception-group.ts`. */
import { PyList, PyTuple } from '../core/containers.ts';
import { PyBaseException, PyTraceback } from '../core/exception.ts';
import type { InitFunction, KeywordNames, PyType } from '../core/type.ts';
import { PyBytes } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { dictOf, lookupAttr, setAttr } from './attributes.ts';
import * as E from './exception-types.ts';
import { tableGetStr, tableKeys, tableSetStr } from './hash-table.ts';
import { FIRM_DICT_GETSET } from './instance-dict.ts';
import { toArray } from './iterate.ts';
import { newBytes, newDict, newList, newTuple } from './make.ts';
import { errnoSubclass } from './errno-classes.ts';
import { raiseTypeError, typeName } from './raise.ts';
import { repr, str } from './text.ts';
import { readyType, type GetSet, type TypeParts } from './type-ready.ts';
import { asInt, asStr, isSubtype } from './type-of.ts';
import { bytesLike } from './buffer.ts';
import { surrogateText } from './unicode-error-text.ts';

type Self = PyBaseException;

function field(self: Value, name: string): Value {
  const value = (self as Self).fields?.get(name);
  return value === undefined ? null : value;
}

function setField(self: Self, name: string, value: Value): void {
  self.fields ??= new Map();
  self.fields.set(name, value);
}

/** A member that lies in `fields`; deleting makes it None. */
function member(name: string): GetSet {
  return { get: (_t, self) => field(self, name), set: (_t, self, value) => setField(self as Self, name, value === undefined ? null : value), member: true };
}

function members(...names: string[]): Record<string, GetSet> {
  return Object.fromEntries(names.map((name) => [name, member(name)]));
}

function exception_new(_t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  return new PyBaseException(type, newTuple(keywords === null ? args : args.slice(0, args.length - keywords.length)));
}

function refuseKeywords(self: Self, keywords: KeywordNames): void {
  if (keywords !== null && keywords.length > 0) raiseTypeError(`${self.type.name}() takes no keyword arguments`);
}

function exception_init(_t: Thread, self: Self, args: Value[], keywords: KeywordNames): void {
  refuseKeywords(self, keywords);
  self.args = newTuple(args);
}

function exception_str(t: Thread, self: Self): string {
  const { items } = self.args;
  if (items.length === 0) return '';
  return items.length === 1 ? str(t, items[0]!) : str(t, self.args);
}

function exception_repr(t: Thread, self: Self): string {
  const { items } = self.args;
  const name = self.type.name;
  return items.length === 1 ? `${name}(${repr(t, items[0]!)})` : `${name}${repr(t, self.args)}`;
}

function exception_reduce(_t: Thread, self: Self): Value {
  const dict = self.dict;
  return dict !== null && dict.table.used > 0 ? newTuple([self.type, self.args, dict]) : newTuple([self.type, self.args]);
}

function exception_setstate(t: Thread, self: Self, state: Value): Value {
  if (state === null) return null;
  const table = dictTable(state);
  for (const key of tableKeys(table)) setAttr(t, self, str(t, key), tableGetStr(table, key as string)!);
  return null;
}

function dictTable(state: Value): NonNullable<ReturnType<typeof dictOf>>['table'] {
  if (state === null || typeof state !== 'object' || !('table' in state)) raiseTypeError('state is not a dictionary');
  return (state as NonNullable<ReturnType<typeof dictOf>>).table;
}

function exception_add_note(t: Thread, self: Self, note: Value): Value {
  if (asStr(note) === undefined) raiseTypeError(`add_note() argument must be str, not ${typeName(note)}`);
  let notes = lookupAttr(t, self, '__notes__');
  if (notes === undefined) {
    notes = newList([]);
    setAttr(t, self, '__notes__', notes);
  }
  if (!(notes instanceof PyList)) raiseTypeError('Cannot add note: __notes__ is not a list');
  notes.items.push(note);
  return null;
}

function setTraceback(_t: Thread, self: Value, value: Maybe): void {
  if (value === undefined) raiseTypeError('__traceback__ may not be deleted');
  if (value !== null && !(value instanceof PyTraceback)) raiseTypeError('__traceback__ must be a traceback or None');
  (self as Self).traceback = value;
}

function setLink(name: 'context' | 'cause'): (t: Thread, self: Value, value: Maybe) => void {
  return (_t, self, value) => {
    if (value === undefined) raiseTypeError(`__${name}__ may not be deleted`);
    if (value !== null && !(value instanceof PyBaseException)) raiseTypeError(`exception ${name} must be None or derive from BaseException`);
    (self as Self)[name] = value;
    if (name === 'cause') (self as Self).suppressContext = true;
  };
}

readyType(E.BaseException, {
  doc: 'Common base class for all exceptions.',
  slots: {
    tp_alloc: (type) => new PyBaseException(type, newTuple([])),
    tp_new: exception_new,
    tp_init: exception_init,
    tp_repr: exception_repr,
    tp_str: exception_str,
  },
  methods: {
    __reduce__: [exception_reduce, '!($self, /)', 'Helper for pickle.'],
    __setstate__: [exception_setstate, '($self, object, /)', 'Set state from a dict.'],
    with_traceback: [(t: Thread, self: Self, traceback: Value) => { setTraceback(t, self, traceback); return self; }, '($self, object, /)', 'Set self.__traceback__ to tb and return self.'],
    add_note: [exception_add_note, '($self, object, /)', 'Add a note to the exception'],
  },
  getset: {
    __suppress_context__: { get: (_t, self) => (self as Self).suppressContext, set: setSuppressContext, member: true },
    __dict__: FIRM_DICT_GETSET,
    args: {
      get: (_t, self) => (self as Self).args,
      set: (t, self, value) => {
        if (value === undefined) raiseTypeError('args may not be deleted');
        (self as Self).args = value instanceof PyTuple ? value : newTuple(itemsOf(t, value));
      },
    },
    __traceback__: { get: (_t, self) => (self as Self).traceback, set: setTraceback },
    __context__: { get: (_t, self) => (self as Self).context, set: setLink('context') },
    __cause__: { get: (_t, self) => (self as Self).cause, set: setLink('cause') },
  },
});

function itemsOf(t: Thread, value: Value): Value[] {
  return toArray(t, value);
}

/** Splits keyword arguments off; raises TypeError for a name that is not in `allowed`. */
function splitKeywords(self: Self, args: Value[], keywords: KeywordNames, allowed: readonly string[]): [Value[], Map<string, Value>] {
  const given = new Map<string, Value>();
  if (keywords === null) return [args, given];
  const positional = args.slice(0, args.length - keywords.length);
  keywords.forEach((name, i) => {
    if (!allowed.includes(name)) raiseTypeError(`${self.type.name}() got an unexpected keyword argument '${name}'`);
    given.set(name, args[positional.length + i]!);
  });
  return [positional, given];
}

/** `tp_init` of a class whose keyword arguments become fields. */
function initWithFields(...names: string[]): InitFunction {
  return (_t, value, args, keywords) => {
    const self = value as Self;
    const [positional, given] = splitKeywords(self, args, keywords, names);
    self.args = newTuple(positional);
    for (const name of names) setField(self, name, given.get(name) ?? null);
  };
}

function ready(type: PyType, parts: TypeParts = {}): void {
  readyType(type, { slots: { tp_new: exception_new, ...parts.slots }, ...withoutSlots(parts) });
}

function withoutSlots(parts: TypeParts): TypeParts {
  const { slots: _slots, ...rest } = parts;
  return rest;
}

ready(E.GeneratorExit);
ready(E.KeyboardInterrupt);
ready(E.SystemExit, {
  slots: {
    tp_init: (t, self: Self, args, keywords) => {
      exception_init(t, self, args, keywords);
      setField(self, 'code', args.length === 0 ? null : args.length === 1 ? args[0]! : self.args);
    },
  },
  getset: members('code'),
});
ready(E.Exception);
ready(E.StopIteration, {
  slots: {
    tp_init: (t, self: Self, args, keywords) => {
      exception_init(t, self, args, keywords);
      setField(self, 'value', args.length === 0 ? null : args[0]!);
    },
  },
  getset: members('value'),
});
ready(E.StopAsyncIteration);
ready(E.AttributeError, {
  slots: { tp_init: initWithFields('name', 'obj') },
  getset: members('name', 'obj'),
  methods: {
    __getstate__: [(_t: Thread, self: Self) => attributeErrorState(self), '!($self, /)', 'State for pickle, without the object.'],
  },
});

function setSuppressContext(_t: Thread, self: Value, value: Maybe): void {
  if (value === undefined) raiseTypeError("can't delete numeric/char attribute");
  if (typeof value !== 'boolean') raiseTypeError('attribute value type must be bool');
  (self as Self).suppressContext = value;
}

/** `__reduce__` of ImportError: what it was told by keyword is state. */
function import_reduce(_t: Thread, self: Self): Value {
  const state = newDict();
  if (self.dict !== null) for (const key of tableKeys(self.dict.table)) tableSetStr(state.table, key as string, tableGetStr(self.dict.table, key as string)!);
  for (const name of ['name', 'path', 'name_from']) if (field(self, name) !== null) tableSetStr(state.table, name, field(self, name));
  return newTuple(state.table.used === 0 ? [self.type, self.args] : [self.type, self.args, state]);
}

function attributeErrorState(self: Self): Value {
  const state = newDict();
  if (self.dict !== null) for (const key of tableKeys(self.dict.table)) tableSetStr(state.table, key as string, tableGetStr(self.dict.table, key as string)!);
  if (field(self, 'name') !== null) tableSetStr(state.table, 'name', field(self, 'name'));
  return state.table.used === 0 ? null : state;
}

function import_init(t: Thread, self: Self, args: Value[], keywords: KeywordNames): void {
  const names = ['name', 'path', 'name_from'];
  const [positional, given] = splitKeywords(self, args, keywords, names);
  void t;
  self.args = newTuple(positional);
  for (const name of names) setField(self, name, given.get(name) ?? null);
  setField(self, 'msg', positional.length === 1 ? positional[0]! : null);
}

ready(E.ImportError, {
  slots: {
    tp_init: import_init,
    tp_str: (t, self: Self) => {
      const message = field(self, 'msg');
      return typeof message === 'string' ? message : exception_str(t, self);
    },
  },
  getset: members('msg', 'name', 'path', 'name_from'),
  methods: { __reduce__: [import_reduce, '!($self, /)', 'Helper for pickle.'] },
});
ready(E.ModuleNotFoundError);
ready(E.LookupError);
ready(E.IndexError);
ready(E.KeyError, { slots: { tp_str: (t, self: Self) => (self.args.items.length === 1 ? repr(t, self.args.items[0]!) : exception_str(t, self)) } });
ready(E.ArithmeticError);
for (const type of [E.FloatingPointError, E.OverflowError, E.ZeroDivisionError, E.AssertionError, E.BufferError, E.EOFError, E.MemoryError]) ready(type);
ready(E.NameError, { slots: { tp_init: initWithFields('name') }, getset: members('name') });
ready(E.UnboundLocalError);

/** Sets errno, strerror, filename, filename2 from two to five positional arguments (oserror_parse_args). */
function parseOsError(self: Self, args: Value[]): void {
  if (args.length >= 2 && args.length <= 5) {
    setField(self, 'errno', args[0]!);
    setField(self, 'strerror', args[1]!);
    // The third argument of BlockingIOError is no file name but a count.
    const isCount = isSubtype(self.type, E.BlockingIOError) && asInt(args[2] ?? null) !== undefined;
    if (args.length >= 3 && args[2] !== null && !isCount) {
      setField(self, 'filename', args[2]!);
      self.args = newTuple(args.slice(0, 2));
    }
    if (args.length === 5 && args[4] !== null) setField(self, 'filename2', args[4]!);
  }
}

function oserror_new(_t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  // Only OSError itself becomes the subclass for its errno.
  const errno = type === E.OSError && args.length >= 2 ? asInt(args[0]) : undefined;
  const chosen = errno === undefined ? type : errnoSubclass(Number(errno)) ?? type;
  const self = new PyBaseException(chosen, newTuple(args));
  if (keywords !== null && keywords.length > 0) raiseTypeError(`${type.name}() takes no keyword arguments`);
  parseOsError(self, args);
  return self;
}

function oserror_init(_t: Thread, self: Self, args: Value[], keywords: KeywordNames): void {
  refuseKeywords(self, keywords);
  self.args = newTuple(args);
  parseOsError(self, args);
  if (isSubtype(self.type, E.BlockingIOError) && args.length >= 3 && asInt(args[2]) !== undefined) setField(self, 'characters_written', args[2]!);
}

function oserror_str(t: Thread, self: Self): string {
  const [errno, text, filename, second] = ['errno', 'strerror', 'filename', 'filename2'].map((name) => field(self, name)) as [Value, Value, Value, Value];
  if (filename !== null) {
    const head = `[Errno ${str(t, errno)}] ${str(t, text)}: ${repr(t, filename)}`;
    return second === null ? head : `${head} -> ${repr(t, second)}`;
  }
  return errno !== null && text !== null ? `[Errno ${str(t, errno)}] ${str(t, text)}` : exception_str(t, self);
}

function oserror_reduce(_t: Thread, self: Self): Value {
  let args = self.args;
  const filename = field(self, 'filename');
  if (args.items.length === 2 && filename !== null) {
    const second = field(self, 'filename2');
    args = newTuple(second === null ? [...args.items, filename] : [...args.items, filename, null, second]);
  }
  return self.dict !== null && self.dict.table.used > 0 ? newTuple([self.type, args, self.dict]) : newTuple([self.type, args]);
}

ready(E.OSError, {
  slots: { tp_new: oserror_new, tp_init: oserror_init, tp_str: oserror_str },
  methods: { __reduce__: [oserror_reduce, '!($self, /)', 'Helper for pickle.'] },
  getset: {
    ...members('errno', 'strerror', 'filename', 'filename2'),
    characters_written: {
      get: (_t, self) => (self as Self).fields?.get('characters_written'),
      set: (_t, self, value) => {
        if (value === undefined) (self as Self).fields?.delete('characters_written');
        else setField(self as Self, 'characters_written', value);
      },
    },
  },
});
for (const type of [
  E.BlockingIOError, E.ChildProcessError, E.ConnectionError, E.BrokenPipeError, E.ConnectionAbortedError, E.ConnectionRefusedError,
  E.ConnectionResetError, E.FileExistsError, E.FileNotFoundError, E.InterruptedError, E.IsADirectoryError, E.NotADirectoryError, E.PermissionError,
  E.ProcessLookupError, E.TimeoutError,
]) {
  readyType(type, {});
}
for (const type of [E.ReferenceError, E.RuntimeError, E.NotImplementedError, E.PythonFinalizationError, E.RecursionError]) ready(type);

const SYNTAX_FIELDS = ['filename', 'lineno', 'offset', 'text', 'end_lineno', 'end_offset', 'metadata'];

function syntax_init(t: Thread, self: Self, args: Value[], keywords: KeywordNames): void {
  refuseKeywords(self, keywords);
  self.args = newTuple(args);
  setField(self, 'msg', args.length > 0 ? args[0]! : null);
  if (args.length !== 2) return;
  const details = itemsOf(t, args[1]!);
  if (details.length < 4) raiseTypeError(`function takes at least 4 arguments (${details.length} given)`);
  if (details.length > 7) raiseTypeError(`function takes at most 7 arguments (${details.length} given)`);
  SYNTAX_FIELDS.slice(0, 6).forEach((name, i) => setField(self, name, details[i] ?? null));
  if (details.length === 5) raiseTypeError('end_offset must be provided when end_lineno is provided');
}

function syntax_str(t: Thread, self: Self): string {
  const filename = field(self, 'filename');
  const line = field(self, 'lineno');
  const message = str(t, field(self, 'msg'));
  const base = typeof filename === 'string' ? filename.slice(filename.lastIndexOf('/') + 1) : null;
  const hasLine = asInt(line) !== undefined;
  if (base === null && !hasLine) return message;
  if (base !== null && hasLine) return `${message} (${base}, line ${str(t, line)})`;
  return base !== null ? `${message} (${base})` : `${message} (line ${str(t, line)})`;
}

ready(E.SyntaxError, {
  slots: { tp_init: syntax_init, tp_str: syntax_str },
  getset: { ...members('msg', ...SYNTAX_FIELDS, 'print_file_and_line'), _metadata: member('metadata') },
});
ready(E.IndentationError);
ready(E.TabError);
ready(E.IncompleteInputError);
ready(E.SystemError);
ready(E.TypeError);
ready(E.ValueError);
ready(E.UnicodeError);

/** Bytes that nobody can change behind the exception's back. */
function bytesOf(t: Thread, value: Value): Value {
  return value instanceof PyBytes ? value : newBytes(bytesLike(t, value)?.slice() ?? raiseTypeError(`a bytes-like object is required, not '${typeName(value)}'`));
}

function unicode_init(names: readonly string[], types: readonly string[]): InitFunction {
  return (t, value, args, keywords) => {
    const self = value as Self;
    refuseKeywords(self, keywords);
    self.args = newTuple(args);
    if (args.length !== names.length) raiseTypeError(`function takes exactly ${names.length} arguments (${args.length} given)`);
    names.forEach((name, i) => {
      const argument = args[i]!;
      const fits = types[i] === 'str' ? asStr(argument) !== undefined : types[i] === 'int' ? asInt(argument) !== undefined : typeof argument === 'object' && argument !== null;
      if (!fits) raiseTypeError(types[i] === 'buffer' ? `a bytes-like object is required, not '${typeName(argument)}'` : `argument ${i + 1} must be ${types[i]}, not ${typeName(argument)}`);
      setField(self, name, types[i] === 'buffer' ? bytesOf(t, argument) : argument);
    });
  };
}

const UNICODE_FIELDS = ['encoding', 'object', 'start', 'end', 'reason'];
const TRANSLATE_FIELDS = ['object', 'start', 'end', 'reason'];

ready(E.UnicodeEncodeError, {
  slots: { tp_init: unicode_init(UNICODE_FIELDS, ['str', 'str', 'int', 'int', 'str']), tp_str: (t, self: Self) => unicodeErrorText(t, self, 'encode') },
  getset: members(...UNICODE_FIELDS),
});
ready(E.UnicodeDecodeError, {
  slots: { tp_init: unicode_init(UNICODE_FIELDS, ['str', 'buffer', 'int', 'int', 'str']), tp_str: (t, self: Self) => unicodeErrorText(t, self, 'decode') },
  getset: members(...UNICODE_FIELDS),
});
ready(E.UnicodeTranslateError, {
  slots: { tp_init: unicode_init(TRANSLATE_FIELDS, ['str', 'int', 'int', 'str']), tp_str: (t, self: Self) => unicodeErrorText(t, self, 'translate') },
  getset: members(...TRANSLATE_FIELDS),
});

function unicodeErrorText(t: Thread, self: Self, kind: 'encode' | 'decode' | 'translate'): string {
  if (self.fields === null) return '';
  return surrogateText(t, self, kind);
}

ready(E.Warning);
for (const type of [
  E.BytesWarning, E.DeprecationWarning, E.EncodingWarning, E.FutureWarning, E.ImportWarning, E.PendingDeprecationWarning, E.ResourceWarning,
  E.RuntimeWarning, E.SyntaxWarning, E.UnicodeWarning, E.UserWarning,
]) {
  ready(type);
}

