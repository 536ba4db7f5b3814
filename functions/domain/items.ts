import type { AuditEntry } from './audit.ts';
import { type DunningCase, type HistoryEntry, sweepAt } from './case/dunning-case.ts';
import { forgetObservedMs, isOnlyObserved } from './case/observation.ts';
import type { ChargingSwitch } from './charging-switch.ts';
import { noBillingInfo } from './customer/billing-info.ts';
import type { Customer } from './customer/customer.ts';
import type { PaymentMethod } from './customer/payment-method.ts';
import type { PersonId } from './customer/person.ts';
import type { CardLedger } from './decline/card-ledger.ts';
import type { CustomerId, InvoiceId, PaymentMethodId } from './ids.ts';
import type { Notice } from './notice/notice.ts';
import type { Suppression } from './notice/suppression.ts';
import type { Item, Key } from './ports.ts';
import type { Reconciliation } from './reconciliation.ts';
import { lookAtOf } from './reminders/expiry-reminder.ts';
import { fnv1a } from './schedule/jitter.ts';
import type { Rate } from './sign-in/rate.ts';
import { lastsUntil, type Session, type SignedOut } from './sign-in/session.ts';
import { linkExpiresAt, type SignInLink } from './sign-in/sign-in-link.ts';
import { type SignInMail, signInMailExpiresAt } from './sign-in/sign-in-mail.ts';
import { dayMs, type Instant, isoInstant } from './time.ts';

/** The schema version that is written. Readers accept it and the one before (there is none yet). */
export const itemVersion = 1;

/**
 * The indexes are spread over this many partitions, so that one index partition
 * takes a renewal day's writes (DynamoDB: 1,000 writes a second a partition).
 */
export const shardCount = 8;
export const dueShard = (shard: number): string => `DUE#${shard}`;
export const openShard = (shard: number): string => `OPEN#${shard}`;
/** Of the index `open`: the cases that were only observed and have ended. */
export const observedShard = (shard: number): string => `OBSERVED#${shard}`;
/** Of the index `remind`. */
export const remindShard = (shard: number): string => `REMIND#${shard}`;
const shardOf = (id: InvoiceId | CustomerId | PaymentMethodId): number => fnv1a(id) % shardCount;

export const keys = {
  customer: (customer: CustomerId): Key => ({ pk: `CUSTOMER#${customer}`, sk: 'V#CUSTOMER' }),
  method: (customer: CustomerId, method: PaymentMethodId): Key => ({
    pk: `CUSTOMER#${customer}`,
    sk: `V#METHOD#${method}`,
  }),
  case: (customer: CustomerId, invoice: InvoiceId): Key => ({
    pk: `CUSTOMER#${customer}`,
    sk: `V#CASE#${invoice}`,
  }),
  history: (customer: CustomerId, invoice: InvoiceId, sequence: number): Key => ({
    pk: `CUSTOMER#${customer}`,
    sk: `LOG#${invoice}#${String(sequence).padStart(4, '0')}`,
  }),
  ledger: (card: string): Key => ({ pk: `CARD#${card}`, sk: 'LEDGER' }),
  notice: (customer: CustomerId, notice: string): Key => ({
    pk: `CUSTOMER#${customer}`,
    sk: `NOTICE#${notice}`,
  }),
  audit: (customer: CustomerId, at: Instant, id: string): Key => ({
    pk: `CUSTOMER#${customer}`,
    sk: `AUDIT#${isoInstant(at)}#${id}`,
  }),
  /** Says that the person may be a member of the customer: the customer's own item decides. */
  mailLookup: (person: PersonId, customer: CustomerId): Key => ({
    pk: `PERSON#${person}`,
    sk: `CUSTOMER#${customer}`,
  }),
  session: (id: string): Key => ({ pk: `SESSION#${id}`, sk: 'SESSION' }),
  signedOut: (person: PersonId): Key => ({ pk: `PERSON#${person}`, sk: 'SIGNED_OUT' }),
  link: (id: string): Key => ({ pk: `LINK#${id}`, sk: 'LINK' }),
  signInMail: (id: string): Key => ({ pk: `SIGN_IN_MAIL#${id}`, sk: 'MAIL' }),
  suppression: (person: PersonId): Key => ({ pk: `SUPPRESSED#${person}`, sk: 'SUPPRESSION' }),
  rate: (id: string): Key => ({ pk: `RATE#${id}`, sk: 'RATE' }),
  reconciliation: { pk: 'RECONCILE', sk: 'STATE' } as const satisfies Key,
  chargingSwitch: { pk: 'SWITCH', sk: 'CHARGING' } as const satisfies Key,
  /** What the switch said before it was thrown again. */
  earlierSwitch: (version: number): Key => ({
    pk: 'SWITCH',
    sk: `CHARGING#${String(version).padStart(6, '0')}`,
  }),
} as const;

