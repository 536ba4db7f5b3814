import type { PaymentMethodId } from '../ids.ts';
import type { InvoiceFacts } from '../stripe/stripe-facts.ts';
import type { AttemptRole, Debit, DunningCase, OpenAttempt, Owed } from './dunning-case.ts';

/**
 * What an attempt keeps of the subscription's default, where its success would move it.
 * @param chosen The primary as we have it. Where Stripe would charge another, that one is about to
 * go: a fallback for another invoice has just made it the default, or the choice is not written yet.
 */
export function defaultToRestore(
  role: AttemptRole,
  { subscription: facts, primary }: InvoiceFacts,
  chosen: PaymentMethodId | null,
): Pick<OpenAttempt, 'subscriptionDefault'> {
  if (role === 'primary' || facts === null || !facts.savesDefault) return {};
  const { subscription, defaultMethod } = facts;
  const isGoing = chosen !== null && chosen !== (primary?.method ?? null);
  return { subscriptionDefault: { subscription, method: isGoing ? chosen : defaultMethod } };
}

/**
 * Stripe makes whatever pays the default of a subscription that saves it: after a fallback the
 * next renewal would charge the backup first.
 */
export function owedDefault({ role, method, subscriptionDefault, primarySetBy }: Debit): Owed[] {
  if (role === 'primary' || subscriptionDefault === undefined) return [];
  if (subscriptionDefault.method === method) return [];
  return [
    {
      kind: 'restore_default',
      before: subscriptionDefault,
      promoted: method,
      primarySetBy: primarySetBy ?? 0,
    },
  ];
}

/**
 * Whether Stripe charges this method by itself only because a fallback with it paid, or is about to
 * be known to have paid: it is no primary that anybody chose, and about to be set back.
 */
export const isPromoted = (
  method: PaymentMethodId | null,
  cases: readonly DunningCase[],
): boolean =>
  cases.some(({ openAttempt, progress, owed }) => {
    const debit = progress.state === 'processing' ? progress.debit : undefined;
    const isTried = [openAttempt, debit].some(
      (each) => each?.subscriptionDefault !== undefined && each.method === method,
    );
    const isOwed = owed.some((each) => each.kind === 'restore_default' && each.promoted === method);
    return isTried || isOwed;
  });
