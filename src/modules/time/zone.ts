/** Time zones for `time`: the value of `TZ` as an IANA name (rules from Intl) or in POSIX form (`EST+05EDT,M4.1.0,M10.5.0`). */

/** What holds at a moment. */
export interface ZoneMoment {
  /** Seconds east of UTC. */
  readonly offset: number;
  readonly dst: boolean;
  readonly name: string;
}

/** A time zone. */
export interface Zone {
  readonly standard: ZoneMoment;
  /** Summer time; the same as `standard` where there is none. */
  readonly summer: ZoneMoment;
  /** `seconds` since the epoch. */
  at(seconds: number): ZoneMoment;
}

const UTC_MOMENT: ZoneMoment = { offset: 0, dst: false, name: 'UTC' };

/** Coordinated universal time. */
export const UTC: Zone = { standard: UTC_MOMENT, summer: UTC_MOMENT, at: () => UTC_MOMENT };

const POSIX = /^:?([A-Za-z]{3,}|<[^>]+>)([+-]?\d+(?::\d+(?::\d+)?)?)(?:([A-Za-z]{3,}|<[^>]+>)([+-]?\d+(?::\d+(?::\d+)?)?)?(?:,([^,]+),([^,]+))?)?$/;

function clock(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const [hours, minutes = 0, seconds = 0] = text.replace(/^[+-]/, '').split(':').map(Number) as [number, number?, number?];
  return sign * (hours * 3600 + minutes * 60 + seconds);
}

/** Seconds since the epoch, local standard of the rule, of a switch in `year`: `Mm.w.d/time`, `Jn`, `n`. */
function switchAt(rule: string, year: number): number {
  const [day = '', time = '2'] = rule.split('/');
  const month = /^M(\d+)\.(\d+)\.(\d+)$/.exec(day);
  if (month === null) {
    const n = Number(day.replace('J', ''));
    const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
    const index = day.startsWith('J') ? n - 1 + (leap && n >= 60 ? 1 : 0) : n;
    return Date.UTC(year, 0, 1) / 1000 + index * 86400 + clock(time);
  }
  const [m, week, weekday] = month.slice(1).map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year, m - 1, 1)).getUTCDay();
  let date = 1 + ((weekday - first + 7) % 7) + 7 * (week - 1);
  const last = new Date(Date.UTC(year, m, 0)).getUTCDate();
  while (date > last) date -= 7;
  return Date.UTC(year, m - 1, date) / 1000 + clock(time);
}

function posixZone(text: string): Zone | undefined {
  const match = POSIX.exec(text);
  if (match === null) return undefined;
  const [, name, shift, summerName, summerShift, start = 'M3.2.0', end = 'M11.1.0'] = match;
  const plain = (abbreviation: string): string => abbreviation.replace(/[<>]/g, '');
  const standard: ZoneMoment = { offset: -clock(shift!), dst: false, name: plain(name!) };
  if (summerName === undefined) return { standard, summer: standard, at: () => standard };
  const summer: ZoneMoment = { offset: summerShift === undefined ? standard.offset + 3600 : -clock(summerShift), dst: true, name: plain(summerName) };
  const at = (seconds: number): ZoneMoment => {
    const year = new Date((seconds + standard.offset) * 1000).getUTCFullYear();
    const from = switchAt(start, year) - standard.offset;
    const to = switchAt(end, year) - summer.offset;
    const inside = from <= to ? seconds >= from && seconds < to : seconds >= from || seconds < to;
    return inside ? summer : standard;
  };
  return { standard, summer, at };
}

function intlZone(timeZone: string): Zone | undefined {
  let format: Intl.DateTimeFormat;
  let names: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', era: 'short' });
    names = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' });
  } catch {
    return undefined;
  }
  const offsetAt = (seconds: number): number => {
    const whole = Math.floor(seconds);
    const part = Object.fromEntries(format.formatToParts(whole * 1000).map(({ type, value }) => [type, value]));
    const year = part.era === 'BC' ? 1 - Number(part.year) : Number(part.year);
    const date = new Date(0);
    date.setUTCFullYear(year, Number(part.month) - 1, Number(part.day));
    date.setUTCHours(Number(part.hour), Number(part.minute), Number(part.second));
    return date.getTime() / 1000 - whole;
  };
  const nameAt = (seconds: number): string => names.formatToParts(seconds * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
  const momentAt = (seconds: number): ZoneMoment => {
    const offset = offsetAt(seconds);
    const year = new Date(seconds * 1000).getUTCFullYear();
    const least = Math.min(offsetAt(Date.UTC(year, 0, 1) / 1000), offsetAt(Date.UTC(year, 6, 1) / 1000));
    return { offset, dst: offset > least, name: nameAt(seconds) };
  };
  const year = new Date().getUTCFullYear();
  const [january, july] = [momentAt(Date.UTC(year, 0, 1) / 1000), momentAt(Date.UTC(year, 6, 1) / 1000)];
  return { standard: january.dst ? july : january, summer: january.dst ? january : july, at: momentAt };
}

/** The zone that a value of `TZ` names; the machine's for undefined, UTC for what nobody knows. */
export function zoneOf(tz: string | undefined): Zone {
  const name = tz ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (name === '' || name === 'UTC' || name === 'Etc/UTC' || name === 'UTC0') return UTC;
  return posixZone(name) ?? intlZone(name.replace(/^:/, '')) ?? UTC;
}
