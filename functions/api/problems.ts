import type { Problem } from '../runtime/problem.ts';

/**
 * Every refusal of the two APIs, by the last part of its stable `type`. What a caller may do
 * about it stands in the `detail` of the single answer.
 */
export const problems = {
  'invalid-request': { status: 400, title: 'The request does not fit' },
  'card-number': { status: 400, title: 'A card number must not be sent here' },
  'not-signed-in': { status: 401, title: 'Nobody is signed in' },
  'other-origin': { status: 403, title: 'The request comes from another site' },
  'not-allowed': { status: 403, title: 'This member may not do that' },
  'no-customer-chosen': { status: 403, title: 'No customer is chosen' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'tax-id-form': { status: 400, title: 'The tax id does not have the form of its type' },
  'already-member': { status: 409, title: 'This person is a member already' },
  'last-owner': { status: 409, title: 'This is the last owner' },
  'too-many-members': { status: 409, title: 'There are too many members' },
  'case-ended': { status: 409, title: 'There is nothing to pay any more' },
  'payment-under-way': { status: 409, title: 'A payment is under way' },
  'case-held': { status: 409, title: 'The business has stopped charges for this invoice' },
  'charging-stopped': { status: 409, title: 'Nothing is charged at the moment' },
  'method-not-payable': { status: 409, title: 'This payment method cannot be used' },
  'consent-missing': { status: 409, title: 'The customer has not agreed to this' },
  'same-card': { status: 409, title: 'This is one and the same card' },
  'method-in-use': { status: 409, title: 'A payment with this method is under way' },
  'method-needed': { status: 409, title: 'There would be nothing left to charge' },
  'replacement-needed': { status: 409, title: 'Another method has to take its place' },
  'setup-not-finished': { status: 409, title: 'The new payment method is not ready' },
  'changed-meanwhile': { status: 409, title: 'Somebody else changed it meanwhile' },
  'being-handed-back': { status: 409, title: 'The invoice is being handed back to Stripe' },
  'not-a-bank-account': { status: 409, title: 'The method is no bank account that can be debited' },
  'no-mandate': { status: 409, title: 'The bank account has no active mandate' },
  'link-used-up': { status: 410, title: 'This link lets nobody in any more' },
  'refused-by-stripe': { status: 422, title: 'Stripe refused it' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'not-json': { status: 415, title: 'The body is not JSON' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'stripe-unavailable': { status: 503, title: 'Stripe does not answer' },
} as const satisfies Readonly<Record<string, { status: number; title: string }>>;

export type ProblemName = keyof typeof problems;

/** @param detail What happened and what to do about it, as whole sentences. */
export const problem = (
  name: ProblemName,
  detail: string,
  more: Pick<Problem, 'errors' | 'offered' | 'retryAfterSeconds'> = {},
): Problem => ({ type: `urn:backstop:problem:${name}`, ...problems[name], detail, ...more });
