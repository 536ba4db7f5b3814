import { describe, expect, test } from 'vitest';
import { isPayday, paydayBetween } from '../../../../functions/domain/schedule/paydays.ts';
import { dayMs } from '../../../../functions/domain/time.ts';

const day = (date: string) => Date.parse(`${date}T00:00Z`) / dayMs;
const date = (localDay: number | null) =>
  localDay === null ? null : new Date(localDay * dayMs).toISOString().slice(0, 10);

/** The days of the month that are paydays. */
function paydaysOf(month: string, paydays: Parameters<typeof isPayday>[1]): number[] {
  const first = new Date(`${month}-01T00:00Z`);
  const next = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1);
  const days = (next - first.getTime()) / dayMs;
  return Array.from({ length: days }, (_, index) => index + 1).filter((each) =>
    isPayday(first.getTime() / dayMs + each - 1, paydays),
  );
}

describe('paydays of a month', () => {
  test.each([
    // It ends on a Sunday, a Saturday, a Friday, a Monday, and in a leap year.
    ['2027-01', [1, 15, 29]],
    ['2026-10', [1, 15, 30]],
    ['2026-07', [1, 15, 31]],
    ['2026-11', [1, 15, 30]],
    ['2028-02', [1, 15, 29]],
    ['2027-02', [1, 15, 26]],
  ])('by default, in %s: %j', (month, expected) => {
    expect(paydaysOf(month, [1, 15, 'last_business_day'])).toEqual(expected);
  });

  test('a month that has no 31st has no payday on it', () => {
    expect(paydaysOf('2026-11', [31])).toEqual([]);
    expect(paydaysOf('2026-12', [31])).toEqual([31]);
    expect(paydaysOf('2027-02', [29])).toEqual([]);
    expect(paydaysOf('2028-02', [29])).toEqual([29]);
  });

  test('a policy without paydays has none', () => {
    expect(paydaysOf('2026-11', [])).toEqual([]);
  });
});

test('the first payday between two days is neither of them', () => {
  const between = (after: string, before: string) =>
    date(paydayBetween(day(after), day(before), [1, 15]));
  expect(between('2026-11-02', '2026-11-20')).toBe('2026-11-15');
  expect(between('2026-11-15', '2026-12-02')).toBe('2026-12-01');
  expect(between('2026-11-02', '2026-11-15')).toBeNull();
});
