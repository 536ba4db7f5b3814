import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideNextStep } from '../../../../functions/domain/pass/decide-next-step.ts';
import type { InvoiceFacts } from '../../../../functions/domain/stripe/stripe-facts.ts';
import { hourMs, minuteMs } from '../../../../functions/domain/time.ts';
import {
  dunningCaseOf,
  examplePolicy,
  invoiceFactsOf,
  noon,
  situationOf,
} from '../../../twins/examples.ts';
import { anySituation } from '../fixtures/arbitraries.ts';

const stepFor = (facts: Partial<InvoiceFacts>, passIsDue = true) =>
  decideNextStep(situationOf({ facts: invoiceFactsOf(facts) }), passIsDue);

describe('an invoice that is not ours to collect is closed', () => {
  const { subscription, holder } = invoiceFactsOf();
  if (subscription === null) throw new Error('The example has a subscription.');
  test.each<[string, Partial<InvoiceFacts>, string]>([
    ['paid', { status: 'paid' }, 'paid_elsewhere'],
    ['void', { status: 'void' }, 'voided'],
    ['uncollectible', { status: 'uncollectible' }, 'uncollectible'],
    ['a draft', { status: 'draft' }, 'not_ours'],
    ['a sign-up', { billingReason: 'subscription_create' }, 'not_ours'],
    ['made by hand', { billingReason: 'manual' }, 'not_ours'],
    ['without a reason', { billingReason: null }, 'not_ours'],
    ['sent by mail', { collectionMethod: 'send_invoice' }, 'not_ours'],
    ['of the other world', { livemode: true }, 'not_ours'],
    ['of a deleted customer', { holder: { ...holder, deleted: true } }, 'customer_deleted'],
    [
      'of a cancelled subscription',
      { subscription: { ...subscription, status: 'canceled' } },
      'subscription_canceled',
    ],
    [
      'of a paused collection',
      { subscription: { ...subscription, collectionPaused: true } },
      'collection_paused',
    ],
  ])('%s', (_, facts, reason) => {
    expect(stepFor(facts)).toEqual({ step: 'close', reason });
    expect(stepFor(facts, false)).toEqual({ step: 'close', reason });
  });

  test.each(examplePolicy.billingReasons)('but not one for %s', (billingReason) => {
    expect(stepFor({ billingReason })).toMatchObject({ step: 'charge', role: 'primary' });
  });

  test('nor one without a subscription any more', () => {
    expect(stepFor({ subscription: null })).toMatchObject({ step: 'charge' });
  });
});

describe('an invoice that was taken over moments ago', () => {
  const decide = (facts: Partial<InvoiceFacts>, minutesAgo: number) => {
    const takenOverAt = noon - minutesAgo * minuteMs;
    const dunningCase = dunningCaseOf({ ownsCollection: true, takenOverAt });
    return decideNextStep(situationOf({ dunningCase, facts: invoiceFactsOf(facts) }), false);
  };
  const byHand: Partial<InvoiceFacts> = { billingReason: 'manual' };

  test('is not handed back while taking over may still take effect', () => {
    expect(decide(byHand, 14)).toMatchObject({ step: 'wait', until: noon + minuteMs });
    expect(decide(byHand, 15)).toEqual({ step: 'close', reason: 'not_ours' });
  });

  test('is closed at once where nothing is to be handed back', () => {
    expect(decide({ status: 'paid' }, 1)).toEqual({ step: 'close', reason: 'paid_elsewhere' });
  });
});

test('while a payment is on its way nothing is charged, wanted or not', () => {
  expect(stepFor({ paymentProcessing: true })).toMatchObject({
    step: 'freeze',
    until: noon + 6 * hourMs,
  });
});

test('a look that only an event asked for charges nothing', () => {
  expect(stepFor({}, false)).toEqual({ step: 'nothing' });
  expect(stepFor({ autoAdvance: true }, false)).toEqual({ step: 'nothing' });
});

test("Stripe's own retries are switched off before the first charge", () => {
  expect(stepFor({ autoAdvance: true })).toEqual({ step: 'take_over' });
});

test('a hold lasts until its time, and no longer', () => {
  const held = (until: number) =>
    decideNextStep(
      situationOf({ dunningCase: dunningCaseOf({ hold: { reason: 'paying', until } }) }),
      true,
    );
  expect(held(noon + hourMs)).toMatchObject({ step: 'wait', until: noon + hourMs });
  expect(held(noon)).toMatchObject({ step: 'charge' });
});

test('no situation leads to a charge that is not allowed', () => {
  let charges = 0;
  fc.assert(
    fc.property(anySituation, fc.boolean(), (situation, passIsDue) => {
      const { facts, dunningCase, charging, now } = situation;
      const step = decideNextStep(situation, passIsDue);
      if (step.step === 'take_over') expect(charging).toBe('own');
      if (step.step !== 'charge') return;
      charges += 1;
      expect(passIsDue).toBe(true);
      expect(charging).toBe('own');
      expect(facts).toMatchObject({ status: 'open', paymentProcessing: false, autoAdvance: false });
      expect(dunningCase.hold?.until ?? 0).toBeLessThanOrEqual(now);
    }),
    { numRuns: 4_000 },
  );
  expect(charges).toBeGreaterThan(20);
});
