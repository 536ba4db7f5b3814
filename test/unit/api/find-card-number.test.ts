import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsCardNumber } from '../../../functions/api/find-card-number.ts';
import { cardNumber } from './card-numbers.ts';

describe('a card number', () => {
  // Stripe's published test cards (docs.stripe.com/testing).
  it.each([
    ['Visa', '4242424242424242'],
    ['Mastercard', '5555555555554444'],
    ['Mastercard of the 2 series', '2223003122003222'],
    ['Mastercard of the end of the 2 series', '2720994326581252'],
    ['American Express', '378282246310005'],
    ['Discover', '6011111111111117'],
    ['Diners Club', '3056930009020004'],
    ['Diners Club with 14 digits', '36227206271667'],
    ['JCB', '3566002020360505'],
    ['UnionPay', '6200000000000005'],
    ['UnionPay with 19 digits', '6205500000000000004'],
    ['BCcard', '6555900000604105'],
    ['an old Visa with 13 digits', '4222222222222'],
  ])('of %s is found alone, in groups, and within a sentence', (_network, number) => {
    expect(holdsCardNumber(number)).toBe(true);
    expect(holdsCardNumber(number.replaceAll(/(.{4})/g, '$1 '))).toBe(true);
    expect(holdsCardNumber(number.replaceAll(/(.{4})/g, '$1-'))).toBe(true);
    expect(holdsCardNumber(`My card is ${number}, thank you.`)).toBe(true);
    expect(holdsCardNumber(`{"number":"${number}"}`)).toBe(true);
    expect(holdsCardNumber(`x${number}y`)).toBe(true);
  });

  it.each([
    '4242 4242 4242 4242 12/30 123',
    '4242 4242 4242 4242 12 30 123',
    '4242424242424242 123',
    'Hauptstr. 12 4242 4242 4242 4242',
    '10115-4242-4242-4242-4242-12-30',
    '1 2 3 378282246310005 4 5 6',
  ])('is found among other numbers: %s', (text) => {
    expect(holdsCardNumber(text)).toBe(true);
  });

  it('is found wherever it stands', () => {
    const around = fc.string({ unit: fc.constantFrom(...'abc {}":,.\n') });
    fc.assert(
      fc.property(cardNumber, around, around, (number, before, after) =>
        holdsCardNumber(`${before}${number}${after}`),
      ),
    );
  });
});

describe('what is no card number', () => {
  it.each([
    ['a wrong last digit', '4242424242424241'],
    ['too few digits', '424242424242'],
    ['too many digits', '42424242424242424242'],
    ['a network that issues nothing', '9242424242424244'],
    ['a telephone number', '+49 30 901820 4242'],
    ['a German VAT id', 'DE123456789'],
    ['an id of Stripe', 'pm_1Q2w3E4r5T6y7U8i9O0pAsDf'],
    ['a moment in milliseconds', '1793620800000'],
    ['an amount', '2900'],
    ['a hash', 'a8d1c4e0f3b24c5d9e6f7a8b9c0d1e2f'],
    ['the digits of two numbers', '4242 4242, 4242 4242'],
    ['nothing', ''],
  ])('%s', (_what, text) => {
    expect(holdsCardNumber(text)).toBe(false);
  });
});
