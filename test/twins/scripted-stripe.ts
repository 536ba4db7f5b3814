import { declinedOutcome } from '../../functions/domain/attempt/decide-open-attempt.ts';
import type { DeclineCodes } from '../../functions/domain/decline/decline.ts';
import { chargeId, type InvoiceId, type PaymentMethodId } from '../../functions/domain/ids.ts';
import type { Clock, MandateStatus, StripeGateway } from '../../functions/domain/ports.ts';
import type { StripeDunning } from '../../functions/domain/stripe/stripe-dunning.ts';
import type {
  ChargeFacts,
  InvoiceFacts,
  PayAnswer,
  PaymentMethodFacts,
} from '../../functions/domain/stripe/stripe-facts.ts';
import { hourMs } from '../../functions/domain/time.ts';

/** What the bank behind a method says to the next charge and all after it. */
export type Bank = 'pays' | 'processes' | DeclineCodes;

/** What goes wrong with one `pay` request: before Stripe carries it out, or after. */
export type Disturbance =
  | 'none'
  | 'lost_before'
  | 'lost_after'
  | 'server_error_before'
  | 'server_error_after'
  | 'throttled'
  | 'configuration_failed'
  | 'method_unusable'
  | 'request_refused';

/** What Stripe holds of an invoice; its charges are made here. */
export type StoredInvoice = Omit<
  InvoiceFacts,
  'charges' | 'paymentProcessing' | 'primary' | 'customer'
> & { readonly primary: PaymentMethodId | null };

/** A charge and the key of the request that made it; `null` where Stripe tried by itself. */
export type JudgedCharge = ChargeFacts & { readonly key: string | null };

export interface ScriptedStripe extends StripeGateway, StripeDunning {
  putMethod(method: PaymentMethodFacts, bank: Bank): void;
  putInvoice(invoice: StoredInvoice): void;
  changeInvoice(invoice: InvoiceId, change: Partial<StoredInvoice>): void;
  setBank(method: PaymentMethodId, bank: Bank): void;
  setMandate(method: PaymentMethodId, status: MandateStatus): void;
  /** Stripe's own try, as at a renewal. */
  tryByItself(invoice: InvoiceId): void;
  /** The bank debit that is under way comes to its end. */
  settleProcessing(invoice: InvoiceId, end: 'succeeded' | 'failed'): void;
  disturbNext(...disturbances: readonly Disturbance[]): void;
  /** Calls the listener as each `pay` request arrives, before anything is done with it. */
  onPay(listener: (key: string) => void): void;
  /** All charges of all invoices as they happened, for a judge to read. */
  readonly charges: readonly JudgedCharge[];
  /** Requests that change something, in order. */
  readonly changes: readonly string[];
  statusOf(invoice: InvoiceId): InvoiceFacts['status'];
}

/** docs.stripe.com/api/idempotent_requests: keys may be forgotten after 24 hours. */
const keyLivesMs = 24 * hourMs;

interface KeptKey {
  readonly request: string;
  readonly answer: PayAnswer;
  readonly at: number;
}

