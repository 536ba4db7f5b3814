import { type FoundDebit, findDebit } from '../attempt/find-debit.ts';
import { handBackAt, handsBack } from '../case/advance-case.ts';
import type { CloseReason, Pass, Progress, Role } from '../case/dunning-case.ts';
import type { Explanation } from '../case/explanation.ts';
import { findCloseReason } from '../case/find-close-reason.ts';
import type { WouldTry } from '../case/observation.ts';
import { hourMs, type Instant, minuteMs } from '../time.ts';
import { currentPass } from './begin-pass.ts';
import { chooseMethod } from './choose-method.ts';
import { observePass } from './observe-pass.ts';
import type { Candidate, Situation } from './situation.ts';

/** What to do with a case that has no attempt open. */
export type Step =
  | { readonly step: 'close'; readonly reason: CloseReason }
  /** Switch off Stripe's own retries, then look again. */
  | { readonly step: 'take_over' }
  | {
      readonly step: 'charge';
      readonly role: Role;
      readonly candidate: Candidate;
      readonly pass: Pass;
      readonly trace: readonly Explanation[];
    }
  /** Somebody else's payment is on its way no more, and has not paid. */
  | { readonly step: 'unfreeze'; readonly progress: Progress }
  | { readonly step: 'freeze'; readonly until: Instant; readonly trace: readonly Explanation[] }
  | { readonly step: 'wait'; readonly until: Instant; readonly trace: readonly Explanation[] }
  | {
      readonly step: 'end_pass';
      readonly pass: Pass;
      /** From when the secondary may be charged, where only the policy's waiting stands against it. */
      readonly fallbackAt: Instant | null;
      /** Whether the primary waits for its holder, who is to confirm the payment. */
      readonly asksHolder: boolean;
      readonly trace: readonly Explanation[];
    }
  | {
      readonly step: 'observe';
      readonly pass: Pass;
      /** What would be charged, each should the one before be refused. */
      readonly tries: readonly WouldTry[];
      readonly fallbackAt: Instant | null;
      readonly trace: readonly Explanation[];
    }
  /** A bank debit of ours has settled or come back. */
  | { readonly step: 'end_debit'; readonly found: Extract<FoundDebit, { state: 'ended' }> }
  | { readonly step: 'nothing' };

/** A bank debit tells by event when it settles; this is how often we look without one. */
const lookAtProcessingEveryMs = 6 * hourMs;
/** How soon cases go on after the switch allows charges again. */
const lookAgainWhileStoppedMs = 15 * minuteMs;

/** The steps that do not depend on the customer's methods. */
export type EarlyStep = Extract<
  Step,
  { readonly step: 'close' | 'take_over' | 'freeze' | 'unfreeze' | 'wait' | 'nothing' }
>;

/** The part of a situation that is known before the customer's methods are looked at. */
export type EarlySituation = Omit<Situation, 'primary' | 'secondary' | 'primarySetBy'>;

/**
 * The next step of a case, from what Stripe shows and what the table says. Pure: no clock, no
 * I/O; called again after each step has been carried out.
 * @param passIsDue False where only an event asked for a look: then nothing is charged.
 */
export function decideNextStep(situation: Situation, passIsDue: boolean): Step {
  const early = decideEarlyStep(situation, passIsDue);
  if (early !== null) return early;
  const debit = findDebit(situation.dunningCase, situation.facts);
  if (debit?.state === 'ended') return { step: 'end_debit', found: debit };
  const pass = currentPass(situation);
  if (situation.charging === 'observe') {
    return { step: 'observe', pass, ...observePass(situation, pass) };
  }
  const choice = chooseMethod(situation, pass);
  if (choice.role === null) {
    const { fallbackAt, asksHolder } = choice;
    return { step: 'end_pass', pass, fallbackAt, asksHolder, trace: choice.trace };
  }
  const { role, candidate, trace } = choice;
  return { step: 'charge', role, candidate, pass, trace };
}

/** The next step where it is the same whatever the methods are; `null` where it is not. */
export function decideEarlyStep(situation: EarlySituation, passIsDue: boolean): EarlyStep | null {
  const { dunningCase, facts, charging, now } = situation;
  // Our own debit comes first: whatever else becomes of the invoice, it may still take the money.
  const debit = findDebit(dunningCase, facts);
  if (debit !== null) return debit.state === 'ended' ? null : freeze(now);
  const reason = findCloseReason(facts, situation.policy, dunningCase.end);
  if (dunningCase.progress.state === 'closed') return lookAtClosed(reason);
  if (reason !== null) return closeOrWait(situation, reason);
  if (dunningCase.handBackWanted) return closeOrWait(situation, 'handed_back');
  if (facts.paymentProcessing) return freeze(now);
  const { progress } = dunningCase;
  if (progress.state === 'processing' && progress.interrupted !== undefined) {
    return { step: 'unfreeze', progress: progress.interrupted };
  }
  const mayTakeOver = charging === 'own' && facts.autoAdvance;
  // Whoever switched them on again, and whatever is due: there is one owner.
  if (mayTakeOver && dunningCase.ownsCollection) return { step: 'take_over' };
  if (!passIsDue) return { step: 'nothing' };
  if (dunningCase.hold !== null && dunningCase.hold.until > now) {
    const trace: Explanation[] = [{ rule: 'hold', about: dunningCase.hold.reason }];
    return { step: 'wait', until: dunningCase.hold.until, trace };
  }
  if (charging === 'stopped') {
    const trace: Explanation[] = [{ rule: 'charging_stopped', about: null }];
    return { step: 'wait', until: now + lookAgainWhileStoppedMs, trace };
  }
  return mayTakeOver ? { step: 'take_over' } : null;
}

/** What our own end of dunning has closed is looked at until it is paid, or is void. */
const lookAtClosed = (reason: CloseReason | null): EarlyStep =>
  reason === 'paid_elsewhere' || reason === 'voided'
    ? { step: 'close', reason }
    : { step: 'nothing' };

/**
 * A case that hands collecting back stays until taking it over can have no effect any more: that
 * request may be late, and arriving last it would leave the invoice to nobody.
 */
function closeOrWait({ dunningCase, facts, now }: EarlySituation, reason: CloseReason): EarlyStep {
  const until = handBackAt(dunningCase);
  const isGivenBack = handsBack(dunningCase, reason, facts.subscription);
  if (until <= now || !isGivenBack) return { step: 'close', reason };
  const trace: Explanation[] = [{ rule: 'take_over_may_be_under_way', about: reason }];
  return { step: 'wait', until, trace };
}

function freeze(now: Instant): EarlyStep {
  const trace: Explanation[] = [{ rule: 'payment_processing', about: null }];
  return { step: 'freeze', until: now + lookAtProcessingEveryMs, trace };
}
