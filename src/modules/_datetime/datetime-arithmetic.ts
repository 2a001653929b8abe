/** Moments in time: making, shifting, comparing, hashing datetimes, and their distance from UTC. */
import { EQ, NE, type CompareOp, type PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Int, Value } from '../../core/value.ts';
import { hashBytes } from '../../objects/algorithms/hash.ts';
import { call } from '../../objects/call.ts';
import { orderResult } from '../../objects/compare.ts';
import { NOT_IMPLEMENTED } from '../../objects/make.ts';
import { raiseTypeError } from '../../objects/raise.ts';
import { EPOCH_ORDINAL, toOrdinal, type YearMonthDay } from './calendar.ts';
import { dateState } from './date.ts';
import { momentAt, secondsOfClock, secondsOfLocal } from './local-time.ts';
import {
  checkDate, checkTime, compareDeltas, DATETIME_TYPE, dateOfOrdinal, newDelta, PyDateTime, PyDelta, SECONDS_PER_DAY, type TimeFields,
} from './records.ts';
import { hashDelta, subtractDeltas } from './timedelta.ts';
import { askUtcOffset, zoneOfOffset } from './tzinfo.ts';

/** A datetime of any class: through the constructor of a subclass. */
export function makeDateTime(t: Thread, type: PyType, date: YearMonthDay, time: TimeFields, tz: Value, fold: number): Value {
  if (type === DATETIME_TYPE) {
    checkDate(date.year, date.month, date.day);
    checkTime(time, fold);
    return new PyDateTime(type, date, time, tz, fold);
  }
  const made = call(t, type, [date.year, date.month, date.day, time.hour, time.minute, time.second, time.micros, tz]);
  if (made instanceof PyDateTime) made.fold = fold;
  return made;
}

/** The same fields with another zone, as an exact datetime. */
export function attachZone(self: PyDateTime, tz: Value): PyDateTime {
  return new PyDateTime(DATETIME_TYPE, self, self, tz, self.fold);
}

/** `self.utcoffset()`; null when naive. */
export function offsetOf(t: Thread, self: PyDateTime): PyDelta | null {
  return askUtcOffset(t, self.tz, self);
}

/** What a zone says is its offset at a moment. */
export function momentOf(t: Thread, tz: Value, self: PyDateTime): PyDelta | null {
  return askUtcOffset(t, tz, self);
}

/** `date` and time shifted by `sign` times a delta, of class `type`. Raises OverflowError outside of the calendar. */
export function shift(t: Thread, type: PyType, self: PyDateTime, delta: PyDelta, sign: 1 | -1): Value {
  let micros = self.micros + sign * delta.micros;
  let seconds = self.hour * 3600 + self.minute * 60 + self.second + sign * delta.seconds + Math.floor(micros / 1e6);
  micros -= Math.floor(micros / 1e6) * 1e6;
  const days = Math.floor(seconds / SECONDS_PER_DAY);
  seconds -= days * SECONDS_PER_DAY;
  const date = dateOfOrdinal(toOrdinal(self.year, self.month, self.day) + sign * delta.days + days);
  const time = { hour: Math.floor(seconds / 3600), minute: Math.floor(seconds / 60) % 60, second: seconds % 60, micros };
  return makeDateTime(t, type, date, time, self.tz, 0);
}

/** `datetime + timedelta` */
export function datetime_add(t: Thread, left: Value, right: Value): Value {
  if (left instanceof PyDateTime && right instanceof PyDelta) return shift(t, left.type, left, right, 1);
  return right instanceof PyDateTime && left instanceof PyDelta ? shift(t, right.type, right, left, 1) : NOT_IMPLEMENTED;
}

/** The distance of the fields alone, as if both were in one zone. */
function fieldDistance(a: PyDateTime, b: PyDateTime): PyDelta {
  const days = toOrdinal(a.year, a.month, a.day) - toOrdinal(b.year, b.month, b.day);
  const seconds = (a.hour - b.hour) * 3600 + (a.minute - b.minute) * 60 + a.second - b.second;
  return newDelta(days, seconds, a.micros - b.micros);
}

/** `datetime - datetime`, `datetime - timedelta` */
export function datetime_subtract(t: Thread, left: Value, right: Value): Value {
  if (!(left instanceof PyDateTime)) return NOT_IMPLEMENTED;
  if (right instanceof PyDelta) return shift(t, left.type, left, right, -1);
  return right instanceof PyDateTime ? distance(t, left, right) : NOT_IMPLEMENTED;
}

