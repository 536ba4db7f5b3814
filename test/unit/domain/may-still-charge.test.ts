import { expect, test } from 'vitest';
import { mayStillCharge } from '../../../functions/domain/may-still-charge.ts';
import type { Situation } from '../../../functions/domain/situation.ts';
import { hourMs } from '../../../functions/domain/time.ts';
import {
  backup,
  candidate,
  dunningCaseOf,
  invoiceFactsOf,
  noon,
  openAttemptOf,
  situationOf,
  thePrimary,
  theSecondary,
} from '../../twins/examples.ts';

const ofSecondary = openAttemptOf({ role: 'secondary', method: theSecondary });
const may = (situation: Partial<Situation>, attempt = ofSecondary) =>
  mayStillCharge(situationOf(situation), attempt);

test('an attempt is sent while all is as it was when it was claimed', () => {
  expect(may({})).toBe(true);
  expect(may({}, openAttemptOf())).toBe(true);
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
  ['the invoice is paid', { facts: invoiceFactsOf({ status: 'paid' }) }],
  ['it is not ours any more', { facts: invoiceFactsOf({ collectionMethod: 'send_invoice' }) }],
  ['a bank debit is on its way', { facts: invoiceFactsOf({ paymentProcessing: true }) }],
])('not when %s', (_, situation) => {
  expect(may(situation)).toBe(false);
});

test('the primary needs no consent, and a hold that is over stops nothing', () => {
  expect(may({ primary: candidate({ consent: null }) }, openAttemptOf())).toBe(true);
  const over = dunningCaseOf({ hold: { reason: 'paying', until: noon } });
  expect(may({ dunningCase: over })).toBe(true);
});
