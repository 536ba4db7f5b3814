import { type DunningCase, hintedCase } from '../../../functions/domain/case/dunning-case.ts';
import { noBillingInfo } from '../../../functions/domain/customer/billing-info.ts';
import type { PaymentMethod } from '../../../functions/domain/customer/payment-method.ts';
import { customerId, invoiceId, paymentMethodId } from '../../../functions/domain/ids.ts';
import {
  caseItem,
  customerItem,
  historyItem,
  methodItem,
} from '../../../functions/domain/items.ts';

export const cus = customerId('cus_ada');
export const invoice = invoiceId('in_1');
export const visa = paymentMethodId('pm_visa');

export const firstCase = (now: number, of = invoice): DunningCase => hintedCase(cus, of, now);
export const itemOfCase = caseItem;

export const method = (id = visa, last4 = '4242'): PaymentMethod => ({
  customer: cus,
  method: id,
  type: 'card',
  brand: 'visa',
  last4,
  expMonth: 9,
  expYear: 2030,
  wallet: null,
  fingerprint: `fp-${id}`,
  revision: 1,
  changedAt: null,
  consent: null,
  billing: { name: null, address: null },
  refused: null,
  removedAt: null,
  brandBefore: null,
  suspended: null,
  reminder: null,
  version: 1,
});

export const customerRecord = customerItem({
  customer: cus,
  primary: visa,
  primarySetBy: 0,
  secondary: paymentMethodId('pm_backup'),
  members: [
    { email: 'viewer@x.example', name: 'A viewer', role: 'viewer' },
    { email: 'ada@x.example', name: 'Ada', role: 'owner' },
  ],
  locale: null,
  timeZone: null,
  billing: noBillingInfo,
  extension: null,
  setUp: [],
  mirroredAt: null,
  unfinished: [],
  finishBy: 0,
  version: 1,
});

export const visaItem = methodItem(method());

export const declinedHistory = historyItem(cus, {
  invoice,
  sequence: 1,
  pass: 1,
  at: 5_000,
  amount: { amount: 4900, currency: 'usd' },
  event: {
    kind: 'attempt',
    n: 1,
    role: 'primary',
    method: visa,
    startedAt: 4_000,
    outcome: {
      kind: 'declined',
      decline: 'generic',
      codes: {
        code: 'card_declined',
        declineCode: 'generic_decline',
        adviceCode: null,
        networkAdviceCode: null,
        networkDeclineCode: '05',
      },
    },
    trace: [{ rule: 'primary_first', about: 'pm_visa' }],
  },
});
