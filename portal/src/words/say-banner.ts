import type { CustomerView } from '../api/api-types.ts';
import { sayInvoice, sayNext } from './say-next.ts';
import type { Words } from './words.ts';

/** What stands at the top of the page. */
export interface Banner {
  readonly tone: 'good' | 'wait' | 'bad';
  /** The first says what is open and what happens next; others say what it means for access. */
  readonly sentences: readonly string[];
}

type Seen = Pick<CustomerView, 'cases' | 'standing' | 'extension'>;

export function sayBanner(words: Words, view: Seen): Banner {
  const { text } = words;
  const withoutCase = sayWithoutCase(words, view);
  const open = [...sayOpen(words, view), ...withoutCase];
  const access = sayAccess(words, view);
  if (open.length === 0 && access.length === 0) {
    return { tone: 'good', sentences: [text.banner.settled] };
  }
  const isUnderWay = view.cases.every(({ state }) => state === 'processing' || state === 'trying');
  const isCalm = withoutCase.length === 0 && isUnderWay;
  const isBad = view.standing.standing === 'suspended' || (open.length > 0 && !isCalm);
  return { tone: isBad ? 'bad' : 'wait', sentences: [...open, ...access] };
}

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

function sayAccess({ text, format }: Words, { standing, extension }: Seen): readonly string[] {
  const given =
    extension === null ? [] : [text.banner.extension({ date: format.moment(extension.until) })];
  if (standing.standing === 'suspended') return [...given, text.banner.suspended];
  if (standing.standing === 'grace' && standing.until !== null) {
    return [...given, text.banner.grace({ date: format.moment(standing.until) })];
  }
  return given;
}
