import { findCustomers, type Membership } from '../account/find-customers.ts';
import type { PersonId } from '../domain/customer/person.ts';
import { messageVersion } from '../domain/messages.ts';
import {
  type Suppression,
  type SuppressionCause,
  suppress,
  suppressionFact,
} from '../domain/notice/suppression.ts';
import type { Instant } from '../domain/time.ts';
import { destinationOf } from '../mail/destination-of.ts';
import type { MailEventDependencies } from './dependencies.ts';

/** How often a record is read anew when another writer came first. */
const mostTries = 5;

/**
 * Sends nothing more to an address, and lets the other owners of its customers be told. The same
 * event again finds it suppressed and tells again, which is one fact and so one mail: the process
 * may die between the two.
 * @throws where the record kept changing.
 */
export async function suppressAddress(
  dependencies: MailEventDependencies,
  found: {
    readonly person: PersonId;
    readonly why: SuppressionCause;
    readonly mailedAt: Instant;
  },
): Promise<void> {
  const { records, clock, log, metrics } = dependencies;
  const { person } = found;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = await records.suppression(person);
    const suppression = suppress(stored, found, clock.now());
    if (suppression !== null) {
      if (!(await records.saveSuppression(suppression))) continue;
      metrics.count('AddressSuppressed');
      log.warn('Nothing more is sent to an address', { person, why: suppression.why });
    }
    const standing = suppression ?? stored;
    if (standing !== null && standing.liftedAt === null) await tellOthers(dependencies, standing);
    return;
  }
  throw new Error(`The suppression of an address changed ${mostTries} times while it was read.`);
}

async function tellOthers(
  dependencies: MailEventDependencies,
  suppression: Suppression,
): Promise<void> {
  const memberships = await findCustomers(dependencies.records, suppression.person);
  for (const membership of memberships) {
    if (membership.member.role === 'owner') {
      await tellOwnersOf(dependencies, membership, suppression);
    }
  }
}

async function tellOwnersOf(
  { records, queues, log, metrics }: MailEventDependencies,
  { customer: { customer, members } }: Membership,
  suppression: Suppression,
): Promise<void> {
  const owners = members.filter(({ role }) => role === 'owner');
  const destinations = await Promise.all(owners.map(({ email }) => destinationOf(records, email)));
  if (destinations.every((destination) => 'fault' in destination)) {
    metrics.count('CustomerUnreachable');
    log.error('Mails reach no owner of the customer any more', { customer });
    return;
  }
  await queues.sendNotice({
    v: messageVersion,
    customer,
    notice: {
      kind: 'address_unreachable',
      fact: suppressionFact(suppression),
      person: suppression.person,
      why: suppression.why,
    },
  });
}