/** Whether the key is the one of a customer's own item. */
export const isCustomer = ({ sk }: Key): boolean => sk === 'V#CUSTOMER';

/** A not-ours case says only that its invoice was looked at: forgotten after this long. */
const forgetNotOursMs = 30 * dayMs;

const seconds = (instant: number) => Math.floor(instant / 1000);

/** The customer, in the `due` index while a change of it is not finished. */
export const customerItem = (customer: Customer): Item => ({
  ...customer,
  ...keys.customer(customer.customer),
  v: itemVersion,
  ...(customer.unfinished.length === 0
    ? {}
    : { dueShard: dueShard(shardOf(customer.customer)), dueAt: isoInstant(customer.finishBy) }),
});

/** The method, in the `remind` index while its expiry may still be worth a mail. */
export function methodItem(method: PaymentMethod): Item {
  const lookAt = lookAtOf(method);
  return {
    ...method,
    ...keys.method(method.customer, method.method),
    v: itemVersion,
    ...(lookAt === null
      ? {}
      : { remindShard: remindShard(shardOf(method.method)), remindAt: isoInstant(lookAt) }),
  };
}

export const ledgerItem = (ledger: CardLedger): Item => ({
  ...ledger,
  ...keys.ledger(ledger.card),
  v: itemVersion,
});

export const switchItem = (chargingSwitch: ChargingSwitch): Item => ({
  ...chargingSwitch,
  ...keys.chargingSwitch,
  v: itemVersion,
});

/** What the switch said, kept for good: written once, and of the version that it had. */
export const earlierSwitchItem = (chargingSwitch: ChargingSwitch): Item => ({
  ...chargingSwitch,
  ...keys.earlierSwitch(chargingSwitch.version),
  v: itemVersion,
  of: chargingSwitch.version,
  version: 1,
});

export const earlierSwitchOf = (item: Item): ChargingSwitch => {
  const { of, ...stored } = recordOf<ChargingSwitch & { readonly of: number }>(item);
  return { ...stored, version: of };
};

export const reconciliationItem = (reconciliation: Reconciliation): Item => ({
  ...reconciliation,
  ...keys.reconciliation,
  v: itemVersion,
});

export const noticeItem = (notice: Notice): Item => ({
  ...notice,
  ...keys.notice(notice.customer, notice.id),
  v: itemVersion,
});

export const auditItem = (customer: CustomerId, entry: AuditEntry): Item => ({
  ...entry,
  ...keys.audit(customer, entry.at, entry.id),
  v: itemVersion,
  version: 1,
});

export const mailLookupItem = (person: PersonId, customer: CustomerId): Item => ({
  ...keys.mailLookup(person, customer),
  person,
  customer,
  v: itemVersion,
  version: 1,
});

export const sessionItem = (session: Session): Item => ({
  ...session,
  ...keys.session(session.id),
  v: itemVersion,
  expiresAt: seconds(lastsUntil(session)),
});

/** Never forgotten: a count that began anew would let old sessions in again. */
export const signedOutItem = (signedOut: SignedOut): Item => ({
  ...signedOut,
  ...keys.signedOut(signedOut.person),
  v: itemVersion,
});

export const linkItem = (link: SignInLink): Item => ({
  ...link,
  ...keys.link(link.id),
  v: itemVersion,
  expiresAt: seconds(linkExpiresAt(link)),
});

export const signInMailItem = (mail: SignInMail): Item => ({
  ...mail,
  ...keys.signInMail(mail.id),
  v: itemVersion,
  expiresAt: seconds(signInMailExpiresAt(mail)),
});

/** Never forgotten: an address that was given up does not come back by itself. */
export const suppressionItem = (suppression: Suppression): Item => ({
  ...suppression,
  ...keys.suppression(suppression.person),
  v: itemVersion,
});

/** @param expiresAt Epoch milliseconds from which nobody needs it any more. */
export const rateItem = (rate: Rate, expiresAt: Instant): Item => ({
  ...rate,
  ...keys.rate(rate.id),
  v: itemVersion,
  expiresAt: seconds(expiresAt),
});

