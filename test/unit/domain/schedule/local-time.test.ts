import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  instantOf,
  localDayOf,
  partsOf,
} from '../../../../functions/domain/schedule/local-time.ts';
import { dayMs } from '../../../../functions/domain/time.ts';

const day = (date: string) => Date.parse(`${date}T00:00Z`) / dayMs;
const utc = (instant: number) => new Date(instant).toISOString().slice(0, 16);

describe('the moment of a local time', () => {
  test.each([
    ['2026-06-15', '09:00', 'Europe/Berlin', '2026-06-15T07:00'],
    ['2026-12-15', '09:00', 'Europe/Berlin', '2026-12-15T08:00'],
    ['2026-12-15', '09:00', 'America/Los_Angeles', '2026-12-15T17:00'],
    ['2026-12-15', '09:00', 'Pacific/Kiritimati', '2026-12-14T19:00'],
    ['2026-12-15', '09:00', 'Asia/Kathmandu', '2026-12-15T03:15'],
    // Clocks are set forward over it: the next time that they show is three o'clock.
    ['2027-03-14', '02:30', 'America/New_York', '2027-03-14T07:00'],
    ['2027-03-28', '02:00', 'Europe/Berlin', '2027-03-28T01:00'],
    // By half an hour: two o'clock is followed by half past two.
    ['2026-10-04', '02:10', 'Australia/Lord_Howe', '2026-10-03T15:30'],
    // Midnight itself is left out.
    ['2027-09-05', '00:30', 'America/Santiago', '2027-09-05T04:00'],
    // Shown twice: the first.
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30'],
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30'],
    // A day that Samoa left out: the next one begins.
    ['2011-12-30', '09:00', 'Pacific/Apia', '2011-12-30T10:00'],
    ['2028-02-29', '09:00', 'UTC', '2028-02-29T09:00'],
  ])('%s %s in %s is %s', (date, time, zone, expected) => {
    expect(utc(instantOf(day(date), time, zone))).toBe(expected);
  });
});

test('the local day is the customer’s', () => {
  const now = Date.parse('2026-11-02T23:30Z');
  expect(localDayOf(now, 'UTC')).toBe(day('2026-11-02'));
  expect(localDayOf(now, 'Europe/Berlin')).toBe(day('2026-11-03'));
  expect(localDayOf(now, 'America/New_York')).toBe(day('2026-11-02'));
  expect(partsOf(day('2028-02-29'))).toEqual({ year: 2028, month: 2, day: 29, weekday: 2 });
});

const zones = [
  'America/New_York',
  'America/Santiago',
  'Europe/Dublin',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Pacific/Chatham',
];
const calendars = new Map(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
  ]),
);
/** Independent of the code under test: what a calendar of the zone shows. */
const shown = (instant: number, zone: string) => calendars.get(zone)?.format(instant) ?? '';

test('clocks in the zone show it then, unless they leave it out', () => {
  let leftOut = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: day('2026-01-01'), max: day('2031-01-01') }),
      fc.constantFrom('00:00', '00:30', '01:30', '02:15', '02:30', '09:00', '23:59'),
      fc.constantFrom(...zones),
      (localDay, time, zone) => {
        const instant = instantOf(localDay, time, zone);
        const wished = `${new Date(localDay * dayMs).toISOString().slice(0, 10)} ${time}`;
        const is = shown(instant, zone);
        if (is === wished) {
          // An hour before, clocks showed something else: it is the first of the two.
          expect(shown(instant - 3_600_000, zone)).not.toBe(wished);
          return;
        }
        leftOut += 1;
        expect(is > wished).toBe(true);
        expect(shown(instant - 60_000, zone) < wished).toBe(true);
      },
    ),
    {
      numRuns: 2_000,
      examples: [[day('2027-03-14'), '02:15', 'America/New_York']],
    },
  );
  expect(leftOut).toBeGreaterThan(0);
});
