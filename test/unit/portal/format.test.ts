import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatMoney } from '../../../functions/domain/money.ts';
import { createFormat } from '../../../portal/src/text/format.ts';

describe('amounts', () => {
  test('are written as the mails write them, in every currency', () => {
    const currencies = Intl.supportedValuesOf('currency').map((code) => code.toLowerCase());
    fc.assert(
      fc.property(
        fc.constantFrom(...currencies),
        fc.constantFrom('en-GB', 'de-DE', 'fr-FR'),
        fc.oneof(fc.integer({ min: 0, max: 10 ** 9 }), fc.constantFrom(100, 105000)),
        (currency, locale, amount) => {
          const money = { amount, currency };
          expect(createFormat(locale).money(money)).toBe(formatMoney(money, locale));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('times', () => {
  const late = '2026-12-31T23:30:00.000Z';

  test('are those of the reader’s zone', () => {
    expect(createFormat('en-GB', 'Europe/Berlin').day(late)).toBe('1 January 2027');
    expect(createFormat('en-GB', 'America/New_York').day(late)).toBe('31 December 2026');
    expect(createFormat('de-DE', 'Europe/Berlin').moment(late)).toBe('Freitag, 1. Januar um 00:30');
    expect(createFormat('de-DE', 'Europe/Berlin').time(late)).toBe('00:30');
  });

  test('the month of a card is the one that is printed on it, in every zone', () => {
    expect(createFormat('en-GB', 'America/New_York').monthOfYear(1, 2027)).toBe('01/2027');
    expect(createFormat('en-GB', 'Pacific/Auckland').monthOfYear(12, 2027)).toBe('12/2027');
  });
});
