import { safeReason } from '../decline/decline.ts';
import type { CardLabel, InvoiceNotice } from '../notice/notice-content.ts';
import type { Candidate, Situation } from '../pass/situation.ts';
import type { EndPolicy } from '../policy.ts';
import type { Instant } from '../time.ts';
import type { AnnouncedEnd, Debit, DunningCase, Owed, Pass } from './dunning-case.ts';

export function noticeOfSuccess(situation: Situation, attempt: Debit): Owed[] {
  const { dunningCase, facts, primary, secondary } = situation;
  // Who pays in their page sees it there.
  if (attempt.initiator === 'customer') return [];
  if (attempt.role !== 'secondary' || secondary === null) return [];
  const refusal = dunningCase.pass?.refusals.find(
    (each) => each.role === 'primary' && each.method === primary?.method.method,
  );
  return owe({
    kind: 'secondary_charged',
    fact: `${dunningCase.invoice}-${attempt.n}`,
    invoiceNumber: facts.number,
    hostedInvoiceUrl: facts.hostedInvoiceUrl,
    amount: dunningCase.amountDue ?? facts.amountDue,
    failed: primary === null ? null : label(primary),
    failedReason: refusal === undefined ? null : safeReason(refusal.kind, refusal.codes),
    charged: label(secondary),
  });
}

/** What follows a pass in which nothing was paid. */
export interface AfterFailure {
  /** When we try again by ourselves; `null`: never. */
  readonly nextTryAt: Instant | null;
  /** Whether nothing follows that try. */
  readonly nextIsLast: boolean;
  /** Whether the bank wants the customer to confirm the payment with the primary. */
  readonly needsAction: boolean;
}

/** A pass that a person asked for is answered where it was asked for, not by mail. */
export function noticeOfFailure(situation: Situation, pass: Pass, after: AfterFailure): Owed[] {
  const { nextTryAt, nextIsLast, needsAction } = after;
  if (pass.cause === 'wanted') return [];
  // A refusal from before the pass, which counts as its try, was told when it came.
  const wasRefused = pass.refusals.some(({ at }) => at >= pass.startedAt);
  const { dunningCase, facts, primary, secondary } = situation;
  const isToldAlready = nextTryAt !== null || dunningCase.progress.state === 'exhausted';
  if (pass.cause !== 'new' && !wasRefused && isToldAlready) return [];
  const failed = pass.refusals.flatMap((refusal) => {
    // By method: the roles may have changed since.
    const candidate = [primary, secondary].find((each) => each?.method.method === refusal.method);
    if (candidate === undefined || candidate === null) return [];
    return [{ card: label(candidate), reason: safeReason(refusal.kind, refusal.codes) }];
  });
  return owe({
    kind: needsAction ? 'authentication_needed' : 'payment_failed',
    fact: `${dunningCase.invoice}-pass-${pass.number}`,
    invoiceNumber: facts.number,
    hostedInvoiceUrl: facts.hostedInvoiceUrl,
    amount: facts.amountDue,
    failed,
    nextTryAt,
    ...(nextIsLast ? { nextIsLast } : {}),
  });
}

/** @param then What follows should the last try fail. */
export const noticeOfLastTry = (
  dunningCase: DunningCase,
  tryAt: Instant,
  then: Pick<EndPolicy, 'access' | 'action'>,
): Owed[] =>
  aboutCase(dunningCase, `pass-${dunningCase.passCount + 1}`, (base) => ({
    kind: 'last_try_ahead',
    ...base,
    tryAt,
    access: then.access,
    action: then.action,
  }));

/** @param when Announced as soon as it is known, and told once more before it comes. */
export const noticeOfEndAhead = (
  dunningCase: DunningCase,
  { at: endsAt, access, action }: AnnouncedEnd,
  when: 'announced' | 'reminded',
): Owed[] =>
  takesSomething({ access, action })
    ? aboutCase(dunningCase, `end-${endsAt}-${when}`, (base) => ({
        kind: 'end_ahead',
        ...base,
        endsAt,
        access,
        action,
      }))
    : [];

export const noticeOfEnd = (dunningCase: DunningCase, { access, action }: AnnouncedEnd): Owed[] =>
  takesSomething({ access, action })
    ? aboutCase(dunningCase, 'end', (base) => ({ kind: 'dunning_ended', ...base, access, action }))
    : [];

/** What only the business's books tell of is nothing to write to a customer about. */
const takesSomething = ({ access, action }: Pick<EndPolicy, 'access' | 'action'>): boolean =>
  access === 'suspend' || action === 'cancel_subscription' || action === 'pause_subscription';

/** Of a case that is paid; there is nothing to tell where no access was suspended for it. */
export const noticeOfRestoration = (dunningCase: DunningCase): Owed[] =>
  dunningCase.end?.access !== 'suspend' || dunningCase.end.doneAt === null
    ? []
    : aboutCase(dunningCase, 'restored', (base) => ({ kind: 'access_restored', ...base }));

type Base = Pick<InvoiceNotice, 'fact' | 'invoiceNumber' | 'hostedInvoiceUrl' | 'amount'>;

/** A notice of what the case itself knows; none of a case that nobody has looked at at Stripe. */
function aboutCase(
  { invoice, amountDue: amount, shown }: DunningCase,
  fact: string,
  content: (base: Base) => InvoiceNotice,
): Owed[] {
  if (amount === null) return [];
  const { number = null, hostedInvoiceUrl = null } = shown ?? {};
  const base = { fact: `${invoice}-${fact}`, invoiceNumber: number, hostedInvoiceUrl, amount };
  return owe(content(base));
}

const owe = (notice: InvoiceNotice): Owed[] => [{ kind: 'notice', notice }];

const label = ({ method }: Candidate): CardLabel => ({
  type: method.type,
  brand: method.brand,
  last4: method.last4,
});
