import type { Attempt } from '../following/cases.ts';
import type { Claim } from '../following/ledger.ts';
import { fingerprintOf } from '../following/methods.ts';
import type { Known } from '../rule.ts';

/** Months end at other times elsewhere. */
const dayMs = 86_400_000;

/**
 * Why everybody could see, all the time while it was decided, that a method is not to be charged:
 * expired, its mandate withdrawn, detached. `null` where that was not so all the time.
 */
export function whyUnusable(
  { ledger }: Known,
  method: string,
  { claim }: Pick<Attempt, 'claim'>,
): string | null {
  const { methods, mandates } = ledger;
  const { basis, at, time } = claim;
  const row = methods.row(method);
  const isUnchanged = methods.lastChange(method, at) < basis;
  if (row?.type === 'card' && isUnchanged) {
    const end = Date.UTC(row.card.exp_year, row.card.exp_month);
    if (end < time - dayMs) return `it had expired on ${new Date(end).toISOString()}`;
  }
  const active = mandates.between(method, basis, at);
  if (active.length > 0 && !active.includes(true)) return 'its mandate was withdrawn';
  const detached = methods.detachedSince(method);
  return detached !== undefined && detached < basis ? 'it was detached' : null;
}

/** Whether somebody may have seen that it cannot be charged, at some moment of the decision. */
export function mayBeUnusable(known: Known, method: string, attempt: Attempt): boolean {
  const { methods, mandates } = known.ledger;
  const { basis, at, time } = attempt.claim;
  const row = methods.row(method);
  if (row === undefined || methods.holderOf(method) !== attempt.customer) return true;
  const detached = methods.detachedSince(method);
  if (detached !== undefined && detached <= at) return true;
  if (mandates.between(method, basis, at).includes(false)) return true;
  if (row.type === 'card' && methods.brands.between(method, 0, at).length > 1) return true;
  if (hasExpired(known, method, time)) return true;
  const cards = methods.cardsBetween(method, 0, at);
  return [...known.ledger.claims.values()].some((claim) => cards.includes(cardOf(known, claim)));
}

/** By the end of its month, or at most a day before: months begin earlier elsewhere. */
export function hasExpired({ ledger }: Known, method: string, time: number): boolean {
  const row = ledger.methods.row(method);
  return row?.type === 'card' && Date.UTC(row.card.exp_year, row.card.exp_month) <= time + dayMs;
}

/** The card that a disputed charge was made with. */
export const cardOf = ({ ledger }: Known, { charge }: Claim): string => {
  const made = ledger.tries.of(charge);
  const row = ledger.methods.row(made?.method ?? '');
  return made?.card ?? (row === undefined ? '' : fingerprintOf(row));
};
