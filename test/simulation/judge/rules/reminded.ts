import type {
  PaymentMethodRecord,
  SubscriptionRecord,
} from '../../../../local/stripe/engine/records.ts';
import type { Evidence, SentMail, StoredItem, WaitingMessage } from '../../evidence.ts';
import { readMail, remindedBy } from '../following/notices.ts';
import { type Fields, fieldsOf, listIn, textOf } from '../read.ts';
import type { MakeRule } from '../rule.ts';

const dayMs = 86_400_000;
/** A process lives for ten minutes at most: so long ago may have been so what it read. */
const readWithinMs = 15 * 60_000;
/** Days end at other hours where the business is. */
const zonesMs = 15 * 3_600_000;
/** What a role, or a billing date, changes is looked at within a week; and some hours. */
const seenWithinMs = 9 * dayMs;
/** The last days of every story, in which nothing goes wrong. */
const calmMs = 29 * dayMs;
const lateMs = 31 * dayMs;

/** A reminder that was sent to be mailed. */
interface Reminder {
  readonly customer: string;
  readonly method: string;
  readonly expiry: string;
  readonly threshold: string;
}

/**
 * Who has a card with a role that expires, and is charged on, is reminded of it at each threshold
 * of the policy; nobody is reminded of a card that Stripe shows with another date, that nothing is
 * charged to, or before its time.
 */
export const reminded: MakeRule = ({ ledger }, verdict) => {
  const expiries = sinceWhen<string>();
  const mirrored = sinceWhen<string>();
  const roles = sinceWhen<string>();
  const charged = sinceWhen<boolean>();
  const sent = new Map<string, (Reminder & { readonly time: number })[]>();
  let methods: readonly PaymentMethodRecord[] = [];
  let subscriptions: readonly SubscriptionRecord[] = [];

  const lookAtStripe = ({ now, ledger: tables }: Evidence): void => {
    if (tables.payment_methods !== methods) {
      methods = tables.payment_methods;
      for (const row of methods) expiries.note(row.id, expiryOf(row), now);
    }
    if (tables.subscriptions === subscriptions) return;
    subscriptions = tables.subscriptions;
    const going = new Set(subscriptions.filter(goesOn).map(({ customer }) => customer));
    for (const { customer } of subscriptions) charged.note(customer, going.has(customer), now);
  };
  const takeItem = ({ pk, sk, ...item }: StoredItem, now: number): void => {
    const customer = pk.slice('CUSTOMER#'.length);
    if (sk === 'V#CUSTOMER') {
      const named = [item.primary, item.secondary].map(textOf);
      for (const method of roles.names(customer)) roles.note(method, '', now);
      for (const method of named) if (method !== null) roles.note(method, customer, now);
    }
    if (!sk.startsWith('V#METHOD#')) return;
    const isThere = item.removedAt === null && typeof item.expYear === 'number';
    const expiry = isThere ? monthOf(item.expYear, item.expMonth) : '';
    mirrored.note(sk.slice('V#METHOD#'.length), expiry, now);
  };
  const takeMessage = (message: WaitingMessage, { now, policy, mode }: Evidence): void => {
    const reminder = readReminder(message);
    if (reminder === null) return;
    verdict.weigh();
    const { customer, method, expiry, threshold } = reminder;
    const before = listIn(sent, `${method} ${expiry}`);
    const from = now - readWithinMs;
    const wrong = [
      mode === 'observe' && 'is sent while we only observe',
      !expiries.was(method, `${customer} ${expiry}`, from) &&
        'is of another date than the card has',
      !roles.was(method, customer, from) && 'is of a card without a role',
      !charged.was(customer, true, from) && 'goes to somebody who is charged no more',
      isBeforeItsTime(reminder, policy.notices.beforeExpiryDays, now) && 'comes before its time',
      threshold === 'expired' &&
        before.some((each) => each.threshold !== threshold) &&
        'says once more what was told before the expiry',
    ];
    for (const what of wrong) {
      if (what !== false) verdict.breach(`The reminder of ${method} (${threshold}) ${what}.`);
    }
    before.push({ ...reminder, time: now });
  };
  const takeMail = (mail: SentMail): void => {
    const customer = remindedBy(mail);
    if (customer === null) return;
    verdict.weigh();
    const theirs = ledger.methods.lastDigitsOfCustomer(customer);
    const { lastDigits } = readMail(mail);
    if (lastDigits.length > 0 && lastDigits.every((digits) => theirs.has(digits))) return;
    verdict.breach(`The mail ${mail.id} reminds of a card that is not theirs.`);
  };

  return {
    observe({ happening, evidence }) {
      lookAtStripe(evidence);
      if (happening.kind === 'item_written') takeItem(happening.after, evidence.now);
      if (happening.kind === 'message_sent') takeMessage(happening.message, evidence);
      if (happening.kind === 'mail_sent') takeMail(happening.mail);
    },
    conclude({ now, mode, policy }) {
      if (mode === 'observe') return;
      for (const { id } of methods) {
        const [customer = '', expiry = ''] = (expiries.latest(id) ?? '').split(' ');
        const isExpected =
          expiry !== '' &&
          mirrored.latest(id) === expiry &&
          roles.latest(id) === customer &&
          charged.latest(customer) === true;
        if (!isExpected) continue;
        const settledAt = Math.max(
          ...[expiries, mirrored, roles].map((each) => each.since(id)),
          charged.since(customer),
        );
        for (const days of policy.notices.beforeExpiryDays) {
          const { from, to } = timeOf(expiry, days);
          if (from < now - calmMs || to > now || to < settledAt + seenWithinMs) continue;
          verdict.weigh();
          const told = sent.get(`${id} ${expiry}`) ?? [];
          if (told.some(({ time }) => time >= from && time <= to)) continue;
          verdict.breach(`${id} of ${customer} expires in ${expiry}: no reminder of ${days} days.`);
        }
      }
    },
  };
};

