/** `datetime.time`. */
import { EQ, NE, type CompareOp, type KeywordNames, type PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { hashBytes, hashTuple } from '../../objects/algorithms/hash.ts';
import { strRepr } from '../../objects/algorithms/str-repr.ts';
import { call, callMethod } from '../../objects/call.ts';
import { orderResult } from '../../objects/compare.ts';
import { newBytes, newTuple, NOT_IMPLEMENTED } from '../../objects/make.ts';
import { strArgument } from '../../objects/native-arguments.ts';
import { raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { repr, str } from '../../objects/text.ts';
import { asStr } from '../../objects/type-of.ts';
import { readyType } from '../../objects/type-ready.ts';
import { bindFields, type FieldNames } from './arguments.ts';
import { formatBy, parseByFormat, replacedInt, stateBytes } from './date.ts';
import { parseIsoTime, type ParsedTime } from './iso-parse.ts';
import { checkTime, compareDeltas, intOf, MIDNIGHT, newDelta, PyTime, PyTzInfo, TIME_TYPE, tzArgument, type PyDelta, type TimeFields } from './records.ts';
import { formatWith, isoOffset, isoTime } from './text.ts';
import { askDst, askName, askUtcOffset, zoneOfOffset } from './tzinfo.ts';

const PARAMETERS: FieldNames = { names: ['hour', 'minute', 'second', 'microsecond', 'tzinfo', 'fold'], required: 0, positional: 5, who: '' };

/** A time of any class: through the constructor of a subclass. */
export function makeTime(t: Thread, type: PyType, time: TimeFields, tz: Value, fold: number): Value {
  if (type === TIME_TYPE) {
    checkTime(time, fold);
    return new PyTime(type, time, tz, fold);
  }
  const made = call(t, type, [time.hour, time.minute, time.second, time.micros, tz]);
  if (made instanceof PyTime) made.fold = fold;
  return made;
}

function ofState(type: PyType, state: Uint8Array, tz: Maybe): Value {
  const zone = tz === undefined ? null : tz;
  if (zone !== null && !(zone instanceof PyTzInfo)) raiseTypeError('bad tzinfo state arg');
  const [first, minute, second, high, middle, low] = state as unknown as [number, number, number, number, number, number];
  return new PyTime(type, { hour: first & 127, minute, second, micros: high * 65536 + middle * 256 + low }, zone, first >> 7);
}

function time_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const state = args.length >= 1 && args.length <= 2 && keywords === null ? stateBytes(args[0], 6) : undefined;
  if (state !== undefined && (state[0]! & 127) < 24) return ofState(type, state, args[1]);
  const [hour, minute, second, micros, tz, fold] = bindFields(PARAMETERS, args, keywords);
  const int = (value: Maybe): number => (value === undefined ? 0 : intOf(t, value));
  const time = { hour: int(hour), minute: int(minute), second: int(second), micros: int(micros) };
  const foldNumber = int(fold);
  checkTime(time, foldNumber);
  return new PyTime(type, time, tzArgument(tz), foldNumber);
}

/** The parsed text with hour 24 read as the next midnight; raises ValueError where 24 may not be. */
export function midnightOf(parsed: ParsedTime): { time: TimeFields; nextDay: boolean } {
  const { time } = parsed;
  if (time.hour !== 24) return { time, nextDay: false };
  if (time.minute !== 0 || time.second !== 0 || time.micros !== 0) raiseValueError('minute, second, and microsecond must be 0 when hour is 24');
  return { time: MIDNIGHT, nextDay: true };
}

/** The zone of a parsed offset; None for no offset. */
export function parsedZone(t: Thread, { offset }: ParsedTime): Value {
  return offset === null ? null : zoneOfOffset(t, newDelta(0, offset.seconds, offset.micros));
}

function time_fromisoformat(t: Thread, type: Value, object: Value): Value {
  const text = asStr(object) ?? raiseTypeError('fromisoformat: argument must be str');
  const parsed = parseIsoTime(text.startsWith('T') ? text.slice(1) : text);
  if (parsed === undefined) raiseValueError(`Invalid isoformat string: ${strRepr(text)}`);
  return makeTime(t, type as PyType, midnightOf(parsed).time, parsedZone(t, parsed), 0);
}

/** The time of day in microseconds. */
function timeMicros(time: TimeFields): number {
  return ((time.hour * 60 + time.minute) * 60 + time.second) * 1e6 + time.micros;
}

function offsetMicros(offset: PyDelta): number {
  return (offset.days * 86400 + offset.seconds) * 1e6 + offset.micros;
}

function offsetOf(t: Thread, self: PyTime): PyDelta | null {
  return askUtcOffset(t, self.tz, null);
}

function time_richcompare(t: Thread, self: PyTime, other: Value, op: CompareOp): Value {
  if (!(other instanceof PyTime)) return NOT_IMPLEMENTED;
  const order = timeMicros(self) - timeMicros(other);
  if (self.tz === other.tz) return orderResult(order, op);
  const [own, others] = [offsetOf(t, self), offsetOf(t, other)];
  if (own === others || (own !== null && others !== null && compareDeltas(own, others) === 0)) return orderResult(order, op);
  if (own !== null && others !== null) return orderResult(order - offsetMicros(own) + offsetMicros(others), op);
  if (op === EQ) return false;
  return op === NE ? true : raiseTypeError("can't compare offset-naive and offset-aware times");
}

function timeState(self: TimeFields): number[] {
  return [self.hour, self.minute, self.second, self.micros >> 16, (self.micros >> 8) & 255, self.micros & 255];
}

function time_hash(t: Thread, self: PyTime): NonNullable<PyTime['hash']> {
  if (self.hash !== null) return self.hash;
  const plain = self.fold === 0 ? self : new PyTime(TIME_TYPE, self, self.tz, 0);
  const offset = offsetOf(t, plain);
  const micros = timeMicros(self) - (offset === null ? 0 : offsetMicros(offset));
  const inDay = offset === null ? hashBytes(Uint8Array.from(timeState(self)), t.interpreter.config.hashSeed) : hashTuple([micros]);
  return (self.hash = inDay);
}

function time_repr(t: Thread, self: PyTime): string {
  const parts: string[] = [String(self.hour), String(self.minute)];
  if (self.second !== 0 || self.micros !== 0) parts.push(String(self.second));
  if (self.micros !== 0) parts.push(String(self.micros));
  if (self.tz !== null) parts.push(`tzinfo=${repr(t, self.tz)}`);
  if (self.fold !== 0) parts.push(`fold=${self.fold}`);
  return `${typeName(self)}(${parts.join(', ')})`;
}

function time_isoformat(t: Thread, self: PyTime, timespec: Maybe): Value {
  const spec = timespec === undefined ? 'auto' : strArgument(timespec, 'isoformat() argument 1');
  return isoTime(self, spec) + isoOffset(t, self.tz, null);
}

function time_strftime(t: Thread, self: PyTime, format: Value): Value {
  const text = strArgument(format, 'strftime() argument 1');
  const tuple = newTuple([1900, 1, 1, self.hour, self.minute, self.second, 0, 1, -1]);
  return formatWith(t, { object: self, year: 1900, isoYear: () => 1900, argument: null }, text, tuple);
}

function time_replace(t: Thread, self: PyTime, ...given: Maybe[]): Value {
  const [hour, minute, second, micros, tz, fold] = given;
  const int = (value: Maybe, own: number): number => (value === undefined ? own : replacedInt(t, value));
  const time = { hour: int(hour, self.hour), minute: int(minute, self.minute), second: int(second, self.second), micros: int(micros, self.micros) };
  const zone = tz === undefined ? self.tz : tzArgument(tz);
  const newFold = int(fold, self.fold);
  if (newFold !== 0 && newFold !== 1) raiseValueError(`fold must be either 0 or 1, not ${newFold}`);
  return makeTime(t, self.type, time, zone, newFold);
}

function reduced(self: PyTime, protocol: number): Value {
  const state = timeState(self);
  // Readers of protocol 3 and before do not know the fold.
  if (protocol > 3 && self.fold === 1) state[0]! |= 128;
  const bytes = newBytes(Uint8Array.from(state));
  return newTuple([self.type, newTuple(self.tz === null ? [bytes] : [bytes, self.tz])]);
}

const REPLACE_PARAMETERS = 'hour=unchanged, minute=unchanged, second=unchanged,\n        microsecond=unchanged, tzinfo=unchanged';

readyType(TIME_TYPE, {
  doc: 'time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object\n\nAll arguments are optional. tzinfo may be None, or an instance of\na tzinfo subclass. The remaining arguments may be ints.\n',
  slots: {
    tp_alloc: (type) => new PyTime(type, MIDNIGHT, null, 0),
    tp_new: time_new,
    tp_repr: time_repr,
    tp_str: (t, self: PyTime) => str(t, callMethod(t, self, 'isoformat')),
    tp_hash: time_hash,
    tp_richcompare: time_richcompare,
  },
  methods: {
    strptime: [parseByFormat('_strptime_datetime_time'), '!($type, string, format, /)', 'string, format -> new time parsed from a string (like time.strptime()).', 'class'],
    isoformat: [time_isoformat, '!($self, timespec=unchanged)', 'Return string in ISO 8601 format, [HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\n\nThe optional argument timespec specifies the number of additional terms\nof the time to include.'],
    strftime: [time_strftime, '!($self, format)', 'format -> strftime() style string.'],
    __format__: [formatBy, '!($self, format, /)', 'Formats self with strftime.'],
    utcoffset: [(t: Thread, self: PyTime) => offsetOf(t, self), '($self, /)', 'Return self.tzinfo.utcoffset(self).'],
    tzname: [(t: Thread, self: PyTime) => askName(t, self.tz, null), '($self, /)', 'Return self.tzinfo.tzname(self).'],
    dst: [(t: Thread, self: PyTime) => askDst(t, self.tz, null), '($self, /)', 'Return self.tzinfo.dst(self).'],
    replace: [time_replace, `($self, /, ${REPLACE_PARAMETERS}, *, fold=unchanged)`, 'Return time with new specified fields.'],
    __replace__: [time_replace, `($self, /, *, ${REPLACE_PARAMETERS}, fold=unchanged)`, 'The same as replace().'],
    fromisoformat: [time_fromisoformat, '($type, object, /)', 'string -> time from a string in ISO 8601 format', 'class'],
    __reduce_ex__: [(t: Thread, self: PyTime, protocol: Value) => reduced(self, intOf(t, protocol)), '!($self, proto, /)', '__reduce_ex__(proto) -> (cls, state)'],
    __reduce__: [(_t: Thread, self: PyTime) => reduced(self, 2), '($self, /)', '__reduce__() -> (cls, state)'],
  },
  getset: {
    hour: { get: (_t, self) => (self as PyTime).hour },
    minute: { get: (_t, self) => (self as PyTime).minute },
    second: { get: (_t, self) => (self as PyTime).second },
    microsecond: { get: (_t, self) => (self as PyTime).micros },
    tzinfo: { get: (_t, self) => (self as PyTime).tz },
    fold: { get: (_t, self) => (self as PyTime).fold },
  },
  attributes: {
    min: new PyTime(TIME_TYPE, MIDNIGHT, null, 0),
    max: new PyTime(TIME_TYPE, { hour: 23, minute: 59, second: 59, micros: 999999 }, null, 0),
    resolution: newDelta(0, 0, 1),
  },
});

