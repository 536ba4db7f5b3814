import type { CardLedger } from './card-ledger.ts';
import type { Customer } from './customer.ts';
import { type DunningCase, type HistoryEntry, hasEnded, sweepAt } from './dunning-case.ts';
import type { CustomerId, InvoiceId, PaymentMethodId } from './ids.ts';
import type { Notice } from './notice.ts';
import type { PaymentMethod } from './payment-method.ts';
import type { Item, Key } from './ports.ts';
import { fnv1a } from './schedule-next-pass.ts';
import { dayMs, isoInstant } from './time.ts';

/** The schema version that is written. Readers accept it and the one before (there is none yet). */
export const itemVersion = 1;

/**
 * The `due` and `open` indexes are spread over this many partitions, so that one index partition
 * takes a renewal day's writes (DynamoDB: 1,000 writes a second a partition).
 */
export const shardCount = 8;
export const dueShard = (shard: number): string => `DUE#${shard}`;
const shardOf = (invoice: InvoiceId): number => fnv1a(invoice) % shardCount;

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
  chargingSwitch: { pk: 'SWITCH', sk: 'CHARGING' } as const satisfies Key,
} as const;

/** A not-ours case says only that its invoice was looked at: forgotten after this long. */
const forgetNotOursMs = 30 * dayMs;

const seconds = (instant: number) => Math.floor(instant / 1000);

export const customerItem = (customer: Customer): Item => ({
  ...customer,
  ...keys.customer(customer.customer),
  v: itemVersion,
});

export const methodItem = (method: PaymentMethod): Item => ({
  ...method,
  ...keys.method(method.customer, method.method),
  v: itemVersion,
});

export const ledgerItem = (ledger: CardLedger): Item => ({
  ...ledger,
  ...keys.ledger(ledger.card),
  v: itemVersion,
});

export const noticeItem = (notice: Notice): Item => ({
  ...notice,
  ...keys.notice(notice.customer, notice.id),
  v: itemVersion,
});

export const historyItem = (customer: CustomerId, entry: HistoryEntry): Item => ({
  ...entry,
  ...keys.history(customer, entry.invoice, entry.sequence),
  v: itemVersion,
  version: 1,
});

/** The case with what the sparse indexes need of it: `due` while it is due, `open` until it ends. */
export function caseItem(dunningCase: DunningCase): Item {
  const { invoice, progress } = dunningCase;
  const dueAt = sweepAt(dunningCase);
  const shard = shardOf(invoice);
  return {
    ...dunningCase,
    ...keys.case(dunningCase.customer, invoice),
    v: itemVersion,
    state: progress.state,
    ...(dueAt === null ? {} : { dueShard: dueShard(shard), dueAt: isoInstant(dueAt) }),
    ...(hasEnded(progress)
      ? {}
      : { openShard: `OPEN#${shard}`, openedAt: isoInstant(dunningCase.createdAt) }),
    ...(progress.state === 'closed' && progress.reason === 'not_ours'
      ? { expiresAt: seconds(progress.endedAt + forgetNotOursMs) }
      : {}),
  };
}

const indexAttributes = ['dueShard', 'dueAt', 'openShard', 'openedAt', 'expiresAt', 'state'];

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
