import { wakeCase } from '../../../functions/domain/case/advance-case.ts';
import {
  type DunningCase,
  hintedCase,
  sweepAt,
} from '../../../functions/domain/case/dunning-case.ts';
import { recordCustomer } from '../../../functions/domain/customer/customer.ts';
import { recordPaymentMethod } from '../../../functions/domain/customer/payment-method.ts';
import { messageVersion, type RetryMessage } from '../../../functions/domain/messages.ts';
import type { Policy } from '../../../functions/domain/policy.ts';
import type { Instant } from '../../../functions/domain/time.ts';
import type { RetryDependencies } from '../../../functions/retry/dependencies.ts';
import { runPass } from '../../../functions/retry/run-pass.ts';
import type { Records } from '../../../functions/runtime/records.ts';
import { codesOf } from '../model/case-luck.ts';
import { horizonMs, paysAt } from '../model/method-luck.ts';
import { createMemoryRecords } from './memory-records.ts';
import {
  chargeOf,
  type Drawn,
  type Happening,
  openRenewal,
  type Renewal,
  updateMethod,
} from './renewal.ts';
import { createSimulatedStripe, type LoggedTry, tryOf } from './simulated-stripe.ts';

/** The retry room: what decides and charges. */
export type Room = (dependencies: RetryDependencies, message: RetryMessage) => Promise<void>;

/** What became of failures that share a world, because they share cards. */
export interface PlayedWorld {
  readonly renewals: readonly Renewal[];
  readonly tries: readonly LoggedTry[];
}

/** A process of the room lives so long; in a simulated world it needs no time at all. */
const lifeMs = 120_000;
/** More goes at one moment mean that a case comes to no rest. */
const mostGoesAtOnce = 100;

/**
 * Plays failures through the retry room as it is deployed, in simulated time: the same table
 * records, ledgers, claims and schedules, with a Stripe that answers by the failures' luck.
 * @param room Another one in tests only.
 */
export async function playWorld(
  drawn: readonly Drawn[],
  policy: Policy,
  room: Room = runPass,
): Promise<PlayedWorld> {
  const world = openWorld(drawn, policy, room);
  let goesAtOnce = 0;
  for (;;) {
    const next = await findNext(world);
    if (next === null) return world;
    goesAtOnce = next.at > world.clock.time ? 0 : goesAtOnce + 1;
    if (goesAtOnce > mostGoesAtOnce) {
      throw new Error(`${next.renewal.invoice} comes to no rest at ${new Date(next.at).toJSON()}.`);
    }
    world.clock.time = Math.max(world.clock.time, next.at);
    await go(world, next);
  }
}

interface World {
  readonly renewals: readonly Renewal[];
  readonly tries: LoggedTry[];
  readonly records: Records;
  readonly clock: { time: Instant };
  /** A message of the retry queue reaches the room. */
  readonly run: (renewal: Renewal, type: RetryMessage['type']) => Promise<void>;
}

function openWorld(drawn: readonly Drawn[], policy: Policy, room: Room): World {
  const renewals = drawn.map(openRenewal);
  const tries: LoggedTry[] = [];
  const time = { time: 0 };
  const clock = { now: () => time.time };
  const records = createMemoryRecords();
  const byInvoice = new Map(renewals.map((renewal) => [renewal.invoice, renewal]));
  const dependencies: RetryDependencies = {
    records,
    queues: { sendNotice: async () => {} },
    stripe: createSimulatedStripe(byInvoice, clock, (made) => tries.push(made)),
    policy,
    mode: 'own',
    clock,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    metrics: { count: () => {} },
    remainingMs: () => lifeMs,
  };
  const run: World['run'] = ({ holder: { customer }, invoice }, type) =>
    room(dependencies, { v: messageVersion, type, customer, invoice });
  return { renewals, tries, records, clock: time, run };
}

interface Next {
  readonly at: Instant;
  readonly renewal: Renewal;
  readonly happens: Happening['kind'] | 'debit_ends' | 'due';
}

/** What comes next in the world; `null` once nothing does within the horizon of any failure. */
async function findNext({ renewals, records }: World): Promise<Next | null> {
  let earliest: Next | null = null;
  for (const renewal of renewals) {
    const next = nextOf(renewal, await records.case(renewal.holder.customer, renewal.invoice));
    if (next !== null && (earliest === null || next.at < earliest.at)) earliest = next;
  }
  return earliest;
}