/** Stripe in memory: keeps invoices and charges truthfully, honours keys, and fails when told. */
export function createScriptedStripe(clock: Clock): ScriptedStripe {
  const methods = new Map<string, { facts: PaymentMethodFacts; bank: Bank }>();
  const invoices = new Map<string, StoredInvoice>();
  const charges: (JudgedCharge & { invoice: InvoiceId })[] = [];
  const keys = new Map<string, KeptKey>();
  const mandates = new Map<string, MandateStatus>();
  const disturbances: Disturbance[] = [];
  const changes: string[] = [];
  const payListeners: ((key: string) => void)[] = [];

  const stored = (id: InvoiceId): StoredInvoice => {
    const invoice = invoices.get(id);
    if (invoice === undefined) throw new Error(`The test has no invoice ${id}.`);
    return invoice;
  };
  const change = (id: InvoiceId, what: Partial<StoredInvoice>) =>
    void invoices.set(id, { ...stored(id), ...what });
  const chargesOf = (id: InvoiceId) => charges.filter((charge) => charge.invoice === id);
  const isProcessing = (id: InvoiceId) =>
    chargesOf(id).some((charge) => charge.status === 'pending');

  const charge = (id: InvoiceId, method: PaymentMethodId, key: string | null): PayAnswer => {
    const known = methods.get(method);
    if (stored(id).status !== 'open') return { kind: 'invoice_not_open' };
    if (known?.facts.customer !== stored(id).holder.customer || isProcessing(id)) {
      return { kind: 'method_unusable', why: '400 invalid_request_error' };
    }
    const { bank, facts } = known;
    const codes = typeof bank === 'string' ? null : bank;
    const made: JudgedCharge & { invoice: InvoiceId } = {
      invoice: id,
      key,
      charge: chargeId(`ch_${charges.length + 1}`),
      method,
      status: bank === 'pays' ? 'succeeded' : bank === 'processes' ? 'pending' : 'failed',
      createdAt: Math.floor(clock.now() / 1000) * 1000,
      amount: stored(id).amountDue,
      codes,
      brand: facts.brand,
      expMonth: facts.expMonth,
      expYear: facts.expYear,
      fingerprint: facts.fingerprint,
    };
    charges.push(made);
    if (bank === 'pays') markPaid(id, method);
    if (codes === null) return { kind: bank === 'pays' ? 'paid' : 'processing' };
    return declinedOutcome(codes, facts.brand).kind === 'requires_action'
      ? { kind: 'requires_action', codes, charge: made.charge }
      : { kind: 'declined', codes, charge: made.charge };
  };
  const markPaid = (id: InvoiceId, method: PaymentMethodId | null) => {
    const { amountDue, subscription } = stored(id);
    change(id, { status: 'paid', amountDue: { ...amountDue, amount: 0 } });
    // As `save_default_payment_method: on_subscription` has it.
    if (subscription?.savesDefault !== true || method === null) return;
    change(id, { primary: method, subscription: { ...subscription, defaultMethod: method } });
  };
  const subscriptionOf = (id: string) => {
    const found = [...invoices.values()].find((each) => each.subscription?.subscription === id);
    if (found?.subscription == null) throw new Error(`The test has no subscription ${id}.`);
    return { invoice: found.invoice, subscription: found.subscription };
  };

  const keep = (key: string, request: string, answer: PayAnswer): PayAnswer => {
    keys.set(key, { request, answer, at: clock.now() });
    return answer;
  };
  /** The answer under a key: the first one again while the key lives. */
  const answerOnce = (key: string, request: string, execute: () => PayAnswer): PayAnswer => {
    const kept = keys.get(key);
    if (kept !== undefined && clock.now() - kept.at < keyLivesMs) {
      if (kept.request !== request) throw new Error(`Key ${key} came with other parameters.`);
      return kept.answer;
    }
    const answer = execute();
    // What was refused before anything was executed is not kept under the key.
    const isKept = answer.kind !== 'method_unusable' && answer.kind !== 'invoice_not_open';
    return isKept ? keep(key, request, answer) : answer;
  };

  return {
    charges,
    changes,
    statusOf: (id) => stored(id).status,
    putMethod: (facts, bank) => void methods.set(facts.method, { facts, bank }),
    putInvoice: (invoice) => void invoices.set(invoice.invoice, invoice),
    changeInvoice: change,
    setBank(method, bank) {
      const known = methods.get(method);
      if (known === undefined) throw new Error(`The test has no method ${method}.`);
      methods.set(method, { ...known, bank });
    },
    setMandate: (method, status) => void mandates.set(method, status),
    tryByItself(id) {
      const { primary } = stored(id);
      if (primary !== null) charge(id, primary, null);
    },
    settleProcessing(id, end) {
      const index = charges.findIndex((each) => each.invoice === id && each.status === 'pending');
      const pending = charges[index];
      if (pending === undefined) throw new Error(`Nothing is processing for ${id}.`);
      charges[index] = { ...pending, status: end };
      if (end === 'succeeded') markPaid(id, pending.method);
    },
    onPay: (listener) => void payListeners.push(listener),
    disturbNext: (...more) => void disturbances.push(...more),

    async invoice(id) {
      const invoice = invoices.get(id);
      if (invoice === undefined) return null;
      return {
        ...invoice,
        customer: invoice.holder.customer,
        primary: methods.get(invoice.primary ?? '')?.facts ?? null,
        charges: chargesOf(id).toReversed(),
        paymentProcessing: isProcessing(id),
      };
    },
    async paymentMethod(id) {
      return methods.get(id)?.facts ?? null;
    },
    async mandateStatus(_customer, method) {
      return mandates.get(method) ?? null;
    },
    async setAutoAdvance(id, on, key) {
      changes.push(`auto_advance ${on} ${key}`);
      change(id, { autoAdvance: on });
    },
    async restoreDefault(before, promoted, key) {
      changes.push(`default ${before.method} ${key}`);
      const { invoice, subscription } = subscriptionOf(before.subscription);
      const { defaultMethod } = subscription;
      if (defaultMethod !== promoted && defaultMethod !== before.method) return false;
      change(invoice, { subscription: { ...subscription, defaultMethod: before.method } });
      return true;
    },
    async endDunning({ invoice, action }, key) {
      changes.push(`${action} ${key}`);
      const { status, subscription } = stored(invoice);
      if (action === 'mark_uncollectible') {
        if (status !== 'open') return { refused: true, code: 'invoice_not_open', param: null };
        change(invoice, { status: 'uncollectible' });
      } else if (subscription !== null) {
        const after =
          action === 'pause_subscription' ? { collectionPaused: true } : { status: 'canceled' };
        change(invoice, { subscription: { ...subscription, ...after } });
      }
      return null;
    },
    async resumeCollection(id, key) {
      changes.push(`resume ${key}`);
      const { invoice, subscription } = subscriptionOf(id);
      change(invoice, { subscription: { ...subscription, collectionPaused: false } });
    },
    async pay(id, method, key) {
      changes.push(`pay ${key}`);
      for (const listener of payListeners) listener(key);
      const disturbance = disturbances.shift() ?? 'none';
      const why = disturbance;
      const request = `${id} ${method}`;
      switch (disturbance) {
        case 'throttled':
          return { kind: 'not_executed', why };
        case 'configuration_failed':
        case 'method_unusable':
        case 'request_refused':
          return { kind: disturbance, why };
        case 'lost_before':
          return { kind: 'unknown', why };
        case 'server_error_before':
          return answerOnce(key, request, () => ({ kind: 'server_error', why }));
        case 'server_error_after':
          return answerOnce(key, request, () => {
            charge(id, method, key);
            return { kind: 'server_error', why };
          });
        case 'lost_after':
          answerOnce(key, request, () => charge(id, method, key));
          return { kind: 'unknown', why };
        case 'none':
          return answerOnce(key, request, () => charge(id, method, key));
      }
    },
  };
}
