import type { Happening } from '../../evidence.ts';
import type { CaseFile } from '../following/cases.ts';
import { limits } from '../published/limits.ts';
import type { Known, MakeRule } from '../rule.ts';

/**
 * "While an on-session payment is in flight, nothing else is charged for that invoice", and the case
 * goes on after 15 minutes at most: the claim has that due time, we charge nothing beside it, and
 * nobody takes it off the record before that unless something has come of it.
 */
export const inThePage: MakeRule = (known, verdict) => ({
  observe({ at, happening, evidence }) {
    if (happening.kind === 'api_answered' && isUnclaimed(known, happening)) {
      verdict.breach(`${happening.request} got a secret, and no attempt stood on record.`);
    }
    for (const made of known.ledger.tries.fresh) {
      const open = known.cases.of(made.invoice ?? '')?.item.openAttempt;
      if (!made.ours || open?.isCustomers !== true) continue;
      verdict.breach(`We charged ${made.charge} for ${made.invoice} while its customer paid.`);
    }
    const file = known.cases.written;
    if (file === null) return;
    const why = whyWrong(known, file, at, evidence.now);
    for (const each of why) verdict.breach(`${file.item.invoice} v${file.item.version}: ${each}.`);
    if (file.item.openAttempt?.isCustomers === true) verdict.weigh();
  },
});

/** Whether a page was given what it pays with before its attempt was claimed. */
function isUnclaimed(
  { people, cases }: Known,
  { request, answer }: Extract<Happening, { readonly kind: 'api_answered' }>,
): boolean {
  const asking = people.request(request);
  if (asking?.request.route !== 'POST /portal/cases/{invoice}/payments') return false;
  if (answer?.status !== 200) return false;
  const file = cases.of(asking.request.path?.invoice ?? '');
  return !file?.attempts.some(
    ({ isCustomers, endedAt }) => isCustomers && (endedAt === null || endedAt > asking.at),
  );
}

function whyWrong(known: Known, file: CaseFile, at: number, now: number): readonly string[] {
  const was = file.before?.openAttempt ?? null;
  const is = file.item.openAttempt;
  const why: string[] = [];
  if (is?.isCustomers === true && is.key !== was?.key) {
    const isInTime =
      (file.item.wantsLookAt ?? Number.POSITIVE_INFINITY) <= now + limits.onSessionMs;
    if (!isInTime) why.push('a customer who pays keeps it from everybody for too long');
  }
  if (was?.isCustomers !== true || is?.key === was.key) return why;
  if (is !== null) why.push(`${is.key} was claimed while the customer paid`);
  const attempt = file.attempts.find(({ n }) => n === was.n);
  const hasCome = known.ledger.tries
    .ofInvoice(file.item.invoice)
    .some(({ settledAt }) => settledAt > (attempt?.claim.basis ?? at));
  const isOpen = known.ledger.invoice(file.item.invoice)?.status === 'open';
  if (isOpen && !hasCome && now < was.sentAt + limits.onSessionMs) {
    why.push('the customer who paid was given up too early');
  }
  return why;
}
