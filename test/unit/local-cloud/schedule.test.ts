import { describe, expect, it } from 'vitest';
import { matchesPattern, parseEventPattern } from '../../../local/cloud/events/event-pattern.ts';
import { parseSchedule } from '../../../local/cloud/events/schedule.ts';

const next = (expression: string, after: string): string | undefined => {
  const time = parseSchedule(expression, 'Rule').next(Date.parse(after));
  return time === undefined ? undefined : new Date(time).toISOString().slice(0, 16);
};

describe('a schedule', () => {
  it.each([
    ['rate(1 minute)', '2026-03-01T10:00:30Z', '2026-03-01T10:01'],
    ['rate(2 hours)', '2026-03-01T10:00:00Z', '2026-03-01T12:00'],
    ['cron(0 12 * * ? *)', '2026-03-01T12:00:00Z', '2026-03-02T12:00'],
    ['cron(0 12 * * ? *)', '2026-03-01T11:59:59Z', '2026-03-01T12:00'],
    ['cron(0/15 8-9 ? * MON-FRI *)', '2026-03-06T09:45:00Z', '2026-03-09T08:00'],
    ['cron(30 6 1 JAN,JUL ? *)', '2026-03-01T00:00:00Z', '2026-07-01T06:30'],
    ['cron(0 0 29 2 ? *)', '2026-03-01T00:00:00Z', '2028-02-29T00:00'],
    ['cron(0 0 1 1 ? 2020)', '2026-03-01T00:00:00Z', undefined],
  ])('%s fires after %s at %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it.each(['rate(0 minutes)', 'every day', 'cron(0 12 * * ?)', 'cron(61 * * * ? *)'])(
    'refuses %s',
    (expression) => {
      expect(() => parseSchedule(expression, 'Rule')).toThrow(
        `Rule has the schedule "${expression}"`,
      );
    },
  );
});

describe('an event pattern', () => {
  const event = { source: 'aws.ses', detail: { mail: { tags: ['a', 'b'] }, eventType: 'Send' } };
  it.each([
    [{ source: ['aws.ses'] }, true],
    [{ source: ['aws.s3', 'aws.ses'] }, true],
    [{ source: ['aws.s3'] }, false],
    [{ source: [{ prefix: 'aws.' }] }, true],
    [{ source: [{ 'anything-but': ['aws.s3'] }] }, true],
    [{ source: [{ 'anything-but': 'aws.ses' }] }, false],
    [{ detail: { mail: { tags: ['b'] } } }, true],
    [{ detail: { eventType: [{ exists: true }], bounce: [{ exists: false }] } }, true],
    [{ detail: { bounce: { bounceType: ['Permanent'] } } }, false],
  ])('%j matches: %s', (pattern, expected) => {
    expect(matchesPattern(parseEventPattern(pattern, 'Rule'), event)).toBe(expected);
  });
});
