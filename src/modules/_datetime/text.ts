/** Dates and times as text: ISO 8601, ctime, and the directives that `strftime` adds to `time.strftime`. */
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { getAttr } from '../../objects/attributes.ts';
import { call, callMethod } from '../../objects/call.ts';
import { importModule } from '../../objects/import-hook.ts';
import { raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { asStr } from '../../objects/type-of.ts';
import { weekday } from './calendar.ts';
import { PyDateTime, PyTime, type PyDate, type TimeFields } from './records.ts';
import { askName, askUtcOffset, offsetText } from './tzinfo.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** `YYYY-MM-DD` */
export function isoDate(date: PyDate): string {
  return `${padded(date.year, 4)}-${padded(date.month, 2)}-${padded(date.day, 2)}`;
}

const TIMESPECS: Readonly<Record<string, (time: TimeFields) => string>> = {
  hours: (time) => padded(time.hour, 2),
  minutes: (time) => `${padded(time.hour, 2)}:${padded(time.minute, 2)}`,
  seconds: (time) => `${padded(time.hour, 2)}:${padded(time.minute, 2)}:${padded(time.second, 2)}`,
  milliseconds: (time) => `${TIMESPECS.seconds!(time)}.${padded(Math.floor(time.micros / 1000), 3)}`,
  microseconds: (time) => `${TIMESPECS.seconds!(time)}.${padded(time.micros, 6)}`,
  auto: (time) => (time.micros === 0 ? TIMESPECS.seconds!(time) : TIMESPECS.microseconds!(time)),
};

/** The time of day to the precision that `timespec` names; raises ValueError. */
export function isoTime(time: TimeFields, timespec: string): string {
  const format = Object.hasOwn(TIMESPECS, timespec) ? TIMESPECS[timespec] : undefined;
  return format === undefined ? raiseValueError('Unknown timespec value') : format(time);
}

/** `±HH:MM[:SS[.ffffff]]`, or nothing for a naive object. */
export function isoOffset(t: Thread, tz: Value, argument: Value): string {
  const offset = askUtcOffset(t, tz, argument);
  return offset === null ? '' : offsetText(offset, ':');
}

/** `Sat Feb  3 04:05:06 2001` */
export function ctime(date: PyDate, time: TimeFields): string {
  const day = DAYS[weekday(date.year, date.month, date.day)]!;
  return `${day} ${MONTHS[date.month - 1]!} ${String(date.day).padStart(2)} ${isoTime(time, 'seconds')} ${padded(date.year, 4)}`;
}

/** What strftime's directives are asked of. */
interface Subject {
  readonly object: PyDate | PyTime;
  /** The year as written by %Y, and by %G. */
  readonly year: number;
  readonly isoYear: () => number;
  /** Passed to the zone's methods. */
  readonly argument: Value;
}

function offsetDirective(t: Thread, subject: Subject, separator: string): string {
  const { object } = subject;
  if (!(object instanceof PyDateTime) && !(object instanceof PyTime)) return '';
  const offset = askUtcOffset(t, object.tz, subject.argument);
  return offset === null ? '' : offsetText(offset, separator);
}

function nameDirective(t: Thread, subject: Subject): string {
  const { object } = subject;
  if (!(object instanceof PyDateTime) && !(object instanceof PyTime)) return '';
  const name = askName(t, object.tz, subject.argument);
  if (name === null) return '';
  // As in C by the method, which a subclass of str may have changed.
  return asStr(callMethod(t, name, 'replace', '%', '%%')) ?? raiseTypeError('tzname.replace() did not return a string');
}

function microsDirective({ object }: Subject): string {
  return object instanceof PyDateTime || object instanceof PyTime ? padded(object.micros, 6) : '000000';
}

/** The directives that are not the C library's, or that it does not pad as Python promises; undefined for all others. */
function ownDirective(t: Thread, subject: Subject, directive: string): string | undefined {
  switch (directive) {
    case '%z': return offsetDirective(t, subject, '');
    case '%:z': return offsetDirective(t, subject, ':');
    case '%Z': return nameDirective(t, subject);
    case '%f': return microsDirective(subject);
    case '%Y': return padded(subject.year, 4);
    case '%G': return padded(subject.isoYear(), 4);
    case '%C': return padded(Math.floor(subject.year / 100), 2);
    case '%F': return `${padded(subject.year, 4)}-%m-%d`;
    default: return undefined;
  }
}

/** `strftime(format)` of any object of this module; `timeTuple` is for `time.strftime`. */
export function formatWith(t: Thread, subject: Subject, format: string, timeTuple: Value): Value {
  const own = format.replace(/%(?::?[A-Za-z]|[^])/g, (directive) => ownDirective(t, subject, directive) ?? directive);
  return call(t, getAttr(t, importModule(t, 'time'), 'strftime'), [own, timeTuple]);
}
