import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalAmount, formatMoney, minorUnitDecimals } from '../../../functions/domain/money.ts';

/** Intl writes no-break spaces; the eye does not tell. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('an amount as people write it', () => {
  test.each([
    [1050, 'usd', 'en-US', '$10.50'],
    [5, 'usd', 'en-US', '$0.05'],
    [0, 'usd', 'en-US', '$0.00'],
    [-1050, 'usd', 'en-US', '-$10.50'],
    [1050, 'jpy', 'en-US', '¥1,050'],
    [1050, 'kwd', 'en-US', 'KWD 1.050'],
    [5, 'kwd', 'en-US', 'KWD 0.005'],
    // Two decimals at Stripe, always zero, and none in ISO 4217.
    [105000, 'isk', 'en-US', 'ISK 1,050'],
    [105000, 'ugx', 'en-US', 'UGX 1,050'],
    // Two decimals in ISO 4217, none at Stripe.
    [1050, 'mga', 'en-US', 'MGA 1,050'],
    // People write these without decimals, but Stripe charges two.
    [105000, 'huf', 'en-US', 'HUF 1,050'],
    [105050, 'huf', 'en-US', 'HUF 1,050.50'],
    [1099, 'all', 'en-US', 'ALL 10.99'],
    [1050, 'eur', 'de-DE', '10,50 €'],
    [123456789, 'eur', 'fr-FR', '1 234 567,89 €'],
    [1050, 'usd', 'en-IN', '$10.50'],
  ])('%i %s in %s is %s', (amount, currency, locale, written) => {
    expect(plain(formatMoney({ amount, currency }, locale))).toBe(written);
  });

  test('a huge amount keeps its last digit', () => {
    const money = { amount: Number.MAX_SAFE_INTEGER, currency: 'usd' };
    expect(formatMoney(money, 'en-US')).toBe('$90,071,992,547,409.91');
  });

  test('no currency and no locale are refused, not guessed', () => {
    expect(() => formatMoney({ amount: 1, currency: 'nocurrency' }, 'en')).toThrow(RangeError);
    expect(() => formatMoney({ amount: 1, currency: 'usd' }, 'no locale')).toThrow(RangeError);
  });
});

const anyCurrency = fc.constantFrom('usd', 'eur', 'jpy', 'krw', 'kwd', 'bhd', 'isk', 'huf', 'all');
const anyAmount = fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.maxSafeInteger());

test('the decimal text of any amount reads back as the amount', () => {
  fc.assert(
    fc.property(anyAmount, anyCurrency, (amount, currency) => {
      const text = decimalAmount({ amount, currency });
      const [, fraction = ''] = text.split('.');
      expect(fraction).toHaveLength(minorUnitDecimals(currency));
      expect(BigInt(text.replace('.', ''))).toBe(BigInt(amount));
    }),
  );
});

test('what is written has every digit that was charged', () => {
  fc.assert(
    fc.property(anyAmount, anyCurrency, (amount, currency) => {
      const [whole = '', fraction = ''] = formatMoney({ amount, currency }, 'en-US')
        .replace(/[^0-9.]/g, '')
        .split('.');
      const digits = whole + fraction.padEnd(minorUnitDecimals(currency), '0');
      expect(BigInt(digits)).toBe(BigInt(Math.abs(amount)));
    }),
  );
});
