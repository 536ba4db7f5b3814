import { describe, expect, test } from 'vitest';
import {
  recordPaymentMethod,
  refreshPaymentMethod,
} from '../../../functions/domain/payment-method.ts';
import type { PaymentMethodFacts } from '../../../functions/domain/stripe-facts.ts';
import { agreed, cardFacts, noon, theCustomer } from '../../twins/examples.ts';

const recorded = recordPaymentMethod(theCustomer, cardFacts(), agreed);

test('a first look records the data and no change', () => {
  expect(recorded).toMatchObject({ revision: 1, changedAt: null, version: 1, last4: '4242' });
});

test('a look that shows the same changes nothing', () => {
  expect(refreshPaymentMethod(recorded, cardFacts(), noon)).toBe(recorded);
});

describe('a look that shows other data', () => {
  test.each<Partial<PaymentMethodFacts>>([
    { expYear: 2033 },
    { expMonth: 1 },
    { last4: '1111' },
    { fingerprint: 'fp-new' },
    { brand: 'mastercard' },
  ])('raises the revision: %j', (change) => {
    expect(refreshPaymentMethod(recorded, cardFacts(change), noon)).toEqual({
      ...recorded,
      ...change,
      revision: 2,
      changedAt: noon,
      version: 2,
    });
  });

  test('and keeps the consent', () => {
    expect(refreshPaymentMethod(recorded, cardFacts({ expYear: 2033 }), noon).consent).toBe(agreed);
  });
});
