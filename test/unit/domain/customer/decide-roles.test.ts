import { describe, expect, test } from 'vitest';
import { decideRoles } from '../../../../functions/domain/customer/decide-roles.ts';
import { paymentMethodId } from '../../../../functions/domain/ids.ts';
import {
  agreed,
  cardMethod,
  customerOf,
  noon,
  thePrimary,
  theSecondary,
} from '../../../twins/examples.ts';

const primary = cardMethod();
const secondary = cardMethod({ method: theSecondary, fingerprint: 'fp-other', consent: agreed });
const customer = customerOf();

describe('the roles', () => {
  test('are swapped: Stripe is told, and both methods are in a role anew', () => {
    const wanted = { primary: secondary, secondary: { ...primary, consent: agreed } };
    expect(decideRoles(customer, wanted, 7)).toEqual({
      change: { primary: theSecondary, secondary: thePrimary, primarySetBy: 7 },
      unfinished: [
        { kind: 'set_primary', method: theSecondary, change: 7 },
        { kind: 'wake_cases', methods: [theSecondary, thePrimary], change: 7 },
      ],
    });
  });

  test('as they are need no change', () => {
    expect(decideRoles(customer, { primary, secondary }, 7)).toBe('as_wished');
  });

  test('without a backup wake nothing', () => {
    expect(decideRoles(customer, { primary, secondary: null }, 7)).toEqual({
      change: { primary: thePrimary, secondary: null },
      unfinished: [],
    });
  });

  const gone = { ...secondary, removedAt: noon };
  const copy = cardMethod({
    method: paymentMethodId('pm_copy'),
    fingerprint: primary.fingerprint,
    consent: agreed,
  });
  test.each([
    ['removed', { primary, secondary: gone }],
    ['removed', { primary: gone, secondary: null }],
    ['same_method', { primary, secondary: { ...primary, consent: agreed } }],
    ['same_card', { primary, secondary: copy }],
    ['without_consent', { primary, secondary: { ...secondary, consent: null } }],
    ['primary_missing', { primary: null, secondary }],
  ])('are refused: %s', (refused, wanted) => {
    expect(decideRoles(customer, wanted, 7)).toMatchObject({ refused });
  });

  test('of a customer without a primary: the backup alone', () => {
    const without = customerOf({ primary: null, secondary: null });
    expect(decideRoles(without, { primary: null, secondary }, 7)).toMatchObject({
      change: { primary: null, secondary: theSecondary },
    });
  });
});
