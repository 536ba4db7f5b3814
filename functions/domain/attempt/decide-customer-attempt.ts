import type {
  AttemptOutcome,
  AttemptRole,
  CustomerAttempt,
  OpenAttempt,
} from '../case/dunning-case.ts';
import type { Situation } from '../pass/situation.ts';
import type { ChargeFacts } from '../stripe/stripe-facts.ts';
import { chargesSince, outcomeOf } from './decide-open-attempt.ts';

/** What to do with an attempt that the customer makes in their page. */
export type CustomerAttemptStep =
  /** The customer may still be at it. */
  | { readonly step: 'leave' }
  /** It ended so; the attempt names the method that was charged in the end. */
  | {
      readonly step: 'settle';
      readonly attempt: CustomerAttempt;
      readonly outcome: AttemptOutcome;
    };

/**
 * The next step of a customer's own attempt, from what Stripe shows of it. A charge settles it at
 * once: the claim keeps others from charging, not from looking. Without one it is left alone until
 * the claim ends, and then it was given up: should the customer confirm later still, Stripe pays
 * the one PaymentIntent of the invoice once, whoever asks first.
 */
export function decideCustomerAttempt(
  situation: Situation,
  attempt: CustomerAttempt,
): CustomerAttemptStep {
  const { facts, now } = situation;
  const charge = chargeOfCustomer(attempt, situation);
  if (charge !== null) {
    const method = charge.method ?? attempt.method;
    const charged = { ...attempt, method, role: roleOf(situation, method, attempt) };
    return { step: 'settle', attempt: charged, outcome: outcomeOf(charge) };
  }
  const settle = (outcome: AttemptOutcome) => ({ step: 'settle', attempt, outcome }) as const;
  if (facts.status !== 'open') {
    return settle({ kind: 'skipped', why: `the invoice is ${facts.status}` });
  }
  if (attempt.leaseUntil > now) return { step: 'leave' };
  return settle({ kind: 'not_executed', why: 'the customer did not finish it' });
}

/**
 * The charge that came of the attempt. The page may have tried several methods: the one that paid
 * or may still pay counts, otherwise the newest.
 */
function chargeOfCustomer(attempt: CustomerAttempt, { facts }: Situation): ChargeFacts | null {
  const charges = chargesSince(attempt, facts);
  const withStatus = (status: ChargeFacts['status']) =>
    charges.find((charge) => charge.status === status);
  return withStatus('succeeded') ?? withStatus('pending') ?? charges[0] ?? null;
}

function roleOf(
  { primary, secondary }: Situation,
  method: string,
  attempt: Pick<OpenAttempt, 'method' | 'role'>,
): AttemptRole {
  if (method === attempt.method) return attempt.role;
  if (method === primary?.method.method) return 'primary';
  return method === secondary?.method.method ? 'secondary' : 'spare';
}
