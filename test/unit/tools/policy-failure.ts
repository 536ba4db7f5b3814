import type { RecordedFailure } from '../../../tools/policy/cases/cases-file.ts';

/** A renewal that a New Yorker's bank refused without a reason; everything else by the test. */
export const failureOf = (change: Partial<RecordedFailure> = {}): RecordedFailure => ({
  at: '2026-03-02T06:00:07Z',
  amount: 4_900,
  currency: 'usd',
  country: 'US',
  state: 'NY',
  primary: { type: 'card', brand: 'visa', funding: 'debit', expMonth: 5, expYear: 2029 },
  refusal: { code: 'card_declined', declineCode: 'generic_decline', networkDeclineCode: '05' },
  secondary: null,
  ...change,
});

/** A backup that the customer agreed to. */
export const backup: NonNullable<RecordedFailure['secondary']> = {
  type: 'card',
  brand: 'mastercard',
  funding: 'credit',
  expMonth: 1,
  expYear: 2030,
  consented: true,
};
