/** `datetime.date` and the result type of `isocalendar`. */
import { PyTuple } from '../../core/containers.ts';
import { PyBytes } from '../../core/scalars.ts';
import type { CompareOp, KeywordNames, PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { hashBytes } from '../../objects/algorithms/hash.ts';
import { callMethod, call } from '../../objects/call.ts';
import { orderResult } from '../../objects/compare.ts';
import { getAttr } from '../../objects/attributes.ts';
import { importModule } from '../../objects/import-hook.ts';
import { newBytes, newTuple, NOT_IMPLEMENTED } from '../../objects/make.ts';
import { strArgument } from '../../objects/native-arguments.ts';
import { toIndex } from '../../objects/operators.ts';
import { raiseOverflowError, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { strRepr } from '../../objects/algorithms/str-repr.ts';
import { staticType, TUPLE_TYPE } from '../../objects/static-types.ts';
import { str } from '../../objects/text.ts';
import { asStr } from '../../objects/type-of.ts';
import { readyType } from '../../objects/type-ready.ts';
import { bindFields, type FieldNames } from './arguments.ts';
import { fromIsoCalendar, fromOrdinal, isoCalendar, MAX_YEAR, toOrdinal, weekday, yearDay } from './calendar.ts';
import { parseIsoDate } from './iso-parse.ts';
import { clockAt, dateTimestampOf, momentAt } from './local-time.ts';
import {
  checkDate, checkYear, DATE_TYPE, dateOfOrdinal, intOf, MIDNIGHT, newDelta, PyDate, PyDateTime, PyDelta, type TimeFields,
} from './records.ts';
import { ctime, formatWith, isoDate } from './text.ts';

// The result of isocalendar()

const ISO_CALENDAR_TYPE = staticType('IsoCalendarDate', { module: 'datetime', base: TUPLE_TYPE });

function isoItem(index: number): { get: (t: Thread, self: Value) => Maybe } {
  return { get: (_t, self) => (self as PyTuple).items[index] };
}

readyType(ISO_CALENDAR_TYPE, {
  doc: 'The result of date.isocalendar() or datetime.isocalendar()\n\nThis object may be accessed either as a tuple of\n  ((year, week, weekday)\nor via the object attributes as named in the above tuple.',
  slots: {
    tp_new: (t, type, args, keywords) => {
      const parts = bindFields({ names: ['year', 'week', 'weekday'], required: 3, positional: 3, who: 'IsoCalendarDate()' }, args, keywords);
      return new PyTuple(type, parts.map((part) => intOf(t, part!)));
    },
    tp_repr: (t, self: PyTuple) => {
      const [year, week, day] = self.items;
      return `${typeName(self)}(year=${str(t, year!)}, week=${str(t, week!)}, weekday=${str(t, day!)})`;
    },
  },
  methods: { __reduce__: [(_t: Thread, self: PyTuple) => newTuple([TUPLE_TYPE, newTuple([newTuple(self.items.slice())])]), '($self, /)', '__reduce__() -> (cls, state)'] },
  getset: { year: isoItem(0), week: isoItem(1), weekday: isoItem(2) },
});

// Construction

const PARAMETERS: FieldNames = { names: ['year', 'month', 'day'], required: 3, positional: 3, who: '' };

/** The bytes of a pickled state: bytes, or a str that holds them as Latin-1 (pickles of Python 2). */
export function stateBytes(value: Maybe, length: number): Uint8Array | undefined {
  if (value instanceof PyBytes) return value.value.length === length ? value.value : undefined;
  const text = asStr(value);
  if (text === undefined || text.length !== length || /[^\0-\xff]/.test(text)) return undefined;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A date of any class: through the constructor of a subclass. */
export function makeDate(t: Thread, type: PyType, year: number, month: number, day: number): Value {
  if (type !== DATE_TYPE) return call(t, type, [year, month, day]);
  checkDate(year, month, day);
  return new PyDate(type, year, month, day);
}

function date_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const state = args.length === 1 ? stateBytes(args[0], 4) : undefined;
  if (state !== undefined && state[2]! >= 1 && state[2]! <= 12) return new PyDate(type, state[0]! * 256 + state[1]!, state[2]!, state[3]!);
  const [year, month, day] = bindFields(PARAMETERS, args, keywords, (value) => intOf(t, value)).map((part) => intOf(t, part!)) as [number, number, number];
  checkDate(year, month, day);
  return new PyDate(type, year, month, day);
}

function date_fromtimestamp(t: Thread, type: Value, timestamp: Value): Value {
  const seconds = dateTimestampOf(t, timestamp);
  const { year, month, day } = clockAt(seconds + momentAt(t, seconds).offset);
  return makeDate(t, type as PyType, year, month, day);
}

function date_today(t: Thread, type: Value): Value {
  const now = callMethod(t, importModule(t, 'time'), 'time');
  return callMethod(t, type, 'fromtimestamp', now);
}

function date_fromordinal(t: Thread, type: Value, ordinal: Value): Value {
  const number = intOf(t, ordinal);
  if (number < 1) raiseValueError('ordinal must be >= 1');
  const { year, month, day } = fromOrdinal(number);
  checkYear(year);
  return makeDate(t, type as PyType, year, month, day);
}

function date_fromisoformat(t: Thread, type: Value, object: Value): Value {
  const text = asStr(object) ?? raiseTypeError('fromisoformat: argument must be str');
  const parsed = text.length === 7 || text.length === 8 || text.length === 10 ? parseIsoDate(text) : undefined;
  if (parsed === undefined) raiseValueError(`Invalid isoformat string: ${strRepr(text)}`);
  return makeDate(t, type as PyType, parsed.year, parsed.month, parsed.day);
}

function isoComponent(t: Thread, value: Value): number {
  const int = toIndex(t, value);
  return typeof int === 'number' && Math.abs(int) <= 0x7fffffff ? int : raiseValueError('ISO calendar component out of range');
}

function date_fromisocalendar(t: Thread, type: Value, yearGiven: Value, weekGiven: Value, dayGiven: Value): Value {
  const [year, week, day] = [isoComponent(t, yearGiven), isoComponent(t, weekGiven), isoComponent(t, dayGiven)];
  const ordinal = fromIsoCalendar(year, week, day);
  if (ordinal === 'year') checkYear(year);
  if (ordinal === 'week') raiseValueError(`Invalid week: ${week}`);
  if (ordinal === 'weekday') raiseValueError(`Invalid weekday: ${day} (range is [1, 7])`);
  const date = fromOrdinal(ordinal as number);
  if (date.year < 1 || date.year > MAX_YEAR) checkYear(date.year);
  return makeDate(t, type as PyType, date.year, date.month, date.day);
}

/** `strptime` of one of the types, by the function of `_strptime` that is for it. */
export function parseByFormat(name: string): (t: Thread, type: Value, string: Value, format: Value) => Value {
  return (t, type, string, format) => {
    strArgument(string, 'strptime() argument 1');
    strArgument(format, 'strptime() argument 2');
    return call(t, getAttr(t, importModule(t, '_strptime'), name), [type, string, format]);
  };
}

// Arithmetic

function add(t: Thread, date: PyDate, days: number): Value {
  const { year, month, day } = dateOfOrdinal(toOrdinal(date.year, date.month, date.day) + days);
  return makeDate(t, date.type, year, month, day);
}

function isPlainDate(value: Value): value is PyDate {
  return value instanceof PyDate && !(value instanceof PyDateTime);
}

function date_add(t: Thread, left: Value, right: Value): Value {
  if (isPlainDate(left) && right instanceof PyDelta) return add(t, left, right.days);
  return isPlainDate(right) && left instanceof PyDelta ? add(t, right, left.days) : NOT_IMPLEMENTED;
}

function date_subtract(t: Thread, left: Value, right: Value): Value {
  if (!isPlainDate(left)) return NOT_IMPLEMENTED;
  if (right instanceof PyDelta) return add(t, left, -right.days);
  if (!isPlainDate(right)) return NOT_IMPLEMENTED;
  return newDelta(toOrdinal(left.year, left.month, left.day) - toOrdinal(right.year, right.month, right.day), 0, 0);
}

function date_richcompare(_t: Thread, self: PyDate, other: Value, op: CompareOp): Value {
  // A datetime is a date, but not one to be compared by its date alone.
  if (!isPlainDate(other) || self instanceof PyDateTime) return NOT_IMPLEMENTED;
  return orderResult(self.year - other.year || self.month - other.month || self.day - other.day, op);
}

// Methods

/** The state of a date as four bytes. */
export function dateState(self: PyDate): number[] {
  return [self.year >> 8, self.year & 255, self.month, self.day];
}

/** A `time.struct_time` of these fields. */
export function timeTuple(t: Thread, date: PyDate, time: TimeFields, dst: number): Value {
  const { year, month, day } = date;
  const items = [year, month, day, time.hour, time.minute, time.second, weekday(year, month, day), yearDay(year, month, day), dst];
  return call(t, getAttr(t, importModule(t, 'time'), 'struct_time'), [newTuple(items)]);
}

function date_strftime(t: Thread, self: PyDate, format: Value): Value {
  const text = strArgument(format, 'strftime() argument 1');
  const isoYear = (): number => isoCalendar(self.year, self.month, self.day).year;
  return formatWith(t, { object: self, year: self.year, isoYear, argument: self }, text, callMethod(t, self, 'timetuple'));
}

/** `__format__` of all types: `str` for an empty format, else `strftime`. */
export function formatBy(t: Thread, self: Value, format: Value): Value {
  const text = strArgument(format, '__format__() argument 1');
  return text === '' ? str(t, self) : callMethod(t, self, 'strftime', format);
}

function date_replace(t: Thread, self: PyDate, yearGiven: Maybe, monthGiven: Maybe, dayGiven: Maybe): Value {
  const field = (given: Maybe, own: number): number => (given === undefined ? own : replacedInt(t, given));
  const [year, month, day] = [field(yearGiven, self.year), field(monthGiven, self.month), field(dayGiven, self.day)];
  return makeDate(t, self.type, year, month, day);
}

/** An int argument of `replace`. */
export function replacedInt(t: Thread, value: Value): number {
  const int = toIndex(t, value);
  if (typeof int === 'number' && (int | 0) === int) return int;
  return raiseOverflowError('Python int too large to convert to C int');
}

function date_isocalendar(_t: Thread, self: PyDate): Value {
  const iso = isoCalendar(self.year, self.month, self.day);
  return new PyTuple(ISO_CALENDAR_TYPE, [iso.year, iso.week, iso.weekday]);
}

readyType(DATE_TYPE, {
  doc: 'date(year, month, day) --> date object',
  slots: {
    tp_alloc: (type) => new PyDate(type, 1, 1, 1),
    tp_new: date_new,
    tp_repr: (t, self: PyDate) => `${typeName(self)}(${self.year}, ${self.month}, ${self.day})`,
    tp_str: (t, self: PyDate) => str(t, callMethod(t, self, 'isoformat')),
    tp_hash: (t, self: PyDate) => (self.hash ??= hashBytes(Uint8Array.from(dateState(self)), t.interpreter.config.hashSeed)),
    tp_richcompare: date_richcompare,
    nb_add: date_add,
    nb_subtract: date_subtract,
  },
  methods: {
    fromtimestamp: [date_fromtimestamp, '($type, timestamp, /)', 'Create a date from a POSIX timestamp.\n\nThe timestamp is a number, e.g. created via time.time(), that is\ninterpreted as local time.', 'class'],
    fromordinal: [date_fromordinal, '!($type, ordinal, /)', 'int -> date corresponding to a proleptic Gregorian ordinal.', 'class'],
    fromisoformat: [date_fromisoformat, '($type, object, /)', 'str -> Construct a date from a string in ISO 8601 format.', 'class'],
    fromisocalendar: [date_fromisocalendar, '!($type, year, week, day)', 'int, int, int -> Construct a date from the ISO year, week number and weekday.\n\nThis is the inverse of the date.isocalendar() function', 'class'],
    strptime: [parseByFormat('_strptime_datetime_date'), '!($type, string, format, /)', 'string, format -> new date parsed from a string (like time.strptime()).', 'class'],
    today: [date_today, '($type, /)', 'Current date or datetime:  same as self.__class__.fromtimestamp(time.time()).', 'class'],
    ctime: [(_t: Thread, self: PyDate) => ctime(self, MIDNIGHT), '($self, /)', 'Return ctime() style string.'],
    strftime: [date_strftime, '!($self, format)', 'format -> strftime() style string.'],
    __format__: [formatBy, '!($self, format, /)', 'Formats self with strftime.'],
    timetuple: [(t: Thread, self: PyDate) => timeTuple(t, self, MIDNIGHT, -1), '($self, /)', 'Return time tuple, compatible with time.localtime().'],
    isocalendar: [date_isocalendar, '($self, /)', 'Return a named tuple containing ISO year, week number, and weekday.'],
    isoformat: [(_t: Thread, self: PyDate) => isoDate(self), '($self, /)', 'Return string in ISO 8601 format, YYYY-MM-DD.'],
    isoweekday: [(_t: Thread, self: PyDate) => weekday(self.year, self.month, self.day) + 1, '($self, /)', 'Return the day of the week represented by the date.\nMonday == 1 ... Sunday == 7'],
    toordinal: [(_t: Thread, self: PyDate) => toOrdinal(self.year, self.month, self.day), '($self, /)', 'Return proleptic Gregorian ordinal.  January 1 of year 1 is day 1.'],
    weekday: [(_t: Thread, self: PyDate) => weekday(self.year, self.month, self.day), '($self, /)', 'Return the day of the week represented by the date.\nMonday == 0 ... Sunday == 6'],
    replace: [date_replace, '($self, /, year=unchanged, month=unchanged, day=unchanged)', 'Return date with new specified fields.'],
    __replace__: [date_replace, '($self, /, *, year=unchanged, month=unchanged, day=unchanged)', 'The same as replace().'],
    __reduce__: [(_t: Thread, self: PyDate) => newTuple([self.type, newTuple([newBytes(Uint8Array.from(dateState(self)))])]), '($self, /)', '__reduce__() -> (cls, state)'],
  },
  getset: {
    year: { get: (_t, self) => (self as PyDate).year },
    month: { get: (_t, self) => (self as PyDate).month },
    day: { get: (_t, self) => (self as PyDate).day },
  },
  attributes: { min: new PyDate(DATE_TYPE, 1, 1, 1), max: new PyDate(DATE_TYPE, MAX_YEAR, 12, 31), resolution: newDelta(1, 0, 0) },
});

