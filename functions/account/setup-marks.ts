import type { SetupRole } from '../domain/customer/decide-set-up.ts';
import type { Consent } from '../domain/customer/payment-method.ts';
import type { SetupIntentFacts } from '../domain/stripe/stripe-methods.ts';

/**
 * What a SetupIntent of ours carries in its metadata: which role the method is for, for whom it was
 * made, and what was agreed to. Only a holder of the secret key can write metadata; so nothing of
 * it has to be stored here, and nothing is lost with a process. Stripe: a value has at most 500
 * characters (docs.stripe.com/api/metadata).
 */
export type SetupMarks = Readonly<Record<string, string>>;

const longestValue = 500;

/** @param madeFor A hash that names the session or the staff; no secret. */
export const marksOf = (
  role: SetupRole,
  madeFor: string,
  consent: Extract<Consent, { readonly source: 'portal' }> | null,
): SetupMarks => ({
  backstop_role: role,
  backstop_for: madeFor,
  ...(consent && {
    backstop_consent: consent.textVersion,
    ...(consent.language !== undefined && { backstop_consent_language: consent.language }),
    backstop_consent_address: consent.address.slice(0, longestValue),
    backstop_consent_agent: consent.userAgent.slice(0, longestValue),
  }),
});

/** The role that the SetupIntent was made for; `null` where it is none of ours. */
export function roleOf({ metadata }: SetupIntentFacts): SetupRole | null {
  const { backstop_role: role } = metadata;
  return role === 'primary' || role === 'secondary' || role === 'spare' ? role : null;
}

/** What was agreed to when it was made. */
export function consentOf({ metadata, createdAt }: SetupIntentFacts): Consent | null {
  const { backstop_consent: textVersion, backstop_consent_language: language } = metadata;
  if (textVersion === undefined) return null;
  return {
    source: 'portal',
    textVersion,
    ...(language !== undefined && { language }),
    address: metadata.backstop_consent_address ?? '',
    userAgent: metadata.backstop_consent_agent ?? '',
    at: createdAt,
  };
}

/** Whether it can still be confirmed, and was made for the very same. */
export const isOpenFor = (
  { status, metadata, clientSecret }: SetupIntentFacts,
  marks: SetupMarks,
): boolean =>
  clientSecret !== null &&
  ['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(status) &&
  Object.keys({ ...metadata, ...marks }).every((name) => metadata[name] === marks[name]);
