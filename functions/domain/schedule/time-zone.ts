import { tzOffset } from '@date-fns/tz';
import type { CustomerFacts, PaymentMethodFacts, Place } from '../stripe/stripe-facts.ts';
import { zoneOfPlace } from './zone-of-country.ts';

/**
 * The customer's IANA time zone: what the business wrote in their metadata, else where they live,
 * else where the primary's bills go. A word that is no zone counts for nothing.
 * @returns `null` where nothing of it is known: the business's own zone stands in.
 */
export function zoneOf(
  { timeZone, place }: Pick<CustomerFacts, 'timeZone' | 'place'>,
  primary: Pick<PaymentMethodFacts, 'billing'> | null,
): string | null {
  if (timeZone !== null && isTimeZone(timeZone)) return timeZone;
  const lives = place === null ? null : zoneOfPlace(place);
  return lives ?? zoneOfBills(primary);
}

function zoneOfBills(primary: Pick<PaymentMethodFacts, 'billing'> | null): string | null {
  const address = primary?.billing.address ?? null;
  if (address === null || address.country === null) return null;
  const place: Place = { country: address.country, state: address.state };
  return zoneOfPlace(place);
}

/**
 * Whether this runtime knows the zone; an offset such as `+02:00` is none, nor is a word with one
 * in it, which `tzOffset` would read as that.
 */
export const isTimeZone = (zone: string): boolean =>
  /^[A-Za-z]/.test(zone) &&
  Number.isFinite(tzOffset(zone, new Date(0))) &&
  (!/[+-]\d\d/.test(zone) || isKnownHere(zone));

function isKnownHere(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
