import { type Settings, settingsSchema } from '../../../functions/environment.ts';
import type { AccountSettings } from '../../../local/stripe/engine/state.ts';
import { createRandom, type Random } from '../random.ts';
import { drawPolicy } from './draw-policy.ts';
import {
  type FaultKind,
  type Feature,
  faultKinds,
  type OutsideKind,
  outsideKinds,
} from './features.ts';

/** What a seed's world is like, before anything happens in it. */
export interface Plan {
  readonly seed: number;
  /** How many times something happens outside before the calm. */
  readonly steps: number;
  /** How likely each fault is at one call, 0 to 1; what is missing never strikes. */
  readonly faults: ReadonlyMap<FaultKind, number>;
  /** How often each kind is chosen, relative to the others; what is missing never is. */
  readonly outside: ReadonlyMap<OutsideKind, number>;
  /** Milliseconds between two of them: at least and at most, one of the spans at a time. */
  readonly gaps: readonly (readonly [least: number, most: number])[];
  /** Milliseconds that a call takes on its way at most, to and fro. */
  readonly longestLatencyMs: number;
  readonly customers: number;
  /** Hours from one comparison with Stripe to the next, until the calm. */
  readonly reconcileEveryHours: number;
  readonly settings: Settings;
  readonly stripe: Omit<AccountSettings, 'hostedUrl'>;
}

/** What a shrinking run leaves out of a seed. */
export interface Reduction {
  readonly steps?: number | undefined;
  readonly without?: readonly Feature[] | undefined;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const gaps = [
  [0, 100],
  [0, 2 * second],
  [second, minute],
  [minute, 30 * minute],
  [hour, day],
  [day, 4 * day],
] as const;

/** The plan of a seed; the same seed with a reduction differs in that alone. */
export function planOf(seed: number, reduction: Reduction = {}): Plan {
  const random = createRandom(`plan ${seed}`);
  const swarm = drawSwarm(random, createRandom(`reminders ${seed}`));
  const without = new Set<Feature>(reduction.without);
  const steps = random.between(15, 60);
  return {
    seed,
    steps: Math.min(steps, reduction.steps ?? steps),
    faults: new Map([...swarm.faults].filter(([kind]) => !without.has(kind))),
    outside: new Map([...swarm.outside].filter(([kind]) => !without.has(kind))),
    gaps: someOf(gaps, random),
    longestLatencyMs: random.pick([2, 20, 200, 2000]),
    customers: random.pick([1, 1, 2, 3]),
    reconcileEveryHours: random.pick([1, 6, 6, 12]),
    settings: drawSettings(
      random,
      drawPolicy(createRandom(`policy ${seed}`), createRandom(`thresholds ${seed}`)),
    ),
    stripe: drawStripeSettings(random),
  };
}

/** How likely a fault is at one call: seldom, now and then, often. */
const rates = [0.003, 0.015, 0.06];
const weights = [1, 2, 5];

/** Drawn from numbers of their own: they came later, and the seeds of before stay what they were. */
const ofReminders = {
  faults: ['remind_missed', 'remind_twice'],
  outside: ['card_expires_soon'],
} as const satisfies { readonly faults: FaultKind[]; readonly outside: OutsideKind[] };

const isEarlier = (kind: Feature): boolean =>
  ![...ofReminders.faults, ...ofReminders.outside].some((each) => each === kind);

function drawSwarm(random: Random, later: Random) {
  const share = random.pick([0.1, 0.3, 0.5, 0.8]);
  const faults = new Map<FaultKind, number>();
  for (const kind of faultKinds.filter(isEarlier)) {
    const rate = random.pick(rates);
    if (random.chance(share)) faults.set(kind, rate * chancesOf(kind));
  }
  const outside = new Map<OutsideKind, number>();
  for (const kind of outsideKinds.filter(isEarlier)) {
    const weight = random.pick(weights);
    if (random.chance(0.5)) outside.set(kind, weight * occasionsOf(kind));
  }
  for (const kind of ofReminders.faults) {
    if (later.chance(0.5)) faults.set(kind, later.pick(rates) * chancesOf(kind));
  }
  for (const kind of ofReminders.outside) if (later.chance(0.4)) outside.set(kind, 4);
  // Without these nothing would ever fail.
  outside.set('renewal', 20);
  outside.set('primary_answers', 12);
  return { faults, outside };
}

/** What is of interest at the few requests to charge. */
const twice: ReadonlySet<FaultKind> = new Set([
  'stripe_429',
  'stripe_500_after',
  'stripe_lock_timeout',
]);

/** What has few occasions in a seed, as the few mails, takes more of them. */
function chancesOf(kind: FaultKind): number {
  // A key is refused for a while or not at all.
  if (kind === 'stripe_key_refused') return 0;
  if (kind.startsWith('mail_')) return 8;
  // At a request to charge alone, and of what it leads to nothing else does.
  if (kind === 'detached_meanwhile') return 6;
  if (twice.has(kind)) return 2;
  if (kind === 'answer_lost' || kind === 'request_twice') return 8;
  return /^(event|sweep|reconcile|remind)_/.test(kind) ? 4 : 1;
}

/** What can be done seldom is tried whenever it can. */
const seldom: ReadonlySet<OutsideKind> = new Set([
  'card_used_up',
  'charge_disputed',
  'customer_changes_members',
  'customer_pays_now',
  'customer_replaces_card',
  'dispute_decided',
  'mandate_withdrawn',
  'network_asks_to_wait',
  'staff_acknowledges',
]);

/** What needs something seldom before it, as a debit that is on its way. */
const seldomest: ReadonlySet<OutsideKind> = new Set(['debit_returned', 'debit_settled']);

function occasionsOf(kind: OutsideKind): number {
  if (seldomest.has(kind)) return 12;
  return seldom.has(kind) ? 4 : 1;
}

function someOf<One>(from: readonly One[], random: Random): readonly One[] {
  const some = from.filter(() => random.chance(0.5));
  return some.length === 0 ? [random.pick(from)] : some;
}

const business = {
  name: 'Lumen Weather',
  supportEmail: 'help@lumen-weather.example',
  locale: 'en-US',
  timeZone: 'America/New_York',
};

const drawSettings = (random: Random, policy: object): Settings =>
  settingsSchema.parse({
    mode: random.chance(0.08) ? 'observe' : 'own',
    stripeMode: 'test',
    business,
    mail: { sender: 'billing@lumen-weather.example' },
    policy: { ...policy, passesPerSecond: random.pick([15, 15, 1]) },
  });

const daySeconds = 86_400;

const drawStripeSettings = (random: Random): Plan['stripe'] => ({
  retryAfterSeconds: random.pick([
    [],
    [3 * daySeconds, 5 * daySeconds, 7 * daySeconds],
    [3600, 3600, daySeconds],
    [60, 60, 60],
  ]),
  afterRetries: random.pick(['cancel', 'mark_unpaid', 'leave_past_due']),
  upcomingInvoiceDays: 7,
});
