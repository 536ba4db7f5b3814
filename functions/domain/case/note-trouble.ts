import { isDebit } from '../customer/is-debit.ts';
import type { DisputeFacts, KnownCharge, WarningFacts } from '../stripe/stripe-troubles.ts';
import type { Instant } from '../time.ts';
import type { DunningCase, HistoryEvent, Trouble, TroubleEnd } from './dunning-case.ts';
import { next, tellAll } from './next-version.ts';

/** A dispute or warning at Stripe as a trouble of the case that its charge paid. */
export interface FoundTrouble {
  readonly trouble: Trouble;
  readonly outcome: DisputeFacts['outcome'];
}

/** A dispute of a bank debit is the bank's return of it: the money is gone, nobody is asked. */
export function troubleOfDispute(charge: KnownCharge, dispute: DisputeFacts): FoundTrouble {
  const { dispute: source, reason, amount, createdAt: at, outcome } = dispute;
  const kind = charge.methodType !== null && isDebit(charge.methodType) ? 'reversal' : 'dispute';
  const { charge: id, method } = charge.facts;
  return { trouble: { source, kind, reason, charge: id, method, amount, at }, outcome };
}

/** A warning never ends by itself at Stripe: staff say what becomes of it. */
export function troubleOfWarning({ facts }: KnownCharge, warning: WarningFacts): FoundTrouble {
  const { warning: source, fraudType: reason, createdAt: at } = warning;
  const { charge, method, amount } = facts;
  const kind = 'early_fraud_warning';
  return { trouble: { source, kind, reason, charge, method, amount, at }, outcome: 'open' };
}

/**
 * Whether the trouble says that the method may not be charged without the customer. A debit that
 * came back for want of money says no more than a refusal for it does.
 */
export const standsAgainstMethod = ({ kind, reason }: Trouble): boolean =>
  !(kind === 'reversal' && reason === 'insufficient_funds');

/** Whether the case knows of it, so that what staff have dealt with does not come back. */
export const isKnown = (history: readonly HistoryEvent[], { source }: Trouble): boolean =>
  history.some((event) => event.kind === 'trouble' && event.trouble.source === source);

/**
 * The case with what Stripe shows of a dispute or warning; the same case where it has nothing new.
 * What was won without ever being known here needs nobody.
 * @param history All that happened to the case, what it still owes included.
 */
export function noteTrouble(
  dunningCase: DunningCase,
  history: readonly HistoryEvent[],
  { trouble, outcome }: FoundTrouble,
  now: Instant,
): DunningCase {
  const { source, kind } = trouble;
  const isNew = !isKnown(history, trouble);
  if (isNew && outcome === 'won') return dunningCase;
  const troubles = dunningCase.troubles ?? [];
  const added = isNew ? [...troubles, trouble] : troubles;
  const isOver = (how: TroubleEnd) =>
    history.some(
      (event) => event.kind === 'trouble_ended' && event.source === source && event.how === how,
    );
  const won = outcome === 'won' && added.some((each) => each.source === source);
  // A lost one stays until staff have dealt with it: the money is gone.
  const lost = outcome === 'lost' && kind !== 'reversal' && !isOver('lost');
  const events: readonly HistoryEvent[] = [
    ...(isNew ? [{ kind: 'trouble', trouble } as const] : []),
    ...(won ? [{ kind: 'trouble_ended', source, how: 'won' } as const] : []),
    ...(lost ? [{ kind: 'trouble_ended', source, how: 'lost' } as const] : []),
  ];
  if (events.length === 0) return dunningCase;
  return next(dunningCase, {
    ...tellAll(dunningCase, events, now),
    troubles: won ? without(added, source) : added,
  });
}

const without = (troubles: readonly Trouble[], source: string): readonly Trouble[] =>
  troubles.filter((each) => each.source !== source);
