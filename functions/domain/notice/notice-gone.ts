import type { DunningCase } from '../case/dunning-case.ts';
import { isUnpaidSinceEnd } from '../case/end-of-dunning.ts';
import { standingOf } from '../case/standing.ts';
import type { Customer } from '../customer/customer.ts';
import type { NoticeMessage } from '../messages.ts';
import type { Instant } from '../time.ts';

/** What is known of the customer at the last read before the mail is sent. */
interface Known {
  readonly customer: Pick<Customer, 'extension'>;
  readonly cases: readonly DunningCase[];
}

/** Why a mail would tell what is no longer so; `null` where it still is. */
export function whyNoticeIsGone(
  { notice, invoice }: Pick<NoticeMessage, 'notice' | 'invoice'>,
  known: Known | null,
  now: Instant,
): string | null {
  const dunningCase = known?.cases.find((each) => each.invoice === invoice);
  if (known === null || dunningCase === undefined) return null;
  const { state } = dunningCase.progress;
  const ended = state === 'recovered' || state === 'closed' ? `the case is ${state}` : null;
  switch (notice.kind) {
    case 'secondary_charged':
    case 'address_unreachable':
      return null;
    case 'payment_failed':
    case 'authentication_needed':
      return ended;
    case 'last_try_ahead':
      return ended ?? (state === 'exhausted' ? 'the last try is over' : null);
    case 'end_ahead':
      return ended ?? (dunningCase.end?.doneAt === null ? null : 'the end has come');
    case 'dunning_ended':
      // What the end itself closes is what the mail tells of.
      return isUnpaidSinceEnd(dunningCase) ? null : ended;
    case 'access_restored': {
      const { standing } = standingOf(known.customer.extension, known.cases, now);
      return standing === 'suspended' ? 'another invoice keeps the access suspended' : null;
    }
  }
}
