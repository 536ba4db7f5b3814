import { safeReason } from './decline.ts';
import type { Debit, Owed, Pass } from './dunning-case.ts';
import type { CardLabel, NoticeContent } from './messages.ts';
import type { Candidate, Situation } from './situation.ts';
import type { Instant } from './time.ts';

export function noticeOfSuccess(situation: Situation, attempt: Debit): Owed[] {
  const { dunningCase, facts, primary, secondary } = situation;
  // Who pays in their page sees it there.
  if (attempt.initiator === 'customer') return [];
  if (attempt.role !== 'secondary' || secondary === null) return [];
  const refusal = dunningCase.pass?.refusals.find(
    (each) => each.role === 'primary' && each.method === primary?.method.method,
  );
  const notice: NoticeContent = {
    kind: 'secondary_charged',
    fact: `${dunningCase.invoice}-${attempt.n}`,
    invoiceNumber: facts.number,
    hostedInvoiceUrl: facts.hostedInvoiceUrl,
    amount: dunningCase.amountDue ?? facts.amountDue,
    failed: primary === null ? null : label(primary),
    failedReason: refusal === undefined ? null : safeReason(refusal.kind, refusal.codes),
    charged: label(secondary),
  };
  return [{ kind: 'notice', notice }];
}

/** A pass that a person asked for is answered where it was asked for, not by mail. */
export function noticeOfFailure(
  situation: Situation,
  pass: Pass,
  nextTryAt: Instant | null,
): Owed[] {
  if (pass.cause === 'wanted') return [];
  if (pass.cause === 'scheduled' && pass.refusals.length === 0 && nextTryAt !== null) return [];
  const { dunningCase, facts, primary, secondary } = situation;
  const failed = pass.refusals.flatMap((refusal) => {
    // By method: the roles may have changed since.
    const candidate = [primary, secondary].find((each) => each?.method.method === refusal.method);
    if (candidate === undefined || candidate === null) return [];
    return [{ card: label(candidate), reason: safeReason(refusal.kind, refusal.codes) }];
  });
  const notice: NoticeContent = {
    kind: 'payment_failed',
    fact: `${dunningCase.invoice}-pass-${pass.number}`,
    invoiceNumber: facts.number,
    hostedInvoiceUrl: facts.hostedInvoiceUrl,
    amount: facts.amountDue,
    failed,
    nextTryAt,
  };
  return [{ kind: 'notice', notice }];
}

const label = ({ method }: Candidate): CardLabel => ({
  type: method.type,
  brand: method.brand,
  last4: method.last4,
});
