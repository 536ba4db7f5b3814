import { isDebit } from '../customer/is-debit.ts';
import { type SafeReason, safeReason } from '../decline/decline.ts';
import type { CardLabel } from '../notice/notice-content.ts';
import type { Candidate, Situation } from '../pass/situation.ts';
import type { Instant } from '../time.ts';
import type { Debit, DunningCase, Owed, Pass, Refusal } from './dunning-case.ts';
import { noticeOfRestoration, owe } from './end-notices.ts';

/** @param when A bank debit is known to be paid days after it began. */
export function noticeOfSuccess(
  situation: Situation,
  attempt: Debit,
  when: 'at_once' | 'days_later',
): Owed[] {
  const { dunningCase, secondary } = situation;
  // Who pays in their page sees it there, unless it takes days.
  const isSeen = attempt.initiator === 'customer' && when === 'at_once';
  if (isSeen) return [];
  if (attempt.initiator !== 'customer' && attempt.role === 'secondary') {
    if (secondary === null) return [];
    const charged = label(secondary);
    return owe({
      kind: 'secondary_charged',
      ...ofAttempt(situation, attempt),
      ...insteadOf(situation),
      charged,
    });
  }
  // Whose access comes back is told of the payment with it.
  const isToldWithAccess = noticeOfRestoration(dunningCase).length > 0;
  if (dunningCase.toldUnpaid !== true || isToldWithAccess) return [];
  const charged = candidateOf(situation, attempt);
  return owe({
    kind: 'recovered',
    ...ofAttempt(situation, attempt),
    charged: charged && label(charged),
  });
}

/** A bank account is being debited. Who debits it in their page is told there. */
export function noticeOfDebit(situation: Situation, attempt: Debit): Owed[] {
  const debited = candidateOf(situation, attempt);
  if (attempt.initiator === 'customer' || debited === null) return [];
  if (!isDebit(debited.method.type)) return [];
  return owe({
    kind: 'debit_started',
    ...ofAttempt(situation, attempt),
    debited: label(debited),
    instead: attempt.role === 'secondary' ? insteadOf(situation) : null,
  });
}

/**
 * The debit that a customer began in their page came back: the case goes on where it stood, and no
 * pass tells them.
 */
export function noticeOfReturn(situation: Situation, debit: Debit, refusal: Refused): Owed[] {
  if (debit.initiator !== 'customer') return [];
  const card = candidateOf(situation, debit);
  const { interrupted } = debit;
  const nextTryAt = interrupted !== undefined && 'dueAt' in interrupted ? interrupted.dueAt : null;
  return owe({
    kind: 'debit_returned',
    ...ofAttempt(situation, debit),
    returned: { card: card === null ? unknownAccount : label(card), reason: reasonOf(refusal) },
    failed: [],
    nextTryAt,
  });
}

type Refused = Pick<Refusal, 'kind' | 'codes'>;
const reasonOf = ({ kind, codes }: Refused): SafeReason => safeReason(kind, codes);

/** What is said of a bank account that is not on record, because it was only used to pay once. */
const unknownAccount: CardLabel = { type: 'bank_account', brand: null, last4: null };

const ofAttempt = ({ dunningCase, facts }: Situation, { n }: Debit) => ({
  fact: `${dunningCase.invoice}-${n}`,
  invoiceNumber: facts.number,
  hostedInvoiceUrl: facts.hostedInvoiceUrl,
  amount: dunningCase.amountDue ?? facts.amountDue,
});

/** By method: the roles may have changed since. */
const candidateOf = (
  { primary, secondary }: Pick<Situation, 'primary' | 'secondary'>,
  { method }: Pick<Debit, 'method'>,
): Candidate | null => [primary, secondary].find((each) => each?.method.method === method) ?? null;

/** Why the backup is charged. */
function insteadOf({ dunningCase, primary }: Situation) {
  const refusal = dunningCase.pass?.refusals.find(
    (each) => each.role === 'primary' && each.method === primary?.method.method,
  );
  return {
    failed: primary === null ? null : label(primary),
    failedReason: refusal === undefined ? null : reasonOf(refusal),
  };
}

/** What follows a pass in which nothing was paid. */
export interface AfterFailure {
  /** When we try again by ourselves; `null`: never. */
  readonly nextTryAt: Instant | null;
  /** Whether nothing follows that try. */
  readonly nextIsLast: boolean;
  /** Whether the bank wants the customer to confirm the payment with the primary. */
  readonly needsAction: boolean;
}

/** A pass that a person asked for is answered where it was asked for, not by mail. */
export function noticeOfFailure(situation: Situation, pass: Pass, after: AfterFailure): Owed[] {
  const returned = pass.refusals.find((each) => isReturnedDebit(situation, each));
  if (returned === undefined && !isNews(situation, pass, after)) return [];
  const { nextTryAt, nextIsLast, needsAction } = after;
  const { dunningCase, facts } = situation;
  const content = {
    fact: `${dunningCase.invoice}-pass-${pass.number}`,
    invoiceNumber: facts.number,
    hostedInvoiceUrl: facts.hostedInvoiceUrl,
    amount: facts.amountDue,
    failed: failed(
      situation,
      pass.refusals.filter((each) => each !== returned),
    ),
    nextTryAt,
    ...(nextIsLast ? { nextIsLast } : {}),
  };
  if (needsAction) return owe({ kind: 'authentication_needed', ...content });
  // Days later nobody waits for the answer any more, whoever asked.
  const [debit] = returned === undefined ? [] : failed(situation, [returned]);
  if (debit !== undefined) return owe({ kind: 'debit_returned', ...content, returned: debit });
  return owe({ kind: 'payment_failed', ...content });
}

/** Not a card that took its time. */
const isReturnedDebit = (situation: Situation, refusal: Refusal): boolean =>
  refusal.returned === true && isDebit(candidateOf(situation, refusal)?.method.type ?? '');

function isNews({ dunningCase }: Situation, pass: Pass, { nextTryAt }: AfterFailure): boolean {
  if (pass.cause === 'wanted') return false;
  // A refusal from before the pass, which counts as its try, was told when it came.
  const wasRefused = pass.refusals.some(({ at }) => at >= pass.startedAt);
  const isToldAlready = nextTryAt !== null || dunningCase.progress.state === 'exhausted';
  return pass.cause === 'new' || wasRefused || !isToldAlready;
}

const failed = (situation: Situation, refusals: readonly Refusal[]) =>
  refusals.flatMap((refusal) => {
    const candidate = candidateOf(situation, refusal);
    return candidate === null ? [] : [{ card: label(candidate), reason: reasonOf(refusal) }];
  });

/** What a case owes besides, and keeps in mind, where it tells that it is not paid yet. */
export const tellUnpaid = (
  owed: readonly Owed[],
  notices: readonly Owed[],
): Pick<DunningCase, 'owed' | 'toldUnpaid'> => ({
  owed: [...owed, ...notices],
  ...(notices.length > 0 && { toldUnpaid: true }),
});

const label = ({ method }: Candidate): CardLabel => ({
  type: method.type,
  brand: method.brand,
  last4: method.last4,
});
