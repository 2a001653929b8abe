/** `datetime.datetime`: construction, comparison, conversion. Arithmetic is in `datetime-arithmetic.ts`. */
import type { KeywordNames, PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { strRepr } from '../../objects/algorithms/str-repr.ts';
import { callMethod } from '../../objects/call.ts';
import { DeprecationWarning } from '../../objects/exception-types.ts';
import { newBytes, newFloat, newTuple } from '../../objects/make.ts';
import { argumentTypeName, strArgument } from '../../objects/native-arguments.ts';
import { raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { repr, str } from '../../objects/text.ts';
import { asStr } from '../../objects/type-of.ts';
import { readyType } from '../../objects/type-ready.ts';
import { warn } from '../../objects/warn-hook.ts';
import { bindFields, type FieldNames } from './arguments.ts';
import { isoCalendar, MAX_YEAR } from './calendar.ts';
import { dateState, formatBy, parseByFormat, replacedInt, stateBytes, timeTuple } from './date.ts';
import {
  asTimestamp, attachZone, compareMoments, datetime_add, datetime_subtract, hashMoment, localZoneOf, makeDateTime, momentOf, offsetOf, shift,
} from './datetime-arithmetic.ts';
import { isoDateLength, parseIsoDate, parseIsoTime, type ParsedTime } from './iso-parse.ts';
import { foldAt, clockAt, momentAt, timestampOf } from './local-time.ts';
import {
  checkDate, checkTime, DATE_TYPE, DATETIME_TYPE, intOf, MIDNIGHT, newDelta, PyDate, PyDateTime, PyTime, PyTzInfo, TIME_TYPE, tzArgument, type PyDelta,
} from './records.ts';
import { ctime, formatWith, isoDate, isoOffset, isoTime } from './text.ts';
import { midnightOf, parsedZone } from './time.ts';
import { askDst, askName, UTC } from './tzinfo.ts';

const PARAMETERS: FieldNames = {
  names: ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond', 'tzinfo', 'fold'], required: 3, positional: 8, who: '',
};

function ofState(type: PyType, state: Uint8Array, tz: Maybe): Value {
  const zone = tz === undefined ? null : tz;
  if (zone !== null && !(zone instanceof PyTzInfo)) raiseTypeError('bad tzinfo state arg');
  const date = { year: state[0]! * 256 + state[1]!, month: state[2]! & 127, day: state[3]! };
  const time = { hour: state[4]!, minute: state[5]!, second: state[6]!, micros: state[7]! * 65536 + state[8]! * 256 + state[9]! };
  return new PyDateTime(type, date, time, zone, state[2]! >> 7);
}

function datetime_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const state = args.length >= 1 && args.length <= 2 && keywords === null ? stateBytes(args[0], 10) : undefined;
  const month = state === undefined ? 0 : state[2]! & 127;
  if (month >= 1 && month <= 12) return ofState(type, state!, args[1]);
  const bound = bindFields(PARAMETERS, args, keywords, (value) => intOf(t, value));
  const int = (i: number): number => (bound[i] === undefined ? 0 : intOf(t, bound[i]!));
  const date = { year: int(0), month: int(1), day: int(2) };
  const time = { hour: int(3), minute: int(4), second: int(5), micros: int(6) };
  const fold = int(8);
  checkDate(date.year, date.month, date.day);
  checkTime(time, fold);
  return new PyDateTime(type, date, time, tzArgument(bound[7]), fold);
}

/** The moment of a timestamp in UTC fields, with `tz` put on. */
function atTimestamp(t: Thread, type: PyType, value: Value, tz: Value): Value {
  const { seconds, micros } = timestampOf(t, value);
  return makeDateTime(t, type, clockAt(seconds), { ...clockAt(seconds), micros }, tz, 0);
}

function localAt(t: Thread, type: PyType, value: Value): Value {
  const { seconds, micros } = timestampOf(t, value);
  const clock = clockAt(seconds + momentAt(t, seconds).offset);
  return makeDateTime(t, type, clock, { ...clock, micros }, null, foldAt(t, seconds));
}

function datetime_fromtimestamp(t: Thread, type: PyType, timestamp: Value, tz: Maybe): Value {
  const zone = tzArgument(tz);
  if (zone === null) return localAt(t, type, timestamp);
  return callMethod(t, zone, 'fromutc', atTimestamp(t, type, timestamp, zone));
}

function datetime_utcfromtimestamp(t: Thread, type: PyType, timestamp: Value): Value {
  warn(t, DeprecationWarning, 'datetime.datetime.utcfromtimestamp() is deprecated and scheduled for removal in a future version. Use timezone-aware objects to represent datetimes in UTC: datetime.datetime.fromtimestamp(timestamp, datetime.UTC).', 1);
  return atTimestamp(t, type, timestamp, null);
}

/** The clock's time as a moment of `type`. */
function nowIn(t: Thread, type: PyType, zone: Value, local: boolean): Value {
  const micros = Math.floor((performance.timeOrigin + performance.now()) * 1000);
  const seconds = Math.floor(micros / 1e6);
  const fields = clockAt(local ? seconds + momentAt(t, seconds).offset : seconds);
  return makeDateTime(t, type, fields, { ...fields, micros: micros - seconds * 1e6 }, zone, local ? foldAt(t, seconds) : 0);
}

function datetime_now(t: Thread, type: PyType, tz: Maybe): Value {
  const zone = tzArgument(tz);
  if (zone === null) return nowIn(t, type, null, /* local */ true);
  return callMethod(t, zone, 'fromutc', nowIn(t, type, zone, /* local */ false));
}

function datetime_utcnow(t: Thread, type: PyType): Value {
  warn(t, DeprecationWarning, 'datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version. Use timezone-aware objects to represent datetimes in UTC: datetime.datetime.now(datetime.UTC).', 1);
  return nowIn(t, type, null, /* local */ false);
}

function datetime_combine(t: Thread, type: PyType, date: Value, time: Value, tz: Maybe): Value {
  if (!(date instanceof PyDate)) raiseTypeError(`combine() argument 1 must be datetime.date, not ${argumentTypeName(date)}`);
  if (!(time instanceof PyTime)) raiseTypeError(`combine() argument 2 must be datetime.time, not ${argumentTypeName(time)}`);
  return makeDateTime(t, type, date, time, tz === undefined ? time.tz : tzArgument(tz), time.fold);
}

function datetime_fromisoformat(t: Thread, type: PyType, object: Value): Value {
  const text = asStr(object) ?? raiseTypeError('fromisoformat: argument must be str');
  // The separator is one character, whatever it is; everything else must be ASCII.
  const units = [...text];
  const length = units.length >= 7 ? isoDateLength(units.map((unit) => (unit.length === 1 ? unit : '?')).join('')) : 0;
  const date = parseIsoDate(units.slice(0, length).join(''));
  const rest = units.slice(length + 1).join('');
  const parsed: ParsedTime | undefined = units.length > length ? parseIsoTime(rest) : { time: MIDNIGHT, offset: null };
  if (date === undefined || parsed === undefined) raiseValueError(`Invalid isoformat string: ${strRepr(text)}`);
  const { time, nextDay } = midnightOf(parsed);
  const zone = parsedZone(t, parsed);
  if (!nextDay) return makeDateTime(t, type, date, time, zone, 0);
  checkDate(date.year, date.month, date.day);
  if (date.year === MAX_YEAR && date.month === 12 && date.day === 31) raiseValueError(`year must be in 1..${MAX_YEAR}, not ${MAX_YEAR + 1}`);
  return shift(t, type, new PyDateTime(DATETIME_TYPE, date, time, zone, 0), newDelta(1, 0, 0), 1);
}

// Methods

function datetime_repr(t: Thread, self: PyDateTime): string {
  const parts: string[] = [self.year, self.month, self.day, self.hour, self.minute].map(String);
  if (self.second !== 0 || self.micros !== 0) parts.push(String(self.second));
  if (self.micros !== 0) parts.push(String(self.micros));
  if (self.fold !== 0) parts.push(`fold=${self.fold}`);
  if (self.tz !== null) parts.push(`tzinfo=${repr(t, self.tz)}`);
  return `${typeName(self)}(${parts.join(', ')})`;
}

function isoText(t: Thread, self: PyDateTime, separator: string, timespec: string): string {
  return `${isoDate(self)}${separator}${isoTime(self, timespec)}${isoOffset(t, self.tz, self)}`;
}

function datetime_isoformat(t: Thread, self: PyDateTime, sep: Maybe, timespec: Maybe): Value {
  let separator = 'T';
  if (sep !== undefined) {
    separator = asStr(sep) ?? raiseTypeError(`isoformat() argument 1 must be a unicode character, not ${argumentTypeName(sep)}`);
    const { length } = [...separator];
    if (length !== 1) raiseTypeError(`isoformat() argument 1 must be a unicode character, not a string of length ${length}`);
  }
  return isoText(t, self, separator, timespec === undefined ? 'auto' : strArgument(timespec, 'isoformat() argument 2'));
}

function datetime_strftime(t: Thread, self: PyDateTime, format: Value): Value {
  const text = strArgument(format, 'strftime() argument 1');
  const isoYear = (): number => isoCalendar(self.year, self.month, self.day).year;
  return formatWith(t, { object: self, year: self.year, isoYear, argument: self }, text, callMethod(t, self, 'timetuple'));
}

function isZero(delta: PyDelta): boolean {
  return delta.days === 0 && delta.seconds === 0 && delta.micros === 0;
}

function datetime_timetuple(t: Thread, self: PyDateTime): Value {
  const dst = askDst(t, self.tz, self);
  return timeTuple(t, self, self, dst === null ? -1 : isZero(dst) ? 0 : 1);
}

function datetime_utctimetuple(t: Thread, self: PyDateTime): Value {
  const offset = offsetOf(t, self);
  if (offset === null) return timeTuple(t, self, self, 0);
  const utc = shift(t, DATETIME_TYPE, self, offset, -1) as PyDateTime;
  return timeTuple(t, utc, utc, 0);
}

function datetime_replace(t: Thread, self: PyDateTime, ...given: Maybe[]): Value {
  const own = [self.year, self.month, self.day, self.hour, self.minute, self.second, self.micros];
  const [year, month, day, hour, minute, second, micros] = own.map((value, i) => (given[i] === undefined ? value : replacedInt(t, given[i]!))) as [number, number, number, number, number, number, number];
  const zone = given[7] === undefined ? self.tz : tzArgument(given[7]);
  const fold = given[8] === undefined ? self.fold : replacedInt(t, given[8]);
  if (fold !== 0 && fold !== 1) raiseValueError(`fold must be either 0 or 1, not ${fold}`);
  return makeDateTime(t, self.type, { year, month, day }, { hour, minute, second, micros }, zone, fold);
}

function datetime_astimezone(t: Thread, self: PyDateTime, tz: Maybe): Value {
  const given = tzArgument(tz);
  const own = self.tz === null ? localZoneOf(t, self) : self.tz;
  if (own === given && given !== null) return self;
  let offset = momentOf(t, own, self);
  // A zone that does not know its offset is taken for local time.
  if (offset === null) offset = momentOf(t, localZoneOf(t, attachZone(self, null)), self)!;
  const utc = shift(t, DATETIME_TYPE, attachZone(self, UTC), offset, -1) as PyDateTime;
  const target = given === null ? localZoneOf(t, utc) : given;
  return callMethod(t, target, 'fromutc', attachZone(utc, target));
}

function reduced(self: PyDateTime, protocol: number): Value {
  const { micros } = self;
  const state = [...dateState(self), self.hour, self.minute, self.second, micros >> 16, (micros >> 8) & 255, micros & 255];
  // Readers of protocol 3 and before do not know the fold.
  if (protocol > 3 && self.fold === 1) state[2]! |= 128;
  const bytes = newBytes(Uint8Array.from(state));
  return newTuple([self.type, newTuple(self.tz === null ? [bytes] : [bytes, self.tz])]);
}

const REPLACE_PARAMETERS = 'year=unchanged, month=unchanged, day=unchanged,\n        hour=unchanged, minute=unchanged, second=unchanged,\n        microsecond=unchanged, tzinfo=unchanged';

readyType(DATETIME_TYPE, {
  doc: 'datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\nThe year, month and day arguments are required. tzinfo may be None, or an\ninstance of a tzinfo subclass. The remaining arguments may be ints.\n',
  slots: {
    tp_alloc: (type) => new PyDateTime(type, { year: 1, month: 1, day: 1 }, MIDNIGHT, null, 0),
    tp_new: datetime_new,
    tp_repr: datetime_repr,
    tp_str: (t, self: PyDateTime) => str(t, callMethod(t, self, 'isoformat', ' ')),
    tp_hash: hashMoment,
    tp_richcompare: compareMoments,
    nb_add: datetime_add,
    nb_subtract: datetime_subtract,
  },
  methods: {
    now: [datetime_now, '($type, /, tz=None)', 'Returns new datetime object representing current time local to tz.\n\n  tz\n    Timezone object.\n\nIf no tz is specified, uses local timezone.', 'class'],
    utcnow: [datetime_utcnow, '($type, /)', 'Return a new datetime representing UTC day and time.', 'class'],
    fromtimestamp: [datetime_fromtimestamp, '!($type, timestamp, tz=None)', "timestamp[, tz] -> tz's local time from POSIX timestamp.", 'class'],
    utcfromtimestamp: [datetime_utcfromtimestamp, '!($type, timestamp, /)', 'Construct a naive UTC datetime from a POSIX timestamp.', 'class'],
    strptime: [parseByFormat('_strptime_datetime_datetime'), '!($type, string, format, /)', 'string, format -> new datetime parsed from a string (like time.strptime()).', 'class'],
    combine: [datetime_combine, '!($type, date, time, tzinfo=unchanged)', 'date, time -> datetime with same date and time fields', 'class'],
    fromisoformat: [datetime_fromisoformat, '($type, object, /)', 'string -> datetime from a string in most ISO 8601 formats', 'class'],
    date: [(_t: Thread, self: PyDateTime) => new PyDate(DATE_TYPE, self.year, self.month, self.day), '($self, /)', 'Return date object with same year, month and day.'],
    time: [(_t: Thread, self: PyDateTime) => new PyTime(TIME_TYPE, self, null, self.fold), '($self, /)', 'Return time object with same time but with tzinfo=None.'],
    timetz: [(_t: Thread, self: PyDateTime) => new PyTime(TIME_TYPE, self, self.tz, self.fold), '($self, /)', 'Return time object with same time and tzinfo.'],
    ctime: [(_t: Thread, self: PyDateTime) => ctime(self, self), '($self, /)', 'Return ctime() style string.'],
    timetuple: [datetime_timetuple, '($self, /)', 'Return time tuple, compatible with time.localtime().'],
    timestamp: [(t: Thread, self: PyDateTime) => newFloat(asTimestamp(t, self)), '($self, /)', 'Return POSIX timestamp as float.'],
    utctimetuple: [datetime_utctimetuple, '($self, /)', 'Return UTC time tuple, compatible with time.localtime().'],
    isoformat: [datetime_isoformat, "!($self, sep='T', timespec='auto')", "[sep] -> string in ISO 8601 format, YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\nsep is used to separate the year from the time, and defaults to 'T'."],
    strftime: [datetime_strftime, '!($self, format)', 'format -> strftime() style string.'],
    __format__: [formatBy, '!($self, format, /)', 'Formats self with strftime.'],
    utcoffset: [(t: Thread, self: PyDateTime) => offsetOf(t, self), '($self, /)', 'Return self.tzinfo.utcoffset(self).'],
    tzname: [(t: Thread, self: PyDateTime) => askName(t, self.tz, self), '($self, /)', 'Return self.tzinfo.tzname(self).'],
    dst: [(t: Thread, self: PyDateTime) => askDst(t, self.tz, self), '($self, /)', 'Return self.tzinfo.dst(self).'],
    replace: [datetime_replace, `($self, /, ${REPLACE_PARAMETERS}, *, fold=unchanged)`, 'Return datetime with new specified fields.'],
    __replace__: [datetime_replace, `($self, /, *, ${REPLACE_PARAMETERS}, fold=unchanged)`, 'The same as replace().'],
    astimezone: [datetime_astimezone, '!($self, tz=None)', 'tz -> convert to local time in new timezone tz\n'],
    __reduce_ex__: [(t: Thread, self: PyDateTime, protocol: Value) => reduced(self, intOf(t, protocol)), '!($self, proto, /)', '__reduce_ex__(proto) -> (cls, state)'],
    __reduce__: [(_t: Thread, self: PyDateTime) => reduced(self, 2), '($self, /)', '__reduce__() -> (cls, state)'],
  },
  getset: {
    hour: { get: (_t, self) => (self as PyDateTime).hour },
    minute: { get: (_t, self) => (self as PyDateTime).minute },
    second: { get: (_t, self) => (self as PyDateTime).second },
    microsecond: { get: (_t, self) => (self as PyDateTime).micros },
    tzinfo: { get: (_t, self) => (self as PyDateTime).tz },
    fold: { get: (_t, self) => (self as PyDateTime).fold },
  },
  attributes: {
    min: new PyDateTime(DATETIME_TYPE, { year: 1, month: 1, day: 1 }, MIDNIGHT, null, 0),
    max: new PyDateTime(DATETIME_TYPE, { year: MAX_YEAR, month: 12, day: 31 }, { hour: 23, minute: 59, second: 59, micros: 999999 }, null, 0),
    resolution: newDelta(0, 0, 1),
  },
});

