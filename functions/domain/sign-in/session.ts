import type { PersonId } from '../customer/person.ts';
import type { CustomerId } from '../ids.ts';
import { hourMs, type Instant, minuteMs } from '../time.ts';

/** Somebody is signed in. Known by the hash of the cookie's value, never by the value itself. */
export interface Session {
  /** SHA-256 of the cookie's value, as hex. */
  readonly id: string;
  readonly person: PersonId;
  /** For whom they act; `null` until a person with several customers has chosen. */
  readonly customer: CustomerId | null;
  /** How often the person had signed out everywhere when this session began. */
  readonly signOuts: number;
  readonly startedAt: Instant;
  /** Rises while the session is used, at most once in some minutes. */
  readonly usedAt: Instant;
  readonly endedAt: Instant | null;
  /** Where the business wants its customer back, from its list of allowed places. */
  readonly returnUrl: string | null;
  readonly version: number;
}

/**
 * That a person signed out everywhere. `version` counts how often: a session that began at a
 * lower count has ended. Counted instead of timed, so that two clocks need not agree.
 */
export interface SignedOut {
  readonly person: PersonId;
  readonly at: Instant;
  readonly version: number;
}

/** A session that nobody uses ends after this long. */
export const idleMs = 30 * minuteMs;
/** Every session ends after this long. */
export const absoluteMs = 12 * hourMs;
/** The use of a session is written down this often at most: a write costs more than a read. */
const noteUseMs = 5 * minuteMs;

export const startSession = (
  start: Pick<Session, 'id' | 'person' | 'customer' | 'signOuts' | 'returnUrl'>,
  now: Instant,
): Session => ({ ...start, startedAt: now, usedAt: now, endedAt: null, version: 1 });

/** When the session ends at the latest, however much it is used. */
export const lastsUntil = ({ startedAt }: Session): Instant => startedAt + absoluteMs;

/** Whether the session lets nobody in any more. */
export const isOver = (session: Session, signedOut: SignedOut | null, now: Instant): boolean =>
  session.endedAt !== null ||
  now >= session.usedAt + idleMs ||
  now >= lastsUntil(session) ||
  session.signOuts < (signedOut?.version ?? 0);

/** The next version of a session that is used now, or `null` where nothing is to be written. */
export const noteUse = (session: Session, now: Instant): Session | null =>
  now - session.usedAt < noteUseMs
    ? null
    : { ...session, usedAt: now, version: session.version + 1 };

export const endSession = (session: Session, now: Instant): Session => ({
  ...session,
  endedAt: now,
  version: session.version + 1,
});

export const chooseCustomer = (session: Session, customer: CustomerId): Session => ({
  ...session,
  customer,
  version: session.version + 1,
});

export const signOutEverywhere = (
  person: PersonId,
  before: SignedOut | null,
  now: Instant,
): SignedOut => ({ person, at: now, version: (before?.version ?? 0) + 1 });