function nextOf(renewal: Renewal, dunningCase: DunningCase | null): Next | null {
  const [ahead] = renewal.ahead;
  const dueAt = dunningCase === null ? null : sweepAt(dunningCase);
  const things: Next[] = [];
  if (ahead !== undefined) things.push({ at: ahead.at, renewal, happens: ahead.kind });
  if (renewal.underWay !== null) {
    things.push({ at: renewal.underWay.at, renewal, happens: 'debit_ends' });
  }
  if (dueAt !== null) things.push({ at: dueAt, renewal, happens: 'due' });
  const [first] = things.sort((a, b) => a.at - b.at);
  return first === undefined || first.at > renewal.failedAt + horizonMs ? null : first;
}

async function go(world: World, { renewal, happens }: Next): Promise<void> {
  const { records, tries, clock, run } = world;
  if (happens === 'due') return run(renewal, 'pass');
  if (happens === 'debit_ends') {
    endDebit(renewal, clock.time);
    return run(renewal, 'settle');
  }
  renewal.ahead = renewal.ahead.slice(1);
  switch (happens) {
    case 'failed': {
      const first = failFirst(renewal);
      if (first !== null) tries.push(first);
      return recordRenewal(records, renewal, clock.time);
    }
    case 'primary_updated':
    case 'secondary_updated': {
      const method = happens === 'primary_updated' ? renewal.primary : renewal.secondary;
      if (method === null) return;
      updateMethod(method);
      if (method === renewal.secondary && renewal.failure.secondary?.consented !== true) return;
      await wake(records, renewal);
      return run(renewal, 'pass');
    }
    case 'customer_pays':
      if (renewal.status !== 'open' || renewal.underWay !== null) return;
      renewal.status = 'paid';
      renewal.paid = { at: clock.time, by: 'customer' };
      return run(renewal, 'settle');
  }
}

/** Stripe's own try, with which it all began; `null` where none is known. */
function failFirst(renewal: Renewal): LoggedTry | null {
  const { failure, primary, failedAt } = renewal;
  if (primary === null || failure.refusal === null) return null;
  renewal.charges = [chargeOf(renewal, primary, failedAt, 'failed', codesOf(failure.refusal))];
  return tryOf(renewal, primary, 'primary', failedAt, false, false);
}

/** The webhook's part, and the backup that the customer had named before. */
async function recordRenewal(records: Records, renewal: Renewal, now: Instant): Promise<void> {
  const { holder, primary, secondary, failure, invoice } = renewal;
  const customer = recordCustomer(holder, primary?.facts ?? null);
  await records.addCustomer({ ...customer, secondary: secondary?.facts.method ?? null });
  if (secondary !== null) {
    const consent = { source: 'terms' as const, version: 'simulated', at: now };
    const agreed = failure.secondary?.consented === true ? consent : null;
    await records.addMethod(recordPaymentMethod(holder.customer, secondary.facts, agreed));
  }
  await records.addCase(hintedCase(holder.customer, invoice, now));
}

/** New data of a method with a role are worth a try, as when Stripe's event tells of them. */
async function wake(records: Records, { holder, invoice }: Renewal): Promise<void> {
  const dunningCase = await records.case(holder.customer, invoice);
  if (dunningCase === null) return;
  const woken = wakeCase(dunningCase, (dunningCase.wokenBy ?? 0) + 1);
  if (woken !== dunningCase) await records.saveCase(woken);
}

/** A bank debit settles, or comes back. */
function endDebit(renewal: Renewal, now: Instant): void {
  const { underWay } = renewal;
  if (underWay === null) return;
  const { charge, role } = underWay;
  const luck = renewal[role]?.luck;
  const isPaid = luck !== undefined && paysAt(luck, charge.createdAt);
  const codes = isPaid ? null : codesOf(luck?.refusal ?? null);
  const ended = { ...charge, status: isPaid ? ('succeeded' as const) : ('failed' as const), codes };
  renewal.charges = renewal.charges.map((each) => (each.charge === charge.charge ? ended : each));
  renewal.underWay = null;
  if (!isPaid) return;
  renewal.status = 'paid';
  renewal.paid = { at: now, by: role };
}
