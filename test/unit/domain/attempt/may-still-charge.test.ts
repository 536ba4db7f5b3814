import { expect, test } from 'vitest';
import { mayStillCharge } from '../../../../functions/domain/attempt/may-still-charge.ts';
import type { Situation } from '../../../../functions/domain/pass/situation.ts';
import type { Policy } from '../../../../functions/domain/policy.ts';
import { hourMs } from '../../../../functions/domain/time.ts';
import {
  backup,
  candidate,
  dunningCaseOf,
  examplePolicy,
  invoiceFactsOf,
  noon,
  openAttemptOf,
  situationOf,
  thePrimary,
  theSecondary,
} from '../../../twins/examples.ts';

const ofSecondary = openAttemptOf({ role: 'secondary', method: theSecondary });
const may = (situation: Partial<Situation>, attempt = ofSecondary) =>
  mayStillCharge(situationOf(situation), attempt);

test('an attempt is sent while all is as it was when it was claimed', () => {
  expect(may({})).toBe(true);
  expect(may({}, openAttemptOf())).toBe(true);
});

const suspended = { why: 'dispute', source: 'du_1', at: noon } as const;
const limits = (fallback: Partial<Policy['fallback']>): Policy => ({
  ...examplePolicy,
  fallback: { ...examplePolicy.fallback, ...fallback },
});
const held = { hold: { reason: 'paying', until: noon + hourMs } };
test.each<[string, Partial<Situation>]>([
  ['charging was stopped', { charging: 'stopped' }],
  ['the mode became observe', { charging: 'observe' }],
  ['somebody holds the invoice', { dunningCase: dunningCaseOf(held) }],
  ['the consent was withdrawn', { secondary: backup({ consent: null }) }],
  ['the role was taken away', { secondary: null }],
  ['another method has the role', { secondary: backup({ method: thePrimary }) }],
  ['its data changed', { secondary: backup({ revision: 2 }) }],
  ['it was detached', { secondary: backup({}, { attached: false }) }],
  ['its consent was suspended', { secondary: backup({ suspended }) }],
  ['its brand changed', { secondary: backup({ brandBefore: 'visa' }) }],
  ['it expired', { secondary: backup({ expMonth: 10, expYear: 2026 }) }],
  ['its mandate ended', { secondary: backup({}, { mandate: 'inactive' }) }],
  ['the invoice is above the ceiling', { policy: limits({ ceilings: { usd: 1049 } }) }],
  ['its subscription is out of scope', { policy: limits({ subscriptions: 'only_marked' }) }],
  ['the invoice is paid', { facts: invoiceFactsOf({ status: 'paid' }) }],
  ['it is not ours any more', { facts: invoiceFactsOf({ collectionMethod: 'send_invoice' }) }],
  ['a bank debit is on its way', { facts: invoiceFactsOf({ paymentProcessing: true }) }],
])('not when %s', (_, situation) => {
  expect(may(situation)).toBe(false);
});

test('the limits of the fallback are none of the primary', () => {
  expect(may({ policy: limits({ ceilings: { usd: 1 } }) }, openAttemptOf())).toBe(true);
});

test('the primary needs no consent, and a hold that is over stops nothing', () => {
  expect(may({ primary: candidate({ consent: null }) }, openAttemptOf())).toBe(true);
  const over = dunningCaseOf({ hold: { reason: 'paying', until: noon } });
  expect(may({ dunningCase: over })).toBe(true);
});
