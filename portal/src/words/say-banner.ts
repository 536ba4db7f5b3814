import type { CustomerView, MethodView, PageView } from '../api/api-types.ts';
import { isLastMonth } from './expiry.ts';
import { lacksConsent } from './plan-roles.ts';
import { sayInvoice, sayNext } from './say-next.ts';
import type { Words } from './words.ts';

/** What stands at the top of the page. */
export interface Banner {
  readonly tone: 'good' | 'wait' | 'bad';
  /** The first says what is open and what happens next; others say what it means for access. */
  readonly sentences: readonly string[];
}

type Seen = Pick<CustomerView, 'cases' | 'standing' | 'extension' | 'methods'> & {
  readonly session: Pick<PageView['session'], 'role'>;
};

/** @param now For what expires soon. */
export function sayBanner(words: Words, view: Seen, now: Date): Banner {
  const withoutCase = sayWithoutCase(words, view);
  const open = [...sayOpen(words, view), ...withoutCase];
  const access = sayAccess(words, view);
  if (open.length === 0 && access.length === 0) {
    return saySettled(words, view, now);
  }
  const isUnderWay = view.cases.every(({ state }) => state === 'processing' || state === 'trying');
  const isCalm = withoutCase.length === 0 && isUnderWay;
  const isBad = view.standing.standing === 'suspended' || (open.length > 0 && !isCalm);
  return { tone: isBad ? 'bad' : 'wait', sentences: [...open, ...access] };
}

/** Nothing is open; what would fail next time is said all the same, to who can change it. */
function saySettled({ text: { banner } }: Words, seen: Seen, now: Date): Banner {
  const ahead = whatIsAhead(seen, now);
  if (ahead === null || seen.session.role !== 'owner') {
    return { tone: 'good', sentences: [banner.settled] };
  }
  return { tone: 'wait', sentences: [banner[ahead]] };
}

type Ahead =
  | 'settledNoPrimary'
  | 'settledPrimaryFails'
  | 'settledPrimaryExpires'
  | 'settledSecondaryFails'
  | 'settledSecondaryNotAgreed';

function whatIsAhead({ methods }: Seen, now: Date): Ahead | null {
  const inRole = (role: MethodView['role']) => methods.find((each) => each.role === role);
  const [primary, secondary] = [inRole('primary'), inRole('secondary')];
  if (primary === undefined) return 'settledNoPrimary';
  if (willFail(primary)) return 'settledPrimaryFails';
  if (primary.health === 'usable' && isLastMonth(primary, now)) return 'settledPrimaryExpires';
  if (secondary === undefined) return null;
  if (lacksConsent(secondary)) return 'settledSecondaryNotAgreed';
  return willFail(secondary) ? 'settledSecondaryFails' : null;
}

/** What the bank could not do that day, or wanted confirmed, may work the next time. */
const willFail = ({ health, refused }: MethodView): boolean =>
  health !== 'usable' && refused?.reason !== 'try_again' && refused?.reason !== 'authentication';

function sayOpen(words: Words, { cases }: Seen): readonly string[] {
  const { text, format } = words;
  const [first, ...others] = cases;
  if (first === undefined) return [];
  if (others.length > 0) return [text.banner.openMany({ count: `${cases.length}` })];
  const invoice = sayInvoice(words, first.number);
  const next = sayNext(words, first);
  if (first.amountDue === null) return [text.banner.openUnknown({ invoice, next })];
  return [text.banner.open({ amount: format.money(first.amountDue), invoice, next })];
}

/** What stands against the customer although nothing is collected for it here any more. */
function sayWithoutCase({ text, format }: Words, { cases, standing }: Seen): readonly string[] {
  return standing.why.flatMap(({ invoice, amountDue, reason }) => {
    if (reason === 'asked_back')
      return [text.banner.askedBack({ amount: format.money(amountDue) })];
    if (cases.some((each) => each.invoice === invoice)) return [];
    return [text.banner.unpaidAfterEnd({ amount: format.money(amountDue) })];
  });
}

function sayAccess(
  { text, format }: Words,
  { cases, standing, extension }: Seen,
): readonly string[] {
  const given =
    extension === null ? [] : [text.banner.extension({ date: format.moment(extension.until) })];
  if (standing.standing === 'suspended') {
    return [...given, cases.length > 0 ? text.banner.suspended : text.banner.suspendedOtherwise];
  }
  if (standing.standing === 'grace' && standing.until !== null) {
    return [...given, text.banner.grace({ date: format.moment(standing.until) })];
  }
  return given;
}
