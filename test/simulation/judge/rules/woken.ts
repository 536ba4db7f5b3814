import type { StoredItem } from '../../evidence.ts';
import { isOver } from '../following/case-item.ts';
import { fingerprintOf } from '../following/methods.ts';
import { countOf, textOf } from '../read.ts';
import type { Known, MakeRule, Moment } from '../rule.ts';

/** A case that another method was there for, as it stood then. */
interface Expected {
  readonly customer: string;
  readonly invoice: string;
  readonly method: string;
  readonly card: string;
  readonly at: number;
  readonly time: number;
  readonly wanted: number;
}

const soonMs = 3_600_000;
/** How long an outage may keep what is unfinished waiting. */
const lateMs = 24 * soonMs;

/**
 * "A new or updated method put into a role makes the open invoice be tried at once": a method that
 * was never refused and is put into a role has a retry of each open case wanted, unless that case
 * ends, the method is tried soon, or it does not keep the role.
 */
export const woken: MakeRule = (known, verdict) => {
  const expected: Expected[] = [];
  const changedAt = new Map<string, number>();
  const endedTime = new Map<string, number>();
  return {
    observe(moment) {
      const { at, happening, evidence } = moment;
      const written = known.cases.written?.item;
      if (written !== undefined && isOver(written) && !endedTime.has(written.invoice)) {
        endedTime.set(written.invoice, evidence.now);
      }
      if (happening.kind !== 'item_written' || happening.after.sk !== 'V#CUSTOMER') return;
      const { before, after } = happening;
      if (before === null) return;
      const customer = after.pk.slice('CUSTOMER#'.length);
      if (before.primary !== after.primary || before.secondary !== after.secondary) {
        changedAt.set(customer, at);
      }
      if (evidence.mode !== 'own') return;
      for (const method of putIntoRoles(before, after)) {
        expected.push(...casesToWake(known, moment, customer, method));
      }
    },
    conclude() {
      for (const each of expected) {
        verdict.weigh();
        if (wasWoken(known, each) || isExcused(known, each, changedAt)) continue;
        if ((endedTime.get(each.invoice) ?? Number.POSITIVE_INFINITY) < each.time + lateMs)
          continue;
        verdict.breach(
          `${each.method} was put into a role of ${each.customer}, and ${each.invoice} was not tried.`,
        );
      }
    },
  };
};

function putIntoRoles(before: StoredItem, after: StoredItem): readonly string[] {
  const isPrimarySet = countOf(after.primarySetBy) > countOf(before.primarySetBy);
  const primary = isPrimarySet && after.primary !== before.primary ? textOf(after.primary) : null;
  const secondary = after.secondary === before.secondary ? null : textOf(after.secondary);
  return [primary, secondary].filter((method) => method !== null);
}

function casesToWake(
  { ledger, cases, items }: Known,
  { at, evidence }: Moment,
  customer: string,
  method: string,
): readonly Expected[] {
  const row = ledger.methods.row(method);
  if (row?.customer !== customer) return [];
  const card = fingerprintOf(row);
  if (ledger.tries.ofCard(card).some(({ refusal }) => refusal !== null)) return [];
  if (isOutOfUse(ledger, method, card)) return [];
  const isExpired =
    row.type === 'card' && Date.UTC(row.card.exp_year, row.card.exp_month) <= evidence.now;
  const record = items.get(`CUSTOMER#${customer}`, `V#METHOD#${method}`);
  if (isExpired || record?.refused != null) return [];
  return [...cases.all()]
    .filter(({ item }) => item.customer === customer)
    .filter(({ item }) => !isOver(item))
    .map(({ item }) => {
      const { invoice, retryWanted: wanted } = item;
      return { customer, invoice, method, card, at, time: evidence.now, wanted };
    });
}

/** Disputed, of another brand than it was, not to be debited, or tried as often as is allowed. */
function isOutOfUse(ledger: Known['ledger'], method: string, card: string): boolean {
  const tries = ledger.tries.ofCard(card);
  return (
    [...ledger.claims.values()].some(({ charge }) =>
      tries.some((made) => made.charge === charge),
    ) ||
    ledger.methods.brands.between(method, 0, Number.POSITIVE_INFINITY).length > 1 ||
    ledger.mandates.latest(method) === false ||
    tries.length >= leastCap
  );
}

/** The smallest number of tries of a card that a network allows (`capsOf`). */
const leastCap = 10;

function wasWoken(
  { cases, ledger }: Known,
  { invoice, wanted, card, at, time }: Expected,
): boolean {
  const file = cases.of(invoice);
  if (file === undefined || file.item.retryWanted > wanted) return true;
  // A pass that was under way, or came at once, has looked at the method by itself.
  return ledger.tries
    .ofInvoice(invoice)
    .some((made) => made.card === card && made.madeAt > at && made.time < time + soonMs);
}

function isExcused(
  { ledger }: Known,
  { customer, method, card, at, time }: Expected,
  changedAt: ReadonlyMap<string, number>,
): boolean {
  if ((changedAt.get(customer) ?? at) > at) return true;
  if (ledger.methods.detachedSince(method) !== undefined) return true;
  if (ledger.deletedCustomers.has(customer) || isOutOfUse(ledger, method, card)) return true;
  if (ledger.methods.lastChange(method, Number.POSITIVE_INFINITY) > at) return true;
  return ledger.tries
    .ofCard(card)
    .some((made) => made.refusal !== null && made.madeAt > at && made.time < time + lateMs);
}
