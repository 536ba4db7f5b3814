import type { DunningCase } from '../case/dunning-case.ts';
import { isUnpaidSinceEnd } from '../case/end-of-dunning.ts';
import { standingOf } from '../case/standing.ts';
import type { Customer } from '../customer/customer.ts';
import type { PaymentMethod } from '../customer/payment-method.ts';
import { roleOf } from '../customer/role-of.ts';
import type { NoticeMessage } from '../messages.ts';
import { expiryOf } from '../reminders/expiry-reminder.ts';
import type { Instant } from '../time.ts';
import type { AccountNotice, InvoiceNotice } from './notice-content.ts';

/** What is known of the customer at the last read before the mail is sent. */
interface Known {
  readonly customer: Pick<Customer, 'extension' | 'primary' | 'secondary'>;
  readonly methods: readonly PaymentMethod[];
  readonly cases: readonly DunningCase[];
}

/** Why a mail would tell what is no longer so; `null` where it still is. */
export function whyNoticeIsGone(
  { notice, invoice }: Pick<NoticeMessage, 'notice' | 'invoice'>,
  known: Known | null,
  now: Instant,
): string | null {
  if (known === null) return null;
  if (notice.kind === 'card_expiring') return whyCardIsMended(notice, known);
  if (!('invoiceNumber' in notice)) return null;
  const dunningCase = known.cases.find((each) => each.invoice === invoice);
  return dunningCase === undefined ? null : whyIsOver(notice, dunningCase, known, now);
}

/** Why nothing is to be done about the card any more. */
function whyCardIsMended(
  { method: id, expMonth, expYear }: Extract<AccountNotice, { kind: 'card_expiring' }>,
  { customer, methods }: Known,
): string | null {
  const method = methods.find((each) => each.method === id);
  if (method === undefined || method.removedAt !== null) return 'the card was removed';
  if (roleOf(customer, method.method) === null) return 'the card has no role any more';
  const isSame = expiryOf(method)?.name === expiryOf({ expMonth, expYear })?.name;
  return isSame ? null : 'the card expires at another time by now';
}

/** Why what is told of an invoice is not so any more. */
function whyIsOver(
  notice: InvoiceNotice,
  dunningCase: DunningCase,
  known: Known,
  now: Instant,
): string | null {
  const { state } = dunningCase.progress;
  const ended = state === 'recovered' || state === 'closed' ? `the case is ${state}` : null;
  switch (notice.kind) {
    case 'secondary_charged':
    case 'recovered':
      return null;
    case 'debit_started':
      return ended ?? (state === 'processing' ? null : 'the debit is over');
    case 'payment_failed':
    case 'debit_returned':
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
