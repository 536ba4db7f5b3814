import { buildCharge, withFunds } from '../objects/build-charge.ts';
import { documentationOf, invalidRequest, type Refusal } from '../protocol/answer.ts';
import { type DebitReturn, type ReturnCode, returnOf } from '../published/debit-returns.ts';
import type {
  BankMethodRecord,
  ChargeRecord,
  MandateRecord,
  PaymentIntentRecord,
  UsBankAccountMethodRecord,
} from '../records.ts';
import type { Transaction } from '../transaction.ts';
import type { Attempted } from './attempted.ts';
import { addBusinessDays } from './business-days.ts';
import { endMandates, useUpMandate } from './mandates.ts';
import { openDispute } from './open-dispute.ts';
import { forgetWork, planWork } from './plan-work.ts';

/**
 * Business days until a debit is known to have succeeded or failed: 4 for ACH, 5 for SEPA
 * (docs.stripe.com/payments/ach-direct-debit and /sepa-debit).
 */
const settlementDays = { us_bank_account: 4, sepa_debit: 5 } as const;

/** The only currency of each kind of account. */
const currencyOf = { us_bank_account: 'usd', sepa_debit: 'eur' } as const;

/** Why an account may not be debited: another currency than its own, or it is blocked. */
export function whyUndebitable(
  intent: PaymentIntentRecord,
  method: BankMethodRecord,
): Refusal | undefined {
  const currency = currencyOf[method.type];
  if (intent.currency !== currency) {
    return invalidRequest(
      `The payment method \`${method.type}\` cannot be used with currency ${intent.currency}: ` +
        `payments with ${method.type} support the following currencies: ${currency}.`,
      { code: 'payment_method_currency_mismatch', param: 'payment_method', payment_intent: intent },
    );
  }
  const isBlocked =
    method.type === 'us_bank_account' && method.us_bank_account.status_details?.blocked;
  if (!isBlocked) return undefined;
  return invalidRequest(
    'This bank account failed verification in the past and can not be used. Contact us if you ' +
      'wish to attempt to use these bank account credentials.',
    { code: 'payment_method_bank_account_blocked', payment_intent: intent },
  );
}

/** Sends a debit to the bank: its charge is pending until it settles or comes back. */
export function debitBank(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: BankMethodRecord,
  mandate: MandateRecord,
): Attempted {
  const charge = buildCharge(tx, intent, method, { kind: 'pending', mandate: mandate.id });
  const after: PaymentIntentRecord = {
    ...intent,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    status: 'processing',
  };
  tx.insert('charges', charge);
  tx.replace('payment_intents', after);
  useUpMandate(tx, mandate);
  tx.emit('charge.pending', charge);
  tx.emit('payment_intent.processing', after);
  if (tx.get('bank_accounts', method.id).behaviour.kind !== 'stuck') {
    const at = addBusinessDays(tx.now, settlementDays[method.type]);
    planWork(tx, intent.customer, at, { kind: 'debit', charge: charge.id });
  }
  return { kind: 'processing', charge, intent: after };
}

/** What becomes of a debit at its time, by its account. */
export function finishDebit(tx: Transaction, charge: ChargeRecord): Attempted | undefined {
  const { behaviour } = tx.get('bank_accounts', charge.payment_method);
  if (behaviour.kind === 'returns') return failDebit(tx, charge, behaviour.code);
  const settled = settle(tx, charge);
  if (behaviour.kind === 'disputed') {
    disputeDebit(tx, tx.get('charges', charge.id), 'debit_not_authorized', true);
  }
  return settled;
}

/** The bank paid. */
export function settle(tx: Transaction, pending: ChargeRecord): Attempted {
  forgetDebit(tx, pending);
  const intent = tx.get('payment_intents', pending.payment_intent);
  const charge = withReference(
    withFunds(tx, { ...pending, paid: true, status: 'succeeded' }, pending.amount),
  );
  const after: PaymentIntentRecord = {
    ...intent,
    amount_received: intent.amount,
    status: 'succeeded',
  };
  tx.replace('charges', charge);
  tx.replace('payment_intents', after);
  tx.emit('charge.succeeded', charge);
  tx.emit('payment_intent.succeeded', after);
  const method = tx.get('payment_methods', charge.payment_method);
  return { kind: 'paid', charge, intent: after, method };
}

