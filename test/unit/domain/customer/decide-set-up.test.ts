import { describe, expect, test } from 'vitest';
import { copiesOf, decideSetUp } from '../../../../functions/domain/customer/decide-set-up.ts';
import { paymentMethodId, setupIntentId } from '../../../../functions/domain/ids.ts';
import {
  agreed,
  cardMethod,
  customerOf,
  noon,
  thePrimary,
  theSecondary,
} from '../../../twins/examples.ts';

const setupIntent = setupIntentId('seti_1');
const primary = cardMethod({ fingerprint: 'fp-1' });
const secondary = cardMethod({ method: theSecondary, fingerprint: 'fp-2', consent: agreed });
const theNew = paymentMethodId('pm_new');
const card = (fingerprint: string, more: Parameters<typeof cardMethod>[0] = {}) =>
  cardMethod({ method: theNew, fingerprint, ...more });

const decide = (method: ReturnType<typeof card>, role: 'primary' | 'secondary' | 'spare') =>
  decideSetUp(customerOf(), { setupIntent, method, role }, [primary, secondary, method], 7);

describe('copies of a card', () => {
  test('have its fingerprint and its wallet, and are still there', () => {
    const wallet = cardMethod({ method: theSecondary, fingerprint: 'fp-1', wallet: 'apple_pay' });
    const gone = cardMethod({
      method: paymentMethodId('pm_gone'),
      fingerprint: 'fp-1',
      removedAt: noon,
    });
    expect(copiesOf(card('fp-1'), [primary, wallet, gone])).toEqual([primary]);
    expect(copiesOf(card('fp-1', { wallet: 'apple_pay' }), [primary, wallet])).toEqual([wallet]);
    expect(copiesOf(card('fp-3'), [primary])).toEqual([]);
  });
});

describe('a method that was set up', () => {
  test('takes its role once', () => {
    const decision = decide(card('fp-3'), 'primary');
    expect(decision).toMatchObject({
      change: { primary: theNew, secondary: theSecondary, setUp: [setupIntent] },
      unfinished: [
        { kind: 'set_primary', method: theNew, change: 7 },
        { kind: 'wake_cases', methods: [theNew], change: 7 },
      ],
    });
    const before = customerOf({ setUp: [setupIntent] });
    const again = { setupIntent, method: card('fp-3'), role: 'primary' as const };
    expect(decideSetUp(before, again, [primary, secondary], 8)).toBeNull();
  });

  test('takes the roles of an older copy, which goes', () => {
    expect(decide(card('fp-1'), 'spare')).toMatchObject({
      change: { primary: theNew, secondary: theSecondary },
      unfinished: [
        { kind: 'set_primary', method: theNew },
        { kind: 'wake_cases', methods: [theNew] },
        { kind: 'remove_method', method: thePrimary },
      ],
    });
    expect(decide(card('fp-2', { consent: agreed }), 'spare')).toMatchObject({
      change: { primary: thePrimary, secondary: theNew },
    });
  });

  test('that is the card of the backup and is to be the primary leaves no backup', () => {
    expect(decide(card('fp-2', { consent: agreed }), 'primary')).toMatchObject({
      change: { primary: theNew, secondary: null },
    });
  });

  test('that is the card of the primary cannot be its backup', () => {
    expect(decide(card('fp-1', { consent: agreed }), 'secondary')).toMatchObject({
      change: { primary: theNew, secondary: theSecondary },
    });
    // A card and its wallet are two methods, and one card all the same.
    const wallet = card('fp-1', { consent: agreed, wallet: 'google_pay' });
    expect(decide(wallet, 'secondary')).toMatchObject({
      change: { primary: thePrimary, secondary: theSecondary },
      unfinished: [],
    });
  });

  test('as the backup without a consent stays a spare one', () => {
    expect(decide(card('fp-3'), 'secondary')).toMatchObject({
      change: { primary: thePrimary, secondary: theSecondary },
    });
  });
});
