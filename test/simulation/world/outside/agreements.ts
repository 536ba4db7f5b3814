import type { ApiAnswer } from '../../evidence.ts';
import { fieldOf } from '../coverage.ts';
import type { KnownCustomer, World } from '../world.ts';
import { granted } from './asking.ts';

/**
 * The customer agrees that a method is charged as the backup, by the requests that `ask` sends:
 * from the first moment on at which one may take effect.
 */
export async function agree<Answer>(
  { agenda }: World,
  known: KnownCustomer,
  method: string,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  known.backups.push({ method, consentFrom: agenda.now, consentUntil: null });
  known.agreeing += 1;
  const answer = await ask();
  known.agreeing -= 1;
  return answer;
}

/**
 * They agree no longer, once that was answered. Where they agree to something at the same time
 * nobody can say what came last: then nothing ends.
 */
export async function disagree(
  { agenda }: World,
  known: KnownCustomer,
  method: string,
  ask: () => Promise<ApiAnswer | null>,
): Promise<void> {
  const before = known.backups.length;
  const wasAgreeing = known.agreeing > 0;
  const answer = await ask();
  const isClear = !wasAgreeing && known.agreeing === 0 && known.backups.length === before;
  if (granted(answer) === null || !isClear) return;
  for (const backup of known.backups) {
    if (backup.method === method) backup.consentUntil ??= agenda.now;
  }
}

/** The same card once more: whoever agreed to it agreed to the card. */
export function agreedToCard({ stripe, table }: World, known: KnownCustomer, method: string) {
  const rowOf = (id: string) => stripe.tables.payment_methods.find((row) => row.id === id);
  const cardsOf = (id: string): readonly unknown[] => [
    fieldOf(fieldOf(rowOf(id), 'card'), 'fingerprint'),
    table.items.find(({ sk }) => sk === `V#METHOD#${id}`)?.fingerprint,
  ];
  const cards = cardsOf(method);
  return known.backups.some(
    (backup) =>
      backup.consentUntil === null &&
      cardsOf(backup.method).some((card) => card !== undefined && cards.includes(card)),
  );
}
