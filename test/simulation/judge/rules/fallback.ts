import type { Evidence } from '../../evidence.ts';
import type { Attempt, Decision } from '../following/cases.ts';
import { fingerprintOf } from '../following/methods.ts';
import type { Try } from '../following/tries.ts';
import { listIn, textOf } from '../read.ts';
import type { Known, MakeRule } from '../rule.ts';
import { mayBeUnusable } from './usable.ts';

/** Requests to charge that Stripe refused without a charge, by invoice. */
type Refused = Map<string, { readonly method: string; readonly status: number; at: number }[]>;

/**
 * "The secondary is charged only after a definite refusal of the primary for this invoice (by
 * Stripe's try or ours, later than the primary's last change), or when the primary is known to
 * be unusable": there is none, it is detached or expired, its mandate was withdrawn, its brand is
 * another, or its card is blocked or disputed.
 */
export const refusalOfPrimary: MakeRule = (known, verdict) => {
  const refused: Refused = new Map();
  return {
    observe({ at, happening }) {
      if (happening.kind === 'stripe_call' && happening.call.by === 'backstop') {
        const { path, params, status, charges } = happening.call;
        const invoice = path.split('/')[3] ?? '';
        const method = textOf(params.payment_method);
        if (path.endsWith('/pay') && method !== null && status >= 400 && charges.length === 0) {
          listIn(refused, invoice).push({ method, status, at });
        }
      }
      for (const { made, attempt } of backupTries(known)) {
        verdict.weigh();
        const { invoice, claim } = attempt;
        const primaries = primariesBetween(known, attempt, claim);
        if (primaries.some((primary) => opensFallback(known, refused, attempt, primary))) continue;
        const named = primaries.map((primary) => primary ?? 'none').join(', ');
        verdict.breach(
          `We charged the backup ${made.method} (${made.charge}) for ${invoice}, though its ` +
            `primary (${named}) was not refused for it since it last changed, and was usable.`,
        );
      }
    },
  };
};

/** "... and only with consent", in force when the attempt was put on record. */
export const consent: MakeRule = (known, verdict) => ({
  observe({ evidence }) {
    for (const { made, attempt } of backupTries(known)) {
      verdict.weigh();
      const why = whyNoConsent(known, evidence, made, attempt);
      if (why !== null) verdict.breach(`We charged ${made.charge} for ${made.invoice}: ${why}.`);
    }
  },
});

/** Our tries of this happening with another method than what Stripe itself would charge. */
export function backupTries(known: Known): readonly { made: Try; attempt: Attempt }[] {
  return known.ledger.tries.fresh.flatMap((made) => {
    const attempt = made.ours ? known.cases.attempt(made.key) : undefined;
    if (attempt === undefined) return [];
    const primaries = primariesBetween(known, attempt, attempt.sent);
    return primaries.includes(made.method) ? [] : [{ made, attempt }];
  });
}

/** What Stripe would charge at some moment of a decision, and what was chosen here for it. */
export const primariesBetween = (
  { ledger, people }: Known,
  { invoice, customer }: Attempt,
  { basis, at }: Decision,
): readonly (string | null)[] => [
  ...ledger.primaries.between(invoice, basis, at),
  ...people.chosenPrimaries(customer, basis, at),
];

function opensFallback(
  known: Known,
  refused: Refused,
  attempt: Attempt,
  primary: string | null,
): boolean {
  const { invoice, claim } = attempt;
  if (primary === null || mayBeUnusable(known, primary, attempt)) return true;
  const { methods, tries } = known.ledger;
  const changed = methods.lastChange(primary, claim.basis);
  const isOfThisData = (settledAt: number) =>
    settledAt > changed || methods.hadSameData(primary, settledAt, claim.basis);
  const isRefused = tries
    .ofInvoice(invoice)
    .some(
      ({ method, refusal, settledAt }) =>
        method === primary && refusal !== null && settledAt <= claim.at && isOfThisData(settledAt),
    );
  if (isRefused || isBlocked(known, primary, claim, changed)) return true;
  // Without a charge: asks for authentication (402), or cannot be used at all (400, 404). A card
  // that is attached can always be tried.
  const isCard = methods.row(primary)?.type === 'card';
  return (refused.get(invoice) ?? []).some(
    ({ method, status, at }) =>
      method === primary && at <= claim.at && (status === 402 || (status < 429 && !isCard)),
  );
}

/** Its card is dead, or waits for corrected data. */
function isBlocked(
  { ledger: { methods, tries } }: Known,
  primary: string,
  claim: Decision,
  changed: number,
): boolean {
  const cards = methods.cardsBetween(primary, claim.basis, claim.at);
  const tried = cards.flatMap((card) => tries.ofCard(card));
  return tried.some(({ method, refusal, settledAt }) => {
    if (refusal === null || settledAt > claim.at) return false;
    if (refusal.reach === 'card') return true;
    return refusal.reach === 'data' && (method !== primary || settledAt > changed);
  });
}

function whyNoConsent(
  known: Known,
  { customers }: Evidence,
  made: Try,
  { customer, sent, claim }: Attempt,
): string | null {
  const backups = customers.find((each) => each.customer === customer)?.backups ?? [];
  const ofMethod = backups.filter(({ method }) => method === made.method);
  if (ofMethod.length === 0) return `${made.method} is neither its primary nor its backup`;
  const inForce = ofMethod.some(
    ({ consentFrom, consentUntil }) =>
      consentFrom <= sent.time && (consentUntil === null || consentUntil >= sent.time),
  );
  const when = new Date(sent.time).toISOString();
  if (!inForce) return `no consent to charge ${made.method} was in force at ${when}`;
  return whyOtherRole(known, made, sent, customer) ?? whySameCard(known, made, claim);
}

/** What stood in the table before the claim is what the second look, after it, has to see. */
function whyOtherRole(
  { items }: Known,
  { method }: Try,
  { at }: Decision,
  customer: string,
): string | null {
  const pk = `CUSTOMER#${customer}`;
  const secondary = items.get(pk, 'V#CUSTOMER')?.secondary;
  if (secondary !== method && items.writtenAt(pk, 'V#CUSTOMER') < at) {
    return `${secondary} was the backup on record when ${method} was claimed`;
  }
  const agreed = items.get(pk, `V#METHOD#${method}`)?.consent ?? null;
  if (agreed === null && items.writtenAt(pk, `V#METHOD#${method}`) < at) {
    return `no consent for ${method} was on record when it was claimed`;
  }
  return null;
}

/** docs/policy.md: the secondary must not be the card that was just refused. */
function whySameCard({ ledger }: Known, made: Try, claim: Decision): string | null {
  const primaries = ledger.primaries.between(made.invoice ?? '', claim.basis, claim.at);
  const isSame = primaries.every((primary) => {
    const row = primary === null ? undefined : ledger.methods.row(primary);
    if (row === undefined || fingerprintOf(row) !== made.card) return false;
    return ledger.methods.lastChange(row.id, made.madeAt + 1) < claim.basis;
  });
  return isSame ? `the backup ${made.method} is the same card as the primary` : null;
}
