import type { Attempt } from '../following/cases.ts';
import { fingerprintOf } from '../following/methods.ts';
import type { Try } from '../following/tries.ts';
import type { Reach } from '../published/refusals.ts';
import { textOf } from '../read.ts';
import type { Known, MakeRule, Moment, Verdict } from '../rule.ts';

/**
 * "A dead card is not tried, for any invoice, until the block was rightly lifted": by another
 * fingerprint, by the network's update of this one, or by staff.
 *
 * A try breaks the rule if its decision to send (the claim, or the claim to send again) came
 * after the refusal was known. It is known from the write of the case that took the refused
 * attempt off the record; for a try of Stripe's own, of the primary, from the next claim or end
 * of pass of that invoice that was decided on a look after it; and within one invoice from every
 * look after it. A decision of before is no breach: nobody could know.
 */
export const deadCard: MakeRule = (known, verdict) => ({
  observe(moment) {
    noteWhatIsKnown(known, moment);
    weighDecision(known, verdict, moment, 'card');
    for (const { made, attempt } of ourTries(known)) {
      for (const dead of refusalsBefore(known, made, 'card')) {
        if (!wasKnown(dead, made, attempt)) continue;
        const { methods } = known.ledger;
        if (methods.wasUpdatedByNetwork(made.card, dead.settledAt, made.madeAt)) continue;
        if (wasLifted(known, made, dead, attempt)) continue;
        verdict.breach(describe(made, dead, 'the card is dead'));
      }
    }
  },
});

/**
 * Wrong expiry, number or CVC: not tried until this method's data changed. Only the newest try
 * of the method speaks: where the bank has said something else since, the data was not at fault.
 */
export const wrongData: MakeRule = (known, verdict) => ({
  observe(moment) {
    weighDecision(known, verdict, moment, 'data');
    for (const { made, attempt } of ourTries(known)) {
      const newest = known.ledger.tries
        .ofCard(made.card)
        .findLast(({ method, madeAt }) => method === made.method && madeAt < made.madeAt);
      if (newest?.refusal?.reach !== 'data') continue;
      if (known.ledger.methods.lastChange(made.method, made.madeAt) > newest.settledAt) continue;
      if (!wasKnown(newest, made, attempt)) continue;
      if (wasLifted(known, made, newest, attempt)) continue;
      verdict.breach(describe(made, newest, 'its data have not changed since'));
    }
  },
});

/** Authentication, risk: no more automatic tries of this invoice; a person may override it. */
export const notThisInvoice: MakeRule = (known, verdict) => ({
  observe(moment) {
    weighDecision(known, verdict, moment, 'invoice');
    for (const { made, attempt } of ourTries(known)) {
      const cause = known.cases.of(attempt.invoice)?.passes.get(attempt.pass)?.cause;
      for (const refused of refusalsBefore(known, made, 'invoice')) {
        if (refused.invoice !== made.invoice || refused.method !== made.method) continue;
        if (cause === 'wanted' || cause === undefined) continue;
        if (refused.settledAt >= attempt.sent.basis) continue;
        if (known.ledger.methods.lastChange(made.method, made.madeAt) > refused.settledAt) continue;
        verdict.breach(describe(made, refused, 'nobody asked for another try of this invoice'));
      }
    }
  },
});

/** "Wait": not before the time that the network asks for, for any invoice. */
export const networkWaits: MakeRule = (known, verdict) => ({
  observe() {
    for (const { made, attempt } of ourTries(known)) {
      const { claim } = attempt;
      for (const refused of known.ledger.tries.ofCard(made.card)) {
        const wait = refused.refusal?.waitMs ?? 0;
        if (wait === 0 || refused.charge === made.charge || refused.madeAt > made.madeAt) continue;
        verdict.weigh();
        const until = refused.time + wait;
        if (claim.time >= until - 2_000 || !wasKnown(refused, made, { ...attempt, sent: claim })) {
          continue;
        }
        verdict.breach(
          describe(
            made,
            refused,
            `its network asks to wait until ${new Date(until).toISOString()}`,
          ),
        );
      }
    }
  },
});

