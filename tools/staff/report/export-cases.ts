import type { DeclineCodes } from '../../../functions/domain/decline/decline.ts';
import type { ObservationRecord } from '../../../functions/staff-api/observation-record.ts';
import type {
  RecordedFailure,
  RecordedMethod,
  RecordedRefusal,
} from '../../policy/cases/cases-file.ts';

/**
 * What was only observed, as the recorded failures that `npm run policy -- --cases FILE` reads: one
 * JSON object a line. No id, name or address is in it; cards are numbered within the file.
 */
export function exportCases(all: readonly ObservationRecord[]): string {
  const label = numberCards();
  return all
    .filter(({ onlyObserved }) => onlyObserved)
    .map((observed) => `${JSON.stringify(failureOf(observed, label))}\n`)
    .join('');
}

type Label = (card: string) => string;

function numberCards(): Label {
  const labels = new Map<string, string>();
  return (card) => {
    const known = labels.get(card) ?? `c${labels.size + 1}`;
    labels.set(card, known);
    return known;
  };
}

function failureOf(observed: ObservationRecord, label: Label): RecordedFailure {
  const { failedAt, amount, place, timeZone, fallback, primary, secondary, refusal } = observed;
  return {
    at: failedAt,
    amount: amount.amount,
    currency: amount.currency,
    ...placeOf(place),
    ...(timeZone !== null && isZone(timeZone) ? { timeZone } : {}),
    ...(fallback === null ? {} : { fallback }),
    primary: primary === null ? null : methodOf(primary, label),
    refusal: refusal === null ? null : codesOf(refusal),
    secondary:
      secondary === null ? null : { ...methodOf(secondary, label), consented: secondary.consented },
    later: laterOf(observed),
  };
}

function placeOf(place: ObservationRecord['place']) {
  if (place === null || !/^[A-Z]{2}$/.test(place.country)) return {};
  const { country, state } = place;
  const isState = state !== null && /^[\w .'-]{1,40}$/u.test(state);
  return isState ? { country, state } : { country };
}

/** What a business wrote into its metadata may be no zone at all. */
function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function methodOf(
  { type, brand, expMonth, expYear, card }: NonNullable<ObservationRecord['primary']>,
  label: Label,
): RecordedMethod {
  return { type, brand, expMonth, expYear, card: label(card) };
}

const codesOf = (codes: DeclineCodes): RecordedRefusal => ({
  code: codeOf(codes.code),
  declineCode: codeOf(codes.declineCode),
  adviceCode: codeOf(codes.adviceCode),
  networkAdviceCode: codeOf(codes.networkAdviceCode),
  networkDeclineCode: codeOf(codes.networkDeclineCode),
});

/** Free text is no code. */
const codeOf = (code: string | null): string | null =>
  code !== null && /^\w{1,64}$/.test(code) ? code : null;

/** Tries of the two methods; what was paid with anything else, the customer paid. */
function laterOf({ later, paidAt }: ObservationRecord): NonNullable<RecordedFailure['later']> {
  const tries = later.flatMap(({ at, role, paid, refusal }) =>
    role === 'other'
      ? []
      : [{ at, role, paid, ...(refusal === null ? {} : { refusal: codesOf(refusal) }) }],
  );
  const isByTry = tries.some(({ paid }) => paid);
  return { tries, ...(paidAt === null || isByTry ? {} : { customerPaidAt: paidAt }) };
}
