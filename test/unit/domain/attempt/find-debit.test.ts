import { describe, expect, test } from 'vitest';
import { findDebit } from '../../../../functions/domain/attempt/find-debit.ts';
import type { Progress } from '../../../../functions/domain/case/dunning-case.ts';
import { chargeId } from '../../../../functions/domain/ids.ts';
import { decideNextStep } from '../../../../functions/domain/pass/decide-next-step.ts';
import type {
  ChargeFacts,
  InvoiceFacts,
} from '../../../../functions/domain/stripe/stripe-facts.ts';
import {
  dunningCaseOf,
  failedCharge,
  invoiceFactsOf,
  noon,
  situationOf,
  thePrimary,
  theSecondary,
} from '../../../twins/examples.ts';

const before = failedCharge('generic_decline', { charge: chargeId('ch_1'), method: thePrimary });
const debit = { n: 1, role: 'secondary', method: theSecondary, revision: 1 } as const;
const progress: Progress = {
  state: 'processing',
  dueAt: noon,
  debit: { ...debit, chargeBefore: before.charge },
};
const charge = (id: string, status: ChargeFacts['status']): ChargeFacts => ({
  ...failedCharge('generic_decline', { charge: chargeId(id), method: theSecondary }),
  status,
});
const find = (...charges: readonly ChargeFacts[]) =>
  findDebit(dunningCaseOf({ progress }), invoiceFactsOf({ charges }));

test('a debit is the first charge by its method since its claim', () => {
  expect(find(charge('ch_2', 'pending'), before)).toEqual({ state: 'under_way' });
  expect(find(charge('ch_2', 'succeeded'), before)).toMatchObject({
    state: 'ended',
    outcome: { kind: 'succeeded' },
  });
  expect(find(charge('ch_3', 'succeeded'), charge('ch_2', 'failed'), before)).toMatchObject({
    state: 'ended',
    charge: { charge: 'ch_2' },
    outcome: { kind: 'declined' },
  });
});

test('there is none without an attempt of ours, and none that Stripe does not show', () => {
  expect(find(before)).toBeNull();
  const facts = invoiceFactsOf({ charges: [charge('ch_2', 'pending'), before] });
  expect(findDebit(dunningCaseOf(), facts)).toBeNull();
  const others: Progress = { state: 'processing', dueAt: noon };
  expect(findDebit(dunningCaseOf({ progress: others }), facts)).toBeNull();
});

describe('while it is under way', () => {
  test.each<InvoiceFacts['status']>(['open', 'uncollectible', 'paid'])(
    'the case waits for it, the invoice being %s',
    (status) => {
      const charges = [charge('ch_2', 'pending'), before];
      const facts = invoiceFactsOf({ status, charges, paymentProcessing: true });
      const situation = situationOf({ dunningCase: dunningCaseOf({ progress }), facts });
      for (const passIsDue of [true, false]) {
        expect(decideNextStep(situation, passIsDue).step).toBe('freeze');
      }
    },
  );
});

test('what became of it is recorded before anything else, whether or not a pass is due', () => {
  for (const status of ['succeeded', 'failed'] as const) {
    const facts = invoiceFactsOf({
      status: status === 'succeeded' ? 'paid' : 'open',
      charges: [charge('ch_2', status), before],
    });
    const situation = situationOf({ dunningCase: dunningCaseOf({ progress }), facts });
    expect(decideNextStep(situation, false).step).toBe('end_debit');
  }
});
