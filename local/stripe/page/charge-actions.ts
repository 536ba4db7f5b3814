import { act, actions, form, row, select } from '../../pages/forms.ts';
import { type Html, html } from '../../pages/html.ts';
import { tag, words } from '../../pages/words.ts';
import { disputeReasons, fraudTypes } from '../engine/local-operations/payments.ts';
import { isReturnCode, returnCodes, returnOf } from '../engine/published/debit-returns.ts';
import type { ChargeRecord, DisputeRecord } from '../engine/records.ts';
import type { View } from './view.ts';

/** Statuses of a dispute that the bank has not decided. */
const undecided: ReadonlySet<string> = new Set([
  'needs_response',
  'under_review',
  'warning_needs_response',
  'warning_under_review',
]);

/** What the bank or the payer can do about a charge, if anything. */
export function chargeActions({ state }: View, charge: ChargeRecord): Html | undefined {
  const { id, payment_method_details: method } = charge;
  if (charge.status === 'pending' && method.type !== 'card') {
    return actions('Let the bank answer', [
      row([act(`charges/${id}/settle`, 'It pays: the debit settles')]),
      returnForm(charge),
    ]);
  }
  if (charge.disputed) {
    const dispute = state.tables.disputes.findLast((each) => each.charge === id);
    return dispute && disputeOf(dispute, id);
  }
  if (!charge.paid) return undefined;
  return method.type === 'card'
    ? actions('Let the cardholder object', [disputeForm(id), warningForm(id)])
    : actions('Let it come back', [returnForm(charge)]);
}

function returnForm({ id, payment_method_details: { type } }: ChargeRecord): Html {
  const isOfNetwork = (code: string) => code.startsWith('R') === (type === 'us_bank_account');
  const codes = returnCodes.filter(isReturnCode).flatMap((code) => {
    const { networkCode, failureCode } = returnOf(code);
    const fits = networkCode !== null && isOfNetwork(networkCode);
    return fits ? [{ value: code, text: `${code}: ${words(failureCode)}` }] : [];
  });
  return form(`charges/${id}/return`, [select('It comes back', 'code', codes)], 'Send it back');
}

function disputeForm(id: string): Html {
  const reasons = disputeReasons.map((value) => ({ value, text: words(value) }));
  const kinds = [
    { value: 'chargeback', text: 'and the money is taken at once' },
    { value: 'inquiry', text: 'and the bank only asks' },
  ];
  return form(
    `charges/${id}/dispute`,
    [select('A dispute', 'reason', reasons), select('how', 'kind', kinds)],
    'Open it',
  );
}

function warningForm(id: string): Html {
  const types = fraudTypes.map((value) => ({ value, text: words(value) }));
  return form(
    `charges/${id}/fraud-warning`,
    [select('An early fraud warning', 'fraud_type', types)],
    'Send it',
  );
}

function disputeOf({ id, reason, status }: DisputeRecord, place: string): Html {
  const isOpen = undecided.has(status);
  const decide = [
    act(`disputes/${id}/decide`, 'For you', { outcome: 'won', place }),
    act(`disputes/${id}/decide`, 'Against you', { outcome: 'lost', place }),
  ];
  return html`${tag(isOpen ? 'wait' : status === 'won' ? 'good' : 'bad', `${words(reason)}: ${words(status)}`)}${isOpen ? actions('Let the bank decide', [row(decide)]) : undefined}`;
}
