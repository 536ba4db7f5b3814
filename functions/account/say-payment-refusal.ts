import { problem } from '../api/problems.ts';
import type { MethodRefusal, PaymentRefusal } from '../domain/attempt/refuse-payment.ts';
import { isoInstant } from '../domain/time.ts';
import type { Problem } from '../runtime/problem.ts';

export const noSuchCase = problem(
  'not-found',
  'There is no failed payment of this invoice. Look at the list again.',
);
export const noSuchMethod = problem(
  'not-found',
  'There is no such payment method. Add one first, or choose one of the list.',
);
export const noSecret = problem(
  'case-ended',
  'Stripe has nothing to pay for this invoice any more. Look at it again in a minute.',
);
export const changedTooOften = problem(
  'changed-meanwhile',
  'The invoice is being worked on just now. Try again in a minute.',
  { retryAfterSeconds: 60 },
);
export const tooManyPayments = (retryAfterSeconds: number) =>
  problem('too-many-requests', 'That was asked for too often. Wait a while and try again.', {
    retryAfterSeconds,
  });

export function sayPaymentRefusal(refusal: PaymentRefusal): Problem {
  switch (refusal.refused) {
    case 'ended':
      return problem('case-ended', 'Nothing is left to pay for this invoice.');
    case 'handed_back':
      return problem(
        'case-ended',
        'This invoice is not collected here any more. Pay it on its own page at Stripe.',
      );
    case 'observe':
    case 'stopped':
      return problem(
        'charging-stopped',
        'Payments are switched off here at the moment. Try again later, or pay the invoice on its own page at Stripe.',
      );
    case 'held':
      return problem(
        'case-held',
        `The business has stopped charges for this invoice until ${isoInstant(refusal.until)}. Ask its support.`,
      );
    case 'under_way': {
      const since = refusal.since === null ? '' : ` since ${isoInstant(refusal.since)}`;
      return problem(
        'payment-under-way',
        `A payment of this invoice is under way${since}. Look again when it has ended.`,
        { retryAfterSeconds: 60 },
      );
    }
  }
}

/** Why the card was refused for good is not said: it may be that it was stolen. */
export function sayMethodRefusal(refusal: MethodRefusal): Problem {
  if (refusal === 'removed') return noSuchMethod;
  if (refusal === 'blocked') {
    return problem(
      'method-not-payable',
      'This payment method was refused and cannot be used as it is. Correct its data, or use another one.',
    );
  }
  const until = isoInstant(refusal.cappedUntil);
  return problem(
    'method-not-payable',
    `This card was tried as often as its network allows. Use another one, or wait until ${until}.`,
  );
}
