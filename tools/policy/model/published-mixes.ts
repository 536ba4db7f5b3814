import type { RecordedMethod, RecordedRefusal } from '../cases/cases-file.ts';
import { pickByWeight, type Weighted } from './pick.ts';

/**
 * Why recurring charges of cards are refused: Recurly, 836 businesses, May 2014 to May 2016, "all
 * sites" (info.recurly.com/how-do-you-compare), in percent. Its groups are given codes of Stripe's
 * here; where a group becomes more than one code, the split is assumed to be even.
 */
const refusals: Readonly<Record<'credit' | 'debit', readonly Weighted<string>[]>> = {
  credit: [
    { weight: 51.74, of: 'generic_decline' },
    // "Temporary hold": the bank gives no reason that can be acted on.
    { weight: 25.48, of: 'do_not_honor' },
    { weight: 6.94, of: 'insufficient_funds' },
    // "Fraud stolen card".
    { weight: 5.15 / 2, of: 'stolen_card' },
    { weight: 5.15 / 2, of: 'fraudulent' },
    // "Invalid card number": of a card that had worked, a new expiry or a closed account.
    { weight: 1.67 / 2, of: 'expired_card' },
    { weight: 1.67 / 2, of: 'invalid_account' },
    // "Invalid transaction".
    { weight: 1.51, of: 'transaction_not_allowed' },
    // "Other".
    { weight: 6.31 / 2, of: 'processing_error' },
    { weight: 6.31 / 2, of: 'authentication_required' },
  ],
  debit: [
    { weight: 37.77, of: 'generic_decline' },
    { weight: 10.05, of: 'do_not_honor' },
    { weight: 28.99, of: 'insufficient_funds' },
    { weight: 6.03 / 2, of: 'stolen_card' },
    { weight: 6.03 / 2, of: 'fraudulent' },
    { weight: 8.32 / 2, of: 'expired_card' },
    { weight: 8.32 / 2, of: 'invalid_account' },
    { weight: 1.51, of: 'transaction_not_allowed' },
    { weight: 4.63 / 2, of: 'processing_error' },
    { weight: 4.63 / 2, of: 'authentication_required' },
  ],
};

/**
 * Bank debits come back for missing money, or because the account is no good: no shares are
 * published, but the first is by far the most common (assumed: 80 to 20).
 */
const returns: readonly Weighted<string>[] = [
  { weight: 80, of: 'insufficient_funds' },
  { weight: 20, of: 'account_closed' },
];

/**
 * How often people in the US are paid: Bureau of Labor Statistics, March 2013
 * (bls.gov/opub/btn/volume-3/how-frequently-do-private-businesses-pay-workers.htm), in percent.
 */
export const payPeriods: readonly Weighted<'weekly' | 'biweekly' | 'semimonthly' | 'monthly'>[] = [
  { weight: 32.4, of: 'weekly' },
  { weight: 36.5, of: 'biweekly' },
  { weight: 19.8, of: 'semimonthly' },
  { weight: 11.3, of: 'monthly' },
];

/** Of recurring charges: Recurly, as above ("Average Card Distribution"). */
export const creditShare = 0.61;

/** The networks' own codes beside Stripe's, as banks send them for each reason (ISO 8583, field 39). */
const visaCodes: Readonly<Record<string, string>> = {
  generic_decline: '05',
  do_not_honor: '05',
  insufficient_funds: '51',
  stolen_card: '43',
  fraudulent: '59',
  expired_card: '54',
  invalid_account: '14',
  transaction_not_allowed: '57',
  processing_error: '96',
  authentication_required: '1A',
};

/** Mastercard's advice: 01 new data, 02 later, 03 never; 24 to 30 are drawn by `waitCodes`. */
const mastercardAdvice: Readonly<Record<string, string>> = {
  generic_decline: '02',
  do_not_honor: '02',
  insufficient_funds: '02',
  stolen_card: '03',
  fraudulent: '03',
  expired_card: '01',
  invalid_account: '03',
  transaction_not_allowed: '03',
  processing_error: '02',
  authentication_required: '01',
};

const waitCodes = ['24', '25', '26', '27', '28', '29', '30'];

/**
 * A refusal of such a method as banks send it.
 * @param why From 0 to 1: which reason of the published mix.
 * @param waits From 0 to 1: below `waitShare`, a soft one asks to wait, by which code too.
 */
export function refusalOf(
  { type, brand, funding }: Pick<RecordedMethod, 'type' | 'brand' | 'funding'>,
  why: number,
  waits: number,
  waitShare: number,
): RecordedRefusal {
  if (type !== 'card') {
    const returned = pickByWeight(returns, why);
    return { code: returned, declineCode: returned };
  }
  const reason = pickByWeight(refusals[funding === 'credit' ? 'credit' : 'debit'], why);
  const code =
    reason === 'expired_card' || reason === 'processing_error' ? reason : 'card_declined';
  const stripes = { code, declineCode: reason };
  if (brand === 'visa') return { ...stripes, networkDeclineCode: visaCodes[reason] ?? null };
  if (brand !== 'mastercard') return stripes;
  const advice = mastercardAdvice[reason] ?? null;
  const isAskedToWait = advice === '02' && waits < waitShare;
  const which = Math.floor((waits / Math.max(waitShare, Number.EPSILON)) * waitCodes.length);
  return { ...stripes, networkAdviceCode: isAskedToWait ? (waitCodes[which] ?? null) : advice };
}
