import type { Attempt } from '../following/cases.ts';
import type { Try } from '../following/tries.ts';
import { listIn, textOf } from '../read.ts';
import type { Known, MakeRule } from '../rule.ts';
import { backupTries, primariesBetween } from './fallback.ts';
import { paydayAfter, zonesOf } from './planned-time.ts';
import { hasExpired, mayBeUnusable } from './usable.ts';

/** Requests to charge a method that were refused without a charge, by invoice: their kinds. */
type Unmade = Map<string, { readonly method: string; readonly kind: string; at: number }[]>;

const hourMs = 3_600_000;
/** Stripe's times are whole seconds. */
const roundingMs = 2_000;

/**
 * The backup is charged no sooner than the policy has it after a refusal of this kind, and never
 * where it says so; a retry that somebody asked for waits for nothing, and never stays never.
 */
export const fallbackWaits: MakeRule = (known, verdict) => {
  const unmade: Unmade = new Map();
  return {
    observe({ at, happening }) {
      if (happening.kind === 'stripe_call' && happening.call.by === 'backstop') {
        const { path, params, status, charges } = happening.call;
        const method = textOf(params.payment_method);
        if (path.endsWith('/pay') && method !== null && status >= 400 && charges.length === 0) {
          const kind = status === 402 ? 'authentication' : 'unusable';
          listIn(unmade, path.split('/')[3] ?? '').push({ method, kind, at });
        }
      }
      for (const { made, attempt } of backupTries(known)) {
        verdict.weigh();
        const primaries = primariesBetween(known, attempt, attempt.claim);
        if (primaries.some((primary) => isAllowed(known, unmade, attempt, primary))) continue;
        verdict.breach(
          `We charged the backup ${made.method} (${made.charge}) for ${attempt.invoice} sooner ` +
            `than the policy has it after what ${primaries.join(', ')} was refused with.`,
        );
      }
    },
  };
};

function isAllowed(
  known: Known,
  unmade: Unmade,
  attempt: Attempt,
  primary: string | null,
): boolean {
  if (primary === null) return true;
  const { invoice, claim, pass } = attempt;
  const isWanted = known.cases.of(invoice)?.passes.get(pass)?.cause === 'wanted';
  const isUnusable =
    mayBeUnusable(known, primary, attempt) && !hasExpired(known, primary, claim.time);
  const kinds = decisiveKinds(known, unmade, attempt, primary);
  if (isUnusable || kinds.length === 0) return true;
  return kinds.some((kind) => {
    const rule = known.policy.declines[kind]?.fallback ?? 'at_once';
    if (rule === 'at_once') return true;
    if (rule === 'never') return false;
    const since = firstOf(known, invoice, primary, kind, claim.at);
    if (isWanted || since === null) return true;
    if (rule !== 'after_payday') return claim.time >= since + rule.afterHours * hourMs - roundingMs;
    const primaries = [primary];
    return zonesOf(known, attempt.customer, primaries, claim.basis, claim.at).some(
      (zone) => (paydayAfter(known, zone, since - roundingMs) ?? claim.time + 1) <= claim.time,
    );
  });
}

const refusalsOf = ({ ledger }: Known, invoice: string, method: string): readonly Try[] =>
  ledger.tries.ofInvoice(invoice).filter((each) => each.method === method && each.refusal !== null);

/** What the refusal can have been that the decision went by; several where two were possible. */
function decisiveKinds(
  known: Known,
  unmade: Unmade,
  { invoice, claim }: Attempt,
  primary: string,
): readonly string[] {
  const { methods, tries } = known.ledger;
  const own = refusalsOf(known, invoice, primary).filter(({ settledAt }) => settledAt <= claim.at);
  const seen = own.findLast(({ settledAt }) => settledAt <= claim.basis);
  const later = own.filter(({ settledAt }) => settledAt > claim.basis);
  const cards = methods.cardsBetween(primary, claim.basis, claim.at);
  const blocks = cards
    .flatMap((card) => tries.ofCard(card))
    .filter(({ refusal, settledAt }) => {
      const isBlock = refusal?.reach === 'card' || refusal?.reach === 'data';
      return isBlock && settledAt <= claim.at;
    });
  const without = (unmade.get(invoice) ?? []).filter(({ method }) => method === primary);
  return [
    ...[...(seen === undefined ? [] : [seen]), ...later, ...blocks].map(
      ({ refusal }) => refusal?.kind ?? '',
    ),
    ...without.map(({ kind }) => kind),
    ...(hasExpired(known, primary, claim.time) ? ['invalid_data'] : []),
  ];
}

/** When the method was first refused so for the invoice; epoch milliseconds. */
function firstOf(
  known: Known,
  invoice: string,
  method: string,
  kind: string,
  at: number,
): number | null {
  const first = refusalsOf(known, invoice, method).find(
    ({ refusal, settledAt }) => refusal?.kind === kind && settledAt <= at,
  );
  return first?.time ?? null;
}

/** Not above what the business has the backup charged at most, and only for what it says. */
export const fallbackScope: MakeRule = (known, verdict) => ({
  observe() {
    for (const { made, attempt } of backupTries(known)) {
      verdict.weigh();
      const { ceilings, subscriptions } = known.policy.fallback;
      const ceiling = ceilings[made.currency];
      if (ceiling !== undefined && made.amount > ceiling) {
        verdict.breach(`We charged ${made.charge} to a backup: ${made.amount} of ${ceiling}.`);
      }
      const invoice = known.ledger.invoice(attempt.invoice);
      const subscription = invoice && known.ledger.subscriptionOf(invoice);
      const { basis, at } = attempt.claim;
      const marks = known.ledger.marks.between(subscription?.id ?? '', basis, at);
      const isOut =
        subscriptions === 'only_marked'
          ? !marks.includes('on')
          : marks.length > 0 && marks.every((mark) => mark === 'off');
      if (!isOut) continue;
      verdict.breach(
        `We charged ${made.charge} to a backup: ${subscription?.id} is marked ${marks.join(', ')}.`,
      );
    }
  },
});
