import type { Attempt } from '../following/cases.ts';
import type { Try } from '../following/tries.ts';
import { capsOf, limits } from '../published/limits.ts';
import type { Known, MakeRule } from '../rule.ts';
import { backupTries, primariesBetween } from './fallback.ts';

/** After these docs/policy.md has the primary tried once more in the first pass. */
const triedAgainAtOnce: ReadonlySet<string> = new Set([
  'generic_decline',
  'do_not_honor',
  'processing_error',
  'issuer_not_available',
  'try_again_later',
]);

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
  const { methods, tries } = known.ledger;
  const { invoice, claim, pass } = attempt;
  const file = known.cases.of(invoice);
  if (methods.detachedSince(primary) !== undefined) return true;
  const wasTried = file?.attempts.some(
    (other) => other.pass === pass && other.method === primary && other.n < attempt.n,
  );
  if (wasTried === true) return true;
  const refused = tries
    .ofInvoice(invoice)
    .filter(({ method, refusal }) => method === primary && refusal !== null)
    .filter(({ settledAt }) => settledAt <= claim.at);
  if (refused.length >= limits.triesPerMethod) return true;
  if (refused.some(({ refusal }) => refusal?.reach !== 'none')) return true;
  const isFirst = file?.passes.get(pass)?.cause === 'new';
  const newest = refused.at(-1)?.refusal?.words;
  if (isFirst && newest !== undefined && !triedAgainAtOnce.has(newest)) return true;
  return isCardSpent(known, attempt, primary);
}

/** Blocked by whatever invoice, or at its network's cap. */
function isCardSpent({ ledger, cases }: Known, attempt: Attempt, primary: string): boolean {
  const row = ledger.methods.row(primary);
  if (row === undefined) return true;
  const { basis, at } = attempt.claim;
  const cards = ledger.methods.cardsBetween(primary, basis, at);
  const tries = cards.flatMap((card) => ledger.tries.ofCard(card));
  if (tries.some(({ refusal }) => refusal?.reach === 'card' || refusal?.reach === 'data')) {
    return true;
  }
  const isCounted =
    (withinMs: number) =>
    ({ ours, time, key }: Try): boolean =>
      ours && Math.max(time, cases.attempt(key)?.sent.time ?? 0) > attempt.claim.time - withinMs;
  const brand = row.type === 'card' ? row.card.brand : null;
  return capsOf(brand).some((cap) => tries.filter(isCounted(cap.withinMs)).length >= cap.tries);
}
