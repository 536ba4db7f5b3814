import type { AuditEntry } from '../domain/audit.ts';
import type { DunningCase, HistoryEntry } from '../domain/case/dunning-case.ts';
import type { ChargingSwitch } from '../domain/charging-switch.ts';
import type { Customer } from '../domain/customer/customer.ts';
import type { PaymentMethod } from '../domain/customer/payment-method.ts';
import type { PersonId } from '../domain/customer/person.ts';
import { type CardLedger, emptyLedger } from '../domain/decline/card-ledger.ts';
import {
  type CustomerId,
  customerId,
  type InvoiceId,
  type PaymentMethodId,
} from '../domain/ids.ts';
import {
  auditItem,
  caseItem,
  customerItem,
  customerOf,
  earlierSwitchItem,
  historyItem,
  keys,
  ledgerItem,
  ledgerOf,
  linkItem,
  mailLookupItem,
  methodItem,
  methodOf,
  noticeItem,
  rateItem,
  reconciliationItem,
  recordOf,
  sessionItem,
  signedOutItem,
  signInMailItem,
  suppressionItem,
  switchItem,
} from '../domain/items.ts';
import type { Notice } from '../domain/notice/notice.ts';
import type { Suppression } from '../domain/notice/suppression.ts';
import type { Item, Key, Table } from '../domain/ports.ts';
import { noReconciliation, type Reconciliation } from '../domain/reconciliation.ts';
import type { Rate } from '../domain/sign-in/rate.ts';
import type { Session, SignedOut } from '../domain/sign-in/session.ts';
import type { SignInLink } from '../domain/sign-in/sign-in-link.ts';
import type { SignInMail } from '../domain/sign-in/sign-in-mail.ts';
import type { Instant } from '../domain/time.ts';
import { personOf } from './hash.ts';

/** A customer with their payment methods and cases, in order of their ids. */
export interface Account {
  readonly customer: Customer;
  readonly methods: readonly PaymentMethod[];
  readonly cases: readonly DunningCase[];
}

/** The cases of a customer, in order of their invoices. */
export interface CasesOfCustomer {
  /** `null` while only a case is on record: Stripe was not asked about the customer yet. */
  readonly customer: Customer | null;
  readonly cases: readonly DunningCase[];
}

/**
 * The table's records by their names. Reads are strongly consistent. `add...` writes what is not
 * there yet, `save...` the next version of what was read; both answer false where another
 * writer came first, and then the caller reads again.
 */
export interface Records {
  case(customer: CustomerId, invoice: InvoiceId): Promise<DunningCase | null>;
  caseAt(key: Key): Promise<DunningCase | null>;
  addCase(dunningCase: DunningCase): Promise<boolean>;
  saveCase(dunningCase: DunningCase): Promise<boolean>;
  customer(customer: CustomerId): Promise<Customer | null>;
  customerAt(key: Key): Promise<Customer | null>;
  /** All that the customer's page shows, in one query; `null` where they are not known here. */
  account(customer: CustomerId): Promise<Account | null>;
  /** The same without the methods, in one smaller query. */
  cases(customer: CustomerId): Promise<CasesOfCustomer>;
  addCustomer(customer: Customer): Promise<boolean>;
  saveCustomer(customer: Customer): Promise<boolean>;
  /** Lets the person of this address be found; before the customer's item names them. */
  noteMember(customer: CustomerId, email: string): Promise<void>;
  method(customer: CustomerId, method: PaymentMethodId): Promise<PaymentMethod | null>;
  methodAt(key: Key): Promise<PaymentMethod | null>;
  addMethod(method: PaymentMethod): Promise<boolean>;
  saveMethod(method: PaymentMethod): Promise<boolean>;
  /** An empty ledger of version 0 for a card that was never seen. */
  ledger(card: string): Promise<CardLedger>;
  saveLedger(ledger: CardLedger): Promise<boolean>;
  /** Adding the same entry again changes nothing. */
  addHistory(customer: CustomerId, entry: HistoryEntry): Promise<void>;
  history(customer: CustomerId, invoice: InvoiceId): Promise<readonly HistoryEntry[]>;
  /** Adding the same entry again changes nothing. */
  addAudit(customer: CustomerId, entry: AuditEntry): Promise<void>;
  auditEntry(customer: CustomerId, at: Instant, id: string): Promise<AuditEntry | null>;
  session(id: string): Promise<Session | null>;
  addSession(session: Session): Promise<boolean>;
  saveSession(session: Session): Promise<boolean>;
  /** `null` of somebody who never signed out everywhere. */
  signedOut(person: PersonId): Promise<SignedOut | null>;
  saveSignedOut(signedOut: SignedOut): Promise<boolean>;
  /** The customers of whom the person may be a member: each customer's own item decides. */
  customersOf(person: PersonId): Promise<readonly CustomerId[]>;
  link(id: string): Promise<SignInLink | null>;
  addLink(link: SignInLink): Promise<boolean>;
  saveLink(link: SignInLink): Promise<boolean>;
  signInMail(id: string): Promise<SignInMail | null>;
  saveSignInMail(mail: SignInMail): Promise<boolean>;
  rate(id: string): Promise<Rate | null>;
  /** @param expiresAt When the last of its times counts no more. */
  saveRate(rate: Rate, expiresAt: Instant): Promise<boolean>;
  notice(customer: CustomerId, id: string): Promise<Notice | null>;
  addNotice(notice: Notice): Promise<boolean>;
  saveNotice(notice: Notice): Promise<boolean>;
  /** `null` of an address that was never suppressed. */
  suppression(person: PersonId): Promise<Suppression | null>;
  saveSuppression(suppression: Suppression): Promise<boolean>;
  /** Of version 0 before the first. */
  reconciliation(): Promise<Reconciliation>;
  saveReconciliation(reconciliation: Reconciliation): Promise<boolean>;
  chargingSwitch(): Promise<ChargingSwitch | null>;
  /** @param before What stood there until now: it is kept, so that every change stays known. */
  saveChargingSwitch(
    chargingSwitch: ChargingSwitch,
    before: ChargingSwitch | null,
  ): Promise<boolean>;
}

