/** Types and records of `_datetime`, and makers that check ranges. Behaviour is in each type's own file. */
import type { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Int, type Maybe, type Value } from '../../core/value.ts';
import { toIndex } from '../../objects/operators.ts';
import { raise, raiseOverflowError, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { OverflowError } from '../../objects/exception-types.ts';
import { staticType } from '../../objects/static-types.ts';
import { daysInMonth, fromOrdinal, MAX_ORDINAL, MAX_YEAR, MIN_YEAR } from './calendar.ts';

const OPTIONS = { module: 'datetime', baseType: true } as const;

export const DELTA_TYPE = staticType('timedelta', OPTIONS);
export const DATE_TYPE = staticType('date', OPTIONS);
export const DATETIME_TYPE = staticType('datetime', { ...OPTIONS, base: DATE_TYPE });
export const TIME_TYPE = staticType('time', OPTIONS);
export const TZINFO_TYPE = staticType('tzinfo', OPTIONS);
export const TIMEZONE_TYPE = staticType('timezone', { module: 'datetime', base: TZINFO_TYPE });

export const SECONDS_PER_DAY = 86400;
export const MICROS_PER_SECOND = 1_000_000;
const MAX_DELTA_DAYS = 999_999_999;
const INT_MAX = 0x7fffffff;

/** `timedelta`: 0 ≤ seconds < 86400, 0 ≤ micros < 1000000. */
export class PyDelta extends PyObject {
  readonly days: number;
  readonly seconds: number;
  readonly micros: number;
  hash: Int | null = null;
  constructor(type: PyType, days: number, seconds: number, micros: number) {
    super(type);
    this.days = days;
    this.seconds = seconds;
    this.micros = micros;
  }
}

/** `date`, and what a `datetime` has of it. */
export class PyDate extends PyObject {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  hash: Int | null = null;
  constructor(type: PyType, year: number, month: number, day: number) {
    super(type);
    this.year = year;
    this.month = month;
    this.day = day;
  }
}

/** A time of day. */
export interface TimeFields {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micros: number;
}

/** `datetime`. */
export class PyDateTime extends PyDate implements TimeFields {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micros: number;
  readonly tz: Value;
  fold: number;
  constructor(type: PyType, date: { year: number; month: number; day: number }, time: TimeFields, tz: Value, fold: number) {
    super(type, date.year, date.month, date.day);
    this.hour = time.hour;
    this.minute = time.minute;
    this.second = time.second;
    this.micros = time.micros;
    this.tz = tz;
    this.fold = fold;
  }
}

/** `time`. */
export class PyTime extends PyObject implements TimeFields {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micros: number;
  readonly tz: Value;
  fold: number;
  hash: Int | null = null;
  constructor(type: PyType, time: TimeFields, tz: Value, fold: number) {
    super(type);
    this.hour = time.hour;
    this.minute = time.minute;
    this.second = time.second;
    this.micros = time.micros;
    this.tz = tz;
    this.fold = fold;
  }
}

/** `tzinfo` and subclasses made in Python. */
export class PyTzInfo extends PyObject {}

/** `timezone`. */
export class PyTimeZone extends PyTzInfo {
  readonly offset: PyDelta;
  readonly name: string | null;
  constructor(offset: PyDelta, name: string | null) {
    super(TIMEZONE_TYPE);
    this.offset = offset;
    this.name = name;
  }
}

/** Midnight. */
export const MIDNIGHT: TimeFields = { hour: 0, minute: 0, second: 0, micros: 0 };

/** A timedelta of parts that may be out of range; raises OverflowError beyond 999999999 days. */
export function newDelta(days: number, seconds: number, micros: number, type: PyType = DELTA_TYPE): PyDelta {
  const carriedSeconds = seconds + Math.floor(micros / MICROS_PER_SECOND);
  const carriedDays = days + Math.floor(carriedSeconds / SECONDS_PER_DAY);
  if (Math.abs(carriedDays) > MAX_DELTA_DAYS) raiseOverflowError(`days=${carriedDays}; must have magnitude <= ${MAX_DELTA_DAYS}`);
  return new PyDelta(type, carriedDays, modulo(carriedSeconds, SECONDS_PER_DAY), modulo(micros, MICROS_PER_SECOND));
}

function modulo(value: number, divisor: number): number {
  return value - Math.floor(value / divisor) * divisor;
}

/** A timedelta of exactly this many microseconds. */
export function deltaOfMicros(micros: bigint, type: PyType = DELTA_TYPE): PyDelta {
  const perDay = BigInt(SECONDS_PER_DAY * MICROS_PER_SECOND);
  let days = micros / perDay;
  let rest = micros % perDay;
  if (rest < 0n) {
    rest += perDay;
    days -= 1n;
  }
  if (days > BigInt(INT_MAX) || days < -BigInt(INT_MAX) - 1n) raiseOverflowError('Python int too large to convert to C int');
  const inDay = Number(rest);
  return newDelta(Number(days), Math.floor(inDay / MICROS_PER_SECOND), inDay % MICROS_PER_SECOND, type);
}

/** All of a timedelta in microseconds. */
export function deltaMicros(delta: PyDelta): bigint {
  return BigInt(delta.days * SECONDS_PER_DAY + delta.seconds) * BigInt(MICROS_PER_SECOND) + BigInt(delta.micros);
}

/** Negative, zero or positive as the first is shorter, equal or longer. */
export function compareDeltas(a: PyDelta, b: PyDelta): number {
  return a.days - b.days || a.seconds - b.seconds || a.micros - b.micros;
}

/** A C int argument. */
export function intOf(t: Thread, value: Value): number {
  const int = toIndex(t, value);
  if (int > INT_MAX) raise(OverflowError, 'signed integer is greater than maximum');
  if (int < -INT_MAX - 1) raise(OverflowError, 'signed integer is less than minimum');
  return Number(int);
}

/** Checks a year, as far as a date may have it. */
export function checkYear(year: number): void {
  if (year < MIN_YEAR || year > MAX_YEAR) raiseValueError(`year must be in ${MIN_YEAR}..${MAX_YEAR}, not ${year}`);
}

/** Checks a date; raises ValueError. */
export function checkDate(year: number, month: number, day: number): void {
  checkYear(year);
  if (month < 1 || month > 12) raiseValueError(`month must be in 1..12, not ${month}`);
  const last = daysInMonth(year, month);
  if (day < 1 || day > last) raiseValueError(`day ${day} must be in range 1..${last} for month ${month} in year ${year}`);
}

/** Checks a time of day; raises ValueError. */
export function checkTime(time: TimeFields, fold: number): void {
  if (time.hour < 0 || time.hour > 23) raiseValueError(`hour must be in 0..23, not ${time.hour}`);
  if (time.minute < 0 || time.minute > 59) raiseValueError(`minute must be in 0..59, not ${time.minute}`);
  if (time.second < 0 || time.second > 59) raiseValueError(`second must be in 0..59, not ${time.second}`);
  if (time.micros < 0 || time.micros > 999999) raiseValueError(`microsecond must be in 0..999999, not ${time.micros}`);
  if (fold !== 0 && fold !== 1) raiseValueError(`fold must be either 0 or 1, not ${fold}`);
}

/** A `tzinfo` argument: None or an instance; undefined is None. */
export function tzArgument(value: Maybe): Value {
  if (value === undefined || value === null) return null;
  return value instanceof PyTzInfo ? value : raiseTypeError(`tzinfo argument must be None or of a tzinfo subclass, not type '${typeName(value)}'`);
}

/** The date of a day number, for arithmetic; raises OverflowError out of range. */
export function dateOfOrdinal(ordinal: number): { year: number; month: number; day: number } {
  if (ordinal < 1 || ordinal > MAX_ORDINAL) raiseOverflowError('date value out of range');
  return fromOrdinal(ordinal);
}
