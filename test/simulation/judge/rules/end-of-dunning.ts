import type { StripeCall } from '../../evidence.ts';
import type { CaseFile } from '../following/cases.ts';
import { limits } from '../published/limits.ts';
import { countOf, fieldsOf } from '../read.ts';
import type { Known, MakeRule } from '../rule.ts';

const dayMs = 86_400_000;

/**
 * What the policy does when dunning ends without payment is announced first, comes at the announced
 * date at the earliest, never during an extension, never beside a try, and nothing else comes.
 */
export const endOfDunning: MakeRule = (known, verdict) => ({
  observe({ at, happening, evidence }) {
    if (happening.kind === 'stripe_call' && happening.call.by === 'backstop') {
      const action = actionOf(happening.call);
      if (action !== null) {
        verdict.weigh();
        const why = whyNotAnnounced(known, happening.call, action);
        if (why !== null) verdict.breach(`${happening.call.path}: ${why}.`);
      }
    }
    const file = known.cases.written;
    if (file === null || file.item.end === null) return;
    verdict.weigh();
    const why = whyWrong(known, file, at, evidence.now);
    if (why !== null) verdict.breach(`The end of dunning of ${file.item.invoice} ${why}.`);
  },
});

/** What a request does to an invoice or a subscription that ends something; `null` for nothing. */
function actionOf({ method, path, params }: StripeCall): string | null {
  const [, , kind, , action] = path.split('/');
  if (method === 'DELETE' && kind === 'subscriptions') return 'cancel_subscription';
  if (method !== 'POST') return null;
  if (kind === 'invoices' && action === 'mark_uncollectible') return 'mark_uncollectible';
  const isPause = kind === 'subscriptions' && fieldsOf(params.pause_collection) !== null;
  return isPause ? 'pause_subscription' : null;
}

function whyNotAnnounced(known: Known, { path }: StripeCall, action: string): string | null {
  const id = path.split('/')[3] ?? '';
  const ended = [...known.cases.all()].filter(({ item }) => {
    const invoice = known.ledger.invoice(item.invoice);
    const subscription = invoice && known.ledger.subscriptionOf(invoice)?.id;
    return (item.invoice === id || subscription === id) && item.end?.doneAt != null;
  });
  if (ended.length === 0) return 'no announced end has come';
  return ended.some(({ item }) => item.end?.action === action)
    ? null
    : `what was announced is ${ended.map(({ item }) => item.end?.action).join(', ')}`;
}

function whyWrong(known: Known, file: CaseFile, at: number, now: number): string | null {
  const { item, before } = file;
  const end = item.end;
  if (end === null) return null;
  const was = before?.end ?? null;
  if (was === null) return whyNotToAnnounce(known, file, now);
  if (was.doneAt === null && end.doneAt !== null) return whyTooEarly(known, file, at, now);
  if (end.at === was.at) return null;
  const until = extendedUntil(known, item.customer);
  if (end.at < was.at) return `was moved ahead, from ${tell(was.at)} to ${tell(end.at)}`;
  return end.at <= until || known.items.writtenAt(keyOf(item.customer), 'V#CUSTOMER') >= file.basis
    ? null
    : `was moved to ${tell(end.at)}, and no extension lasts until then`;
}

function whyNotToAnnounce(known: Known, { item }: CaseFile, now: number): string | null {
  const { access, action, afterDays } = known.policy.end;
  if (item.end === null) return null;
  if (access === 'keep' && action === 'leave_open') return 'was announced, and the policy has none';
  if (item.end.access !== access || item.end.action !== action)
    return 'is not what the policy says';
  if (item.end.at < now + afterDays * dayMs - limits.processMs) {
    return `is announced for ${tell(item.end.at)}, too soon`;
  }
  if (item.end.at > now + afterDays * dayMs)
    return `is announced for ${tell(item.end.at)}, too late`;
  return item.nextScheduledAt === null ? null : 'is announced while another pass is planned';
}

function whyTooEarly(known: Known, file: CaseFile, at: number, now: number): string | null {
  const { before, basis } = file;
  if (before === null || before.end === null) return null;
  if (now < before.end.at) return `came before ${tell(before.end.at)}`;
  const pk = keyOf(before.customer);
  const until = extendedUntil(known, before.customer);
  if (until > now && known.items.writtenAt(pk, 'V#CUSTOMER') < basis) {
    return `came during an extension until ${tell(until)}`;
  }
  if (before.openAttempt !== null) return 'came while an attempt was open';
  if (before.retryWanted > before.retryServed) return 'came while somebody wanted another try';
  const pending = known.ledger.tries
    .ofInvoice(before.invoice)
    .find(({ status, madeAt }) => status === 'pending' && madeAt < basis);
  if (pending !== undefined) return `came while ${pending.charge} was under way`;
  const paid = known.ledger.tries
    .ofInvoice(before.invoice)
    .find(({ status, settledAt }) => status === 'succeeded' && settledAt < basis);
  return paid === undefined || at === 0 ? null : `came after ${paid.charge} had paid`;
}

const keyOf = (customer: string): string => `CUSTOMER#${customer}`;

/** Until when access was extended, as the customer's item says; epoch milliseconds. */
const extendedUntil = ({ items }: Known, customer: string): number =>
  countOf(fieldsOf(items.get(keyOf(customer), 'V#CUSTOMER')?.extension)?.until);

const tell = (time: number): string => new Date(time).toISOString();