export function createRecords(table: Table): Records {
  const get = async <Stored>(key: Key): Promise<Stored | null> => {
    const item = await table.get(key);
    return item === null ? null : recordOf<Stored>(item);
  };
  const put = (item: Item): Promise<boolean> =>
    item.version === 1 ? table.putNew(item) : table.replace(item);
  const customerAt = async (key: Key): Promise<Customer | null> => {
    const item = await table.get(key);
    return item === null ? null : customerOf(item);
  };
  const methodAt = async (key: Key): Promise<PaymentMethod | null> => {
    const item = await table.get(key);
    return item === null ? null : methodOf(item);
  };
  const noteMember = async (customer: CustomerId, email: string): Promise<void> => {
    await table.putNew(mailLookupItem(personOf(email), customer));
  };
  return {
    case: (customer, invoice) => get<DunningCase>(keys.case(customer, invoice)),
    caseAt: (key) => get<DunningCase>(key),
    addCase: (dunningCase) => table.putNew(caseItem(dunningCase)),
    saveCase: (dunningCase) => table.replace(caseItem(dunningCase)),
    customer: (customer) => customerAt(keys.customer(customer)),
    customerAt,
    async account(customer) {
      const { pk } = keys.customer(customer);
      const items = await table.query(pk, 'V#');
      const { customer: found, cases } = casesIn(items);
      if (found === null) return null;
      const methods = items.filter(({ sk }) => sk.startsWith('V#METHOD#')).map(methodOf);
      return { customer: found, methods, cases };
    },
    async cases(customer) {
      // `V#CASE#...` and `V#CUSTOMER`.
      return casesIn(await table.query(keys.customer(customer).pk, 'V#C'));
    },
    async addCustomer(customer) {
      for (const { email } of customer.members) await noteMember(customer.customer, email);
      return table.putNew(customerItem(customer));
    },
    noteMember,
    saveCustomer: (customer) => table.replace(customerItem(customer)),
    method: (customer, method) => methodAt(keys.method(customer, method)),
    methodAt,
    addMethod: (method) => table.putNew(methodItem(method)),
    saveMethod: (method) => table.replace(methodItem(method)),
    async ledger(card) {
      const item = await table.get(keys.ledger(card));
      return item === null ? emptyLedger(card) : ledgerOf(item);
    },
    saveLedger: (ledger) =>
      ledger.version === 1 ? table.putNew(ledgerItem(ledger)) : table.replace(ledgerItem(ledger)),
    async addHistory(customer, entry) {
      await table.putNew(historyItem(customer, entry));
    },
    async addAudit(customer, entry) {
      await table.putNew(auditItem(customer, entry));
    },
    auditEntry: (customer, at, id) => get<AuditEntry>(keys.audit(customer, at, id)),
    async session(id) {
      return get<Session>(keys.session(id));
    },
    addSession: (session) => table.putNew(sessionItem(session)),
    saveSession: (session) => table.replace(sessionItem(session)),
    signedOut: (person) => get<SignedOut>(keys.signedOut(person)),
    saveSignedOut: (signedOut) => put(signedOutItem(signedOut)),
    async customersOf(person) {
      // Whatever the id, the key begins so: the id is what follows.
      const { pk, sk } = keys.mailLookup(person, customerId('-'));
      const items = await table.query(pk, sk.slice(0, -1));
      return items.map((item) => recordOf<{ readonly customer: CustomerId }>(item).customer);
    },
    link: (id) => get<SignInLink>(keys.link(id)),
    addLink: (link) => table.putNew(linkItem(link)),
    saveLink: (link) => table.replace(linkItem(link)),
    signInMail: (id) => get<SignInMail>(keys.signInMail(id)),
    saveSignInMail: (mail) => put(signInMailItem(mail)),
    rate: (id) => get<Rate>(keys.rate(id)),
    saveRate: (rate, expiresAt) => put(rateItem(rate, expiresAt)),
    async history(customer, invoice) {
      const { pk, sk } = keys.history(customer, invoice, 0);
      const items = await table.query(pk, sk.slice(0, sk.lastIndexOf('#') + 1));
      return items.map((item) => recordOf<HistoryEntry>(item));
    },
    notice: (customer, id) => get<Notice>(keys.notice(customer, id)),
    addNotice: (notice) => table.putNew(noticeItem(notice)),
    saveNotice: (notice) => table.replace(noticeItem(notice)),
    suppression: (person) => get<Suppression>(keys.suppression(person)),
    saveSuppression: (suppression) => put(suppressionItem(suppression)),
    async reconciliation() {
      return (await get<Reconciliation>(keys.reconciliation)) ?? noReconciliation;
    },
    saveReconciliation: (reconciliation) => put(reconciliationItem(reconciliation)),
    chargingSwitch: () => get<ChargingSwitch>(keys.chargingSwitch),
    async saveChargingSwitch(chargingSwitch, before) {
      if (before !== null) await table.putNew(earlierSwitchItem(before));
      return put(switchItem(chargingSwitch));
    },
  };
}

function casesIn(items: readonly Item[]): CasesOfCustomer {
  const customer = items.find(({ sk }) => sk === 'V#CUSTOMER');
  return {
    customer: customer === undefined ? null : customerOf(customer),
    cases: items
      .filter(({ sk }) => sk.startsWith('V#CASE#'))
      .map((item) => recordOf<DunningCase>(item)),
  };
}
