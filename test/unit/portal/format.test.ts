import { describe, expect, test } from 'vitest';
import { createFormat } from '../../../portal/src/text/format.ts';

describe('amounts', () => {
  test.each([
    ['en-GB', 'usd', 'US$49.50'],
    ['de-DE', 'usd', '49,50\u00a0$'],
    ['en-GB', 'jpy', 'JP¥4,950'],
    ['en-GB', 'kwd', 'KWD\u00a04.950'],
    ['de-DE', 'isk', '49,50\u00a0ISK'],
  ])('are written as people in %s write %s', (locale, currency, written) => {
    expect(createFormat(locale).money({ amount: 4950, currency })).toBe(written);
  });
});

describe('times', () => {
  const late = '2026-12-31T23:30:00.000Z';

  test('are those of the reader’s zone', () => {
    expect(createFormat('en-GB', 'Europe/Berlin').day(late)).toBe('1 January 2027');
    expect(createFormat('en-GB', 'America/New_York').day(late)).toBe('31 December 2026');
    expect(createFormat('de-DE', 'Europe/Berlin').moment(late)).toBe('Freitag, 1. Januar um 0:30');
    expect(createFormat('de-DE', 'Europe/Berlin').time(late)).toBe('00:30');
  });

  test('the month of a card is the one that is printed on it, in every zone', () => {
    expect(createFormat('en-GB', 'America/New_York').monthOfYear(1, 2027)).toBe('01/2027');
    expect(createFormat('en-GB', 'Pacific/Auckland').monthOfYear(12, 2027)).toBe('12/2027');
  });
});
