/** `strftime` in the C locale, over broken-down time. Source: C standard, POSIX, glibc. */

/** Broken-down time with Python's conventions: month 1-12, Monday is 0, day of the year from 1. */
export interface Broken {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
  readonly yearDay: number;
  readonly dst: number;
  readonly zone: string;
  /** Seconds east of UTC. */
  readonly offset: number;
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const two = (value: number, fill = '0'): string => String(value).padStart(2, fill);

/** `Sun Jun 20 23:21:05 1993` */
export function asctime(b: Broken): string {
  return `${DAYS[b.weekday]!.slice(0, 3)} ${MONTHS[b.month - 1]!.slice(0, 3)} ${two(b.day, ' ')} ${two(b.hour)}:${two(b.minute)}:${two(b.second)} ${b.year}`;
}

function weekOfYear(b: Broken, firstDay: 0 | 6): number {
  const sinceFirst = (b.weekday - firstDay + 7) % 7;
  return Math.floor((b.yearDay - 1 + 7 - sinceFirst) / 7);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Year and week by ISO 8601. */
function isoWeek(b: Broken): { year: number; week: number } {
  const week = Math.floor((b.yearDay - 1 - b.weekday + 10) / 7);
  if (week < 1) return isoWeek({ ...b, year: b.year - 1, yearDay: b.yearDay + (isLeap(b.year - 1) ? 366 : 365) });
  const days = isLeap(b.year) ? 366 : 365;
  if (week === 53 && b.yearDay - 1 - b.weekday + 3 >= days) return { year: b.year + 1, week: 1 };
  return { year: b.year, week };
}

function offsetText(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / 60);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

function epochOf(b: Broken): number {
  return Date.UTC(b.year, b.month - 1, b.day, b.hour, b.minute, b.second) / 1000 - b.offset;
}

const hour12 = (b: Broken): number => (b.hour + 11) % 12 + 1;

const DIRECTIVES: Readonly<Record<string, (b: Broken) => string>> = {
  a: (b) => DAYS[b.weekday]!.slice(0, 3), A: (b) => DAYS[b.weekday]!, b: (b) => MONTHS[b.month - 1]!.slice(0, 3), h: (b) => MONTHS[b.month - 1]!.slice(0, 3),
  B: (b) => MONTHS[b.month - 1]!, c: asctime, C: (b) => two(Math.floor(b.year / 100)), d: (b) => two(b.day), e: (b) => two(b.day, ' '),
  D: (b) => formatTime('%m/%d/%y', b), F: (b) => formatTime('%Y-%m-%d', b), g: (b) => two(((isoWeek(b).year % 100) + 100) % 100),
  G: (b) => String(isoWeek(b).year), H: (b) => two(b.hour), I: (b) => two(hour12(b)), j: (b) => String(b.yearDay).padStart(3, '0'),
  k: (b) => two(b.hour, ' '), l: (b) => two(hour12(b), ' '), m: (b) => two(b.month), M: (b) => two(b.minute), n: () => '\n', p: (b) => (b.hour < 12 ? 'AM' : 'PM'),
  P: (b) => (b.hour < 12 ? 'am' : 'pm'), r: (b) => formatTime('%I:%M:%S %p', b), R: (b) => formatTime('%H:%M', b), s: (b) => String(epochOf(b)),
  S: (b) => two(b.second), t: () => '\t', T: (b) => formatTime('%H:%M:%S', b), u: (b) => String(b.weekday + 1), U: (b) => two(weekOfYear(b, 6)),
  V: (b) => two(isoWeek(b).week), w: (b) => String((b.weekday + 1) % 7), W: (b) => two(weekOfYear(b, 0)), x: (b) => formatTime('%m/%d/%y', b),
  X: (b) => formatTime('%H:%M:%S', b), y: (b) => two(((b.year % 100) + 100) % 100), Y: (b) => String(b.year), z: (b) => offsetText(b.offset), Z: (b) => b.zone,
  '%': () => '%',
};

/** `strftime(format, time)`; glibc's flags `-`, `_`, `0`, `^`, `#` and widths are understood, unknown directives stay as they are. */
export function formatTime(format: string, b: Broken): string {
  return format.replace(/%([-_0^#]*)(\d*)[EO]?([A-Za-z%])/g, (whole, flags: string, width: string, letter: string) => {
    const directive = DIRECTIVES[letter];
    if (directive === undefined) return whole;
    let text = directive(b);
    const numeric = /^[ 0]*-?\d+$/.test(text) && letter !== 'Z';
    if (flags.includes('-') && numeric) text = text.replace(/^[ 0]+(?=\d)/, '');
    if (flags.includes('_') && numeric) text = text.replace(/^0+(?=\d)/, (zeros) => ' '.repeat(zeros.length));
    if (flags.includes('^')) text = text.toUpperCase();
    if (flags.includes('#')) text = text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
    return width === '' ? text : text.padStart(Number(width), numeric && !flags.includes('_') ? '0' : ' ');
  });
}
