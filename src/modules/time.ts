/** `time` (Modules/timemodule.c): clocks, broken-down time, sleeping. Zones are in `time/zone.ts`, formatting in `time/format.ts`. */
import { alwaysQuiet } from '../core/quiet.ts';
import { PyTuple } from '../core/containers.ts';
import { PARKED, type Thread } from '../core/thread.ts';
import type { Int, Maybe, Value } from '../core/value.ts';
import { getAttr } from '../objects/attributes.ts';
import { call } from '../objects/call.ts';
import { tableSetStr } from '../objects/hash-table.ts';
import { importModule } from '../objects/import-hook.ts';
import { normalizeInt } from '../objects/algorithms/int-arith.ts';
import { newFloat, newTuple } from '../objects/make.ts';
import { intArgument, strArgument } from '../objects/native-arguments.ts';
import { toIndex } from '../objects/operators.ts';
import { raiseOverflowError, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { FLOAT_TYPE, SIMPLE_NAMESPACE_TYPE } from '../objects/static-types.ts';
import { newStructSequence, structFields, structSequenceType } from '../objects/struct-sequence.ts';
import { asFloat, asInt, asStr } from '../objects/type-of.ts';
import { loadNativeModule } from './_imp.ts';
import type { NativeModule } from './native-module.ts';
import { raiseErrno } from './os-errors.ts';
import { asctime, formatTime, type Broken } from './time/format.ts';
import { threadNanos } from './time/thread-clock.ts';
import { localZone, UTC, zoneOf, type Zone } from './time/zone.ts';

const STRUCT_TIME = structSequenceType('struct_time', {
  module: 'time',
  doc: 'The time value as returned by gmtime(), localtime(), and strptime(), and\naccepted by asctime(), mktime() and strftime().',
  fields: ['tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min', 'tm_sec', 'tm_wday', 'tm_yday', 'tm_isdst'],
  hidden: ['tm_zone', 'tm_gmtoff'],
});

/** Seconds that a `Date` can hold. */
const MAX_SECONDS = 8.64e12;

function secondsOf(t: Thread, value: Maybe): number {
  if (value === undefined || value === null) return Date.now() / 1000;
  const seconds = asFloat(value) ?? Number(toIndex(t, value));
  if (seconds !== seconds) raiseValueError('Invalid value NaN (not a number)');
  if (Math.abs(seconds) > 2 ** 63) raiseOverflowError('timestamp out of range for platform time_t');
  return Math.abs(seconds) > MAX_SECONDS ? raiseErrno('EOVERFLOW') : Math.floor(seconds);
}

function breakDown(seconds: number, at: Zone): Broken {
  const whole = Math.floor(seconds);
  const moment = at.at(whole);
  const date = new Date((whole + moment.offset) * 1000);
  const year = date.getUTCFullYear();
  const start = new Date(0);
  start.setUTCFullYear(year, 0, 1);
  return {
    year, month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds(),
    weekday: (date.getUTCDay() + 6) % 7, yearDay: Math.floor((date.getTime() - start.getTime()) / 86400000) + 1, dst: moment.dst ? 1 : 0,
    zone: moment.name, offset: moment.offset,
  };
}

function structOf(b: Broken): Value {
  return newStructSequence(STRUCT_TIME, [b.year, b.month, b.day, b.hour, b.minute, b.second, b.weekday, b.yearDay, b.dst], [b.zone, b.offset]);
}

function time_gmtime(t: Thread, seconds?: Value): Value {
  // The C library calls the zone so here.
  return structOf({ ...breakDown(secondsOf(t, seconds), UTC), zone: 'GMT' });
}

function time_localtime(t: Thread, seconds?: Value): Value {
  return structOf(breakDown(secondsOf(t, seconds), localZone(t)));
}

/** Nine numbers of a time tuple, unchecked. */
function brokenOf(t: Thread, value: Value, who: string): Broken {
  if (!(value instanceof PyTuple)) raiseTypeError('Tuple or struct_time argument required');
  if (value.items.length !== 9) raiseTypeError(`${who}(): illegal time tuple argument`);
  const [year, month, day, hour, minute, second, weekday, yearDay, dst] = value.items.map((item) => intArgument(t, item, 0)) as [number, number, number, number, number, number, number, number, number];
  const own = value.type === STRUCT_TIME ? structFields(value) : [];
  const current = localZone(t);
  const moment = dst > 0 ? current.summer : current.standard;
  const name = asStr(own[0]) ?? moment.name;
  return { year, month, day, hour, minute, second, weekday: ((weekday % 7) + 7) % 7, yearDay, dst, zone: name, offset: Number(asInt(own[1]) ?? moment.offset) };
}

/** Refuses numbers out of range, as C libraries crash on them; zeros stand for the first month and day. */
function checked(b: Broken, weekday: number): Broken {
  const month = b.month === 0 ? 1 : b.month;
  const day = b.day === 0 ? 1 : b.day;
  const yearDay = b.yearDay === 0 ? 1 : b.yearDay;
  const limits: readonly [number, number, number, string][] = [
    [month, 1, 12, 'month'], [day, 1, 31, 'day of month'], [b.hour, 0, 23, 'hour'], [b.minute, 0, 59, 'minute'], [b.second, 0, 61, 'seconds'],
    [weekday, -1, Infinity, 'day of week'], [yearDay, 1, 366, 'day of year'],
  ];
  for (const [value, low, high, name] of limits) if (value < low || value > high) raiseValueError(`${name} out of range`);
  return { ...b, month, day, yearDay };
}

function checkedTime(t: Thread, value: Maybe, who: string): Broken {
  if (value === undefined || value === null) return breakDown(Date.now() / 1000, localZone(t));
  const b = brokenOf(t, value, who);
  return checked(b, intArgument(t, (value as PyTuple).items[6], 0));
}

function time_asctime(t: Thread, value?: Value): Value {
  return asctime(checkedTime(t, value, 'asctime'));
}

function time_ctime(t: Thread, seconds?: Value): Value {
  return asctime(breakDown(secondsOf(t, seconds), localZone(t)));
}

function time_strftime(t: Thread, format: Value, value?: Value): Value {
  const text = strArgument(format, 'strftime() argument 1');
  const b = checkedTime(t, value, 'strftime');
  return formatTime(text, b);
}

function time_mktime(t: Thread, value: Value): Value {
  const b = brokenOf(t, value, 'mktime');
  const date = new Date(0);
  date.setUTCFullYear(b.year, b.month - 1, b.day);
  date.setUTCHours(b.hour, b.minute, b.second);
  const local = date.getTime() / 1000;
  if (local !== local) raiseOverflowError('mktime argument out of range');
  const current = localZone(t);
  if (b.dst > 0 && current.summer.dst) return newFloat(local - current.summer.offset);
  const guess = local - current.standard.offset;
  if (b.dst === 0) return newFloat(guess);
  const moment = current.at(guess);
  return newFloat(local - current.at(local - moment.offset).offset);
}

function time_strptime(t: Thread, args: Value[]): Value {
  return call(t, getAttr(t, importModule(t, '_strptime'), '_strptime_time'), args);
}

function zoneConstants(t: Thread): Record<string, Value> {
  const { standard, summer } = localZone(t);
  return { timezone: -standard.offset + 0, altzone: -summer.offset + 0, daylight: summer.dst ? 1 : 0, tzname: newTuple([standard.name, summer.dst ? summer.name : standard.name]) };
}

/** `TZ` as `os.environ` has it now, else as the process started. */
function currentTz(t: Thread): string | undefined {
  const posix = t.interpreter.moduleState.get('posix environment') as Map<string, string> | undefined;
  return posix === undefined ? t.interpreter.config.environment.TZ : posix.get('TZ');
}

function time_tzset(t: Thread): void {
  t.interpreter.moduleState.set('time', zoneOf(currentTz(t)));
  const module = loadNativeModule(t, 'time')!;
  for (const [name, value] of Object.entries(zoneConstants(t))) tableSetStr(module.dict.table, name, value);
}

/** A duration in milliseconds: int or float seconds. */
function durationOf(t: Thread, value: Value): number {
  const seconds = asFloat(value) ?? Number(asInt(value) ?? durationIndex(t, value));
  if (seconds !== seconds) raiseValueError('Invalid value NaN (not a number)');
  if (seconds < 0) raiseValueError('sleep length must be non-negative');
  return seconds > 9223372036.854775 ? raiseOverflowError('timestamp out of range for platform time_t') : seconds * 1000;
}

function durationIndex(t: Thread, value: Value): Int {
  const index = callMethodOrNothing(t, value);
  return index ?? raiseTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
}

function callMethodOrNothing(t: Thread, value: Value): Int | undefined {
  const slot = value === null || typeof value !== 'object' ? null : value.type.slots.nb_index;
  return slot === null ? undefined : asInt(slot(t, value));
}

function time_sleep(t: Thread, seconds: Value): Value | typeof PARKED {
  const milliseconds = durationOf(t, seconds);
  const deadline = performance.now() + milliseconds;
  t.parked = { reason: 'sleep', deadline, ready: () => performance.now() >= deadline, finish: () => null };
  return PARKED;
}

const BILLION = 1000000000n;

function wallNanos(): bigint {
  return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
}

function cpuNanos(): bigint {
  const { user, system } = process.cpuUsage();
  return BigInt(user + system) * 1000n;
}

/** Where the thread's own time is not known it is the process's, as of a process of one thread. */
function ownNanos(): bigint {
  return threadNanos() ?? cpuNanos();
}

const seconds = (nanos: bigint): Value => newFloat(Number(nanos / BILLION) + Number(nanos % BILLION) / 1e9);
const monotonicNanos = (): bigint => process.hrtime.bigint();

const CLOCKS: ReadonlyMap<number, () => bigint> = new Map([
  [0, wallNanos], [1, monotonicNanos], [2, cpuNanos], [3, ownNanos], [4, monotonicNanos], [7, monotonicNanos], [11, () => wallNanos() + 37n * BILLION],
]);

function clockOf(t: Thread, id: Value): bigint {
  return (CLOCKS.get(intArgument(t, id, 0)) ?? (() => raiseErrno('EINVAL')))();
}

function time_clock_getres(t: Thread, id: Value): Value {
  clockOf(t, id);
  return newFloat(1e-9);
}

function refuseSettingClock(): never {
  return raiseErrno('EPERM');
}

const CLOCK_INFO: Readonly<Record<string, readonly [implementation: string, monotonic: boolean, adjustable: boolean, resolution: number]>> = {
  time: ['clock_gettime(CLOCK_REALTIME)', false, true, 1e-9],
  monotonic: ['clock_gettime(CLOCK_MONOTONIC)', true, false, 1e-9],
  perf_counter: ['clock_gettime(CLOCK_MONOTONIC)', true, false, 1e-9],
  process_time: ['clock_gettime(CLOCK_PROCESS_CPUTIME_ID)', true, false, 1e-6],
  thread_time: ['clock_gettime(CLOCK_THREAD_CPUTIME_ID)', true, false, 1e-6],
};

function time_get_clock_info(t: Thread, name: Value): Value {
  const info = CLOCK_INFO[strArgument(name, 'get_clock_info() argument 1')];
  if (info === undefined) raiseValueError('unknown clock');
  const [implementation, monotonic, adjustable, resolution] = info;
  return call(t, SIMPLE_NAMESPACE_TYPE, [implementation, monotonic, adjustable, newFloat(resolution)], ['implementation', 'monotonic', 'adjustable', 'resolution']);
}

/** The table. */
export const TIME_MODULE: NativeModule = {
  name: 'time',
  doc: 'This module provides various functions to manipulate time values.',
  types: { struct_time: STRUCT_TIME },
  attributes: (t) => ({
    _STRUCT_TM_ITEMS: 11, CLOCK_REALTIME: 0, CLOCK_MONOTONIC: 1, CLOCK_PROCESS_CPUTIME_ID: 2, CLOCK_THREAD_CPUTIME_ID: 3, CLOCK_MONOTONIC_RAW: 4,
    CLOCK_BOOTTIME: 7, CLOCK_TAI: 11, ...zoneConstants(t),
  }),
  functions: {
    time: [alwaysQuiet(() => seconds(wallNanos()), 'change', FLOAT_TYPE), '($module, /)', 'Return the current time in seconds since the Epoch.'],
    time_ns: [alwaysQuiet(() => normalizeInt(wallNanos()), 'change', 'any'), '($module, /)', 'Return the current time in nanoseconds since the Epoch.'],
    monotonic: [alwaysQuiet(() => seconds(monotonicNanos()), 'change', FLOAT_TYPE), '($module, /)', 'Monotonic clock, cannot go backward.'],
    monotonic_ns: [() => normalizeInt(monotonicNanos()), '($module, /)', 'Monotonic clock, cannot go backward, as nanoseconds.'],
    perf_counter: [alwaysQuiet(() => seconds(monotonicNanos()), 'change', FLOAT_TYPE), '($module, /)', 'Performance counter for benchmarking.'],
    perf_counter_ns: [() => normalizeInt(monotonicNanos()), '($module, /)', 'Performance counter for benchmarking as nanoseconds.'],
    process_time: [() => seconds(cpuNanos()), '($module, /)', 'Process time for profiling: sum of the kernel and user-space CPU time.'],
    process_time_ns: [() => normalizeInt(cpuNanos()), '($module, /)', 'Process time for profiling as nanoseconds.'],
    thread_time: [() => seconds(ownNanos()), '($module, /)', 'Thread time for profiling.'],
    thread_time_ns: [() => normalizeInt(ownNanos()), '($module, /)', 'Thread time for profiling as nanoseconds.'],
    clock_gettime: [(t: Thread, id: Value) => seconds(clockOf(t, id)), '($module, clk_id, /)', 'Return the time of the specified clock clk_id as a float.'],
    clock_gettime_ns: [(t: Thread, id: Value) => normalizeInt(clockOf(t, id)), '($module, clk_id, /)', 'Return the time of the specified clock clk_id as nanoseconds (int).'],
    clock_settime: [refuseSettingClock, '!($module, clk_id, time, /)', 'Set the time of the specified clock: not permitted.'],
    clock_settime_ns: [refuseSettingClock, '!($module, clk_id, time, /)', 'Set the time of the specified clock: not permitted.'],
    clock_getres: [time_clock_getres, '!($module, clk_id, /)', 'Return the resolution (precision) of the specified clock clk_id.'],
    sleep: [time_sleep, '($module, object, /)', 'Delay execution for a given number of seconds.'],
    gmtime: [time_gmtime, '!($module, seconds=None, /)', 'Convert seconds since the Epoch to a time tuple expressing UTC (a.k.a. GMT).'],
    localtime: [time_localtime, '!($module, seconds=None, /)', 'Convert seconds since the Epoch to a time tuple expressing local time.'],
    asctime: [time_asctime, '!($module, tuple=None, /)', "Convert a time tuple to a string, e.g. 'Sat Jun 06 16:26:11 1998'."],
    ctime: [time_ctime, '!($module, seconds=None, /)', 'Convert a time in seconds since the Epoch to a string in local time.'],
    mktime: [time_mktime, '($module, object, /)', 'Convert a time tuple in local time to seconds since the Epoch.'],
    strftime: [time_strftime, '!($module, format, tuple=None, /)', 'Convert a time tuple to a string according to a format specification.'],
    strptime: [time_strptime, '!($module, /, *args)', 'Parse a string to a time tuple according to a format specification.'],
    tzset: [time_tzset, '($module, /)', 'Initialize, or reinitialize, the local timezone to the value stored in os.environ["TZ"].'],
    get_clock_info: [time_get_clock_info, '!($module, name, /)', 'Get information of the specified clock.'],
  },
};
