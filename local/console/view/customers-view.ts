import type { AuditEntry } from '../../../functions/domain/audit.ts';
import type { Consent, PaymentMethod } from '../../../functions/domain/customer/payment-method.ts';
import { type CardLedger, ledgerCard } from '../../../functions/domain/decline/card-ledger.ts';
import { formatMoney, type Money } from '../../../functions/domain/money.ts';
import type { Item } from '../../../functions/domain/ports.ts';
import { capitalise, words } from '../../pages/words.ts';
import { type InWords, readNoticeId, sayHistory, sayNotice, sayProgress } from './explain.ts';
import { customerIn, itemsOf, type KnownItem } from './items.ts';

/** A customer with all that the table has of it. */
export interface CustomerView {
  readonly id: string;
  /** The owner's name, else the first address, else the id. */
  readonly name: string;
  readonly emails: readonly string[];
  /** Absent where only other items of the customer are there yet. */
  readonly item: Item | undefined;
  readonly methods: readonly MethodView[];
  readonly cases: readonly CaseView[];
  readonly notices: readonly NoticeView[];
  /** What was changed by whom, the newest first. */
  readonly audit: readonly { readonly at: number; readonly text: string; readonly item: Item }[];
}

export interface MethodView {
  readonly id: string;
  readonly label: string;
  readonly expiry: string | undefined;
  readonly role: 'primary' | 'secondary' | undefined;
  readonly consent: { readonly text: string; readonly at: number } | undefined;
  /** What stands against trying the card. */
  readonly blocks: readonly string[];
  /** Tries in the card's ledger. */
  readonly tries: number;
  readonly item: Item;
  readonly ledger: Item | undefined;
}

export interface CaseView {
  readonly customer: string;
  /** As in {@link CustomerView}. */
  readonly customerName: string;
  readonly invoice: string;
  readonly amount: string;
  readonly state: InWords;
  readonly createdAt: number;
  /** When it is looked at next; `undefined` once it has ended. */
  readonly dueAt: number | undefined;
  readonly attempts: number;
  readonly history: readonly { readonly at: number; readonly text: string; readonly item: Item }[];
  readonly item: Item;
}

export interface NoticeView {
  readonly id: string;
  readonly kind: string;
  readonly invoice: string | undefined;
  readonly state: InWords;
  /** SES's id; `undefined` while there is none. */
  readonly mail: string | undefined;
  readonly item: Item;
}

/** Customers by name. */
export function viewCustomers(items: readonly KnownItem[]): readonly CustomerView[] {
  const ids = new Set(items.flatMap(({ item }) => customerIn(item) ?? []));
  return [...ids]
    .map((id) => viewCustomer(id, items))
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}

function viewCustomer(id: string, items: readonly KnownItem[]): CustomerView {
  const own = items.filter(({ item }) => customerIn(item) === id);
  const customer = itemsOf(own, 'customer')[0];
  const members = customer?.record.members ?? [];
  const ledgers = itemsOf(items, 'ledger');
  const roleOf = (method: string): MethodView['role'] => {
    if (method === customer?.record.primary) return 'primary';
    return method === customer?.record.secondary ? 'secondary' : undefined;
  };
  const methods = itemsOf(own, 'method').map(({ item, record }) => {
    const ledger = ledgers.find((each) => each.record.card === ledgerCard(record));
    return {
      ...viewMethod(record, ledger?.record),
      role: roleOf(record.method),
      item,
      ledger: ledger?.item,
    };
  });
  return {
    id,
    name: nameOfCustomer(id, own),
    emails: members.map(({ email }) => email),
    item: customer?.item,
    methods: methods.sort((a, b) => rank(a.role) - rank(b.role)),
    cases: viewCases(own),
    notices: itemsOf(own, 'notice').map(viewNotice),
    audit: itemsOf(own, 'audit')
      .map(({ item, record }) => ({ at: record.at, text: sayAudit(record), item }))
      .sort((a, b) => b.at - a.at),
  };
}

/** A customer's name for people: the owner's, else the first address, else the id. */
export function nameOfCustomer(id: string, items: readonly KnownItem[]): string {
  const found = itemsOf(items, 'customer').find(({ record }) => record.customer === id);
  const members = found?.record.members ?? [];
  const owner = members.find(({ role }) => role === 'owner') ?? members[0];
  return owner?.name ?? owner?.email ?? id;
}

const rank = (role: MethodView['role']) => ['primary', 'secondary', undefined].indexOf(role);

/** Every case, the newest first. */
export function viewCases(items: readonly KnownItem[]): readonly CaseView[] {
  const history = itemsOf(items, 'history');
  return itemsOf(items, 'case')
    .map(({ item, record }) => ({
      customer: record.customer,
      customerName: nameOfCustomer(record.customer, items),
      invoice: record.invoice,
      amount: record.amountDue === null ? 'amount not known yet' : sayMoney(record.amountDue),
      state: sayProgress(record.progress),
      createdAt: record.createdAt,
      dueAt: 'dueAt' in record.progress ? record.progress.dueAt : undefined,
      attempts: record.attemptCount,
      history: history
        .filter((each) => each.record.invoice === record.invoice)
        .sort((a, b) => a.record.sequence - b.record.sequence)
        .map((each) => ({
          at: each.record.at,
          text: sayHistory(each.record.event),
          item: each.item,
        })),
      item,
    }))
    .sort((a, b) => b.createdAt - a.createdAt);
}

/** Who did what, for the developer of this machine. */
export const sayAudit = ({ what, about, by }: AuditEntry): string => {
  const who = by.kind === 'member' ? by.email : by.kind === 'staff' ? by.arn : 'Backstop itself';
  return `${words(what)}${about === null ? '' : ` (${about})`}, by ${who}`;
};

export const sayMoney = (money: Money): string => formatMoney(money, 'en-US');

function viewMethod(method: PaymentMethod, ledger: CardLedger | undefined) {
  const { expMonth, expYear, consent } = method;
  return {
    id: method.method,
    label: labelOf(method),
    expiry:
      expMonth === null || expYear === null
        ? undefined
        : `${String(expMonth).padStart(2, '0')}/${expYear}`,
    consent: consent === null ? undefined : { text: sayConsent(consent), at: consent.at },
    blocks: (ledger?.blocks ?? []).map(({ scope, kind }) =>
      scope === 'card'
        ? `the card is blocked (${words(kind)})`
        : `blocked until its data change (${words(kind)})`,
    ),
    tries: ledger?.slots.length ?? 0,
  };
}

/** `Visa ending in 0341`. */
export function labelOf({ brand, last4, type }: PaymentMethod): string {
  const name = capitalise(words(brand ?? type));
  return last4 === null ? name : `${name} ending in ${last4}`;
}

function sayConsent(consent: Consent): string {
  switch (consent.source) {
    case 'portal':
      return `given in the portal, text ${consent.textVersion}`;
    case 'terms':
      return `given by the terms, version ${consent.version}`;
    case 'staff':
      return `noted by ${consent.name}: ${consent.evidence}`;
  }
}

function viewNotice({ item, record }: Extract<KnownItem, { kind: 'notice' }>): NoticeView {
  const { status } = record;
  return {
    id: record.id,
    ...readNoticeId(record.id),
    state: sayNotice(status),
    mail: 'messageId' in status ? status.messageId : undefined,
    item,
  };
}
