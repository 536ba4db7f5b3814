import {
  chargeId,
  customerId,
  type InvoiceId,
  invoiceId,
  type PaymentMethodId,
  paymentMethodId,
  subscriptionId,
} from '../../../functions/domain/ids.ts';
import type {
  ChargeFacts,
  CustomerFacts,
  InvoiceFacts,
  PaymentMethodFacts,
} from '../../../functions/domain/stripe/stripe-facts.ts';
import { type Instant, secondMs } from '../../../functions/domain/time.ts';
import type { RecordedFailure, RecordedMethod } from '../cases/cases-file.ts';
import type { CaseLuck } from '../model/case-luck.ts';
import type { MethodLuck } from '../model/method-luck.ts';

/** A failure with its hidden luck, as it goes into a simulated world. */
export interface Drawn {
  readonly failure: RecordedFailure;
  readonly luck: CaseLuck;
  /** The failure's place among all. */
  readonly nth: number;
}

/** A payment method as the simulated Stripe has it. */
export interface StoredMethod {
  facts: PaymentMethodFacts;
  readonly luck: MethodLuck;
  /** Raised by each change of its data. */
  data: number;
}

/** A bank debit on its way. */
export interface UnderWay {
  readonly at: Instant;
  readonly charge: ChargeFacts;
  readonly role: 'primary' | 'secondary';
}

/** An invoice whose renewal failed, as the simulated Stripe has it: the only thing that changes. */
export interface Renewal {
  readonly nth: number;
  readonly failure: RecordedFailure;
  readonly luck: CaseLuck;
  readonly failedAt: Instant;
  readonly holder: CustomerFacts;
  readonly invoice: InvoiceId;
  readonly primary: StoredMethod | null;
  readonly secondary: StoredMethod | null;
  status: InvoiceFacts['status'];
  subscriptionStatus: string;
  collectionPaused: boolean;
  autoAdvance: boolean;
  /** Newest first. */
  charges: readonly ChargeFacts[];
  underWay: UnderWay | null;
  paid: { readonly at: Instant; readonly by: 'primary' | 'secondary' | 'customer' } | null;
  /** What of the failure's own course has not come yet, in order. */
  ahead: readonly Happening[];
}

/** What happens at Stripe or at the customer's, whatever the policy does. */
export interface Happening {
  readonly at: Instant;
  readonly kind: 'failed' | 'primary_updated' | 'secondary_updated' | 'customer_pays';
}

export function openRenewal({ failure, luck, nth }: Drawn): Renewal {
  const failedAt = Date.parse(failure.at);
  const { country = null, state = null, timeZone = null } = failure;
  const holder: CustomerFacts = {
    customer: customerId(`cus_${nth}`),
    deleted: false,
    email: null,
    name: null,
    locale: null,
    timeZone,
    place: country === null ? null : { country, state },
  };
  return {
    nth,
    failure,
    luck,
    failedAt,
    holder,
    invoice: invoiceId(`in_${nth}`),
    primary: stored(holder, `pm_${nth}_1`, failure.primary, luck.primary),
    secondary: stored(holder, `pm_${nth}_2`, failure.secondary ?? null, luck.secondary),
    status: 'open',
    subscriptionStatus: 'past_due',
    collectionPaused: false,
    autoAdvance: true,
    charges: [],
    underWay: null,
    paid: null,
    ahead: happeningsOf(luck, failedAt),
  };
}

function stored(
  { customer }: CustomerFacts,
  id: string,
  method: RecordedMethod | null,
  luck: MethodLuck | null,
): StoredMethod | null {
  if (method === null || luck === null) return null;
  const { type, brand = null, expMonth = null, expYear = null, card = id } = method;
  const facts: PaymentMethodFacts = {
    method: paymentMethodId(id),
    customer,
    type,
    brand,
    last4: null,
    expMonth,
    expYear,
    wallet: null,
    fingerprint: `card_${card}`,
    billing: { name: null, address: null },
  };
  return { facts, luck, data: 0 };
}

function happeningsOf(luck: CaseLuck, failedAt: Instant): readonly Happening[] {
  const update = (kind: Happening['kind'], method: MethodLuck | null): readonly Happening[] =>
    method?.update == null ? [] : [{ at: method.update.at, kind }];
  const pays = luck.customerPaysAt;
  return [
    { at: failedAt, kind: 'failed' as const },
    ...update('primary_updated', luck.primary),
    ...update('secondary_updated', luck.secondary),
    ...(pays === null ? [] : [{ at: pays, kind: 'customer_pays' as const }]),
  ].sort((a, b) => a.at - b.at);
}

/** Stripe's `created` has whole seconds. */
export const asStripeTells = (at: Instant): Instant => Math.floor(at / secondMs) * secondMs;

/** The charge of a try of this method, as Stripe would show it. */
export function chargeOf(
  renewal: Renewal,
  { facts }: StoredMethod,
  at: Instant,
  status: ChargeFacts['status'],
  codes: ChargeFacts['codes'],
): ChargeFacts {
  const { amount, currency } = renewal.failure;
  const { method, brand, expMonth, expYear, fingerprint, type } = facts;
  const isCard = type === 'card';
  return {
    charge: chargeId(`ch_${renewal.nth}_${renewal.charges.length}`),
    method,
    status,
    createdAt: asStripeTells(at),
    amount: { amount, currency },
    codes,
    brand,
    expMonth: isCard ? expMonth : null,
    expYear: isCard ? expYear : null,
    fingerprint,
  };
}

/** How long a card that the network renewed is good for. */
const renewedForYears = 4;

/** The network sent new data of the card: another expiry, and perhaps another number. */
export function updateMethod(method: StoredMethod): void {
  const { facts, luck } = method;
  const at = new Date(luck.update?.at ?? 0);
  method.facts = {
    ...facts,
    expMonth: at.getUTCMonth() + 1,
    expYear: at.getUTCFullYear() + renewedForYears,
    fingerprint: luck.update?.isNewNumber === true ? `${facts.fingerprint}_new` : facts.fingerprint,
  };
  method.data += 1;
}

/** Everything that a pass may know of it. */
export const factsOf = (renewal: Renewal): InvoiceFacts => ({
  invoice: renewal.invoice,
  customer: renewal.holder.customer,
  status: renewal.status,
  amountDue: { amount: renewal.failure.amount, currency: renewal.failure.currency },
  billingReason: 'subscription_cycle',
  collectionMethod: 'charge_automatically',
  autoAdvance: renewal.autoAdvance,
  number: null,
  hostedInvoiceUrl: null,
  livemode: false,
  subscription: {
    subscription: subscriptionId(`sub_${renewal.nth}`),
    status: renewal.subscriptionStatus,
    collectionPaused: renewal.collectionPaused,
    fallback: renewal.failure.fallback ?? null,
    defaultMethod: null,
    savesDefault: false,
  },
  primary: renewal.primary?.facts ?? null,
  holder: renewal.holder,
  charges: renewal.charges,
  paymentProcessing: renewal.underWay !== null,
});

export const methodOf = (renewal: Renewal, id: PaymentMethodId): StoredMethod | null =>
  [renewal.primary, renewal.secondary].find((each) => each?.facts.method === id) ?? null;
