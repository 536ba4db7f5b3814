import type { RequestInfo } from '../api/operation.ts';
import type { Consent } from '../domain/customer/payment-method.ts';
import type { Instant } from '../domain/time.ts';

/** A consent as it is given on the page: to which text, when, and from where. */
export const portalConsent = (
  { textVersion }: { readonly textVersion: string },
  { address, userAgent }: RequestInfo,
  at: Instant,
): Extract<Consent, { readonly source: 'portal' }> => ({
  source: 'portal',
  textVersion,
  address,
  userAgent,
  at,
});
