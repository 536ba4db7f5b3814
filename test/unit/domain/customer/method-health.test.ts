import { describe, expect, test } from 'vitest';
import {
  healthOf,
  isExpired,
  isWorthATry,
} from '../../../../functions/domain/customer/method-health.ts';
import {
  noteOnMethod,
  refreshPaymentMethod,
} from '../../../../functions/domain/customer/payment-method.ts';
import { agreed, cardFacts, cardMethod, noon } from '../../../twins/examples.ts';

const refused = { at: noon, reason: 'insufficient_funds', revision: 2 } as const;

describe('the health of a method', () => {
  test('is expired from the first moment of the month after', () => {
    const card = { expMonth: 12, expYear: 2026 };
    expect(isExpired(card, Date.UTC(2027, 0, 1) - 1)).toBe(false);
    expect(isExpired(card, Date.UTC(2027, 0, 1))).toBe(true);
    expect(isExpired({ expMonth: null, expYear: null }, noon)).toBe(false);
  });

  test('is refused until its data are others', () => {
    expect(healthOf(cardMethod({ revision: 2, refused }), noon)).toBe('refused');
    expect(healthOf(cardMethod({ revision: 3, refused }), noon)).toBe('usable');
    expect(healthOf(cardMethod(), noon)).toBe('usable');
    expect(healthOf(cardMethod({ expYear: 2020, refused }), noon)).toBe('expired');
  });

  test('is blocked while a payment with it is disputed or warned of, whatever its data', () => {
    const suspended = { why: 'dispute', source: 'dp_1', at: noon } as const;
    expect(healthOf(cardMethod({ suspended, revision: 3, refused }), noon)).toBe('blocked');
    expect(healthOf(cardMethod({ suspended }), noon)).toBe('blocked');
  });

  test('is not what was agreed to once it has another brand, refused or not', () => {
    const changed = cardMethod({ brandBefore: 'visa' });
    expect(healthOf(changed, noon)).toBe('brand_changed');
    expect(healthOf({ ...changed, revision: 2, refused }, noon)).toBe('brand_changed');
    expect(healthOf({ ...changed, expYear: 2020 }, noon)).toBe('expired');
  });

  test.each([
    ['usable', cardMethod(), 'primary', true],
    ['removed', cardMethod({ removedAt: noon }), 'primary', false],
    ['expired', cardMethod({ expYear: 2020 }), 'primary', false],
    ['refused', cardMethod({ revision: 2, refused }), 'primary', false],
    ['of another brand', cardMethod({ brandBefore: 'visa' }), 'primary', false],
    ['a backup with consent', cardMethod({ consent: agreed }), 'secondary', true],
    ['a backup without consent', cardMethod(), 'secondary', false],
  ] as const)('makes a try worth it or not: %s', (_name, method, role, worth) => {
    expect(isWorthATry(method, role, null, noon)).toBe(worth);
    const { expMonth, expYear, method: id } = method;
    const block = {
      scope: 'card',
      kind: 'card_dead',
      at: noon,
      source: 'ch',
      revision: 1,
    } as const;
    expect(isWorthATry(method, role, { ...block, method: id, expMonth, expYear }, noon)).toBe(
      false,
    );
  });
});

describe('what an outcome says of a method', () => {
  test('stands until it is paid with, and an older one that comes late says nothing', () => {
    const once = noteOnMethod(cardMethod(), noon, refused);
    expect(once).toMatchObject({ refused, version: 2 });
    expect(noteOnMethod(once, noon, refused)).toBe(once);
    expect(noteOnMethod(once, noon - 1, { ...refused, at: noon - 1 })).toBe(once);
    expect(noteOnMethod(once, noon - 1, null)).toBe(once);
    expect(noteOnMethod(once, noon + 1, null)).toMatchObject({ refused: null, version: 3 });
    const fresh = cardMethod();
    expect(noteOnMethod(fresh, noon, null)).toBe(fresh);
  });

  test('is not outlived by another name on its bills', () => {
    const before = cardMethod({ refused });
    const billing = { name: 'Ada Lovelace', address: null };
    const after = refreshPaymentMethod(before, cardFacts({ billing }), noon);
    expect(after).toEqual({ ...before, billing, version: 2 });
  });
});
