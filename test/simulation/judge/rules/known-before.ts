import type { Happening, StoredItem } from '../../evidence.ts';
import type { Attempt } from '../following/cases.ts';
import { textOf } from '../read.ts';
import type { Known, MakeRule } from '../rule.ts';
import { cardOf, whyUnusable } from './usable.ts';

/**
 * "Known before charging": no request is sent for a method of which Stripe showed, all the time
 * while that was decided, that it cannot be charged; nor for one that is disputed.
 */
export const knownBefore: MakeRule = (known, verdict) => {
  /** What each card was when somebody agreed to it, as Backstop has it on record. */
  const agreed = new Map<string, Agreed>();
  /** When Backstop has all on record that follows from a dispute or a warning. */
  const settledAt = new Map<string, number>();
  return {
    observe({ at, happening }) {
      if (happening.kind === 'item_written') noteRecord(agreed, happening.after);
      noteTouched(agreed, happening);
      const written = known.cases.written?.item;
      if (written?.owed.length === 0) {
        for (const id of written.troubles) if (!settledAt.has(id)) settledAt.set(id, at);
      }
      if (happening.kind !== 'stripe_call' || happening.call.by !== 'backstop') return;
      const { path, params, idempotencyKey, isReplay } = happening.call;
      const attempt = known.cases.attempt(idempotencyKey);
      const method = textOf(params.payment_method);
      if (!path.endsWith('/pay') || isReplay || attempt === undefined || method === null) return;
      verdict.weigh();
      const why =
        whyUnusable(known, method, attempt) ??
        whyOtherBrand(known, agreed, method, attempt) ??
        whyDisputed(known, settledAt, method, attempt);
      if (why !== null)
        verdict.breach(`We asked to charge ${method} for ${attempt.invoice}: ${why}.`);
    },
  };
};

/** What a method was when somebody agreed to it; two where nobody can say which of them was seen. */
interface Agreed {
  readonly brands: Set<string>;
  recorded: string;
  /** Somebody has agreed anew since the record was written last. */
  isTouched: boolean;
}

function noteRecord(agreed: Map<string, Agreed>, { sk, brand }: StoredItem): void {
  const method = sk.startsWith('V#METHOD#') ? sk.slice('V#METHOD#'.length) : null;
  if (method === null || typeof brand !== 'string') return;
  const known = agreed.get(method);
  if (known === undefined) {
    agreed.set(method, { brands: new Set([brand]), recorded: brand, isTouched: false });
    return;
  }
  if (known.isTouched) known.brands.add(brand);
  known.recorded = brand;
  known.isTouched = false;
}

/**
 * Whoever names the method, or pays with it, may agree to what it is now, and may not: what they
 * agreed to before may still be it.
 */
function noteTouched(agreed: Map<string, Agreed>, happening: Happening): void {
  const words =
    happening.kind === 'api_asked'
      ? JSON.stringify([happening.request.path, happening.request.body])
      : happening.kind === 'stripe_call' && happening.call.by === 'page'
        ? JSON.stringify(happening.call.params)
        : null;
  if (words === null) return;
  for (const [method, known] of agreed) {
    if (!words.includes(method)) continue;
    known.brands.add(known.recorded);
    known.isTouched = true;
  }
}

function whyOtherBrand(
  { ledger }: Known,
  agreed: ReadonlyMap<string, Agreed>,
  method: string,
  { claim }: Attempt,
): string | null {
  const known = agreed.get(method);
  const shown = ledger.methods.brands.between(method, claim.basis, claim.at);
  if (known === undefined || known.isTouched || shown.length === 0) return null;
  if (shown.some((brand) => known.brands.has(brand))) return null;
  return `it was a ${[...known.brands].join(' or ')} and is a ${shown.join(', ')} by now`;
}

function whyDisputed(
  known: Known,
  settledAt: ReadonlyMap<string, number>,
  method: string,
  attempt: Attempt,
): string | null {
  const cards = known.ledger.methods.cardsBetween(method, attempt.claim.basis, attempt.claim.at);
  for (const claim of known.ledger.claims.values()) {
    if ((settledAt.get(claim.id) ?? attempt.claim.basis) >= attempt.claim.basis) continue;
    // A debit that came back for want of money is no word against the account.
    if (claim.reason === 'insufficient_funds') continue;
    if (!cards.every((card) => card === cardOf(known, claim))) continue;
    const isLifted = known.people.lifts.some(
      ({ at, endedAt }) => claim.at < endedAt && at < attempt.sent.at,
    );
    if (!isLifted) return `${claim.id} of ${claim.charge} says ${claim.reason}`;
  }
  return null;
}
