import { apiVersion } from '../transaction.ts';
import { invalidParameter } from './answer.ts';
import { type Reader, text } from './parameters.ts';

/**
 * Stripe's API versions from the newest back to the one that renamed `billing` to
 * `collection_method` (docs.stripe.com/changelog). A version that is not in it is refused, as
 * Stripe refuses one that never was.
 */
const versions: readonly string[] = [
  apiVersion,
  '2026-09-30.endive',
  '2026-08-26.dahlia',
  '2026-07-29.dahlia',
  '2026-06-24.dahlia',
  '2026-05-27.dahlia',
  '2026-04-22.dahlia',
  '2026-03-25.dahlia',
  '2026-02-25.clover',
  '2026-01-28.clover',
  '2025-12-15.clover',
  '2025-11-17.clover',
  '2025-10-29.clover',
  '2025-09-30.clover',
  '2025-08-27.basil',
  '2025-07-30.basil',
  '2025-06-30.basil',
  '2025-05-28.basil',
  '2025-04-30.basil',
  '2025-03-31.basil',
  '2025-02-24.acacia',
  '2025-01-27.acacia',
  '2024-12-18.acacia',
  '2024-11-20.acacia',
  '2024-10-28.acacia',
  '2024-09-30.acacia',
  '2024-06-20',
  '2024-04-10',
  '2023-10-16',
  '2023-08-16',
  '2022-11-15',
  '2022-08-01',
  '2020-08-27',
  '2020-03-02',
  '2019-12-03',
  '2019-11-05',
  '2019-10-17',
];

/**
 * The version at which a request is read that names none. Every Stripe account has such a
 * default, the version of the day it was opened; the local one was opened under the last
 * version before `endive`. Stripe's own CLI names no version and still sends what `endive`
 * removed (`payment_method_types`), which an account opened under `endive` would refuse.
 */
export const accountDefaultVersion = '2026-08-26.dahlia';

export function isApiVersion(word: string): boolean {
  return versions.includes(word);
}

/** Whether requests of this version are read as before `change`; versions begin with their day. */
export function isBefore(version: string, change: string): boolean {
  return version < change;
}

/** A version as a parameter. @throws Refusal for one that never was. */
export const knownVersion: Reader<string> = (value, name) => {
  const version = text(value, name);
  if (!isApiVersion(version)) throw invalidParameter(`Invalid API version: ${version}`, name);
  return version;
};
