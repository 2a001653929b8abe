/** `_datetime` (Modules/_datetimemodule.c): dates, times, durations and fixed zones. The C API capsule is not there. */
import './_datetime/datetime.ts';
import { MAX_YEAR, MIN_YEAR } from './_datetime/calendar.ts';
import { DATE_TYPE, DATETIME_TYPE, DELTA_TYPE, TIME_TYPE, TIMEZONE_TYPE, TZINFO_TYPE } from './_datetime/records.ts';
import { UTC } from './_datetime/tzinfo.ts';
import type { NativeModule } from './native-module.ts';

/** The table. */
export const DATETIME_MODULE: NativeModule = {
  name: '_datetime',
  doc: 'Fast implementation of the datetime module.',
  functions: {},
  types: { date: DATE_TYPE, datetime: DATETIME_TYPE, time: TIME_TYPE, timedelta: DELTA_TYPE, timezone: TIMEZONE_TYPE, tzinfo: TZINFO_TYPE },
  attributes: () => ({ MINYEAR: MIN_YEAR, MAXYEAR: MAX_YEAR, UTC }),
};
