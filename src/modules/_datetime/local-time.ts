/** Local time: POSIX timestamps to and from the machine's clock, with the fold where the clock is set back (PEP 495). */
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { PyFloat } from '../../core/scalars.ts';
import { roundHalfEven } from '../../objects/algorithms/float-repr.ts';
import { toIndex } from '../../objects/operators.ts';
import { raiseOverflowError, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { asInt } from '../../objects/type-of.ts';
import { raiseErrno } from '../os-errors.ts';
import { localZone, type ZoneMoment } from '../time/zone.ts';
import { EPOCH_ORDINAL, fromOrdinal, toOrdinal, type YearMonthDay } from './calendar.ts';
import { checkYear, SECONDS_PER_DAY, type TimeFields } from './records.ts';

/** No clock is ever set back by more than a day. */
const MAX_FOLD = 24 * 3600;
/** Seconds of the years that the C library's broken-down time can count. */
const MAX_SECONDS = 6.7768036996e16;
/** Seconds that a JavaScript date, which knows the zones, can hold. */
const MAX_ZONE_SECONDS = 8.64e12 - MAX_FOLD;
const TIME_T_LIMIT = 2 ** 63;

/** A point in time as whole seconds since 1970 and microseconds from 0 on. */
export interface Timestamp {
  readonly seconds: number;
  readonly micros: number;
}

/** A timestamp argument, rounded half to even. */
export function timestampOf(t: Thread, value: Value): Timestamp {
  if (value instanceof PyFloat) return ofDouble(value.value);
  const int = asInt(value) ?? (typeof value === 'object' && value !== null ? raiseTypeError(`argument must be int or float, not ${typeName(value)}`) : undefined);
  if (int === undefined) raiseTypeError(`argument must be int or float, not ${value === null ? 'NoneType' : typeName(value)}`);
  if (int >= TIME_T_LIMIT || int < -TIME_T_LIMIT) raiseOverflowError('timestamp out of range for platform time_t');
  return { seconds: Number(int), micros: 0 };
}

function ofDouble(value: number): Timestamp {
  if (value !== value) raiseValueError('Invalid value NaN (not a number)');
  let seconds = Math.trunc(value);
  let micros = roundHalfEven((value - seconds) * 1e6);
  if (micros < 0) {
    micros += 1e6;
    seconds -= 1;
  } else if (micros >= 1e6) {
    micros -= 1e6;
    seconds += 1;
  }
  if (Math.abs(seconds) >= TIME_T_LIMIT) raiseOverflowError('timestamp out of range for platform time_t');
  return { seconds, micros };
}

/** A date's timestamp argument: an index, or a float rounded down. */
export function dateTimestampOf(t: Thread, value: Value): number {
  if (!(value instanceof PyFloat)) {
    const int = toIndex(t, value);
    if (int >= TIME_T_LIMIT || int < -TIME_T_LIMIT) raiseOverflowError('timestamp out of range for platform time_t');
    return Number(int);
  }
  if (value.value !== value.value) raiseValueError('Invalid value NaN (not a number)');
  const seconds = Math.floor(value.value);
  return Math.abs(seconds) >= TIME_T_LIMIT ? raiseOverflowError('timestamp out of range for platform time_t') : seconds;
}

/** What local clocks say at a timestamp. */
export function momentAt(t: Thread, seconds: number): ZoneMoment {
  if (Math.abs(seconds) > MAX_SECONDS) raiseErrno('EOVERFLOW');
  return localZone(t).at(Math.max(-MAX_ZONE_SECONDS, Math.min(MAX_ZONE_SECONDS, seconds)));
}

/** Date and time of day of seconds since 1970, as an offset-free clock shows them. Raises ValueError outside of the years 1 to 9999. */
export function clockAt(seconds: number): YearMonthDay & TimeFields {
  if (Math.abs(seconds) > MAX_SECONDS) raiseErrno('EOVERFLOW');
  const days = Math.floor(seconds / SECONDS_PER_DAY);
  const inDay = seconds - days * SECONDS_PER_DAY;
  const ordinal = days + EPOCH_ORDINAL;
  // Beyond the calendar only the year matters, for the message.
  const date = ordinal >= 1 ? fromOrdinal(ordinal) : { year: Math.min(0, Math.floor((ordinal - 1) / 365.2425) + 1), month: 1, day: 1 };
  checkYear(date.year);
  return { ...date, hour: Math.floor(inDay / 3600), minute: Math.floor(inDay / 60) % 60, second: inDay % 60, micros: 0 };
}

/** Seconds since 1970 of a clock that shows this date and time. */
export function secondsOfClock(date: YearMonthDay, time: TimeFields): number {
  return (toOrdinal(date.year, date.month, date.day) - EPOCH_ORDINAL) * SECONDS_PER_DAY + time.hour * 3600 + time.minute * 60 + time.second;
}

/** What the local clock shows at `seconds`, as seconds of a clock; raises ValueError outside of the calendar. */
function localClock(t: Thread, seconds: number): number {
  const shown = seconds + momentAt(t, seconds).offset;
  clockAt(shown);
  return shown;
}

/** 1 when the local clock shows this for the second time. */
export function foldAt(t: Thread, seconds: number): number {
  const shown = localClock(t, seconds);
  const before = seconds - MAX_FOLD;
  if (before + MAX_FOLD * 2 < -62135510400) return 0;
  const transition = shown - (before + momentAt(t, before).offset) - MAX_FOLD;
  if (transition >= 0) return 0;
  return localClock(t, seconds + transition) === shown ? 1 : 0;
}

/**
 * The timestamp at which the local clock shows `clock`: the earlier one where it does so twice, unless `fold`; in a gap as if the clock had
 * not been set. Source: local_to_seconds in Modules/_datetimemodule.c.
 */
export function secondsOfLocal(t: Thread, clock: number, fold: number): number {
  const a = localClock(t, clock) - clock;
  const u1 = clock - a;
  const t1 = localClock(t, u1);
  let b: number;
  if (t1 === clock) {
    const u2 = fold === 1 ? u1 + MAX_FOLD : u1 - MAX_FOLD;
    b = localClock(t, u2) - u2;
    if (a === b) return u1;
  } else b = t1 - u1;
  const u2 = clock - b;
  if (localClock(t, u2) === clock) return u2;
  if (t1 === clock) return u1;
  return fold === 1 ? Math.min(u1, u2) : Math.max(u1, u2);
}
