import type { OutsideKind } from '../features.ts';
import type { World } from '../world.ts';
import { afterPayments } from './after-payments.ts';
import { cardsAndBanks } from './cards-and-banks.ts';
import { customersAndAccounts } from './customers-and-accounts.ts';
import { customersAndMethods } from './customers-and-methods.ts';
import { outages } from './outages.ts';
import { peopleAtStripe } from './people-at-stripe.ts';
import { peopleOfStaff } from './people-of-staff.ts';
import { renewals } from './renewals.ts';

/** Does it, where there is something that it can be done to: false where there is not. */
export type Act = (world: World) => boolean;

export const acts: Readonly<Record<OutsideKind, Act>> = {
  ...renewals,
  ...cardsAndBanks,
  ...afterPayments,
  ...peopleAtStripe,
  ...peopleOfStaff,
  ...customersAndMethods,
  ...customersAndAccounts,
  ...outages,
};

/** What a customer may do at once who is told that a payment failed. */
const replies = ['customer_pays_now', 'customer_replaces_card'] as const;

/** Some customers who get such a mail open the page, where the seed has that. */
export function startReplies(world: World): void {
  const { plan, random, faults, mail, coverage } = world;
  const known = replies.filter((kind) => plan.outside.has(kind));
  mail.onMail(({ subject }) => {
    const kind = random.pickAny(known);
    if (kind === undefined || faults.areStopped || !subject.includes('failed')) return;
    if (random.chance(0.5) && acts[kind](world)) coverage.count('outside', kind);
  });
}

/** How often another kind is looked for where there was nothing to do for one. */
const mostTries = 10;

/** One thing happens outside, of a kind that the seed has. */
export function happenOutside(world: World): void {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const kind = pickKind(world);
    if (!acts[kind](world)) continue;
    world.coverage.count('outside', kind);
    return;
  }
}

function pickKind({ plan, random }: World): OutsideKind {
  const kinds = [...plan.outside];
  const total = kinds.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.next() * total;
  for (const [kind, weight] of kinds) {
    left -= weight;
    if (left < 0) return kind;
  }
  return 'renewal';
}
