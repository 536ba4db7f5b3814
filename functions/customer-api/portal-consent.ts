import type { GivenConsent } from '../account/consent.ts';
import type { RequestInfo } from '../api/operation.ts';
import type { Consent } from '../domain/customer/payment-method.ts';
import type { Instant } from '../domain/time.ts';

/** A consent as it is given on the page: to which text, in which language, when, and from where. */
export const portalConsent = (
  { textVersion, language }: GivenConsent,
  { address, userAgent }: RequestInfo,
  at: Instant,
): Extract<Consent, { readonly source: 'portal' }> => ({
  source: 'portal',
  textVersion,
  ...(language !== undefined && { language }),
  address,
  userAgent,
  at,
});
