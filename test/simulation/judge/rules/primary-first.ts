import type { Attempt } from '../following/cases.ts';
import type { Try } from '../following/tries.ts';
import { capsOf } from '../published/limits.ts';
import type { Refusal } from '../published/refusals.ts';
import type { Known, MakeRule } from '../rule.ts';
import { mostTriesOf } from './bounds.ts';
import { backupTries, primariesBetween } from './fallback.ts';
import { mayBeUnusable } from './usable.ts';

/**
 * "The primary is always charged first; the secondary when the primary fails": in each pass
 * anew, unless a try of the primary would be wasted or forbidden (docs/policy.md, "The next
 * method"). An old refusal alone does not make the backup the first choice.
 */
export const primaryFirst: MakeRule = (known, verdict) => ({
  observe() {
    for (const { made, attempt } of backupTries(known)) {
      const { invoice, claim } = attempt;
      const primaries = primariesBetween(known, attempt, claim);
      verdict.weigh();
      if (primaries.some((primary) => primary === null || mayPassOver(known, attempt, primary))) {
        continue;
      }
      verdict.breach(
        `Pass ${attempt.pass} of ${invoice} charged the backup ${made.method} (${made.charge}) ` +
          `without a try of the primary ${primaries.join(', ')}.`,
      );
    }
  },
});

function mayPassOver(known: Known, attempt: Attempt, primary: string): boolean {
  const { tries } = known.ledger;
  const { invoice, claim, pass } = attempt;
  const file = known.cases.of(invoice);
  if (mayBeUnusable(known, primary, attempt)) return true;
  const wasTried = file?.attempts.some(
    (other) => other.pass === pass && other.method === primary && other.n < attempt.n,
  );
  if (wasTried === true) return true;
  const refused = tries
    .ofInvoice(invoice)
    .filter(({ method, refusal }) => method === primary && refusal !== null)
    .filter(({ settledAt }) => settledAt <= claim.at);
  const newest = refused.at(-1);
  if (newest !== undefined && refused.length >= mostTriesOf(known, newest)) return true;
  if (refused.some(({ refusal }) => refusal?.reach !== 'none')) return true;
  const cause = file?.passes.get(pass)?.cause;
  const refusal = newest?.refusal ?? null;
  if (cause === 'new' && refusal !== null && isWasted(known, refusal)) return true;
  // The time has come from which on the backup may be charged: what the primary said stands.
  const waits = known.policy.declines[refusal?.kind ?? '']?.fallback;
  if (cause === 'fallback' && refusal !== null && waits !== 'after_payday') return true;
  return isCardSpent(known, attempt, primary);
}

/** Whether docs/policy.md has another try at once for wasted. */
const isWasted = ({ policy }: Known, { kind, waitMs }: Refusal): boolean =>
  waitMs > 0 || policy.declines[kind]?.tryAgainAtOnce !== true;

/** Blocked by whatever invoice, left alone because its network asks for it, or at its network's cap. */
function isCardSpent({ ledger, cases }: Known, attempt: Attempt, primary: string): boolean {
  const row = ledger.methods.row(primary);
  if (row === undefined) return true;
  const { basis, at } = attempt.claim;
  const cards = ledger.methods.cardsBetween(primary, basis, at);
  const tries = cards.flatMap((card) => ledger.tries.ofCard(card));
  if (tries.some(({ refusal }) => refusal?.reach === 'card' || refusal?.reach === 'data')) {
    return true;
  }
  const waits = tries.map(({ refusal, time }) => time + (refusal?.waitMs ?? 0));
  if (tries.some(({ refusal }) => refusal !== null) && Math.max(...waits) > attempt.claim.time) {
    return true;
  }
  const isCounted =
    (withinMs: number) =>
    ({ time, key }: Try): boolean =>
      Math.max(time, cases.attempt(key)?.sent.time ?? 0) > attempt.claim.time - withinMs;
  const brand = row.type === 'card' ? row.card.brand : null;
  return capsOf(brand).some((cap) => tries.filter(isCounted(cap.withinMs)).length >= cap.tries);
}
