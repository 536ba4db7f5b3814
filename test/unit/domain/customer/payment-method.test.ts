import { describe, expect, test } from 'vitest';
import {
  recordPaymentMethod,
  refreshPaymentMethod,
} from '../../../../functions/domain/customer/payment-method.ts';
import type { PaymentMethodFacts } from '../../../../functions/domain/stripe/stripe-facts.ts';
import { agreed, cardFacts, noon, theCustomer } from '../../../twins/examples.ts';

const recorded = recordPaymentMethod(theCustomer, cardFacts(), agreed);

test('a first look records the data and no change', () => {
  expect(recorded).toMatchObject({ revision: 1, changedAt: null, version: 1, last4: '4242' });
});

test('a look that shows the same changes nothing', () => {
  expect(refreshPaymentMethod(recorded, cardFacts(), noon)).toBe(recorded);
});

describe('a look that shows other data', () => {
  test.each<Partial<PaymentMethodFacts> & { brandBefore?: string }>([
    { expYear: 2033 },
    { expMonth: 1 },
    { last4: '1111' },
    { fingerprint: 'fp-new' },
    { brand: 'mastercard', brandBefore: 'visa' },
  ])('raises the revision: %j', ({ brandBefore = null, ...change }) => {
    expect(refreshPaymentMethod(recorded, cardFacts(change), noon)).toEqual({
      ...recorded,
      ...change,
      brandBefore,
      revision: 2,
      changedAt: noon,
      version: 2,
    });
  });

  test('and keeps the consent', () => {
    expect(refreshPaymentMethod(recorded, cardFacts({ expYear: 2033 }), noon).consent).toBe(agreed);
  });
});

describe('a card that is another brand’s now', () => {
  const look = (before: typeof recorded, brand: string | null) =>
    refreshPaymentMethod(before, cardFacts({ brand }), noon);
  const changed = look(recorded, 'mastercard');

  test('keeps the brand that was agreed to, whatever it becomes', () => {
    expect(changed.brandBefore).toBe('visa');
    expect(look(changed, 'amex')).toMatchObject({ brand: 'amex', brandBefore: 'visa' });
    const expiry = cardFacts({ brand: 'mastercard', expYear: 2033 });
    expect(refreshPaymentMethod(changed, expiry, noon).brandBefore).toBe('visa');
  });

  test('is as before once it has that brand again', () => {
    expect(look(changed, 'visa')).toMatchObject({ brand: 'visa', brandBefore: null });
  });

  test('is none where no brand was known before', () => {
    const unknown = recordPaymentMethod(theCustomer, cardFacts({ brand: null }), agreed);
    expect(look(unknown, 'visa').brandBefore).toBeNull();
  });
});
