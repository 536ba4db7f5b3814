import type { RetryMessage } from '../messages.ts';
import type { Instant } from '../time.ts';
import { appointmentAt, type DunningCase, hasEnded } from './dunning-case.ts';
import { isUnpaidSinceEnd } from './end-of-dunning.ts';

/**
 * What a message finds to do at a case:
 * - `attempt`: one is open and its process had its time, or it is the customer's, whose outcome
 *   stands at Stripe as soon as an event or the page says that there is news;
 * - `pass`: one is due, by time or because a retry is wanted;
 * - `look`: nothing is due, but Stripe may have settled the invoice;
 * - `appointment`: time brings the end of dunning, or something to remind the customer of;
 * - `none`: someone else is at it, or it was all done before.
 */
export type Attention = 'attempt' | 'pass' | 'look' | 'appointment' | 'none';

/**
 * The case decides, not the message: one that arrives late or twice starts nothing.
 * @param inPass True for the process that is in the middle of the case's pass: it goes on,
 * where others leave the case until its due time.
 */
export function needsAttention(
  dunningCase: DunningCase,
  type: RetryMessage['type'],
  now: Instant,
  inPass: boolean,
): Attention {
  const { progress, openAttempt, retryWanted, retryServed } = dunningCase;
  if (openAttempt !== null) {
    const mayHaveEnded = openAttempt.initiator === 'customer' && type === 'settle';
    return openAttempt.leaseUntil <= now || mayHaveEnded ? 'attempt' : 'none';
  }
  const wanted = retryWanted > retryServed;
  if (wanted && progress.state !== 'recovered') return 'pass';
  const appointment = appointmentAt(dunningCase);
  const hasAppointment = appointment !== null && appointment <= now;
  if (hasEnded(progress)) {
    // What our own end has closed may be paid still, which brings back what the end has taken.
    const isOpen = progress.state === 'exhausted' || isUnpaidSinceEnd(dunningCase);
    if (isOpen && type === 'settle') return 'look';
    return hasAppointment ? 'appointment' : 'none';
  }
  if (inPass && progress.state === 'due') return 'pass';
  if ('dueAt' in progress && progress.dueAt <= now) return 'pass';
  if (hasAppointment) return 'appointment';
  // While a bank debit is on its way, every event about the invoice is worth a look.
  return type === 'settle' || progress.state === 'processing' ? 'look' : 'none';
}
