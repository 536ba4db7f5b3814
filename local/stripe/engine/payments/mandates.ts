import { type Acceptance, buildMandate, type MandateScope } from '../objects/build-mandate.ts';
import { invalidRequest, type Refusal } from '../protocol/answer.ts';
import type {
  BankMethodRecord,
  MandateRecord,
  PaymentIntentRecord,
  SetupIntentRecord,
} from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** What a request says about the account holder's agreement. */
export interface GivenAcceptance {
  readonly type?: 'online' | 'offline';
  readonly accepted_at?: number;
  readonly online?: {
    readonly ip_address?: string;
    readonly user_agent?: string;
    readonly infer_from_client?: boolean;
  };
}

/** The agreement by which a method may be debited now: for any payment, or made for this one. */
export function activeMandate(tx: Transaction, method: string): MandateRecord | undefined {
  return tx
    .rows('mandates')
    .findLast((row) => row.payment_method === method && row.status === 'active');
}

/** Puts an agreement on record. */
export function acceptMandate(
  tx: Transaction,
  method: BankMethodRecord,
  acceptance: Acceptance,
  scope: MandateScope,
): MandateRecord {
  const isVerified = tx.get('bank_accounts', method.id).isVerified;
  const status = isVerified ? 'active' : 'pending';
  const mandate = buildMandate(tx, method, acceptance, scope, status);
  tx.insert('mandates', mandate);
  return mandate;
}

/** The account was verified: what was agreed for it comes into force. */
export function activateMandates(tx: Transaction, method: string): void {
  changeStatus(tx, method, 'pending', 'active');
}

/** The account holder or the bank withdrew: nothing more may be debited without a new mandate. */
export function endMandates(tx: Transaction, method: string): void {
  changeStatus(tx, method, 'pending', 'inactive');
  changeStatus(tx, method, 'active', 'inactive');
}

function changeStatus(
  tx: Transaction,
  method: string,
  from: MandateRecord['status'],
  to: MandateRecord['status'],
): void {
  for (const mandate of tx.rows('mandates')) {
    if (mandate.payment_method !== method || mandate.status !== from) continue;
    const after: MandateRecord = { ...mandate, status: to };
    tx.replace('mandates', after);
    tx.emit('mandate.updated', after, mandate);
  }
}

/** An agreement for one payment is used up by it. */
export function useUpMandate(tx: Transaction, mandate: MandateRecord): void {
  if (mandate.type === 'multi_use') return;
  tx.replace('mandates', { ...mandate, status: 'inactive' });
}

/**
 * The agreement in a request; a page of the business need not say more than that there is one,
 * because Stripe sees whom it talks to.
 */
export function readAcceptance(
  tx: Transaction,
  given: GivenAcceptance | undefined,
): Acceptance | undefined {
  if (given === undefined) {
    return tx.caller === 'publishable' ? onlineAcceptance(tx, {}) : undefined;
  }
  if (given.type === 'offline') {
    return { accepted_at: given.accepted_at ?? tx.now, offline: {}, type: 'offline' };
  }
  return { ...onlineAcceptance(tx, given.online ?? {}), accepted_at: given.accepted_at ?? tx.now };
}

function onlineAcceptance(
  tx: Transaction,
  online: NonNullable<GivenAcceptance['online']>,
): Acceptance {
  const { ip_address = '127.0.0.1', user_agent = 'Stripe.js' } = online;
  return { accepted_at: tx.now, online: { ip_address, user_agent }, type: 'online' };
}

/** @throws Refusal for an agreement that was made for another method. */
export function refuseForeignMandate(tx: Transaction, method: string, mandate: string): void {
  if (tx.get('mandates', mandate, 'mandate').payment_method === method) return;
  throw invalidRequest(`The mandate ${mandate} does not belong to the payment method ${method}.`, {
    param: 'mandate',
  });
}

/** Without an agreement no bank account is debited. */
export function mandateMissing(
  carried:
    | { readonly payment_intent: PaymentIntentRecord }
    | { readonly setup_intent: SetupIntentRecord },
): Refusal {
  const kind = 'payment_intent' in carried ? 'PaymentIntent' : 'SetupIntent';
  return invalidRequest(
    `This ${kind} requires a mandate, but no existing mandate was found. Collect mandate ` +
      'acceptance from the customer and try again, providing acceptance data in the mandate_data ' +
      'parameter.',
    carried,
  );
}