/** Between which moments a threshold is told: spread over a day for each week, at any hour. */
function timeOf(expiry: string, days: number): { readonly from: number; readonly to: number } {
  const at = endOf(expiry) - days * dayMs;
  return { from: at - (Math.ceil(days / 7) - 1) * dayMs - zonesMs, to: at + 2 * dayMs };
}

function isBeforeItsTime(
  { expiry, threshold }: Reminder,
  policy: readonly number[],
  now: number,
): boolean {
  const end = endOf(expiry);
  if (threshold === 'expired') return now < end || now > end + lateMs;
  const first = timeOf(expiry, Math.max(0, ...policy)).from;
  if (threshold === 'billing') return now < first || now >= end;
  const isOfPolicy = policy.includes(Number(threshold));
  return !isOfPolicy || now < timeOf(expiry, Number(threshold)).from;
}

/** The end of a month such as `2026-11`. */
function endOf(expiry: string): number {
  const [year = 0, month = 0] = expiry.split('-').map(Number);
  return Date.UTC(year, month, 1);
}

const monthOf = (year: unknown, month: unknown): string =>
  `${year}-${String(month).padStart(2, '0')}`;

/** Whose the card is, and when it expires. */
function expiryOf(row: PaymentMethodRecord): string {
  if (row.type !== 'card' || row.customer === null) return '';
  return `${row.customer} ${monthOf(row.card.exp_year, row.card.exp_month)}`;
}

const goesOn = (subscription: SubscriptionRecord): boolean =>
  ['active', 'trialing', 'past_due'].includes(subscription.status) &&
  subscription.collection_method === 'charge_automatically' &&
  subscription.pause_collection === null &&
  !subscription.cancel_at_period_end &&
  subscription.cancel_at === null;

function readReminder({ body, queue }: WaitingMessage): Reminder | null {
  if (queue !== 'notice') return null;
  const message: Fields | null = fieldsOf(JSON.parse(body));
  const notice = fieldsOf(message?.notice);
  if (notice?.kind !== 'card_expiring') return null;
  const method = textOf(notice.method) ?? '';
  const told = (textOf(notice.fact) ?? '').slice(method.length + 1);
  const [expiry = '', threshold = ''] = [told.slice(0, 7), told.slice(8)];
  return { customer: textOf(message?.customer) ?? '', method, expiry, threshold };
}

/** What something is, since when, and what it was before. */
function sinceWhen<Value extends string | boolean>() {
  const all = new Map<string, { value: Value; since: number; readonly past: Past<Value>[] }>();
  return {
    note(name: string, value: Value, now: number): void {
      const known = all.get(name);
      if (known === undefined) {
        all.set(name, { value, since: now, past: [] });
      } else if (known.value !== value) {
        known.past.push({ value: known.value, until: now });
        known.value = value;
        known.since = now;
      }
    },
    latest: (name: string): Value | undefined => all.get(name)?.value,
    since: (name: string): number => all.get(name)?.since ?? Number.POSITIVE_INFINITY,
    /** Whether it was that at some moment from then on. */
    was(name: string, value: Value, from: number): boolean {
      const known = all.get(name);
      if (known?.value === value) return true;
      return known?.past.some((each) => each.value === value && each.until >= from) ?? false;
    },
    /** Which of them are that now. */
    names: (value: Value): readonly string[] =>
      [...all].filter(([, known]) => known.value === value).map(([name]) => name),
  };
}

interface Past<Value> {
  readonly value: Value;
  readonly until: number;
}
