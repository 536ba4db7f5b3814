/**
 * One try of a card or an account, by whom ever. Written down as it was made, apart from what the
 * policy remembers.
 */
export interface TryMade {
  /** Epoch milliseconds. */
  readonly at: number;
  /** The number behind it, under whatever name: another number is another card. */
  readonly card: string;
  readonly isCard: boolean;
  readonly brand: string | null;
  readonly invoice: string;
  readonly amount: number;
  readonly currency: string;
  /** False for those that were made before, or by others. */
  readonly isOurs: boolean;
  /** Which data of the card were sent: raised by each change of them. */
  readonly data: number;
  /** `null` where it was paid. */
  readonly refused: {
    readonly declineCode: string | null;
    readonly networkAdviceCode: string | null;
    readonly networkDeclineCode: string | null;
  } | null;
}

export interface Breach {
  readonly rule: 'never_again' | 'too_early' | 'too_often' | 'debit_too_often';
  readonly what: string;
}

const hour = 3_600_000;
const day = 24 * hour;

// The networks' rules once more, as their publications have them and not as functions/domain does:
// this file imports nothing of what it checks.

/** Visa Core Rules 5.9.2, table of decline response codes, category 1: "issuer will never approve". */
const visaCategory1 = ['04', '07', '12', '14', '15', '41', '43', '46', '57', 'R0', 'R1', 'R3'];
/** Mastercard, Transaction Processing Excellence: merchant advice codes after which no try follows. */
const mastercardStops = ['03', '21'];
/** The same publication: codes that name the time to wait, in hours. */
const mastercardWaits: Readonly<Record<string, number>> = {
  '24': 1,
  '25': 24,
  '26': 2 * 24,
  '27': 4 * 24,
  '28': 6 * 24,
  '29': 8 * 24,
  '30': 10 * 24,
};
/** Cards that Stripe says not to try again, "Hard decline codes" (docs.stripe.com/billing/revenue-recovery/smart-retries). */
const stripeHard = [
  'lost_card',
  'pickup_card',
  'stolen_card',
  'revocation_of_authorization',
  'revocation_of_all_authorizations',
];
/** Visa: 20 tries of a card in 30 days, since May 2025; held for networks that publish nothing, too. */
const visaCap = { tries: 20, within: 30 * day };
/** Mastercard: of a card and amount. */
const mastercardCaps = [
  { tries: 10, within: day },
  { tries: 35, within: 30 * day },
];
/** Nacha Operating Rules: a returned entry goes in again at most twice, within 180 days. */
const debitCap = { tries: 3, within: 180 * day };

/**
 * Every try that a network's rule forbids, from what was tried before it. The try of Stripe's own
 * with which a failure begins counts as one that was made, and is nobody's breach.
 * @param tries Of any cards and invoices, in any order.
 */
export function findBreaches(tries: readonly TryMade[]): readonly Breach[] {
  const byCard = Map.groupBy(tries, ({ card }) => card);
  return [...byCard.values()].flatMap((ofCard) => {
    const inOrder = [...ofCard].sort((a, b) => a.at - b.at);
    return inOrder.flatMap((each, nth) =>
      each.isOurs ? breachesOf(each, inOrder.slice(0, nth)) : [],
    );
  });
}

function breachesOf(each: TryMade, before: readonly TryMade[]): readonly Breach[] {
  if (!each.isCard) return debitBreach(each, before);
  return [...stopBreach(each, before), ...waitBreach(each, before), ...capBreach(each, before)];
}

function stopBreach(each: TryMade, before: readonly TryMade[]): readonly Breach[] {
  const stop = before.find((earlier) => stops(earlier, each));
  if (stop === undefined) return [];
  return [{ rule: 'never_again', what: `${tell(each)}, after ${tellRefusal(stop)}` }];
}

/** An advice that the number or expiry is wrong holds for these data; the others for the card. */
function stops({ refused, data }: TryMade, { brand, data: dataNow }: TryMade): boolean {
  if (refused === null) return false;
  const { declineCode, networkAdviceCode, networkDeclineCode } = refused;
  if (stripeHard.includes(declineCode ?? '')) return true;
  if (brand === 'mastercard') return mastercardStops.includes(networkAdviceCode ?? '');
  if (brand !== 'visa' || !visaCategory1.includes(networkDeclineCode ?? '')) return false;
  const isAboutData = networkDeclineCode === '14' || networkDeclineCode === '15';
  return !isAboutData || data === dataNow;
}

function waitBreach(each: TryMade, before: readonly TryMade[]): readonly Breach[] {
  if (each.brand !== 'mastercard') return [];
  return before.flatMap((earlier) => {
    const hours = mastercardWaits[earlier.refused?.networkAdviceCode ?? ''];
    if (hours === undefined || each.at >= earlier.at + hours * hour) return [];
    return [
      { rule: 'too_early', what: `${tell(each)}, ${hours} h not over since ${tell(earlier)}` },
    ];
  });
}

function capBreach(each: TryMade, before: readonly TryMade[]): readonly Breach[] {
  const isMastercard = each.brand === 'mastercard';
  const counted = isMastercard
    ? before.filter(({ amount, currency }) => amount === each.amount && currency === each.currency)
    : before;
  return (isMastercard ? mastercardCaps : [visaCap]).flatMap(({ tries, within }) => {
    const recent = counted.filter(({ at }) => at > each.at - within).length;
    if (recent < tries) return [];
    return [
      { rule: 'too_often', what: `${tell(each)}, ${recent} tries in ${within / day} days before` },
    ];
  });
}

function debitBreach(each: TryMade, before: readonly TryMade[]): readonly Breach[] {
  const recent = before.filter(
    ({ at, invoice }) => invoice === each.invoice && at > each.at - debitCap.within,
  );
  if (recent.length < debitCap.tries) return [];
  return [{ rule: 'debit_too_often', what: `${tell(each)}, ${recent.length} entries before` }];
}

const tell = ({ card, brand, at }: TryMade): string =>
  `${brand ?? 'account'} ${card} at ${new Date(at).toISOString()}`;

const tellRefusal = ({ refused, at }: TryMade): string => {
  const codes = [refused?.declineCode, refused?.networkDeclineCode, refused?.networkAdviceCode];
  return `${codes.filter((code) => code != null).join(' ')} at ${new Date(at).toISOString()}`;
};