/** The reference by which an account holder finds an ACH payment at the bank. */
function withReference(charge: ChargeRecord): ChargeRecord {
  const { payment_method_details: details } = charge;
  if (details.type !== 'us_bank_account') return charge;
  const digits = [...charge.id].map((letter) => String((letter.codePointAt(0) ?? 0) % 10));
  return {
    ...charge,
    payment_method_details: {
      ...details,
      us_bank_account: {
        ...details.us_bank_account,
        payment_reference: digits.join('').slice(-15).padStart(15, '0'),
      },
    },
  };
}

/** A debit under way comes back: the payment failed. */
function failDebit(tx: Transaction, pending: ChargeRecord, code: ReturnCode): undefined {
  const reason = returnOf(code);
  forgetDebit(tx, pending);
  const intent = tx.get('payment_intents', pending.payment_intent);
  const method = tx.get('payment_methods', pending.payment_method);
  const charge: ChargeRecord = {
    ...pending,
    amount_captured: 0,
    captured: false,
    failure_code: reason.failureCode,
    failure_message: reason.message,
    outcome: {
      ...pending.outcome,
      network_decline_code: reason.networkCode,
      network_status: reason.networkCode === null ? 'not_sent_to_network' : 'declined_by_network',
      reason: reason.failureCode,
      seller_message: reason.message,
      type: 'issuer_declined',
    },
    status: 'failed',
  };
  const after: PaymentIntentRecord = {
    ...intent,
    last_payment_error: {
      type: 'invalid_request_error',
      message: reason.message,
      code: reason.failureCode,
      doc_url: documentationOf(reason.failureCode),
      charge: charge.id,
      ...(reason.networkCode === null ? {} : { network_decline_code: reason.networkCode }),
      payment_method: method,
    },
    payment_method: null,
    status: 'requires_payment_method',
  };
  tx.replace('charges', charge);
  tx.replace('payment_intents', after);
  tx.emit('charge.failed', charge);
  tx.emit('payment_intent.payment_failed', after);
  if (reason.endsMandate) endAuthorization(tx, charge.payment_method, reason);
  return undefined;
}

/** A debit comes back after it succeeded: to Stripe that is a dispute, lost from the start. */
function disputeDebit(
  tx: Transaction,
  charge: ChargeRecord,
  reason: string,
  endsMandate: boolean,
): void {
  openDispute(tx, charge, { reason, caseType: 'chargeback' });
  if (endsMandate) endMandates(tx, charge.payment_method);
}

/** A debit comes back with the bank's reason, whether it was under way or had succeeded. */
export function returnDebit(tx: Transaction, charge: ChargeRecord, code: ReturnCode): void {
  if (charge.status === 'pending') {
    failDebit(tx, charge, code);
    return;
  }
  const reason = returnOf(code);
  disputeDebit(tx, charge, reason.disputeReason, reason.endsMandate);
  if (reason.endsMandate) endAuthorization(tx, charge.payment_method, reason);
}

/** A cancelled PaymentIntent takes its debit back before the bank carried it out. */
export function recallDebit(tx: Transaction, pending: ChargeRecord): void {
  forgetDebit(tx, pending);
  const charge: ChargeRecord = {
    ...pending,
    amount_captured: 0,
    captured: false,
    failure_message: 'The payment was canceled.',
    status: 'failed',
  };
  tx.replace('charges', charge);
  tx.emit('charge.failed', charge);
}

function forgetDebit(tx: Transaction, { id }: ChargeRecord): void {
  forgetWork(tx, (work) => work.kind === 'debit' && work.charge === id);
}

type Blocked = NonNullable<
  NonNullable<UsBankAccountMethodRecord['us_bank_account']['status_details']>['blocked']
>;

const blockedReasons: Readonly<Record<string, Blocked['reason']>> = {
  R02: 'bank_account_closed',
  R03: 'bank_account_invalid_details',
  R04: 'bank_account_invalid_details',
  R16: 'bank_account_frozen',
  R20: 'bank_account_restricted',
};

/** No debit without a new agreement; and none at all on an account that is not there. */
function endAuthorization(tx: Transaction, id: string, reason: DebitReturn): void {
  endMandates(tx, id);
  const method = tx.get('payment_methods', id);
  const blocked = blockedReasons[reason.networkCode ?? ''];
  if (method.type !== 'us_bank_account' || blocked === undefined) return;
  tx.replace('payment_methods', {
    ...method,
    us_bank_account: {
      ...method.us_bank_account,
      status_details: { blocked: { network_code: reason.networkCode, reason: blocked } },
    },
  });
}
