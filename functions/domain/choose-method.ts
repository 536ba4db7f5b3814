import { cappedUntil, standingBlock } from './card-ledger.ts';
import { blockScope, classifyDecline } from './decline.ts';
import type { Pass, Role } from './dunning-case.ts';
import type { Explanation, Rule } from './explanation.ts';
import { isOutlived } from './is-outlived.ts';
import type { Candidate, Situation } from './situation.ts';
import type { ChargeFacts } from './stripe-facts.ts';

/** Which method a pass charges next, or none, with the rules that led there. */
export type Choice =
  | {
      readonly role: Role;
      readonly candidate: Candidate;
      readonly trace: readonly Explanation[];
    }
  | { readonly role: null; readonly trace: readonly Explanation[] };

/**
 * The primary, unless a try of it would be wasted; then the secondary, and only after a
 * definite refusal of the primary for this invoice, later than the primary's last change, or
 * when the primary is known to be unusable.
 */
export function chooseMethod(situation: Situation, pass: Pass): Choice {
  const primaryRefusal = whyNotPrimary(situation, pass);
  if (primaryRefusal === null && situation.primary !== null) {
    return {
      role: 'primary',
      candidate: situation.primary,
      trace: [
        explain('primary_first', situation.primary.method.method),
        ...whyTriedAgain(situation, pass, situation.primary),
      ],
    };
  }
  const trace = primaryRefusal === null ? [] : [primaryRefusal.why];
  if (primaryRefusal?.opensFallback !== true) return { role: null, trace };

  const secondaryRefusal = whyNotSecondary(situation, pass);
  if (secondaryRefusal !== null) return { role: null, trace: [...trace, secondaryRefusal] };
  // whyNotSecondary answers `secondary_missing` for null.
  if (situation.secondary === null) return { role: null, trace };
  const { method } = situation.secondary.method;
  const rule = primaryRefusal.definite
    ? 'secondary_after_definite_refusal'
    : 'secondary_since_primary_unusable';
  return {
    role: 'secondary',
    candidate: situation.secondary,
    trace: [...trace, explain(rule, method)],
  };
}

/** Stripe tried it a moment ago: what makes another try at once worth it. */
function whyTriedAgain(
  situation: Situation,
  pass: Pass,
  primary: Candidate,
): readonly Explanation[] {
  const [newest] = definiteRefusals(situation, primary);
  if (pass.cause !== 'new' || newest === undefined) return [];
  return [explain('decline_allows_another_try', kindOf(newest))];
}

interface PrimaryRefusal {
  readonly why: Explanation;
  /** Whether the secondary may be charged in its place. */
  readonly opensFallback: boolean;
  /** True for a refusal of this invoice, false for a method that is known to be unusable. */
  readonly definite: boolean;
}

function whyNotPrimary(situation: Situation, pass: Pass): PrimaryRefusal | null {
  const { primary } = situation;
  if (primary === null) {
    return { why: explain('primary_missing', null), opensFallback: true, definite: false };
  }
  const { method } = primary;
  const refused = pass.refusals.find(
    (refusal) =>
      refusal.role === 'primary' &&
      refusal.method === method.method &&
      refusal.revision === method.revision,
  );
  if (refused !== undefined) {
    const rule =
      refused.by === 'stripe'
        ? 'primary_refused_by_stripe_try_is_wasted'
        : 'primary_refused_in_this_pass';
    return { why: explain(rule, refused.kind), opensFallback: true, definite: true };
  }
  const why = whyUnusable(situation, pass, primary);
  if (why === null) return null;
  const definite = definiteRefusals(situation, primary).length > 0;
  // Used-up tries and a network's cap do not make the method unusable by themselves.
  const unusable = why.rule === 'method_detached' || why.rule === 'method_blocked';
  return { why, opensFallback: definite || unusable, definite };
}

function whyNotSecondary(situation: Situation, pass: Pass): Explanation | null {
  const { primary, secondary } = situation;
  if (secondary === null) return explain('secondary_missing', null);
  const { method } = secondary;
  if (primary !== null && isSameCard(primary, secondary)) {
    return explain('secondary_is_the_primary', method.method);
  }
  if (method.consent === null) return explain('secondary_without_consent', method.method);
  const refused = pass.refusals.find(
    (refusal) => refusal.role === 'secondary' && refusal.method === method.method,
  );
  if (refused !== undefined) return explain('secondary_refused_in_this_pass', refused.kind);
  return whyUnusable(situation, pass, secondary);
}

const isSameCard = (a: Candidate, b: Candidate): boolean =>
  a.method.method === b.method.method ||
  (a.method.fingerprint !== null && a.method.fingerprint === b.method.fingerprint);

/** Why a try of this method would be wasted or forbidden, whatever its role. */
function whyUnusable(situation: Situation, pass: Pass, candidate: Candidate): Explanation | null {
  const { method, ledger, attached } = candidate;
  if (!attached) return explain('method_detached', method.method);
  const block = standingBlock(ledger, method);
  if (block !== null) return explain('method_blocked', block.kind);
  const refusals = definiteRefusals(situation, candidate);
  const blocking = refusals.map(kindOf).find((kind) => blockScope(kind) === 'invoice');
  // A person who wants a retry may override what only stops automatic tries.
  if (blocking !== undefined && pass.cause !== 'wanted') {
    return explain('method_refused_for_this_invoice', blocking);
  }
  const tries = situation.facts.charges.filter(
    (charge) => charge.method === method.method && charge.status === 'failed',
  ).length;
  if (tries >= situation.policy.maximumTriesPerMethod) {
    return explain('method_tries_used_up', String(tries));
  }
  const until = cappedUntil(ledger, method.brand, situation.facts.amountDue, situation.now);
  return until === null ? null : explain('card_cap_reached', new Date(until).toISOString());
}

/** The refusals of this method for this invoice that its data has not outlived. */
function definiteRefusals(situation: Situation, { method }: Candidate): readonly ChargeFacts[] {
  return situation.facts.charges.filter(
    (charge) =>
      charge.method === method.method && charge.status === 'failed' && !isOutlived(charge, method),
  );
}

const kindOf = (charge: ChargeFacts) =>
  charge.codes === null ? 'generic' : classifyDecline(charge.codes, charge.brand);

const explain = (rule: Rule, about: string | null): Explanation => ({ rule, about });