export const historyItem = (customer: CustomerId, entry: HistoryEntry): Item => ({
  ...entry,
  ...keys.history(customer, entry.invoice, entry.sequence),
  v: itemVersion,
  version: 1,
});

/**
 * The case with what the sparse indexes need of it: `due` while it is due, `open` until nothing is
 * to be collected any more and nobody has to look at what came after the payment. An exhausted case
 * stays open: only a person can do something about it.
 */
export function caseItem(dunningCase: DunningCase): Item {
  const { invoice, progress, troubles = [] } = dunningCase;
  const isSettled = progress.state === 'recovered' || progress.state === 'closed';
  const dueAt = sweepAt(dunningCase);
  const shard = shardOf(invoice);
  return {
    ...dunningCase,
    ...keys.case(dunningCase.customer, invoice),
    v: itemVersion,
    state: progress.state,
    ...(dueAt === null ? {} : { dueShard: dueShard(shard), dueAt: isoInstant(dueAt) }),
    ...(isSettled && troubles.length === 0
      ? observedPlace(dunningCase, shard)
      : { openShard: openShard(shard), openedAt: isoInstant(dunningCase.createdAt) }),
    ...(progress.state === 'closed' && progress.reason === 'not_ours'
      ? { expiresAt: seconds(progress.endedAt + forgetNotOursMs) }
      : {}),
  };
}

/** What has ended and was only observed stands apart in the index, until it is forgotten. */
function observedPlace(dunningCase: DunningCase, shard: number) {
  const { progress, createdAt } = dunningCase;
  if (!isOnlyObserved(dunningCase) || !('endedAt' in progress)) return {};
  return {
    openShard: observedShard(shard),
    openedAt: isoInstant(createdAt),
    expiresAt: seconds(progress.endedAt + forgetObservedMs),
  };
}

const indexAttributes = [
  'dueShard',
  'dueAt',
  'openShard',
  'openedAt',
  'remindShard',
  'remindAt',
  'expiresAt',
  'state',
];

/**
 * The record in an item that {@link caseItem} and its kin wrote.
 * @throws {Error} where the item was written by a newer release than this one.
 */
export function recordOf<Stored>(item: Item): Stored {
  if (item.v !== itemVersion) {
    throw new Error(
      `Item ${item.pk} ${item.sk} has schema version ${item.v}; this release reads ${itemVersion}. ` +
        'Deploy the release that wrote it.',
    );
  }
  const record = Object.fromEntries(
    Object.entries(item).filter(
      ([name]) => name !== 'pk' && name !== 'sk' && name !== 'v' && !indexAttributes.includes(name),
    ),
  );
  // Only this file's functions write such items, and the schema version says with which fields.
  return record as Stored;
}

/** A record of which these fields may have been unknown when it was written. */
type Earlier<Stored, Fields extends keyof Stored> = Omit<Stored, Fields> &
  Partial<Pick<Stored, Fields>>;

/** What has stood in a customer from the first release on. */
type FirstCustomerField = 'customer' | 'primary' | 'secondary' | 'members' | 'locale' | 'version';

/** A customer as it was written, by this release or one that knew fewer fields. */
export const customerOf = (item: Item): Customer => ({
  timeZone: null,
  billing: noBillingInfo,
  primarySetBy: 0,
  extension: null,
  setUp: [],
  mirroredAt: null,
  unfinished: [],
  finishBy: 0,
  ...recordOf<Earlier<Customer, Exclude<keyof Customer, FirstCustomerField>>>(item),
});

/** What a payment method's record was given after the first release. */
type LaterMethodField =
  | 'billing'
  | 'refused'
  | 'removedAt'
  | 'brandBefore'
  | 'suspended'
  | 'reminder';

/** A payment method as it was written, by this release or one that knew fewer fields. */
export const methodOf = (item: Item): PaymentMethod => ({
  billing: { name: null, address: null },
  refused: null,
  removedAt: null,
  brandBefore: null,
  suspended: null,
  reminder: null,
  ...recordOf<Earlier<PaymentMethod, LaterMethodField>>(item),
});

/** A card's ledger as it was written, by this release or one that knew fewer fields. */
export const ledgerOf = (item: Item): CardLedger => ({
  lifted: null,
  waits: [],
  ...recordOf<Earlier<CardLedger, 'lifted' | 'waits'>>(item),
});