function distance(t: Thread, left: PyDateTime, right: PyDateTime): PyDelta {
  const plain = fieldDistance(left, right);
  if (left.tz === right.tz) return plain;
  const [own, other] = [offsetOf(t, left), offsetOf(t, right)];
  if (own === null && other === null) return plain;
  if (own === null || other === null) raiseTypeError("can't subtract offset-naive and offset-aware datetimes");
  return subtractDeltas(plain, subtractDeltas(own, other));
}

function orderOf(delta: PyDelta): number {
  return delta.days !== 0 ? delta.days : delta.seconds + delta.micros;
}

/** Whether a moment's offset depends on its fold: such a moment equals none of another zone (PEP 495). */
function isAmbiguous(t: Thread, self: PyDateTime, offset: PyDelta | null): boolean {
  const flipped = askUtcOffset(t, self.tz, new PyDateTime(DATETIME_TYPE, self, self, self.tz, 1 - self.fold));
  if (flipped === null || offset === null) return flipped !== offset;
  return compareDeltas(flipped, offset) !== 0;
}

/** `tp_richcompare` of datetimes. */
export function compareMoments(t: Thread, self: PyDateTime, other: Value, op: CompareOp): Value {
  if (!(other instanceof PyDateTime)) return NOT_IMPLEMENTED;
  if (self.tz === other.tz) return orderResult(orderOf(fieldDistance(self, other)), op);
  const [own, others] = [offsetOf(t, self), offsetOf(t, other)];
  const sameOffset = own === others || (own !== null && others !== null && compareDeltas(own, others) === 0);
  if (!sameOffset && (own === null || others === null)) {
    if (op === EQ) return false;
    return op === NE ? true : raiseTypeError("can't compare offset-naive and offset-aware datetimes");
  }
  let order = orderOf(sameOffset ? fieldDistance(self, other) : distance(t, self, other));
  if ((op === EQ || op === NE) && order === 0 && (isAmbiguous(t, self, own) || isAmbiguous(t, other, others))) order = 1;
  return orderResult(order, op);
}

/** `tp_hash` of datetimes: equal moments of different zones have one hash; the fold does not count. */
export function hashMoment(t: Thread, self: PyDateTime): Int {
  if (self.hash !== null) return self.hash;
  const first = self.fold === 0 ? self : new PyDateTime(DATETIME_TYPE, self, self, self.tz, 0);
  const offset = offsetOf(t, first);
  if (offset === null) {
    const { micros } = self;
    const state = [...dateState(self), self.hour, self.minute, self.second, micros >> 16, (micros >> 8) & 255, micros & 255];
    return (self.hash = hashBytes(Uint8Array.from(state), t.interpreter.config.hashSeed));
  }
  const seconds = self.hour * 3600 + self.minute * 60 + self.second;
  return (self.hash = hashDelta(subtractDeltas(newDelta(toOrdinal(self.year, self.month, self.day), seconds, self.micros), offset)));
}

/** `datetime.timestamp()` */
export function asTimestamp(t: Thread, self: PyDateTime): number {
  const offset = self.tz === null ? null : offsetOf(t, self);
  if (self.tz !== null && offset !== null) {
    const epoch = newDelta(EPOCH_ORDINAL, 0, 0);
    const seconds = self.hour * 3600 + self.minute * 60 + self.second;
    const since = subtractDeltas(subtractDeltas(newDelta(toOrdinal(self.year, self.month, self.day), seconds, self.micros), epoch), offset);
    return ((since.days * SECONDS_PER_DAY + since.seconds) * 1e6 + since.micros) / 1e6;
  }
  return secondsOfLocal(t, secondsOfClock(self, self), self.fold) + self.micros / 1e6;
}

/** The timestamp whose offset a local time has: in a gap that of the other fold, so that the offset fits what the fold means there. */
function secondsForOffset(t: Thread, clock: number, fold: number): number {
  const own = secondsOfLocal(t, clock, fold);
  const other = secondsOfLocal(t, clock, 1 - fold);
  return other !== own && other > own === (fold === 1) ? other : own;
}

/** The machine's zone at a moment, as a zone of fixed offset: of local time for a naive one, else of the UTC fields. */
export function localZoneOf(t: Thread, self: PyDateTime): Value {
  const clock = secondsOfClock(self, self);
  const seconds = self.tz === null ? secondsForOffset(t, clock, self.fold) : clock;
  const { offset, name } = momentAt(t, seconds);
  return zoneOfOffset(t, newDelta(0, offset, 0), name);
}
