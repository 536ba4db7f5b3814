import type { CaseFile, Decision } from '../following/cases.ts';
import type { Try } from '../following/tries.ts';
import type { Known, MakeRule } from '../rule.ts';

/**
 * "While a bank debit or an on-session payment is in flight, nothing else is charged for that
 * invoice": no charge of ours beside a pending one, and no claim that was decided on a look that
 * showed it, or against a hold.
 */
export const inFlight: MakeRule = (known, verdict) => ({
  observe({ at }) {
    const { tries } = known.ledger;
    for (const made of tries.fresh) {
      if (!made.ours || made.invoice === null) continue;
      const beside = pendingOf(known, made.invoice).filter(({ charge }) => charge !== made.charge);
      if (beside.length === 0) continue;
      verdict.weigh();
      verdict.breach(
        `We charged ${made.charge} for ${made.invoice} while ${beside[0]?.charge} was in flight.`,
      );
    }
    const file = known.cases.written;
    if (file === null) return;
    const { invoice } = file.item;
    const pending = pendingOf(known, invoice);
    const isHeld = file.before !== null && file.before.holdUntil > 0;
    if (pending.length === 0 && !isHeld) return;
    verdict.weigh();
    const decided = decisionAt(file, at);
    if (decided === null) return;
    const seen = pending.find(({ madeAt }) => madeAt < decided.basis);
    if (seen !== undefined) {
      verdict.breach(`We claimed an attempt for ${invoice} while ${seen.charge} was in flight.`);
    }
    if ((file.before?.holdUntil ?? 0) > decided.time) {
      verdict.breach(`We claimed an attempt for ${invoice} against a hold.`);
    }
  },
});

const pendingOf = ({ ledger }: Known, invoice: string): readonly Try[] =>
  ledger.tries.ofInvoice(invoice).filter(({ status }) => status === 'pending');

/** The decision to send that this write of the case put on record. */
function decisionAt({ attempts }: CaseFile, at: number): Decision | null {
  const sent = attempts.at(-1)?.sent;
  return sent?.at === at ? sent : null;
}
