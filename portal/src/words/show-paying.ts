import type { OpenCaseView } from '../api/api-types.ts';

/** The open invoices as they are shown while some of them are being paid in this very moment. */
export const showPaying = (
  cases: readonly OpenCaseView[],
  paying: readonly string[],
): readonly OpenCaseView[] =>
  cases.map((each) =>
    paying.includes(each.invoice) && each.state !== 'processing' && each.underWay?.by !== 'us'
      ? { ...each, state: 'trying', underWay: null, heldUntil: null }
      : each,
  );
