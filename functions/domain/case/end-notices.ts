import type { InvoiceNotice } from '../notice/notice-content.ts';
import type { EndPolicy } from '../policy.ts';
import type { Instant } from '../time.ts';
import type { AnnouncedEnd, DunningCase, Owed } from './dunning-case.ts';

/** @param then What follows should the last try fail. */
export const noticeOfLastTry = (
  dunningCase: DunningCase,
  tryAt: Instant,
  then: Pick<EndPolicy, 'access' | 'action'>,
): Owed[] =>
  aboutCase(dunningCase, `pass-${dunningCase.passCount + 1}`, (base) => ({
    kind: 'last_try_ahead',
    ...base,
    tryAt,
    access: then.access,
    action: then.action,
  }));

/** @param when Announced as soon as it is known, and told once more before it comes. */
export const noticeOfEndAhead = (
  dunningCase: DunningCase,
  { at: endsAt, access, action }: AnnouncedEnd,
  when: 'announced' | 'reminded',
): Owed[] =>
  takesSomething({ access, action })
    ? aboutCase(dunningCase, `end-${endsAt}-${when}`, (base) => ({
        kind: 'end_ahead',
        ...base,
        endsAt,
        access,
        action,
      }))
    : [];

/**
 * The same with what is owed already: the failure of the last pass tells of the end as well, so
 * that the customer gets one mail.
 * @param owed Of the write that the end is announced in, none of an earlier one.
 */
export function tellOfEndAhead(
  owed: readonly Owed[],
  dunningCase: DunningCase,
  end: AnnouncedEnd,
): readonly Owed[] {
  const { at: endsAt, access, action } = end;
  if (!takesSomething(end)) return owed;
  const told = owed.map((each) =>
    isLastFailure(each)
      ? { ...each, notice: { ...each.notice, end: { endsAt, access, action } } }
      : each,
  );
  const isTold = owed.some(isLastFailure);
  return isTold ? told : [...owed, ...noticeOfEndAhead(dunningCase, end, 'announced')];
}

type LastFailure = Extract<Owed, { kind: 'notice' }> & {
  readonly notice: Extract<InvoiceNotice, { kind: 'payment_failed' }>;
};

const isLastFailure = (owed: Owed): owed is LastFailure =>
  owed.kind === 'notice' && owed.notice.kind === 'payment_failed' && owed.notice.nextTryAt === null;

export const noticeOfEnd = (dunningCase: DunningCase, { access, action }: AnnouncedEnd): Owed[] =>
  takesSomething({ access, action })
    ? aboutCase(dunningCase, 'end', (base) => ({ kind: 'dunning_ended', ...base, access, action }))
    : [];

/** What only the business's books tell of is nothing to write to a customer about. */
const takesSomething = ({ access, action }: Pick<EndPolicy, 'access' | 'action'>): boolean =>
  access === 'suspend' || action === 'cancel_subscription' || action === 'pause_subscription';

/** Of a case that is paid; there is nothing to tell where no access was suspended for it. */
export const noticeOfRestoration = (dunningCase: DunningCase): Owed[] =>
  dunningCase.end?.access !== 'suspend' || dunningCase.end.doneAt === null
    ? []
    : aboutCase(dunningCase, 'restored', (base) => ({ kind: 'access_restored', ...base }));

type Base = Pick<InvoiceNotice, 'fact' | 'invoiceNumber' | 'hostedInvoiceUrl' | 'amount'>;

/** A notice of what the case itself knows; none of a case that nobody has looked at at Stripe. */
function aboutCase(
  { invoice, amountDue: amount, shown }: DunningCase,
  fact: string,
  content: (base: Base) => InvoiceNotice,
): Owed[] {
  if (amount === null) return [];
  const { number = null, hostedInvoiceUrl = null } = shown ?? {};
  const base = { fact: `${invoice}-${fact}`, invoiceNumber: number, hostedInvoiceUrl, amount };
  return owe(content(base));
}

export const owe = (notice: InvoiceNotice): Owed[] => [{ kind: 'notice', notice }];
