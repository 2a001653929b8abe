import { describe, expect, test } from 'vitest';
import { asctime, formatTime, type Broken } from './format.ts';
import { zoneOf } from './zone.ts';

const MOMENT: Broken = { year: 2023, month: 11, day: 14, hour: 22, minute: 13, second: 20, weekday: 1, yearDay: 318, dst: 0, zone: 'UTC', offset: 0 };

describe('strftime', () => {
  test('formats dates, weeks and clocks as the C library does', () => {
    expect(formatTime('%Y-%m-%d %H:%M:%S %j %U %W %V %G %I %p %a %b %z %%', MOMENT)).toBe('2023-11-14 22:13:20 318 46 46 46 2023 10 PM Tue Nov +0000 %');
    expect(asctime(MOMENT)).toBe('Tue Nov 14 22:13:20 2023');
  });

  test('leaves unknown directives alone', () => {
    expect(formatTime('%Q', MOMENT)).toBe('%Q');
  });
});

describe('time zones', () => {
  test('switch to summer time by the rules of a POSIX TZ text', () => {
    const zone = zoneOf('EST+05EDT,M4.1.0,M10.5.0');
    expect(zone.at(Date.UTC(2002, 11, 25, 6) / 1000)).toEqual({ offset: -18000, dst: false, name: 'EST' });
    expect(zone.at(Date.UTC(2002, 6, 25, 6) / 1000)).toEqual({ offset: -14400, dst: true, name: 'EDT' });
  });

  test('are UTC for names that nobody knows', () => {
    expect(zoneOf('No/Where').standard.offset).toBe(0);
  });
});
