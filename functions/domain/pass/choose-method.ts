import type { Pass, Refusal, Role } from '../case/dunning-case.ts';
import type { Explanation, Rule } from '../case/explanation.ts';
import { standingBlock } from '../decline/card-ledger.ts';
import type { DeclineKind } from '../decline/decline.ts';
import type { Instant } from '../time.ts';
import { openFallback, whyNoFallback } from './fallback.ts';
import type { Candidate, Situation } from './situation.ts';
import { standingRefusals } from './standing-refusals.ts';
import { whyUnusable } from './why-unusable.ts';

/** Which method a pass charges next, or none, with the rules that led there. */
export type Choice = Charged | NotCharged;

interface Charged {
  readonly role: Role;
  readonly candidate: Candidate;
  readonly trace: readonly Explanation[];
}

export interface NotCharged {
  readonly role: null;
  /** From when the secondary may be charged, where only the policy's waiting stands against it. */
  readonly fallbackAt: Instant | null;
  /** Whether the primary waits for its holder, whose bank wants them to confirm the payment. */
  readonly asksHolder: boolean;
  readonly trace: readonly Explanation[];
}

/**
 * The primary, unless a try of it would be wasted; then the secondary, and only after a
 * definite refusal of the primary for this invoice, later than the primary's last change, or
 * when the primary is known to be unusable, and when and where the policy says so.
 */
export function chooseMethod(situation: Situation, pass: Pass): Choice {
  const inTheWay = whyNotPrimary(situation, pass);
  if (inTheWay === null && situation.primary !== null) {
    return {
      role: 'primary',
      candidate: situation.primary,
      trace: [
        explain('primary_first', situation.primary.method.method),
        ...whyTriedAgain(situation, pass, situation.primary),
      ],
    };
  }
  if (inTheWay === null) return nothing(null, []);
  if (!inTheWay.opensFallback) return nothing(inTheWay, [inTheWay.why]);
  return chooseSecondary(situation, pass, inTheWay);
}

function chooseSecondary(situation: Situation, pass: Pass, inTheWay: InTheWay): Choice {
  const { secondary } = situation;
  const refusal = whyNotSecondary(situation, pass);
  const trace = [inTheWay.why];
  // What only time stands against may be charged by when the policy lets it.
  if (secondary === null || (refusal !== null && refusal.at === undefined)) {
    return nothing(inTheWay, refusal === null ? trace : [...trace, refusal]);
  }
  const opening = openFallback(situation, pass, inTheWay.kind, inTheWay.canBeTried);
  if (!opening.open) return nothing(inTheWay, [...trace, opening.why], opening.at);
  if (refusal !== null) return nothing(inTheWay, [...trace, refusal]);
  const rule = inTheWay.definite
    ? 'secondary_after_definite_refusal'
    : 'secondary_since_primary_unusable';
  return {
    role: 'secondary',
    candidate: secondary,
    trace: [...trace, explain(rule, secondary.method.method)],
  };
}

function nothing(
  inTheWay: InTheWay | null,
  trace: readonly Explanation[],
  fallbackAt: Instant | null = null,
): NotCharged {
  const asksHolder = inTheWay?.kind === 'authentication';
  const asks = asksHolder ? [explain('customer_asked_to_confirm', null)] : [];
  return { role: null, fallbackAt, asksHolder, trace: [...trace, ...asks] };
}

/** Stripe tried it a moment ago: what makes another try at once worth it. */
function whyTriedAgain(
  situation: Situation,
  pass: Pass,
  primary: Candidate,
): readonly Explanation[] {
  const [newest] = standingRefusals(situation, primary);
  if (pass.cause !== 'new' || newest === undefined) return [];
  return [explain('decline_allows_another_try', newest.kind)];
}

/** Why the primary is not charged. */
interface InTheWay {
  readonly why: Explanation;
  /** Whether the secondary may be charged in its place, as far as the policy lets it. */
  readonly opensFallback: boolean;
  /** True for a refusal of this invoice, false for a method that is known to be unusable. */
  readonly definite: boolean;
  /** What was refused, by which the policy decides; `null` where that says nothing. */
  readonly kind: DeclineKind | null;
  /** Whether another pass can try it: what cannot be tried keeps nobody waiting. */
  readonly canBeTried: boolean;
}

