import { type FaultKind, faultKinds } from '../features.ts';
import type { World } from '../world.ts';
import type { Act } from './happen.ts';
import { switchCharging } from './staff.ts';

const minute = 60_000;

/** Faults that are no outage: they strike a process or one event, and nothing lasts. */
const isOutage = (kind: FaultKind): boolean =>
  /^(stripe|table|queue|mail)_/.test(kind) && !/_(twice|late|bounced|after_delete)$/.test(kind);

/** Something is out for minutes or hours: nearly every call meets one kind of fault. */
function beginOutage(world: World): boolean {
  const { plan, random, faults, agenda, chronicle } = world;
  const kinds = faultKinds.filter((each) => isOutage(each) && plan.faults.has(each));
  // It is an outage or nothing: the others strike single calls as well.
  const isKey = kinds.includes('stripe_key_refused') && random.chance(0.3);
  const kind = isKey ? 'stripe_key_refused' : random.pickAny(kinds);
  if (kind === undefined) return false;
  const minutes = random.pick([1, 5, 30, 120, 600]);
  faults.beginOutage(kind, agenda.now + minutes * minute);
  chronicle.note('outage', `${kind} for ${minutes} minutes`);
  if (kind === 'stripe_key_refused') {
    // The functions have stopped all charging by then: somebody puts a new key there.
    const mendedAfter = (minutes + random.below(180)) * minute;
    agenda.after(mendedAfter, () => {
      if (!faults.areStopped) switchCharging(world, 'allowed');
    });
  }
  return true;
}

export const outages = { outage: beginOutage } satisfies Record<string, Act>;
