import type { PersonId } from '../domain/customer/person.ts';
import { liftSuppression as lifted } from '../domain/notice/suppression.ts';
import type { Instant } from '../domain/time.ts';
import type { Records } from '../runtime/records.ts';

/** How often a record is read anew when another writer came first. */
const mostTries = 5;

/**
 * Lets mails go to an address again that was suppressed at `at`. Doing it twice is the same; what
 * came after `at` stands.
 * @throws where the record kept changing.
 */
export async function liftSuppression(
  records: Pick<Records, 'suppression' | 'saveSuppression'>,
  { person, at }: { readonly person: PersonId; readonly at: Instant },
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = await records.suppression(person);
    if (stored === null || stored.liftedAt !== null || stored.at > at) return;
    if (await records.saveSuppression(lifted(stored, at))) return;
  }
  throw new Error(`The suppression of an address changed ${mostTries} times while it was read.`);
}
