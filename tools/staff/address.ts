import type { Address } from '../../functions/domain/customer/billing-info.ts';
import { type Given, type Option, text } from './command.ts';

const line = (says: string): Option => ({ value: 'TEXT', says });

/** How an address is typed, line by line. */
export const addressOptions: Readonly<Record<string, Option>> = {
  line1: line('street and number'),
  line2: line('what the first line has no room for'),
  city: line('the town'),
  'postal-code': line('the postal code'),
  state: line('the state or region'),
  country: { value: 'CC', says: 'two letters: DE' },
};

/** The address with what was typed; what was not stays as it was. */
export function addressOf(given: Given, old: Address | null): Address {
  return {
    line1: text(given, 'line1') ?? old?.line1 ?? null,
    line2: text(given, 'line2') ?? old?.line2 ?? null,
    city: text(given, 'city') ?? old?.city ?? null,
    postalCode: text(given, 'postal-code') ?? old?.postalCode ?? null,
    state: text(given, 'state') ?? old?.state ?? null,
    country: text(given, 'country') ?? old?.country ?? null,
  };
}