function whyNotPrimary(situation: Situation, pass: Pass): InTheWay | null {
  const { primary } = situation;
  if (primary === null) return unusable(explain('primary_missing', null), null);
  const { method, revision } = primary.method;
  const refused = pass.refusals.find(
    (refusal) =>
      refusal.role === 'primary' && refusal.method === method && refusal.revision === revision,
  );
  if (refused !== undefined) {
    const why = explain(ruleOfRefusal(pass, refused), refused.kind);
    return { why, opensFallback: true, definite: true, kind: refused.kind, canBeTried: true };
  }
  const why = whyUnusable(situation, pass, primary);
  if (why === null) return null;
  const [newest] = standingRefusals(situation, primary);
  const opens = kindOfUnusable(why, primary);
  if (opens !== undefined) return { ...unusable(why, opens), definite: newest !== undefined };
  // Used-up tries and what a network asks do not make the method unusable by themselves.
  const definite = newest !== undefined;
  return { why, opensFallback: definite, definite, kind: newest?.kind ?? null, canBeTried: false };
}

const unusable = (why: Explanation, kind: DeclineKind | null): InTheWay => ({
  why,
  opensFallback: true,
  definite: false,
  kind,
  canBeTried: false,
});

function ruleOfRefusal({ cause, startedAt }: Pass, { by, at }: Refusal): Rule {
  if (cause === 'fallback' && at < startedAt) return 'primary_refusal_stands';
  return by === 'stripe'
    ? 'primary_refused_by_stripe_try_is_wasted'
    : 'primary_refused_in_this_pass';
}

/** By which kind the policy decides about what is known to be unusable; else `undefined`. */
function kindOfUnusable({ rule }: Explanation, primary: Candidate): DeclineKind | null | undefined {
  switch (rule) {
    case 'method_expired':
      return 'invalid_data';
    case 'method_blocked':
      return kindOfBlock(primary);
    case 'method_detached':
    case 'method_brand_changed':
    case 'mandate_inactive':
      return null;
    default:
      return undefined;
  }
}

function kindOfBlock({ ledger, method }: Candidate): DeclineKind | null {
  const kind = standingBlock(ledger, method)?.kind ?? null;
  return kind === 'dispute' || kind === 'early_fraud_warning' ? null : kind;
}

function whyNotSecondary(situation: Situation, pass: Pass): Explanation | null {
  const { primary, secondary, facts, policy } = situation;
  if (secondary === null) return explain('secondary_missing', null);
  const { method } = secondary;
  if (primary !== null && isSameCard(primary, secondary)) {
    return explain('secondary_is_the_primary', method.method);
  }
  if (method.consent === null) return explain('secondary_without_consent', method.method);
  if (method.suspended !== null) {
    return explain('secondary_consent_suspended', method.suspended.why);
  }
  const refused = pass.refusals.find(
    (refusal) => refusal.role === 'secondary' && refusal.method === method.method,
  );
  if (refused !== undefined) return explain('secondary_refused_in_this_pass', refused.kind);
  return whyNoFallback(facts, policy) ?? whyUnusable(situation, pass, secondary);
}

const isSameCard = (a: Candidate, b: Candidate): boolean =>
  a.method.method === b.method.method ||
  (a.method.fingerprint !== null && a.method.fingerprint === b.method.fingerprint);

/**
 * Until when the networks keep every method of a later pass from being tried; `null` where one is
 * free of that, or where waiting would bring none back.
 */
export function keptUntil(situation: Situation, pass: Pass): Instant | null {
  const later: Pass = { ...pass, cause: 'scheduled', refusals: [] };
  const inTheWay = whyNotPrimary(situation, later);
  if (inTheWay === null) return null;
  const waits: Explanation[] = [inTheWay.why];
  const { opensFallback, kind, canBeTried } = inTheWay;
  if (opensFallback && openFallback(situation, later, kind, canBeTried).open) {
    const refusal = whyNotSecondary(situation, later);
    if (refusal === null) return null;
    waits.push(refusal);
  }
  const times = waits.flatMap(({ at }) => at ?? []);
  return times.length === 0 ? null : Math.min(...times);
}

const explain = (rule: Rule, about: string | null): Explanation => ({ rule, about });
