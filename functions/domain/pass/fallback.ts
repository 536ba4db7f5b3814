import type { Pass } from '../case/dunning-case.ts';
import type { Explanation } from '../case/explanation.ts';
import type { DeclineKind } from '../decline/decline.ts';
import type { FallbackRule, Policy } from '../policy.ts';
import { customersDayOf, passTimeOn, windowEnd } from '../schedule/pass-time.ts';
import { paydayBetween } from '../schedule/paydays.ts';
import type { InvoiceFacts } from '../stripe/stripe-facts.ts';
import { hourMs, type Instant } from '../time.ts';
import type { Situation } from './situation.ts';
import { standingRefusals } from './standing-refusals.ts';

/** Whether the policy lets the secondary be charged now in place of a primary that was refused. */
export type Opening =
  | { readonly open: true }
  /** `at`: when that is asked again; `null`: not for this refusal. */
  | { readonly open: false; readonly at: Instant | null; readonly why: Explanation };

const open: Opening = { open: true };

/**
 * What the policy says about a primary that cannot pay.
 * @param kind Of its refusal; `null` where it cannot be charged whatever was refused.
 * @param canBeTried Whether another pass can try it, so that a payday's try is worth waiting for.
 */
export function openFallback(
  situation: Situation,
  pass: Pass,
  kind: DeclineKind | null,
  canBeTried: boolean,
): Opening {
  if (kind === null) return open;
  const rule = situation.policy.declines[kind].fallback;
  if (rule === 'never') {
    return { open: false, at: null, why: { rule: 'fallback_never', about: kind } };
  }
  if (rule === 'at_once' || pass.cause === 'wanted') return open;
  const at = opensAt(situation, pass, kind, rule);
  const wait = (until: Instant): Opening => {
    const why: Explanation = { rule: 'fallback_waits', about: kind, at: until };
    return { open: false, at: until, why };
  };
  if (at === null || at > windowEnd(situation)) {
    const why: Explanation = { rule: 'window_over', about: kind, ...(at === null ? {} : { at }) };
    return { open: false, at: null, why };
  }
  if (at > situation.now) return wait(at);
  const waitsForTry = rule === 'after_payday' && canBeTried;
  return waitsForTry && !wasTriedSince(situation, pass, at) ? wait(situation.now) : open;
}

/**
 * Whether a pass that only the fallback waited for is to try the primary once more: payday has
 * come, and its standing refusal is from before.
 */
export function isForPayday(situation: Situation, pass: Pass, kind: DeclineKind): boolean {
  const rule = situation.policy.declines[kind].fallback;
  if (rule !== 'after_payday') return false;
  const at = opensAt(situation, pass, kind, rule);
  return at !== null && at <= situation.now && !wasTriedSince(situation, pass, at);
}

/** Counted from the first refusal of that kind; of what was never refused, from the beginning. */
function opensAt(
  situation: Situation,
  pass: Pass,
  kind: DeclineKind,
  rule: Exclude<FallbackRule, 'at_once' | 'never'>,
): Instant | null {
  const ofKind = refusalsOfPrimary(situation, pass).filter((refusal) => refusal.kind === kind);
  const first =
    ofKind.length === 0
      ? situation.dunningCase.createdAt
      : Math.min(...ofKind.map((refusal) => refusal.at));
  return rule === 'after_payday' ? afterPayday(situation, first) : first + rule.afterHours * hourMs;
}

/** The time of a pass on the first payday after the day of that moment. */
function afterPayday(situation: Situation, first: Instant): Instant | null {
  const { policy } = situation;
  const day = customersDayOf(situation, first);
  const payday = paydayBetween(day, day + policy.windowDays + 1, policy.paydays);
  return payday === null ? null : passTimeOn(situation, payday);
}

const wasTriedSince = (situation: Situation, pass: Pass, since: Instant): boolean =>
  refusalsOfPrimary(situation, pass).some(({ at }) => at >= since);

/** What stands against the primary of today: in this pass, and from before. */
function refusalsOfPrimary(
  situation: Situation,
  { refusals }: Pass,
): readonly { readonly kind: DeclineKind; readonly at: Instant }[] {
  const { primary } = situation;
  if (primary === null) return [];
  const { method, revision } = primary.method;
  const inPass = refusals.filter(
    (refusal) => refusal.method === method && refusal.revision === revision,
  );
  return [...inPass, ...standingRefusals(situation, primary)];
}

/** Why the policy charges no secondary for this invoice at all; `null` where it may. */
export function whyNoFallback(
  { amountDue, subscription }: InvoiceFacts,
  { fallback }: Policy,
): Explanation | null {
  const mark = subscription?.fallback ?? null;
  const isWished = fallback.subscriptions === 'only_marked' ? mark === 'on' : mark !== 'off';
  if (!isWished) return { rule: 'fallback_not_for_this_subscription', about: mark };
  const ceiling = fallback.ceilings[amountDue.currency];
  if (ceiling === undefined || amountDue.amount <= ceiling) return null;
  return { rule: 'fallback_above_ceiling', about: String(ceiling) };
}
