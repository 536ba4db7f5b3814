import type { Pass } from '../case/dunning-case.ts';
import type { Explanation, Rule } from '../case/explanation.ts';
import { isDebit } from '../customer/is-debit.ts';
import { isExpired } from '../customer/method-health.ts';
import type { PaymentMethod } from '../customer/payment-method.ts';
import { keptFrom, standingBlock } from '../decline/card-ledger.ts';
import { blockScope } from '../decline/decline.ts';
import type { Policy } from '../policy.ts';
import { type Instant, isoInstant } from '../time.ts';
import type { Candidate, Situation } from './situation.ts';
import { standingRefusals } from './standing-refusals.ts';

/**
 * Why a try of this method would be wasted or forbidden, whatever its role; `null` where it may be
 * made. Has a time where only that time stands against it.
 */
export function whyUnusable(
  situation: Situation,
  pass: Pick<Pass, 'cause'>,
  candidate: Candidate,
): Explanation | null {
  return (
    whyKnownUnusable(candidate, situation.now) ??
    whyRefusedForInvoice(situation, pass, candidate) ??
    whyTriedEnough(situation, candidate) ??
    whyKept(situation, candidate)
  );
}

/** What is known of the method before anybody is asked, for every invoice. */
export function whyKnownUnusable(candidate: Candidate, now: Instant): Explanation | null {
  const { method, ledger, attached, mandate } = candidate;
  const about = (rule: Rule, word: string | null = method.method) => ({ rule, about: word });
  if (!attached) return about('method_detached');
  if (isExpired(method, now)) return about('method_expired');
  if (method.brandBefore !== null) return about('method_brand_changed', method.brandBefore);
  if (mandate === 'inactive') return about('mandate_inactive');
  const block = standingBlock(ledger, method);
  return block === null ? null : about('method_blocked', block.kind);
}

/** A person who wants a retry may override what only stops automatic tries. */
function whyRefusedForInvoice(
  situation: Situation,
  { cause }: Pick<Pass, 'cause'>,
  candidate: Candidate,
): Explanation | null {
  if (cause === 'wanted') return null;
  const kinds = standingRefusals(situation, candidate).map(({ kind }) => kind);
  const blocking = kinds.find((kind) => blockScope(kind) === 'invoice');
  return blocking === undefined
    ? null
    : { rule: 'method_refused_for_this_invoice', about: blocking };
}

function whyTriedEnough({ facts, policy }: Situation, { method }: Candidate): Explanation | null {
  const tries = facts.charges.filter(
    (charge) => charge.method === method.method && charge.status === 'failed',
  ).length;
  if (tries < mostTriesOf(method, policy)) return null;
  return { rule: 'method_tries_used_up', about: String(tries) };
}

const mostTriesOf = ({ type }: PaymentMethod, policy: Policy): number =>
  isDebit(type) ? policy.maximumTriesPerDebit : policy.maximumTriesPerMethod;

function whyKept({ facts, now }: Situation, { method, ledger }: Candidate): Explanation | null {
  const kept = keptFrom(ledger, method.brand, facts.amountDue, now);
  if (kept === null) return null;
  const rule = kept.by === 'wait' ? 'network_asks_to_wait' : 'card_cap_reached';
  return { rule, about: isoInstant(kept.until), at: kept.until };
}
