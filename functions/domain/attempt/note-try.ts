import type { AttemptOutcome, Debit, DunningCase, Refusal, Tried } from '../case/dunning-case.ts';
import { type SafeReason, safeReason } from '../decline/decline.ts';
import type { Instant } from '../time.ts';

type Noted = Pick<DunningCase, 'owed' | 'lastTried'>;

/**
 * What an outcome leaves on the case beside its history: what its customer is shown of the last
 * try of each role, and that the record of the method is to say how it did.
 * @param noted What is to be written of the case; `dunningCase` as it stands.
 */
export function noteOutcome<Told extends Pick<DunningCase, 'owed'>>(
  { lastTried = [] }: DunningCase,
  noted: Told,
  attempt: Debit,
  outcome: AttemptOutcome,
  now: Instant,
): Told & Noted {
  const reason = reasonOf(outcome);
  const { role, method, revision } = attempt;
  const of = { role, method, at: now };
  if (reason !== null) return { ...noted, ...refused(noted.owed, lastTried, of, revision, reason) };
  switch (outcome.kind) {
    case 'succeeded':
      return {
        ...noted,
        owed: [...noted.owed, { kind: 'note_method', method, at: now, refused: null }],
        lastTried: remember(lastTried, { ...of, result: 'paid', reason: null }),
      };
    case 'processing':
      // Of the method it tells nothing yet.
      return {
        ...noted,
        lastTried: remember(lastTried, { ...of, result: 'processing', reason: null }),
      };
    default:
      return noted;
  }
}

/** The same for refusals that are counted as tries of a pass when it begins. */
export const noteRefusals = (
  { owed, lastTried = [] }: DunningCase,
  refusals: readonly Refusal[],
): Noted =>
  refusals.reduce<Noted>(
    (noted, { role, method, at, revision, kind, codes }) =>
      refused(
        noted.owed,
        noted.lastTried ?? [],
        { role, method, at },
        revision,
        safeReason(kind, codes),
      ),
    lastTried.length === 0 ? { owed } : { owed, lastTried },
  );

function refused(
  owed: DunningCase['owed'],
  lastTried: readonly Tried[],
  of: Pick<Tried, 'role' | 'method' | 'at'>,
  revision: number,
  reason: SafeReason,
): Noted {
  const { method, at } = of;
  return {
    owed: [...owed, { kind: 'note_method', method, at, refused: { at, reason, revision } }],
    lastTried: remember(lastTried, { ...of, result: 'refused', reason }),
  };
}

/** Why it was refused; `null` for an outcome that is no definite refusal. */
function reasonOf(outcome: AttemptOutcome): SafeReason | null {
  switch (outcome.kind) {
    case 'declined':
      return safeReason(outcome.decline, outcome.codes);
    case 'requires_action':
      return safeReason('authentication', outcome.codes);
    case 'method_unusable':
      return safeReason('unusable', null);
    default:
      return null;
  }
}

const remember = (tried: readonly Tried[], newest: Tried): readonly Tried[] => [
  ...tried.filter(({ role }) => role !== newest.role),
  newest,
];
