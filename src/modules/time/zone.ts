/** Time zones for `time`: the value of `TZ` as an IANA name (rules from the system's files, else from Intl) or in POSIX form (`EST+05EDT,M4.1.0,M10.5.0`). */
import { readFileSync } from 'node:fs';
import type { Thread } from '../../core/thread.ts';

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

/** Sizes of the header of a TZif block (RFC 8536): counts of UT flags, wall flags, leap seconds, transitions, types, characters. */
function tzifCounts(view: DataView, at: number): readonly number[] {
  return [0, 1, 2, 3, 4, 5].map((i) => view.getUint32(at + 20 + 4 * i));
}

const TZIF_HEADER = 44;

/** A zone of the system's time zone files; undefined when there is no such file. */
function fileZone(name: string): Zone | undefined {
  if (!/^[\w+/-]+$/.test(name)) return undefined;
  try {
    const bytes = readFileSync(`/usr/share/zoneinfo/${name}`);
    return bytes.toString('latin1', 0, 4) === 'TZif' && bytes[4]! >= 50 ? parseTzif(bytes) : undefined;
  } catch {
    return undefined;
  }
}

function parseTzif(bytes: Buffer): Zone | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [ut1, wall1, leap1, time1, type1, char1] = tzifCounts(view, 0) as [number, number, number, number, number, number];
  const second = TZIF_HEADER + time1 * 5 + type1 * 6 + char1 + leap1 * 8 + wall1 + ut1;
  const [ut, wall, leaps, times, types, chars] = tzifCounts(view, second) as [number, number, number, number, number, number];
  const start = second + TZIF_HEADER;
  const typeAt = start + times * 9;
  const names = bytes.toString('latin1', typeAt + types * 6, typeAt + types * 6 + chars);
  const moments = Array.from({ length: types }, (_, i): ZoneMoment => {
    const at = typeAt + i * 6;
    return { offset: view.getInt32(at), dst: view.getUint8(at + 4) !== 0, name: names.slice(view.getUint8(at + 5)).split('\0')[0]! };
  });
  const transitions = Array.from({ length: times }, (_, i) => Number(view.getBigInt64(start + i * 8)));
  const indices = Array.from({ length: times }, (_, i) => view.getUint8(start + times * 8 + i));
  const rule = posixZone(bytes.toString('latin1', typeAt + types * 6 + chars + leaps * 12 + wall + ut).trim());
  const first = moments.find((moment) => !moment.dst) ?? moments[0];
  if (first === undefined) return undefined;
  const at = (seconds: number): ZoneMoment => {
    const later = transitions.findIndex((time) => time > seconds);
    if (later < 0) return rule?.at(seconds) ?? moments[indices[indices.length - 1] ?? 0] ?? first;
    return later === 0 ? first : moments[indices[later - 1]!]!;
  };
  const year = new Date().getUTCFullYear();
  const [january, july] = [at(Date.UTC(year, 0, 1) / 1000), at(Date.UTC(year, 6, 1) / 1000)];
  return { standard: january.dst ? july : january, summer: january.dst ? january : july, at };
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
  const plain = name.replace(/^:/, '');
  return fileZone(plain) ?? posixZone(name) ?? intlZone(plain) ?? UTC;
}

/** The interpreter's local zone: `time.tzset` forgets it by deleting the module's state. */
export function localZone(t: Thread): Zone {
  let current = t.interpreter.moduleState.get('time') as Zone | undefined;
  if (current === undefined) t.interpreter.moduleState.set('time', (current = zoneOf(t.interpreter.config.environment.TZ)));
  return current;
}
