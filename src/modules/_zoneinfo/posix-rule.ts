/**
 * What a POSIX TZ string says about all years: `STD offset [DST [offset] , start , end]` (RFC 8536, section 3.3).
 *
 * Seconds here are those of a clock: since 1970 as local time shows them, or UTC where it says so. Offsets are seconds east of UTC.
 */
import { daysInMonth, EPOCH_ORDINAL, isLeap, toOrdinal, weekday } from '../_datetime/calendar.ts';
import { raiseValueError } from '../../objects/raise.ts';
import { bytesRepr } from '../../objects/algorithms/str-repr.ts';

const DAY = 86400;

/** What a zone says of a moment. */
export interface ZoneType {
  readonly offset: number;
  readonly dst: number;
  readonly name: string;
}

/** When a switch happens in a year, as seconds of the clock before the switch. */
type Switch = (year: number) => number;

/** Summer time by rules. */
export interface Rule {
  readonly standard: ZoneType;
  readonly summer: ZoneType;
  readonly start: Switch;
  readonly end: Switch;
}

const OFFSET = String.raw`([+-]?)(\d{1,3})(?::(\d{2})(?::(\d{2}))?)?`;
const NAME = '([A-Za-z]{3,}|<[A-Za-z0-9+-]+>)';
const TZ = new RegExp(`^${NAME}${OFFSET}(?:${NAME}(?:${OFFSET})?(?:,([^,]+),([^,]+))?)?$`);
const TIME = new RegExp(`^${OFFSET}$`);

function secondsOf(sign: string | undefined, hours: string, minutes = '0', seconds = '0'): number {
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? 0 - total : total;
}

/** Says that a part of a TZ string is wrong; the message shows all of it. */
class Malformed {
  readonly what: string;
  constructor(what: string) {
    this.what = what;
  }
}

function invalid(what: string): never {
  throw new Malformed(what);
}

/** A zone's offset, which POSIX counts west of Greenwich. */
function offsetOf(parts: readonly (string | undefined)[]): number {
  const [sign, hours, minutes, seconds] = parts;
  if (Number(hours) > 24 || Number(minutes ?? 0) > 59 || Number(seconds ?? 0) > 59) invalid('Invalid offset');
  return 0 - secondsOf(sign, hours!, minutes, seconds);
}

function startOfYear(year: number): number {
  return (toOrdinal(year, 1, 1) - EPOCH_ORDINAL) * DAY;
}

/** `Mm.w.d`: weekday d of week w of month m, week 5 being the last. */
function monthRule(month: number, week: number, day: number, time: number): Switch {
  if (month < 1 || month > 12 || week < 1 || week > 5 || day > 6) invalid('Invalid day of a month');
  return (year) => {
    const first = (weekday(year, month, 1) + 1) % 7;
    let date = ((day - first + 7) % 7) + 1 + (week - 1) * 7;
    if (date > daysInMonth(year, month)) date -= 7;
    return (toOrdinal(year, month, date) - EPOCH_ORDINAL) * DAY + time;
  };
}

/**
 * `Jn` counts from 1 and never February 29; `n` counts February 29 too. As in CPython the day numbered 1 is January 1 in both, so that 0 is the
 * last day of the year before.
 */
function dayRule(julian: boolean, day: number, time: number): Switch {
  if (day > 365 || (julian && day < 1)) invalid('Invalid day of the year');
  return (year) => {
    const days = day - 1 + (julian && day >= 60 && isLeap(year) ? 1 : 0);
    return startOfYear(year) + days * DAY + time;
  };
}

function switchOf(text: string): Switch {
  const [day = '', timeText, ...rest] = text.split('/');
  const time = TIME.exec(timeText ?? '2');
  if (rest.length > 0 || time === null || Number(time[2]) > 167 || Number(time[3] ?? 0) > 59 || Number(time[4] ?? 0) > 59) return invalid('Malformed transition time');
  const seconds = secondsOf(time[1], time[2]!, time[3], time[4]);
  const month = /^M(\d{1,2})\.(\d)\.(\d)$/.exec(day);
  if (month !== null) return monthRule(Number(month[1]), Number(month[2]), Number(month[3]), seconds);
  const plain = /^(J?)(\d{1,3})$/.exec(day);
  return plain === null ? invalid('Malformed transition rule') : dayRule(plain[1] === 'J', Number(plain[2]), seconds);
}

function plainName(name: string): string {
  return name.replace(/^<|>$/g, '');
}

function parse(text: string): Rule | ZoneType {
  const match = TZ.exec(text);
  if (match === null) return invalid('Malformed TZ string');
  const standard: ZoneType = { offset: offsetOf(match.slice(2, 6)), dst: 0, name: plainName(match[1]!) };
  if (match[6] === undefined) return standard;
  const offset = match[8] === undefined ? standard.offset + 3600 : offsetOf(match.slice(7, 11));
  if (match[11] === undefined || match[12] === undefined) return invalid('Missing transition rules in TZ string');
  const summer: ZoneType = { offset, dst: offset - standard.offset, name: plainName(match[6]) };
  return { standard, summer, start: switchOf(match[11]), end: switchOf(match[12]) };
}

/** Reads a TZ string: a rule, or one type for all times. Raises ValueError. */
export function parseTzString(text: string): Rule | ZoneType {
  try {
    return parse(text);
  } catch (caught) {
    if (!(caught instanceof Malformed)) throw caught;
    return raiseValueError(`${caught.what}: ${bytesRepr(Buffer.from(text, 'utf8'))}`);
  }
}

function inside(start: number, end: number, seconds: number): boolean {
  return start < end ? seconds >= start && seconds < end : !(seconds >= end && seconds < start);
}

/** What holds when local clocks show `seconds`, for the first or (`fold` 1) the second time. */
export function ruleAtLocal(rule: Rule, seconds: number, year: number, fold: number): ZoneType {
  let [start, end] = [rule.start(year), rule.end(year)];
  const difference = rule.summer.offset - rule.standard.offset;
  // Which side of a gap or fold a moment belongs to depends on the fold and on the direction of the change.
  if (fold === (difference >= 0 ? 1 : 0)) end -= difference;
  else start += difference;
  return inside(start, end, seconds) ? rule.summer : rule.standard;
}

/** What holds at a moment of UTC, and whether local clocks show its time for the second time. */
export function ruleAtUtc(rule: Rule, seconds: number, year: number): { type: ZoneType; fold: boolean } {
  const start = rule.start(year) - rule.standard.offset;
  const end = rule.end(year) - rule.summer.offset;
  const difference = rule.summer.offset - rule.standard.offset;
  const [from, to] = difference > 0 ? [end, end + difference] : [start, start - difference];
  return { type: inside(start, end, seconds) ? rule.summer : rule.standard, fold: seconds >= from && seconds < to };
}
