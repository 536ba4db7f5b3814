import type { Role } from '../domain/case/dunning-case.ts';
import { paymentsUnderWay } from '../domain/case/payments-under-way.ts';
import type { BillingInfo } from '../domain/customer/billing-info.ts';
import { type Health, healthOf } from '../domain/customer/method-health.ts';
import type { Consent, MethodBilling, PaymentMethod } from '../domain/customer/payment-method.ts';
import type { SafeReason } from '../domain/decline/decline.ts';
import type { CustomerId, InvoiceId, PaymentMethodId } from '../domain/ids.ts';
import { isoInstant } from '../domain/time.ts';
import type { Settings } from '../environment.ts';
import type { Account } from '../runtime/records.ts';
import { type ConsentText, consentText } from './consent.ts';
import type { AccountDependencies } from './dependencies.ts';
import { type MemberView, viewMembers } from './members.ts';
import { mirrorFromStripe } from './mirror-customer.ts';
import { isOpen, type OpenCaseView, viewOpenCase } from './open-case-view.ts';
import { type StandingView, viewStanding } from './standing-view.ts';

/** All that the customer's page shows but the payments of earlier; times are ISO 8601 in UTC. */
export interface CustomerView {
  readonly customer: CustomerId;
  /** For the next change: that it is made of what was seen. */
  readonly version: number;
  readonly billing: BillingInfo;
  readonly standing: StandingView;
  readonly extension: { readonly until: string } | null;
  /** Who may sign in, and in which role. */
  readonly members: readonly MemberView[];
  /** The primary first, then the backup. */
  readonly methods: readonly MethodView[];
  /** What is agreed to by who makes a method the backup. */
  readonly consent: ConsentText;
  readonly cases: readonly OpenCaseView[];
  /** Payments that were started and may still complete, whatever was changed since. */
  readonly paymentsUnderWay: readonly UnderWayView[];
  readonly support: { readonly business: string; readonly email: string };
}

export interface MethodView {
  readonly method: PaymentMethodId;
  /** Stripe's name of its kind: `card`, `us_bank_account`, ... */
  readonly type: string;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expMonth: number | null;
  readonly expYear: number | null;
  readonly wallet: string | null;
  readonly billing: MethodBilling;
  readonly role: Role | null;
  readonly health: Health;
  /** The brand that was agreed to, of a card that has another one now. */
  readonly brandBefore: string | null;
  readonly refused: { readonly at: string; readonly reason: SafeReason } | null;
  /** What the customer agreed to: the backup may be charged with it. */
  readonly consent: ConsentView | null;
}

export interface ConsentView {
  readonly source: Consent['source'];
  /** Of the text or of the terms. */
  readonly version: string | null;
  readonly at: string;
}

export interface UnderWayView {
  readonly invoice: InvoiceId;
  readonly startedAt: string | null;
}

/** What staff see: the same, and the records as they stand. */
export interface StaffCustomerView extends CustomerView {
  readonly records: Account;
}

/** The customer's page, of one query. `null` where neither we nor Stripe know the customer. */
export async function viewCustomer(
  dependencies: AccountDependencies,
  customer: CustomerId,
): Promise<CustomerView | null> {
  const account = await readAccount(dependencies, customer);
  return account && viewAccount(dependencies, account);
}

/** The same in full, for staff. */
export async function viewCustomerForStaff(
  dependencies: AccountDependencies,
  customer: CustomerId,
): Promise<StaffCustomerView | null> {
  const account = await readAccount(dependencies, customer);
  if (account === null) return null;
  return { ...(await viewAccount(dependencies, account)), records: account };
}

/** A customer whom nobody has looked at yet is mirrored first, once. */
async function readAccount(
  dependencies: AccountDependencies,
  customer: CustomerId,
): Promise<Account | null> {
  const { records } = dependencies;
  const account = await records.account(customer);
  if (account !== null && account.customer.mirroredAt !== null) return account;
  const mirrored = await mirrorFromStripe(dependencies, customer);
  return mirrored === null ? account : records.account(customer);
}

async function viewAccount(
  { records, settings, clock }: AccountDependencies,
  account: Account,
): Promise<CustomerView> {
  const members = await viewMembers(records, account.customer);
  return viewOf(account, members, settings, clock.now());
}

/** The view of the records; pure. */
function viewOf(
  account: Account,
  members: readonly MemberView[],
  settings: Settings,
  now: number,
): CustomerView {
  const { customer, methods, cases } = account;
  return {
    customer: customer.customer,
    version: customer.version,
    billing: customer.billing,
    standing: viewStanding(account, now),
    extension: customer.extension && { until: isoInstant(customer.extension.until) },
    members,
    methods: methods
      .filter(({ removedAt }) => removedAt === null)
      .map((method) => viewMethod(method, roleOf(account, method), now))
      .sort((a, b) => placeOf(a.role) - placeOf(b.role)),
    consent: consentText(settings),
    cases: cases.filter(isOpen).map((each) => viewOpenCase(each, customer, now)),
    paymentsUnderWay: paymentsUnderWay(cases).map(({ invoice, startedAt }) => ({
      invoice,
      startedAt: startedAt === null ? null : isoInstant(startedAt),
    })),
    support: { business: settings.business.name, email: settings.business.supportEmail },
  };
}

const roleOf = ({ customer }: Account, { method }: PaymentMethod): Role | null => {
  if (customer.primary === method) return 'primary';
  return customer.secondary === method ? 'secondary' : null;
};

const placeOf = (role: Role | null): number => {
  if (role === null) return 2;
  return role === 'primary' ? 0 : 1;
};

function viewMethod(method: PaymentMethod, role: Role | null, now: number): MethodView {
  const { type, brand, last4, expMonth, expYear, wallet, billing, refused, consent } = method;
  const { brandBefore } = method;
  const health = healthOf(method, now);
  return {
    method: method.method,
    type,
    brand,
    last4,
    expMonth,
    expYear,
    wallet,
    billing,
    role,
    health,
    brandBefore,
    refused:
      health === 'refused' && refused !== null
        ? { at: isoInstant(refused.at), reason: refused.reason }
        : null,
    consent: consent && viewConsent(consent),
  };
}

const viewConsent = (consent: Consent): ConsentView => ({
  source: consent.source,
  version: versionOf(consent),
  at: isoInstant(consent.at),
});

function versionOf(consent: Consent): string | null {
  if (consent.source === 'portal') return consent.textVersion;
  return consent.source === 'terms' ? consent.version : null;
}
