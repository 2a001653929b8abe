/** Reading ISO 8601: dates by month or week, times with fractions, offsets. Pure text; `undefined` says that the text is none. */
import { daysInMonth, fromIsoCalendar, fromOrdinal, type YearMonthDay } from './calendar.ts';
import type { TimeFields } from './records.ts';

/** An offset from UTC; `seconds` has its sign. */
export interface ParsedOffset {
  readonly seconds: number;
  readonly micros: number;
}

/** A time of day, `hour` up to 24, with its offset: null for none. */
export interface ParsedTime {
  readonly time: TimeFields;
  readonly offset: ParsedOffset | null;
}

/** A date in one of the forms YYYY-MM-DD, YYYYMMDD, YYYY-Www[-D], YYYYWww[D]. The month and day are not checked. */
export function parseIsoDate(text: string): YearMonthDay | undefined {
  const plain = /^(\d{4})(-?)(\d\d)\2(\d\d)$/.exec(text);
  if (plain !== null) return { year: Number(plain[1]), month: Number(plain[3]), day: Number(plain[4]) };
  const week = /^(\d{4})(-?)W(\d\d)(?:\2(\d))?$/.exec(text);
  if (week === null || text.endsWith('-')) return undefined;
  const ordinal = fromIsoCalendar(Number(week[1]), Number(week[3]), week[4] === undefined ? 1 : Number(week[4]));
  return typeof ordinal === 'number' ? fromOrdinal(ordinal) : undefined;
}

/** Hours, minutes, seconds, fraction, with colons everywhere or nowhere; undefined parts are 0. */
function parseClock(text: string): TimeFields | undefined {
  const match = /^(\d\d)(?:(:?)(\d\d)(?:\2(\d\d)(?:[.,](\d+))?)?)?$/.exec(text);
  if (match === null) return undefined;
  const number = (part: string | undefined): number => (part === undefined ? 0 : Number(part));
  // Digits beyond microseconds are cut off.
  const micros = match[5] === undefined ? 0 : Number(match[5].slice(0, 6).padEnd(6, '0'));
  return { hour: number(match[1]), minute: number(match[3]), second: number(match[4]), micros };
}

function parseOffset(sign: string, text: string): ParsedOffset | undefined {
  const clock = parseClock(text);
  if (clock === undefined || clock.minute > 59 || clock.second > 59) return undefined;
  const seconds = clock.hour * 3600 + clock.minute * 60 + clock.second;
  return sign === '-' ? { seconds: 0 - seconds, micros: 0 - clock.micros } : { seconds, micros: clock.micros };
}

/** A time with or without an offset. The hour may be 24; nothing else is checked against its range. */
export function parseIsoTime(text: string): ParsedTime | undefined {
  const at = text.search(/[Z+-]/);
  const time = parseClock(at < 0 ? text : text.slice(0, at));
  if (time === undefined) return undefined;
  if (at < 0) return { time, offset: null };
  if (text[at] === 'Z') return at === text.length - 1 ? { time, offset: { seconds: 0, micros: 0 } } : undefined;
  const offset = parseOffset(text[at]!, text.slice(at + 1));
  return offset === undefined ? undefined : { time, offset };
}

/** How many characters of a datetime are its date; the one after them separates. */
export function isoDateLength(text: string): number {
  if (text.length === 7) return 7;
  if (text[4] === '-') {
    if (text[5] !== 'W') return 10;
    if (text[8] !== '-') return 8;
    // YYYY-Www-##: a hyphen that separates is likelier than a digit that does.
    return /\d/.test(text[10] ?? '') ? 8 : 10;
  }
  if (text[4] !== 'W') return 8;
  const digits = /^\d*/.exec(text.slice(7))![0].length;
  const end = 7 + digits;
  if (end < 9) return end;
  return end % 2 === 0 ? 7 : 8;
}

/** Whether the parts make a date that exists, for callers that then add a day. */
export function existsDate({ year, month, day }: YearMonthDay): boolean {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}
