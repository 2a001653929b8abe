/**
 * The proleptic Gregorian calendar: dates as day numbers, ISO weeks. Pure arithmetic.
 *
 * Day 1 is January 1 of year 1. Source: CPython Modules/_datetimemodule.c (ymd_to_ord, ord_to_ymd, iso_to_ymd).
 */

export const MIN_YEAR = 1;
export const MAX_YEAR = 9999;
/** The day number of 9999-12-31. */
export const MAX_ORDINAL = 3652059;
/** The day number of 1970-01-01. */
export const EPOCH_ORDINAL = 719163;

const DAYS_IN_MONTH = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_BEFORE_MONTH = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN_400_YEARS = 146097;
const DAYS_IN_100_YEARS = 36524;
const DAYS_IN_4_YEARS = 1461;

/** A calendar date. */
export interface YearMonthDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Whether a year has February 29. */
export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days of a month. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : DAYS_IN_MONTH[month]!;
}

function daysBeforeMonth(year: number, month: number): number {
  return DAYS_BEFORE_MONTH[month]! + (month > 2 && isLeap(year) ? 1 : 0);
}

function daysBeforeYear(year: number): number {
  const before = year - 1;
  return before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
}

/** The day number of a date. */
export function toOrdinal(year: number, month: number, day: number): number {
  return daysBeforeYear(year) + daysBeforeMonth(year, month) + day;
}

/** The date of a day number from 1 on. */
export function fromOrdinal(ordinal: number): YearMonthDay {
  let rest = ordinal - 1;
  const cycles = Math.floor(rest / DAYS_IN_400_YEARS);
  rest %= DAYS_IN_400_YEARS;
  const centuries = Math.floor(rest / DAYS_IN_100_YEARS);
  rest %= DAYS_IN_100_YEARS;
  const fours = Math.floor(rest / DAYS_IN_4_YEARS);
  rest %= DAYS_IN_4_YEARS;
  const ones = Math.floor(rest / 365);
  rest %= 365;
  const year = cycles * 400 + centuries * 100 + fours * 4 + ones + 1;
  // The last day of a four-year or a 400-year cycle is December 31 of the year before.
  if (ones === 4 || centuries === 4) return { year: year - 1, month: 12, day: 31 };
  let month = (rest + 50) >> 5;
  if (daysBeforeMonth(year, month) > rest) month--;
  return { year, month, day: rest - daysBeforeMonth(year, month) + 1 };
}

/** The day of the week, Monday is 0. */
export function weekday(year: number, month: number, day: number): number {
  return (toOrdinal(year, month, day) + 6) % 7;
}

/** The day of the year, from 1 on. */
export function yearDay(year: number, month: number, day: number): number {
  return daysBeforeMonth(year, month) + day;
}

/** The day number of the Monday that begins week 1 of an ISO year. */
function isoWeek1Monday(year: number): number {
  const first = toOrdinal(year, 1, 1);
  const firstWeekday = (first + 6) % 7;
  return first - firstWeekday + (firstWeekday > 3 ? 7 : 0);
}

/** ISO year, week and weekday (from 1 on) of a date. */
export function isoCalendar(year: number, month: number, day: number): { year: number; week: number; weekday: number } {
  const today = toOrdinal(year, month, day);
  let isoYear = year;
  let monday = isoWeek1Monday(year);
  if (today < monday) monday = isoWeek1Monday(--isoYear);
  else if (today >= isoWeek1Monday(year + 1)) monday = isoWeek1Monday(++isoYear);
  const days = today - monday;
  return { year: isoYear, week: Math.floor(days / 7) + 1, weekday: (days % 7) + 1 };
}

/** The day number of an ISO date, or what is wrong with it. */
export function fromIsoCalendar(year: number, week: number, day: number): number | 'year' | 'week' | 'weekday' {
  if (year < MIN_YEAR || year > MAX_YEAR) return 'year';
  const monday = isoWeek1Monday(year);
  const weeks = (isoWeek1Monday(year + 1) - monday) / 7;
  if (week < 1 || week > weeks) return 'week';
  if (day < 1 || day > 7) return 'weekday';
  return monday + (week - 1) * 7 + day - 1;
}
