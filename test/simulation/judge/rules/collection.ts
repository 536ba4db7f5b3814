import type { Known, MakeRule } from '../rule.ts';

/** Closed for one of these while the invoice is open, the case hands collecting back to Stripe. */
const handedBack: ReadonlySet<string> = new Set([
  'not_ours',
  'subscription_canceled',
  'collection_paused',
  'handed_back',
]);

/** What our requests did to Stripe's own collection of an invoice. */
interface Switched {
  offAt: number;
  onAt: number;
}

/**
 * Two engines never collect one invoice: we claim nothing and end no pass while a look showed
 * Stripe's own collection on, and what we switched off is handed back where the design says so.
 */
export const collection: MakeRule = (known, verdict) => {
  const switched = new Map<string, Switched>();
  /** Cases that closed while their invoice was open, by when. */
  const closedOpen = new Map<string, number>();
  /** Of these those whose subscription an end of dunning had canceled before the look. */
  const stopped = new Set<string>();

  return {
    observe({ at, happening, evidence }) {
      if (happening.kind === 'stripe_call' && happening.call.by === 'backstop') {
        noteSwitch(switched, at, happening.call);
      }
      const file = known.cases.written;
      if (file === null) return;
      const { item, basis } = file;
      if (file.endedAt === at && item.state === 'closed') {
        const isOpen = known.ledger.invoice(item.invoice)?.status === 'open';
        // What the end of dunning stopped at Stripe is not Stripe's to collect again.
        const isByEnd = item.end?.doneAt != null;
        if (isOpen && !isByEnd && handedBack.has(item.reason ?? '')) {
          closedOpen.set(item.invoice, at);
          const endedAt = canceledByEndAt(known, item.invoice);
          if (item.reason === 'subscription_canceled' && endedAt < basis) stopped.add(item.invoice);
        }
      }
      if (evidence.mode !== 'own') return;
      const hasClaimed = file.attempts.at(-1)?.claim.at === at;
      const hasEndedPass = file.passes.get(item.passCount)?.endedAt === at;
      if (!hasClaimed && !hasEndedPass) return;
      verdict.weigh();
      const since = known.ledger.collecting.get(item.invoice);
      if (since === undefined || since >= basis) return;
      const what = hasClaimed ? 'claimed an attempt for' : 'ended a pass of';
      verdict.breach(`We ${what} ${item.invoice} while Stripe's own collection of it was on.`);
    },
    conclude() {
      for (const [invoice, { offAt, onAt }] of switched) {
        if (offAt < 0) continue;
        verdict.weigh();
        const closedAt = closedOpen.get(invoice);
        if (stopped.has(invoice) && onAt > (closedAt ?? 0)) {
          verdict.breach(`${invoice}: given back to Stripe though we canceled its subscription.`);
        }
        const why = whyNotHandedBack(known, invoice, offAt, onAt, closedAt);
        if (why !== null) verdict.breach(`${invoice}: ${why}.`);
      }
    },
  };
};

interface Request {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly status: number;
}

function noteSwitch(
  switched: Map<string, Switched>,
  at: number,
  { method, path, params, status }: Request,
): void {
  const [, , kind, invoice, action] = path.split('/');
  if (method !== 'POST' || kind !== 'invoices' || invoice === undefined) return;
  if (action !== undefined || params.auto_advance === undefined) return;
  const found = switched.get(invoice) ?? { offAt: -1, onAt: -1 };
  switched.set(invoice, found);
  const isOn = String(params.auto_advance) === 'true';
  if (!isOn && status < 300) found.offAt = at;
  // A hand-back that Stripe refuses is left: the invoice was settled meanwhile.
  if (isOn && (status < 300 || (status >= 400 && status < 409))) found.onAt = at;
}

function whyNotHandedBack(
  { ledger, cases }: Known,
  invoice: string,
  offAt: number,
  onAt: number,
  closedAt: number | undefined,
): string | null {
  const row = ledger.invoice(invoice);
  if (row?.status !== 'open' || row.auto_advance) return null;
  const file = cases.of(invoice);
  const isCanceled = file?.item.reason === 'subscription_canceled';
  if (isCanceled && canceledByEndAt({ ledger, cases }, invoice) < Infinity) return null;
  if (closedAt !== undefined && file?.item.state === 'closed') {
    if (onAt > offAt) return null;
    return `the case was closed as ${file.item.reason}, and its collection never handed back`;
  }
  if (file?.item.end?.doneAt != null) return null;
  // Of a deleted customer nothing can be collected any more, by nobody.
  if (file?.item.ownsCollection || file?.item.reason === 'customer_deleted') return null;
  return `we switched Stripe's own collection off, and no case owns it (${file?.item.state})`;
}

/** When the end of dunning for an invoice of the same subscription came that cancels it. */
function canceledByEndAt({ ledger, cases }: Pick<Known, 'ledger' | 'cases'>, invoice: string) {
  const subscriptionOf = (id: string) => {
    const row = ledger.invoice(id);
    return row && ledger.subscriptionOf(row)?.id;
  };
  const subscription = subscriptionOf(invoice);
  const ends = [...cases.all()].flatMap(({ item: { end, invoice: other } }) => {
    const isCanceling = end?.action === 'cancel_subscription' && end.doneAt !== null;
    return isCanceling && subscriptionOf(other) === subscription ? [end.doneAt ?? 0] : [];
  });
  return Math.min(...ends);
}
