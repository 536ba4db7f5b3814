import type { PaymentsView, PaymentView } from '../../../functions/account/payments.ts';
import type { AuditLine, AuditPage } from '../../../functions/staff-api/audit-log.ts';
import type { ExtensionView } from '../../../functions/staff-api/extend.ts';
import type { FoundCustomers } from '../../../functions/staff-api/find-customers.ts';
import type { StaffCustomer } from '../../../functions/staff-api/show-customer.ts';
import { StartRefusal } from '../../../local/start/options.ts';
import {
  type Command,
  customer,
  customerOf,
  invoice,
  isSet,
  momentOf,
  need,
  reason,
  text,
  until,
} from '../command.ts';
import { describeCustomer } from '../describe-customer.ts';
import { amount, columns, methodName, time, words } from '../layout.ts';

export const find: Command = {
  summary: 'find a customer by id, mail address or invoice',
  options: {
    mail: { value: 'ADDRESS', says: "a member's address, or the customer's at Stripe" },
    invoice: { ...invoice, required: false },
    customer: { value: 'CUS', says: "Stripe's id" },
  },
  async run({ api }, given) {
    const query = {
      mail: text(given, 'mail'),
      invoice: text(given, 'invoice'),
      customer: text(given, 'customer'),
    };
    if (Object.values(query).filter((value) => value !== undefined).length !== 1) {
      throw new StartRefusal('Find by one of --mail, --invoice and --customer.');
    }
    const found = await api.ask<FoundCustomers>({ method: 'GET', path: ['customers'], query });
    return { json: found, text: listFound(found) };
  },
};

function listFound({ customers }: FoundCustomers): string {
  if (customers.length === 0) return 'Nobody is found, here or at Stripe.';
  return columns([
    ['CUSTOMER', 'NAME', 'MAIL', 'HERE', 'CASE'],
    ...customers.map((each) => [
      each.customer,
      each.name ?? '-',
      each.email ?? '-',
      each.memberRole ?? (each.known ? 'known' : 'only at Stripe'),
      each.caseOfInvoice === null
        ? '-'
        : `${each.caseOfInvoice.invoice} ${words(each.caseOfInvoice.state)}`,
    ]),
  ]);
}

export const show: Command = {
  summary: 'a customer in full: methods, roles, blocks, members, cases',
  options: { customer },
  async run(desk, given) {
    const path = ['customers', customerOf(desk, given)];
    const shown = await desk.api.ask<StaffCustomer>({ method: 'GET', path });
    return { json: shown, text: describeCustomer(shown) };
  },
};

export const payments: Command = {
  summary: 'the newest invoices at Stripe and what they were paid with',
  options: { customer, all: { value: null, says: 'every page, not the newest alone' } },
  async run(desk, given) {
    const path = ['customers', customerOf(desk, given), 'payments'];
    const found: PaymentView[] = [];
    let cursor: string | undefined;
    do {
      const page = await desk.api.ask<PaymentsView>({ method: 'GET', path, query: { cursor } });
      found.push(...page.payments);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && isSet(given, 'all'));
    const more = cursor === undefined ? '' : '\nThere are more: --all lists them.';
    const none = 'There are no invoices.';
    return { json: found, text: found.length === 0 ? none : `${listPayments(found)}${more}` };
  },
};

const listPayments = (found: readonly PaymentView[]): string =>
  columns([
    ['INVOICE', 'NUMBER', 'STATUS', 'AMOUNT', 'PAID WITH', 'MADE'],
    ...found.map(({ invoice: id, number, status, total, paidWith, createdAt }) => [
      id,
      number ?? '-',
      words(status),
      amount(total),
      paidWith === null ? '-' : methodName(paidWith),
      time(createdAt),
    ]),
  ]);

export const extend: Command = {
  summary: 'let a customer in for a while, whatever is unpaid',
  options: { customer, until, reason },
  notes: 'The same command with another time makes it longer or shorter; end-extension ends it.',
  async run(desk, given) {
    const path = ['customers', customerOf(desk, given), 'extension'];
    const body = { until: momentOf(given), reason: need(given, 'reason') };
    const shown = await desk.api.ask<ExtensionView>({ method: 'PUT', path, body });
    const end = time(shown.extension?.until ?? null);
    return { json: shown, text: `${shown.customer} is let in until ${end}.` };
  },
};

export const endExtension: Command = {
  summary: 'end an extension before its time',
  options: { customer, reason },
  async run(desk, given) {
    const path = ['customers', customerOf(desk, given), 'extension'];
    const query = { reason: need(given, 'reason') };
    const shown = await desk.api.ask<ExtensionView>({ method: 'DELETE', path, query });
    return { json: shown, text: `${shown.customer} has no extension any more.` };
  },
};

export const audit: Command = {
  summary: 'who changed what for a customer, newest first',
  options: { customer, all: { value: null, says: 'every page, not the newest alone' } },
  async run(desk, given) {
    const path = ['customers', customerOf(desk, given), 'audit'];
    const entries: AuditLine[] = [];
    let cursor: string | undefined;
    do {
      const page = await desk.api.ask<AuditPage>({ method: 'GET', path, query: { cursor } });
      entries.push(...page.entries);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && isSet(given, 'all'));
    const more = cursor === undefined ? '' : '\nThere are more: --all lists them.';
    const none = 'Nobody has changed anything yet.';
    return { json: entries, text: entries.length === 0 ? none : `${listAudit(entries)}${more}` };
  },
};

const listAudit = (entries: readonly AuditLine[]): string =>
  columns(
    entries.map(({ at, by, what, about, from, to, reason: why }) => [
      time(at),
      by.kind === 'staff' ? by.arn : by.kind === 'member' ? by.email : 'backstop',
      words(what),
      about ?? '',
      [`${brief(from)} -> ${brief(to)}`, why ?? ''].filter((part) => part !== '').join('; '),
    ]),
  );

const brief = (value: unknown): string => (value === null ? '-' : JSON.stringify(value));
