import type { StoredItem } from '../../evidence.ts';
import { type CaseItem, isClosedByEnd, readCase } from '../following/case-item.ts';
import { countOf, fieldsOf, listIn, listOf, textOf } from '../read.ts';
import type { MakeRule } from '../rule.ts';

/** What stood in the table about one customer, from a moment on. */
interface Snapshot {
  readonly at: number;
  readonly items: readonly StoredItem[];
}

/**
 * The standing that the business's backend is told is what the items say: worked out here anew, for
 * some moment between its question and the answer.
 */
export const standing: MakeRule = (known, verdict) => {
  const asked = new Map<string, { readonly customer: string; readonly time: number }>();
  const snapshots = new Map<string, Snapshot[]>();
  const take = (at: number, customer: string): void => {
    const pk = `CUSTOMER#${customer}`;
    const items = [...known.items.all()].filter((item) => item.pk === pk);
    listIn(snapshots, customer).push({ at, items });
  };
  return {
    observe({ at, happening, evidence }) {
      if (happening.kind === 'item_written') {
        const customer = happening.after.pk.slice('CUSTOMER#'.length);
        const isWatched = [...asked.values()].some((each) => each.customer === customer);
        if (isWatched && happening.after.sk.startsWith('V#')) take(at, customer);
      }
      if (happening.kind === 'api_asked' && happening.request.route === route) {
        const customer = happening.request.path?.customer ?? '';
        asked.set(happening.request.id, { customer, time: evidence.now });
        take(at, customer);
      }
      if (happening.kind !== 'api_answered') return;
      const asking = asked.get(happening.request);
      const since = known.people.request(happening.request)?.at ?? at;
      asked.delete(happening.request);
      if (asking === undefined || happening.answer?.status !== 200) return;
      verdict.weigh();
      const seen = (snapshots.get(asking.customer) ?? []).filter((each) => each.at >= since);
      const right = seen.flatMap(({ items }) =>
        [asking.time, evidence.now].map((now) => standingAt(items, now)),
      );
      const told = tellAnswer(happening.answer.body);
      if (right.includes(told)) return;
      verdict.breach(`The standing of ${asking.customer} is told as ${told}, not ${right[0]}.`);
    },
  };
};

const route = 'GET /staff/customers/{customer}/standing';

/** As one line: the word, until when, and the invoices that are the reason. */
function tellAnswer(body: unknown): string {
  const { standing: word, until, why } = fieldsOf(body) ?? {};
  const invoices = listOf(why).map((each) => textOf(fieldsOf(each)?.invoice) ?? '');
  return `${word} until ${until} for ${invoices.toSorted().join(', ')}`;
}

type Word = 'good' | 'past_due' | 'grace' | 'suspended';

const rank: readonly Word[] = ['good', 'past_due', 'grace', 'suspended'];

function standingAt(items: readonly StoredItem[], now: number): string {
  const customer = items.find(({ sk }) => sk === 'V#CUSTOMER');
  const extendedUntil = countOf(fieldsOf(customer?.extension)?.until);
  const found = items.flatMap((item) => {
    const of = readCase(item);
    const counts = of === null ? null : wordOf(of, item, extendedUntil, now);
    return of === null || counts === null ? [] : [{ invoice: of.invoice, ...counts }];
  });
  const worst = rank.findLast((word) => found.some((each) => each.word === word)) ?? 'good';
  const untils = found.flatMap(({ word, until }) =>
    word === worst && until !== null ? [until] : [],
  );
  const until = untils.length === 0 ? null : new Date(Math.min(...untils)).toISOString();
  const invoices = found.map(({ invoice }) => invoice).toSorted();
  return `${worst} until ${until} for ${invoices.join(', ')}`;
}

/** What one case says of its customer; `null` where it says nothing against them. */
function wordOf(
  of: CaseItem,
  item: StoredItem,
  extendedUntil: number,
  now: number,
): { readonly word: Word; readonly until: number | null } | null {
  const isPaid = of.state === 'recovered' || (of.state === 'closed' && !isClosedByEnd(of));
  const isAskedBack = listOf(item.troubles).some(
    (each) => textOf(fieldsOf(each)?.kind) !== 'early_fraud_warning',
  );
  if (isPaid) return isAskedBack ? { word: 'past_due', until: null } : null;
  // Nobody has asked Stripe yet what the invoice comes to, or whether it is open.
  if (item.amountDue == null) return null;
  if (of.end?.access !== 'suspend') return { word: 'past_due', until: null };
  const endsAt = Math.max(of.end.at, extendedUntil);
  if (endsAt > now) return { word: 'grace', until: endsAt };
  const isTried = of.state !== 'exhausted' || of.openAttempt !== null;
  const isWanted = of.retryWanted > of.retryServed;
  const isOver = of.state === 'closed';
  const stillWaits = of.end.doneAt === null && !isOver && (isTried || isWanted);
  return stillWaits ? { word: 'grace', until: null } : { word: 'suspended', until: null };
}
