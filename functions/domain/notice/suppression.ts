import type { PersonId } from '../customer/person.ts';
import type { Instant } from '../time.ts';

/** Why nothing is sent to an address any more. */
export type SuppressionCause = 'bounce' | 'complaint';

/** An address to which nothing is sent, until staff lift this: the person by the hash of it. */
export interface Suppression {
  readonly person: PersonId;
  readonly why: SuppressionCause;
  /** When SES told of it. */
  readonly at: Instant;
  /** When staff last lifted it; `null` while it stands. */
  readonly liftedAt: Instant | null;
  readonly version: number;
}

/** Why nothing is sent to the address; `null` where mails are. */
export const standingSuppression = (suppression: Suppression | null): SuppressionCause | null =>
  suppression === null || suppression.liftedAt !== null ? null : suppression.why;

/**
 * What is to be written of an address that sent a mail back; `null` where nothing is: it is
 * suppressed already, or the mail is older than what staff decided since.
 * @param found What SES told; `mailedAt` is when the mail was sent.
 */
export function suppress(
  stored: Suppression | null,
  found: { readonly person: PersonId; readonly why: SuppressionCause; readonly mailedAt: Instant },
  now: Instant,
): Suppression | null {
  const { person, why, mailedAt } = found;
  if (stored === null) return { person, why, at: now, liftedAt: null, version: 1 };
  if (stored.liftedAt === null || mailedAt <= stored.liftedAt) return null;
  return { person, why, at: now, liftedAt: null, version: stored.version + 1 };
}

/** The suppression once staff lifted it. */
export const liftSuppression = (standing: Suppression, now: Instant): Suppression => ({
  ...standing,
  liftedAt: now,
  version: standing.version + 1,
});

/** That an address was suppressed: one fact, however often SES tells of it. */
export const suppressionFact = ({ person, version }: Suppression): string => `${person}-${version}`;
