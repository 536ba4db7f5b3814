import type { InvoiceId, PaymentMethodId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { DunningCase, OpenAttempt } from './dunning-case.ts';

/** A payment that was started and may still complete, whatever was changed since. */
export interface PaymentUnderWay {
  readonly invoice: InvoiceId;
  /** `null` for a debit that the bank has begun to carry out. */
  readonly startedAt: Instant | null;
}

export const paymentsUnderWay = (cases: readonly DunningCase[]): readonly PaymentUnderWay[] =>
  cases.flatMap(({ invoice, openAttempt, progress }): PaymentUnderWay[] => {
    if (openAttempt !== null) return [{ invoice, startedAt: openAttempt.startedAt }];
    return progress.state === 'processing' ? [{ invoice, startedAt: null }] : [];
  });

/** Whether a payment of this case with this method may still complete. */
export const paysWith = (
  { openAttempt, progress }: Pick<DunningCase, 'openAttempt' | 'progress'>,
  method: PaymentMethodId,
): boolean =>
  methodOf(openAttempt) === method ||
  (progress.state === 'processing' && progress.debit?.method === method);

const methodOf = (attempt: OpenAttempt | null): PaymentMethodId | null => attempt?.method ?? null;