/** A claim or an end of a pass decides for or against each method; blocked ones are weighed. */
function weighDecision(
  { ledger, cases, items }: Known,
  verdict: Verdict,
  { at }: Moment,
  reach: Reach,
): void {
  const file = cases.written;
  if (file === null) return;
  const hasClaimed = file.attempts.at(-1)?.claim.at === at;
  if (!hasClaimed && file.passes.get(file.item.passCount)?.endedAt !== at) return;
  const { invoice, customer } = file.item;
  const backup = textOf(items.get(`CUSTOMER#${customer}`, 'V#CUSTOMER')?.secondary);
  for (const method of [...ledger.primaries.between(invoice, file.basis, at), backup]) {
    const row = method === null ? undefined : ledger.methods.row(method);
    if (row === undefined) continue;
    const isBlocked = ledger.tries
      .ofCard(fingerprintOf(row))
      .some(
        (each) =>
          each.refusal?.reach === reach && (reach !== 'invoice' || each.invoice === invoice),
      );
    if (isBlocked) verdict.weigh();
  }
}

function ourTries({ ledger, cases }: Known): readonly { made: Try; attempt: Attempt }[] {
  return ledger.tries.fresh.flatMap((made) => {
    const attempt = made.ours ? cases.attempt(made.key) : undefined;
    return attempt === undefined ? [] : [{ made, attempt }];
  });
}

const refusalsBefore = ({ ledger }: Known, made: Try, reach: Reach): readonly Try[] =>
  ledger.tries
    .ofCard(made.card)
    .filter(({ refusal, madeAt }) => refusal?.reach === reach && madeAt < made.madeAt);

function wasKnown(refused: Try, made: Try, { sent }: Attempt): boolean {
  if (refused.knownAt !== null && refused.knownAt < sent.at) return true;
  const isSeen = refused.invoice === made.invoice && refused.method === made.method;
  return isSeen && refused.settledAt < sent.basis;
}

/** Staff know better: what stood against the card when they said so does not any more. */
function wasLifted({ people, ledger }: Known, made: Try, refused: Try, { sent }: Attempt): boolean {
  return people.lifts.some(({ method, at, endedAt }) => {
    if (refused.settledAt > endedAt || at > sent.at) return false;
    return method === made.method || ledger.methods.cardsBetween(method, 0, at).includes(made.card);
  });
}

/** Marks the refusals of which Backstop has written something by now. */
function noteWhatIsKnown({ ledger, cases }: Known, { at }: Moment): void {
  const file = cases.written;
  if (file === null) return;
  const { invoice } = file.item;
  const last = file.attempts.at(-1);
  const hasEndedPass = file.passes.get(file.item.passCount)?.endedAt === at;
  for (const attempt of file.attempts) {
    if (attempt.endedAt === at) note(ledger.tries.ofInvoice(invoice).find(isOf(attempt)));
  }
  if (last?.claim.at !== at && !hasEndedPass) return;
  const [primary, ...others] = ledger.primaries.between(invoice, file.basis, at);
  if (typeof primary !== 'string' || others.length > 0) return;
  const newest = ledger.tries.ofInvoice(invoice).findLast(({ method }) => method === primary);
  if (newest === undefined || newest.settledAt >= file.basis) return;
  if (ledger.methods.lastChange(primary, at) < newest.settledAt) note(newest);

  function note(refused: Try | undefined): void {
    if (refused?.refusal != null) refused.knownAt ??= at;
  }
}

const isOf =
  ({ key }: Attempt) =>
  (made: Try): boolean =>
    made.key === key;

function describe(made: Try, refused: Try, why: string): string {
  const code = refused.refusal?.words;
  return (
    `We charged ${made.method} (${made.charge}, ${made.invoice}) after ${refused.charge} of ` +
    `${refused.invoice} was refused with ${code}: ${why}.`
  );
}
