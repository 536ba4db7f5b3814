import { classifyDecline, mayTryAgainAtOnce } from './decline.ts';
import type { DunningCase, Pass, PassCause, Refusal } from './dunning-case.ts';
import { isOutlived } from './is-outlived.ts';
import { noteRefusals } from './note-try.ts';
import type { Situation } from './situation.ts';

/** The pass under way, or the next one, which serves all retries that are wanted by now. */
export function currentPass(situation: Situation): Pass {
  const { dunningCase, now } = situation;
  if (dunningCase.pass !== null) return dunningCase.pass;
  const cause = causeOf(dunningCase);
  return {
    number: dunningCase.passCount + 1,
    cause,
    startedAt: now,
    refusals: cause === 'new' ? countStripesTry(situation) : [],
  };
}

/** The case with this pass under way; unchanged where it is already. */
export function withPass(dunningCase: DunningCase, pass: Pass): DunningCase {
  if (dunningCase.pass !== null) return dunningCase;
  return {
    ...dunningCase,
    ...noteRefusals(dunningCase, pass.refusals),
    pass,
    passCount: pass.number,
    retryServed: dunningCase.retryWanted,
  };
}

function causeOf(dunningCase: DunningCase): PassCause {
  if (dunningCase.passCount === 0) return 'new';
  return dunningCase.retryWanted > dunningCase.retryServed ? 'wanted' : 'scheduled';
}

/**
 * Stripe's own refusal of the primary counts as its try in the first pass where trying again
 * at once would be wasted; after a generic or transient one the primary is tried once more.
 */
function countStripesTry(situation: Situation): readonly Refusal[] {
  const { primary } = situation;
  if (primary === null) return [];
  const newest = situation.facts.charges.find((charge) => charge.method === primary.method.method);
  if (newest === undefined || newest.status !== 'failed' || newest.codes === null) return [];
  if (isOutlived(newest, primary.method)) return [];
  const kind = classifyDecline(newest.codes, newest.brand);
  if (mayTryAgainAtOnce(kind)) return [];
  return [
    {
      role: 'primary',
      method: primary.method.method,
      revision: primary.method.revision,
      kind,
      codes: newest.codes,
      at: newest.createdAt,
      by: 'stripe',
    },
  ];
}
