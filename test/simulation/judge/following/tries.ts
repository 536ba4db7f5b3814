import type {
  ChargedMethod,
  ChargeRecord,
  InvoicePaymentRecord,
} from '../../../../local/stripe/engine/records.ts';
import type { Happening } from '../../evidence.ts';
import { type Refusal, refusalOf } from '../published/refusals.ts';
import { listIn } from '../read.ts';
import type { Change } from './tables.ts';

/** One charge of Stripe's ledger, accepted or not: one try of one method. */
export interface Try {
  readonly charge: string;
  /** Null for a payment that has nothing to do with an invoice. */
  readonly invoice: string | null;
  readonly customer: string | null;
  readonly method: string;
  /** Fingerprint of the card or account as it was tried. */
  readonly card: string;
  readonly brand: string | null;
  /** A bank account is debited, and days pass until it is known whether it paid. */
  readonly isDebit: boolean;
  readonly lastDigits: string | null;
  readonly amount: number;
  readonly currency: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly madeAt: number;
  readonly ours: boolean;
  /** The idempotency key of our request. */
  readonly key: string | undefined;
  readonly wasPending: boolean;
  status: ChargeRecord['status'];
  /** The moment of its last change of status. */
  settledAt: number;
  refusal: Refusal | null;
  /** From when on Backstop is known to have the refusal on record; null while it is not. */
  knownAt: number | null;
  /** From when on it is known to count against the card's caps, where it is not ours. */
  notedAt: number | null;
}

/** All tries so far. */
export interface Tries {
  of(charge: string): Try | undefined;
  /** Oldest first. */
  ofInvoice(invoice: string): readonly Try[];
  ofCard(card: string): readonly Try[];
  /** Those that this very happening made. */
  readonly fresh: readonly Try[];
  /** Those whose status is another than before this happening, the fresh ones too. */
  readonly changed: readonly Try[];
  invoiceOf(intent: string): string | undefined;
  follow(
    moment: { readonly at: number; readonly happening: Happening; readonly now: number },
    payments: readonly Change<InvoicePaymentRecord>[],
    charges: readonly Change<ChargeRecord>[],
  ): void;
}

export function followTries(): Tries {
  const byCharge = new Map<string, Try>();
  const byInvoice = new Map<string, Try[]>();
  const byCard = new Map<string, Try[]>();
  const invoices = new Map<string, string>();
  let fresh: Try[] = [];
  let changed: Try[] = [];

  const take = (made: Try): void => {
    byCharge.set(made.charge, made);
    listIn(byCard, made.card).push(made);
    if (made.invoice !== null) listIn(byInvoice, made.invoice).push(made);
    fresh.push(made);
    changed.push(made);
  };
  const settle = (known: Try, charge: ChargeRecord, at: number): void => {
    if (known.status === charge.status) return;
    known.status = charge.status;
    known.settledAt = at;
    known.refusal = refusalOf(charge);
    changed.push(known);
  };

  return {
    of: (charge) => byCharge.get(charge),
    ofInvoice: (invoice) => byInvoice.get(invoice) ?? [],
    ofCard: (card) => byCard.get(card) ?? [],
    invoiceOf: (intent) => invoices.get(intent),
    get fresh() {
      return fresh;
    },
    get changed() {
      return changed;
    },
    follow(moment, payments, charges) {
      if (fresh.length > 0) fresh = [];
      if (changed.length > 0) changed = [];
      for (const { after } of payments) {
        if (after !== undefined) invoices.set(after.payment.payment_intent, after.invoice);
      }
      for (const { after } of charges) {
        if (after === undefined) continue;
        const known = byCharge.get(after.id);
        if (known !== undefined) settle(known, after, moment.at);
        else take(tryOf(after, invoices.get(after.payment_intent) ?? null, moment));
      }
    },
  };
}

function tryOf(
  charge: ChargeRecord,
  invoice: string | null,
  { at, now, happening }: { at: number; now: number; happening: Happening },
): Try {
  const call = happening.kind === 'stripe_call' ? happening.call : undefined;
  const ours = call?.by === 'backstop' && (at > 1 || call.charges.includes(charge.id));
  const { card, brand, lastDigits } = methodTried(charge.payment_method_details);
  return {
    charge: charge.id,
    invoice,
    customer: charge.customer,
    method: charge.payment_method,
    card,
    brand,
    isDebit: charge.payment_method_details.type !== 'card',
    lastDigits,
    amount: charge.amount,
    currency: charge.currency,
    time: now,
    madeAt: at,
    ours,
    key: ours ? call?.idempotencyKey : undefined,
    wasPending: charge.status === 'pending',
    status: charge.status,
    settledAt: at,
    refusal: refusalOf(charge),
    knownAt: null,
    notedAt: null,
  };
}

function methodTried(details: ChargedMethod) {
  switch (details.type) {
    case 'card': {
      const { fingerprint, brand, last4 } = details.card;
      return { card: fingerprint ?? '', brand, lastDigits: last4 };
    }
    case 'us_bank_account': {
      const { fingerprint, last4 } = details.us_bank_account;
      return { card: fingerprint ?? '', brand: null, lastDigits: last4 };
    }
    case 'sepa_debit': {
      const { fingerprint, last4 } = details.sepa_debit;
      return { card: fingerprint ?? '', brand: null, lastDigits: last4 };
    }
  }
}
