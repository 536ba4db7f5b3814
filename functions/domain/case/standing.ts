import type { Extension } from '../customer/customer.ts';
import type { InvoiceId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { Instant } from '../time.ts';
import type { DunningCase } from './dunning-case.ts';
import { isUnpaidSinceEnd, whereEndStands } from './end-of-dunning.ts';

/**
 * Whether the business should go on serving a customer:
 * - `good`: nothing is open;
 * - `past_due`: an invoice is not paid, or a payment is asked back; access goes on;
 * - `grace`: the same, and access ends at `until` unless it is paid;
 * - `suspended`: the announced end has come, the invoice is not paid, and no extension stands.
 */
export type StandingKind = 'good' | 'past_due' | 'grace' | 'suspended';

export interface Standing {
  readonly standing: StandingKind;
  /** Since when there is a reason for it; `null` of `good`. */
  readonly since: Instant | null;
  /** Of `grace` only: when it ends; `null` while a payment that is under way may settle it. */
  readonly until: Instant | null;
  /** Every invoice that stands in the way, the oldest case first. */
  readonly why: readonly StandingReason[];
}

export interface StandingReason {
  readonly invoice: InvoiceId;
  /** What is still to be paid, or was asked back. */
  readonly amountDue: Money;
  /** `processing`: a payment is on its way; `asked_back`: it was paid and is disputed or reversed. */
  readonly reason: 'unpaid' | 'processing' | 'asked_back';
}

type OfCase = Omit<Standing, 'why'> & { readonly why: StandingReason };

/**
 * The standing of a customer at `now`, of what the table holds: exact without any sweep, since
 * every date in it was announced before. The worst case decides.
 */
export function standingOf(
  extension: Extension | null,
  cases: readonly DunningCase[],
  now: Instant,
): Standing {
  const found = cases
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .flatMap((each) => standingOfCase(each, extension, now) ?? []);
  const worst = found.reduce<StandingKind>(
    (kind, each) => (rank[each.standing] > rank[kind] ? each.standing : kind),
    'good',
  );
  const deciding = found.filter(({ standing }) => standing === worst);
  const times = (of: 'since' | 'until') => deciding.flatMap((each) => each[of] ?? []);
  return {
    standing: worst,
    since: earliest(times('since')),
    until: earliest(times('until')),
    why: found.map(({ why }) => why),
  };
}

const rank: Readonly<Record<StandingKind, number>> = {
  good: 0,
  past_due: 1,
  grace: 2,
  suspended: 3,
};

const earliest = (times: readonly Instant[]): Instant | null =>
  times.length === 0 ? null : Math.min(...times);

/** `null` where the case says nothing against the customer. */
function standingOfCase(
  dunningCase: DunningCase,
  extension: Extension | null,
  now: Instant,
): OfCase | null {
  const why = reasonOf(dunningCase);
  if (why === null) return null;
  const { end, createdAt } = dunningCase;
  if (end?.access === 'suspend' && why.reason !== 'asked_back') {
    const stands = whereEndStands(dunningCase, extension, now);
    if (stands?.end === 'come') {
      return { standing: 'suspended', since: stands.since, until: null, why };
    }
    const until = stands?.end === 'ahead' ? stands.at : null;
    return { standing: 'grace', since: end.announcedAt, until, why };
  }
  return { standing: 'past_due', since: askedBackAt(dunningCase) ?? createdAt, until: null, why };
}

function reasonOf(dunningCase: DunningCase): StandingReason | null {
  const { invoice, amountDue, progress } = dunningCase;
  switch (progress.state) {
    case 'recovered':
    case 'closed': {
      const [first] = askedBack(dunningCase);
      if (first !== undefined) return { invoice, amountDue: first.amount, reason: 'asked_back' };
      if (amountDue === null || !isUnpaidSinceEnd(dunningCase)) return null;
      return { invoice, amountDue, reason: 'unpaid' };
    }
    default:
      // Stripe was not asked yet: the invoice may be paid, or none of ours.
      if (amountDue === null) return null;
      return {
        invoice,
        amountDue,
        reason: progress.state === 'processing' ? 'processing' : 'unpaid',
      };
  }
}

/** A warning of fraud asks nothing back. */
const askedBack = ({ troubles = [] }: DunningCase) =>
  troubles.filter(({ kind }) => kind === 'dispute' || kind === 'reversal');

const askedBackAt = (dunningCase: DunningCase): Instant | null => {
  const { state } = dunningCase.progress;
  if (state !== 'recovered' && state !== 'closed') return null;
  return earliest(askedBack(dunningCase).map(({ at }) => at));
};
