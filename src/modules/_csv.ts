/** `_csv` (Modules/_csv.c): dialects, readers, writers. */
import { NativeDefinition } from '../core/native.ts';
import { PyFloat } from '../core/scalars.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import type { PyDict } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { lookupAttr } from '../objects/attributes.ts';
import { call, isCallable } from '../objects/call.ts';
import { TypeError as PyTypeError } from '../objects/exception-types.ts';
import { tableDelete, tableGet, tableKeys, tableSet } from '../objects/hash-table.ts';
import { forEach, getIterator, iterNext, toArray } from '../objects/iterate.ts';
import { newDict, newFloat, newList } from '../objects/make.ts';
import { bindArguments } from '../objects/native-call.ts';
import { isRaised, newException, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { str } from '../objects/text.ts';
import { isTrue } from '../objects/truth.ts';
import { asInt, asStr } from '../objects/type-of.ts';
import { readyType } from '../objects/type-ready.ts';
import { exceptionType } from './exception-type.ts';
import type { NativeModule } from './native-module.ts';

const DIALECT_TYPE = staticType('Dialect', { module: '_csv', baseType: true });
const READER_TYPE = staticType('reader', { module: '_csv', disallowInstantiation: true });
const WRITER_TYPE = staticType('writer', { module: '_csv', disallowInstantiation: true });
const ERROR = exceptionType('Error', '_csv');

const QUOTE_MINIMAL = 0;
const QUOTE_ALL = 1;
const QUOTE_NONNUMERIC = 2;
const QUOTE_NONE = 3;
const QUOTE_STRINGS = 4;
const QUOTE_NOTNULL = 5;
const DEFAULT_FIELD_LIMIT = 131072;

function fail(message: string): never {
  throw newException(ERROR, message);
}

interface State {
  readonly dialects: PyDict;
  limit: number;
}

function stateOf(t: Thread): State {
  let state = t.interpreter.moduleState.get('_csv') as State | undefined;
  if (state === undefined) {
    state = { dialects: newDict(), limit: DEFAULT_FIELD_LIMIT };
    t.interpreter.moduleState.set('_csv', state);
  }
  return state;
}

class PyDialect extends PyObject {
  delimiter = ',';
  doublequote = true;
  escapechar: string | null = null;
  lineterminator = '\r\n';
  quotechar: string | null = '"';
  quoting = QUOTE_MINIMAL;
  skipinitialspace = false;
  strict = false;
}

const NAMES = ['delimiter', 'doublequote', 'escapechar', 'lineterminator', 'quotechar', 'quoting', 'skipinitialspace', 'strict'] as const;
const NEW = new NativeDefinition('Dialect', () => null, '(dialect=None, delimiter=None, doublequote=None, escapechar=None, lineterminator=None, quotechar=None, quoting=None, skipinitialspace=None, strict=None)', '', 'method');

function character(name: string, value: Value, orNone: boolean): string | null {
  if (value === null && orNone) return null;
  const text = asStr(value);
  if (text === undefined) raiseTypeError(`"${name}" must be a unicode character${orNone ? ' or None' : ''}, not ${typeName(value)}`);
  const { length } = [...text];
  return length === 1 ? text : raiseTypeError(`"${name}" must be a unicode character${orNone ? ' or None' : ''}, not a string of length ${length}`);
}

function quotingOf(value: Maybe): number {
  if (value === undefined) return QUOTE_MINIMAL;
  const number = asInt(value) ?? raiseTypeError('"quoting" must be an integer, not ' + typeName(value));
  return number >= QUOTE_MINIMAL && number <= QUOTE_NOTNULL ? Number(number) : raiseTypeError('bad "quoting" value');
}

/** The dialect of options and a base: a Dialect, a name, a class, or nothing. */
function makeDialect(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): PyDialect {
  const bound = bindArguments(NEW, 'Dialect', null, false, args, keywords) as Maybe[];
  const base = bound[0];
  const named = base !== undefined && asStr(base) !== undefined ? findDialect(t, base) : base;
  if (named instanceof PyDialect && type === DIALECT_TYPE && bound.slice(1).every((option) => option === undefined)) return named;
  const option = (i: number): Maybe => {
    const own = bound[i + 1];
    if (own !== undefined) return own;
    return named === undefined || named === null ? undefined : lookupAttr(t, named, NAMES[i]!);
  };
  const dialect = new PyDialect(type);
  const [delimiter, doublequote, escapechar, lineterminator, quotechar, quoting, skip, strict] = NAMES.map((_, i) => option(i));
  if (delimiter !== undefined) dialect.delimiter = character('delimiter', delimiter, /* orNone */ false)!;
  if (doublequote !== undefined) dialect.doublequote = isTrue(t, doublequote);
  if (escapechar !== undefined) dialect.escapechar = character('escapechar', escapechar, /* orNone */ true);
  if (lineterminator !== undefined) dialect.lineterminator = asStr(lineterminator) ?? raiseTypeError(`"lineterminator" must be a string, not ${typeName(lineterminator)}`);
  if (quotechar !== undefined) dialect.quotechar = character('quotechar', quotechar, /* orNone */ true);
  dialect.quoting = quotingOf(quoting);
  if (skip !== undefined) dialect.skipinitialspace = isTrue(t, skip);
  if (strict !== undefined) dialect.strict = isTrue(t, strict);
  if (quotechar === null && quoting === undefined) dialect.quoting = QUOTE_NONE;
  checkDialect(dialect);
  return dialect;
}

function checkDialect(dialect: PyDialect): void {
  const { delimiter, escapechar, quotechar, lineterminator, quoting, skipinitialspace } = dialect;
  if (quoting !== QUOTE_NONE && quotechar === null) raiseTypeError('quotechar must be set if quoting enabled');
  const check = (name: string, c: string | null): void => {
    if (c === null) return;
    if (c === '\r' || c === '\n' || (c === ' ' && name !== 'delimiter' && skipinitialspace)) raiseValueError(`bad ${name} value`);
    if (lineterminator.includes(c)) raiseValueError(`bad ${name} or lineterminator value`);
  };
  check('delimiter', delimiter);
  check('escapechar', escapechar);
  check('quotechar', quotechar);
  if (delimiter === escapechar) raiseValueError('bad delimiter or escapechar value');
  if (delimiter === quotechar) raiseValueError('bad delimiter or quotechar value');
  if (escapechar !== null && escapechar === quotechar) raiseValueError('bad escapechar or quotechar value');
}

function findDialect(t: Thread, name: Value): Value {
  return tableGet(t, stateOf(t).dialects.table, name) ?? fail('unknown dialect');
}

readyType(DIALECT_TYPE, {
  doc: 'CSV dialect\n\nThe Dialect type records CSV dialect options.',
  slots: { tp_alloc: (type) => new PyDialect(type), tp_new: makeDialect },
  getset: Object.fromEntries(NAMES.map((name) => [name, { get: (_t: Thread, self: Value) => (self as PyDialect)[name] }])),
});

type ReaderState = 'record' | 'field start' | 'escape' | 'field' | 'quoted' | 'quoted escape' | 'quote in quoted' | 'end' | 'after escaped CR';

class PyReader extends PyObject {
  readonly dialect: PyDialect;
  readonly source: Value;
  lineNumber = 0;
  private state: ReaderState = 'record';
  private fields: Value[] = [];
  private field = '';
  private unquoted = false;
  /** Rows begun so far: an iterator may call the reader that reads from it. */
  private round = 0;
  constructor(dialect: PyDialect, source: Value) {
    super(READER_TYPE);
    this.dialect = dialect;
    this.source = source;
  }

  private save(): void {
    const { quoting } = this.dialect;
    const text = this.field;
    this.field = '';
    if (this.unquoted && text === '' && (quoting === QUOTE_NOTNULL || quoting === QUOTE_STRINGS)) this.fields.push(null);
    else if (this.unquoted && text !== '' && (quoting === QUOTE_NONNUMERIC || quoting === QUOTE_STRINGS)) {
      const number = Number(text.trim());
      if (Number.isNaN(number) && !/^\s*[+-]?nan\s*$/i.test(text)) raiseValueError(`could not convert string to float: '${text}'`);
      this.fields.push(newFloat(number));
    } else this.fields.push(text);
  }

  private add(t: Thread, c: string): void {
    if (this.field.length >= stateOf(t).limit) fail(`field larger than field limit (${stateOf(t).limit})`);
    this.field += c;
  }

  private startField(t: Thread, c: string): void {
    const { dialect } = this;
    this.unquoted = true;
    if (c === '') {
      this.save();
      this.state = 'record';
    } else if (c === '\n' || c === '\r') {
      this.save();
      this.state = 'end';
    } else if (c === dialect.quotechar && dialect.quoting !== QUOTE_NONE) {
      this.unquoted = false;
      this.state = 'quoted';
    } else if (c === dialect.escapechar) this.state = 'escape';
    else if (c === ' ' && dialect.skipinitialspace) this.state = 'field start';
    else if (c === dialect.delimiter) {
      this.save();
      this.state = 'field start';
    } else {
      this.add(t, c);
      this.state = 'field';
    }
  }

  private inField(t: Thread, c: string): void {
    const { dialect } = this;
    if (c === '\n' || c === '\r' || c === '') {
      this.save();
      this.state = c === '' ? 'record' : 'end';
    } else if (c === dialect.escapechar) this.state = 'escape';
    else if (c === dialect.delimiter) {
      this.save();
      this.state = 'field start';
    } else this.add(t, c);
  }

  private afterQuote(t: Thread, c: string): void {
    const { dialect } = this;
    if (dialect.quoting !== QUOTE_NONE && c === dialect.quotechar) {
      this.add(t, c);
      this.state = 'quoted';
    } else if (c === dialect.delimiter) {
      this.save();
      this.state = 'field start';
    } else if (c === '\n' || c === '\r' || c === '') {
      this.save();
      this.state = c === '' ? 'record' : 'end';
    } else if (!dialect.strict) {
      this.add(t, c);
      this.state = 'field';
    } else fail(`'${dialect.delimiter}' expected after '${dialect.quotechar ?? ''}'`);
  }

  /** Takes a character; '' is the end of a line. */
  private take(t: Thread, c: string): void {
    const { dialect } = this;
    switch (this.state) {
      case 'record':
        if (c === '') return;
        if (c === '\n' || c === '\r') this.state = 'end';
        else this.startField(t, c);
        return;
      case 'field start':
        return this.startField(t, c);
      case 'escape':
        if (c === '\n' || c === '\r') {
          this.add(t, c);
          this.state = 'after escaped CR';
          return;
        }
        this.add(t, c === '' ? '\n' : c);
        this.state = 'field';
        return;
      case 'after escaped CR':
        if (c === '') return;
        this.state = 'field';
        return this.inField(t, c);
      case 'field':
        return this.inField(t, c);
      case 'quoted':
        if (c === '') return;
        if (c === dialect.escapechar) this.state = 'quoted escape';
        else if (c === dialect.quotechar && dialect.quoting !== QUOTE_NONE) this.state = dialect.doublequote ? 'quote in quoted' : 'field';
        else this.add(t, c);
        return;
      case 'quoted escape':
        this.add(t, c === '' ? '\n' : c);
        this.state = 'quoted';
        return;
      case 'quote in quoted':
        return this.afterQuote(t, c);
      default:
        if (c === '') this.state = 'record';
        else if (c !== '\n' && c !== '\r') fail("new-line character seen in unquoted field - do you need to open the file with newline=''?");
    }
  }

  /** The next row, or undefined at the end. */
  next(t: Thread): Maybe {
    this.fields = [];
    this.field = '';
    this.state = 'record';
    this.unquoted = false;
    const round = ++this.round;
    do {
      const line = iterNext(t, this.source);
      if (round !== this.round) fail('iterator has already advanced the reader');
      if (line === undefined) return this.endOfInput();
      const text = asStr(line);
      if (text === undefined) fail(`iterator should return strings, not ${typeName(line)} (the file should be opened in text mode)`);
      this.lineNumber++;
      for (const c of text) this.take(t, c);
      this.take(t, '');
    } while (this.state !== 'record');
    return newList(this.fields);
  }

  private endOfInput(): Maybe {
    if (this.field === '' && this.state !== 'quoted') return undefined;
    if (this.dialect.strict) fail('unexpected end of data');
    this.save();
    return newList(this.fields);
  }
}

readyType(READER_TYPE, {
  doc: 'CSV reader',
  slots: { tp_iter: (_t, self) => self, tp_iternext: (t, self: PyReader) => self.next(t) },
  getset: {
    dialect: { get: (_t, self) => (self as PyReader).dialect, member: true },
    line_num: { get: (_t, self) => (self as PyReader).lineNumber, member: true },
  },
});

class PyWriter extends PyObject {
  readonly dialect: PyDialect;
  readonly write: Value;
  constructor(dialect: PyDialect, write: Value) {
    super(WRITER_TYPE);
    this.dialect = dialect;
    this.write = write;
  }
}

function mustQuote(dialect: PyDialect, field: Value): boolean {
  switch (dialect.quoting) {
    case QUOTE_ALL: return true;
    case QUOTE_NONNUMERIC: return !(field instanceof PyFloat || asInt(field) !== undefined);
    case QUOTE_STRINGS: return asStr(field) !== undefined;
    case QUOTE_NOTNULL: return field !== null;
    default: return false;
  }
}

/** A field as written. */
function formatField(dialect: PyDialect, text: string, quoteAlways: boolean, place: { alone: boolean; missing: boolean }): string {
  const { delimiter, escapechar, quotechar, lineterminator, quoting, doublequote, skipinitialspace } = dialect;
  let quoted = quoteAlways;
  let body = '';
  for (const c of text) {
    let escape = false;
    if (c === delimiter || c === escapechar || c === quotechar || c === '\r' || c === '\n' || lineterminator.includes(c)) {
      if (quoting === QUOTE_NONE) escape = true;
      else if (c === quotechar) {
        if (doublequote) body += quotechar;
        else escape = true;
      } else if (c === escapechar) escape = true;
      if (!escape) quoted = true;
      if (escape) {
        if (escapechar === null) fail('need to escape, but no escapechar set');
        body += escapechar;
      }
    }
    body += c;
  }
  if (text === '' && place.alone) {
    if (quoting === QUOTE_NONE) fail('single empty field record must be quoted');
    quoted = true;
  }
  if (text === '' && delimiter === ' ' && skipinitialspace) {
    if (quoting === QUOTE_NONE || (place.missing && (quoting === QUOTE_STRINGS || quoting === QUOTE_NOTNULL))) fail('empty field must be quoted if delimiter is a space and skipinitialspace is true');
    quoted = true;
  }
  if (!quoted && text.startsWith(' ') && delimiter === ' ' && skipinitialspace && quoting !== QUOTE_NONE) quoted = true;
  return quoted ? `${quotechar ?? ''}${body}${quotechar ?? ''}` : body;
}

function writer_writerow(t: Thread, self: PyWriter, row: Value): Value {
  let fields: Value[];
  try {
    fields = toArray(t, getIterator(t, row));
  } catch (caught) {
    if (isRaised(caught, PyTypeError)) fail(`iterable expected, not ${typeName(row)}`);
    throw caught;
  }
  const { dialect } = self;
  const parts = fields.map((field) => {
    const text = asStr(field) ?? (field === null ? '' : str(t, field));
    if (field === null && fields.length === 1 && (dialect.quoting === QUOTE_STRINGS || dialect.quoting === QUOTE_NOTNULL)) fail('single empty field record must be quoted');
    return formatField(dialect, text, mustQuote(dialect, field), { alone: fields.length === 1, missing: field === null });
  });
  return call(t, self.write, [parts.join(dialect.delimiter) + dialect.lineterminator]);
}

readyType(WRITER_TYPE, {
  doc: 'CSV writer',
  methods: {
    writerow: [writer_writerow, '($self, row, /)', 'Construct and write a CSV record from an iterable of fields.'],
    writerows: [(t: Thread, self: PyWriter, rows: Value) => forEach(t, rows, (row) => void writer_writerow(t, self, row)), '($self, rows, /)', 'Construct and write a series of iterables to a csv file.'],
  },
  getset: { dialect: { get: (_t, self) => (self as PyWriter).dialect, member: true } },
});

function dialectFrom(t: Thread, args: readonly Value[], keywords: ReadonlyMap<string, Value>): PyDialect {
  return makeDialect(t, DIALECT_TYPE, [...args, ...keywords.values()], keywords.size === 0 ? null : [...keywords.keys()]);
}

function csv_reader(t: Thread, iterable: Value, args: Value[], keywords: Map<string, Value>): Value {
  return new PyReader(dialectFrom(t, args, keywords), getIterator(t, iterable));
}

function csv_writer(t: Thread, file: Value, args: Value[], keywords: Map<string, Value>): Value {
  const dialect = dialectFrom(t, args, keywords);
  const write = lookupAttr(t, file, 'write');
  return write === undefined || !isCallable(write) ? raiseTypeError('argument 1 must have a "write" method') : new PyWriter(dialect, write);
}

function csv_register(t: Thread, name: Value, args: Value[], keywords: Map<string, Value>): void {
  if (asStr(name) === undefined) raiseTypeError('dialect name must be a string');
  tableSet(t, stateOf(t).dialects.table, name, dialectFrom(t, args, keywords));
}

function csv_fieldLimit(t: Thread, limit?: Value): Value {
  const state = stateOf(t);
  const old = state.limit;
  if (limit !== undefined) state.limit = Number(asInt(limit) ?? raiseTypeError('limit must be an integer'));
  return old;
}

/** The table. */
export const CSV_MODULE: NativeModule = {
  name: '_csv',
  doc: 'CSV parsing and writing.\n',
  types: { Dialect: DIALECT_TYPE, Reader: READER_TYPE, Writer: WRITER_TYPE, Error: ERROR },
  attributes: (t) => ({ __version__: '1.0', QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL, _dialects: stateOf(t).dialects }),
  functions: {
    reader: [csv_reader, '!($module, iterable, /, *args, **fmtparams)', 'Return a reader object that will process lines from the given iterable.'],
    writer: [csv_writer, '!($module, fileobj, /, *args, **fmtparams)', 'Return a writer object that will write user data on the given file object.'],
    list_dialects: [(t: Thread) => newList(tableKeys(stateOf(t).dialects.table)), '($module, /)', 'Return a list of all known dialect names.'],
    register_dialect: [csv_register, '!($module, name, /, *args, **fmtparams)', 'Create a mapping from a string name to a CVS dialect.'],
    unregister_dialect: [(t: Thread, name: Value) => (tableDelete(t, stateOf(t).dialects.table, name) ? null : fail('unknown dialect')), '($module, /, name)', 'Delete the name/dialect mapping associated with a string name.'],
    get_dialect: [(t: Thread, name: Value) => findDialect(t, name), '($module, /, name)', 'Return the dialect instance associated with name.'],
    field_size_limit: [csv_fieldLimit, '($module, /, new_limit=<unrepresentable>)', 'Sets an upper limit on parsed fields.'],
  },
};
