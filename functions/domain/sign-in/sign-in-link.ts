import type { PersonId } from '../customer/person.ts';
import type { CustomerId } from '../ids.ts';
import { type Instant, minuteMs } from '../time.ts';
import type { SignedOut } from './session.ts';

/** What lets one person sign in once. Known by the hash of the token in its address. */
export interface SignInLink {
  /** SHA-256 of the token, as hex. */
  readonly id: string;
  readonly person: PersonId;
  /** For whom they will act; `null` where they choose after they have signed in. */
  readonly customer: CustomerId | null;
  /** Where the business wants its customer back, from its list of allowed places. */
  readonly returnUrl: string | null;
  readonly createdAt: Instant;
  readonly usedAt: Instant | null;
  readonly version: number;
}

/** A link is good for this long. */
export const linkMs = 10 * minuteMs;

export const createLink = (
  link: Pick<SignInLink, 'id' | 'person' | 'customer' | 'returnUrl'>,
  now: Instant,
): SignInLink => ({ ...link, createdAt: now, usedAt: null, version: 1 });

export const linkExpiresAt = ({ createdAt }: SignInLink): Instant => createdAt + linkMs;

/** The used link, for a conditional write; `null` where it lets nobody in any more. */
export const consumeLink = (link: SignInLink, now: Instant): SignInLink | null =>
  link.usedAt !== null || now >= linkExpiresAt(link)
    ? null
    : { ...link, usedAt: now, version: link.version + 1 };

/** Whether the person signed out everywhere after the link was made: then it lets nobody in. */
export const isRevoked = (link: SignInLink, signedOut: SignedOut | null): boolean =>
  signedOut !== null && signedOut.at >= link.createdAt;

/**
 * The address that is mailed. The token stands behind the `#`: what stands there is sent to no
 * server, so that it is in no log, and a scanner of mails that opens it uses nothing up.
 */
export const linkUrl = (portalOrigin: string, token: string): string =>
  `${portalOrigin}/#/sign-in/${token}`;
