import { noteRefusals } from '../attempt/note-try.ts';
import {
  type DunningCase,
  isAskedFor,
  type Pass,
  type PassCause,
  type Refusal,
} from '../case/dunning-case.ts';
import { classifyDecline, networkWaitMs } from '../decline/decline.ts';
import { isForPayday } from './fallback.ts';
import { isOutlived } from './is-outlived.ts';
import type { Candidate, Situation } from './situation.ts';
import { type StandingRefusal, standingRefusals } from './standing-refusals.ts';

/** The pass under way, or the next one, which serves all retries that are wanted by now. */
export function currentPass(situation: Situation): Pass {
  const { dunningCase, now } = situation;
  if (dunningCase.pass !== null) return dunningCase.pass;
  const begun: Pass = {
    number: dunningCase.passCount + 1,
    cause: causeOf(situation),
    startedAt: now,
    refusals: [],
  };
  return { ...begun, refusals: countedRefusals(situation, begun) };
}

/** The case with this pass under way; unchanged where it is already. */
export function withPass(dunningCase: DunningCase, pass: Pass): DunningCase {
  const { waitsFor, ...awake } = dunningCase;
  const goingOn = waitsFor === undefined ? dunningCase : awake;
  if (dunningCase.pass !== null) return goingOn;
  const { unaskedRetries, ...served } = goingOn;
  return {
    ...served,
    ...noteRefusals(dunningCase, pass.refusals),
    pass,
    passCount: pass.number,
    retryServed: dunningCase.retryWanted,
  };
}

function causeOf({ dunningCase, now }: Situation): PassCause {
  const { passCount, retryWanted, retryServed, nextScheduledAt, fallbackAt } = dunningCase;
  if (passCount === 0) return 'new';
  if (isAskedFor(dunningCase)) return 'wanted';
  const isTime = (at: number | null | undefined) => at != null && at <= now;
  // A pass of the schedule does what the fallback waited for as well.
  if (isTime(nextScheduledAt)) return 'scheduled';
  return isTime(fallbackAt) || retryWanted > retryServed ? 'fallback' : 'scheduled';
}

/** The refusal of the primary that counts as its try in this pass, if one does. */
function countedRefusals(situation: Situation, pass: Pass): readonly Refusal[] {
  const { primary } = situation;
  if (primary === null) return [];
  switch (pass.cause) {
    case 'new':
      return countStripesTry(situation, primary);
    case 'fallback':
      return countStandingRefusal(situation, pass, primary);
    case 'scheduled':
    case 'wanted':
      return [];
  }
}

/**
 * Stripe's own refusal of the primary counts as its try in the first pass where trying again at
 * once would be wasted: by the policy for its kind, or because the network asks to wait.
 */
function countStripesTry({ facts, policy }: Situation, primary: Candidate): readonly Refusal[] {
  const { method } = primary.method;
  const newest = facts.charges.find((charge) => charge.method === method);
  if (newest === undefined || newest.status !== 'failed' || newest.codes === null) return [];
  if (isOutlived(newest, primary.method)) return [];
  const { codes, brand, createdAt: at } = newest;
  const kind = classifyDecline(codes, brand);
  const asksToWait = networkWaitMs(codes, brand) !== null;
  if (policy.declines[kind].tryAgainAtOnce && !asksToWait) return [];
  return [refusalOf(primary, { kind, codes, at }, 'stripe')];
}

/**
 * Nothing has happened to the primary since it was refused, so that its refusal counts as its try.
 * Where the policy waits for payday, payday is what has happened: then it is tried first.
 */
function countStandingRefusal(
  situation: Situation,
  pass: Pass,
  primary: Candidate,
): readonly Refusal[] {
  const [refused] = standingRefusals(situation, primary);
  if (refused === undefined || isForPayday(situation, pass, refused.kind)) return [];
  const by = situation.dunningCase.attemptCount === 0 ? 'stripe' : 'backstop';
  return [refusalOf(primary, refused, by)];
}

const refusalOf = (
  { method: { method, revision } }: Candidate,
  { kind, codes, at }: Pick<StandingRefusal, 'kind' | 'codes' | 'at'>,
  by: Refusal['by'],
): Refusal => ({ role: 'primary', method, revision, kind, codes, at, by });
